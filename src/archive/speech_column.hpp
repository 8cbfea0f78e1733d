// speech_column.hpp: what speech/ found in an edition as one blob, and back. The words of a quote are not written: they
// are cut from the article's text again. Layout (docs/storage.md, "What was found"): varints and strings as
// base/coding.hpp has them.
//   version | quotes: count, then each type+presence bits, begin, length, group, [speaker] [surface] [cue]
//           | mentions: count, then each kind, name, occurrences, surfaces: count, strings
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "article/article.hpp"
#include "speech/speech.hpp"

namespace vigie::archive {

std::string speech_blob(speech::Speech const&);
// Nothing was found for an empty blob, one of an unknown layout or one that does not agree with itself; a quote that
// does not stand in the text is left out.
speech::Speech speech_of(std::string_view blob, article::Article const&);

}  // namespace vigie::archive

// conjugation.hpp: the forms in which reporting verbs stand in news: third persons, participles, infinitives. Regular
// verbs by rule, the others by name. Threads: safe.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "speech/lexicon.hpp"

namespace vigie::speech {

// Called with a form and one of kFinite, kPast, kGerund, kInfinitive.
using FormSink = std::function<void(std::string const&, Facts)>;

void conjugate_french(std::string_view infinitive, FormSink const&);

// `past` and `participle` are empty for regular verbs.
void conjugate_english(std::string_view base, std::string_view past, std::string_view participle, FormSink const&);

// Whether a lower-case French word has the form of an infinitive and is no noun or adjective of that form.
bool looks_like_infinitive(std::string_view low);

// Lower case of Latin letters, as first names and places are written.
std::string lower_latin(std::string_view);

}  // namespace vigie::speech

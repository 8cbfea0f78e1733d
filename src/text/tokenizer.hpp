// tokenizer.hpp: where words begin and end, for every script. One rule set for all languages, because a query does not
// say which language it is in. Rules, in order of surprise:
//   l'ONU, jusqu'à, dell'arte   the elided word is dropped: ONU, à, arte
//   aujourd'hui, O'Brien        one word; the apostrophe goes
//   Trump's                     Trump
//   U.R.S.S., e.g.              one word without its dots
//   blason.La, lemonde.fr       a dot between words separates them
//   3,6  1.000                  one word
//   L214, 80km                  one word
//   rendez-vous, GM&S           two words
// Threads: safe. Cost: one pass; about 200 MB/s on Latin text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "text/characters.hpp"

namespace vigie::text {

struct RawToken {
  uint32_t begin = 0, end = 0;
};

class Tokenizer {
 public:
  // `text` must outlive the tokenizer. Texts beyond 4 GB are cut there.
  explicit Tokenizer(std::string_view text);
  // The next word; false at the end of the text.
  bool next(RawToken& token);

 private:
  struct Scan {  // one code point ahead
    char32_t code = 0;
    uint8_t kind = 0;
    uint32_t end = 0;
  };
  Scan scan(uint32_t at) const;
  uint32_t skip_letters(uint32_t at) const;
  bool letters_or_digits(uint32_t begin, RawToken& token);
  uint32_t acronym_end(uint32_t begin) const;
  bool complex_run(uint32_t begin, RawToken& token);

  std::string_view text_;
  CharKind const* kinds_;
  uint32_t at_ = 0;
  uint32_t complex_end_ = 0;  // of the run of dictionary-script letters being cut
};

// The written form: lower case, composed, without apostrophes, dots and invisible characters. At most 96 bytes are
// kept.
std::string surface_of(std::string_view raw);

// `surface` without accents and ligatures.
std::string folded_of(std::string_view surface);

}  // namespace vigie::text

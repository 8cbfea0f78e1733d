// words.hpp: the phrases of the pages in French and English, from web/words.txt: one line each,
// "key<TAB>French<TAB>English"; "#" begins a comment. French typography is put in by load(): a plain space before
// : ; ! ? » and after « becomes the no-break space the rules ask for, so that the file stays easy to type.
// Threads: immutable once loaded.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "serve/locale.hpp"

namespace vigie::serve {

class Words {
 public:
  static Result<Words> load(std::string_view table);
  // The phrase; empty where the key is unknown. The view lives as long as this object.
  std::string_view get(std::string_view key, Language) const;
  // What collecting says in English, in the page's language: known sentences (keys "problem.…") within `text` are
  // replaced, the rest (an address, a status, a library's word) stays.
  std::string translated(std::string_view text, Language) const;

 private:
  struct Phrase {
    std::string fr, en;
  };
  std::unordered_map<std::string, Phrase> phrases_;
  std::vector<Phrase> problems_;  // longest English first
};

// Spaces before ; ! ?, inside « » and in numbers (3 400) become narrow no-break ones, those before : no-break ones.
std::string french_spaces(std::string_view);

}  // namespace vigie::serve

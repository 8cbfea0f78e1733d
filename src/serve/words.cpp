#include "serve/words.hpp"

#include <algorithm>

namespace vigie::serve {

std::string french_spaces(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size(); ++at) {
    auto const next = text.substr(std::min(at + 1, text.size()));
    bool const before_high_mark = next.starts_with(';') || next.starts_with('!') || next.starts_with('?');
    if (text[at] == ' ' && before_high_mark) {
      out += "\u202F";
    } else if (text[at] == ' ' &&
               (next.starts_with(':') || next.starts_with("»") || text.substr(0, at).ends_with("«"))) {
      out += "\u00A0";
    } else {
      out += text[at];
    }
  }
  return out;
}

Result<Words> Words::load(std::string_view table) {
  Words words;
  while (!table.empty()) {
    auto const line = table.substr(0, table.find('\n'));
    table.remove_prefix(std::min(table.size(), line.size() + 1));
    if (line.empty() || line.starts_with('#')) continue;
    auto const first = line.find('\t'), second = line.find('\t', first + 1);
    if (first == line.npos || second == line.npos) {
      return fail(Errc::invalid_input, "words: not \"key<TAB>French<TAB>English\": " + std::string(line));
    }
    words.phrases_[std::string(line.substr(0, first))] = {french_spaces(line.substr(first + 1, second - first - 1)),
                                                          std::string(line.substr(second + 1))};
  }
  for (auto const& [key, phrase] : words.phrases_) {
    if (key.starts_with("problem.")) words.problems_.push_back(phrase);
  }
  std::ranges::sort(words.problems_, [](Phrase const& a, Phrase const& b) {
    return a.en.size() != b.en.size() ? a.en.size() > b.en.size() : a.en < b.en;
  });
  return words;
}

std::string Words::translated(std::string_view text, Language language) const {
  std::string out(text);
  if (language == Language::english) return out;
  for (auto const& [fr, en] : problems_) {
    if (auto const at = out.find(en); at != out.npos) out.replace(at, en.size(), fr);
  }
  return out;
}

std::string_view Words::get(std::string_view key, Language language) const {
  auto const found = phrases_.find(std::string(key));
  if (found == phrases_.end()) return {};
  return language == Language::french ? found->second.fr : found->second.en;
}

}  // namespace vigie::serve

#include "serve/words.hpp"

#include <algorithm>

namespace vigie::serve {

namespace {

constexpr std::string_view kNarrow = "\u202F", kNoBreak = "\u00A0";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Whether a space between them groups a number: "3 400", not "2018 300".
bool groups_digits(std::string_view before, std::string_view after) {
  size_t digits = 0;
  while (digits < before.size() && is_digit(before[before.size() - 1 - digits])) ++digits;
  return digits >= 1 && digits <= 3 && after.size() >= 3 && std::all_of(after.begin(), after.begin() + 3, is_digit) &&
         (after.size() == 3 || !is_digit(after[3]));
}

}  // namespace

std::string french_spaces(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    auto const rest = text.substr(at);
    size_t const space = rest.starts_with(' ') ? 1 : rest.starts_with(kNoBreak) ? kNoBreak.size() : 0;
    auto const next = rest.substr(std::max<size_t>(space, 1));
    if (space == 0) {
      out += text[at];
    } else if (next.starts_with(';') || next.starts_with('!') || next.starts_with('?') || next.starts_with("»") ||
               out.ends_with("«") || groups_digits(text.substr(0, at), next)) {
      out += kNarrow;
    } else {
      out += next.starts_with(':') ? kNoBreak : rest.substr(0, space);
    }
    at += std::max<size_t>(space, 1);
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
  if (language == Language::english) {
    for (size_t at = 0; (at = out.find('\'', at)) != out.npos;) out.replace(at, 1, "’");
    return out;
  }
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

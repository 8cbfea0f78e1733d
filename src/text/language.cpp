#include "text/language.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "base/utf8.hpp"
#include "text/function_words.hpp"
#include "text/letter_statistics.hpp"
#include "text/tokenizer.hpp"

namespace vigie::text {
namespace {

constexpr size_t kLookedAt = 16 * 1024;

struct Count {
  std::string_view language;
  size_t words = 0;
};

// The languages by how many of the text's words are theirs, most first; and how many words there are.
struct Counts {
  std::array<Count, kFunctionLanguages.size()> by_language;
  size_t total = 0;
};

// A word of ASCII letters in lower case: what surface_of() makes of it, for most words of most texts. Empty for others.
// Precondition: word.size() <= kFunctionWordBytes, which `small` has room for.
std::string_view plain_surface(std::string_view word, std::array<char, kFunctionWordBytes>& small) {
  for (size_t i = 0; i < word.size(); ++i) {
    small[i] = static_cast<char>(word[i] | 0x20);
    if (small[i] < 'a' || small[i] > 'z') return {};
  }
  return {small.data(), word.size()};
}

Counts count_function_words(std::string_view text) {
  Counts counts;
  for (size_t i = 0; i < kFunctionLanguages.size(); ++i) counts.by_language[i].language = kFunctionLanguages[i];
  Tokenizer tokenizer(text);
  for (RawToken token; tokenizer.next(token);) {
    ++counts.total;
    if (token.end - token.begin > kFunctionWordBytes) continue;
    auto const word = text.substr(token.begin, token.end - token.begin);
    std::array<char, kFunctionWordBytes> small;
    auto const plain = plain_surface(word, small);
    unsigned theirs = languages_of_function_word(plain.empty() ? std::string_view(surface_of(word)) : plain);
    for (; theirs != 0; theirs &= theirs - 1) ++counts.by_language[std::countr_zero(theirs)].words;
  }
  std::ranges::stable_sort(counts.by_language, std::greater{}, &Count::words);
  return counts;
}

// Sure where the first language holds a good share of the words and is well ahead of the second.
bool is_sure(Counts const& counts) {
  auto const& [first, second] = std::pair(counts.by_language[0], counts.by_language[1]);
  return first.words >= 2 && first.words * 7 >= counts.total && first.words >= second.words + 2 &&
         first.words * 3 >= second.words * 4;
}

std::string_view cut(std::string_view text) {
  if (text.size() <= kLookedAt) return text;
  size_t end = kLookedAt;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

bool known_to_counts(std::string_view language) {
  return std::ranges::find(kFunctionLanguages, language) != kFunctionLanguages.end();
}

}  // namespace

std::string primary_language(std::string_view code) {
  code = code.substr(0, code.find_first_of("-_"));
  std::string out;
  for (char const c : code) {
    char const lower = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    if (lower < 'a' || lower > 'z') return {};
    out += lower;
  }
  if (out.size() < 2 || out.size() > 3) return {};
  struct Pair {
    std::string_view three, two;
  };
  static constexpr std::array<Pair, 22> kShort = {
      {{"fra", "fr"}, {"fre", "fr"}, {"eng", "en"}, {"deu", "de"}, {"ger", "de"}, {"spa", "es"},
       {"ita", "it"}, {"por", "pt"}, {"nld", "nl"}, {"dut", "nl"}, {"rus", "ru"}, {"ara", "ar"},
       {"zho", "zh"}, {"chi", "zh"}, {"jpn", "ja"}, {"cat", "ca"}, {"swe", "sv"}, {"dan", "da"},
       {"pol", "pl"}, {"tur", "tr"}, {"ukr", "uk"}, {"kor", "ko"}}};
  auto const shorter = std::ranges::find(kShort, out, &Pair::three);
  if (shorter != kShort.end()) return std::string(shorter->two);
  if (out == "und" || out == "mul" || out == "zxx") return {};
  if (out == "iw") return "he";
  return out;
}

std::string detect_language(std::string_view text, std::string_view declared) {
  std::string valid;
  text = cut(text);
  if (!is_valid_utf8(text)) text = valid = to_valid_utf8(text);
  std::string const said = primary_language(declared);
  Counts const counts = count_function_words(text);
  if (is_sure(counts)) return std::string(counts.by_language[0].language);
  LanguageGuess const guess = guess_by_letters(text);
  std::string const guessed = primary_language(guess.code);
  // Reliable letters that contradict what is declared need the weight of a few words.
  if (guess.reliable && !guessed.empty() && (said.empty() || guessed == said || counts.total >= 20)) return guessed;
  if (!said.empty()) return said;
  auto const& first = counts.by_language[0];
  if (first.words > counts.by_language[1].words && (guessed.empty() || known_to_counts(guessed))) {
    return std::string(first.language);
  }
  return guessed;
}

}  // namespace vigie::text

#include "text/stemmer.hpp"

#include <libstemmer.h>

#include <algorithm>
#include <array>

#include "text/analyzer.hpp"

namespace vigie::text {
namespace {

struct Named {
  std::string_view code;
  char const* snowball;
};
constexpr std::array<Named, 15> kLanguages = {{{"ca", "catalan"},
                                               {"da", "danish"},
                                               {"de", "german"},
                                               {"en", "english"},
                                               {"es", "spanish"},
                                               {"fi", "finnish"},
                                               {"fr", "french"},
                                               {"hu", "hungarian"},
                                               {"it", "italian"},
                                               {"nl", "dutch"},
                                               {"no", "norwegian"},
                                               {"pt", "portuguese"},
                                               {"ro", "romanian"},
                                               {"ru", "russian"},
                                               {"sv", "swedish"}}};

Named const* find(std::string_view code) {
  auto const at = std::ranges::find(kLanguages, code, &Named::code);
  return at == kLanguages.end() ? nullptr : &*at;
}

bool has_digit(std::string_view word) {
  return std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

// Snowball's French knows participles by their accent, which folding has taken away: "évacuées" must meet "évacué".
// Short words are nouns (année, armée, idée, musée), and entrée is not entre.
std::string_view without_participle_ending(std::string_view folded) {
  auto const singular = folded.ends_with('s') ? folded.substr(0, folded.size() - 1) : folded;
  bool const participle = singular.size() >= 6 && singular.ends_with("ee") && singular != "entree";
  return participle ? singular.substr(0, singular.size() - 1) : folded;
}

}  // namespace

struct Stemmer::Rules {
  sb_stemmer* snowball = nullptr;
  bool french = false;
  ~Rules() {
    if (snowball) sb_stemmer_delete(snowball);
  }
};

Stemmer::Stemmer(std::string_view stemming) : rules_(std::make_unique<Rules>()) {
  if (Named const* const language = find(stemming)) rules_->snowball = sb_stemmer_new(language->snowball, "UTF_8");
  rules_->french = stemming == "fr";
}
Stemmer::~Stemmer() = default;
Stemmer::Stemmer(Stemmer&&) noexcept = default;
Stemmer& Stemmer::operator=(Stemmer&&) noexcept = default;

std::string Stemmer::operator()(std::string_view folded) {
  if (!rules_->snowball || folded.size() < 3 || has_digit(folded)) return std::string(folded);
  if (rules_->french) folded = without_participle_ending(folded);
  auto const* const stemmed = sb_stemmer_stem(rules_->snowball, reinterpret_cast<sb_symbol const*>(folded.data()),
                                              static_cast<int>(folded.size()));
  if (!stemmed) return std::string(folded);
  std::string out(reinterpret_cast<char const*>(stemmed), static_cast<size_t>(sb_stemmer_length(rules_->snowball)));
  return out.empty() ? std::string(folded) : out;
}

std::string_view stemming_of(std::string_view language) {
  if (language == "nb" || language == "nn") return "no";
  Named const* const named = find(language.substr(0, language.find_first_of("-_")));
  return named ? named->code : std::string_view{};
}

}  // namespace vigie::text

#include "speech/gazetteer.hpp"

#include <algorithm>
#include <bitset>

#include "base/utf8.hpp"
#include "speech/word_table.hpp"
#include "text/characters.hpp"

namespace vigie::speech {
namespace {

constexpr std::string_view kPlaces =
#include "speech/places_table.inc"
    ;
constexpr std::string_view kOrganisations =
#include "speech/organisations_table.inc"
    ;

struct Entry {
  Listed listed = Listed::none;
  bool capitals = false;        // written in capitals only: "AS", "RT"
  bool behind_article = false;  // a name without its own article: "Point" of "Le Point"
  uint32_t capital_words = 0;   // which of its words need a capital
  bool spelt = false;           // capital_words says how, over all its spellings
  bool small = false;           // may begin with a small letter: "franceinfo", "gare du Nord"
};

size_t head_of(std::string_view low) {
  auto const byte = [&](size_t i) { return i < low.size() ? size_t{static_cast<unsigned char>(low[i])} : 0; };
  return byte(0) << 8 | byte(1);
}

struct Gazetteer {
  WordTable<Entry> names;
  std::bitset<1 << 16> small_heads;  // the first two bytes of names that may begin small: most words are told by them
  WordTable<uint32_t> first_words;   // how many tokens the longest name behind it has

  void add(Tokens& tokens, std::string_view name, Listed listed, bool behind_article = false) {
    if (listed == Listed::medium && !behind_article) {
      for (std::string_view article : {"Le ", "La ", "Les "}) {
        if (name.starts_with(article)) add(tokens, name.substr(article.size()), listed, true);
      }
    }
    tokens.read(name);
    std::string key;
    uint32_t words = 0;
    bool capitals = true;
    for (auto const& token : tokens.all()) {
      ++words;
      if (!token.is_word() && token.shape != Shape::number) continue;
      capitals &= token.shape == Shape::upper || token.points == 1 || token.shape == Shape::number;
      join_key(key, token.lexeme->key);
      if (words == 1) {
        auto& longest = first_words[key];
        longest = std::max<uint32_t>(longest, static_cast<uint32_t>(tokens.all().size()));
      }
    }
    auto& entry = names[key];
    if (behind_article && entry.listed != Listed::none) return;
    entry.behind_article = behind_article;
    if (entry.listed == Listed::none || listed == Listed::medium) entry.listed = listed;
    auto const& first = tokens.all().front();
    entry.small |= first.shape == Shape::lower || first.shape == Shape::number;
    if (first.shape == Shape::lower) small_heads.set(head_of(first.low));
    uint32_t pattern = 0;
    for (size_t i = 0; i < tokens.all().size() && i < 32; ++i) pattern |= uint32_t{tokens.all()[i].is_capital()} << i;
    entry.capital_words = entry.spelt ? entry.capital_words & pattern : pattern;
    entry.spelt = true;
    entry.capitals = capitals && words == 1;
  }

  Gazetteer() {
    Tokens tokens;
    each(kPlaces, [&](std::string_view name) { add(tokens, name, Listed::place); });
    each(kOrganisations, [&](std::string_view name) {
      auto const mark = name.front();
      name.remove_prefix(1);
      add(tokens, name,
          mark == 'M'   ? Listed::medium
          : mark == 'P' ? Listed::party
          : mark == 'C' ? Listed::club
                        : Listed::organisation);
    });
  }

  template <class Sink>
  static void each(std::string_view list, Sink sink) {
    while (!list.empty()) {
      auto const end = std::min(list.find(','), list.size());
      auto name = list.substr(0, end);
      list.remove_prefix(std::min(end + 1, list.size()));
      auto const begin = name.find_first_not_of(" \n");
      if (begin == std::string_view::npos) continue;
      name = name.substr(begin, name.find_last_not_of(" \n") - begin + 1);
      if (name.size() > 1) sink(name);
    }
  }
};

Gazetteer const& gazetteer() {
  static Gazetteer const instance;
  return instance;
}

}  // namespace

void join_key(std::string& key, std::string_view word_key) {
  if (!key.empty() && !word_key.empty()) key += ' ';
  key += word_key;
}

void append_key(std::string& key, std::string_view low) {
  bool gap = !key.empty();
  for (size_t at = 0; at < low.size();) {
    auto const code = next_code_point(low, at);
    auto const kind = text::kind_of(code);
    if (kind == text::CharKind::letter || kind == text::CharKind::digit || code == '+') {
      if (gap && !key.empty()) key += ' ';
      gap = false;
      text::append_folded(key, code);
    } else {
      gap = true;
    }
  }
}

uint8_t longest_known(Lexeme const& lexeme) {
  auto const& all = gazetteer();
  auto const* longest = all.first_words.find(lexeme.key);
  bool const none = longest == nullptr || (lexeme.shape == Shape::lower && !all.small_heads.test(head_of(lexeme.low)));
  return none ? 0 : static_cast<uint8_t>(std::min<uint32_t>(*longest, Lexeme::kNotAsked - 1));
}

Known known_at(std::vector<Token> const& tokens, uint32_t i, std::string& scratch) {
  Known best;
  auto const longest = names_behind(*tokens[i].lexeme);
  if (longest == 0) return best;
  auto const& all = gazetteer();
  scratch = tokens[i].lexeme->key;
  auto const end = std::min<size_t>(tokens.size(), i + size_t{longest});
  for (uint32_t j = i; j < end; ++j) {
    auto const& token = tokens[j];
    if (token.sign == '\n' || (j > i && token.glued)) break;
    if (j > i) {
      if (token.shape == Shape::sign) {
        if (token.sign != '-' && token.sign != '\'') break;
        continue;
      }
      join_key(scratch, token.lexeme->key);
    }
    auto const* entry = all.names.find(scratch);
    if (entry == nullptr) continue;
    if (entry->capitals && tokens[i].shape != Shape::upper && tokens[i].points > 1) continue;
    if (!entry->small && !tokens[i].is_capital()) continue;
    bool const counted = tokens[i].shape == Shape::number && !tokens[j].is_capital();  // "20 minutes" may be a time
    if (counted &&
        !(i > 0 && (tokens[i - 1].low == "selon" || tokens[i - 1].low == "par" || tokens[i - 1].sign == ',')))
      continue;
    if (entry->behind_article && (i == 0 || tokens[i - 1].shape != Shape::lower || !tokens[i - 1].is(kDeterminer)))
      continue;
    if (!token.is_capital() && j > i && !entry->small && token.shape == Shape::lower && !tokens[i].is_capital())
      continue;
    bool capitals = true;
    for (uint32_t k = i; k <= j && k < i + 32; ++k)
      capitals &= !(entry->capital_words >> (k - i) & 1) || tokens[k].is_capital();
    if (!capitals) continue;
    best = {entry->listed, j + 1 - i};
  }
  return best;
}

NameKind kind_of(Listed listed) { return listed == Listed::place ? NameKind::place : NameKind::organisation; }

}  // namespace vigie::speech

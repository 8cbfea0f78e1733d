// Names that nothing but their capitals announces.
#include <algorithm>

#include "speech/name_parts.hpp"

namespace vigie::speech {
namespace {

// Tokens in a row: no name is so long, and a page of capitals must not cost its square.
constexpr uint32_t kCapitalsMax = 48;

bool is_roman(std::string_view low) { return !low.empty() && low.find_first_not_of("ivx") == std::string_view::npos; }

bool has_digit(Token const& t) { return t.low.find_first_of("0123456789") != std::string_view::npos; }

}  // namespace

uint32_t Names::capitals_end(uint32_t i) const {
  auto const& t = *list_;
  auto const most = std::min<size_t>(t.size(), size_t{i} + kCapitalsMax);
  auto end = i + 1;
  while (end < most && t[end].is_capital() && !t[end].glued && !t[end].is(kHonorific) && t[end].shape != Shape::sign) {
    if (t[end].low.ends_with('\'')) break;
    ++end;
  }
  return end;
}

bool Names::add_capitals(uint32_t& i) {
  auto const& t = *list_;
  auto const& first = t[i];
  if (!first.is_capital() || first.low.ends_with('\'')) return false;
  bool const start = (*starts_)[i] != 0;
  auto end = capitals_end(i);
  if (first.points == 1 && i + 2 < t.size() && t[i + 1].sign == '.' && !t[i + 1].spaced && t[i + 2].is_capital() &&
      t[i + 2].points > 1 && !is_ordinary(t[i + 2])) {  // "W. Ralph Basham"
    end = person_end(i + 2, 4);
    add_person(i, end, 5, Gender::unknown);
    i = end;
    return true;
  }
  if (first.is(kNever) || is_portfolio(t, i) || (first.is(kPersonNoun) && end > i + 1 && !first.is(kFirstName))) {
    ++i;  // "Intérieur", "Prince Charles"
    return true;
  }
  if (end == i + 1 && i > 0 && first.shape == Shape::capital && first.low.ends_with('s') &&
      (t[i - 1].low == "les" || t[i - 1].low == "des" || t[i - 1].low == "aux" || t[i - 1].low == "ces")) {
    ++i;  // the people of a place: "les Barcelonais"
    return true;
  }
  if (first.is(kEvent) && !first.is(kFirstName)) {  // "Coupe du Monde": the whole is no name here
    while (end + 1 < t.size() && joins_noun(t[end])) {
      auto next = end + 1;
      if (t[next].low == "la" || t[next].low == "l'") ++next;
      if (next >= t.size() || !t[next].is_capital()) break;
      end = capitals_end(next);
    }
    i = end;
    return true;
  }
  bool cut = false;
  // A first name inside the sequence begins a person: "Culture Françoise Nyssen".
  for (auto j = i + 1; j < end; ++j) {
    if (t[j].low.find('.') != std::string_view::npos || t[j - 1].low.find('.') != std::string_view::npos) {
      cut = true;
      end = j;  // "Change.org Luis Olmedo"
      break;
    }
    if (t[j].is(kFirstName) && j + 1 < end && j >= i + 2 && first.is(kFirstName) && !t[j - 1].is(kFirstName)) {
      cut = true;
      end = j;  // "François Hollande Stéphane Le Foll"
      break;
    }
    bool const behind_preposition = i > 0 && t[i - 1].is(kPreposition) && j + 1 < end;
    if (t[j].is(kFirstName) && !first.is(kFirstName) && behind_preposition && !first.is(kPlaceNoun | kOrgHead) &&
        first.shape == Shape::capital) {
      end = j;  // "de Canterbury Justin Welby"
      break;
    }
    bool const place_or_org_head = first.is(kPlaceNoun | kOrgHead);
    if (t[j].is(kFirstName) && j + 1 < end && !t[j - 1].is(kFirstName) && t[j - 1].points > 2 && !place_or_org_head &&
        (is_ordinary(t[j - 1]) || t[j - 1].shape == Shape::upper)) {
      end = j;
      break;
    }
  }
  if (start || (*starts_)[i]) {
    if (is_ordinary(first) && !(first.is(kPlaceNoun) && end > i + 1)) {  // an ordinary word that only opens a sentence
      ++i;
      return true;
    }
  }
  if (first.is(kDeterminer) && (start || end == i + 1)) {
    ++i;
    return true;
  }
  Candidate c;
  c.begin = i;
  c.end = end;
  if (first.is(kFirstName) && !cut) c.end = std::max(end, person_end(i, 6));
  if (first.is(kPlaceNoun) && c.end + 1 < t.size()) {
    while (c.end + 1 < t.size() && joins_noun(t[c.end])) {
      auto next = c.end + 1;
      if (t[next].low == "la" || t[next].low == "l'") ++next;
      if (next >= t.size() || !t[next].is_capital()) break;
      c.end = capitals_end(next);
    }
  }
  bool all_ordinary = true, all_digits = false;
  for (auto j = c.begin; j < c.end; ++j) {
    all_ordinary &= is_ordinary(t[j]) || t[j].shape == Shape::sign;
    all_digits |= has_digit(t[j]);
  }
  bool const place_head = first.is(kPlaceNoun) && c.end > c.begin + 1;
  if ((all_ordinary && !place_head) || all_digits || is_roman(first.low) || first.points < 2 || first.is(kTime)) {
    i = std::max(i + 1, all_ordinary && !start ? c.end : i + 1);
    return true;
  }
  weigh(c);
  if (*std::max_element(c.evidence.begin(), c.evidence.end()) <= 0) c.doubtful = true;
  candidates_.push_back(c);
  i = c.end;
  abbreviation(i);
  return true;
}

}  // namespace vigie::speech

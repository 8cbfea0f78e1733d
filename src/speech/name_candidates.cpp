// Finds stretches of text that may be names, with the evidence for what they name. Weights are small integers: 1 a
// hint, 3 good evidence, 6 and more nearly certain.
#include <algorithm>

#include "speech/names.hpp"

namespace vigie::speech {
namespace {

constexpr size_t kPerson = 0, kOrganisation = 1, kPlace = 2;

bool is_ordinary(Token const& t) { return t.is(kOrdinary) && !t.is(kFirstName); }

bool is_roman(std::string_view low) { return !low.empty() && low.find_first_not_of("ivx") == std::string_view::npos; }

// Whether "ministre de la" or the like stands before: what follows is a portfolio, not a name.
bool is_portfolio(std::vector<Token> const& t, uint32_t i) {
  auto j = i;
  while (j > 0 && i - j < 6 && t[j - 1].shape == Shape::lower &&
         (t[j - 1].is(kDeterminer | kPreposition) || t[j - 1].low == "état" || t[j - 1].low == "chargé" ||
          t[j - 1].low == "chargée"))
    --j;
  if (j == i || j == 0) return false;
  if (t[j - 1].low == "état" || t[j - 1].low == "etat") j = j > 2 ? j - 2 : 1;
  return t[j - 1].low == "ministre" || t[j - 1].low == "ministres" || t[j - 1].low == "secrétaire" ||
         t[j - 1].low == "ministère" || t[j - 1].low == "ex-ministre";
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Last words of firms' names, wherever in the world they are.
bool ends_a_firm(std::string_view low) {
  return is_one_of(
      low, {"group",        "groupe",        "motors",        "airlines",   "airways",    "aerospace",   "aviation",
            "technologies", "technology",    "systems",       "bank",       "banque",     "capital",     "partners",
            "holding",      "international", "industries",    "foundation", "university", "institute",   "report",
            "news",         "times",         "post",          "journal",    "magazine",   "media",       "médias",
            "music",        "records",       "entertainment", "pictures",   "studios",    "productions", "exports",
            "energy",       "services",      "solutions",     "consulting", "insurance",  "assurances",  "football",
            "corporation",  "company",       "inc",           "ltd",        "sa",         "sas",         "network",
            "press",        "presse",        "france",        "europe",     "santé",      "sport",       "sports",
            "tv",           "radio",         "research",      "pharma"});
}

bool ends_a_place(std::string_view low) {
  return is_one_of(low, {"island", "beach", "city", "valley", "park", "street", "avenue", "square", "hill", "hills",
                         "county", "bay", "springs", "falls", "airport"});
}

bool has_digit(Token const& t) { return t.low.find_first_of("0123456789") != std::string_view::npos; }

}  // namespace

void Names::find_candidates() {
  auto const& t = *list_;
  for (uint32_t i = 0; i < t.size();) {
    if (!t[i].is_word() && t[i].shape != Shape::number) {
      ++i;
      continue;
    }
    if (auto const end = shouting_end(i); end != i) {
      i = end;
      continue;
    }
    if (add_honorific(i) || add_landmark(i) || add_known(i) || add_institution(i) || add_capitals(i)) continue;
    ++i;
  }
}

// A heading in capitals only: three words or more, one of them ordinary. Names in it are found by their other forms.
uint32_t Names::shouting_end(uint32_t i) const {
  auto const& t = *list_;
  uint32_t words = 0, ordinary = 0, end = i;
  for (auto j = i; j < t.size() && t[j].sign != '\n'; ++j) {
    if (t[j].is_word()) {
      if (t[j].shape != Shape::upper && !(t[j].points <= 2 && t[j].is_capital())) break;
      ++words;
      ordinary += t[j].is(kOrdinary | kDeterminer | kPreposition);
      end = j + 1;
    } else if (t[j].shape == Shape::sign && t[j].sign != ',' && t[j].sign != ':' && t[j].sign != '\'' &&
               t[j].sign != '-') {
      break;
    }
  }
  return words >= 3 && ordinary >= 1 ? end : i;
}

bool Names::add_honorific(uint32_t& i) {
  auto const& t = *list_;
  if (!t[i].is(kHonorific) || !t[i].is_capital()) return false;
  auto j = i + 1;
  if (j < t.size() && t[j].sign == '.') ++j;
  auto first = j;
  while (first < t.size() && first < j + 2 && t[first].is(kParticle) && t[first].shape == Shape::lower) ++first;
  if (first >= t.size() || !t[first].is_capital() || t[first].glued) return false;
  bool const english = t[i].low == "president" || t[i].low == "senator";
  auto const end = person_end(j, 5);
  auto const gender = t[i].low == "mme" || t[i].low == "madame" || t[i].low == "mrs" || t[i].low == "ms" ||
                              t[i].low == "mlle" || t[i].low == "lady"
                          ? Gender::woman
                      : t[i].low == "m" || t[i].low == "mr" || t[i].low == "monsieur" || t[i].low == "sir"
                          ? Gender::man
                          : Gender::unknown;
  add_person(j, end, english ? 6 : 9, gender);
  i = end;
  return true;
}

void Names::add_person(uint32_t begin, uint32_t end, int weight, Gender gender) {
  Candidate c;
  c.begin = begin;
  c.end = end;
  c.evidence[kPerson] = weight;
  c.gender = gender;
  candidates_.push_back(c);
}

// Where a person's name that begins at `i` ends: capitals, with small particles between two of them.
uint32_t Names::person_end(uint32_t i, uint32_t limit) const {
  auto const& t = *list_;
  auto end = i + 1;
  for (auto j = end; j < t.size() && end - i < limit; ++j) {
    if (t[j].glued || t[j].sign == '\n') break;
    if (t[j].is_capital() && !t[j].low.ends_with('\'') && !t[j].is(kHonorific)) {
      end = j + 1;
    } else if (t[j].sign == '.' && t[j - 1].points == 1 && !t[j].spaced) {  // an initial
      if (j + 1 < t.size() && !t[j + 1].is_capital() && t[j + 1].sign != ',') break;
      end = j + 1;
    } else if (!(t[j].is(kParticle) && j + 1 < t.size() && (t[j + 1].is_capital() || t[j + 1].is(kParticle)))) {
      break;
    }
  }
  return end;
}

// "rue du Minotaure", "lac d'Annecy", "stade Loujniki": a small word for a kind of place opens the name.
bool Names::add_landmark(uint32_t& i) {
  auto const& t = *list_;
  auto const& head = t[i];
  if (!head.is(kPlaceNoun) || head.shape != Shape::lower || head.glued) return false;
  bool const long_form =
      is_one_of(head.low, {"rue", "avenue", "boulevard", "porte", "lac", "mer", "golfe", "pont", "quai", "île", "baie",
                           "détroit", "canal", "mont", "col", "gare", "stade", "parc"});
  bool const direct =
      long_form || is_one_of(head.low, {"place", "hôpital", "aéroport", "square", "cathédrale", "prison"});
  auto j = i + 1;
  uint32_t links = 0;
  while (j < t.size() && j < i + 4 && !t[j].glued &&
         is_one_of(t[j].low, {"de", "du", "des", "d'", "la", "l'", "le", "les"})) {
    ++j;
    ++links;
  }
  if (j >= t.size() || !t[j].is_capital() || t[j].glued || !(links > 0 ? long_form : direct)) return false;
  if (links > 0 && (*starts_)[i] == 0 && head.is(kGroupNoun)) return false;
  Candidate c;
  c.begin = i;
  c.end = capitals_end(j);
  c.evidence[kPlace] = 9;
  candidates_.push_back(c);
  i = c.end;
  return true;
}

bool Names::add_known(uint32_t& i) {
  auto const& t = *list_;
  if (t[i].is(kNever) && t[i].shape != Shape::lower) {
    auto const longer = known_at(t, i, scratch_);
    if (longer.words < 2) {
      ++i;
      return true;
    }
  }
  auto const known = known_at(t, i, scratch_);
  if (known.listed == Listed::none) return false;
  auto const end = i + known.words;
  bool const one = known.words == 1;
  if (known.listed == Listed::place && i > 1 &&
      (t[i - 1].low == "de" || t[i - 1].is(kEvent) || t[i - 1].low == "miss")) {
    auto const& head = t[i - 1].low == "de" ? t[i - 2] : t[i - 1];
    if (head.low == "équipe" || head.low == "miss" || head.is(kEvent)) {  // "l'équipe de France"
      i = end;
      return true;
    }
  }
  if (one && is_portfolio(t, i)) {
    ++i;
    return true;
  }
  bool const start = (*starts_)[i] != 0;
  if (one && start && t[i].is(kOrdinary) && t[i].shape != Shape::upper) return false;
  if (end < t.size() && t[end].is_capital() && !t[end].glued && t[i].is(kFirstName) && one)
    return false;  // Florence Parly
  bool const follows_capital = i > 0 && t[i - 1].is_capital() && !t[i].glued && !t[i - 1].is(kDeterminer) &&
                               t[i - 1].is(kFirstName) && one && known.listed == Listed::place;
  // "Lyon" in "Anne Lyon Caen": the longer sequence of capitals decides.
  if (one && end < t.size() && t[end].is_capital() && !t[end].glued && !is_ordinary(t[end]) &&
      t[end].shape != Shape::upper && known.listed != Listed::place && !t[end].is(kFirstName) &&
      known_at(t, end, scratch_).listed == Listed::none) {
    return false;
  }
  if (follows_capital) return false;
  Candidate c;
  c.begin = i;
  c.end = end;
  c.listed = true;
  c.medium = known.listed == Listed::medium;
  c.club = known.listed == Listed::club;
  c.evidence[static_cast<size_t>(kind_of(known.listed))] =
      one && t[i].is(kOrdinary) && t[i].shape != Shape::upper ? 4 : 8;
  if (one && t[i].is(kFirstName)) c.evidence[kPerson] = 5;
  candidates_.push_back(c);
  i = end;
  abbreviation(i);
  return true;
}

namespace {

bool joins_noun(Token const& t) {
  return t.low == "de" || t.low == "du" || t.low == "des" || t.low == "d'" || t.low == "of" || t.low == "for";
}

bool small_institution(std::string_view low) {
  return low == "ministère" || low == "parquet" || low == "préfecture" || low == "tribunal" || low == "hôpital" ||
         low == "chu" || low == "université" || low == "académie" || low == "cour" || low == "rectorat" ||
         low == "conseil" || low == "diocèse" || low == "ambassade" || low == "hôpital";
}

}  // namespace

// Conseil d'État, Cour des comptes, Fédération française de football, ministère de l'Intérieur, and anything longer
// that its abbreviation in brackets confirms.
bool Names::add_institution(uint32_t& i) {
  auto const& t = *list_;
  if (!t[i].is(kOrgHead) || t[i].glued) return false;
  bool const capital = t[i].is_capital();
  bool const start = (*starts_)[i] != 0;
  uint32_t end = i + 1, capitals = 0, links = 0, lower_in_link = 0;
  auto j = i + 1;
  uint32_t abbreviated = 0;
  for (; j < t.size() && j < i + 18; ++j) {
    auto const& w = t[j];
    if (w.sign == '(' && j + 2 < t.size() && t[j + 1].shape == Shape::upper && t[j + 2].sign == ')' && j > i + 1) {
      abbreviated = j;
      break;
    }
    if (!w.is_word() && w.sign != '-') break;
    if (w.glued || w.is(kVerbLike | kHave | kBe | kPronoun)) break;
  }
  if (abbreviated != 0 && t[abbreviated + 1].low.substr(0, 1) == t[i].low.substr(0, 1)) {
    end = abbreviated;
  } else {
    for (j = i + 1; j < t.size() && j < i + 12; ++j) {
      auto const& w = t[j];
      if (!w.is_word() || w.glued || w.is(kVerbForm & ~kPast) || w.is(kHave | kBe)) break;
      if (w.is_capital() && !w.is(kTime)) {
        if (w.is(kFirstName) && links == 0 && j > i + 1 && t[j - 1].shape == Shape::lower) break;
        if (w.is(kFirstName) && j + 1 < t.size() && t[j + 1].is_capital() && !capital) break;
        ++capitals;
        end = j + 1;
        lower_in_link = 0;
      } else if (joins_noun(w) || (w.low == "et" && links > 0 && lower_in_link == 0 && capitals > 0 &&
                                   j + 1 < t.size() && t[j + 1].is_capital())) {
        if (links >= 3) break;
        ++links;
        lower_in_link = 0;
      } else if (w.low == "la" || w.low == "l'" || w.low == "le" || w.low == "les" || w.low == "the") {
        if (j == i + 1) break;
      } else if (j == end && is_one_of(w.low, {"étrangères", "sociales", "européennes", "extérieures", "publique",
                                               "publics", "nationale", "supérieur"})) {
        end = j + 1;  // "ministère des Affaires étrangères"
      } else if (w.is(kNationality) && w.shape == Shape::lower) {
        if (end != j && !(links > 0)) break;
        end = j + 1;
      } else if (capital && links > 0 && lower_in_link == 0 &&
                 !w.is(kPreposition | kConjunction | kDeterminer | kTime)) {
        ++lower_in_link;
        if (links == 1 || t[j - 1].is(kParticle)) end = j + 1;
      } else {
        break;
      }
    }
  }
  bool const enough = end > i + 1 && (abbreviated != 0 || (capital && !start) || capitals > 0);
  if (!enough) return false;
  if (!capital && abbreviated == 0 && !(small_institution(t[i].low) && links > 0 && capitals > 0)) return false;
  if (capital && t[i + 1].is(kFirstName) && end > i + 2 && !t[i].is(kOrgHead)) return false;
  Candidate c;
  c.begin = i;
  c.end = end;
  bool const hospital = t[i].low == "hôpital" || t[i].low == "chu" || t[i].low == "lycée";
  c.evidence[hospital ? kPlace : kOrganisation] = abbreviated != 0 ? 9 : 6;
  candidates_.push_back(c);
  i = end;
  abbreviation(i);
  return true;
}

// "(SDLP)" behind an organisation names it again.
void Names::abbreviation(uint32_t& i) {
  auto const& t = *list_;
  auto const& owner = candidates_.back();
  if (i + 2 >= t.size() || t[i].sign != '(' || !t[i + 1].is_capital() || t[i + 2].sign != ')') return;
  if (owner.evidence[kOrganisation] == 0 || t[i + 1].shape != Shape::upper) return;
  if (known_at(t, i + 1, scratch_).listed == Listed::place) return;
  Candidate c;
  c.begin = i + 1;
  c.end = i + 2;
  c.evidence[kOrganisation] = 7;
  c.alias_of = static_cast<uint32_t>(candidates_.size() - 1);
  candidates_.push_back(c);
  i += 3;
}

uint32_t Names::capitals_end(uint32_t i) const {
  auto const& t = *list_;
  auto end = i + 1;
  while (end < t.size() && t[end].is_capital() && !t[end].glued && !t[end].is(kHonorific) &&
         t[end].shape != Shape::sign) {
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

void Names::weigh(Candidate& c) const {
  auto const& t = *list_;
  auto const& first = t[c.begin];
  auto const words = c.end - c.begin;
  if (first.is(kFirstName)) {
    c.evidence[kPerson] += words > 1 ? 7 : 3;
    if (first.is(kFirstNameMan) != first.is(kFirstNameWoman)) {
      c.gender = first.is(kFirstNameWoman) ? Gender::woman : Gender::man;
    }
  } else if (first.is(kPlaceNoun) && words > 1) {
    c.evidence[kPlace] += 5;
  } else if (first.is(kOrgHead) && words > 1) {
    c.evidence[kOrganisation] += 5;
  } else if (first.shape == Shape::upper && words == 1) {
    c.evidence[kOrganisation] += first.points <= 6 ? 4 : 2;
  } else if (words > 1 && ends_a_firm(t[c.end - 1].low)) {
    c.evidence[kOrganisation] += 5;
  } else if (words > 1 && ends_a_place(t[c.end - 1].low)) {
    c.evidence[kPlace] += 5;
  } else if (words == 2 && !is_ordinary(first) && !is_ordinary(t[c.begin + 1]) && first.shape == Shape::capital &&
             t[c.begin + 1].shape == Shape::capital) {
    c.evidence[kPerson] += 3;
  } else if (first.low.starts_with("saint-") || first.low.starts_with("sainte-") || first.low.ends_with("-sur-mer") ||
             first.low.find("-sur-") != std::string_view::npos || first.low.find("-en-") != std::string_view::npos ||
             first.low.find("-les-") != std::string_view::npos || first.low.find("-de-") != std::string_view::npos ||
             first.low.find("-sous-") != std::string_view::npos || first.low.find("-lès-") != std::string_view::npos) {
    c.evidence[kPlace] += 5;
  } else if (words > 2) {
    c.evidence[kOrganisation] += 1;
  }
  bool inner_capital = false;
  for (auto j = c.begin; j < c.end; ++j) {
    if (t[j].shape == Shape::upper && words > 1) c.evidence[kOrganisation] += 2;
    if (t[j].low == "ville" || t[j].low == "beach" || t[j].low == "city") c.evidence[kPlace] += 3;
    if (t[j].low.ends_with(".com") || t[j].low.ends_with(".fr") || t[j].low.ends_with(".org")) inner_capital = true;
  }
  if (inner_capital) c.evidence[kOrganisation] += 5;
  c.doubtful = (*starts_)[c.begin] != 0 && words == 1 && !first.is(kFirstName) && first.shape != Shape::upper;
  weigh_left(c);
  weigh_right(c);
}

// What stands before: "le groupe X", "à X", "l'actrice X", "chez X".
void Names::weigh_left(Candidate& c) const {
  auto const& t = *list_;
  if (c.begin == 0 || (*starts_)[c.begin] != 0) return;
  auto j = c.begin - 1;
  if (t[j].sign == '"' || t[j].sign == 0xAB) {
    if (j == 0) return;
    --j;
  }
  bool article = false;
  if (t[j].is(kDeterminer) && !t[j].is(kPreposition) && j > 0) {
    article = true;
    if (t[j].low == "le" || t[j].low == "la" || t[j].low == "l'" || t[j].low == "les" || t[j].low == "the") {
      c.evidence[kOrganisation] += 1;
      c.evidence[kPlace] += 1;
      c.evidence[kPerson] -= 1;
    }
  }
  auto noun = j;
  while (noun > 0 && t[noun].is(kNationality) && !t[noun].is(kPersonNoun | kGroupNoun)) --noun;
  auto const& n = t[noun];
  if (n.shape == Shape::lower && !article) {
    if (n.is(kPersonNoun)) c.evidence[kPerson] += n.is(kGroupNoun | kMediaNoun) ? 2 : 4;
    if (n.is(kGroupNoun | kMediaNoun) && !n.is(kPersonNoun)) c.evidence[kOrganisation] += 4;
    if (n.is(kPlaceNoun) && !n.is(kMediaNoun)) c.evidence[kPlace] += 3;
    if (n.is(kReportNoun)) c.evidence[kOrganisation] += 2;
  }
  auto const& w = t[j];
  if (w.low == "à" || w.low == "en" || w.low == "vers" || w.low == "in" || w.low == "at") c.evidence[kPlace] += 3;
  if (w.low == "aux" || w.low == "au") c.evidence[kPlace] += 2;
  if (w.low == "chez" || w.low == "via") c.evidence[kOrganisation] += 3;
  if (w.low == "par" || w.low == "avec" || w.low == "by" || w.low == "with") c.evidence[kPerson] += 1;
  if (w.low == "de" || w.low == "d'" || w.low == "of") {
    auto k = j;
    while (k > 0 && (t[k - 1].is(kDeterminer) || t[k - 1].is(kNationality))) --k;
    if (k > 0 && t[k - 1].is(kPlaceNoun) && t[k - 1].shape == Shape::lower) c.evidence[kPlace] += 3;
    if (k > 0 && t[k - 1].low == "maire") c.evidence[kPlace] += 4;
    if (k > 0 && t[k - 1].is(kPersonNoun) && !t[k - 1].is(kPlural)) c.evidence[kPerson] += 1;
  }
}

// What stands behind: "X (Mayenne)", "X, 34 ans", "X a déclaré".
void Names::weigh_right(Candidate& c) const {
  auto const& t = *list_;
  if (c.end + 1 >= t.size()) return;
  auto const& next = t[c.end];
  auto const& after = t[c.end + 1];
  if (next.sign == '(' && after.is_capital() && known_at(t, c.end + 1, scratch_).listed == Listed::place) {
    c.evidence[kPlace] += 3;
  }
  if (next.sign == ',' && after.shape == Shape::number && c.end + 2 < t.size() &&
      (t[c.end + 2].low == "ans" || t[c.end + 2].sign == ',')) {
    c.evidence[kPerson] += 4;
  }
  if (next.sign == ',' && c.end + 2 < t.size()) {
    auto const& noun = after.is(kDeterminer | kPossessive) ? t[c.end + 2] : after;
    if (noun.is(kPersonNoun) && noun.shape == Shape::lower) c.evidence[kPerson] += 2;
  }
  if (next.is(kVerbForm) && next.is(kReporting) && next.shape == Shape::lower) c.evidence[kPerson] += 1;
}

}  // namespace vigie::speech

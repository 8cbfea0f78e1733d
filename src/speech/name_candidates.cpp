// Finds stretches of text that may be names, with the evidence for what they name. Weights are small integers: 1 a
// hint, 3 good evidence, 6 and more nearly certain. Here: people behind honorifics, landmarks, listed names.
#include "speech/name_parts.hpp"

namespace vigie::speech {

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

namespace {

// Whether nothing named begins at a token, as at nearly all of them.
bool begins_nothing(Token const& w) {
  if (w.shape == Shape::sign) return true;
  return w.shape == Shape::lower && !w.is(kPlaceNoun | kOrgHead) && names_behind(*w.lexeme) == 0;
}

}  // namespace

void Names::find_candidates() {
  auto const& t = *list_;
  for (uint32_t i = 0; i < t.size();) {
    if (begins_nothing(t[i])) {
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
  bool const given = t[i].is(kFirstName) && i + 1 < t.size() && t[i + 1].is_capital();  // "Noël Le Graët"
  if (t[i].is(kNever) && !given && t[i].shape != Shape::lower) {
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

}  // namespace vigie::speech

// Institutions by their head noun, and the abbreviations that name them again.
#include "speech/name_parts.hpp"

namespace vigie::speech {
namespace {

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
  auto const listed = known_at(t, i + 1, scratch_).listed;
  if (listed == Listed::place) return;
  if (listed != Listed::none) {  // "le président de l'Assemblée (LREM)": a name of its own
    bool begins = false;
    for (auto j = owner.begin; j < owner.end; ++j) begins |= t[j].low.substr(0, 1) == t[i + 1].low.substr(0, 1);
    if (!begins) return;
  }
  Candidate c;
  c.begin = i + 1;
  c.end = i + 2;
  c.evidence[kOrganisation] = 7;
  c.alias_of = static_cast<uint32_t>(candidates_.size() - 1);
  candidates_.push_back(c);
  i += 3;
}

}  // namespace vigie::speech

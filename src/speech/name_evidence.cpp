// What a name in capitals is made of, and what stands beside it, as evidence for what it names.
#include "speech/name_parts.hpp"
#include "speech/public_roles.hpp"

namespace vigie::speech {
namespace {

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

}  // namespace

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
  if (words == 1 && c.evidence[kPerson] == 0) {  // "selon Poutine", where no first name ever stands
    if (auto const given = known_by_surname(first.low); !given.empty()) {
      c.evidence[kPerson] += 5;
      auto const facts = facts_of(given);
      bool const man = (facts & kFirstNameMan) != 0, woman = (facts & kFirstNameWoman) != 0;
      if (man != woman) c.gender = woman ? Gender::woman : Gender::man;
    }
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

#include "speech/candidates.hpp"

#include <cmath>

#include "speech/conjugation.hpp"
#include "speech/gazetteer.hpp"
#include "speech/grammar.hpp"
#include "speech/media_sorts.hpp"
#include "speech/pronoun_chain.hpp"
#include "speech/public_roles.hpp"
#include "speech/roles.hpp"

namespace vigie::speech {
namespace {

constexpr float kWeights[] = {
#include "speech/speaker_weights_table.inc"
};
static_assert(std::size(kWeights) == kEvidenceCount, "tools/train_speakers remakes speaker_weights_table.inc");

constexpr uint32_t kNear = 70, kOff = 170, kFar = 500;  // tokens since the last speaker
constexpr uint32_t kDescribedMax = 400;
constexpr uint32_t kPeopleBack = 120;  // tokens

}  // namespace

Weights Candidates::weights() { return Weights(kWeights); }

void Candidates::begin(Reading const& reading) {
  r_ = &reading;
  title_first_ = kNone;
  about_.assign(reading.names().all().size(), {});
  for (auto const& place : reading.names().places()) {
    if (place.begin >= reading.first_body_token()) break;
    if (reading.named(place.named).kind != NameKind::person) continue;
    title_first_ = place.named;
    break;
  }
}

bool Candidates::fits(uint32_t id, Source const& source) const {
  auto const& n = r_->named(id);
  if (n.medium && source.kind == Source::Kind::pronoun) return false;  // "il" is somebody the medium writes about
  if (n.kind == NameKind::place) return false;
  if (source.kind == Source::Kind::described && (*r_)[source.noun].low == "source") return false;
  if (n.kind == NameKind::organisation) return true;
  if (source.kind == Source::Kind::described) {
    auto const& noun = (*r_)[source.noun];
    if (is_thing(noun) || is_nobody_named(noun.low)) return false;
  }
  return n.gender == Gender::unknown || source.gender == Gender::unknown || n.gender == source.gender;
}

EvidenceRow& Candidates::row(uint32_t id) {
  auto const it = std::find(ids_.begin(), ids_.end(), id);
  if (it != ids_.end()) return rows_[static_cast<size_t>(it - ids_.begin())];
  ids_.push_back(id);
  return rows_.emplace_back(EvidenceRow{});
}

void Candidates::look_back(Source const& source) {
  auto const& r = *r_;
  auto const& places = r.names().places();
  auto it = std::lower_bound(places.begin(), places.end(), source.begin,
                             [](NamePlace const& p, uint32_t token) { return p.begin < token; });
  auto const here = r.sentences_to(source.begin);
  auto const mark = r.mark_of(source.begin);
  uint32_t rank = 0;
  bool subject_seen = false;
  for (uint32_t n = 0; it != places.begin() && n < kPlacesBack; ++n) {
    --it;
    if (!fits(it->named, source)) continue;
    bool const inside = r.inside(it->begin);
    if (inside && r.mark_of(it->begin) == mark) continue;
    if (is_owner(*r_, it->named, source)) continue;
    if (it->end + 1 >= source.begin && it->end <= source.begin && source.kind == Source::Kind::described) continue;
    bool const fresh = std::find(ids_.begin(), ids_.end(), it->named) == ids_.end();
    auto& e = row(it->named);
    if (fresh) {
      add_kind(e, it->named, source);
      e[kTokensAway] = std::min(5.0f, static_cast<float>(source.begin - it->begin) / 100.0f);
      e[kOnlyInside] = inside;
    }
    if (inside) continue;
    if (e[kOnlyInside] > 0 || fresh) {
      e[kOnlyInside] = 0;
      if (rank == 0) e[kNearest] = 1;
      if (rank == 1) e[kSecondNearest] = 1;
      bool const last = source.kind == Source::Kind::pronoun && r[source.begin].low.starts_with("ce");
      if (rank == 0 && last) e[kNearestThisLast] = 1;
      ++rank;
    }
    auto const away = here - r.sentences_to(it->begin);
    if (away <= 2 && said_there(*it)) e[kSaidThere] = 1;
    bool const governed = is_governed(r, it->begin);
    if (governed) {
      if (away == 0) e[kGovernedSame] = 1;
      if (away == 1) e[kGovernedBefore] = 1;
    } else {
      if (away == 0) e[kSameSentence] = 1;
      if (away == 1) e[kSentenceBefore] = 1;
      if (away == 2 || away == 3) e[kSentencesBefore] = 1;
      auto const start = r.sentences()[r.sentences_to(it->begin) - 1].begin;
      if (away <= 1 && it->begin <= start + 4) e[kOpensSentence] = 1;
      if (away <= 3) {
        bool const inverted = is_inverted_subject(r, it->begin), subject = inverted || is_subject(r, it->end);
        add_subject(e, subject, away);
        if (inverted) e[kInverted] = 1;
        if (subject && !subject_seen) e[kLatestSubject] = subject_seen = true;
      }
      if ((away == 1 || away == 2) && r.named(it->named).first == it->begin) e[kNewBefore] = 1;
    }
  }
}

// "X mardi matin au micro de Y": where X spoke.
bool Candidates::said_there(NamePlace const& place) const {
  auto const& r = *r_;
  if (r.named(place.named).kind != NameKind::person) return false;
  for (auto i = place.end; i < r.size() && i < place.end + 9; ++i) {
    if (r.inside(i) || r[i].is(kHave | kBe | kVerbLike | kPronoun) || is_stop(r[i].sign)) return false;
    auto const* other = r.name_at(i);
    if (other != nullptr && r.named(other->named).medium) return true;
  }
  return false;
}

// Whom the first pronoun of a chain means, this one means.
void Candidates::add_chain(Source const& source) {
  auto const& r = *r_;
  auto const anchor = chain_begin(r, source, r.sentences_to(source.begin) - 1);
  if (anchor >= source.begin) return;
  auto const& places = r.names().places();
  auto it = std::lower_bound(places.begin(), places.end(), anchor,
                             [](NamePlace const& p, uint32_t token) { return p.begin < token; });
  auto const here = r.sentences_to(anchor);
  bool nearest = false;
  while (it != places.begin()) {
    --it;
    auto const away = here - r.sentences_to(it->begin);
    if (away > 2) break;
    if (r.inside(it->begin) || r.named(it->named).kind != NameKind::person || !fits(it->named, source)) continue;
    auto const known = std::find(ids_.begin(), ids_.end(), it->named);
    if (known == ids_.end()) continue;
    auto& e = rows_[static_cast<size_t>(known - ids_.begin())];
    if (!nearest) e[kChainNearest] = 1;
    nearest = true;
    if (is_subject(r, it->end) || is_inverted_subject(r, it->begin)) {
      e[kChainSubject] = 1;
      break;
    }
  }
}

// "poursuit le ministre", "a-t-il ajouté": a verb that goes on with what was said stands beside the source.
bool Candidates::goes_on(Reading const& r, Source const& source) {
  auto const tells = [&](uint32_t i) {
    auto const& w = r[i];
    if (w.shape != Shape::lower || !w.is(kReporting)) return false;
    for (std::string_view stem : {"poursui", "ajout", "insist", "conclu", "renchéri", "enchaîn", "repren", "repris"}) {
      if (w.low.starts_with(stem)) return true;
    }
    return false;
  };
  for (auto i = source.begin > 4 ? source.begin - 4 : 0; i < source.begin; ++i) {
    if (!r.inside(i) && tells(i)) return true;
  }
  for (auto i = source.end; i < r.size() && i < source.end + 4 && !r.inside(i); ++i) {
    if (r[i].shape == Shape::sign) break;
    if (tells(i)) return true;
  }
  return false;
}

// Whether somebody else who may be meant was named since the last speaker spoke.
void Candidates::add_breaks(EvidenceRow& e, uint32_t id, Source const& source, LastSpeaker const& last) const {
  auto const& r = *r_;
  auto const& places = r.names().places();
  auto it = std::lower_bound(places.begin(), places.end(), source.begin,
                             [](NamePlace const& p, uint32_t token) { return p.begin < token; });
  bool named = false;
  for (uint32_t n = 0; it != places.begin() && n < kPlacesBack; ++n) {
    --it;
    if (it->begin <= last.at + 1) break;
    if (it->named == id || r.inside(it->begin) || r.named(it->named).kind != NameKind::person) continue;
    if (fits(it->named, source)) named = true;
  }
  e[named ? kSpokeBroken : kSpokeUnbroken] = 1;
  bool const body = id < kUnnamed && r.named(id).kind == NameKind::organisation;
  e[kGoesOn] = goes_on(r, source);
  e[kBodySpokeUnbroken] = body && !named && source.kind == Source::Kind::pronoun;
}

void Candidates::add_subject(EvidenceRow& e, bool subject, uint32_t sentences_away) const {
  if (!subject) return;
  e[kSubject] = 1;
  if (sentences_away == 0) e[kSubjectSame] = 1;
  if (sentences_away == 1) e[kSubjectBefore] = 1;
}

// "un témoin", "le chauffeur": those without a name whom a pronoun may mean.
void Candidates::add_unnamed_people(Source const& source, LastSpeaker const& last) {
  auto const& r = *r_;
  auto const here = r.sentences_to(source.begin);
  uint32_t found = 0;
  for (uint32_t n = 1; n < kPeopleBack && n < source.begin && found < 4; ++n) {
    auto const i = source.begin - n;
    auto const& w = r[i];
    if (!w.is(kPersonNoun) || w.shape != Shape::lower || r.inside(i) || r.name_at(i) != nullptr || i == last.noun)
      continue;
    auto const begin = i > 0 && r[i - 1].is(kDeterminer) ? i - 1 : i > 1 && r[i - 2].is(kDeterminer) ? i - 2 : kNone;
    if (begin == kNone || !is_one_of(r[begin].low, {"le", "la", "l'", "un", "une", "cette", "cet", "ce"})) continue;
    if (begin > 0 && (r[begin - 1].is(kPreposition | kBe) || r[begin - 1].sign == ',')) continue;
    auto const gender = w.is(kFeminine) == w.is(kMasculine)
                            ? (is_one_of(r[begin].low, {"la", "une", "cette"})      ? Gender::woman
                               : is_one_of(r[begin].low, {"le", "un", "ce", "cet"}) ? Gender::man
                                                                                    : Gender::unknown)
                        : w.is(kFeminine) ? Gender::woman
                                          : Gender::man;
    if (gender != Gender::unknown && source.gender != Gender::unknown && gender != source.gender) continue;
    auto const described = source_behind(r, begin, std::min(r.size(), i + 16));
    if (described.kind != Source::Kind::described || described.noun != i) continue;  // it has a name
    ++found;
    auto const away = here - r.sentences_to(begin);
    auto& e = row(kUnnamedPeople + begin);
    e[kPersonUnnamed] = 1;
    e[kUnnamedIndefinite] = is_one_of(r[begin].low, {"un", "une"});
    e[kUnnamedNearer] = found == 1;
    e[kTokensAway] = std::min(5.0f, static_cast<float>(n) / 100.0f);
    if (away == 0) e[kSameSentence] = 1;
    if (away == 1) e[kSentenceBefore] = 1;
    if (away == 2 || away == 3) e[kSentencesBefore] = 1;
    add_subject(e, is_subject(r, described.end), away);
  }
}

// What holds of a name wherever it stands.
void Candidates::add_kind(EvidenceRow& e, uint32_t id, Source const& source) const {
  auto const& r = *r_;
  auto const& n = r.named(id);
  bool const person = n.kind == NameKind::person;
  e[kOftenNamed] = std::log2(1.0f + static_cast<float>(n.count));
  e[kInTitle] = n.first < r.first_body_token();
  e[kTitleFirst] = title_first_ == id;
  e[kGenderKnown] = person && n.gender != Gender::unknown && n.gender == source.gender;
  e[kGenderOpen] = person && n.gender == Gender::unknown && source.gender != Gender::unknown;
  if (source.kind == Source::Kind::pronoun) {
    e[person ? kPersonPronoun : kBodyPronoun] = 1;
    e[kMediumPronoun] = n.medium;
    return;
  }
  auto const& noun = r[source.noun];
  bool const thing = is_thing(noun);
  if (!thing) e[person ? kPersonForPerson : kBodyForPerson] = 1;
  if (thing && person) e[kPersonForThing] = 1;
  if (person) return add_known_roles(e, id, source);
  if (noun.is(kMediaNoun)) {
    e[kMediumForMedium] = n.medium ? 1 : -1;
    e[kOtherMedium] = n.medium && is_other_medium(noun.low, n.name);
  } else if (noun.is(kGroupNoun)) {
    e[kBodyForGroup] = 1;
    e[kBodyForInstitution] = is_institution(noun.low);
  } else if (noun.is(kReportNoun)) {
    e[kBodyForReport] = 1;
  }
  auto const& low = about(id).low;
  bool const headed = low.size() > noun.low.size() && low.starts_with(noun.low) && low[noun.low.size()] == ' ';
  e[kBodyHeadNoun] = headed;
  e[kNameHasNoun] = noun.points > 3 && low.find(noun.low) != std::string::npos;
}

// What is known by a name, found out when it is first asked.
Candidates::About const& Candidates::about(uint32_t id) const {
  auto& known = about_[id];
  if (known.asked) return known;
  known.asked = true;
  known.low = lower_latin(r_->named(id).name);
  std::string key;
  append_key(key, known.low);
  known.roles = public_roles(key);
  return known;
}

// "le chef de l'État" where Emmanuel Macron is named.
void Candidates::add_known_roles(EvidenceRow& e, uint32_t id, Source const& source) const {
  auto const& r = *r_;
  auto const roles = about(id).roles;
  if (roles.empty()) return;
  auto const called = [&](Token const& w) {
    return w.points > 2 && roles.find(std::string(" ") + std::string(w.low) + " ") != std::string_view::npos;
  };
  e[kKnownRole] = called(r[source.noun]);
  float words = 0;
  for (auto i = source.begin; i < source.end && i < source.noun + 8; ++i) words += i != source.noun && called(r[i]);
  e[kKnownRoleWords] = std::min(words, 2.0f);
}

// People the article describes with the same noun, before or behind.
void Candidates::add_roles(Source const& source) {
  auto const& r = *r_;
  auto const wanted = role_of(r[source.noun].low);
  uint32_t looked = 0;
  for (auto const& d : r.names().described()) {
    if (++looked > kDescribedMax) break;
    if (!fits(d.named, source) || is_owner(r, d.named, source)) continue;
    bool const same = r[d.noun].low == r[source.noun].low, like = role_of(r[d.noun].low) == wanted;
    auto const known = std::find(ids_.begin(), ids_.end(), d.named);
    if (!like) {
      if (known != ids_.end()) rows_[static_cast<size_t>(known - ids_.begin())][kOtherRole] = 1;
      continue;
    }
    auto& e = row(d.named);
    if (known == ids_.end()) {
      add_kind(e, d.named, source);
      e[kTokensAway] = 5;
    }
    e[same ? kSameRole : kLikeRole] = 1;
    float shared = 0;
    // "Premier ministre", "président russe": the words about the noun.
    for (auto i = source.begin; i < source.end && i < source.noun + 6; ++i) {
      if (i == source.noun || r[i].points < 4) continue;
      for (auto j = d.noun > 0 ? d.noun - 1 : 0; j < d.noun + 6 && j < r.size(); ++j)
        shared += j != d.noun && r[i].low == r[j].low;
    }
    e[kRoleWords] = std::max(e[kRoleWords], std::min(shared, 2.0f));
  }
  for (auto& e : rows_) {
    if (e[kSameRole] > 0 || e[kLikeRole] > 0) e[kOtherRole] = 0;
  }
}

void Candidates::add_last(Source const& source, LastSpeaker const& last) {
  if (!last.any) return;
  auto const away = source.begin - std::min(source.begin, last.at);
  bool const described = source.kind == Source::Kind::described;
  uint32_t id = last.named;
  if (id == kNone) {
    bool const clash = last.plural || (last.gender != source.gender && last.gender != Gender::unknown &&
                                       source.gender != Gender::unknown);
    if (clash || away > kFar) return;
    id = kUnnamed;
  } else if (!fits(id, source) || is_owner(*r_, id, source)) {
    return;
  }
  bool const fresh = std::find(ids_.begin(), ids_.end(), id) == ids_.end();
  auto& e = row(id);
  if (id == kUnnamed) {
    e[kUnnamedLast] = 1;
    if (described && last.noun != kNone) {
      auto const& r = *r_;
      e[kLastThis] = is_one_of(r[source.begin].low, {"ce", "cet", "cette"});
      bool const same = role_of(r[last.noun].low) == role_of(r[source.noun].low);
      e[same ? kUnnamedSameNoun : kUnnamedOtherNoun] = 1;
    }
  } else if (fresh) {
    add_kind(e, id, source);
    e[kTokensAway] = 5;
  }
  e[away <= kNear ? kSpokeNear : away <= kOff ? kSpokeOff : kSpokeFar] = 1;
  if (away <= kFar) add_breaks(e, id, source, last);
  if (described && away <= kNear) e[kSpokeNearDescribed] = 1;
  if (described && away > kNear && away <= kOff) e[kSpokeOffDescribed] = 1;
}

void Candidates::add_self(Source const& source) {
  auto const& noun = (*r_)[source.noun];
  auto& e = row(kSelf);
  bool const person = noun.is(kPersonNoun) && !is_thing(noun), extra = source.end > source.noun + 2;
  e[kSelfAlone] = 1;
  e[person                 ? kSelfPerson
    : noun.is(kMediaNoun)  ? kSelfMedium
    : noun.is(kGroupNoun)  ? kSelfGroup
    : noun.is(kReportNoun) ? kSelfReport
                           : kSelfOther] = 1;
  for (auto i = source.noun + 1; i < source.end; ++i) e[kSelfNames] = e[kSelfNames] > 0 || r_->name_at(i) != nullptr;
  if (extra) e[person ? kSelfLongPerson : kSelfLongOther] = 1;
  e[kSelfInstitution] = is_institution(noun.low);
  e[kSelfOwner] = extra && is_one_of((*r_)[source.noun + 1].low, {"de", "d'", "du", "des"});
  e[kSelfRelation] = e[kSelfOwner] > 0 && is_relation(noun.low);
  auto const first = source.begin < source.noun ? (*r_)[source.begin].low : std::string_view{};
  e[kSelfThis] = is_one_of(first, {"ce", "cet", "cette"});
  e[kSelfFormer] = noun.low.starts_with("ex-");
  for (auto i = source.begin; i < source.noun; ++i) {
    if (is_one_of((*r_)[i].low, {"ancien", "ancienne", "actuel", "actuelle", "futur", "future"})) e[kSelfFormer] = 1;
  }
  e[kSelfSeen] = seen_indefinite(*r_, source);
}

void Candidates::gather(Source const& source, LastSpeaker const& last) {
  ids_.clear();
  rows_.clear();
  look_back(source);
  add_last(source, last);
  if (source.kind == Source::Kind::described) {
    add_roles(source);
    add_self(source);
    compare(source);
  } else {
    add_chain(source);
    add_unnamed_people(source, last);
  }
}

// Where one candidate is known by the words of the description, the others are less likely.
void Candidates::compare(Source const& source) {
  bool known = false, headed = false;
  auto const fits_words = [](EvidenceRow const& e) {
    return e[kSameRole] > 0 || e[kRoleWords] > 0 || (e[kKnownRole] > 0 && e[kKnownRoleWords] > 0);
  };
  for (auto const& e : rows_) {
    known |= fits_words(e);
    headed |= e[kBodyHeadNoun] > 0;
  }
  auto const& noun = (*r_)[source.noun];
  bool const owned = source.end > source.noun + 1 && is_one_of((*r_)[source.noun + 1].low, {"de", "d'", "du", "des"});
  bool const relation = owned && is_relation(noun.low), office = is_institution(noun.low);
  for (auto& e : rows_) {
    bool const backed = fits_words(e) || e[kLikeRole] > 0 || e[kKnownRole] > 0 || e[kBodyHeadNoun] > 0;
    if (e[kSelfAlone] == 0 && e[kUnnamedLast] == 0 && !backed) {
      e[kUnbacked] = owned;
      e[kUnbackedRelation] = relation;
      e[kUnbackedOffice] = office;
    }
    if (known && e[kSelfAlone] == 0 && !fits_words(e)) e[kOutdone] = 1;
    if (e[kSelfAlone] > 0) e[kSelfNamedElsewhere] = headed;
  }
}

uint32_t Candidates::best(Weights weights) const {
  uint32_t id = kNone;
  float best = 0;
  for (size_t i = 0; i < ids_.size(); ++i) {
    float score = 0;
    for (size_t k = 0; k < kEvidenceCount; ++k) score += weights[k] * rows_[i][k];
    if (id == kNone || score > best) {
      best = score;
      id = ids_[i];
    }
  }
  return id;
}

}  // namespace vigie::speech

#include "speech/candidates.hpp"

#include <cmath>

#include "speech/conjugation.hpp"
#include "speech/gazetteer.hpp"
#include "speech/grammar.hpp"
#include "speech/public_roles.hpp"

namespace vigie::speech {
namespace {

constexpr float kWeights[] = {
#include "speech/speaker_weights_table.inc"
};
static_assert(std::size(kWeights) == kEvidenceCount, "tools/train_speakers remakes speaker_weights_table.inc");

constexpr uint32_t kNear = 70, kOff = 170, kFar = 500;  // tokens since the last speaker
constexpr uint32_t kDescribedMax = 400;

// Roles one noun for another: "le chef de l'État" is the president.
std::string_view role_of(std::string_view noun) {
  struct Role {
    std::string_view noun, role;
  };
  static constexpr Role kRoles[] = {
      {"président", "chef"},
      {"présidente", "cheffe"},
      {"patron", "dirigeant"},
      {"patronne", "dirigeante"},
      {"pdg", "dirigeant"},
      {"directeur", "dirigeant"},
      {"directrice", "dirigeante"},
      {"député", "élu"},
      {"députée", "élue"},
      {"sénateur", "élu"},
      {"sénatrice", "élue"},
      {"maire", "élu"},
      {"parlementaire", "élu"},
      {"édile", "élu"},
      {"comédien", "acteur"},
      {"comédienne", "actrice"},
      {"artiste", "chanteur"},
      {"rockeur", "chanteur"},
      {"rappeur", "chanteur"},
      {"interprète", "chanteur"},
      {"animateur", "présentateur"},
      {"animatrice", "présentatrice"},
      {"footballeur", "joueur"},
      {"attaquant", "joueur"},
      {"défenseur", "joueur"},
      {"milieu", "joueur"},
      {"gardien", "joueur"},
      {"chroniqueur", "journaliste"},
      {"reporter", "journaliste"},
      {"éditorialiste", "journaliste"},
      {"auteur", "écrivain"},
      {"romancier", "écrivain"},
      {"auteure", "écrivaine"},
      {"romancière", "écrivaine"},
      {"coach", "entraîneur"},
      {"technicien", "entraîneur"},
      {"sélectionneur", "entraîneur"},
      {"cinéaste", "réalisateur"},
      {"médecin", "docteur"},
      {"spécialiste", "expert"},
      {"avocat", "conseil"},
      {"magistrat", "procureur"},
  };
  for (auto const& r : kRoles) {
    if (r.noun == noun) return r.role;
  }
  return noun;
}

bool is_governed(Reading const& r, uint32_t i) {
  while (i > 0 && (r[i - 1].is(kHonorific) || (r[i - 1].sign == '.' && i > 1 && r[i - 2].is(kHonorific)))) --i;
  if (i > 0 && r[i - 1].is(kDeterminer) && !r[i - 1].is(kPreposition)) --i;
  return i > 0 && r[i - 1].is(kPreposition) && r.name_at(i - 1) == nullptr;
}

}  // namespace

Weights Candidates::weights() { return Weights(kWeights); }

void Candidates::begin(Reading const& reading) { r_ = &reading; }

uint32_t Candidates::sentence_of(uint32_t token) const {
  auto const& all = r_->sentences();
  auto const it =
      std::upper_bound(all.begin(), all.end(), token, [](uint32_t t, Sentence const& s) { return t < s.begin; });
  return static_cast<uint32_t>(it - all.begin());
}

bool Candidates::fits(uint32_t id, Source const& source) const {
  auto const& n = r_->named(id);
  if (n.kind == NameKind::place) return false;
  if (n.kind == NameKind::organisation) return true;
  if (source.kind == Source::Kind::described) {
    auto const& noun = (*r_)[source.noun];
    if (noun.is(kGroupNoun | kMediaNoun | kReportNoun) && !noun.is(kPersonNoun)) return false;
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
  auto const here = sentence_of(source.begin);
  auto const mark = r.mark_of(source.begin);
  uint32_t rank = 0;
  for (uint32_t n = 0; it != places.begin() && n < kPlacesBack; ++n) {
    --it;
    if (!fits(it->named, source)) continue;
    bool const inside = r.inside(it->begin);
    if (inside && r.mark_of(it->begin) == mark) continue;
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
    auto const away = here - sentence_of(it->begin);
    bool const governed = is_governed(r, it->begin);
    if (governed) {
      if (away == 0) e[kGovernedSame] = 1;
      if (away == 1) e[kGovernedBefore] = 1;
    } else {
      if (away == 0) e[kSameSentence] = 1;
      if (away == 1) e[kSentenceBefore] = 1;
      if (away == 2 || away == 3) e[kSentencesBefore] = 1;
      auto const start = r.sentences()[sentence_of(it->begin) - 1].begin;
      if (away <= 1 && it->begin <= start + 4) e[kOpensSentence] = 1;
    }
  }
}

// What holds of a name wherever it stands.
void Candidates::add_kind(EvidenceRow& e, uint32_t id, Source const& source) const {
  auto const& r = *r_;
  auto const& n = r.named(id);
  bool const person = n.kind == NameKind::person;
  e[kOftenNamed] = std::log2(1.0f + static_cast<float>(n.count));
  e[kInTitle] = n.first < r.first_body_token();
  e[kGenderKnown] = person && n.gender != Gender::unknown && n.gender == source.gender;
  e[kGenderOpen] = person && n.gender == Gender::unknown && source.gender != Gender::unknown;
  if (source.kind == Source::Kind::pronoun) {
    e[person ? kPersonPronoun : kBodyPronoun] = 1;
    return;
  }
  auto const& noun = r[source.noun];
  bool const thing = noun.is(kGroupNoun | kMediaNoun | kReportNoun) && !noun.is(kPersonNoun);
  if (!thing) e[person ? kPersonForPerson : kBodyForPerson] = 1;
  if (thing && person) e[kPersonForThing] = 1;
  if (person) return add_known_roles(e, id, source);
  if (noun.is(kMediaNoun)) {
    e[kMediumForMedium] = n.medium ? 1 : -1;
  } else if (noun.is(kGroupNoun)) {
    e[kBodyForGroup] = 1;
  } else if (noun.is(kReportNoun)) {
    e[kBodyForReport] = 1;
  }
  std::string low = lower_latin(n.name);
  e[kNameHasNoun] = noun.points > 3 && low.find(noun.low) != std::string::npos;
}

// "le chef de l'État" where Emmanuel Macron is named.
void Candidates::add_known_roles(EvidenceRow& e, uint32_t id, Source const& source) const {
  auto const& r = *r_;
  std::string key;
  append_key(key, lower_latin(r.named(id).name));
  auto const roles = public_roles(key);
  if (roles.empty()) return;
  auto const called = [&](Token const& w) {
    auto const at = roles.find(std::string(" ") + std::string(w.low) + " ");
    return w.points > 2 && at != std::string_view::npos;
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
    if (!fits(d.named, source)) continue;
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
    bool const clash =
        last.gender != source.gender && last.gender != Gender::unknown && source.gender != Gender::unknown;
    if (clash || away > kFar) return;
    id = kUnnamed;
  } else if (!fits(id, source)) {
    return;
  }
  bool const fresh = std::find(ids_.begin(), ids_.end(), id) == ids_.end();
  auto& e = row(id);
  if (id == kUnnamed) {
    e[kUnnamedLast] = 1;
  } else if (fresh) {
    add_kind(e, id, source);
    e[kTokensAway] = 5;
  }
  e[away <= kNear ? kSpokeNear : away <= kOff ? kSpokeOff : kSpokeFar] = 1;
  if (described && away <= kNear) e[kSpokeNearDescribed] = 1;
  if (described && away > kNear && away <= kOff) e[kSpokeOffDescribed] = 1;
}

void Candidates::add_self(Source const& source) {
  auto const& noun = (*r_)[source.noun];
  auto& e = row(kSelf);
  bool const person = noun.is(kPersonNoun), extra = source.end > source.noun + 2;
  e[kSelfAlone] = 1;
  e[person                 ? kSelfPerson
    : noun.is(kMediaNoun)  ? kSelfMedium
    : noun.is(kGroupNoun)  ? kSelfGroup
    : noun.is(kReportNoun) ? kSelfReport
                           : kSelfOther] = 1;
  for (auto i = source.noun + 1; i < source.end; ++i) e[kSelfNames] = e[kSelfNames] > 0 || r_->name_at(i) != nullptr;
  if (extra) e[person ? kSelfLongPerson : kSelfLongOther] = 1;
}

void Candidates::gather(Source const& source, LastSpeaker const& last) {
  ids_.clear();
  rows_.clear();
  look_back(source);
  add_last(source, last);
  if (source.kind == Source::Kind::described) {
    add_roles(source);
    add_self(source);
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

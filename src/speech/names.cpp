#include "speech/names.hpp"

#include <algorithm>

#include "speech/word_sets.hpp"

namespace vigie::speech {
namespace {

constexpr size_t kSameNameMax = 16;  // people of one surname that are told apart
constexpr size_t kPerson = 0, kOrganisation [[maybe_unused]] = 1, kPlace [[maybe_unused]] = 2;

NameKind strongest(std::array<int, 3> const& evidence) {
  size_t best = 0;
  for (size_t k = 1; k < 3; ++k) {
    if (evidence[k] > evidence[best]) best = k;
  }
  return static_cast<NameKind>(best);
}

}  // namespace

void Names::read(Tokens const& tokens, std::vector<char> const& starts) {
  tokens_ = &tokens;
  list_ = &tokens.all();
  starts_ = &starts;
  candidates_.clear();
  named_.clear();
  evidence_.clear();
  places_.clear();
  described_.clear();
  by_key_.clear();
  by_part_.clear();
  by_first_.clear();
  bearers_used_ = 0;
  certain_.clear();
  at_.assign(list_->size(), kNone);
  find_candidates();
  join();
  describe();
}

std::string_view Names::surface(uint32_t begin, uint32_t end) const {
  auto const& t = *list_;
  return tokens_->text().substr(t[begin].begin, t[end - 1].end - t[begin].begin);
}

// Letters without accents, gaps and a leading article: "Le Parisien" and "Parisien", "BFM-TV" and "BFMTV" meet. Lives
// until the next call.
std::string_view Names::key_of(uint32_t begin, uint32_t end) {
  auto const& t = *list_;
  while (begin + 1 < end && is_one_of(t[begin].low, {"le", "la", "les", "l'", "the"})) ++begin;
  key_.clear();
  for (auto i = begin; i < end; ++i) join_key(key_, t[i].lexeme->key);
  std::erase(key_, ' ');
  return key_;
}

// The words with their gaps: "le pen". Lives until the next call.
std::string_view Names::part_of(uint32_t begin, uint32_t end) {
  part_.clear();
  for (auto i = begin; i < end; ++i) join_key(part_, (*list_)[i].lexeme->key);
  return part_;
}

uint32_t Names::make(Candidate const& c, std::string_view key) {
  auto const id = static_cast<uint32_t>(named_.size());
  named_.emplace_back();
  named_.back().name = surface(c.begin, c.end);
  evidence_.push_back({});
  by_key_[key] = id + 1;
  return id;
}

void Names::tell(Candidate const& c, uint32_t id) {
  auto& named = named_[id];
  for (size_t k = 0; k < 3; ++k) evidence_[id][k] += c.evidence[k];
  named.medium |= c.medium;
  named.club |= c.club;
  if (named.gender == Gender::unknown) named.gender = c.gender;
}

void Names::join() {
  join_people();
  for (auto const& c : candidates_) {
    if (!c.doubtful && c.end == c.begin + 1) certain_[(*list_)[c.begin].low] = true;
  }
  join_others();
  join_longer(named_.size());
  place_all();
}

// People of several words first, so that "Macron" finds "Emmanuel Macron" wherever it stands.
void Names::join_people() {
  auto const& t = *list_;
  for (auto& c : candidates_) {
    if (strongest(c.evidence) != NameKind::person || c.end - c.begin < 2 || c.listed) continue;
    if (t[c.begin].is(kParticle | kDeterminer) && !t[c.begin].is(kFirstName)) continue;  // "M. de Rugy", "Mme Le Pen"
    auto const key = key_of(c.begin, c.end);
    auto const* const found = by_key_.find(key);
    bool const fresh = found == nullptr;
    c.named = fresh ? make(c, key) : *found - 1;
    tell(c, c.named);
    if (!fresh) continue;
    auto const rest = part_of(c.begin + 1, c.end);  // everything behind the first name: "le pen"
    add_bearer(by_part_, rest, c.named);
    auto const last = t[c.end - 1].lexeme->key;
    if (last != rest && last.size() > 2) add_bearer(by_part_, last, c.named);
    if (t[c.begin].is_capital()) add_bearer(by_first_, t[c.begin].lexeme->key, c.named);
  }
}

void Names::add_bearer(PassingTable<uint32_t>& table, std::string_view part, uint32_t named) {
  auto& place = table[part];
  if (place == 0) {
    if (bearers_used_ == bearers_.size()) bearers_.emplace_back();
    bearers_[bearers_used_].clear();
    place = static_cast<uint32_t>(++bearers_used_);
  }
  if (auto& ids = bearers_[place - 1]; ids.size() < kSameNameMax) ids.push_back(named);
}

void Names::join_others() {
  auto const& t = *list_;
  for (auto& c : candidates_) {
    if (c.named != kNone) continue;
    auto const key = key_of(c.begin, c.end);
    auto const* const known = by_key_.find(key);
    if (c.alias_of != kNone && candidates_[c.alias_of].named != kNone) {
      c.named = candidates_[c.alias_of].named;
      if (known == nullptr) by_key_[key] = c.named + 1;
      tell(c, c.named);
      continue;
    }
    if (known != nullptr) {
      c.named = *known - 1;
    } else if (!c.listed || c.evidence[kPerson] > 0) {
      c.named = find_person(c);
      if (c.named != kNone) c.evidence = {3, 0, 0};
    }
    if (c.named == kNone) {
      // Nothing speaks for a name: only where it stands again with evidence.
      bool const weak = c.doubtful && *std::max_element(c.evidence.begin(), c.evidence.end()) < 4;
      if (weak && certain_.find(t[c.begin].low) == nullptr) continue;
      c.named = make(c, key);
    }
    tell(c, c.named);
  }
}

void Names::place_all() {
  auto const& t = *list_;
  for (auto& c : candidates_) {
    if (c.named == kNone) continue;
    auto& named = named_[c.named];
    auto const text = surface(c.begin, c.end);
    if (std::find(named.surfaces.begin(), named.surfaces.end(), text) == named.surfaces.end() &&
        named.surfaces.size() < 20) {
      named.surfaces.emplace_back(text);
    }
    if (c.alias_of == kNone && named.kind == NameKind::person && text.size() > named.name.size() &&
        t[c.begin].shape != Shape::upper) {
      named.name = text;
    }
    if (named.count++ == 0) named.first = c.begin;
    auto const place = static_cast<uint32_t>(places_.size());
    places_.push_back({c.begin, c.end, c.named});
    for (auto i = c.begin; i < c.end; ++i) at_[i] = place;
  }
}

uint32_t Names::find_person(Candidate const& c) {
  auto const& t = *list_;
  auto const part = part_of(c.begin, c.end);
  auto const* found = by_part_.find(part);
  if (found == nullptr) {
    if (c.end - c.begin != 1 || t[c.begin].points < 3) return kNone;
    found = by_first_.find(part);
    if (found == nullptr || bearers_[*found - 1].size() != 1) return kNone;
  }
  auto const& ids = bearers_[*found - 1];
  for (auto id : ids) {
    if (c.gender == Gender::unknown || named_[id].gender == Gender::unknown || named_[id].gender == c.gender) return id;
  }
  return ids.front();
}

// The kinds are settled; a one-word organisation that opens a longer one is the same: "Emmaüs", "Emmaüs Lescar-Pau".
void Names::join_longer(size_t count) {
  for (size_t id = 0; id < count; ++id) named_[id].kind = strongest(evidence_[id]);
}

// Nouns that describe people: before the name ("le président russe X") and behind it (", ministre de la Défense,").
// "le groupe X", "la chaîne d'information X": the noun right before a body's name.
void Names::describe_body(NamePlace const& place) {
  auto const& t = *list_;
  if (named_[place.named].kind != NameKind::organisation) return;
  for (uint32_t back = 1; back < 4 && back < place.begin; ++back) {
    auto const& w = t[place.begin - back];
    if (w.shape != Shape::lower) return;
    if (w.is(kGroupNoun | kMediaNoun)) return described_.push_back({place.begin - back, place.named});
    if (!w.is(kNationality) && back > 1) return;
    if (w.is(kDeterminer | kPreposition)) return;
  }
}

void Names::describe() {
  auto const& t = *list_;
  for (auto const& place : places_) {
    if (named_[place.named].kind != NameKind::person) {
      describe_body(place);
      continue;
    }
    auto& gender = named_[place.named].gender;
    auto const note = [&](uint32_t noun) {
      described_.push_back({noun, place.named});
      if (gender == Gender::unknown && t[noun].is(kFeminine) != t[noun].is(kMasculine)) {
        gender = t[noun].is(kFeminine) ? Gender::woman : Gender::man;
      }
    };
    for (uint32_t back = 1; back < 14 && back <= place.begin; ++back) {
      auto const& w = t[place.begin - back];
      if (!w.is_word() || w.is(kVerbLike | kHave | kBe | kPronoun | kTime) || w.glued) break;
      if (w.low == "que" || w.low == "et" || w.low == "qu'" || w.low == "par" || w.low == "avec" || w.low == "à") break;
      bool const governs = back == 1 && (w.is(kPreposition) || w.is(kDeterminer));
      if (governs && w.low != ",") break;
      if (w.is(kPersonNoun) && w.shape == Shape::lower) note(place.begin - back);
      if (w.is(kDeterminer) && !w.is(kPreposition) && back > 1 &&
          t[place.begin - back - (place.begin > back)].shape != Shape::lower)
        break;
      if (w.is(kDeterminer) && !w.is(kPreposition) && t[place.begin - back + 1].is(kPersonNoun)) break;
    }
    if (place.end < t.size() && t[place.end].sign == ',') {
      for (auto i = place.end + 1; i < t.size() && i < place.end + 14; ++i) {
        if (!t[i].is_word() || t[i].is(kVerbLike | kHave | kPronoun) || t[i].glued) break;
        if (t[i].is(kPersonNoun) && t[i].shape == Shape::lower) {
          bool const governed =
              i > place.end + 1 && (t[i - 1].low == "de" || t[i - 1].low == "d'" || t[i - 1].low == "des");
          if (!governed) note(i);
        }
      }
    }
  }
}

}  // namespace vigie::speech

#include "speech/names.hpp"

#include <algorithm>

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
  at_.assign(list_->size(), kNone);
  find_candidates();
  join();
  describe();
}

std::string Names::surface(uint32_t begin, uint32_t end) const {
  auto const& t = *list_;
  return std::string(tokens_->text().substr(t[begin].begin, t[end - 1].end - t[begin].begin));
}

// Letters without accents, gaps and a leading article: "Le Parisien" and "Parisien", "BFM-TV" and "BFMTV" meet.
std::string Names::key_of(uint32_t begin, uint32_t end) const {
  auto const& t = *list_;
  std::string key;
  while (begin + 1 < end && (t[begin].low == "le" || t[begin].low == "la" || t[begin].low == "les" ||
                             t[begin].low == "l'" || t[begin].low == "the")) {
    ++begin;
  }
  for (auto i = begin; i < end; ++i) append_key(key, t[i].low);
  std::erase(key, ' ');
  return key;
}

uint32_t Names::make(Candidate const& c, std::string key) {
  auto const id = static_cast<uint32_t>(named_.size());
  named_.emplace_back();
  named_.back().name = surface(c.begin, c.end);
  evidence_.push_back({});
  by_key_.emplace(std::move(key), id);
  return id;
}

void Names::tell(Candidate const& c, uint32_t id) {
  auto& named = named_[id];
  for (size_t k = 0; k < 3; ++k) evidence_[id][k] += c.evidence[k];
  named.medium |= c.medium;
  named.club |= c.club;
  if (named.gender == Gender::unknown) named.gender = c.gender;
}

// People of several words first, so that "Macron" finds "Emmanuel Macron" wherever it stands; then all the others.
void Names::join() {
  auto const& t = *list_;
  auto const part = [&](uint32_t token) {
    std::string key;
    append_key(key, t[token].low);
    return key;
  };
  for (auto& c : candidates_) {
    if (strongest(c.evidence) != NameKind::person || c.end - c.begin < 2 || c.listed) continue;
    if (t[c.begin].is(kParticle | kDeterminer) && !t[c.begin].is(kFirstName)) continue;  // "M. de Rugy", "Mme Le Pen"
    auto key = key_of(c.begin, c.end);
    auto const found = by_key_.find(key);
    bool const fresh = found == by_key_.end();
    c.named = fresh ? make(c, key) : found->second;
    tell(c, c.named);
    if (!fresh) continue;
    std::string rest;  // everything behind the first name: "le pen"
    for (auto i = c.begin + 1; i < c.end; ++i) append_key(rest, t[i].low);
    if (auto& ids = by_part_[rest]; ids.size() < kSameNameMax) ids.push_back(c.named);
    auto const last = part(c.end - 1);
    if (last != rest && last.size() > 2) {
      if (auto& ids = by_part_[last]; ids.size() < kSameNameMax) ids.push_back(c.named);
    }
    if (t[c.begin].is_capital()) {
      if (auto& ids = by_part_["1 " + part(c.begin)]; ids.size() < kSameNameMax) ids.push_back(c.named);
    }
  }
  certain_.clear();
  for (auto const& c : candidates_) {
    if (!c.doubtful && c.end == c.begin + 1) certain_.emplace(t[c.begin].low);
  }
  for (auto& c : candidates_) {
    if (c.named != kNone) continue;
    if (c.alias_of != kNone && candidates_[c.alias_of].named != kNone) {
      c.named = candidates_[c.alias_of].named;
      by_key_.emplace(key_of(c.begin, c.end), c.named);
      tell(c, c.named);
      continue;
    }
    auto key = key_of(c.begin, c.end);
    auto const known = by_key_.find(key);
    if (known != by_key_.end()) {
      c.named = known->second;
    } else if (!c.listed || c.evidence[kPerson] > 0) {
      c.named = find_person(c, key);
      if (c.named != kNone) c.evidence = {3, 0, 0};
    }
    if (c.named == kNone) {
      if (c.doubtful && *std::max_element(c.evidence.begin(), c.evidence.end()) < 4) {
        // Nothing speaks for a name: only where it stands again with evidence.
        bool const again = certain_.contains(std::string(t[c.begin].low));
        if (!again) continue;
      }
      c.named = make(c, std::move(key));
    }
    tell(c, c.named);
  }
  join_longer(named_.size());
  for (auto& c : candidates_) {
    if (c.named == kNone) continue;
    auto& named = named_[c.named];
    auto text = surface(c.begin, c.end);
    if (std::find(named.surfaces.begin(), named.surfaces.end(), text) == named.surfaces.end() &&
        named.surfaces.size() < 20) {
      named.surfaces.push_back(text);
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

uint32_t Names::find_person(Candidate const& c, std::string const&) const {
  auto const& t = *list_;
  std::string part;
  for (auto i = c.begin; i < c.end; ++i) append_key(part, t[i].low);
  auto found = by_part_.find(part);
  if (found == by_part_.end()) {
    if (c.end - c.begin != 1 || t[c.begin].points < 3) return kNone;
    found = by_part_.find("1 " + part);
    if (found == by_part_.end() || found->second.size() != 1) return kNone;
  }
  for (auto id : found->second) {
    if (c.gender == Gender::unknown || named_[id].gender == Gender::unknown || named_[id].gender == c.gender) return id;
  }
  return found->second.front();
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

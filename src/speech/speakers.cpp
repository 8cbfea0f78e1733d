#include "speech/speakers.hpp"

#include <algorithm>

namespace vigie::speech {
namespace {

constexpr uint32_t kPlacesBack = 60;
constexpr uint32_t kLastReach = 220;  // tokens for which the last speaker stays the first choice

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Roles one noun for another: "le chef de l'État" is the president.
std::string_view role_of(std::string_view noun) {
  struct Role {
    std::string_view noun, role;
  };
  static constexpr Role kRoles[] = {
      {"président", "chef"},
      {"présidente", "cheffe"},
      {"patron", "dirigeant"},
      {"pdg", "dirigeant"},
      {"directeur", "dirigeant"},
      {"député", "élu"},
      {"députée", "élue"},
      {"sénateur", "élu"},
      {"sénatrice", "élue"},
      {"maire", "élu"},
      {"parlementaire", "élu"},
      {"comédien", "acteur"},
      {"comédienne", "actrice"},
      {"artiste", "chanteur"},
      {"rockeur", "chanteur"},
      {"animateur", "présentateur"},
      {"animatrice", "présentatrice"},
      {"footballeur", "joueur"},
      {"attaquant", "joueur"},
      {"défenseur", "joueur"},
      {"présentateur", "présentateur"},
      {"chroniqueur", "journaliste"},
      {"reporter", "journaliste"},
      {"auteur", "écrivain"},
      {"romancier", "écrivain"},
      {"auteure", "écrivaine"},
      {"romancière", "écrivaine"},
  };
  for (auto const& r : kRoles) {
    if (r.noun == noun) return r.role;
  }
  return noun;
}

bool takes_an_organisation(std::string_view noun) {
  return is_one_of(
      noun, {"groupe",        "société",   "entreprise",   "firme",        "compagnie", "constructeur", "club",
             "association",   "syndicat",  "collectif",    "organisation", "parti",     "mouvement",    "ong",
             "fondation",     "institut",  "enseigne",     "plateforme",   "marque",    "géant",        "opérateur",
             "équipementier", "agence",    "fédération",   "institution",  "formation", "laboratoire",  "réseau",
             "moteur",        "avionneur", "distributeur", "fabricant",    "banque",    "company",      "group",
             "firm",          "agency",    "organization"});
}

}  // namespace

void Speakers::begin(Reading const& reading) {
  reading_ = &reading;
  last_ = {};
  last_at_ = 0;
}

Speaker Speakers::named(uint32_t id) const { return {reading_->named(id).name, id}; }

Speaker Speakers::resolve(Source const& source) {
  Speaker speaker;
  switch (source.kind) {
    case Source::Kind::none:
      return {};
    case Source::Kind::people:
      return {};
    case Source::Kind::named:
      speaker = named(source.named);
      break;
    case Source::Kind::pronoun:
      speaker = resolve_pronoun(source);
      break;
    case Source::Kind::described:
      speaker = resolve_description(source);
      break;
  }
  if (speaker.name) {
    last_ = speaker;
    last_at_ = source.begin;
  }
  return speaker;
}

bool Speakers::fits(uint32_t id, Source const& source) const {
  auto const& n = reading_->named(id);
  if (n.kind == NameKind::place) return false;
  if (n.kind == NameKind::organisation) return source.gender != Gender::woman || n.gender == Gender::unknown;
  return n.gender == Gender::unknown || source.gender == Gender::unknown || n.gender == source.gender;
}

// The last name of a wanted kind before the source: one no preposition governs if there is any near.
uint32_t Speakers::recent(Source const& source, bool people, bool organisations, bool media) const {
  auto const& places = reading_->names().places();
  auto const& r = *reading_;
  auto it = std::lower_bound(places.begin(), places.end(), source.begin,
                             [](NamePlace const& p, uint32_t token) { return p.begin < token; });
  uint32_t loose = kNone;
  for (uint32_t n = 0; it != places.begin() && n < kPlacesBack; ++n) {
    --it;
    auto const& who = r.named(it->named);
    bool const wanted = (people && who.kind == NameKind::person) ||
                        (organisations && who.kind == NameKind::organisation && !who.medium) || (media && who.medium);
    if (!wanted || !fits(it->named, source)) continue;
    auto const& w = it->begin > 0 ? r[it->begin - 1] : r[it->begin];
    bool const possessed = it->begin > 0 && w.is(kPreposition) && r.name_at(it->begin - 1) == nullptr;
    if (!possessed) return it->named;
    if (loose == kNone) loose = it->named;
  }
  return loose;
}

// The person a pronoun or a description without a match means: near, a subject rather than governed, named often, and
// speaking already. The weights were set on the labelled articles; docs/speech.md has the figures.
uint32_t Speakers::likely_person(Source const& source) const {
  auto const& r = *reading_;
  auto const& places = r.names().places();
  auto it = std::lower_bound(places.begin(), places.end(), source.begin,
                             [](NamePlace const& p, uint32_t token) { return p.begin < token; });
  auto const mark = r.mark_of(source.begin);
  uint32_t best = kNone;
  double best_score = -1e9;
  for (uint32_t n = 0; it != places.begin() && n < kPlacesBack; ++n) {
    --it;
    auto const& who = r.named(it->named);
    if (who.kind != NameKind::person || !fits(it->named, source)) continue;
    if (r.mark_of(it->begin) != kNone && r.mark_of(it->begin) == mark) continue;
    double score = -static_cast<double>(source.begin - it->begin) / 40.0;
    auto first = it->begin;
    while (first > 0 &&
           (r[first - 1].is(kHonorific) || (r[first - 1].sign == '.' && first > 1 && r[first - 2].is(kHonorific))))
      --first;
    bool const governed = first > 0 && r[first - 1].is(kPreposition);
    if (!governed) score += 1.5;
    if (r.inside(it->begin)) score -= 2.0;
    score += 0.35 * std::min<uint32_t>(who.count, 8);
    if (it->named == last_.named && last_at_ + kLastReach > source.begin) score += 2.5;
    if (who.gender == Gender::unknown && source.gender != Gender::unknown) score -= 0.5;
    if (score > best_score) {
      best_score = score;
      best = it->named;
    }
  }
  if (last_.named != kNone && last_at_ + kLastReach > source.begin && r.named(last_.named).kind == NameKind::person &&
      fits(last_.named, source)) {
    auto const score = 4.0 - static_cast<double>(source.begin - std::min(last_at_, source.begin)) / 40.0 +
                       0.35 * std::min<uint32_t>(r.named(last_.named).count, 8);
    if (score > best_score) best = last_.named;
  }
  return best;
}

Speaker Speakers::resolve_pronoun(Source const& source) {
  auto const& r = *reading_;
  if (source.plural) return {std::string(r.text(source.begin, source.end)), kNone};
  bool const near = last_at_ + kLastReach / 2 > source.begin;
  bool const last_is_body = last_.named != kNone && r.named(last_.named).kind == NameKind::organisation;
  bool const clitic = r[source.begin].low.starts_with('-') || r[source.begin].low.starts_with("t-");
  if (near && last_.name && (last_is_body || last_.named == kNone) && clitic) {
    // "indique-t-il" behind a firm or an unnamed speaker: unless a person has been named since.
    auto const id = likely_person(source);
    bool since = false;
    for (auto const& place : r.names().places())
      since |= place.named == id && place.begin > last_at_ && place.begin < source.begin && !r.inside(place.begin);
    if (id == kNone || !since) return last_;
  }
  if (r[source.begin].low == "ce" || r[source.begin].low == "cette" || r[source.begin].low.starts_with("cel")) {
    if (auto const id = recent(source, true, false, false); id != kNone) return named(id);
  }
  if (auto const id = likely_person(source); id != kNone) return named(id);
  auto const any = recent(source, false, true, true);
  return any == kNone ? last_ : named(any);
}

// The person the article describes with the same noun, the nearest before the source, else the first behind it.
uint32_t Speakers::described_as(Source const& source) const {
  auto const& r = *reading_;
  auto const wanted = role_of(r[source.noun].low);
  uint32_t best = kNone;
  int best_score = -1;
  for (auto const& d : r.names().described()) {
    if (role_of(r[d.noun].low) != wanted) continue;
    if (!fits(d.named, source)) continue;
    int score = r[d.noun].low == r[source.noun].low ? 4 : 2;
    for (auto i = source.noun + 1; i < source.end && i < source.noun + 5; ++i) {
      for (auto j = d.noun + 1; j < d.noun + 5 && j < r.size(); ++j)
        score += r[i].points > 3 && r[i].low == r[j].low ? 4 : 0;
    }
    if (score >= best_score || (score == best_score && d.noun < source.begin)) {
      best_score = score;
      best = d.named;
    }
  }
  return best;
}

std::string Speakers::description(Source const& source) const {
  auto const& r = *reading_;
  auto begin = source.begin;
  auto const& determiner = r[begin];
  std::string text;
  if (is_one_of(determiner.low, {"ce", "cet", "cette", "ces", "son", "sa", "ses", "leur", "leurs", "this", "these"})) {
    ++begin;
    bool const vowel =
        !r[begin].low.empty() && std::string_view("aeiouyh").find(r[begin].low[0]) != std::string_view::npos;
    text = source.plural                            ? "les "
           : vowel || r[begin].low.starts_with("é") ? "l'"
           : source.gender == Gender::woman         ? "la "
                                                    : "le ";
  }
  text += r.text(begin, source.end);
  if (is_one_of(determiner.low, {"son", "sa", "ses", "leur", "leurs"})) {
    Source owner;
    owner.begin = source.begin;
    auto const id = recent(owner, true, true, false);
    if (id != kNone) text += " de " + r.named(id).name;
  }
  return text;
}

Speaker Speakers::resolve_description(Source const& source) {
  auto const& r = *reading_;
  auto const& noun = r[source.noun];
  auto const& determiner = r[source.begin];
  bool const definite =
      is_one_of(determiner.low, {"le", "la", "l'", "ce", "cet", "cette", "the", "this"}) || source.begin == source.noun;
  if (!definite || source.plural) return {description(source), kNone};
  auto const extra = source.end - source.noun - 1;
  if (noun.is(kMediaNoun)) {
    auto const id = recent(source, false, false, true);
    if (id != kNone && extra <= 2) return named(id);
  }
  if (noun.is(kPersonNoun)) {
    if (auto const id = described_as(source); id != kNone) return named(id);
    auto const id = likely_person(source);
    bool const unnamed_role =
        is_one_of(noun.low, {"avocat", "avocate", "procureur", "procureure", "victime", "suspect", "témoin"}) &&
        extra > 0;
    if (id != kNone && !unnamed_role) return named(id);
    return {description(source), kNone};
  }
  if (noun.is(kGroupNoun) && takes_an_organisation(noun.low) && extra <= 2) {
    bool const near = last_at_ + kLastReach > source.begin;
    if (last_.named != kNone && near && r.named(last_.named).kind == NameKind::organisation) return last_;
    if (auto const id = recent(source, false, true, false); id != kNone) return named(id);
  }
  if (noun.is(kReportNoun) && extra <= 2) {
    bool const near = last_at_ + kLastReach > source.begin;
    if (last_.name && near) return last_;
    if (auto const id = recent(source, false, true, true); id != kNone) return named(id);
  }
  return {description(source), kNone};
}

}  // namespace vigie::speech

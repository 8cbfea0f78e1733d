#include "speech/speakers.hpp"

#include "speech/grammar.hpp"
#include "speech/roles.hpp"

namespace vigie::speech {

namespace {
constexpr uint32_t kNearMax = 90;  // tokens
}

void Speakers::begin(Reading const& reading, Weights weights) {
  weights_.assign(weights.begin(), weights.end());
  reading_ = &reading;
  candidates_.begin(reading);
  last_ = {};
  trace_ = {};
}

Speaker Speakers::named(uint32_t id) const { return {reading_->named(id).name, id}; }

bool Speakers::is_open(Source const& source) const {
  if (source.kind == Source::Kind::pronoun) return !source.plural;
  if (source.kind != Source::Kind::described || source.plural) return false;
  auto const& determiner = (*reading_)[source.begin];
  auto const& noun = (*reading_)[source.noun];
  if (noun.is_capital() && noun.is(kMediaNoun) && !noun.is(kPersonNoun)) return false;  // "le Journal de la côte"
  return source.begin == source.noun ||
         is_one_of(determiner.low, {"le", "la", "l'", "ce", "cet", "cette", "the", "this", "that"});
}

Candidates const& Speakers::gather(Source const& source) {
  candidates_.gather(source, trace_);
  return candidates_;
}

void Speakers::spoke(Speaker speaker, Source const& source) {
  if (!speaker.name) return;
  trace_ = {speaker.named, source.begin, source.noun, true, source.plural, source.gender};
  last_ = std::move(speaker);
}

Speaker Speakers::resolve(Source const& source) {
  Speaker speaker;
  switch (source.kind) {
    case Source::Kind::none:
    case Source::Kind::people:
      return {};
    case Source::Kind::named:
      speaker = named(source.named);
      break;
    case Source::Kind::pronoun:
      speaker = source.plural ? several(source) : choose(source);
      break;
    case Source::Kind::described:
      if (is_the_same(source) && last_.name) return last_;
      speaker = is_open(source) ? choose(source) : Speaker{description(source), kNone};
      break;
  }
  spoke(speaker, source);
  return speaker;
}

// "selon la même source".
bool Speakers::is_the_same(Source const& source) const {
  auto const& r = *reading_;
  for (auto i = source.begin; i < source.noun; ++i) {
    if (is_one_of(r[i].low, {"même", "mêmes"})) return true;
  }
  return false;
}

Speaker Speakers::choose(Source const& source) {
  auto const id = gather(source).best(weights());
  if (id == kUnnamed || id == kNone) return last_;
  if (id == kSelf) return {description(source), kNone};
  return is_unnamed_person(id) ? unnamed(id) : named(id);
}

// Somebody the text speaks of by a description, which may mean a name in turn: "Le ministre viendra, dit-il".
Speaker Speakers::unnamed(uint32_t id) const {
  auto const begin = id - kUnnamedPeople;
  auto const person = source_behind(*reading_, begin, std::min(reading_->size(), begin + 20));
  if (is_open(person)) {
    Candidates candidates;
    candidates.begin(*reading_);
    candidates.gather(person, trace_);
    if (auto const meant = candidates.best(weights()); meant < kUnnamedPeople) return named(meant);
  }
  return {description(person), kNone};
}

// "ils": the unnamed people or the body that spoke last, or those the text spoke of last.
Speaker Speakers::several(Source const& source) const {
  auto const& r = *reading_;
  bool const many =
      trace_.plural || (trace_.noun != kNone && last_.named == kNone && is_nobody_named(r[trace_.noun].low));
  if (trace_.any && many && trace_.at + kNearMax > source.begin) return last_;
  for (auto i = source.begin; i > r.first_body_token() && i + kNearMax > source.begin; --i) {
    auto const& w = r[i - 1];
    bool const opens = i > 1 && (r[i - 2].shape == Shape::sign || w.is_capital());
    if (!w.is(kDeterminer) || (w.is(kPreposition) && !opens) || r.inside(i - 1)) continue;
    if (i > 1 && r[i - 2].is(kPreposition)) continue;
    auto const people = source_behind(r, i - 1, std::min(r.size(), i + 16));
    if (people.kind == Source::Kind::described && people.begin == i - 1 && people.plural &&
        people.end <= source.begin && people.noun != kNone && r[people.noun].is(kPersonNoun))
      return {description(people), kNone};
  }
  if (trace_.any && last_.named != kNone && r.named(last_.named).kind == NameKind::organisation) return last_;
  return {};
}

// "ce porte-parole" -> "le porte-parole", "son avocat" -> "l'avocat de Jeanne Morel".
std::string Speakers::description(Source const& source) const {
  auto const& r = *reading_;
  auto begin = source.begin;
  auto const& determiner = r[begin];
  std::string text;
  bool const possessive = is_one_of(determiner.low, {"son", "sa", "ses", "leur", "leurs"});
  if (possessive || is_one_of(determiner.low, {"ce", "cet", "cette", "ces", "this", "these"})) {
    ++begin;
    auto const low = r[begin].low;
    bool const vowel = !low.empty() && std::string_view("aeiouyh").find(low[0]) != std::string_view::npos;
    text = source.plural                    ? "les "
           : vowel || low.starts_with("é")  ? "l'"
           : source.gender == Gender::woman ? "la "
                                            : "le ";
  }
  text += r.text(begin, source.end);
  if (possessive && r[source.noun].is(kPersonNoun)) {
    Source owner;
    owner.kind = Source::Kind::pronoun;
    owner.begin = source.begin;
    Candidates near;
    near.begin(r);
    near.gather(owner, trace_);
    auto const id = near.best(weights());
    if (id < kUnnamedPeople) text += " de " + r.named(id).name;
  }
  return text;
}

}  // namespace vigie::speech

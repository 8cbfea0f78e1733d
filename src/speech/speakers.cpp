#include "speech/speakers.hpp"

#include "speech/grammar.hpp"

namespace vigie::speech {

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
  return source.begin == source.noun ||
         is_one_of(determiner.low, {"le", "la", "l'", "ce", "cet", "cette", "the", "this", "that"});
}

Candidates const& Speakers::gather(Source const& source) {
  candidates_.gather(source, trace_);
  return candidates_;
}

void Speakers::spoke(Speaker speaker, Source const& source) {
  if (!speaker.name) return;
  trace_ = {speaker.named, source.begin, true, source.gender};
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
    case Source::Kind::described:
      speaker = is_open(source) ? choose(source) : Speaker{description(source), kNone};
      break;
  }
  spoke(speaker, source);
  return speaker;
}

Speaker Speakers::choose(Source const& source) {
  auto const id = gather(source).best(weights());
  if (id == kUnnamed) return last_;
  if (id == kSelf) return {description(source), kNone};
  return id == kNone ? last_ : named(id);
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
  if (possessive) {
    Source owner;
    owner.kind = Source::Kind::pronoun;
    owner.begin = source.begin;
    Candidates near;
    near.begin(r);
    near.gather(owner, trace_);
    auto const id = near.best(weights());
    if (id < kUnnamed) text += " de " + r.named(id).name;
  }
  return text;
}

}  // namespace vigie::speech

// source_phrase.hpp: the words that name a speaker beside a cue: behind it ("a déclaré à l'AFP le ministre X"), before
// it ("X, ministre de Y, a déclaré"), as name, description or pronoun. Threads: safe on a Reading nobody changes.
// Cost: looks at most kReachMax tokens either way.
#pragma once

#include "speech/reading.hpp"

namespace vigie::speech {

inline constexpr uint32_t kReachMax = 48;

struct Source {
  enum class Kind : uint8_t { none, named, described, pronoun, people };  // people: "on", "ils"
  Kind kind = Kind::none;
  uint32_t begin = 0, end = 0;  // tokens of the surface
  uint32_t start = 0;           // where the whole phrase begins: before "le président du club, X"
  uint32_t named = kNone;
  uint32_t noun = kNone;  // head of a description
  Gender gender = Gender::unknown;
  bool plural = false;

  explicit operator bool() const { return kind != Kind::none; }
};

// The source phrase at or behind token `i`, before `end`.
// Stops at marks, or at the end of the marked stretch `mark` when the phrase stands inside one.
// `loose`: where a source surely stands ("...", rappelle le rockeur), any noun behind a determiner may be one.
Source source_behind(Reading const&, uint32_t i, uint32_t end, uint32_t mark = kNone, bool loose = false);

// The subject of the verb group that begins at token `verb`, not before `begin`. `loose` as above, for verbs that
// nothing but a source has for subject ("l'équipage a estimé que").
Source source_before(Reading const&, uint32_t verb, uint32_t begin, bool loose = false);

}  // namespace vigie::speech

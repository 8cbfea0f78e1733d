// speech.hpp: who said what, and who is named. Finds quotes (direct, indirect, mixed) with their speakers, and the
// people, organisations and places of an article, in French and English; other languages get direct quotes and names
// only. A pure function of the article: no clock, no store, no network; the same article always gives the same answer.
// Threads: an Analyst belongs to one thread and reuses its memory from article to article. The records own their
// strings. Errors: none; any bytes are accepted. Cost: linear in the text, of which the first kTextBytesMax bytes are
// read. Method and figures: docs/speech.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.hpp"

namespace vigie::speech {

inline constexpr uint32_t kAnalystVersion = 6;  // what was found by another version is recomputed, never mixed
inline constexpr size_t kTextBytesMax = 1 << 20;
inline constexpr size_t kQuotesMax = 2000;
inline constexpr size_t kMentionsMax = 2000;

enum class QuoteType : uint8_t { direct, indirect, mixed };
enum class NameKind : uint8_t { person, organisation, place };

struct Quote {
  std::string text;  // exactly the code points [begin, end) of article::text()
  QuoteType type = QuoteType::direct;
  std::optional<std::string> speaker;          // fullest name in the article, or the description of an unnamed source
  std::optional<std::string> speaker_surface;  // as written nearest the quote: "M. Poutine", "le ministre", "il"
  std::optional<std::string> cue;              // "a déclaré", "selon"
  uint32_t group = 0;                          // the parts of one interrupted quote share it; counts from 0 in order
  uint32_t begin = 0, end = 0;                 // Unicode code points of article::text(), half open

  bool operator==(Quote const&) const = default;
};

struct Mention {
  std::string name;  // the fullest form found in the article: "Vladimir Poutine"
  NameKind kind = NameKind::person;
  uint32_t count = 0;                 // occurrences in title, lede and body, under any form
  std::vector<std::string> surfaces;  // the distinct forms, in order of first occurrence: "M. Poutine", "Poutine"

  bool operator==(Mention const&) const = default;
};

struct Speech {
  std::vector<Quote> quotes;      // by begin, then by end
  std::vector<Mention> mentions;  // by count, most first, then by first occurrence

  bool operator==(Speech const&) const = default;
};

class Analyst {
 public:
  Analyst();
  ~Analyst();
  Analyst(Analyst const&) = delete;
  Analyst& operator=(Analyst const&) = delete;

  Speech analyse(article::Article const&);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string_view name(QuoteType);  // "direct", "indirect", "mixed"
std::string_view name(NameKind);   // "person", "organisation", "place"

}  // namespace vigie::speech

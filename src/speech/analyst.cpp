#include <algorithm>

#include "speech/attribution.hpp"
#include "speech/finder.hpp"
#include "speech/reading.hpp"
#include "speech/speech.hpp"

namespace vigie::speech {

struct Analyst::State {
  std::string text;
  Reading reading;
  Finder finder;
  std::vector<Claim> claims;
  Attribution attribution;
};

Analyst::Analyst() : state_(std::make_unique<State>()) {}
Analyst::~Analyst() = default;

namespace {

// Cut at a code point, so that what is kept stays valid.
std::string_view head(std::string_view text, size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

// Takes the words of the names.
std::vector<Mention> mentions_of(std::vector<Named>& names) {
  std::vector<Mention> out;
  out.reserve(names.size());
  for (auto& n : names) {
    if (n.count == 0) continue;
    out.push_back({std::move(n.name), n.kind, n.count, std::move(n.surfaces)});
  }
  std::stable_sort(out.begin(), out.end(), [](Mention const& a, Mention const& b) { return a.count > b.count; });
  if (out.size() > kMentionsMax) out.resize(kMentionsMax);
  return out;
}

}  // namespace

Speech Analyst::analyse(article::Article const& article) {
  auto& s = *state_;
  s.text.clear();
  s.text += head(article.title, 1 << 12);
  s.text += '\n';
  if (!article.lede_in_text) {
    s.text += head(article.lede, 1 << 14);
    s.text += '\n';
  }
  auto const body = s.text.size();
  s.text += head(article::text(article), kTextBytesMax);
  s.reading.read(s.text, body);
  Speech speech;
  s.claims.clear();
  s.finder.find(s.reading, article.language == "en", s.claims);
  s.attribution.attribute(s.reading, s.claims, speech.quotes);
  speech.mentions = mentions_of(s.reading.take_names());
  return speech;
}

std::string_view name(QuoteType type) {
  switch (type) {
    case QuoteType::indirect:
      return "indirect";
    case QuoteType::mixed:
      return "mixed";
    case QuoteType::direct:
      break;
  }
  return "direct";
}

std::string_view name(NameKind kind) {
  switch (kind) {
    case NameKind::organisation:
      return "organisation";
    case NameKind::place:
      return "place";
    case NameKind::person:
      break;
  }
  return "person";
}

}  // namespace vigie::speech

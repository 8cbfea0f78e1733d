#include "archive/speech_column.hpp"

#include <algorithm>

#include "base/coding.hpp"
#include "base/utf8.hpp"

namespace vigie::archive {
namespace {

using speech::Mention;
using speech::Quote;

constexpr uint64_t kLayout = 1;
constexpr unsigned kHasSpeaker = 4, kHasSurface = 8, kHasCue = 16;  // above the two bits of the type

void put_quote(std::string& out, Quote const& quote) {
  unsigned const bits = static_cast<unsigned>(quote.type) | (quote.speaker ? kHasSpeaker : 0) |
                        (quote.speaker_surface ? kHasSurface : 0) | (quote.cue ? kHasCue : 0);
  for (uint64_t const value :
       {uint64_t{bits}, uint64_t{quote.begin}, uint64_t{quote.end - quote.begin}, uint64_t{quote.group}})
    put_varint(out, value);
  for (auto const* text : {&quote.speaker, &quote.speaker_surface, &quote.cue})
    if (*text) put_string(out, **text);
}

Quote take_quote(ByteCursor& in) {
  Quote quote;
  auto const bits = static_cast<unsigned>(in.varint());
  quote.type = static_cast<speech::QuoteType>(std::min(bits & 3u, 2u));
  quote.begin = static_cast<uint32_t>(in.varint());
  quote.end = quote.begin + static_cast<uint32_t>(in.varint());
  quote.group = static_cast<uint32_t>(in.varint());
  if (bits & kHasSpeaker) quote.speaker = std::string(in.string());
  if (bits & kHasSurface) quote.speaker_surface = std::string(in.string());
  if (bits & kHasCue) quote.cue = std::string(in.string());
  return quote;
}

void put_mention(std::string& out, Mention const& mention) {
  put_varint(out, static_cast<uint64_t>(mention.kind));
  put_string(out, mention.name);
  put_varint(out, mention.count);
  put_varint(out, mention.surfaces.size());
  for (auto const& surface : mention.surfaces) put_string(out, surface);
}

Mention take_mention(ByteCursor& in) {
  Mention mention;
  mention.kind = static_cast<speech::NameKind>(std::min<uint64_t>(in.varint(), 2));
  mention.name = std::string(in.string());
  mention.count = static_cast<uint32_t>(in.varint());
  for (uint64_t left = in.varint(); left > 0 && in.ok(); --left) mention.surfaces.emplace_back(in.string());
  return mention;
}

// Cuts each quote's words from the text: one walk over it, with the ends of all quotes in order.
void cut(std::string_view text, std::vector<Quote>& quotes) {
  std::vector<uint32_t> points;
  for (auto const& quote : quotes) points.insert(points.end(), {quote.begin, quote.end});
  std::ranges::sort(points);
  std::vector<size_t> bytes;
  size_t byte = 0;
  uint32_t point = 0;
  for (uint32_t const wanted : points) {
    for (; point < wanted && byte < text.size(); ++point) next_code_point(text, byte);
    bytes.push_back(point == wanted ? byte : std::string_view::npos);
  }
  auto const byte_of = [&](uint32_t wanted) {
    return bytes[static_cast<size_t>(std::ranges::lower_bound(points, wanted) - points.begin())];
  };
  std::erase_if(quotes, [&](Quote const& quote) {
    return quote.end < quote.begin || byte_of(quote.end) == std::string_view::npos;
  });
  for (auto& quote : quotes) {
    size_t const begin = byte_of(quote.begin);
    quote.text = text.substr(begin, byte_of(quote.end) - begin);
  }
}

}  // namespace

std::string speech_blob(speech::Speech const& speech) {
  std::string out;
  put_varint(out, kLayout);
  put_varint(out, speech.quotes.size());
  for (auto const& quote : speech.quotes) put_quote(out, quote);
  put_varint(out, speech.mentions.size());
  for (auto const& mention : speech.mentions) put_mention(out, mention);
  return out;
}

speech::Speech speech_of(std::string_view blob, article::Article const& article) {
  speech::Speech speech;
  ByteCursor in(blob);
  if (blob.empty() || in.varint() != kLayout) return {};
  for (uint64_t left = in.varint(); left > 0 && in.ok(); --left) speech.quotes.push_back(take_quote(in));
  for (uint64_t left = in.varint(); left > 0 && in.ok(); --left) speech.mentions.push_back(take_mention(in));
  if (!in.ok()) return {};
  if (!speech.quotes.empty()) cut(article::text(article), speech.quotes);
  return speech;
}

}  // namespace vigie::archive

// Any bytes as an article, cut in title, lede and body by line ends: no crash, and a quote's text is the text at its
// offsets.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/utf8.hpp"
#include "speech/speech.hpp"

namespace {

std::string line_off(std::string& text) {
  auto const end = std::min(text.find('\n'), text.size());
  auto line = text.substr(0, end);
  text.erase(0, end + 1);
  return line;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  static vigie::speech::Analyst analyst;
  vigie::article::Article a;
  auto const flags = size > 0 ? data[0] : 0;
  a.language = flags & 1 ? "en" : "fr";
  a.lede_in_text = (flags & 2) != 0;
  auto text = vigie::to_valid_utf8(std::string_view(reinterpret_cast<char const*>(data), size));
  if (flags & 4) a.title = line_off(text);
  if (flags & 2) a.lede = line_off(text);
  while (!text.empty()) a.blocks.push_back({vigie::article::BlockKind::paragraph, 0, line_off(text)});
  auto const whole = vigie::article::text(a);
  for (auto const& quote : analyst.analyse(a).quotes) {
    size_t at = 0;
    for (uint32_t n = 0; n < quote.begin; ++n) vigie::next_code_point(whole, at);
    if (whole.compare(at, quote.text.size(), quote.text) != 0) std::abort();
    for (auto n = quote.begin; n < quote.end; ++n) vigie::next_code_point(whole, at);
    if (at > whole.size()) std::abort();
  }
  return 0;
}

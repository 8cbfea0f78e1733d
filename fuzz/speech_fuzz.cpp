// Any bytes as an article's text: no crash, and a quote's text is the text at its offsets.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/utf8.hpp"
#include "speech/speech.hpp"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  static vigie::speech::Analyst analyst;
  vigie::article::Article a;
  a.language = size > 0 && (data[0] & 1) ? "en" : "fr";
  a.blocks.push_back({vigie::article::BlockKind::paragraph, 0,
                      vigie::to_valid_utf8(std::string_view(reinterpret_cast<char const*>(data), size))});
  auto const text = vigie::article::text(a);
  for (auto const& quote : analyst.analyse(a).quotes) {
    size_t at = 0;
    for (uint32_t n = 0; n < quote.begin; ++n) vigie::next_code_point(text, at);
    if (text.compare(at, quote.text.size(), quote.text) != 0) std::abort();
  }
  return 0;
}

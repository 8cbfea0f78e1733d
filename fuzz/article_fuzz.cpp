// Any bytes as a capture of any media: there is an article or an error, its text is valid UTF-8 of single lines, its id
// is valid, reading it twice gives the same, and the text of a page stands in the page, in its order (but what was
// taken out of its scripts). The first byte picks the media and whether there is an address.
#include <algorithm>
#include <cstdlib>
#include <string>

#include "article/extract.hpp"
#include "article/script_text.hpp"
#include "article/strings.hpp"
#include "base/utf8.hpp"
#include "page/page.hpp"
#include "page/text.hpp"

using namespace vigie;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check(article::Article const& a) {
  require(article::is_valid_id(a.id));
  for (auto const* field : {&a.title, &a.lede, &a.kicker, &a.section, &a.source}) require(is_valid_utf8(*field));
  for (auto const& author : a.authors) require(is_valid_utf8(author) && !author.empty());
  for (auto const& block : a.blocks) {
    require(is_valid_utf8(block.text) && !block.text.empty());
    require(block.text.find('\n') == std::string::npos);
  }
}

std::string without_spaces(std::string_view s) {
  std::string out;
  for (char const c : article::squeezed(s)) {
    if (!article::is_space(c)) out += c;
  }
  return out;
}

void check_order(source::Capture const& c, article::Article const& a) {
  static page::PageReader reader({}, page::Scripting::on);
  auto const& page = reader.read(c.body, c.content_type);
  auto const all = without_spaces(page::raw_text(page.tree, page::kDocument));
  size_t at = 0;
  for (char const x : without_spaces(text(a))) {
    at = all.find(x, at);
    require(at != all.npos);
    ++at;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  if (size == 0) return 0;
  static article::Extractor extractor;
  source::Capture c;
  c.media = static_cast<source::Media>(data[0] % 4);
  if (data[0] & 4) c.url = "https://www.gazette.example/2021/03/04/pont";
  if (data[0] & 8) c.content_type = "text/html; charset=windows-1252";
  c.body.assign(reinterpret_cast<char const*>(data) + 1, size - 1);
  auto const once = extractor.extract(c);
  auto const twice = extractor.extract(c);
  require(once.has_value() == twice.has_value());
  if (!once) return 0;
  check(*once);
  require(*once == *twice);
  bool const in_scripts = std::any_of(once->diagnostics.begin(), once->diagnostics.end(),
                                      [](auto const& d) { return d.find(article::kInScripts) != d.npos; });
  if (c.media == source::Media::html && !in_scripts) check_order(c, *once);
  return 0;
}

// Any bytes, decoded as they are: the tokenizer with SIMD gives the tokens of its scalar twin, in every kind of
// content. The input's first byte picks the content and whether CDATA sections are allowed.
#include <cstdlib>
#include <string>

#include "page/tokenizer.hpp"

using namespace vigie::page;

namespace {

struct Run {
  template <class Scan>
  static std::string tokens(std::string_view source, Content content, bool cdata) {
    static NameTable names;
    names.reset();
    Arena arena;
    Pile<Attribute> attributes;
    Tokenizer<Scan> tokenizer(arena, names, attributes, {});
    tokenizer.start(source);
    tokenizer.set_content(content);
    tokenizer.allow_cdata(cdata);
    if (content != Content::data) tokenizer.set_last_start_tag(content == Content::rcdata ? Atom::title : Atom::script);
    std::string out;
    for (Token token; tokenizer.next(token), token.type != TokenType::end_of_file;) {
      out += static_cast<char>('0' + static_cast<int>(token.type));
      out += std::to_string(token.begin) + (token.self_closing ? "/" : " ");
      switch (token.type) {
        case TokenType::start_tag:
        case TokenType::end_tag:
          out += names.name(token.tag);
          for (uint32_t i = 0; i < token.attribute_count; ++i) {
            Attribute const& attribute = attributes[token.first_attribute + i];
            out.append("|").append(names.name(attribute.name)).append("=").append(attribute.value);
          }
          break;
        case TokenType::doctype:
          out.append(token.text).append("|").append(token.public_id).append("|").append(token.system_id);
          out += token.force_quirks ? "!" : ".";
          break;
        default:
          out += token.text;
      }
      out += '\n';
    }
    return out;
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, size_t size) {
  if (size == 0) return 0;
  std::string source;
  for (size_t i = 1; i < size; ++i) {
    if (data[i] != '\r') source += static_cast<char>(data[i]);
  }
  size_t const length = source.size();
  source.resize(length + kPadding, '\0');
  auto const content = static_cast<Content>(data[0] % 6);
  bool const cdata = (data[0] & 0x40) != 0;
  std::string_view const view(source.data(), length);
  if (Run::tokens<SimdScan>(view, content, cdata) != Run::tokens<ScalarScan>(view, content, cdata)) std::abort();
  return 0;
}

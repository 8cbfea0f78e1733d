// tokenizer.hpp: decoded source -> tokens.
// Source: https://html.spec.whatwg.org/#tokenization. The standard's states inside one token (attribute names, comment
// ends, ...) are straight code here; what is kept between tokens is only which kind of content comes next. A run of
// text between two tags is one token: a view of the source where it has no references, else decoded into the arena.
// Threads: confined. Lifetime: a token's views live as long as the source, the arena and the names.
// Limits: attributes past `attributes_max` of one tag, or past what the page may have, are dropped.
#pragma once

#include <string>
#include <vector>

#include "page/arena.hpp"
#include "page/name_table.hpp"
#include "page/scan.hpp"
#include "page/token.hpp"
#include "page/tree.hpp"

namespace vigie::page {

enum class Content : uint8_t { data, rcdata, rawtext, script, plaintext, cdata };

// What of the tokenizer does not depend on how it scans: the tree builder's side of it.
class TokenizerControl {
 public:
  struct Options {
    uint32_t attributes_max = 512;
    uint32_t all_attributes_max = 8u << 20;
  };

  TokenizerControl(Arena& arena, NameTable& names, Pile<Attribute>& attributes, Options options)
      : arena_(arena), names_(names), attributes_(attributes), options_(options) {}

  // Starts on `source`: a NUL at source.data()[source.size()] and kPadding readable bytes behind it.
  void start(std::string_view source);
  void set_content(Content content) { content_ = content; }
  // Whose end tag closes rcdata, rawtext and script; start tags set it themselves.
  void set_last_start_tag(Atom tag) { last_start_tag_ = tag; }
  // Whether "<![CDATA[" opens a section: it does inside SVG and MathML.
  void allow_cdata(bool allow) { cdata_allowed_ = allow; }
  // The last token's attributes stay: some node has them now.
  void keep_attributes() { kept_ = attributes_.size(); }
  bool dropped_attributes() const { return dropped_attributes_; }

 protected:
  Arena& arena_;
  NameTable& names_;
  Pile<Attribute>& attributes_;
  Options const options_;
  char const* begin_ = nullptr;
  char const* at_ = nullptr;
  char const* end_ = nullptr;
  size_t kept_ = 0;
  Content content_ = Content::data;
  bool cdata_allowed_ = false;
  bool dropped_attributes_ = false;
  Atom last_start_tag_ = Atom::none;
  std::string scratch_;            // a run being decoded
  std::vector<uint32_t> seen_in_;  // per name: the tag (by its place in the source) that last had it
};

template <class Scan>
class Tokenizer : public TokenizerControl {
 public:
  using TokenizerControl::TokenizerControl;

  // The next token; end_of_file for ever once there is none.
  void next(Token&);

 private:
  bool at_end(char const* p) const { return p == end_; }
  uint32_t offset(char const* p) const { return static_cast<uint32_t>(p - begin_); }
  void end_of_file(Token&);

  // Runs of characters.
  void text_token(Token&, char const* from, char const* to);
  void scratch_token(Token&, char const* from, char const* to);
  void nul_token(Token&, char const* p);
  void data(Token&);
  void rcdata(Token&);
  void raw(Token&, char const* end);
  void cdata(Token&);
  char const* end_of_raw(char const* p) const;
  char const* end_of_script(char const* p) const;
  bool is_appropriate_end_tag(char const* p) const;

  // Tags and their attributes.
  bool tag(Token&, char const* name);
  Atom long_name(char const*& p, bool attribute);
  bool attributes(Token&, char const* p);
  bool attribute_value(char const*& p, std::string_view& value);
  bool decoded_value(char const*& p, char const* from, char quote, std::string_view& value);
  bool unquoted_value(char const*& p, std::string_view& value);
  void add_attribute(Token&, Atom name, std::string_view value);
  bool is_duplicate(Token const&, Atom name);

  // In tokenizer_markup.cpp: "<!", "<?", "</" before no letter.
  void markup(Token&, char const* open);
  void bogus_comment(Token&, char const* from);
  void comment(Token&, char const* from);
  void doctype(Token&, char const* p);
  char const* doctype_identifier(Token&, char const* p, std::string_view& id, bool& present, bool& ended);
  std::string_view without_nul(char const* from, char const* to);
};

extern template class Tokenizer<ScalarScan>;
#if VIGIE_PAGE_SIMD
extern template class Tokenizer<SimdScan>;
#endif

}  // namespace vigie::page

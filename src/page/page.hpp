// page.hpp: bytes -> Page. Reading never fails: whatever the bytes, there is a tree, and diagnostics say what was
// wrong. Threads: a PageReader belongs to one thread and reuses its memory; the Page it returns lives until the next
// read(). The bytes given are copied while they are decoded and may die as soon as read() has returned. Source:
// https://html.spec.whatwg.org/ (13.2, parsing HTML documents) and https://encoding.spec.whatwg.org/. Cost: linear in
// the bytes, but for misnested formatting, which the standard lets multiply nodes; Limits bound it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "page/tree.hpp"

namespace vigie::page {

struct Limits {
  uint32_t depth = 512;                // deeper elements become siblings
  uint32_t nodes = 8u << 20;           // text behind the last node is dropped
  uint32_t attributes = 512;           // of one element; the rest are dropped
  uint32_t all_attributes = 8u << 20;  // of one page; the rest are dropped
  size_t source_bytes = 1u << 30;      // decoded; the rest is dropped
  size_t keep_bytes = 64u << 20;       // a reader that took more memory than this for a page gives it back
};

enum class Scripting : uint8_t { off, on };  // on: <noscript> is text, as in a browser; off: its content is parsed

struct Page {
  Tree tree;
  std::string encoding;                  // WHATWG name: "UTF-8", "windows-1252"
  std::vector<std::string> diagnostics;  // "charset: label says iso-8859-1, bytes are UTF-8"
  // Whether a limit of the reader cut something off; a diagnostic says which.
  bool truncated = false;
};

class PageReader {
 public:
  explicit PageReader(Limits = {}, Scripting = Scripting::off);
  ~PageReader();
  PageReader(PageReader const&) = delete;
  PageReader& operator=(PageReader const&) = delete;

  // `content_type` is the HTTP header's value, or empty.
  Page const& read(std::string_view bytes, std::string_view content_type);

  // What stands inside an element of the tag `context` (a feed's description: Atom::div), already UTF-8. The nodes are
  // the children of the html element. Ill-formed bytes become U+FFFD.
  Page const& read_fragment(std::string_view utf8, Atom context, Namespace = Namespace::html);

  // Of the page at hand: nodes, attributes, names, arena and decoded source.
  size_t memory_bytes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Where in the capture's bytes the decoded source's byte at `offset` came from. Exact for UTF-8 and windows-1252;
// nullopt for other encodings. Cost: linear in offset.
std::optional<size_t> capture_offset(std::string_view bytes, Page const&, uint32_t offset);

}  // namespace vigie::page

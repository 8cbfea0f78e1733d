// page.hpp: bytes -> Page. Reading never fails: whatever the bytes, there is a tree, and diagnostics say what was wrong.
// Threads: a PageReader belongs to one thread and reuses its memory; the Page it returns lives until the next read().
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "page/tree.hpp"

namespace vigie::page {

struct Limits {
  uint32_t depth = 512;            // deeper elements become siblings
  uint32_t nodes = 8u << 20;       // text behind the last node is dropped
  uint32_t attributes = 512;       // of one element; the rest are dropped
};

struct Page {
  Tree tree;
  std::string encoding;                  // WHATWG name: "UTF-8", "windows-1252"
  std::vector<std::string> diagnostics;  // "charset: label says iso-8859-1, bytes are UTF-8"
};

class PageReader {
 public:
  explicit PageReader(Limits = {});
  ~PageReader();
  // `content_type` is the HTTP header's value, or empty.
  Page const& read(std::string_view bytes, std::string_view content_type);
};

}  // namespace vigie::page

// plain.hpp: text that may hold markup or character references (JSON-LD strings, feed entries, meta contents), made
// plain. References are undone as often as they were made, at most twice.
// Threads: a Plainer belongs to one thread and reuses its memory.
#pragma once

#include <string>
#include <string_view>

#include "page/page.hpp"

namespace vigie::article {

class Plainer {
 public:
  // One line, squeezed.
  std::string line(std::string_view text);
  // Lines where the markup (or the text) has them.
  std::string lines(std::string_view text);

 private:
  page::PageReader reader_{page::Limits{.nodes = 1u << 20, .keep_bytes = 4u << 20}};
};

}  // namespace vigie::article

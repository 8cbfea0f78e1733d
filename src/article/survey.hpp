// survey.hpp: one walk over a page's tree that gathers everything the later steps look at: its text cut into blocks,
// what stands around each of them, and the elements that may carry metadata.
// Lifetime: views and NodeIds are of the tree surveyed. Threads: a Survey belongs to one thread and keeps its memory
// from page to page. Cost: one pass, no recursion; bounds below.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.hpp"
#include "article/hints.hpp"
#include "page/tree.hpp"

namespace vigie::article {

// What a block stands inside of.
enum class Place : uint8_t {
  article,
  main,
  aside,
  nav,
  footer,
  header,
  form,
  figure,
  table,
  list,
  section,
  blockquote,
  button,
  hidden,
  details,
  body_mark,  // itemprop="articleBody" or the like
  count_
};
inline constexpr size_t kPlaces = static_cast<size_t>(Place::count_);
using PlaceSet = uint32_t;
constexpr PlaceSet bit(Place p) { return PlaceSet{1} << static_cast<unsigned>(p); }

// A run of text without a block boundary in it.
struct TextBlock {
  uint32_t begin = 0, end = 0;  // of Survey::text
  uint32_t link_bytes = 0, bold_bytes = 0;
  uint32_t words = 0;
  uint16_t links = 0;
  uint16_t depth = 0;
  page::NodeId node = page::kNoNode;  // the block-level element it stands in
  uint32_t container = 0;             // index into Survey::containers: the node's parent
  page::Atom tag = page::Atom::none;  // of node
  BlockKind kind = BlockKind::paragraph;
  uint8_t level = 0;
  bool after_break = false;  // behind <br><br>, not at the front of its element
  PlaceSet places = 0;
  std::array<uint8_t, kHints> hint_distance{};  // elements up to the nearest one so named; 255 where there is none
};

// An element that has blocks below it, and their sums.
struct Container {
  page::NodeId node = page::kNoNode;
  uint32_t parent = 0;  // the document's container is 0 and its own parent
  uint16_t depth = 0;
  PlaceSet places = 0;
  HintSet hints = 0;  // of its own names
  page::Atom tag = page::Atom::none;
  uint32_t words = 0, link_words = 0, prose_words = 0, prose_blocks = 0, blocks = 0;
};

// An element that may carry metadata; blocks know it by the position of the text.
enum class MarkKind : uint8_t { heading1, time, author, published, modified, dated };
struct Mark {
  MarkKind kind;
  page::NodeId node;
  uint32_t at;  // bytes of Survey::text before it
  PlaceSet places;
  HintSet hints;   // of its own names
  HintSet around;  // of the elements up to five levels above it, and its own
};

// Whether an address is of the pages sites give to their writers: "/author/odile-kermor", "?author=3".
bool is_author_address(std::string_view href);

struct MetaElement {
  std::string_view name, content;
};

class Survey {
 public:
  void read(page::Tree const&);

  std::string text;  // the blocks' text, one behind the other, "\n" between
  std::vector<TextBlock> blocks;
  std::vector<Container> containers;
  std::vector<Mark> marks;
  std::vector<MetaElement> metas;
  std::vector<page::NodeId> scripts;  // application/ld+json
  std::string_view canonical, base, page_language;
  std::string title;  // of the <title>
  bool truncated = false;

  std::string_view text_of(TextBlock const& b) const { return std::string_view(text).substr(b.begin, b.end - b.begin); }

 private:
  friend class SurveyWalk;
  HintReader hint_reader_;
};

}  // namespace vigie::article

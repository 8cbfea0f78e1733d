// article.hpp: what a reader came for. A leaf record that owns its strings; all text is valid UTF-8, without markup and
// without control characters but "\n" between lines inside a block.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace vigie::article {

enum class Access : uint8_t { unknown, free, paid };
enum class Kind : uint8_t { article, live, listing, other };
enum class BlockKind : uint8_t { paragraph, heading, item, quote, preformatted };

struct Block {
  BlockKind kind = BlockKind::paragraph;
  uint8_t level = 0;  // heading: 2..6; item: nesting depth
  std::string text;   // one line: no "\n" (preformatted lines become blocks of their own)

  bool operator==(Block const&) const = default;
};

struct Article {
  std::string id;
  std::string url;  // canonical where it is believed, else the capture's; empty where unknown
  std::string source;
  std::string language;  // ISO 639-1 where one exists; empty where unknown
  std::string kicker, title, lede;
  std::vector<Block> blocks;  // the body in order, subheadings among them; never the lede again
  bool lede_in_text = false;  // the page shows the lede between headline and body
  std::vector<std::string> authors;
  std::optional<Time> published, modified, seen;
  std::string section;
  std::vector<std::string> tags;
  std::string image;
  Access access = Access::unknown;
  Kind kind = Kind::article;
  std::vector<std::string> diagnostics;  // "field: where it came from or what is doubtful", for people

  bool operator==(Article const&) const = default;
};

// The blocks joined with "\n".
std::string body(Article const&);
// What a reader reads below the headline: the lede and "\n" before the body where the page shows it there.
std::string text(Article const&);

std::string_view name(Access);
std::string_view name(Kind);

// The identity PRODUCT.md asks for: an id given on input stays; else it comes from the URL, else from title and text.
// The same input always gets the same id.
void assign_id(Article&);
bool is_valid_id(std::string_view);  // 1 to 128 letters, digits, "._:-"

}  // namespace vigie::article

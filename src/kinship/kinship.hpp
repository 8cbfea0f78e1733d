// kinship.hpp: the records kinship/ speaks in: what it looks at, what it finds, what is to be kept of it.
// Leaves: no storage, no configuration. docs/kinship.md tells the method and its figures.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::text {
class Analysis;
}

namespace vigie::kinship {

inline constexpr uint32_t kKinshipVersion = 4;  // what was found by another version is found again, never mixed

// The article's number with its keeper: a catalogue row. A newer edition of an article is another key; erase the old
// one.
enum class Key : uint64_t {};

// Names a story for good. Derived from the id of the article that founded it, so that the same articles in the same
// order give the same stories whatever their rows. Never zero for a real story.
enum class StoryId : uint64_t {};

// 13 letters and digits for URLs and JSON, and back; nullopt for anything else.
std::string name(StoryId);
std::optional<StoryId> parse_story(std::string_view);
// The story that an article founds.
StoryId founded_by(std::string_view article_id);

// An article as kinship looks at it. Everything is a view that must live for the call only.
struct DocumentView {
  Key key{};
  std::string_view id;        // the article's own, the same in every edition
  int64_t time_s = 0;         // when it was published, else seen: seconds since 1970
  std::string_view language;  // ISO 639-1; empty where unknown
  std::string_view title, lede;
  std::span<std::string_view const> body;   // blocks in order, the lede not repeated
  std::span<std::string_view const> names;  // people, organisations and places that speech/ found; may be empty
  // The same fields analysed, in the order of text::ArticleField; null: they are analysed here.
  text::Analysis const* words = nullptr;
};

struct CopyOf {
  Key key{};        // the earlier article; follow it to the first of its group
  float share = 0;  // of the later article's words that come from it, 0..1
  float kept = 0;   // of the earlier article's words that are found again, 0..1
};

// Why an article stands in its story. Words are the article's own, most telling first; at most eight of each.
struct Reason {
  std::optional<Key> closest;  // the article it was joined to; nothing for the first of a story
  float likeness = 0;          // 0..1
  int64_t seconds_apart = 0;
  std::vector<std::string> names;  // shared people, organisations, places
  std::vector<std::string> words;  // other shared words
};

struct Moved {  // an article added before that now stands in another story
  Key key{};
  StoryId story{};
};

struct Merged {  // `from` is no longer used; whoever asks for it means `into`
  StoryId from{}, into{};
};

struct Copied {  // an article added before, published later: now known to be a copy of the new one
  Key key{};
  CopyOf of;
};

struct Verdict {
  std::optional<CopyOf> copy_of;
  StoryId story{};
  Reason reason;
  std::string trace;         // to be kept with the article, byte for byte: see Kept
  std::vector<Moved> moved;  // what this article made known of earlier ones: merges and splits
  std::vector<Merged> merged;
  std::vector<Copied> copied;  // only when articles arrive out of order
};

// What the keeper holds for an article: as add() returned it, with later moves applied.
struct Kept {
  Key key{};
  int64_t time_s = 0;
  StoryId story{};
  std::optional<Key> copy_of;
  std::string_view trace;
};

}  // namespace vigie::kinship

// ast.hpp: a query as it was read. A flat tree: children are indices into one vector, so that no depth of parentheses
// costs stack. It does not depend on a language or an index: words are stemmed when a segment is asked.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace vigie::query {

enum class NodeKind : uint8_t {
  all,      // every document
  nothing,  // no document: a field that has no data here
  conjunction,
  disjunction,
  negation,   // one child
  word,       // words[0], and its inflections
  phrase,     // words in a row; exact forms, or inflections where `stemmed` (a
              // hyphenated word)
  near,       // two children (words, phrases, prefixes ...) within `distance` words,
              // in any order
  prefix,     // words[0] begins a word
  fuzzy,      // words[0] with at most one letter inserted, left out, replaced or
              // swapped
  author,     // every word is in one name of `names`: an author's, a person's, a
              // speaker's ...
  source,     // words[0] is a host, or the name of a source
  language,   // words[0] is a language code
  published,  // from_s <= published < to_s
  seen,       // from_s <= seen < to_s
  story,      // of the story `number`
};

// kSaid stands alone: inside quotes, whatever field they are in.
enum Field : uint8_t { kTitle = 1, kKicker = 2, kLede = 4, kBody = 8, kAnyField = 15, kSaid = 16 };

enum class NameKind : uint8_t { author, person, organisation, place, speaker };

struct QueryWord {
  std::string surface;  // lower case, accents as written
  std::string folded;
};

inline constexpr int64_t kLongAgo = std::numeric_limits<int64_t>::min();
inline constexpr int64_t kFarAhead = std::numeric_limits<int64_t>::max();

using NodeIndex = uint32_t;

struct Node {
  NodeKind kind = NodeKind::all;
  uint8_t fields = kAnyField;                   // word, phrase, prefix, fuzzy
  bool stemmed = false;                         // phrase
  NameKind names = NameKind::author;            // author
  uint32_t distance = 0;                        // near
  uint64_t number = 0;                          // story
  std::vector<QueryWord> words;                 // word, phrase, prefix, fuzzy, author, source, language
  std::vector<NodeIndex> children;              // conjunction, disjunction, negation, near
  int64_t from_s = kLongAgo, to_s = kFarAhead;  // published, seen: half open
  uint32_t begin = 0, end = 0;                  // bytes of the query it was read from
  std::string written;                          // how the echo writes it: "titre:poutine"
};

struct Note {                   // something that was ignored or read in a doubtful way
  uint32_t begin = 0, end = 0;  // bytes of the query
  std::string text;             // a sentence in English
  std::string text_fr;          // the same in French
};

struct ParsedQuery {
  std::vector<Node> nodes;  // children stand before their parents
  NodeIndex root = 0;
  std::string echo;  // how it was read, in the query language; reading it again
                     // gives the same query
  std::vector<Note> notes;
  bool has_operators = false;            // anything beyond bare words: no partial matches then
  std::vector<NodeIndex> bare_words;     // the root's own words, where there are no operators
  std::optional<int64_t> latest_date_s;  // the end of the latest date asked for:
                                         // where recency is counted from

  Node const& root_node() const { return nodes[root]; }
};

}  // namespace vigie::query

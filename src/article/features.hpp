// features.hpp: what the block classifier is told of each block of a page: its own words and links, where it stands,
// how what is around it is named, its neighbours, and how it agrees with what the page says of itself. The order is
// part of the weights (block_weights.inc): a change here asks for tools/train_blocks again; kFeatures is checked when
// the weights are read. Threads: a FeatureTable belongs to one thread and keeps its memory. Cost: linear in the blocks,
// but for one substring search a block in the page's articleBody.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "article/line_role.hpp"
#include "article/numbering.hpp"
#include "article/survey.hpp"

namespace vigie::article {

struct PageFacts {
  std::string_view title;        // the headline as far as it is known
  std::string_view description;  // of the page's meta or JSON-LD
  std::string_view body;         // JSON-LD's articleBody
};

// What was worked out of one block on the way, for the rules behind the classifier.
struct BlockFacts {
  uint32_t words = 0;
  uint64_t hash = 0;  // of the folded text
  uint32_t folded_begin = 0, folded_end = 0;
  float link_density = 0;
  LineRole role = LineRole::text;
  bool sentence_end = false, prose = false, is_title = false, opens_tail = false, in_body_claim = false;
  bool begins_description = false;
  uint16_t repeats = 1;  // blocks of the page with the same words
};

inline constexpr size_t kFeatures = 110;

// A tag as a small number, for features.
float tag_class(page::Atom);
// log(1 + x).
float log1(double x);

class FeatureTable {
 public:
  void compute(Survey const&, page::Tree const&, PageFacts const&);

  float const* row(size_t block) const { return values_.data() + block * kFeatures; }
  std::vector<BlockFacts> facts;
  uint32_t best_container = 0;    // by the sums of prose; see docs/articles.md
  size_t title_block = SIZE_MAX;  // the block that is the headline
  std::string folded_text;        // of all blocks, see BlockFacts::folded_begin
  std::string_view folded_of(size_t block) const {
    return std::string_view(folded_text)
        .substr(facts[block].folded_begin, facts[block].folded_end - facts[block].folded_begin);
  }
  std::vector<uint8_t> inside_best;  // by container
  std::vector<uint32_t> look;        // by block: the same for blocks of one tag, class and container's class
  size_t looks = 0;                  // how many there are; look is below

 private:
  void read_blocks(Survey const&, PageFacts const&);
  void find_title(Survey const&, std::string_view folded_title);
  void score_containers(Survey const&);
  void find_looks(Survey const&, page::Tree const&);
  void fill_rows(Survey const&, PageFacts const&);

  Numbering numbering_;
  std::vector<float> values_, container_score_;
  std::vector<uint16_t> best_distance_;  // by container: how far up until it meets the best one's branch
};

}  // namespace vigie::article

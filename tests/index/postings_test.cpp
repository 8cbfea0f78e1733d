// Packed numbers, posting lists and impacts against the plainest way to do the same.
#include "index/postings.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

#include "index/column.hpp"
#include "index/impact.hpp"
#include "index/name_table.hpp"
#include "index/packing.hpp"

namespace vigie::index {
namespace {

TEST(Packing, every_width_reads_back_and_the_plain_twin_agrees) {
  std::mt19937 random(1);
  for (unsigned width = 0; width <= 32; ++width) {
    alignas(16) std::array<uint32_t, kBlockDocs> values, fast, plain;
    for (auto& value : values) value = width == 0 ? 0 : static_cast<uint32_t>(random()) >> (32 - width);
    std::string bytes;
    pack(bytes, values.data(), width);
    ASSERT_EQ(bytes.size(), packed_bytes(width));
    unpack(bytes.data(), width, fast.data());
    unpack_plainly(bytes.data(), width, plain.data());
    EXPECT_EQ(fast, values) << width;
    EXPECT_EQ(plain, values) << width;
  }
}

TEST(Packing, gaps_are_summed) {
  std::mt19937 random(2);
  alignas(16) std::array<uint32_t, kBlockDocs> values;
  std::array<uint32_t, kBlockDocs> expected;
  for (uint32_t const before : {UINT32_MAX, 0u, 12345u}) {
    uint32_t last = before;
    for (size_t i = 0; i < values.size(); ++i) expected[i] = last += (values[i] = random() % 1000) + 1;
    sum_gaps(values.data(), before);
    EXPECT_EQ(values, expected);
  }
}

struct Listed {
  DocId doc = 0;
  FieldCounts counts;
  uint8_t impact = 0;
  std::vector<Occurrence> at;
};

std::vector<Listed> random_list(std::mt19937& random, size_t documents, uint32_t variants) {
  std::vector<Listed> list;
  DocId doc = 0;
  for (size_t i = 0; i < documents; ++i) {
    doc += 1 + random() % (random() % 20 ? 4 : 5000);
    Listed listed;
    listed.doc = doc - 1;
    listed.impact = static_cast<uint8_t>(random() % 256);
    uint32_t position = 0;
    for (size_t k = random() % 40 ? 1 + random() % 6 : 1 + random() % 400; k > 0; --k) {
      uint32_t const gap = random() % 60 ? random() % 300 : random() % 400'000;
      listed.at.push_back({position += gap, static_cast<uint32_t>(random() % variants)});
      ++position;
      ++(random() % 9 == 0 ? listed.counts.title : random() % 5 == 0 ? listed.counts.lede : listed.counts.body);
    }
    if (listed.counts.lede > 0 && random() % 50 == 0) std::swap(listed.counts.kicker, listed.counts.lede);
    list.push_back(std::move(listed));
  }
  return list;
}

TEST(Postings, read_back_step_by_step_and_by_leaps) {
  std::mt19937 random(3);
  for (size_t const documents : {1, 2, 127, 128, 129, 255, 256, 1000, 5000}) {
    uint32_t const variants = 1 + random() % 5;
    auto const list = random_list(random, documents, variants);
    PostingWriter writer;
    writer.begin(variants);
    for (auto const& listed : list) writer.add(listed.doc, listed.counts, listed.impact, listed.at);
    auto const written = writer.end();
    ASSERT_EQ(written.documents, documents);
    std::string const places = std::string(written.places) + std::string(kPadding, '\0');
    auto const cursor = [&] {
      return PostingCursor(written.postings, std::string_view(places).substr(0, written.places.size()),
                           static_cast<uint32_t>(documents), variants, list.back().doc + 1);
    };
    auto walk = cursor();
    std::vector<Occurrence> at;
    for (auto const& listed : list) {
      ASSERT_EQ(walk.doc(), listed.doc);
      ASSERT_EQ(walk.counts(), listed.counts);
      walk.occurrences(at);
      ASSERT_EQ(at.size(), listed.at.size());
      for (size_t i = 0; i < at.size(); ++i) {
        ASSERT_EQ(at[i].position, listed.at[i].position);
        ASSERT_EQ(at[i].variant, listed.at[i].variant);
      }
      walk.next();
    }
    EXPECT_EQ(walk.doc(), kNoMoreDocs);
    for (int round = 0; round < 50; ++round) {
      auto leap = cursor();
      for (DocId target = 0; target <= list.back().doc + 1;) {
        auto const expected = std::ranges::lower_bound(list, target, {}, &Listed::doc);
        auto const bound = leap.bound(target);
        ASSERT_EQ(leap.seek(target), expected == list.end() ? kNoMoreDocs : expected->doc) << target;
        for (auto here = expected; here != list.end() && here->doc <= bound.last; ++here) {
          ASSERT_LE(here->impact, bound.impact);
        }
        if (expected == list.end()) break;
        ASSERT_GE(bound.last, expected->doc);
        ASSERT_EQ(leap.counts(), expected->counts);
        target += 1 + random() % (1 + random() % (round * 40 + 2));
      }
    }
  }
}

// Bounds over several blocks, and documents that a window's least weight leaves: none that reaches it may be lost.
TEST(Postings, heavy_documents_are_not_passed_over) {
  std::mt19937 random(5);
  auto const list = random_list(random, 3000, 2);
  DocId const documents = list.back().doc + 1;
  PostingWriter writer;
  writer.begin(2);
  for (auto const& listed : list) writer.add(listed.doc, listed.counts, listed.impact, listed.at);
  auto const written = writer.end();
  std::string const places = std::string(written.places) + std::string(kPadding, '\0');
  std::vector<int64_t> lengths;
  for (DocId doc = 0; doc < documents; ++doc) lengths.push_back(3 + static_cast<int64_t>(random() % 900));
  std::string column_bytes;
  put_column(column_bytes, lengths);
  column_bytes += std::string(kPadding, '\0');
  ByteCursor bytes(column_bytes);
  auto const words = *Column::open(bytes, lengths.size());
  for (int round = 0; round < 60; ++round) {
    FieldWeights weights;
    weights.average[3] = 200;
    weights.b[3] = round % 10 == 0 ? 0 : 0.75;
    double const weighted = round % 7 == 0 ? 0 : std::exp2(static_cast<double>(random() % 80) / 8 - 4);
    LeastWeight const least(weights, weighted, words.least());
    PostingCursor cursor(written.postings, std::string_view(places).substr(0, written.places.size()), 3000, 2,
                         documents);
    auto at = list.begin();
    for (DocId begin = 0, end = 0; begin < documents; begin = end) {
      auto const bound = cursor.bound(begin, begin + static_cast<DocId>(random() % 3000));
      end = begin + 1 + static_cast<DocId>(random() % 5000);
      for (DocId doc = begin; (doc = cursor.seek_heavy(doc, end, least, words)) < end; ++doc) {
        for (; at->doc < doc; ++at) {  // what was passed over
          bool const head = at->counts.total() != at->counts.body;
          FieldCounts const length{0, 0, 0, static_cast<uint32_t>(lengths[at->doc])};
          ASSERT_TRUE(!head && weights.weighted(at->counts, length) < weighted) << at->doc;
        }
        ASSERT_EQ(cursor.counts(), at->counts);
        if (doc <= bound.last) {
          ASSERT_LE(at->impact, bound.impact);
        }
        ++at;
      }
      for (; at != list.end() && at->doc < end; ++at) {
        FieldCounts const length{0, 0, 0, static_cast<uint32_t>(lengths[at->doc])};
        ASSERT_TRUE(at->counts.total() == at->counts.body && weights.weighted(at->counts, length) < weighted);
      }
    }
  }
}

TEST(Impacts, bound_the_weighted_count_by_any_other_weights) {
  std::mt19937 random(4);
  auto const number = [&](double least, double most) { return std::uniform_real_distribution(least, most)(random); };
  for (int round = 0; round < 300; ++round) {
    FieldWeights noted, asked;
    for (size_t f = 0; f < kFields; ++f) {
      noted.average[f] = number(1, 500);
      asked.average[f] = number(1, 500);
      asked.weight[f] = number(0, 10);
      asked.b[f] = number(0, 0.99);
    }
    double const widened = slack(asked, noted);
    for (int i = 0; i < 100; ++i) {
      FieldCounts const counts{static_cast<uint32_t>(random() % 3), static_cast<uint32_t>(random() % 2),
                               static_cast<uint32_t>(random() % 5), static_cast<uint32_t>(random() % 50)};
      FieldCounts const words{static_cast<uint32_t>(random() % 40), static_cast<uint32_t>(random() % 10),
                              static_cast<uint32_t>(random() % 100), static_cast<uint32_t>(random() % 5000)};
      if (counts.total() == 0) continue;
      uint8_t const impact = impact_of(noted.weighted(counts, words));
      ASSERT_GE(weighted_of(impact), noted.weighted(counts, words));
      ASSERT_GE(weighted_of(impact) * widened, asked.weighted(counts, words));
    }
  }
}

TEST(Columns, read_back_whatever_their_range) {
  std::mt19937_64 random(5);
  for (unsigned bits = 0; bits <= 64; ++bits) {
    std::vector<int64_t> values;
    for (int i = 0; i < 100; ++i) {
      values.push_back(bits == 0 ? 7 : static_cast<int64_t>(random() >> (64 - bits)) - (bits < 60 ? 1000 : 0));
    }
    std::string bytes;
    put_column(bytes, values);
    size_t const size = bytes.size();
    bytes.append(kPadding, '\0');
    ByteCursor cursor(std::string_view(bytes).substr(0, size));
    auto const column = Column::open(cursor, values.size());
    ASSERT_TRUE(column && cursor.at_end()) << bits;
    for (size_t i = 0; i < values.size(); ++i) ASSERT_EQ((*column)[i], values[i]) << bits;
  }
}

}  // namespace
}  // namespace vigie::index

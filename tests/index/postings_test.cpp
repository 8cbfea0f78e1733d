// Packed numbers, posting lists and impacts against the plainest way to do the same.
#include "index/postings.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>

#include "index/column.hpp"
#include "index/impact.hpp"
#include "index/name_table.hpp"
#include "index/packing.hpp"
#include "index/places.hpp"

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

std::vector<Step> steps_of(Listed const& listed) {
  std::vector<Step> steps;
  uint32_t last = 0;
  for (Occurrence const& at : listed.at) {
    steps.push_back({at.position - last, at.variant});
    last = at.position;
  }
  return steps;
}

struct Written {
  std::string postings, bytes;
  std::string_view places;  // with room behind
};

Written written(std::vector<Listed> const& list, uint32_t variants) {
  Written out;
  PostingWriter writer;
  writer.begin(variants);
  for (auto const& listed : list) {
    auto const steps = steps_of(listed);
    Posting const posting{listed.doc, listed.counts, static_cast<uint32_t>(steps.size()), 0};
    if (list.size() == 1) {
      put_lone(out.postings, posting, listed.impact, steps, variants);
      return out;
    }
    writer.add(posting, listed.impact, steps);
  }
  auto const ended = writer.end();
  EXPECT_EQ(ended.documents, list.size());
  out.postings = ended.postings;
  out.bytes = std::string(ended.places) + std::string(kPadding, '\0');
  out.places = std::string_view(out.bytes).substr(0, ended.places.size());
  return out;
}

// The width by what the words say: every one is tried.
unsigned cheapest_of_all(std::span<uint64_t const> values, size_t bytes_apart) {
  unsigned best = 64;
  size_t least = SIZE_MAX;
  for (unsigned width = 65; width-- > 0;) {
    auto const apart = static_cast<size_t>(
        std::ranges::count_if(values, [&](uint64_t value) { return width < 64 && value >> width != 0; }));
    size_t const bytes = (values.size() * width + 7) / 8 + apart * bytes_apart + (apart > 0 ? 1 : 0);
    if (bytes < least) {
      least = bytes;
      best = width;
    }
  }
  return best;
}

TEST(Packing, the_cheapest_width_is_the_widest_of_those_that_take_least) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::vector<uint64_t> values(random() % 129);
    unsigned const bits = static_cast<unsigned>(random() % 65), few = static_cast<unsigned>(random() % 65);
    for (uint64_t& value : values) {
      unsigned const width = random() % 20 ? bits : few;
      value = width == 0 ? 0 : random() >> (64 - width) >> (random() % 3);
    }
    unsigned const bytes_apart = 1 + static_cast<unsigned>(random() % 3);
    ASSERT_EQ(cheapest_width(values, bytes_apart), cheapest_of_all(values, bytes_apart)) << round;
  }
}

TEST(Packing, bits_lie_in_a_row) {
  std::mt19937_64 random(8);
  for (unsigned width = 0; width <= 64; ++width) {
    for (size_t const count : {0u, 1u, 2u, 7u, 8u, 127u, 128u}) {
      std::vector<uint64_t> values(count);
      for (uint64_t& value : values) value = width == 0 ? 0 : random() >> (64 - width);
      std::string bytes = "before";
      put_bits(bytes, count, width, [&](size_t i) { return values[i]; });
      ASSERT_EQ(bytes.size(), 6 + (count * width + 7) / 8);
      for (size_t bit = 0; bit < count * width; ++bit) {
        auto const byte = static_cast<unsigned char>(bytes[6 + bit / 8]);
        ASSERT_EQ(byte >> (bit % 8) & 1, values[bit / width] >> (bit % width) & 1) << width << ' ' << bit;
      }
    }
  }
}

TEST(Postings, read_back_step_by_step_and_by_leaps) {
  std::mt19937 random(3);
  for (size_t const documents : {1, 2, 127, 128, 129, 255, 256, 1000, 5000}) {
    uint32_t const variants = 1 + random() % 5;
    auto const list = random_list(random, documents, variants);
    auto const bytes = written(list, variants);
    auto const cursor = [&] {
      return PostingCursor(bytes.postings, bytes.places, static_cast<uint32_t>(documents), variants,
                           list.back().doc + 1);
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

TEST(Postings, a_list_of_one_document_reads_back_at_once) {
  std::mt19937 random(9);
  for (int round = 0; round < 200; ++round) {
    uint32_t const variants = 1 + static_cast<uint32_t>(random() % 5);
    auto const list = random_list(random, 1, variants);
    auto const bytes = written(list, variants);
    Posting posting;
    std::vector<Step> steps(3);
    ASSERT_TRUE(read_lone(bytes.postings, variants, list[0].doc + 1, posting, steps));
    EXPECT_EQ(posting.doc, list[0].doc);
    EXPECT_EQ(posting.counts, list[0].counts);
    EXPECT_EQ(posting.first, 3);
    auto const expected = steps_of(list[0]);
    ASSERT_EQ(posting.steps, expected.size());
    for (size_t i = 0; i < expected.size(); ++i) {
      ASSERT_EQ(steps[3 + i].gap, expected[i].gap);
      ASSERT_EQ(steps[3 + i].variant, expected[i].variant);
    }
    EXPECT_FALSE(read_lone(bytes.postings, variants, list[0].doc, posting, steps));  // no such document
    EXPECT_FALSE(read_lone(std::string_view(bytes.postings).substr(0, 1), variants, list[0].doc + 1, posting, steps));
  }
}

TEST(Places, stream_one_after_the_other) {
  std::mt19937_64 random(10);
  for (size_t const count : {1u, 2u, 127u, 128u, 129u, 1000u}) {
    PlaceWriter writer;
    writer.begin();
    std::vector<uint64_t> numbers(count);
    for (uint64_t& number : numbers) writer.add(number = random() % (random() % 30 ? 50 : 5'000'000'000));
    std::string const held = writer.end(), bytes = held + std::string(kPadding, '\0');
    PlaceStream stream(std::string_view(bytes).substr(0, held.size()));
    for (size_t at = 0; at < count;) {
      size_t const step = 1 + random() % 40, left = count - at;
      if (random() % 4 == 0) {
        stream.skip(std::min(step, left));
        at += std::min(step, left);
        continue;
      }
      auto const taken = stream.take(std::min(step, left));
      ASSERT_FALSE(taken.empty());
      for (uint64_t const number : taken) ASSERT_EQ(number, numbers[at++]);
    }
  }
}

// Bounds over several blocks, and documents that a window's least weight leaves: none that reaches it may be lost.
TEST(Postings, heavy_documents_are_not_passed_over) {
  std::mt19937 random(5);
  auto const list = random_list(random, 3000, 2);
  DocId const documents = list.back().doc + 1;
  auto const list_bytes = written(list, 2);
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
    PostingCursor cursor(list_bytes.postings, list_bytes.places, 3000, 2, documents);
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

// What an impact is stands in its definition; it is looked up. Where the next one begins, not one double may differ.
TEST(Impacts, are_what_the_definition_says_to_the_last_bit) {
  auto const defined = [](double weighted) {
    if (!(weighted > 0)) return uint8_t{0};
    return static_cast<uint8_t>(std::clamp(std::ceil(std::log2(weighted) * 16 + 112 + 1e-9), 0.0, 255.0));
  };
  for (double const special :
       {0.0, -1.0, std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
        std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::denorm_min(),
        std::numeric_limits<double>::max(), 1.0 / 256, 512.0}) {
    EXPECT_EQ(impact_of(special), defined(special)) << special;
  }
  for (int impact = -40; impact < 300; ++impact) {
    double const begins = std::exp2((impact - 112 - 1e-9) / 16);
    double below = begins, above = begins;
    for (int i = 0; i < 20'000; ++i) {
      ASSERT_EQ(impact_of(below), defined(below)) << below;
      ASSERT_EQ(impact_of(above), defined(above)) << above;
      below = std::nextafter(below, 0);
      above = std::nextafter(above, 1e300);
    }
  }
  std::mt19937_64 random(6);
  for (int i = 0; i < 1'000'000; ++i) {
    double const weighted = std::exp2(std::uniform_real_distribution(-10.0, 11.0)(random));
    ASSERT_EQ(impact_of(weighted), defined(weighted)) << weighted;
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

// Damaged, truncated and half-written index files: noticed, and never read beyond their end.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <random>

#include "base/coding.hpp"
#include "base/hash.hpp"
#include "index/builder.hpp"
#include "index/dictionary.hpp"
#include "index/dying_fs.hpp"
#include "index/index.hpp"
#include "index/invented.hpp"
#include "index/manifest.hpp"
#include "index/merge.hpp"
#include "index/segment.hpp"

namespace vigie::index {
namespace {

std::string segment_bytes(unsigned seed, uint64_t articles) {
  std::mt19937 random(seed);
  text::Analyzer analyzer;
  Builder builder(analyzer);
  for (uint64_t row = 1; row <= articles; ++row) builder.add(random_article(random, row).document());
  return builder.finish();
}

// Reads everything there is to read.
void walk(std::shared_ptr<Segment const> const& segment) {
  std::vector<Occurrence> occurrences;
  for (auto cursor = segment->terms().seek(""); cursor.valid(); cursor.next()) {
    auto const term = segment->decode(cursor);
    if (!term) continue;
    DocId last = 0;
    for (auto postings = segment->open_postings(*term); postings.doc() != kNoMoreDocs; postings.next()) {
      ASSERT_LT(postings.doc(), segment->documents());
      ASSERT_GE(postings.doc(), last);
      last = postings.doc();
      postings.occurrences(occurrences);
      for (auto const& at : occurrences) ASSERT_LT(at.variant, term->variants.size());
    }
  }
  for (auto cursor = segment->forms().seek("c"); cursor.valid(); cursor.next()) {
  }
  for (DocId doc = 0; doc < segment->documents(); ++doc) {
    segment->find_row(segment->row(doc));
    segment->in_copy_group(segment->copy_group(doc));
    segment->in_story(segment->story(doc));
    segment->source_name(doc);
    segment->language_name(doc);
  }
  segment->first_before(1'500'000'000);
  Snapshot const snapshot({{segment, nullptr, 0}});
  snapshot.newest(10);
  snapshot.sources();
  EXPECT_FALSE(merge(snapshot.segments()).empty());
}

TEST(Damage, a_whole_segment_checks_clean) {
  auto const segment = Segment::in_memory(segment_bytes(1, 40));
  ASSERT_TRUE(segment);
  EXPECT_TRUE((*segment)->check().empty());
  walk(*segment);
}

TEST(Damage, every_flipped_byte_is_noticed_and_none_leads_astray) {
  std::string const whole = segment_bytes(2, 5);
  std::mt19937 random(3);
  for (size_t at = 0; at < whole.size(); ++at) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
    auto const segment = Segment::in_memory(std::move(bytes));
    if (!segment) continue;
    bool const padding = (*segment)->check().empty();
    if (padding) {
      ASSERT_EQ(whole[at], '\0') << "byte " << at;  // between sections nothing is stored
    }
    ASSERT_NO_FATAL_FAILURE(walk(*segment)) << "byte " << at;
  }
}

TEST(Damage, truncated_files_are_refused) {
  std::string const whole = segment_bytes(4, 5);
  for (size_t size = 0; size < whole.size(); ++size) {
    ASSERT_FALSE(Segment::in_memory(whole.substr(0, size))) << size;
  }
}

// With checksums made right again, so that the readers themselves are tested.
TEST(Damage, hostile_sections_stay_within_bounds) {
  std::string const whole = segment_bytes(5, 15);
  std::mt19937 random(6);
  for (int round = 0; round < 1000; ++round) {
    std::string bytes = whole;
    for (int i = 0; i < 4; ++i) {
      size_t const at = kHeaderBytes + random() % (bytes.size() - kHeaderBytes);
      bytes[at] = static_cast<char>(random() % 3 ? 0xFF : random());
    }
    for (size_t i = 0; i < kSections.size(); ++i) {
      size_t const entry = 24 + i * 24;
      ByteCursor cursor(std::string_view(bytes).substr(entry));
      auto const offset = cursor.fixed<uint64_t>(), size = cursor.fixed<uint64_t>();
      std::string hash;
      put_fixed(hash, hash64(std::string_view(bytes).substr(offset, size)));
      bytes.replace(entry + 16, 8, hash);
    }
    std::string hash;
    put_fixed(hash, hash64(std::string_view(bytes).substr(0, kHeaderBytes - 8)));
    bytes.replace(kHeaderBytes - 8, 8, hash);
    auto const segment = Segment::in_memory(std::move(bytes));
    if (!segment) continue;
    (*segment)->check();
    ASSERT_NO_FATAL_FAILURE(walk(*segment)) << "round " << round;
  }
}

TEST(Damage, a_manifest_reads_back_and_any_flipped_byte_is_refused) {
  Manifest const manifest{77, 9, {{3, 0xABCDEF, {}, {{2, {77, 1}}, {9, {0, ~0ull}}}}, {8, 12345, {0, 5, 6, 1000}}}};
  std::string const bytes = encode(manifest);
  auto const read = decode_manifest(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, manifest);
  for (size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    EXPECT_FALSE(decode_manifest(damaged)) << at;
    EXPECT_FALSE(decode_manifest(bytes.substr(0, at))) << at;
  }
}

TEST(Damage, other_analysis_rules_and_newer_formats_are_unsupported) {
  std::string bytes = encode({});
  bytes[12] = static_cast<char>(bytes[12] + 1);  // the analyser's version
  auto const other = decode_manifest(bytes);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, Errc::unsupported);
  EXPECT_NE(other.error().message.find("reindex"), std::string::npos);
  bytes = encode({});
  bytes[8] = static_cast<char>(bytes[8] + 1);  // the format
  EXPECT_EQ(decode_manifest(bytes).error().code, Errc::unsupported);
}

// Seals, merges and purges, killed at every change of the disk: what opens afterwards is the state of one of the
// commits, whole, and holds every row up to the one it says it covers.
void dies_at_every_change(Merging merging) {
  std::string const folder = testing::TempDir() + "/vigie_crash_" + std::to_string(::getpid());
  bool survived = false;
  for (int changes = 0; !survived; ++changes) {
    SCOPED_TRACE("after " + std::to_string(changes) + " changes");
    std::filesystem::remove_all(folder);
    DyingFs fs(changes);
    {
      auto opened = Index::open(folder, fs, merging);
      ASSERT_TRUE(opened);
      auto& index = **opened;
      std::mt19937 random(1);
      survived = true;
      for (uint64_t row = 1; row <= 20 && survived; ++row) {
        index.add(random_article(random, row).document());
        if (row == 14) index.erase(3);
        if (row < 12 || row % 2 == 0) survived = index.seal(row).has_value();
        if (row == 17) survived = survived && index.purge().has_value();  // waits for what is merged behind
      }
      survived = survived && index.purge().has_value();
      if (survived) {
        EXPECT_LT(index.stats().segments, 9u);
      }
    }
    auto const reopened = Index::open(folder, real_fs());
    ASSERT_TRUE(reopened) << reopened.error().message;
    auto const findings = (*reopened)->check();
    ASSERT_TRUE(findings && findings->empty());
    auto const rows = (*reopened)->rows();
    uint64_t const covered = (*reopened)->covered_row();
    std::vector<uint64_t> expected;
    for (uint64_t row = 1; row <= covered; ++row) {
      if (row != 3 || covered < 14) expected.push_back(row);
    }
    ASSERT_EQ(rows, expected);
    if (survived) {
      EXPECT_EQ(covered, 20u);
    }
  }
  std::filesystem::remove_all(folder);
}

TEST(Crash, at_every_write_sync_and_rename_the_index_opens_clean) { dies_at_every_change(Merging::in_seal); }

TEST(Crash, the_same_where_segments_are_merged_behind_the_writer) { dies_at_every_change(Merging::behind); }

TEST(Dictionary, finds_what_was_added_and_nothing_else) {
  std::mt19937 random(8);
  for (int round = 0; round < 50; ++round) {
    std::map<std::string, std::string> expected;
    for (size_t i = random() % 200; i > 0; --i) {
      std::string key;
      for (size_t c = random() % 6; c > 0; --c) key += static_cast<char>('a' + random() % 3);
      expected[key] = std::to_string(random());
    }
    bool const extents = random() % 2 == 0;
    DictionaryWriter writer(extents ? Extents::kept : Extents::none);
    for (auto const& [key, payload] : expected) writer.add(key, payload, payload.size());
    std::string bytes = writer.finish();
    size_t const size = bytes.size();
    bytes.append(kPadding, '\0');
    auto const dictionary = Dictionary::open(std::string_view(bytes).substr(0, size));
    ASSERT_TRUE(dictionary);
    EXPECT_EQ(dictionary->size(), expected.size());
    for (int i = 0; i < 100; ++i) {
      std::string key;
      for (size_t c = random() % 6; c > 0; --c) key += static_cast<char>('a' + random() % 3);
      auto const at = expected.find(key);
      auto const found = dictionary->find(key);
      ASSERT_EQ(found.has_value(), at != expected.end());
      if (found) {
        ASSERT_EQ(found->payload(), at->second);
      }
      auto const from = expected.lower_bound(key);
      auto const cursor = dictionary->seek(key);
      ASSERT_EQ(cursor.valid(), from != expected.end());
      if (cursor.valid()) {
        ASSERT_EQ(cursor.key(), from->first);
      }
    }
    size_t walked = 0;
    uint64_t sum = 0;
    for (auto cursor = dictionary->seek(""); cursor.valid(); cursor.next(), ++walked) {
      if (!extents) continue;
      ASSERT_EQ(cursor.begin(), sum);
      sum += cursor.extent();
    }
    EXPECT_EQ(walked, expected.size());
  }
}

}  // namespace
}  // namespace vigie::index

// A segment and a manifest of this format, kept: the same articles give the same bytes, and the bytes read as they did.
// Where a byte changes, the format has changed: give it a new number, then VIGIE_REWRITE_GOLDEN=1 writes the files
// again.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "index/builder.hpp"
#include "index/inspect.hpp"
#include "index/invented.hpp"
#include "index/manifest.hpp"
#include "index/segment.hpp"

namespace vigie::index {
namespace {

std::string const kFolder = std::string(VIGIE_ROOT) + "/tests/index/golden";

std::string read(std::string const& name) {
  std::ifstream in(kFolder + "/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void expect_golden(std::string const& name, std::string const& bytes) {
  if (std::getenv("VIGIE_REWRITE_GOLDEN")) {
    std::filesystem::create_directories(kFolder);
    std::ofstream(kFolder + "/" + name, std::ios::binary) << bytes;
  }
  EXPECT_TRUE(read(name) == bytes) << name << " has changed";
}

// Long lists, short ones and single places; several forms, fields, quotes and names.
std::string golden_segment() {
  text::Analyzer analyzer;
  Builder builder(analyzer);
  for (uint64_t row = 1; row <= 300; ++row) {
    Invented article;
    article.row = row;
    article.time_s = 1'536'000'000 + static_cast<int64_t>(row * 7919 % 1000) * 600;
    if (row % 5) article.published_s = article.time_s;
    article.seen_s = article.time_s + 60;
    article.title = row % 3 ? "Le sommet d'Idleb" : "Les sommets";
    article.lede = row % 4 ? "" : "Un chapô de l'été";
    for (uint64_t i = 0; i < row % 9; ++i)
      article.body.push_back("le chat et les chats du marché numéro " + std::to_string(i * row));
    article.body.push_back("mot" + std::to_string(row));
    if (row % 10 == 0) article.quotes = {{"nous irons au sommet", "Anna Marché"}};
    if (row % 6 == 0) article.people = {"Anna Marché", "Paul Petit"};
    article.source = row % 2 ? "exemple.fr" : "autre.org";
    article.copy_group = row % 20 == 0 ? 7 : 0;
    article.story = row % 13;
    builder.add(article.document());
  }
  return builder.finish();
}

TEST(Golden, a_segment_is_written_byte_for_byte_as_it_was) {
  expect_golden("format" + std::to_string(kFormatVersion) + ".seg", golden_segment());
}

TEST(Golden, a_manifest_is_written_byte_for_byte_as_it_was) {
  Manifest const manifest{77, 9, {{3, 0xABCDEF, {}, {{2, {77, 1}}}}, {8, 12345, {0, 5, 6, 1000}}}};
  expect_golden("format" + std::to_string(kFormatVersion) + ".manifest", encode(manifest));
}

TEST(Golden, the_kept_segment_opens_checks_clean_and_answers) {
  auto const segment = Segment::in_memory(read("format" + std::to_string(kFormatVersion) + ".seg"));
  ASSERT_TRUE(segment) << segment.error().message;
  EXPECT_EQ((*segment)->check(), std::vector<std::string>{});
  EXPECT_EQ((*segment)->documents(), 300u);
  auto const term = (*segment)->find("fr", "chat");
  ASSERT_TRUE(term);
  EXPECT_EQ(term->documents, 267u);
  EXPECT_EQ(term->variants, (std::vector<std::string>{"chat", "chats"}));
  auto const single = (*segment)->find("fr", "mot300");
  ASSERT_TRUE(single);
  EXPECT_EQ(single->documents, 1u);
  EXPECT_EQ((*segment)->in_copy_group(7).size(), 15u);
}

TEST(Inspect, tells_of_every_section_of_a_segment_and_of_a_manifest) {
  auto const version = std::to_string(kFormatVersion);
  auto const segment = inspect(kFolder + "/format" + version + ".seg", real_fs());
  ASSERT_TRUE(segment);
  for (Section const section : kSections) {
    EXPECT_NE(segment->find("  " + std::string(name(section)) + " "), std::string::npos) << name(section);
  }
  EXPECT_NE(segment->find("documents         300"), std::string::npos);
  EXPECT_NE(segment->find("fr:chat"), std::string::npos);
  EXPECT_EQ(segment->find("DAMAGED"), std::string::npos);
  auto const manifest = inspect(kFolder + "/format" + version + ".manifest", real_fs());
  ASSERT_TRUE(manifest);
  EXPECT_NE(manifest->find("00000008.seg  4 erased"), std::string::npos);
}

TEST(Inspect, says_which_section_is_damaged_and_refuses_what_is_no_index) {
  std::string bytes = golden_segment();
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  auto const path = std::filesystem::path(testing::TempDir()) / "vigie_inspect.seg";
  std::ofstream(path, std::ios::binary) << bytes;
  auto const told = inspect(path.string(), real_fs());
  ASSERT_TRUE(told);
  EXPECT_NE(told->find("DAMAGED"), std::string::npos);
  std::ofstream(path, std::ios::binary) << "neither";
  EXPECT_EQ(inspect(path.string(), real_fs()).error().code, Errc::invalid_input);
  EXPECT_EQ(inspect(path.string() + ".absent", real_fs()).error().code, Errc::not_found);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace vigie::index

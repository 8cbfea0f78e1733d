// .zst inputs: dictionaries, skippable frames, damage and bombs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zdict.h>

#include "base/coding.hpp"
#include "source/fixture.hpp"

namespace vigie::source {
namespace {

std::string skippable(uint32_t magic, std::string const& content) {
  std::string out;
  put_fixed<uint32_t>(out, magic);
  put_fixed<uint32_t>(out, static_cast<uint32_t>(content.size()));
  return out + content;
}

std::string with_dictionary(std::string const& bytes, std::string const& dictionary) {
  ZSTD_CCtx* const context = ZSTD_createCCtx();
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress_usingDict(context, out.data(), out.size(), bytes.data(), bytes.size(), dictionary.data(),
                                     dictionary.size(), 3));
  ZSTD_freeCCtx(context);
  return out;
}

TEST(Zstd, ADictionaryInFrontIsPutToUse) {
  TemporaryFolder folder;
  std::string const dictionary = "<!doctype html><title>T</title><p>des mots que toutes les pages partagent";
  std::string file = skippable(0x184D2A5D, dictionary);
  for (int i = 0; i < 3; ++i)
    file += with_dictionary(response("http://a.example/" + std::to_string(i), page("toutes les pages")), dictionary);
  auto const items = read_all(folder.write("a.warc.zst", file));
  ASSERT_EQ(items.size(), 3u);
  for (auto const& item : items) EXPECT_TRUE(item.capture) << item.capture.error().message;
}

TEST(Zstd, SkippableFramesBetweenRecordsArePassedOver) {
  TemporaryFolder folder;
  auto const items = read_all(folder.write("a.warc.zst", zstd(response("http://a.example/1", page("un"))) +
                                                             skippable(0x184D2A50, std::string(70'000, 'x')) +
                                                             zstd(response("http://a.example/2", page("deux")))));
  ASSERT_EQ(items.size(), 2u);
  EXPECT_TRUE(items[1].capture);
}

TEST(Zstd, ADamagedFrameCostsItself) {
  TemporaryFolder folder;
  std::string damaged = zstd(response("http://a.example/1", page("un")));
  for (size_t i = 20; i < 40; ++i) damaged[i] = static_cast<char>(~damaged[i]);
  auto const items = read_all(folder.write("a.warc.zst", zstd(response("http://a.example/0", page("zéro"))) + damaged +
                                                             zstd(response("http://a.example/2", page("deux")))));
  ASSERT_EQ(items.size(), 3u);
  EXPECT_TRUE(items[0].capture);
  EXPECT_FALSE(items[1].capture);
  EXPECT_TRUE(items[2].capture);
}

TEST(Zstd, ABombIsCalledOne) {
  TemporaryFolder folder;
  auto const items = read_all(folder.write("a.html.zst", zstd(std::string(64u << 20, ' '))));
  ASSERT_EQ(items.size(), 1u);
  ASSERT_FALSE(items[0].capture);
  EXPECT_EQ(items[0].capture.error().code, Errc::over_limit);
}

TEST(Zstd, AFileCutAnywhereEndsInAnErrorOrInItsWholeRecords) {
  TemporaryFolder folder;
  std::string const whole =
      zstd(response("http://a.example/1", page("un"))) + zstd(response("http://a.example/2", page("deux")));
  for (size_t size = 1; size < whole.size(); size += 7) {
    auto const items = read_all(folder.write("a.warc.zst", whole.substr(0, size)));
    EXPECT_LE(items.size(), 2u);
    EXPECT_FALSE(items.empty());
  }
}

}  // namespace
}  // namespace vigie::source

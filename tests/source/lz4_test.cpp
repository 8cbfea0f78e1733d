// .lz4 inputs: a frame a record as FastWARC writes them, whole files, damage.
#include <gtest/gtest.h>
#include <lz4frame.h>

#include "source/fixture.hpp"

namespace vigie::source {
namespace {

std::string lz4(std::string const& bytes) {
  LZ4F_preferences_t preferences{};
  preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled;
  std::string out(LZ4F_compressFrameBound(bytes.size(), &preferences), '\0');
  out.resize(LZ4F_compressFrame(out.data(), out.size(), bytes.data(), bytes.size(), &preferences));
  return out;
}

TEST(Lz4, AFrameARecordAndAWholeFileAreRead) {
  TemporaryFolder folder;
  auto const one = response("http://a.example/1", page("un")), two = response("http://a.example/2", page("deux"));
  for (auto const& file : {lz4(one) + lz4(two), lz4(one + two)}) {
    auto const items = read_all(folder.write("a.warc.lz4", file));
    ASSERT_EQ(items.size(), 2u);
    for (auto const& item : items) EXPECT_TRUE(item.capture);
  }
}

TEST(Lz4, ADamagedFrameCostsItself) {
  TemporaryFolder folder;
  auto damaged = lz4(response("http://a.example/1", page("un")));
  damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 0x55);
  auto const items = read_all(folder.write("a.warc.lz4", damaged + lz4(response("http://a.example/2", page("deux")))));
  ASSERT_EQ(items.size(), 2u);
  EXPECT_FALSE(items[0].capture);
  EXPECT_TRUE(items[1].capture);
}

TEST(Lz4, ATruncatedFrameIsSaid) {
  TemporaryFolder folder;
  auto const whole = lz4(response("http://a.example/1", page("un")));
  auto const items = read_all(folder.write("a.warc.lz4", whole.substr(0, whole.size() - 9)));
  ASSERT_EQ(items.size(), 1u);
  EXPECT_FALSE(items[0].capture);
}

}  // namespace
}  // namespace vigie::source

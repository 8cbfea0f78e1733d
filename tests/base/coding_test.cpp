#include "base/coding.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "base/hash.hpp"

namespace vigie {
namespace {

TEST(Coding, integers_and_strings_come_back) {
  std::string bytes;
  for (unsigned shift = 0; shift < 64; ++shift) put_varint(bytes, uint64_t{1} << shift);
  put_varint(bytes, std::numeric_limits<uint64_t>::max());
  put_fixed<uint32_t>(bytes, 0xDEADBEEF);
  put_fixed<int64_t>(bytes, -5);
  put_string(bytes, "chapô");
  ByteCursor cursor(bytes);
  for (unsigned shift = 0; shift < 64; ++shift) EXPECT_EQ(cursor.varint(), uint64_t{1} << shift);
  EXPECT_EQ(cursor.varint(), std::numeric_limits<uint64_t>::max());
  EXPECT_EQ(cursor.fixed<uint32_t>(), 0xDEADBEEF);
  EXPECT_EQ(cursor.fixed<int64_t>(), -5);
  EXPECT_EQ(cursor.string(), "chapô");
  EXPECT_TRUE(cursor.ok() && cursor.at_end());
}

TEST(Coding, truncation_at_any_byte_is_noticed) {
  std::string bytes;
  put_varint(bytes, 300);
  put_fixed<uint64_t>(bytes, 1);
  put_string(bytes, "abc");
  for (size_t size = 0; size < bytes.size(); ++size) {
    ByteCursor cursor(std::string_view(bytes).substr(0, size));
    cursor.varint();
    cursor.fixed<uint64_t>();
    cursor.string();
    EXPECT_FALSE(cursor.ok()) << size;
    EXPECT_EQ(cursor.varint(), 0u);
  }
}

TEST(Coding, a_length_beyond_the_end_is_refused) {
  std::string bytes;
  put_varint(bytes, std::numeric_limits<uint64_t>::max());
  ByteCursor cursor(bytes);
  EXPECT_EQ(cursor.string(), "");
  EXPECT_FALSE(cursor.ok());
}

TEST(Hash, digests_are_the_published_ones) {
  EXPECT_EQ(sha1_base32("abc"), "VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5");  // FIPS 180-1's example, in base32
  EXPECT_EQ(digest20("abc").size(), 20u);
  EXPECT_NE(digest20("abc"), digest20("abd"));
}

}  // namespace
}  // namespace vigie

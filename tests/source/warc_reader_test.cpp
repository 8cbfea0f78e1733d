#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/fixture.hpp"

namespace vigie::source {
namespace {

struct Layout {
  char const* name;
  std::string (*pack)(std::vector<std::string> const&);
};

std::string plain(std::vector<std::string> const& records) {
  std::string out;
  for (auto const& r : records) out += r;
  return out;
}
std::string by_record(std::vector<std::string> const& records) {
  std::string out;
  for (auto const& r : records) out += gzip(r);
  return out;
}
std::string as_whole(std::vector<std::string> const& records) { return gzip(plain(records)); }
std::string by_record_zstd(std::vector<std::string> const& records) {
  std::string out;
  for (auto const& r : records) out += zstd(r);
  return out;
}
std::string as_whole_zstd(std::vector<std::string> const& records) { return zstd(plain(records)); }

class EveryLayout : public testing::TestWithParam<Layout> {
 protected:
  std::vector<Item> read(std::vector<std::string> const& records, Limits limits = {}) {
    return read_all(folder_.write("a.warc", GetParam().pack(records)), limits);
  }
  TemporaryFolder folder_;
};
INSTANTIATE_TEST_SUITE_P(Warc, EveryLayout,
                         testing::Values(Layout{"plain", plain}, Layout{"by_record", by_record},
                                         Layout{"as_whole", as_whole}, Layout{"by_record_zstd", by_record_zstd},
                                         Layout{"as_whole_zstd", as_whole_zstd}),
                         [](auto const& info) { return info.param.name; });

TEST_P(EveryLayout, ResponsesBecomeCapturesWithUrlTypeAndDate) {
  auto const items = read({warc_record("warcinfo", "", "software: x\r\n"), response("http://a.example/1", page("un")),
                           warc_record("request", "WARC-Target-URI: http://a.example/2\r\n", "GET / HTTP/1.1\r\n\r\n"),
                           response("<http://a.example/2>", page("deux")), warc_record("metadata", "", "x: y")});
  ASSERT_EQ(items.size(), 2u);
  ASSERT_TRUE(items[0].capture);
  EXPECT_EQ(items[0].capture->media, Media::html);
  EXPECT_EQ(items[0].capture->url, "http://a.example/1");
  EXPECT_EQ(items[0].capture->content_type, "text/html; charset=utf-8");
  EXPECT_EQ(items[0].capture->body, page("un"));
  ASSERT_TRUE(items[0].capture->seen);
  EXPECT_EQ(format_rfc3339(*items[0].capture->seen), "2024-05-01T10:00:00Z");
  EXPECT_EQ(items[1].capture->url, "http://a.example/2");
}

TEST_P(EveryLayout, WhatIsNoPageIsAnItemThatSaysWhatItWas) {
  auto const items =
      read({response("http://a.example/404", page("gone"), "Content-Type: text/html\r\n", "404 Not Found"),
            response("http://a.example/i", "\x89PNG\r\n\x1a\n....", "Content-Type: image/png\r\n"),
            response("http://a.example/w", page("wall"), "Content-Type: text/html\r\n", "202 Accepted"),
            warc_record("revisit", "WARC-Target-URI: http://a.example/r\r\n", ""),
            response("http://a.example/", page("good"))});
  ASSERT_EQ(items.size(), 5u);
  for (size_t i = 0; i < 4; ++i) {
    ASSERT_FALSE(items[i].capture);
    EXPECT_EQ(items[i].capture.error().code, Errc::unsupported) << items[i].capture.error().message;
  }
  EXPECT_THAT(items[0].capture.error().message, testing::HasSubstr("404 Not Found"));
  EXPECT_THAT(items[1].capture.error().message, testing::HasSubstr("image/png"));
  EXPECT_THAT(items[2].capture.error().message, testing::HasSubstr("202"));
  EXPECT_THAT(items[3].capture.error().message, testing::HasSubstr("revisit"));
  EXPECT_TRUE(items[4].capture);
}

TEST_P(EveryLayout, ATruncatedLastRecordIsReportedAndTheRestIsRead) {
  std::string cut = response("http://a.example/2", page("two"));
  cut.resize(cut.size() - 12);
  auto const items = read({response("http://a.example/1", page("one")), cut});
  ASSERT_EQ(items.size(), 2u);
  EXPECT_TRUE(items[0].capture);
  ASSERT_FALSE(items[1].capture);
  EXPECT_EQ(items[1].capture.error().code, Errc::corrupt);
}

TEST_P(EveryLayout, AWrongContentLengthCostsOnlyItsRecord) {
  for (int const delta : {-5, 7, 400, 100'000}) {
    std::string const block = http("200 OK", "Content-Type: text/html\r\n", page("lying"));
    std::string const lying =
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/l\r\nContent-Type: "
        "application/http\r\nContent-Length: " +
        std::to_string(static_cast<int>(block.size()) + delta) + "\r\n\r\n" + block + "\r\n\r\n";
    auto const items =
        read({response("http://a.example/1", page("one")), lying, response("http://a.example/2", page("two")),
              response("http://a.example/3", page("three"))});
    ASSERT_EQ(items.size(), 4u) << delta;
    EXPECT_TRUE(items[0].capture);
    EXPECT_FALSE(items[1].capture);
    EXPECT_TRUE(items[2].capture) << delta;
    EXPECT_TRUE(items[3].capture);
    EXPECT_EQ(items[3].capture->url, "http://a.example/3");
  }
}

TEST_P(EveryLayout, ARecordBeyondTheLimitIsSkipped) {
  std::string letters;
  for (uint32_t i = 0, random = 1; i < 5'000'000; ++i) {
    random = random * 1'664'525 + 1'013'904'223;
    letters += static_cast<char>('a' + (random >> 24) % 26);  // what compresses too well would be called a bomb
  }
  auto const items = read({response("http://a.example/1", page(letters)), response("http://a.example/2", page("two"))},
                          Limits{.record_bytes = 1'000'000});
  ASSERT_EQ(items.size(), 2u);
  ASSERT_FALSE(items[0].capture);
  EXPECT_EQ(items[0].capture.error().code, Errc::over_limit);
  EXPECT_TRUE(items[1].capture);
}

// A page of two sentences, as `brotli` packs it.
constexpr std::string_view kFerry(
    "\x1b\x56\x00\xf8\x8d\xd3\x05\x35\xf9\x1a\xbe\x41\xd5\x8e\x74\x59\xef\xfb\x83\x66\xa2\xab\x09\x3d\xe1\xca"
    "\x85\xa9\x09\x29\x44\x98\xae\xb4\x0b\xab\x00\x63\x12\x2f\x86\xf8\xa2\x29\x0d\xda\x2c\x11\xb5\xf1\x3e\x28"
    "\x99\xf7\x3f\x10\x02",
    57);

TEST_P(EveryLayout, EncodedBodiesAreDecoded) {
  std::string const body = page("encoded");
  auto const items = read({
      response("http://a.example/gz", gzip(body), "Content-Encoding: gzip\r\nContent-Type: text/html\r\n"),
      response("http://a.example/notgz", body, "Content-Encoding: gzip\r\nContent-Type: text/html\r\n"),
      response("http://a.example/ch", "a;x=y\r\n" + body.substr(0, 10) + "\r\n" + "ff\r\n" + body.substr(10),
               "Transfer-Encoding: chunked\r\n"),
      response("http://a.example/notch", body, "Transfer-Encoding: chunked\r\n"),
      response("http://a.example/notbr", body, "Content-Encoding: br\r\n"),
      response("http://a.example/notzstd", body, "Content-Encoding: zstd\r\n"),
      response("http://a.example/br", std::string(kFerry.begin(), kFerry.end()), "Content-Encoding: br\r\n"),
      response("http://a.example/cut", std::string(kFerry.begin(), kFerry.begin() + 50), "Content-Encoding: br\r\n"),
      response("http://a.example/compress", "\x1f\x9d\x90", "Content-Encoding: compress\r\n"),
  });
  ASSERT_EQ(items.size(), 9u);
  for (size_t i = 0; i < 6; ++i) {
    ASSERT_TRUE(items[i].capture) << i;
    EXPECT_EQ(items[i].capture->body, body) << i;
  }
  ASSERT_TRUE(items[6].capture);
  EXPECT_EQ(items[6].capture->body,
            "<html><body>Le bac de la rade est arrivé. Le bac de la rade est arrivé.</body></html>");
  ASSERT_TRUE(items[7].capture) << "what was sent until the cut";
  EXPECT_TRUE(items[7].capture->body.starts_with("<html><body>Le bac"));
  ASSERT_FALSE(items[8].capture);
  EXPECT_EQ(items[8].capture.error().code, Errc::unsupported);
}

TEST(WarcPositions, AreTheOffsetsOfTheGzipMembers) {
  TemporaryFolder folder;
  std::vector<std::string> records;
  for (int i = 0; i < 300; ++i) {
    std::string words;
    for (int w = 0; w < i * 20; ++w) words += std::to_string(w * 7919 % (i + 3)) + " ";
    records.push_back(response("http://a.example/" + std::to_string(i), page(words)));
  }
  std::vector<uint64_t> expected;
  std::string bytes;
  for (auto const& r : records) {
    expected.push_back(bytes.size());
    bytes += gzip(r);
  }
  auto const items = read_all(folder.write("a.warc.gz", bytes));
  ASSERT_EQ(items.size(), records.size());
  for (size_t i = 0; i < items.size(); ++i) {
    ASSERT_TRUE(items[i].capture) << items[i].capture.error().message;
    EXPECT_EQ(items[i].position, expected[i]) << i;
  }
}

TEST(WarcDamage, AFlippedBitInAMemberCostsThatRecord) {
  TemporaryFolder folder;
  std::vector<std::string> members;
  for (int i = 0; i < 20; ++i) {
    std::string words;
    for (int w = 0; w < 400; ++w) words += std::to_string(w * 7919 % (i + 3)) + " ";
    members.push_back(gzip(response("http://a.example/" + std::to_string(i), page(words))));
  }
  for (size_t at = 0; at < members[7].size(); at += 17) {
    auto damaged = members;
    damaged[7][at] = static_cast<char>(damaged[7][at] ^ 0x10);
    std::string bytes;
    for (auto const& m : damaged) bytes += m;
    auto const items = read_all(folder.write("a.warc.gz", bytes));
    size_t good = 0;
    std::string urls;
    for (auto const& item : items) {
      good += item.capture.has_value();
      if (item.capture) urls += item.capture->url + " ";
    }
    // Some bits of a gzip header mean nothing (the time, the system): then all twenty are read.
    EXPECT_GE(good, 19u) << "bit at " << at << ": " << urls;
    if (good == 19) {
      EXPECT_GE(items.size(), 20u) << at;
    }
  }
}

TEST(WarcDamage, AGzipBombIsOneErrorAndTheRestIsRead) {
  TemporaryFolder folder;
  std::string const bomb = gzip(response("http://a.example/bomb", std::string(300u << 20, '\0')));
  std::string const inner =
      response("http://a.example/inner", gzip(std::string(300u << 20, ' ')), "Content-Encoding: gzip\r\n");
  auto const items =
      read_all(folder.write("a.warc.gz", bomb + gzip(inner) + gzip(response("http://a.example/2", page("two")))));
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[0].capture.error().code, Errc::over_limit);
  EXPECT_EQ(items[1].capture.error().code, Errc::over_limit);
  EXPECT_TRUE(items[2].capture);
}

TEST(WarcDamage, RandomBytesEndInReportsNotInHangs) {
  TemporaryFolder folder;
  uint64_t state = 42;
  auto const random = [&] { return state = state * 6364136223846793005u + 1442695040888963407u; };
  std::string const clean =
      by_record({response("http://a.example/1", page("one")), response("http://a.example/2", page("two"))});
  for (int round = 0; round < 300; ++round) {
    std::string bytes =
        round % 2 == 0
            ? clean
            : plain({response("http://a.example/1", page("one")), response("http://a.example/2", page("two"))});
    for (int i = 0; i < 1 + round % 7; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
    bytes.resize(bytes.size() - random() % 20);
    auto const items = read_all(folder.write("a.warc.gz", bytes), Limits{}, 50);
    ASSERT_LT(items.size(), 20u);
  }
}

}  // namespace
}  // namespace vigie::source

// A page that is alone in its gzip member comes with the member, and is read from it again; nothing else does.
#include <gtest/gtest.h>

#include "source/bytes.hpp"
#include "source/fixture.hpp"
#include "source/inflate.hpp"
#include "source/suite.hpp"
#include "source/warc_record.hpp"
#include "source/warc_writer.hpp"

namespace vigie::source {
namespace {

constexpr char kId[] = "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n";

std::string whole(std::string const& record) {
  std::string out = record;
  return out.insert(out.find("Content-Length"), kId);
}

std::optional<Capture> read_again(std::string const& member) {
  auto const record = inflate(member, Wrapping::gzip, 64u << 20);
  auto const header = parse_warc_header(*record);
  return read_kept_record(*header, std::string_view(*record).substr(header->size, header->content_length));
}

void expect_same(Capture const& a, Capture const& b) {
  EXPECT_EQ(a.media, b.media);
  EXPECT_EQ(a.body, b.body);
  EXPECT_EQ(a.url, b.url);
  EXPECT_EQ(a.content_type, b.content_type);
  EXPECT_EQ(a.http_head, b.http_head);
  EXPECT_EQ(a.seen, b.seen);
}

TEST(WarcMembers, APageComesWithItsMemberAndIsReadFromItAgain) {
  TemporaryFolder folder;
  std::string const packed = gzip(page("deux"));
  std::string long_page = page("");
  for (int i = 0; i < 60'000; ++i) long_page += std::to_string(i * 7919 % 100'003) + " ";  // over several reads
  // What an input is, is told from more of its beginning than small records hold, so a long one goes first.
  std::string const members[] = {
      gzip(whole(response("http://a.example/0", long_page))),
      gzip(whole(response("http://a.example/1", page("un")))),
      gzip(whole(response("http://a.example/2", packed, "Content-Type: text/html\r\nContent-Encoding: gzip\r\n"))),
      gzip(whole(response("http://a.example/3", "trois mots simples\n", "Content-Type: text/plain\r\n"))),
      gzip(whole(response("http://a.example/4", long_page))),
      gzip(warc_of({.body = "{}", .url = "http://a.example/5", .content_type = "text/html", .seen = utc_from_epoch(9)},
                   "x", utc_from_epoch(1)))};
  std::string bytes;
  for (auto const& member : members) bytes += member;
  auto const items = read_all(folder.write("a.warc.gz", bytes));
  ASSERT_EQ(items.size(), std::size(members));
  for (size_t i = 0; i < items.size(); ++i) {
    ASSERT_TRUE(items[i].capture) << i;
    EXPECT_EQ(items[i].capture->member, members[i]) << i;
    auto const again = read_again(members[i]);
    ASSERT_TRUE(again) << i;
    expect_same(*again, *items[i].capture);
  }
}

TEST(WarcMembers, WhatIsNoMemberOfItsOwnComesWithout) {
  TemporaryFolder folder;
  auto const one = whole(response("http://a.example/1", page("un"))),
             two = whole(response("http://a.example/2", page("d")));
  std::string const feed =
      "<?xml version='1.0'?><rss version='2.0'><channel><item><title>Un</title><link>http://a.example/u</link>"
      "</item></channel></rss>";
  std::string flagged = gzip(one);
  flagged[3] = 0x01;  // FTEXT
  std::string const files[] = {
      one,
      gzip(one + two),
      zstd(one),
      gzip(response("http://a.example/1", page("no id"))),
      gzip(one.substr(0, one.size() - 2)),
      gzip("\r\n" + one),
      gzip(whole(response("http://a.example/f", feed, "Content-Type: application/rss+xml\r\n"))),
      gzip(whole(response("http://a.example/t", page("no type"), "X: y\r\n"))),
      flagged};
  for (auto const& file : files) {
    auto const items = read_all(folder.write("a.warc.gz", file));
    ASSERT_FALSE(items.empty());
    for (auto const& item : items) {
      ASSERT_TRUE(item.capture) << item.capture.error().message;
      EXPECT_EQ(item.capture->member, "");
    }
  }
}

TEST(WarcMembers, ADamagedOrHugeMemberIsNotKept) {
  TemporaryFolder folder;
  std::string noise = page("");
  for (uint64_t state = 1; noise.size() < kMemberMax * 2; state = state * 6'364'136'223'846'793'005u + 1) {
    noise += static_cast<char>('!' + (state >> 33) % 90);
  }
  auto const good = gzip(whole(response("http://a.example/3", page("bon"))));
  std::string damaged = gzip(whole(response("http://a.example/1", page("un"))));
  damaged[damaged.size() - 6] ^= 1;  // of the checksum
  auto const items =
      read_all(folder.write("a.warc.gz", damaged + gzip(whole(response("http://a.example/2", noise))) + good));
  ASSERT_EQ(items.size(), 3u);
  EXPECT_FALSE(items[0].capture);
  ASSERT_TRUE(items[1].capture && items[2].capture);
  EXPECT_EQ(items[1].capture->member, "");
  EXPECT_EQ(items[2].capture->member, good);
}

TEST(WarcMembers, EveryMemberOfTheSuitesGivesItsCaptureBack) {
  VIGIE_NEEDS_SUITE(folder, "warc");
  size_t members = 0;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(*folder)) {
    if (!entry.is_regular_file()) continue;
    for (auto const& item : read_all(entry.path().string())) {
      if (!item.capture || item.capture->member.empty()) continue;
      ++members;
      auto const again = read_again(item.capture->member);
      ASSERT_TRUE(again) << entry.path() << " at " << item.position;
      expect_same(*again, *item.capture);
    }
  }
  EXPECT_GT(members, 0u);
}

}  // namespace
}  // namespace vigie::source

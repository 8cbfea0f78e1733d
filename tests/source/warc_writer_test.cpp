// What is written as WARC gives the capture back exactly, with the HTTP head it came with, and is what it says to
// others.
#include "source/warc_writer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/fixture.hpp"
#include "source/http_message.hpp"

namespace vigie::source {
namespace {

using testing::HasSubstr;
using testing::Not;

Capture given_back(Capture const& capture) {
  auto const record = warc_of(capture, "vigie:article/a", utc_from_epoch(1'700'000'000));
  auto const header = parse_warc_header(record);
  auto const own = read_own_record(*header, std::string_view(record).substr(header->size, header->content_length));
  return own ? *own : Capture{};
}

void expect_same(Capture const& a, Capture const& b) {
  EXPECT_EQ(a.media, b.media);
  EXPECT_EQ(a.body, b.body);
  EXPECT_EQ(a.url, b.url);
  EXPECT_EQ(a.content_type, b.content_type);
  EXPECT_EQ(a.http_head, b.http_head);
  EXPECT_EQ(a.seen, b.seen);
}

TEST(WarcWriter, ACaptureIsGivenBackWithItsHttpHead) {
  Capture capture{.body = "<p>un\r\n\r\nContent-Length: 3\r\n\r\n", .url = "https://a.example/1"};
  capture.content_type = "text/html; charset=utf-8";
  capture.seen = utc_from_epoch(1'700'000'001);
  expect_same(given_back(capture), capture);
  capture.http_head = kept_head("HTTP/2 200 \r\nETag: \"x\"\r\nContent-Length: 9\r\nContent-Encoding: br\r\n\r\n");
  EXPECT_THAT(capture.http_head, HasSubstr("X-Archive-Orig-Content-Encoding: br\r\n"));
  expect_same(given_back(capture), capture);
  capture.body.clear();
  capture.content_type.clear();
  capture.url = " a b";
  expect_same(given_back(capture), capture);
}

TEST(WarcWriter, AReaderOfArchivesKeepsTheHead) {
  TemporaryFolder folder;
  auto const items = read_all(
      folder.write("a.warc", response("http://a.example/1", page("un"), "Content-Type: text/html\r\nX-A: b\r\n")));
  ASSERT_EQ(items.size(), 1u);
  auto const& capture = *items[0].capture;
  EXPECT_EQ(capture.http_head, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-A: b\r\n");
  auto const again = read_all(folder.write("b.warc", warc_of(capture, "x", utc_from_epoch(0))));
  ASSERT_EQ(again.size(), 1u);
  expect_same(*again[0].capture, capture);
}

TEST(WarcWriter, HeadsAreMadeSafe) {
  EXPECT_EQ(kept_head("ICY 200 OK\r\n"), "");
  EXPECT_EQ(kept_head(""), "");
  EXPECT_EQ(kept_head("HTTP/1.0 200\nA: b\n folded\nno field\n: empty\nB:\tc\n\n"),
            "HTTP/1.1 200\r\nA: b\r\nB:\tc\r\n");
  EXPECT_THAT(kept_head("HTTP/1.1 200 OK\r\nA: b\x01\r\nB: c\r\n"), Not(HasSubstr("A:")));
  EXPECT_LT(kept_head("HTTP/1.1 200 OK\r\n" + std::string(200, 'a') + ": " + std::string(90'000, 'x') +
                      "\r\nB: " + std::string(90'000, 'y'))
                .size(),
            100'000u);
}

}  // namespace
}  // namespace vigie::source

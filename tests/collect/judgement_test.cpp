// Pure judgements: schedules, walls, private networks, Retry-After, what a page offers.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include "collect/discovery.hpp"
#include "collect/poll.hpp"
#include "collect/schedule.hpp"
#include "collect/visitor.hpp"
#include "collect/wall.hpp"

namespace vigie::collect {
namespace {

constexpr int64_t kNow = 1'700'000'000, kHour = 3600;

bool refuses(char const* text) {
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  v4.sin_family = AF_INET;
  v6.sin6_family = AF_INET6;
  if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) return is_private(reinterpret_cast<sockaddr const&>(v4));
  EXPECT_EQ(inet_pton(AF_INET6, text, &v6.sin6_addr), 1) << text;
  // is_private() copies as many bytes as the family says.
  return is_private(reinterpret_cast<sockaddr const&>(v6));
}

TEST(PrivateAddress, OfThisMachineAndPrivateNetworksAreRefused) {
  for (char const* const text : {"127.0.0.1",
                                 "127.255.1.2",
                                 "10.1.2.3",
                                 "172.16.0.1",
                                 "172.31.255.255",
                                 "192.168.1.1",
                                 "169.254.169.254",
                                 "100.64.0.1",
                                 "0.0.0.0",
                                 "224.0.0.1",
                                 "255.255.255.255",
                                 "198.18.0.1",
                                 "::1",
                                 "::",
                                 "fe80::1",
                                 "fc00::1",
                                 "fd12::1",
                                 "ff02::1",
                                 "::ffff:127.0.0.1",
                                 "::ffff:10.0.0.1",
                                 "64:ff9b::10.0.0.1",
                                 "2002:7f00:1::",
                                 "::7f00:1"}) {
    EXPECT_TRUE(refuses(text)) << text;
  }
  for (char const* const text : {"8.8.8.8", "172.32.0.1", "172.15.0.1", "192.169.0.1", "100.128.0.1", "2606:4700::1",
                                 "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"}) {
    EXPECT_FALSE(refuses(text)) << text;
  }
}

TEST(PrivateAddress, MetadataServicesAreNeverAllowed) {
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  inet_pton(AF_INET, "169.254.169.254", &v4.sin_addr);
  EXPECT_TRUE(is_never_allowed(reinterpret_cast<sockaddr const&>(v4)));
  inet_pton(AF_INET, "127.0.0.1", &v4.sin_addr);
  EXPECT_FALSE(is_never_allowed(reinterpret_cast<sockaddr const&>(v4)));
}

TEST(Schedule, WhatPublishesOftenIsAskedOften) {
  std::vector<int64_t> hourly, daily;
  for (int i = 1; i <= 20; ++i) hourly.push_back(kNow - i * kHour), daily.push_back(kNow - i * 24 * kHour);
  Pace const pace;
  EXPECT_NEAR(next_interval(hourly, kNow, 0, 0, pace), kHour / 2, 60);
  EXPECT_NEAR(next_interval(daily, kNow, 0, 0, pace), 12 * kHour, 60);
  std::vector<int64_t> const burst = {kNow - 1, kNow - 2, kNow - 3, kNow - 4};
  EXPECT_EQ(next_interval(burst, kNow, 0, 0, pace), pace.shortest_s);
}

TEST(Schedule, DatesInTheFutureSayNothing) {
  Pace const pace;
  EXPECT_EQ(next_interval({kNow + 5, kNow + 6, kNow + 7}, kNow, kHour, 0, pace), kHour + kHour / 2);
}

TEST(Schedule, WithoutDatesNewsBringsItCloser) {
  Pace const pace;
  EXPECT_EQ(next_interval({}, kNow, kHour, 3, pace), kHour / 2);
  EXPECT_EQ(next_interval({}, kNow, kHour, 0, pace), kHour + kHour / 2);
}

TEST(Schedule, FailuresSpreadOutButNeverEnd) {
  EXPECT_EQ(backoff(600, 1, 0, false), 1200);
  EXPECT_EQ(backoff(600, 3, 0, false), 4800);
  EXPECT_EQ(backoff(600, 4'000'000'000u, 0, false), 86'400);
  EXPECT_EQ(backoff(600, 1, 7200, false), 7200);
  EXPECT_EQ(backoff(600, 1, 0, true), 7 * 86'400);
}

TEST(Schedule, ArticlesAreReadAgainAtCertainAges) {
  Rereading const how;
  std::vector<int64_t> ages;
  int64_t now = kNow;
  for (uint32_t times = 0; auto const next = next_reading(kNow, now, times, false, how); ++times) {
    now = *next;
    ages.push_back((now - kNow) / kHour);
  }
  EXPECT_EQ(ages, (std::vector<int64_t>{1, 6, 24, 72}));
  EXPECT_EQ(next_reading(kNow - 3 * kHour, kNow, 0, false, how), kNow + 3 * kHour) << "ages passed are passed over";
  EXPECT_EQ(next_reading(kNow - 50 * 60, kNow, 0, false, how), kNow - 50 * 60 + 6 * kHour) << "not at once again";
  EXPECT_EQ(next_reading(kNow - 100 * 24 * kHour, kNow, 0, false, how), std::nullopt) << "old articles are left alone";
  EXPECT_EQ(next_reading(kNow, kNow, 0, false, {.ages_s = {}}), std::nullopt);
}

TEST(Schedule, AnArticleThatKeepsChangingIsReadMoreOftenButNotForEver) {
  Rereading const how;
  int64_t now = kNow;
  uint32_t times = 0;
  while (auto const next = next_reading(kNow, now, times, true, how)) {
    EXPECT_GE(*next, now + how.gap_s);
    now = *next;
    ++times;
  }
  EXPECT_EQ(times, how.most);
  EXPECT_EQ(now, kNow + 12 * kHour);
  EXPECT_EQ(next_reading(kNow, kNow + 71 * kHour, 1, true, how), kNow + 72 * kHour);
}

TEST(RetryAfter, IsSecondsOrADateAndBounded) {
  EXPECT_EQ(parse_retry_after("120", kNow), 120);
  EXPECT_EQ(parse_retry_after("Tue, 14 Nov 2023 23:13:20 GMT", kNow), kHour);
  EXPECT_EQ(parse_retry_after("Tue, 14 Nov 2000 23:13:20 GMT", kNow), 0);
  EXPECT_EQ(parse_retry_after("999999999999", kNow), 7 * 86'400);
  EXPECT_EQ(parse_retry_after("soon", kNow), 0);
  EXPECT_EQ(parse_retry_after("-5", kNow), 0);
}

Wall wall_of(int status, std::string body = "<p>x", std::string const& url = "https://a.example/1") {
  FetchAnswer answer;
  answer.status = status;
  answer.body = std::move(body);
  return recognise(answer, url);
}

TEST(Walls, AreRecognised) {
  EXPECT_EQ(wall_of(200), Wall::none);
  EXPECT_EQ(wall_of(202), Wall::challenge);
  EXPECT_EQ(wall_of(403), Wall::refused);
  EXPECT_EQ(wall_of(403, "<script src='/cdn-cgi/challenge-platform/x.js'>"), Wall::challenge);
  EXPECT_EQ(wall_of(200, "<script src='/cdn-cgi/challenge-platform/x.js'>"), Wall::challenge);
  EXPECT_EQ(wall_of(200, "<script src='/cdn-cgi/challenge-platform/x.js'>" + std::string(100'000, 'a')), Wall::none);
  EXPECT_EQ(wall_of(429), Wall::too_many);
  EXPECT_EQ(wall_of(503), Wall::unavailable);
  EXPECT_EQ(wall_of(410), Wall::gone);
  EXPECT_EQ(wall_of(404), Wall::absent);
  EXPECT_EQ(wall_of(402), Wall::payment);
  EXPECT_EQ(wall_of(200, "<p>ok", "https://consent.portal.example/collect?x=1"), Wall::consent);
}

TEST(Discovery, NamedFeedsComeFirstThenTheUsualPlaces) {
  auto const feeds = feeds_offered(
      R"(<head><base href="/sub/"><link rel="alternate" type="application/rss+xml" title="Tout" href="rss.xml">
         <link rel=alternate type="application/atom+xml; charset=utf-8" href="//b.example/atom">
         <link rel="stylesheet" href="x.css"></head><body><a href="/fil/feed">RSS</a><a href="/feed">fil</a>)",
      "text/html", "https://a.example/page");
  ASSERT_GE(feeds.size(), 4u);
  EXPECT_EQ(feeds[0].url, "https://a.example/sub/rss.xml");
  EXPECT_EQ(feeds[0].title, "Tout");
  EXPECT_EQ(feeds[1].url, "https://b.example/atom");
  EXPECT_EQ(feeds[2].url, "https://a.example/fil/feed");
  EXPECT_TRUE(feeds[3].is_named);
  EXPECT_FALSE(feeds.back().is_named);
}

TEST(Discovery, AListingsArticlesAreToldFromItsMenus) {
  auto const links = articles_listed(
      R"(<nav><a href="/politique">Politique</a><a href="/a-propos">À propos de ce journal et de nous</a></nav>
         <h2><a href="/2024/05/01/la-greve-continue-au-port">La grève continue au port</a></h2>
         <a href="/2024/05/01/la-greve-continue-au-port">La grève continue au port</a>
         <h2><a href="https://other.example/2024/05/01/ailleurs-aussi-x">Ailleurs aussi on fait la grève</a></h2>
         <h2><a href="article-123456.html">Le maire répond à ses critiques</a></h2>)",
      "text/html", "https://www.a.example/une/");
  ASSERT_EQ(links.size(), 2u);
  EXPECT_EQ(links[0].words, "La grève continue au port");
  EXPECT_EQ(links[1].url, "https://www.a.example/une/article-123456.html");
}

FetchAnswer answer_of(std::string body) {
  FetchAnswer answer;
  answer.status = 200;
  answer.body = std::move(body);
  return answer;
}

TEST(Polls, TheSameArticleHasTheSameKeyInEverySource) {
  auto const a = read_source(
      SourceKind::feed, 1, answer_of("<rss><channel><item><link>https://A.example/x#top</link></item></channel></rss>"),
      "https://a.example/rss", kNow);
  auto const b =
      read_source(SourceKind::sitemap, 2, answer_of("<urlset><url><loc>https://a.example/x</loc></url></urlset>"),
                  "https://a.example/s.xml", kNow);
  ASSERT_EQ(a.entries.size(), 1u);
  ASSERT_EQ(b.entries.size(), 1u);
  EXPECT_EQ(a.entries[0].key, b.entries[0].key);
}

TEST(Polls, APageWhereAFeedWasIsNoFeed) {
  auto const reading =
      read_source(SourceKind::feed, 1, answer_of("<!doctype html><title>Parti</title>"), "https://a.example/rss", kNow);
  EXPECT_FALSE(reading.understood);
  EXPECT_FALSE(reading.problem.empty());
}

TEST(Polls, OldAndHomePagesOfSitemapsAreLeftOut) {
  auto const reading = read_source(
      SourceKind::sitemap, 1,
      answer_of("<?xml version='1.0'?><urlset xmlns:news='n'><url><loc>https://a.example/new</loc><news:news>"
                "<news:publication_date>2023-11-14T20:00:00Z</news:publication_date><news:title>T</news:title></"
                "news:news></url>"
                "<url><loc>https://a.example/old</loc><lastmod>2020-01-01</lastmod></url>"
                "<url><loc>https://a.example/</loc></url></urlset>"),
      "https://a.example/s.xml", kNow);
  ASSERT_EQ(reading.entries.size(), 1u);
  EXPECT_EQ(reading.entries[0].url, "https://a.example/new");
  EXPECT_GT(reading.entries[0].published_s, 0);
}

}  // namespace
}  // namespace vigie::collect

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/robots.hpp"

namespace vigie::collect {
namespace {

TEST(Robots, WithoutRulesEverythingIsAllowed) {
  EXPECT_TRUE(Robots::parse("").allows("/a"));
  EXPECT_TRUE(Robots::parse("<html>not robots</html>").allows("/a"));
  EXPECT_TRUE(Robots::parse("User-agent: other\nDisallow: /").allows("/a"));
  EXPECT_FALSE(Robots::forbid_all().allows("/a"));
}

TEST(Robots, OurGroupStandsForUsAloneAndGroupsOfOneNameAreJoined) {
  auto const robots = Robots::parse(
      "User-agent: *\nDisallow: /\n\nuser-agent: VIGIE/1.0\nDisallow: /private\n\nUser-agent: other\nUser-agent: "
      "vigie\n"
      "Disallow: /second\n");
  EXPECT_TRUE(robots.allows("/a"));
  EXPECT_FALSE(robots.allows("/private/x"));
  EXPECT_FALSE(robots.allows("/second"));
}

TEST(Robots, TheLongestPatternDecidesAndAllowWinsATie) {
  auto const robots = Robots::parse("User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /c\nAllow: /c\n");
  EXPECT_FALSE(robots.allows("/a/x"));
  EXPECT_TRUE(robots.allows("/a/b/c"));
  EXPECT_TRUE(robots.allows("/c"));
}

TEST(Robots, StarsAndEndsAreUnderstood) {
  auto const robots = Robots::parse("User-agent: *\nDisallow: /*.pdf$\nDisallow: /x*y*z\nDisallow: /*?print=\n");
  EXPECT_FALSE(robots.allows("/a/b.pdf"));
  EXPECT_TRUE(robots.allows("/a/b.pdf?x"));
  EXPECT_FALSE(robots.allows("/x1y2y3z4"));
  EXPECT_TRUE(robots.allows("/x1z"));
  EXPECT_FALSE(robots.allows("/a?print=1"));
}

TEST(Robots, EncodedAndPlainOctetsAreTheSame) {
  auto const robots = Robots::parse("User-agent: *\nDisallow: /caf\xc3\xa9\nDisallow: /b%61r\n");
  EXPECT_FALSE(robots.allows("/caf%C3%A9"));
  EXPECT_FALSE(robots.allows("/caf%c3%a9/x"));
  EXPECT_FALSE(robots.allows("/bar"));
}

TEST(Robots, ItIsItselfAlwaysAllowed) { EXPECT_TRUE(Robots::forbid_all().allows("/robots.txt")); }

TEST(Robots, DelayAndSitemapsAreKept) {
  auto const robots =
      Robots::parse("Sitemap: https://a.example/news.xml\r\nUser-agent: *\r\nCrawl-delay: 2.5\r\nDisallow:\r\n");
  EXPECT_EQ(robots.delay_ms(), 2500u);
  EXPECT_THAT(robots.sitemaps(), testing::ElementsAre("https://a.example/news.xml"));
  EXPECT_TRUE(robots.allows("/x"));
}

TEST(Robots, HalfAMegabyteIsReadAndNotMore) {
  std::string text = "User-agent: *\nDisallow: /early\n";
  while (text.size() < kRobotsBytesMax) text += "# a comment that fills the file\n";
  text += "Disallow: /late\n";
  auto const robots = Robots::parse(text);
  EXPECT_FALSE(robots.allows("/early"));
  EXPECT_TRUE(robots.allows("/late"));
}

TEST(Robots, HostilePatternsEndSoon) {
  std::string text = "User-agent: *\n";
  for (int i = 0; i < 500; ++i) text += "Disallow: /" + std::string(200, '*') + "a*b*c*d*e*f$\n";
  EXPECT_TRUE(Robots::parse(text).allows("/" + std::string(2000, 'a')));
}

}  // namespace
}  // namespace vigie::collect

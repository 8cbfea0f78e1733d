// The headline among what stands in its heading, and among the titles that sections and sites are written behind.
#include "article/headline.hpp"

#include <gtest/gtest.h>

#include <string>

#include "article/extract.hpp"

namespace vigie::article {
namespace {

Article read(std::string const& heading, std::string const& title = "Gazette") {
  source::Capture c;
  c.media = source::Media::html;
  c.content_type = "text/html; charset=utf-8";
  c.url = "https://gazette.example/port/bridge";
  c.body = "<html><head><title>" + title + "</title></head><body><article>" + heading +
           "<p>The moving bridge of Port-Brume, closed for eight months, opened again on Monday before the eyes of "
           "some two hundred people.</p><p>The works took three months longer than planned, for want of a "
           "jack.</p></article></body></html>";
  Extractor extractor;
  auto a = extractor.extract(c);
  EXPECT_TRUE(a);
  return a ? *a : Article();
}

TEST(Headline, AKickerInTheHeadingIsTheKicker) {
  for (auto const name : {"kicker", "dachzeile", "article__topline", "overline--small", "subtitle"}) {
    auto const a = read("<h1><span class=\"" + std::string(name) +
                        "\">Works on the quay</span> <span>The bridge opens again</span></h1>");
    EXPECT_EQ(a.title, "The bridge opens again") << name;
    EXPECT_EQ(a.kicker, "Works on the quay") << name;
  }
}

TEST(Headline, WhatOnlyMachinesReadAndWhatStandsBelowAreNoPartOfIt) {
  EXPECT_EQ(read("<h1>The bridge opens again<small>Three months late</small></h1>").title, "The bridge opens again");
  EXPECT_EQ(read("<h1><time datetime=\"2021-03-04\">4 March 2021</time>The bridge opens again</h1>").title,
            "The bridge opens again");
  EXPECT_EQ(read("<h1>Works<span class=\"visually-hidden\">: </span> on the bridge</h1>").title, "Works on the bridge");
  EXPECT_EQ(read("<h1><ruby>\xE6\xA9\x8B<rt>\xE3\x81\xAF\xE3\x81\x97</rt></ruby>\xE3\x81\x8C\xE9\x96\x8B\xE3\x81\x8F"
                 "\xE3\x81\x93\xE3\x81\xA8</h1>")
                .title,
            "\xE6\xA9\x8B\xE3\x81\x8C\xE9\x96\x8B\xE3\x81\x8F\xE3\x81\x93\xE3\x81\xA8");
}

TEST(Headline, AHeadingThatIsAllKickerStaysWhole) {
  EXPECT_EQ(read("<h1><span class=\"kicker\">The bridge opens again</span></h1>").title, "The bridge opens again");
  EXPECT_EQ(read("<h1>The <i>Leve</i> bridge opens</h1>").title, "The Leve bridge opens");
}

TEST(Headline, SectionsAndSitesBehindBarsAreCut) {
  EXPECT_EQ(read("", "The bridge opens again | Port | Harbour Notes and Queries").title, "The bridge opens again");
  EXPECT_EQ(read("", "The bridge opens again - Harbour Press - News").title, "The bridge opens again");
  EXPECT_EQ(read("<h1>The bridge opens again | Opinion</h1>", "The bridge opens again | Opinion").title,
            "The bridge opens again");
  EXPECT_EQ(read("<h1>BUDGET 3.0 | The port pays for the bridge and the quay</h1>").title,
            "BUDGET 3.0 | The port pays for the bridge and the quay");
}

TEST(Headline, TheHeadingThatOpensTheTitleIsItHoweverLongTheRest) {
  TitleCandidates c;
  c.headings = {"Winter herring"};
  c.og = c.page = "Winter herring | The magazine of the harbours and rivers of the north";
  c.host = "quays.example";
  EXPECT_EQ(choose_headline(c).text, "Winter herring");
}

}  // namespace
}  // namespace vigie::article

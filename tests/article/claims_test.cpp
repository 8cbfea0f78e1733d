// Dates and names where pages put them apart from the headline: in sentences, columns, scripts and signatures.
#include <gtest/gtest.h>

#include <string>

#include "article/byline.hpp"
#include "article/extract.hpp"

namespace vigie::article {
namespace {

std::string const kText =
    "<p>The mayor of Port-Brume, Odile Kervadec, said on Tuesday that the moving bridge, closed for eight months, "
    "would "
    "open again before winter, after works that took longer than planned.</p><p>\"We have lost time on the jacks, we "
    "shall lose no more,\" she told the traders of the quay, who had met at the fish market for the third "
    "time.</p><p>The "
    "fishermen, who go twelve kilometres around, ask for money that the region has not granted yet, for want of an "
    "agreement on how much.</p>";

Article read(std::string const& before, std::string const& after, std::string const& head = {},
             std::string url = "https://gazette.example/port/bridge") {
  source::Capture c;
  c.media = source::Media::html;
  c.content_type = "text/html; charset=utf-8";
  c.url = std::move(url);
  c.body = "<html lang=\"en-gb\"><head><title>The bridge opens again</title>" + head +
           "</head><body><main><article><h1>The bridge opens again</h1>" + before + kText + "</article></main>" +
           after + "</body></html>";
  Extractor extractor;
  auto a = extractor.extract(c);
  EXPECT_TRUE(a);
  return a ? *a : Article();
}

std::string published(Article const& a) { return a.published ? format_rfc3339(*a.published) : ""; }

TEST(Claims, DatesStandInSentencesOpeningsColumnsAndScripts) {
  EXPECT_EQ(published(read("", "<p>This entry was posted on Thursday, 4 March 2021 and is filed under Port.</p>")),
            "2021-03-04");
  EXPECT_EQ(published(read(
                "<p>04.03.2021 - The bridge has been closed since the storm that broke two of its jacks.</p>", "")),
            "2021-03-04");
  EXPECT_EQ(published(read("", "<aside><dl><dt>Date</dt><dd>04.03.2021</dd></dl></aside>")), "2021-03-04");
  EXPECT_EQ(published(read("", "<aside><p>04.03.2021</p><p>05.03.2021</p></aside>")), "") << "which of the two?";
  EXPECT_EQ(
      published(read("", "<script>window.data={\"id\":7,\"publishedAt\":\"2021-03-04T07:15:00+01:00\"}</script>")),
      "2021-03-04T07:15:00+01:00");
  EXPECT_EQ(published(read("<span property=\"schema:dateCreated\" content=\"2021-03-04T07:15:00+00:00\"></span>", "")),
            "2021-03-04T07:15:00+00:00");
}

TEST(Claims, AnInstantInUtcTakesTheOffsetAScriptGivesIt) {
  auto const meta = std::string("<meta property=\"article:published_time\" content=\"2021-03-05T02:15:00Z\">");
  auto const script = std::string("<script>x={\"t\":\"2021-03-04T21:15:00-05:00\"}</script>");
  auto const url = std::string("https://gazette.example/2021/03/04/bridge");
  EXPECT_EQ(published(read("", script, meta, url)), "2021-03-04T21:15:00-05:00");
  // Without it, the day the newsroom put into its address is sure, the hour on its clock is not.
  EXPECT_EQ(published(read("", "", meta, url)), "2021-03-04");
  EXPECT_EQ(published(read("", "", meta, "https://gazette.example/bridge")), "2021-03-05T02:15:00Z");
}

TEST(Claims, TheDayMostWitnessesSayIsBelieved) {
  auto const meta = std::string("<meta property=\"article:published_time\" content=\"2021-03-04T18:00:00+01:00\">");
  auto const linked = std::string(
      "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"The bridge over the Leve "
      "reopens\",\"datePublished\":\"2019-01-16T14:53:00+01:00\"}</script>");
  EXPECT_EQ(published(read("", "<time datetime=\"2021-03-04\">4 March 2021</time>", meta + linked)),
            "2021-03-04T18:00:00+01:00");
}

TEST(Claims, ABrokenJsonLdStillGivesItsDay) {
  auto const linked = std::string(
      "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"mainEntityOfPage\":{\"datePublished\":"
      "\"2021-03-04T18:00:00+01:00\",</script>");
  EXPECT_EQ(published(read("", "", linked)), "2021-03-04T18:00:00+01:00");
}

TEST(Claims, ACaptionsDayIsNotTheArticles) {
  EXPECT_EQ(published(read("<figure><figcaption>The bridge over the Leve on January 16, 2021.</figcaption></figure>"
                           "<p>January 18, 2021</p>",
                           "")),
            "2021-01-18");
}

TEST(Claims, AnArticleAboveLinkedHeadlinesIsNoListing) {
  std::string teasers;
  for (int i = 0; i < 9; ++i) {
    teasers += "<h3><a href=\"/port/" + std::to_string(i) + "\">Another story of the port, number " +
               std::to_string(i) + "</a></h3>";
  }
  EXPECT_EQ(read("", teasers).kind, Kind::article);
}

TEST(Claims, TheSignatureAtTheFootNamesTheAuthorWhereNothingElseDoes) {
  EXPECT_EQ(read("", "<aside><a rel=\"author\" href=\"/author/ida\">Ida Marlow</a></aside>").authors,
            std::vector<std::string>{"Ida Marlow"});
  auto const two =
      "<aside><a rel=\"author\" href=\"/author/ida\">Ida Marlow</a> <a rel=\"author\" "
      "href=\"/author/ben\">Ben Ashdown</a></aside>";
  EXPECT_TRUE(read("", two).authors.empty()) << "teasers name their own";
}

TEST(Claims, ANameIsCutFromWhatStandsBesideItInItsBox) {
  using List = std::vector<std::string>;
  EXPECT_EQ(read("<div class=\"author\"><b class=\"name\">Ida Marlow</b><i>Reporter of the port</i></div>", "").authors,
            List{"Ida Marlow"});
  EXPECT_EQ(read("<p>By <a rel=\"author\" href=\"/author/ida\">Ida Marlow</a>. Reviewed by <a rel=\"author\" "
                 "href=\"/author/ben\">Ben Ashdown</a></p>",
                 "")
                .authors,
            List{"Ida Marlow"});
  EXPECT_EQ(read("<aside><p class=\"author\">By: <a href=\"/author/ida\">Ida Marlow</a></p></aside>", "").authors,
            List{"Ida Marlow"});
  EXPECT_EQ(read("", "<div><span>Author:</span> <a href=\"/ida\">Ida Marlow</a></div>").authors, List{"Ida Marlow"});
}

TEST(Claims, WhoTheAuthorIsBelongsToNoText) {
  auto const head = std::string("<meta name=\"author\" content=\"Ida Marlow\">");
  auto const a = read("", "", head);
  source::Capture c;
  c.body = "<html><head><title>The bridge opens again</title>" + head +
           "</head><body><article><h1>The bridge opens "
           "again</h1>" +
           kText + "<p>Ida Marlow is a senior researcher with the harbour observatory.</p></article></body></html>";
  Extractor extractor;
  EXPECT_EQ(text(*extractor.extract(c)), text(a));
}

TEST(Byline, NamesAreFreedOfWhatStandsAroundThem) {
  auto const names = [](std::string_view line) {
    std::vector<std::string> out;
    add_authors(line, out);
    return out;
  };
  using List = std::vector<std::string>;
  EXPECT_EQ(names("Par\xC2\xA0Odile Kermor"), List{"Odile Kermor"});
  EXPECT_EQ(names("Ida Marlow - Harbour editor"), List{"Ida Marlow"});
  EXPECT_EQ(names("Ida Marlow @idamarlow"), List{"Ida Marlow"});
  EXPECT_EQ(names("Alle Beitr\xC3\xA4ge von Ida Marlow"), List{"Ida Marlow"});
  EXPECT_EQ(names("Ida Marlow; Ben Ashdown"), (List{"Ida Marlow", "Ben Ashdown"}));
  EXPECT_EQ(names("\xC2\xA9 Ida Marlow"), List{"Ida Marlow"});
  EXPECT_EQ(names("Jun 2 Written By"), List{}) << "the name did not follow";
  EXPECT_EQ(names("by several hundred boats"), List{});
  EXPECT_EQ(names("ida marlow"), List{"ida marlow"});
}

}  // namespace
}  // namespace vigie::article

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/feed.hpp"
#include "source/fixture.hpp"

namespace vigie::source {
namespace {

constexpr char kRss[] = R"(<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Le Phare</title><link>https://phare.example/</link><language>fr-FR</language>
<image><title>logo</title><link>https://wrong.example/</link></image>
<item><title>Grève &amp; marées : l&apos;été</title><link>https://phare.example/1</link><guid isPermaLink="false">n-1</guid>
 <description>&lt;p&gt;Un résumé&lt;/p&gt;</description><content:encoded><![CDATA[<p>Le texte & la suite</p>]]></content:encoded>
 <dc:creator>Claire Dubois</dc:creator><dc:creator>Ali Ben Salah</dc:creator><author>desk@phare.example (La rédaction)</author>
 <pubDate>Fri, 07 Sep 2018 18:42:00 +0200</pubDate><category>Monde</category><category>Mer</category>
 <media:content url="/i.jpg" medium="image"><media:title>non</media:title></media:content></item>
<item><guid>https://phare.example/2</guid><title>Deux&nbsp;: caf&eacute; & th&#233;</title></item>
</channel></rss>)";

constexpr char kAtom[] = R"(<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xml:base="https://beacon.example/news/">
<title type="text">Beacon &lt;daily&gt;</title><link rel="self" href="/feed"/><link href="."/><author><name>Desk</name></author>
<entry><id>tag:1</id><title type="html">A &lt;b>bold&lt;/b> title</title><link rel="alternate" href="1.html"/>
<published>2024-05-01T10:00:00Z</published><updated>2024-05-02T10:00:00+02:00</updated>
<summary>2 &lt; 3</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One<br/>two &amp; three</p></div></content>
<category term="w" label="World"/></entry>
<entry><id>tag:2</id><title>Second</title><author><name>Jane Doe</name><email>j@x</email></author></entry>
</feed>)";

constexpr char kRdf[] = R"(<?xml version="1.0" encoding="ISO-8859-1"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://rdf.example/"><title>R)"
                        "\xe9"
                        R"(sum)"
                        "\xe9"
                        R"(</title><link>https://rdf.example/</link><dc:language>fr</dc:language></channel>
<item rdf:about="https://rdf.example/1"><title>Un</title><link>https://rdf.example/1</link><dc:date>2018-09-07</dc:date></item>
<item rdf:about="https://rdf.example/2"><title>Deux</title><link>https://rdf.example/2</link></item></rdf:RDF>)";

constexpr char kJson[] =
    R"({"version": "https://jsonfeed.org/version/1.1", "title": "JSON & co", "home_page_url": "https://json.example/",
"language": "fr", "authors": [{"name": "Desk"}], "items": [
{"id": 7, "url": "/7", "title": "A < B", "content_text": "plain & simple", "date_published": "2024-05-01T10:00:00-05:00", "tags": ["x"]},
{"id": "https://json.example/8", "content_html": "<p>eight</p>", "author": {"name": "Jane"}}]})";

TEST(Feeds, Rss) {
  auto const feed = parse_feed(kRss);
  EXPECT_EQ(feed.problem, "");
  EXPECT_EQ(feed.format, Feed::Format::rss);
  EXPECT_EQ(feed.title_html, "Le Phare");
  EXPECT_EQ(feed.link, "https://phare.example/");
  EXPECT_EQ(feed.language, "fr-FR");
  ASSERT_EQ(feed.entries.size(), 2u);
  auto const& one = feed.entries[0];
  EXPECT_EQ(one.id, "n-1");
  EXPECT_EQ(one.link, "https://phare.example/1");
  EXPECT_EQ(one.title_html, "Grève & marées : l'été");
  EXPECT_EQ(one.summary_html, "<p>Un résumé</p>");
  EXPECT_EQ(one.content_html, "<p>Le texte & la suite</p>");
  EXPECT_THAT(one.authors, testing::ElementsAre("Claire Dubois", "Ali Ben Salah", "La rédaction"));
  EXPECT_THAT(one.categories, testing::ElementsAre("Monde", "Mer"));
  EXPECT_EQ(format_rfc3339(*one.published), "2018-09-07T18:42:00+02:00");
  EXPECT_EQ(one.image, "https://phare.example/i.jpg");
  EXPECT_EQ(feed.entries[1].link, "https://phare.example/2");
  EXPECT_EQ(feed.entries[1].title_html, "Deux\u00a0: café & thé");
}

TEST(Feeds, Atom) {
  auto const feed = parse_feed(kAtom);
  EXPECT_EQ(feed.title_html, "Beacon &lt;daily&gt;");
  EXPECT_EQ(feed.link, "https://beacon.example/news/");
  EXPECT_EQ(feed.language, "en");
  ASSERT_EQ(feed.entries.size(), 2u);
  auto const& one = feed.entries[0];
  EXPECT_EQ(one.title_html, "A <b>bold</b> title");
  EXPECT_EQ(one.link, "https://beacon.example/news/1.html");
  EXPECT_EQ(one.summary_html, "2 &lt; 3");
  EXPECT_EQ(one.content_html, "<p>One<br>two &amp; three</p>");
  EXPECT_EQ(format_rfc3339(*one.updated), "2024-05-02T10:00:00+02:00");
  EXPECT_THAT(one.authors, testing::ElementsAre("Desk"));
  EXPECT_THAT(one.categories, testing::ElementsAre("World"));
  EXPECT_THAT(feed.entries[1].authors, testing::ElementsAre("Jane Doe"));
}

TEST(Feeds, RdfInLatin1) {
  auto const feed = parse_feed(kRdf);
  EXPECT_EQ(feed.format, Feed::Format::rdf);
  EXPECT_EQ(feed.title_html, "Résumé");
  EXPECT_EQ(feed.language, "fr");
  ASSERT_EQ(feed.entries.size(), 2u);
  EXPECT_EQ(feed.entries[0].id, "https://rdf.example/1");
  EXPECT_EQ(format_rfc3339(*feed.entries[0].published), "2018-09-07");
}

TEST(Feeds, Json) {
  auto const feed = parse_feed(kJson);
  EXPECT_EQ(feed.title_html, "JSON &amp; co");
  ASSERT_EQ(feed.entries.size(), 2u);
  EXPECT_EQ(feed.entries[0].id, "7");
  EXPECT_EQ(feed.entries[0].link, "https://json.example/7");
  EXPECT_EQ(feed.entries[0].title_html, "A &lt; B");
  EXPECT_EQ(feed.entries[0].content_html, "plain &amp; simple");
  EXPECT_THAT(feed.entries[0].authors, testing::ElementsAre("Desk"));
  EXPECT_EQ(feed.entries[1].link, "https://json.example/8");
  EXPECT_THAT(feed.entries[1].authors, testing::ElementsAre("Jane"));
}

void expect_same(FeedEntry const& a, FeedEntry const& b) {
  EXPECT_EQ(a.id, b.id);
  EXPECT_EQ(a.link, b.link);
  EXPECT_EQ(a.title_html, b.title_html);
  EXPECT_EQ(a.summary_html, b.summary_html);
  EXPECT_EQ(a.content_html, b.content_html);
  EXPECT_EQ(a.authors, b.authors);
  EXPECT_EQ(a.categories, b.categories);
  EXPECT_EQ(a.published, b.published);
  EXPECT_EQ(a.updated, b.updated);
  EXPECT_EQ(a.image, b.image);
}

void expect_splits(std::string_view bytes) {
  auto const whole = parse_feed(bytes);
  auto const split = split_feed(bytes);
  ASSERT_EQ(split.entries.size(), whole.entries.size());
  for (size_t i = 0; i < whole.entries.size(); ++i) {
    EXPECT_EQ(split.entries[i].media, Media::feed_entry);
    EXPECT_EQ(split.entries[i].url, whole.entries[i].link);
    auto const one = parse_feed(split.entries[i].body);
    EXPECT_EQ(one.problem, "") << split.entries[i].body;
    EXPECT_EQ(one.title_html, whole.title_html);
    EXPECT_EQ(one.link, whole.link);
    EXPECT_EQ(one.language, whole.language);
    ASSERT_EQ(one.entries.size(), 1u) << split.entries[i].body;
    expect_same(one.entries[0], whole.entries[i]);
  }
}

TEST(Split, EachEntryAloneReadsAsItDoesInTheWhole) {
  for (auto const* const feed : {kRss, kAtom, kRdf, kJson}) expect_splits(feed);
}

TEST(Split, AFeedFileIsOneItemPerEntry) {
  TemporaryFolder folder;
  for (auto const* const feed : {kRss, kAtom, kRdf, kJson}) {
    auto const items = read_all(folder.write("feed.xml", feed));
    ASSERT_EQ(items.size(), 2u);
    EXPECT_EQ(items[1].position, 1u);
    EXPECT_EQ(items[1].capture->media, Media::feed_entry);
  }
  auto const items =
      read_all(folder.write("f.warc", response("https://phare.example/rss", kRss, "Content-Type: text/xml\r\n")));
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].capture->url, "https://phare.example/1");
  EXPECT_TRUE(items[0].capture->seen);
}

TEST(IllFormed, ABrokenEntryCostsItself) {
  std::string const items[] = {"<item><title>Un</title><link>https://x.example/1</link></item>",
                               "<item><title>Cass<b>é</title><description>perdu</description></item>",
                               "<item><title>Trois</title><link>https://x.example/3</link></item>",
                               "<item><title>Quatre</title><link>https://x.example/4</link>"};
  std::string const feed = "\n junk <rss><channel><title>T</title>" + items[0] + items[1] + items[2] + items[3];
  auto const parsed = parse_feed(feed);
  EXPECT_NE(parsed.problem, "");
  std::string titles;
  for (auto const& entry : parsed.entries) titles += entry.title_html + "|";
  EXPECT_EQ(titles, "Un|Trois|Quatre|");
  expect_splits(feed);
}

TEST(IllFormed, WhatIsReadBehindAnErrorInAtomStillSplits) {
  expect_splits(
      "<feed><title>T</title><entry><id>1</id><link href='https://x.example/1'/><content>x</conte>"
      "<entry><id>2</id><link href='https://x.example/2'/></entry></feed>");
}

TEST(IllFormed, EntitiesAreNeverDeclaredSoNeverExpanded) {
  std::string laughs = "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY l0 'lol'>";
  for (int i = 1; i < 30; ++i) {
    laughs += "<!ENTITY l" + std::to_string(i) + " '&l" + std::to_string(i - 1) + ";&l" + std::to_string(i - 1) + ";'>";
  }
  laughs +=
      "<!ENTITY file SYSTEM "
      "'file:///etc/passwd'>]><rss><channel><item><title>&l29;&file;</title></item></channel></rss>";
  auto const feed = parse_feed(laughs);
  ASSERT_EQ(feed.entries.size(), 1u);
  EXPECT_EQ(feed.entries[0].title_html, "&l29;&file;");
}

TEST(IllFormed, DepthIsBounded) {
  std::string deep = "<rss><channel><item><title>Avant</title></item><item><description>";
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  auto const feed = parse_feed(deep);
  ASSERT_GE(feed.entries.size(), 1u);
  EXPECT_NE(feed.problem, "");
}

TEST(IllFormed, ControlCharactersAndWindowsBytesAreMended) {
  auto const feed = parse_feed(
      "<rss><channel><item><title>a\x01\x0c"
      "b \x93"
      "cit\xe9\x94 &#147;x&#148; &#0;</title></item></channel></rss>");
  ASSERT_EQ(feed.entries.size(), 1u);
  EXPECT_EQ(feed.entries[0].title_html, "ab “cité” “x” \ufffd");
}

TEST(IllFormed, NoCutAndNoFlippedByteHangsOrCrashes) {
  for (std::string const feed : {kRss, kAtom, kRdf, kJson}) {
    for (size_t size = 0; size < feed.size(); size += 7) parse_feed(std::string_view(feed).substr(0, size));
    for (size_t at = 0; at < feed.size(); at += 3) {
      auto damaged = feed;
      damaged[at] = static_cast<char>("<>&\"/\0]"[at % 7]);
      auto const parsed = parse_feed(damaged);
      EXPECT_LE(parsed.entries.size(), 3u);
      split_feed(damaged);
    }
  }
}

TEST(Dates, AsFeedsWriteThem) {
  struct Case {
    char const* text;
    char const* expected;
  };
  Case const cases[] = {
      {"Fri, 07 Sep 2018 18:42:00 +0200", "2018-09-07T18:42:00+02:00"},
      {"07 Sep 18 18:42 GMT", "2018-09-07T18:42:00Z"},
      {"Thu, 01 Jan 04 19:48:21 EST", "2004-01-01T19:48:21-05:00"},
      {"Thu Jan  1 19:48:21 2004", "2004-01-01T19:48:21"},
      {"Friday, September 7, 2018", "2018-09-07"},
      {"7-Sep-2018 06:00:00 CEST", "2018-09-07T06:00:00+02:00"},
      {"2018-09-07T18:42:00+02:00", "2018-09-07T18:42:00+02:00"},
      {"2018-09-07", "2018-09-07"},
      {"Fri, 07 Sep 2018 18:42:00 XYZ", "2018-09-07T18:42:00"},
      {"Fri, 31 Feb 2018 18:42:00 GMT", nullptr},
      {"hier", nullptr},
      {"", nullptr},
      {"Fri, 07 Sep 2018 25:42:00 GMT", nullptr},
      {"12", nullptr},
  };
  for (auto const& c : cases) {
    auto const time = parse_feed_date(c.text);
    ASSERT_EQ(time.has_value(), c.expected != nullptr) << c.text;
    if (!time) continue;
    EXPECT_EQ(format_rfc3339(*time), c.expected) << c.text;
  }
}

}  // namespace
}  // namespace vigie::source

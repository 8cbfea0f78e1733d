#include "article/dates.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "article/extract.hpp"
#include "article/relative_date.hpp"

namespace vigie::article {
namespace {

std::string found(std::string_view text, DayOrder order = DayOrder::day_first) {
  auto const date = find_date(text, 0, order);
  return date ? format_rfc3339(date->time) : "none";
}

TEST(Dates, AreReadInSevenLanguages) {
  std::vector<std::pair<char const*, char const*>> const cases{
      {"15 августа 2016, 13:43", "2016-08-15T13:43:00"},
      {"Opublikowano 4 marca 2021", "2021-03-04"},
      {"Publié le vendredi 7 septembre 2018 à 18 h 42", "2018-09-07T18:42:00"},
      {"Publié le 7 septembre 2018 à 18h42, mis à jour le 8 septembre 2018", "2018-09-07T18:42:00"},
      {"le 1er août 2021", "2021-08-01"},
      {"Le 03 févr. 2020 - 08:05", "2020-02-03T08:05:00"},
      {"September 7, 2018 6:42 pm", "2018-09-07T18:42:00"},
      {"Sept. 7th, 2018", "2018-09-07"},
      {"Fri 7 Sep 2018 12.05 am", "2018-09-07T00:05:00"},
      {"07.09.2018, 18:42 Uhr", "2018-09-07T18:42:00"},
      {"7. März 2018", "2018-03-07"},
      {"7 de septiembre de 2018 a las 18:42", "2018-09-07T18:42:00"},
      {"7 settembre 2018 alle ore 18:42", "2018-09-07T18:42:00"},
      {"7 de março de 2019 às 07:15", "2019-03-07T07:15:00"},
      {"7 maart 2019 om 07:15", "2019-03-07T07:15:00"},
      {"2019年3月4日", "2019-03-04"},
      {"2018-09-07T18:42:00+02:00", "2018-09-07T18:42:00+02:00"},
      {"dated 2018/9/7.", "2018-09-07"},
  };
  for (auto const& [text, expected] : cases) EXPECT_EQ(found(text), expected) << text;
}

TEST(Dates, NumericOrderFollowsTheReader) {
  EXPECT_EQ(found("05/04/2020"), "2020-04-05");
  EXPECT_EQ(found("05/04/2020", DayOrder::month_first), "2020-05-04");
  EXPECT_EQ(found("25/04/2020", DayOrder::month_first), "2020-04-25");
  EXPECT_EQ(found("05.04.20"), "2020-04-05");
}

TEST(Dates, NumbersThatAreNoDatesAreLeftAlone) {
  for (auto const text : {"", "30 février 2019", "31/02/2020", "version 1.2.3", "call 555-12-34", "12 may", "in 2018",
                          "1 234 567", "2018-13-45", "99/99/9999", "May"}) {
    EXPECT_EQ(found(text), "none") << text;
  }
}

TEST(Dates, MachineFieldsKeepTheirOffset) {
  auto const read = [](std::string_view s) {
    auto const t = read_date_field(s);
    return t ? format_rfc3339(*t) : std::string("none");
  };
  EXPECT_EQ(read("2018-09-07T18:42:00+0200"), "2018-09-07T18:42:00+02:00");
  EXPECT_EQ(read("2018-09-07 18:42:00 +02:00"), "2018-09-07T18:42:00+02:00");
  EXPECT_EQ(read("2018-09-07T16:42:00.123Z"), "2018-09-07T16:42:00Z");
  EXPECT_EQ(read("Fri, 07 Sep 2018 18:42:00 +0200"), "2018-09-07T18:42:00+02:00");
  EXPECT_EQ(read("Fri, 07 Sep 2018 16:42:00 GMT"), "2018-09-07T16:42:00Z");
  EXPECT_EQ(read("20180907"), "2018-09-07");
  EXPECT_EQ(read("1536338520"), "2018-09-07T16:42:00Z");
  EXPECT_EQ(read("1536338520000"), "2018-09-07T16:42:00Z");
  EXPECT_EQ(read("soon"), "none");
}

std::optional<int64_t> seconds_ago(std::string_view line) {
  auto const back = count_back(line, false);
  return back ? std::optional(back->seconds) : std::nullopt;
}

TEST(RelativeDates, NumbersAreReadInSevenLanguages) {
  EXPECT_EQ(seconds_ago("posted 3 hours ago"), 3 * 3600);
  EXPECT_EQ(seconds_ago("publie il y a une heure"), 3600);
  EXPECT_EQ(seconds_ago("vor 5 minuten"), 300);
  EXPECT_EQ(seconds_ago("hace dos dias"), 2 * 86400);
  EXPECT_EQ(seconds_ago("2 ore fa"), 2 * 3600);
  EXPECT_EQ(seconds_ago("ha 3 semanas"), 21 * 86400);
  EXPECT_EQ(seconds_ago("4 uur geleden"), 4 * 3600);
  EXPECT_EQ(seconds_ago("il y a moins d une heure"), 3600);
  EXPECT_EQ(seconds_ago("il y a 3h"), 3 * 3600);
  EXPECT_EQ(seconds_ago("by odile kermor 12m ago"), 12 * 60);
  EXPECT_EQ(seconds_ago("a few minutes ago"), 60);
  EXPECT_EQ(seconds_ago("vor wenigen minuten"), 60);
}

TEST(RelativeDates, NamesOfDaysAreReadInSevenLanguages) {
  EXPECT_EQ(seconds_ago("aujourd hui a 14h05"), 0);
  EXPECT_EQ(seconds_ago("publie hier a 18 30 par odile kermor"), 86400);
  EXPECT_EQ(seconds_ago("avant hier a 9 h"), 2 * 86400);
  EXPECT_EQ(seconds_ago("yesterday at 3 15 pm"), 86400);
  EXPECT_EQ(seconds_ago("posted today by odile kermor"), 0);
  EXPECT_EQ(seconds_ago("gestern 14 05 uhr"), 86400);
  EXPECT_EQ(seconds_ago("veroffentlicht heute um 7 uhr"), 0);
  EXPECT_EQ(seconds_ago("ayer a las 21 10"), 86400);
  EXPECT_EQ(seconds_ago("ieri alle 10 45"), 86400);
  EXPECT_EQ(seconds_ago("hoje as 8h30"), 0);
  EXPECT_EQ(seconds_ago("gisteren om 12 00"), 86400);
}

TEST(RelativeDates, WhatNamesNoDayIsNone) {
  for (auto const line :
       {"a 3 minute read", "99999999999 days ago", "two months ago", "il y a quelques jours", "", "usa today",
        "aujourd hui", "heute", "hier on parle breton", "today s paper 3 pages", "yesterday was the day"}) {
    EXPECT_EQ(seconds_ago(line), std::nullopt) << line;
  }
  EXPECT_EQ(count_back("aujourd hui", true), (CountedBack{0, false}));  // the page calls the line a date
  EXPECT_EQ(count_back("usa today", true), std::nullopt);
}

TEST(RelativeDates, ChangesAreToldFromPublication) {
  EXPECT_EQ(count_back("updated 2 hours ago", false), (CountedBack{2 * 3600, true}));
  EXPECT_EQ(count_back("mis a jour hier a 18h30", false), (CountedBack{86400, true}));
  EXPECT_EQ(count_back("zuletzt aktualisiert gestern 18 30", false), (CountedBack{86400, true}));
  EXPECT_EQ(count_back("il y a un jour", false), (CountedBack{86400, false}));
  EXPECT_EQ(count_back("mis en ligne hier", false), (CountedBack{86400, false}));
}

// A page captured half past one at night.
Article article_dated(std::string_view line, bool seen = true) {
  source::Capture c;
  c.media = source::Media::html;
  c.body =
      "<html><head><title>The bridge opens again</title></head><body><article><h1>The bridge opens again</h1>" +
      std::string(line) +
      "<p>The moving bridge of Port-Brume, closed for eight months, opened again on Monday before the eyes of some "
      "two hundred people.</p></article></body></html>";
  if (seen) c.seen = parse_rfc3339("2021-03-05T01:30:00Z");
  Extractor extractor;
  auto a = extractor.extract(c);
  return a ? *a : Article();
}

std::string day(std::optional<Time> const& t) { return t ? format_rfc3339(*t) : "none"; }

TEST(RelativeDates, CountFromTheCaptureAndSayNothingWithoutIt) {
  EXPECT_EQ(day(article_dated("<p>Posted 3 hours ago</p>").published), "2021-03-04");
  EXPECT_EQ(day(article_dated("<p>Posted 3 hours ago</p>", false).published), "none");
  EXPECT_EQ(day(article_dated("<p>Yesterday at 10:15</p>").published), "2021-03-04");
  EXPECT_EQ(day(article_dated("<p>Yesterday at 10:15</p>", false).published), "none");
  EXPECT_EQ(day(article_dated("<p><time>Aujourd’hui</time></p>").published), "2021-03-05");
  EXPECT_EQ(day(article_dated("<p>Aujourd’hui</p>").published), "none");
}

TEST(Dates, ADateThatStandsAloneIsBelievedBeforeACaption) {
  auto const a = article_dated(
      "<div class=\"date\">The harbour master looks at the bridge from the quay of the fish market in Port-Brume, "
      "January "
      "16, 2021. Ida Marlow/Gazette</div><p>January 18, 2021</p>");
  EXPECT_EQ(day(a.published), "2021-01-18");
}

TEST(Dates, AMarkedDateThatReadersSeeIsBelievedBeforeTheData) {
  auto const a = article_dated(
      "<p itemprop=\"datePublished\">6 January 2021</p><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\","
      "\"datePublished\":\"2021-01-05T23:15:00Z\"}</script>");
  EXPECT_EQ(day(a.published).substr(0, 10), "2021-01-06");
}

TEST(RelativeDates, GiveWayToADateByTheHeadlineAndAreNamed) {
  EXPECT_EQ(day(article_dated("<p>Published 1 March 2021</p><p>3 hours ago</p>").published), "2021-03-01");
  auto const a = article_dated("<p>Published 2 days ago</p><p>Updated 3 hours ago</p>");
  EXPECT_EQ(day(a.published), "2021-03-03");
  EXPECT_EQ(day(a.modified), "2021-03-04");
  auto const named = [&](std::string_view field) {
    return std::count(a.diagnostics.begin(), a.diagnostics.end(),
                      std::string(field) + ": words that count back from the capture");
  };
  EXPECT_EQ(named("published"), 1);
  EXPECT_EQ(named("modified"), 1);
}

}  // namespace
}  // namespace vigie::article

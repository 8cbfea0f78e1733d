#include "article/dates.hpp"
#include "article/extract.hpp"
#include "article/relative_date.hpp"

#include <gtest/gtest.h>

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

TEST(RelativeDates, AreReadInSevenLanguages) {
  EXPECT_EQ(seconds_ago("posted 3 hours ago"), 3 * 3600);
  EXPECT_EQ(seconds_ago("publie il y a une heure"), 3600);
  EXPECT_EQ(seconds_ago("vor 5 minuten"), 300);
  EXPECT_EQ(seconds_ago("hace dos dias"), 2 * 86400);
  EXPECT_EQ(seconds_ago("2 ore fa"), 2 * 3600);
  EXPECT_EQ(seconds_ago("ha 3 semanas"), 21 * 86400);
  EXPECT_EQ(seconds_ago("4 uur geleden"), 4 * 3600);
  EXPECT_EQ(seconds_ago("a 3 minute read"), std::nullopt);
  EXPECT_EQ(seconds_ago("99999999999 days ago"), std::nullopt);
}

TEST(RelativeDates, CountFromTheCaptureAndSayNothingWithoutIt) {
  source::Capture c;
  c.media = source::Media::html;
  c.body =
      "<html><head><title>The bridge opens again</title></head><body><article><h1>The bridge opens again</h1>"
      "<p class=\"meta\">Posted 3 hours ago</p><p>The moving bridge of Port-Brume, closed for eight months, opened "
      "again on "
      "Monday before the eyes of some two hundred people.</p></article></body></html>";
  Extractor extractor;
  EXPECT_FALSE(extractor.extract(c)->published);
  c.seen = parse_rfc3339("2021-03-05T01:30:00Z");
  auto const a = extractor.extract(c);
  ASSERT_TRUE(a->published);
  EXPECT_EQ(format_rfc3339(*a->published), "2021-03-04");
}

}  // namespace
}  // namespace vigie::article

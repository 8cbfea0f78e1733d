// The small pure parts: addresses, cookies, dates, phrases, escaping, highlights, the state of a search.
#include <gtest/gtest.h>

#include "serve/escape.hpp"
#include "serve/feeds.hpp"
#include "serve/gzip.hpp"
#include "serve/highlight.hpp"
#include "serve/histogram.hpp"
#include "serve/locale.hpp"
#include "serve/search_state.hpp"
#include "serve/url.hpp"
#include "serve/words.hpp"

namespace vigie::serve {
namespace {

Request split(std::string target, bool expected = true) {
  Request request;
  request.target = std::move(target);
  EXPECT_EQ(split_target(request), expected) << request.target;
  return request;
}

TEST(Target, IsSplitAndDecoded) {
  auto const request = split("/search?q=l%27%C3%A9t%C3%A9+%2B1&source=Le%20Phare&source=b&empty=&flag");
  EXPECT_EQ(request.path, "/search");
  EXPECT_EQ(value_of(request.parameters, "q"), "l'été +1");
  EXPECT_EQ(request.parameters.size(), 5u);
  EXPECT_TRUE(has(request.parameters, "flag"));
  EXPECT_EQ(split("/a+b").path, "/a+b");
}

TEST(Target, RefusesWhatNoBrowserSends) {
  for (auto const* bad : {"http://x/", "*", "", "/%", "/%zz", "/%00", "/a?q=%ff", "/%0a"}) split(bad, false);
}

TEST(Target, DropsParametersBehindTheBound) {
  std::string target = "/?";
  for (int i = 0; i < 1000; ++i) target += "a=b&";
  EXPECT_EQ(split(target).parameters.size(), kMaxParameters);
}

TEST(Address, EncodesWhatItDecodes) {
  Parameters const parameters = {{"q", "a&b=\"c\" é+%"}, {"empty", ""}};
  auto const url = address("/search", parameters);
  EXPECT_EQ(url, "/search?q=a%26b%3D%22c%22%20%C3%A9%2B%25");
  EXPECT_EQ(value_of(split(url).parameters, "q"), parameters[0].second);
  EXPECT_EQ(encode_path("/article/a b"), "/article/a%20b");
}

TEST(WebAddress, OnlyHttpAndHttpsBecomeLinks) {
  EXPECT_TRUE(is_web_address("https://exemple.test/a?b=c#d"));
  EXPECT_TRUE(is_web_address("HTTP://exemple.test"));
  for (auto const* bad : {"javascript:alert(1)", "data:text/html,x", "//exemple.test", "/a", "https://", "ftp://a",
                          "https://a b", "https://a\"b", "https://a\nb", " https://a", ""}) {
    EXPECT_FALSE(is_web_address(bad)) << bad;
  }
  EXPECT_EQ(host_of("https://www.exemple.test:8/a"), "exemple.test:8");
  EXPECT_EQ(host_of("https://bank.test@evil.test/"), "evil.test");
}

TEST(Cookie, IsFoundByItsWholeName) {
  EXPECT_EQ(cookie_value("a=1; vigie_lang=en; b=2", "vigie_lang"), "en");
  EXPECT_EQ(cookie_value("xvigie_lang=en", "vigie_lang"), "");
  EXPECT_EQ(cookie_value("", "a"), "");
}

TEST(Negotiation, TakesTheWantedOfTheTwoLanguages) {
  EXPECT_EQ(negotiate("fr-FR,fr;q=0.9,en;q=0.8"), Language::french);
  EXPECT_EQ(negotiate("en-GB,en;q=0.9,fr;q=0.8"), Language::english);
  EXPECT_EQ(negotiate("de, en;q=0.5"), Language::english);
  EXPECT_EQ(negotiate("de"), Language::french);
  EXPECT_EQ(negotiate(""), Language::french);
  EXPECT_EQ(negotiate("en;q=0"), Language::french);
}

TEST(Dates, AreWrittenAsEachLanguageWritesThem) {
  auto const time = *parse_rfc3339("2018-09-07T18:42:00+02:00");
  EXPECT_EQ(long_time(time, Language::french), "vendredi 7\u00A0septembre 2018 à 18\u00A0h\u00A042");
  EXPECT_EQ(long_time(time, Language::english), "Friday 7\u00A0September 2018 at 18:42");
  EXPECT_EQ(long_time(*parse_rfc3339("2020-02-01"), Language::french), "samedi 1er\u00A0février 2020");
  EXPECT_EQ(hour_minute({{2020, 1, 1}, 9, 5}, Language::french), "9\u00A0h\u00A005");
  EXPECT_EQ(hour_minute({{2020, 1, 1}, 9, 5}, Language::english), "09:05");
  EXPECT_EQ(zone_suffix(time), "UTC+2");
  EXPECT_EQ(zone_suffix(*parse_rfc3339("2018-09-07T18:42:00-03:30")), "UTC\u22123:30");
  EXPECT_EQ(zone_suffix(*parse_rfc3339("2018-09-07")), "");
  EXPECT_EQ(rfc5322_date(time), "Fri, 07 Sep 2018 18:42:00 +0200");
  EXPECT_EQ(long_day({1969, 12, 31}, Language::english), "Wednesday 31\u00A0December 1969");
}

TEST(Numbers, AreGroupedAndAgree) {
  EXPECT_EQ(grouped(1234567, Language::french), "1\u202F234\u202F567");
  EXPECT_EQ(grouped(999, Language::english), "999");
  EXPECT_EQ(counted(0, "article", "articles", Language::french), "0\u00A0article");
  EXPECT_EQ(counted(0, "article", "articles", Language::english), "0\u00A0articles");
  EXPECT_EQ(byte_size(1500000, Language::french), "1,5\u00A0Mo");
  EXPECT_EQ(byte_size(1500, Language::english), "1.5\u00A0kB");
}

TEST(FrenchSpaces, AreNarrowBeforeHighMarks) {
  EXPECT_EQ(french_spaces("«\u00A0Non\u00A0» : 3 400 à 12 000 000"),
            "«\u202FNon\u202F»\u00A0: 3\u202F400 à 12\u202F000\u202F000");
  EXPECT_EQ(french_spaces("en 2018 300 au 10 20"), "en 2018 300 au 10 20");
  EXPECT_EQ(french_spaces("Quoi ? « Oui » : non !"), "Quoi\u202F? «\u202FOui\u202F»\u00A0: non\u202F!");
}

TEST(Escape, LeavesNothingThatMarksUp) {
  EXPECT_EQ(escape_html("<a href=\"x\" b='y'>&</a>"), "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;&lt;/a&gt;");
  EXPECT_EQ(escape_html(std::string_view("a\0\x01\x7F\xFF\u202E\u2066z", 13)), "a\uFFFDz");
  EXPECT_EQ(escape_html("é\n\t漢"), "é\n\t漢");
}

TEST(Highlight, IsCutIntoPiecesThatMakeUpTheText) {
  engine::Snippet const snippet{"une été ici", {{4, 9}, {0, 3}, {2, 5}, {100, 200}, {9, 3}}};
  std::string whole, marked;
  for (auto const& piece : pieces_of(snippet)) {
    whole += piece.text;
    if (piece.marked) marked += '[' + std::string(piece.text) + ']';
  }
  EXPECT_EQ(whole, snippet.text);
  EXPECT_EQ(marked, "[une][ ][été]");  // overlaps are cut, a bound inside "é" moves before it
  auto const points = highlights_in_code_points({"été", {{2, 5}}});
  ASSERT_EQ(points.size(), 1u);
  EXPECT_EQ(points[0].begin, 1u);
  EXPECT_EQ(points[0].end, 3u);
}

TEST(SearchState, SurvivesItsOwnAddress) {
  SearchState state;
  state.words = "digue -sport \"vieux port\"";
  state.sources = {"Le Phare", "B"};
  state.languages = {"fr"};
  state.date = "2018-09";
  state.sort = engine::Sort::date;
  state.page = 3;
  auto const again = SearchState::from(split(state.address("/search")).parameters);
  EXPECT_EQ(again.words, state.words);
  EXPECT_EQ(again.sources, state.sources);
  EXPECT_EQ(again.languages, state.languages);
  EXPECT_EQ(again.date, state.date);
  EXPECT_EQ(again.sort, state.sort);
  EXPECT_EQ(again.page, 3u);
  EXPECT_EQ(again.query(),
            "(source:\"Le Phare\" OR source:\"B\") lang:\"fr\" date:2018-09 digue -sport \"vieux port\"");
}

TEST(SearchState, FiltersCannotBeSwallowedByTheWords) {
  auto const state = SearchState::from({{"q", "a OR b \""}, {"source", "x\" OR y"}, {"date", "2018) OR (x"}});
  EXPECT_EQ(state.query(), "source:\"x  OR y\" (a OR b \")");
  EXPECT_TRUE(state.date.empty());
}

TEST(SearchState, TogglesAFilterAndGoesBackToTheFirstPage) {
  auto const state = SearchState::from({{"q", "a"}, {"page", "4"}, {"source", "x"}});
  EXPECT_EQ(state.with_source("x").address("/search"), "/search?q=a");
  EXPECT_EQ(state.with_source("y").sources.size(), 2u);
  EXPECT_EQ(state.on_page(2).address("/search"), "/search?q=a&source=x&page=2");
}

TEST(NumberParameter, IsBounded) {
  Parameters const parameters = {{"a", "12"}, {"b", "99999999999999"}, {"c", "-1"}, {"d", "1x"}};
  EXPECT_EQ(number_of(parameters, "a", 5, 100), 12u);
  EXPECT_EQ(number_of(parameters, "b", 5, 100), 100u);
  EXPECT_EQ(number_of(parameters, "c", 5, 100), 5u);
  EXPECT_EQ(number_of(parameters, "d", 5, 100), 5u);
  EXPECT_EQ(number_of(parameters, "e", 5, 100), 5u);
}

TEST(DateLabel, NamesMonthsAndDays) {
  EXPECT_EQ(date_label("2018-09", Language::french), "septembre 2018");
  EXPECT_EQ(date_label("2018-09-07", Language::english), "7\u00A0Sep\u00A02018");
  EXPECT_EQ(date_label("2018", Language::french), "2018");
}

TEST(AcceptEncoding, IsReadWithItsQualities) {
  EXPECT_TRUE(accepts_gzip("gzip, deflate, br"));
  EXPECT_TRUE(accepts_gzip("br;q=1.0, gzip;q=0.8"));
  EXPECT_FALSE(accepts_gzip("gzip;q=0"));
  EXPECT_FALSE(accepts_gzip("gzip;q=0.0, br"));
  EXPECT_FALSE(accepts_gzip("xgzip"));
  EXPECT_FALSE(accepts_gzip(""));
}

}  // namespace
}  // namespace vigie::serve

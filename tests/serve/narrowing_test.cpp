// What narrows a search: histogram, days of the form, people and places, suggestions; and the stories of the front
// page.
#include <gtest/gtest.h>

#include "serve/assets.hpp"
#include "serve/fake_store.hpp"
#include "serve/histogram.hpp"
#include "serve/suggestions.hpp"
#include "serve/top_stories.hpp"

namespace vigie::serve {
namespace {

std::string drawn(engine::Facets const& facets) {
  static auto const words = Words::load(find_asset("words.txt")->bytes);
  static auto const templates = Templates::load(*words);
  auto fields = histogram_fields(facets, SearchState(), Language::french);
  return templates->render("search", Language::french, fields.flag("has_narrow", true));
}

TEST(Histogram, IsDrawnByDayWhereDaysAreFewElseByMonthElseByYear) {
  engine::Facets facets;
  facets.month = {{"2026-11", 9}};
  facets.day = {{"2026-11-09", 4}, {"2026-11-05", 5}};
  EXPECT_NE(drawn(facets).find("data-period=\"2026-11-05\""), std::string::npos);
  facets.day.clear();
  EXPECT_EQ(drawn(facets).find("data-histogram"), std::string::npos);  // one bar narrows nothing
  facets.month = {{"2026-11", 9}, {"2026-09", 1}};
  EXPECT_NE(drawn(facets).find("data-period=\"2026-09\""), std::string::npos);
  facets.month = {{"2026-11", 9}, {"1974-03", 1}, {"pas une date", 3}, {"2026-13", 3}};
  EXPECT_NE(drawn(facets).find("data-period=\"1974\""), std::string::npos);
  facets.month = {{"2026-11", 9}, {"2025-11", 2}, {"0001-01", 1}};  // a stray date flattens nothing
  EXPECT_EQ(drawn(facets).find("data-period=\"1\""), std::string::npos);
  EXPECT_NE(drawn(facets).find("data-period=\"2025\""), std::string::npos);
}

TEST(DateLabel, NamesDaysMonthsYearsAndIntervals) {
  EXPECT_EQ(date_label("2018-09", Language::french), "septembre 2018");
  EXPECT_EQ(date_label("2018", Language::french), "2018");
  EXPECT_EQ(date_label("2018-09-01/2018-09-07", Language::english),
            "1\u00A0Sep\u00A0"
            "2018 – 7\u00A0Sep\u00A0"
            "2018");
  EXPECT_EQ(date_label("2018-09/", Language::french), "2018-09/");
}

SearchState state_of(std::string target) {
  Request request;
  request.target = std::move(target);
  EXPECT_TRUE(split_target(request));
  return SearchState::from(request.parameters);
}

TEST(SearchState, TwoDaysOfTheFormAreAnInterval) {
  EXPECT_EQ(state_of("/search?from=2026-11-05&to=2026-11-07").date, "2026-11-05/2026-11-07");
  EXPECT_EQ(state_of("/search?from=2026-11-07&to=2026-11-05").date, "2026-11-05/2026-11-07");
  EXPECT_EQ(state_of("/search?from=2026-11-05&to=2026-11-05").date, "2026-11-05");
  EXPECT_EQ(state_of("/search?from=2026-11-05&to=").date, "2026-11-05/");
  EXPECT_EQ(state_of("/search?from=&to=2026-11-05").date, "/2026-11-05");
  EXPECT_EQ(state_of("/search?from=hier&to=\"x").date, "");
  EXPECT_EQ(state_of("/search?date=2026&from=2026-11-05").date, "2026");
}

TEST(SearchState, PeopleAndPlacesAreAllAskedForAndCanBeTakenAway) {
  auto const state = state_of("/search?q=digue&person=Anne%20%22Le%22&place=Lyon&place=Nice");
  EXPECT_EQ(state.query(), "person:\"Anne  Le \" place:\"Lyon\" place:\"Nice\" digue");
  EXPECT_EQ(state.with_place("Nice").query(), "person:\"Anne  Le \" place:\"Lyon\" digue");
  EXPECT_EQ(state.with_person("Anne \"Le\"").with_place("Lyon").with_place("Nice").query(), "digue");
}

std::vector<std::string> completed(Suggestions const& suggestions, std::string_view typed) {
  std::vector<std::string> out;
  for (auto const& suggestion : suggestions.complete(typed)) out.push_back(suggestion.query);
  return out;
}

TEST(Suggestions, CompleteTheLastWordWithNamesSourcesAndHeadlines) {
  FakeStore store;
  Suggestions const suggestions(store);
  EXPECT_EQ(completed(suggestions, "kerb"), std::vector<std::string>{"person:\"Solène Kerbrat\""});
  EXPECT_EQ(completed(suggestions, "digue SOLE"), std::vector<std::string>{"digue person:\"Solène Kerbrat\""});
  EXPECT_EQ(completed(suggestions, "-gaze"), std::vector<std::string>{"-source:\"La Gazette des Dunes\""});
  auto const found = suggestions.complete("harb");
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].query, "org:\"Harbour Council\"");
  EXPECT_EQ(found[1].query, "source:\"Harbour Courier\"");
  EXPECT_EQ(found[2].kind, "headline");
  EXPECT_EQ(found[2].id, "digue-2");
}

TEST(Suggestions, AreNoneInsidePhrasesBehindFieldsAndForTooLittle) {
  FakeStore store;
  store.keep(hostile_article(), hostile_findings());
  Suggestions const suggestions(store);
  for (auto const* typed : {"", " ", "k", "\"kerb", "titre:kerb", "kerb*", "kerb~1", "zzzz", "kerbrat "}) {
    EXPECT_EQ(completed(suggestions, typed), std::vector<std::string>()) << typed;
  }
  EXPECT_EQ(completed(suggestions, std::string(5000, 'k')), std::vector<std::string>());
  for (auto const& found : suggestions.complete("script")) EXPECT_EQ(found.kind, "headline");  // no name holds a quote
}

TEST(TopStories, AreThoseThatSeveralSourcesTell) {
  FakeStore store;
  store.keep(hostile_article(), hostile_findings());  // a story of one source
  TopStories const stories(store);
  auto const told = stories.at(1);
  ASSERT_EQ(told->size(), 1u);
  EXPECT_EQ(told->front().id, "hdigue");
  EXPECT_EQ(told->front().sources, 2u);
  EXPECT_EQ(told, stories.at(1));  // answered from memory
}

}  // namespace
}  // namespace vigie::serve

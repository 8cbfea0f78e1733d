#include "query/parse.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>
#include <random>

#include "base/time.hpp"
#include "base/zone.hpp"

namespace vigie::query {
namespace {

constexpr int64_t kNow = 1536336000;  // 2018-09-07T16:00:00Z

ParsedQuery read(std::string_view query) { return parse(query, {kNow}); }
std::string echo_of(std::string_view query) { return read(query).echo; }
NodeKind root_of(std::string_view query) { return read(query).root_node().kind; }

TEST(Parse, words_are_joined_by_and) {
  auto const parsed = read("idleb sommet");
  EXPECT_EQ(parsed.root_node().kind, NodeKind::conjunction);
  EXPECT_EQ(parsed.bare_words.size(), 2u);
  EXPECT_FALSE(parsed.has_operators);
  EXPECT_EQ(parsed.echo, "idleb sommet");
  EXPECT_TRUE(parsed.notes.empty());
}

TEST(Parse, or_joins_its_two_neighbours) {
  EXPECT_EQ(echo_of("a b OR c d"), "a (b OR c) d");
  EXPECT_EQ(echo_of("lactalis OR salmonelles"), "lactalis OR salmonelles");
  EXPECT_EQ(echo_of("a AND b OR c"), "a (b OR c)");
  EXPECT_EQ(echo_of("(a b) OR c"), "(a b) OR c");
}

TEST(Parse, not_and_minus_exclude) {
  EXPECT_EQ(echo_of("idleb -syrie"), "idleb -syrie");
  EXPECT_EQ(echo_of("idleb AND NOT syrie"), "idleb -syrie");
  EXPECT_EQ(echo_of("NOT NOT a"), "a");
  EXPECT_EQ(echo_of("-(a b)"), "-(a b)");
  EXPECT_EQ(root_of("-a"), NodeKind::negation);
  EXPECT_EQ(echo_of("a - b"), "a b");
}

TEST(Parse, phrases_in_every_quotation_mark) {
  for (auto const* query : {"\"bain de sang\"", "« bain de sang »", "“bain de sang”", "«bain de sang\""}) {
    auto const parsed = read(query);
    EXPECT_EQ(parsed.root_node().kind, NodeKind::phrase) << query;
    EXPECT_EQ(parsed.root_node().words.size(), 3u) << query;
    EXPECT_TRUE(parsed.has_operators);
  }
}

TEST(Parse, joined_words_are_a_row_of_inflected_words) {
  auto const parsed = read("Saint-Martin l'affaire");
  ASSERT_EQ(parsed.bare_words.size(), 2u);
  EXPECT_EQ(parsed.nodes[parsed.bare_words[0]].kind, NodeKind::phrase);
  EXPECT_TRUE(parsed.nodes[parsed.bare_words[0]].stemmed);
  EXPECT_EQ(parsed.nodes[parsed.bare_words[1]].words[0].folded, "affaire");
}

TEST(Parse, near_prefix_and_typo) {
  EXPECT_EQ(echo_of("poutine NEAR/7 erdogan"), "poutine NEAR/7 erdogan");
  EXPECT_EQ(root_of("poutine NEAR erdogan"), NodeKind::near);
  EXPECT_EQ(read("poutine NEAR/900 erdogan").root_node().distance, 32u);
  EXPECT_EQ(root_of("turqu*"), NodeKind::prefix);
  EXPECT_EQ(root_of("erdogan~1"), NodeKind::fuzzy);
  EXPECT_EQ(root_of("roi~"), NodeKind::word);
  EXPECT_EQ(read("roi~").notes.size(), 1u);
}

TEST(Parse, fields_in_both_languages) {
  EXPECT_EQ(read("titre:poutine").root_node().fields, kTitle | kKicker);
  EXPECT_EQ(read("TITLE:poutine").root_node().fields, kTitle | kKicker);
  EXPECT_EQ(read("chapo:(a b)").nodes[0].fields, kLede);
  EXPECT_EQ(root_of("source:www.example.org"), NodeKind::source);
  EXPECT_EQ(root_of("lang:fr"), NodeKind::language);
  EXPECT_EQ(root_of("auteur:\"Jeanne Petit\""), NodeKind::author);
  EXPECT_EQ(root_of("dit:paix"), NodeKind::word);
  EXPECT_EQ(root_of("personne:dupont"), NodeKind::author);
  EXPECT_EQ(root_of("histoire:7"), NodeKind::story);
  EXPECT_EQ(root_of("histoire:0"), NodeKind::nothing);
  EXPECT_EQ(read("histoire:aucune").notes.size(), 1u);
  EXPECT_EQ(echo_of("titre:poutine -source:a.fr"), "titre:poutine -source:a.fr");
}

TEST(Parse, an_unknown_field_is_words_and_a_note) {
  auto const parsed = read("sujet:climat");
  EXPECT_EQ(parsed.root_node().kind, NodeKind::phrase);
  ASSERT_EQ(parsed.notes.size(), 1u);
  EXPECT_EQ(parsed.notes[0].begin, 0u);
  EXPECT_EQ(parsed.notes[0].end, 6u);
}

class Dates : public testing::Test {
 protected:
  void SetUp() override {
    setenv("TZ", "Europe/Paris", 1);
    tzset();
  }
  void TearDown() override {
    unsetenv("TZ");
    tzset();
  }
  static std::string range(std::string_view query) {
    auto const parsed = read(query);
    Node const& node = parsed.root_node();
    if (node.kind != NodeKind::published && node.kind != NodeKind::seen) return "none";
    auto const text = [](int64_t at) {
      return at == kLongAgo || at == kFarAhead ? std::string("..") : format_rfc3339(utc_from_epoch(at));
    };
    return text(node.from_s) + " " + text(node.to_s);
  }
};

TEST_F(Dates, days_months_and_years_are_those_of_the_zone) {
  EXPECT_EQ(range("date:2018-09-07"), "2018-09-06T22:00:00Z 2018-09-07T22:00:00Z");
  EXPECT_EQ(range("date:2018-12"), "2018-11-30T23:00:00Z 2018-12-31T23:00:00Z");
  EXPECT_EQ(range("vu:2018"), "2017-12-31T23:00:00Z 2018-12-31T23:00:00Z");
  EXPECT_EQ(range("date:2018-03-25"),
            "2018-03-24T23:00:00Z 2018-03-25T22:00:00Z");  // 23 hours long
}

TEST_F(Dates, intervals_hold_both_ends) {
  EXPECT_EQ(range("date:2018-09-01/2018-09-07"), "2018-08-31T22:00:00Z 2018-09-07T22:00:00Z");
  EXPECT_EQ(range("date:2018-09/"), "2018-08-31T22:00:00Z ..");
  EXPECT_EQ(range("date:/2018"), ".. 2018-12-31T23:00:00Z");
  EXPECT_EQ(range("date:2018-09-07T10:00:00Z/2018-09-07T10:00:01Z"), "2018-09-07T10:00:00Z 2018-09-07T10:00:02Z");
}

TEST_F(Dates, periods_count_back_from_now) {
  EXPECT_EQ(range("vu:P7D/"), "2018-08-31T16:00:00Z 2018-09-07T16:00:01Z");
  EXPECT_EQ(range("vu:P1M"), "2018-08-07T16:00:00Z 2018-09-07T16:00:01Z");
  EXPECT_EQ(range("vu:PT2H/"), "2018-09-07T14:00:00Z 2018-09-07T16:00:01Z");
  EXPECT_EQ(range("date:2018-09-01/P1W"), "2018-08-31T22:00:00Z 2018-09-07T22:00:00Z");
  EXPECT_EQ(range("date:P1D/2018-09-07"), "2018-09-06T22:00:00Z 2018-09-07T22:00:00Z");
}

TEST_F(Dates, what_is_no_date_is_ignored_with_a_note) {
  for (auto const* query :
       {"date:demain", "date:2018-13", "date:2018-02-30", "date:/", "date:P/", "date:P7X", "date:99999"}) {
    EXPECT_EQ(range(query), "none") << query;
    EXPECT_FALSE(read(query).notes.empty()) << query;
  }
}

TEST_F(Dates, the_latest_date_asked_for_is_kept) {
  EXPECT_FALSE(read("a").latest_date_s);
  EXPECT_FALSE(read("vu:2018").latest_date_s);
  EXPECT_EQ(read("date:2018-09-07").latest_date_s, day_start_s({2018, 9, 8}) - 1);
}

TEST(Parse, an_empty_query_is_everything_and_garbage_is_nothing) {
  EXPECT_EQ(root_of(""), NodeKind::all);
  EXPECT_EQ(root_of("  \n"), NodeKind::all);
  for (auto const* garbage : {"*", "()", "\"\"", "!!", "OR", "NOT", "date:x", "\"", ")", "(", "-", "«»", "titre:"}) {
    auto const parsed = read(garbage);
    EXPECT_EQ(parsed.root_node().kind, NodeKind::nothing) << garbage;
    EXPECT_FALSE(parsed.notes.empty()) << garbage;
  }
}

TEST(Parse, malformed_queries_keep_what_can_be_read) {
  EXPECT_EQ(echo_of("\"bain de"), "\"bain de\"");
  EXPECT_EQ(read("\"bain de").notes.size(), 1u);
  EXPECT_EQ(echo_of("(a b"), "a b");
  EXPECT_EQ(echo_of("a) b"), "a b");
  EXPECT_EQ(echo_of("a OR"), "a");
  EXPECT_EQ(echo_of("OR a"), "a");
  EXPECT_EQ(echo_of("a NEAR/5"), "a");
  EXPECT_EQ(echo_of("a titre:"), "a");
  EXPECT_EQ(echo_of("a *"), "a");
}

TEST(Parse, a_word_that_holds_an_operator_is_echoed_as_the_same_words) {
  EXPECT_EQ(echo_of("!NEAR/5"), "near/5");
  EXPECT_EQ(echo_of("!OR!"), "or");
  EXPECT_EQ(echo_of("NEARBY-L'Été"), "nearBY-L'Été");
  std::string tail;
  for (int i = 0; i < 60; ++i) tail += "-Mot" + std::to_string(i);
  EXPECT_EQ(echo_of("NEAR" + tail), "near" + tail);
}

TEST(Parse, ten_thousand_words_are_bounded) {
  std::string query;
  for (int i = 0; i < 10000; ++i) query += "mot" + std::to_string(i) + " ";
  auto const parsed = read(query);
  EXPECT_LE(parsed.nodes.size(), 300u);
  EXPECT_GE(parsed.notes.size(), 2u);
  std::string sources;
  for (int i = 0; i < 3000; ++i) sources += "source:a ";
  EXPECT_LE(read(sources).nodes.size(), 300u);
}

TEST(Parse, depth_is_bounded) {
  auto const parsed = read(std::string(10000, '(') + "a" + std::string(10000, ')') + " b");
  EXPECT_EQ(parsed.echo, "a b");
  EXPECT_FALSE(parsed.notes.empty());
  EXPECT_EQ(echo_of(std::string(5000, '-') + "a"), "a");
}

// Reading the echo gives the echo, whatever was typed; notes stay inside the query.
TEST(Parse, reading_the_echo_again_changes_nothing) {
  std::mt19937 random(3);
  std::vector<std::string> const parts = {
      "a",      "été",   "OR",      "AND",     "NOT",       "-",       "(",     ")",          "\"",           "«", "»",
      "NEAR/3", "mot*",  "mots~1",  "titre:",  "date:2018", "source:", "l'ONU", "Saint-Just", "vu:2018/2019", ":", "*",
      "3,5",    "dit:x", "U.R.S.S", "lang:fr", "~",         "foo:bar", "\xFF",  "/",          "auteur:",      " "};
  for (int round = 0; round < 20000; ++round) {
    std::string query;
    for (size_t i = random() % 9; i > 0; --i) query += parts[random() % parts.size()] + (random() % 3 ? " " : "");
    auto const parsed = read(query);
    for (Note const& note : parsed.notes) {
      ASSERT_LE(note.begin, note.end) << query;
      ASSERT_LE(note.end, query.size()) << query;
      ASSERT_FALSE(note.text.empty() || note.text_fr.empty());
    }
    auto const again = read(parsed.echo);
    if (parsed.root_node().kind == NodeKind::nothing) continue;
    ASSERT_EQ(again.echo, parsed.echo) << query;
    ASSERT_EQ(again.root_node().kind, parsed.root_node().kind) << query << " -> " << parsed.echo;
  }
}

}  // namespace
}  // namespace vigie::query

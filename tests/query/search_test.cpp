#include "query/search.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>

#include "index/index.hpp"
#include "index/invented.hpp"
#include "query/cursor.hpp"
#include "query/oracle.hpp"
#include "query/parse.hpp"

namespace vigie::query {
namespace {

using index::Invented;
using index::random_article;

class SearchTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "/vigie_search_" + std::to_string(::getpid()) + "_" +
              testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder_);
    open();
  }
  void TearDown() override {
    index_.reset();
    std::filesystem::remove_all(folder_);
  }
  void open() {
    index_.reset();
    auto opened = index::Index::open(folder_, real_fs());
    ASSERT_TRUE(opened) << opened.error().message;
    index_ = std::move(*opened);
  }
  void add(Invented const& article) {
    index_->add(article.document());
    oracle_.add(article);
  }
  // One article with this title, body and time; rows count from 1.
  void add(std::string title, std::string body, int64_t time_s = 1'000'000, std::string language = "fr") {
    Invented article;
    article.row = ++rows_;
    article.time_s = article.seen_s = time_s;
    article.published_s = time_s;
    article.title = std::move(title);
    article.body = {std::move(body)};
    article.language = std::move(language);
    add(article);
  }
  void erase(uint64_t row) {
    index_->erase(row);
    oracle_.erase(row);
  }

  void regroup(uint64_t row, uint64_t copy_group, uint64_t story) {
    index_->regroup(row, copy_group, story);
    oracle_.regroup(row, copy_group, story);
  }

  std::vector<uint64_t> rows(std::string_view query, Sort sort = Sort::relevance) {
    index_->publish();
    SearchOptions options;
    options.sort = sort;
    options.limit = 1000;
    std::vector<uint64_t> out;
    for (Hit const& hit : search(*index_->snapshot(), parse(query, {0}), options).hits) out.push_back(hit.row);
    return out;
  }
  std::vector<uint64_t> sorted_rows(std::string_view query) {
    auto out = rows(query, Sort::date);
    std::ranges::sort(out);
    return out;
  }

  // Everything the answer says is what the oracle says.
  void expect_agreement(std::string const& query, SearchOptions options) {
    for (bool const passes_over : {true, false}) {
      options.passes_over = passes_over;
      options.alone = std::chrono::microseconds(passes_over ? 0 : 1'000'000);
      ASSERT_NO_FATAL_FAILURE(expect_agreement_one_way(query, options))
          << (passes_over ? "passing over" : "scoring all");
    }
  }
  void expect_agreement_one_way(std::string const& query, SearchOptions const& options) {
    SCOPED_TRACE(query + (options.sort == Sort::date ? " by date" : " by relevance"));
    auto const parsed = parse(query, {1'500'900'000});
    auto const expected = oracle_.answer(parsed, options);
    Answer const answer = search(*index_->snapshot(), parsed, options);
    ASSERT_EQ(answer.total, expected.size());
    std::vector<uint64_t> whole;
    for (auto const& judged : expected) {
      if (judged.whole) whole.push_back(judged.row);
    }
    ASSERT_EQ(answer.full, whole.size());
    std::ranges::sort(whole);
    ASSERT_EQ(matching_rows(*index_->snapshot(), parsed), whole);
    size_t const begin = std::min<size_t>(options.offset, expected.size());
    ASSERT_EQ(answer.hits.size(), std::min<size_t>(options.limit, expected.size() - begin));
    for (size_t i = 0; i < answer.hits.size(); ++i) {
      Hit const& hit = answer.hits[i];
      auto const& there = expected[begin + i];
      ASSERT_NEAR(hit.score, there.score, 1e-6 * std::max(1.0, there.score)) << "rank " << i;
      ASSERT_EQ(hit.partial, !there.whole) << "rank " << i;
      // Scores that differ by rounding alone may stand in either order.
      auto const same = std::ranges::find(expected, hit.row, &Oracle::Judged::row);
      ASSERT_NE(same, expected.end());
      ASSERT_NEAR(same->score, hit.score, 1e-6 * std::max(1.0, hit.score)) << "row " << hit.row;
      if (options.sort == Sort::date) {
        ASSERT_EQ(hit.row, there.row);
      }
    }
  }

  std::string folder_;
  std::unique_ptr<index::Index> index_;
  Oracle oracle_;
  uint64_t rows_ = 0;
};

TEST_F(SearchTest, words_match_across_case_accents_elision_ligatures_and_inflection) {
  add("Réunion de l'ONU à Téhéran", "Les réfugiés syriens ont œuvré. Aujourd’hui encore.");
  for (auto const* query : {"onu", "L'ONU", "teheran", "TÉHÉRAN", "refugie", "syrienne", "oeuvre", "aujourd'hui"}) {
    EXPECT_EQ(rows(query).size(), 1u) << query;
  }
  for (auto const* query : {"rechercher", "tehe", "huit"}) EXPECT_TRUE(rows(query).empty()) << query;
}

TEST_F(SearchTest, phrases_match_written_forms_in_a_row) {
  add("",
      "une \"stabilisation par étapes\" à Idleb, dernière poche. Un \"bain "
      "de sang\".");
  EXPECT_EQ(rows("\"stabilisation par étapes\"").size(), 1u);
  EXPECT_EQ(rows("« STABILISATION, par etapes »").size(), 1u);
  EXPECT_TRUE(rows("\"par étapes stabilisation\"").empty());
  EXPECT_TRUE(rows("\"stabilisations par étapes\"").empty());
  EXPECT_TRUE(rows("\"étapes idleb\"").empty());
}

TEST_F(SearchTest, phrases_run_neither_across_fields_nor_across_blocks) {
  Invented article;
  article.row = 1;
  article.title = "chat noir";
  article.lede = "chien blanc";
  article.body = {"souris grise", "cheval brun"};
  add(article);
  EXPECT_EQ(rows("\"souris grise\"").size(), 1u);
  for (auto const* query : {"\"noir chien\"", "\"blanc souris\"", "\"grise cheval\"", "noir NEAR/32 chien"}) {
    EXPECT_TRUE(rows(query).empty()) << query;
  }
  EXPECT_EQ(rows("grise NEAR/9 cheval").size(), 1u);
  EXPECT_TRUE(rows("grise NEAR/8 cheval").empty());
}

TEST_F(SearchTest, fields_sources_languages_authors_and_dates_narrow) {
  Invented article;
  article.row = 1;
  article.time_s = article.seen_s = 1'536'300'000;  // 2018-09-07
  article.title = "Poutine à Téhéran";
  article.lede = "Un sommet";
  article.body = {"La Syrie"};
  article.authors = {"Jeanne Petit", "Paul Grand"};
  article.source = "www.sport.exemple.fr";
  add(article);
  for (auto const* query :
       {"titre:poutine", "chapo:sommet", "corps:syrie", "source:exemple.fr", "source:sport.exemple.fr", "langue:FR",
        "auteur:petit", "auteur:\"jeanne petit\"", "vu:2018-09-07", "-titre:syrie"}) {
    EXPECT_EQ(rows(query).size(), 1u) << query;
  }
  for (auto const* query :
       {"titre:sommet", "chapo:poutine", "corps:poutine", "source:emple.fr", "source:fr", "langue:en",
        "auteur:\"jeanne grand\"", "date:2018-09-07", "date:2018", "vu:2017", "dit:syrie", "petit"}) {
    EXPECT_TRUE(rows(query).empty()) << query;
  }
}

TEST_F(SearchTest, names_quotes_speakers_and_stories_are_asked_for_by_field) {
  Invented article;
  article.row = 1;
  article.title = "Sommet";
  article.body = {"La paix viendra, a dit la ministre. Rien ne presse."};
  article.quotes = {{"La paix viendra", "Anna Dupont"}, {"Rien ne presse", ""}};
  article.people = {"Anna Dupont", "Jean Martin"};
  article.organisations = {"Nations unies"};
  article.places = {"Genève"};
  article.story = 7;
  add(article);
  for (auto const* query : {"personne:dupont", "person:\"anna dupont\"", "org:nations", "lieu:geneve", "dit:paix",
                            "said:\"la paix viendra\"", "dit:(paix rien)", "dit:vien*", "par:anna", "histoire:7",
                            "speaker:dupont dit:paix sommet", "dit:(paix NEAR/2 viendra)"}) {
    EXPECT_EQ(rows(query).size(), 1u) << query;
  }
  for (auto const* query : {"personne:\"jean dupont\"", "par:martin", "dit:ministre", "dit:\"viendra rien\"",
                            "lieu:anna", "histoire:8", "dupont", "geneve"}) {
    EXPECT_TRUE(rows(query).empty()) << query;
  }
  regroup(1, 0, 8);
  EXPECT_EQ(rows("histoire:8").size(), 1u);
  ASSERT_TRUE(index_->seal(1));
  open();
  EXPECT_EQ(rows("histoire:8").size(), 1u);
  EXPECT_TRUE(rows("histoire:7").empty());
  regroup(1, 0, 9);
  ASSERT_TRUE(index_->seal(2));
  open();
  EXPECT_EQ(rows("histoire:9").size(), 1u);
}

TEST_F(SearchTest, a_word_stems_by_the_rules_of_each_document) {
  add("notes", "les notes du ministre", 1, "fr");
  add("not", "it is not so", 2, "en");
  EXPECT_EQ(sorted_rows("note"), (std::vector<uint64_t>{1}));
}

TEST_F(SearchTest, articles_that_leave_out_a_word_may_follow_marked_partial) {
  add("incendie", "les causes de l'incendie");
  add("cathédrale", "rien d'autre");
  add("rien", "rien incendie causes cathédrale");
  SearchOptions options;
  auto const parsed = parse("incendie cathédrale causes", {});
  index_->publish();
  auto const answer = search(*index_->snapshot(), parsed, options);
  ASSERT_EQ(answer.hits.size(), 2u);
  for (auto const& hit : answer.hits) EXPECT_EQ(hit.partial, hit.row == 1) << hit.row;
  EXPECT_EQ(answer.full, 1u);
  EXPECT_EQ(answer.total, 2u);
  options.strict = true;
  EXPECT_EQ(search(*index_->snapshot(), parsed, options).total, 1u);
  options.strict = false;
  options.sort = Sort::date;
  EXPECT_EQ(search(*index_->snapshot(), parsed, options).total, 1u);
  EXPECT_EQ(rows("incendie AND cathédrale AND causes").size(), 1u);
}

TEST_F(SearchTest, an_accented_word_prefers_the_accented_form) {
  add("marche", "la marche");
  add("marché", "le marché");
  EXPECT_EQ(rows("marché").front(), 2u);
  EXPECT_EQ(rows("marche").size(), 2u);
}

TEST_F(SearchTest, newer_articles_stand_before_older_ones_that_are_alike) {
  add("chat", "chat", 1'000'000'000);
  add("chat", "chat", 1'000'000'000 + 20 * 86400);
  EXPECT_EQ(rows("chat"), (std::vector<uint64_t>{2, 1}));
}

TEST_F(SearchTest, equal_scores_are_ordered_by_time_then_row) {
  for (int i = 0; i < 5; ++i) add("chat", "chat", 500);
  EXPECT_EQ(rows("chat"), (std::vector<uint64_t>{5, 4, 3, 2, 1}));
  EXPECT_EQ(rows("chat", Sort::date), (std::vector<uint64_t>{5, 4, 3, 2, 1}));
}

TEST_F(SearchTest, prefixes_that_match_too_much_are_cut_with_a_note) {
  for (int i = 0; i < 300; ++i) add("", "mot" + std::to_string(i));
  index_->publish();
  auto const answer = search(*index_->snapshot(), parse("mot*", {0}), {});
  EXPECT_EQ(answer.total, 256u);
  EXPECT_EQ(answer.notes.size(), 1u);
}

TEST_F(SearchTest, facets_count_every_match) {
  std::mt19937 random(2);
  for (uint64_t row = 1; row <= 200; ++row) {
    add(random_article(random, row));
    if (row == 120) {
      ASSERT_TRUE(index_->seal(row));
    }
  }
  index_->publish();
  SearchOptions options;
  options.facets = true;
  options.limit = 1;
  auto const answer = search(*index_->snapshot(), parse("le -chien", {0}), options);
  uint64_t sum = 0;
  for (auto const& value : answer.facets.source) sum += value.count;
  EXPECT_EQ(sum, answer.total);
  std::map<std::string, uint64_t> people;
  for (Oracle::Judged const& judged : oracle_.answer(parse("le -chien", {0}), options)) {
    for (auto const& name : oracle_.article(judged.row).people) ++people[name];
  }
  EXPECT_EQ(answer.facets.person.size(), people.size());
  for (auto const& value : answer.facets.person) EXPECT_EQ(people[value.value], value.count) << value.value;
  EXPECT_TRUE(std::ranges::is_sorted(answer.facets.month, std::greater{}, &index::ValueCount::value));
  EXPECT_TRUE(std::ranges::is_sorted(answer.facets.source, std::greater{}, &index::ValueCount::count));
}

TEST_F(SearchTest, facets_are_the_same_counted_alone_and_with_a_spare_thread) {
  std::mt19937 random(4);
  for (uint64_t row = 1; row <= 240; ++row) {
    add(random_article(random, row));
    if (row % 30 == 0) {
      ASSERT_TRUE(index_->seal(row));
    }
  }
  index_->publish();
  auto const facets = [&](std::chrono::microseconds alone) {
    SearchOptions options;
    options.facets = true;
    options.alone = alone;
    return search(*index_->snapshot(), parse("le -chien", {0}), options).facets;
  };
  Facets const alone = facets(std::chrono::hours(1)), shared = facets(std::chrono::microseconds(0));
  for (auto const list :
       {&Facets::source, &Facets::language, &Facets::month, &Facets::person, &Facets::place, &Facets::day}) {
    ASSERT_EQ((alone.*list).size(), (shared.*list).size());
    for (size_t i = 0; i < (alone.*list).size(); ++i) {
      EXPECT_EQ((alone.*list)[i].value, (shared.*list)[i].value);
      EXPECT_EQ((alone.*list)[i].count, (shared.*list)[i].count);
    }
  }
  EXPECT_FALSE(alone.month.empty());
}

TEST_F(SearchTest, months_and_days_count_what_date_matches) {
  std::mt19937 random(8);
  for (uint64_t row = 1; row <= 80; ++row) {
    auto article = random_article(random, row);
    if (row % 7 == 0) article.published_s = article.time_s + 90 * 86400;  // ahead of its place in the order of news
    add(article);
  }
  index_->publish();
  SearchOptions options;
  options.facets = true;
  auto const answer = search(*index_->snapshot(), parse("", {0}), options);
  ASSERT_FALSE(answer.facets.month.empty());
  ASSERT_FALSE(answer.facets.day.empty());
  for (auto const* counts : {&answer.facets.month, &answer.facets.day}) {
    uint64_t sum = 0;
    for (auto const& [value, count] : *counts) {
      EXPECT_EQ(rows("date:" + value).size(), count) << value;
      sum += count;
    }
    EXPECT_EQ(sum, rows("date:1971/").size());
  }
}

TEST_F(SearchTest, what_holds_every_word_stands_before_what_holds_most) {
  add("incendie cathédrale", "cathédrale incendie cathédrale incendie");  // would score higher
  for (int i = 0; i < 30; ++i) add("rien", "rien du tout");
  add("rien", "rien incendie rien rien rien cathédrale rien rien rien causes");
  add("causes", "incendie");
  index_->publish();
  auto const answer = search(*index_->snapshot(), parse("incendie cathédrale causes", {0}), {});
  ASSERT_EQ(answer.hits.size(), 3u);
  EXPECT_EQ(answer.hits[0].row, 32u);
  EXPECT_FALSE(answer.hits[0].partial);
  EXPECT_GT(answer.hits[1].score, answer.hits[0].score);
  EXPECT_TRUE(answer.hits[1].partial && answer.hits[2].partial);
  // One word of three is not most of them, nor two of five.
  EXPECT_TRUE(rows("incendie absent ailleurs").empty());
  EXPECT_TRUE(rows("incendie cathédrale absent ailleurs jamais").empty());
}

TEST_F(SearchTest, pages_together_are_the_whole_answer) {
  std::mt19937 random(4);
  for (uint64_t row = 1; row <= 100; ++row) add(random_article(random, row));
  auto const all = rows("chat");
  std::vector<uint64_t> paged;
  SearchOptions options;
  options.limit = 7;
  for (; options.offset < all.size(); options.offset += options.limit) {
    for (auto const& hit : search(*index_->snapshot(), parse("chat", {0}), options).hits) paged.push_back(hit.row);
  }
  EXPECT_EQ(paged, all);
}

TEST_F(SearchTest, pages_continue_from_a_cursor_while_news_arrives_and_goes) {
  std::mt19937 random(11);
  uint64_t row = 0;
  for (; row < 120;) add(random_article(random, ++row));
  for (Sort const sort : {Sort::relevance, Sort::date}) {
    for (bool const fold : {false, true}) {
      for (auto const* query : {"chat", "chat chien marche eleve", "le OR de"}) {
        SCOPED_TRACE(query);
        index_->publish();
        SearchOptions options;
        options.sort = sort;
        options.fold = fold;
        options.limit = 1000;
        auto const parsed = parse(query, {});
        auto const all = search(*index_->snapshot(), parsed, options);
        std::vector<uint64_t> expected, paged;
        for (Hit const& hit : all.hits) expected.push_back(hit.row);
        options.limit = 7;
        for (;;) {
          auto const page = search(*index_->snapshot(), parsed, options);
          for (Hit const& hit : page.hits) paged.push_back(hit.row);
          if (!page.next) break;
          options.after = decode_cursor(encode(*page.next));
          ASSERT_EQ(options.after, page.next);
          for (int i = 0; i < 3; ++i) add(random_article(random, ++row));
          if (row % 4 == 0) {
            ASSERT_TRUE(index_->seal(row));  // segments change, and are merged, under the reader's feet
          } else {
            index_->publish();
          }
        }
        EXPECT_EQ(paged, expected);
      }
    }
  }
}

TEST_F(SearchTest, a_cursor_that_somebody_changed_is_refused) {
  Cursor cursor;
  cursor.newest_row = 5;
  cursor.idfs = {1.5, 2};
  cursor.averages = {1, 1, 2, 3};
  std::string const text = encode(cursor);
  EXPECT_EQ(decode_cursor(text), cursor);
  for (size_t at = 0; at < text.size(); ++at) {
    std::string changed = text;
    changed[at] = changed[at] == '0' ? '1' : '0';
    EXPECT_FALSE(decode_cursor(changed)) << at;
    EXPECT_FALSE(decode_cursor(text.substr(0, at))) << at;
  }
}

TEST_F(SearchTest, explanations_say_how_a_hit_scored) {
  add("chat", "chat");
  index_->publish();
  SearchOptions options;
  options.explain = true;
  auto const answer = search(*index_->snapshot(), parse("chat", {0}), options);
  EXPECT_NE(answer.hits[0].explanation.find("idf"), std::string::npos);
}

std::string random_query(std::mt19937& random, int depth = 0) {
  static std::vector<std::string> const words = {"chat", "chats", "chien", "élevé",       "eleve", "élève",  "l'été",
                                                 "oeuf", "le",    "cats",  "rendez-vous", "URSS",  "marché", "marche",
                                                 "12,5", "de",    "or",    "absent",      "the"};
  auto const word = [&] { return words[random() % words.size()]; };
  auto const inner = [&] { return depth < 3 ? random_query(random, depth + 1) : word(); };
  switch (random() % 22) {
    case 0:
      return "(" + inner() + " OR " + inner() + ")";
    case 1:
      return "(" + inner() + ") " + inner();
    case 2:
      return word() + " -" + word();
    case 3:
      return "-" + word();
    case 4:
      return "\"" + word() + " " + word() + "\"";
    case 5:
      return word() + " NEAR/" + std::to_string(1 + random() % 12) + " " + word();
    case 6:
      return word().substr(0, 2) + "* " + word();
    case 7:
      return "chein~1";
    case 8:
      return "titre:" + word() + " " + word();
    case 9:
      return "(chapo:" + word() + " OR corps:\"" + word() + " " + word() + "\")";
    case 10:
      return word() + " source:exemple.fr";
    case 11:
      return word() + " langue:en";
    case 12:
      return word() + " date:2017-07-15/2017-07-25";
    case 13:
      return "vu:2017-07-20/ " + word();
    case 14:
      return "auteur:\"paul petit\" " + word();
    case 16:
      return "dit:" + word() + " " + (random() % 2 ? word() : "dit:\"" + word() + " " + word() + "\"");
    case 17: {
      static std::vector<std::string> const fields = {
          "personne:paul",     "par:\"paul petit\"",     "org:agence", "lieu:eleve", "histoire:3",
          "dit:(chat OR le*)", "speaker:\"petit anna\"", "dit:chein~1"};
      return fields[random() % fields.size()] + (random() % 2 ? " " + word() : "");
    }
    case 15:
      return "titre:\"" + word() + " " + word() + "\" OR (" + word() + " OR " + word() + ") NEAR/4 \"" + word() + "\"";
    default: {
      std::string query = word();
      for (size_t i = random() % 5; i > 0; --i) query += " " + word();
      return query;
    }
  }
}

// The same corpus in every shape an index can take.
TEST_F(SearchTest, agrees_with_the_oracle_live_sealed_merged_erased_and_reopened) {
  unsigned const seed = 20180907;
  std::mt19937 random(seed);
  std::vector<std::string> queries;
  for (int i = 0; i < 120; ++i) queries.push_back(random_query(random));
  auto const ask_all = [&] {
    index_->publish();
    for (auto const& query : queries) {
      SearchOptions options;
      options.sort = random() % 3 == 0 ? Sort::date : Sort::relevance;
      options.limit = 1 + random() % 30;
      options.offset = random() % 4 == 0 ? random() % 10 : 0;
      options.strict = random() % 5 == 0;
      ASSERT_NO_FATAL_FAILURE(expect_agreement(query, options));
    }
  };
  uint64_t row = 0;
  auto const add_some = [&](int count) {
    for (int i = 0; i < count; ++i) {
      add(random_article(random, ++row));
      if (random() % 4 == 0) index_->publish();
      if (random() % 8 == 0) erase(1 + random() % row);
      if (random() % 8 == 0) regroup(1 + random() % row, random() % 20, random() % 8);
    }
  };
  add_some(60);
  ASSERT_NO_FATAL_FAILURE(ask_all()) << "live, seed " << seed;
  ASSERT_TRUE(index_->seal(row));
  ASSERT_NO_FATAL_FAILURE(ask_all()) << "sealed";
  add_some(30);
  ASSERT_NO_FATAL_FAILURE(ask_all()) << "sealed and live";
  for (int i = 0; i < 12; ++i) {
    add_some(6);
    ASSERT_TRUE(index_->seal(row));
  }
  ASSERT_NO_FATAL_FAILURE(ask_all()) << "merged";
  for (uint64_t gone = 1; gone < row; gone += 3) erase(gone);
  ASSERT_NO_FATAL_FAILURE(ask_all()) << "erased";
  ASSERT_TRUE(index_->seal(row));
  ASSERT_NO_FATAL_FAILURE(open());
  ASSERT_NO_FATAL_FAILURE(ask_all()) << "reopened";
  ASSERT_TRUE(index_->purge());
  ASSERT_NO_FATAL_FAILURE(ask_all()) << "purged";
}

// Lists of many blocks, several segments of them: passing over must not lose what scoring all finds.
TEST_F(SearchTest, passing_over_finds_what_scoring_all_finds) {
  std::mt19937 random(7);
  for (uint64_t row = 1; row <= 3000; ++row) {
    index_->add(random_article(random, row).document());
    if (row % 1200 == 0) {
      ASSERT_TRUE(index_->seal(row));
    }
  }
  for (uint64_t row = 5; row <= 3000; row += 17) index_->erase(row);
  index_->publish();
  for (int i = 0; i < 150; ++i) {
    auto const query = random_query(random);
    SCOPED_TRACE(query);
    auto const parsed = parse(query, {});
    SearchOptions options;
    options.limit = 1 + random() % 15;
    options.fold = random() % 3 == 0;
    if (random() % 3 == 0) options.ranking.proximity = options.ranking.exact_form = options.ranking.accented_form = 0;
    if (random() % 5 == 0) options.ranking.title = 1;
    auto const fast = search(*index_->snapshot(), parsed, options);
    options.passes_over = false;
    auto const slow = search(*index_->snapshot(), parsed, options);
    ASSERT_EQ(fast.total, slow.total);
    ASSERT_EQ(fast.hits.size(), slow.hits.size());
    for (size_t rank = 0; rank < fast.hits.size(); ++rank) {
      ASSERT_EQ(fast.hits[rank].row, slow.hits[rank].row) << rank;
      ASSERT_EQ(fast.hits[rank].score, slow.hits[rank].score) << rank;
    }
  }
}

TEST_F(SearchTest, copies_are_folded_into_the_best_of_them) {
  auto const article = [&](std::string title, uint64_t group, int64_t time_s) {
    Invented made;
    made.row = ++rows_;
    made.title = std::move(title);
    made.time_s = time_s;
    made.copy_group = group;
    add(made);
  };
  article("sommet", 9, 100);
  article("sommet sur la paix et le reste", 9, 300);
  article("un sommet de plus", 0, 50);
  ASSERT_TRUE(index_->seal(3));
  article("sommet ailleurs et bien plus loin", 9, 200);
  article("un sommet encore", 0, 40);
  index_->publish();
  SearchOptions options;
  options.fold = true;
  options.ranking.half_life_days = 0;
  auto const answer = search(*index_->snapshot(), parse("sommet", {}), options);
  ASSERT_EQ(answer.hits.size(), 3u);
  EXPECT_EQ(answer.total, 5u);
  EXPECT_EQ(answer.hits[0].row, 1u);
  EXPECT_EQ(answer.hits[0].copies, (std::vector<uint64_t>{2, 4}));
  EXPECT_TRUE(answer.hits[1].copies.empty());
  options.sort = Sort::date;
  auto const newest = search(*index_->snapshot(), parse("sommet", {}), options);
  ASSERT_EQ(newest.hits.size(), 3u);
  EXPECT_EQ(newest.hits[0].row, 2u);
  EXPECT_EQ(newest.hits[0].copies, (std::vector<uint64_t>{4, 1}));
  regroup(2, 0, 0);
  index_->publish();
  EXPECT_EQ(search(*index_->snapshot(), parse("sommet", {}), options).hits.size(), 4u);
}

// A small world: every query of up to three words and operators over two words, on every small corpus.
TEST_F(SearchTest, agrees_with_the_oracle_on_every_small_query) {
  std::vector<std::string> const bodies = {"a", "b", "a b", "b a", "a c b", "a a", "c", "a b a b", "b c c a"};
  for (auto const& body : bodies) add("", body, 1000 + static_cast<int64_t>(rows_) * 100000, "");
  index_->publish();
  std::vector<std::string> const atoms = {"a", "b", "-a", "\"a b\"", "OR", "NOT", "(", ")", "NEAR/2", "a*"};
  SearchOptions options;
  for (auto const& x : atoms) {
    for (auto const& y : atoms) {
      for (auto const& z : atoms) {
        for (auto const* w : {"", " b"}) ASSERT_NO_FATAL_FAILURE(expect_agreement(x + " " + y + " " + z + w, options));
      }
    }
  }
}

}  // namespace
}  // namespace vigie::query

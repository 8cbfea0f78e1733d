// What is found in articles, through the whole store: quotes, names, copies, stories, and their queries.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>

#include "base/utf8.hpp"
#include "engine/fixture.hpp"

namespace vigie::engine {
namespace {

using Strings = std::vector<std::string>;

char const* const kStorm =
    "La tempête Ondine a traversé dimanche le littoral de Port-Brume et renversé trois grues du chantier naval. "
    "« Nous avons dormi sur les sacs de sable », a déclaré la maire Solène Kerbrat devant les pêcheurs. "
    "Le préfet Marc Ollivro a annoncé que le pont de Saint-Elme resterait fermé jusqu'à jeudi. "
    "Les pompiers ont secouru quarante habitants du quartier des Docks et pompé onze caves pendant la nuit entière. "
    "Deux chalutiers se sont échoués sur le banc des Aulnes sans faire de blessé parmi leurs équipages.";
char const* const kBread =
    "Le prix du pain augmentera de cinq centimes en avril, selon la fédération des boulangers de Valcourt. "
    "« La farine coûte deux fois plus qu'en automne », a expliqué Jean Morvan, artisan à Valcourt.";

class FindingsTest : public StoreTest {
 protected:
  void SetUp() override {
    ingest(ListReader({record("storm", "2026-11-02T08:00:00Z", "Port-Brume après la tempête", kStorm),
                       record("bread", "2026-11-02T09:00:00Z", "Le pain plus cher", kBread),
                       record("copy", "2026-11-02T11:00:00Z", "Tempête : trois grues renversées",
                              std::string("(Agence Littorale) ") + kStorm)}));
  }
  Strings said(std::string const& query) {
    Strings out;
    auto const answer = engine_->quotes({.query = query, .limit = 50});
    EXPECT_TRUE(answer);
    for (auto const& said : answer->quotes) out.push_back(said.id + ": " + said.quote.speaker.value_or("?"));
    return out;
  }
  std::map<std::string, std::string> stories() {
    std::map<std::string, std::string> out;
    EXPECT_TRUE(engine_->export_articles("", [&](KeptArticle const& article) {
      out[article.id] = article.found.story + " " + article.found.copy_of.value_or("-");
      return true;
    }));
    return out;
  }
  void expect_laws() {
    std::map<std::string, std::string> original;
    EXPECT_TRUE(engine_->export_articles("", [&](KeptArticle const& article) {
      auto const text = article::text(article);
      for (auto const& quote : article.found.speech.quotes) {
        EXPECT_LE(quote.begin, quote.end);
        EXPECT_LE(quote.end, count_code_points(text));
        size_t begin = 0, end = 0;
        for (uint32_t i = 0; i < quote.begin; ++i) next_code_point(text, begin);
        for (uint32_t i = 0; i < quote.end; ++i) next_code_point(text, end);
        EXPECT_EQ(quote.text, text.substr(begin, end - begin)) << article.id;
      }
      if (article.found.copy_of) original[article.id] = *article.found.copy_of;
      return true;
    }));
    for (auto const& [id, of] : original) {
      std::set<std::string> path{id};
      for (auto at = original.find(id); at != original.end(); at = original.find(at->second))
        ASSERT_TRUE(path.insert(at->second).second) << "a circle of copies at " << id;
      EXPECT_TRUE(engine_->article(of)) << of;
    }
    expect_clean();
  }
};

TEST_F(FindingsTest, an_article_comes_back_with_quotes_names_story_and_original) {
  auto const storm = engine_->article("storm");
  ASSERT_TRUE(storm);
  ASSERT_FALSE(storm->found.speech.quotes.empty());
  EXPECT_EQ(storm->found.speech.quotes[0].speaker, "Solène Kerbrat");
  EXPECT_FALSE(storm->found.speech.mentions.empty());
  EXPECT_EQ(storm->found.story.size(), 13u);
  EXPECT_EQ(storm->found.copy_of, std::nullopt);
  EXPECT_EQ(engine_->article("copy")->found.copy_of, "storm");
  EXPECT_EQ(engine_->article("copy")->found.story, storm->found.story);
  EXPECT_NE(engine_->article("bread")->found.story, storm->found.story);
  expect_laws();
}

TEST_F(FindingsTest, queries_ask_who_said_what_and_who_is_named) {
  EXPECT_EQ(search("par:kerbrat", Sort::date), (Strings{"copy", "storm"}));
  EXPECT_EQ(search("speaker:morvan"), (Strings{"bread"}));
  EXPECT_EQ(search("dit:farine"), (Strings{"bread"}));
  EXPECT_EQ(search("dit:chalutiers"), Strings{}) << "written, not said";
  EXPECT_EQ(search("personne:\"Solène Kerbrat\"", Sort::date), (Strings{"copy", "storm"}));
  EXPECT_EQ(search("lieu:valcourt"), (Strings{"bread"}));
  EXPECT_EQ(search("histoire:" + engine_->article("storm")->found.story, Sort::date), (Strings{"copy", "storm"}));
  EXPECT_EQ(search("histoire:nulle"), Strings{});
  auto const facets = engine_->search({.query = "", .facets = true})->facets;
  ASSERT_TRUE(facets);
  EXPECT_FALSE(facets->person.empty());
  EXPECT_FALSE(facets->place.empty());
}

TEST_F(FindingsTest, quotes_are_those_the_query_asks_for) {
  EXPECT_EQ(said("pain").size(), 2u) << "what is said in an article on it";
  EXPECT_EQ(said("par:morvan"), (Strings{"bread: Jean Morvan"}));
  EXPECT_EQ(said("dit:farine"), (Strings{"bread: Jean Morvan"}));
  EXPECT_EQ(said("dit:sable"), (Strings{"copy: Solène Kerbrat", "storm: Solène Kerbrat"})) << "newest first";
  EXPECT_EQ(said("par:morvan dit:sable"), Strings{});
  EXPECT_EQ(said("par:kerbrat OR par:morvan").size(), 3u);
  auto const page = engine_->quotes({.query = "", .limit = 1, .offset = 1});
  EXPECT_EQ(page->quotes.size(), 1u);
  EXPECT_TRUE(page->more);
}

TEST_F(FindingsTest, copies_are_folded_into_one_hit_unless_asked_apart) {
  auto const folded = engine_->search({.query = "grues"});
  ASSERT_EQ(folded->hits.size(), 1u);
  EXPECT_EQ(folded->hits[0].copies.size(), 1u);
  EXPECT_NE(folded->hits[0].copies[0], folded->hits[0].article.id);
  EXPECT_EQ(engine_->search({.query = "grues", .fold = false})->hits.size(), 2u);
}

TEST_F(FindingsTest, an_explained_hit_says_why_it_stands_in_its_story) {
  auto const answer = engine_->search({.query = "agence littorale", .fold = false, .explain = true});
  ASSERT_TRUE(answer);
  ASSERT_FALSE(answer->hits.empty());
  auto const& why = answer->hits[0].explanation;
  EXPECT_NE(why.find("in a story with storm: one copies the other, same names Solène Kerbrat"), why.npos) << why;
  EXPECT_NE(why.find("same words tempête"), why.npos) << why;
  EXPECT_NE(why.find("3 hours apart"), why.npos) << why;
  auto const alone = engine_->search({.query = "boulangers", .explain = true});
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->hits[0].explanation.find("in a story"), std::string::npos);
}

TEST_F(FindingsTest, copies_come_with_the_passages_they_share) {
  auto const copies = engine_->copies("storm");
  ASSERT_TRUE(copies);
  EXPECT_FALSE(copies->original);
  ASSERT_EQ(copies->copies.size(), 1u);
  EXPECT_EQ(copies->copies[0].id, "copy");
  EXPECT_GT(copies->copies[0].share, 0.9f);
  auto const here = article::text(*engine_->article("storm")), there = article::text(*engine_->article("copy"));
  ASSERT_FALSE(copies->copies[0].passages.empty());
  for (auto const& passage : copies->copies[0].passages) {
    EXPECT_EQ(here.substr(passage.here.begin, passage.here.end - passage.here.begin),
              there.substr(passage.there.begin, passage.there.end - passage.there.begin));
  }
  EXPECT_EQ(engine_->copies("copy")->original->id, "storm");
  EXPECT_EQ(engine_->copies("nobody").error().code, Errc::not_found);
  EXPECT_EQ(engine_->story(engine_->article("storm")->found.story, 10)->size(), 2u);
  EXPECT_EQ(engine_->story("aaaaaaaaaaaaa", 10).error().code, Errc::not_found);
}

TEST_F(FindingsTest, what_was_found_survives_reopening_reindexing_and_being_read_again) {
  auto const before = stories();
  open();
  EXPECT_EQ(stories(), before);
  SetUp();
  EXPECT_EQ(stories(), before);
  for (bool const extract : {false, true}) {
    ASSERT_TRUE(engine_->reindex(extract, {}));
    EXPECT_EQ(stories(), before);
    EXPECT_EQ(search("par:kerbrat", Sort::date), (Strings{"copy", "storm"}));
    EXPECT_EQ(search("histoire:" + engine_->article("storm")->found.story, Sort::date), (Strings{"copy", "storm"}));
  }
  expect_laws();
}

TEST_F(FindingsTest, a_new_edition_keeps_its_story_and_its_copies) {
  auto const story = engine_->article("storm")->found.story;
  ingest(ListReader({record("storm", "2026-11-02T08:00:00Z", "Port-Brume après la tempête",
                            std::string(kStorm) + " Le pont rouvrira mercredi.")})
             .seen("2036-11-03T08:00:00Z"));
  EXPECT_EQ(engine_->editions("storm")->size(), 2u);
  EXPECT_EQ(engine_->article("storm")->found.story, story);
  EXPECT_EQ(engine_->article("copy")->found.copy_of, "storm");
  EXPECT_EQ(engine_->copies("storm")->copies.size(), 1u);
  expect_laws();
}

TEST_F(FindingsTest, removing_an_original_leaves_its_copy_an_original) {
  auto const story = engine_->article("storm")->found.story;
  ASSERT_TRUE(engine_->remove("storm"));
  EXPECT_EQ(engine_->article("copy")->found.copy_of, std::nullopt);
  EXPECT_EQ(engine_->article("copy")->found.story, story) << "a story keeps its name without its founder";
  EXPECT_EQ(search("histoire:" + story), (Strings{"copy"}));
  expect_laws();
}

TEST_F(FindingsTest, an_original_that_arrives_late_takes_the_copies) {
  ingest(ListReader({record("first", "2026-11-02T06:00:00Z", "Tempête", kStorm)}));
  EXPECT_EQ(engine_->article("storm")->found.copy_of, "first");
  expect_laws();
}

TEST_F(FindingsTest, derived_members_of_a_record_are_ignored) {
  ingest(ListReader({R"({"id":"x","title":"Un titre","body":"Rien n'est dit ici.","quotes":[{"text":"faux"}],)"
                     R"("mentions":[{"name":"Faux","kind":"person","count":3}],"copy_of":"storm","story":"faux"})"}));
  auto const x = engine_->article("x");
  ASSERT_TRUE(x);
  EXPECT_TRUE(x->found.speech.quotes.empty());
  EXPECT_EQ(x->found.copy_of, std::nullopt);
  EXPECT_NE(x->found.story, "faux");
  for (auto const& mention : x->found.speech.mentions) EXPECT_NE(mention.name, "Faux");
}

}  // namespace
}  // namespace vigie::engine

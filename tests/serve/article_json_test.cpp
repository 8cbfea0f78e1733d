#include "serve/article_json.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace vigie::serve {
namespace {

article::Article sample() {
  article::Article a;
  a.id = "abc";
  a.url = "https://exemple.test/a";
  a.source = "Le Phare";
  a.language = "fr";
  a.title = "Une \"digue\"\\";
  a.lede = "Le chapô.";
  a.blocks = {{article::BlockKind::paragraph, 0, "Un."}, {article::BlockKind::heading, 2, "Deux"}};
  a.lede_in_text = true;
  a.authors = {"Inès Tavel"};
  a.published = parse_rfc3339("2018-09-07T18:42:00+02:00");
  a.modified = parse_rfc3339("2018-09-08");
  a.access = article::Access::free;
  return a;
}

TEST(ArticleJson, HasEveryKeyOfTheContractInItsOrder) {
  EXPECT_EQ(article_json(sample()),
            R"({"id":"abc","url":"https://exemple.test/a","source":"Le Phare","language":"fr","kicker":null,)"
            R"("title":"Une \"digue\"\\","lede":"Le chapô.","paragraphs":["Un.","Deux"],"body":"Un.\nDeux",)"
            R"("authors":["Inès Tavel"],"published":"2018-09-07T18:42:00+02:00","modified":"2018-09-08","seen":null,)"
            R"("section":null,"tags":[],"image":null,"access":"free","kind":"article",)"
            R"("text":"Le chapô.\nUn.\nDeux","quotes":[],"mentions":[],"copy_of":null,"story":null,"diagnostics":[]})");
}

TEST(ArticleJson, AbsentIsNullAndEmptyListsStayLists) {
  auto const json = article_json(article::Article());
  EXPECT_NE(json.find(R"("id":null,"url":null)"), std::string::npos);
  EXPECT_NE(json.find(R"("paragraphs":[],"body":"","authors":[],"published":null)"), std::string::npos);
  EXPECT_NE(json.find(R"("access":"unknown","kind":"article","text":"")"), std::string::npos);
}

TEST(JsonWriter, EscapesControlsAndReplacesIllFormedBytes) {
  JsonWriter json;
  json.string(std::string_view("a\0b\x1f\n\t\r\x7f\"\\/\xC3\xA9\xFF\xC3", 15));
  EXPECT_EQ(json.text(), "\"a\\u0000b\\u001f\\n\\t\\r\\u007f\\\"\\\\/é\uFFFD\uFFFD\"");
}

TEST(JsonWriter, WritesNumbersThatReadBackTheSame) {
  JsonWriter json;
  json.begin_array().number(0.1).number(12.0).number(1e300).number(std::numeric_limits<double>::infinity());
  json.number(uint64_t{18446744073709551615u}).number(-3).end_array();
  EXPECT_EQ(json.text(), "[0.1,12,1e+300,null,18446744073709551615,-3]");
}

TEST(HitJson, HasTheKeysOfTheContract) {
  engine::Hit hit;
  hit.article = sample();
  hit.score = 1.5;
  hit.snippet.text = "une digue";
  hit.copies = {"x", "y"};
  hit.partial = true;
  EXPECT_EQ(hit_json(hit),
            R"({"id":"abc","title":"Une \"digue\"\\","source":"Le Phare","published":"2018-09-07T18:42:00+02:00",)"
            R"("score":1.5,"snippet":"une digue","copies":["x","y"],"partial":true})");
  hit.explanation = "bm25";
  EXPECT_NE(hit_json(hit).find(R"("partial":true,"explanation":"bm25"})"), std::string::npos);
}

TEST(FacetsJson, IsOneObjectOfLists) {
  engine::Facets facets;
  facets.source = {{"Le Phare", 2}};
  EXPECT_EQ(
      facets_json(facets),
      R"({"facets":{"source":[{"value":"Le Phare","count":2}],"language":[],"month":[],"person":[],"place":[]}})");
}

TEST(IngestJson, TellsTheErrorOnlyOfAFailedItem) {
  EXPECT_EQ(ingest_json({"a.html", 3, "id1", engine::ItemStatus::fresh, ""}),
            R"({"input":"a.html","position":3,"id":"id1","status":"new"})");
  EXPECT_EQ(ingest_json({"b", 0, "", engine::ItemStatus::error, "not a page"}),
            R"({"input":"b","position":0,"id":null,"status":"error","error":"not a page"})");
}

TEST(StatsJson, NamesEveryFigure) {
  engine::Stats stats;
  stats.articles = 7;
  auto const json = stats_json(stats);
  EXPECT_TRUE(json.starts_with(R"({"articles":7,"editions":0,"captures":0,"sources":0,"database_bytes":0)")) << json;
  EXPECT_TRUE(json.ends_with(R"("last_seen":null,"languages":[],"top_sources":[]})")) << json;
}

}  // namespace
}  // namespace vigie::serve

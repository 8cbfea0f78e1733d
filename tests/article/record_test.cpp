#include "article/record.hpp"

#include <gtest/gtest.h>

#include <string>

namespace vigie::article {
namespace {

Article read(std::string_view line) {
  Json json;
  auto a = article_of_record(line, json);
  EXPECT_TRUE(a) << (a ? "" : a.error().message);
  return a ? *a : Article();
}

TEST(Record, EveryFieldOfTheJsonlFormatIsRead) {
  auto const a = read(R"({"id":"x-1","url":"https://www.gazette-du-quai.example/pont","source":null,"lang":"fr",
    "published":"2021-03-04T07:15:00+01:00","title":"Le pont","lede":"Il rouvre.","body":"Un.\nDeux.","authors":["A. B."]})");
  EXPECT_EQ(a.id, "x-1");
  EXPECT_EQ(a.source, "gazette-du-quai.example");
  EXPECT_EQ(a.language, "fr");
  EXPECT_EQ(format_rfc3339(*a.published), "2021-03-04T07:15:00+01:00");
  EXPECT_EQ(text(a), "Il rouvre.\nUn.\nDeux.");
  EXPECT_EQ(a.authors, std::vector<std::string>{"A. B."});
  EXPECT_TRUE(a.diagnostics.empty());
}

TEST(Record, LedeIsNotShownTwiceWhereTheBodyBeginsWithIt) {
  auto const a = read(R"({"title":"t","lede":"Il rouvre.","body":"Il rouvre. Un.\nDeux."})");
  EXPECT_FALSE(a.lede_in_text);
  EXPECT_EQ(text(a), "Il rouvre. Un.\nDeux.");
}

TEST(Record, UnknownKeysAreNamedAndDerivedOnesIgnored) {
  auto const a = read(R"({"title":"t","language":"en-GB","rating":5,"quotes":[],"story":null})");
  EXPECT_EQ(a.language, "en");
  ASSERT_EQ(a.diagnostics.size(), 1u);
  EXPECT_NE(a.diagnostics[0].find("rating"), std::string::npos);
}

TEST(Record, WhatTheExporterWritesReadsBack) {
  auto const a = read(R"({"id":"q","url":null,"source":"s","language":"fr","kicker":"K","title":"T","lede":"L.",
    "paragraphs":["L. Un.","Deux."],"body":"L. Un.\nDeux.","authors":[],"published":"2021-03-04","modified":null,
    "seen":"2021-03-05T00:00:00Z","section":"S","tags":["a","b"],"image":"https://x.example/i.jpg","access":"paid",
    "kind":"live","text":"L. Un.\nDeux.","quotes":[],"mentions":[],"copy_of":null,"story":null,"diagnostics":["d"]})");
  EXPECT_EQ(a.kicker, "K");
  EXPECT_EQ(a.blocks.size(), 2u);
  EXPECT_FALSE(a.lede_in_text);
  EXPECT_EQ(a.access, Access::paid);
  EXPECT_EQ(a.kind, Kind::live);
  EXPECT_EQ(format_rfc3339(*a.published), "2021-03-04");
  EXPECT_EQ(format_rfc3339(*a.seen), "2021-03-05T00:00:00Z");
  EXPECT_EQ(a.tags.size(), 2u);
  EXPECT_EQ(a.diagnostics, std::vector<std::string>{"d"});
}

TEST(Record, WhatIsNoRecordIsAnError) {
  Json json;
  for (auto const line : {"", "[]", "{", "null", "{}", "{\"title\":null}", "\xFF\xFE", "{\"title\":\"a\"} x"}) {
    auto const a = article_of_record(line, json);
    ASSERT_FALSE(a) << line;
    EXPECT_EQ(a.error().code, Errc::invalid_input) << line;
  }
  std::string deep;
  for (int i = 0; i < 600; ++i) deep += "{\"a\":";
  deep += "1";
  for (int i = 0; i < 600; ++i) deep += "}";
  EXPECT_FALSE(article_of_record(deep, json));
}

TEST(Identity, SameAddressSameIdWhateverItsDress) {
  auto const id = [](std::string url) {
    Article a;
    a.url = std::move(url);
    assign_id(a);
    return a.id;
  };
  auto const plain = id("https://www.gazette.example/pont?id=3");
  EXPECT_TRUE(is_valid_id(plain));
  EXPECT_EQ(plain.size(), 20u);
  EXPECT_EQ(plain, id("http://WWW.Gazette.example:80/pont?utm_source=rss&id=3#comments"));
  EXPECT_NE(plain, id("https://www.gazette.example/pont?id=4"));
  Article a, b;
  a.title = b.title = "T";
  b.blocks.push_back({});
  b.blocks[0].text = "x";
  assign_id(a);
  assign_id(b);
  EXPECT_NE(a.id, b.id);
  Article given;
  given.id = "kept:as-is_1.2";
  assign_id(given);
  EXPECT_EQ(given.id, "kept:as-is_1.2");
  EXPECT_FALSE(is_valid_id("a b"));
  EXPECT_FALSE(is_valid_id(""));
  EXPECT_FALSE(is_valid_id(std::string(129, 'a')));
}

}  // namespace
}  // namespace vigie::article

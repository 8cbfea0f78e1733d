// Every page and every API answer, without a socket.
#include "serve/app.hpp"

#include <expat.h>
#include <gtest/gtest.h>
#include <libdeflate.h>
#include <simdjson.h>

#include <set>

#include "serve/assets.hpp"
#include "serve/fake_store.hpp"

namespace vigie::serve {
namespace {

class AppTest : public ::testing::Test {
 protected:
  AppTest() : events_(store_) {
    store_.keep(hostile_article(), hostile_findings());
    open();
  }

  void open() {
    auto app = App::create(store_, metrics_, events_, access_, "1.2.3");
    if (!app) throw std::runtime_error(app.error().message);
    app_ = std::move(*app);
  }

  static Request request(std::string target) {
    Request out;
    out.target = std::move(target);
    out.host = "127.0.0.1:8080";
    return out;
  }
  Response get(std::string target) const { return app_->answer(request(std::move(target))); }

  static std::string header(Response const& response, std::string_view name) {
    for (auto const& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return {};
  }

  FakeStore store_;
  Metrics metrics_;
  Events events_;
  Access access_;
  std::unique_ptr<App> app_;
};

size_t count(std::string_view text, std::string_view what) {
  size_t found = 0;
  for (size_t at = text.find(what); at != text.npos; at = text.find(what, at + what.size())) ++found;
  return found;
}

std::vector<std::string> const kPages = {"/",
                                         "/?page=2",
                                         "/search",
                                         "/search?q=digue",
                                         "/search?q=grille&page=2&sort=date&source=Agence+Littorale&date=2026-03",
                                         "/search?q=*+introuvable",
                                         "/article/digue-1",
                                         "/article/digue-1?edition=1",
                                         "/article/arabe",
                                         "/article/sans-date",
                                         "/article/mauvais",
                                         "/story/hdigue",
                                         "/story/hmauvais",
                                         "/quotes",
                                         "/quotes?q=par:Kerbrat",
                                         "/add",
                                         "/about"};

TEST_F(AppTest, EveryPageAnswersInBothLanguages) {
  for (auto const& page : kPages) {
    for (auto const* language : {"fr", "en"}) {
      auto asked = request(page);
      asked.accept_language = language;
      auto const response = app_->answer(asked);
      EXPECT_EQ(response.status, 200) << page;
      EXPECT_NE(response.body.find("<html lang=\"" + std::string(language) + "\""), std::string::npos) << page;
      EXPECT_EQ(header(response, "Content-Language"), language);
      EXPECT_EQ(count(response.body, "<h1"), 1u) << page;
      EXPECT_EQ(count(response.body, "<main"), 1u) << page;
      EXPECT_EQ(count(response.body, "{{"), count(response.body, "{{page_lang}}")) << page << ": an open tag";
      EXPECT_TRUE(response.body.ends_with("</html>\n")) << page;
      EXPECT_LT(response.body.size(), 60000u) << page;
    }
  }
}

TEST_F(AppTest, HostileContentStaysText) {
  auto pages = kPages;
  for (auto const* more :
       {"/search?q=script", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E", "/search?source=%22%3E%3Cscript%3E",
        "/search?q=a&date=%22%3E%3Cscript%3E", "/nope/%3Cscript%3Ealert(1)%3C/script%3E",
        "/?lang=%22%3E%3Cscript%3E&theme=%22%3E%3Cscript%3E&x=%22%3E%3Cscript%3E"}) {
    pages.push_back(more);
  }
  for (auto const& page : pages) {
    auto const body = get(page).body;
    EXPECT_EQ(count(body, "<script"), 1u) << page;  // our own
    EXPECT_EQ(count(body, "<img"), 0u) << page;
    EXPECT_EQ(count(body, "href=\"javascript"), 0u) << page;
    EXPECT_EQ(count(body, " style="), 0u) << page;
    EXPECT_EQ(count(body, "\u202E"), 0u) << page;
  }
}

TEST_F(AppTest, LinksOfAnArticleAreTrustedNoFurtherThanNeeded) {
  auto const body = get("/article/digue-1").body;
  EXPECT_NE(body.find("<a href=\"https://digue-1.example/depeche\" rel=\"noopener noreferrer nofollow external\""),
            std::string::npos);
  EXPECT_EQ(get("/article/mauvais").body.find("data-original"), std::string::npos);
}

TEST_F(AppTest, ArticleCarriesItsLanguageAndDirection) {
  EXPECT_NE(get("/article/arabe").body.find("<div class=\"prose\" lang=\"ar\" dir=\"rtl\">"), std::string::npos);
  EXPECT_NE(get("/article/mauvais").body.find("<div class=\"prose\" lang=\"\" dir=\"ltr\">"), std::string::npos);
}

TEST_F(AppTest, AListingIsSaidToBeOne) {
  EXPECT_NE(get("/article/sans-date?lang=fr").body.find("page de rubrique"), std::string::npos);
  EXPECT_NE(get("/article/sans-date?lang=en").body.find("announces articles and is not one"), std::string::npos);
  EXPECT_EQ(get("/article/train?lang=fr").body.find("page de rubrique"), std::string::npos);
}

TEST_F(AppTest, ArticleShowsEditionsAndTellsAnOldOneApart) {
  auto const latest = get("/article/digue-1?lang=fr").body, old = get("/article/digue-1?edition=1&lang=fr").body;
  EXPECT_NE(latest.find("<h1>Port-Brume\u00A0: la digue du vieux port fermée une semaine</h1>"), std::string::npos);
  EXPECT_NE(old.find("édition antérieure"), std::string::npos);
  EXPECT_NE(latest.find("href=\"/article/digue-1?edition=1\""), std::string::npos);
  EXPECT_NE(latest.find("jeudi 19\u00A0mars 2026 à 18\u00A0h\u00A042"), std::string::npos);
  EXPECT_NE(latest.find("<dt>Modifié</dt>"), std::string::npos);
  EXPECT_EQ(get("/article/train?lang=fr").body.find("<dt>Modifié</dt>"), std::string::npos) << "at the same moment";
  EXPECT_EQ(get("/article/digue-1?edition=9").status, 404);
}

TEST_F(AppTest, SearchMarksMatchesAndKeepsItsStateInLinks) {
  auto const body = get("/search?q=grille&source=Agence+Littorale&lang=fr").body;
  EXPECT_EQ(store_.last_query(), "source:\"Agence Littorale\" grille");
  EXPECT_NE(body.find("<mark>grille</mark>"), std::string::npos);
  EXPECT_NE(body.find("href=\"/search?q=grille&amp;source=Agence%20Littorale&amp;sort=date\""), std::string::npos);
  EXPECT_NE(body.find("<input type=\"hidden\" name=\"source\" value=\"Agence Littorale\">"), std::string::npos);
  EXPECT_NE(body.find("href=\"/search.rss?q=grille&amp;source=Agence%20Littorale\""), std::string::npos);
  EXPECT_NE(get("/search?q=a*&lang=fr").body.find("«\u202F*\u202F» seul a été ignoré\u202F; le reste compte."),
            std::string::npos);
}

TEST_F(AppTest, LanguageAndThemeAreKeptInCookies) {
  auto const asked = get("/?lang=en&theme=dark");
  EXPECT_NE(asked.body.find("<html lang=\"en\" data-theme=\"dark\">"), std::string::npos);
  std::set<std::string> cookies;
  for (auto const& [name, value] : asked.headers) {
    if (name == "Set-Cookie") cookies.insert(value.substr(0, value.find(';')));
  }
  EXPECT_EQ(cookies, (std::set<std::string>{"vigie_lang=en", "vigie_theme=dark"}));
  auto later = request("/about");
  later.cookie = "vigie_lang=en; vigie_theme=dark";
  later.accept_language = "fr";
  EXPECT_NE(app_->answer(later).body.find("<html lang=\"en\" data-theme=\"dark\">"), std::string::npos);
}

TEST_F(AppTest, WhatIsNotThereIsSaidSo) {
  EXPECT_EQ(get("/nope").status, 404);
  EXPECT_EQ(get("/article/nope").status, 404);
  EXPECT_EQ(get("/article/..%2f..%2fetc").status, 404);
  EXPECT_EQ(get("/api/v1/nope").status, 404);
  EXPECT_EQ(get("/api/v1/articles/nope").status, 404);
  EXPECT_EQ(get("/static/words.txt").status, 404);
  EXPECT_EQ(get("/static/head.html").status, 404);
  EXPECT_EQ(get("/%zz").status, 400);
  EXPECT_EQ(get("/story/nope").status, 404);
  EXPECT_EQ(get("/api/v1/stories/nope").status, 404);
  auto post = request("/search");
  post.method = Method::post;
  auto const refused = app_->answer(post);
  EXPECT_EQ(refused.status, 405);
  EXPECT_EQ(header(refused, "Allow"), "GET, HEAD");
  post.method = Method::other;
  post.target = "/add";
  EXPECT_EQ(header(app_->answer(post), "Allow"), "GET, HEAD, POST");
  EXPECT_NE(get("/nope").body.find("<h1>Page introuvable</h1>"), std::string::npos);
}

TEST_F(AppTest, FailuresOfTheStoreTellNothingOfTheMachine) {
  for (auto const* target : {"/search?q=panne", "/api/v1/search?q=panne", "/search.rss?q=panne", "/quotes?q=panne",
                             "/api/v1/quotes?q=panne"}) {
    auto const response = get(target);
    EXPECT_EQ(response.status, 500) << target;
    EXPECT_EQ(response.body.find("/secret"), std::string::npos) << target;
    EXPECT_EQ(response.failure, "/secret/path: disk on fire") << target;  // the log is told
  }
}

TEST_F(AppTest, OtherSitesCannotUseTheirNamesForThisMachine) {
  for (auto const* host : {"evil.test", "127.evil.test", "evil.test:8080", "", "localhost.evil.test", "[::2]"}) {
    auto asked = request("/");
    asked.host = host;
    EXPECT_EQ(app_->answer(asked).status, 421) << host;
  }
  for (auto const* host : {"localhost", "localhost:8080", "127.0.0.1", "127.0.0.2:1", "[::1]:8080", "[::1]"}) {
    auto asked = request("/");
    asked.host = host;
    EXPECT_EQ(app_->answer(asked).status, 200) << host;
  }
}

TEST_F(AppTest, EveryAnswerForbidsScriptsOfOthers) {
  for (auto const* target : {"/", "/nope", "/api/v1/stats", "/rss", "/%zz"}) {
    auto const response = get(target);
    EXPECT_TRUE(header(response, "Content-Security-Policy").starts_with("default-src 'none'")) << target;
    EXPECT_EQ(header(response, "Content-Security-Policy").find("unsafe"), std::string::npos);
    EXPECT_EQ(header(response, "X-Content-Type-Options"), "nosniff") << target;
    EXPECT_EQ(header(response, "Referrer-Policy"), "same-origin") << target;
  }
}

TEST_F(AppTest, AnUnchangedAnswerIsNotSentTwice) {
  auto asked = request("/");
  asked.if_none_match = header(app_->answer(asked), "ETag");
  EXPECT_FALSE(asked.if_none_match.empty());
  auto const second = app_->answer(asked);
  EXPECT_EQ(second.status, 304);
  EXPECT_TRUE(second.body.empty());
  store_.keep(hostile_article());
  auto changed = hostile_article();
  changed.id = "autre";
  store_.keep(changed);
  EXPECT_EQ(app_->answer(asked).status, 200);
}

TEST_F(AppTest, LargeAnswersAreCompressedForThoseWhoAsk) {
  auto asked = request("/");
  auto const plain = app_->answer(asked).body;
  asked.accept_encoding = "gzip";
  auto const packed = app_->answer(asked);
  EXPECT_EQ(header(packed, "Content-Encoding"), "gzip");
  EXPECT_LT(packed.body.size() * 3, plain.size());
  std::string unpacked(plain.size(), '\0');
  auto* decompressor = libdeflate_alloc_decompressor();
  EXPECT_EQ(libdeflate_gzip_decompress(decompressor, packed.body.data(), packed.body.size(), unpacked.data(),
                                       unpacked.size(), nullptr),
            LIBDEFLATE_SUCCESS);
  libdeflate_free_decompressor(decompressor);
  EXPECT_EQ(unpacked, plain);
}

TEST_F(AppTest, AssetsAreKeptForGoodUnderTheirHash) {
  auto const versioned = get(asset_address("vigie.css"));
  EXPECT_EQ(versioned.status, 200);
  EXPECT_EQ(header(versioned, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header(get("/static/vigie.css"), "Cache-Control"), "private, no-cache");
  EXPECT_NE(get("/").body.find(asset_address("vigie.js")), std::string::npos);
}

TEST_F(AppTest, FeedsAreWellFormedXml) {
  for (auto const* target : {"/rss", "/search.rss?q=grille", "/search.rss?q=script", "/search.rss?q=%3C%26"}) {
    auto const response = get(target);
    EXPECT_EQ(response.status, 200);
    auto const parser = XML_ParserCreate("UTF-8");
    EXPECT_EQ(XML_Parse(parser, response.body.data(), static_cast<int>(response.body.size()), 1), XML_STATUS_OK)
        << target << ": " << XML_ErrorString(XML_GetErrorCode(parser));
    XML_ParserFree(parser);
  }
  auto const body = get("/rss").body;
  EXPECT_NE(body.find("<pubDate>Thu, 19 Mar 2026 18:42:00 +0100</pubDate>"), std::string::npos);
  EXPECT_NE(body.find("<link>http://127.0.0.1:8080/article/mauvais</link>"), std::string::npos);  // not javascript:
}

// --- the API against its own description ---

class Described {
 public:
  explicit Described(std::string const& document) : text_(document) { root_ = parser_.parse(text_); }

  // Holds `value` to a schema of components/schemas; `where` names the place in failures.
  void check(simdjson::dom::element value, simdjson::dom::element schema, std::string const& where) {
    std::string_view reference;
    if (schema["$ref"].get(reference) == simdjson::SUCCESS) {
      return check(value, named(reference.substr(reference.rfind('/') + 1)), where);
    }
    simdjson::dom::array options;
    if (schema["oneOf"].get(options) == simdjson::SUCCESS) {
      if (!value.is_null()) check(value, options.at(0), where);
      return;
    }
    EXPECT_TRUE(has_type(value, schema["type"])) << where;
    if (value.is_array()) {
      for (auto const item : simdjson::dom::array(value)) check(item, schema["items"], where + "[]");
    }
    if (!value.is_object()) return;
    for (auto const name : simdjson::dom::array(schema["required"])) {
      EXPECT_EQ(value[std::string_view(name)].error(), simdjson::SUCCESS) << where << " lacks " << name;
    }
    for (auto const field : simdjson::dom::object(value)) {
      simdjson::dom::element inner;
      ASSERT_EQ(schema["properties"][field.key].get(inner), simdjson::SUCCESS)
          << where << '.' << field.key << " is not described";
      check(field.value, inner, where + '.' + std::string(field.key));
    }
  }
  simdjson::dom::element named(std::string_view schema) { return root_["components"]["schemas"][schema].value(); }
  simdjson::dom::element root() const { return root_; }

 private:
  static bool is(simdjson::dom::element value, std::string_view type) {
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_int64() || value.is_uint64();
    if (type == "number") return value.is_number();
    if (type == "boolean") return value.is_bool();
    if (type == "array") return value.is_array();
    if (type == "object") return value.is_object();
    return type == "null" && value.is_null();
  }
  static bool has_type(simdjson::dom::element value, simdjson::dom::element type) {
    if (type.is_string()) return is(value, std::string_view(type));
    for (auto const one : simdjson::dom::array(type)) {
      if (is(value, std::string_view(one))) return true;
    }
    return false;
  }

  simdjson::padded_string text_;
  simdjson::dom::parser parser_;
  simdjson::dom::element root_;
};

TEST_F(AppTest, OpenApiListsEveryRouteOfTheApi) {
  Described described(get("/api/openapi.json").body);
  EXPECT_EQ(std::string_view(described.root()["openapi"]), "3.1.0");
  std::set<std::string_view> paths;
  for (auto const& route : app_->routes()) {
    if (route.audience != Audience::api) continue;
    paths.insert(route.pattern);
    simdjson::dom::element operation;
    auto const method = route.method == Method::post ? "post" : "get";
    ASSERT_EQ(described.root()["paths"].at_key(route.pattern)[method].get(operation), simdjson::SUCCESS)
        << route.pattern;
    EXPECT_EQ(std::string_view(operation["summary"]), route.summary);
    EXPECT_EQ(simdjson::dom::array(operation["parameters"]).size(), route.parameters.size());
  }
  EXPECT_EQ(simdjson::dom::object(described.root()["paths"]).size(), paths.size());
  EXPECT_GE(paths.size(), 5u);
}

TEST_F(AppTest, ApiAnswersAreAsDescribed) {
  Described described(get("/api/openapi.json").body);
  std::pair<std::string, std::string_view> const cases[] = {
      {"/api/v1/latest", "Latest"},
      {"/api/v1/latest?limit=100&offset=3", "Latest"},
      {"/api/v1/search?q=digue", "SearchAnswer"},
      {"/api/v1/search?q=a*&facets=1&limit=100", "SearchAnswer"},
      {"/api/v1/search?q=script&sort=date&fold=0&strict=1&explain=1", "SearchAnswer"},
      {"/api/v1/articles/digue-1", "Article"},
      {"/api/v1/articles/mauvais", "Article"},
      {"/api/v1/articles/digue-1/editions", "Editions"},
      {"/api/v1/stats", "Stats"},
      {"/api/v1/stories/hdigue", "Story"},
      {"/api/v1/articles/digue-1/copies", "Copies"},
      {"/api/v1/articles/digue-2/copies", "Copies"},
      {"/api/v1/articles/nope/copies", "Error"},
      {"/api/v1/quotes?q=digue&limit=5", "Quotes"},
      {"/api/v1/sources", "Sources"},
      {"/api/v1/suggest?q=kerb", "SuggestAnswer"},
      {"/api/v1/articles/digue-2", "Article"},
      {"/api/v1/stories/nope", "Error"},
      {"/api/v1/articles/nope", "Error"},
      {"/api/v1/nope", "Error"},
      {"/api/v1/search?q=panne", "Error"},
  };
  for (auto const& [target, schema] : cases) {
    auto const response = get(target);
    EXPECT_EQ(response.content_type, "application/json") << target;
    simdjson::dom::parser parser;
    simdjson::padded_string const text(response.body);
    simdjson::dom::element root;
    ASSERT_EQ(parser.parse(text).get(root), simdjson::SUCCESS) << target;
    described.check(root, described.named(schema), target);
  }
}

TEST_F(AppTest, ApiLimitsAreKept) {
  simdjson::dom::parser parser;
  auto const few = get("/api/v1/latest?limit=3").body, many = get("/api/v1/latest?limit=100000").body;
  EXPECT_EQ(simdjson::dom::array(parser.parse(simdjson::padded_string(few))["articles"]).size(), 3u);
  EXPECT_LE(simdjson::dom::array(parser.parse(simdjson::padded_string(many))["articles"]).size(), 100u);
}

TEST_F(AppTest, MetricsCountRequests) {
  metrics_.count_request(200, std::chrono::microseconds(1500), 10);
  metrics_.count_request(404, std::chrono::microseconds(10), 5);
  auto const text = get("/metrics").body;
  EXPECT_NE(text.find("vigie_http_requests_total{class=\"2xx\"} 1\n"), std::string::npos);
  EXPECT_NE(text.find("vigie_http_request_seconds_bucket{le=\"0.0005\"} 1\n"), std::string::npos);
  EXPECT_NE(text.find("vigie_http_request_seconds_bucket{le=\"0.0025\"} 2\n"), std::string::npos);
  EXPECT_NE(text.find("vigie_articles 51\n"), std::string::npos);
  EXPECT_EQ(get("/healthz").body, "ok\n");
}

TEST(Templates, NeverWriteUnescapedText) {
  for (auto const& asset : assets()) {
    if (!asset.name.ends_with(".html")) continue;
    EXPECT_EQ(asset.bytes.find("{{{"), asset.bytes.npos) << asset.name;
    EXPECT_EQ(asset.bytes.find("{{&"), asset.bytes.npos) << asset.name;
    EXPECT_EQ(asset.bytes.find(" style="), asset.bytes.npos) << asset.name;
    EXPECT_EQ(asset.bytes.find(" on"), asset.bytes.find(" onerror")) << asset.name << ": an inline handler";
  }
}

TEST(Events, AreToldOnceAndAgainToThoseWhoMissedThem) {
  FakeStore store;
  Events events(store);
  events.start();
  auto const before = events.last();
  std::mutex mutex;
  std::condition_variable arrived;
  std::string told, missed;
  auto const listener = events.subscribe(
      before,
      [&](std::shared_ptr<std::string const> const& wire) {
        std::lock_guard lock(mutex);
        told += *wire;
        arrived.notify_all();
      },
      missed);
  EXPECT_EQ(missed, "");
  auto fresh = hostile_article();
  store.keep(fresh);
  {
    std::unique_lock lock(mutex);
    ASSERT_TRUE(arrived.wait_for(lock, std::chrono::seconds(60), [&] { return !told.empty(); }));
  }
  events.unsubscribe(listener);
  EXPECT_NE(told.find("event: news\ndata: {\"articles\":[{\"id\":\"mauvais\""), std::string::npos);
  EXPECT_EQ(count(told, "\n\n"), 1u);  // what an article holds cannot end an event
  std::string again, reset, none;
  auto const ignore = [](std::shared_ptr<std::string const> const&) {};
  events.subscribe(before, ignore, again);
  events.subscribe(before - 5, ignore, reset);
  events.subscribe(0, ignore, none);
  EXPECT_EQ(again, told);
  EXPECT_NE(reset.find("event: reset"), std::string::npos);
  EXPECT_EQ(none, "");
}

}  // namespace
}  // namespace vigie::serve

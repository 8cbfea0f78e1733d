// Who may enter: passwords, sessions, tokens, forms of other sites.
#include "serve/access.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "serve/app.hpp"
#include "serve/fake_store.hpp"
#include "serve/secret.hpp"
#include "serve/server.hpp"

namespace vigie::serve {
namespace {

AccessFile guarded() {
  static std::string const hash = *hash_password("une phrase assez longue");
  AccessFile file;
  file.password = hash;
  file.tokens[token_hash("jeton-de-bord")] = "tableau";
  return file;
}

class AccessTest : public ::testing::Test {
 protected:
  explicit AccessTest(AccessFile file = guarded()) : events_(store_), access_(std::move(file)) {
    auto app = App::create(store_, metrics_, events_, access_, "1");
    if (!app) throw std::runtime_error(app.error().message);
    app_ = std::move(*app);
  }

  static Request request(Method method, std::string target) {
    Request out;
    out.method = method;
    out.target = std::move(target);
    out.host = "vigie.example:8080";
    return out;
  }
  Response get(std::string target, std::string cookie = "") const {
    auto asked = request(Method::get, std::move(target));
    asked.cookie = std::move(cookie);
    return app_->answer(asked);
  }
  Response post(std::string target, std::string body, std::string cookie = "") const {
    auto asked = request(Method::post, std::move(target));
    asked.cookie = std::move(cookie);
    asked.body = std::move(body);
    asked.origin = "http://vigie.example:8080";
    asked.fetch_site = "same-origin";
    return app_->answer(asked);
  }
  static std::string header(Response const& response, std::string_view name) {
    for (auto const& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return {};
  }
  // "vigie_session=…" of a Set-Cookie header.
  static std::string cookie_of(Response const& response) {
    auto const set = header(response, "Set-Cookie");
    return set.substr(0, set.find(';'));
  }
  static std::string key_of(Response const& page) {
    auto const at = page.body.find("name=\"key\" value=\"");
    auto const begin = at + 18;
    return at == std::string::npos ? "" : page.body.substr(begin, page.body.find('"', begin) - begin);
  }
  // The session's cookie, got the way a browser gets it.
  std::string enter() const {
    auto const page = get("/login");
    auto const done = post("/login", "password=une+phrase+assez+longue&key=" + key_of(page), cookie_of(page));
    EXPECT_EQ(done.status, 303);
    return cookie_of(done);
  }

  FakeStore store_;
  Metrics metrics_;
  Events events_;
  Access access_;
  std::unique_ptr<App> app_;
};

TEST_F(AccessTest, WithoutASessionPeopleAreShownTheDoorAndProgramsAreTold) {
  for (auto const* page : {"/", "/search?q=digue", "/article/digue-1", "/add", "/sources", "/nope"}) {
    auto const response = get(page);
    EXPECT_EQ(response.status, 303) << page;
    EXPECT_TRUE(header(response, "Location").starts_with("/login")) << page;
  }
  EXPECT_EQ(header(get("/search?q=a"), "Location"), "/login?next=%2Fsearch%3Fq%3Da");
  for (auto const* target : {"/api/v1/latest", "/api/openapi.json", "/events", "/metrics"}) {
    auto const response = get(target);
    EXPECT_EQ(response.status, 401) << target;
    EXPECT_EQ(header(response, "WWW-Authenticate"), "Bearer") << target;
    EXPECT_EQ(response.body.find("digue"), std::string::npos) << target;
  }
  EXPECT_EQ(post("/add", "").status, 401);
  EXPECT_EQ(post("/api/v1/articles", "Un titre").status, 401);
  for (auto const* target : {"/login", "/healthz", "/robots.txt", "/static/vigie.css"})
    EXPECT_EQ(get(target).status, 200);
}

// Feed readers know names and passwords only: a token will do for one, for feeds and for nothing else.
TEST_F(AccessTest, AFeedReaderComesInWithATokenForPassword) {
  auto const asked = [&](std::string target, std::string authorization, std::string fetch_site = "") {
    auto out = request(Method::get, std::move(target));
    out.authorization = std::move(authorization);
    out.fetch_site = std::move(fetch_site);
    return app_->answer(out);
  };
  EXPECT_EQ(asked("/rss", "").status, 401);
  EXPECT_EQ(header(asked("/rss", ""), "WWW-Authenticate"), "Basic realm=\"Vigie\"");
  EXPECT_EQ(asked("/rss", "", "none").status, 303);                // a person's browser is shown the door
  std::string const right = "Basic bGVjdGV1cjpqZXRvbi1kZS1ib3Jk";  // lecteur:jeton-de-bord
  EXPECT_EQ(asked("/rss", right).status, 200);
  EXPECT_EQ(asked("/search.rss?q=digue", right).status, 200);
  EXPECT_EQ(asked("/", right).status, 303);
  EXPECT_EQ(asked("/api/v1/latest", right).status, 401);
  for (auto const* wrong :
       {"Basic bGVjdGV1cjphdXRyZQ==", "Basic", "Basic ", "Basic %%%", "Basic amV0b24tZGUtYm9yZA=="}) {
    EXPECT_EQ(asked("/rss", wrong).status, 401) << wrong;
  }
}

TEST_F(AccessTest, ThePasswordOpensASessionAndLeavingEndsIt) {
  auto const session = enter();
  EXPECT_TRUE(session.starts_with("vigie_session="));
  auto const page = get("/", session);
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(get("/api/v1/latest", session).status, 200);
  EXPECT_EQ(get("/", "vigie_session=" + random_token()).status, 303);
  EXPECT_EQ(post("/logout", "key=" + key_of(page), session).status, 303);
  EXPECT_EQ(get("/", session).status, 303);
}

TEST_F(AccessTest, TheSessionsCookieIsOutOfReachOfScriptsAndOtherSites) {
  auto const page = get("/login");
  auto const done = post("/login", "password=une+phrase+assez+longue&key=" + key_of(page), cookie_of(page));
  auto const set = header(done, "Set-Cookie");
  EXPECT_NE(set.find("; HttpOnly"), std::string::npos);
  EXPECT_NE(set.find("; SameSite=Lax"), std::string::npos);
}

TEST_F(AccessTest, AWrongPasswordOpensNothingAndTryingOnHasToWait) {
  auto const page = get("/login");
  int refused = 0, told_to_wait = 0;
  for (int i = 0; i < 8; ++i) {
    auto const tried = post("/login", "password=faux&key=" + key_of(page), cookie_of(page));
    refused += tried.status == 403;
    told_to_wait += tried.status == 429;
    EXPECT_FALSE(cookie_of(tried).starts_with("vigie_session")) << i;
  }
  EXPECT_GE(refused, 5);
  EXPECT_EQ(refused + told_to_wait, 8);  // all of the last three, unless this machine took seconds between two
}

TEST_F(AccessTest, AfterwardsOneIsWhereOneWantedToGoButOnlyHere) {
  for (auto const& [next, expected] :
       std::initializer_list<std::pair<std::string, std::string>>{{"%2Fsearch%3Fq%3Da", "/search?q=a"},
                                                                  {"https%3A%2F%2Felsewhere.example", "/"},
                                                                  {"%2F%2Felsewhere.example", "/"},
                                                                  {"%2F%5Celsewhere.example", "/"}}) {
    auto const page = get("/login");
    auto const done =
        post("/login", "password=une+phrase+assez+longue&next=" + next + "&key=" + key_of(page), cookie_of(page));
    EXPECT_EQ(header(done, "Location"), expected) << next;
  }
}

TEST_F(AccessTest, ATokenOpensTheApiToPrograms) {
  auto asked = request(Method::get, "/api/v1/latest");
  asked.authorization = "Bearer jeton-de-bord";
  EXPECT_EQ(app_->answer(asked).status, 200);
  asked.authorization = "Bearer autre";
  EXPECT_EQ(app_->answer(asked).status, 401);
  asked.authorization = "Basic jeton-de-bord";
  EXPECT_EQ(app_->answer(asked).status, 401);
  auto given = request(Method::post, "/api/v1/articles");
  given.authorization = "Bearer jeton-de-bord";
  given.body = "Un titre\nEt un texte.";
  EXPECT_EQ(app_->answer(given).status, 200);
}

TEST_F(AccessTest, FormsOfOtherSitesAndOldOnesChangeNothing) {
  auto const session = enter();
  EXPECT_EQ(post("/logout", "key=faux", session).status, 403);
  EXPECT_EQ(post("/logout", "", session).status, 403);
  EXPECT_EQ(get("/", session).status, 200);
  auto foreign = request(Method::post, "/api/v1/articles");
  foreign.cookie = session;
  foreign.body = "Un titre";
  foreign.origin = "http://elsewhere.example";
  EXPECT_EQ(app_->answer(foreign).status, 403);
  foreign.origin = "null";
  EXPECT_EQ(app_->answer(foreign).status, 403);
  foreign.origin.clear();
  foreign.fetch_site = "cross-site";
  EXPECT_EQ(app_->answer(foreign).status, 403);
  EXPECT_FALSE(app_->takes_upload(foreign));
  foreign.fetch_site = "same-origin";
  EXPECT_TRUE(app_->takes_upload(foreign));
  foreign.cookie.clear();
  EXPECT_FALSE(app_->takes_upload(foreign));
}

class OpenTest : public AccessTest {
 protected:
  OpenTest() : AccessTest(AccessFile()) {}
  static std::string form(std::string const& key, std::string const& text, std::string const& url = "") {
    auto const part = [](std::string const& name, std::string const& value) {
      return "--limite\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    };
    return part("key", key) + part("text", text) + part("url", url) +
           "--limite\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n"
           "Content-Type: application/octet-stream\r\n\r\n\r\n--limite--\r\n";
  }
  Response add(std::string body, std::string cookie) const {
    auto asked = request(Method::post, "/add");
    asked.host = "127.0.0.1:8080";
    asked.content_type = "multipart/form-data; boundary=limite";
    asked.body = std::move(body);
    asked.cookie = std::move(cookie);
    return app_->answer(asked);
  }
  Response add_page() const {
    auto asked = request(Method::get, "/add");
    asked.host = "127.0.0.1:8080";
    return app_->answer(asked);
  }
};

TEST_F(OpenTest, OnLoopbackWithoutAPasswordEverybodyEntersUnderItsNameOnly) {
  auto asked = request(Method::get, "/");
  EXPECT_EQ(app_->answer(asked).status, 421);
  asked.host = "localhost:8080";
  EXPECT_EQ(app_->answer(asked).status, 200);
}

TEST_F(OpenTest, WhatIsPastedIsKeptAndExplained) {
  auto const page = add_page();
  auto const done =
      add(form(key_of(page), "Un bac à la dérive\nLe bac a dérivé.", "https://bac.example/1"), cookie_of(page));
  EXPECT_EQ(done.status, 200);
  EXPECT_NE(done.body.find("Un bac à la dérive</a></h3>"), std::string::npos);
  EXPECT_NE(done.body.find("<td lang=\"en\">the first line</td>"), std::string::npos);
  EXPECT_NE(done.body.find("https://bac.example/1"), std::string::npos);
  auto const articles = store_.latest(100);
  EXPECT_TRUE(
      std::any_of(articles->begin(), articles->end(), [](auto const& a) { return a.title == "Un bac à la dérive"; }));
}

TEST_F(OpenTest, AnUploadWithoutItsPagesSealIsRefused) {
  auto const page = add_page();
  EXPECT_EQ(add(form("faux", "Un titre"), cookie_of(page)).status, 403);
  EXPECT_EQ(add(form(key_of(page), "Un titre"), "").status, 403);
  EXPECT_EQ(add(form(key_of(page), "Un titre"), "vigie_visit=" + random_token()).status, 403);
  EXPECT_EQ(add(form(key_of(page), ""), cookie_of(page)).status, 400);
  EXPECT_EQ(add("n'importe quoi", cookie_of(page)).status, 400);
}

TEST(AccessFileTest, IsWrittenForItsOwnerAndReadAgain) {
  auto const folder = std::filesystem::temp_directory_path() / ("vigie-access-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  auto const path = AccessFile::path(folder.string());
  EXPECT_TRUE(AccessFile::load(path)->password.empty());
  auto file = guarded();
  ASSERT_TRUE(file.save(path));
  struct stat found{};
  ASSERT_EQ(stat(path.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 077, 0u);
  auto const again = AccessFile::load(path);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->password, file.password);
  EXPECT_EQ(again->tokens, file.tokens);
  std::ofstream(path, std::ios::app) << "password en-clair\n";
  EXPECT_EQ(AccessFile::load(path).error().code, Errc::corrupt);
  std::filesystem::remove_all(folder);
}

TEST(ListeningTest, BeyondLoopbackAsksForAPassword) {
  FakeStore store;
  ServeOptions options;
  options.port = 0;
  options.address = "0.0.0.0";
  auto const refused = Server::start(store, options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::invalid_input);
  EXPECT_NE(refused.error().message.find("--set-password"), std::string::npos);
}

TEST(Secrets, AreSaltedRandomAndSealed) {
  auto const a = *hash_password("le même mot"), b = *hash_password("le même mot");
  EXPECT_NE(a, b);
  EXPECT_TRUE(is_password(a, "le même mot"));
  EXPECT_FALSE(is_password(a, "le meme mot"));
  EXPECT_FALSE(is_password("", ""));
  EXPECT_EQ(random_token().size(), 43u);
  EXPECT_NE(random_token(), random_token());
  EXPECT_TRUE(is_sealed("visite", sealed("visite")));
  EXPECT_FALSE(is_sealed("visite", sealed("visites")));
  EXPECT_FALSE(is_sealed("visite", ""));
}

}  // namespace
}  // namespace vigie::serve

// The page of sources: what an address offers is shown before it is kept, what is kept is shown with its health, and
// nothing changes but by a form of ours.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include "collect/loopback_site.hpp"
#include "collect/starter.hpp"
#include "serve/app.hpp"
#include "serve/assets.hpp"
#include "serve/fake_store.hpp"
#include "serve/secret.hpp"
#include "serve/url.hpp"
#include "serve/words.hpp"
#include "source/fixture.hpp"

namespace vigie::serve {
namespace {

using collect::LoopbackSite;
using testing::HasSubstr;
using testing::Not;

class SourcesTest : public ::testing::Test {
 protected:
  void SetUp() override { open(true); }

  void open(bool allow_private) {
    auto book = collect::SourceBook::open(folder_.path());
    ASSERT_TRUE(book) << book.error().message;
    collect::CollectOptions options;
    options.limits.allow_private = allow_private;
    options.manners.delay_ms = 0;
    watch_ = std::make_unique<Watch>(std::move(*book), options, [this] { ++woken_; });
    auto app = App::create(store_, metrics_, events_, access_, "1", watch_.get());
    ASSERT_TRUE(app) << app.error().message;
    app_ = std::move(*app);
  }

  static Request request(Method method, std::string target, std::string language = "fr") {
    Request out;
    out.method = method;
    out.target = std::move(target);
    out.host = "127.0.0.1:8080";
    out.accept_language = std::move(language);
    out.cookie = std::string(kVisitCookie) + "=visite";
    return out;
  }
  std::string get(std::string target, std::string language = "fr") const {
    auto const response = app_->answer(request(Method::get, target, language));
    EXPECT_EQ(response.status, 200) << target;
    return response.body;
  }
  Response post(std::string target, Parameters form, bool own = true) const {
    if (own) form.emplace_back("key", sealed("visite"));
    auto asked = request(Method::post, std::move(target));
    asked.body = form.empty() ? "" : address("", form).substr(1);
    asked.content_type = "application/x-www-form-urlencoded";
    return app_->answer(asked);
  }
  static std::string location(Response const& response) {
    for (auto const& [name, value] : response.headers) {
      if (name == "Location") return value;
    }
    return {};
  }
  std::vector<collect::Source> watched() const { return *watch_->book().list(); }

  source::TemporaryFolder folder_;
  FakeStore store_;
  Metrics metrics_;
  Events events_{store_};
  Access access_;
  int woken_ = 0;
  std::unique_ptr<Watch> watch_;
  std::unique_ptr<App> app_;
};

void put_up(LoopbackSite& site) {
  site.on("/", "200 OK", "Content-Type: text/html\r\n",
          "<!doctype html><title>Le Phare</title><link rel=alternate type=application/rss+xml href=/fil.xml>"
          "<p>Un journal.</p>");
  site.on("/fil.xml", "200 OK", "Content-Type: application/rss+xml\r\n",
          "<rss version='2.0'><channel><title>Le fil &lt;b&gt; du Phare</title><link>" + site.url("/") +
              "</link><item><title>Une</title><link>/1</link></item></channel></rss>");
}

TEST_F(SourcesTest, FirstOffersFeedsAndAsksThemNothing) {
  auto const body = get("/sources");
  EXPECT_THAT(body, HasSubstr("Pour commencer"));
  for (auto const& one : collect::starters()) EXPECT_THAT(body, HasSubstr(std::string(one.url)));
  EXPECT_THAT(body, Not(HasSubstr(" checked")));
  EXPECT_TRUE(watched().empty());
  auto const one = collect::starters()[0];
  auto const done = post("/sources/add", {{"found", "feed " + std::string(one.url)}});
  EXPECT_EQ(done.status, 303);
  EXPECT_EQ(location(done), "/sources?done=added&n=1");
  ASSERT_EQ(watched().size(), 1u);
  EXPECT_EQ(watched()[0].title, one.title);
  EXPECT_EQ(woken_, 1);
  EXPECT_THAT(get("/sources"), Not(HasSubstr("Pour commencer")));
  EXPECT_THAT(get("/sources?starter=1"), HasSubstr("Pour commencer"));
}

TEST_F(SourcesTest, WhatAnAddressOffersIsShownBeforeItIsKept) {
  LoopbackSite site;
  put_up(site);
  auto const shown = post("/sources/find", {{"url", site.url("/")}});
  EXPECT_EQ(shown.status, 200);
  EXPECT_THAT(shown.body, HasSubstr("value=\"feed " + site.url("/fil.xml") + "\" checked"));
  EXPECT_THAT(shown.body, HasSubstr("Le fil du Phare"));
  EXPECT_THAT(shown.body, HasSubstr("value=\"page " + site.url("/") + "\""));
  EXPECT_TRUE(watched().empty());
  post("/sources/add", {{"found", "feed " + site.url("/fil.xml")}, {"found", "page " + site.url("/")}});
  EXPECT_EQ(watched().size(), 2u);
}

TEST_F(SourcesTest, WhatCannotBeHadIsSaidInThePagesLanguage) {
  LoopbackSite site;
  site.on("/", "403 Forbidden", "", "");
  auto const refused = post("/sources/find", {{"url", site.url("/")}});
  EXPECT_THAT(refused.body, HasSubstr("le site refuse l’accès"));
  EXPECT_THAT(refused.body, HasSubstr("value=\"sitemap " + site.url("/") + "\""));  // all the same, if a person says so
  EXPECT_EQ(post("/sources/find", {{"url", "ftp://a.example/"}}).status, 400);
  EXPECT_EQ(post("/sources/find", {{"url", ""}}).status, 400);
  open(false);
  EXPECT_THAT(post("/sources/find", {{"url", site.url("/")}}).body, HasSubstr("réseau privé"));
}

TEST_F(SourcesTest, HealthIsShownInBothLanguages) {
  auto source =
      *watch_->book().add({.url = "https://a.example/rss", .title = "Le <i>Phare</i>", .site = "javascript:x"});
  source.failures = 3;
  source.problem = "the site is out of order (status 503)";
  source.last_try_s = source.last_success_s = 1'700'000'000;
  source.next_try_s = 1'700'003'600;
  ASSERT_TRUE(watch_->book().polled(source, {}, false, 1'700'000'000));
  auto const french = get("/sources"), english = get("/sources", "en");
  EXPECT_THAT(french, HasSubstr("en échec"));
  EXPECT_THAT(french, HasSubstr("le site est en panne (code 503)"));
  EXPECT_THAT(french, HasSubstr("Prochain essai"));
  EXPECT_THAT(french, HasSubstr("Le &lt;i&gt;Phare&lt;/i&gt;"));
  EXPECT_THAT(french, Not(HasSubstr("href=\"javascript")));
  EXPECT_THAT(english, HasSubstr("the site is out of order (status 503)"));
  EXPECT_THAT(english, HasSubstr("Next try"));
}

TEST_F(SourcesTest, SourcesArePausedAskedAndRemoved) {
  auto const source = *watch_->book().add({.url = "https://a.example/rss"});
  auto const at = "/sources/" + std::to_string(source.id) + '/';
  EXPECT_EQ(location(post(at + "pause", {})), "/sources?done=pause");
  EXPECT_TRUE(watched()[0].paused);
  EXPECT_THAT(get("/sources?done=pause"), HasSubstr("La source est en pause."));
  EXPECT_THAT(get("/sources"), HasSubstr("Reprendre"));
  post(at + "resume", {});
  EXPECT_FALSE(watched()[0].paused);
  post(at + "check", {});
  EXPECT_GT(watched()[0].next_try_s, 0);
  EXPECT_EQ(post(at + "explode", {}).status, 404);
  EXPECT_EQ(post("/sources/99/remove", {}).status, 404);
  EXPECT_EQ(post("/sources/x/remove", {}).status, 404);
  post(at + "remove", {});
  EXPECT_TRUE(watched().empty());
  EXPECT_EQ(woken_, 5);  // a source that is not there wakes nobody for long
}

TEST_F(SourcesTest, FormsOfOthersChangeNothing) {
  auto const source = *watch_->book().add({.url = "https://a.example/rss"});
  EXPECT_EQ(post("/sources/add", {{"found", "feed https://b.example/rss"}}, false).status, 403);
  EXPECT_EQ(post("/sources/find", {{"url", "https://b.example/"}}, false).status, 403);
  EXPECT_EQ(post("/sources/" + std::to_string(source.id) + "/remove", {}, false).status, 403);
  auto foreign = request(Method::post, "/sources/add");
  foreign.body = "found=feed+https://b.example/rss&key=" + percent_encode(sealed("visite"));
  foreign.fetch_site = "cross-site";
  EXPECT_EQ(app_->answer(foreign).status, 403);
  EXPECT_EQ(watched().size(), 1u);
}

TEST_F(SourcesTest, ListsGoInAndOut) {
  auto asked = request(Method::post, "/sources/import");
  asked.content_type = "multipart/form-data; boundary=x";
  asked.body = "--x\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n" + sealed("visite") +
               "\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.opml\"\r\n\r\n"
               "<opml><body><outline type='rss' text='A &amp; B' xmlUrl='https://a.example/rss'/>"
               "<outline xmlUrl='javascript:x'/></body></opml>\r\n--x--\r\n";
  EXPECT_EQ(location(app_->answer(asked)), "/sources?done=added&n=1");
  ASSERT_EQ(watched().size(), 1u);
  EXPECT_THAT(get("/sources.opml"), HasSubstr("https://a.example/rss"));
}

TEST_F(SourcesTest, ThePageIsBounded) {
  for (int i = 0; i < 250; ++i) {
    ASSERT_TRUE(watch_->book().add({.url = "https://a.example/" + std::to_string(i), .title = std::to_string(i)}));
  }
  EXPECT_THAT(get("/sources"), HasSubstr("/sources?page=2"));
  EXPECT_THAT(get("/sources?page=3"), Not(HasSubstr("/sources?page=4")));
  get("/sources?page=99999999999&done=%3Cscript%3E&n=x");
}

TEST_F(SourcesTest, AnAddressAloneIsFetchedFromTheUploadPage) {
  LoopbackSite site;
  site.on("/une", "200 OK", "Content-Type: text/html\r\n", "<!doctype html><title>La une du Phare</title><p>Texte.");
  auto asked = request(Method::post, "/add");
  asked.content_type = "multipart/form-data; boundary=x";
  auto const with_url = [&](std::string const& url) {
    asked.body = "--x\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n" + sealed("visite") +
                 "\r\n--x\r\nContent-Disposition: form-data; name=\"url\"\r\n\r\n" + url + "\r\n--x--\r\n";
    return app_->answer(asked).body;
  };
  EXPECT_THAT(with_url(site.url("/une")), HasSubstr("class=\"outcome\""));
  EXPECT_EQ(site.asked("/une"), 1);
  EXPECT_THAT(with_url(site.url("/absente")), HasSubstr("le site n’a rien à cette adresse"));
  open(false);
  EXPECT_THAT(with_url(site.url("/une")), HasSubstr("réseau privé"));
  EXPECT_EQ(site.asked("/une"), 1);
}

TEST_F(SourcesTest, TheApiSaysAndChangesTheSame) {
  auto const ask = [&](Method method, std::string target) {
    auto asked = request(method, std::move(target));
    return app_->answer(asked);
  };
  auto const added = ask(Method::post, "/api/v1/sources?url=https%3A%2F%2Fa.example%2Frss&title=A");
  EXPECT_EQ(added.status, 200);
  auto const id = std::to_string(watched().at(0).id);
  EXPECT_EQ(ask(Method::post, "/api/v1/sources?url=nope").status, 400);
  EXPECT_EQ(ask(Method::post, "/api/v1/sources?url=https%3A%2F%2Fa.example%2F&kind=x").status, 400);
  EXPECT_EQ(ask(Method::post, "/api/v1/sources/" + id + "/pause").status, 200);
  auto const body = ask(Method::get, "/api/v1/sources").body;
  simdjson::dom::parser parser;
  auto const watched_json = parser.parse(body)["watched"].at(0);
  EXPECT_EQ(std::string_view(watched_json["url"]), "https://a.example/rss");
  EXPECT_TRUE(bool(watched_json["paused"]));
  EXPECT_EQ(ask(Method::post, "/api/v1/sources/" + id + "/remove").status, 200);
  EXPECT_EQ(ask(Method::post, "/api/v1/sources/" + id + "/remove").status, 404);
  LoopbackSite site;
  put_up(site);
  auto const offers = ask(Method::post, "/api/v1/sources/find?url=" + percent_encode(site.url("/"))).body;
  EXPECT_EQ(std::string_view(parser.parse(offers)["found"].at(0)["url"]), site.url("/fil.xml"));
  EXPECT_TRUE(watched().empty());
}

TEST(Problems, AreKnownInFrench) {
  auto const words = *Words::load(find_asset("words.txt")->bytes);
  using collect::FetchFailure;
  for (auto wall = collect::Wall::challenge; wall <= collect::Wall::payment;
       wall = static_cast<collect::Wall>(static_cast<int>(wall) + 1)) {
    EXPECT_NE(words.translated(name(wall), Language::french), name(wall));
  }
  for (auto failure = FetchFailure::bad_url; failure < FetchFailure::stopped;
       failure = static_cast<FetchFailure>(static_cast<int>(failure) + 1)) {
    EXPECT_NE(words.translated(name(failure), Language::french), name(failure));
  }
  EXPECT_EQ(words.translated("the host is not known: x", Language::english), "the host is not known: x");
}

}  // namespace
}  // namespace vigie::serve

// Hostile and ordinary answers on loopback: each does what PRODUCT.md says, within its bounds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/time.hpp"
#include "collect/loopback_site.hpp"
#include "collect/visitor.hpp"
#include "source/fixture.hpp"

namespace vigie::collect {
namespace {

using namespace std::chrono_literals;
using Kind = VisitAnswer::Kind;

class Visits : public testing::Test {
 protected:
  Visits() {
    limits_.allow_private = true;
    limits_.body_bytes = 1u << 20;
    limits_.connect_ms = 2000;
    limits_.total_ms = 4000;
    limits_.slow_ms = 1000;
    manners_.delay_ms = 0;
  }
  std::unique_ptr<Visitor> visitor() {
    return std::make_unique<Visitor>(*Fetcher::create(limits_, "Vigie/test"), manners_);
  }
  VisitAnswer visit(VisitRequest request) {
    auto const visitor = this->visitor();
    return visit(*visitor, std::move(request));
  }
  static VisitAnswer visit(Visitor& visitor, VisitRequest request) {
    VisitAnswer out;
    out.problem = "never answered";
    visitor.visit(std::move(request), [&](VisitAnswer answer) { out = std::move(answer); });
    auto const late = std::chrono::steady_clock::now() + 120s;
    while (visitor.step(50) && std::chrono::steady_clock::now() < late) {
    }
    return out;
  }
  VisitAnswer visit(std::string const& path) { return visit(VisitRequest{.url = site_.url(path)}); }

  LoopbackSite site_;
  FetchLimits limits_;
  Manners manners_;
};

TEST_F(Visits, APageComesWithItsTypeAndValidators) {
  site_.on("/a", "200 OK", "Content-Type: text/html\r\nETag: \"x\"\r\nLast-Modified: Tue, 14 Nov 2023 23:13:20 GMT\r\n",
           "<p>un");
  auto const answer = visit("/a");
  EXPECT_EQ(answer.kind, Kind::page) << answer.problem;
  EXPECT_EQ(answer.answer.body, "<p>un");
  EXPECT_EQ(answer.answer.etag, "\"x\"");
  EXPECT_EQ(answer.answer.content_type, "text/html");
}

TEST_F(Visits, WhatIsHeldIsAskedForOnlyIfItChanged) {
  std::string seen;
  site_.on("/a", [&](std::string const& request, auto const& write) {
    seen = request;
    write("HTTP/1.1 304 Not Modified\r\n\r\n");
  });
  auto const answer = visit(VisitRequest{.url = site_.url("/a"), .etag = "\"x\"", .last_modified = "then"});
  EXPECT_EQ(answer.kind, Kind::unchanged);
  EXPECT_THAT(seen, testing::HasSubstr("If-None-Match: \"x\""));
  EXPECT_THAT(seen, testing::HasSubstr("If-Modified-Since: then"));
  EXPECT_THAT(seen, testing::HasSubstr("User-Agent: Vigie/test"));
  EXPECT_THAT(seen, testing::Not(testing::HasSubstr("Cookie")));
}

TEST_F(Visits, CompressedAnswersAreUndone) {
  std::string const body(5000, 'e');
  site_.on("/a", "200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", source::gzip(body));
  EXPECT_EQ(visit("/a").answer.body, body);
}

TEST_F(Visits, PermanentRedirectsAreToldApart) {
  site_.on("/old", "301 Moved", "Location: /new\r\n", "");
  site_.on("/new", "302 Found", "Location: /today\r\n", "");
  site_.on("/today", "200 OK", "", "<p>ici");
  auto const answer = visit("/old");
  EXPECT_EQ(answer.kind, Kind::page);
  EXPECT_EQ(answer.url, site_.url("/today"));
  EXPECT_EQ(answer.permanent_url, site_.url("/new"));
}

TEST_F(Visits, RedirectsThatNeverEndDo) {
  site_.on("/a", "302 Found", "Location: /b\r\n", "");
  site_.on("/b", "302 Found", "Location: /a\r\n", "");
  site_.on("/self", "302 Found", "Location: /self\r\n", "");
  site_.on("/odd", "302 Found", "Location: file:///etc/passwd\r\n", "");
  site_.on("/none", "302 Found", "", "");
  for (auto const* const path : {"/a", "/self", "/odd", "/none"}) {
    auto const answer = visit(path);
    EXPECT_EQ(answer.kind, Kind::failed) << path;
    EXPECT_THAT(answer.problem, testing::HasSubstr("redirect")) << path;
  }
  EXPECT_LE(site_.asked("/a") + site_.asked("/b"), 7);
}

TEST_F(Visits, ThisMachineIsRefusedUnlessAllowed) {
  site_.on("/a", "200 OK", "", "secret");
  limits_.allow_private = false;
  for (auto const& url : {site_.url("/a"), std::string("http://localhost:1/"), std::string("http://[::1]:1/"),
                          std::string("http://0x7f.1/"), std::string("http://2130706433/")}) {
    auto const answer = visit(VisitRequest{.url = url});
    EXPECT_NE(answer.kind, Kind::page) << url;
    EXPECT_TRUE(answer.answer.body.empty());
  }
  EXPECT_EQ(site_.asked("/a") + site_.asked("/robots.txt"), 0) << "no connection was made";
}

TEST_F(Visits, OtherSchemesAreNoAddresses) {
  for (auto const* const url : {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "javascript:1", ""}) {
    EXPECT_EQ(visit(VisitRequest{.url = url}).kind, Kind::failed) << url;
  }
}

TEST_F(Visits, SlowBytesAreGivenUp) {
  site_.on("/robots.txt", "404 Not Found", "", "");
  site_.on("/a", [](std::string const&, auto const& write) {
    write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
    while (write("x")) std::this_thread::sleep_for(100ms);
  });
  auto const began = std::chrono::steady_clock::now();
  auto const answer = visit("/a");
  EXPECT_EQ(answer.kind, Kind::failed);
  EXPECT_EQ(answer.answer.failure, FetchFailure::timeout) << answer.problem;
  EXPECT_LT(std::chrono::steady_clock::now() - began, 90s);
}

TEST_F(Visits, ASilentServerIsGivenUp) {
  site_.on("/a", [](std::string const&, auto const& write) {
    for (int i = 0; i < 100 && write(""); ++i) std::this_thread::sleep_for(100ms);
  });
  EXPECT_EQ(visit("/a").answer.failure, FetchFailure::timeout);
}

TEST_F(Visits, AnEndlessBodyIsCutOff) {
  site_.on("/a", [](std::string const&, auto const& write) {
    write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
    std::string const chunk(65536, 'x');
    while (write(chunk)) {
    }
  });
  EXPECT_EQ(visit("/a").answer.failure, FetchFailure::too_large);
}

TEST_F(Visits, EndlessHeadersAreCutOff) {
  site_.on("/a", [](std::string const&, auto const& write) {
    write("HTTP/1.1 200 OK\r\n");
    while (write("X-Long: " + std::string(2000, 'h') + "\r\n")) {
    }
  });
  EXPECT_EQ(visit("/a").kind, Kind::failed);
}

TEST_F(Visits, AGzipBombIsCutOff) {
  std::string const bomb = source::gzip(std::string(64u << 20, ' '));
  site_.on("/a", "200 OK", "Content-Encoding: gzip\r\n", bomb);
  auto const answer = visit("/a");
  EXPECT_EQ(answer.answer.failure, FetchFailure::too_large) << answer.problem;
  EXPECT_TRUE(answer.answer.body.empty());
}

TEST_F(Visits, WrongLengthsFail) {
  site_.on("/short",
           [](std::string const&, auto const& write) { write("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nshort"); });
  site_.on("/chunk", [](std::string const&, auto const& write) {
    write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nwhat\r\n");
  });
  site_.on("/garbage", [](std::string const&, auto const& write) { write("\x01\x02\x03 this is no HTTP\r\n\r\n"); });
  site_.on("/gzip", "200 OK", "Content-Encoding: gzip\r\n", "this is no gzip");
  for (auto const* const path : {"/short", "/chunk", "/garbage", "/gzip"})
    EXPECT_EQ(visit(path).kind, Kind::failed) << path;
}

TEST_F(Visits, WallsAreSaid) {
  site_.on("/202", "202 Accepted", "", "<p>wait");
  site_.on("/403", "403 Forbidden", "", "");
  site_.on("/429", "429 Too Many", "Retry-After: 77\r\n", "");
  site_.on("/503", "503 Busy", "Retry-After: 5\r\n", "");
  site_.on("/410", "410 Gone", "", "");
  EXPECT_EQ(visit("/202").wall, Wall::challenge);
  EXPECT_EQ(visit("/403").wall, Wall::refused);
  EXPECT_EQ(visit("/429").wall, Wall::too_many);
  EXPECT_EQ(visit("/429").retry_after_s, 77);
  EXPECT_EQ(visit("/503").wall, Wall::unavailable);
  EXPECT_EQ(visit("/410").wall, Wall::gone);
}

TEST_F(Visits, RobotsAreObeyedAndAskedForOnce) {
  site_.on("/robots.txt", "200 OK", "", "User-agent: vigie\nDisallow: /no\n");
  site_.on("/yes", "200 OK", "", "<p>oui");
  site_.on("/no", "200 OK", "", "<p>non");
  site_.on("/sly", "302 Found", "Location: /no\r\n", "");
  auto const visitor = this->visitor();
  EXPECT_EQ(visit(*visitor, {.url = site_.url("/yes")}).kind, Kind::page);
  EXPECT_EQ(visit(*visitor, {.url = site_.url("/no")}).kind, Kind::forbidden);
  EXPECT_EQ(visit(*visitor, {.url = site_.url("/sly")}).kind, Kind::forbidden) << "a redirect is judged like a request";
  EXPECT_EQ(site_.asked("/no"), 0);
  EXPECT_EQ(site_.asked("/robots.txt"), 1);
}

TEST_F(Visits, RobotsThatCannotBeHadForbidOrAllowAsTheRfcSays) {
  site_.on("/a", "200 OK", "", "<p>a");
  site_.on("/robots.txt", "404 Not Found", "", "");
  EXPECT_EQ(visit("/a").kind, Kind::page);
  site_.on("/robots.txt", "403 Forbidden", "", "");
  EXPECT_EQ(visit("/a").kind, Kind::page);
  site_.on("/robots.txt", "503 Busy", "", "");
  EXPECT_EQ(visit("/a").kind, Kind::failed);
  EXPECT_EQ(site_.asked("/a"), 2);
  site_.on("/robots.txt", "301 Moved", "Location: /r2\r\n", "");
  site_.on("/r2", "200 OK", "", "User-agent: *\nDisallow: /");
  EXPECT_EQ(visit("/a").kind, Kind::forbidden);
}

TEST_F(Visits, ARobotsTxtOfTwoMegabytesIsReadAsFarAsItMust) {
  std::string text = "User-agent: *\nDisallow: /early\n";
  while (text.size() < (2u << 20)) text += "# a line of a very long file\n";
  text += "Disallow: /late\n";
  site_.on("/robots.txt", "200 OK", "", text);
  site_.on("/late", "200 OK", "", "<p>tard");
  site_.on("/early", "200 OK", "", "<p>tôt");
  EXPECT_EQ(visit("/late").kind, Kind::page);
  EXPECT_EQ(visit("/early").kind, Kind::forbidden);
}

TEST_F(Visits, OneHostIsAskedWithAPauseAndFewAtATime) {
  manners_.delay_ms = 200;
  manners_.per_host = 1;
  std::atomic<int> now = 0, most = 0;
  site_.on("/robots.txt", "404 Not Found", "", "");
  for (auto const* const path : {"/1", "/2", "/3"}) {
    site_.on(path, [&](std::string const&, auto const& write) {
      most = std::max<int>(most, ++now);
      std::this_thread::sleep_for(50ms);
      --now;
      write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
    });
  }
  auto const visitor = this->visitor();
  int done = 0;
  auto const began = std::chrono::steady_clock::now();
  for (auto const* const path : {"/1", "/2", "/3"})
    visitor->visit({.url = site_.url(path)}, [&](VisitAnswer const& answer) { done += answer.kind == Kind::page; });
  while (visitor->step(50)) {
  }
  EXPECT_EQ(done, 3);
  EXPECT_EQ(most, 1);
  EXPECT_GE(std::chrono::steady_clock::now() - began, 400ms);
}

TEST_F(Visits, WhatCanWaitGoesLast) {
  manners_.per_host = 1;
  site_.on("/robots.txt", "404 Not Found", "", "");
  std::vector<std::string> order;
  auto const visitor = this->visitor();
  for (std::string const path : {"/old1", "/old2", "/new1", "/new2"}) {
    site_.on(path, "200 OK", "", "x");
    visitor->visit({.url = site_.url(path), .patient = path[1] == 'o'},
                   [&, path](VisitAnswer const&) { order.push_back(path); });
  }
  while (visitor->step(50)) {
  }
  EXPECT_EQ(order, (std::vector<std::string>{"/new1", "/new2", "/old1", "/old2"}));
}

// As a book is, within one process.
class Memory final : public RobotsMemory {
 public:
  std::optional<RobotsRecord> robots(std::string const& host, int64_t now_s) override {
    auto const found = kept.find(host);
    return found == kept.end() || found->second.until_s <= now_s ? std::nullopt : std::optional(found->second);
  }
  void keep_robots(std::string const& host, RobotsRecord const& record) override { kept[host] = record; }
  std::map<std::string, RobotsRecord> kept;
};

TEST_F(Visits, RobotsTxtIsAskedForOnceADayWhateverTheNumberOfProcesses) {
  site_.on("/a", "200 OK", "", "<p>a");
  site_.on("/no", "200 OK", "", "<p>non");
  Memory memory;
  auto const ask = [&](std::string const& path) {
    Visitor visitor(*Fetcher::create(limits_, "Vigie/test"), manners_, &memory);
    return visit(visitor, {.url = site_.url(path)}).kind;
  };
  site_.on("/robots.txt", "200 OK", "", "User-agent: *\nDisallow: /no\n");
  EXPECT_EQ(ask("/a"), Kind::page);
  EXPECT_EQ(ask("/no"), Kind::forbidden);
  EXPECT_EQ(ask("/a"), Kind::page);
  EXPECT_EQ(site_.asked("/robots.txt"), 1);
  auto& record = memory.kept.begin()->second;
  EXPECT_NEAR(record.until_s, now_epoch_s() + 86'400, 60);

  record.until_s = now_epoch_s() - 1;  // a day later
  site_.on("/robots.txt", "503 Busy", "", "");
  EXPECT_EQ(ask("/a"), Kind::failed);
  EXPECT_EQ(ask("/a"), Kind::failed) << "not asked again within a quarter of an hour";
  EXPECT_EQ(site_.asked("/robots.txt"), 2);
  memory.kept.begin()->second.until_s = 0;
  site_.on("/robots.txt", "404 Not Found", "", "");
  EXPECT_EQ(ask("/no"), Kind::page);
  EXPECT_EQ(ask("/no"), Kind::page);
  EXPECT_EQ(site_.asked("/robots.txt"), 3);
}

TEST_F(Visits, ADeadHostIsSaid) {
  auto const answer = visit(VisitRequest{.url = "http://127.0.0.1:1/"});
  EXPECT_NE(answer.kind, Kind::page);
  EXPECT_FALSE(answer.problem.empty());
}

}  // namespace
}  // namespace vigie::collect

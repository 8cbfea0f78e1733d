#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "archive/sqlite.hpp"
#include "collect/book.hpp"
#include "source/fixture.hpp"

namespace vigie::collect {
namespace {

using source::TemporaryFolder;

class Books : public testing::Test {
 protected:
  void SetUp() override { open(); }
  void open() {
    auto opened = SourceBook::open(folder_.path());
    ASSERT_TRUE(opened) << opened.error().message;
    book_ = std::move(*opened);
  }
  Source add(std::string const& url) {
    return *book_->add({.url = url, .title = "Titre", .site = "https://a.example/"});
  }
  std::vector<Entry> pending() { return *book_->pending(100, 10); }
  std::vector<Entry> entries(int64_t source, int64_t digest = 1) {
    return {{.source = source, .key = 10, .digest = digest, .url = "https://a.example/1", .feed_entry = "<rss/>"},
            {.source = source, .key = 20, .digest = digest, .url = "https://a.example/2"}};
  }

  TemporaryFolder folder_;
  std::unique_ptr<SourceBook> book_;
};

TEST_F(Books, ASourceIsKeptOnceAndForGood) {
  auto const one = add("https://a.example/rss");
  EXPECT_EQ(add("https://a.example/rss").id, one.id);
  book_.reset();
  open();
  auto const list = book_->list();
  ASSERT_TRUE(list);
  ASSERT_EQ(list->size(), 1u);
  EXPECT_EQ((*list)[0].title, "Titre");
  EXPECT_EQ(book_->due(1, 10)->size(), 1u) << "a new source is due at once";
}

TEST_F(Books, WhatTheFeedGivesOfItsPagesIsCounted) {
  auto source = add("https://a.example/rss");
  ASSERT_EQ(*book_->polled(source, entries(source.id), false, 100), 2u);
  auto const waiting = pending();
  EXPECT_FALSE(book_->get(source.id)->feed_share());
  std::vector<SourceBook::Settled> const settled = {
      {.entry = waiting[0], .whole_page = true, .captured_s = 100, .feed_letters = 200, .page_letters = 1000},
      {.entry = waiting[1], .whole_page = true, .captured_s = 100, .feed_letters = 0, .page_letters = 1000}};
  ASSERT_TRUE(book_->settle(settled, 100));
  auto const known = book_->get(source.id);
  EXPECT_EQ(known->compared, 1u) << "an entry without words of its own is no comparison";
  EXPECT_DOUBLE_EQ(known->feed_share().value_or(0), 0.2);
}

TEST_F(Books, NewEntriesWaitUntilTheyAreSettled) {
  auto source = add("https://a.example/rss");
  EXPECT_EQ(*book_->polled(source, entries(source.id), false, 100), 2u);
  EXPECT_EQ(*book_->polled(source, entries(source.id), false, 100), 2u) << "still waiting, still once";
  auto pending = *book_->pending(100, 10);
  ASSERT_EQ(pending.size(), 2u);
  book_.reset();
  open();  // as after a kill
  ASSERT_EQ(book_->pending(100, 10)->size(), 2u);
  std::vector<SourceBook::Settled> const settled = {
      {.entry = pending[0], .end = SourceBook::End::fresh, .whole_page = true, .captured_s = 100},
      {.entry = pending[1], .end = SourceBook::End::refused, .problem = "why"}};
  ASSERT_TRUE(book_->settle(settled, 100));
  EXPECT_TRUE(book_->pending(1000, 10)->empty());
  EXPECT_EQ(*book_->polled(source, entries(source.id), false, 200), 0u);
  auto const now = *book_->get(source.id);
  EXPECT_EQ(now.fresh, 1u);
  EXPECT_EQ(now.pages, 1u);
  EXPECT_EQ(now.refused, 1u);
}

TEST_F(Books, AChangedEntryWaitsAgain) {
  auto source = add("https://a.example/rss");
  ASSERT_TRUE(book_->polled(source, entries(source.id, 1), false, 100));
  for (auto const& entry : pending()) {
    SourceBook::Settled const settled{.entry = entry};
    ASSERT_TRUE(book_->settle({&settled, 1}, 100));
  }
  EXPECT_EQ(*book_->polled(source, entries(source.id, 2), false, 200), 2u);
}

TEST_F(Books, WhatAnotherSourceBroughtIsADuplicate) {
  auto a = add("https://a.example/rss"), b = add("https://a.example/atom");
  ASSERT_TRUE(book_->polled(a, entries(a.id), false, 100));
  for (auto const& entry : pending()) {
    SourceBook::Settled const settled{.entry = entry};
    ASSERT_TRUE(book_->settle({&settled, 1}, 100));
  }
  EXPECT_EQ(*book_->polled(b, entries(b.id), false, 200), 0u);
  EXPECT_EQ(book_->get(b.id)->duplicates, 2u);
}

TEST_F(Books, APostponedEntryComesBackInTime) {
  auto source = add("https://a.example/rss");
  ASSERT_TRUE(book_->polled(source, entries(source.id), false, 100));
  auto entry = book_->pending(100, 1)->front();
  entry.attempts = 1;
  entry.next_try_s = 500;
  ASSERT_TRUE(book_->postpone(entry, "the site is out of order"));
  EXPECT_EQ(book_->pending(499, 10)->size(), 1u);
  EXPECT_EQ(book_->pending(500, 10)->size(), 2u);
  EXPECT_EQ(book_->get(source.id)->problem, "the site is out of order");
}

TEST_F(Books, ARemovedSourceStaysRemoved) {
  auto source = add("https://a.example/rss");
  ASSERT_TRUE(book_->remove(source.id));
  EXPECT_EQ(*book_->polled(source, entries(source.id), false, 100), 0u);
  EXPECT_TRUE(book_->list()->empty());
  EXPECT_TRUE(book_->pending(1000, 10)->empty());
  EXPECT_EQ(book_->remove(source.id).error().code, Errc::not_found);
}

TEST_F(Books, APausedSourceIsNeitherAskedNorFetchedFrom) {
  auto source = add("https://a.example/rss");
  ASSERT_TRUE(book_->polled(source, entries(source.id), false, 100));
  ASSERT_TRUE(book_->set_paused(source.id, true, 100));
  EXPECT_TRUE(book_->due(1000, 10)->empty());
  EXPECT_TRUE(book_->pending(1000, 10)->empty());
  EXPECT_FALSE(*book_->next_due());
  EXPECT_TRUE(book_->get(source.id)->paused);
  EXPECT_EQ(book_->get(source.id)->waiting, 2u);
  ASSERT_TRUE(book_->set_paused(source.id, false, 500));
  EXPECT_EQ(book_->due(500, 10)->size(), 1u);
  EXPECT_EQ(book_->pending(1000, 10)->size(), 2u);
  EXPECT_EQ(book_->set_paused(99, true, 1).error().code, Errc::not_found);
}

TEST_F(Books, ArticlesAreReadAgainWhenTheyAreDueAFewAtATime) {
  auto a = add("https://a.example/rss"), b = add("https://b.example/rss");
  std::vector<SourceBook::Settled> settled;
  for (int64_t key = 1; key <= 6; ++key) {
    int64_t const source = key == 6 ? b.id : a.id;
    settled.push_back(
        {.entry = {.source = source, .key = key, .digest = 1, .url = "https://a.example/x"},
         .whole_page = true,
         .captured_s = 100,
         .again = Reread{.source = source, .key = key, .url = "x", .etag = "e", .since_s = 50, .due_s = 200 - key}});
  }
  ASSERT_TRUE(book_->settle(settled, 100));
  EXPECT_TRUE(book_->rereads(190, 2)->empty());
  auto due = *book_->rereads(1000, 2);
  ASSERT_EQ(due.size(), 3u) << "two of one source, one of the other";
  EXPECT_EQ((std::vector<int64_t>{due[0].key, due[1].key, due[2].key}), (std::vector<int64_t>{4, 5, 6}));
  EXPECT_EQ(due[0].etag, "e");

  due[0].due_s = 5000;
  due[0].rereads = 1;
  due[0].etag = "f";
  std::vector<Looked> const looked = {{.reread = due[0], .edition = true},
                                      {.reread = due[1], .over = true, .withdrawn = true},
                                      {.reread = due[2], .over = true, .problem = "why"}};
  ASSERT_TRUE(book_->looked(looked));
  EXPECT_EQ(book_->rereads(1000, 10)->size(), 3u);
  auto const later = *book_->rereads(5000, 10);
  ASSERT_EQ(later.size(), 4u);
  EXPECT_EQ(later[3].etag + std::to_string(later[3].rereads), "f1");
  EXPECT_EQ(later[3].since_s, 50);
  auto const known = *book_->get(a.id);
  EXPECT_EQ((std::vector<uint64_t>{known.rereads, known.withdrawn, known.editions}), (std::vector<uint64_t>{2, 1, 1}));
  EXPECT_EQ(book_->get(b.id)->problem, "why");

  ASSERT_TRUE(book_->set_paused(a.id, true, 100));
  EXPECT_TRUE(book_->rereads(5000, 10)->empty());
  EXPECT_FALSE(book_->next_due().value() && **book_->next_due() > 0) << "only b is due, since ever";
  ASSERT_TRUE(book_->remove(a.id));
  ASSERT_TRUE(book_->settle({settled.data(), 1}, 100)) << "what was under way when it was removed";
  EXPECT_TRUE(book_->rereads(5000, 10)->empty());
}

TEST_F(Books, APlannedRereadKeepsItsAgeWhenTheFeedSpeaksOfItAgain) {
  auto a = add("https://a.example/rss");
  Reread const first{.source = a.id, .key = 1, .url = "u", .since_s = 50, .due_s = 60},
      second{.source = a.id, .key = 1, .url = "v", .since_s = 90, .due_s = 95};
  for (auto const& one : {first, second}) {
    SourceBook::Settled const settled{
        .entry = {.source = a.id, .key = 1, .digest = 1, .url = "u"}, .whole_page = true, .again = one};
    ASSERT_TRUE(book_->settle({&settled, 1}, 100));
  }
  auto const due = *book_->rereads(100, 10);
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due[0].since_s, 50);
  EXPECT_EQ(due[0].due_s, 95);
  EXPECT_EQ(due[0].url, "v");
}

TEST_F(Books, RobotsTxtIsRememberedAsLongAsItIsBelieved) {
  book_->keep_robots("https://a.example", {RobotsRecord::Says::rules, "User-agent: *", 500});
  book_.reset();
  open();
  auto const known = book_->robots("https://a.example", 499);
  ASSERT_TRUE(known);
  EXPECT_EQ(known->text, "User-agent: *");
  EXPECT_FALSE(book_->robots("https://a.example", 500));
  EXPECT_FALSE(book_->robots("https://b.example", 1));
  ASSERT_TRUE(book_->forget_old(0, 500));
  EXPECT_FALSE(book_->robots("https://a.example", 1));
}

TEST_F(Books, ABookOfTheFirstVersionIsTakenOver) {
  add("https://a.example/rss");
  book_.reset();
  {
    auto raw = *archive::Database::open(folder_.path() + "/sources.db", archive::Database::Mode::read_write);
    for (std::string const column : {"paused", "compared", "feed_letters", "page_letters", "rereads", "withdrawn"}) {
      ASSERT_TRUE(raw.run(("ALTER TABLE source DROP COLUMN " + column).c_str()));
    }
    for (std::string const table : {"hub", "reread", "robots"}) ASSERT_TRUE(raw.run(("DROP TABLE " + table).c_str()));
    ASSERT_TRUE(raw.run("PRAGMA user_version=1"));
  }
  open();
  EXPECT_EQ(book_->list()->size(), 1u);
  EXPECT_FALSE(book_->list()->front().paused);
  EXPECT_TRUE(book_->set_paused(1, true, 1));
}

TEST_F(Books, WhatAHubAgreedToIsKeptUntilTheSourceGoes) {
  auto const source = add("https://a.example/rss");
  EXPECT_FALSE(*book_->subscription(source.id));
  HubSubscription one{
      .source = source.id, .hub = "https://hub.example/", .topic = "https://a.example/rss", .token = "abc"};
  one.asked_s = 1'000'000;
  EXPECT_FALSE(is_due(one, 1'000'100));  // asked just now
  EXPECT_TRUE(is_due(one, 1'010'000));
  one.until_s = 2'000'000;
  EXPECT_FALSE(is_due(one, 1'010'000));
  ASSERT_TRUE(book_->set_subscription(one));
  ASSERT_TRUE(*book_->subscription_at("abc"));
  EXPECT_EQ((*book_->subscription_at("abc"))->topic, one.topic);
  EXPECT_FALSE(*book_->subscription_at("abd"));
  EXPECT_EQ(subscription_form(one, "https://v.example/"),
            "hub.mode=subscribe&hub.topic=https%3a%2f%2fa%2eexample%2frss&hub.callback="
            "https%3a%2f%2fv%2eexample%2fwebsub%2fabc&hub.lease_seconds=864000");
  ASSERT_TRUE(book_->remove(source.id));
  EXPECT_FALSE(*book_->subscription_at("abc"));
}

TEST_F(Books, ArchivePositionsAreKept) {
  EXPECT_EQ(*book_->archive_position("a"), 0u);
  ASSERT_TRUE(book_->set_archive_position("a", 7));
  ASSERT_TRUE(book_->set_archive_position("a", 9));
  EXPECT_EQ(*book_->archive_position("a"), 9u);
  ASSERT_TRUE(book_->set_archive_position("a", 0));
  EXPECT_EQ(*book_->archive_position("a"), 0u);
}

}  // namespace
}  // namespace vigie::collect

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "archive/columns.hpp"
#include "archive/fixture.hpp"
#include "archive/sqlite.hpp"

namespace vigie::archive {
namespace {

TEST(Archive, GivesBackExactlyWhatWasKept) {
  TemporaryFolder folder;
  auto a = make_article("a.1:x_-");
  a.kicker = "Diplomatie";
  a.lede_in_text = true;
  a.access = article::Access::paid;
  a.kind = article::Kind::live;
  a.section = "Monde";
  a.image = "https://journal.example/i.jpg";
  a.modified = parse_rfc3339("2024-05-01T09:00:00");
  a.published = parse_rfc3339("2024-04-30");
  a.seen = parse_rfc3339("2024-05-01T10:00:00-03:30");
  a.diagnostics = {"date: from the page", ""};
  a.blocks.push_back({article::BlockKind::item, 3, ""});
  a.blocks.push_back({article::BlockKind::quote, 0, "œuvre « citée »"});
  auto capture = make_capture(a);
  capture.body += std::string("\0\r\nWARC/1.1\r\n\xff", 13);
  for (bool const reopened : {false, true}) {
    auto const archive = open(folder.path());
    ASSERT_TRUE(archive);
    if (!reopened) {
      ASSERT_TRUE(archive->begin());
      EXPECT_EQ(archive->add(a, {}, capture)->added, Added::fresh);
      ASSERT_TRUE(archive->commit());
    }
    auto const edition = archive->latest(a.id);
    ASSERT_TRUE(edition) << edition.error().message;
    EXPECT_EQ(edition->article, a);
    EXPECT_EQ(edition->number, 1u);
    auto const kept = archive->capture(edition->row);
    ASSERT_TRUE(kept) << kept.error().message;
    EXPECT_EQ(kept->body, capture.body);
    EXPECT_EQ(kept->url, capture.url);
    EXPECT_EQ(kept->content_type, capture.content_type);
    EXPECT_EQ(kept->seen, capture.seen);
    EXPECT_EQ(findings(*archive), "");
  }
}

TEST(Archive, HostileCaptureFieldsComeBackUnchanged) {
  TemporaryFolder folder;
  auto const archive = open(folder.path());
  std::string const odd[] = {
      "", "http://x/%0d%0aé\r\nEvil: 1\r\n\r\n", " blank ", "<http://x>", std::string("nul\0", 4), "http://x/é?q=a b"};
  int count = 0;
  for (auto const& value : odd) {
    for (auto const media :
         {source::Media::html, source::Media::text, source::Media::record, source::Media::feed_entry}) {
      auto const a = make_article("odd-" + std::to_string(++count));
      source::Capture capture;
      capture.media = media;
      capture.url = value;
      capture.content_type = value;
      capture.body = value;
      if (count % 2 == 0) capture.seen = a.seen;
      ASSERT_TRUE(archive->begin());
      auto const outcome = archive->add(a, {}, capture);
      ASSERT_TRUE(outcome);
      ASSERT_TRUE(archive->commit());
      auto const kept = archive->capture(outcome->row);
      ASSERT_TRUE(kept) << kept.error().message;
      EXPECT_EQ(kept->media, capture.media);
      EXPECT_EQ(kept->url, capture.url);
      EXPECT_EQ(kept->content_type, capture.content_type);
      EXPECT_EQ(kept->body, capture.body);
      EXPECT_EQ(kept->seen, capture.seen);
    }
  }
  EXPECT_EQ(findings(*archive), "");
}

TEST(Archive, AMemberIsKeptAsItIsAndSurvivesARemoval) {
  TemporaryFolder folder;
  auto const archive = open(folder.path());
  auto const put = [&](std::string const& id) {
    auto const a = make_article(id);
    auto capture = make_capture(a);
    capture.http_head = "HTTP/1.1 200 OK\r\nX-A: " + id + "\r\n";
    std::string const block = capture.http_head + "\r\n" + capture.body;
    capture.member = source::gzip("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: " + a.url +
                                  "\r\nWARC-Date: 2024-05-01T10:00:00Z\r\nWARC-Payload-Digest: sha1:OTHER\r\n"
                                  "Content-Type: application/http\r\nContent-Length: " +
                                  std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n");
    EXPECT_TRUE(archive->begin());
    EXPECT_TRUE(archive->add(a, {}, capture));
    EXPECT_TRUE(archive->commit());
    return capture;
  };
  auto const one = put("one"), two = put("two");
  for (bool const removed : {false, true}) {
    auto const kept = archive->capture(archive->latest("two")->row);
    ASSERT_TRUE(kept) << kept.error().message;
    EXPECT_EQ(kept->body, two.body);
    EXPECT_EQ(kept->http_head, "HTTP/1.1 200 OK\r\nX-A: two\r\n");
    EXPECT_EQ(kept->url, two.url);
    EXPECT_EQ(kept->seen, two.seen);
    EXPECT_EQ(findings(*archive), "");
    auto const files = *real_fs().list(folder.path("captures"));
    ASSERT_EQ(files.size(), 1u);
    auto const bytes = *real_fs().read(folder.path("captures/" + files[0]));
    EXPECT_NE(bytes.find(two.member), std::string::npos);
    EXPECT_EQ(bytes.find(one.member) == std::string::npos, removed);
    ASSERT_TRUE(archive->remove({"one"}));
  }
}

TEST(Editions, AreNumberedByArrivalAndAnOlderOneNeverReplacesANewer) {
  TemporaryFolder folder;
  auto const archive = open(folder.path());
  auto const first = make_article("e", "premier", "2024-05-01T10:00:00Z");
  auto const second = make_article("e", "deuxième", "2024-05-02T10:00:00Z");
  auto const early = make_article("e", "brouillon", "2024-04-01T10:00:00Z");
  auto const one = add(*archive, first);
  EXPECT_EQ(one.added, Added::fresh);
  EXPECT_EQ(add(*archive, first).added, Added::unchanged);
  auto const two = add(*archive, second);
  EXPECT_EQ(two.added, Added::edition);
  EXPECT_EQ(two.superseded, one.row);
  auto const three = add(*archive, early);
  EXPECT_EQ(three.added, Added::older);
  EXPECT_EQ(three.row, two.row);
  for (auto const* again : {&first, &second, &early}) EXPECT_EQ(add(*archive, *again).added, Added::unchanged);
  EXPECT_EQ(archive->latest("e")->article, second);
  auto const editions = *archive->editions("e");
  ASSERT_EQ(editions.size(), 3u);
  EXPECT_EQ(editions[2].article, early);
  EXPECT_EQ(editions[2].number, 3u);
  EXPECT_EQ(archive->totals()->articles, 1u);
  EXPECT_EQ(archive->totals()->editions, 3u);
  EXPECT_EQ(findings(*archive), "");
}

TEST(Editions, AnEditTakenBackIsAnEditionOfItsOwnWhenItsDateSaysSo) {
  TemporaryFolder folder;
  auto const archive = open(folder.path());
  add(*archive, make_article("e", "un", "2024-05-01T10:00:00Z"));
  add(*archive, make_article("e", "deux", "2024-05-02T10:00:00Z"));
  EXPECT_EQ(add(*archive, make_article("e", "un", "2024-05-03T10:00:00Z")).added, Added::edition);
}

TEST(Editions, UndatedInputReadAgainChangesNothing) {
  TemporaryFolder folder;
  auto const archive = open(folder.path());
  auto const put = [&](std::string const& words, std::string const& seen) {
    auto const a = make_article("e", words, seen);
    auto capture = make_capture(a);
    capture.seen.reset();
    EXPECT_TRUE(archive->begin());
    auto const outcome = *archive->add(a, {}, capture);
    EXPECT_TRUE(archive->commit());
    return outcome.added;
  };
  EXPECT_EQ(put("un", "2024-05-01T10:00:00Z"), Added::fresh);
  EXPECT_EQ(put("deux", "2024-05-01T10:00:01Z"), Added::edition);
  EXPECT_EQ(put("un", "2024-05-02T10:00:00Z"), Added::unchanged);
  EXPECT_EQ(put("deux", "2024-05-02T10:00:01Z"), Added::unchanged);
}

TEST(Transactions, ReadersSeeCommittedStateOnlyAndRollbackLeavesNothing) {
  TemporaryFolder folder;
  auto const archive = open(folder.path());
  add(*archive, make_article("kept"));
  ASSERT_TRUE(archive->begin());
  auto const gone = make_article("gone");
  ASSERT_TRUE(archive->add(gone, {}, make_capture(gone)));
  EXPECT_EQ(archive->latest("gone").error().code, Errc::not_found);
  archive->rollback();
  EXPECT_EQ(archive->totals()->articles, 1u);
  add(*archive, make_article("next"));
  EXPECT_EQ(archive->totals()->articles, 2u);
  EXPECT_EQ(findings(*archive), "");
  EXPECT_FALSE(folder_holds(folder.path("captures"), "Titre de gone"));
}

TEST(Walks, LatestEditionsComeInRowOrderBehindAGivenRow) {
  TemporaryFolder folder;
  auto const archive = open(folder.path());
  std::vector<Row> rows;
  for (int i = 0; i < 300; ++i) rows.push_back(add(*archive, make_article("w" + std::to_string(i))).row);
  add(*archive, make_article("w5", "changé", "2024-06-01T10:00:00Z"));
  std::vector<Row> seen;
  ASSERT_TRUE(archive->each_latest(rows[2], [&](Edition&& e) {
    seen.push_back(e.row);
    return true;
  }));
  EXPECT_EQ(seen.size(), 297u);
  EXPECT_TRUE(std::ranges::is_sorted(seen));
  EXPECT_EQ(std::ranges::count(seen, rows[5]), 0);
  EXPECT_EQ(*archive->dead_since(rows[299]), std::vector<Row>{rows[5]});
  EXPECT_TRUE(archive->dead_since(archive->totals()->last_row)->empty());
}

TEST(Revise, KeepsRowNumberAndCapture) {
  TemporaryFolder folder;
  auto const archive = open(folder.path());
  auto a = make_article("r");
  auto const row = add(*archive, a).row;
  a.title = "Un autre titre";
  a.authors.clear();
  ASSERT_TRUE(archive->begin());
  ASSERT_TRUE(archive->revise(row, a, {}));
  ASSERT_TRUE(archive->commit());
  EXPECT_EQ(archive->latest("r")->row, row);
  EXPECT_EQ(archive->latest("r")->article, a);
  EXPECT_EQ(add(*archive, a).added, Added::unchanged);
  EXPECT_EQ(findings(*archive), "");
}

TEST(Rotation, LongFilesAreFollowedByNewOnesAndAllAreRead) {
  TemporaryFolder folder;
  auto const archive = open(folder.path(), {.capture_file_bytes = 4000});
  for (int i = 0; i < 60; ++i) add(*archive, make_article("f" + std::to_string(i)));
  EXPECT_GE(real_fs().list(folder.path("captures"))->size(), 5u);
  for (int i = 0; i < 60; ++i) {
    auto const edition = archive->latest("f" + std::to_string(i));
    EXPECT_EQ(archive->capture(edition->row)->body, make_capture(edition->article).body);
  }
  EXPECT_EQ(findings(*archive), "");
  // The files are plain WARC: the reader of this program gives the captures back.
  EXPECT_EQ(source::read_all(folder.path("captures")).size(), 60u);
}

TEST(Removal, LeavesNoByteOfTheArticleInTheFolder) {
  TemporaryFolder folder;
  auto const archive = open(folder.path(), {.capture_file_bytes = 30'000});
  uint64_t state = 7;
  auto const random = [&](uint64_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % below;
  };
  auto const secret = [](int i) { return "secret" + std::to_string(i) + "fin"; };
  constexpr int kArticles = 400;
  for (int i = 0; i < kArticles; i += 8) {
    ASSERT_TRUE(archive->begin());
    for (int k = i; k < i + 8; ++k) {
      auto a = make_article("id-" + secret(k), secret(k));
      a.source = secret(k) + ".example";
      a.blocks.push_back({article::BlockKind::paragraph, 0, std::string(random(12'000), 'x') + secret(k)});
      ASSERT_TRUE(archive->add(a, {}, make_capture(a)));
    }
    ASSERT_TRUE(archive->commit());
  }
  std::vector<bool> gone(kArticles);
  for (int round = 0; round < 40; ++round) {
    std::vector<std::string> ids;
    for (int n = 0; n < 5; ++n) {
      int const k = static_cast<int>(random(kArticles));
      if (round % 3 == 0 && !gone[k]) {  // re-extraction moves text about, too
        auto revised = archive->latest("id-" + secret(k))->article;
        revised.blocks.push_back({article::BlockKind::paragraph, 0, std::string(random(3000), 'y') + secret(k)});
        ASSERT_TRUE(archive->begin());
        ASSERT_TRUE(archive->revise(archive->latest("id-" + secret(k))->row, revised, {}));
        ASSERT_TRUE(archive->commit());
      }
      ids.push_back("id-" + secret(k));
      gone[k] = true;
    }
    ids.push_back("unknown");
    ASSERT_TRUE(archive->remove(ids));
  }
  EXPECT_EQ(findings(*archive), "");
  size_t left = 0;
  std::string all;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(folder.path())) {
    if (!entry.is_regular_file()) continue;
    all += *real_fs().read(entry.path().string());
    if (entry.path().string().ends_with(".gz")) {
      for (auto const& item : source::read_all(entry.path().string())) all += item.capture->body + item.capture->url;
    }
  }
  for (int k = 0; k < kArticles; ++k) {
    bool const found = all.find(secret(k)) != std::string::npos;
    EXPECT_EQ(found, !gone[k]) << secret(k);
    EXPECT_EQ(archive->latest("id-" + secret(k)).has_value(), !gone[k]);
    if (gone[k]) continue;
    ++left;
    EXPECT_TRUE(archive->capture(archive->latest("id-" + secret(k))->row)) << k;
  }
  EXPECT_EQ(archive->totals()->articles, left);
  EXPECT_EQ(archive->totals()->sources, left);
}

TEST(Removal, TakesEveryEditionAndTellsTheIndexUntilItForgets) {
  TemporaryFolder folder;
  auto const archive = open(folder.path());
  auto const one = add(*archive, make_article("e", "un", "2024-05-01T10:00:00Z")).row;
  auto const two = add(*archive, make_article("e", "deux", "2024-05-02T10:00:00Z")).row;
  add(*archive, make_article("other"));
  EXPECT_EQ(*archive->remove({"e"}), (std::vector<Row>{one, two}));
  EXPECT_EQ(*archive->dead_since(two), (std::vector<Row>{one, two}));
  ASSERT_TRUE(archive->forget_removed());
  EXPECT_TRUE(archive->dead_since(two)->empty());
  EXPECT_TRUE(archive->remove({"e"})->empty());
  EXPECT_GT(add(*archive, make_article("e")).row, two) << "rows are never used twice";
  EXPECT_EQ(findings(*archive), "");
}

TEST(Refusals, ANewerSchemaAForeignDatabaseAndALostCatalogueAreLeftAlone) {
  TemporaryFolder folder;
  {
    add(*open(folder.path("new")), make_article("a"));
  }
  {
    auto database = Database::open(folder.path("new/vigie.db"), Database::Mode::read_write);
    ASSERT_TRUE(database->run("PRAGMA user_version=99"));
  }
  auto const before = *real_fs().read(folder.path("new/vigie.db"));
  EXPECT_EQ(Archive::open(folder.path("new"), real_fs()).error().code, Errc::unsupported);
  EXPECT_EQ(*real_fs().read(folder.path("new/vigie.db")), before);

  std::filesystem::create_directories(folder.path("foreign"));
  {
    auto database = Database::open(folder.path("foreign/vigie.db"), Database::Mode::create);
    ASSERT_TRUE(database->run("CREATE TABLE t(x)"));
  }
  EXPECT_EQ(Archive::open(folder.path("foreign"), real_fs()).error().code, Errc::unsupported);

  folder.write("text/vigie.db", std::string(5000, 'x'));
  EXPECT_EQ(Archive::open(folder.path("text"), real_fs()).error().code, Errc::corrupt);

  {
    add(*open(folder.path("lost")), make_article("a"));
  }
  std::filesystem::remove(folder.path("lost/vigie.db"));
  EXPECT_EQ(Archive::open(folder.path("lost"), real_fs()).error().code, Errc::corrupt);
  EXPECT_TRUE(std::filesystem::exists(folder.path("lost/captures/000001.warc.gz")));
}

TEST(Check, FindsADamagedCapture) {
  TemporaryFolder folder;
  auto const archive = open(folder.path());
  for (int i = 0; i < 10; ++i) add(*archive, make_article("c" + std::to_string(i)));
  EXPECT_EQ(findings(*archive), "");
  auto const path = folder.path("captures/000001.warc.gz");
  auto bytes = *real_fs().read(path);
  bytes[bytes.size() / 2] ^= 4;
  ASSERT_TRUE(real_fs().replace(path, bytes));
  EXPECT_EQ(archive->check(false)->size(), 1u);
  ASSERT_TRUE(real_fs().truncate(path, bytes.size() / 3));
  EXPECT_GE(archive->check(false)->size(), 5u);
}

TEST(Threads, ReadersWorkWhileTheWriterWrites) {
  TemporaryFolder folder;
  auto const archive = open(folder.path());
  add(*archive, make_article("first"));
  std::atomic<bool> stop = false;
  std::vector<std::thread> readers;
  for (int t = 0; t < 3; ++t) {
    readers.emplace_back([&] {
      while (!stop) {
        EXPECT_TRUE(archive->latest("first"));
        EXPECT_TRUE(archive->capture(Row{1}));
        EXPECT_TRUE(archive->totals());
      }
    });
  }
  readers.emplace_back([&] {
    while (!stop) EXPECT_TRUE(archive->checkpoint());
  });
  for (int i = 0; i < 50; ++i) add(*archive, make_article("t" + std::to_string(i)));
  EXPECT_EQ(archive->remove({"t1", "t7"})->size(), 2u);
  stop = true;
  for (auto& reader : readers) reader.join();
  EXPECT_EQ(findings(*archive), "");
}

}  // namespace
}  // namespace vigie::archive

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/fixture.hpp"

namespace vigie::source {
namespace {

TEST(Lines, BlankLinesAndMarksArePassedOverAndPositionsAreLineNumbers) {
  TemporaryFolder folder;
  auto const items = read_all(
      folder.write("a.jsonl", "\xef\xbb\xbf{\"id\":\"1\"}\r\n\r\n  \n{\"id\":\"2\"}\nnot json\n{\"id\":\"3\"}"));
  ASSERT_EQ(items.size(), 4u);
  EXPECT_EQ(items[0].capture->body, "{\"id\":\"1\"}");
  EXPECT_EQ(items[0].capture->media, Media::record);
  EXPECT_EQ(items[0].position, 1u);
  EXPECT_EQ(items[1].position, 4u);
  EXPECT_EQ(items[2].capture.error().code, Errc::invalid_input);
  EXPECT_EQ(items[3].position, 6u);
  EXPECT_EQ(items[3].capture->body, "{\"id\":\"3\"}");
}

TEST(Lines, ALineBeyondTheLimitCostsOnlyItself) {
  TemporaryFolder folder;
  std::string const lines = "{\"a\":1}\n{\"b\":\"" + std::string(3'000'000, 'x') + "\"}\n{\"c\":1}\n";
  for (auto const& bytes : {lines, gzip(lines)}) {
    auto const items = read_all(folder.write("a.jsonl", bytes), Limits{.record_bytes = 100'000});
    ASSERT_EQ(items.size(), 3u);
    EXPECT_EQ(items[1].capture.error().code, Errc::over_limit);
    EXPECT_EQ(items[1].position, 2u);
    EXPECT_EQ(items[2].capture->body, "{\"c\":1}");
    EXPECT_EQ(items[2].position, 3u);
  }
}

TEST(Lines, CompressedInPiecesReadAsOne) {
  TemporaryFolder folder;
  auto const items =
      read_all(folder.write("a.jsonl.gz", gzip("{\"a\":1}\n{\"b\"") + gzip(":2}\n") + gzip("{\"c\":3}")));
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[1].capture->body, "{\"b\":2}");
}

TEST(Files, AreToldFromTheirBytes) {
  TemporaryFolder folder;
  struct Case {
    char const* name;
    std::string bytes;
    std::optional<Media> media;
  };
  Case const cases[] = {
      {"page.txt", "  <!DOCTYPE html><html>", Media::html},
      {"page.html", "no tags at all", Media::html},
      {"xhtml.xml", "<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html xmlns='y'>", Media::html},
      {"scrape.txt", "Rechercher\n\nTitre\n\nUn texte.", Media::text},
      {"quote", "\xc2\xab Bonjour \xc2\xbb", Media::text},
      {"one.json", "{\n  \"id\": \"1\"\n}\n", Media::record},
      {"lines.txt", "{\"id\": \"1\"}\n", Media::record},
      {"utf16.txt",
       std::string("\xff\xfe"
                   "a\0b\0",
                   6),
       Media::text},
      {"packed.html.gz", gzip("<html><p>x"), Media::html},
      {"brace.txt", "{ ceci n'est pas du JSON }", Media::text},
      {"a.pdf", "%PDF-1.7 ...", std::nullopt},
      {"a.bin", std::string("\0\1\2\3\4\5", 6), std::nullopt},
      {"a.xml", "<?xml version='1.0'?><urlset></urlset>", std::nullopt},
      {"a.json", "[{\"id\":1}]", std::nullopt},
      {"empty.html", "", std::nullopt},
  };
  for (auto const& c : cases) {
    auto const capture = read_single(folder.write(c.name, c.bytes));
    ASSERT_EQ(capture.has_value(), c.media.has_value()) << c.name << (capture ? "" : capture.error().message);
    if (c.media) {
      EXPECT_EQ(capture->media, *c.media) << c.name;
    }
  }
  EXPECT_THAT(read_single(folder.path("a.pdf")).error().message, testing::HasSubstr("PDF"));
  EXPECT_THAT(read_single(folder.path("a.xml")).error().message, testing::HasSubstr("urlset"));
  EXPECT_EQ(read_single(folder.path("absent")).error().code, Errc::not_found);
}

TEST(Files, OnePageBeyondTheLimitIsAnError) {
  TemporaryFolder folder;
  auto const path = folder.write("a.html", "<html>" + std::string(2'000'000, 'x'));
  EXPECT_EQ(read_single(path, Limits{.record_bytes = 1'000'000}).error().code, Errc::over_limit);
  EXPECT_TRUE(read_single(path).has_value());
}

TEST(Files, AGzipBombIsAnErrorBeforeItFillsMemory) {
  TemporaryFolder folder;
  auto const path = folder.write("a.html.gz", gzip("<html>" + std::string(400u << 20, ' ')));
  EXPECT_EQ(read_single(path).error().code, Errc::over_limit);
}

TEST(Folders, AreWalkedInNameOrderWithoutLinksAndDotFiles) {
  TemporaryFolder folder;
  folder.write("b/2.html", "<html>b2");
  folder.write("b/10.html", "<html>b10");
  folder.write("a.txt", "texte");
  folder.write("c.bin", std::string(10, '\0'));
  folder.write(".hidden.txt", "x");
  folder.write("d.jsonl", "{\"x\":1}\n{\"x\":2}\n");
  std::filesystem::create_directory_symlink(folder.path(), folder.path("b/loop"));
  auto const items = read_all(folder.path());
  std::string inputs;
  for (auto const& item : items) inputs += item.input.substr(folder.path().size()) + (item.capture ? " " : "! ");
  EXPECT_EQ(inputs, "a.txt b/10.html b/2.html c.bin! d.jsonl d.jsonl ");
}

TEST(Pipes, ReadAsFilesDo) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  std::string const bytes = gzip("{\"a\":1}\n") + gzip("{\"b\":2}\n");
  ASSERT_EQ(::write(ends[1], bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  ::close(ends[1]);
  auto reader = open_descriptor(ends[0], "-");
  ASSERT_TRUE(reader);
  auto const items = read_all(**reader);
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].input, "-");
  EXPECT_EQ((*reader)->progress().bytes_done, bytes.size());
  ::close(ends[0]);
}

TEST(Shared, EveryPageOfTheOrangeArchiveIsRead) {
  auto const path = shared("data/corpora/orange_html_1200.warc.gz");
  if (path.empty()) GTEST_SKIP() << "the shared data is not here";
  auto const items = read_all(path);
  EXPECT_EQ(items.size(), 1200u);
  for (auto const& item : items) {
    ASSERT_TRUE(item.capture) << item.capture.error().message;
    EXPECT_EQ(item.capture->media, Media::html);
    EXPECT_FALSE(item.capture->url.empty());
  }
}

}  // namespace
}  // namespace vigie::source

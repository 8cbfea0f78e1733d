#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/arc_reader.hpp"
#include "source/fixture.hpp"

namespace vigie::source {
namespace {

std::string arc_record(std::string const& url, std::string const& block, std::string const& date = "20140216050221") {
  return url + " 192.0.2.7 " + date + " text/html " + std::to_string(block.size()) + "\n" + block + "\n";
}

std::string arc_head() {
  return arc_record("filedesc://a.arc", "1 0 Somebody\nURL IP-address Archive-date Content-type Archive-length\n");
}

std::string arc_page(std::string const& url, std::string const& words) {
  return arc_record(url, http("200 OK", "Content-Type: text/html\r\n", page(words)));
}

TEST(Arc, PagesBecomeCapturesWithUrlAndDate) {
  TemporaryFolder folder;
  std::string const bytes = arc_head() + arc_page("http://a.example/1", "un") +
                            arc_record("dns:a.example", "20140216050221\n") +
                            arc_page("http://a.example/a b 2", "deux");
  std::string const by_record =
      gzip(arc_head()) + gzip(arc_page("http://a.example/1", "un")) + gzip(arc_page("http://a.example/a b 2", "deux"));
  for (auto const& file :
       {folder.write("a.arc", bytes), folder.write("a.arc.gz", by_record), folder.write("b.arc.gz", gzip(bytes))}) {
    auto const items = read_all(file);
    ASSERT_EQ(items.size(), 2u) << file;
    ASSERT_TRUE(items[0].capture) << items[0].capture.error().message;
    EXPECT_EQ(items[0].capture->url, "http://a.example/1");
    EXPECT_EQ(items[0].capture->body, page("un"));
    EXPECT_EQ(format_rfc3339(*items[0].capture->seen), "2014-02-16T05:02:21Z");
    EXPECT_EQ(items[1].capture->url, "http://a.example/a b 2");
  }
}

TEST(Arc, ADamagedRecordIsReportedAndTheNextOneRead) {
  TemporaryFolder folder;
  std::string wrong = arc_page("http://a.example/2", "deux");
  wrong.replace(wrong.find("text/html ") + 10, 2, "99");
  auto const items = read_all(folder.write(
      "a.arc", arc_head() + arc_page("http://a.example/1", "un") + wrong + arc_page("http://a.example/3", "trois")));
  ASSERT_EQ(items.size(), 3u);
  EXPECT_TRUE(items[0].capture);
  EXPECT_FALSE(items[1].capture);
  ASSERT_TRUE(items[2].capture);
  EXPECT_EQ(items[2].capture->url, "http://a.example/3");
}

TEST(Arc, ACutFileSaysSo) {
  TemporaryFolder folder;
  std::string const bytes = arc_head() + arc_page("http://a.example/1", "un") + arc_page("http://a.example/2", "deux");
  auto const items = read_all(folder.write("a.arc", bytes.substr(0, bytes.size() - 20)));
  ASSERT_EQ(items.size(), 2u);
  EXPECT_FALSE(items[1].capture);
}

TEST(Arc, LinesAreToldFromText) {
  EXPECT_TRUE(parse_arc_line("http://a.example/ 192.0.2.1 20140216050221 text/html 10"));
  EXPECT_TRUE(parse_arc_line("http://a.example/ 192.0.2.1 20140216050221 text/html 200 - - 0 a.arc 10"));
  EXPECT_FALSE(parse_arc_line("http://a.example/ 192.0.2.1 20140216050221 text/html -1"));
  EXPECT_FALSE(parse_arc_line("http://a.example/ 192.0.2.1 2014021605022100 text/html 10"));
  EXPECT_FALSE(parse_arc_line("five words that mean nothing 10"));
  EXPECT_FALSE(parse_arc_line(""));
}

// An archive that was interrupted goes on at an item's position, whatever its layout.
TEST(Resuming, GoesOnAtTheRecordOrBeginsAgain) {
  TemporaryFolder folder;
  std::vector<std::string> records;
  for (int i = 0; i < 5; ++i) records.push_back(response("http://a.example/" + std::to_string(i), page("mots")));
  std::string plain, members, frames;
  for (auto const& r : records) plain += r, members += gzip(r), frames += zstd(r);
  for (auto const& file :
       {folder.write("a.warc", plain), folder.write("a.warc.gz", members), folder.write("a.warc.zst", frames)}) {
    auto const all = read_all(file);
    ASSERT_EQ(all.size(), 5u);
    for (size_t i = 0; i < all.size(); ++i) {
      auto reader = open_path_at(file, all[i].position);
      ASSERT_TRUE(reader);
      auto const rest = read_all(**reader);
      ASSERT_EQ(rest.size(), all.size() - i) << file;
      EXPECT_EQ(rest[0].capture->url, all[i].capture->url);
      EXPECT_EQ(rest[0].position, all[i].position);
    }
    auto odd = open_path_at(file, all[2].position + 3);
    ASSERT_TRUE(odd);
    EXPECT_EQ(read_all(**odd).size(), 5u) << "no record begins there: from the beginning";
  }
  auto const whole = folder.write("b.warc.gz", gzip(plain));
  auto reader = open_path_at(whole, read_all(whole)[3].position);
  ASSERT_TRUE(reader);
  EXPECT_EQ(read_all(**reader).size(), 5u);
}

}  // namespace
}  // namespace vigie::source

// fixture.hpp: the embedded store over a real catalogue, real captures and a real index in a temporary folder.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "engine/engine.hpp"

namespace vigie::engine {

class ListReader final : public source::Reader {
 public:
  explicit ListReader(std::vector<std::string> records) : records_(std::move(records)) {}
  std::optional<source::Item> next() override {
    if (at_ == records_.size()) return std::nullopt;
    source::Capture capture;
    capture.media = source::Media::record;
    capture.body = records_[at_++];
    if (seen_) capture.seen = seen_;
    return source::Item{"list", at_, std::move(capture)};
  }
  source::Progress progress() const override { return {at_, records_.size()}; }
  ListReader& seen(char const* time) {
    seen_ = parse_rfc3339(time);
    return *this;
  }

 private:
  std::vector<std::string> records_;
  std::optional<Time> seen_;
  size_t at_ = 0;
};

inline std::string record(std::string const& id, std::string const& published, std::string const& title,
                          std::string const& body) {
  return R"({"id":")" + id + R"(","url":"https://gazette.example/)" + id + R"(","published":")" + published +
         R"(","lang":"fr","title":")" + title + R"(","body":")" + body + "\"}";
}

class StoreTest : public testing::Test {
 protected:
  StoreTest() {
    std::string pattern = testing::TempDir() + "vigie-engine-XXXXXX";
    folder_ = mkdtemp(pattern.data());
    open();
  }
  ~StoreTest() override {
    engine_.reset();
    std::filesystem::remove_all(folder_);
  }
  void open() {
    engine_.reset();
    auto opened = Engine::open(folder_);
    ASSERT_TRUE(opened) << opened.error().message;
    engine_ = std::move(*opened);
  }
  std::vector<ItemOutcome> ingest(ListReader reader) {
    std::vector<ItemOutcome> outcomes;
    auto const done = engine_->ingest(reader, [&](ItemOutcome const& outcome) { outcomes.push_back(outcome); }, {}, {});
    EXPECT_TRUE(done);
    return outcomes;
  }
  std::vector<std::string> search(std::string const& query, Sort sort = Sort::relevance) {
    auto const answer = engine_->search({.query = query, .sort = sort, .fold = false});
    EXPECT_TRUE(answer);
    std::vector<std::string> ids;
    for (auto const& hit : answer->hits) ids.push_back(hit.article.id);
    return ids;
  }
  std::vector<std::string> latest(uint32_t limit) {
    std::vector<std::string> ids;
    auto const found = engine_->latest(limit);
    EXPECT_TRUE(found);
    for (auto const& article : *found) ids.push_back(article.id);
    return ids;
  }
  void expect_clean() {
    auto const findings = engine_->check();
    ASSERT_TRUE(findings) << findings.error().message;
    for (auto const& [where, what] : *findings) ADD_FAILURE() << where << ": " << what;
  }
  bool any_file_holds(std::string_view word) {
    for (auto const& entry : std::filesystem::recursive_directory_iterator(folder_)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      std::string const bytes{std::istreambuf_iterator<char>(file), {}};
      if (bytes.find(word) != std::string::npos) return true;
    }
    return false;
  }

  std::string folder_;
  std::unique_ptr<Engine> engine_;
};

}  // namespace vigie::engine

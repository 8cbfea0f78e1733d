// fake_store.hpp: a Store in memory for tests of pages and API: a few invented dispatches, and a search that looks for
// each word of the query as a plain substring, or answers a story's articles. Ingesting keeps the title of each item.
// Threads: safe.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>

#include "engine/store.hpp"

namespace vigie::serve {

class FakeStore final : public engine::Store {
 public:
  explicit FakeStore(bool with_dispatches = true);

  void keep(article::Article, engine::Findings = {});  // a new article, or a newer edition of a known one
  std::string last_query() const;

  Result<engine::IngestTotals> ingest(source::Reader&, std::function<void(engine::ItemOutcome const&)> const&,
                                      std::function<void(source::Progress)> const&, std::stop_token) override;
  Result<engine::SearchAnswer> search(engine::SearchRequest const&) const override;
  Result<std::vector<engine::Suggestion>> suggest(std::string_view typed, uint32_t limit) const override;
  Result<engine::Copies> copies(std::string_view id) const override;
  Result<std::vector<engine::KeptArticle>> story(std::string_view name, uint32_t limit) const override;
  Result<engine::QuoteAnswer> quotes(engine::QuoteRequest const&) const override;  // of every article
  Result<std::vector<engine::KeptArticle>> latest(uint32_t limit, uint32_t offset = 0) const override;
  Result<engine::KeptArticle> article(std::string_view id) const override;
  Result<std::vector<engine::StoredEdition>> editions(std::string_view id) const override;
  Result<source::Capture> capture(std::string_view id) const override;
  Status export_articles(std::string_view, std::function<bool(engine::KeptArticle const&)> const&) const override;
  Result<std::vector<std::string>> remove(std::string_view) override;
  Result<engine::Stats> stats() const override;
  Result<std::vector<engine::CheckFinding>> check() const override;
  Status reindex(bool, std::function<void(source::Progress)> const&) override;
  uint64_t wait_newer(uint64_t row, int timeout_ms, std::stop_token) const override;

 private:
  std::vector<engine::KeptArticle const*> newest_first() const;

  mutable std::mutex mutex_;
  mutable std::condition_variable_any arrived_;
  std::map<std::string, std::vector<engine::KeptArticle>, std::less<>> articles_;
  mutable std::string last_query_;
  uint64_t row_ = 0;
};

// An article whose every field tries to break out of the page.
article::Article hostile_article();
engine::Findings hostile_findings();  // the same of what was found about it; its story is "hmauvais"

}  // namespace vigie::serve

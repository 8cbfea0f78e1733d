#include "engine/engine.hpp"

#include <algorithm>

#include "engine/answer.hpp"
#include "engine/copies.hpp"
#include "engine/ingest_session.hpp"
#include "engine/kinships.hpp"
#include "engine/quotes.hpp"
#include "engine/recompute.hpp"
#include "engine/replay.hpp"
#include "engine/widened_query.hpp"
#include "engine/writer.hpp"
#include "query/parse.hpp"
#include "query/search.hpp"

namespace vigie::engine {
namespace {

constexpr size_t kTopSources = 10;

bool may_rebuild(Error const& error) { return error.code == Errc::corrupt || error.code == Errc::unsupported; }

// An index that cannot be opened is derived data: it is set aside and made again.
Result<std::unique_ptr<index::Index>> open_index(std::string const& folder, Fs& fs, bool& fresh) {
  auto index = index::Index::open(folder, fs, index::Merging::behind);
  if (index || !may_rebuild(index.error())) return index;
  fresh = true;
  VIGIE_TRY(auto const names, fs.list(folder));
  for (auto const& name : names) VIGIE_CHECK(fs.remove(folder + "/" + name));
  return index::Index::open(folder, fs, index::Merging::behind);
}

class EmbeddedEngine final : public Engine {
 public:
  EmbeddedEngine(std::unique_ptr<archive::Archive> archive, std::unique_ptr<index::Index> index, uint64_t newest)
      : archive_(std::move(archive)),
        index_(std::move(index)),
        kinships_(*archive_),
        writer_(*archive_, kinships_, *index_) {
    writer_.note_row(newest);
  }

  // A start that has nothing to replay is a fast one.
  ~EmbeddedEngine() override {
    [[maybe_unused]] auto const ignored = writer_.run([this]() -> Status {
      uint64_t const newest = writer_.newest_row();
      return newest > index_->covered_row() ? seal(*archive_, *index_, newest) : Status{};
    });
  }

  Result<IngestTotals> ingest(source::Reader& reader, std::function<void(ItemOutcome const&)> const& each,
                              std::function<void(source::Progress)> const& progress, std::stop_token stop) override {
    return IngestSession(reader, writer_).run(each, progress, stop);
  }

  Result<SearchAnswer> search(SearchRequest const& request) const override {
    return answer(*index_->snapshot(), *archive_, request);
  }

  Result<std::vector<Suggestion>> suggest(std::string_view typed, uint32_t limit) const override {
    return suggestions(*index_->snapshot(), *archive_, typed, limit);
  }

  Result<QuoteAnswer> quotes(QuoteRequest const& request) const override {
    return quotes_said(*index_->snapshot(), *archive_, request);
  }

  Result<Copies> copies(std::string_view id) const override { return copies_of(*archive_, id); }

  Result<std::vector<KeptArticle>> story(std::string_view name, uint32_t limit) const override {
    auto const wanted = kinship::parse_story(name);
    if (!wanted) return fail(Errc::not_found, "no story has the name " + std::string(name.substr(0, 200)));
    VIGIE_TRY(auto found, archive_->story(*wanted, limit));
    if (found.empty()) return fail(Errc::not_found, "no story has the name " + std::string(name));
    std::vector<KeptArticle> out;
    for (auto& edition : found) out.push_back(kept(std::move(edition)));
    return out;
  }

  Result<std::vector<KeptArticle>> latest(uint32_t limit, uint32_t offset) const override {
    std::vector<KeptArticle> out;
    for (auto const& [row, time] : index_->snapshot()->newest(limit, offset)) {
      auto edition = archive_->edition(archive::Row{row});
      if (edition) out.push_back(kept(std::move(*edition)));
      if (!edition && edition.error().code != Errc::not_found) return tl::unexpected<Error>(edition.error());
    }
    return out;
  }

  Result<KeptArticle> article(std::string_view id) const override {
    VIGIE_TRY(auto edition, archive_->latest(id));
    return kept(std::move(edition));
  }

  Result<std::vector<StoredEdition>> editions(std::string_view id) const override {
    VIGIE_TRY(auto found, archive_->editions(id));
    std::vector<StoredEdition> out;
    for (auto& edition : found) out.push_back({edition.number, kept(std::move(edition))});
    return out;
  }

  Result<source::Capture> capture(std::string_view id) const override {
    VIGIE_TRY(auto const edition, archive_->latest(id));
    return archive_->capture(edition.row);
  }

  Status export_articles(std::string_view query, std::function<bool(KeptArticle const&)> const& each) const override {
    if (query.empty()) {
      return archive_->each_latest(archive::Row{0},
                                   [&](archive::Edition&& edition) { return each(kept(std::move(edition))); });
    }
    for (auto const row : matching_rows(query)) {
      auto edition = archive_->edition(archive::Row{row});
      if (!edition && edition.error().code == Errc::not_found) continue;
      if (!edition) return tl::unexpected<Error>(edition.error());
      if (!each(kept(std::move(*edition)))) break;
    }
    return {};
  }

  Result<std::vector<std::string>> remove(std::string_view id_or_query) override;
  Result<Stats> stats() const override;
  Result<std::vector<CheckFinding>> check() const override;
  Status reindex(bool extract, std::function<void(source::Progress)> const& progress) override;

  uint64_t wait_newer(uint64_t row, int timeout_ms, std::stop_token stop) const override {
    return writer_.wait_newer(row, timeout_ms, stop);
  }

 private:
  std::vector<uint64_t> matching_rows(std::string_view query) const {
    auto const snapshot = index_->snapshot();
    People people(*snapshot);
    return query::matching_rows(*snapshot, widened(parse(*archive_, {.query = std::string(query)}), people));
  }
  Result<std::vector<std::string>> ids_to_remove(std::string_view id_or_query) const;

  std::unique_ptr<archive::Archive> archive_;
  std::unique_ptr<index::Index> index_;
  Kinships kinships_;  // the writer's
  mutable Writer writer_;
};

Result<std::vector<std::string>> EmbeddedEngine::ids_to_remove(std::string_view id_or_query) const {
  if (archive_->latest(id_or_query)) return std::vector<std::string>{std::string(id_or_query)};
  // Read to the letter: what goes for good is never guessed (widened_query.hpp).
  auto const parsed = parse(*archive_, {.query = std::string(id_or_query)});
  // A query that reads as "everything" is more likely a slip than a wish.
  if (parsed.root_node().kind == query::NodeKind::all) {
    return fail(Errc::invalid_input, "the query would remove every article; name an id or something to look for");
  }
  std::vector<std::string> ids;
  for (auto const row : query::matching_rows(*index_->snapshot(), parsed)) {
    VIGIE_TRY(auto const edition, archive_->edition(archive::Row{row}));
    ids.push_back(edition.article.id);
  }
  if (ids.empty())
    return fail(Errc::not_found, "no article has this id or answers this query: " + std::string(id_or_query));
  return ids;
}

Result<std::vector<std::string>> EmbeddedEngine::remove(std::string_view id_or_query) {
  VIGIE_TRY(auto ids, ids_to_remove(id_or_query));
  VIGIE_CHECK(writer_.run([&]() -> Status {
    auto const removed = archive_->remove(ids);
    kinships_.forget();
    VIGIE_TRY(auto const rows, removed);
    return purge(*archive_, *index_, rows);
  }));
  return ids;
}

Result<Stats> EmbeddedEngine::stats() const {
  VIGIE_TRY(auto const totals, archive_->totals());
  auto const index = index_->stats();
  auto const snapshot = index_->snapshot();
  Stats stats;
  stats.articles = totals.articles;
  stats.editions = totals.editions;
  stats.captures = totals.captures;
  stats.sources = totals.sources;
  stats.database_bytes = totals.database_bytes;
  stats.capture_bytes = totals.capture_bytes;
  stats.index_bytes = index.bytes;
  stats.segments = index.segments;
  stats.terms = index.terms;
  stats.first_published = totals.first_published;
  stats.last_published = totals.last_published;
  stats.last_seen = totals.last_seen;
  stats.languages = facet_counts(snapshot->languages());
  stats.top_sources = facet_counts(snapshot->sources());
  if (stats.top_sources.size() > kTopSources) stats.top_sources.resize(kTopSources);
  return stats;
}

// Runs on the writer's thread, so that nothing changes while the three are compared.
Result<std::vector<CheckFinding>> EmbeddedEngine::check() const {
  std::vector<CheckFinding> out;
  VIGIE_CHECK(writer_.run([&]() -> Status {
    VIGIE_TRY(auto const archived, archive_->check(true));
    for (auto const& [where, what] : archived) out.push_back({where, what});
    VIGIE_TRY(auto const indexed, index_->check());
    for (auto const& [where, what] : indexed) out.push_back({where, what});
    std::vector<uint64_t> expected;
    VIGIE_CHECK(archive_->each_latest(archive::Row{0}, [&](archive::Edition&& edition) {
      expected.push_back(static_cast<uint64_t>(edition.row));
      return true;
    }));
    auto const found = matching_rows("");
    std::vector<uint64_t> odd;
    std::ranges::set_difference(expected, found, std::back_inserter(odd));
    for (auto const row : odd)
      out.push_back({"index", "article row " + std::to_string(row) + " is kept but not indexed"});
    odd.clear();
    std::ranges::set_difference(found, expected, std::back_inserter(odd));
    for (auto const row : odd)
      out.push_back({"index", "article row " + std::to_string(row) + " is indexed but not kept"});
    return {};
  }));
  return out;
}

Status EmbeddedEngine::reindex(bool extract, std::function<void(source::Progress)> const& progress) {
  ReplayProgress const told = [&](OpenProgress at) {
    if (progress) progress({at.done, at.total});
  };
  return writer_.run([&]() -> Status {
    if (extract) VIGIE_CHECK(extract_again(*archive_, told));
    VIGIE_CHECK(find_again(*archive_, kinships_, told));
    return rebuild(*archive_, *index_, told);
  });
}

}  // namespace

Result<std::unique_ptr<Engine>> Engine::open(std::string const& folder,
                                             std::function<void(OpenProgress)> const& progress, Fs& fs) {
  VIGIE_TRY(auto archive, archive::Archive::open(folder, fs));
  bool fresh = false;
  VIGIE_TRY(auto const analysers, archive->analysers());
  if (analysers != own_analysers()) {
    Kinships kinships(*archive);
    VIGIE_CHECK(find_again(*archive, kinships, progress));
    fresh = true;  // the index holds what the other analysers found
  }
  VIGIE_TRY(auto index, open_index(folder + "/index", fs, fresh));
  VIGIE_CHECK(fresh ? rebuild(*archive, *index, progress) : catch_up(*archive, *index, progress));
  VIGIE_TRY(auto const totals, archive->totals());
  return std::make_unique<EmbeddedEngine>(std::move(archive), std::move(index), static_cast<uint64_t>(totals.last_row));
}

}  // namespace vigie::engine

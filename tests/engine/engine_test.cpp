// The embedded store as commands see it.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "engine/fixture.hpp"

namespace vigie::engine {
namespace {

class EngineTest : public StoreTest {};

using Ids = std::vector<std::string>;

TEST_F(EngineTest, what_was_acknowledged_is_found_and_ordered_by_time) {
  auto const outcomes =
      ingest(ListReader({record("a", "2026-11-02T08:00:00+01:00", "Le port rouvre", "Les quais de Port-Clair."),
                         record("b", "2026-11-04", "La grève continue", "Le port reste fermé."),
                         record("c", "2026-11-03", "Un pont", "Rien d'autre.")}));
  ASSERT_EQ(outcomes.size(), 3u);
  EXPECT_EQ(outcomes[0].status, ItemStatus::fresh);
  EXPECT_EQ(latest(10), (Ids{"b", "c", "a"}));
  EXPECT_EQ(search("port", Sort::date), (Ids{"b", "a"}));
  EXPECT_EQ(search("titre:port"), (Ids{"a"}));
  expect_clean();
}

TEST_F(EngineTest, ingesting_again_changes_nothing) {
  Ids const records{record("a", "2026-11-02", "Un", "deux"), record("b", "2026-11-03", "Trois", "quatre")};
  ingest(ListReader(records));
  auto const before = engine_->stats();
  for (auto const& outcome : ingest(ListReader(records))) EXPECT_EQ(outcome.status, ItemStatus::unchanged);
  EXPECT_EQ(engine_->stats()->capture_bytes, before->capture_bytes);
  EXPECT_EQ(engine_->stats()->editions, 2u);
}

TEST_F(EngineTest, an_edited_article_is_found_by_its_new_words_only) {
  ingest(ListReader({record("a", "2026-11-02", "Le bilan", "Trois blessés.")}).seen("2026-11-02T10:00:00Z"));
  auto const outcomes =
      ingest(ListReader({record("a", "2026-11-02", "Le bilan", "Cinq rescapés.")}).seen("2026-11-02T12:00:00Z"));
  EXPECT_EQ(outcomes[0].status, ItemStatus::edition);
  EXPECT_EQ(search("rescapés"), (Ids{"a"}));
  EXPECT_EQ(search("blessés"), Ids{});
  EXPECT_EQ(engine_->editions("a")->size(), 2u);
  open();
  EXPECT_EQ(search("rescapés"), (Ids{"a"}));
  EXPECT_EQ(search("blessés"), Ids{});
  expect_clean();
}

TEST_F(EngineTest, an_older_capture_never_replaces_a_newer_edition) {
  ingest(ListReader({record("a", "2026-11-02", "Le bilan", "Cinq rescapés.")}).seen("2026-11-02T12:00:00Z"));
  ingest(ListReader({record("a", "2026-11-02", "Le bilan", "Trois blessés.")}).seen("2026-11-02T10:00:00Z"));
  EXPECT_EQ(search("rescapés"), (Ids{"a"}));
  EXPECT_EQ(search("blessés"), Ids{});
  expect_clean();
}

TEST_F(EngineTest, a_bad_item_is_told_and_the_run_goes_on) {
  auto const outcomes = ingest(ListReader(
      {record("a", "2026-11-02", "Un", "deux"), "{\"title\":", "[]", record("b", "2026-11-02", "Un", "trois")}));
  ASSERT_EQ(outcomes.size(), 4u);
  EXPECT_EQ(outcomes[1].status, ItemStatus::error);
  EXPECT_FALSE(outcomes[1].error.empty());
  EXPECT_EQ(outcomes[2].status, ItemStatus::error);
  EXPECT_EQ(outcomes[3].status, ItemStatus::fresh);
  for (size_t i = 0; i < 4; ++i) EXPECT_EQ(outcomes[i].position, i + 1) << "in input order";
}

TEST_F(EngineTest, outcomes_come_in_input_order_however_long_each_takes) {
  Ids records;
  for (int i = 0; i < 2000; ++i) {
    records.push_back(
        record("n" + std::to_string(i), "2026-11-02", "Titre", std::string(i % 7 == 0 ? 20000 : 10, 'x')));
  }
  auto const outcomes = ingest(ListReader(records));
  ASSERT_EQ(outcomes.size(), 2000u);
  for (size_t i = 0; i < 2000; ++i) ASSERT_EQ(outcomes[i].id, "n" + std::to_string(i));
  EXPECT_EQ(engine_->stats()->articles, 2000u);
}

TEST_F(EngineTest, removal_leaves_no_trace_in_any_file) {
  ingest(ListReader({record("a", "2026-11-02", "Un nom", "Zylbersztajnovitch habite ici."),
                     record("b", "2026-11-02", "Deux", "Autre chose.")}));
  open();  // sealed, so that the words are in the index's files
  EXPECT_EQ(search("zylbersztajnovitch"), (Ids{"a"}));
  auto const removed = engine_->remove("zylbersztajnovitch");
  ASSERT_TRUE(removed);
  EXPECT_EQ(*removed, (Ids{"a"}));
  EXPECT_EQ(search("zylbersztajnovitch"), Ids{});
  EXPECT_FALSE(engine_->article("a"));
  expect_clean();
  engine_.reset();
  for (char const* word : {"Zylbersztajnovitch", "zylbersztajnovitch", "gazette.example/a"})
    EXPECT_FALSE(any_file_holds(word)) << word;
  open();
  EXPECT_EQ(search("autre"), (Ids{"b"}));
}

TEST_F(EngineTest, removing_everything_by_an_empty_query_is_refused) {
  ingest(ListReader({record("a", "2026-11-02", "Un", "deux")}));
  EXPECT_FALSE(engine_->remove(""));
  EXPECT_FALSE(engine_->remove("nulle-part"));
  EXPECT_EQ(engine_->stats()->articles, 1u);
}

TEST_F(EngineTest, losing_or_damaging_the_index_loses_nothing) {
  ingest(ListReader(
      {record("a", "2026-11-02", "Un phare", "La lampe."), record("b", "2026-11-03", "Deux", "Le phare encore.")}));
  auto const before = search("phare");
  engine_.reset();
  std::filesystem::remove_all(folder_ + "/index");
  open();
  EXPECT_EQ(search("phare"), before);
  engine_.reset();
  for (auto const& entry : std::filesystem::directory_iterator(folder_ + "/index")) {
    std::filesystem::resize_file(entry.path(), std::filesystem::file_size(entry.path()) / 2);
  }
  open();
  EXPECT_EQ(search("phare"), before);
  ASSERT_TRUE(engine_->reindex(true, {}));
  EXPECT_EQ(search("phare"), before);
  expect_clean();
}

TEST_F(EngineTest, readers_are_never_in_the_way_of_the_writer_nor_see_half_a_group) {
  Ids records;
  for (int i = 0; i < 1500; ++i)
    records.push_back(record("n" + std::to_string(i), "2026-11-02", "Commun", "mot" + std::to_string(i)));
  std::atomic<bool> done{false};
  std::atomic<uint64_t> told{0};
  std::jthread const writing([&] {
    ListReader reader(records);
    auto const totals = engine_->ingest(
        reader, [&](ItemOutcome const& outcome) { told += outcome.status == ItemStatus::fresh; }, {}, {});
    EXPECT_TRUE(totals);
    done = true;
  });
  std::vector<std::jthread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      uint64_t last = 0;
      while (!done) {
        uint64_t const acknowledged = told;
        auto const answer = engine_->search({.query = "commun", .limit = 5});
        ASSERT_TRUE(answer);
        EXPECT_GE(answer->total, acknowledged) << "what was acknowledged is found";
        EXPECT_GE(answer->total, last);
        last = answer->total;
        EXPECT_TRUE(engine_->latest(5));
      }
    });
  }
  readers.clear();
  EXPECT_EQ(engine_->search({.query = "commun"})->total, 1500u);
}

TEST_F(EngineTest, two_ingests_at_once_both_arrive) {
  Ids first, second;
  for (int i = 0; i < 400; ++i) {
    first.push_back(record("f" + std::to_string(i), "2026-11-02", "Un", "a"));
    second.push_back(record("s" + std::to_string(i), "2026-11-02", "Deux", "b"));
  }
  {
    std::jthread const a([&] { ingest(ListReader(first)); });
    std::jthread const b([&] { ingest(ListReader(second)); });
  }
  EXPECT_EQ(engine_->stats()->articles, 800u);
  expect_clean();
}

TEST_F(EngineTest, a_waiting_page_is_woken_by_an_arrival) {
  ingest(ListReader({record("a", "2026-11-02", "Un", "deux")}));
  uint64_t const before = engine_->wait_newer(0, 0, {});
  std::jthread const later([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    ingest(ListReader({record("b", "2026-11-02", "Trois", "quatre")}));
  });
  EXPECT_GT(engine_->wait_newer(before, 120'000, {}), before);
}

TEST_F(EngineTest, stopping_keeps_what_was_told) {
  Ids records;
  for (int i = 0; i < 3000; ++i) records.push_back(record("n" + std::to_string(i), "2026-11-02", "T", "mot"));
  ListReader reader(records);
  std::stop_source stop;
  uint64_t told = 0;
  auto const totals = engine_->ingest(
      reader,
      [&](ItemOutcome const&) {
        if (++told == 100) stop.request_stop();
      },
      {}, stop.get_token());
  ASSERT_TRUE(totals);
  EXPECT_LT(told, 3000u);
  EXPECT_EQ(engine_->stats()->articles, told);
}

}  // namespace
}  // namespace vigie::engine

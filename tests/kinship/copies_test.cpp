// Wire texts and what becomes of them: precision and recall on edits made from a seed.
#include <gtest/gtest.h>

#include <algorithm>

#include "kinship/newsroom.hpp"
#include "kinship/passages.hpp"

namespace vigie::kinship {
namespace {

struct Counts {
  int found = 0, missed = 0, wrong = 0;
  double f1() const { return 2.0 * found / std::max(1, 2 * found + missed + wrong); }
};

// Adds `originals` reports, then for each one what `change` makes of it, and unrelated reports between.
template <class Change>
Counts measure(uint64_t seed, Change change) {
  Newsroom room(seed);
  MemoryKeeper keeper;
  auto const kin = Kin::open(keeper);
  Counts counts;
  uint64_t key = 0;
  for (int i = 0; i < 60; ++i) {
    auto const event = room.event(kStart + i * 3'600);
    Dispatch const original = room.report(event, 0);
    add(*kin, keeper, ++key, original);
    uint64_t const of = key;
    if (add(*kin, keeper, ++key, room.report(event, 600)).copy_of) ++counts.wrong;  // same event, other words
    Dispatch copy = original;
    copy.id += "-copy", copy.time_s += 1'800, copy.title = room.sentence(7);
    change(room, copy);
    auto const verdict = add(*kin, keeper, ++key, copy);
    if (verdict.copy_of && verdict.copy_of->key == Key{of})
      ++counts.found;
    else
      ++counts.missed;
  }
  return counts;
}

TEST(Copies, a_text_republished_under_another_headline) {
  EXPECT_GE(measure(1, [](Newsroom&, Dispatch&) {}).f1(), 0.99);
}

TEST(Copies, a_truncated_text) {
  for (double const kept : {0.7, 0.5, 0.35}) {
    auto const counts = measure(2, [&](Newsroom& room, Dispatch& d) { d.body = room.truncated(d.body, kept); });
    EXPECT_GE(counts.f1(), 0.97) << kept;
  }
}

TEST(Copies, an_agency_header_and_a_trailer) {
  auto const counts = measure(3, [](Newsroom& room, Dispatch& d) {
    d.lede = "";
    d.body = "PARIS (Agence) - " + d.body + " " + room.sentence(12);
  });
  EXPECT_GE(counts.f1(), 0.97);
}

TEST(Copies, small_edits) {
  for (double const rate : {0.02, 0.05, 0.08}) {
    auto const counts = measure(4, [&](Newsroom& room, Dispatch& d) { d.body = room.edited(d.body, rate); });
    EXPECT_GE(counts.f1(), 0.97) << rate;
  }
}

TEST(Copies, an_expanded_edition) {
  auto const counts = measure(5, [](Newsroom& room, Dispatch& d) { d.body += " " + room.text(8); });
  EXPECT_GE(counts.f1(), 0.97);
}

TEST(Copies, two_reports_merged_copy_the_longer_one) {
  auto const counts = measure(6, [](Newsroom& room, Dispatch& d) { d.body = d.body + " " + room.text(7); });
  EXPECT_GE(counts.f1(), 0.97);
}

TEST(Copies, some_sentences_quoted_are_no_copy) {
  auto const counts = measure(
      7, [](Newsroom& room, Dispatch& d) { d.lede = "", d.body = room.truncated(d.body, 0.2) + " " + room.text(14); });
  EXPECT_LE(counts.found, 3);
}

TEST(Copies, point_back_in_time_whatever_the_order_of_arrival) {
  Newsroom room(8);
  MemoryKeeper keeper;
  auto const kin = Kin::open(keeper);
  Dispatch const original = room.report(room.event(kStart), 0);
  Dispatch late = original;
  late.id = "late", late.time_s += 7'200;
  EXPECT_FALSE(add(*kin, keeper, 1, late).copy_of);
  auto const verdict = add(*kin, keeper, 2, original);
  EXPECT_FALSE(verdict.copy_of);
  ASSERT_EQ(verdict.copied.size(), 1u);
  EXPECT_EQ(verdict.copied[0].key, Key{1});
  EXPECT_EQ(verdict.copied[0].of.key, Key{2});
}

TEST(Copies, lead_to_the_earliest_and_form_a_forest) {
  Newsroom room(9);
  MemoryKeeper keeper;
  auto const kin = Kin::open(keeper);
  std::vector<Dispatch> originals;
  for (int i = 0; i < 20; ++i) originals.push_back(room.report(room.event(kStart), i * 60));
  for (uint64_t key = 1; key <= 300; ++key) {
    Dispatch copy = originals[room.below(originals.size())];
    copy.id = std::to_string(key);
    copy.time_s += static_cast<int64_t>(room.below(100'000));
    copy.body = room.edited(copy.body, 0.03);
    add(*kin, keeper, key, copy);
  }
  for (auto const& [key, row] : keeper.rows) {
    std::optional<Key> at = row.copy_of;
    std::pair before(row.time_s, key);
    for (int steps = 0; at; ++steps) {
      ASSERT_LT(steps, 300);
      auto const& original = keeper.rows.at(static_cast<uint64_t>(*at));
      std::pair const here(original.time_s, static_cast<uint64_t>(*at));
      EXPECT_LT(here, before);
      before = here, at = original.copy_of;
    }
  }
}

TEST(Passages, hold_the_same_words_on_both_sides) {
  Newsroom room(10);
  std::string const earlier = room.text(20);
  size_t const begin = earlier.find(". ", 300) + 2;
  std::string const taken = earlier.substr(begin, earlier.find('.', begin + 500) - begin);
  std::string const later = room.text(3) + " Avant " + taken + " puis " + room.text(3);
  auto const found = reuse(later, earlier);
  ASSERT_EQ(found.passages.size(), 1u);
  auto const& p = found.passages[0];
  EXPECT_EQ(later.substr(p.begin, p.end - p.begin), earlier.substr(p.earlier_begin, p.earlier_end - p.earlier_begin));
  EXPECT_GT(p.end - p.begin, 450u);
  EXPECT_NEAR(found.share, static_cast<double>(taken.size()) / static_cast<double>(later.size()), 0.05);
}

TEST(Passages, bridge_small_edits) {
  Newsroom room(11);
  std::string const earlier = room.text(20);
  auto const found = reuse(room.edited(earlier, 0.03), earlier);
  EXPECT_GT(found.share, 0.9);
  EXPECT_GT(found.kept, 0.9);
}

TEST(Passages, of_hostile_texts_are_valid_and_bounded) {
  std::string repeated;
  for (int i = 0; i < 50'000; ++i) repeated += "a b ";
  for (std::string const& text : {std::string(), std::string("\xFF\xFE\x80"), repeated}) {
    for (auto const& p : reuse(text, repeated).passages) {
      EXPECT_LT(p.begin, p.end);
      EXPECT_LE(p.end, text.size());
      EXPECT_LE(p.earlier_end, repeated.size());
    }
  }
}

}  // namespace
}  // namespace vigie::kinship

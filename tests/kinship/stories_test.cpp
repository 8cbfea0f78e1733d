#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "kinship/grouping.hpp"
#include "kinship/newsroom.hpp"
#include "kinship/trace.hpp"

namespace vigie::kinship {
namespace {

// Reports of several events, mixed, in order of time.
std::vector<std::pair<size_t, Dispatch>> week(uint64_t seed, size_t events, size_t reports) {
  Newsroom room(seed);
  std::vector<std::pair<size_t, Dispatch>> out;
  for (size_t e = 0; e < events; ++e) {
    auto const event = room.event(kStart + static_cast<int64_t>(room.below(5 * kDay)));
    for (size_t r = 0; r < reports; ++r) out.emplace_back(e, room.report(event, static_cast<int64_t>(r * 9'000)));
  }
  std::ranges::stable_sort(out, {}, [](auto const& one) { return one.second.time_s; });
  return out;
}

std::map<uint64_t, StoryId> stories_of(std::vector<std::pair<size_t, Dispatch>> const& week, MemoryKeeper& keeper) {
  auto const kin = Kin::open(keeper);
  uint64_t key = 0;
  for (auto const& [event, dispatch] : week) add(*kin, keeper, ++key, dispatch);
  std::map<uint64_t, StoryId> out;
  for (auto const& [k, row] : keeper.rows) out[k] = row.story;
  return out;
}

TEST(Stories, join_reports_of_one_event_and_no_others) {
  auto const news = week(1, 25, 4);
  MemoryKeeper keeper;
  auto const stories = stories_of(news, keeper);
  size_t wrong = 0, missed = 0;
  for (size_t i = 0; i < news.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      bool const same = news[i].first == news[j].first, together = stories.at(i + 1) == stories.at(j + 1);
      wrong += together && !same, missed += same && !together;
    }
  }
  EXPECT_LE(wrong, 16u);   // of 4,800: two events taken for one
  EXPECT_LE(missed, 30u);  // of 150: the invented reports share few words
}

TEST(Stories, longer_than_may_be_split_go_on_under_one_id) {
  Newsroom room(11);
  auto const event = room.event(kStart);
  MemoryKeeper keeper;
  auto const kin = Kin::open(keeper);
  for (uint64_t key = 1; key <= 120; ++key) add(*kin, keeper, key, room.report(event, static_cast<int64_t>(key) * 900));
  std::map<StoryId, size_t> sizes;
  for (auto const& [key, row] : keeper.rows) ++sizes[row.story];
  size_t largest = 0;
  for (auto const& [story, size] : sizes) largest = std::max(largest, size);
  EXPECT_GE(largest, 100u);
  auto const last = add(*kin, keeper, 121, room.report(event, 121 * 900));
  EXPECT_EQ(sizes[last.story], largest);
  EXPECT_TRUE(last.moved.empty());
}

TEST(Stories, have_the_same_ids_when_the_same_articles_come_in_the_same_order) {
  auto const news = week(2, 20, 3);
  MemoryKeeper one, two;
  EXPECT_EQ(stories_of(news, one), stories_of(news, two));
}

TEST(Stories, have_the_same_ids_after_a_restart_in_the_middle) {
  auto const news = week(3, 20, 3);
  MemoryKeeper one, two;
  auto const expected = stories_of(news, one);
  uint64_t key = 0;
  for (auto const& [event, dispatch] : news) {
    auto const kin = Kin::open(two);  // opened anew for each article
    add(*kin, two, ++key, dispatch);
  }
  std::map<uint64_t, StoryId> got;
  for (auto const& [k, row] : two.rows) got[k] = row.story;
  EXPECT_EQ(got, expected);
}

TEST(Stories, are_named_after_the_article_that_founded_them) {
  auto const news = week(4, 1, 4);
  MemoryKeeper keeper;
  for (auto const& [key, story] : stories_of(news, keeper)) EXPECT_EQ(story, founded_by(news[0].second.id));
}

// Takes note of what each article changes, and checks what holds of every split and every merge.
class Changes {
 public:
  void check(std::map<uint64_t, StoryId> const& before, MemoryKeeper const& keeper, Verdict const& verdict) {
    std::map<StoryId, std::map<StoryId, size_t>> parts;  // of each story before, by story after
    std::map<StoryId, size_t> sizes;
    for (auto const& [key, row] : keeper.rows) ++sizes[row.story];
    for (auto const& [key, story] : before) ++parts[story][keeper.story(key)];
    for (auto const& [story, by_name] : parts) {
      if (by_name.size() < 2) continue;
      ++splits;
      auto const kept = by_name.find(story);
      if (kept == by_name.end()) continue;  // it was named after a larger one that it joined
      for (auto const& [name, size] : by_name) EXPECT_LE(size, kept->second) << "the larger part keeps the name";
    }
    for (Merged const& merged : verdict.merged) {
      ++merges;
      EXPECT_EQ(sizes.count(merged.from), 0u) << "a name that became an alias is nobody's";
      EXPECT_GT(sizes[merged.into], 0u);
    }
  }
  size_t splits = 0, merges = 0;
};

TEST(Stories, split_and_merge_as_news_arrives_and_the_larger_part_keeps_the_name) {
  Changes changes;
  for (uint64_t seed = 1; seed <= 6; ++seed) {
    Newsroom room(100 + seed);
    MemoryKeeper keeper;
    auto const kin = Kin::open(keeper);
    std::vector<Newsroom::Event> events;
    for (int e = 0; e < 6; ++e) {  // events that share names and words with the one before
      events.push_back(room.event(kStart));
      if (e > 0) std::copy_n(events[e - 1].telling.begin(), 4, events[e].telling.begin());
    }
    for (uint64_t key = 1; key <= 60; ++key) {
      std::map<uint64_t, StoryId> before;
      for (auto const& [k, row] : keeper.rows) before[k] = row.story;
      auto const report = room.report(events[room.below(events.size())], static_cast<int64_t>(key) * 3'600);
      auto const verdict = add(*kin, keeper, key, report);
      changes.check(before, keeper, verdict);
    }
  }
  EXPECT_GT(changes.splits, 0u);
  EXPECT_GT(changes.merges, 0u);
}

TEST(Stories, names_read_back) {
  for (uint64_t const value : {uint64_t{1}, uint64_t{0x123456789ABCDEF0}, UINT64_MAX}) {
    EXPECT_EQ(parse_story(name(StoryId{value})), StoryId{value});
    EXPECT_EQ(name(StoryId{value}).size(), 13u);
  }
  for (char const* bad : {"", "abc", "aaaaaaaaaaaa0", "9999999999999", "aaaaaaaaaaaaaa"})
    EXPECT_FALSE(parse_story(bad)) << bad;
}

TEST(Stories, say_why) {
  auto const news = week(5, 1, 2);
  MemoryKeeper keeper;
  auto const kin = Kin::open(keeper);
  EXPECT_FALSE(add(*kin, keeper, 1, news[0].second).reason.closest);
  auto const reason = add(*kin, keeper, 2, news[1].second).reason;
  EXPECT_EQ(reason.closest, Key{1});
  EXPECT_GT(reason.likeness, 0.4f);
  EXPECT_EQ(reason.seconds_apart, 9'000);
  EXPECT_FALSE(reason.names.empty());
  EXPECT_LE(reason.names.size() + reason.words.size(), 16u);
}

TEST(Stories, far_apart_in_time_do_not_meet) {
  Newsroom room(6);
  auto const event = room.event(kStart);
  MemoryKeeper keeper;
  auto const kin = Kin::open(keeper);
  add(*kin, keeper, 1, room.report(event, 0));
  add(*kin, keeper, 2, room.report(event, 60 * kDay));
  EXPECT_NE(keeper.story(1), keeper.story(2));
}

TEST(Stories, find_their_articles_when_old_ones_arrive_late) {
  Newsroom room(7);
  auto const old_event = room.event(kStart - 2'000 * kDay);
  MemoryKeeper keeper;
  auto const kin = Kin::open(keeper);
  add(*kin, keeper, 1, room.report(old_event, 0));
  for (uint64_t key = 2; key < 60; ++key)
    add(*kin, keeper, key, room.report(room.event(kStart), static_cast<int64_t>(key) * 60));
  auto const verdict = add(*kin, keeper, 100, room.report(old_event, 3'600));
  EXPECT_EQ(verdict.story, keeper.story(1));
}

TEST(Stories, forget_what_is_erased) {
  Newsroom room(8);
  auto const event = room.event(kStart);
  MemoryKeeper keeper;
  auto const kin = Kin::open(keeper);
  Dispatch const first = room.report(event, 0);
  add(*kin, keeper, 1, first);
  keeper.rows.erase(1);
  ASSERT_TRUE(kin->erase(Key{1}, first.time_s));
  Dispatch again = first;
  again.id = "again", again.time_s += 60;
  auto const verdict = add(*kin, keeper, 2, again);
  EXPECT_FALSE(verdict.copy_of);
  EXPECT_FALSE(verdict.reason.closest);
  EXPECT_EQ(verdict.story, founded_by("again"));
  ASSERT_TRUE(kin->erase(Key{77}, 0));  // unknown
}

TEST(Stories, keep_their_id_when_their_founder_is_erased) {
  auto const news = week(9, 1, 4);
  MemoryKeeper keeper;
  auto const kin = Kin::open(keeper);
  for (uint64_t key = 1; key <= 3; ++key) add(*kin, keeper, key, news[key - 1].second);
  StoryId const story = keeper.story(3);
  keeper.rows.erase(1);
  ASSERT_TRUE(kin->erase(Key{1}, news[0].second.time_s));
  EXPECT_EQ(add(*kin, keeper, 4, news[3].second).story, story);
}

TEST(Stories, an_article_added_again_changes_nothing) {
  auto const news = week(10, 5, 3);
  MemoryKeeper keeper;
  auto const kin = Kin::open(keeper);
  uint64_t key = 0;
  for (auto const& [event, dispatch] : news) add(*kin, keeper, ++key, dispatch);
  StoryId const before = keeper.story(key);
  EXPECT_EQ(add(*kin, keeper, key, news.back().second).story, before);
}

TEST(Stories, stay_within_the_budget) {
  Newsroom room(11);
  MemoryKeeper keeper;
  auto const kin = Kin::open(keeper, {.articles_max = 64});
  for (uint64_t key = 1; key <= 600; ++key)
    add(*kin, keeper, key, room.report(room.event(kStart), static_cast<int64_t>(key) * (key < 300 ? 10 : 7'200)));
  EXPECT_EQ(keeper.rows.size(), 600u);
}

TEST(Stories, take_any_bytes_and_any_times) {
  MemoryKeeper keeper;
  auto const kin = Kin::open(keeper);
  std::string long_body;
  for (int i = 0; i < 200'000; ++i) long_body += "mot" + std::to_string(i % 5'000) + " ";
  Dispatch const hostile[] = {
      {"a", "", "", "", "", INT64_MAX},
      {"b", "\xFF\xC2", "\x80", std::string(3, '\0'), "xx", INT64_MIN},
      {"c", std::string(100'000, ':'), std::string(100'000, 'A'), long_body, "fr", 0},
      {"d", "31 février 2019, 0 mai 9999", "lundi mardi 99999999999", "1er 1er janvier", "fr", -1},
      {"", "新聞 ข่าว", "", "ข่าวข่าวข่าว", "th", kStart},
  };
  uint64_t key = 0;
  for (Dispatch const& dispatch : hostile) {
    auto const verdict = add(*kin, keeper, ++key, dispatch);
    EXPECT_LE(verdict.trace.size(), 1'200u);
    EXPECT_TRUE(decode(verdict.trace, Key{key}));
  }
}

TEST(Trace, damaged_bytes_are_refused) {
  auto const news = week(12, 1, 2);
  MemoryKeeper keeper;
  auto const kin = Kin::open(keeper);
  add(*kin, keeper, 1, news[0].second);
  std::string const whole = add(*kin, keeper, 2, news[1].second).trace;
  ASSERT_TRUE(decode(whole, Key{2}));
  EXPECT_EQ(encode(*decode(whole, Key{2}), Key{2}), whole);
  for (size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(decode(whole.substr(0, size), Key{2})) << size;
  std::mt19937 random(1);
  for (int i = 0; i < 20'000; ++i) {  // whatever is read, it is read within bounds
    std::string broken = whole;
    for (int n = 0; n < 3; ++n) broken[random() % broken.size()] = static_cast<char>(random());
    (void)decode(broken, Key{2});
  }
}

// The obvious way: look at all groups, join the best two, again.
std::vector<uint32_t> slow_group(std::vector<uint32_t> size, std::vector<Alike> const& pairs, float threshold) {
  std::vector<uint32_t> head(size.size());
  for (uint32_t i = 0; i < head.size(); ++i) head[i] = i;
  for (;;) {
    std::map<std::pair<uint32_t, uint32_t>, float> sums;
    for (Alike const& pair : pairs) {
      auto const [low, high] = std::minmax(head[pair.a], head[pair.b]);
      if (low != high) sums[{low, high}] += pair.likeness;
    }
    float best = threshold;
    std::pair<uint32_t, uint32_t> joined{};
    for (auto const& [two, sum] : sums) {
      auto const sizes = static_cast<float>(std::min(size[two.first], 12u) * std::min(size[two.second], 12u));
      float const likeness = sum / std::sqrt(sizes);
      if (likeness > best) best = likeness, joined = two;
    }
    if (best == threshold) return head;
    size[joined.first] += size[joined.second];
    for (uint32_t& h : head)
      if (h == joined.second) h = joined.first;
  }
}

TEST(Grouping, agrees_with_the_obvious_way) {
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    uint32_t const n = 2 + random() % 14;
    std::vector<uint32_t> size(n);
    for (uint32_t& s : size) s = random() % 5 == 0 ? 1 + random() % 30 : 1;
    std::vector<Alike> pairs;
    for (uint32_t a = 0; a < n; ++a)
      for (uint32_t b = 0; b < a; ++b)
        if (random() % 3 == 0) pairs.push_back({a, b, static_cast<float>(random() % 100'000) / 100'000});
    EXPECT_EQ(group(size, pairs, 0.35f), slow_group(size, pairs, 0.35f)) << round;
  }
}

}  // namespace
}  // namespace vigie::kinship

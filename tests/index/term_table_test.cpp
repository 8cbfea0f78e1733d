// Texts and terms by number, against maps.
#include "index/term_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace vigie::index {
namespace {

TEST(TextIds, each_text_has_one_number_in_order_of_arrival) {
  std::mt19937 random(1);
  TextIds ids;
  std::map<std::string, uint32_t> expected;
  for (int i = 0; i < 20'000; ++i) {
    std::string const text(random() % 6, static_cast<char>('a' + random() % 26));
    std::string const whole = text + std::to_string(random() % 300);
    auto const [at, fresh] = expected.try_emplace(whole, static_cast<uint32_t>(expected.size()));
    ASSERT_EQ(ids.add(whole), at->second);
    ASSERT_EQ(ids.text(at->second), whole);
    ASSERT_EQ(ids.size(), expected.size());
  }
  ids.clear();
  EXPECT_EQ(ids.size(), 0u);
  EXPECT_EQ(ids.add(""), 0u);
  EXPECT_EQ(ids.add("a"), 1u);
  EXPECT_EQ(ids.add(""), 0u);
}

TEST(TermTable, numbers_terms_and_forms_anew_in_every_segment) {
  std::mt19937 random(2);
  TermTable table;
  for (int segment = 0; segment < 30; ++segment) {
    std::map<std::string, std::pair<uint32_t, std::vector<std::string>>> expected;
    for (int i = 0; i < 400; ++i) {
      std::string const key =
          "fr\x1f" + std::string(random() % 2, 'x') + "a long beginning " + std::to_string(random() % 90);
      std::string const form = "form" + std::to_string(random() % 7);
      auto const ref = table.use(table.form(key, form));
      auto& [term, forms] =
          expected.try_emplace(key, static_cast<uint32_t>(expected.size()), std::vector<std::string>{}).first->second;
      if (std::ranges::find(forms, form) == forms.end()) forms.push_back(form);
      ASSERT_EQ(ref.term, term);
      ASSERT_EQ(forms[ref.variant], form);
    }
    auto const keys = table.by_key();
    ASSERT_EQ(keys.size(), expected.size());
    auto at = expected.begin();
    for (auto const& [key, form, term, count] : keys) {
      auto const& [expected_term, forms] = at->second;
      ASSERT_EQ(key, at->first);
      ASSERT_EQ(term, expected_term);
      ASSERT_EQ(form, forms.front());
      ASSERT_EQ(count, forms.size());
      std::vector<std::string_view> variants;
      table.variants(term, variants);
      ASSERT_TRUE(std::ranges::equal(variants, forms));
      ++at;
    }
    table.next_segment();
    if (segment % 7 == 6) table.forget();
  }
}

// Hostile text: the forms of one term beyond the most share the last.
TEST(TermTable, keeps_at_most_4096_forms_of_a_term) {
  TermTable table;
  for (uint32_t i = 0; i < 5000; ++i) {
    EXPECT_EQ(table.use(table.form("k", "form" + std::to_string(i))).variant, std::min(i, 4095u));
  }
  EXPECT_EQ(table.by_key().front().variants, 4096u);
  std::vector<std::string_view> variants;
  table.variants(0, variants);
  EXPECT_EQ(variants.size(), 4096u);
  EXPECT_EQ(variants.back(), "form4095");
}

}  // namespace
}  // namespace vigie::index

// The automaton of misspelt words against comparing each word by itself.
#include "query/similar.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "index/format.hpp"

namespace vigie::query {
namespace {

std::string random_word(std::mt19937& random, size_t longest) {
  static std::vector<std::string> const letters = {"a", "b", "c", "é", "東", "z"};
  std::string word;
  for (size_t i = random() % (longest + 1); i > 0; --i) word += letters[random() % letters.size()];
  return word;
}

TEST(OneLetter, accepts_what_comparing_two_words_accepts) {
  std::mt19937 random(1);
  for (int round = 0; round < 20'000; ++round) {
    auto const word = random_word(random, 6);
    OneLetter const automaton(word);
    auto const other = random_word(random, 7);
    auto state = automaton.start();
    static std::vector<std::pair<std::string, char32_t>> const letters = {{"a", U'a'}, {"b", U'b'},   {"c", U'c'},
                                                                          {"é", U'é'}, {"東", U'東'}, {"z", U'z'}};
    for (size_t at = 0; at < other.size();) {
      for (auto const& [bytes, letter] : letters) {
        if (!other.substr(at).starts_with(bytes)) continue;
        state = automaton.step(state, letter);
        at += bytes.size();
        break;
      }
    }
    ASSERT_EQ(automaton.accepts(state), within_one_letter(word, other)) << word << " " << other;
  }
}

TEST(OneLetter, finds_in_a_dictionary_what_looking_at_every_key_finds) {
  std::mt19937 random(2);
  for (int round = 0; round < 200; ++round) {
    std::set<std::string> words;
    for (size_t i = random() % 500; i > 0; --i) words.insert(random_word(random, 7));
    std::string const before = round % 2 ? "fr:" : "";
    index::DictionaryWriter writer(index::Extents::none);
    if (round % 2) writer.add("a", "");
    for (auto const& word : words) writer.add(before + word, word);
    if (round % 2) writer.add("zz", "");
    std::string bytes = writer.finish();
    size_t const size = bytes.size();
    bytes.append(index::kPadding, '\0');
    auto const dictionary = index::Dictionary::open(std::string_view(bytes).substr(0, size));
    ASSERT_TRUE(dictionary);
    for (int i = 0; i < 20; ++i) {
      auto const asked = random_word(random, 7);
      std::vector<std::string> expected, found;
      for (auto const& word : words) {
        if (within_one_letter(word, asked)) expected.push_back(word);
      }
      each_similar(*dictionary, before, asked,
                   [&](index::Dictionary::Cursor const& at) { found.emplace_back(at.payload()); });
      ASSERT_EQ(found, expected) << asked;
    }
  }
}

}  // namespace
}  // namespace vigie::query

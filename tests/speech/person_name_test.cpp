// Names of people taken apart, and which are one person's: invented archives of names with their counts.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "speech/same_person.hpp"

namespace vigie::speech {
namespace {

bool forms(std::string_view shorter, std::string_view longer) {
  return is_form_of(person_name(shorter), person_name(longer));
}

TEST(PersonName, is_taken_apart_into_given_names_particles_and_last_name) {
  auto const name = person_name("Marie-Aude Léonie de La Tramerie");
  EXPECT_EQ(name.given, (std::vector<std::string>{"marieaude", "leonie"}));
  EXPECT_EQ(name.particles, (std::vector<std::string>{"de", "la"}));
  EXPECT_EQ(name.last, "tramerie");
  EXPECT_TRUE(person_name("Tramerie").bare());
  EXPECT_TRUE(person_name("Nicolas").first_name_only);
  EXPECT_FALSE(person_name("Tramerie").first_name_only);
  for (auto const* odd : {"", " ", "-", "''", ". ,"}) EXPECT_TRUE(person_name(odd).last.empty()) << odd;
}

TEST(PersonName, shorter_forms_and_spellings_are_forms) {
  EXPECT_TRUE(forms("Tavel", "Inès Tavel"));
  EXPECT_TRUE(forms("I. Tavel", "Inès Tavel"));
  EXPECT_TRUE(forms("Jean Paul Tavel", "Jean-Paul Tavel"));
  EXPECT_TRUE(forms("Edouard Morvan", "Édouard MORVAN"));
  EXPECT_TRUE(forms("Barnabé Quill", "Barnabé H. Quill"));
  EXPECT_TRUE(forms("Rugel", "François de Rugel"));
  EXPECT_TRUE(forms("Vladimir Poutine", "Vladimir Putin"));
  EXPECT_TRUE(forms("Volodymyr Zelenskyy", "Volodymyr Zelensky"));
  EXPECT_TRUE(forms("Volodymyr Zelenskiy", "Vladimir Zelenski"));
  EXPECT_TRUE(forms("Alexandre Loukachenko", "Alexander Lukashenko"));
  EXPECT_TRUE(forms("Evgueni Prigojine", "Yevgeny Prigozhin"));
  EXPECT_TRUE(forms("Bachar el-Assad", "Bashar al-Assad"));
}

TEST(PersonName, other_people_are_not_forms) {
  EXPECT_FALSE(forms("Jean Tavel", "Jean-Paul Tavel"));
  EXPECT_FALSE(forms("Paul Martin", "Paul Martine"));
  EXPECT_FALSE(forms("W. Quill", "Barnabé W. Quill")) << "an initial that is no first name";
  EXPECT_FALSE(forms("Barnabé W. Quill", "Barnabé H. Quill"));
  EXPECT_FALSE(forms("Barnabé W. Quill", "Barnabé H. W. Quill"));
  EXPECT_FALSE(forms("Inès Tavel", "Tavel"));
  EXPECT_FALSE(forms("Martine Quill", "Martin Quill"));
  EXPECT_FALSE(forms("Putin", "Vladimir Poutine")) << "a spelling needs a first name to show whose it is";
  EXPECT_FALSE(forms("", "Inès Tavel"));
}

TEST(PersonName, spellings_of_a_last_name_reach_each_other) {
  for (auto const* family : {"poutine putin", "zelensky zelenskyy zelenskiy zelenski", "loukachenko lukashenko"}) {
    std::vector<std::string> words(1);
    for (char const* c = family; *c; ++c) *c == ' ' ? (void)words.emplace_back() : words.back().push_back(*c);
    for (auto const& one : words) {
      auto const ways = spellings(one);
      EXPECT_EQ(ways.front(), one);
      EXPECT_LE(ways.size(), kSpellingsMax);
      for (auto const& other : words) EXPECT_NE(std::ranges::find(ways, other), ways.end()) << one << " -> " << other;
    }
  }
}

// name -> what its bearer goes by
std::map<std::string, std::string> known(std::vector<std::pair<std::string, uint32_t>> names) {
  std::vector<NameForm> list;
  for (auto& [name, articles] : names) list.push_back({name, articles, person_name(name)});
  std::ranges::stable_sort(list, std::greater{}, &NameForm::articles);
  auto const goes_by = same_person(list);
  std::map<std::string, std::string> out;
  for (size_t i = 0; i < list.size(); ++i) out[list[i].name] = list[goes_by[i]].name;
  return out;
}

TEST(SamePerson, variants_of_one_name_are_one) {
  auto const of =
      known({{"Vladimir Poutine", 30}, {"Poutine", 12}, {"Vladimir Putin", 9}, {"V. Poutine", 2}, {"Putin", 1}});
  for (auto const& [name, person] : of) EXPECT_EQ(person, "Vladimir Poutine") << name;
}

TEST(SamePerson, two_people_of_one_last_name_stay_two_and_the_last_name_is_neither) {
  auto const of = known({{"Jean-Paul Tavel", 7}, {"Inès Tavel", 3}, {"Tavel", 4}, {"J.-P. Tavel", 1}});
  EXPECT_EQ(of.at("Tavel"), "Tavel");
  EXPECT_EQ(of.at("Inès Tavel"), "Inès Tavel");
  EXPECT_EQ(of.at("Jean-Paul Tavel"), "Jean-Paul Tavel");
}

TEST(SamePerson, a_last_name_needs_a_bearer_who_is_known_by_it) {
  EXPECT_EQ(known({{"Kerbrat", 9}, {"Solène Kerbrat", 2}}).at("Kerbrat"), "Kerbrat") << "two articles are too few";
  EXPECT_EQ(known({{"Kerbrat", 9}, {"Solène Kerbrat", 3}}).at("Kerbrat"), "Solène Kerbrat");
  EXPECT_EQ(known({{"Kerbrat", 9}, {"Solène Kerbrat", 40}, {"Yann Kerbrat", 1}}).at("Kerbrat"), "Solène Kerbrat");
  EXPECT_EQ(known({{"Kerbrat", 9}, {"Solène Kerbrat", 40}, {"Yann Kerbrat", 4}}).at("Kerbrat"), "Kerbrat");
  EXPECT_EQ(known({{"Nicolas", 9}, {"Lise Nicolas", 40}}).at("Nicolas"), "Nicolas") << "a first name";
}

TEST(SamePerson, a_public_person_needs_less_to_be_known_by_the_last_name) {
  EXPECT_EQ(known({{"Macron", 9}, {"Emmanuel Macron", 90}, {"Odile Macron", 10}}).at("Macron"), "Emmanuel Macron");
  EXPECT_EQ(known({{"Macron", 9}, {"Emmanuel Macron", 10}, {"Odile Macron", 90}}).at("Macron"), "Macron");
  EXPECT_EQ(known({{"Macron", 9}, {"Emmanuel Macron", 70}, {"Odile Macron", 30}}).at("Macron"), "Macron");
}

TEST(SamePerson, a_name_without_its_middle_name_is_the_longer_ones_only_where_there_is_one) {
  EXPECT_EQ(known({{"Barnabé Quill", 3}, {"Barnabé H. Quill", 5}}).at("Barnabé Quill"), "Barnabé H. Quill");
  auto const of = known({{"Barnabé Quill", 3}, {"Barnabé H. Quill", 5}, {"Barnabé W. Quill", 5}});
  EXPECT_EQ(of.at("Barnabé Quill"), "Barnabé Quill");
}

TEST(SamePerson, the_answer_does_not_depend_on_the_order_of_names) {
  std::vector<std::pair<std::string, uint32_t>> names = {{"Inès Tavel", 30},     {"Tavel", 12},     {"I. Tavel", 9},
                                                         {"Inès Rose Tavel", 4}, {"Ines Tavel", 3}, {"Y. Tavel", 2}};
  auto const first = known(names);
  std::mt19937 random(7);
  for (int i = 0; i < 50; ++i) {
    std::shuffle(names.begin(), names.end(), random);
    EXPECT_EQ(known(names), first);
  }
}

}  // namespace
}  // namespace vigie::speech

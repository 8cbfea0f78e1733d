#include "query/highlight.hpp"

#include <gtest/gtest.h>

#include <random>

#include "base/utf8.hpp"
#include "query/parse.hpp"
#include "query/source_match.hpp"

namespace vigie::query {
namespace {

// The text with its marks between brackets.
std::string shown(std::string_view text, std::vector<Mark> const& marks) {
  std::string out;
  size_t at = 0;
  for (Mark const& mark : marks) {
    out += text.substr(at, mark.begin - at);
    out += "[" + std::string(text.substr(mark.begin, mark.end - mark.begin)) + "]";
    at = mark.end;
  }
  return out += text.substr(at);
}
std::string marked(std::string_view query, std::string_view text) {
  return shown(text, highlight(parse(query, {0}), text, "fr"));
}

TEST(Highlight, marks_inflections_without_their_elided_article) {
  EXPECT_EQ(marked("refugie ONU", "Les réfugiés de l’ONU"), "Les [réfugiés] de l’[ONU]");
}

TEST(Highlight, marks_the_words_of_a_phrase_only_in_a_row) {
  EXPECT_EQ(marked("\"bain de sang\"", "Un bain de sang, du sang, un bain"), "Un [bain de sang], du sang, un bain");
}

TEST(Highlight, marks_both_sides_of_near_only_where_near) {
  EXPECT_EQ(marked("chat NEAR/2 chien", "chat et chien un deux trois chat"), "[chat] et [chien] un deux trois chat");
}

TEST(Highlight, prefixes_and_typos_are_marked_and_what_is_excluded_is_not) {
  EXPECT_EQ(marked("tur* erdogan~1 -chat", "La Turquie d'Erdoan et son chat"), "La [Turquie] d'[Erdoan] et son chat");
}

TEST(Highlight, words_of_another_field_are_not_marked) {
  auto const parsed = parse("titre:chat chien", {0});
  EXPECT_EQ(shown("chat chien", highlight(parsed, "chat chien", "fr", kBody)), "chat [chien]");
  EXPECT_EQ(shown("chat chien", highlight(parsed, "chat chien", "fr", kTitle)), "[chat] [chien]");
}

TEST(Highlight, phrases_stop_at_line_breaks) { EXPECT_EQ(marked("\"a b\"", "a\nb a b"), "a\nb [a b]"); }

TEST(Snippet, shows_the_passage_that_holds_most) {
  std::string const filler = "Mot sans rapport avec le sujet du jour ni avec celui de demain matin. ";
  std::string text;
  for (int i = 0; i < 20; ++i) text += filler;
  text += "Ici le chat rencontre enfin le chien du voisin. ";
  for (int i = 0; i < 20; ++i) text += filler;
  auto const made = snippet(parse("chat chien", {0}), text, "fr");
  EXPECT_NE(shown(made.text, made.marks).find("le [chat] rencontre enfin le [chien]"), std::string::npos) << made.text;
  EXPECT_TRUE(made.text.starts_with("…"));
  EXPECT_TRUE(made.text.ends_with("…"));
  EXPECT_LE(made.text.size(), 260u);
}

TEST(Snippet, a_short_text_is_shown_whole_and_one_without_match_from_its_start) {
  EXPECT_EQ(snippet(parse("chat", {0}), "Le chat dort.", "fr").text, "Le chat dort.");
  auto const made =
      snippet(parse("absent", {0}), std::string(50, 'a') + " " + std::string(400, 'b') + " fin", "fr", 100);
  EXPECT_TRUE(made.text.starts_with("aaa"));
  EXPECT_TRUE(made.marks.empty());
}

TEST(Snippet, is_valid_text_whatever_the_bytes_and_marks_lie_inside) {
  std::mt19937 random(9);
  std::vector<std::string> const parts = {"chat", "chien", " ", "\n", "é", "東", "ab. ", "…", "d'", "\u00A0"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (size_t i = random() % 80; i > 0; --i) text += parts[random() % parts.size()];
    auto const made = snippet(parse("chat \"chien chat\" 東", {0}), text, "fr", 20 + random() % 60);
    ASSERT_TRUE(is_valid_utf8(made.text)) << text;
    uint32_t last = 0;
    for (Mark const& mark : made.marks) {
      ASSERT_LE(last, mark.begin);
      ASSERT_LT(mark.begin, mark.end);
      ASSERT_LE(mark.end, made.text.size());
      last = mark.end;
    }
  }
}

TEST(SourceMatches, hosts_subdomains_and_names) {
  EXPECT_TRUE(source_matches("www.exemple.fr", "exemple.fr"));
  EXPECT_TRUE(source_matches("Exemple.fr", "www.exemple.fr"));
  EXPECT_TRUE(source_matches("https://exemple.fr/page", "sport.exemple.fr"));
  EXPECT_FALSE(source_matches("sport.exemple.fr", "exemple.fr"));
  EXPECT_FALSE(source_matches("xemple.fr", "exemple.fr"));
  EXPECT_TRUE(source_matches("agence", "Agence Exemple"));
  EXPECT_FALSE(source_matches("", "exemple.fr"));
}

TEST(Snippet, does_not_begin_inside_a_number) {
  std::string const filler = "mot encore un mot et un autre mot de plus ";
  for (auto const* number : {"1 500 000", "2.500", "3,6", "1\u00A0500\u00A0000", "12\u202F345"}) {
    for (size_t length = 20; length < 120; ++length) {
      auto const text = filler + filler + number + " habitants de la région et beaucoup d'élus " + filler;
      auto const found = snippet(parse("élus", {0}), text, "fr", length).text;
      size_t const first = found.find_first_of("0123456789");
      if (first == std::string::npos || first > 5) continue;  // behind "… " at most
      EXPECT_EQ(found.substr(first, std::string(number).size()), number) << length;
    }
  }
}

}  // namespace
}  // namespace vigie::query

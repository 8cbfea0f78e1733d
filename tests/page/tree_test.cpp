// The tree's interface and the helpers on top of it.
#include "page/tree.hpp"

#include <gtest/gtest.h>

#include "page/find.hpp"
#include "page/page.hpp"
#include "page/stats.hpp"
#include "page/text.hpp"

namespace vigie::page {
namespace {

constexpr std::string_view kPage =
    "<!doctype html><html lang=fr><head><title>Titre</title></head><body>"
    "<div id=main class=\"wide  Article\" data-odd=\"1 &lt; 2\"><h1>Un titre</h1>"
    "<p>Une phrase, puis <a href=\"/x\">un lien</a>. Une autre\u00A0!</p>"
    "<p hidden>rien</p><pre>a\n b</pre><script>var "
    "x;</script><ul><li>un<li>deux</ul>ligne<br>suivante</div></body></html>";

class TreeTest : public testing::Test {
 protected:
  PageReader reader;
  Tree const& tree = reader.read(kPage, "text/html; charset=utf-8").tree;
  NodeId main = find_first(tree, kDocument, {.id = "main"});
};

TEST_F(TreeTest, NamesAreAtoms) {
  EXPECT_EQ(tree.tag(main), Atom::div);
  EXPECT_EQ(tree.tag_name(main), "div");
  EXPECT_EQ(known_atom("http-equiv"), Atom::http_equiv);
  EXPECT_EQ(known_atom("no-such-name"), Atom::none);
  EXPECT_EQ(known_name(Atom::class_), "class");
  Atom const odd = tree.find_name("data-odd");
  ASSERT_NE(odd, Atom::none);
  EXPECT_EQ(tree.name(odd), "data-odd");
  EXPECT_EQ(tree.attribute(main, odd), "1 < 2");
  EXPECT_EQ(tree.find_name("data-even"), Atom::none);
}

TEST_F(TreeTest, LinksLeadEverywhere) {
  EXPECT_EQ(tree.type(kDocument), NodeType::document);
  EXPECT_EQ(tree.parent(tree.html()), kDocument);
  EXPECT_EQ(tree.parent(tree.head()), tree.html());
  EXPECT_EQ(tree.next_sibling(tree.head()), tree.body());
  EXPECT_EQ(tree.first_child(tree.body()), main);
  EXPECT_EQ(tree.quirks(), Quirks::no);
  EXPECT_EQ(tree.attribute(tree.html(), Atom::lang), "fr");
  size_t count = 1;
  for (NodeId n = tree.next_in(kDocument, kDocument); n != kNoNode; n = tree.next_in(kDocument, n)) ++count;
  EXPECT_EQ(count, tree.node_count());
}

TEST_F(TreeTest, UntouchedTextIsAViewOfTheSource) {
  NodeId const h1 = find_first(tree, kDocument, {.tag = Atom::h1});
  std::string_view const text = tree.text(tree.first_child(h1)), source = tree.source();
  EXPECT_EQ(text, "Un titre");
  EXPECT_EQ(text.data(), source.data() + tree.source_begin(tree.first_child(h1)));
  EXPECT_EQ(source.substr(tree.source_begin(h1), 4), "<h1>");
}

TEST_F(TreeTest, ElementsAreFound) {
  EXPECT_TRUE(has_class(tree, main, "article"));
  EXPECT_FALSE(has_class(tree, main, "art"));
  EXPECT_EQ(find_all(tree, main, {.tag = Atom::li}).size(), 2u);
  NodeId const a = find_first(tree, main, {.attribute = Atom::href});
  EXPECT_EQ(tree.tag(a), Atom::a);
  EXPECT_EQ(find_first(tree, main, {.attribute = Atom::href, .attribute_value = "/y"}), kNoNode);
  EXPECT_EQ(closest(tree, tree.first_child(a), Atom::p), tree.parent(a));
  EXPECT_EQ(closest(tree, a, Atom::table), kNoNode);
  EXPECT_TRUE(is_inside(tree, a, main));
  EXPECT_FALSE(is_inside(tree, tree.head(), main));
}

TEST_F(TreeTest, ShownTextHasOneLineForEachBlock) {
  EXPECT_EQ(shown_text(tree, kDocument),
            "Un titre\nUne phrase, puis un lien. Une autre\u00A0!\na\n b\nun\ndeux\nligne\nsuivante");
  EXPECT_EQ(shown_line(tree, find_first(tree, main, {.tag = Atom::ul})), "un deux");
  EXPECT_EQ(raw_text(tree, tree.head()), "Titre");
  EXPECT_EQ(shown_text(tree, find_first(tree, kDocument, {.tag = Atom::title})), "Titre");
}

TEST_F(TreeTest, StatisticsAddUpInOnePass) {
  std::vector<SubtreeStats> stats;
  measure(tree, kDocument, stats);
  SubtreeStats const& p = stats[index(find_first(tree, main, {.tag = Atom::p}))];
  EXPECT_EQ(p.words, 8u);
  EXPECT_EQ(p.links, 1u);
  EXPECT_EQ(p.link_chars, 7u);
  EXPECT_EQ(p.commas, 1u);
  EXPECT_EQ(p.sentences, 2u);
  EXPECT_EQ(p.paragraphs, 1u);
  EXPECT_EQ(stats[index(main)].paragraphs, 2u);
  EXPECT_EQ(stats[index(main)].depth, 3u);
  EXPECT_EQ(stats[0].links, 1u);
}

TEST(Tree, AttributesOfAnElementKeepTheirOrderAndFirstValue) {
  PageReader reader;
  Tree const& tree = reader.read("<p b=1 A=2 b=3 c>", "").tree;
  auto const attributes = tree.attributes(find_first(tree, kDocument, {.tag = Atom::p}));
  ASSERT_EQ(attributes.size(), 3u);
  EXPECT_EQ(tree.name(attributes[0].name), "b");
  EXPECT_EQ(attributes[0].value, "1");
  EXPECT_EQ(tree.name(attributes[1].name), "a");
  EXPECT_EQ(attributes[2].value, "");
}

TEST(Tree, TemplatesKeepTheirContentApart) {
  PageReader reader;
  Tree const& tree = reader.read("<p>a<template><b>x</b></template>", "").tree;
  NodeId const element = find_first(tree, kDocument, {.tag = Atom::template_});
  EXPECT_EQ(tree.first_child(element), kNoNode);
  NodeId const content = tree.template_content(element);
  EXPECT_EQ(tree.type(content), NodeType::fragment);
  EXPECT_EQ(raw_text(tree, content), "x");
  EXPECT_EQ(find_first(tree, kDocument, {.tag = Atom::b}), kNoNode);
}

TEST(Tree, ManyUnknownNamesAreTold) {
  std::string page;
  for (int i = 0; i < 5000; ++i)
    page += "<x-" + std::to_string(i) + "-a-rather-long-name y" + std::to_string(i) + "=1>";
  PageReader reader(Limits{.depth = 10000});
  Tree const& tree = reader.read(page, "").tree;
  for (int i : {0, 17, 4999}) {
    Atom const tag = tree.find_name("x-" + std::to_string(i) + "-a-rather-long-name");
    ASSERT_NE(tag, Atom::none);
    NodeId const found = find_first(tree, kDocument, {.tag = tag});
    ASSERT_NE(found, kNoNode);
    EXPECT_EQ(tree.name(tree.attributes(found)[0].name), "y" + std::to_string(i));
  }
}

TEST(Tree, ScriptingTurnsNoscriptIntoText) {
  PageReader off, on({}, Scripting::on);
  constexpr std::string_view kNoscript = "<body><noscript><img src=x></noscript>";
  Tree const& parsed = off.read(kNoscript, "").tree;
  EXPECT_NE(find_first(parsed, kDocument, {.tag = Atom::img}), kNoNode);
  Tree const& text = on.read(kNoscript, "").tree;
  EXPECT_EQ(find_first(text, kDocument, {.tag = Atom::img}), kNoNode);
}

TEST(Tree, FragmentsAreReadInTheirContext) {
  PageReader reader;
  Tree const& row = reader.read_fragment("<td>1<td>2", Atom::tr).tree;
  EXPECT_EQ(find_all(row, row.html(), {.tag = Atom::td}).size(), 2u);
  Tree const& div = reader.read_fragment("<td>1 <b>2", Atom::div).tree;
  EXPECT_EQ(find_first(div, kDocument, {.tag = Atom::td}), kNoNode);
  EXPECT_EQ(shown_text(div, div.html()), "1 2");
}

}  // namespace
}  // namespace vigie::page

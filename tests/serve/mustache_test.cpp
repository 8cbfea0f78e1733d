// Templates: values escaped, sections, lists, what stands alone on its line, and what is refused.
#include "serve/mustache.hpp"

#include <gtest/gtest.h>

#include "serve/templates.hpp"

namespace vigie::serve {
namespace {

std::string rendered(std::string text, Fields const& fields) {
  auto const parsed = Mustache::parse(std::move(text));
  if (!parsed) return "refused: " + parsed.error().message;
  std::string out;
  parsed->render(fields, out);
  return out;
}

Fields row(std::string_view name) { return std::move(Fields().text("name", name)); }

TEST(Mustache, ValuesAreEscapedAndAbsentOnesAreNothing) {
  auto const fields = Fields().text("a", "<b> & \"c\" 'é'");
  EXPECT_EQ(rendered("[{{a}}|{{none}}]", fields), "[&lt;b&gt; &amp; &quot;c&quot; &#39;é&#39;|]");
}

TEST(Mustache, SectionsFollowWhatIsSet) {
  auto const fields = Fields().text("word", "x").text("empty", "").flag("yes", true).flag("no", false);
  EXPECT_EQ(rendered("{{#word}}<{{word}}>{{/word}}{{#empty}}e{{/empty}}{{#none}}n{{/none}}", fields), "<x>");
  EXPECT_EQ(
      rendered("{{^word}}w{{/word}}{{^empty}}e{{/empty}}{{^none}}n{{/none}}{{^no}}o{{/no}}{{#yes}}y{{/yes}}", fields),
      "enoy");
}

TEST(Mustache, ListsRepeatAndLookOutward) {
  Fields fields;
  fields.text("outer", "o").list("rows", {row("1"), row("2"), row("")}).list("nothing", {});
  EXPECT_EQ(rendered("{{#rows}}({{name}}{{outer}}{{^name}}-{{/name}}){{/rows}}.{{^nothing}}0{{/nothing}}", fields),
            "(1o)(2o)(o-).0");
  Fields nested;
  nested.list("groups", {std::move(Fields().text("name", "g").list("rows", {row("1"), row("2")})), row("h")});
  EXPECT_EQ(rendered("{{#groups}}{{name}}[{{#rows}}{{name}}{{/rows}}]{{/groups}}", nested), "g[12]h[]");
}

TEST(Mustache, WhatIsSetLastCounts) { EXPECT_EQ(rendered("{{a}}", Fields().text("a", "1").text("a", "2")), "2"); }

TEST(Mustache, ASectionAloneOnItsLineTakesTheLine) {
  Fields fields;
  fields.flag("yes", true).list("rows", {row("1"), row("2")});
  EXPECT_EQ(rendered("a\n  {{#yes}}\nb\n{{/yes}}\nc\n", fields), "a\nb\nc\n");
  EXPECT_EQ(rendered("<ol>\n{{#rows}}\n<li>{{name}}</li>\n{{/rows}}\n</ol>", fields),
            "<ol>\n<li>1</li>\n<li>2</li>\n</ol>");
  EXPECT_EQ(rendered("a {{#yes}}b{{/yes}} c\n", fields), "a b c\n");
  EXPECT_EQ(rendered("{{#yes}} {{/yes}}\n", fields), " \n");
}

TEST(Mustache, WhatDoesNotNestIsRefused) {
  for (auto const* text : {"{{a", "{{#a}}", "{{/a}}", "{{#a}}{{/b}}", "{{#a}}{{#b}}{{/a}}{{/b}}", "{{}}", "{{#}}",
                           "{{&a}}", "{{{a}}}", "{{a b}}", "{{>a}}", "{{!a}}"}) {
    EXPECT_TRUE(rendered(text, Fields()).starts_with("refused: ")) << text;
  }
}

}  // namespace
}  // namespace vigie::serve

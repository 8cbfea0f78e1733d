// Hostile pages: bounded time, memory and depth, and always a tree.
#include <gtest/gtest.h>

#include <ctime>
#include <functional>

#include "page/dump.hpp"
#include "page/find.hpp"
#include "page/page.hpp"
#include "page/stats.hpp"
#include "page/text.hpp"

namespace vigie::page {
namespace {

std::string repeated(std::string_view text, size_t times) {
  std::string out;
  out.reserve(text.size() * times);
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

uint32_t depth_of(Tree const& tree) {
  std::vector<SubtreeStats> stats;
  measure(tree, kDocument, stats);
  uint32_t depth = 0;
  for (auto const& one : stats) depth = std::max(depth, one.depth);
  return depth;
}

// Every link of the tree agrees with every other, and each node is reached once.
void expect_sound(Tree const& tree) {
  size_t reached = 0;
  for (NodeId n = tree.next_in(kDocument, kDocument); n != kNoNode; n = tree.next_in(kDocument, n)) {
    ASSERT_LT(++reached, tree.node_count());
    NodeId const parent = tree.parent(n), next = tree.next_sibling(n), previous = tree.previous_sibling(n);
    ASSERT_NE(parent, kNoNode);
    ASSERT_EQ(next == kNoNode ? tree.last_child(parent) : tree.previous_sibling(next), n);
    ASSERT_EQ(previous == kNoNode ? tree.first_child(parent) : tree.next_sibling(previous), n);
    ASSERT_LE(tree.source_begin(n), tree.source().size());
  }
}

// What this takes is linear in its input, a few seconds under sanitizers; were it quadratic it would take hours.
// Between the two there is room for any machine.
constexpr double kFarTooLong = 200.0;

// Of the processor, not of the clock: whatever else the machine is doing.
double seconds(std::function<void()> const& run) {
  auto const now = [] {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
  };
  double const start = now();
  run();
  return now() - start;
}

// The text behind what is too deep is still there.
TEST(Limits, AHundredThousandNestedTagsOfEveryKindStayShallow) {
  for (std::string const tag :
       {"div",        "span",       "b",           "a",        "p",         "li",      "table",
        "tr",         "td",         "select",      "option",   "svg",       "math",    "template",
        "button",     "form",       "h1",          "nobr",     "object",    "ruby",    "frameset",
        "blockquote", "dd",         "unknown-tag", "noscript", "plaintext", "marquee", "foreignObject",
        "textarea",   "svg><title", "table><td",   "ul><li",   "b><p",      "a><div",  "font size=1",
        "math><mi"}) {
    SCOPED_TRACE(tag);
    PageReader reader;
    Page const* page = nullptr;
    double const took =
        seconds([&] { page = &reader.read(repeated("<" + tag + ">", 100000) + "the end", "text/html"); });
    EXPECT_LT(took, kFarTooLong);
    expect_sound(page->tree);
    EXPECT_LT(depth_of(page->tree), 1200u);
  }
}

TEST(Limits, TooDeepElementsBecomeSiblingsAndSaySo) {
  PageReader reader(Limits{.depth = 40});
  Page const& page = reader.read(repeated("<div>", 100) + "text<p>more", "");
  EXPECT_TRUE(page.truncated);
  ASSERT_FALSE(page.diagnostics.empty());
  EXPECT_NE(page.diagnostics.back().find("too deep"), std::string::npos);
  EXPECT_EQ(find_all(page.tree, kDocument, {.tag = Atom::div}).size(), 100u);
  EXPECT_EQ(shown_text(page.tree, kDocument), "text\nmore");
  EXPECT_LE(depth_of(page.tree), 42u);
}

TEST(Limits, NodesPastTheLimitAreDropped) {
  PageReader reader(Limits{.nodes = 1000});
  Page const& page = reader.read(repeated("<p>x", 5000), "");
  EXPECT_TRUE(page.truncated);
  EXPECT_LT(page.tree.node_count(), 1300u);
  expect_sound(page.tree);
}

TEST(Limits, AttributesOfOneElementAreLimited) {
  std::string tag = "<p";
  for (int i = 0; i < 2000; ++i) tag += " a" + std::to_string(i) + "=v";
  PageReader reader;
  Page const& page = reader.read(tag + ">x", "");
  EXPECT_TRUE(page.truncated);
  NodeId const p = find_first(page.tree, kDocument, {.tag = Atom::p});
  EXPECT_EQ(page.tree.attributes(p).size(), 512u);
  EXPECT_EQ(page.tree.attribute(p, page.tree.find_name("a511")), "v");
}

TEST(Limits, DuplicateAttributesAreFoundHoweverMany) {
  std::string tag = "<p";
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 100; ++i) tag += " a" + std::to_string(i) + "=" + std::to_string(round);
  }
  PageReader reader;
  Page const& page = reader.read(tag + ">x", "");
  NodeId const p = find_first(page.tree, kDocument, {.tag = Atom::p});
  ASSERT_EQ(page.tree.attributes(p).size(), 100u);
  for (auto const& attribute : page.tree.attributes(p)) EXPECT_EQ(attribute.value, "0");
}

TEST(Limits, AMillionAttributesTakeLinearTimeAndMemory) {
  std::string same = "<p", many, distinct;
  for (int i = 0; i < 1000000; ++i) same += " a=" + std::to_string(i % 10);
  for (int i = 0; i < 250000; ++i) many += "<p a=1 b=2 c=3 d=4>";
  for (int i = 0; i < 10000; ++i) {
    distinct += "<p";
    for (int j = 0; j < 100; ++j) distinct += " x" + std::to_string(i * 100 + j);
    distinct += ">";
  }
  PageReader reader;
  EXPECT_LT(seconds([&] { EXPECT_EQ(reader.read(same + ">", "").tree.node_count(), 5u); }), kFarTooLong);
  EXPECT_LT(seconds([&] { EXPECT_FALSE(reader.read(many, "").truncated); }), kFarTooLong);
  EXPECT_LT(reader.memory_bytes(), 150u << 20);
  EXPECT_LT(seconds([&] { EXPECT_TRUE(reader.read(distinct, "").truncated); }), kFarTooLong);
  EXPECT_LT(reader.memory_bytes(), 150u << 20);
}

TEST(Limits, AFiftyMegabytePageIsReadWhole) {
  std::string const page = repeated(
      "<div class=\"teaser\"><a href=\"/article/1\">A headline &amp; more</a><p>Some text.</p></div>\n", 600000);
  ASSERT_GT(page.size(), 50u << 20);
  PageReader reader;
  Page const* read = nullptr;
  EXPECT_LT(seconds([&] { read = &reader.read(page, "text/html; charset=utf-8"); }), kFarTooLong);
  EXPECT_FALSE(read->truncated);
  EXPECT_LT(reader.memory_bytes(), 500u << 20);
  // The next page gives the memory back.
  reader.read("<p>small", "");
  EXPECT_LT(reader.memory_bytes(), 70u << 20);
}

TEST(Limits, HostileRepetitionsTakeBoundedTime) {
  std::string pieces[] = {
      "<table>a<tr x=\"&amp;\">",     // fostered text that grows between attributes
      "a</x>",                        // one text in a million pieces
      "<p><b id=1><b id=2><b id=3>",  // formatting to reconstruct, ever more
      "<b><div></b>",                 // adoptions
      "<a><p>",
      "</p>",
      "<!--",
      "&",
      "&amp",
      "<",
      "</",
      "<script><!--<script>",
      "<select><option>",
      "<svg><p>",
      "</br>",
      "<li><div>",
      "<template><tr>",
      "<nobr>",
      "<font color=a><p>",
      "<input><option><hr>",
      "<table><b><tr>",
      "\r\n",
      "<html a=1>",
      "<body b=2>",
      "<frameset>",
      "]]>",
      "<![CDATA[",
      "<select><selectedcontent>",
  };
  for (std::string const& piece : pieces) {
    SCOPED_TRACE(piece);
    PageReader reader;
    EXPECT_LT(seconds([&] { expect_sound(reader.read(repeated(piece, 1000000 / piece.size()), "").tree); }),
              kFarTooLong);
    EXPECT_LT(reader.memory_bytes(), 300u << 20);
  }
}

TEST(Limits, FormattingBeforeManyParagraphsStaysWithinTheNodeLimit) {
  std::string page;
  for (int i = 0; i < 500; ++i) page += "<b id=" + std::to_string(i) + ">";
  page += repeated("<p>x</p>", 20000);
  PageReader reader;
  EXPECT_LT(seconds([&] { expect_sound(reader.read(page, "").tree); }), kFarTooLong);
  EXPECT_LT(reader.memory_bytes(), 100u << 20);
}

TEST(Limits, NulBytesAreDroppedOrReplaced) {
  PageReader reader;
  using namespace std::string_view_literals;
  Page const& page =
      reader.read("<p \0a=\"b\0\">c\0d<!--\0--><svg>\0</svg><title>\0</title>"sv, "text/html; charset=utf-8");
  EXPECT_EQ(dump(page.tree, page.tree.body()),
            "| <p>\n|   \xEF\xBF\xBD"
            "a=\"b\xEF\xBF\xBD\"\n|   \"cd\"\n|   <!-- \xEF\xBF\xBD -->\n|   <svg svg>\n"
            "|     \"\xEF\xBF\xBD\"\n|   <title>\n|     \"\xEF\xBF\xBD\"\n");
}

TEST(Limits, LoneSurrogatesBecomeReplacementCharacters) {
  PageReader reader;
  Page const& page = reader.read("<p>\xC3\xA9t\xC3\xA9 \xED\xA0\x80 &#xD800; &#xDFFF;", "text/html; charset=utf-8");
  EXPECT_EQ(shown_text(page.tree, kDocument), "été \xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD \xEF\xBF\xBD \xEF\xBF\xBD");
}

TEST(Limits, AnEmptyPageHasATree) {
  PageReader reader;
  for (std::string_view bytes : {"", " ", "\xEF\xBB\xBF", "\xFF\xFE"}) {
    EXPECT_EQ(dump(reader.read(bytes, "").tree, kDocument), "| <html>\n|   <head>\n|   <body>\n");
  }
}

TEST(Limits, AnEmptyFragmentHasATree) {
  PageReader reader;
  EXPECT_EQ(dump(reader.read_fragment({}, Atom::div).tree, kDocument), "| <html>\n");
}

constexpr std::string_view kSmallPage =
    "<!DOCTYPE html PUBLIC \"-//X//Y\" 'z'><html lang=fr><head><meta charset=\"utf-8\"><title>Caf\xC3\xA9 "
    "&eacute;</title>"
    "<script>if (a < b) { x = '<!-- <script> </script> -->' }</script><style>p > a { }</style></head>\r\n<body "
    "class='a b' "
    "data-x=\"1&amp;2\"><!-- c --><p>Un <b>gras <i>oblique</b> reste</i> &#xE9; &notit; <table><tr><td>1<td>2</table>"
    "<svg viewBox=\"0 0 1 1\"><title>t</title><![CDATA[ <x> ]]></svg><template><li>x</template><select><option>o"
    "</select><textarea>\nt</textarea><?php x ?></body></html>";

TEST(Limits, APageCutAtAnyByteIsStillAPage) {
  PageReader reader;
  for (size_t size = 0; size <= kSmallPage.size(); ++size) {
    // A copy of exactly that size, so that a sanitizer sees a step over its end.
    std::vector<char> const exact(kSmallPage.begin(), kSmallPage.begin() + static_cast<ptrdiff_t>(size));
    Page const& page = reader.read({exact.data(), exact.size()}, "");
    expect_sound(page.tree);
    EXPECT_NE(page.tree.body(), kNoNode) << size;
  }
}

TEST(Limits, APageWithAnyByteChangedIsStillAPage) {
  PageReader reader;
  for (size_t at = 0; at < kSmallPage.size(); ++at) {
    for (char c : {'\0', '<', '>', '&', '"', '\'', '-', '/', ' ', '=', '!', ']', '\x80', '\xFF'}) {
      std::string bytes(kSmallPage);
      bytes[at] = c;
      expect_sound(reader.read(bytes, "").tree);
    }
  }
}

TEST(Limits, AReaderReadsTheSameAgain) {
  PageReader reader, fresh;
  std::string const first = dump(reader.read(kSmallPage, "").tree, kDocument);
  reader.read(repeated("<q zzz=1>&amp;", 5000), "");
  EXPECT_EQ(dump(reader.read(kSmallPage, "").tree, kDocument), first);
  EXPECT_EQ(dump(fresh.read(kSmallPage, "").tree, kDocument), first);
}

}  // namespace
}  // namespace vigie::page

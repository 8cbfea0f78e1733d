// The SIMD scanner against its scalar twin: the same tokens for every short input over a small alphabet, and for random
// long ones.
#include "page/scan.hpp"

#include <gtest/gtest.h>

#include "page/tokenizer.hpp"

namespace vigie::page {
namespace {

// All tokens as one text.
template <class Scan>
std::string tokens_of(std::string const& source, Content content) {
  std::string padded = source;
  padded.resize(source.size() + kPadding, '\0');
  Arena arena;
  static thread_local NameTable names;
  Pile<Attribute> attributes;
  Tokenizer<Scan> tokenizer(arena, names, attributes, {});
  tokenizer.start({padded.data(), source.size()});
  tokenizer.set_content(content);
  if (content != Content::data) tokenizer.set_last_start_tag(Atom::script);
  std::string out;
  for (Token token; tokenizer.next(token), token.type != TokenType::end_of_file;) {
    out += std::to_string(static_cast<int>(token.type)) + "@" + std::to_string(token.begin) + ":";
    if (token.type == TokenType::start_tag || token.type == TokenType::end_tag) {
      out += names.name(token.tag);
      for (uint32_t i = 0; i < token.attribute_count; ++i) {
        Attribute const& a = attributes[token.first_attribute + i];
        out += "|" + std::string(names.name(a.name)) + "=" + std::string(a.value);
      }
    } else {
      out += token.text;
    }
    out += ";";
  }
  return out;
}

void expect_equal(std::string const& source) {
  for (Content content : {Content::data, Content::rcdata, Content::rawtext, Content::script, Content::cdata}) {
    ASSERT_EQ(tokens_of<SimdScan>(source, content), tokens_of<ScalarScan>(source, content)) << source;
  }
}

TEST(Scan, EveryShortInputGivesTheSameTokens) {
  constexpr std::string_view kAlphabet = "<>/a!-&;=\" ";
  for (size_t size = 1; size <= 4; ++size) {
    size_t count = 1;
    for (size_t i = 0; i < size; ++i) count *= kAlphabet.size();
    for (size_t number = 0; number < count; ++number) {
      std::string source;
      for (size_t i = 0, rest = number; i < size; ++i, rest /= kAlphabet.size())
        source += kAlphabet[rest % kAlphabet.size()];
      expect_equal(source);
      if (testing::Test::HasFatalFailure()) return;
    }
  }
}

TEST(Scan, RandomInputsGiveTheSameTokens) {
  using namespace std::string_view_literals;
  std::string_view const pieces[] = {"<",
                                     ">",
                                     "/",
                                     "</",
                                     "<!--",
                                     "-->",
                                     "a",
                                     "Zz",
                                     "class",
                                     "=",
                                     "\"",
                                     "'",
                                     " ",
                                     "\n",
                                     "&amp;",
                                     "&",
                                     "\0"sv,
                                     "é",
                                     "<p ",
                                     "</script>",
                                     "<script",
                                     "]]>",
                                     "<![CDATA[",
                                     "<!doctype ",
                                     "\x01",
                                     "averyverylongnameindeed",
                                     "text of some length that runs on "};
  uint64_t seed = 1;
  auto const next = [&seed](size_t bound) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return static_cast<size_t>(seed >> 33) % bound;
  };
  for (int round = 0; round < 5000; ++round) {
    std::string source;
    for (size_t count = next(60); count > 0; --count) source += pieces[next(std::size(pieces))];
    expect_equal(source);
    if (testing::Test::HasFatalFailure()) FAIL() << "round " << round;
  }
}

TEST(Scan, LongRunsEndWhereTheyShould) {
  for (size_t size = 0; size < 200; ++size) {
    for (char stop : {'<', '&', '\0', '"'}) {
      std::string text(size, 'x');
      text += stop;
      text.resize(text.size() + kPadding, '\0');
      ASSERT_EQ(SimdScan::text(text.data()), ScalarScan::text(text.data()));
      ASSERT_EQ(SimdScan::raw(text.data()), ScalarScan::raw(text.data()));
      ASSERT_EQ(SimdScan::value(text.data(), '"'), ScalarScan::value(text.data(), '"'));
      ASSERT_EQ(SimdScan::until(text.data(), '"'), ScalarScan::until(text.data(), '"'));
    }
  }
}

}  // namespace
}  // namespace vigie::page

// Runs html5lib-tests' tokenizer suite on the tokenizer and on its scalar twin. Inputs may hold lone surrogates, which
// are given as three bytes each: the tokenizer passes through whatever it does not know.
#include <gtest/gtest.h>
#include <simdjson.h>

#include "page/conformance.hpp"
#include "page/tokenizer.hpp"

namespace vigie::page {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

void append_utf16_unit(std::string& out, uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0 | (code >> 6));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0 | (code >> 12));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (code >> 18));
    out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (code & 0x3F));
  }
}

// "\\u0000" in a doubly escaped test, pairs of surrogates joined.
std::string unescaped(std::string_view text) {
  std::string out;
  uint32_t high = 0;
  auto const flush = [&] {
    if (high != 0) append_utf16_unit(out, std::exchange(high, 0));
  };
  for (size_t i = 0; i < text.size();) {
    if (text.substr(i, 2) != "\\u" || i + 6 > text.size()) {
      flush();
      out += text[i++];
      continue;
    }
    uint32_t const unit = static_cast<uint32_t>(std::stoul(std::string(text.substr(i + 2, 4)), nullptr, 16));
    i += 6;
    if (high != 0 && unit >= 0xDC00 && unit < 0xE000) {
      append_utf16_unit(out, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
      high = 0;
      continue;
    }
    flush();
    if (unit >= 0xD800 && unit < 0xDC00) {
      high = unit;
    } else {
      append_utf16_unit(out, unit);
    }
  }
  flush();
  return out;
}

struct Expected {
  bool doubled;
  std::string text(element const& e) const {
    std::string_view const raw = e.get_string();
    return doubled ? unescaped(raw) : std::string(raw);
  }
  // One token as a line of text; characters are joined by the caller.
  std::string token(array const& token) const {
    std::string const type = text(token.at(0));
    if (type == "Character") return "C" + text(token.at(1));
    if (type == "Comment") return "!" + text(token.at(1));
    if (type == "EndTag") return "/" + text(token.at(1));
    if (type == "StartTag") {
      std::vector<std::pair<std::string, std::string>> attributes;
      for (auto const [name, value] : object(token.at(2).get_object())) {
        attributes.emplace_back(doubled ? unescaped(name) : std::string(name), text(value));
      }
      std::ranges::sort(attributes);
      std::string line = "<" + text(token.at(1));
      for (auto const& [name, value] : attributes) line += "\x01" + name + "=" + value;
      if (token.size() > 3 && bool(token.at(3))) line += "\x02";
      return line;
    }
    std::string line = "D";
    for (size_t i = 1; i <= 3; ++i) line += "\x01" + (token.at(i).is_null() ? "\x03" : text(token.at(i)));
    return line + (bool(token.at(4)) ? "" : "\x02");
  }
};

template <class Scan>
std::vector<std::string> tokens_of(std::string const& input, Content content, std::string_view last_start_tag) {
  std::string source;
  for (size_t i = 0; i < input.size(); ++i) {
    source += input[i] == '\r' ? '\n' : input[i];
    if (input[i] == '\r' && i + 1 < input.size() && input[i + 1] == '\n') ++i;
  }
  size_t const size = source.size();
  source.resize(size + kPadding, '\0');

  Arena arena;
  NameTable names;
  Pile<Attribute> attributes;
  Tokenizer<Scan> tokenizer(arena, names, attributes, {});
  tokenizer.start({source.data(), size});
  tokenizer.set_content(content);
  if (!last_start_tag.empty()) tokenizer.set_last_start_tag(names.intern(last_start_tag));

  std::vector<std::string> lines;
  for (Token token;;) {
    tokenizer.next(token);
    switch (token.type) {
      case TokenType::end_of_file:
        return lines;
      case TokenType::text:
      case TokenType::nul:
        if (lines.empty() || lines.back()[0] != 'C') lines.push_back("C");
        lines.back() += token.text;
        break;
      case TokenType::comment:
        lines.push_back("!" + std::string(token.text));
        break;
      case TokenType::end_tag:
        lines.push_back("/" + std::string(names.name(token.tag)));
        break;
      case TokenType::start_tag: {
        std::vector<std::pair<std::string, std::string>> sorted;
        for (uint32_t i = 0; i < token.attribute_count; ++i) {
          Attribute const& a = attributes[token.first_attribute + i];
          sorted.emplace_back(names.name(a.name), a.value);
        }
        std::ranges::sort(sorted);
        std::string line = "<" + std::string(names.name(token.tag));
        for (auto const& [name, value] : sorted) line += "\x01" + name + "=" + value;
        lines.push_back(line + (token.self_closing ? "\x02" : ""));
        break;
      }
      case TokenType::doctype:
        lines.push_back("D\x01" + (token.has_name ? std::string(token.text) : "\x03") + "\x01" +
                        (token.has_public_id ? std::string(token.public_id) : "\x03") + "\x01" +
                        (token.has_system_id ? std::string(token.system_id) : "\x03") +
                        (token.force_quirks ? "\x02" : ""));
        break;
    }
  }
}

Content content_named(std::string_view state) {
  if (state == "PLAINTEXT state") return Content::plaintext;
  if (state == "RCDATA state") return Content::rcdata;
  if (state == "RAWTEXT state") return Content::rawtext;
  if (state == "Script data state") return Content::script;
  if (state == "CDATA section state") return Content::cdata;
  EXPECT_EQ(state, "Data state");
  return Content::data;
}

struct Score {
  size_t passed = 0, failed = 0;
};

void run(element const& test, std::string const& file, Score& score) {
  bool doubled = false;
  if (element value; test["doubleEscaped"].get(value) == simdjson::SUCCESS) doubled = bool(value);
  Expected const expected{doubled};
  std::string last_start_tag;
  if (element value; test["lastStartTag"].get(value) == simdjson::SUCCESS) last_start_tag = expected.text(value);
  std::string const input = expected.text(test["input"]);
  std::vector<std::string> wanted;
  for (element const token : array(test["output"].get_array())) {
    std::string const line = expected.token(token.get_array());
    if (line[0] == 'C' && !wanted.empty() && wanted.back()[0] == 'C') {
      wanted.back() += line.substr(1);
    } else {
      wanted.push_back(line);
    }
  }
  std::vector<std::string> states;
  if (element value; test["initialStates"].get(value) == simdjson::SUCCESS) {
    for (element const state : array(value.get_array())) states.push_back(expected.text(state));
  } else {
    states.push_back("Data state");
  }
  for (std::string const& state : states) {
    auto const scalar = tokens_of<ScalarScan>(input, content_named(state), last_start_tag);
    auto const simd = tokens_of<SimdScan>(input, content_named(state), last_start_tag);
    bool const equal = scalar == wanted && simd == wanted;
    ++(equal ? score.passed : score.failed);
    EXPECT_EQ(scalar, wanted) << file << " in " << state << ": " << std::string_view(test["description"]) << "\n"
                              << input;
    EXPECT_EQ(simd, wanted) << file << " in " << state << ": " << std::string_view(test["description"]) << "\n"
                            << input;
  }
}

TEST(Html5libTokenizer, GivesTheExpectedTokensWithBothScanners) {
  VIGIE_NEEDS_HTML5LIB(folder);
  Score score;
  for (auto const& entry : std::filesystem::directory_iterator(*folder / "tokenizer")) {
    if (entry.path().extension() != ".test") continue;
    simdjson::dom::parser parser;
    element document = parser.load(entry.path().string());
    for (char const* key : {"tests", "xmlViolationTests"}) {
      element tests;
      // The second kind asks for an option that turns the tokenizer away from the standard.
      if (std::string_view(key) != "tests" || document[key].get(tests) != simdjson::SUCCESS) continue;
      for (element const test : array(tests.get_array())) run(test, entry.path().filename().string(), score);
    }
  }
  std::cout << "tokenizer: " << score.passed << " passed, " << score.failed << " failed\n";
  EXPECT_GT(score.passed, 6800u);
}

}  // namespace
}  // namespace vigie::page

// Laws that hold for any bytes: offsets are valid, the text at a quote's offsets is the quote's text, groups count up,
// time is bounded. The seed is printed with a failure.
#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <random>

#include "base/utf8.hpp"
#include "speech/speech.hpp"

namespace vigie::speech {
namespace {

article::Article made(std::string body) {
  article::Article a;
  a.language = "fr";
  a.blocks.push_back({article::BlockKind::paragraph, 0, std::move(body)});
  return a;
}

void check_laws(article::Article const& a, Speech const& speech) {
  auto const text = article::text(a);
  std::vector<size_t> bytes;  // of each code point, and the end
  for (size_t at = 0; at < text.size();) {
    bytes.push_back(at);
    next_code_point(text, at);
  }
  bytes.push_back(text.size());
  uint32_t last_begin = 0, groups = 0;
  std::pair<uint32_t, uint32_t> last{0, 0};
  for (auto const& q : speech.quotes) {
    ASSERT_LT(q.begin, q.end);
    ASSERT_LT(q.end, bytes.size());
    EXPECT_EQ(text.substr(bytes[q.begin], bytes[q.end] - bytes[q.begin]), q.text);
    EXPECT_GE(q.begin, last_begin);
    EXPECT_LE(q.group, groups) << "groups count from 0 in order";
    groups = std::max(groups, q.group + 1);
    EXPECT_LT(last, std::pair(q.begin, q.end)) << "in order, none twice";
    last = {q.begin, q.end};
    last_begin = q.begin;
  }
  for (auto const& m : speech.mentions) {
    EXPECT_FALSE(m.name.empty());
    EXPECT_GE(m.count, 1u);
    EXPECT_FALSE(m.surfaces.empty());
  }
}

constexpr std::string_view kPieces[] = {"\"",
                                        "«",
                                        "»",
                                        "“",
                                        "”",
                                        " ",
                                        ", ",
                                        ". ",
                                        "\n",
                                        "a déclaré ",
                                        "Jeanne Morel",
                                        "M. ",
                                        "il ",
                                        "que ",
                                        "selon ",
                                        "Paris",
                                        "pour ",
                                        "d'",
                                        "l'",
                                        "-t-il ",
                                        "assure",
                                        " : ",
                                        "(",
                                        ")",
                                        "le président ",
                                        "et ",
                                        "l'ONU ",
                                        "dénonce une ",
                                        "honte",
                                        "Selon ",
                                        "avoir ",
                                        "\xC3",
                                        "é",
                                        "’",
                                        "—",
                                        "20 minutes"};

TEST(Properties, HoldOnTextsOfRandomPieces) {
  Analyst analyst;
  for (uint32_t seed = 0; seed < 3000; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::string body;
    for (auto n = random() % 60; n > 0; --n) body += kPieces[random() % std::size(kPieces)];
    auto const a = made(to_valid_utf8(body));
    check_laws(a, analyst.analyse(a));
  }
}

TEST(Properties, HoldOnRandomBytesAndTruncations) {
  Analyst analyst;
  std::string const whole =
      "« Le pont, explique Jeanne Morel, est “vieux” », a-t-elle dit à l'AFP. Selon M. Verdier, \"non\".";
  for (size_t end = 0; end <= whole.size(); ++end) {
    auto const a = made(to_valid_utf8(whole.substr(0, end)));
    check_laws(a, analyst.analyse(a));
  }
  for (uint32_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::string body;
    for (auto n = random() % 400; n > 0; --n) body += static_cast<char>(random() % 256);
    analyst.analyse(made(body));  // ill-formed bytes must not harm
    auto const a = made(to_valid_utf8(body));
    check_laws(a, analyst.analyse(a));
  }
}

TEST(Properties, HostileTextTakesBoundedTime) {
  Analyst analyst;
  for (std::string_view piece :
       {"\"", "« ", "a dit que ", "Jean Morel ", ", ", "(", "selon ", "Zut Zot", "M. ", "X (ABC) ", "et a affirmé que ",
        "\"a\" ", "le président ", "Conseil de ", "il a dit : \"Oui\" "}) {
    std::string body;
    while (body.size() < 400'000) body += piece;
    auto const begin = std::clock();  // of the processor: others may hold the machine
    auto const a = made(body);
    auto const speech = analyst.analyse(a);
    auto const seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    EXPECT_LT(seconds, 20.0) << piece;
    EXPECT_LE(speech.quotes.size(), kQuotesMax);
    EXPECT_LE(speech.mentions.size(), kMentionsMax);
  }
}

}  // namespace
}  // namespace vigie::speech

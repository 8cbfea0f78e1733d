#include "engine/story_reason.hpp"

#include <algorithm>
#include <cstdlib>
#include <tuple>
#include <vector>

#include "engine/document.hpp"
#include "text/analyzer.hpp"
#include "text/function_words.hpp"

namespace vigie::engine {
namespace {

constexpr size_t kMembersRead = 40;
constexpr size_t kListed = 5;  // names, places, words

struct Shared {
  std::vector<std::string> names, places, words;
  int64_t seconds_apart = 0;
  bool copied = false;

  // Names say more than places, places more than words; then the nearest in time.
  auto rank() const { return std::tuple(copied, 3 * names.size() + 2 * places.size() + words.size(), -seconds_apart); }
};

std::vector<std::string> telling_words(std::string_view title, std::string_view language) {
  text::Analyzer analyzer;
  std::vector<text::Token> tokens;
  analyzer.analyze(title, language, tokens, 0, 100);
  std::vector<std::string> words;
  for (auto const& token : tokens)
    if (token.word->stem.size() > 2 && text::languages_of_function_word(token.word->surface) == 0)
      words.push_back(token.word->stem);
  return words;
}

// The words of `title` whose stems stand in the other one, as they are written.
std::vector<std::string> shared_words(article::Article const& here, article::Article const& other) {
  auto const theirs = telling_words(other.title, other.language);
  text::Analyzer analyzer;
  std::vector<text::Token> tokens;
  analyzer.analyze(here.title, here.language, tokens, 0, 100);
  std::vector<std::string> out;
  for (auto const& token : tokens) {
    bool const both = std::ranges::find(theirs, token.word->stem) != theirs.end();
    if (both && std::ranges::find(out, token.word->surface) == out.end()) out.push_back(token.word->surface);
  }
  return out;
}

Shared shared_by(archive::Edition const& here, archive::Edition const& other) {
  Shared shared;
  for (auto const& mention : here.speech.mentions) {
    auto const same = [&](speech::Mention const& theirs) { return theirs.name == mention.name; };
    if (std::ranges::none_of(other.speech.mentions, same)) continue;
    (mention.kind == speech::NameKind::place ? shared.places : shared.names).push_back(mention.name);
  }
  shared.words = shared_words(here.article, other.article);
  shared.seconds_apart = std::llabs(order_s(here.article) - order_s(other.article));
  shared.copied = here.copy_of == other.article.id || other.copy_of == here.article.id;
  return shared;
}

void append_list(std::string& out, std::string_view what, std::vector<std::string> const& list) {
  for (size_t i = 0; i < std::min(list.size(), kListed); ++i) out.append(i ? ", " : what).append(list[i]);
  if (!list.empty()) out += ", ";
}

std::string time_apart(int64_t seconds) {
  auto const some = [](int64_t n, std::string unit) { return std::to_string(n) + " " + unit + (n == 1 ? "" : "s"); };
  if (seconds < 2 * 3'600) return some(seconds / 60, "minute") + " apart";
  if (seconds < 2 * 86'400) return some(seconds / 3'600, "hour") + " apart";
  return some(seconds / 86'400, "day") + " apart";
}

}  // namespace

Result<std::string> story_reason(archive::Archive const& archive, archive::Edition const& here) {
  if (!here.story) return std::string();
  VIGIE_TRY(auto const members, archive.story(*here.story, kMembersRead));
  archive::Edition const* closest = nullptr;
  Shared best;
  for (auto const& member : members) {
    if (member.article.id == here.article.id) continue;
    Shared shared = shared_by(here, member);
    if (closest && shared.rank() <= best.rank()) continue;
    closest = &member;
    best = std::move(shared);
  }
  if (!closest) return std::string();
  std::string out = "in a story with " + closest->article.id + ": ";
  if (best.copied) out += "one copies the other, ";
  append_list(out, "same names ", best.names);
  append_list(out, "same places ", best.places);
  append_list(out, "same words ", best.words);
  return out + time_apart(best.seconds_apart);
}

}  // namespace vigie::engine

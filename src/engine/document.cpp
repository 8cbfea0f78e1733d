#include "engine/document.hpp"

#include "base/zone.hpp"

namespace vigie::engine {
namespace {

constexpr int64_t kFirstNewspaperS = -11'549'000'000;  // 1604; the "Relation" of Strasbourg is of 1605
constexpr int64_t kClockSlackS = 86'400;
constexpr size_t kWordsMax = 500'000;  // of an article; the block that exceeds it is the last

std::vector<std::string_view>& names_of(speech::NameKind kind, index::Document& document) {
  switch (kind) {
    case speech::NameKind::organisation:
      return document.organisations;
    case speech::NameKind::place:
      return document.places;
    case speech::NameKind::person:
      break;
  }
  return document.people;
}

}  // namespace

std::optional<int64_t> plausible_published_s(article::Article const& article) {
  if (!article.published) return std::nullopt;
  int64_t const instant = instant_s(*article.published);
  if (instant < kFirstNewspaperS) return std::nullopt;
  if (article.seen && instant > article.seen->epoch_s() + kClockSlackS) return std::nullopt;
  return instant;
}

int64_t order_s(article::Article const& article) {
  if (auto const published = plausible_published_s(article)) return *published;
  return article.seen ? article.seen->epoch_s() : 0;
}

void analyse(article::Article const& article, text::Analyzer& analyzer, text::Analysis& words) {
  words.clear();
  for (auto const* field : {&article.title, &article.kicker, &article.lede})
    words.add(analyzer, *field, article.language);
  for (auto const& block : article.blocks) {
    if (words.words() >= kWordsMax) return;
    words.add(analyzer, block.text, article.language);
  }
}

index::Document document_of(archive::Edition const& edition, text::Analysis const* words) {
  auto const& article = edition.article;
  index::Document document;
  document.row = static_cast<uint64_t>(edition.row);
  document.time_s = order_s(article);
  document.published_s = plausible_published_s(article);
  document.seen_s = article.seen ? article.seen->epoch_s() : 0;
  document.title = article.title;
  document.lede = article.lede;
  document.kicker = article.kicker;
  document.body.reserve(article.blocks.size());
  for (auto const& block : article.blocks) document.body.push_back(block.text);
  document.authors.assign(article.authors.begin(), article.authors.end());
  document.source = article.source;
  document.language = article.language;
  for (auto const& quote : edition.speech.quotes)
    document.quotes.push_back({quote.text, quote.speaker ? *quote.speaker : std::string_view()});
  for (auto const& mention : edition.speech.mentions) names_of(mention.kind, document).push_back(mention.name);
  document.words = words;
  document.copy_group = edition.copy_group;
  document.story = edition.story ? static_cast<uint64_t>(*edition.story) : 0;
  return document;
}

}  // namespace vigie::engine

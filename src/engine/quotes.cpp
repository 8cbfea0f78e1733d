#include "engine/quotes.hpp"

#include <algorithm>

#include "engine/answer.hpp"
#include "engine/quote_filter.hpp"
#include "engine/widened_query.hpp"
#include "query/search.hpp"

namespace vigie::engine {
namespace {

constexpr uint32_t kArticlesAtOnce = 64;

SaidQuote said(article::Article const& article, speech::Quote quote) {
  return {article.id, article.url, article.title, article.source, article.published, article.seen, std::move(quote)};
}

// Fills one page of quotes as articles go by.
class Page {
 public:
  Page(QuoteRequest const& request, query::ParsedQuery const& parsed, People& people, QuoteAnswer& answer)
      : request_(request), filter_(parsed), people_(people), answer_(answer) {}

  // False: the page is full.
  bool take(archive::Edition&& edition) {
    if (edition.article.kind == article::Kind::listing) return true;  // teasers: their articles are quoted instead
    uint64_t const story = edition.story ? static_cast<uint64_t>(*edition.story) : 0;
    for (auto& quote : edition.speech.quotes) {
      bool const person = quote.speaker && is_person(*quote.speaker, edition.speech);
      if (!filter_.wants(quote, edition.article.language, names_of(quote, person, story))) continue;
      if (passed_ < request_.offset) {
        ++passed_;
      } else if (answer_.quotes.size() < request_.limit) {
        if (person) quote.speaker = people_.known_as(*quote.speaker, story);
        answer_.quotes.push_back(said(edition.article, std::move(quote)));
      } else {
        answer_.more = true;
        return false;
      }
    }
    return true;
  }

 private:
  static bool is_person(std::string const& name, speech::Speech const& speech) {
    return std::ranges::any_of(speech.mentions, [&](speech::Mention const& mention) {
      return mention.kind == speech::NameKind::person && mention.name == name;
    });
  }

  std::vector<std::string> names_of(speech::Quote const& quote, bool person, uint64_t story) {
    if (!filter_.asks() || !quote.speaker) return {};
    return person ? people_.all_names(*quote.speaker, story) : std::vector<std::string>{*quote.speaker};
  }

  QuoteRequest const& request_;
  QuoteFilter filter_;
  People& people_;
  QuoteAnswer& answer_;
  uint32_t passed_ = 0;
};

}  // namespace

Result<QuoteAnswer> quotes_said(index::Snapshot const& snapshot, archive::Archive const& archive,
                                QuoteRequest const& request) {
  auto const parsed = parse(archive, {.query = request.query});
  QuoteAnswer answer;
  answer.echo = parsed.echo;
  append_notes(parsed.notes, answer.notes);
  People people(snapshot);
  Page page(request, parsed, people, answer);
  auto const asked = widened(parsed, people);
  query::SearchOptions options;
  options.sort = query::Sort::date;
  options.limit = kArticlesAtOnce;
  for (options.offset = 0; options.offset < kQuotedArticlesMax; options.offset += kArticlesAtOnce) {
    auto const found = query::search(snapshot, asked, options);
    if (options.offset == 0) append_notes(found.notes, answer.notes);
    for (auto const& hit : found.hits) {
      auto edition = archive.edition(archive::Row{hit.row});
      if (!edition && edition.error().code == Errc::not_found) continue;
      if (!edition) return tl::unexpected<Error>(edition.error());
      if (!page.take(std::move(*edition))) return answer;
    }
    if (found.hits.size() < kArticlesAtOnce) break;
  }
  return answer;
}

}  // namespace vigie::engine

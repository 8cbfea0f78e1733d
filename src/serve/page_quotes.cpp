// "Citations": what was said, by whom, where.
#include "serve/article_json.hpp"
#include "serve/pages.hpp"
#include "serve/search_state.hpp"
#include "serve/url.hpp"

namespace vigie::serve {
namespace {

constexpr uint32_t kQuotesPerPage = 30;

Fields said_fields(speech::Quote const& quote) {
  Fields fields;
  fields.text("quote_text", quote.text).flag("quote_direct", quote.type == speech::QuoteType::direct);
  fields.flag("quote_indirect", quote.type == speech::QuoteType::indirect)
      .text("quote_speaker", quote.speaker.value_or(""));
  if (quote.speaker) fields.text("speaker_address", address("/quotes", {{"q", "par:\"" + *quote.speaker + '"'}}));
  return fields;
}

Fields where_fields(engine::SaidQuote const& said, Language language) {
  Fields fields;
  fields.text("quote_title", said.title).text("quote_source", said.source.empty() ? host_of(said.url) : said.source);
  fields.text("quote_address", "/article/" + percent_encode(said.id));
  auto const& when = said.published ? said.published : said.seen;
  if (when) {
    fields.text("quote_day", short_day(clock_of(*when).date, language)).text("quote_time", format_rfc3339(*when));
  }
  return fields;
}

// What follows one another in one article stands under it once.
std::vector<Fields> by_article(std::vector<engine::SaidQuote> const& quotes, Language language) {
  std::vector<Fields> out;
  for (size_t first = 0, last; first < quotes.size(); first = last) {
    std::vector<Fields> said;
    for (last = first; last < quotes.size() && quotes[last].id == quotes[first].id; ++last) {
      bool const same = last > first && quotes[last].quote.speaker == quotes[last - 1].quote.speaker;
      said.push_back(said_fields(quotes[last].quote).flag("quote_same_speaker", same));
    }
    out.push_back(where_fields(quotes[first], language).list("quotes", std::move(said)));
  }
  return out;
}

}  // namespace

Response Pages::quotes(Request const& request) const {
  auto const preference = preference_of(request);
  auto const language = preference.language;
  auto const state = SearchState::from(request.parameters);
  auto const page = std::max(1u, number_of(request.parameters, "page", 1, kDeepestHit / kQuotesPerPage));
  engine::QuoteRequest wanted{state.query(), kQuotesPerPage, (page - 1) * kQuotesPerPage};
  auto const answer = store_.quotes(wanted);
  if (!answer) return failed(request, answer.error());
  Fields fields;
  fields.flag("no_quotes", answer->quotes.empty()).list("articles", by_article(answer->quotes, language));
  fields.text("echo", answer->echo);
  auto const on_page = [&](uint32_t number) {
    return address("/quotes", {{"q", state.words}, {"page", number > 1 ? std::to_string(number) : ""}});
  };
  fields.text("newer_address", page > 1 ? on_page(page - 1) : "");
  fields.text("older_address", answer->more ? on_page(page + 1) : "");
  auto const title = phrase("quotes.title", language);
  return rendered("quotes",
                  {request, preference, Section::quotes, state.words.empty() ? title : state.words + " – " + title,
                   state.words, "", true},
                  std::move(fields));
}

}  // namespace vigie::serve

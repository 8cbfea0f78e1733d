// "Citations": what was said, by whom, where.
#include "serve/article_json.hpp"
#include "serve/pages.hpp"
#include "serve/search_state.hpp"
#include "serve/url.hpp"

namespace vigie::serve {
namespace {

constexpr uint32_t kQuotesPerPage = 30;

Fields said_fields(engine::SaidQuote const& said, Language language) {
  Fields fields;
  auto const& quote = said.quote;
  fields.text("quote_text", quote.text).flag("quote_direct", quote.type == speech::QuoteType::direct);
  fields.text("quote_speaker", quote.speaker.value_or("")).text("quote_cue", quote.cue.value_or(""));
  if (quote.speaker) fields.text("speaker_address", address("/quotes", {{"q", "par:\"" + *quote.speaker + '"'}}));
  fields.text("quote_title", said.title).text("quote_source", said.source.empty() ? host_of(said.url) : said.source);
  fields.text("quote_address", "/article/" + percent_encode(said.id) + "#q" + std::to_string(quote.begin));
  auto const& when = said.published ? said.published : said.seen;
  if (when) {
    fields.text("quote_day", short_day(clock_of(*when).date, language)).text("quote_time", format_rfc3339(*when));
  }
  return fields;
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
  std::vector<Fields> quotes;
  for (auto const& said : answer->quotes) quotes.push_back(said_fields(said, language));
  fields.flag("no_quotes", quotes.empty()).list("quotes", std::move(quotes)).text("echo", answer->echo);
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

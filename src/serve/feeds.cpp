#include "serve/feeds.hpp"

#include <array>

#include "serve/answers.hpp"
#include "serve/escape.hpp"
#include "serve/layout.hpp"
#include "serve/search_state.hpp"
#include "serve/url.hpp"

namespace vigie::serve {
namespace {

constexpr uint32_t kItems = 50;

void element(std::string& out, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  out += '<' + std::string(name) + '>' + escape_xml(text) + "</" + std::string(name) + ">\n";
}

std::string origin(Request const& request) { return "http://" + request.host; }

void item(std::string& out, article::Article const& article, std::string_view description, std::string const& origin) {
  out += "<item>\n";
  element(out, "title", article.title);
  element(out, "link", is_web_address(article.url) ? article.url : origin + "/article/" + percent_encode(article.id));
  out += "<guid isPermaLink=\"false\">" + escape_xml(article.id) + "</guid>\n";
  // A description is HTML to feed readers: text is escaped once for HTML, once more for XML.
  element(out, "description", escape_html(description));
  auto const& when = article.published ? article.published : article.seen;
  if (when) element(out, "pubDate", rfc5322_date(*when));
  for (auto const& author : article.authors) element(out, "dc:creator", author);
  element(out, "category", article.section);
  element(out, "dc:source", article.source);
  element(out, "dc:language", article.language);
  out += "</item>\n";
}

std::string head(std::string_view title, std::string_view about, std::string const& link, std::string const& self,
                 std::string_view language) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<channel>\n";
  element(out, "title", title);
  element(out, "link", link);
  element(out, "description", about);
  element(out, "language", language);
  element(out, "ttl", "5");
  out += "<atom:link href=\"" + escape_xml(self) + "\" rel=\"self\" type=\"application/rss+xml\"/>\n";
  return out;
}

Response rss(std::string body) {
  return typed_answer(std::move(body += "</channel>\n</rss>\n"), "application/rss+xml; charset=utf-8");
}

}  // namespace

std::string rfc5322_date(Time time) {
  constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  auto const [date, hour, minute] = clock_of(time);
  auto const second = static_cast<unsigned>(((time.local_s % 60) + 60) % 60);
  auto const two = [](unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  auto const weekday = static_cast<size_t>(((days_from_date(date) + 4) % 7 + 7) % 7);
  int const offset = time.zone == Time::Zone::offset ? time.offset_minutes : 0;
  auto const size = static_cast<unsigned>(offset < 0 ? -offset : offset);
  auto const year = std::to_string(10000 + date.year).substr(1);
  return std::string(kDays[weekday]) + ", " + two(date.day) + ' ' + std::string(kMonths[date.month - 1]) + ' ' + year +
         ' ' + two(hour) + ':' + two(minute) + ':' + two(second) + ' ' + (offset < 0 ? '-' : '+') + two(size / 60) +
         two(size % 60);
}

std::vector<Route> Feeds::routes() const {
  return {
      {Method::get,
       "/rss",
       "The newest articles as RSS",
       "one index scan",
       "",
       "application/rss+xml",
       Audience::machine,
       {},
       [this](Request const& request, PathValues const&) { return latest(request); }},
      {Method::get,
       "/search.rss",
       "A search as RSS, newest first",
       "one index query",
       "",
       "application/rss+xml",
       Audience::machine,
       {},
       [this](Request const& request, PathValues const&) { return search(request); }},
  };
}

Response Feeds::latest(Request const& request) const {
  auto const articles = store_.latest(kItems);
  if (!articles) return json_error(articles.error());
  auto const language = preference_of(request).language;
  auto const base = origin(request);
  auto const title = words_.get("front.title", language);
  auto out = head("Vigie – " + std::string(title), title, base + "/", base + "/rss", "");
  for (auto const& article : *articles) item(out, article, article.lede, base);
  return rss(std::move(out));
}

Response Feeds::search(Request const& request) const {
  auto const state = SearchState::from(request.parameters);
  auto query = state.request();
  query.sort = engine::Sort::date;
  query.limit = kItems;
  query.offset = 0;
  query.facets = false;
  auto const answer = store_.search(query);
  if (!answer) return json_error(answer.error());
  auto const base = origin(request);
  auto out = head("Vigie – " + query.query, answer->echo, base + state.address("/search"),
                  base + state.address("/search.rss"), "");
  for (auto const& hit : answer->hits) {
    item(out, hit.article, hit.snippet.text.empty() ? hit.article.lede : hit.snippet.text, base);
  }
  return rss(std::move(out));
}

}  // namespace vigie::serve

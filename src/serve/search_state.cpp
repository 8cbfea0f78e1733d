#include "serve/search_state.hpp"

#include <algorithm>
#include <charconv>

#include "serve/url.hpp"

namespace vigie::serve {
namespace {

// A value inside a query's quotes: what would end them is left out.
std::string quoted(std::string_view value) {
  std::string out = "\"";
  for (char const c : value) out += c == '"' || c == '\\' ? ' ' : c;
  return out + '"';
}

std::string any_of(std::string_view field, std::vector<std::string> const& values) {
  std::string out;
  for (auto const& value : values) {
    if (!out.empty()) out += " OR ";
    out += std::string(field) + ':' + quoted(value);
  }
  return values.size() > 1 ? '(' + out + ')' : out;
}

bool is_date_text(std::string_view text) {
  return !text.empty() && text.size() <= 64 && text.find_first_not_of("0123456789-/:+PTZDWMYHS") == text.npos;
}

// Each of them, as a query: an article may name several.
std::string each_of(std::string_view field, std::vector<std::string> const& values) {
  std::string out;
  for (auto const& value : values) out += (out.empty() ? "" : " ") + std::string(field) + ':' + quoted(value);
  return out;
}

// Two days as the form beside the histogram sends them; either may be left out.
std::string interval_of(std::string_view from, std::string_view to) {
  auto const is_day = [](std::string_view text) {
    auto const time = parse_rfc3339(text);
    return time && time->precision == Time::Precision::day;
  };
  bool const begins = is_day(from), ends = is_day(to);
  if (begins && ends && to < from) std::swap(from, to);
  if (begins && from == to) return std::string(from);
  if (!begins && !ends) return {};
  return (begins ? std::string(from) : std::string()) + '/' + (ends ? std::string(to) : std::string());
}

// Whether a word of the query stands alone as OR: then the words need parentheses beside filters.
bool has_or(std::string_view words) { return words.find("OR") != words.npos || words.find("OU") != words.npos; }

void toggle(std::vector<std::string>& values, std::string_view value) {
  auto const found = std::find(values.begin(), values.end(), value);
  if (found != values.end())
    values.erase(found);
  else
    values.emplace_back(value);
}

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

uint32_t number_of(Parameters const& parameters, std::string_view name, uint32_t standard, uint32_t maximum) {
  auto const text = value_of(parameters, name);
  uint32_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) return maximum;
  if (error != std::errc{} || end != text.data() + text.size()) return standard;
  return std::min(value, maximum);
}

SearchState SearchState::from(Parameters const& parameters) {
  SearchState state;
  state.words = trimmed(value_of(parameters, "q"));
  for (auto const& [name, value] : parameters) {
    if (value.empty() || value.size() > 256) continue;
    if (name == "source" && state.sources.size() < kMaxFilters) state.sources.push_back(value);
    if (name == "language" && state.languages.size() < kMaxFilters) state.languages.push_back(value);
    if (name == "person" && state.persons.size() < kMaxFilters) state.persons.push_back(value);
    if (name == "place" && state.places.size() < kMaxFilters) state.places.push_back(value);
  }
  if (auto const date = value_of(parameters, "date"); is_date_text(date)) state.date = date;
  if (state.date.empty()) state.date = interval_of(value_of(parameters, "from"), value_of(parameters, "to"));
  if (value_of(parameters, "sort") == "date") state.sort = engine::Sort::date;
  if (auto const after = value_of(parameters, "after"); after.size() <= kMaxCursor) state.after = after;
  state.page =
      std::max(1u, number_of(parameters, "page", 1, state.after.empty() ? kDeepestHit / kHitsPerPage : 1u << 30));
  return state;
}

std::string SearchState::query() const {
  std::string out;
  auto const add = [&](std::string const& part) {
    if (!part.empty()) out += (out.empty() ? "" : " ") + part;
  };
  add(any_of("source", sources));
  add(any_of("lang", languages));
  add(each_of("person", persons));
  add(each_of("place", places));
  if (!date.empty()) add("date:" + date);
  add(!out.empty() && has_or(words) ? '(' + words + ')' : words);
  return out;
}

engine::SearchRequest SearchState::request() const {
  engine::SearchRequest request;
  request.query = query();
  request.sort = words.empty() ? engine::Sort::date : sort;
  request.limit = kHitsPerPage;
  request.after = after;
  request.offset = after.empty() ? (page - 1) * kHitsPerPage : 0;
  request.facets = true;
  return request;
}

Parameters SearchState::parameters() const {
  Parameters out;
  if (!words.empty()) out.emplace_back("q", words);
  for (auto const& source : sources) out.emplace_back("source", source);
  for (auto const& language : languages) out.emplace_back("language", language);
  for (auto const& person : persons) out.emplace_back("person", person);
  for (auto const& place : places) out.emplace_back("place", place);
  if (!date.empty()) out.emplace_back("date", date);
  if (sort == engine::Sort::date) out.emplace_back("sort", "date");
  if (page > 1) out.emplace_back("page", std::to_string(page));
  if (!after.empty()) out.emplace_back("after", after);
  return out;
}

std::string SearchState::address(std::string_view path) const { return serve::address(path, parameters()); }

SearchState SearchState::with_source(std::string_view value) const {
  auto out = on_page(1);
  toggle(out.sources, value);
  return out;
}

SearchState SearchState::with_language(std::string_view value) const {
  auto out = on_page(1);
  toggle(out.languages, value);
  return out;
}

SearchState SearchState::with_person(std::string_view value) const {
  auto out = on_page(1);
  toggle(out.persons, value);
  return out;
}

SearchState SearchState::with_place(std::string_view value) const {
  auto out = on_page(1);
  toggle(out.places, value);
  return out;
}

SearchState SearchState::with_date(std::string_view value) const {
  auto out = on_page(1);
  out.date = value;
  return out;
}

SearchState SearchState::with_sort(engine::Sort value) const {
  auto out = on_page(1);
  out.sort = value;
  return out;
}

SearchState SearchState::on_page(uint32_t number, std::string cursor) const {
  auto out = *this;
  out.page = number;
  out.after = std::move(cursor);
  return out;
}

}  // namespace vigie::serve

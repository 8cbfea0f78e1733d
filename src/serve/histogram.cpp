#include "serve/histogram.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

namespace vigie::serve {
namespace {

constexpr unsigned kWidth = 720, kHeight = 72;  // units of the SVG's viewBox; the page scales it

using Counts = std::map<int, uint64_t>;  // by index of the period

// One way to cut time: the index of a period grows by one from each to the next.
struct Unit {
  std::string_view name;
  std::optional<int> (*index)(std::string_view);
  std::string (*text)(int);
};

int number(std::string_view digits) {
  int value = -1;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::string two(unsigned value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::optional<int> day_index(std::string_view text) {
  auto const day = parse_rfc3339(text);
  if (!day || day->precision != Time::Precision::day) return std::nullopt;
  return static_cast<int>(days_from_date(clock_of(*day).date));
}

std::string day_text(int index) {
  auto const date = date_from_days(index);
  return std::to_string(date.year) + '-' + two(date.month) + '-' + two(date.day);
}

std::optional<int> month_index(std::string_view text) {  // months since year 0
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  int const year = number(text.substr(0, 4)), month = number(text.substr(5));
  if (year < 1 || month < 1 || month > 12) return std::nullopt;
  return year * 12 + month - 1;
}

std::string month_text(int index) {
  return std::to_string(index / 12) + '-' + two(static_cast<unsigned>(index % 12 + 1));
}

std::optional<int> year_index(std::string_view month) {
  auto const index = month_index(month);
  return index ? std::optional(*index / 12) : std::nullopt;
}

constexpr Unit kDay{"day", day_index, day_text}, kMonth{"month", month_index, month_text},
    kYear{"year", year_index, [](int index) { return std::to_string(index); }};

Counts counted_by(Unit const& unit, std::vector<engine::FacetCount> const& values) {
  Counts counts;
  for (auto const& [value, count] : values) {
    if (auto const index = unit.index(value)) counts[*index] += count;
  }
  return counts;
}

int span_of(Counts const& counts) { return counts.empty() ? 0 : counts.rbegin()->first - counts.begin()->first + 1; }

struct Drawing {
  Unit unit;
  Counts counts;
};

Drawing drawing_of(engine::Facets const& facets) {
  auto days = counted_by(kDay, facets.day);
  if (span_of(days) > 1 && span_of(days) <= kMaxBars) return {kDay, std::move(days)};
  auto months = counted_by(kMonth, facets.month);
  if (span_of(months) <= kMaxBars) return {kMonth, std::move(months)};
  auto years = counted_by(kYear, facets.month);
  // A stray date centuries ago must not flatten the rest.
  while (span_of(years) > kMaxBars) years.erase(years.begin());
  return {kYear, std::move(years)};
}

// The first and last day of what the search is narrowed to, for the form; empty where it is not days.
std::pair<std::string, std::string> days_of(std::string_view date) {
  auto const slash = date.find('/');
  auto const from = date.substr(0, slash), to = slash == date.npos ? date : date.substr(slash + 1);
  return {std::string(day_index(from) ? from : ""), std::string(day_index(to) ? to : "")};
}

Fields bar_fields(Drawing const& drawing, int index, uint64_t count, uint64_t tallest, SearchState const& state,
                  Language language) {
  int const first = drawing.counts.begin()->first;
  auto const slots = static_cast<unsigned>(span_of(drawing.counts));
  auto const left = static_cast<unsigned>(index - first) * kWidth / slots;
  auto const right = static_cast<unsigned>(index - first + 1) * kWidth / slots;
  auto const height = std::max<uint64_t>(3, count * kHeight / tallest);
  auto const period = drawing.unit.text(index);
  unsigned const gap = right - left > 24 ? 5 : right - left > 6 ? 2 : 1;
  Fields bar;
  bar.text("bar_x", std::to_string(left)).text("bar_width", std::to_string(std::max(1u, right - left - gap)));
  bar.text("bar_y", std::to_string(kHeight - height)).text("bar_height", std::to_string(height));
  bar.text("bar_period", period).text("bar_label", date_label(period, language));
  bar.text("bar_count", grouped(count, language));
  bar.text("bar_address", state.with_date(period).address("/search")).flag("bar_active", state.date == period);
  return bar;
}

}  // namespace

std::string date_label(std::string_view date, Language language) {
  if (auto const slash = date.find('/'); slash != date.npos && slash > 0 && slash + 1 < date.size()) {
    auto const from = date_label(date.substr(0, slash), language), to = date_label(date.substr(slash + 1), language);
    return from + " – " + to;
  }
  if (auto const index = month_index(date)) {
    return month_name({*index / 12, static_cast<unsigned>(*index % 12 + 1), 1}, language);
  }
  if (auto const day = day_index(date)) return short_day(date_from_days(*day), language);
  return std::string(date);
}

Fields histogram_fields(engine::Facets const& facets, SearchState const& state, Language language) {
  Fields fields;
  auto const [from, to] = days_of(state.date);
  fields.text("date_from", from).text("date_to", to);
  auto const drawing = drawing_of(facets);
  if (drawing.counts.size() < 2) return fields;
  uint64_t tallest = 1;
  for (auto const& [index, count] : drawing.counts) tallest = std::max(tallest, count);
  std::vector<Fields> bars;
  for (auto const& [index, count] : drawing.counts) {
    bars.push_back(bar_fields(drawing, index, count, tallest, state, language));
  }
  std::vector<Fields> rows(bars.rbegin(), bars.rend());
  fields.flag("has_histogram", true).list("bars", std::move(bars)).list("rows", std::move(rows));
  fields.text("histogram_first", date_label(drawing.unit.text(drawing.counts.begin()->first), language));
  fields.text("histogram_peak", grouped(tallest, language)).flag("peak_" + std::string(drawing.unit.name), true);
  fields.text("histogram_last", date_label(drawing.unit.text(drawing.counts.rbegin()->first), language));
  return fields;
}

}  // namespace vigie::serve

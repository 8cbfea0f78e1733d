#include "serve/histogram.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

namespace vigie::serve {
namespace {

constexpr unsigned kWidth = 720, kHeight = 72;  // units of the SVG's viewBox; the page scales it

int number(std::string_view digits) {
  int value = -1;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::optional<int> month_index(std::string_view text) {  // months since year 0
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  int const year = number(text.substr(0, 4)), month = number(text.substr(5));
  if (year < 1 || month < 1 || month > 12) return std::nullopt;
  return year * 12 + month - 1;
}

std::string two(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

std::string period_text(int index, bool by_year) {
  if (by_year) return std::to_string(index);
  return std::to_string(index / 12) + '-' + two(index % 12 + 1);
}

}  // namespace

std::string date_label(std::string_view date, Language language) {
  if (auto const index = month_index(date)) {
    return month_name({*index / 12, static_cast<unsigned>(*index % 12 + 1), 1}, language);
  }
  if (auto const day = parse_rfc3339(date); day && day->precision == Time::Precision::day) {
    return short_day(clock_of(*day).date, language);
  }
  return std::string(date);
}

Fields histogram_fields(std::vector<engine::FacetCount> const& months, SearchState const& state, Language language) {
  std::map<int, uint64_t> counts;
  for (auto const& [value, count] : months) {
    if (auto const index = month_index(value)) counts[*index] += count;
  }
  Fields fields;
  if (counts.size() < 2) return fields;
  bool const by_year = counts.rbegin()->first - counts.begin()->first >= static_cast<int>(kMaxBars);
  if (by_year) {
    std::map<int, uint64_t> years;
    for (auto const& [index, count] : counts) years[index / 12] += count;
    counts = std::move(years);
    while (counts.size() > 1 && counts.rbegin()->first - counts.begin()->first >= static_cast<int>(kMaxBars)) {
      counts.erase(counts.begin());  // a stray date centuries ago must not flatten the rest
    }
  }
  int const first = counts.begin()->first, last = counts.rbegin()->first;
  auto const slots = static_cast<unsigned>(last - first + 1);
  uint64_t tallest = 1;
  for (auto const& [index, count] : counts) tallest = std::max(tallest, count);
  std::vector<Fields> bars, rows;
  for (auto const& [index, count] : counts) {
    auto const period = period_text(index, by_year);
    auto const height = std::max<uint64_t>(3, count * kHeight / tallest);
    unsigned const left = static_cast<unsigned>(index - first) * kWidth / slots;
    unsigned const right = static_cast<unsigned>(index - first + 1) * kWidth / slots;
    unsigned const gap = right - left > 6 ? 2 : 1;
    Fields bar;
    bar.text("bar_x", std::to_string(left)).text("bar_width", std::to_string(std::max(1u, right - left - gap)));
    bar.text("bar_y", std::to_string(kHeight - height)).text("bar_height", std::to_string(height));
    bar.text("bar_label", date_label(period, language)).text("bar_count", grouped(count, language));
    bar.text("bar_address", state.with_date(period).address("/search")).flag("bar_active", state.date == period);
    rows.push_back(bar);
    bars.push_back(std::move(bar));
  }
  std::reverse(rows.begin(), rows.end());
  fields.flag("has_histogram", true).list("bars", std::move(bars)).list("rows", std::move(rows));
  fields.text("histogram_first", date_label(period_text(first, by_year), language));
  fields.text("histogram_last", date_label(period_text(last, by_year), language));
  return fields;
}

}  // namespace vigie::serve

// histogram.hpp: results over time as bars that narrow the search when followed, drawn on the server as SVG with a list
// of the same links beside it. Days where they are few, else months, else years. Threads: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "serve/locale.hpp"
#include "serve/search_state.hpp"
#include "serve/templates.hpp"

namespace vigie::serve {

inline constexpr int kMaxBars = 93;

// Sets has_histogram, bars[], rows[], the first and last label, the tallest bar's count with peak_day, _month or _year,
// and the dates of the form beside them. Values may come in any order; periods without a result keep their place as
// gaps. A single bar that could not narrow anything is not drawn.
Fields histogram_fields(engine::Facets const&, SearchState const&, Language);

// "septembre 2018" for "2018-09", "2018" for a year, "7 sept. 2018" for a day, "du … au …" for an interval; anything
// else as it is.
std::string date_label(std::string_view date, Language);

}  // namespace vigie::serve

// histogram.hpp: results over time as bars that narrow the search when followed, drawn on the server as SVG with a list
// of the same links beside it. Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "serve/locale.hpp"
#include "serve/search_state.hpp"
#include "serve/templates.hpp"

namespace vigie::serve {

// Sets has_histogram, bars[], rows[] and the first and last label. `months` holds "YYYY-MM" values in any order; more
// than kMaxBars months are drawn by year. Months without a result keep their place as gaps.
inline constexpr size_t kMaxBars = 60;
Fields histogram_fields(std::vector<engine::FacetCount> const& months, SearchState const&, Language);

// "septembre 2018" for "2018-09", "2018" for a year, "7 sept. 2018" for a day; anything else as it is.
std::string date_label(std::string_view date, Language);

}  // namespace vigie::serve

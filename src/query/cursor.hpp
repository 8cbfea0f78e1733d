// cursor.hpp: where a page of hits ended, so that the next one continues there while news arrives: the last hit's sort
// key, the newest row there was, and the statistics that scores were made of, so that they do not move. Kept in a URL.
// Threads: safe.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::query {

struct Cursor {
  uint64_t newest_row = 0;  // later articles are on no further page
  uint32_t shown = 0;       // hits on the pages before
  double score = 0;         // of the last hit
  int64_t time_s = 0;
  uint64_t row = 0;
  bool last_partial = false;
  // By relevance alone:
  bool partial = false;  // whether partial matches were ranked
  int64_t reference_s = 0;
  std::array<double, 4> averages{};
  std::vector<double> idfs;  // of the query's parts

  bool operator==(Cursor const&) const = default;
};

// Digits and letters from a to f. What anybody may have changed on the way is refused as a whole: nothing.
std::string encode(Cursor const&);
std::optional<Cursor> decode_cursor(std::string_view text);

}  // namespace vigie::query

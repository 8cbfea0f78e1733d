#include "cli/csv.hpp"

namespace vigie::cli {

std::string csv_row(std::span<std::string_view const> cells) {
  std::string out;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    auto const cell = cells[i];
    bool const formula = !cell.empty() && std::string_view("=+-@").find(cell.front()) != std::string_view::npos;
    if (!formula && cell.find_first_of(",\"\r\n") == std::string_view::npos) {
      out += cell;
      continue;
    }
    out += formula ? "\"'" : "\"";
    for (char const c : cell) out.append(c == '"' ? 2 : 1, c);
    out += '"';
  }
  return out + "\n";
}

}  // namespace vigie::cli

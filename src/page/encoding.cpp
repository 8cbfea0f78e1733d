#include "page/encoding.hpp"

#include <algorithm>
#include <iterator>

#include "page/find.hpp"
#include "page/scan.hpp"

namespace vigie::page {
namespace {

struct Row {
  std::string_view name, converter, labels;
};
constexpr Row kRows[] = {
#define VIGIE_ENCODING(identifier, name, converter, labels) {name, converter, labels},
#include "page/encoding_table.inc"
#undef VIGIE_ENCODING
};

}  // namespace

std::string_view name(Encoding encoding) { return kRows[static_cast<size_t>(encoding)].name; }
std::string_view converter_name(Encoding encoding) { return kRows[static_cast<size_t>(encoding)].converter; }

std::optional<Encoding> encoding_of_label(std::string_view label) {
  while (!label.empty() && is_space(label.front())) label.remove_prefix(1);
  while (!label.empty() && is_space(label.back())) label.remove_suffix(1);
  auto const* row = std::ranges::find_if(kRows, [&](Row const& one) { return has_token(one.labels, label); });
  if (label.empty() || row == std::end(kRows)) return std::nullopt;
  return static_cast<Encoding>(row - kRows);
}

}  // namespace vigie::page

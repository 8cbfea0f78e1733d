#include "serve/edition_diff.hpp"

#include <algorithm>
#include <span>

namespace vigie::serve {
namespace {

using Lines = std::vector<std::string_view>;
using Part = std::span<std::string_view const>;

Lines lines_of(article::Article const& article) {
  Lines out;
  for (std::string_view const text : {std::string_view(article.title), std::string_view(article.lede)}) {
    if (!text.empty()) out.push_back(text);
  }
  for (auto const& block : article.blocks) out.push_back(block.text);
  return out;
}

void tell(std::vector<Change>& out, Change::Kind kind, Part lines) {
  for (auto const line : lines) out.push_back({kind, std::string(line)});
}

// lengths[i][j]: of the longest common subsequence of older[i..] and newer[j..].
class Lengths {
 public:
  Lengths(Part older, Part newer) : width_(newer.size() + 1), cells_((older.size() + 1) * width_, 0) {
    for (size_t i = older.size(); i-- > 0;) {
      for (size_t j = newer.size(); j-- > 0;) {
        cell(i, j) = older[i] == newer[j] ? cell(i + 1, j + 1) + 1 : std::max(cell(i + 1, j), cell(i, j + 1));
      }
    }
  }
  uint32_t& cell(size_t i, size_t j) { return cells_[i * width_ + j]; }

 private:
  size_t width_;
  std::vector<uint32_t> cells_;
};

void compare(std::vector<Change>& out, Part older, Part newer) {
  Lengths lengths(older, newer);
  size_t i = 0, j = 0;
  while (i < older.size() || j < newer.size()) {
    if (i < older.size() && j < newer.size() && older[i] == newer[j]) {
      ++i;
      ++j;
    } else if (i < older.size() && (j == newer.size() || lengths.cell(i + 1, j) >= lengths.cell(i, j + 1))) {
      out.push_back({Change::Kind::removed, std::string(older[i++])});
    } else {
      out.push_back({Change::Kind::added, std::string(newer[j++])});
    }
  }
}

}  // namespace

std::vector<Change> changes_between(article::Article const& older, article::Article const& newer) {
  auto const old_lines = lines_of(older), new_lines = lines_of(newer);
  Part before = old_lines, now = new_lines;
  while (!before.empty() && !now.empty() && before.front() == now.front()) {
    before = before.subspan(1);
    now = now.subspan(1);
  }
  while (!before.empty() && !now.empty() && before.back() == now.back()) {
    before = before.first(before.size() - 1);
    now = now.first(now.size() - 1);
  }
  std::vector<Change> out;
  if (before.size() > kComparedMax || now.size() > kComparedMax) {
    tell(out, Change::Kind::removed, before);
    tell(out, Change::Kind::added, now);
  } else {
    compare(out, before, now);
  }
  return out;
}

}  // namespace vigie::serve

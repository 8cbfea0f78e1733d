// settle_body.cpp: the chosen blocks become the article's, and the first of them perhaps its lede.
#include <algorithm>
#include <unordered_set>

#include "article/settle.hpp"
#include "article/strings.hpp"

namespace vigie::article {
namespace {

// Of the last blocks, those that say who the author is: "Ida Marlow is a senior researcher with ..."
std::unordered_set<size_t> find_biographies(Evidence const& e) {
  std::unordered_set<size_t> out;
  std::vector<std::string> names;
  for (auto const* list : {&e.linked.authors, &e.head.claims.authors}) {
    for (auto const& name : *list) {
      if (count_words(name) >= 2) names.push_back(folded(name));
    }
  }
  size_t seen = 0;
  for (size_t i = names.empty() ? 0 : e.survey.blocks.size(); i-- > 0 && seen < 4;) {
    if (!e.selection.keep[i]) continue;
    ++seen;
    auto const plain = e.table.folded_of(i);
    for (auto const& name : names) {
      if (e.table.facts[i].words > 90 || !plain.starts_with(name)) continue;
      auto const behind = plain.substr(name.size());
      for (std::string_view const is : {" is ", " was ", " est ", " ist ", " es ", " covers ", " writes ", " has ",
                                        " works ", " schreibt ", " arbeitet ", " a ete "}) {
        if (behind.starts_with(is)) out.insert(i);
      }
    }
  }
  return out;
}

}  // namespace

void settle_body(Evidence& e, Article& a) {
  auto const biographies = find_biographies(e);
  for (size_t i = 0; i < e.survey.blocks.size(); ++i) {
    if (!e.selection.keep[i]) continue;
    auto const& b = e.survey.blocks[i];
    if (biographies.contains(i)) continue;
    e.first_kept = std::min(e.first_kept, i);
    e.last_kept = i;
    a.blocks.push_back({b.kind, b.level, std::string(e.survey.text_of(b))});
  }
  note(a, "body", e.selection.stage == Stage::learned ? "blocks chosen by the classifier" : "blocks chosen by rules");
}

// The lede: the first kept block where the page's markup calls it so or its description says that block, whole; it
// leaves the body and stays in the text. A description that is the beginning of the text, cut, is no lede; another one
// is, as a field only.
void settle_lede(Evidence const& e, Article& a) {
  if (a.blocks.empty()) return;
  size_t const i = e.first_kept;
  auto const& b = e.survey.blocks[i];
  auto const& f = e.table.facts[i];
  auto const& description = e.linked.description.empty() ? e.head.claims.description : e.linked.description;
  auto const said = folded(description);
  auto const first = e.table.folded_of(i);
  bool const named = b.hint_distance[static_cast<size_t>(Hint::lede)] <= 1;
  size_t second = i + 1;
  while (second < e.selection.keep.size() && !e.selection.keep[second]) ++second;
  bool const apart =
      second >= e.selection.keep.size() || e.table.look[second] != e.table.look[i];  // it looks unlike the text
  bool const whole = apart && said.size() >= 30 && first.starts_with(said.substr(0, said.size() * 9 / 10)) &&
                     said.size() * 10 >= first.size() * 9;
  // A description that says the first paragraph, whole, and perhaps goes on: what the page gives away of itself.
  bool const opens = b.kind == BlockKind::paragraph && said.starts_with(first) &&
                     (said.size() == first.size() || said[first.size()] == ' ') && (f.sentence_end || f.words >= 8);
  bool const heading = b.kind == BlockKind::heading && b.level == 2 && f.words >= 10;
  bool const set_off = apart && f.words <= 70 && a.blocks.size() >= 3 && e.table.title_block != SIZE_MAX &&
                       i > e.table.title_block && i <= e.table.title_block + 6 &&
                       (b.bold_bytes * 10 >= (b.end - b.begin) * 9 || (b.places & bit(Place::header)));
  if (a.blocks.size() >= 2 && f.words >= 3 && f.words <= 120 &&
      ((f.words >= 5 && (named || whole || heading || set_off)) || opens)) {
    a.lede = a.blocks.front().text;
    a.lede_in_text = true;
    a.blocks.erase(a.blocks.begin());
    note(a, "lede",
         named            ? "the page's markup"
         : whole || opens ? "the first block, which the description repeats"
                          : "a subheading above the body");
    return;
  }
  if (said.size() < 15 || description.size() > 1000) return;
  auto const opening = said.substr(0, std::min<size_t>(said.rfind(' '), 80));
  for (size_t k = i; k < std::min(i + 4, e.survey.blocks.size()); ++k) {
    if (std::string_view(e.table.folded_text).substr(e.table.facts[k].folded_begin).starts_with(opening)) return;
  }
  a.lede = description;
  note(a, "lede", "the page's description; not shown in the text");
}

}  // namespace vigie::article

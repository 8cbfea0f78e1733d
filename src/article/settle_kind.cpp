// settle_kind.cpp: whether the page is an article, a live blog, a list of others or something else, and whether its
// text is for everyone.
#include <algorithm>

#include "article/address.hpp"
#include "article/phrases.hpp"
#include "article/settle.hpp"
#include "article/strings.hpp"

namespace vigie::article {

namespace {

// Four words and more of the title, of three letters and more, stand in the address: a page of its own.
bool address_says(std::string_view url, std::string_view title) {
  auto const slug = ' ' + folded(url) + ' ';
  auto const plain = folded(title);
  size_t words = 0, found = 0;
  for (size_t at = 0; at < plain.size();) {
    size_t const end = std::min(plain.find(' ', at), plain.size());
    auto const word = plain.substr(at, end - at);
    at = end + 1;
    if (word.size() < 3) continue;
    ++words;
    found += slug.find(' ' + word + ' ') != std::string::npos;
  }
  return found >= 4 && found * 2 >= words;
}

}  // namespace

// A list of headlines is no article, whatever stands around it: many linked headlines and little text of its own.
void settle_kind(Evidence const& e, Article& a) {
  size_t words = count_words(a.lede_in_text ? a.lede : std::string()), linked = 0, heads = 0, times = 0, teasers = 0;
  for (auto const& b : a.blocks) words += count_words(b.text);
  size_t below_link = 0;  // how many more blocks stand right below a linked headline
  for (size_t i = 0; i < e.survey.blocks.size(); ++i) {
    auto const& f = e.table.facts[i];
    bool const all_link = f.words >= 4 && f.link_density > 0.9f;
    if (e.survey.blocks[i].kind == BlockKind::heading) {
      below_link = all_link ? 4 : 0;
    } else if (below_link > 0) {
      --below_link;
      if (e.selection.keep[i]) teasers += f.words;
    }
    heads += all_link && e.survey.blocks[i].kind == BlockKind::heading && e.survey.blocks[i].level > 1 &&
             !(e.survey.blocks[i].places & (bit(Place::nav) | bit(Place::footer) | bit(Place::aside)));
    linked += all_link && !(e.survey.blocks[i].places & (bit(Place::nav) | bit(Place::footer)));
  }
  for (auto const& m : e.survey.marks)
    times += m.kind == MarkKind::time && (m.places & (bit(Place::main) | bit(Place::article)));
  auto const title = ' ' + folded(a.title) + ' ';
  bool const called_live = title.find(" en direct ") != title.npos || title.find(" live ") != title.npos ||
                           title.find(" liveticker ") != title.npos || title.find(" liveblog ") != title.npos ||
                           title.find(" en vivo ") != title.npos;
  bool const is_article = e.linked.rank >= 28 || starts_with_nocase(e.head.og_type, "article");
  bool const dated = e.linked.published || e.head.claims.published || e.visible.marked;
  bool const front = !is_article && !dated && !address_says(a.url, a.title) &&
                     ((is_home(a.url) && !a.url.empty() && linked >= 8) ||
                      (heads >= 5 && words < heads * 45 && (words < 60 || teasers * 2 > words)));
  if (e.linked.kind) {
    a.kind = *e.linked.kind;
  } else if (called_live && times >= 6) {
    a.kind = Kind::live;
  } else if (front || (!is_article && !dated && words < 60 && linked >= 15)) {
    a.kind = Kind::listing;
  } else if (!is_article && e.linked_page.kind && words < 200) {
    a.kind = *e.linked_page.kind;
  } else if (words < 15 && !is_article) {
    a.kind = Kind::other;
  }
  if (front) {  // the dates and names a list shows are those of its articles
    a.published.reset();
    a.modified.reset();
    a.authors.clear();
  }
  if (a.kind != Kind::article) note(a, "kind", std::string(name(a.kind)) + ", as the page's data or its make-up say");
}

// What newsrooms write where a paid text is cut.
void settle_access(Evidence const& e, Article& a) {
  a.access = e.linked.access != Access::unknown ? e.linked.access : e.head.claims.access;
  if (a.access != Access::unknown) return note(a, "access", "the page's data");
  static constexpr std::string_view kWords[]{"de cet article a lire",
                                             "article est reserve",
                                             "article reserve aux abonnes",
                                             "suite est reservee",
                                             "contenu reserve aux abonnes",
                                             "reserve a nos abonnes",
                                             "this article is for subscribers",
                                             "subscribe to continue reading",
                                             "to continue reading this article",
                                             "dieser artikel ist kostenpflichtig"};
  static constexpr Phrases kWalls(kWords);
  for (size_t i = 0; i < e.survey.blocks.size(); ++i) {
    if (e.table.facts[i].words > 40 || e.table.facts[i].words < 3 ||
        (e.survey.blocks[i].places & (bit(Place::nav) | bit(Place::aside) | bit(Place::footer))))
      continue;
    if (!kWalls.found_in(e.table.folded_of(i))) continue;
    a.access = Access::paid;
    return note(a, "access", "a line that says so");
  }
}

}  // namespace vigie::article

#include "article/page_article.hpp"

#include <algorithm>
#include <unordered_set>

#include "article/address.hpp"
#include "article/headline.hpp"
#include "article/linked_data.hpp"
#include "article/script_dates.hpp"
#include "article/strings.hpp"
#include "article/visible_claims.hpp"
#include "page/text.hpp"
#include "text/language.hpp"

namespace vigie::article {

struct PageExtractor::Evidence {
  HeadClaims head;
  Claims linked, linked_page;
  VisibleClaims visible;
  std::string url, host, title, title_origin;
  size_t first_kept = SIZE_MAX, last_kept = 0;
};

namespace {

void note(Article& a, std::string_view field, std::string_view origin) {
  a.diagnostics.push_back(std::string(field) + ": " + std::string(origin));
}

// An address is kept where it is one; a relative one is seen from the page.
std::string absolute(std::string_view base, std::string_view reference) {
  auto const whole = resolve_address(base, reference);
  return whole.size() > 2048 ? std::string() : whole;
}

bool is_american(std::string_view language, std::string_view host) {
  if (starts_with_nocase(language, "en-us") || starts_with_nocase(language, "en_us")) return true;
  return starts_with_nocase(language, "en") && !host.ends_with(".uk") && !host.ends_with(".au") &&
         !host.ends_with(".in") && !host.ends_with(".za") && !host.ends_with(".ie") && !host.ends_with(".nz") &&
         !starts_with_nocase(language, "en-gb") && !starts_with_nocase(language, "en_gb");
}

// Enough of an article to tell its language from: a page or so.
std::string language_sample(Article const& a) {
  constexpr size_t kBytes = 3000;
  std::string out = a.title;
  if (a.lede_in_text) out.append("\n").append(a.lede);
  for (auto const& b : a.blocks) {
    if (out.size() > kBytes) break;
    out.append("\n").append(b.text);
  }
  if (out.size() > 2 * kBytes) out.resize(2 * kBytes);  // a letter cut in two is no harm
  return out;
}

std::string letters_of(std::string_view plain) {
  std::string out;
  for (char const c : plain) {
    if (c != ' ' && c != '.') out += c;
  }
  return out;
}

// The same instant said with the newsroom's own offset, or shown on its own clock, tells more than UTC does.
void prefer_local(Time& t, std::initializer_list<std::optional<Time>> others) {
  if (t.zone != Time::Zone::utc || t.precision == Time::Precision::day) return;
  for (auto const& o : others) {
    if (!o || o->precision == Time::Precision::day) continue;
    if (o->zone == Time::Zone::offset && std::abs(o->epoch_s() - t.epoch_s()) < 60) {
      t = *o;
      return;
    }
    if (o->zone != Time::Zone::unknown) continue;
    int64_t const ahead = o->local_s - t.local_s / 60 * 60;
    if (ahead == 0 || ahead % 900 != 0 || std::abs(ahead) > 14 * 3600) continue;
    t.local_s += ahead;
    t.offset_minutes = static_cast<int16_t>(ahead / 60);
    t.zone = Time::Zone::offset;
    return;
  }
}

// Two to four words, each with a capital, and not a longer form of the desk it would replace.
bool names_person(std::string_view name, std::vector<std::string> const& instead_of) {
  size_t words = 0, capitals = 0;
  for (size_t at = 0; at < name.size();) {
    size_t const end = std::min(name.find(' ', at), name.size());
    if (end > at) {
      ++words;
      capitals += (name[at] >= 'A' && name[at] <= 'Z') || static_cast<unsigned char>(name[at]) >= 0xC3;
    }
    at = end + 1;
  }
  return words >= 2 && words <= 4 && capitals + 1 >= words &&
         folded(name).find(folded(instead_of.front())) == std::string::npos;
}

// Said in UTC while the page shows the day before or after: the newsroom's own clock is behind or ahead.
bool differs_from_shown_day(Time t, std::initializer_list<std::optional<Time>> shown) {
  if (t.zone == Time::Zone::unknown || t.precision == Time::Precision::day || t.offset_minutes != 0) return false;
  for (auto const& o : shown) {
    if (o && std::abs(o->local_s / 86400 - t.local_s / 86400) == 1) return true;
  }
  return false;
}

bool later_than_seen(Time t, source::Capture const& capture) {
  return capture.seen && t.epoch_s() > capture.seen->epoch_s() + 86400;
}

}  // namespace

void PageExtractor::read(std::string_view html, source::Capture const& capture, Stages const& stages, Article& a) {
  auto const& page = reader_.read(html, capture.content_type);
  for (auto const& d : page.diagnostics) a.diagnostics.push_back(d);
  survey_.read(page.tree);
  if (survey_.truncated) note(a, "body", "the page has more blocks than are read");
  Evidence e;
  gather(page, capture, stages, e);
  settle_address(e, capture, a);
  settle_title(e, a);
  PageFacts facts{e.title, e.linked.description.empty() ? e.head.claims.description : e.linked.description,
                  e.linked.body};
  table_.compute(survey_, page.tree, facts);
  select_blocks(survey_, table_, *stages.classifier, context_, stages.keep_above, stages.cleaning, selection_);
  settle_body(e, a);
  settle_lede(e, a);
  auto const language =
      survey_.page_language.empty() ? std::string_view(e.head.claims.language) : survey_.page_language;
  e.visible = read_visible(survey_, page.tree, table_,
                           is_american(language, e.host) ? DayOrder::month_first : DayOrder::day_first);
  settle_dates(e, page.tree, capture, a);
  settle_rest(e, a);
  settle_kind(e, a);
}

void PageExtractor::gather(page::Page const& page, source::Capture const& capture, Stages const& stages, Evidence& e) {
  e.head = read_head(survey_, plain_);
  e.url = capture.url;
  if (e.url.empty()) e.url = std::string(survey_.canonical);
  if (e.url.empty()) e.url = e.head.og_url;
  e.host = host_without_www(e.url);
  if (!stages.linked_data) return;
  PageHints const hints{e.url, e.head.claims.title.empty() ? std::string_view(survey_.title) : e.head.claims.title};
  std::string script;
  for (auto const n : survey_.scripts) {
    script = page::raw_text(page.tree, n);
    read_linked_data(script, hints, json_, plain_, e.linked, e.linked_page);
  }
}

// The capture's own address, unless the page names a plausible canonical one: same site, no home page.
void PageExtractor::settle_address(Evidence const& e, source::Capture const& capture, Article& a) {
  a.url = capture.url;
  auto const candidates = {survey_.canonical, std::string_view(e.head.og_url), std::string_view(e.linked.url)};
  for (auto const candidate : candidates) {
    if (candidate.empty()) continue;
    auto const whole = absolute(capture.url, candidate);
    if (whole.empty() || is_home(whole)) continue;
    if (!capture.url.empty() && !same_site(capture.url, whole)) {
      note(a, "url", "a canonical address on another site is not believed");
      continue;
    }
    a.url = whole;
    break;
  }
  a.source = host_without_www(a.url);
}

void PageExtractor::settle_title(Evidence& e, Article& a) {
  TitleCandidates c;
  for (auto const& b : survey_.blocks) {
    if (b.level == 0 || b.level > 4 || b.kind != BlockKind::heading) continue;
    if (b.places & (bit(Place::nav) | bit(Place::hidden) | bit(Place::footer) | bit(Place::aside))) continue;
    auto& list = b.level == 1 ? c.headings : c.lesser;
    if (list.size() < 30) list.emplace_back(survey_.text_of(b));
  }
  c.linked = e.linked.title;
  c.og = e.head.og_title;
  c.meta = e.head.claims.title;
  c.page = survey_.title;
  c.site_name = e.head.claims.site_name.empty() ? e.linked_page.site_name : e.head.claims.site_name;
  if (c.site_name.empty()) c.site_name = e.linked.site_name;
  c.host = e.host;
  auto headline = choose_headline(c);
  a.title = std::move(headline.text);
  a.kicker = std::move(headline.kicker);
  if (!a.title.empty()) note(a, "title", headline.origin);
  e.title = a.title;
}

// Of the last blocks, those that say who the author is: "Ida Marlow is a senior researcher with ..."
std::unordered_set<size_t> PageExtractor::find_biographies(Evidence const& e) const {
  std::unordered_set<size_t> out;
  std::vector<std::string> names;
  for (auto const* list : {&e.linked.authors, &e.head.claims.authors}) {
    for (auto const& name : *list) {
      if (count_words(name) >= 2) names.push_back(folded(name));
    }
  }
  size_t seen = 0;
  for (size_t i = names.empty() ? 0 : survey_.blocks.size(); i-- > 0 && seen < 4;) {
    if (!selection_.keep[i]) continue;
    ++seen;
    auto const plain = table_.folded_of(i);
    for (auto const& name : names) {
      if (table_.facts[i].words > 90 || !plain.starts_with(name)) continue;
      auto const behind = plain.substr(name.size());
      for (std::string_view const is : {" is ", " was ", " est ", " ist ", " es ", " covers ", " writes ", " has ",
                                        " works ", " schreibt ", " arbeitet ", " a ete "}) {
        if (behind.starts_with(is)) out.insert(i);
      }
    }
  }
  return out;
}

void PageExtractor::settle_body(Evidence& e, Article& a) {
  auto const biographies = find_biographies(e);
  for (size_t i = 0; i < survey_.blocks.size(); ++i) {
    if (!selection_.keep[i]) continue;
    auto const& b = survey_.blocks[i];
    if (biographies.contains(i)) continue;
    e.first_kept = std::min(e.first_kept, i);
    e.last_kept = i;
    a.blocks.push_back({b.kind, b.level, std::string(survey_.text_of(b))});
  }
  note(a, "body", selection_.stage == Stage::learned ? "blocks chosen by the classifier" : "blocks chosen by rules");
}

// The lede: the first kept block where the page's markup calls it so or its description says that block, whole; it
// leaves the body and stays in the text. A description that is the beginning of the text, cut, is no lede; another one
// is, as a field only.
void PageExtractor::settle_lede(Evidence const& e, Article& a) {
  if (a.blocks.empty()) return;
  size_t const i = e.first_kept;
  auto const& b = survey_.blocks[i];
  auto const& f = table_.facts[i];
  auto const& description = e.linked.description.empty() ? e.head.claims.description : e.linked.description;
  auto const said = folded(description);
  auto const first = table_.folded_of(i);
  bool const named = b.hint_distance[static_cast<size_t>(Hint::lede)] <= 1;
  size_t second = i + 1;
  while (second < selection_.keep.size() && !selection_.keep[second]) ++second;
  bool const apart =
      second >= selection_.keep.size() || table_.look[second] != table_.look[i];  // it looks unlike the text
  bool const whole = apart && said.size() >= 30 && first.starts_with(said.substr(0, said.size() * 9 / 10)) &&
                     said.size() * 10 >= first.size() * 9;
  // A description that says the first paragraph, whole, and perhaps goes on: what the page gives away of itself.
  bool const opens = b.kind == BlockKind::paragraph && said.starts_with(first) &&
                     (said.size() == first.size() || said[first.size()] == ' ') && (f.sentence_end || f.words >= 8);
  bool const heading = b.kind == BlockKind::heading && b.level == 2 && f.words >= 10;
  bool const set_off = apart && f.words <= 70 && a.blocks.size() >= 3 && table_.title_block != SIZE_MAX &&
                       i > table_.title_block && i <= table_.title_block + 6 &&
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
  for (size_t k = i; k < std::min(i + 4, survey_.blocks.size()); ++k) {
    if (std::string_view(table_.folded_text).substr(table_.facts[k].folded_begin).starts_with(opening)) return;
  }
  a.lede = description;
  note(a, "lede", "the page's description; not shown in the text");
}

// A title that begins with a day, as programmes and announcements do.
std::optional<Time> PageExtractor::date_in_title() const {
  auto const date = find_date(std::string_view(survey_.title).substr(0, 40));
  return date && date->begin == 0 ? std::optional(date->time) : std::nullopt;
}

void PageExtractor::settle_dates(Evidence const& e, page::Tree const& tree, source::Capture const& capture,
                                 Article& a) {
  struct Candidate {
    std::optional<Time> time;
    std::string_view origin;
  };
  auto const choose = [&](std::initializer_list<Candidate> candidates, std::string_view field) -> std::optional<Time> {
    for (auto const& c : candidates) {
      if (!c.time) continue;
      if (later_than_seen(*c.time, capture)) {
        note(a, field, std::string(c.origin) + " is later than the capture: not believed");
        continue;
      }
      note(a, field, c.origin);
      return c.time;
    }
    return {};
  };
  a.published = choose({{e.linked.published, "JSON-LD"},
                        {e.head.claims.published, "a meta element"},
                        {e.visible.marked, "microdata"},
                        {date_in_address(a.url), "the address"},
                        {e.visible.time_element, "a time element by the headline"},
                        {e.visible.written, "words by the headline"},
                        {e.visible.said, "a sentence that says so"},
                        {e.visible.standing, "the day the page says it stands for"},
                        {e.linked_page.published, "JSON-LD of the page"},
                        {e.head.weak_date, "a meta date of unclear meaning"},
                        {e.visible.opening, "what a paragraph opens with"},
                        {e.visible.anywhere, "the first date in the page's short lines"}},
                       "published");
  if (!a.published) {
    a.published = choose({{date_in_title(), "the page's title"},
                          {e.visible.beside, "the only date beside the text"},
                          {published_in_scripts(tree), "a script's data"},
                          {date_in_address(e.head.claims.image), "the image's address"}},
                         "published");
  }
  a.modified = choose({{e.linked.modified, "JSON-LD"},
                       {e.head.claims.modified, "a meta element"},
                       {e.visible.marked_modified, "microdata"},
                       {e.linked_page.modified, "JSON-LD of the page"},
                       {e.visible.written_modified, "words by the headline"},
                       {e.visible.standing, "the day the page says it stands for"}},
                      "modified");
  if (a.published) {
    prefer_local(*a.published, {e.linked.published, e.head.claims.published, e.visible.marked, e.visible.time_element,
                                e.linked_page.published, e.visible.written});
  }
  if (a.published &&
      differs_from_shown_day(*a.published, {date_in_address(a.url), e.visible.time_element, e.visible.written})) {
    if (auto const local = local_form_in_scripts(tree, *a.published)) a.published = local;
  }
  if (a.modified && a.published && a.modified->epoch_s() < a.published->epoch_s() - 86400) {
    note(a, "modified", "earlier than published");
  }
}

void PageExtractor::settle_rest(Evidence const& e, Article& a) {
  auto const first = [&](std::string_view field, std::string& into,
                         std::initializer_list<std::pair<std::string const*, char const*>> from) {
    for (auto const& [value, origin] : from) {
      if (value->empty()) continue;
      into = *value;
      note(a, field, origin);
      return;
    }
  };
  first("section", a.section, {{&e.linked.section, "JSON-LD"}, {&e.head.claims.section, "a meta element"}});
  std::string image;
  first("image", image, {{&e.head.claims.image, "a meta element"}, {&e.linked.image, "JSON-LD"}});
  a.image = absolute(a.url, image);
  settle_authors(e, a);
  a.tags = e.linked.tags.empty() ? e.head.claims.tags : e.linked.tags;
  settle_access(e, a);
  if (a.source.empty()) a.source = e.head.claims.site_name.empty() ? e.linked.site_name : e.head.claims.site_name;
  auto const declared =
      survey_.page_language.empty() ? std::string_view(e.head.claims.language) : survey_.page_language;
  a.language = text::detect_language(language_sample(a), declared);
}

// JSON-LD first, then meta elements, then the byline shown; but an author that is the site itself, or a login, gives
// way to a person named elsewhere.
void PageExtractor::settle_authors(Evidence const& e, Article& a) {
  struct Candidate {
    std::vector<std::string> const* names;
    std::string_view origin;
  };
  auto const is_weak = [&](std::vector<std::string> const& names) {
    if (names.size() != 1) return false;
    auto const name = folded(names[0]);
    for (auto const* site : {&e.linked.site_name, &e.head.claims.site_name, &e.linked_page.site_name}) {
      if (!site->empty() && folded(*site) == name) return true;
    }
    auto const bare = letters_of(name);
    bool const host =
        !e.host.empty() && bare.size() >= 3 && letters_of(folded(e.host.substr(0, e.host.rfind('.')))) == bare;
    bool const login = names[0].find(' ') == std::string::npos &&
                       (names[0][0] == lower(names[0][0]) || names[0].find('.') != std::string::npos);
    return host || login || names[0].find('@') != std::string::npos;
  };
  // What the page shows by its headline may be the desk's name; the data call it an organisation, or the address does.
  std::vector<std::string> shown;
  for (auto const& n : e.visible.authors) {
    bool const desk = std::find(e.linked.desks.begin(), e.linked.desks.end(), folded(n)) != e.linked.desks.end();
    if (!desk && !is_weak({n}) && !folded(n).starts_with("agence ")) shown.push_back(n);
  }
  bool const nick = shown.empty() && e.linked.desks.empty() && e.visible.authors.size() == 1;
  if (nick && letters_of(folded(e.visible.authors[0])) != letters_of(folded(e.host.substr(0, e.host.rfind('.'))))) {
    shown = e.visible.authors;
  }
  if (!shown.empty() && folded(shown.front()).starts_with("agence ")) shown.clear();
  Candidate const candidates[] = {
      {&e.linked.authors, "JSON-LD"}, {&e.head.claims.authors, "a meta element"}, {&shown, "a byline by the headline"}};
  Candidate const* chosen = nullptr;
  for (auto const& c : candidates) {
    if (c.names->empty()) continue;
    if (!chosen || (is_weak(*chosen->names) && !is_weak(*c.names) && names_person(c.names->front(), *chosen->names))) {
      chosen = &c;
    }
  }
  Candidate const apart{&e.visible.signed_far, "a signature apart from the headline"};
  if (!chosen && !apart.names->empty()) chosen = &apart;
  if (!chosen) return;
  a.authors = *chosen->names;
  note(a, "authors", chosen->origin);
}

// A list of headlines is no article, whatever stands around it: many linked headlines and little text of its own.
void PageExtractor::settle_kind(Evidence const& e, Article& a) {
  size_t words = count_words(a.lede_in_text ? a.lede : std::string()), linked = 0, heads = 0, times = 0, teasers = 0;
  for (auto const& b : a.blocks) words += count_words(b.text);
  size_t below_link = 0;  // how many more blocks stand right below a linked headline
  for (size_t i = 0; i < survey_.blocks.size(); ++i) {
    auto const& f = table_.facts[i];
    bool const all_link = f.words >= 4 && f.link_density > 0.9f;
    if (survey_.blocks[i].kind == BlockKind::heading) {
      below_link = all_link ? 4 : 0;
    } else if (below_link > 0) {
      --below_link;
      if (selection_.keep[i]) teasers += f.words;
    }
    heads += all_link && survey_.blocks[i].kind == BlockKind::heading && survey_.blocks[i].level > 1 &&
             !(survey_.blocks[i].places & (bit(Place::nav) | bit(Place::footer) | bit(Place::aside)));
    linked += all_link && !(survey_.blocks[i].places & (bit(Place::nav) | bit(Place::footer)));
  }
  for (auto const& m : survey_.marks)
    times += m.kind == MarkKind::time && (m.places & (bit(Place::main) | bit(Place::article)));
  auto const title = ' ' + folded(a.title) + ' ';
  bool const called_live = title.find(" en direct ") != title.npos || title.find(" live ") != title.npos ||
                           title.find(" liveticker ") != title.npos || title.find(" liveblog ") != title.npos ||
                           title.find(" en vivo ") != title.npos;
  bool const is_article = e.linked.rank >= 28 || starts_with_nocase(e.head.og_type, "article");
  bool const dated = e.linked.published || e.head.claims.published || e.visible.marked;
  bool const front = !is_article && !dated &&
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
void PageExtractor::settle_access(Evidence const& e, Article& a) {
  a.access = e.linked.access != Access::unknown ? e.linked.access : e.head.claims.access;
  if (a.access != Access::unknown) return note(a, "access", "the page's data");
  static constexpr std::string_view kWalls[]{"de cet article a lire",
                                             "article est reserve",
                                             "article reserve aux abonnes",
                                             "suite est reservee",
                                             "contenu reserve aux abonnes",
                                             "reserve a nos abonnes",
                                             "this article is for subscribers",
                                             "subscribe to continue reading",
                                             "to continue reading this article",
                                             "dieser artikel ist kostenpflichtig"};
  for (size_t i = 0; i < survey_.blocks.size(); ++i) {
    if (table_.facts[i].words > 40 ||
        (survey_.blocks[i].places & (bit(Place::nav) | bit(Place::aside) | bit(Place::footer))))
      continue;
    for (auto const wall : kWalls) {
      if (table_.folded_of(i).find(wall) == std::string_view::npos) continue;
      a.access = Access::paid;
      return note(a, "access", "a line that says so");
    }
  }
}

}  // namespace vigie::article

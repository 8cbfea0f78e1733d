#include "article/page_article.hpp"

#include "article/address.hpp"
#include "article/heading_parts.hpp"
#include "article/headline.hpp"
#include "article/linked_data.hpp"
#include "article/settle.hpp"
#include "article/strings.hpp"
#include "page/text.hpp"
#include "text/language.hpp"

namespace vigie::article {
namespace {

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

}  // namespace

void PageExtractor::read(std::string_view html, source::Capture const& capture, Stages const& stages, Article& a) {
  auto const& page = reader_.read(html, capture.content_type);
  for (auto const& d : page.diagnostics) a.diagnostics.push_back(d);
  survey_.read(page.tree);
  if (survey_.truncated) note(a, "body", "the page has more blocks than are read");
  Evidence e{survey_, table_, selection_, {}, {}, {}, {}, {}, {}, {}};
  gather(page, capture, stages, e);
  settle_address(e, capture, a);
  settle_title(page.tree, e, a);
  PageFacts facts{e.title, e.linked.description.empty() ? e.head.claims.description : e.linked.description,
                  e.linked.body};
  table_.compute(survey_, page.tree, facts);
  select_blocks(survey_, table_, *stages.classifier, context_, stages.keep_above, stages.cleaning, selection_);
  settle_body(e, a);
  settle_lede(e, a);
  if (a.blocks.empty() && stages.linked_data) take_script_text(page.tree, e, a);
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

void PageExtractor::settle_title(page::Tree const& tree, Evidence& e, Article& a) {
  TitleCandidates c;
  struct Parted {
    HeadingParts parts;
    std::string_view whole;
  };
  std::vector<Parted> parted;
  for (auto const& b : survey_.blocks) {
    if (b.level == 0 || b.level > 4 || b.kind != BlockKind::heading) continue;
    if (b.places & (bit(Place::nav) | bit(Place::hidden) | bit(Place::footer) | bit(Place::aside))) continue;
    auto& list = b.level == 1 ? c.headings : c.lesser;
    if (list.size() >= 30) continue;
    if (auto parts = heading_parts(tree, b.node)) {
      list.push_back(parts->headline);
      parted.push_back({std::move(*parts), survey_.text_of(b)});
    } else {
      list.emplace_back(survey_.text_of(b));
    }
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
  for (auto const& [parts, whole] : parted) {
    if (parts.headline != a.title) continue;
    e.title = whole;  // how the heading is found among the blocks
    if (a.kicker.empty()) a.kicker = parts.kicker;
    break;
  }
}

// A page without a body in its tree may hold one for its scripts to show.
void PageExtractor::take_script_text(page::Tree const& tree, Evidence const& e, Article& a) {
  auto found = script_text_.read(tree, e, json_);
  if (found.blocks.empty()) return;
  a.blocks = std::move(found.blocks);
  note(a, "body", found.origin);
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

}  // namespace vigie::article

#include "article/headline.hpp"

#include <algorithm>
#include <array>

#include "article/strings.hpp"

namespace vigie::article {
namespace {

constexpr std::array<std::string_view, 9> kSeparators{
    " | ",  " - ",       " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xB7 ", " \xC2\xBB ", " \xE2\x80\xA2 ",
    " :: ", " \xC2\xAB "};

struct Cut {
  size_t at = std::string_view::npos, width = 0;
};

// The width of the separator that stands at `at`; 0 where none does. All begin with a space.
size_t separator_at(std::string_view s, size_t at) {
  if (s[at] != ' ' || at + 1 == s.size() || is_alpha(s[at + 1])) return 0;
  for (auto const separator : kSeparators) {
    if (s.substr(at).starts_with(separator)) return separator.size();
  }
  return 0;
}

Cut last_separator(std::string_view s) {
  for (size_t at = s.size(); at-- > 1;) {
    if (size_t const width = separator_at(s, at)) return {at, width};
  }
  return {};
}

Cut first_separator(std::string_view s) {
  for (size_t at = 1; at < s.size(); ++at) {
    if (size_t const width = separator_at(s, at)) return {at, width};
  }
  return {};
}

// Letters only, for telling a site's name from its host: "Le Quai d'Anvers" and "lequaidanvers.example".
std::string letters(std::string_view s) {
  auto plain = folded(s);
  plain.erase(std::remove(plain.begin(), plain.end(), ' '), plain.end());
  return plain;
}

bool names_site(std::string_view part, std::string_view site_name, std::string_view host) {
  auto const name = letters(part);
  if (name.empty()) return folded(part).empty() && part.size() < 4;
  auto const site = letters(site_name);
  if (!site.empty() && (name == site || (name.size() > 3 && site.find(name) != site.npos) || name.starts_with(site)))
    return true;
  auto const owner = letters(host.substr(0, host.rfind('.')));
  return name.size() >= 3 && !owner.empty() &&
         (owner.find(name) != owner.npos ||
          (owner.size() > 3 && name.find(owner) != name.npos && name.size() < owner.size() * 3));
}

size_t shared_words(std::string_view a, std::string_view b, size_t& of_a) {
  size_t shared = 0;
  of_a = 0;
  std::string const padded = ' ' + std::string(b) + ' ';
  while (!a.empty()) {
    size_t const end = std::min(a.find(' '), a.size());
    if (end > 0) {
      ++of_a;
      shared += padded.find(' ' + std::string(a.substr(0, end)) + ' ') != padded.npos;
    }
    a.remove_prefix(std::min(end + 1, a.size()));
  }
  return shared;
}

// 0..1: how much two titles say the same.
double likeness(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return 0;
  if (a == b) return 1;
  size_t words_a = 0, words_b = 0;
  size_t const ab = shared_words(a, b, words_a), ba = shared_words(b, a, words_b);
  if (words_a == 0 || words_b == 0) return 0;
  return static_cast<double>(ab + ba) / static_cast<double>(words_a + words_b);
}

// A heading that ends with the headline the metadata give: what stands before it is the kicker.
Headline split_kicker(std::string const& heading, std::string const& linked, std::string const& og,
                      char const* origin) {
  for (auto const* told : {&linked, &og}) {
    auto const whole = folded(heading), end = folded(*told);
    if (end.size() < 12 || whole.size() <= end.size() + 1 || !whole.ends_with(' ' + end)) continue;
    if (count_words(whole.substr(0, whole.size() - end.size())) > 7) continue;
    auto const at = heading.find(*told);
    auto kicker = at == heading.npos ? std::string_view() : trim(std::string_view(heading).substr(0, at));
    while (!kicker.empty() &&
           (kicker.back() == ':' || kicker.back() == '-' || kicker.back() == '|' || kicker.back() == '/')) {
      kicker = trim(kicker.substr(0, kicker.size() - 1));
    }
    // "2025 Price Guide": a number alone is no kicker.
    if (!kicker.empty() && std::none_of(kicker.begin(), kicker.end(), is_alpha)) continue;
    return {*told, origin, std::string(kicker)};
  }
  return {heading, origin, {}};
}

// "The bridge reopens | Port | Harbour Gazette" -> "The bridge reopens": what stands behind a bar is a section or a
// site, as long as it is short and something of a headline stands before.
std::string_view before_bar(std::string_view title, size_t words_behind) {
  for (std::string_view const bar : {" | ", " \xE2\x94\x82 "}) {
    for (size_t at = title.rfind(bar); at != title.npos; at = title.rfind(bar)) {
      if (at < 16 || count_words(title.substr(at + bar.size())) > words_behind) break;
      title = trim(title.substr(0, at));
    }
  }
  return title;
}

// The first part of a title that is cut more than once, where it is long enough to be one: what no heading says needs
// no section and no place in the site's tree.
std::string_view first_part(std::string_view title) {
  title = before_bar(title, 8);
  auto const first = first_separator(title), last = last_separator(title);
  if (first.at == title.npos || first.at == last.at || count_words(title.substr(0, first.at)) < 3) return title;
  return trim(title.substr(0, first.at));
}

// A heading of three words and more that is one of the parts of the page's <title>.
std::string const* part_of_title(std::vector<std::string> const& headings, std::string_view title) {
  auto const whole = ' ' + folded(title) + ' ';
  for (auto const& h : headings) {
    auto const plain = folded(h);
    if (count_words(h) >= 3 && whole.find(' ' + plain + ' ') != whole.npos) return &h;
  }
  return nullptr;
}

// A heading that is the whole first part of og:title or <title>, however long the rest is.
std::string const* opens_title(std::vector<std::string> const& headings, std::string_view og, std::string_view page) {
  for (auto const& h : headings) {
    if (h.size() < 8) continue;
    for (auto const title : {og, page}) {
      auto const cut = first_separator(title);
      if (cut.at != title.npos && folded(title.substr(0, cut.at)) == folded(h)) return &h;
    }
  }
  return nullptr;
}

}  // namespace

std::string without_site_name(std::string_view title, std::string_view site_name, std::string_view host) {
  for (int i = 0; i < 3; ++i) {
    auto const last = last_separator(title);
    if (last.at != title.npos && names_site(title.substr(last.at + last.width), site_name, host)) {
      title = trim(title.substr(0, last.at));
      continue;
    }
    auto const first = first_separator(title);
    if (first.at != title.npos && names_site(title.substr(0, first.at), site_name, host)) {
      title = trim(title.substr(first.at + first.width));
      continue;
    }
    break;
  }
  return std::string(title);
}

Headline choose_headline(TitleCandidates const& c) {
  auto const bare = [&](std::string const& s) { return without_site_name(s, c.site_name, c.host); };
  auto const og = bare(c.og), page = bare(c.page), linked = bare(c.linked), meta = bare(c.meta);
  std::array<std::string, 3> const told{folded(linked), folded(og), folded(page)};
  auto const best_like = [&](std::vector<std::string> const& headings, double& best) {
    std::string const* chosen = nullptr;
    for (auto const& h : headings) {
      auto const plain = folded(h);
      if (plain.empty() || names_site(h, c.site_name, c.host)) continue;
      double like = 0;
      for (auto const& t : told) like = std::max(like, likeness(plain, t) * (&t == &told[2] ? 0.98 : 1));
      if (like > best) {
        best = like;
        chosen = &h;
      }
    }
    return chosen;
  };
  double best = 0;
  if (auto const* h = best_like(c.headings, best); h && best >= 0.45) {
    auto headline = split_kicker(bare(*h), linked, og, "the heading the page's metadata agree with");
    headline.text = before_bar(headline.text, 4);
    return headline;
  }
  if (auto const* h = opens_title(c.headings, c.og, c.page); h && !names_site(*h, c.site_name, c.host))
    return {*h, "the heading that opens the page's title", {}};
  if (c.headings.size() == 1 && count_words(c.headings[0]) >= 4 && !names_site(c.headings[0], c.site_name, c.host)) {
    return {c.headings[0], "the only main heading, which the metadata word otherwise", {}};
  }
  best = 0;
  if (auto const* h = best_like(c.lesser, best); h && best >= 0.75)
    return split_kicker(*h, linked, og, "a lesser heading the metadata agree with");
  if (auto const* h = part_of_title(c.lesser, c.page))
    return {*h, "a lesser heading that the page's <title> holds", {}};
  if (!linked.empty()) return {linked, "JSON-LD headline", {}};
  if (!og.empty()) return {std::string(first_part(og)), "og:title", {}};
  if (!meta.empty()) return {std::string(first_part(meta)), "a meta element", {}};
  if (count_words(page) >= 2 && !names_site(page, c.site_name, c.host))
    return {std::string(first_part(page)), "the page's <title>", {}};
  for (auto const& h : c.headings) {
    if (count_words(h) >= 2 && !names_site(h, c.site_name, c.host)) return {h, "the first long heading", {}};
  }
  if (!c.headings.empty()) return {c.headings[0], "the first heading", {}};
  return {page, "the page's <title>", {}};
}

}  // namespace vigie::article

// layout.hpp: what every page shares: language, theme, addresses of the masthead and of the switches. Threads: pure.
#pragma once

#include <optional>
#include <string>

#include "serve/http.hpp"
#include "serve/templates.hpp"

namespace vigie::serve {

// How a reader wants pages: from the URL (?lang=, ?theme=), else a cookie, else what the browser asks for.
struct Preference {
  Language language = Language::french;
  std::string_view theme;            // "light", "dark", or empty: the system's
  std::vector<std::string> cookies;  // to set, because the URL asked for it
};
Preference preference_of(Request const&);

enum class Section : uint8_t { front, search, quotes, sources, add, about, none };

struct Layout {
  Request const& request;
  Preference const& preference;
  Section section = Section::none;
  std::string title;            // of the document, before " – Vigie"; empty: "Vigie" alone
  std::string words;            // in the search box
  std::string feed;             // address of the page's RSS; empty: none
  bool has_own_search = false;  // the page has the large search box: the masthead leaves its own out
};
Fields layout_fields(Layout const&);

}  // namespace vigie::serve

// headline.hpp: which of the titles a page gives is its headline, told from the site's name, and without it.
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vigie::article {

struct TitleCandidates {
  std::vector<std::string> headings;   // the page's <h1>, in order, those of navigation and hidden parts left out
  std::vector<std::string> lesser;     // its <h2> to <h4>, for pages whose <h1> is the site's name
  std::string linked, og, meta, page;  // JSON-LD headline, og:title, other meta, <title>
  std::string site_name, host;
};

struct Headline {
  std::string text, origin;  // origin: for the diagnostic
  std::string kicker;        // what stood before the headline in the same heading
};

Headline choose_headline(TitleCandidates const&);

// "The bridge reopens | Harbour Gazette" -> "The bridge reopens".
std::string without_site_name(std::string_view title, std::string_view site_name, std::string_view host);

}  // namespace vigie::article

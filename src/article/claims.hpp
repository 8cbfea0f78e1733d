// claims.hpp: what a page says of itself in one place (its JSON-LD, its meta elements, its visible header), before
// anything is believed. Leaf record. Texts are squeezed and without markup; absent is empty.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.hpp"
#include "base/time.hpp"

namespace vigie::article {

struct Claims {
  std::string title, description, kicker, section, language, site_name;
  std::string url;    // as written, not resolved
  std::string image;  // as written
  std::string body;   // articleBody, one line; may be cut short or belong to a teaser
  std::vector<std::string> authors, tags;
  std::vector<std::string> desks;  // organisations named as authors, folded: nobody's names
  std::optional<Time> published, modified;
  Access access = Access::unknown;
  std::optional<Kind> kind;
  int rank = 0;  // how much the thing described looks like the page's article; 0 where there is nothing
};

// What `from` says where `into` says nothing.
void fill_gaps(Claims& into, Claims const& from);

}  // namespace vigie::article

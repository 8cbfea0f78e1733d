// settle.hpp: which of a page's claims are believed, field by field. Order of belief: docs/articles.md. Each function
// fills its fields of the article and says in the diagnostics where they came from.
// Threads: pure functions of the evidence.
#pragma once

#include <string>
#include <string_view>

#include "article/article.hpp"
#include "article/evidence.hpp"
#include "page/tree.hpp"
#include "source/capture.hpp"

namespace vigie::article {

inline void note(Article& a, std::string_view field, std::string_view origin) {
  a.diagnostics.push_back(std::string(field) + ": " + std::string(origin));
}

void settle_body(Evidence&, Article&);  // also first_kept and last_kept of the evidence
void settle_lede(Evidence const&, Article&);
void settle_dates(Evidence const&, page::Tree const&, source::Capture const&, Article&);
void settle_authors(Evidence const&, Article&);
void settle_access(Evidence const&, Article&);
void settle_kind(Evidence const&, Article&);  // last: a list of headlines has no date and no author

}  // namespace vigie::article

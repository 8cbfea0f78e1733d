// evidence.hpp: all that was read of one page before a field of its article is settled. A leaf record.
// Lifetime: refers to the survey, features and selection of its PageExtractor, which go with the next page.
#pragma once

#include <string>

#include "article/features.hpp"
#include "article/head_claims.hpp"
#include "article/selection.hpp"
#include "article/survey.hpp"
#include "article/visible_claims.hpp"

namespace vigie::article {

struct Evidence {
  Survey const& survey;
  FeatureTable const& table;
  Selection const& selection;
  HeadClaims head;
  Claims linked, linked_page;  // of the article's JSON-LD, and of its page's
  VisibleClaims visible;
  std::string url, host, title;
  size_t first_kept = SIZE_MAX, last_kept = 0;  // blocks
};

}  // namespace vigie::article

// visible_claims.hpp: dates and people as the page shows them around its headline: time elements, microdata, bylines,
// "Publié le ...". Threads: pure functions.
#pragma once

#include "article/claims.hpp"
#include "article/dates.hpp"
#include "article/features.hpp"
#include "article/survey.hpp"

namespace vigie::article {

struct VisibleClaims {
  std::optional<Time> marked, marked_modified;    // itemprop="datePublished" and the like
  std::optional<Time> time_element;               // <time> in the article's head
  std::optional<Time> named;                      // in an element whose class says that it is a date
  std::optional<Time> labelled;                   // "Published: 4 March 2021"
  std::optional<Time> written, written_modified;  // in words near the headline
  std::optional<Time> said;                       // in a sentence: "This entry was posted on ..."
  std::optional<Time> standing;                   // "Stand: ...": published or changed
  std::optional<Time> opening;                    // what a paragraph begins with: "04.03.2021 - The mayor ..."
  std::optional<Time> anywhere;                   // the first date of any short line
  std::optional<Time> beside;                     // the only date in the columns and the foot of the page
  std::vector<std::string> authors;
  std::vector<std::string> signed_far;  // named exactly, but far from the headline or beside the text
};

VisibleClaims read_visible(Survey const&, page::Tree const&, FeatureTable const&, DayOrder);

}  // namespace vigie::article

// head_claims.hpp: what a page says of itself in its meta elements: OpenGraph, article:*, Dublin Core, parsely,
// sailthru and the plain names. Threads: as its Plainer.
#pragma once

#include <string>

#include "article/claims.hpp"
#include "article/plain.hpp"
#include "article/survey.hpp"

namespace vigie::article {

struct HeadClaims {
  Claims claims;
  std::string og_title, og_type, og_url;
  std::optional<Time> weak_date;  // "date" and the like, which may mean anything
};

HeadClaims read_head(Survey const&, Plainer&);

}  // namespace vigie::article

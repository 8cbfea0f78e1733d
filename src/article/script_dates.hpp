// script_dates.hpp: dates that only a page's scripts tell: pages that are drawn by JavaScript keep the article's data
// there. For where the page says nothing else, or says it in UTC only. Threads: pure functions. Cost: one search
// through the scripts' text a key.
#pragma once

#include <optional>
#include <string_view>

#include "base/time.hpp"
#include "page/tree.hpp"

namespace vigie::article {

// The first value of a key like "datePublished", "published_at" or "createdAt".
std::optional<Time> published_in_scripts(page::Tree const&);

// The first "datePublished" of a script that is too broken to be read as JSON.
std::optional<Time> published_in_text(std::string_view script);

// The same instant as `utc`, where a script writes it with the newsroom's own offset.
std::optional<Time> local_form_in_scripts(page::Tree const&, Time utc);

}  // namespace vigie::article

// linked_data.hpp: schema.org in JSON-LD: arrays, @graph, references by @id, authors as strings, objects or lists, text
// escaped once or twice. Threads: as its Json and Plainer. Cost: the JSON, and the nodes of article types again.
#pragma once

#include <string_view>

#include "article/claims.hpp"
#include "article/json.hpp"
#include "article/plain.hpp"

namespace vigie::article {

// What is known of the page when its JSON-LD is read: tells its article from others it lists.
struct PageHints {
  std::string_view url, title;
};

// Reads one script into `article` (the best article-like object wins, over earlier scripts too) and `page` (WebPage,
// WebSite and the like).
void read_linked_data(std::string_view script, PageHints const&, Json&, Plainer&, Claims& article, Claims& page);

}  // namespace vigie::article

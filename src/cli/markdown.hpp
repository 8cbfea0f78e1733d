// markdown.hpp: an article as Markdown, for reading and for tools that take it. Text from the page is escaped, so that
// none of it is read as markup.
#pragma once

#include <string>

#include "article/article.hpp"

namespace vigie::cli {

std::string markdown(article::Article const&);

}  // namespace vigie::cli

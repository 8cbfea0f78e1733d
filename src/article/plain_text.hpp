// plain_text.hpp: an article out of a plain-text scrape: navigation lines, headline, lede, body and repeated teaser are
// told apart by length, punctuation, repetition and order, for there is nothing else to go by.
// Threads: pure function. Cost: linear but for the search of repeats (bounded lines).
#pragma once

#include <string_view>

#include "article/article.hpp"

namespace vigie::article {

// Fills title, lede, blocks, authors, published, language and diagnostics. Precondition: valid UTF-8.
void read_plain_text(std::string_view text, Article&);

}  // namespace vigie::article

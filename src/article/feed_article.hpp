// feed_article.hpp: one feed entry -> Article. Its content is HTML, read by the same tree and line rules as pages; its
// summary is the lede. Threads: as its Plainer.
#pragma once

#include "article/article.hpp"
#include "article/plain.hpp"
#include "source/capture.hpp"

namespace vigie::article {

void read_feed_entry(source::Capture const&, Plainer&, Article&);

}  // namespace vigie::article

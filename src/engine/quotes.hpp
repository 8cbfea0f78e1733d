// quotes.hpp: what is said in the articles that answer a query.
#pragma once

#include "archive/archive.hpp"
#include "engine/store.hpp"
#include "index/snapshot.hpp"

namespace vigie::engine {

inline constexpr uint32_t kQuotedArticlesMax = 20'000;

// See Store::quotes. Errors: the archive's. Cost: articles read until the page is full.
Result<QuoteAnswer> quotes_said(index::Snapshot const&, archive::Archive const&, QuoteRequest const&);

}  // namespace vigie::engine

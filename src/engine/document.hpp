// document.hpp: an archived edition as the index is told of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "archive/archive.hpp"
#include "index/index.hpp"
#include "text/analysis.hpp"

namespace vigie::engine {

// `published` as an instant where it is plausible: not before the first newspapers, not later than a day behind `seen`
// (clocks and zones differ, the future does not exist yet).
std::optional<int64_t> plausible_published_s(article::Article const&);

// The order of news: `published` when plausible, else `seen`.
int64_t order_s(article::Article const&);

// The words of an article's fields, in the order of text::ArticleField. What the index would not take is left out.
void analyse(article::Article const&, text::Analyzer&, text::Analysis&);

// Views into the edition, which must outlive the result, as must `words`.
index::Document document_of(archive::Edition const&, text::Analysis const* words = nullptr);

}  // namespace vigie::engine

// record.hpp: one JSON object of a jsonl file -> Article, as PRODUCT.md's "jsonl in" has it; what `vigie export` writes
// reads back as it was. Unknown keys are named in a diagnostic, derived ones (quotes, mentions, story, ...) ignored.
// Errors: invalid_input for what is not a JSON object or has neither text nor title nor URL; over_limit for its depth.
// Threads: pure but for the Json's memory. Cost: one pass.
#pragma once

#include <string_view>

#include "article/article.hpp"
#include "article/json.hpp"
#include "base/result.hpp"

namespace vigie::article {

Result<Article> article_of_record(std::string_view line, Json&);

}  // namespace vigie::article

// article_json.hpp: the JSON lines that commands and the API share. Each function returns one JSON object on one line,
// without "\n" at its end, in valid UTF-8 whatever the strings hold. Keys and their order are those of PRODUCT.md.
// Absent is null; lists are always arrays; `body` and `text` are always strings, being joins of what may be empty
// lists. Threads: pure functions.
#pragma once

#include <string>

#include "article/article.hpp"
#include "engine/store.hpp"
#include "serve/json_writer.hpp"

namespace vigie::serve {

// Without findings (an article that was not analysed): empty lists and null.
std::string article_json(article::Article const&, engine::Findings const& = {});
std::string article_json(engine::KeptArticle const&);
std::string quote_json(engine::SaidQuote const&);  // {"id","title","source","published"} and the members of a quote
std::string hit_json(engine::Hit const&);  // {"id","title","source","published","score","snippet","copies","partial"}
                                           // and "explanation" where one was asked for
std::string facets_json(engine::Facets const&);       // {"facets":{...}}
std::string ingest_json(engine::ItemOutcome const&);  // {"input","position","id","status"} and "error" for a failed one
std::string stats_json(engine::Stats const&);
std::string finding_json(engine::CheckFinding const&);  // {"where","what"}

// The status as PRODUCT.md has it: "new", "unchanged", "edition", "error".
std::string_view name(engine::ItemStatus);

// The same as values inside a larger answer.
void write_article(JsonWriter&, article::Article const&, engine::Findings const& = {});
void write_article(JsonWriter&, engine::KeptArticle const&);
void write_hit_keys(JsonWriter&, engine::Hit const&);   // the members of hit_json, inside an open object
void write_facets(JsonWriter&, engine::Facets const&);  // {"source":[{"value","count"}],...}
void write_stats(JsonWriter&, engine::Stats const&);

}  // namespace vigie::serve

// answer.hpp: a search request answered from one snapshot of the index and the catalogue behind it.
#pragma once

#include "archive/archive.hpp"
#include "engine/store.hpp"
#include "index/snapshot.hpp"
#include "query/ast.hpp"

namespace vigie::engine {

// Names of stories are looked up in the archive, so that a merged one finds what it became.
query::ParsedQuery parse(archive::Archive const&, SearchRequest const&);

// Errors: those of the archive. A hit whose article went between the snapshot and the catalogue is left out;
// invalid_input where `after` is not what an answer gave.
Result<SearchAnswer> answer(index::Snapshot const&, archive::Archive const&, SearchRequest const&);

Result<std::vector<Suggestion>> suggestions(index::Snapshot const&, archive::Archive const&, std::string_view typed,
                                            uint32_t limit);

void append_notes(std::vector<query::Note> const& from, std::vector<QueryNote>& into);
KeptArticle kept(archive::Edition&&);

std::vector<FacetCount> facet_counts(std::vector<index::ValueCount> const&);

}  // namespace vigie::engine

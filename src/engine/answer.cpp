#include "engine/answer.hpp"

#include "engine/joined_names.hpp"
#include "engine/story_reason.hpp"
#include "engine/widened_query.hpp"
#include "query/highlight.hpp"
#include "query/parse.hpp"
#include "query/search.hpp"
#include "query/suggest.hpp"

namespace vigie::engine {
namespace {

std::vector<Highlight> highlights(std::vector<query::Mark> const& marks) {
  std::vector<Highlight> out;
  out.reserve(marks.size());
  for (auto const mark : marks) out.push_back({mark.begin, mark.end});
  return out;
}

// What snippets are cut from: the lede counts even where the page does not show it.
std::string passage_text(article::Article const& article) {
  return article.lede.empty() ? article::body(article) : article.lede + "\n" + article::body(article);
}

Hit hit_of(query::ParsedQuery const& parsed, query::Hit const& found, KeptArticle article, bool snippets) {
  Hit hit;
  hit.score = found.score;
  hit.partial = found.partial;
  hit.explanation = found.explanation;
  hit.title = {article.title, highlights(query::highlight(parsed, article.title, article.language, query::kTitle))};
  if (snippets) {
    auto const best = query::snippet(parsed, passage_text(article), article.language, 240, query::kLede | query::kBody);
    hit.snippet = {best.text, highlights(best.marks)};
  }
  hit.article = std::move(article);
  return hit;
}

query::SearchOptions options_of(SearchRequest const& request) {
  query::SearchOptions options;
  options.sort = request.sort == Sort::date ? query::Sort::date : query::Sort::relevance;
  options.limit = request.limit;
  options.offset = request.offset;
  options.strict = request.strict;
  options.fold = request.fold;
  options.facets = request.facets;
  options.explain = request.explain;
  return options;
}

}  // namespace

query::ParsedQuery parse(archive::Archive const& archive, SearchRequest const& request) {
  query::ParseOptions options{request.now_epoch_s.value_or(now_epoch_s())};
  options.story = [&](std::string_view name) -> std::optional<uint64_t> {
    auto const story = kinship::parse_story(name);
    if (!story) return std::nullopt;
    return static_cast<uint64_t>(archive.story_now(*story).value_or(*story));
  };
  return query::parse(request.query, options);
}

Result<SearchAnswer> answer(index::Snapshot const& snapshot, archive::Archive const& archive,
                            SearchRequest const& request) {
  People people(snapshot);
  auto const parsed = widened(parse(archive, request), people);
  auto options = options_of(request);
  if (!request.after.empty()) {
    options.after = query::decode_cursor(request.after);
    if (!options.after) return fail(Errc::invalid_input, "this page was not found: its address was changed");
  }
  auto const found = query::search(snapshot, parsed, options);
  SearchAnswer out;
  if (found.next) out.next = query::encode(*found.next);
  out.echo = parsed.echo;
  append_notes(parsed.notes, out.notes);
  append_notes(found.notes, out.notes);
  out.total = found.total;
  for (auto const& hit : found.hits) {
    auto edition = archive.edition(archive::Row{hit.row});
    if (!edition && edition.error().code == Errc::not_found) continue;
    if (!edition) return tl::unexpected<Error>(edition.error());
    std::string why;
    if (request.explain) {
      VIGIE_TRY(why, story_reason(archive, *edition));
    }
    out.hits.push_back(hit_of(parsed, hit, kept(std::move(*edition)), request.snippets));
    if (!why.empty()) out.hits.back().explanation += why + "\n";
    for (auto const row : hit.copies) {
      auto id = archive.id_of(archive::Row{row});
      if (id) out.hits.back().copies.push_back(std::move(*id));
    }
  }
  if (request.facets) {
    out.facets.emplace();
    out.facets->source = facet_counts(found.facets.source);
    out.facets->language = facet_counts(found.facets.language);
    out.facets->month = facet_counts(found.facets.month);
    People listed(snapshot, kBearersLookedAtBriefly);
    out.facets->person = joined_names(facet_counts(found.facets.person), listed);
    out.facets->place = facet_counts(found.facets.place);
    out.facets->day = facet_counts(found.facets.day);
  }
  return out;
}

Result<std::vector<Suggestion>> suggestions(index::Snapshot const& snapshot, archive::Archive const& archive,
                                            std::string_view typed, uint32_t limit) {
  std::vector<Suggestion> out;
  for (auto& found : query::suggest(snapshot, typed, limit)) {
    Suggestion suggestion{static_cast<SuggestionKind>(found.kind), std::move(found.text), {}, found.count};
    if (found.kind == query::SuggestionKind::headline) {
      auto edition = archive.edition(archive::Row{found.row});
      if (!edition && edition.error().code == Errc::not_found) continue;
      if (!edition) return tl::unexpected<Error>(edition.error());
      suggestion.text = std::move(edition->article.title);
      suggestion.id = std::move(edition->article.id);
    }
    out.push_back(std::move(suggestion));
  }
  return out;
}

void append_notes(std::vector<query::Note> const& from, std::vector<QueryNote>& into) {
  for (auto const& note : from) into.push_back({note.begin, note.end, note.text, note.text_fr});
}

KeptArticle kept(archive::Edition&& edition) {
  KeptArticle out(std::move(edition.article), {std::move(edition.speech), std::move(edition.copy_of), {}});
  if (edition.story) out.found.story = kinship::name(*edition.story);
  return out;
}

std::vector<FacetCount> facet_counts(std::vector<index::ValueCount> const& counts) {
  std::vector<FacetCount> out;
  out.reserve(counts.size());
  for (auto const& [value, count] : counts) out.push_back({value, count});
  return out;
}

}  // namespace vigie::engine

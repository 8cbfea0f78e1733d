#include "query/suggest.hpp"

#include <algorithm>
#include <map>

#include "base/coding.hpp"
#include "index/segment.hpp"
#include "query/parse.hpp"
#include "query/search.hpp"
#include "text/analyzer.hpp"
#include "text/tokenizer.hpp"

namespace vigie::query {
namespace {

constexpr size_t kLookedAt = 2000;  // forms, words of names, documents: of each segment
constexpr size_t kLeastLetters = 2;

using Counts = std::map<std::string, uint64_t, std::less<>>;

// What is behind the last space: the word that is being typed.
std::string_view last_word(std::string_view typed) {
  auto const space = typed.find_last_of(" \t(\"");
  return space == std::string_view::npos ? typed : typed.substr(space + 1);
}

void count_forms(index::Segment const& segment, std::string_view prefix, Counts& counts) {
  size_t left = kLookedAt;
  segment.each_form(prefix, [&](std::string_view form, uint64_t uses) {
    counts[std::string(form)] += uses;
    return --left > 0;
  });
}

bool has_word_like(std::string_view name, std::string_view prefix) {
  std::string const folded = text::fold(name);
  for (size_t at = folded.find(prefix); at != std::string::npos; at = folded.find(prefix, at + 1)) {
    if (at == 0 || folded[at - 1] == ' ' || folded[at - 1] == '-' || folded[at - 1] == '\'') return true;
  }
  return false;
}

// Names of the newest documents that list a name with such a word.
void count_names(index::SegmentRef const& ref, index::Names kind, std::string_view space, std::string_view prefix,
                 Counts& counts) {
  auto const& segment = *ref.segment;
  auto const& table = segment.names(kind);
  std::string const first = index::term_key(space, prefix);
  size_t left = kLookedAt;
  for (auto cursor = segment.terms().seek(first); cursor.valid() && cursor.key().starts_with(first) && left > 0;
       cursor.next()) {
    auto const term = segment.decode(cursor);
    if (!term) continue;
    for (auto postings = segment.open_postings(*term); postings.doc() != index::kNoMoreDocs && left > 0;
         postings.next(), --left) {
      if (ref.is_erased(postings.doc())) continue;
      table.each(postings.doc(), [&](uint32_t ordinal) {
        if (auto const name = table.name(ordinal); has_word_like(name, prefix)) ++counts[std::string(name)];
      });
    }
  }
}

void append_most_counted(Counts const& counts, SuggestionKind kind, std::string_view before, size_t limit,
                         std::vector<Suggestion>& out) {
  std::vector<std::pair<std::string, uint64_t>> all(counts.begin(), counts.end());
  std::ranges::stable_sort(all, std::greater{}, [](auto const& value) { return value.second; });
  if (all.size() > limit) all.resize(limit);
  for (auto const& [text, count] : all) {
    if (count > 0) out.push_back({kind, std::string(before) + text, count, 0});
  }
}

void append_headlines(index::Snapshot const& snapshot, std::string_view typed, size_t limit,
                      std::vector<Suggestion>& out) {
  std::string query;
  text::Tokenizer tokenizer(typed);
  for (text::RawToken token; tokenizer.next(token);) {
    query += (query.empty() ? "titre:" : " titre:") + std::string(typed.substr(token.begin, token.end - token.begin));
  }
  if (query.empty()) return;
  SearchOptions options;
  options.sort = Sort::date;
  options.limit = static_cast<uint32_t>(limit);
  options.total = false;
  options.fold = true;
  for (Hit const& hit : search(snapshot, parse(query + "*", {}), options).hits) {
    out.push_back({SuggestionKind::headline, {}, 0, hit.row});
  }
}

}  // namespace

std::vector<Suggestion> suggest(index::Snapshot const& snapshot, std::string_view typed, size_t limit) {
  std::vector<Suggestion> out;
  typed = typed.substr(0, 256);
  std::string_view const word = last_word(typed);
  std::string const prefix = text::folded_of(text::surface_of(word));
  if (prefix.size() < kLeastLetters) return out;
  Counts words, people, organisations, places;
  for (auto const& ref : snapshot.segments()) {
    count_forms(*ref.segment, prefix, words);
    count_names(ref, index::Names::people, index::kPeople, prefix, people);
    count_names(ref, index::Names::organisations, index::kOrganisations, prefix, organisations);
    count_names(ref, index::Names::places, index::kPlaces, prefix, places);
  }
  append_most_counted(words, SuggestionKind::word, typed.substr(0, typed.size() - word.size()), limit, out);
  append_most_counted(people, SuggestionKind::person, "", limit, out);
  append_most_counted(organisations, SuggestionKind::organisation, "", limit, out);
  append_most_counted(places, SuggestionKind::place, "", limit, out);
  append_headlines(snapshot, typed, limit, out);
  return out;
}

}  // namespace vigie::query

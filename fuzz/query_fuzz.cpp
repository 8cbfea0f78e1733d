// A query of arbitrary bytes: it is read, its echo reads the same, and its answers over a small corpus are the same
// whether documents are passed over or all scored. Any bytes are accepted.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "index/builder.hpp"
#include "index/segment.hpp"
#include "query/highlight.hpp"
#include "query/parse.hpp"
#include "query/search.hpp"

using namespace vigie;

namespace {

index::Snapshot const& corpus() {
  static index::Snapshot const snapshot = [] {
    text::Analyzer analyzer;
    index::Builder builder(analyzer);
    std::string const words[] = {"chat", "chien", "élevé", "sommet", "paix", "mer", "rendez-vous", "URSS"};
    for (uint64_t row = 1; row <= 300; ++row) {
      std::string body;
      for (uint64_t i = 0; i < 12; ++i) body += words[row * row % (7 + i) % 8] + " ";
      index::Document document;
      document.row = row;
      document.time_s = static_cast<int64_t>(row * 10'000);
      document.title = words[row % 8];
      document.body = {body};
      document.language = row % 3 ? "fr" : "en";
      document.source = "exemple.fr";
      document.quotes = {{words[row % 5], "Anna Petit"}};
      document.people = {"Anna Petit"};
      builder.add(document);
    }
    return index::Snapshot({{*index::Segment::in_memory(builder.finish()), nullptr, 0}});
  }();
  return snapshot;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  std::string_view const text(reinterpret_cast<char const*>(data), size);
  auto const parsed = query::parse(text, {});
  auto const again = query::parse(parsed.echo, {});
  if (again.echo != parsed.echo) std::abort();
  query::SearchOptions options;
  options.limit = 5;
  options.facets = true;
  auto const fast = query::search(corpus(), parsed, options);
  options.passes_over = false;
  auto const slow = query::search(corpus(), parsed, options);
  if (fast.total != slow.total || fast.hits.size() != slow.hits.size()) std::abort();
  for (size_t i = 0; i < fast.hits.size(); ++i) {
    if (fast.hits[i].row != slow.hits[i].row) std::abort();
  }
  query::snippet(parsed, "Le chat et le chien se voient en mer.", "fr");
  return 0;
}

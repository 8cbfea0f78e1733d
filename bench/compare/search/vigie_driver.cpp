// vigie_driver.cpp: Vigie's index and executor behind the protocol of bench/compare/search/compare; one thread.
//
//   vigie_driver build CORPUS.tsv FOLDER    indexes, prints one line: documents and processor seconds
//   vigie_driver serve FOLDER [own]         answers queries, a line each, until the end of input
//
// Documents have one field, the body, in a language without rules. Ranking is BM25 alone (k1 1.2, b 0.75), as the
// others do; `own` adds what Vigie's own formula counts: proximity and recency.
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include "index/index.hpp"
#include "index/snapshot.hpp"
#include "query/parse.hpp"
#include "query/search.hpp"

namespace {

using namespace vigie;

std::vector<std::string_view> split(std::string_view line, char by) {
  std::vector<std::string_view> parts;
  for (size_t from = 0; from <= line.size();) {
    size_t const end = std::min(line.find(by, from), line.size());
    parts.push_back(line.substr(from, end - from));
    from = end + 1;
  }
  return parts;
}

int64_t number(std::string_view text) { return text.empty() ? 0 : std::stoll(std::string(text)); }

double processor_s() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  auto const seconds = [](timeval const& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void add(index::Index& index, std::vector<std::string_view> const& fields) {
  index::Document document;
  document.row = static_cast<uint64_t>(number(fields[0]));
  document.time_s = document.seen_s = number(fields[1]);
  document.published_s = document.time_s;
  document.source = fields[2];
  document.language = fields[3];
  document.body = {fields[4]};
  index.add(document);
}

int fail(Error const& error) {
  std::cerr << error.message << '\n';
  return 1;
}

int build(char const* corpus, char const* folder) {
  auto opened = index::Index::open(folder, real_fs());
  if (!opened) return fail(opened.error());
  index::Index& index = **opened;
  std::ifstream file(corpus);
  uint64_t documents = 0;
  double const start = processor_s();
  auto const seal = [&] { return index.seal(documents); };
  for (std::string line; std::getline(file, line);) {
    add(index, split(line, '\t'));
    ++documents;
    if (!index.wants_seal()) continue;
    if (auto const done = seal(); !done) return fail(done.error());
  }
  if (auto const done = seal(); !done) return fail(done.error());
  std::printf("%llu %.3f\n", static_cast<unsigned long long>(documents), processor_s() - start);
  return 0;
}

std::string written(std::string_view kind, std::string_view words) {
  if (kind == "PHRASE") return "\"" + std::string(words) + "\"";
  std::string query;
  for (auto const word : split(words, ' ')) {
    if (!query.empty()) query += kind == "OR" ? " OR " : " ";
    query += word;
  }
  return query;
}

// The query, and its dates as a node of their own: to the second, as the others have them.
query::ParsedQuery parsed(std::vector<std::string_view> const& request) {
  auto query = query::parse(written(request[1], request[2]), {});
  if (request[3].empty()) return query;
  query::Node period, both;
  period.kind = query::NodeKind::published;
  period.from_s = number(request[3]);
  period.to_s = number(request[4]);
  query.nodes.push_back(period);
  both.kind = query::NodeKind::conjunction;
  both.children = {query.root, static_cast<query::NodeIndex>(query.nodes.size() - 1)};
  query.nodes.push_back(both);
  query.root = static_cast<query::NodeIndex>(query.nodes.size() - 1);
  query.has_operators = true;
  query.bare_words.clear();
  return query;
}

query::Ranking bm25() {
  query::Ranking ranking;
  ranking.k1 = 1.2;
  ranking.body_b = 0.75;
  ranking.half_life_days = 0;
  ranking.exact_form = ranking.accented_form = ranking.proximity = ranking.names = 0;
  return ranking;
}

// Processor time of this thread: what else the machine does stays out.
long long now() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec * 1'000'000'000LL + t.tv_nsec;
}

// Time that passes, for what waits on a disk.
long long passing() {
  timespec t{};
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1'000'000'000LL + t.tv_nsec;
}

void answer_set(index::Snapshot const& snapshot, std::vector<std::string_view> const& request) {
  auto const start = now();
  auto const rows = query::matching_rows(snapshot, parsed(request));
  uint64_t sum = 0;
  for (uint64_t const row : rows) sum += row * row;
  std::printf("%lld %zu %llu\n", now() - start, rows.size(), static_cast<unsigned long long>(sum));
}

void print_counts(std::vector<index::ValueCount> const& values) {
  uint64_t sum = 0;
  for (auto const& value : values) sum += value.count;
  std::printf(" %zu:%llu", values.size(), static_cast<unsigned long long>(sum));
}

void answer(index::Snapshot const& snapshot, std::vector<std::string_view> const& request, bool own) {
  query::SearchOptions options;
  options.strict = true;
  options.total = request[0] == "facets";  // the others count no further than their hits either
  if (!own) options.ranking = bm25();
  if (request[0] == "latest") {
    options.sort = query::Sort::date;
    options.limit = 20;
  } else if (request[0] == "facets") {
    options.sort = query::Sort::date;
    options.limit = 1;
    options.facets = true;
  }
  auto const start = now();
  auto const found = query::search(snapshot, parsed(request), options);
  std::printf("%lld %llu", now() - start, static_cast<unsigned long long>(found.total));
  if (options.facets) {
    print_counts(found.facets.source);
    print_counts(found.facets.language);
    print_counts(found.facets.month);
  } else {
    for (auto const& hit : found.hits) std::printf(" %llu", static_cast<unsigned long long>(hit.row));
  }
  std::printf("\n");
}

// Adds one document with a word that no other has and asks for it.
void append(index::Index& index, std::vector<std::string_view> const& request) {
  auto const start = passing();
  add(index, {request.begin() + 1, request.end()});
  index.publish();
  query::SearchOptions options;
  auto const word = split(request[5], ' ').front();
  auto const found = query::search(*index.snapshot(), query::parse(word, {}), options);
  std::printf("%lld %zu\n", passing() - start, found.hits.size());
}

int serve(char const* folder, bool own) {
  auto opened = index::Index::open(folder, real_fs());
  if (!opened) return fail(opened.error());
  index::Index& index = **opened;
  auto snapshot = index.snapshot();
  for (std::string line; std::getline(std::cin, line);) {
    auto const request = split(line, '\t');
    if (request[0] == "append") {
      append(index, request);
      snapshot = index.snapshot();
    } else if (request[0] == "set") {
      answer_set(*snapshot, request);
    } else {
      answer(*snapshot, request, own);
    }
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  setenv("TZ", ":/etc/localtime", 0);  // as vigie itself does: no stat() at each mktime
  std::vector<std::string> const given(arguments, arguments + count);
  if (count == 4 && given[1] == "build") return build(arguments[2], arguments[3]);
  if (count >= 3 && given[1] == "serve") return serve(arguments[2], count > 3 && given[3] == "own");
  std::cerr << "usage: vigie_driver build CORPUS FOLDER | serve FOLDER [own]\n";
  return 2;
}

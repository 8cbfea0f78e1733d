// What it costs to turn a page's bytes into a finished tree, in MB of raw bytes a second, beside lexbor (where CMake
// was given LEXBOR_DIR) and a memchr over the same bytes, which is the limit of looking at each byte once. Corpus:
// every file of the folder $VIGIE_PAGES, loaded beforehand and read in name order; a run is one pass over all. Run:
// VIGIE_PAGES=... bench_page  (nine repetitions each; compare the medians) lexbor gets the raw bytes, taken for UTF-8:
// it finds no charset and decodes nothing. Both reuse their memory.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include "page/charset.hpp"
#include "page/decode.hpp"
#include "page/page.hpp"
#include "page/tokenizer.hpp"

#ifdef VIGIE_BENCH_LEXBOR
#include <lexbor/html/html.h>
#endif

namespace {

using namespace vigie::page;
namespace fs = std::filesystem;

struct Corpus {
  std::vector<std::string> pages;
  size_t bytes = 0;
};

Corpus const& corpus() {
  static Corpus const loaded = [] {
    Corpus corpus;
    char const* const folder = std::getenv("VIGIE_PAGES");
    if (folder == nullptr) return corpus;
    std::vector<fs::path> files;
    for (auto const& entry : fs::directory_iterator(folder)) {
      if (entry.is_regular_file()) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    for (auto const& file : files) {
      std::ifstream in(file, std::ios::binary);
      corpus.pages.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
      corpus.bytes += corpus.pages.back().size();
    }
    return corpus;
  }();
  return loaded;
}

bool has_corpus(benchmark::State& state) {
  if (!corpus().pages.empty()) return true;
  state.SkipWithError("skipped: VIGIE_PAGES names no folder with pages");
  return false;
}

void report(benchmark::State& state) {
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations() * corpus().bytes));
}

void memchr_limit(benchmark::State& state) {
  if (!has_corpus(state)) return;
  for (auto _ : state) {
    for (auto const& page : corpus().pages) benchmark::DoNotOptimize(std::memchr(page.data(), 0x01, page.size()));
  }
  report(state);
}

void vigie_decode(benchmark::State& state) {
  if (!has_corpus(state)) return;
  Source source;
  for (auto _ : state) {
    for (auto const& page : corpus().pages) {
      std::vector<std::string> notes;
      Utf8Check const check = copy_checked(page, source);
      Charset const charset = find_charset(page, "", check, notes);
      if (charset.encoding != Encoding::utf_8 || !check.valid) decode(page, charset.encoding, 1u << 30, source);
      if (check.has_cr) normalize_line_ends(source);
    }
  }
  report(state);
}

// Tokens alone, of sources decoded beforehand. Without a tree builder, scripts and styles are read as text.
template <class Scan>
void vigie_tokens(benchmark::State& state) {
  if (!has_corpus(state)) return;
  std::vector<std::unique_ptr<Source>> sources;
  for (auto const& page : corpus().pages) {
    sources.push_back(std::make_unique<Source>());
    decode(page, Encoding::utf_8, 1u << 30, *sources.back());
    normalize_line_ends(*sources.back());
  }
  Arena arena;
  NameTable names;
  Pile<Attribute> attributes;
  Tokenizer<Scan> tokenizer(arena, names, attributes, {});
  size_t tokens = 0;
  for (auto _ : state) {
    for (auto const& source : sources) {
      arena.reset(64 << 20);
      names.reset();
      attributes.clear();
      tokenizer.start(source->view());
      for (Token token; tokenizer.next(token), token.type != TokenType::end_of_file; ++tokens) {
        if (token.type != TokenType::start_tag) continue;
        if (token.tag == Atom::script) tokenizer.set_content(Content::script);
        if (token.tag == Atom::style) tokenizer.set_content(Content::rawtext);
      }
    }
  }
  benchmark::DoNotOptimize(tokens);
  report(state);
}

void vigie_tree(benchmark::State& state) {
  if (!has_corpus(state)) return;
  PageReader reader;
  for (auto _ : state) {
    for (auto const& page : corpus().pages) benchmark::DoNotOptimize(reader.read(page, "").tree.node_count());
  }
  report(state);
}

// Memory of a page's tree and source, from a reader that reads no other, summed over the pages.
double heap_bytes() {
  auto const info = mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd);
}

void vigie_memory(benchmark::State& state) {
  if (!has_corpus(state)) return;
  double sum = 0;
  for (auto _ : state) {
    for (auto const& page : corpus().pages) {
      double const before = heap_bytes();
      PageReader reader;
      reader.read(page, "");
      sum += heap_bytes() - before;
    }
  }
  state.counters["bytes/source byte"] = sum / static_cast<double>(state.iterations() * corpus().bytes);
}

BENCHMARK(memchr_limit)->Repetitions(9)->ReportAggregatesOnly()->Unit(benchmark::kMillisecond);
BENCHMARK(vigie_decode)->Repetitions(9)->ReportAggregatesOnly()->Unit(benchmark::kMillisecond);
BENCHMARK(vigie_tokens<ScalarScan>)->Repetitions(9)->ReportAggregatesOnly()->Unit(benchmark::kMillisecond);
BENCHMARK(vigie_tokens<SimdScan>)->Repetitions(9)->ReportAggregatesOnly()->Unit(benchmark::kMillisecond);
BENCHMARK(vigie_tree)->Repetitions(9)->ReportAggregatesOnly()->Unit(benchmark::kMillisecond);
BENCHMARK(vigie_memory)->Iterations(1);

#ifdef VIGIE_BENCH_LEXBOR
void lexbor_tree(benchmark::State& state) {
  if (!has_corpus(state)) return;
  lxb_html_document_t* const document = lxb_html_document_create();
  for (auto _ : state) {
    for (auto const& page : corpus().pages) {
      lxb_html_document_clean(document);
      auto const* const bytes = reinterpret_cast<lxb_char_t const*>(page.data());
      benchmark::DoNotOptimize(lxb_html_document_parse(document, bytes, page.size()));
    }
  }
  lxb_html_document_destroy(document);
  report(state);
}

void lexbor_memory(benchmark::State& state) {
  if (!has_corpus(state)) return;
  double sum = 0;
  for (auto _ : state) {
    for (auto const& page : corpus().pages) {
      double const before = heap_bytes();
      lxb_html_document_t* const document = lxb_html_document_create();
      lxb_html_document_parse(document, reinterpret_cast<lxb_char_t const*>(page.data()), page.size());
      sum += heap_bytes() - before;
      lxb_html_document_destroy(document);
    }
  }
  state.counters["bytes/source byte"] = sum / static_cast<double>(state.iterations() * corpus().bytes);
}

BENCHMARK(lexbor_tree)->Repetitions(9)->ReportAggregatesOnly()->Unit(benchmark::kMillisecond);
BENCHMARK(lexbor_memory)->Iterations(1);
#endif

}  // namespace

BENCHMARK_MAIN();

// From a WARC to articles: records read, pages decoded, articles recovered, nothing kept. Corpus: the archive
// $VIGIE_WARC names (docs/benchmarks.md uses the 1,200 pages of one French news site); a run is one pass over it.
// Threads share one reader behind a lock, as ingestion does. Run: VIGIE_WARC=... bench_article
// Compare `pages/s` of one and two threads with `pages/cpu_s`: on a loaded machine only the second is steady.
#include <benchmark/benchmark.h>

#include <atomic>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "article/extract.hpp"
#include "source/reader.hpp"

namespace {

using namespace vigie;

double cpu_seconds() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

struct Sums {
  std::atomic<size_t> pages = 0, bytes = 0, text_bytes = 0;
};

// Takes captures from the shared reader until there are none.
void work(source::Reader& reader, std::mutex& turn, bool extracting, Sums& sums) {
  article::Extractor extractor;
  for (;;) {
    std::optional<source::Item> item;
    {
      std::lock_guard const lock(turn);
      item = reader.next();
    }
    if (!item) return;
    if (!item->capture) continue;
    ++sums.pages;
    sums.bytes += item->capture->body.size();
    if (!extracting) continue;
    if (auto const a = extractor.extract(*item->capture)) sums.text_bytes += text(*a).size();
  }
}

void run(benchmark::State& state, bool extracting) {
  char const* const path = std::getenv("VIGIE_WARC");
  if (path == nullptr) return state.SkipWithError("skipped: VIGIE_WARC names no archive");
  Sums sums;
  double const before = cpu_seconds();
  for (auto _ : state) {
    auto reader = source::open_path(path);
    if (!reader) return state.SkipWithError("the archive cannot be read");
    std::mutex turn;
    std::vector<std::jthread> threads;
    for (int64_t i = 0; i < state.range(0); ++i) threads.emplace_back([&] { work(**reader, turn, extracting, sums); });
  }
  double const spent = cpu_seconds() - before;
  auto const pages = static_cast<double>(sums.pages.load());
  state.counters["pages/s"] = benchmark::Counter(pages, benchmark::Counter::kIsRate);
  state.counters["pages/cpu_s"] = pages / spent;
  state.counters["MB/cpu_s"] = static_cast<double>(sums.bytes.load()) / 1e6 / spent;
  state.counters["text_kB/page"] = static_cast<double>(sums.text_bytes.load()) / 1e3 / pages;
}

void reading(benchmark::State& state) { run(state, false); }
void warc_to_article(benchmark::State& state) { run(state, true); }

BENCHMARK(reading)->Arg(1)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK(warc_to_article)->Arg(1)->Arg(2)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();

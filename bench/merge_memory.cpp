// merge_memory: what a merge of index segments takes. One line a number of inputs: their bytes and the result's, the
// most memory of its own that the process held beyond what it held before, processor seconds.
//
//   merge_memory FOLDER [INPUTS...]    the first so many segments of an index, by file name; without: all
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "base/fs.hpp"
#include "index/merge.hpp"
#include "index/segment.hpp"

namespace {

using namespace vigie;

// Pages of mapped files are not counted: the system takes them back.
size_t own_kilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("RssAnon:")) return std::strtoull(line.c_str() + 8, nullptr, 10);
  }
  return 0;
}

double processor_s() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec) + 1e-6 * static_cast<double>(usage.ru_utime.tv_usec);
}

void measure(std::vector<index::SegmentRef> const& inputs) {
  std::atomic<size_t> most = 0;
  size_t const before = own_kilobytes();
  std::jthread const watch([&](std::stop_token stop) {
    while (!stop.stop_requested()) {
      most = std::max(most.load(), own_kilobytes());
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  });
  double const begun = processor_s();
  auto const bytes = index::merge(inputs);
  double const seconds = processor_s() - begun;
  uint64_t documents = 0, read = 0;
  for (auto const& input : inputs) {
    documents += input.segment->documents();
    read += input.segment->bytes();
  }
  auto const held = static_cast<double>(most - before) * 1024;
  std::printf("%zu segments, %llu documents, %.1f MB -> %.1f MB; most held %.1f MB = %.2f of the result; %.2f s\n",
              inputs.size(), static_cast<unsigned long long>(documents), static_cast<double>(read) / 1e6,
              static_cast<double>(bytes.size()) / 1e6, held / 1e6, held / static_cast<double>(bytes.size()), seconds);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 1;
  auto names = real_fs().list(argv[1]);
  if (!names) return 1;
  std::erase_if(*names, [](std::string const& name) { return !name.ends_with(".seg"); });
  std::ranges::sort(*names);
  std::vector<index::SegmentRef> segments;
  for (auto const& name : *names) {
    auto file = real_fs().map(std::string(argv[1]) + "/" + name);
    if (!file) return 1;
    auto segment = index::Segment::open(*file, name);
    if (!segment) return 1;
    segments.push_back({*segment, nullptr, 0});
  }
  if (argc == 2) measure(segments);
  for (int i = 2; i < argc; ++i) {
    auto const count = std::min<size_t>(std::strtoull(argv[i], nullptr, 10), segments.size());
    measure({segments.begin(), segments.begin() + static_cast<std::ptrdiff_t>(count)});
  }
  return 0;
}

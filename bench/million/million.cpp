// million.cpp: a data directory as it serves: time to open, memory, and how long searches take by themselves and while
// articles arrive. The directory is made by `bench/million/articles N | vigie ingest --data DIR -`; articles are added
// to it, so that figures of one directory are comparable only while few were.
//
//   million DIR ARRIVALS.jsonl [SECONDS] [ARTICLES_PER_SECOND]
//
// Queries are drawn from articles of the directory (seeded): one, two and three words of a headline, a phrase, an OR, a
// word with a period; ten hits each, copies folded, with snippets and the count of all matches, as a page asks. One
// thread asks, one query behind the other; articles arrive in another at their rate. Times are of the clock, and of the
// asking thread's processor, which a loaded machine disturbs less.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <numeric>
#include <random>
#include <span>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "engine/engine.hpp"

namespace {

using namespace vigie;
using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

double processor_ms() {
  timespec t{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) / 1e6;
}

void print_memory(char const* when) {
  std::ifstream status("/proc/self/status");
  std::string anonymous, mapped;
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("RssAnon:")) anonymous = line.substr(8);
    if (line.starts_with("RssFile:")) mapped = line.substr(8);
  }
  std::printf("memory %s: anonymous%s, mapped files%s\n", when, anonymous.c_str(), mapped.c_str());
}

std::vector<std::string> words_of(std::string const& text) {
  std::vector<std::string> words;
  std::istringstream in(text);
  for (std::string word; in >> word;) {
    bool const plain = std::ranges::all_of(word, [](unsigned char c) { return std::isalpha(c) || c >= 0x80; });
    if (plain && word.size() > 3) words.push_back(word);
  }
  return words;
}

std::vector<std::string> draw_queries(engine::Store const& store, size_t count) {
  std::mt19937 random(7);
  std::vector<std::string> queries;
  auto const some = store.latest(2000, 0);
  while (some && !some->empty() && queries.size() < count) {
    auto const& article = (*some)[random() % some->size()];
    auto const words = words_of(random() % 2 ? article.title : article.lede);
    if (words.size() < 3) continue;
    size_t const at = random() % (words.size() - 2);
    switch (queries.size() % 6) {
      case 0:
        queries.push_back(words[at]);
        break;
      case 1:
        queries.push_back(words[at] + " " + words[at + 2]);
        break;
      case 2:
        queries.push_back(words[at] + " " + words[at + 1] + " " + words[at + 2]);
        break;
      case 3:
        queries.push_back('"' + words[at] + " " + words[at + 1] + '"');
        break;
      case 4:
        queries.push_back(words[at] + " OR " + words[at + 2]);
        break;
      default:
        queries.push_back(words[at] + " date:" + std::to_string(2010 + random() % 10));
    }
  }
  return queries;
}

double percentile(std::vector<double>& values, double share) {
  std::ranges::sort(values);
  return values.empty() ? 0 : values[static_cast<size_t>(share * static_cast<double>(values.size() - 1))];
}

void print_dearest(std::vector<std::string> const& queries, std::vector<double> const& processor) {
  std::vector<size_t> order(queries.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::sort(order, std::greater{}, [&](size_t i) { return processor[i]; });
  for (size_t const i : std::span(order).first(std::min<size_t>(order.size(), 8))) {
    std::printf("  %.2f ms of the processor at best: %s\n", processor[i], queries[i].c_str());
  }
}

void ask(engine::Store const& store, std::vector<std::string> const& queries, double seconds, char const* when) {
  std::vector<double> clock, processor;
  std::vector<double> dearest(queries.size());
  auto const begin = Clock::now();
  for (size_t i = 0; ms_since(begin) < seconds * 1e3 || i < queries.size(); ++i) {
    engine::SearchRequest request;
    request.query = queries[i % queries.size()];
    auto const start = Clock::now();
    double const before = processor_ms();
    if (auto const answer = store.search(request); !answer) std::printf("%s\n", answer.error().message.c_str());
    processor.push_back(processor_ms() - before);
    double& most = dearest[i % queries.size()];
    most = i < queries.size() ? processor.back() : std::min(most, processor.back());
    clock.push_back(ms_since(start));
  }
  std::printf("%s: %zu searches, clock ms median %.2f p99 %.2f, processor ms median %.2f p99 %.2f\n", when,
              clock.size(), percentile(clock, 0.5), percentile(clock, 0.99), percentile(processor, 0.5),
              percentile(processor, 0.99));
  print_dearest(queries, dearest);
}

// What another reader gives, at a rate.
class Paced final : public source::Reader {
 public:
  Paced(std::unique_ptr<source::Reader> inner, double per_second) : inner_(std::move(inner)), per_second_(per_second) {}
  std::optional<source::Item> next() override {
    std::this_thread::sleep_until(begin_ + std::chrono::duration<double>(static_cast<double>(given_++) / per_second_));
    return inner_->next();
  }
  source::Progress progress() const override { return inner_->progress(); }

 private:
  std::unique_ptr<source::Reader> inner_;
  double const per_second_;
  Clock::time_point const begin_ = Clock::now();
  uint64_t given_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    std::fprintf(stderr, "usage: million DIR ARRIVALS.jsonl [SECONDS] [ARTICLES_PER_SECOND]\n");
    return 2;
  }
  double const seconds = count > 3 ? std::atof(arguments[3]) : 20, rate = count > 4 ? std::atof(arguments[4]) : 200;
  setenv("TZ", ":/etc/localtime", 0);
  auto const start = Clock::now();
  double const before = processor_ms();
  auto opened = engine::Engine::open(arguments[1]);
  if (!opened) {
    std::fprintf(stderr, "%s\n", opened.error().message.c_str());
    return 1;
  }
  engine::Store& store = **opened;
  std::printf("start: %.1f ms of the clock, %.1f of the processor\n", ms_since(start), processor_ms() - before);
  print_memory("after the start");
  auto const stats = store.stats();
  if (stats) {
    std::printf("%llu articles, index %.1f MB in %llu segments\n", static_cast<unsigned long long>(stats->articles),
                static_cast<double>(stats->index_bytes) / 1e6, static_cast<unsigned long long>(stats->segments));
  }
  auto const queries = draw_queries(store, 600);
  ask(store, queries, 0, "cold");
  ask(store, queries, seconds / 2, "by themselves");
  auto reader = source::open_path(arguments[2]);
  if (!reader) {
    std::fprintf(stderr, "%s\n", reader.error().message.c_str());
    return 1;
  }
  std::stop_source stop;
  uint64_t arrived = 0;
  auto const began = Clock::now();
  std::thread arrivals([&] {
    Paced paced(std::move(*reader), rate);
    auto const done = store.ingest(paced, [&](engine::ItemOutcome const&) { ++arrived; }, {}, stop.get_token());
    if (!done) std::printf("%s\n", done.error().message.c_str());
  });
  ask(store, queries, seconds, "while articles arrive");
  stop.request_stop();
  arrivals.join();
  std::printf("arrived: %.0f a second\n", static_cast<double>(arrived) / ms_since(began) * 1e3);
  print_memory("at the end");
  return 0;
}

// extract.cpp: `vigie extract`: one article per input, in input order, without a store. Inputs are worked on by several
// threads, a window at a time, and printed in order; by one alone, one after the other.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <deque>
#include <fstream>
#include <thread>

#include "article/extract.hpp"
#include "base/mutex.hpp"
#include "cli/command.hpp"
#include "cli/markdown.hpp"
#include "serve/article_json.hpp"

namespace vigie::cli {
namespace {

constexpr size_t kAheadPerThread = 16;  // inputs finished out of order that may wait in memory

struct Input {
  std::string path, url;
};

struct Answer {
  std::string text;
  std::string error;  // for stderr; the text is printed all the same
};

Result<std::vector<Input>> read_list(std::string const& path) {
  std::ifstream file(path);
  if (!file) return fail_errno("cannot open " + path);
  std::vector<Input> inputs;
  for (std::string line; std::getline(file, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty()) continue;
    size_t const tab = line.find('\t');
    inputs.push_back({line.substr(0, tab), tab == std::string::npos ? "" : line.substr(tab + 1)});
  }
  return inputs;
}

Result<source::Capture> read_input(Input const& input, int standard_input) {
  if (input.path != "-") return source::read_single(input.path);
  return source::read_single(fmt::format("/proc/self/fd/{}", standard_input));
}

struct Tools {  // of one thread
  article::Extractor extractor;
  speech::Analyst analyst;
};

std::string render(article::Article const& article, ArticleFormat format, speech::Analyst& analyst) {
  switch (format) {
    case ArticleFormat::json:
      return serve::article_json(article, {analyst.analyse(article), std::nullopt, ""}) + "\n";
    case ArticleFormat::text:
      return article::text(article) + "\n";
    case ArticleFormat::markdown:
      return markdown(article);
  }
  return {};
}

Answer extract_one(Input const& input, Options const& options, int standard_input, Tools& tools) {
  auto const broken = [&](Error const& error) {
    article::Article empty;
    empty.url = input.url;
    empty.kind = article::Kind::other;
    empty.diagnostics.push_back("input: " + error.message);
    return Answer{options.article_format == ArticleFormat::json ? serve::article_json(empty) + "\n" : "",
                  error.message};
  };
  auto capture = read_input(input, standard_input);
  if (!capture) return broken(capture.error());
  if (!input.url.empty()) capture->url = input.url;
  auto const article = tools.extractor.extract(*capture);
  if (!article) return broken(article.error());
  return {render(*article, options.article_format, tools.analyst), ""};
}

// Hands out inputs to threads and takes their answers back in order.
class Window {
 public:
  Window(size_t inputs, size_t ahead) : inputs_(inputs), ahead_(ahead) {}

  std::optional<size_t> take(std::stop_token stop) {
    MutexLock lock(mutex_);
    changed_.wait(lock, stop, [&] { return taken_ >= inputs_ || taken_ < given_ + ahead_; });
    if (stop.stop_requested() || taken_ >= inputs_) return std::nullopt;
    answers_.emplace_back();
    return taken_++;
  }
  void put(size_t number, Answer answer) {
    MutexLock lock(mutex_);
    answers_[number - given_] = std::move(answer);
    changed_.notify_all();
  }
  // The next answer in order; nothing at the end, or once stopped.
  std::optional<Answer> next(std::stop_token stop) {
    MutexLock lock(mutex_);
    changed_.wait(lock, stop, [&] { return given_ >= inputs_ || (!answers_.empty() && answers_.front()); });
    if (given_ >= inputs_ || answers_.empty() || !answers_.front()) return std::nullopt;
    auto answer = std::move(answers_.front());
    answers_.pop_front();
    ++given_;
    changed_.notify_all();
    return answer;
  }

 private:
  size_t const inputs_, ahead_;
  Mutex mutex_;
  Condition changed_;
  std::deque<std::optional<Answer>> answers_ VIGIE_GUARDED_BY(mutex_);  // [given_, taken_)
  size_t taken_ VIGIE_GUARDED_BY(mutex_) = 0, given_ VIGIE_GUARDED_BY(mutex_) = 0;
};

}  // namespace

int run_extract(Options const& options, Streams& streams, std::stop_token stop) {
  std::vector<Input> inputs;
  for (auto const& path : options.inputs) inputs.push_back({path, options.url});
  if (!options.list.empty()) {
    auto listed = read_list(options.list);
    if (!listed) return complain(streams, "vigie extract", listed.error());
    inputs = std::move(*listed);
  }
  size_t const cores = options.jobs > 0 ? options.jobs : std::max(1u, std::thread::hardware_concurrency());
  size_t const threads = std::min(cores, std::max<size_t>(1, inputs.size()));
  ProgressBar bar(streams.err);
  size_t done = 0, failed = 0;
  auto const print = [&](Answer const& answer) {
    streams.out.write(answer.text);
    if (!answer.error.empty()) {
      bar.clear();
      streams.err.line("vigie extract: " + printable(answer.error));
      ++failed;
    }
    ++done;
    bar.show(static_cast<double>(done), static_cast<double>(inputs.size()),
             fmt::format("{} of {} pages", done, inputs.size()));
  };
  auto const extract = [&](size_t number, Tools& tools) {
    return extract_one(inputs[number], options, streams.in, tools);
  };
  if (threads == 1) {  // nobody to wait for, nobody to wake
    Tools tools;
    while (done < inputs.size() && !stop.stop_requested()) print(extract(done, tools));
  } else {
    Window window(inputs.size(), threads * kAheadPerThread);
    std::vector<std::jthread> pool;
    for (size_t i = 0; i < threads; ++i) {
      pool.emplace_back([&] {
        Tools tools;
        while (auto const number = window.take(stop)) window.put(*number, extract(*number, tools));
      });
    }
    while (auto const answer = window.next(stop)) print(*answer);
  }
  return failed > 0 || done < inputs.size() ? 1 : 0;
}

}  // namespace vigie::cli

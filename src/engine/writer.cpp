#include "engine/writer.hpp"

#include <future>
#include <map>

#include "engine/document.hpp"
#include "engine/replay.hpp"

namespace vigie::engine {
namespace {

using namespace std::chrono_literals;

constexpr size_t kGroupArticles = 256;  // worth a commit
constexpr size_t kGroupArticlesMax = 1024;
constexpr size_t kWordsKeptMax = 1'000'000;  // of a group between kinship/ and the index, 24 MB; others are found again
constexpr uint64_t kUnsealedMost = 512;      // rows read again by a start after a kill, beside those of a group
constexpr auto kGroupWait = 20ms;
constexpr auto kCheckpointEvery = 2s;

}  // namespace

// A job of the group in hand, with what came of it.
struct Writer::Written {
  archive::Edition edition;  // its row is 0 until there is one
  source::Capture capture;
  Settled settled;
  void const* giver = nullptr;
  Result<archive::AddOutcome> outcome;
  text::Analysis words;
};

Writer::Writer(archive::Archive& archive, Kinships& kinships, index::Index& index)
    : archive_(archive), kinships_(kinships), index_(index) {
  thread_ = std::jthread([this](std::stop_token stop) { work(stop); });
  checkpoints_ = std::jthread([this](std::stop_token stop) {
    Mutex sleeping;
    MutexLock lock(sleeping);
    std::condition_variable_any never;
    while (!never.wait_for(lock, stop, kCheckpointEvery, [] { return false; }) && !stop.stop_requested()) {
      // A failure here is met again, and told, by the next commit.
      [[maybe_unused]] auto const ignored = archive_.checkpoint();
    }
  });
}

Writer::~Writer() {
  checkpoints_.request_stop();
  thread_.request_stop();
}

void Writer::add(Job job) {
  MutexLock lock(mutex_);
  jobs_.push_back(std::move(job));
  if (jobs_.size() == 1 || jobs_.size() == kGroupArticles) changed_.notify_one();
}

Status Writer::run(std::function<Status()> task) {
  std::promise<Status> promise;
  auto future = promise.get_future();
  {
    MutexLock lock(mutex_);
    tasks_.emplace_back([&] { promise.set_value(task()); });
    changed_.notify_one();
  }
  return future.get();
}

void Writer::work(std::stop_token stop) {
  while (true) {
    std::function<void()> task;
    {
      MutexLock lock(mutex_);
      changed_.wait(lock, stop, [this]() VIGIE_REQUIRES(mutex_) { return !jobs_.empty() || !tasks_.empty(); });
      if (jobs_.empty() && tasks_.empty()) return;  // told to stop, and everything is settled
      if (jobs_.empty()) {
        task = std::move(tasks_.front());
        tasks_.pop_front();
      }
    }
    if (task) {
      task();
    } else {
      commit(take_group(stop));
    }
  }
}

std::vector<Writer::Job> Writer::take_group(std::stop_token stop) {
  MutexLock lock(mutex_);
  changed_.wait_for(lock, stop, kGroupWait,
                    [this]() VIGIE_REQUIRES(mutex_) { return jobs_.size() >= kGroupArticles || !tasks_.empty(); });
  std::vector<Job> group;
  while (!jobs_.empty() && group.size() < kGroupArticlesMax) {
    group.push_back(std::move(jobs_.front()));
    jobs_.pop_front();
  }
  return group;
}

void Writer::commit(std::vector<Job> jobs) {
  std::vector<Written> group;
  group.reserve(jobs.size());
  for (auto& job : jobs) {
    archive::Edition edition;
    edition.article = std::move(job.article);
    edition.speech = std::move(job.speech);
    group.push_back(
        {std::move(edition), std::move(job.capture), std::move(job.settled), job.giver, archive::AddOutcome{}, {}});
  }
  if (auto const written = write_group(group); !written) {
    archive_.rollback();
    kinships_.forget();
    return settle_group(group, &written.error());
  }
  index_group(group);
  settle_group(group, nullptr);
}

// With the error of the whole group where there is one.
void Writer::settle_group(std::vector<Written>& group, Error const* error) {
  std::map<void const*, size_t> left;
  for (auto const& item : group) ++left[item.giver];
  for (auto& item : group) {
    bool const more = --left[item.giver] > 0;
    item.settled(error ? tl::unexpected<Error>(*error) : std::move(item.outcome), more);
  }
}

Status Writer::write_group(std::vector<Written>& group) {
  words_kept_ = 0;
  VIGIE_CHECK(archive_.begin());
  for (auto& item : group) VIGIE_CHECK(write(item));
  return archive_.commit();
}

// An article that the archive refuses by itself (invalid_input) is that article's error; anything else is the group's.
Status Writer::write(Written& item) {
  item.outcome = archive_.add(item.edition.article, item.edition.speech, item.capture);
  if (!item.outcome) {
    return item.outcome.error().code == Errc::invalid_input ? Status() : tl::unexpected<Error>(item.outcome.error());
  }
  auto const& outcome = *item.outcome;
  if (outcome.added != archive::Added::fresh && outcome.added != archive::Added::edition) return {};
  item.edition.row = outcome.row;
  analyse(item.edition.article, index_.analyzer(), item.words);
  VIGIE_CHECK(kinships_.place(item.edition, outcome.superseded, &item.words));
  words_kept_ += item.words.words();
  if (words_kept_ > kWordsKeptMax) item.words = {};
  return {};
}

void Writer::index_group(std::vector<Written>& group) {
  uint64_t newest = 0;
  for (auto const& item : group) {
    if (!item.outcome || item.edition.row == archive::Row{0}) continue;
    if (item.outcome->superseded) index_.erase(static_cast<uint64_t>(*item.outcome->superseded));
    index_.add(document_of(item.edition, item.words.fields() > 0 ? &item.words : nullptr));
    newest = static_cast<uint64_t>(item.edition.row);
  }
  if (newest == 0) return;
  // What cannot be read now (it was written a moment ago) is told again at the next start.
  [[maybe_unused]] auto const told = regroup(archive_, index_, last_change_);
  index_.publish();
  // The index is derived: when it cannot be sealed (a full disk), the rows are read again at the next start.
  if (index_.wants_seal() || newest - index_.covered_row() >= kUnsealedMost) [[maybe_unused]]
    auto const ignored = seal(archive_, index_, newest);
  note_row(newest);
}

void Writer::note_row(uint64_t row) {
  MutexLock lock(mutex_);
  if (row > newest_row_.load()) newest_row_.store(row);
  newer_.notify_all();
}

uint64_t Writer::wait_newer(uint64_t row, int timeout_ms, std::stop_token stop) {
  MutexLock lock(mutex_);
  newer_.wait_for(lock, stop, std::chrono::milliseconds(timeout_ms), [&] { return newest_row_.load() > row; });
  return newest_row_.load();
}

}  // namespace vigie::engine

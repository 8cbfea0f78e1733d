#include "cli/collecting.hpp"

#include <vector>

#include "article/article.hpp"
#include "base/mutex.hpp"
#include "base/utf8.hpp"
#include "cli/version.hpp"

namespace vigie::cli {
namespace {

// The running collector, for wake() from other commands' threads.
Mutex running_mutex;
collect::Collector* running VIGIE_GUARDED_BY(running_mutex) = nullptr;
bool claimed VIGIE_GUARDED_BY(running_mutex) = false;

collect::Kept::How how_of(engine::ItemStatus status) {
  switch (status) {
    case engine::ItemStatus::fresh:
      return collect::Kept::How::fresh;
    case engine::ItemStatus::unchanged:
      return collect::Kept::How::unchanged;
    case engine::ItemStatus::edition:
      return collect::Kept::How::edition;
    case engine::ItemStatus::error:
      break;
  }
  return collect::Kept::How::error;
}

uint64_t letters_of(engine::Store& store, collect::Kept const& kept) {
  using How = collect::Kept::How;
  if (kept.how != How::fresh && kept.how != How::edition) return 0;
  auto const article = store.article(kept.id);
  return article ? count_code_points(article::text(*article)) : 0;
}

}  // namespace

collect::CollectOptions collect_options(Options const& options) {
  collect::CollectOptions out;
  out.user_agent = std::string("Vigie/") + kVersion + " (self-hosted news watch; obeys robots.txt as \"vigie\")";
  out.limits.allow_private = options.allow_private;
  out.callback = options.callback;
  if (options.no_reread) out.rereading.ages_s.clear();
  if (options.delay_ms) {
    out.manners.delay_ms = *options.delay_ms;
    if (*options.delay_ms == 0) out.manners.per_host = 16;
  }
  return out;
}

collect::Keep keep_in(engine::Store& store) {
  return [&store](source::Reader& reader, std::function<void(collect::Kept const&)> const& each,
                  std::stop_token stop) -> Status {
    std::vector<collect::Kept> durable;
    auto const totals = store.ingest(
        reader,
        [&](engine::ItemOutcome const& outcome) {
          durable.push_back(
              {.position = outcome.position, .how = how_of(outcome.status), .id = outcome.id, .error = outcome.error});
        },
        {}, stop);
    for (auto& one : durable) {
      one.letters = letters_of(store, one);
      each(one);
    }
    if (!totals) return tl::unexpected<Error>(totals.error());
    return {};
  };
}

Result<std::unique_ptr<Collecting>> Collecting::begin(std::string const& data, engine::Store& store,
                                                      collect::CollectOptions const& options,
                                                      std::function<void(collect::CollectEvent const&)> on_event) {
  std::unique_ptr<Collecting> one(new Collecting());
  VIGIE_TRY(one->book_, collect::SourceBook::open(data));
  MutexLock lock(running_mutex);
  if (claimed) return fail(Errc::busy, "a collector runs already in the process that owns the data directory");
  VIGIE_TRY(one->collector_, collect::Collector::create(*one->book_, keep_in(store), options, std::move(on_event)));
  claimed = true;
  running = one->collector_.get();
  return one;
}

Collecting::~Collecting() {
  if (!collector_) return;
  MutexLock lock(running_mutex);
  running = nullptr;
  claimed = false;
}

Result<collect::CollectTotals> Collecting::run(collect::Collector::Until until, std::stop_token stop) {
  return collector_->run(until, stop);
}

std::jthread Collecting::run_beside(std::stop_token stop, std::function<void(Error const&)> on_error) {
  return std::jthread([this, stop, on_error = std::move(on_error)] {
    auto const totals = run(collect::Collector::Until::stopped, stop);
    if (!totals) on_error(totals.error());
  });
}

void Collecting::wake() {
  MutexLock lock(running_mutex);
  if (running != nullptr) running->wake();
}

}  // namespace vigie::cli

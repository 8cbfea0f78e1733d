#include "engine/ingest_session.hpp"

#include <algorithm>
#include <thread>

#include "base/time.hpp"

namespace vigie::engine {
namespace {

constexpr size_t kItemsUnderWayMax = 2048;
constexpr size_t kBytesUnderWayMax = 64u << 20;  // one larger item may pass, alone
constexpr auto kProgressEvery = std::chrono::milliseconds(100);

ItemStatus status_of(archive::Added added) {
  switch (added) {
    case archive::Added::fresh:
      return ItemStatus::fresh;
    case archive::Added::edition:
    case archive::Added::older:
      return ItemStatus::edition;
    case archive::Added::unchanged:
      return ItemStatus::unchanged;
  }
  return ItemStatus::error;
}

void count(IngestTotals& totals, ItemStatus status) {
  switch (status) {
    case ItemStatus::fresh:
      ++totals.fresh;
      break;
    case ItemStatus::unchanged:
      ++totals.unchanged;
      break;
    case ItemStatus::edition:
      ++totals.edition;
      break;
    case ItemStatus::error:
      ++totals.error;
      break;
  }
}

bool concerns_one_item(Errc code) {
  return code == Errc::invalid_input || code == Errc::unsupported || code == Errc::over_limit || code == Errc::corrupt;
}

}  // namespace

Result<IngestTotals> IngestSession::run(std::function<void(ItemOutcome const&)> const& each,
                                        std::function<void(source::Progress)> const& progress, std::stop_token stop) {
  std::jthread const reading([&] { read_items(stop); });
  std::vector<std::jthread> extracting;
  for (unsigned i = 0; i < std::max(1u, std::thread::hardware_concurrency()); ++i) {
    extracting.emplace_back([this] { extract_items(); });
  }
  IngestTotals totals;
  MutexLock lock(mutex_);
  while (!reading_ended_ || !slots_.empty()) {
    auto const outcomes = take_settled();
    auto const at = progress_;
    if (outcomes.empty()) settled_.wait_for(lock, kProgressEvery);
    lock.unlock();
    for (auto const& outcome : outcomes) {
      count(totals, outcome.status);
      each(outcome);
    }
    if (outcomes.empty() && progress) progress(at);
    lock.lock();
  }
  if (fatal_) return tl::unexpected<Error>(*fatal_);
  return totals;
}

// What is settled at the front, in input order.
std::vector<ItemOutcome> IngestSession::take_settled() {
  std::vector<ItemOutcome> outcomes;
  for (; !slots_.empty() && slots_.front().settled; slots_.pop_front()) {
    outcomes.push_back(std::move(slots_.front().outcome));
    bytes_under_way_ -= slots_.front().bytes;
    --to_extract_;
    --to_hand_over_;
  }
  if (!outcomes.empty()) room_.notify_one();
  return outcomes;
}

void IngestSession::read_items(std::stop_token stop) {
  MutexLock lock(mutex_);
  while (!stop.stop_requested() && !fatal_) {
    lock.unlock();
    auto item = reader_.next();
    auto const at = reader_.progress();
    lock.lock();
    progress_ = at;
    if (!item) break;
    size_t const bytes = item->capture ? item->capture->body.size() + item->capture->member.size() : 0;
    room_.wait(lock, [&]() VIGIE_REQUIRES(mutex_) {
      return slots_.empty() || (slots_.size() < kItemsUnderWayMax && bytes_under_way_ + bytes <= kBytesUnderWayMax);
    });
    bytes_under_way_ += bytes;
    auto& slot = slots_.emplace_back();
    slot.item = std::move(*item);
    slot.bytes = bytes;
    read_.notify_one();
  }
  reading_ended_ = true;
  read_.notify_all();
  settled_.notify_one();
}

void IngestSession::extract_items() {
  article::Extractor extractor;
  speech::Analyst analyst;
  MutexLock lock(mutex_);
  while (true) {
    read_.wait(lock, [&]() VIGIE_REQUIRES(mutex_) { return to_extract_ < slots_.size() || reading_ended_; });
    if (to_extract_ >= slots_.size()) return;
    Slot& slot = slots_[to_extract_++];
    lock.unlock();
    extract(slot, extractor, analyst);
    lock.lock();
    slot.extracted = true;
    hand_over_extracted();
  }
}

void IngestSession::extract(Slot& slot, article::Extractor& extractor, speech::Analyst& analyst) const {
  auto& [input, position, capture] = slot.item;
  slot.outcome.input = input;
  slot.outcome.position = position;
  auto const refuse = [&](Error const& error) {
    slot.outcome.status = ItemStatus::error;
    slot.outcome.error = error.message;
    slot.refused = true;
  };
  if (!capture) return refuse(capture.error());
  auto article = extractor.extract(*capture);
  if (!article) return refuse(article.error());
  // The capture itself stays undated: that is how the archive knows that ingesting it again later changes nothing.
  if (!article->seen) article->seen = utc_from_epoch(now_epoch_s());
  slot.outcome.id = article->id;
  slot.job.speech = analyst.analyse(*article);
  slot.job.article = std::move(*article);
  slot.job.capture = std::move(*capture);
}

// The writer gets articles in input order, whichever thread extracted them first.
void IngestSession::hand_over_extracted() {
  for (; to_hand_over_ < slots_.size() && slots_[to_hand_over_].extracted; ++to_hand_over_) {
    Slot& slot = slots_[to_hand_over_];
    if (slot.refused) {
      slot.settled = true;
      continue;
    }
    slot.job.giver = this;
    slot.job.settled = [this, &slot](Result<archive::AddOutcome> outcome, bool more) {
      settle(slot, std::move(outcome), more);
    };
    writer_.add(std::move(slot.job));
  }
  if (!slots_.empty() && slots_.front().settled) settled_.notify_one();
}

// The caller is woken once for all that were committed together.
void IngestSession::settle(Slot& slot, Result<archive::AddOutcome> outcome, bool more) {
  MutexLock lock(mutex_);
  if (outcome) {
    slot.outcome.status = status_of(outcome->added);
  } else {
    slot.outcome.status = ItemStatus::error;
    slot.outcome.error = outcome.error().message;
    if (!concerns_one_item(outcome.error().code)) fatal_ = outcome.error();
  }
  slot.settled = true;
  if (!more) settled_.notify_one();
}

}  // namespace vigie::engine

#include "serve/events.hpp"

#include <chrono>
#include <condition_variable>

#include "serve/json_writer.hpp"

namespace vigie::serve {
namespace {

constexpr int kWaitMs = 1000;  // how long a stop may take at worst

std::string wire_form(uint64_t id, std::string_view name, std::string_view data) {
  return "id: " + std::to_string(id) + "\nevent: " + std::string(name) + "\ndata: " + std::string(data) + "\n\n";
}

std::string key_of(article::Article const& article) {
  return article.id + '\n' + article.title;  // an edition with a new headline is news
}

void write_item(JsonWriter& json, article::Article const& article) {
  json.begin_object();
  json.key("id").string(article.id);
  json.key("title").text_or_null(article.title);
  json.key("source").text_or_null(article.source);
  json.key("language").text_or_null(article.language);
  json.key("published").time_or_null(article.published);
  json.end_object();
}

}  // namespace

Events::Events(engine::Store const& store)
    : store_(store), first_(static_cast<uint64_t>(now_epoch_s()) * 1000), last_(first_) {}

Events::~Events() { stop(); }

void Events::start() {
  if (auto const newest = store_.latest(kWatched)) {
    for (auto const& article : *newest) known_.insert(key_of(article));
  }
  thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
}

void Events::stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

uint64_t Events::last() const {
  MutexLock lock(mutex_);
  return last_;
}

void Events::run(std::stop_token stop) {
  uint64_t row = 0;
  Mutex pause;
  Condition wake;
  while (!stop.stop_requested()) {
    auto const newest = store_.wait_newer(row, kWaitMs, stop);
    if (newest > row) look();
    row = std::max(row, newest);
    MutexLock lock(pause);
    wake.wait_for(lock, stop, std::chrono::milliseconds(kPauseMs), [] { return false; });
  }
}

void Events::look() {
  auto const newest = store_.latest(kWatched);
  if (!newest) return;
  JsonWriter json;
  bool any = false;
  std::unordered_set<std::string> now;
  json.begin_object().key("articles").begin_array();
  for (auto const& article : *newest) {
    auto key = key_of(article);
    if (!known_.contains(key)) {
      write_item(json, article);
      any = true;
    }
    now.insert(std::move(key));
  }
  json.end_array().end_object();
  known_ = std::move(now);
  if (any) publish(std::move(json).take());
}

void Events::publish(std::string data) {
  std::shared_ptr<std::string const> wire;
  std::vector<Listener> told;  // called outside the lock: a listener may be the last owner of one that unsubscribes
  {
    MutexLock lock(mutex_);
    ++last_;
    wire = std::make_shared<std::string const>(wire_form(last_, "news", data));
    kept_.push_back({last_, wire});
    if (kept_.size() > kKept) kept_.pop_front();
    for (auto const& [number, listener] : listeners_) told.push_back(listener);
  }
  for (auto const& listener : told) listener(wire);
}

uint64_t Events::subscribe(uint64_t after, Listener listener, std::string& missed) {
  MutexLock lock(mutex_);
  auto const oldest = kept_.empty() ? last_ + 1 : kept_.front().id;
  if (after < first_ || after > last_ || after + 1 < oldest) {
    missed = after == 0 ? std::string() : wire_form(last_, "reset", "{}");
  } else {
    for (auto const& event : kept_) {
      if (event.id > after) missed += *event.wire;
    }
  }
  listeners_.emplace(next_listener_, std::move(listener));
  return next_listener_++;
}

void Events::unsubscribe(uint64_t listener) {
  MutexLock lock(mutex_);
  listeners_.erase(listener);
}

}  // namespace vigie::serve

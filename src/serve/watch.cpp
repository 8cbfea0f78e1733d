#include "serve/watch.hpp"

#include <algorithm>
#include <charconv>

#include "base/time.hpp"
#include "serve/turn.hpp"
#include "source/warc_record.hpp"

namespace vigie::serve {
namespace {

constexpr int64_t kBellEveryS = 5;

tl::unexpected<Error> too_many() {
  return fail(Errc::busy, "other addresses are being looked at; try again in a moment");
}

}  // namespace

std::optional<SourceChange> parse_source_change(std::string_view text) {
  if (text == "check") return SourceChange::check;
  if (text == "pause") return SourceChange::pause;
  if (text == "resume") return SourceChange::resume;
  if (text == "remove") return SourceChange::remove;
  return std::nullopt;
}

std::optional<int64_t> parse_source_id(std::string_view text) {
  int64_t number = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number <= 0) return std::nullopt;
  return number;
}

Watch::Watch(std::unique_ptr<collect::SourceBook> book, collect::CollectOptions options, std::function<void()> wake)
    : book_(std::move(book)), options_(std::move(options)), wake_(std::move(wake)) {
  options_.errand_ms = kPatienceMs;
}

void Watch::wake() const {
  if (wake_) wake_();
}

Result<collect::Source> Watch::add(collect::NewSource const& wanted) {
  auto source = book_->add(wanted);
  wake();
  return source;
}

Status Watch::change(int64_t id, SourceChange change) {
  Status done;
  switch (change) {
    case SourceChange::check:
      done = book_->make_due(id, now_epoch_s());
      break;
    case SourceChange::pause:
    case SourceChange::resume:
      done = book_->set_paused(id, change == SourceChange::pause, now_epoch_s());
      break;
    case SourceChange::remove:
      done = book_->remove(id);
      break;
  }
  wake();
  return done;
}

Result<collect::Findings> Watch::find(std::string const& url) {
  Turn const turn(under_way_, kAtOnce);
  if (!turn.granted()) return too_many();
  return collect::find_sources(url, options_, stop_.get_token());
}

bool Watch::confirm(std::string_view mode, std::string const& token, std::string_view topic, int64_t lease_s) {
  auto const known = book_->subscription_at(token);
  if (!known || !*known || (*known)->topic != topic) return false;
  auto one = **known;
  if (mode == "subscribe") {
    one.confirmed_s = now_epoch_s();
    one.until_s = one.confirmed_s + std::clamp<int64_t>(lease_s, 0, collect::kLeaseMaxS);
  } else if (mode == "denied") {
    one.until_s = 0;
  } else {
    return false;  // nothing is ever unsubscribed from: what is not wanted any more is not known any more
  }
  return book_->set_subscription(one).has_value();
}

bool Watch::knows_bell(std::string const& token) const {
  auto const known = book_->subscription_at(token);
  return known && *known && (*known)->confirmed_s > 0;
}

bool Watch::ring(std::string const& token) {
  auto const known = book_->subscription_at(token);
  if (!known || !*known || (*known)->confirmed_s == 0) return false;
  auto const source = book_->get((*known)->source);
  if (!source) return false;
  bool const just_asked = source->last_try_s > now_epoch_s() - kBellEveryS;
  if (!just_asked && book_->make_due(source->id, now_epoch_s())) wake();
  return true;
}

Result<std::vector<source::Capture>> Watch::fetch(std::string const& url) {
  Turn const turn(under_way_, kAtOnce);
  if (!turn.granted()) return too_many();
  VIGIE_TRY(auto capture, collect::fetch_page(url, options_, stop_.get_token()));
  return source::captures_of_payload(std::move(capture), url);
}

}  // namespace vigie::serve

#include "collect/collector.hpp"

#include <algorithm>
#include <atomic>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "article/address.hpp"
#include "base/time.hpp"
#include "collect/feed_text.hpp"
#include "collect/poll.hpp"

namespace vigie::collect {
namespace {

constexpr size_t kUnderWayMax = 2000;   // visits asked of the Visitor at once; most wait there for their host's turn
constexpr size_t kSetOutMax = 256;      // of those, sent out at one look
constexpr size_t kRereadsOfSource = 4;  // of one source, under way at once
constexpr size_t kBatchItems = 128;
constexpr size_t kBatchBytes = size_t{16} << 20;
constexpr auto kBatchAge = std::chrono::milliseconds(500);
constexpr auto kLookEvery = std::chrono::milliseconds(50);
constexpr auto kLookInVain = std::chrono::seconds(1);  // where all that is due was under way already
constexpr auto kRereadsEvery = std::chrono::seconds(1);
constexpr uint32_t kAstrayAfter = 3;  // failures, before the address a person chose is asked again
constexpr int kStepMs = 50;
constexpr int64_t kLongestSleepS = 60;
constexpr int64_t kEntryMemoryS = 400 * 86'400;  // how long an entry is remembered

constexpr char kFeedAccept[] =
    "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5";

// An entry in flight: a source and a key.
struct Flight {
  int64_t source, key;
  bool operator==(Flight const&) const = default;
};
struct FlightHash {
  size_t operator()(Flight const& f) const {
    return static_cast<size_t>(f.key ^ (f.source * int64_t{0x9E3779B97F4A7C15u >> 1}));
  }
};

// A capture on its way to Keep, with the entry it settles.
struct Carried {
  Entry entry;
  bool whole_page = false;
  bool settles = true;      // else the page is tried again later
  bool carried_on = false;  // its entry is in the next batch
  int64_t captured_s = 0;
  std::optional<Reread> page{};  // of a whole page: what to know when it is read again
  bool again = false;            // it is
  std::string problem{};         // why the page is not what is kept
  source::Capture capture{};
};

class CollectorImpl final : public Collector {
 public:
  CollectorImpl(SourceBook& book, Keep keep, CollectOptions options, std::unique_ptr<Fetcher> fetcher,
                std::function<void(CollectEvent const&)> on_event)
      : book_(book),
        keep_(std::move(keep)),
        options_(std::move(options)),
        on_event_(std::move(on_event)),
        visitor_(std::move(fetcher), options_.manners, &book) {}

  void wake() override {
    woken_ = true;
    visitor_.wake();
  }

  Result<CollectTotals> run(Until until, std::stop_token stop) override {
    totals_ = {};
    stop_ = stop;
    std::stop_callback const on_stop(stop, [this] { visitor_.wake(); });
    VIGIE_CHECK(book_.forget_old(now_epoch_s() - kEntryMemoryS, now_epoch_s()));
    while (!stop.stop_requested() && !fatal_) {
      VIGIE_CHECK(set_out());
      bool const busy = visitor_.waiting() > 0 || !batch_.empty();
      if (!busy && until == Until::idle) break;
      visitor_.step(busy ? kStepMs : sleep_ms());
      if (visitor_.waiting() == 0 || batch_is_full()) VIGIE_CHECK(deliver());
    }
    if (fatal_) return tl::unexpected<Error>(*fatal_);
    VIGIE_CHECK(deliver());
    return totals_;
  }

 private:
  using Clock = std::chrono::steady_clock;

  // Sends visitors to what is due, as many as may be on the way.
  Status set_out() {
    // A look reads what is under way too, so it is not worth its price for the sake of a few free places.
    bool const full = visitor_.waiting() > kUnderWayMax - kSetOutMax;
    if (full || (visitor_.waiting() > 0 && Clock::now() < look_again_)) return {};
    size_t const before = visitor_.waiting();
    VIGIE_CHECK(set_out_all(now_epoch_s()));
    look_again_ = Clock::now() + (visitor_.waiting() > before ? Clock::duration(kLookEvery) : kLookInVain);
    return {};
  }

  // Entries first: what is new is worth more than what may be.
  Status set_out_all(int64_t now) {
    VIGIE_TRY(auto entries, book_.pending(now, kSetOutMax + flights_.size()));
    for (auto& entry : entries) {
      if (visitor_.waiting() >= kUnderWayMax) return {};
      if (flights_.insert({entry.source, entry.key}).second) visit_entry(std::move(entry));
    }
    VIGIE_TRY(auto sources, book_.due(now, kSetOutMax + polling_.size()));
    for (auto& source : sources) {
      if (visitor_.waiting() >= kUnderWayMax) return {};
      if (polling_.insert(source.id).second) poll(std::move(source));
    }
    return set_out_again(now);
  }

  // What was read before comes last, and not at every look.
  Status set_out_again(int64_t now) {
    if (options_.rereading.ages_s.empty()) return {};
    if (visitor_.waiting() > 0 && Clock::now() < reread_look_) return {};
    reread_look_ = Clock::now() + kRereadsEvery;
    VIGIE_TRY(auto rereads, book_.rereads(now, kRereadsOfSource));
    for (auto& reread : rereads) {
      if (visitor_.waiting() >= kUnderWayMax) return {};
      if (flights_.insert({reread.source, reread.key}).second) read_again(std::move(reread));
    }
    return {};
  }

  int sleep_ms() {
    if (woken_.exchange(false)) return 0;
    auto const next = book_.next_due();
    int64_t const wait =
        next && *next ? std::clamp<int64_t>(**next - now_epoch_s(), 1, kLongestSleepS) : kLongestSleepS;
    return static_cast<int>(wait * 1000);
  }

  // --- polls ---

  void poll(Source source) {
    VisitRequest request{.url = source.asked_at(), .etag = source.etag, .last_modified = source.last_modified};
    if (source.kind != SourceKind::page) request.accept = kFeedAccept;
    visitor_.visit(std::move(request), [this, source](VisitAnswer answer) {
      polling_.erase(source.id);
      take_poll(source, std::move(answer));
    });
  }

  void take_poll(Source source, VisitAnswer visit) {
    int64_t const now = now_epoch_s();
    ++totals_.polls;
    source.last_try_s = now;
    Reading reading;
    if (visit.kind == VisitAnswer::Kind::page) {
      reading = read_source(source.kind, source.id, visit.answer, visit.url, now);
    } else if (visit.kind == VisitAnswer::Kind::unchanged) {
      reading.understood = true;
      ++totals_.unchanged_polls;
    } else {
      reading.problem = visit.problem;
    }
    // Only to where a feed was found: sites in trouble send everybody to their home page, "for good".
    if (!visit.permanent_url.empty() && reading.understood) source.address = visit.permanent_url;
    if (!reading.title.empty() && source.title.empty()) source.title = reading.title;
    if (!reading.site.empty() && source.site.empty()) source.site = reading.site;
    if (visit.kind == VisitAnswer::Kind::page && reading.understood) {
      source.etag = visit.answer.etag;
      source.last_modified = visit.answer.last_modified;
    }
    if (reading.understood) subscribe(source.id, reading, now);
    reading.understood ? succeed(source, reading, visit, now) : give_way(source, reading, visit, now);
    for (auto const& child : reading.sitemaps) poll_child(source, child);
  }

  void succeed(Source source, Reading& reading, VisitAnswer const& visit, int64_t now) {
    bool const unchanged = visit.kind == VisitAnswer::Kind::unchanged;
    bool const first = source.last_success_s == 0;
    source.failures = 0;
    if (!unchanged) source.problem = reading.problem;
    source.last_success_s = now;
    write(source, reading, reading.baseline && first, now, [&](Source& s, uint32_t fresh) {
      auto const published = unchanged ? std::vector<int64_t>() : std::move(reading.published);
      s.interval_s = next_interval(published, now, s.interval_s, fresh, options_.pace);
      s.next_try_s = now + std::max(jitter(s.interval_s, s.id, now), visit.retry_after_s);
    });
  }

  // Asks the feed's hub to tell of news, where it names one, and again before what it agreed to ends.
  void subscribe(int64_t id, Reading const& reading, int64_t now) {
    if (options_.callback.empty()) return;
    auto const known = book_.subscription(id);
    if (!known) return fail_with(known.error());
    HubSubscription one = known->value_or(HubSubscription{.source = id, .token = new_token()});
    if (!reading.hub.empty() && (reading.hub != one.hub || reading.topic != one.topic)) {
      one.hub = reading.hub;
      one.topic = reading.topic;
      one.asked_s = one.until_s = 0;
    }
    if (one.hub.empty() || one.token.empty() || !is_due(one, now)) return;
    one.asked_s = now;
    if (auto const kept = book_.set_subscription(one); !kept) return fail_with(kept.error());
    visitor_.send(one.hub, subscription_form(one, options_.callback), [this, one](FetchAnswer answer) {
      bool const taken = answer.failure == FetchFailure::none && answer.status / 100 == 2;
      std::string const why =
          answer.failure == FetchFailure::none ? "status " + std::to_string(answer.status) : answer.problem;
      if (!taken && on_event_) on_event_({one.source, one.hub, "the hub takes no subscription: " + why, 0});
    });
  }

  void give_way(Source source, Reading const& reading, VisitAnswer const& visit, int64_t now) {
    ++totals_.failed_polls;
    ++source.failures;
    source.problem = reading.problem;
    if (source.failures % kAstrayAfter == 0 && !source.address.empty()) {  // what moved may have moved back, or on
      source.address.clear();
      source.etag.clear();
      source.last_modified.clear();
    }
    int64_t const interval = std::max(source.interval_s, options_.pace.shortest_s);
    source.next_try_s =
        now + jitter(backoff(interval, source.failures, visit.retry_after_s, visit.wall == Wall::gone), source.id, now);
    write(source, {}, false, now);
  }

  void write(Source const& source, Reading const& reading, bool baseline, int64_t now,
             std::function<void(Source&, uint32_t)> const& schedule = {}) {
    std::span<Entry const> entries = reading.entries;
    if (!baseline) entries = entries.first(std::min<size_t>(entries.size(), options_.entries_a_poll));
    auto const fresh = book_.polled(source, entries, baseline, now, schedule);
    if (!fresh) return fail_with(fresh.error());
    if (*fresh > 0) look_again_ = std::min(look_again_, Clock::now() + kLookEvery);
    if (on_event_) on_event_({source.id, source.asked_at(), source.problem, *fresh});
  }

  // A sitemap of an index: its entries are the source's own.
  void poll_child(Source const& source, std::string const& url) {
    visitor_.visit({.url = url, .accept = kFeedAccept}, [this, id = source.id, url](VisitAnswer visit) {
      int64_t const now = now_epoch_s();
      auto source = book_.get(id);
      if (!source) return;  // removed meanwhile
      Reading reading;
      if (visit.kind == VisitAnswer::Kind::page)
        reading = read_source(SourceKind::sitemap, id, visit.answer, visit.url, now);
      if (visit.kind != VisitAnswer::Kind::page) reading.problem = visit.problem;
      if (!reading.problem.empty()) source->problem = url + ": " + reading.problem;
      write(*source, reading, reading.baseline && source->fresh == 0, now);
    });
  }

  // --- entries ---

  void visit_entry(Entry entry) {
    if (entry.url.empty()) return carry_feed_text(std::move(entry), "", true);
    VisitRequest request{.url = entry.url};
    visitor_.visit(std::move(request), [this, entry = std::move(entry)](VisitAnswer visit) mutable {
      take_entry(std::move(entry), std::move(visit));
    });
  }

  void take_entry(Entry entry, VisitAnswer visit) {
    if (visit.kind == VisitAnswer::Kind::page) {
      Carried carried{.entry = std::move(entry), .whole_page = true, .captured_s = now_epoch_s()};
      auto const& known = carried.entry;
      bool const dated = known.published_s > 0 && known.published_s <= carried.captured_s;
      carried.page = {.source = known.source,
                      .key = known.key,
                      .url = visit.url,
                      .since_s = dated ? known.published_s : carried.captured_s};
      return carry_page(std::move(carried), std::move(visit));
    }
    // What may pass is tried again: the feed's own text stands in until then.
    bool const passing =
        visit.kind == VisitAnswer::Kind::failed || visit.wall == Wall::unavailable || visit.wall == Wall::too_many;
    bool const again = passing && ++entry.attempts < options_.page_attempts;
    std::string const problem = entry.url + ": " + visit.problem;
    if (again) {
      int64_t const wait = options_.retry_s << std::min(entry.attempts - 1, 10u);
      entry.next_try_s = now_epoch_s() + std::max(wait, visit.retry_after_s);
    }
    if (!entry.feed_entry.empty()) return carry_feed_text(std::move(entry), problem, !again);
    again ? put_off(entry, problem) : refuse(std::move(entry), problem);
  }

  void carry_page(Carried carried, VisitAnswer visit) {
    carried.page->etag = visit.answer.etag;
    carried.page->last_modified = visit.answer.last_modified;
    carried.capture.url = visit.url;
    carried.capture.content_type = visit.answer.content_type;
    carried.capture.body = std::move(visit.answer.body);
    carried.capture.http_head = std::move(visit.answer.head);
    carried.capture.seen = utc_from_epoch(carried.captured_s);
    carry(std::move(carried));
  }

  void carry_feed_text(Entry entry, std::string problem, bool settles) {
    Carried carried{.entry = std::move(entry), .settles = settles, .captured_s = now_epoch_s()};
    carried.problem = std::move(problem);
    carried.capture.media = source::Media::feed_entry;
    carried.capture.url = carried.entry.url;
    carried.capture.content_type = carried.entry.content_type;
    carried.capture.body = carried.entry.feed_entry;
    carried.capture.seen = utc_from_epoch(carried.captured_s);
    carry(std::move(carried));
  }

  // --- pages read again ---

  void read_again(Reread reread) {
    VisitRequest request{
        .url = reread.url, .etag = reread.etag, .last_modified = reread.last_modified, .patient = true};
    visitor_.visit(std::move(request), [this, reread = std::move(reread)](VisitAnswer visit) mutable {
      take_again(std::move(reread), std::move(visit));
    });
  }

  void take_again(Reread reread, VisitAnswer visit) {
    ++reread.rereads;
    bool const page = visit.kind == VisitAnswer::Kind::page;
    // Many sites send who asks for an article they took down to their home page.
    bool const sent_home = page && article::is_home(visit.url) && !article::is_home(reread.url);
    if (page && !sent_home) {
      Carried carried{.entry = {.source = reread.source, .key = reread.key, .url = reread.url},
                      .whole_page = true,
                      .captured_s = now_epoch_s(),
                      .again = true};
      carried.page = std::move(reread);
      return carry_page(std::move(carried), std::move(visit));
    }
    Looked looked{.reread = std::move(reread)};
    looked.withdrawn = sent_home || visit.wall == Wall::gone || visit.wall == Wall::absent;
    if (!looked.withdrawn && !visit.problem.empty()) looked.problem = looked.reread.url + ": " + visit.problem;
    plan(looked, now_epoch_s(), visit.retry_after_s);
    flights_.erase({looked.reread.source, looked.reread.key});
    if (auto const done = book_.looked({&looked, 1}); !done) fail_with(done.error());
  }

  void plan(Looked& looked, int64_t now, int64_t pause_s) {
    auto& reread = looked.reread;
    auto const next =
        next_reading(reread.since_s, now, reread.rereads, looked.edition || looked.fresh, options_.rereading);
    looked.over = looked.withdrawn || !next;
    if (next) reread.due_s = std::max(*next, now + pause_s);
    ++totals_.rereads;
    totals_.withdrawn += looked.withdrawn;
  }

  void put_off(Entry const& entry, std::string const& problem) {
    flights_.erase({entry.source, entry.key});
    if (auto const done = book_.postpone(entry, problem); !done) fail_with(done.error());
  }

  void refuse(Entry entry, std::string problem) {
    flights_.erase({entry.source, entry.key});
    ++totals_.refused;
    SourceBook::Settled const settled{
        .entry = std::move(entry), .end = SourceBook::End::refused, .problem = std::move(problem)};
    if (auto const done = book_.settle({&settled, 1}, now_epoch_s()); !done) fail_with(done.error());
  }

  // --- delivery ---

  void carry(Carried carried) {
    if (batch_.empty()) batch_since_ = Clock::now();
    batch_bytes_ += carried.capture.body.size();
    batch_.push_back(std::move(carried));
  }

  bool batch_is_full() const {
    return !batch_.empty() &&
           (batch_.size() >= kBatchItems || batch_bytes_ >= kBatchBytes || Clock::now() - batch_since_ >= kBatchAge);
  }

  Status deliver() {
    auto batch = std::exchange(batch_, {});
    batch_bytes_ = 0;
    if (batch.empty()) return {};
    std::vector<source::Item> items;
    for (auto& carried : batch) {
      items.push_back({.input = carried.entry.url, .position = 0, .capture = std::move(carried.capture)});
    }
    CaptureReader reader(std::move(items));
    std::vector<SourceBook::Settled> settled;
    std::vector<Looked> looked;
    auto const judged = [&](Kept const& one) {
      auto& carried = batch[one.position];
      carried.again ? judge_again(carried, one, looked) : judge(carried, one, settled);
    };
    auto const kept = keep_(reader, judged, stop_);
    VIGIE_CHECK(book_.settle(settled, now_epoch_s()));
    VIGIE_CHECK(book_.looked(looked));
    for (auto const& carried : batch) {
      if (!carried.carried_on) flights_.erase({carried.entry.source, carried.entry.key});
    }
    return kept;
  }

  void judge(Carried& carried, Kept const& kept, std::vector<SourceBook::Settled>& settled) {
    using End = SourceBook::End;
    if (kept.how == Kept::How::error) {
      // The page says nothing: the feed's own words do.
      if (carried.whole_page && !carried.entry.feed_entry.empty()) {
        carried.carried_on = true;
        carry_feed_text(carried.entry, carried.entry.url + ": " + kept.error, true);
        return;
      }
      if (!carried.settles) return put_aside(carried);
      ++totals_.refused;
      settled.push_back({carried.entry, End::refused, false, 0, carried.entry.url + ": " + kept.error});
      return;
    }
    End const end = kept.how == Kept::How::fresh     ? End::fresh
                    : kept.how == Kept::How::edition ? End::edition
                                                     : End::unchanged;
    count(kept);
    totals_.from_feed += !carried.whole_page && end != End::unchanged;
    if (!carried.settles) return put_aside(carried);
    bool const compares = carried.whole_page && kept.letters > 0 && !carried.entry.feed_entry.empty();
    uint64_t const in_feed = compares ? feed_letters(carried.entry.feed_entry) : 0;
    settled.push_back(
        {carried.entry, end, carried.whole_page, carried.captured_s, carried.problem, in_feed, kept.letters, {}});
    if (carried.whole_page) settled.back().again = reread_of(carried, end == End::edition);
  }

  std::optional<Reread> reread_of(Carried const& carried, bool changed) const {
    Reread reread = *carried.page;
    auto const next = next_reading(reread.since_s, carried.captured_s, 0, changed, options_.rereading);
    if (!next) return std::nullopt;
    reread.due_s = *next;
    return reread;
  }

  void judge_again(Carried const& carried, Kept const& kept, std::vector<Looked>& all) {
    Looked looked{.reread = *carried.page};
    looked.fresh = kept.how == Kept::How::fresh;  // it has another address of its own now
    looked.edition = kept.how == Kept::How::edition;
    if (kept.how == Kept::How::error) looked.problem = looked.reread.url + ": " + kept.error;
    count(kept);
    plan(looked, carried.captured_s, 0);
    all.push_back(std::move(looked));
  }

  void count(Kept const& kept) {
    totals_.fresh += kept.how == Kept::How::fresh;
    totals_.editions += kept.how == Kept::How::edition;
    totals_.unchanged += kept.how == Kept::How::unchanged;
  }

  void put_aside(Carried const& carried) {
    if (auto const done = book_.postpone(carried.entry, carried.problem); !done) fail_with(done.error());
  }

  void fail_with(Error const& error) {
    if (!fatal_) fatal_ = error;
  }

  SourceBook& book_;
  Keep keep_;
  CollectOptions options_;
  std::function<void(CollectEvent const&)> on_event_;
  Visitor visitor_;
  std::stop_token stop_;
  std::atomic<bool> woken_ = false;

  std::unordered_set<int64_t> polling_;
  std::unordered_set<Flight, FlightHash> flights_;
  std::vector<Carried> batch_;
  size_t batch_bytes_ = 0;
  Clock::time_point batch_since_{}, look_again_{}, reread_look_{};
  std::optional<Error> fatal_;  // what run() ends with
  CollectTotals totals_;
};

}  // namespace

Result<std::unique_ptr<Collector>> Collector::create(SourceBook& book, Keep keep, CollectOptions options,
                                                     std::function<void(CollectEvent const&)> on_event) {
  VIGIE_TRY(auto fetcher, Fetcher::create(options.limits, options.user_agent));
  return std::make_unique<CollectorImpl>(book, std::move(keep), std::move(options), std::move(fetcher),
                                         std::move(on_event));
}

}  // namespace vigie::collect

#include "collect/visitor.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "article/address.hpp"
#include "source/ascii.hpp"
#include "source/feed.hpp"
#include "source/url.hpp"

namespace vigie::collect {
namespace {

using std::string_view;
using namespace std::chrono_literals;

constexpr size_t kHostsMax = 20'000;
constexpr uint32_t kRobotsRedirects = 5;  // RFC 9309, 2.3.1.2
constexpr int64_t kRetryAfterMax = 7 * 86'400;

// "https://host:port": what one robots.txt and one pause are for.
std::string host_key(string_view url) {
  auto const address = article::split_address(url);
  if (!address) return {};
  std::string key = source::to_lower(address->scheme) + "://" + source::to_lower(address->host);
  if (!address->port.empty()) key.append(":").append(address->port);
  return key;
}

std::string path_of(string_view url) {
  auto const address = article::split_address(url);
  if (!address) return "/";
  std::string path(address->path.empty() ? "/" : address->path);
  if (!address->query.empty()) path.append(address->query.starts_with('?') ? "" : "?").append(address->query);
  return path;
}

std::string without_fragment(string_view url) { return std::string(url.substr(0, url.find('#'))); }

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}
bool is_permanent(int status) { return status == 301 || status == 308; }

}  // namespace

int64_t parse_retry_after(string_view value, int64_t now_epoch_s) {
  value = source::trim(value);
  int64_t seconds = 0;
  auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (error != std::errc{} || end != value.data() + value.size()) {
    auto const date = source::parse_feed_date(value);
    seconds = date ? date->epoch_s() - now_epoch_s : 0;
  }
  return std::clamp<int64_t>(seconds, 0, kRetryAfterMax);
}

Visitor::Visitor(std::unique_ptr<Fetcher> fetcher, Manners manners, RobotsMemory* memory)
    : fetcher_(std::move(fetcher)), manners_(manners), memory_(memory) {}

void Visitor::visit(VisitRequest request, Done done) {
  ++jobs_;
  auto job = std::make_unique<Job>();
  job->url = without_fragment(request.url);
  job->request = std::move(request);
  job->done = std::move(done);
  enqueue(std::move(job));
}

void Visitor::send(std::string const& url, std::string form, std::function<void(FetchAnswer)> done) {
  ++jobs_;
  fetcher_->start({.url = url, .form = std::move(form), .body_bytes = 64u << 10, .cut_body = true},
                  [this, done = std::move(done)](FetchAnswer answer) {
                    --jobs_;
                    done(std::move(answer));
                  });
}

void Visitor::enqueue(std::unique_ptr<Job> job) {
  std::string const key = host_key(job->url);
  if (key.empty()) {
    VisitAnswer answer;
    answer.problem = job->url + " is no web address";
    return finish(std::move(job), std::move(answer));
  }
  if (hosts_.size() > kHostsMax) forget_hosts();
  auto& host = hosts_[key];
  (job->request.patient ? host.patient : host.queue).push_back(std::move(job));
  ready_.push_back(key);
}

// Hosts that are idle and whose robots.txt is no longer believed; all idle ones where that is not enough.
void Visitor::forget_hosts() {
  auto const now = Clock::now();
  auto const idle = [](Host const& h) { return h.is_empty() && h.active == 0 && !h.asking_robots; };
  std::erase_if(hosts_, [&](auto const& h) { return idle(h.second) && h.second.robots_until < now; });
  if (hosts_.size() > kHostsMax) std::erase_if(hosts_, [&](auto const& h) { return idle(h.second); });
}

bool Visitor::step(int timeout_ms) {
  auto const soonest = [](auto const& a, auto const& b) { return a.first > b.first; };
  auto now = Clock::now();
  while (!later_.empty() && later_.front().first <= now) {
    ready_.push_back(later_.front().second);
    std::ranges::pop_heap(later_, soonest);
    later_.pop_back();
  }
  for (auto const& key : std::exchange(ready_, {})) {
    auto const found = hosts_.find(key);
    if (found == hosts_.end()) continue;
    auto const again = attend(key, found->second);
    if (again == Clock::time_point::max() || again == found->second.look_at) continue;
    found->second.look_at = again;
    later_.emplace_back(again, key);
    std::ranges::push_heap(later_, soonest);
  }
  if (!finished_.empty()) timeout_ms = 0;
  if (!later_.empty()) {
    auto const wait = std::chrono::ceil<std::chrono::milliseconds>(later_.front().first - Clock::now()).count();
    timeout_ms = static_cast<int>(std::clamp<int64_t>(wait, 0, timeout_ms));
  }
  fetcher_->run(timeout_ms);
  for (auto& [job, answer] : std::exchange(finished_, {})) {
    --jobs_;
    job->done(std::move(answer));
  }
  return jobs_ > 0 || fetcher_->under_way() > 0;
}

Robots const* Visitor::robots_of(std::string const& url) const {
  auto const found = hosts_.find(host_key(url));
  return found == hosts_.end() ? nullptr : found->second.robots.get();
}

Visitor::Clock::time_point Visitor::attend(std::string const& key, Host& host) {
  auto const never = Clock::time_point::max();
  if (host.is_empty() || host.asking_robots) return never;
  auto const now = Clock::now();
  if (manners_.obey_robots && !host.robots && memory_ != nullptr) {
    if (auto const known = memory_->robots(key, now_epoch_s())) believe(host, *known);
  }
  if (manners_.obey_robots && (!host.robots || host.robots_until <= now)) {
    host.asking_robots = true;
    ask_robots(key, key + "/robots.txt", 0);
    return never;
  }
  uint32_t const delay = std::max(manners_.delay_ms, host.robots ? host.robots->delay_ms() : 0);
  while (!host.is_empty() && host.active < manners_.per_host) {
    if (host.next_at > now) return host.next_at;
    auto job = host.take();
    if (manners_.obey_robots && !host.robots->allows(path_of(job->url))) {
      VisitAnswer answer;
      // Forbidden by what could not be read is a failure: it may pass.
      answer.kind = host.robots_problem.empty() ? VisitAnswer::Kind::forbidden : VisitAnswer::Kind::failed;
      answer.url = job->url;
      answer.problem = host.robots_problem.empty() ? "the site's robots.txt forbids it" : host.robots_problem;
      finish(std::move(job), std::move(answer));
      continue;
    }
    ++host.active;
    host.next_at = now + std::chrono::milliseconds(delay);
    start(key, std::move(job));
  }
  return never;  // what finishes attends again
}

void Visitor::ask_robots(std::string const& key, std::string const& url, uint32_t hops) {
  fetcher_->start({.url = url, .accept = "text/plain,*/*;q=0.5", .body_bytes = kRobotsBytesMax, .cut_body = true},
                  [this, key, url, hops](FetchAnswer answer) {
                    if (is_redirect(answer.status) && hops < kRobotsRedirects && !answer.location.empty()) {
                      auto const next = without_fragment(source::resolve_url(url, answer.location));
                      if (!host_key(next).empty()) return ask_robots(key, next, hops + 1);
                    }
                    take_robots(key, std::move(answer));
                  });
}

// RFC 9309, 2.3.1: what cannot be had because it is not there allows all; because of the server, nothing.
void Visitor::take_robots(std::string const& key, FetchAnswer answer) {
  using Says = RobotsRecord::Says;
  auto& host = hosts_[key];
  host.asking_robots = false;
  bool const had = answer.failure == FetchFailure::none;
  RobotsRecord record{.until_s = now_epoch_s() + int64_t{manners_.robots_hours} * 3600};
  if (had && answer.status >= 200 && answer.status < 300) {
    record.says = Says::rules;
    record.text = std::move(answer.body);
  } else if (!had || answer.status >= 500) {
    record.says = Says::forbid;
    record.until_s = now_epoch_s() + manners_.robots_retry_s;
    record.text = "its robots.txt cannot be had: " +
                  (had ? "status " + std::to_string(answer.status) : std::move(answer.problem));
  }
  believe(host, record);
  if (memory_ != nullptr) memory_->keep_robots(key, record);
  ready_.push_back(key);
}

void Visitor::believe(Host& host, RobotsRecord const& record) {
  using Says = RobotsRecord::Says;
  host.robots_until = Clock::now() + std::chrono::seconds(record.until_s - now_epoch_s());
  host.robots_problem = record.says == Says::forbid ? record.text : std::string();
  host.robots = std::make_unique<Robots>(record.says == Says::rules   ? Robots::parse(record.text)
                                         : record.says == Says::allow ? Robots::allow_all()
                                                                      : Robots::forbid_all());
}

void Visitor::start(std::string const& key, std::unique_ptr<Job> job) {
  FetchRequest request{.url = job->url, .accept = job->request.accept, .body_bytes = job->request.body_bytes};
  if (job->hops == 0) {  // what is held is a copy of the first address
    request.etag = job->request.etag;
    request.last_modified = job->request.last_modified;
  }
  // std::function wants to be copied, so the job travels as a shared pointer's content.
  auto shared = std::make_shared<std::unique_ptr<Job>>(std::move(job));
  fetcher_->start(std::move(request),
                  [this, key, shared](FetchAnswer answer) { take(key, std::move(*shared), std::move(answer)); });
}

void Visitor::take(std::string const& key, std::unique_ptr<Job> job, FetchAnswer answer) {
  auto& host = hosts_[key];
  --host.active;
  ready_.push_back(key);
  std::string problem;
  if (answer.failure == FetchFailure::none && is_redirect(answer.status) && follow(*job, answer, problem))
    return enqueue(std::move(job));

  VisitAnswer out;
  out.url = job->url;
  out.permanent_url = job->permanent_url;
  out.retry_after_s = parse_retry_after(answer.retry_after, now_epoch_s());
  out.wall = answer.failure == FetchFailure::none ? recognise(answer, job->url) : Wall::none;
  if (answer.failure != FetchFailure::none || !problem.empty()) {
    out.problem = problem.empty() ? answer.problem : problem;
  } else if (answer.status == 304) {
    out.kind = VisitAnswer::Kind::unchanged;
  } else if (out.wall != Wall::none) {
    out.kind = VisitAnswer::Kind::wall;
    out.problem = std::string(name(out.wall)) + " (status " + std::to_string(answer.status) + ")";
  } else if (answer.status >= 200 && answer.status < 300) {
    out.kind = VisitAnswer::Kind::page;
  } else {
    out.problem = "an answer that means nothing here: status " + std::to_string(answer.status);
  }
  out.answer = std::move(answer);
  finish(std::move(job), std::move(out));
}

// Moves the job to where the answer points. False, and why, where that leads nowhere.
bool Visitor::follow(Job& job, FetchAnswer const& answer, std::string& problem) {
  auto const next = without_fragment(source::resolve_url(job.url, answer.location));
  if (answer.location.empty() || host_key(next).empty()) {
    problem = "a redirect that leads to no web address";
  } else if (++job.hops > manners_.redirects) {
    problem = "more than " + std::to_string(manners_.redirects) + " redirects";
  } else if (next == job.url || next == job.request.url) {
    problem = "a redirect that leads back to itself";
  }
  if (!problem.empty()) return false;
  job.permanent &= is_permanent(answer.status);
  if (job.permanent) job.permanent_url = next;
  job.url = next;
  return true;
}

void Visitor::finish(std::unique_ptr<Job> job, VisitAnswer answer) {
  finished_.emplace_back(std::move(job), std::move(answer));
}

}  // namespace vigie::collect

// visitor.hpp: asks for pages as a guest should: robots.txt first (RFC 9309), few requests at a time to one host and a
// pause between them, redirects followed within bounds and each one judged like a first request, and nothing of what a
// host said it would not have. One event loop; nothing blocks but step().
//
//   visit() -> the host's queue -> robots.txt known? -> the pause is over? -> Fetcher -> redirect? -> back to a queue
//                                                                                    -> done(VisitAnswer)
//
// Threads: a Visitor belongs to one thread, but for wake(). Bounds: queues are the caller's affair (waiting() says how
// many); robots.txt of at most kHostsMax hosts are remembered.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "collect/fetcher.hpp"
#include "collect/robots.hpp"
#include "collect/robots_memory.hpp"
#include "collect/wall.hpp"

namespace vigie::collect {

struct Manners {
  uint32_t per_host = 2;     // requests at once to one host
  uint32_t delay_ms = 1000;  // between the beginnings of two requests to one host; Crawl-delay may ask for more
  uint32_t redirects = 5;
  uint32_t robots_hours = 24;     // how long a robots.txt is believed
  uint32_t robots_retry_s = 900;  // when one that could not be had is asked for again
  bool obey_robots = true;        // off only for a person's own hosts
};

struct VisitRequest {
  std::string url{}, etag{}, last_modified{}, accept{};
  uint64_t body_bytes = 0;
  bool patient = false;  // lets every other request to its host go first
};

struct VisitAnswer {
  enum class Kind : uint8_t { page, unchanged, wall, forbidden, failed };
  Kind kind = Kind::failed;
  Wall wall = Wall::none;
  std::string problem;        // for a person, unless kind is page or unchanged
  std::string url;            // where the answer came from
  std::string permanent_url;  // where the address has moved for good; empty where it has not
  FetchAnswer answer;
  int64_t retry_after_s = 0;  // what the site asked for; 0 where nothing
};

class Visitor {
 public:
  using Clock = std::chrono::steady_clock;
  using Done = std::function<void(VisitAnswer)>;

  // `memory`, where there is one, outlives it.
  Visitor(std::unique_ptr<Fetcher>, Manners, RobotsMemory* memory = nullptr);

  // `done` is called from step(), once, unless the Visitor dies first. It may call visit().
  void visit(VisitRequest, Done done);
  // Carries on for at most `timeout_ms`; true while something is waiting or under way.
  bool step(int timeout_ms);
  // Sends a form to an address that offered to take it (a hub): no page is asked for, so that neither robots.txt nor
  // the host's pause has a say. `done` is called as visit()'s.
  void send(std::string const& url, std::string form, std::function<void(FetchAnswer)> done);
  void wake() { fetcher_->wake(); }
  size_t waiting() const { return jobs_; }
  // What is known of a host's robots.txt; nullptr where nothing is (yet). Valid until the next step().
  Robots const* robots_of(std::string const& url) const;

 private:
  struct Job {
    VisitRequest request;
    Done done;
    std::string url;  // of this hop
    uint32_t hops = 0;
    bool permanent = true;  // so far
    std::string permanent_url;
  };
  struct Host {
    std::deque<std::unique_ptr<Job>> queue, patient;
    uint32_t active = 0;
    Clock::time_point next_at{}, robots_until{};
    Clock::time_point look_at{};  // when it is listed in later_
    std::unique_ptr<Robots> robots;
    std::string robots_problem;
    bool asking_robots = false;

    bool is_empty() const { return queue.empty() && patient.empty(); }
    std::unique_ptr<Job> take() {
      auto& from = queue.empty() ? patient : queue;
      auto job = std::move(from.front());
      from.pop_front();
      return job;
    }
  };

  void enqueue(std::unique_ptr<Job>);
  // Starts what of this host may start. Returns when to look again, or max().
  Clock::time_point attend(std::string const& key, Host&);
  void ask_robots(std::string const& key, std::string const& url, uint32_t hops);
  void take_robots(std::string const& key, FetchAnswer);
  void believe(Host&, RobotsRecord const&);
  void start(std::string const& key, std::unique_ptr<Job>);
  void take(std::string const& key, std::unique_ptr<Job>, FetchAnswer);
  bool follow(Job&, FetchAnswer const&, std::string& problem);
  void finish(std::unique_ptr<Job>, VisitAnswer);
  void forget_hosts();

  std::unique_ptr<Fetcher> fetcher_;
  Manners manners_;
  RobotsMemory* memory_;
  std::unordered_map<std::string, Host> hosts_;                   // by "https://host:port"
  std::vector<std::string> ready_;                                // hosts to attend to at once
  std::vector<std::pair<Clock::time_point, std::string>> later_;  // a heap, soonest first
  std::vector<std::pair<std::unique_ptr<Job>, VisitAnswer>> finished_;
  size_t jobs_ = 0;
};

// Seconds from a Retry-After header: a number, or a date. 0 where it is neither; at most a week.
int64_t parse_retry_after(std::string_view, int64_t now_epoch_s);

}  // namespace vigie::collect

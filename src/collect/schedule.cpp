#include "collect/schedule.hpp"

#include <algorithm>
#include <functional>
#include <string_view>

#include "base/hash.hpp"

namespace vigie::collect {
namespace {

constexpr size_t kGapsLooked = 20;
constexpr int64_t kDay = 86'400;

}  // namespace

int64_t next_interval(std::vector<int64_t> published, int64_t now_s, int64_t last_interval_s, uint32_t fresh,
                      Pace pace) {
  std::erase_if(published, [&](int64_t t) { return t > now_s || t <= 0; });
  std::ranges::sort(published, std::greater());
  if (published.size() > kGapsLooked + 1) published.resize(kGapsLooked + 1);
  int64_t wanted = 0;
  if (published.size() >= 3) {
    int64_t const gap = (published.front() - published.back()) / static_cast<int64_t>(published.size() - 1);
    // A feed that has been silent for longer than usual is asleep: it is asked at a fraction of its silence.
    wanted = std::max(gap / 2, (now_s - published.front()) / 8);
  } else {
    int64_t const last = last_interval_s > 0 ? last_interval_s : pace.first_s;
    wanted = fresh > 0 ? last / 2 : last + last / 2;
  }
  return std::clamp(wanted, pace.shortest_s, pace.longest_s);
}

int64_t backoff(int64_t interval_s, uint32_t failures, int64_t retry_after_s, bool gone) {
  int64_t wait = std::clamp<int64_t>(interval_s, 60, kDay);
  for (uint32_t i = 0; i < std::min(failures, 12u) && wait < kDay; ++i) wait *= 2;
  wait = std::min(wait, kDay);
  if (gone) wait = 7 * kDay;
  return std::max(wait, retry_after_s);
}

std::optional<int64_t> next_reading(int64_t since_s, int64_t now_s, uint32_t rereads, bool changed,
                                    Rereading const& how) {
  if (rereads >= how.most) return std::nullopt;
  auto const age = std::ranges::find_if(how.ages_s, [&](int64_t a) { return since_s + a >= now_s + how.gap_s; });
  if (age == how.ages_s.end()) return std::nullopt;
  int64_t const planned = since_s + *age;
  return changed ? std::min(planned, now_s + std::max(how.after_change_s, how.gap_s)) : planned;
}

int64_t jitter(int64_t interval_s, int64_t source, int64_t now_s) {
  int64_t const seed[2] = {source, now_s};
  uint64_t const random = hash64({reinterpret_cast<char const*>(seed), sizeof seed});
  return interval_s + static_cast<int64_t>(random % 1024) * interval_s / 10'240;
}

}  // namespace vigie::collect

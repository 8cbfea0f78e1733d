#include "serve/failure_log.hpp"

#include <atomic>
#include <cstdio>

#include "base/time.hpp"

namespace vigie::serve {
namespace {

constexpr size_t kTargetBytes = 200, kWhatBytes = 1000;

std::string one_line(std::string_view text, size_t at_most) {
  std::string out;
  for (char const c : text.substr(0, at_most)) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
  return text.size() > at_most ? out + "..." : out;
}

}  // namespace

std::string failure_line(Request const& request, std::string_view what, int64_t now_s) {
  auto const* const method = request.method == Method::post ? "POST" : "GET";
  return format_rfc3339(utc_from_epoch(now_s)) + " vigie serve: " + method + ' ' +
         one_line(request.target, kTargetBytes) + ": 500: " + one_line(what, kWhatBytes) + '\n';
}

void log_failure(Request const& request, std::string_view what) {
  static std::atomic<int64_t> second{0};
  static std::atomic<unsigned> lines{0};
  auto const now = now_epoch_s();
  if (second.exchange(now) != now) lines = 0;
  if (lines.fetch_add(1) >= kFailuresPerSecond) return;
  auto const line = failure_line(request, what, now);
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace vigie::serve

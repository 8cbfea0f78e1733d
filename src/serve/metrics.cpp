#include "serve/metrics.hpp"

#include <algorithm>

namespace vigie::serve {
namespace {

void append(std::string& out, std::string_view name, std::string_view kind, std::string_view help, uint64_t value) {
  out += "# HELP vigie_" + std::string(name) + ' ' + std::string(help) + "\n# TYPE vigie_" + std::string(name) + ' ' +
         std::string(kind) + "\nvigie_" + std::string(name) + ' ' + std::to_string(value) + '\n';
}

std::string seconds(uint64_t micros) {
  auto fraction = std::to_string(1000000 + micros % 1000000).substr(1);
  while (fraction.size() > 1 && fraction.ends_with('0')) fraction.pop_back();
  return std::to_string(micros / 1000000) + '.' + fraction;
}

}  // namespace

void Metrics::count_request(int status, std::chrono::microseconds took, size_t bytes) {
  auto const micros = static_cast<uint64_t>(std::max<int64_t>(took.count(), 0));
  by_class_[static_cast<size_t>(std::clamp(status / 100, 1, 5))].fetch_add(1, std::memory_order_relaxed);
  auto const bucket = std::lower_bound(kBoundsMicros.begin(), kBoundsMicros.end(), micros) - kBoundsMicros.begin();
  by_time_[static_cast<size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
  micros_total_.fetch_add(micros, std::memory_order_relaxed);
  bytes_total_.fetch_add(bytes, std::memory_order_relaxed);
}

std::string Metrics::text(engine::Stats const& stats) const {
  std::string out =
      "# HELP vigie_http_requests_total Answers by class of status.\n# TYPE vigie_http_requests_total counter\n";
  for (size_t i = 2; i < by_class_.size(); ++i) {
    out += "vigie_http_requests_total{class=\"" + std::to_string(i) + "xx\"} " + std::to_string(by_class_[i].load()) +
           '\n';
  }
  out +=
      "# HELP vigie_http_request_seconds Time from request read to answer ready.\n# TYPE vigie_http_request_seconds "
      "histogram\n";
  uint64_t below = 0;
  for (size_t i = 0; i < kBoundsMicros.size(); ++i) {
    below += by_time_[i].load();
    out +=
        "vigie_http_request_seconds_bucket{le=\"" + seconds(kBoundsMicros[i]) + "\"} " + std::to_string(below) + '\n';
  }
  below += by_time_.back().load();
  out += "vigie_http_request_seconds_bucket{le=\"+Inf\"} " + std::to_string(below) + '\n';
  out += "vigie_http_request_seconds_sum " + seconds(micros_total_.load()) + '\n';
  out += "vigie_http_request_seconds_count " + std::to_string(below) + '\n';
  append(out, "http_response_bytes_total", "counter", "Bytes of answer bodies, as sent.", bytes_total_.load());
  append(out, "http_connections_open", "gauge", "Connections open now.", connections_open.load());
  append(out, "http_connections_total", "counter", "Connections accepted.", connections_total.load());
  append(out, "http_connections_refused_total", "counter", "Connections refused because too many were open.",
         connections_refused.load());
  append(out, "event_clients", "gauge", "Readers of /events now.", event_clients.load());
  append(out, "articles", "gauge", "Articles kept.", stats.articles);
  append(out, "editions", "gauge", "Editions kept.", stats.editions);
  append(out, "captures", "gauge", "Captures kept.", stats.captures);
  append(out, "sources", "gauge", "Sources seen.", stats.sources);
  append(out, "database_bytes", "gauge", "Size of the catalogue.", stats.database_bytes);
  append(out, "capture_bytes", "gauge", "Size of the captures.", stats.capture_bytes);
  append(out, "index_bytes", "gauge", "Size of the index.", stats.index_bytes);
  return out;
}

}  // namespace vigie::serve

// keep.cpp: `vigie remove`, `stats`, `reindex` and `check`.
#include <fmt/format.h>

#include "cli/command.hpp"
#include "serve/article_json.hpp"
#include "serve/json_writer.hpp"

namespace vigie::cli {
namespace {

std::string size_text(uint64_t bytes) {
  constexpr char const* kUnits[] = {"B", "kB", "MB", "GB", "TB"};
  double value = static_cast<double>(bytes);
  size_t unit = 0;
  for (; value >= 1000 && unit + 1 < std::size(kUnits); ++unit) value /= 1000;
  return fmt::format("{:.{}f} {}", value, unit == 0 ? 0 : 1, kUnits[unit]);
}

std::string day(std::optional<Time> const& time) { return time ? format_rfc3339(*time).substr(0, 10) : "-"; }

void print_stats(Output& out, engine::Stats const& s) {
  out.line(fmt::format("{:<12} {}", "articles", s.articles));
  out.line(fmt::format("{:<12} {}", "editions", s.editions));
  out.line(fmt::format("{:<12} {} to {}", "published", day(s.first_published), day(s.last_published)));
  out.line(fmt::format("{:<12} {}", "last seen", s.last_seen ? format_rfc3339(*s.last_seen) : "-"));
  out.line(fmt::format("{:<12} {}", "sources", s.sources));
  for (auto const& [value, count] : s.top_sources) out.line(fmt::format("  {:>8}  {}", count, printable(value)));
  out.line("languages");
  for (auto const& [value, count] : s.languages) out.line(fmt::format("  {:>8}  {}", count, printable(value)));
  out.line(fmt::format("{:<12} catalogue {}, captures {}, index {} ({} segments)", "on disk",
                       size_text(s.database_bytes), size_text(s.capture_bytes), size_text(s.index_bytes), s.segments));
}

}  // namespace

int run_remove(Call const& call) {
  auto const removed = call.store.remove(call.options.query);
  if (!removed) return complain(call.streams, "vigie remove", removed.error());
  for (auto const& id : *removed) {
    if (call.options.json) {
      serve::JsonWriter json;
      json.begin_object().key("id").string(id).key("status").string("removed").end_object();
      call.streams.out.line(json.text());
    } else {
      call.streams.out.line(id);
    }
  }
  call.streams.err.line(fmt::format("{} removed from catalogue, captures and index", removed->size()));
  return 0;
}

int run_stats(Call const& call) {
  auto const stats = call.store.stats();
  if (!stats) return complain(call.streams, "vigie stats", stats.error());
  if (call.options.json) {
    call.streams.out.line(serve::stats_json(*stats));
  } else {
    print_stats(call.streams.out, *stats);
  }
  return 0;
}

int run_reindex(Call const& call) {
  ProgressBar bar(call.streams.err);
  auto const done = call.store.reindex(call.options.reextract, [&](source::Progress at) {
    bar.show(static_cast<double>(at.bytes_done), static_cast<double>(at.bytes_total),
             fmt::format("{} articles", at.bytes_done));
  });
  bar.clear();
  if (!done) return complain(call.streams, "vigie reindex", done.error());
  call.streams.err.line("the index is rebuilt");
  return 0;
}

int run_check(Call const& call) {
  auto const findings = call.store.check();
  if (!findings) return complain(call.streams, "vigie check", findings.error());
  for (auto const& finding : *findings) {
    call.streams.out.line(call.options.json ? serve::finding_json(finding)
                                            : printable(finding.where + ": " + finding.what));
  }
  if (findings->empty()) {
    call.streams.err.line("clean: catalogue, captures and index are whole and agree");
    return 0;
  }
  call.streams.err.line(fmt::format("{} findings; 'vigie reindex' rebuilds the index", findings->size()));
  return 1;
}

}  // namespace vigie::cli

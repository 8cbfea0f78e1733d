// ingest.cpp: `vigie ingest`. With --json a line per item once it is durable; a summary on stderr.
#include <fmt/format.h>

#include "cli/collecting.hpp"
#include "cli/command.hpp"
#include "cli/resume.hpp"
#include "collect/finder.hpp"
#include "serve/article_json.hpp"
#include "source/warc_record.hpp"

namespace vigie::cli {
namespace {

bool is_address(std::string_view input) { return input.starts_with("http://") || input.starts_with("https://"); }

// A page, or the entries of a feed, fetched as collecting would.
Result<std::unique_ptr<source::Reader>> open_address(Call const& call, std::string const& given) {
  VIGIE_TRY(auto capture, collect::fetch_page(given, collect_options(call.options), call.stop));
  VIGIE_TRY(auto captures, source::captures_of_payload(std::move(capture), given));
  std::vector<source::Item> items;
  for (auto& one : captures) items.push_back({.input = given, .position = 0, .capture = std::move(one)});
  return std::make_unique<collect::CaptureReader>(std::move(items));
}

std::string path_of(Call const& call, std::string const& given) {
  return given.starts_with('/') ? given : call.folder + "/" + given;
}

Result<std::unique_ptr<source::Reader>> open_input(Call const& call, std::string const& given, uint64_t position) {
  if (given == "-") return source::open_descriptor(call.streams.in, "-");
  if (is_address(given)) return open_address(call, given);
  if (position > 0) return source::open_path_at(path_of(call, given), position);
  return source::open_path(path_of(call, given));
}

// Items name their input as the caller gave it, not as this process opened it.
std::string as_given(Call const& call, std::string const& given, std::string const& input) {
  std::string const opened = call.folder + "/" + given;
  return input.starts_with(opened) ? given + input.substr(opened.size()) : input;
}

class Ingest {
 public:
  explicit Ingest(Call const& call) : call_(call), bar_(call.streams.err) {}

  int run() {
    for (auto const& given : call_.options.inputs) {
      if (call_.stop.stop_requested()) break;
      read_input(given);
      if (stopped_) break;
    }
    bar_.clear();
    summarise();
    return failed_ || totals_.error > 0 || call_.stop.stop_requested() ? 1 : 0;
  }

 private:
  void read_input(std::string const& given) {
    Resume resume(call_.options.data, is_address(given) ? std::string() : path_of(call_, given));
    if (resume.position() > 0)
      call_.streams.err.line(fmt::format("{}: going on at byte {}", printable(given), resume.position()));
    auto reader = open_input(call_, given, resume.position());
    if (!reader) {
      tell({given, 0, "", engine::ItemStatus::error, reader.error().message});
      ++totals_.error;
      return;
    }
    auto const totals = call_.store.ingest(
        **reader,
        [&](engine::ItemOutcome outcome) {
          resume.reached(outcome.position);
          outcome.input = as_given(call_, given, outcome.input);
          tell(outcome);
        },
        [&](source::Progress at) {
          bar_.show(static_cast<double>(at.bytes_done), static_cast<double>(at.bytes_total),
                    fmt::format("{} items  {}", told_, printable(given)));
        },
        call_.stop);
    totals && !call_.stop.stop_requested() ? resume.finished() : resume.interrupted();
    if (!totals) {
      bar_.clear();
      complain(call_.streams, "vigie ingest", totals.error());
      failed_ = stopped_ = true;
      return;
    }
    totals_.fresh += totals->fresh;
    totals_.unchanged += totals->unchanged;
    totals_.edition += totals->edition;
    totals_.error += totals->error;
  }

  void tell(engine::ItemOutcome const& outcome) {
    ++told_;
    auto& [in, out, err] = call_.streams;
    if (call_.options.json) {
      out.line(serve::ingest_json(outcome));
      out.flush();  // a line is an acknowledgement: it must not wait in a buffer
    }
    if (outcome.status == engine::ItemStatus::error) {
      bar_.clear();
      err.line(fmt::format("vigie ingest: {} at {}: {}", printable(outcome.input), outcome.position,
                           printable(outcome.error)));
      err.flush();
    }
  }

  void summarise() {
    std::string text = fmt::format("{} new, {} unchanged", totals_.fresh, totals_.unchanged);
    if (totals_.edition > 0) text += fmt::format(", {} new editions", totals_.edition);
    if (totals_.error > 0) text += fmt::format(", {} not read", totals_.error);
    if (call_.stop.stop_requested()) text += "; interrupted: run the same command again to go on";
    call_.streams.err.line(text);
  }

  Call const& call_;
  ProgressBar bar_;
  engine::IngestTotals totals_;
  uint64_t told_ = 0;
  bool failed_ = false, stopped_ = false;
};

}  // namespace

int run_ingest(Call const& call) { return Ingest(call).run(); }

}  // namespace vigie::cli

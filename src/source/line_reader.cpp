#include "source/line_reader.hpp"

#include "source/ascii.hpp"

namespace vigie::source {
namespace {

class LineReader final : public Reader {
 public:
  LineReader(Window window, std::string input, Limits limits)
      : window_(std::move(window)), input_(std::move(input)), limits_(limits) {}

  std::optional<Item> next() override {
    while (!ended_) {
      auto line = take_line();
      if (!line) return item(tl::unexpected<Error>(std::move(line).error()));
      if (line->empty()) continue;
      if (line->front() != '{') return item(fail(Errc::invalid_input, "not a JSON object"));
      return item(Capture{.media = Media::record, .body = std::string(*line)});
    }
    return std::nullopt;
  }

  Progress progress() const override { return window_.progress(); }

 private:
  Item item(Result<Capture> capture) { return Item{input_, line_, std::move(capture)}; }

  // The next line, trimmed; its view lives until the next call. Sets ended_ with the last. Errors: over_limit for this
  // line alone; what the bytes below report ends the reading.
  Result<std::string_view> take_line() {
    window_.consume(used_);
    used_ = 0;
    ++line_;
    for (size_t searched = 0;;) {
      size_t const end = window_.view().find('\n', searched);
      searched = window_.view().size();
      if (end != std::string_view::npos) used_ = end + 1;
      if (used_ == 0 && searched > limits_.record_bytes) return skip_line();
      if (used_ == 0) {
        auto const more = window_.fill();
        if (more && *more) continue;
        ended_ = true;
        if (!more) return tl::unexpected<Error>(more.error());
        used_ = searched;
      }
      auto line = window_.view().substr(0, used_);
      if (line_ == 1 && line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
      return trim(line);
    }
  }

  Result<std::string_view> skip_line() {
    size_t end;
    while ((end = window_.view().find('\n')) == std::string_view::npos) {
      window_.consume(window_.view().size());
      auto const more = window_.fill();
      if (more && *more) continue;
      ended_ = true;
      break;
    }
    if (!ended_) window_.consume(end + 1);
    return fail(Errc::over_limit, "a line longer than " + std::to_string(limits_.record_bytes) + " bytes");
  }

  Window window_;
  std::string input_;
  Limits limits_;
  uint64_t line_ = 0;
  size_t used_ = 0;  // of the window by the line handed out last
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<Reader> line_reader(Window window, std::string input, Limits limits) {
  return std::make_unique<LineReader>(std::move(window), std::move(input), limits);
}

}  // namespace vigie::source

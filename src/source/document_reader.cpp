#include "source/document_reader.hpp"

#include "source/feed.hpp"

namespace vigie::source {
namespace {

class DocumentReader final : public Reader {
 public:
  DocumentReader(Window window, Format format, std::string input, Limits limits)
      : window_(std::move(window)), format_(format), input_(std::move(input)), limits_(limits) {}

  std::optional<Item> next() override {
    if (!read_) {
      read_ = true;
      return read();
    }
    if (at_ == entries_.size()) return std::nullopt;
    uint64_t const position = at_++;
    return Item{input_, position, std::move(entries_[position])};
  }

  Progress progress() const override { return window_.progress(); }

 private:
  std::optional<Item> read() {
    auto const longer = window_.ensure(limits_.record_bytes + 1);
    if (!longer) return Item{input_, 0, tl::unexpected<Error>(longer.error())};
    if (*longer)
      return Item{input_, 0, fail(Errc::over_limit, "longer than " + std::to_string(limits_.record_bytes) + " bytes")};
    if (format_ == Format::feed) return read_feed();
    Capture capture;
    capture.media = format_ == Format::html ? Media::html : format_ == Format::text ? Media::text : Media::record;
    capture.body = window_.view();
    return Item{input_, 0, std::move(capture)};
  }

  std::optional<Item> read_feed() {
    auto feed = split_feed(window_.view());
    if (feed.entries.empty()) {
      return Item{
          input_, 0,
          fail(Errc::invalid_input, "a feed without entries" + (feed.problem.empty() ? "" : ": " + feed.problem))};
    }
    entries_ = std::move(feed.entries);
    return next();
  }

  Window window_;
  Format format_;
  std::string input_;
  Limits limits_;
  bool read_ = false;
  std::vector<Capture> entries_;
  size_t at_ = 0;
};

class ErrorReader final : public Reader {
 public:
  ErrorReader(std::string input, Error error)
      : item_(Item{std::move(input), 0, tl::unexpected<Error>(std::move(error))}) {}
  std::optional<Item> next() override { return std::exchange(item_, std::nullopt); }
  Progress progress() const override { return {}; }

 private:
  std::optional<Item> item_;
};

}  // namespace

std::unique_ptr<Reader> document_reader(Window window, Format format, std::string input, Limits limits) {
  return std::make_unique<DocumentReader>(std::move(window), format, std::move(input), limits);
}

std::unique_ptr<Reader> error_reader(std::string input, Error error) {
  return std::make_unique<ErrorReader>(std::move(input), std::move(error));
}

}  // namespace vigie::source

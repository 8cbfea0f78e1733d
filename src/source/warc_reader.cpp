// How one record is read. The window grows until the whole record stands in it, so that nothing is given up before its
// end has been seen:
//
//   view():  | WARC/1.1 header | block: Content-Length bytes | CRLF CRLF | WARC/1.1 ...
//
// What stands behind the block tells whether Content-Length was right. Where it is neither the end nor another record,
// the record is damaged, and the search for the next one begins right behind its header, inside what it claimed.
#include "source/warc_reader.hpp"

#include <algorithm>
#include <deque>

#include "source/warc_record.hpp"

namespace vigie::source {
namespace {

using std::string_view;

constexpr string_view kMagic = "WARC/";

class WarcReader final : public Reader {
 public:
  WarcReader(Window window, std::string input, Limits limits)
      : window_(std::move(window)), input_(std::move(input)), limits_(limits) {}

  std::optional<Item> next() override {
    while (ready_.empty()) {
      if (ended_) return std::nullopt;
      read_record();
    }
    Item item = std::move(ready_.front());
    ready_.pop_front();
    return item;
  }

  Progress progress() const override { return window_.progress(); }

 private:
  void report(uint64_t position, Error error) {
    ready_.push_back(Item{input_, position, tl::unexpected<Error>(std::move(error))});
  }

  // Reads one record, or one stretch of damage, into ready_; may add nothing.
  void read_record() {
    if (waiting_error_) {
      Error const error = std::move(*waiting_error_);
      waiting_error_.reset();
      return leave_part(window_.last_part(), error);
    }
    if (!skip_newlines()) return;
    position_ = window_.position();
    part_ = window_.part();
    if (!grow_to(kMagic.size()) || !window_.view().starts_with(kMagic)) return leave_garbage();
    if (!grow_to_header()) return;
    auto const header = parse_warc_header(window_.view().substr(0, kWarcHeaderMax));
    if (!header) return leave_record(kMagic.size(), header.error());
    if (header->content_length > limits_.record_bytes) {
      return leave_record(header->size,
                          {Errc::over_limit, "a record of " + std::to_string(header->content_length) + " bytes"});
    }
    read_block(header->size, header->content_length);
  }

  void read_block(size_t header_size, size_t length) {
    size_t const total = header_size + length;
    if (!grow_to(total)) {
      if (!ended_part_) leave_record(header_size, {Errc::corrupt, "the file ends inside the record"});
      return;
    }
    if (!tail_agrees(total)) {
      if (!ended_part_)
        leave_record(header_size, {Errc::corrupt, "the record's Content-Length does not agree with its end"});
      return;
    }
    auto const record = window_.view().substr(0, total);
    auto const header = parse_warc_header(record);  // again: growing the window moved the bytes
    auto captures = captures_of(*header, record.substr(header_size), limits_);
    if (!captures) {
      auto const uri = header->target_uri().substr(0, 500);
      if (!uri.empty()) captures.error().message += ": " + std::string(uri);
      report(position_, std::move(captures).error());
    } else {
      for (auto& capture : *captures) ready_.push_back(Item{input_, position_, std::move(capture)});
    }
    window_.consume(total);
  }

  // Whether the record is followed by line ends and another record or the end. Looks one fill further where the record
  // ends with what was read, because a gzip member's checksum is only verified when its end has been reached.
  bool tail_agrees(size_t total) {
    for (size_t at = total;; ++at) {
      while (at == window_.view().size()) {
        auto const more = window_.fill();
        if (!more) return keep_error(more.error());
        if (!*more) return true;
      }
      char const c = window_.view()[at];
      if (c == '\r' || c == '\n') continue;
      if (at > total && window_.has_parts() && window_.last_part() != part_) return true;  // its member was whole
      return grow_to(at + kMagic.size()) && window_.view().substr(at).starts_with(kMagic);
    }
  }

  // An error met while looking behind a record is this record's own where it is in the same part, else it waits.
  bool keep_error(Error const& error) {
    if (window_.last_part() == part_) {
      leave_part(position_, error);
      return false;
    }
    waiting_error_ = error;
    return true;
  }

  // view() holds `size` bytes, or this returns false: at the end (ended_part_ unset) or after an error it has dealt
  // with.
  bool grow_to(size_t size) {
    ended_part_ = false;
    auto const held = window_.ensure(size);
    if (!held) leave_part(window_.part(), held.error());
    return held && *held;
  }

  bool grow_to_header() {
    while (find_header_end(window_.view().substr(0, kWarcHeaderMax)) == string_view::npos) {
      if (window_.view().size() >= kWarcHeaderMax) {
        leave_record(kMagic.size(), {Errc::corrupt, "a record header without an end"});
        return false;
      }
      if (!grow_to(window_.view().size() + 1)) {
        if (!ended_part_) leave_record(kMagic.size(), {Errc::corrupt, "the file ends inside a record's header"});
        return false;
      }
    }
    return true;
  }

  bool skip_newlines() {
    while (true) {
      auto const view = window_.view();
      size_t const at = view.find_first_not_of("\r\n");
      if (at != string_view::npos) {
        window_.consume(at);
        return true;
      }
      window_.consume(view.size());
      auto const more = window_.fill();
      if (!more) {
        leave_part(window_.last_part(), more.error());
        return false;
      }
      if (!*more) {
        ended_ = true;
        return false;
      }
    }
  }

  void leave_garbage() {
    if (ended_part_ || ended_) return;
    leave_record(0, {Errc::corrupt, "bytes that are no WARC record"});
  }

  // The present part is lost from here on.
  void leave_part(uint64_t position, Error const& error) {
    ended_part_ = true;
    report(position, error);
    auto const found = error.code == Errc::io ? Result<bool>(false) : window_.resync(kMagic);
    if (!found || !*found) ended_ = true;
  }

  // The present record is lost. The next one is looked for `skip` bytes behind its beginning.
  void leave_record(size_t skip, Error error) {
    report(position_, std::move(error));
    window_.consume(std::min(skip, window_.view().size()));
    find_record();
  }

  // Consumes up to the next line that begins a record.
  void find_record() {
    constexpr string_view kLine = "\nWARC/1.";
    while (true) {
      auto const view = window_.view();
      size_t const at = view.find(kLine);
      if (at != string_view::npos) return window_.consume(at + 1);
      window_.consume(view.size() - std::min(view.size(), kLine.size() - 1));
      auto const more = window_.fill();
      if (!more) return leave_part(window_.last_part(), more.error());
      if (!*more) {
        ended_ = true;
        return;
      }
    }
  }

  Window window_;
  std::string input_;
  Limits limits_;
  std::deque<Item> ready_;
  uint64_t position_ = 0, part_ = 0;    // of the present record
  std::optional<Error> waiting_error_;  // met behind a record that was itself whole
  bool ended_part_ = false;             // the last grow_to() met an error and left the part
  bool ended_ = false;
};

}  // namespace

std::unique_ptr<Reader> warc_reader(Window window, std::string input, Limits limits) {
  return std::make_unique<WarcReader>(std::move(window), std::move(input), limits);
}

}  // namespace vigie::source

// How one record is read. The window grows until the whole record stands in it, so that nothing is given up before its
// end has been seen:
//
//   view():  | WARC/1.1 header | block: Content-Length bytes | CRLF CRLF | WARC/1.1 ...
//
// What stands behind the block tells whether the length was right. Where it is neither the end nor another record, the
// record is damaged, and the search for the next one begins right behind its header, inside what it claimed.
#include "source/record_reader.hpp"

#include <algorithm>
#include <deque>

namespace vigie::source {
namespace {

using std::string_view;

// With no flag in its header but those for extra fields, a name and a comment (RFC 1952, 2.3.1), which every reader of
// gzip passes over.
bool is_plain_member(string_view member) {
  return member.size() > 18 && (static_cast<unsigned char>(member[3]) & 0xE3) == 0;
}

class RecordReader final : public Reader {
 public:
  RecordReader(std::unique_ptr<RecordForm> form, Window window, std::string input, Limits limits)
      : form_(std::move(form)), window_(std::move(window)), input_(std::move(input)), limits_(limits) {}

  std::optional<Item> next() override {
    while (ready_.empty()) {
      if (ended_) return std::nullopt;
      read_record();
    }
    Item item = std::move(ready_.front());
    ready_.pop_front();
    return item;
  }

  Progress progress() const override {
    auto at = window_.progress();
    at.records = records_;
    at.damaged = damaged_;
    return at;
  }

 private:
  void report(uint64_t position, Error error) {
    ready_.push_back(Item{input_, position, tl::unexpected<Error>(std::move(error))});
  }
  void report_damage(uint64_t position, Error error) {
    ++damaged_;
    report(position, std::move(error));
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
    if (!begins_at(0)) return leave_garbage();
    if (!grow_to_header()) return;
    auto const frame = form_->frame(window_.view().substr(0, kWarcHeaderMax));
    if (!frame) return leave_record(form_->shortest(), frame.error());
    if (frame->block_size > limits_.record_bytes) {
      return leave_record(frame->header_size,
                          {Errc::over_limit, "a record of " + std::to_string(frame->block_size) + " bytes"});
    }
    read_block(*frame);
  }

  void read_block(RecordFrame const& frame) {
    size_t const total = frame.header_size + frame.block_size;
    if (!grow_to(total)) {
      if (!ended_part_) leave_record(frame.header_size, {Errc::corrupt, "the file ends inside the record"});
      return;
    }
    if (!tail_agrees(total)) {
      if (!ended_part_)
        leave_record(frame.header_size, {Errc::corrupt, "the record's length does not agree with its end"});
      return;
    }
    ++records_;
    auto const record = window_.view().substr(0, total);
    auto captures = form_->captures(record, frame.header_size, limits_);
    if (captures && captures->size() == 1) hold_member(record, captures->front());
    if (!captures) {
      report(position_, std::move(captures).error());
    } else {
      for (auto& capture : *captures) ready_.push_back(Item{input_, position_, std::move(capture)});
    }
    window_.consume(total);
  }

  // A record that is alone in its gzip member need not be packed anew to be kept.
  void hold_member(string_view record, Capture& capture) const {
    constexpr string_view kEnd = "\r\n\r\n";
    if (window_.view().substr(record.size(), kEnd.size()) != kEnd) return;
    auto const member = window_.member(record.size() + kEnd.size());
    if (is_plain_member(member) && form_->gives_back(record, capture)) capture.member = member;
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
      return begins_at(at);
    }
  }

  // Whether a record begins at this byte of the view, which grows as far as that takes.
  bool begins_at(size_t at) {
    while (true) {
      auto const begins = form_->begins(window_.view().substr(at));
      if (begins != RecordForm::Begins::perhaps) return begins == RecordForm::Begins::yes;
      if (!grow_to(window_.view().size() + 1)) return false;
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
    while (!form_->has_header(window_.view().substr(0, kWarcHeaderMax))) {
      if (window_.view().size() >= kWarcHeaderMax) {
        leave_record(form_->shortest(), {Errc::corrupt, "a record header without an end"});
        return false;
      }
      if (!grow_to(window_.view().size() + 1)) {
        if (!ended_part_) leave_record(form_->shortest(), {Errc::corrupt, "the file ends inside a record's header"});
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
    leave_record(0, {Errc::corrupt, "bytes that are no record"});
  }

  // The present part is lost from here on.
  void leave_part(uint64_t position, Error const& error) {
    ended_part_ = true;
    report_damage(position, error);
    auto const found = error.code == Errc::io ? Result<bool>(false) : window_.resync(form_->part_magic());
    if (!found || !*found) ended_ = true;
  }

  // The present record is lost. The next one is looked for `skip` bytes behind its beginning.
  void leave_record(size_t skip, Error error) {
    report_damage(position_, std::move(error));
    window_.consume(std::min(skip, window_.view().size()));
    find_record();
  }

  // Consumes up to the next line that begins a record. Lines are looked at as far as kWarcHeaderMax, which is held.
  void find_record() {
    while (true) {
      size_t const held = window_.view().size();
      size_t keep = 0;
      size_t const at = form_->find(window_.view(), keep);
      if (at != string_view::npos) return window_.consume(at);
      window_.consume(held - std::min(held, keep));
      auto const more = window_.fill();
      if (!more) return leave_part(window_.last_part(), more.error());
      if (!*more) {
        ended_ = true;
        return;
      }
    }
  }

  std::unique_ptr<RecordForm> form_;
  Window window_;
  std::string input_;
  Limits limits_;
  std::deque<Item> ready_;
  uint64_t position_ = 0, part_ = 0;    // of the present record
  std::optional<Error> waiting_error_;  // met behind a record that was itself whole
  bool ended_part_ = false;             // the last grow_to() met an error and left the part
  bool ended_ = false;
  uint64_t records_ = 0, damaged_ = 0;  // whole ones, and stretches that could not be read
};

}  // namespace

std::unique_ptr<Reader> record_reader(std::unique_ptr<RecordForm> form, Window window, std::string input,
                                      Limits limits) {
  return std::make_unique<RecordReader>(std::move(form), std::move(window), std::move(input), limits);
}

}  // namespace vigie::source

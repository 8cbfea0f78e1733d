// streams.hpp: where a command reads and writes: descriptors, because a command may run in the process that owns the
// data directory while its output belongs to another process.
// Threads: an Output belongs to one thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace vigie::cli {

class Output {
 public:
  explicit Output(int descriptor);
  Output(Output const&) = delete;
  Output& operator=(Output const&) = delete;
  ~Output() { flush(); }

  void write(std::string_view);  // buffered
  void line(std::string_view text) {
    write(text);
    write("\n");
  }
  void flush();
  bool closed() const { return error_ != 0; }  // nothing more can be written: stop
  int error() const { return error_; }         // why (errno); EPIPE: the reader went away, which needs no words
  bool is_terminal() const { return terminal_; }
  bool has_colour() const { return colour_; }
  int width() const;  // columns; 100 where it is no terminal

 private:
  int descriptor_;
  bool terminal_, colour_;
  int error_ = 0;
  std::string buffer_;
};

struct Streams {
  int in = 0;
  Output& out;
  Output& err;
};

// Text from strangers for a terminal: control characters are shown as spaces, so that no page moves the cursor.
std::string printable(std::string_view);

// A progress line on stderr, drawn on a terminal only and not in the first second. Elsewhere nothing is said, or a line
// each time that `said_every` has passed: for what a log should tell of.
class ProgressBar {
 public:
  explicit ProgressBar(Output& err, std::optional<std::chrono::seconds> said_every = {})
      : err_(err), said_every_(said_every) {}
  ~ProgressBar() { clear(); }
  // `done` of `total` (0: unknown) in any unit; `note` is what stands beside, such as "1,204 articles".
  void show(double done, double total, std::string_view note);
  void clear();

 private:
  void draw(double done, double total, std::string_view note, std::chrono::steady_clock::time_point now);
  void say(double done, double total, std::string_view note, std::chrono::steady_clock::time_point now);
  Output& err_;
  std::optional<std::chrono::seconds> said_every_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now(), drawn_{}, said_ = started_;
  bool visible_ = false;
};

}  // namespace vigie::cli

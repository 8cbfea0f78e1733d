#include "cli/streams.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "base/utf8.hpp"

namespace vigie::cli {
namespace {

constexpr size_t kBufferBytes = 64 << 10;

}  // namespace

Output::Output(int descriptor) : descriptor_(descriptor), terminal_(::isatty(descriptor) == 1) {
  char const* const no_colour = std::getenv("NO_COLOR");
  colour_ = terminal_ && !(no_colour && *no_colour);
}

void Output::write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= kBufferBytes) flush();
}

void Output::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty() && error_ == 0) {
    ssize_t const n = ::write(descriptor_, rest.data(), rest.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      error_ = errno;
      break;
    }
    rest.remove_prefix(static_cast<size_t>(n));
  }
  buffer_.clear();
}

int Output::width() const {
  winsize size{};
  if (terminal_ && ::ioctl(descriptor_, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  return 100;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    char32_t const c = next_code_point(text, at);
    bool const control =
        c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    if (control) {
      out += ' ';
    } else {
      append_code_point(out, c);
    }
  }
  return out;
}

void ProgressBar::show(double done, double total, std::string_view note) {
  auto const now = std::chrono::steady_clock::now();
  if (err_.is_terminal()) {
    draw(done, total, note, now);
  } else if (said_every_ && now - said_ >= *said_every_) {
    say(done, total, note, now);
  }
}

void ProgressBar::say(double done, double total, std::string_view note, std::chrono::steady_clock::time_point now) {
  said_ = now;
  double const share = total > 0 ? std::clamp(done / total, 0.0, 1.0) : 0;
  err_.line(total > 0 ? fmt::format("vigie: {}, {:.0f} %", note, share * 100) : fmt::format("vigie: {}", note));
  err_.flush();
}

void ProgressBar::draw(double done, double total, std::string_view note, std::chrono::steady_clock::time_point now) {
  auto const elapsed = now - started_;
  if (elapsed < std::chrono::seconds(1) || now - drawn_ < std::chrono::milliseconds(100)) return;
  drawn_ = now;
  visible_ = true;
  if (total <= 0) {
    err_.write(fmt::format("\r\x1b[K{}", note));
  } else {
    constexpr int kCells = 24;
    double const share = std::clamp(done / total, 0.0, 1.0);
    int const filled = static_cast<int>(share * kCells);
    std::string bar;
    for (int i = 0; i < kCells; ++i) bar += i < filled ? "█" : "░";
    double const seconds = std::chrono::duration<double>(elapsed).count();
    double const left = share > 0.01 ? seconds * (1 - share) / share : 0;
    err_.write(fmt::format("\r\x1b[K{} {:3.0f} %  {}  {:.0f} s left", bar, share * 100, note, left));
  }
  err_.flush();
}

void ProgressBar::clear() {
  if (!visible_) return;
  err_.write("\r\x1b[K");
  err_.flush();
  visible_ = false;
}

}  // namespace vigie::cli

// access.cpp: `vigie serve --set-password`, `--add-token`, `--drop-token`: who may enter, written down for the next
// start.
#include "serve/access.hpp"

#include <termios.h>
#include <unistd.h>

#include <filesystem>

#include "base/fs.hpp"
#include "cli/command.hpp"
#include "serve/secret.hpp"

namespace vigie::cli {
namespace {

constexpr size_t kPasswordBytesMin = 8;

// What is typed is not shown while this lives; nothing happens where the descriptor is no terminal.
class NoEcho {
 public:
  explicit NoEcho(int descriptor) : descriptor_(descriptor), is_terminal_(tcgetattr(descriptor, &before_) == 0) {
    if (!is_terminal_) return;
    auto silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(descriptor_, TCSAFLUSH, &silent);
  }
  ~NoEcho() {
    if (is_terminal_) tcsetattr(descriptor_, TCSAFLUSH, &before_);
  }
  NoEcho(NoEcho const&) = delete;
  NoEcho& operator=(NoEcho const&) = delete;
  bool is_terminal() const { return is_terminal_; }

 private:
  int descriptor_;
  termios before_{};
  bool is_terminal_;
};

std::string read_line(int descriptor) {
  std::string line;
  char c = 0;
  while (line.size() <= serve::Access::kPasswordBytesMax && read(descriptor, &c, 1) == 1 && c != '\n') line += c;
  return line;
}

std::string asked_password(Streams& streams) {
  NoEcho const silent(streams.in);
  if (silent.is_terminal()) {
    streams.err.write("Password: ");
    streams.err.flush();
  }
  auto password = read_line(streams.in);
  if (silent.is_terminal()) streams.err.line("");
  return password;
}

Status set_password(serve::AccessFile& access, Streams& streams) {
  auto const password = asked_password(streams);
  if (password.empty()) {
    access.password.clear();
    return {};
  }
  if (password.size() < kPasswordBytesMin || password.size() > serve::Access::kPasswordBytesMax) {
    return fail(Errc::invalid_input, "a password has 8 to 1024 bytes");
  }
  auto hash = serve::hash_password(password);
  if (!hash) return fail(Errc::io, "no memory to hash a password in");
  access.password = std::move(*hash);
  return {};
}

bool is_name(std::string_view name) {
  return name.size() <= 64 &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == name.npos;
}

Status change(Options const& options, serve::AccessFile& access, Streams& streams) {
  if (options.set_password) VIGIE_CHECK(set_password(access, streams));
  if (!options.drop_token.empty()) {
    auto const gone =
        std::erase_if(access.tokens, [&](auto const& token) { return token.second == options.drop_token; });
    if (gone == 0) return fail(Errc::not_found, "no token of this name: " + options.drop_token);
  }
  if (options.add_token.empty()) return {};
  if (!is_name(options.add_token)) return fail(Errc::invalid_input, "a name has letters, digits, \".\", \"_\", \"-\"");
  auto const token = serve::random_token();
  access.tokens[serve::token_hash(token)] = options.add_token;
  streams.out.line(token);
  return {};
}

Status change_file(Options const& options, Streams& streams) {
  VIGIE_CHECK(real_fs().make_folders(options.data));
  auto const path = serve::AccessFile::path(options.data);
  VIGIE_TRY(auto access, serve::AccessFile::load(path));
  VIGIE_CHECK(change(options, access, streams));
  return access.save(path);
}

}  // namespace

int run_access(Options const& options, Streams& streams) {
  if (auto const done = change_file(options, streams); !done) return complain(streams, "vigie serve", done.error());
  streams.err.line("vigie serve: kept; a server that runs learns of it when it starts again");
  return 0;
}

}  // namespace vigie::cli

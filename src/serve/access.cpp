#include "serve/access.hpp"

#include <sys/stat.h>

#include <algorithm>

#include "base/fs.hpp"
#include "serve/secret.hpp"

namespace vigie::serve {
namespace {

std::string_view take_word(std::string_view& line) {
  auto const word = line.substr(0, line.find(' '));
  line.remove_prefix(std::min(line.size(), word.size() + 1));
  return word;
}

std::string_view bearer_of(Request const& request) {
  constexpr std::string_view kScheme = "Bearer ";
  std::string_view const field = request.authorization;
  return field.starts_with(kScheme) ? field.substr(kScheme.size()) : std::string_view();
}

}  // namespace

Result<AccessFile> AccessFile::load(std::string const& path) {
  AccessFile file;
  if (!real_fs().exists(path)) return file;
  VIGIE_TRY(auto const text, real_fs().read(path));
  for (std::string_view rest = text; !rest.empty();) {
    auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.empty() || line.starts_with('#')) continue;
    auto const kind = take_word(line);
    if (kind == "password" && line.starts_with("$argon2id$")) {
      file.password = line;
    } else if (auto const name = take_word(line); kind == "token" && !name.empty() && line.size() == 43) {
      file.tokens[std::string(line)] = name;
    } else {
      return fail(Errc::corrupt, path + ": a line is neither \"password HASH\" nor \"token NAME HASH\"");
    }
  }
  return file;
}

Status AccessFile::save(std::string const& path) const {
  std::string text = "# Who may enter. Made by `vigie serve --set-password` and `--add-token`.\n";
  if (!password.empty()) text += "password " + password + '\n';
  for (auto const& [hash, name] : tokens) text += "token " + name + ' ' + hash + '\n';
  auto const before = umask(0077);
  auto const done = real_fs().replace(path, text);
  umask(before);
  return done;
}

bool Access::has_token(Request const& request) const {
  auto const token = bearer_of(request);
  return !token.empty() && file_.tokens.count(token_hash(token)) != 0;
}

bool Access::has_feed_token(Request const& request) const {
  constexpr std::string_view kScheme = "Basic ";
  if (!std::string_view(request.authorization).starts_with(kScheme)) return false;
  auto const pair = decode_base64(std::string_view(request.authorization).substr(kScheme.size()));
  auto const colon = pair ? pair->find(':') : std::string::npos;
  return colon != std::string::npos && file_.tokens.count(token_hash(std::string_view(*pair).substr(colon + 1))) != 0;
}

bool Access::has_session(Request const& request) const {
  auto const cookie = cookie_value(request.cookie, kSessionCookie);
  if (cookie.empty()) return false;
  MutexLock lock(mutex_);
  auto const found = sessions_.find(token_hash(cookie));
  if (found == sessions_.end()) return false;
  auto const now = Clock::now();
  if (now - found->second > kSessionIdle) {
    sessions_.erase(found);
    return false;
  }
  found->second = now;
  return true;
}

bool Access::admits(Request const& request) const {
  return !asks_for_password() || has_session(request) || has_token(request);
}

// One password is checked at a time, and after a few wrong ones only now and then: guessing costs us no more than that.
Status Access::take_try() {
  MutexLock lock(mutex_);
  auto const now = Clock::now();
  if (trying_ || (wrong_ >= kTriesFree && now - last_try_ < kTryEvery)) {
    return fail(Errc::busy, "too many tries; wait a little");
  }
  trying_ = true;
  return {};
}

Result<std::string> Access::log_in(std::string_view password) {
  VIGIE_CHECK(take_try());
  bool const right = password.size() <= kPasswordBytesMax && is_password(file_.password, password);
  auto session = random_token();
  auto const hash = token_hash(session);
  MutexLock lock(mutex_);
  trying_ = false;
  last_try_ = Clock::now();
  if (!right) {
    ++wrong_;
    return fail(Errc::invalid_input, "not the password");
  }
  wrong_ = 0;
  if (sessions_.size() >= kSessionsMax) {
    sessions_.erase(std::min_element(sessions_.begin(), sessions_.end(),
                                     [](auto const& a, auto const& b) { return a.second < b.second; }));
  }
  sessions_[hash] = Clock::now();
  return session;
}

void Access::log_out(Request const& request) {
  MutexLock lock(mutex_);
  sessions_.erase(token_hash(cookie_value(request.cookie, kSessionCookie)));
}

std::string Access::visitor_of(Request const& request) {
  auto const session = cookie_value(request.cookie, kSessionCookie);
  return std::string(session.empty() ? cookie_value(request.cookie, kVisitCookie) : session);
}

bool Access::is_own_form(Request const& request, std::string_view seal) {
  auto const visitor = visitor_of(request);
  return !visitor.empty() && is_sealed(visitor, seal);
}

bool is_same_origin(Request const& request) {
  auto const& site = request.fetch_site;
  if (!site.empty()) return site == "same-origin" || site == "none";
  if (request.origin.empty()) return true;
  auto const scheme = request.origin.find("://");
  return scheme != std::string::npos && std::string_view(request.origin).substr(scheme + 3) == request.host;
}

}  // namespace vigie::serve

#include "query/lexer.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "query/fields.hpp"

namespace vigie::query {
namespace {

constexpr uint32_t kNearMax = 32;  // below the index's gap between fields

bool is_space(char32_t c) {
  return c <= ' ' || c == 0xA0 || c == 0x202F || c == 0x2009 || c == 0x3000 || c == 0x200B || c == 0xFEFF;
}

// The sign that closes a phrase opened by `c`; 0 where `c` opens none.
char32_t closing_quote(char32_t c) {
  switch (c) {
    case '"':
      return '"';
    case 0xAB:
      return 0xBB;  // « »
    case 0x201C:
      return 0x201D;  // “ ”
    case 0x201E:
      return 0x201C;  // „ “
    case 0xFF02:
      return 0xFF02;
    default:
      return 0;
  }
}

class Lexer {
 public:
  explicit Lexer(std::string_view query) : query_(query) {}

  std::vector<Sign> run() {
    while (at_ < query_.size()) {
      size_t next = at_;
      char32_t const code = next_code_point(query_, next);
      if (is_space(code)) {
        at_ = next;
      } else if (code == '(' || code == ')') {
        push(code == '(' ? SignKind::open : SignKind::close, at_, next, {});
        at_ = next;
      } else if (char32_t const closing = closing_quote(code)) {
        phrase(next, code, closing);
      } else {
        chunk(code, next);
      }
    }
    return std::move(signs_);
  }

 private:
  Sign& push(SignKind kind, size_t begin, size_t end, std::string_view text) {
    Sign sign;
    sign.kind = kind;
    sign.begin = static_cast<uint32_t>(begin);
    sign.end = static_cast<uint32_t>(end);
    sign.text = text;
    signs_.push_back(sign);
    return signs_.back();
  }

  void phrase(size_t inside, char32_t opening, char32_t closing) {
    size_t at = inside;
    while (at < query_.size()) {
      size_t const before = at;
      char32_t const code = next_code_point(query_, at);
      // People mix quotes: “…" and «…" close too.
      if (code == closing || (opening != '"' && code == '"')) {
        push(SignKind::phrase, at_, at, query_.substr(inside, before - inside));
        at_ = at;
        return;
      }
    }
    push(SignKind::phrase, at_, query_.size(), query_.substr(inside)).open_ended = true;
    at_ = query_.size();
  }

  // Whatever stands before white space, a parenthesis or a quote: a field name, an operator, or a word.
  void chunk(char32_t first, size_t after_first) {
    if (first == '-' || first == 0x2212) {  // minus
      bool const lone = after_first >= query_.size() || is_space(peek(after_first)) || peek(after_first) == ')';
      if (!lone) push(SignKind::negation, at_, after_first, {});
      at_ = after_first;
      return;
    }
    if (first == '+' || first == 0xBB || first == 0x201D) {  // "+word" asks for nothing more than "word"
      at_ = after_first;
      return;
    }
    size_t end = at_;
    while (end < query_.size()) {
      size_t next = end;
      char32_t const code = next_code_point(query_, next);
      if (is_space(code) || code == '(' || code == ')' || closing_quote(code) != 0 || code == 0xBB) break;
      end = next;
      if (code == ':' && find_field(query_.substr(at_, end - 1 - at_))) {
        push(SignKind::field, at_, end, query_.substr(at_, end - 1 - at_));
        at_ = end;
        return;
      }
    }
    std::string_view const text = query_.substr(at_, end - at_);
    push(operator_of(text), at_, end, text).distance = distance_of(text);
    at_ = end;
  }

  char32_t peek(size_t at) const { return next_code_point(query_, at); }

  static SignKind operator_of(std::string_view text) {
    if (text == "OR" || text == "||") return SignKind::either;
    if (text == "AND" || text == "&&") return SignKind::both;
    if (text == "NOT") return SignKind::negation;
    return distance_of(text) > 0 ? SignKind::near : SignKind::word;
  }

  // "NEAR/5" -> 5; "NEAR" -> 5; 0 for anything else.
  static uint32_t distance_of(std::string_view text) {
    if (!text.starts_with("NEAR")) return 0;
    text.remove_prefix(4);
    if (text.empty()) return 5;
    if (text.size() < 2 || text.size() > 4 || text.front() != '/') return 0;
    uint32_t distance = 0;
    for (char const c : text.substr(1)) {
      if (c < '0' || c > '9') return 0;
      distance = distance * 10 + static_cast<uint32_t>(c - '0');
    }
    return std::clamp(distance, 1u, kNearMax);
  }

  std::string_view query_;
  size_t at_ = 0;
  std::vector<Sign> signs_;
};

}  // namespace

std::vector<Sign> lex(std::string_view query) { return Lexer(query).run(); }

}  // namespace vigie::query

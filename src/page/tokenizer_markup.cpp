// What begins with "<!", "<?" or a "</" without a letter behind it: comments and doctypes.
#include "page/tokenizer.hpp"

namespace vigie::page {
namespace {

bool is_word_at(char const* p, std::string_view lower_case) {
  for (char c : lower_case) {
    if (lowered(*p++) != c) return false;
  }
  return true;
}

}  // namespace

// https://html.spec.whatwg.org/#markup-declaration-open-state
template <class Scan>
void Tokenizer<Scan>::markup(Token& token, char const* open) {
  token.begin = offset(open);
  if (open[1] == '?') return bogus_comment(token, open + 1);
  char const* const p = open + 2;
  if (open[1] == '/') return bogus_comment(token, p);
  if (p[0] == '-' && p[1] == '-') return comment(token, p + 2);
  if (is_word_at(p, "doctype")) return doctype(token, p + 7);
  if (cdata_allowed_ && std::string_view(p, static_cast<size_t>(end_ - p)).starts_with("[CDATA[")) {
    at_ = p + 7;
    content_ = Content::cdata;
    return cdata(token);
  }
  bogus_comment(token, p);
}

template <class Scan>
void Tokenizer<Scan>::bogus_comment(Token& token, char const* from) {
  char const* p = from;
  while (*p != '>' && !at_end(p)) p = Scan::until(p + (*p == '\0' ? 1 : 0), '>');
  token.type = TokenType::comment;
  token.text = without_nul(from, p);
  at_ = at_end(p) ? p : p + 1;
}

// The comment behind "<!--". The standard's ten states come down to this: it ends at the first '>' with "--" or "--!"
// before it; "<!-->" and "<!--->" are comments, and empty.
template <class Scan>
void Tokenizer<Scan>::comment(Token& token, char const* from) {
  token.type = TokenType::comment;
  for (char const* p = from;; ++p) {
    p = Scan::until(p, '>');
    std::string_view const before(from, static_cast<size_t>(p - from));
    if (*p == '>') {
      if (before.empty() || before == "-") {
        token.text = {};
      } else if (before.ends_with("--")) {
        token.text = without_nul(from, p - 2);
      } else if (before.ends_with("--!")) {
        token.text = without_nul(from, p - 3);
      } else {
        continue;
      }
      at_ = p + 1;
      return;
    }
    if (at_end(p)) {
      size_t const dropped = before.ends_with("--!") ? 3 : before.ends_with("--") ? 2 : before.ends_with("-") ? 1 : 0;
      token.text = without_nul(from, p - dropped);
      at_ = p;
      return;
    }
  }
}

// https://html.spec.whatwg.org/#doctype-state and the fifteen states behind it. `p` is behind the keyword.
template <class Scan>
void Tokenizer<Scan>::doctype(Token& token, char const* p) {
  token.type = TokenType::doctype;
  token.text = token.public_id = token.system_id = {};
  token.has_name = token.has_public_id = token.has_system_id = token.force_quirks = false;
  auto const ends = [&](char const* last) {
    at_ = at_end(last) ? last : last + 1;
    return true;
  };
  auto const ends_in_quirks = [&](char const* last) { return token.force_quirks = true, ends(last); };
  // '>' or the end of the source behind white space, which the caller says whether it expected.
  auto const stops = [&] {
    p = Scan::spaces(p);
    return *p == '>' || at_end(p);
  };

  if (stops()) return static_cast<void>(ends_in_quirks(p));
  char const* const name = p;
  while (!is_space(*p) && *p != '>' && !at_end(p)) ++p;
  std::string_view const raw = without_nul(name, p);
  scratch_.assign(raw);
  for (char& c : scratch_) c = lowered(c);
  token.text = scratch_ == raw ? raw : scratch_ == "html" ? known_name(Atom::html) : arena_.copy(scratch_);
  token.has_name = true;
  if (stops()) return static_cast<void>(*p == '>' ? ends(p) : ends_in_quirks(p));

  bool ended = false;
  if (is_word_at(p, "public")) {
    p += 6;
    if (stops()) return static_cast<void>(ends_in_quirks(p));
    p = doctype_identifier(token, p, token.public_id, token.has_public_id, ended);
    if (!ended && !stops() && (*p == '"' || *p == '\'')) {
      p = doctype_identifier(token, p, token.system_id, token.has_system_id, ended);
    } else if (!ended && *p != '>') {
      token.force_quirks = true;
    }
  } else if (is_word_at(p, "system")) {
    p += 6;
    if (stops()) return static_cast<void>(ends_in_quirks(p));
    p = doctype_identifier(token, p, token.system_id, token.has_system_id, ended);
  } else {
    token.force_quirks = true;
  }
  if (!ended && stops() && at_end(p)) token.force_quirks = true;
  while (*p != '>' && !at_end(p)) ++p;  // a bogus rest
  ends(p);
}

// A quoted identifier at `p`; anything else, and one that '>' or the end cuts off, makes quirks. Returns where it
// stopped reading; `ended` says that the doctype ends there.
template <class Scan>
char const* Tokenizer<Scan>::doctype_identifier(Token& token, char const* p, std::string_view& id, bool& present,
                                                bool& ended) {
  if (*p != '"' && *p != '\'') {
    token.force_quirks = true;
    return p;
  }
  char const quote = *p++;
  char const* const from = p;
  while (*p != quote && *p != '>' && !at_end(p)) ++p;
  present = true;
  id = without_nul(from, p);
  if (*p == quote) return p + 1;
  token.force_quirks = ended = true;
  return p;
}

// Of the members, those defined in this file.
template class Tokenizer<ScalarScan>;
#if VIGIE_PAGE_SIMD
template class Tokenizer<SimdScan>;
#endif

}  // namespace vigie::page

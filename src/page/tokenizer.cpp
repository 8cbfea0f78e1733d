#include "page/tokenizer.hpp"

#include "page/character_reference.hpp"

namespace vigie::page {
namespace {

constexpr std::string_view kReplacementBytes = "\xEF\xBF\xBD";

constexpr uint32_t kFewAttributes = 12;

// Whether the bytes at `p` are `name` (lower case), whatever their case, and then end as a tag's name does.
bool is_name_at(char const* p, std::string_view name) {
  for (char c : name) {
    if (lowered(*p++) != c) return false;
  }
  return ends_tag_name(*p);
}

}  // namespace

void TokenizerControl::start(std::string_view source) {
  begin_ = at_ = source.data();
  end_ = begin_ + source.size();
  kept_ = 0;
  content_ = Content::data;
  cdata_allowed_ = dropped_attributes_ = false;
  last_start_tag_ = Atom::none;
  seen_in_.clear();
}

template <class Scan>
void Tokenizer<Scan>::next(Token& token) {
  attributes_.shrink(kept_);
  switch (content_) {
    case Content::data:
      return data(token);
    case Content::rcdata:
      return rcdata(token);
    case Content::rawtext:
      return raw(token, end_of_raw(at_));
    case Content::script:
      return raw(token, end_of_script(at_));
    case Content::plaintext:
      return raw(token, end_);
    case Content::cdata:
      return cdata(token);
  }
}

template <class Scan>
void Tokenizer<Scan>::end_of_file(Token& token) {
  at_ = end_;
  token.type = TokenType::end_of_file;
  token.begin = offset(end_);
}

// ---- text ----

template <class Scan>
void Tokenizer<Scan>::text_token(Token& token, char const* from, char const* to) {
  token.type = TokenType::text;
  token.begin = offset(from);
  token.text = {from, static_cast<size_t>(to - from)};
  at_ = to;
}

// The run from..to, whose text is in scratch_.
template <class Scan>
void Tokenizer<Scan>::scratch_token(Token& token, char const* from, char const* to) {
  token.type = TokenType::text;
  token.begin = offset(from);
  token.text = arena_.copy(scratch_);
  at_ = to;
}

template <class Scan>
void Tokenizer<Scan>::nul_token(Token& token, char const* p) {
  if (at_end(p)) return end_of_file(token);
  text_token(token, p, p + 1);
  token.type = TokenType::nul;
}

// The data state: a run of text up to the next tag, comment or NUL, or that itself.
template <class Scan>
void Tokenizer<Scan>::data(Token& token) {
  char const* from = at_;
  char const* copied = nullptr;  // where in the run scratch_ stands, once a reference was decoded
  auto const run_ends = [&](char const* p) {
    if (p == from) return false;
    if (copied == nullptr) return text_token(token, from, p), true;
    scratch_.append(copied, p);
    return scratch_token(token, from, p), true;
  };
  for (char const* p = from;;) {
    p = Scan::text(p);
    if (*p == '<') {
      char const next = p[1];
      if (is_letter(next) || (next == '/' && is_letter(p[2]))) {
        if (!run_ends(p)) tag(token, p + 1);
        return;
      }
      if (next == '/' && p[2] == '>') {  // "</>" is nothing at all
        if (run_ends(p)) return;
        from = at_ = p = p + 3;
      } else if (next == '!' || next == '?' || (next == '/' && !at_end(p + 2))) {
        if (!run_ends(p)) markup(token, p);
        return;
      } else {
        ++p;
      }
    } else if (*p == '&') {
      if (copied == nullptr) scratch_.clear();
      size_t const before = scratch_.size();
      size_t const size = decode_reference(p + 1, ReferencePlace::text, scratch_);
      if (size != 0) {  // what stands before the reference goes before what it decoded to
        scratch_.insert(before, copied == nullptr ? from : copied,
                        static_cast<size_t>(p - (copied == nullptr ? from : copied)));
        copied = p + 1 + size;
        p += size;
      }
      ++p;
    } else {
      if (!run_ends(p)) nul_token(token, p);
      return;
    }
  }
}

// <title> and <textarea>: references, but no tag but the closing one.
template <class Scan>
void Tokenizer<Scan>::rcdata(Token& token) {
  char const* const from = at_;
  char const* copied = from;
  scratch_.clear();
  char const* p = Scan::text(from);
  for (;; p = Scan::text(p)) {
    if (*p == '<') {
      if (is_appropriate_end_tag(p)) break;
      ++p;
    } else if (*p == '&') {
      scratch_.append(copied, p);
      size_t const size = decode_reference(p + 1, ReferencePlace::text, scratch_);
      copied = size == 0 ? p : p + 1 + size;
      p += 1 + size;
    } else if (at_end(p)) {
      break;
    } else {
      scratch_.append(copied, p).append(kReplacementBytes);
      copied = ++p;
    }
  }
  if (p != from) {
    if (copied == from) return text_token(token, from, p);
    scratch_.append(copied, p);
    return scratch_token(token, from, p);
  }
  if (at_end(p)) return end_of_file(token);
  content_ = Content::data;
  tag(token, p + 1);
}

// <style>, <script> and the like: the bytes up to `end`, or the closing tag where they are done.
template <class Scan>
void Tokenizer<Scan>::raw(Token& token, char const* end) {
  if (end != at_) {
    text_token(token, at_, end);
    token.text = without_nul(token.text.data(), end);
  } else if (at_end(end)) {
    end_of_file(token);
  } else {
    content_ = Content::data;
    tag(token, end + 1);
  }
}

template <class Scan>
void Tokenizer<Scan>::cdata(Token& token) {
  char const* p = at_;
  for (;;) {
    p = Scan::until(p, ']');
    if (*p == '\0' || (p[1] == ']' && p[2] == '>')) break;
    ++p;
  }
  if (p != at_) return text_token(token, at_, p);
  if (*p == '\0') return nul_token(token, p);
  at_ = p + 3;
  content_ = Content::data;
  data(token);
}

// "</" and the name of the last start tag, at p.
template <class Scan>
bool Tokenizer<Scan>::is_appropriate_end_tag(char const* p) const {
  return p[1] == '/' && last_start_tag_ != Atom::none && is_name_at(p + 2, names_.name(last_start_tag_));
}

template <class Scan>
char const* Tokenizer<Scan>::end_of_raw(char const* p) const {
  for (;; ++p) {
    p = Scan::raw(p);
    if (*p == '<' ? is_appropriate_end_tag(p) : at_end(p)) return p;
  }
}

// The script data states: inside "<!--" an inner "<script" hides one "</script".
// https://html.spec.whatwg.org/#script-data-state to #script-data-double-escape-end-state
template <class Scan>
char const* Tokenizer<Scan>::end_of_script(char const* p) const {
  enum class State : uint8_t { plain, escaped, double_escaped } state = State::plain;
  for (;;) {
    if (state == State::plain) {
      p = Scan::raw(p);
    } else {
      while (*p != '<' && *p != '-' && *p != '\0') ++p;
    }
    if (*p == '\0') {
      if (at_end(p)) return p;
      ++p;
    } else if (*p == '-') {
      // "--" and any more dashes, then '>': out of every escape.
      char const* const dashes = p;
      while (*p == '-') ++p;
      if (*p == '>' && p - dashes >= 2) state = State::plain;
    } else if (state != State::double_escaped && is_appropriate_end_tag(p)) {
      return p;
    } else if (state == State::plain) {
      bool const escapes = p[1] == '!' && p[2] == '-' && p[3] == '-';
      if (escapes) state = State::escaped;
      p += escapes ? 2 : 1;  // the dashes count for a "-->" at once: "<!-->" is over
    } else if (state == State::escaped) {
      if (is_name_at(p + 1, "script")) state = State::double_escaped;
      ++p;
    } else {
      if (p[1] == '/' && is_name_at(p + 2, "script")) state = State::escaped;
      ++p;
    }
  }
}

// ---- tags ----

// A tag whose name begins at `p`, or at the letter behind '/'. False where the source ends inside it: then there is
// no tag, only the end.
template <class Scan>
bool Tokenizer<Scan>::tag(Token& token, char const* p) {
  token.begin = offset(p - 1);
  token.type = TokenType::start_tag;
  if (*p == '/') {
    token.type = TokenType::end_tag;
    ++p;
  }
  ShortName name;
  if (size_t const size = Scan::name(p, false, name)) {
    token.tag = names_.intern_short(name, size);
    p += size;
  } else {
    token.tag = long_name(p, false);
  }
  if (token.tag == Atom::none) token.tag = Atom::unknown;
  token.self_closing = false;
  token.attribute_count = 0;
  if (*p == '>') {
    at_ = p + 1;
  } else if (!attributes(token, p)) {
    end_of_file(token);
    return false;
  }
  if (token.type == TokenType::start_tag) {
    last_start_tag_ = token.tag;
  } else {
    token.attribute_count = 0;
  }
  return true;
}

// A name with NUL bytes, or of sixteen bytes and more. Leaves `p` behind it.
template <class Scan>
Atom Tokenizer<Scan>::long_name(char const*& p, bool attribute) {
  scratch_.clear();
  for (; !ends_tag_name(*p) && !(attribute && *p == '=' && !scratch_.empty()); ++p) {
    if (*p != '\0') {
      scratch_ += lowered(*p);
    } else if (at_end(p)) {
      break;
    } else {
      scratch_ += kReplacementBytes;
    }
  }
  return names_.intern(scratch_);
}

// Leaves `p` behind the value. False at the end of the source.
template <class Scan>
inline bool Tokenizer<Scan>::attribute_value(char const*& p, std::string_view& value) {
  if (*p != '"') p = Scan::spaces(p);
  if (*p != '"' && *p != '\'') return *p == '>' || unquoted_value(p, value);
  char const quote = *p;
  char const* const from = p + 1;
  p = Scan::value(from, quote);
  if (*p != quote) return decoded_value(p, from, quote, value);
  value = {from, static_cast<size_t>(p - from)};
  ++p;
  return true;
}

// A quoted value that has a reference or a NUL at `p`.
template <class Scan>
bool Tokenizer<Scan>::decoded_value(char const*& p, char const* from, char quote, std::string_view& value) {
  scratch_.clear();
  char const* copied = from;
  for (; *p != quote; p = Scan::value(p, quote)) {
    if (*p == '&') {
      scratch_.append(copied, p);
      size_t const size = decode_reference(p + 1, ReferencePlace::attribute, scratch_);
      copied = size == 0 ? p : p + 1 + size;
      p += 1 + size;
    } else if (at_end(p)) {
      return false;
    } else {
      scratch_.append(copied, p).append(kReplacementBytes);
      copied = ++p;
    }
  }
  if (copied == from) {
    value = {from, static_cast<size_t>(p - from)};
  } else {
    value = arena_.copy(scratch_.append(copied, p));
  }
  ++p;
  return true;
}

template <class Scan>
bool Tokenizer<Scan>::unquoted_value(char const*& p, std::string_view& value) {
  char const* const from = p;
  char const* copied = from;
  scratch_.clear();
  while (!is_space(*p) && *p != '>') {
    if (*p == '&') {
      scratch_.append(copied, p);
      size_t const size = decode_reference(p + 1, ReferencePlace::attribute, scratch_);
      copied = size == 0 ? p : p + 1 + size;
      p += 1 + size;
    } else if (*p != '\0') {
      ++p;
    } else if (at_end(p)) {
      return false;
    } else {
      scratch_.append(copied, p).append(kReplacementBytes);
      copied = ++p;
    }
  }
  if (copied == from) {
    value = {from, static_cast<size_t>(p - from)};
  } else {
    value = arena_.copy(scratch_.append(copied, p));
  }
  return true;
}

template <class Scan>
inline void Tokenizer<Scan>::add_attribute(Token& token, Atom name, std::string_view value) {
  if (name == Atom::none || token.attribute_count >= options_.attributes_max ||
      attributes_.size() >= options_.all_attributes_max) [[unlikely]] {
    dropped_attributes_ = true;
    return;
  }
  if (token.attribute_count < kFewAttributes) {
    Attribute const* const first = attributes_.data() + token.first_attribute;
    for (uint32_t i = 0; i < token.attribute_count; ++i) {
      if (first[i].name == name) return;
    }
  } else if (is_duplicate(token, name)) {
    return;
  }
  Attribute& added = attributes_.push();
  added.name = name;
  added.space = AttributeSpace::none;
  added.value = value;
  ++token.attribute_count;
}

// Few attributes are compared one by one; many leave a mark at their name, so that a tag of a thousand costs a
// thousand.
template <class Scan>
bool Tokenizer<Scan>::is_duplicate(Token const& token, Atom name) {
  uint32_t const mark = token.begin + 1;
  seen_in_.resize(std::max<size_t>(seen_in_.size(), names_.end()));
  if (token.attribute_count == kFewAttributes) {
    for (uint32_t i = 0; i < kFewAttributes; ++i) {
      seen_in_[index(attributes_[token.first_attribute + i].name)] = mark;
    }
  }
  if (seen_in_[index(name)] == mark) return true;
  seen_in_[index(name)] = mark;
  return false;
}

// What stands between a tag's name and its '>'. False at the end of the source.
template <class Scan>
bool Tokenizer<Scan>::attributes(Token& token, char const* p) {
  token.first_attribute = static_cast<uint32_t>(attributes_.size());
  for (;;) {
    p = Scan::spaces(p);
    if (*p == '>') break;
    if (*p == '/') {
      if (*++p != '>') continue;
      token.self_closing = true;
      break;
    }
    if (at_end(p)) return false;

    Atom name;
    ShortName short_name;
    if (size_t const size = Scan::name(p, true, short_name)) {
      name = names_.intern_short(short_name, size);
      p += size;
    } else {
      name = long_name(p, true);
    }
    std::string_view value;
    if (*p != '=') p = Scan::spaces(p);
    if (*p == '=') {
      ++p;
      if (!attribute_value(p, value)) return false;
    }
    add_attribute(token, name, value);
  }
  at_ = p + 1;
  return true;
}

template <class Scan>
std::string_view Tokenizer<Scan>::without_nul(char const* from, char const* to) {
  char const* p = static_cast<char const*>(std::memchr(from, '\0', static_cast<size_t>(to - from)));
  if (p == nullptr) return {from, static_cast<size_t>(to - from)};
  scratch_.assign(from, p);
  for (; p != to; ++p) {
    if (*p == '\0') {
      scratch_ += kReplacementBytes;
    } else {
      scratch_ += *p;
    }
  }
  return arena_.copy(scratch_);
}

template class Tokenizer<ScalarScan>;
#if VIGIE_PAGE_SIMD
template class Tokenizer<SimdScan>;
#endif

}  // namespace vigie::page

// reading.hpp: one article on the table: its tokens, marks, sentences and names, and questions every rule asks of them.
// Threads: confined to one thread, memory reused from article to article.
#pragma once

#include <string>
#include <vector>

#include "speech/marks.hpp"
#include "speech/names.hpp"
#include "speech/tokens.hpp"

namespace vigie::speech {

class Reading {
 public:
  // `text` is title, lede and body, a line each or more; the body begins at byte `body`. It must outlive the reading.
  void read(std::string_view text, size_t body);

  std::vector<Token> const& tokens() const { return tokens_.all(); }
  Token const& operator[](uint32_t i) const { return tokens_.all()[i]; }
  uint32_t size() const { return static_cast<uint32_t>(tokens_.all().size()); }
  std::vector<Marked> const& marked() const { return marked_; }
  std::vector<Sentence> const& sentences() const { return sentences_; }
  Names const& names() const { return names_; }
  std::vector<Named>& take_names() { return names_.all(); }  // to be emptied, when nothing is asked any more
  uint32_t first_body_token() const { return first_body_; }
  uint32_t first_body_point() const { return first_point_; }  // code points before the body

  // The marked stretch a token stands in (its marks included), or kNone: an index into marked().
  uint32_t mark_of(uint32_t token) const { return mark_of_[token]; }
  bool inside(uint32_t token) const { return mark_of_[token] != kNone; }
  NamePlace const* name_at(uint32_t token) const {
    auto const place = names_.at(token);
    return place == kNone ? nullptr : &names_.places()[place];
  }
  Named const& named(uint32_t id) const { return names_.all()[id]; }
  // How many sentences begin at or before a token.
  uint32_t sentences_to(uint32_t token) const { return sentences_to_[token]; }
  std::string_view text(uint32_t begin, uint32_t end) const;  // of tokens, half open
  // The token behind `i`, with a marked stretch counted as one; before `i`, likewise (kNone at the start).
  uint32_t after(uint32_t i) const;
  uint32_t before(uint32_t i) const;

 private:
  Tokens tokens_;
  Names names_;
  std::vector<Marked> marked_;
  std::vector<Sentence> sentences_;
  std::vector<uint32_t> mark_of_;
  std::vector<char> starts_;
  std::vector<uint32_t> sentences_to_;
  uint32_t first_body_ = 0;
  uint32_t first_point_ = 0;
};

}  // namespace vigie::speech

#include "speech/lexemes.hpp"

#include <algorithm>
#include <cstring>

#include "speech/gazetteer.hpp"
#include "speech/letters.hpp"
#include "speech/word_sets.hpp"

namespace vigie::speech {
namespace {

constexpr std::string_view kSubjects[] = {"-t-elles", "-t-elle", "-t-ils", "-t-il", "-t-on", "-elles",
                                          "-elle",    "-ils",    "-il",    "-on",   "-je"};

// "beau-frère", "coprésident-fondateur": of an unknown word behind a prefix that makes another person of a person.
Facts behind_prefix(std::string_view low) {
  auto const hyphen = low.find('-');
  if (hyphen == std::string_view::npos || hyphen > 7) return 0;
  auto const prefix = low.substr(0, hyphen);
  for (std::string_view known : {"ex", "co", "vice", "beau", "belle", "demi", "sous", "arrière", "beaux", "archi"}) {
    if (prefix == known)
      return facts_of(low.substr(hyphen + 1)) & (kPersonNoun | kMasculine | kFeminine | kPlural | kOrdinary);
  }
  return 0;
}

Shape shape_of(std::string_view text) {
  size_t letters = 0, capitals = 0;
  bool first_capital = false, first = true, behind_hyphen = false;
  for (size_t at = 0; at < text.size();) {
    auto const code = code_at(text, at);
    if (code.kind == CharKind::letter) {
      bool const capital = text::is_upper(code.value);
      if (first || behind_hyphen) first_capital |= capital;  // el-Assad
      ++letters;
      capitals += capital;
    } else if (first && code.kind == CharKind::digit) {
      first_capital = false;
    }
    first = false;
    behind_hyphen = is_hyphen(code.value);
    at = code.end;
  }
  if (letters == 0) return Shape::number;
  if (capitals == letters && letters > 1) return Shape::upper;
  return first_capital || capitals > 1 ? Shape::capital : Shape::lower;
}

// All that Finder::according() and cue_at() begin with.
bool may_report(std::string_view low, Facts facts) {
  if ((facts & kReporting) != 0 && (facts & kVerbForm) != 0) return true;
  return is_one_of(low, {"selon", "d'", "croire", "pour", "according", "savoir", "valoir", "garde"});
}

std::string lower_of(std::string_view text, size_t from) {
  std::string low;
  for (size_t at = from; at < text.size();) {
    auto const code = code_at(text, at);
    append_code_point(low, text::to_lower(code.value));
    at = code.end;
  }
  return low;
}

std::string_view copy(std::string_view bytes, std::pmr::memory_resource& memory) {
  if (bytes.empty()) return {};
  auto* const to = static_cast<char*>(memory.allocate(bytes.size(), 1));
  std::memcpy(to, bytes.data(), bytes.size());
  return {to, bytes.size()};
}

}  // namespace

// A capital behind a small letter (or behind capitals) opens an ordinary word: a paragraph break was lost before it.
size_t glued_word(std::string_view written) {
  auto const end = written.size();
  bool inner_capital = false;
  for (size_t at = 0; at < end && !inner_capital;) {
    auto const size = plain_letter(written, at);
    inner_capital =
        size == 0 ? static_cast<unsigned char>(written[at]) >= 0x80 : at > 0 && is_plain_capital(written, at);
    at += std::max<size_t>(size, 1);
  }
  if (!inner_capital) return end;
  size_t last = 0, before = 0;
  bool previous_letter = false;
  for (size_t at = 0; at < end;) {
    auto const code = code_at(written, at);
    if (text::is_upper(code.value) && previous_letter && at > 0) last = at;
    previous_letter = code.kind == CharKind::letter;
    before = at;
    at = code.end;
  }
  if (last == 0 || before == last) return end;
  auto const after = code_at(written, code_at(written, last).end);
  if (text::is_upper(after.value) || after.kind != CharKind::letter) return end;
  auto const low = lower_of(written, last);
  auto const facts = facts_of(low);
  bool const grammar = (facts & (kDeterminer | kPreposition | kPronoun | kConjunction | kClitic | kAdverb)) != 0;
  bool const small = !text::is_upper(code_at(written, 0).value);
  return (grammar || (small && (facts & kOrdinary))) && !(facts & kFirstName) && end > low.size() + 1 ? last : end;
}

size_t clitic_subject(std::string_view written) {
  if (written.find('-') == std::string_view::npos) return written.size();
  auto const low = lower_of(written, 0);
  for (auto subject : kSubjects) {
    if (low.size() > subject.size() && low.ends_with(subject) && !low.starts_with("t-"))
      return written.size() - subject.size();
  }
  return written.size();
}

Lexeme const& Lexemes::make(std::string_view written, Met const& met) {
  uint32_t number = 0;
  bool const keep = written.size() <= kBytesKept && !known_.find(met.spelling, met.hash, number);
  passed_ |= !keep;
  std::pmr::memory_resource& memory = keep ? kept_ : passing_;
  auto& made = *std::pmr::polymorphic_allocator<>(&memory).new_object<Lexeme>();
  made.written = copy(written, memory);
  std::string low;
  for (size_t at = 0; at < written.size(); ++made.points) {
    auto const code = code_at(written, at);
    append_code_point(low, code.kind == CharKind::apostrophe ? U'\'' : text::to_lower(code.value));
    at = code.end;
  }
  made.low = low == written ? made.written : copy(low, memory);
  expect_facts(made.low);
  made.shape = shape_of(written);
  made.whole = glued_word(written) == written.size() && clitic_subject(written) == written.size();
  scratch_.clear();
  append_key(scratch_, made.low);
  made.key = scratch_ == made.low ? made.low : copy(scratch_, memory);
  made.facts = facts_of(made.low);
  if (made.facts == 0) made.facts = behind_prefix(made.low);
  made.reports = may_report(made.low, made.facts);
  if (keep) known_.put(met.spelling, &made, 0);
  return made;
}

void Lexemes::forget_if_many() {
  if (passed_) passing_.release();
  passed_ = false;
  if (known_.size() < kLexemesKept) return;
  known_ = {};
  kept_.release();
}

}  // namespace vigie::speech

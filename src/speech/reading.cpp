#include "speech/reading.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace vigie::speech {

void Reading::read(std::string_view text, size_t body) {
  tokens_.read(text);
  auto const& t = tokens_.all();
  auto const it = std::find_if(t.begin(), t.end(), [&](Token const& token) { return token.begin >= body; });
  first_body_ = static_cast<uint32_t>(it - t.begin());
  first_point_ = static_cast<uint32_t>(count_code_points(text.substr(0, body)));
  pair_marks(t, 0, marked_);
  outer_sentences(t, marked_, 0, sentences_);
  mark_of_.assign(t.size(), kNone);
  for (uint32_t m = 0; m < marked_.size(); ++m) {
    auto const last = std::min<size_t>(marked_[m].close, t.size() - 1);
    for (auto i = marked_[m].open; i <= last; ++i) {
      if (t[i].sign != '\n' || i != marked_[m].close) mark_of_[i] = m;
    }
  }
  starts_.assign(t.size(), 0);
  for (auto const& s : sentences_) starts_[s.begin] = 1;
  sentences_to_.resize(t.size());
  for (uint32_t i = 0, sentences = 0; i < t.size(); ++i) sentences_to_[i] = sentences += starts_[i];
  for (uint32_t i = 0; i < t.size(); ++i) {  // inside marks too, and behind a mark, a colon or a dash
    auto const sign = i > 0 ? t[i - 1].sign : '\n';
    if (is_stop(sign) && !(i > 1 && t[i - 2].is(kHonorific) && sign == '.')) {
      bool const initial = sign == '.' && i > 1 && t[i - 2].points == 1 && t[i - 2].is_capital();
      if (!initial) starts_[i] = 1;
    }
    if (sign == '\n' || is_quote_mark(sign) || sign == ':' || sign == 0x2013 || sign == 0x2014 || sign == '-' ||
        sign == '(' || t[i].glued) {
      starts_[i] = 1;
    }
  }
  names_.read(tokens_, starts_);
}

std::string_view Reading::text(uint32_t begin, uint32_t end) const {
  auto const& t = tokens_.all();
  if (begin >= end) return {};
  return tokens_.text().substr(t[begin].begin, t[end - 1].end - t[begin].begin);
}

uint32_t Reading::after(uint32_t i) const {
  auto const mark = mark_of_[i];
  return mark == kNone ? i + 1 : std::max(i + 1, std::min(marked_[mark].close + 1, size()));
}

uint32_t Reading::before(uint32_t i) const {
  if (i == 0) return kNone;
  auto const mark = mark_of_[i - 1];
  return mark == kNone ? i - 1 : marked_[mark].open;
}

}  // namespace vigie::speech

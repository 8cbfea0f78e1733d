#include "index/term_table.hpp"

#include <algorithm>
#include <cstring>

#include "index/sort_prefix.hpp"

namespace vigie::index {
namespace {

constexpr uint32_t kMaxVariants = 4096;  // of one stem; later forms share the last, hostile text only

}  // namespace

TermTable::FormRef TermTable::form(std::string_view key, std::string_view written) {
  uint32_t const key_number = key_texts_.add(key);
  if (key_number == keys_.size()) keys_.push_back({});
  form_text_.resize(sizeof key_number);
  std::memcpy(form_text_.data(), &key_number, sizeof key_number);
  form_text_ += written;
  uint32_t const number = form_texts_.add(form_text_);
  if (number == forms_.size()) forms_.push_back({0, 0, kNone});
  return {number, key_number};
}

TermTable::Ref TermTable::use(FormRef ref) {
  Form& form = forms_[ref.form];
  Key& key = keys_[ref.key];
  if (key.segment != segment_) {
    key = {segment_, terms()};
    terms_.push_back({ref.key, 0, kNone, kNone});
  }
  if (form.segment == segment_) return {key.term, form.variant};
  form.segment = segment_;
  form.next = kNone;
  Term& term = terms_[key.term];
  if (term.variants == kMaxVariants) {
    form.variant = kMaxVariants - 1;
    return {key.term, form.variant};
  }
  form.variant = term.variants++;
  (term.last == kNone ? term.first : forms_[term.last].next) = ref.form;
  term.last = ref.form;
  return {key.term, form.variant};
}

void TermTable::variants(uint32_t term, std::vector<std::string_view>& out) const {
  out.clear();
  for (uint32_t at = terms_[term].first; at != kNone; at = forms_[at].next) {
    out.push_back(written(at));
  }
}

std::vector<TermTable::Keyed> TermTable::by_key() const {
  struct Ordered {
    SortPrefix prefix;
    Keyed keyed;
  };
  std::vector<Ordered> ordered;
  ordered.reserve(terms_.size());
  for (uint32_t number = 0; number < terms(); ++number) {
    Term const& term = terms_[number];
    auto const key = key_texts_.text(term.key);
    ordered.push_back({SortPrefix(key), {key, written(term.first), number, term.variants}});
  }
  std::ranges::sort(ordered, [](Ordered const& a, Ordered const& b) {
    return a.prefix == b.prefix ? a.keyed.key < b.keyed.key : a.prefix < b.prefix;
  });
  std::vector<Keyed> keys;
  keys.reserve(ordered.size());
  for (Ordered const& each : ordered) keys.push_back(each.keyed);
  return keys;
}

void TermTable::next_segment() {
  terms_.clear();
  ++segment_;
}

void TermTable::forget() {
  key_texts_.clear();
  form_texts_.clear();
  keys_ = {};
  forms_ = {};
}

}  // namespace vigie::index

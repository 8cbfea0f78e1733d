// term_table.hpp: the terms of a segment being made, and what words were noted for. Keys and written forms are kept
// from one segment to the next, most of whose words it knows: a form met again costs two look-ups by number.
// Threads: one. Lifetime: views until the next form() or forget().
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "index/text_ids.hpp"

namespace vigie::index {

class TermTable {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;
  // A written form of the term with a key; it stands until forget().
  struct FormRef {
    uint32_t form = kNone, key = kNone;
  };
  FormRef form(std::string_view key, std::string_view written);

  struct Ref {  // of this segment
    uint32_t term = 0, variant = 0;
  };
  // Notes the form's use in this segment.
  Ref use(FormRef);
  // Asks memory for what use() will read.
  void expect(FormRef ref) const {
    __builtin_prefetch(forms_.data() + ref.form, 1);
    __builtin_prefetch(keys_.data() + ref.key, 1);
  }

  uint32_t terms() const { return static_cast<uint32_t>(terms_.size()); }
  uint32_t forms() const { return static_cast<uint32_t>(forms_.size()); }  // of all segments since forget()
  // Replaces `out` by the term's written forms, by Occurrence::variant.
  void variants(uint32_t term, std::vector<std::string_view>& out) const;
  struct Keyed {
    std::string_view key, form;  // the first of its written forms
    uint32_t term = 0, variants = 0;
  };
  std::vector<Keyed> by_key() const;

  void next_segment();
  void forget();  // Precondition: no term was noted since next_segment()

 private:
  struct Key {
    uint32_t segment = 0, term = 0;  // the segment it was last used in, and its term there
  };
  struct Form {
    uint32_t segment = 0, variant = 0;
    uint32_t next = kNone;  // of the same term in this segment
  };
  struct Term {
    uint32_t key = 0, variants = 0;
    uint32_t first = kNone, last = kNone;  // forms
  };

  std::string_view written(uint32_t form) const { return form_texts_.text(form).substr(sizeof(uint32_t)); }

  TextIds key_texts_, form_texts_;  // a form: its key's number, then how it is written
  std::vector<Key> keys_;
  std::vector<Form> forms_;
  std::vector<Term> terms_;
  uint32_t segment_ = 1;
  std::string form_text_;
};

}  // namespace vigie::index

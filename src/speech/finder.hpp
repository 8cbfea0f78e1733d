// finder.hpp: the quotes of a reading, as claims without speakers yet. Each sentence is searched for cues; a cue with
// its source claims the words it reports (find_inversion, find_governed, find_according); marks that no cue claims are
// left out (scare quotes, titles) or, where they stand alone, claimed for a speaker beside them (find_loose).
// Threads: confined to one thread, memory reused. Cost: linear in the tokens; each cue looks a bounded way.
#pragma once

#include <vector>

#include "speech/claim.hpp"
#include "speech/reading.hpp"

namespace vigie::speech {

class Finder {
 public:
  // Appends to `claims`, in the order found.
  void find(Reading const&, bool english, std::vector<Claim>& claims);

 private:
  void sentence(Sentence const&);
  bool report(Cue&, Sentence const&);

  // CONTENT, a déclaré X
  bool inversion(Cue&, Sentence const&);
  bool english_tag(Cue&, Sentence const&);
  bool unknown_inversion(uint32_t mark, Sentence const&);
  Source body_behind(uint32_t i, uint32_t end) const;
  Source inverted_subject(Cue& cue, uint32_t end, bool& clitic, bool loose = false) const;
  void continuation(uint32_t from, Sentence const&, Source const&, Cue const&);

  // X a déclaré CONTENT
  bool that_clause(Cue const&, Sentence const&);
  bool tells_itself(Cue const&, Source const&) const;
  bool colon(Cue const&, Sentence const&);
  bool infinitive(Cue const&, Sentence const&);
  bool phrase(Cue const&, Sentence const&);
  bool english_clause(Cue const&, Sentence const&);
  Source subject(Cue const&, Sentence const&, bool loose = false);
  uint32_t leading_gerund(Cue const&, Sentence const&, uint32_t begin) const;
  Source main_source(uint32_t begin, uint32_t end) const;

  bool according(uint32_t i, Sentence const&);  // selon X, CONTENT

  void leftovers(Sentence const&);
  void lone_quote(uint32_t mark, Sentence const&);
  bool heads(uint32_t mark) const;
  Source verbless_source(uint32_t begin, uint32_t colon) const;
  bool predicate(uint32_t mark, uint32_t i, Sentence const&);
  void fragment(uint32_t mark, uint32_t i, Sentence const&);
  Source inner_source(uint32_t verb, uint32_t start, uint32_t end) const;
  bool split_by_cue(uint32_t mark, bool join_last);
  bool split_by_credit(uint32_t mark);

  void told(Source const&, uint32_t end);  // the report is done: content may begin behind it
  void claim_marks(uint32_t begin, uint32_t end);
  void add(Claim);
  void add_direct(uint32_t mark, Source const&, uint32_t cue_begin, uint32_t cue_end, bool join_last = false,
                  Lean lean = Lean::back);
  void add_clause(uint32_t begin, uint32_t end, Source const&, uint32_t cue_begin, uint32_t cue_end,
                  Lean lean = Lean::none);

  Reading const* r_ = nullptr;
  std::vector<Claim>* claims_ = nullptr;
  std::vector<char> claimed_;    // by mark
  Source sentence_source_;       // of the last cue in this sentence
  uint32_t sentence_begin_ = 0;  // where content may begin: behind the last claim
  uint32_t previous_begin_ = 0;  // where the sentence before this one begins
  bool previous_told_ = false;   // a claim was made in it
  bool english_ = false;
};

}  // namespace vigie::speech

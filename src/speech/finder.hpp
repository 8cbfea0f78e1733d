// finder.hpp: the quotes of a reading. Each sentence is searched for cues; a cue with its source claims the words it
// reports; marks that no cue claims are left out (scare quotes, titles) or, where they stand alone, given to the
// speaker beside them. Threads: confined to one thread, memory reused. Cost: linear in the tokens; each cue looks a
// bounded way.
#pragma once

#include <vector>

#include "speech/reading.hpp"
#include "speech/source_phrase.hpp"
#include "speech/speakers.hpp"
#include "speech/speech.hpp"

namespace vigie::speech {

class Finder {
 public:
  // Appends to `quotes`, unsorted; offsets count from token first_body_token().
  void find(Reading const&, bool english, std::vector<Quote>& quotes);

 private:
  struct Cue {
    uint32_t verb = 0;            // its first reporting word
    uint32_t begin = 0, end = 0;  // with auxiliaries and clitic subject
    Facts facts = 0;
  };
  struct Claim {
    QuoteType type = QuoteType::direct;
    uint32_t begin = 0, end = 0;  // tokens of the quoted text
  };

  void sentence(Sentence const&);
  bool cue_at(uint32_t i, Cue&) const;
  bool negated(Cue const&) const;
  bool inversion(Cue&, Sentence const&);
  Source body_behind(uint32_t i, uint32_t end) const;
  Source inverted_subject(Cue&, uint32_t end, bool& clitic) const;
  Source main_source(uint32_t begin, uint32_t end) const;
  void continuation(uint32_t from, Sentence const&, Source const&, Cue const&);
  bool that_clause(Cue const&, Sentence const&);
  bool colon(Cue const&, Sentence const&);
  bool infinitive(Cue const&, Sentence const&);
  bool phrase(Cue const&, Sentence const&);
  bool according(uint32_t i, Sentence const&);
  bool english_clause(Cue const&, Sentence const&);
  void leftovers(Sentence const&);
  Source subject(Cue const&, Sentence const&);

  uint32_t clause_end(uint32_t from, uint32_t end) const;
  bool relays(uint32_t comma, uint32_t end) const;
  uint32_t over_adjuncts(uint32_t i, uint32_t end) const;
  uint32_t only_mark(uint32_t begin, uint32_t end) const;
  bool has_mark(uint32_t begin, uint32_t end) const;
  void claim_marks(uint32_t begin, uint32_t end);
  Source inner_source(uint32_t verb, uint32_t start, uint32_t end) const;
  bool split_by_cue(uint32_t mark, bool join_last);
  void add_direct(uint32_t mark, Source const&, uint32_t cue_begin, uint32_t cue_end, bool join_last = false);
  void add(QuoteType, uint32_t begin, uint32_t end, Source const&, Speaker const&, uint32_t cue_begin, uint32_t cue_end,
           bool join_last = false);
  void add_clause(uint32_t begin, uint32_t end, Source const&, uint32_t cue_begin, uint32_t cue_end);

  Reading const* r_ = nullptr;
  std::vector<Quote>* quotes_ = nullptr;
  Speakers speakers_;
  std::vector<char> claimed_;    // by mark
  Source sentence_source_;       // of the last cue in this sentence
  uint32_t sentence_begin_ = 0;  // where content may begin: behind the last claim
  uint32_t groups_ = 0;
  uint32_t first_point_ = 0;
  bool english_ = false;
};

}  // namespace vigie::speech

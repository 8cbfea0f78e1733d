// reading.hpp: from an article to its trace, all but the links. One pass over the text; beyond kTokensMax words nothing
// is looked at. Threads: a Reader belongs to one thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kinship/kinship.hpp"
#include "kinship/trace.hpp"

namespace vigie::kinship {

inline constexpr size_t kTokensMax = 20'000;

struct Reading {
  Trace trace;                          // weighed by the background alone, not measured
  std::vector<std::string_view> words;  // of each term, as it is written: "Nantes"; views into the document
};

class Reader {
 public:
  Reader();
  ~Reader();
  Reading read(DocumentView const&);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Marks the ten heaviest terms. After every change of weights.
void mark_top(Trace&);

}  // namespace vigie::kinship

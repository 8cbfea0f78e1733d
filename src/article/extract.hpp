// extract.hpp: Capture -> Article. A pure function of the capture: no clock, no store, no network. Never throws and
// never fails on a page: what was doubtful is in Article::diagnostics. Errors: invalid_input only for a record that is
// not a JSON object with something to keep; over_limit for what exceeds stated bounds. Threads: an Extractor belongs to
// one thread and reuses its memory from page to page.
#pragma once

#include <memory>

#include "article/article.hpp"
#include "base/result.hpp"
#include "source/capture.hpp"

namespace vigie::article {

class Extractor {
 public:
  Extractor();
  ~Extractor();
  Extractor(Extractor const&) = delete;
  Extractor& operator=(Extractor const&) = delete;

  // `seen` of the result is the capture's; the id is assigned.
  Result<Article> extract(source::Capture const&);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vigie::article

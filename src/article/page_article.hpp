// page_article.hpp: an HTML page -> Article: what the page says of itself, where its text stands, and which of the
// claims are believed. Order of belief, field by field: docs/articles.md.
// Threads: a PageExtractor belongs to one thread and keeps its memory from page to page.
#pragma once

#include <string_view>

#include "article/article.hpp"
#include "article/block_model.hpp"
#include "article/context.hpp"
#include "article/evidence.hpp"
#include "article/features.hpp"
#include "article/json.hpp"
#include "article/plain.hpp"
#include "article/script_text.hpp"
#include "article/selection.hpp"
#include "article/survey.hpp"
#include "page/page.hpp"
#include "source/capture.hpp"

namespace vigie::article {

// What measurements leave out; the default is everything.
struct Stages {
  bool linked_data = true;
  bool cleaning = true;
  float keep_above = kKeepAbove;
  BlockClassifier const* classifier = &BlockClassifier::built_in();
};

class PageExtractor {
 public:
  // Fills all but id and seen. `capture` is of media html, or `html` a document made of a feed entry.
  void read(std::string_view html, source::Capture const& capture, Stages const&, Article&);

  // Of the last page read; for measurements and training.
  Survey const& survey() const { return survey_; }
  FeatureTable const& table() const { return table_; }
  Selection const& selection() const { return selection_; }

 private:
  void gather(page::Page const&, source::Capture const&, Stages const&, Evidence&);
  void settle_title(page::Tree const&, Evidence&, Article&);
  void settle_address(Evidence const&, source::Capture const&, Article&);
  void take_script_text(page::Tree const&, Evidence const&, Article&);
  void settle_rest(Evidence const&, Article&);

  // As in a browser: what a page shows only to those without scripts is no part of it, however badly it is closed.
  page::PageReader reader_{{}, page::Scripting::on};
  Survey survey_;
  FeatureTable table_;
  ContextTable context_;
  Selection selection_;
  Plainer plain_;
  Json json_;
  ScriptTextReader script_text_;
};

}  // namespace vigie::article

#include "article/extract.hpp"

#include <exception>

#include "article/feed_article.hpp"
#include "article/page_article.hpp"
#include "article/plain_text.hpp"
#include "article/record.hpp"
#include "base/utf8.hpp"

namespace vigie::article {

struct Extractor::State {
  PageExtractor page;
  Json json;
  Plainer plain;
};

Extractor::Extractor() : state_(std::make_unique<State>()) {}
Extractor::~Extractor() = default;

namespace {

void read_text(source::Capture const& capture, Article& a) {
  a.url = capture.url;
  if (is_valid_utf8(capture.body)) {
    read_plain_text(capture.body, a);
  } else {
    a.diagnostics.push_back("charset: not UTF-8; ill-formed bytes were replaced");
    read_plain_text(to_valid_utf8(capture.body), a);
  }
}

}  // namespace

Result<Article> Extractor::extract(source::Capture const& capture) try {
  Article a;
  switch (capture.media) {
    case source::Media::html:
      state_->page.read(capture.body, capture, {}, a);
      break;
    case source::Media::text:
      read_text(capture, a);
      break;
    case source::Media::feed_entry:
      read_feed_entry(capture, state_->plain, a);
      break;
    case source::Media::record: {
      VIGIE_TRY(a, article_of_record(capture.body, state_->json));
      break;
    }
  }
  if (capture.seen) a.seen = capture.seen;
  assign_id(a);
  return a;
} catch (std::exception const& problem) {
  return fail(Errc::over_limit, std::string("the capture could not be read: ") + problem.what());
}

}  // namespace vigie::article

#include "engine/copies.hpp"

#include "kinship/passages.hpp"

namespace vigie::engine {
namespace {

Relative relative(article::Article const& article, kinship::Reuse const& reuse, bool here_is_later) {
  Relative out{article.id,        article.url,  article.title, article.source,
               article.published, article.seen, reuse.share,   {}};
  for (auto const& passage : reuse.passages) {
    Highlight const later{passage.begin, passage.end}, earlier{passage.earlier_begin, passage.earlier_end};
    out.passages.push_back(here_is_later ? SharedPassage{later, earlier} : SharedPassage{earlier, later});
  }
  return out;
}

}  // namespace

Result<Copies> copies_of(archive::Archive const& archive, std::string_view id) {
  VIGIE_TRY(auto const here, archive.latest(id));
  std::string const text = article::text(here.article);
  Copies out;
  if (here.copy_of) {
    auto const original = archive.latest(*here.copy_of);
    if (!original && original.error().code != Errc::not_found) return tl::unexpected<Error>(original.error());
    if (original) {
      auto const reuse = kinship::reuse(text, article::text(original->article));
      out.original = relative(original->article, reuse, true);
    }
  }
  VIGIE_TRY(auto const copies, archive.copies(id, kCopiesMax));
  for (auto const& copy : copies) {
    out.copies.push_back(relative(copy.article, kinship::reuse(article::text(copy.article), text), false));
  }
  return out;
}

}  // namespace vigie::engine

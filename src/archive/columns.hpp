// columns.hpp: an Article as columns and back, exactly. Lists are text with "\n" behind each element; times are the
// source's own clock plus a form (precision, zone, offset); blocks are one text and a run-length list of their kinds.
// Threads: pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.hpp"
#include "archive/sqlite.hpp"
#include "article/article.hpp"
#include "base/time.hpp"

namespace vigie::archive {

std::string join(std::vector<std::string> const&);
std::vector<std::string> split(std::string_view);

std::string block_shape(std::vector<article::Block> const&);
std::string block_text(std::vector<article::Block> const&);
// What does not agree with itself gives the blocks that do.
std::vector<article::Block> blocks_of(std::string_view shape, std::string_view text);

int64_t form_of(Time);
Time time_of(int64_t local_s, int64_t form);

int64_t flags_of(article::Article const&);
void set_flags(article::Article&, int64_t);

// What a reader sees, hashed: two captures of an article with the same digest are one edition. Left out: what changes
// from visit to visit without a reader noticing (modified, image, seen, diagnostics).
int64_t content_digest(article::Article const&);

// The columns of `content` behind its key, in this order, and of `edition` that an article is made of.
inline constexpr char kContentColumns[] =
    "id,url,source,language,kicker,title,lede,shape,body,authors,section,tags,image,diagnostics";
inline constexpr int kContentColumnCount = 14;
inline constexpr char kTimeColumns[] = "flags,published,published_form,modified,modified_form,seen,seen_form";

// Owns what is bound to the insert statement.
struct ContentColumns {
  explicit ContentColumns(article::Article const&);
  void bind(Statement&, int from) const;

  article::Article const& article;
  std::string shape, body, authors, tags, diagnostics;
};

void bind_time(Statement&, int at, std::optional<Time> const&);
std::optional<Time> time_at(Statement const&, int column);
// Story, the original's id and the copy group of an edition, from `from` on; absent ones are NULL.
void set_kin(Statement const&, int from, Edition&);
// `columns` stand from `from` on: kContentColumns, then kTimeColumns.
article::Article article_at(Statement const&, int from);

}  // namespace vigie::archive

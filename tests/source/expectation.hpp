// expectation.hpp: feedparser's expectations, "entries[0]['title'] == u'caf\xe9' and …", read as far as they speak of
// fields that a Feed keeps. Nothing is evaluated: a clause is a path, "==" and a literal, or it is left aside.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "source/feed.hpp"

namespace vigie::source {

struct Clause {
  std::string path;      // "entries[0].content[0].value"
  std::string expected;  // a text, or a date as "2004-01-01T19:48:21Z"
};

// The clauses of an expectation that are of that form.
std::vector<Clause> clauses_of(std::string_view expectation);

// What the feed holds there; nullopt where the path names nothing a Feed keeps.
std::optional<std::string> value_at(Feed const&, std::string_view path);

}  // namespace vigie::source

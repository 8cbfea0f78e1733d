#include "archive/columns.hpp"

#include <algorithm>

#include "base/coding.hpp"
#include "base/hash.hpp"

namespace vigie::archive {
namespace {

using article::Block;
using article::BlockKind;

// An element that holds a line break itself (no text should) keeps it as a vertical tab.
void append_line(std::string& out, std::string_view text) {
  size_t const before = out.size();
  out += text;
  std::replace(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(), '\n', '\v');
  out += '\n';
}

template <class Each>
void each_line(std::string_view text, Each const& each) {
  while (!text.empty()) {
    size_t const end = std::min(text.find('\n'), text.size());
    std::string line(text.substr(0, end));
    std::ranges::replace(line, '\v', '\n');
    each(std::move(line));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

std::string join(std::vector<std::string> const& list) {
  std::string out;
  for (auto const& element : list) append_line(out, element);
  return out;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> list;
  each_line(text, [&](std::string&& line) { list.push_back(std::move(line)); });
  return list;
}

std::string block_shape(std::vector<Block> const& blocks) {
  std::string out;
  for (size_t at = 0; at < blocks.size();) {
    size_t end = at + 1;
    while (end < blocks.size() && blocks[end].kind == blocks[at].kind && blocks[end].level == blocks[at].level) ++end;
    out += static_cast<char>(blocks[at].kind);
    out += static_cast<char>(blocks[at].level);
    put_varint(out, end - at);
    at = end;
  }
  return out;
}

std::string block_text(std::vector<Block> const& blocks) {
  std::string out;
  size_t bytes = 0;
  for (auto const& block : blocks) bytes += block.text.size() + 1;
  out.reserve(bytes);
  for (auto const& block : blocks) append_line(out, block.text);
  return out;
}

std::vector<Block> blocks_of(std::string_view shape, std::string_view text) {
  std::vector<Block> blocks;
  ByteCursor cursor(shape);
  Block next;
  uint64_t left = 0;
  each_line(text, [&](std::string&& line) {
    if (left == 0 && !cursor.at_end()) {
      next.kind = static_cast<BlockKind>(
          std::min<uint8_t>(cursor.fixed<uint8_t>(), static_cast<uint8_t>(BlockKind::preformatted)));
      next.level = cursor.fixed<uint8_t>();
      left = cursor.varint();
    }
    if (left > 0) --left;
    next.text = std::move(line);
    blocks.push_back(next);
  });
  return blocks;
}

// Bit 0: a second is known. Bits 1-2: zone. From bit 3: the offset in minutes.
int64_t form_of(Time time) {
  return (int64_t{time.offset_minutes} * 8) | (static_cast<int64_t>(time.zone) << 1) |
         static_cast<int64_t>(time.precision);
}

Time time_of(int64_t local_s, int64_t form) {
  return {.local_s = local_s,
          .offset_minutes = static_cast<int16_t>(form >> 3),
          .precision = static_cast<Time::Precision>(form & 1),
          .zone = static_cast<Time::Zone>(std::min<int64_t>((form >> 1) & 3, 2))};
}

int64_t flags_of(article::Article const& a) {
  return (a.lede_in_text ? 1 : 0) | (static_cast<int64_t>(a.access) << 1) | (static_cast<int64_t>(a.kind) << 3);
}

void set_flags(article::Article& a, int64_t flags) {
  a.lede_in_text = (flags & 1) != 0;
  a.access = static_cast<article::Access>(std::min<int64_t>((flags >> 1) & 3, 2));
  a.kind = static_cast<article::Kind>((flags >> 3) & 3);
}

int64_t content_digest(article::Article const& a) {
  std::string const body = block_text(a.blocks);
  std::string seen;
  seen.reserve(body.size() + a.title.size() + a.lede.size() + 1024);
  for (auto const* field : {&a.url, &a.source, &a.language, &a.kicker, &a.title, &a.lede, &a.section})
    put_string(seen, *field);
  put_string(seen, block_shape(a.blocks));
  put_string(seen, body);
  put_string(seen, join(a.authors));
  put_string(seen, join(a.tags));
  put_varint(seen, static_cast<uint64_t>(flags_of(a)));
  if (a.published) put_string(seen, format_rfc3339(*a.published));
  return static_cast<int64_t>(hash64(seen));
}

ContentColumns::ContentColumns(article::Article const& a)
    : article(a),
      shape(block_shape(a.blocks)),
      body(block_text(a.blocks)),
      authors(join(a.authors)),
      tags(join(a.tags)),
      diagnostics(join(a.diagnostics)) {}

void ContentColumns::bind(Statement& statement, int from) const {
  auto const& a = article;
  for (auto const* field : {&a.id, &a.url, &a.source, &a.language, &a.kicker, &a.title, &a.lede})
    statement.bind(from++, *field);
  statement.bind_blob(from++, shape);
  for (auto const* field : {&body, &authors, &a.section, &tags, &a.image, &diagnostics}) statement.bind(from++, *field);
}

void bind_time(Statement& statement, int at, std::optional<Time> const& time) {
  if (!time) {
    statement.bind_null(at).bind_null(at + 1);
    return;
  }
  statement.bind(at, time->local_s).bind(at + 1, form_of(*time));
}

std::optional<Time> time_at(Statement const& statement, int column) {
  if (statement.is_null(column)) return std::nullopt;
  return time_of(statement.integer(column), statement.integer(column + 1));
}

void set_kin(Statement const& row, int from, Edition& edition) {
  if (!row.is_null(from)) edition.story = kinship::StoryId{static_cast<uint64_t>(row.integer(from))};
  if (!row.is_null(from + 1)) edition.copy_of = std::string(row.text(from + 1));
  edition.copy_group = static_cast<uint64_t>(row.integer(from + 2));
}

article::Article article_at(Statement const& row, int from) {
  article::Article a;
  for (auto* field : {&a.id, &a.url, &a.source, &a.language, &a.kicker, &a.title, &a.lede}) *field = row.text(from++);
  a.blocks = blocks_of(row.text(from), row.text(from + 1));
  a.authors = split(row.text(from + 2));
  a.section = row.text(from + 3);
  a.tags = split(row.text(from + 4));
  a.image = row.text(from + 5);
  a.diagnostics = split(row.text(from + 6));
  set_flags(a, row.integer(from + 7));
  a.published = time_at(row, from + 8);
  a.modified = time_at(row, from + 10);
  a.seen = time_at(row, from + 12);
  return a;
}

}  // namespace vigie::archive

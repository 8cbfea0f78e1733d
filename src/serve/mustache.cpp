#include "serve/mustache.hpp"

#include "serve/escape.hpp"
#include "serve/templates.hpp"

namespace vigie::serve {
namespace {

using std::string_view;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Where the line that ends before `at` begins, if nothing but blanks stands between; else npos.
size_t line_start(string_view text, size_t at, size_t from) {
  while (at > from && is_blank(text[at - 1])) --at;
  return at == 0 || text[at - 1] == '\n' ? at : string_view::npos;
}

// Behind the line end that follows `at`, if nothing but blanks stands between; else npos.
size_t line_end(string_view text, size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  if (at == text.size()) return at;
  return text[at] == '\n' ? at + 1 : string_view::npos;
}

tl::unexpected<Error> wrong(string_view what, string_view tag) {
  return fail(Errc::invalid_input, std::string(what) + " {{" + std::string(tag) + "}}");
}

}  // namespace

Result<Mustache> Mustache::parse(std::string given) {
  Mustache out;
  out.text_ = std::move(given);
  string_view const text = out.text_;
  std::vector<uint32_t> open;
  auto const add = [&](Kind kind, size_t begin, size_t end) {
    out.steps_.push_back({kind, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  };
  size_t at = 0;
  while (true) {
    size_t const tag = text.find("{{", at);
    if (tag == text.npos) break;
    size_t const close = text.find("}}", tag);
    if (close == text.npos) return fail(Errc::invalid_input, "a tag is not closed");
    char const sigil = text[tag + 2];
    bool const is_section = sigil == '#' || sigil == '^' || sigil == '/';
    auto const name = text.substr(tag + 2 + is_section, close - tag - 2 - is_section);
    if (name.empty() || name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != name.npos) {
      return wrong("not a tag we know:", name);
    }
    size_t const before = is_section ? line_start(text, tag, at) : text.npos;
    size_t const after = before == text.npos ? text.npos : line_end(text, close + 2);
    bool const alone = after != text.npos;
    if (size_t const end = alone ? before : tag; end > at) add(Kind::text, at, end);
    at = alone ? after : close + 2;
    auto const name_at = static_cast<size_t>(name.data() - text.data());
    if (sigil == '/') {
      if (open.empty() || out.piece(out.steps_[open.back()]) != name) return wrong("no section is open for", name);
      out.steps_[open.back()].other = static_cast<uint32_t>(out.steps_.size());
      add(Kind::end, name_at, name_at + name.size());
      out.steps_.back().other = open.back();
      open.pop_back();
      continue;
    }
    if (is_section) open.push_back(static_cast<uint32_t>(out.steps_.size()));
    add(sigil == '#' ? Kind::section : sigil == '^' ? Kind::inverted : Kind::value, name_at, name_at + name.size());
  }
  if (at < text.size()) add(Kind::text, at, text.size());
  if (!open.empty()) return wrong("a section is not closed:", out.piece(out.steps_[open.back()]));
  return out;
}

struct Mustache::Frame {
  Fields const* fields;              // nullptr: the section adds none
  std::vector<Fields> const* items;  // of a list
  size_t next = 0;                   // item
  uint32_t section = 0;
};

void Mustache::render(Fields const& fields, std::string& out) const {
  std::vector<Frame> frames{{&fields, nullptr}};
  auto const find = [&](string_view name) -> Fields::Field const* {
    for (size_t i = frames.size(); i-- > 0;) {
      if (frames[i].fields == nullptr) continue;
      if (auto const* found = frames[i].fields->find(name)) return found;
    }
    return nullptr;
  };
  for (uint32_t at = 0; at < steps_.size(); ++at) {
    auto const& step = steps_[at];
    switch (step.kind) {
      case Kind::text:
        out += piece(step);
        break;
      case Kind::value:
        if (auto const* field = find(piece(step))) append_escaped(out, field->as_text());
        break;
      case Kind::section: {
        auto const* field = find(piece(step));
        auto const* list = field != nullptr ? field->as_list() : nullptr;
        if (field == nullptr || !field->is_set()) {
          at = step.other;
        } else {
          frames.push_back({list != nullptr ? &list->front() : nullptr, list, 1, at});
        }
        break;
      }
      case Kind::inverted: {
        auto const* field = find(piece(step));
        if (field != nullptr && field->is_set())
          at = step.other;
        else
          frames.push_back({nullptr, nullptr, 0, at});
        break;
      }
      case Kind::end: {
        auto& frame = frames.back();
        if (frame.items != nullptr && frame.next < frame.items->size()) {
          frame.fields = &(*frame.items)[frame.next++];
          at = step.other;  // goes on behind the section's tag
        } else {
          frames.pop_back();
        }
        break;
      }
    }
  }
}

}  // namespace vigie::serve

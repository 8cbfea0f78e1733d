#include "serve/templates.hpp"

#include <map>

#include "serve/assets.hpp"
#include "serve/escape.hpp"
#include "serve/mustache.hpp"

namespace vigie::serve {
namespace {

constexpr int kMaxIncludes = 64;
constexpr size_t kUsualPage = size_t{48} << 10;

// Replaces every {{>name}} by the template of that name, {{t.key}} by the escaped phrase.
Result<std::string> assemble(std::string text, Words const& words, Language language) {
  int includes = 0;
  for (size_t at = 0; (at = text.find("{{", at)) != text.npos;) {
    auto const close = text.find("}}", at);
    if (close == text.npos) return fail(Errc::invalid_input, "a tag is not closed");
    auto const tag = text.substr(at + 2, close - at - 2);
    if (tag.starts_with('{') || tag.starts_with('&')) return fail(Errc::invalid_input, "unescaped tag {{" + tag);
    std::string put;
    if (tag.starts_with('>')) {
      auto const part = find_asset(tag.substr(1) + ".html");
      if (!part || ++includes > kMaxIncludes) return fail(Errc::invalid_input, "cannot include " + tag.substr(1));
      put = part->bytes;
      if (put.ends_with('\n')) put.pop_back();  // the line of the tag has an end of its own
    } else if (tag.starts_with("t.")) {
      put = escape_html(words.get(tag.substr(2), language));
      if (put.empty()) return fail(Errc::invalid_input, "no phrase for " + tag.substr(2));
    } else {
      at = close + 2;
      continue;
    }
    text.replace(at, close + 2 - at, put);
    if (!tag.starts_with('>')) at += put.size();  // a phrase is text; an included part has tags of its own
  }
  return text;
}

}  // namespace

Fields& Fields::text(std::string name, std::string_view value) {
  if (!value.empty())
    fields_.push_back({std::move(name), std::string(value)});
  else
    fields_.push_back({std::move(name), false});
  return *this;
}

Fields& Fields::flag(std::string name, bool value) {
  fields_.push_back({std::move(name), value});
  return *this;
}

Fields& Fields::list(std::string name, std::vector<Fields> items) {
  fields_.push_back({std::move(name), std::move(items)});
  return *this;
}

Fields& Fields::append(Fields const& more) {
  fields_.insert(fields_.end(), more.fields_.begin(), more.fields_.end());
  return *this;
}

Fields::Field const* Fields::find(std::string_view name) const {
  for (size_t i = fields_.size(); i-- > 0;) {
    if (fields_[i].name == name) return &fields_[i];
  }
  return nullptr;
}

bool Fields::Field::is_set() const {
  if (auto const* flag = std::get_if<bool>(&value)) return *flag;
  if (auto const* list = as_list()) return !list->empty();
  return true;
}

std::string_view Fields::Field::as_text() const {
  auto const* text = std::get_if<std::string>(&value);
  return text != nullptr ? std::string_view(*text) : std::string_view();
}

struct Templates::Parsed {
  std::map<std::pair<std::string, Language>, Mustache, std::less<>> templates;
};

Templates::Templates() : parsed_(std::make_unique<Parsed>()) {}
Templates::Templates(Templates&&) noexcept = default;
Templates::~Templates() = default;

Result<Templates> Templates::load(Words const& words) {
  Templates out;
  for (auto const& asset : assets()) {
    if (!asset.name.ends_with(".html")) continue;
    std::string const name(asset.name.substr(0, asset.name.size() - 5));
    for (auto const language : {Language::french, Language::english}) {
      auto text = assemble(std::string(asset.bytes), words, language);
      if (!text) return fail(text.error().code, "web/" + name + ".html: " + text.error().message);
      auto parsed = Mustache::parse(std::move(*text));
      if (!parsed) return fail(parsed.error().code, "web/" + name + ".html: " + parsed.error().message);
      out.parsed_->templates.emplace(std::pair{name, language}, std::move(*parsed));
    }
  }
  return out;
}

std::string Templates::render(std::string_view page, Language language, Fields const& fields) const {
  auto const found = parsed_->templates.find(std::pair{std::string(page), language});
  if (found == parsed_->templates.end()) return {};
  std::string out;
  out.reserve(kUsualPage);
  found->second.render(fields, out);
  return out;
}

}  // namespace vigie::serve

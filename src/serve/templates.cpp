#include "serve/templates.hpp"

#include <kainjow/mustache.hpp>
#include <map>

#include "serve/assets.hpp"
#include "serve/escape.hpp"

namespace vigie::serve {
namespace {

namespace km = kainjow::mustache;

constexpr int kMaxIncludes = 64;

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

struct Templates::Parsed {
  // Rendering a kainjow template only reads it unless it holds partials or lambdas, which assemble() leaves none of;
  // its render() is merely not declared const.
  std::map<std::pair<std::string, Language>, km::mustache, std::less<>> templates;

  static km::data convert(Fields const& fields) {  // as deep as our own lists are: three
    km::data out{km::data::type::object};
    for (auto const& [name, value] : fields.fields_) {
      if (auto const* text = std::get_if<std::string>(&value)) {
        out.set(name, km::data{*text});
      } else if (auto const* flag = std::get_if<bool>(&value)) {
        out.set(name, km::data{*flag});
      } else {
        km::data list{km::data::type::list};
        for (auto const& item : std::get<std::vector<Fields>>(value)) list << convert(item);
        out[name] = std::move(list);
      }
    }
    return out;
  }
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
      km::mustache parsed{*text};
      if (!parsed.is_valid()) return fail(Errc::invalid_input, "web/" + name + ".html: " + parsed.error_message());
      parsed.set_custom_escape([](std::string const& value) { return escape_html(value); });
      out.parsed_->templates.emplace(std::pair{name, language}, std::move(parsed));
    }
  }
  return out;
}

std::string Templates::render(std::string_view page, Language language, Fields const& fields) const {
  auto const found = parsed_->templates.find(std::pair{std::string(page), language});
  if (found == parsed_->templates.end()) return {};
  std::string out;
  found->second.render(Parsed::convert(fields), [&](std::string const& piece) { out += piece; });
  return out;
}

}  // namespace vigie::serve

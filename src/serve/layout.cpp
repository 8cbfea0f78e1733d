#include "serve/layout.hpp"

#include "serve/assets.hpp"
#include "serve/url.hpp"

namespace vigie::serve {
namespace {

std::optional<Language> language_named(std::string_view name) {
  if (name == "fr") return Language::french;
  if (name == "en") return Language::english;
  return std::nullopt;
}

std::string_view theme_named(std::string_view name) {
  for (std::string_view const theme : {"light", "dark", "auto"}) {
    if (name == theme) return theme;
  }
  return {};
}

std::string cookie(std::string_view name, std::string_view value) {
  return std::string(name) + '=' + std::string(value) + "; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly";
}

// The page's own address with one parameter set.
std::string same_page(Request const& request, std::string_view name, std::string_view value) {
  Parameters parameters;
  for (auto const& [key, old] : request.parameters) {
    if (key != "lang" && key != "theme") parameters.emplace_back(key, old);
  }
  parameters.emplace_back(name, value);
  return address(encode_path(request.path), parameters);
}

}  // namespace

Preference preference_of(Request const& request) {
  Preference out;
  auto const asked = language_named(value_of(request.parameters, "lang"));
  auto const kept = language_named(cookie_value(request.cookie, "vigie_lang"));
  out.language = asked ? *asked : kept ? *kept : negotiate(request.accept_language);
  if (asked) out.cookies.push_back(cookie("vigie_lang", code(*asked)));
  auto const theme = theme_named(value_of(request.parameters, "theme"));
  if (!theme.empty()) out.cookies.push_back(cookie("vigie_theme", theme));
  out.theme = theme.empty() ? theme_named(cookie_value(request.cookie, "vigie_theme")) : theme;
  if (out.theme == "auto") out.theme = {};
  return out;
}

Fields layout_fields(Layout const& layout) {
  auto const& [request, preference, section, title, words, feed, has_own_search] = layout;
  auto const other = preference.language == Language::french ? "en" : "fr";
  Fields fields;
  fields.text("page_lang", code(preference.language)).text("page_theme", preference.theme).text("page_title", title);
  fields.text("page_words", words).text("page_feed", feed).flag("page_own_search", has_own_search);
  fields.flag("on_front", section == Section::front).flag("on_search", section == Section::search);
  fields.flag("on_about", section == Section::about).flag("on_quotes", section == Section::quotes);
  fields.flag("on_add", section == Section::add).flag("on_sources", section == Section::sources);
  fields.flag("theme_auto", preference.theme.empty());
  fields.flag("theme_light", preference.theme == "light").flag("theme_dark", preference.theme == "dark");
  fields.text("other_lang", other).text("other_lang_address", same_page(request, "lang", other));
  fields.text("theme_auto_address", same_page(request, "theme", "auto"));
  fields.text("theme_light_address", same_page(request, "theme", "light"));
  fields.text("theme_dark_address", same_page(request, "theme", "dark"));
  fields.text("style_address", asset_address("vigie.css")).text("script_address", asset_address("vigie.js"));
  fields.text("icon_address", asset_address("vigie.svg"));
  return fields;
}

}  // namespace vigie::serve

#include "page/quirks.hpp"

#include <algorithm>
#include <iterator>

#include "page/scan.hpp"

namespace vigie::page {
namespace {

// Lower case throughout; identifiers are compared without case.
constexpr std::string_view kQuirkyPublicIds[] = {"-//w3o//dtd w3 html strict 3.0//en//",
                                                 "-/w3c/dtd html 4.0 transitional/en", "html"};
constexpr std::string_view kQuirkySystemId = "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd";
constexpr std::string_view kQuirkyPrefixes[] = {
    "+//silmaril//dtd html pro v0r11 19970101//",
    "-//as//dtd html 3.0 aswedit + extensions//",
    "-//advasoft ltd//dtd html 3.0 aswedit + extensions//",
    "-//ietf//dtd html 2.0 level 1//",
    "-//ietf//dtd html 2.0 level 2//",
    "-//ietf//dtd html 2.0 strict level 1//",
    "-//ietf//dtd html 2.0 strict level 2//",
    "-//ietf//dtd html 2.0 strict//",
    "-//ietf//dtd html 2.0//",
    "-//ietf//dtd html 2.1e//",
    "-//ietf//dtd html 3.0//",
    "-//ietf//dtd html 3.2 final//",
    "-//ietf//dtd html 3.2//",
    "-//ietf//dtd html 3//",
    "-//ietf//dtd html level 0//",
    "-//ietf//dtd html level 1//",
    "-//ietf//dtd html level 2//",
    "-//ietf//dtd html level 3//",
    "-//ietf//dtd html strict level 0//",
    "-//ietf//dtd html strict level 1//",
    "-//ietf//dtd html strict level 2//",
    "-//ietf//dtd html strict level 3//",
    "-//ietf//dtd html strict//",
    "-//ietf//dtd html//",
    "-//metrius//dtd metrius presentational//",
    "-//microsoft//dtd internet explorer 2.0 html strict//",
    "-//microsoft//dtd internet explorer 2.0 html//",
    "-//microsoft//dtd internet explorer 2.0 tables//",
    "-//microsoft//dtd internet explorer 3.0 html strict//",
    "-//microsoft//dtd internet explorer 3.0 html//",
    "-//microsoft//dtd internet explorer 3.0 tables//",
    "-//netscape comm. corp.//dtd html//",
    "-//netscape comm. corp.//dtd strict html//",
    "-//o'reilly and associates//dtd html 2.0//",
    "-//o'reilly and associates//dtd html extended 1.0//",
    "-//o'reilly and associates//dtd html extended relaxed 1.0//",
    "-//sq//dtd html 2.0 hotmetal + extensions//",
    "-//softquad software//dtd hotmetal pro 6.0::19990601::extensions to html 4.0//",
    "-//softquad//dtd hotmetal pro 4.0::19971010::extensions to html 4.0//",
    "-//spyglass//dtd html 2.0 extended//",
    "-//sun microsystems corp.//dtd hotjava html//",
    "-//sun microsystems corp.//dtd hotjava strict html//",
    "-//w3c//dtd html 3 1995-03-24//",
    "-//w3c//dtd html 3.2 draft//",
    "-//w3c//dtd html 3.2 final//",
    "-//w3c//dtd html 3.2//",
    "-//w3c//dtd html 3.2s draft//",
    "-//w3c//dtd html 4.0 frameset//",
    "-//w3c//dtd html 4.0 transitional//",
    "-//w3c//dtd html experimental 19960712//",
    "-//w3c//dtd html experimental 970421//",
    "-//w3c//dtd w3 html//",
    "-//w3o//dtd w3 html 3.0//",
    "-//webtechs//dtd mozilla html 2.0//",
    "-//webtechs//dtd mozilla html//",
};
constexpr std::string_view kHtml401Prefixes[] = {"-//w3c//dtd html 4.01 frameset//",
                                                 "-//w3c//dtd html 4.01 transitional//"};
constexpr std::string_view kXhtml10Prefixes[] = {"-//w3c//dtd xhtml 1.0 frameset//",
                                                 "-//w3c//dtd xhtml 1.0 transitional//"};

bool starts_with(std::string_view text, std::string_view lower_case) {
  return text.size() >= lower_case.size() &&
         std::ranges::equal(text.substr(0, lower_case.size()), lower_case, {}, lowered);
}

template <class List>
bool starts_with_one(std::string_view text, List const& list) {
  return std::ranges::any_of(list, [&](std::string_view prefix) { return starts_with(text, prefix); });
}

bool equals(std::string_view text, std::string_view lower_case) {
  return text.size() == lower_case.size() && starts_with(text, lower_case);
}

}  // namespace

Quirks quirks_of(Token const& doctype) {
  std::string_view const id = doctype.public_id;
  bool const quirky_id = std::ranges::any_of(kQuirkyPublicIds, [&](std::string_view one) { return equals(id, one); });
  if (doctype.force_quirks || !doctype.has_name || doctype.text != "html" || quirky_id ||
      equals(doctype.system_id, kQuirkySystemId) || starts_with_one(id, kQuirkyPrefixes)) {
    return Quirks::yes;
  }
  if (starts_with_one(id, kHtml401Prefixes)) return doctype.has_system_id ? Quirks::limited : Quirks::yes;
  return starts_with_one(id, kXhtml10Prefixes) ? Quirks::limited : Quirks::no;
}

}  // namespace vigie::page

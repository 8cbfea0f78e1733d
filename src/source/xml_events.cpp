#include "source/xml_events.hpp"

#include <expat.h>

#include <algorithm>
#include <vector>

namespace vigie::source {
namespace {

struct Run {
  XML_Parser parser;
  XmlListener& listener;
  size_t prefix, from;
  uint32_t depth_left;
  std::vector<XmlAttribute> attributes;

  size_t begin() const { return map(index()); }
  size_t end() const { return in_prefix() ? 0 : map(index() + static_cast<size_t>(XML_GetCurrentByteCount(parser))); }
  size_t index() const { return static_cast<size_t>(XML_GetCurrentByteIndex(parser)); }
  bool in_prefix() const { return index() < prefix; }  // told by where a tag begins: the last one ends with the prefix
  size_t map(size_t at) const { return at < prefix ? 0 : from + (at - prefix); }
};

void XMLCALL on_start(void* data, XML_Char const* name, XML_Char const** attributes) {
  auto& run = *static_cast<Run*>(data);
  run.attributes.clear();
  for (; *attributes != nullptr; attributes += 2) run.attributes.push_back({attributes[0], attributes[1]});
  bool const deep = run.depth_left == 0 || --run.depth_left == 0;
  if (deep || !run.listener.on_start(name, run.attributes, run.begin(), run.end()))
    XML_StopParser(run.parser, XML_FALSE);
}

void XMLCALL on_end(void* data, XML_Char const* name) {
  auto& run = *static_cast<Run*>(data);
  ++run.depth_left;
  if (!run.listener.on_end(name, run.begin(), run.end())) XML_StopParser(run.parser, XML_FALSE);
}

void XMLCALL on_text(void* data, XML_Char const* text, int size) {
  static_cast<Run*>(data)->listener.on_text({text, static_cast<size_t>(size)});
}

// expat takes int sizes.
XML_Status feed(XML_Parser parser, std::string_view text, bool last) {
  constexpr size_t kPiece = size_t{1} << 28;
  while (text.size() > kPiece) {
    if (XML_Parse(parser, text.data(), static_cast<int>(kPiece), 0) != XML_STATUS_OK) return XML_STATUS_ERROR;
    text.remove_prefix(kPiece);
  }
  return XML_Parse(parser, text.data(), static_cast<int>(text.size()), last ? 1 : 0);
}

}  // namespace

XmlOutcome run_xml(std::string_view prefix, std::string_view text, size_t from, uint32_t depth, XmlListener& listener) {
  XML_Parser const parser = XML_ParserCreate("UTF-8");
  Run run{parser, listener, prefix.size(), from, depth + 1, {}};
  XML_SetUserData(parser, &run);
  XML_SetElementHandler(parser, on_start, on_end);
  XML_SetCharacterDataHandler(parser, on_text);
  XML_Status status = prefix.empty() ? XML_STATUS_OK : feed(parser, prefix, false);
  if (status == XML_STATUS_OK) status = feed(parser, text.substr(from), true);

  XmlOutcome outcome{.complete = status == XML_STATUS_OK};
  if (!outcome.complete) {
    auto const code = XML_GetErrorCode(parser);
    outcome.stopped = code == XML_ERROR_ABORTED;
    outcome.offset = std::min(run.begin(), text.size());
    outcome.problem = std::string(outcome.stopped ? "a limit was reached" : XML_ErrorString(code)) + " at byte " +
                      std::to_string(outcome.offset);
  }
  XML_ParserFree(parser);
  return outcome;
}

}  // namespace vigie::source

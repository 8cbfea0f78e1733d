// xml_events.hpp: an XML document as a run of events with the bytes each stands in. The only file that knows expat.
// Names keep their prefixes: namespaces are the listener's affair, because feeds use prefixes they never declare.
// Hostile input: depth is bounded; the text given must come from mend_xml(), so that there is no DTD and no entity.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace vigie::source {

struct XmlAttribute {
  std::string_view name, value;
};

class XmlListener {
 public:
  virtual ~XmlListener() = default;
  // Views live during the call. begin and end: bytes of the document, half open, of the tag itself. False stops.
  virtual bool on_start(std::string_view name, std::span<XmlAttribute const>, size_t begin, size_t end) = 0;
  virtual bool on_end(std::string_view name, size_t begin, size_t end) = 0;
  virtual void on_text(std::string_view) = 0;
};

struct XmlOutcome {
  bool complete = false;
  bool stopped = false;   // by the listener or by depth
  size_t offset = 0;      // of the error
  std::string problem{};  // "mismatched tag at byte 1234"
};

// Parses `prefix` and then text[from, end) as one document. Offsets in events and outcome are those of `text`; events
// in the prefix have both offsets 0.
XmlOutcome run_xml(std::string_view prefix, std::string_view text, size_t from, uint32_t depth, XmlListener&);

}  // namespace vigie::source

// xml_mend.hpp: makes what feeds call XML acceptable to an XML parser without changing what a reader would see.
// Afterwards the document has no DOCTYPE, and no "&" but those of numeric references and of XML's own five entities:
// no entity can be declared, so none can be expanded. Threads: pure function. Cost: one pass.
#pragma once

#include <string>
#include <string_view>

namespace vigie::source {

struct MendedXml {
  std::string text;     // begins with the root element
  std::string problem;  // what was mended that a person should know; empty mostly
};

// `utf8` must be valid UTF-8.
MendedXml mend_xml(std::string_view utf8);

}  // namespace vigie::source

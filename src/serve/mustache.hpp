// mustache.hpp: a mustache template as a flat program, run over Fields straight into the page: nothing is converted,
// and nothing but the page is allocated. Of mustache(5) what our templates use: {{name}} (escaped),
// {{#name}}…{{/name}},
// {{^name}}…{{/name}}; a section's tag alone on its line takes the line with it. Partials and phrases have been put in
// place before (templates.hpp). Threads: immutable once parsed.
//
//   text "<p>" | value item_title | text "</p>" | section hits -> 9 | … | end -> 4
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace vigie::serve {

class Fields;

class Mustache {
 public:
  // Errors: invalid_input: a tag that is not closed, sections that do not nest, a kind of tag that is not known.
  static Result<Mustache> parse(std::string text);

  // Appends to `out`. Fields within fields are as deep as the template's sections are.
  void render(Fields const&, std::string& out) const;

 private:
  enum class Kind : uint8_t { text, value, section, inverted, end };
  struct Step {
    Kind kind;
    uint32_t begin = 0, end = 0;  // of the text, or of the tag's name, in text_
    uint32_t other = 0;           // of a section: its end; of an end: its section
  };
  struct Frame;  // a section that is being run

  std::string_view piece(Step const& step) const {
    return std::string_view(text_).substr(step.begin, step.end - step.begin);
  }

  std::string text_;
  std::vector<Step> steps_;
};

}  // namespace vigie::serve

// templates.hpp: pages from the mustache templates in web/. Everything a page says about an article goes through
// {{name}}, which escapes; no template may write unescaped text ({{{ or {{&}), load() refuses it.
// {{>name}} includes web/name.html and {{t.key}} a phrase of web/words.txt; both are put in place once, at load, so
// each template is parsed once per language. Source: mustache(5). Threads: render() may be called by many at once.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "serve/locale.hpp"
#include "serve/words.hpp"

namespace vigie::serve {

// What a template is filled with. Names not set are looked up in the enclosing Fields, so names differ between levels.
class Fields {
 public:
  struct Field;
  Fields& text(std::string name, std::string_view value);  // empty text is as good as absent: {{#name}} skips it
  Fields& flag(std::string name, bool value);
  Fields& list(std::string name, std::vector<Fields> items);
  Fields& append(Fields const& more);

  // What was set last under that name; nullptr where nothing was. Lives until the next change.
  Field const* find(std::string_view name) const;

 private:
  std::vector<Field> fields_;
};

struct Fields::Field {
  std::string name;
  std::variant<std::string, bool, std::vector<Fields>> value;

  bool is_set() const;  // a text, a true flag, a list with something in it
  std::string_view as_text() const;
  std::vector<Fields> const* as_list() const { return std::get_if<std::vector<Fields>>(&value); }
};

class Templates {
 public:
  // Reads every web/*.html compiled into the binary. Errors: invalid_input, naming template and fault; a test loads
  // them.
  static Result<Templates> load(Words const&);
  Templates(Templates&&) noexcept;
  ~Templates();

  // Precondition: `page` names a template. Cost: a pass over the template and a search by name for each of its tags.
  std::string render(std::string_view page, Language, Fields const&) const;

 private:
  struct Parsed;
  Templates();
  std::unique_ptr<Parsed> parsed_;
};

}  // namespace vigie::serve

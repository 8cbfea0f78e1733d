// script_text.hpp: the text of a page that shows none before its scripts have run: markup kept in a template or for
// readers without scripts, the articleBody of its JSON-LD, or the one long running text of its data that stands beside
// the page's title or begins as its description does. Asked only where the page's own tree holds no body.
// Threads: a ScriptTextReader belongs to one thread; it takes memory only once it is asked. Limits: the first 4 MB of
// scripts, eight templates. Cost: linear in these.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "article/article.hpp"
#include "article/evidence.hpp"
#include "article/json.hpp"
#include "page/tree.hpp"

namespace vigie::article {

struct ScriptText {
  std::vector<Block> blocks;  // none where nothing was found
  char const* origin = "";    // for diagnostics; begins with kInScripts
};
inline constexpr std::string_view kInScripts = "in scripts: ";

class ScriptTextReader {
 public:
  ScriptTextReader();
  ~ScriptTextReader();

  ScriptText read(page::Tree const&, Evidence const&, Json&);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vigie::article

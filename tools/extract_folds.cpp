// extract_folds.cpp: `vigie extract` for measurements: with weights that never saw a page's site, or without a stage.
//
//   tools/train_blocks.cpp says how to make the weights of the folds
//   VIGIE_FOLDS=OUT [VIGIE_WITHOUT=...] ../shared/eval/extraction.py build/release/src/article/extract_folds SET_DIR
//
// Answers `extract --format json --list FILE` with the fields that extraction.py scores. VIGIE_FOLDS: the prefix of the
// tables OUT.0, OUT.1 ... of train_blocks --folds; without it, the committed weights. VIGIE_WITHOUT: words of
// data (JSON-LD), cleaning, context (the second classifier), classifier (both: rules decide).
// bench/article_ablation runs it over all sets and combinations.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "article/address.hpp"
#include "article/page_article.hpp"
#include "base/hash.hpp"
#include "base/time.hpp"
#include "source/reader.hpp"

namespace {

using namespace vigie;
using namespace vigie::article;

std::string environment(char const* name) {
  auto const* value = std::getenv(name);
  return value ? value : "";
}

std::string json_string(std::string_view s) {
  std::string out = "\"";
  for (char const c : s) {
    if (static_cast<unsigned char>(c) < 0x20) {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(c));
      out += code;
    } else {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out + '"';
}

std::string json_string(std::vector<std::string> const& list) {
  std::string out = "[";
  for (auto const& s : list) out += (out.size() > 1 ? "," : "") + json_string(s);
  return out + "]";
}

std::string json_of(Article const& a) {
  return "{\"text\":" + json_string(text(a)) + ",\"title\":" + json_string(a.title) +
         ",\"authors\":" + json_string(a.authors) +
         ",\"published\":" + (a.published ? json_string(format_rfc3339(*a.published)) : "null") +
         ",\"diagnostics\":" + json_string(a.diagnostics) + "}";
}

// One a fold; the committed weights where there are no folds.
std::vector<BlockClassifier> classifiers(std::string const& prefix, bool with_context, bool any) {
  std::vector<BlockClassifier> out;
  if (!any) return {BlockClassifier()};
  for (size_t fold = 0; !prefix.empty(); ++fold) {
    std::ifstream in(prefix + "." + std::to_string(fold));
    if (!in) break;
    std::stringstream table;
    table << in.rdbuf();
    auto made = BlockClassifier::parse(table.str());
    if (!made) {
      std::cerr << "extract_folds: " << made.error().message << "\n";
      std::exit(1);
    }
    out.push_back(std::move(*made));
  }
  if (out.empty() && !prefix.empty()) {
    std::cerr << "extract_folds: no table " << prefix << ".0\n";
    std::exit(1);
  }
  if (out.empty()) out.push_back(BlockClassifier::built_in());
  if (!with_context) {
    for (auto& c : out) c.second = {};
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  std::string list;
  for (int i = 1; i + 1 < argc; ++i) {
    if (std::string_view(argv[i]) == "--list") list = argv[i + 1];
  }
  auto const without = environment("VIGIE_WITHOUT");
  auto const has = [&](std::string_view stage) { return without.find(stage) == without.npos; };
  auto const folds = classifiers(environment("VIGIE_FOLDS"), has("context"), has("classifier"));
  Stages stages;
  stages.linked_data = has("data");
  stages.cleaning = has("cleaning");
  PageExtractor extractor;
  std::ifstream in(list);
  if (!in) {
    std::cerr << "usage: extract_folds extract --format json --list FILE\n";
    return 2;
  }
  for (std::string line; std::getline(in, line);) {
    auto const tab = std::min(line.find('\t'), line.size());
    auto const path = line.substr(0, tab);
    auto capture = source::read_single(path);
    Article a;
    if (capture) {
      capture->url = tab < line.size() ? line.substr(tab + 1) : "";
      auto site = site_of(capture->url);
      if (site.empty()) site = std::filesystem::path(path).stem().string();  // as train_blocks has it
      stages.classifier = &folds[hash64(site) % folds.size()];
      extractor.read(capture->body, *capture, stages, a);
    }
    std::cout << json_of(a) << "\n";
  }
}

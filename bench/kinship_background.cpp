// kinship_background: makes src/kinship/background_table.inc: how rare each stem is in the news at large.
// usage: kinship_background [--without LABELLED.jsonl] FRENCH.jsonl ENGLISH.jsonl > src/kinship/background_table.inc
// Counts in how many articles a stem stands; only these statistics are kept, as 24 bits of a hash and a rarity. Stems
// of fewer than five articles are left out. Where both languages have a stem, the more frequent use decides.
#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "article/record.hpp"
#include "kinship/background.hpp"
#include "text/analyzer.hpp"

namespace vigie::kinship {
namespace {

struct Counted {
  absl::flat_hash_map<uint32_t, uint32_t> articles;  // by hash of the stem
  uint32_t total = 0;
};

std::vector<article::Article> read(char const* path) {
  std::vector<article::Article> out;
  std::ifstream file(path);
  article::Json json;
  for (std::string line; std::getline(file, line);)
    if (auto article = article::article_of_record(line, json)) out.push_back(std::move(*article));
  return out;
}

Counted count(char const* path, char const* language, std::set<std::string> const& without) {
  Counted counted;
  text::Analyzer analyzer;
  std::vector<text::Token> tokens;
  std::vector<uint32_t> hashes;
  for (auto const& article : read(path)) {
    if (without.contains(article.id)) continue;
    tokens.clear(), hashes.clear();
    for (std::string const& field : {article.title, article.lede, article::body(article)})
      analyzer.analyze(field, language, tokens);
    for (auto const& token : tokens) hashes.push_back(hash_of(token.word->stem));
    std::ranges::sort(hashes);
    hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    for (uint32_t const hash : hashes) ++counted.articles[hash];
    ++counted.total;
  }
  return counted;
}

void keep(Counted const& counted, absl::flat_hash_map<uint32_t, int>& rarities) {
  for (auto const& [hash, articles] : counted.articles) {
    if (articles < 5) continue;
    double const share = static_cast<double>(articles) / counted.total;
    int const rarity = share > 0.25 ? 0 : std::clamp(static_cast<int>(std::lround(-16 * std::log(share))), 1, 143);
    auto const [at, fresh] = rarities.try_emplace(hash, rarity);
    if (!fresh) at->second = std::min(at->second, rarity);
  }
}

}  // namespace

int make(int count_, char** paths) {
  std::set<std::string> without;
  if (count_ > 2 && std::string(paths[0]) == "--without") {
    for (auto const& article : read(paths[1])) without.insert(article.id);
    paths += 2, count_ -= 2;
  }
  if (count_ != 2) return 2;
  absl::flat_hash_map<uint32_t, int> rarities;
  keep(count(paths[0], "fr", without), rarities);
  keep(count(paths[1], "en", without), rarities);
  std::vector<uint32_t> lines;
  for (auto const& [hash, rarity] : rarities) lines.push_back(hash << 8 | static_cast<uint32_t>(rarity));
  std::ranges::sort(lines);
  std::printf("// Made by bench/kinship_background: 24 bits of a stem's hash, then its rarity. Do not edit.\n");
  for (size_t i = 0; i < lines.size(); ++i) std::printf("0x%X,%s", lines[i], i % 12 == 11 ? "\n" : "");
  std::printf("\n");
  return 0;
}

}  // namespace vigie::kinship

int main(int count, char** arguments) { return vigie::kinship::make(count - 1, arguments + 1); }

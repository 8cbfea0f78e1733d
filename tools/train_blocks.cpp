// train_blocks.cpp: makes src/article/block_weights.inc, the weights of the block classifier, out of labelled pages.
//
//   cmake --preset release && ninja -C build/release train_blocks
//   build/release/src/article/train_blocks OUT SET_DIR...             one table from all pages, into OUT
//   build/release/src/article/train_blocks --folds 5 OUT SET_DIR...   and OUT.0 ... OUT.4, each without the sites of
//   its
//                                                                     fold (plain tables, for measurements)
//
// SET_DIR holds pages/<id>.html and truth.jsonl. A page belongs to the fold hash64(site) % folds, where the site is the
// registrable part of its host, over all sets: figures from OUT.k on fold k are on sites not seen.
// Labels: a block is the article's when most of its 4-grams stand in the true body (short ones: when a line of the
// body, or both neighbours, say so); where a set has only snippets, the blocks that hold them. Each page weighs the
// same. The second classifier learns from what the first says of sites it has not seen. Method: gradient-boosted trees,
// logistic loss, 64-bin histograms, best-first growth. Deterministic: fixed seed.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <numeric>
#include <queue>
#include <random>
#include <sstream>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "article/address.hpp"
#include "article/json.hpp"
#include "article/page_article.hpp"
#include "article/strings.hpp"
#include "base/hash.hpp"

namespace {

using namespace vigie;
using namespace vigie::article;

constexpr size_t kBins = 64;
constexpr size_t kTrees = 180;        // of the first classifier
constexpr size_t kContextTrees = 90;  // of the second
constexpr size_t kLeaves = 28;
constexpr float kRate = 0.12f;
constexpr float kL2 = 3.0f;
constexpr double kMinHessian = 0.8;

struct Rows {
  size_t width = kFeatures;
  std::vector<float> x;  // `width` values a row
  std::vector<float> y, weight;
  std::vector<uint16_t> fold;
  size_t size() const { return y.size(); }
};

std::vector<std::string> split(std::string const& s) {
  std::vector<std::string> out;
  std::istringstream in(s);
  for (std::string w; in >> w;) out.push_back(w);
  return out;
}

uint64_t gram(std::vector<std::string> const& w, size_t at) {
  return hash64(w[at] + ' ' + w[at + 1] + ' ' + w[at + 2] + ' ' + w[at + 3]);
}

struct Truth {
  std::string body, folded_body;
  std::vector<std::string> with, without;
};

// -1: not known. Otherwise the share of the block that is the article's.
std::vector<float> label(Survey const& s, FeatureTable const& t, Truth const& truth) {
  size_t const n = s.blocks.size();
  std::vector<float> out(n, -1);
  if (truth.body.empty()) {
    for (size_t i = 0; i < n; ++i) {
      auto const block = ' ' + std::string(t.folded_of(i)) + ' ';
      auto const touches = [&](std::string const& snippet) {
        auto const f = ' ' + folded(snippet) + ' ';
        return block.find(f) != block.npos || (t.facts[i].words >= 5 && f.find(block) != f.npos);
      };
      for (auto const& x : truth.without)
        if (touches(x)) out[i] = 0;
      for (auto const& x : truth.with)
        if (touches(x)) out[i] = 1;
    }
    return out;
  }
  auto const words = split(truth.folded_body);
  std::unordered_set<uint64_t> grams;
  for (size_t i = 0; i + 3 < words.size(); ++i) grams.insert(gram(words, i));
  std::unordered_set<std::string> lines;
  std::istringstream in(truth.body);
  for (std::string line; std::getline(in, line);) lines.insert(folded(line));
  auto const padded = ' ' + truth.folded_body + ' ';
  for (size_t i = 0; i < n; ++i) {
    auto const block = std::string(t.folded_of(i));
    auto const w = split(block);
    if (w.empty()) continue;
    if (w.size() >= 6) {
      size_t hits = 0;
      for (size_t k = 0; k + 3 < w.size(); ++k) hits += grams.contains(gram(w, k));
      out[i] = static_cast<float>(hits) / static_cast<float>(w.size() - 3);
    } else {
      out[i] = lines.contains(block) ? 1.0f : padded.find(' ' + block + ' ') != padded.npos ? 0.5f : 0.0f;
    }
  }
  for (size_t i = 0; i < n; ++i) {  // short ones found somewhere: as both neighbours
    if (out[i] != 0.5f || t.facts[i].words >= 6) continue;
    size_t p = i, q = i + 1;
    while (p > 0 && (out[p] < 0 || out[p] == 0.5f)) --p;
    while (q < n && (out[q] < 0 || out[q] == 0.5f)) ++q;
    out[i] = (out[p] > 0.6f && q < n && out[q] > 0.6f) ? 1.0f : 0.0f;
  }
  // What stands on the page more often than in the truth: the ones nearest the middle of the article are meant.
  std::vector<size_t> positive;
  for (size_t i = 0; i < n; ++i) {
    if (out[i] > 0.5f) positive.insert(positive.end(), std::min<size_t>(t.facts[i].words, 50), i);
  }
  if (positive.empty()) return out;
  auto const middle = static_cast<int64_t>(positive[positive.size() / 2]);
  std::unordered_map<uint64_t, std::vector<size_t>> same;
  for (size_t i = 0; i < n; ++i) {
    if (out[i] > 0.5f && t.facts[i].repeats > 1) same[t.facts[i].hash].push_back(i);
  }
  for (auto& [hash, at] : same) {
    auto const block = ' ' + std::string(t.folded_of(at[0])) + ' ';
    size_t count = 0;
    for (size_t p = padded.find(block); p != padded.npos; p = padded.find(block, p + 1)) ++count;
    std::sort(at.begin(), at.end(), [&](size_t a, size_t b) {
      return std::abs(static_cast<int64_t>(a) - middle) < std::abs(static_cast<int64_t>(b) - middle);
    });
    for (size_t k = std::max<size_t>(count, 1); k < at.size(); ++k) out[at[k]] = 0;
  }
  return out;
}

template <class RowOf>
void add_page(PageExtractor const& x, Truth const& truth, uint16_t fold, RowOf row_of, Rows& rows) {
  auto const& s = x.survey();
  auto const& t = x.table();
  auto const labels = label(s, t, truth);
  double words = 0, found = 0;
  for (size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] > 0.5f) found += t.facts[i].words;
  }
  bool const snippets = truth.body.empty();
  words = snippets ? 0 : static_cast<double>(count_words(truth.body));
  if (!snippets && found < 0.3 * words) return;  // the text is not in the page's HTML: nothing to learn
  for (size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] < 0) continue;
    float const own = std::min<float>(static_cast<float>(t.facts[i].words), 100) + 3;
    float const sure = std::abs(2 * labels[i] - 1);
    if (sure < 0.1f) continue;
    // Easy losers are many and alike: one in five stands for all.
    bool const easy = labels[i] < 0.1f && (t.facts[i].link_density > 0.6f || t.facts[i].words < 6);
    if (easy && (i * 2654435761u >> 8) % 5 != 0) continue;
    float const w =
        (easy ? 5.0f : 1.0f) * sure * (snippets ? 0.25f : own * 8 / (150 + static_cast<float>(std::max(found, 50.0))));
    rows.x.insert(rows.x.end(), row_of(i), row_of(i) + rows.width);
    rows.y.push_back(labels[i] > 0.5f);
    rows.weight.push_back(w);
    rows.fold.push_back(fold);
  }
}

Truth truth_of(JsonView record) {
  Truth t;
  t.body = std::string(record["body"].string());
  t.folded_body = folded(t.body);
  for (auto v = record["with"].first(); v.exists(); v = v.next()) t.with.emplace_back(v.string());
  for (auto v = record["without"].first(); v.exists(); v = v.next()) t.without.emplace_back(v.string());
  return t;
}

// With `firsts` (one a fold, made without that fold), the rows are those of the second classifier.
void read_set(std::filesystem::path const& dir, size_t folds, std::vector<BlockModel> const& firsts, Rows& rows) {
  PageExtractor x;
  BlockClassifier const none;
  ContextTable context;
  std::vector<float> score;
  std::vector<uint32_t> every;
  Json json;
  std::ifstream in(dir / "truth.jsonl");
  size_t pages = 0, before = rows.size();
  for (std::string line; std::getline(in, line);) {
    auto const record = json.read(line);
    if (!record) continue;
    auto const id = std::string((*record)["id"].string());
    std::ifstream file(dir / "pages" / (id + ".html"), std::ios::binary);
    if (!file) continue;
    std::stringstream bytes;
    bytes << file.rdbuf();
    auto const truth = truth_of(*record);
    source::Capture c;
    c.url = std::string((*record)["url"].string());
    if (!c.url.starts_with("http")) c.url.clear();
    auto site = site_of(c.url);
    if (site.empty()) site = id;
    Article a;
    Stages stages;
    stages.classifier = &none;
    x.read(bytes.str(), c, stages, a);
    auto const fold = static_cast<uint16_t>(hash64(site) % folds);
    if (firsts.empty()) {
      add_page(x, truth, fold, [&](size_t i) { return x.table().row(i); }, rows);
    } else {
      score.resize(x.survey().blocks.size());
      every.resize(score.size());
      std::iota(every.begin(), every.end(), 0u);
      firsts[fold].score(x.table().row(0), every, score.data());
      context.compute(x.survey(), x.table(), score, every);
      add_page(x, truth, fold, [&](size_t i) { return context.row(i); }, rows);
    }
    ++pages;
  }
  std::cerr << dir.string() << ": " << pages << " pages, " << rows.size() - before << " rows\n";
}

// Feature values cut into bins at quantiles of the training rows.
struct Binned {
  size_t width = 0;
  std::vector<std::vector<float>> edges;  // per feature, upper edges
  std::vector<uint8_t> bins;              // row-major
};

Binned bin(Rows const& rows) {
  Binned b;
  size_t const width = b.width = rows.width;
  b.edges.resize(width);
  size_t const n = rows.size();
  b.bins.resize(n * width);
  for (size_t f = 0; f < width; ++f) {
    std::vector<float> values;
    for (size_t i = 0; i < n; i += std::max<size_t>(1, n / 60000)) values.push_back(rows.x[i * width + f]);
    std::sort(values.begin(), values.end());
    std::vector<float> distinct = values;
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    auto& edges = b.edges[f];
    if (distinct.size() <= kBins) {
      for (size_t i = 0; i + 1 < distinct.size(); ++i) edges.push_back((distinct[i] + distinct[i + 1]) / 2);
    } else {
      for (size_t k = 1; k < kBins; ++k) edges.push_back(values[values.size() * k / kBins]);
      edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    }
    for (size_t i = 0; i < n; ++i) {
      b.bins[i * width + f] =
          static_cast<uint8_t>(std::lower_bound(edges.begin(), edges.end(), rows.x[i * width + f]) - edges.begin());
    }
  }
  return b;
}

struct Cell {
  double g = 0, h = 0;
};

struct Leaf {
  std::vector<uint32_t> rows;
  int node = 0;
  double g = 0, h = 0, gain = 0;
  uint16_t feature = 0;
  uint8_t bin = 0;
};

struct GrownNode {
  uint16_t feature = BlockModel::kLeaf;
  float value = 0;
  int left = -1, right = -1;
};

void find_split(Binned const& b, std::vector<float> const& grad, std::vector<float> const& hess,
                std::vector<uint16_t> const& features, Leaf& leaf) {
  std::vector<Cell> cells(features.size() * kBins);
  for (auto const r : leaf.rows) {
    auto const* row = b.bins.data() + size_t{r} * b.width;
    for (size_t k = 0; k < features.size(); ++k) {
      auto& c = cells[k * kBins + row[features[k]]];
      c.g += grad[r];
      c.h += hess[r];
    }
  }
  double const parent = leaf.g * leaf.g / (leaf.h + kL2);
  leaf.gain = 0;
  for (size_t k = 0; k < features.size(); ++k) {
    double g = 0, h = 0;
    for (size_t bin = 0; bin < b.edges[features[k]].size(); ++bin) {
      g += cells[k * kBins + bin].g;
      h += cells[k * kBins + bin].h;
      if (h < kMinHessian) continue;
      if (leaf.h - h < kMinHessian) break;
      double const gain = g * g / (h + kL2) + (leaf.g - g) * (leaf.g - g) / (leaf.h - h + kL2) - parent;
      if (gain > leaf.gain) {
        leaf.gain = gain;
        leaf.feature = features[k];
        leaf.bin = static_cast<uint8_t>(bin);
      }
    }
  }
}

void write_tree(std::vector<GrownNode> const& nodes, std::string& out) {
  std::vector<int> order, at(nodes.size(), 0), todo{0};
  while (!todo.empty()) {
    int const n = todo.back();
    todo.pop_back();
    at[static_cast<size_t>(n)] = static_cast<int>(order.size());
    order.push_back(n);
    auto const& node = nodes[static_cast<size_t>(n)];
    if (node.left >= 0) {
      todo.push_back(node.right);
      todo.push_back(node.left);
    }
  }
  out += "tree " + std::to_string(order.size()) + "\n";
  for (int const n : order) {
    auto const& node = nodes[static_cast<size_t>(n)];
    char line[64];
    std::snprintf(line, sizeof line, "%u %d %.4g\n", node.feature,
                  node.left >= 0 ? at[static_cast<size_t>(node.right)] : 0, static_cast<double>(node.value));
    out += line;
  }
}

std::string train(Rows const& rows, Binned const& b, size_t trees, int left_out) {
  std::vector<uint32_t> in;
  for (uint32_t i = 0; i < rows.size(); ++i) {
    if (rows.fold[i] != left_out) in.push_back(i);
  }
  double pos = 1, all = 2;
  for (auto const i : in) {
    pos += rows.weight[i] * rows.y[i];
    all += rows.weight[i];
  }
  float const base = static_cast<float>(std::log(pos / (all - pos)));
  std::vector<float> score(rows.size(), base), grad(rows.size()), hess(rows.size());
  std::mt19937 random(7);
  std::vector<uint16_t> every(rows.width);
  std::iota(every.begin(), every.end(), uint16_t{0});
  std::string out = "features " + std::to_string(rows.width) + " base " + std::to_string(base) + "\n";
  for (size_t t = 0; t < trees; ++t) {
    double loss = 0;
    for (auto const i : in) {
      float const p = 1 / (1 + std::exp(-score[i]));
      grad[i] = rows.weight[i] * (rows.y[i] - p);
      hess[i] = rows.weight[i] * std::max(p * (1 - p), 1e-6f);
      loss -= rows.weight[i] * std::log(std::max(1e-9f, rows.y[i] > 0 ? p : 1 - p));
    }
    std::shuffle(every.begin(), every.end(), random);
    std::vector<uint16_t> features(every.begin(), every.begin() + rows.width / 2);
    std::vector<GrownNode> nodes(1);
    std::vector<Leaf> leaves(1);
    for (auto const i : in) {
      if (random() % 100 < 55) leaves[0].rows.push_back(i);
    }
    auto const sum = [&](Leaf& l) {
      l.g = l.h = 0;
      for (auto const r : l.rows) {
        l.g += grad[r];
        l.h += hess[r];
      }
    };
    sum(leaves[0]);
    find_split(b, grad, hess, features, leaves[0]);
    while (leaves.size() < kLeaves) {
      size_t best = 0;
      for (size_t k = 1; k < leaves.size(); ++k) {
        if (leaves[k].gain > leaves[best].gain) best = k;
      }
      if (leaves[best].gain < 1e-3) break;
      Leaf left, right;
      for (auto const r : leaves[best].rows) {
        (b.bins[size_t{r} * b.width + leaves[best].feature] <= leaves[best].bin ? left : right).rows.push_back(r);
      }
      auto& node = nodes[static_cast<size_t>(leaves[best].node)];
      node.feature = leaves[best].feature;
      node.value = b.edges[leaves[best].feature][leaves[best].bin];
      node.left = left.node = static_cast<int>(nodes.size());
      node.right = right.node = static_cast<int>(nodes.size() + 1);
      nodes.resize(nodes.size() + 2);
      sum(left);
      sum(right);
      find_split(b, grad, hess, features, left);
      find_split(b, grad, hess, features, right);
      leaves[best] = std::move(left);
      leaves.push_back(std::move(right));
    }
    for (auto const& leaf : leaves)
      nodes[static_cast<size_t>(leaf.node)].value = static_cast<float>(kRate * leaf.g / (leaf.h + kL2));
    for (auto const i : in) {
      size_t n = 0;
      while (nodes[n].left >= 0) {
        n = static_cast<size_t>(rows.x[size_t{i} * rows.width + nodes[n].feature] <= nodes[n].value ? nodes[n].left
                                                                                                    : nodes[n].right);
      }
      score[i] += nodes[n].value;
    }
    write_tree(nodes, out);
    if (t % 50 == 0 || t + 1 == trees)
      std::cerr << "  fold " << left_out << " tree " << t << " loss " << loss / all << "\n";
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  size_t folds = 5;
  bool with_folds = false;
  std::vector<std::string> rest;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--folds") == 0 && i + 1 < argc) {
      folds = std::max<size_t>(2, std::stoul(argv[++i]));
      with_folds = true;
    } else {
      rest.emplace_back(argv[i]);
    }
  }
  if (rest.size() < 2) {
    std::cerr << "usage: train_blocks [--folds N] OUT SET_DIR...\n";
    return 2;
  }
  std::vector<std::string> firsts(folds + 1), seconds(folds + 1);  // the last one: of all pages
  std::vector<BlockModel> models;
  {
    Rows rows;
    for (size_t i = 1; i < rest.size(); ++i) read_set(rest[i], folds, {}, rows);
    auto const binned = bin(rows);
    for (size_t fold = 0; fold <= folds; ++fold) {
      firsts[fold] = train(rows, binned, kTrees, fold < folds ? static_cast<int>(fold) : -1);
      if (fold < folds) models.push_back(*BlockModel::parse(firsts[fold], kFeatures));
    }
  }
  Rows rows;
  rows.width = kContextFeatures;
  for (size_t i = 1; i < rest.size(); ++i) read_set(rest[i], folds, models, rows);
  auto const binned = bin(rows);
  for (size_t fold = with_folds ? 0 : folds; fold <= folds; ++fold) {
    seconds[fold] = train(rows, binned, kContextTrees, fold < folds ? static_cast<int>(fold) : -1);
    if (fold < folds) std::ofstream(rest[0] + "." + std::to_string(fold)) << firsts[fold] << seconds[fold];
  }
  std::ofstream(rest[0]) << "// Written by tools/train_blocks.cpp, which says how; do not edit.\nR\"weights(\n"
                         << firsts[folds] << ")weights\" R\"weights(" << seconds[folds] << ")weights\"\n";
}

// kinship_train: makes src/kinship/evidence_table.inc from labelled stories.
// usage: kinship_train LABELLED.jsonl... > src/kinship/evidence_table.inc
// Lines: {"id","published","title","lede","body","story"}, each file in order of time; articles of different files
// never meet. Every pair that the engine would compare is an example, weighed so that a long story counts as its
// articles do, not as its pairs. Boosted trees of two questions each (J. Friedman, Greedy Function Approximation, 2001;
// the regularised gain is that of Chen and Guestrin, 2016); no randomness, the same files give the same table.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "article/record.hpp"
#include "kinship/memory.hpp"
#include "kinship/reading.hpp"
#include "kinship/stories.hpp"

namespace vigie::kinship {
namespace {

struct Example {
  Signs signs;
  bool same;
  double weight;
};

struct NothingKept : Keeper {
  Status each(int64_t, int64_t, std::function<void(Kept const&)> const&) override { return {}; }
};

struct Labelled {
  article::Article article;
  std::string story;
};

// The label is a number or a string behind "story"; the reader of articles leaves derived keys aside.
std::string story_of(std::string const& line) {
  auto const at = line.rfind("\"story\":");
  if (at == std::string::npos) return {};
  auto const begin = line.find_first_not_of(" \"", at + 8);
  return line.substr(begin, line.find_first_of(",\"}", begin) - begin);
}

std::vector<Labelled> read(char const* path) {
  std::vector<Labelled> out;
  std::ifstream file(path);
  article::Json json;
  for (std::string line; std::getline(file, line);)
    if (auto article = article::article_of_record(line, json)) out.push_back({std::move(*article), story_of(line)});
  return out;
}

void examples_of(std::vector<Labelled> const& news, std::vector<Example>& out) {
  NothingKept keeper;
  Memory memory(keeper, {});
  Stories stories(memory);
  Reader reader;
  std::map<std::string, double> size;
  for (auto const& one : news) ++size[one.story];
  for (size_t i = 0; i < news.size(); ++i) {
    auto const& a = news[i].article;
    int64_t const time_s = a.published ? a.published->epoch_s() : 0;
    std::vector<std::string_view> body;
    for (auto const& block : a.blocks) body.push_back(block.text);
    (void)memory.cover(time_s - kStorySeconds, time_s + kStorySeconds);
    Trace trace = reader.read({Key{i}, a.id, time_s, "fr", a.title, a.lede, body, {}}).trace;
    stories.weigh(trace, time_s);
    mark_top(trace);
    trace.measure();
    Comparison const beside(trace);
    for (uint32_t const slot : stories.candidates(trace, time_s)) {
      auto const& other = memory.at(slot);
      bool const same = news[static_cast<size_t>(other.key)].story == news[i].story;
      out.push_back({beside.with(other.trace, time_s - other.time_s), same, same ? 2 / size[news[i].story] : 1});
    }
    memory.add({Key{i}, time_s, trace.own, std::nullopt, trace, {}, 0});
  }
}

// The signs of all examples in ascending order, found once: examples are only ever looked at in these orders.
using Orders = std::array<std::vector<uint32_t>, kSigns>;

Orders orders_of(std::vector<Example> const& examples) {
  Orders orders;
  for (size_t s = 0; s < kSigns; ++s) {
    orders[s].resize(examples.size());
    std::iota(orders[s].begin(), orders[s].end(), 0);
    std::ranges::stable_sort(orders[s], {}, [&](uint32_t i) { return examples[i].signs[s]; });
  }
  return orders;
}

// First and second derivative of the loss, added up.
struct Slope {
  double first = 0, second = 0;
  size_t examples = 0;

  static constexpr double kRidge = 5;
  void add(Slope const& other) { first += other.first, second += other.second, examples += other.examples; }
  Slope without(Slope const& part) const {
    return {first - part.first, second - part.second, examples - part.examples};
  }
  double worth() const { return first * first / (second + kRidge); }
  double step() const { return -first / (second + kRidge); }
};

struct Question {
  size_t sign = 0;
  float at = INFINITY;  // none is above: what it leaves together
  double worth = 0;
};

// The question that parts the examples of one node best, with at least kLeafMin on either side.
Question best_question(std::vector<Example> const& examples, Orders const& orders, std::vector<Slope> const& slopes,
                       std::vector<uint8_t> const& node_of, uint8_t node, Slope const& all) {
  constexpr size_t kLeafMin = 15;
  Question best;
  for (size_t s = 0; s < kSigns; ++s) {
    Slope below;
    float last = 0;
    for (uint32_t const i : orders[s]) {
      if (node_of[i] != node) continue;
      float const value = examples[i].signs[s];
      if (below.examples >= kLeafMin && value > last && all.examples - below.examples >= kLeafMin) {
        double const worth = below.worth() + all.without(below).worth() - all.worth();
        if (worth > best.worth) best = {s, last + (value - last) / 2, worth};
      }
      below.add(slopes[i]);
      last = value;
    }
  }
  return best;
}

// Friedman's boosting with Newton steps on the logistic loss: each tree answers what those before it left open.
class Boosting {
 public:
  explicit Boosting(std::vector<Example> const& examples)
      : examples_(examples), orders_(orders_of(examples)), slopes_(examples.size()), node_of_(examples.size()) {
    double same = 0, all = 0;
    for (auto const& e : examples) same += e.same ? e.weight : 0, all += e.weight;
    odds_ = std::log(same / (all - same));
    sums_.assign(examples.size(), odds_);
  }

  void print() {
    std::printf("// Made by bench/kinship_train. Do not edit.\nconstexpr float kOdds = %.5ff;\n", odds_);
    std::printf("constexpr Tree kForest[] = {\n");
    for (int tree = 0; tree < kTrees; ++tree) grow();
    std::printf("};\n");
  }

 private:
  static constexpr int kTrees = 150;
  static constexpr double kRate = 0.06;

  void grow() {
    std::array<Slope, 7> slopes;  // of the node, its two parts, their four
    for (size_t i = 0; i < examples_.size(); ++i) {
      double const p = 1 / (1 + std::exp(-sums_[i])), weight = examples_[i].weight;
      slopes_[i] = {weight * (p - (examples_[i].same ? 1 : 0)), weight * p * (1 - p), 1};
      slopes[0].add(slopes_[i]);
      node_of_[i] = 0;
    }
    std::array<Question, 3> questions;
    for (uint8_t node = 0; node < 3; ++node) {
      questions[node] = best_question(examples_, orders_, slopes_, node_of_, node, slopes[node]);
      for (size_t i = 0; i < examples_.size(); ++i) {
        if (node_of_[i] != node) continue;
        bool const above = examples_[i].signs[questions[node].sign] > questions[node].at;
        node_of_[i] = static_cast<uint8_t>(2 * node + 1 + above);
        slopes[node_of_[i]].add(slopes_[i]);
      }
    }
    for (size_t i = 0; i < sums_.size(); ++i) sums_[i] += kRate * slopes[node_of_[i]].step();
    print(questions, slopes);
  }

  static void print(std::array<Question, 3> const& questions, std::array<Slope, 7> const& slopes) {
    std::printf("{{%zu, %zu, %zu}, {", questions[0].sign, questions[1].sign, questions[2].sign);
    for (auto const& question : questions) std::printf("%#.6gf, ", static_cast<double>(std::min(question.at, 1e30f)));
    std::printf("}, {");
    for (size_t leaf = 3; leaf < 7; ++leaf) std::printf("%.5ff, ", kRate * slopes[leaf].step());
    std::printf("}},\n");
  }

  std::vector<Example> const& examples_;
  Orders orders_;
  std::vector<Slope> slopes_;
  std::vector<uint8_t> node_of_;
  std::vector<double> sums_;
  double odds_ = 0;
};

}  // namespace

int train(int count, char** paths) {
  std::vector<Example> examples;
  for (int i = 0; i < count; ++i) examples_of(read(paths[i]), examples);
  if (examples.empty()) return 1;
  Boosting(examples).print();
  return 0;
}

}  // namespace vigie::kinship

int main(int count, char** arguments) { return vigie::kinship::train(count - 1, arguments + 1); }

// kinship_train: makes src/kinship/evidence_table.inc from labelled stories.
// usage: kinship_train LABELLED.jsonl... > src/kinship/evidence_table.inc
// Lines: {"id","published","title","lede","body","story"}, each file in order of time; articles of different files
// never meet. Every pair that the engine would compare is an example, weighed so that a long story counts as its
// articles do, not as its pairs. Logistic regression by gradient descent on standardised signs; no randomness, the same
// files give the same table.
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
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

struct Scale {
  Signs mean{}, deviation{};
};

Scale standardise(std::vector<Example>& examples) {
  Scale scale;
  for (size_t s = 0; s < kSigns; ++s) {
    double sum = 0, squares = 0;
    for (auto const& e : examples) sum += e.signs[s], squares += double{e.signs[s]} * e.signs[s];
    double const n = static_cast<double>(examples.size()), mean = sum / n;
    scale.mean[s] = static_cast<float>(mean);
    scale.deviation[s] = static_cast<float>(std::sqrt(std::max(1e-12, squares / n - mean * mean)));
    for (auto& e : examples) e.signs[s] = (e.signs[s] - scale.mean[s]) / scale.deviation[s];
  }
  return scale;
}

std::vector<double> regress(std::vector<Example> const& examples) {
  constexpr double kRidge = 1 / 0.05;
  constexpr int kSteps = 4'000;
  std::vector<double> w(1 + kSigns, 0), last(w);
  double total = 0;
  for (auto const& e : examples) total += e.weight;
  double const rate = 4 / (total * (1 + kSigns) / 4 + kRidge);
  for (int step = 0; step < kSteps; ++step) {
    std::vector<double> look(w), gradient(1 + kSigns, 0);  // Nesterov's momentum
    double const momentum = static_cast<double>(step) / (step + 3);
    for (size_t i = 0; i < w.size(); ++i) look[i] += momentum * (w[i] - last[i]);
    for (auto const& e : examples) {
      double sum = look[0];
      for (size_t s = 0; s < kSigns; ++s) sum += look[1 + s] * e.signs[s];
      double const error = e.weight * (1 / (1 + std::exp(-sum)) - (e.same ? 1 : 0));
      gradient[0] += error;
      for (size_t s = 0; s < kSigns; ++s) gradient[1 + s] += error * e.signs[s];
    }
    last = w;
    for (size_t i = 0; i < w.size(); ++i) w[i] = look[i] - rate * (gradient[i] + (i ? kRidge * look[i] : 0));
  }
  return w;
}

}  // namespace

int train(int count, char** paths) {
  std::vector<Example> examples;
  for (int i = 0; i < count; ++i) examples_of(read(paths[i]), examples);
  if (examples.empty()) return 1;
  Scale const scale = standardise(examples);
  auto w = regress(examples);
  for (size_t s = 0; s < kSigns; ++s) w[1 + s] /= scale.deviation[s], w[0] -= w[1 + s] * scale.mean[s];
  std::printf("// Made by bench/kinship_train. Do not edit.\n");
  for (double const weight : w) std::printf("%.5ff,\n", weight);
  return 0;
}

}  // namespace vigie::kinship

int main(int count, char** arguments) { return vigie::kinship::train(count - 1, arguments + 1); }

// kinship_copies: precision and recall of finding copies, as the threshold moves, on wire edits made from real reports
// and on machine-found near-duplicates; and what it costs. usage: kinship_copies CORPUS.jsonl [SILVER.tsv] [EVERY]
// Every EVERYth report (20) of 150 words or more is edited in nine ways, from a seed. What must be found is the pair of
// edit and original; wrong is any other pair that the look-up proposes and the test lets pass: real news, so a few of
// those are copies that the corpus holds anyway. SILVER lists pairs with the Jaccard likeness of their five-word runs:
// from .5 on they are copies, below .2 not.
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "article/record.hpp"
#include "base/zone.hpp"
#include "kinship/copies.hpp"
#include "kinship/prints.hpp"
#include "kinship/reading.hpp"
#include "kinship/sketch.hpp"

namespace vigie::kinship {
namespace {

constexpr unsigned kSampledMin = 5;

struct Text {
  std::string id, title, lede, body;
  int64_t time_s = 0;
};

std::vector<Text> read(char const* path) {
  std::vector<Text> out;
  std::ifstream file(path);
  article::Json json;
  for (std::string line; std::getline(file, line);) {
    auto const article = article::article_of_record(line, json);
    if (!article) continue;
    Text text{article->id, article->title, article->lede, {}, article->published ? instant_s(*article->published) : 0};
    for (auto const& block : article->blocks) text.body += (text.body.empty() ? "" : " ") + block.text;
    out.push_back(std::move(text));
  }
  return out;
}

std::vector<std::string> words_of(std::string const& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), {}};
}

std::string joined(std::vector<std::string> const& words, size_t begin, size_t end) {
  std::string out;
  for (size_t i = begin; i < std::min(end, words.size()); ++i) out += (out.empty() ? "" : " ") + words[i];
  return out;
}

// What a wire text goes through on its way to a reader.
class Editor {
 public:
  static constexpr char const* kKinds[] = {"new headline", "70 % kept",       "50 % kept",
                                           "35 % kept",    "header, trailer", "2 % of words",
                                           "5 % of words", "10 % of words",   "two merged"};

  Text edit(size_t kind, Text const& text, Text const& other) {
    auto words = words_of(text.body);
    Text out{text.id + "-" + std::to_string(kind), other.title, text.lede, text.body, text.time_s + 3'600};
    switch (kind) {
      case 1:
      case 2:
      case 3:
        out.body = joined(words, 0, static_cast<size_t>(static_cast<double>(words.size()) * kKept[kind - 1]));
        break;
      case 4:
        out.lede.clear();
        out.body = "VALCOURT (Agence Littorale) - " + text.body + " " + joined(words_of(other.body), 0, 25);
        break;
      case 5:
      case 6:
      case 7:
        for (auto& word : words) change(word, kChanged[kind - 5], other);
        out.body = joined(words, 0, words.size());
        break;
      case 8:
        out.body += " " + other.body;
        break;
      default:
        break;
    }
    return out;
  }

 private:
  static constexpr double kKept[] = {0.7, 0.5, 0.35}, kChanged[] = {0.02, 0.05, 0.1};

  // A word of the other text instead, nothing, or one more.
  void change(std::string& word, double rate, Text const& other) {
    if (std::uniform_real_distribution<>(0, 1)(random_) >= rate) return;
    auto const begin = random_() % std::max<size_t>(1, other.body.size());
    std::string const strange = "x" + std::to_string(begin);
    word = random_() % 3 == 0 ? "" : random_() % 2 == 0 ? strange : word + " " + strange;
  }

  std::mt19937_64 random_{11};
};

struct Pair {
  float share = 0, kept = 0;
  bool copy = false;
};

struct Counts {
  int found = 0, missed = 0, wrong = 0;
  double precision() const { return found + wrong ? 1.0 * found / (found + wrong) : 1; }
  double recall() const { return found + missed ? 1.0 * found / (found + missed) : 1; }
  double f1() const { return 2.0 * found / std::max(1, 2 * found + missed + wrong); }
};

Counts count(std::vector<Pair> const& pairs, float taken) {
  Counts counts;
  for (auto const& pair : pairs) {
    bool const said = is_copy(pair.share, pair.kept, taken);
    (pair.copy ? (said ? counts.found : counts.missed) : counts.wrong) += pair.copy || said;
  }
  return counts;
}

void print_curve(char const* what, std::vector<Pair> const& pairs) {
  std::printf(
      "\n%s: %zu pairs\n\n| share that makes a copy | precision | recall | F1 |\n| ---: | ---: | ---: | ---: |\n", what,
      pairs.size());
  for (float taken = 0.2f; taken < 0.86f; taken += 0.05f) {
    auto const counts = count(pairs, taken);
    std::printf("| %.2f | %.3f | %.3f | %.3f |\n", static_cast<double>(taken), counts.precision(), counts.recall(),
                counts.f1());
  }
}

class Bench {
 public:
  explicit Bench(std::vector<Text> const& news) : news_(news) {
    clock_t const begin = std::clock();
    for (auto const& text : news_) traces_.push_back(trace(text));
    double const read_s = seconds_since(begin);
    clock_t const then = std::clock();
    for (uint32_t i = 0; i < traces_.size(); ++i) {
      candidates(traces_[i]);
      prints_.add(traces_[i].sketch, i);
    }
    auto const each = [&](double seconds) {
      return 1e6 * seconds / static_cast<double>(std::max<size_t>(1, news_.size()));
    };
    std::printf("%zu reports: %.1f us each to read (words, weights, sketch), %.1f us to look up and add\n",
                news_.size(), each(read_s), each(seconds_since(then)));
  }

  void wire_edits(size_t every) {
    Editor editor;
    std::vector<Pair> all;
    std::printf("\n| edit | reports | found |\n| --- | ---: | ---: |\n");
    for (size_t kind = 0; kind < std::size(Editor::kKinds); ++kind) {
      std::vector<Pair> pairs;
      for (size_t i = 0; i + 1 < news_.size(); i += every) {
        size_t const other = (i + news_.size() / 2) % news_.size();
        if (words_of(news_[i].body).size() >= 150) try_edit(editor.edit(kind, news_[i], news_[other]), i, other, pairs);
      }
      auto const counts = count(pairs, kTaken);
      std::printf("| %s | %d | %.3f |\n", Editor::kKinds[kind], counts.found + counts.missed, counts.recall());
      all.insert(all.end(), pairs.begin(), pairs.end());
    }
    print_curve("Wire edits", all);
  }

  void silver(char const* path) {
    std::map<std::string, size_t> by_id;
    for (size_t i = 0; i < news_.size(); ++i) by_id[news_[i].id] = i;
    std::vector<Pair> pairs;
    std::ifstream file(path);
    std::string a, b, rest;
    double jaccard = 0;
    for (std::getline(file, rest); file >> a >> b >> jaccard && std::getline(file, rest);) {
      if (!by_id.contains(a) || !by_id.contains(b) || (jaccard >= 0.2 && jaccard < 0.5)) continue;
      size_t first = by_id[a], second = by_id[b];
      if (news_[second].time_s < news_[first].time_s) std::swap(first, second);
      pairs.push_back(compare(traces_[second], traces_[first], jaccard >= 0.5));
    }
    print_curve("Near-duplicates found by machine", pairs);
  }

 private:
  static double seconds_since(clock_t begin) { return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC; }

  Trace trace(Text const& text) {
    std::string_view const body[] = {text.body};
    return reader_.read({Key{0}, text.id, text.time_s, "fr", text.title, text.lede, body, {}}).trace;
  }

  std::vector<uint32_t> candidates(Trace const& trace) {
    std::vector<uint32_t> slots;
    prints_.find(trace.sketch, slots);
    return slots;
  }

  static Pair compare(Trace const& later, Trace const& earlier, bool copy) {
    auto const shared = overlap(later.sketch, later.shingles, earlier.sketch, earlier.shingles);
    return shared.sampled < kSampledMin ? Pair{0, 0, copy} : Pair{shared.a_in_b, shared.b_in_a, copy};
  }

  // Both reports that went into an edit are left out of what counts as wrong.
  void try_edit(Text const& edited, size_t original, size_t other, std::vector<Pair>& pairs) {
    Trace const here = trace(edited);
    bool seen = false;
    for (uint32_t const slot : candidates(here)) {
      seen = seen || slot == original;
      if (slot == original || slot == other) continue;
      auto const known =
          overlap(traces_[original].sketch, traces_[original].shingles, traces_[slot].sketch, traces_[slot].shingles);
      if (known.a_in_b < 0.2f && known.b_in_a < 0.2f) pairs.push_back(compare(here, traces_[slot], false));
    }
    pairs.push_back(seen ? compare(here, traces_[original], true) : Pair{0, 0, true});
  }

  std::vector<Text> const& news_;
  Reader reader_;
  Prints prints_;
  std::vector<Trace> traces_;
};

}  // namespace

int run(int count, char** arguments) {
  if (count < 2) return std::fprintf(stderr, "usage: kinship_copies CORPUS.jsonl [SILVER.tsv] [EVERY]\n"), 2;
  auto const news = read(arguments[1]);
  Bench bench(news);
  bench.wire_edits(count > 3 ? std::max(1, std::atoi(arguments[3])) : 20);
  if (count > 2) bench.silver(arguments[2]);
  return 0;
}

}  // namespace vigie::kinship

int main(int count, char** arguments) { return vigie::kinship::run(count, arguments); }

// train_speakers.cpp: makes src/speech/speaker_weights_table.inc, which weighs what speaks for each person a pronoun or
// a description may mean (src/speech/candidates.hpp), out of labelled quotes.
//
//   cmake --preset release && ninja -C build/release train_speakers
//   build/release/src/speech/train_speakers src/speech/speaker_weights_table.inc GOLD.jsonl PREDICTIONS.jsonl
//       tools/speaker_choices.tsv ARTICLES.jsonl
//
// speaker_choices.tsv adds choices judged by hand for this project in ARTICLES (title, lede, body): the article's id,
// where the source phrase begins (code points of the body), and where whom it means is named (code points of title,
// lede and body, a line each), -1 for nobody named before, -2 for the unnamed speaker of the quote before.
//
// GOLD holds articles with title, lede, body and quotes (text, speaker). Every pronoun and definite description the
// finder takes for the source of a labelled quote is one choice among the candidates; the model is a softmax over their
// linear scores with an L2 penalty, trained by gradient descent from zero: deterministic. What is printed, and the
// PREDICTIONS (quotes of each article as `vigie export` writes them), is out of fold: each article is read with weights
// from the other four fifths. The table itself is made from all. Only numbers are kept, no text.
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "article/json.hpp"
#include "base/hash.hpp"
#include "base/utf8.hpp"
#include "speech/arrange.hpp"
#include "speech/attribution.hpp"
#include "speech/finder.hpp"
#include "speech/gazetteer.hpp"

namespace {

using namespace vigie;
using namespace vigie::speech;

constexpr size_t kFolds = 5;
constexpr int kRounds = 1500;
constexpr double kRate = 0.05, kPenalty = 0.05;  // chosen out of fold among 0.02, 0.05, 0.1, 0.2 and 0.3

struct Gold {
  std::string id, title, lede, body;
  struct Quote {
    std::string text, speaker;
  };
  std::vector<Quote> quotes;
  struct Pick {
    uint32_t source = 0;  // code point of the body
    int64_t meant = 0;    // code point of the text, kItself or kSpeakerBefore
  };
  std::vector<Pick> picks;
  size_t fold = 0;
};

constexpr int64_t kItself = -1, kSpeakerBefore = -2;

struct Choice {
  std::vector<EvidenceRow> rows;
  std::vector<char> right;
  size_t fold = 0;
};

std::set<std::string> content_words(std::string_view text) {
  static std::set<std::string> const kSmall = {"de",  "du", "des", "d",  "la", "le", "les", "l",   "un",
                                               "une", "m",  "mme", "mm", "et", "a",  "au",  "aux", "en"};
  std::string key;
  append_key(key, text);
  std::set<std::string> words;
  for (size_t at = 0; at < key.size();) {
    auto const end = std::min(key.find(' ', at), key.size());
    if (auto word = key.substr(at, end - at); !word.empty() && !kSmall.contains(word)) words.insert(word);
    at = end + 1;
  }
  return words;
}

bool same_speaker(std::string_view a, std::string_view b) {
  auto const x = content_words(a), y = content_words(b);
  if (x.empty() || y.empty()) return false;
  return std::includes(x.begin(), x.end(), y.begin(), y.end()) || std::includes(y.begin(), y.end(), x.begin(), x.end());
}

double overlap(std::string_view a, std::string_view b) {
  auto const x = content_words(a), y = content_words(b);
  size_t both = 0;
  for (auto const& w : x) both += y.contains(w);
  return x.empty() || y.empty() ? 0 : 2.0 * static_cast<double>(both) / static_cast<double>(x.size() + y.size());
}

std::vector<Gold> load(char const* path) {
  std::vector<Gold> out;
  std::ifstream in(path);
  article::Json json;
  for (std::string line; std::getline(in, line);) {
    auto const record = json.read(line);
    if (!record) continue;
    Gold g;
    auto const text = [&](char const* key) { return std::string((*record)[key].string()); };
    g.id = text("id"), g.title = text("title"), g.lede = text("lede"), g.body = text("body");
    for (auto q = (*record)["quotes"].first(); q.exists(); q = q.next())
      g.quotes.push_back({std::string(q["text"].string()), std::string(q["speaker"].string())});
    g.fold = hash64(g.id) % kFolds;
    out.push_back(std::move(g));
  }
  return out;
}

// The articles that picks are about, with their picks.
std::vector<Gold> load_picks(char const* picks_path, char const* articles_path) {
  std::map<std::string, std::vector<Gold::Pick>> picks;
  std::ifstream in(picks_path);
  Gold::Pick pick;
  for (std::string id; in >> id >> pick.source >> pick.meant;) picks[id].push_back(pick);
  std::vector<Gold> out;
  for (auto& g : load(articles_path)) {
    auto const found = picks.find(g.id);
    if (found == picks.end()) continue;
    g.picks = found->second;
    out.push_back(std::move(g));
  }
  return out;
}

struct Read {
  std::string text;
  Reading reading;
  std::vector<Claim> claims;
  explicit Read(Gold const& g) {
    text = g.title + "\n" + g.lede + "\n";
    auto const body = text.size();
    text += g.body;
    reading.read(text, body);
    Finder finder;
    finder.find(reading, false, claims);
  }
};

// Whether the candidate is whom a pick says.
bool is_meant(Reading const& r, uint32_t id, int64_t meant, Source const& source, Speakers const& speakers) {
  if (id == kSelf) return meant == kItself;
  if (id == kUnnamed)
    return meant == kSpeakerBefore ||
           (meant == kItself && same_speaker(*speakers.last().name, r.text(source.begin, source.end)));
  for (uint32_t i = 0; meant >= 0 && i < r.size(); ++i) {
    if (r[i].point < meant) continue;
    auto const* place = r.name_at(i);
    if (!is_unnamed_person(id)) return place != nullptr && place->named == id;
    auto const named = speakers.unnamed(id).named;
    return id - kUnnamedPeople == i || (named != kNone && place != nullptr && place->named == named);
  }
  return false;
}

// The choices of one article, read with weights `w`; who really spoke is told after each, as it should be known when
// the next is made.
void choices(Gold const& g, std::vector<double> const& w, std::vector<Choice>& out) {
  Read read(g);
  auto const& r = read.reading;
  arrange(r, read.claims);
  Speakers speakers;
  std::vector<float> const weights(w.begin(), w.end());
  speakers.begin(r, Weights(weights.data(), kEvidenceCount));
  for (auto const& c : read.claims) {
    Gold::Quote const* gold = nullptr;
    for (auto const& q : g.quotes) {
      if (overlap(q.text, r.text(c.begin, c.end)) >= 0.8) gold = &q;
    }
    Gold::Pick const* pick = nullptr;
    for (auto const& p : g.picks) {
      if (c.source && p.source + r.first_body_point() == r[c.source.begin].point) pick = &p;
    }
    if (!c.source || !speakers.is_open(c.source) || (pick == nullptr && (gold == nullptr || gold->speaker.empty()))) {
      if (c.source) speakers.resolve(c.source);
      continue;
    }
    auto const& candidates = speakers.gather(c.source);
    Choice choice{candidates.rows(), {}, g.fold};
    Speaker truth;
    bool any = false;
    for (auto const id : candidates.ids()) {
      bool right = false;
      if (pick != nullptr) {
        right = is_meant(r, id, pick->meant, c.source, speakers);
        if (right && id < kUnnamedPeople) truth = {r.named(id).name, id};
      } else if (is_unnamed_person(id)) {
        right = same_speaker(*speakers.unnamed(id).name, gold->speaker);
      } else if (id < kUnnamed) {
        right = same_speaker(r.named(id).name, gold->speaker);
        if (right) truth = {r.named(id).name, id};
      } else if (id == kUnnamed) {
        right = same_speaker(*speakers.last().name, gold->speaker);
      } else {
        right = same_speaker(r.text(c.source.begin, c.source.end), gold->speaker);
      }
      choice.right.push_back(right);
      any |= right;
    }
    if (any) out.push_back(std::move(choice));
    if (!truth.name && gold != nullptr) truth = {gold->speaker, kNone};
    if (!truth.name) {
      speakers.resolve(c.source);
      continue;
    }
    speakers.spoke(truth, c.source);
  }
}

std::vector<double> scores(Choice const& c, std::vector<double> const& w) {
  std::vector<double> s;
  for (auto const& row : c.rows) {
    double sum = 0;
    for (size_t k = 0; k < row.size(); ++k) sum += w[k] * static_cast<double>(row[k]);
    s.push_back(sum);
  }
  return s;
}

std::vector<double> train(std::vector<Choice> const& all, size_t without) {
  std::vector<double> w(kEvidenceCount, 0.0);
  for (int round = 0; round < kRounds; ++round) {
    std::vector<double> gradient(kEvidenceCount, 0.0);
    size_t count = 0;
    for (auto const& c : all) {
      if (c.fold == without) continue;
      ++count;
      auto s = scores(c, w);
      auto const top = *std::max_element(s.begin(), s.end());
      double sum = 0, good = 0;
      for (size_t i = 0; i < s.size(); ++i) {
        s[i] = std::exp(s[i] - top);
        sum += s[i];
        good += c.right[i] ? s[i] : 0;
      }
      for (size_t i = 0; i < s.size(); ++i) {
        auto const push = (c.right[i] ? s[i] / good : 0) - s[i] / sum;
        for (size_t k = 0; k < gradient.size(); ++k) gradient[k] += push * static_cast<double>(c.rows[i][k]);
      }
    }
    for (size_t k = 0; k < w.size(); ++k)
      w[k] += kRate * (10 * gradient[k] / static_cast<double>(count) - kPenalty * w[k]);
  }
  return w;
}

bool is_right(Choice const& c, std::vector<double> const& w) {
  auto const s = scores(c, w);
  return c.right[static_cast<size_t>(std::max_element(s.begin(), s.end()) - s.begin())] != 0;
}

std::string escaped(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    }
  }
  return out + "\"";
}

void predict(Gold const& g, std::vector<double> const& w, std::ostream& out) {
  Read read(g);
  std::vector<float> weights(w.begin(), w.end());
  std::vector<Quote> quotes;
  Attribution().attribute(read.reading, read.claims, quotes, Weights(weights.data(), kEvidenceCount));
  out << "{\"id\":" << escaped(g.id) << ",\"quotes\":[";
  for (size_t i = 0; i < quotes.size(); ++i) {
    auto const& q = quotes[i];
    auto const text = [](std::optional<std::string> const& s) { return s ? escaped(*s) : std::string("null"); };
    out << (i ? "," : "") << "{\"text\":" << escaped(q.text) << ",\"type\":" << escaped(name(q.type))
        << ",\"speaker\":" << text(q.speaker) << ",\"speaker_surface\":" << text(q.speaker_surface)
        << ",\"cue\":" << text(q.cue) << "}";
  }
  out << "]}\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: train_speakers OUT GOLD.jsonl [PREDICTIONS.jsonl [CHOICES.tsv ARTICLES.jsonl]]\n";
    return 2;
  }
  auto const gold = load(argv[2]);
  auto const picked = argc > 5 ? load_picks(argv[4], argv[5]) : std::vector<Gold>{};
  std::vector<Choice> all;
  size_t labelled = 0;
  // Twice: who spoke before a choice is evidence, and where no label says it, the weights of the first round do.
  std::vector<std::vector<double>> fold_weights(kFolds, std::vector<double>(kEvidenceCount, 0.0));
  for (int round = 0; round < 2; ++round) {
    all.clear();
    for (auto const& g : gold) choices(g, fold_weights[g.fold], all);
    labelled = all.size();
    for (auto const& g : picked) choices(g, fold_weights[g.fold], all);
    for (size_t fold = 0; fold < kFolds; ++fold) fold_weights[fold] = train(all, fold);
  }
  size_t right = 0, right_picks = 0;
  for (size_t i = 0; i < all.size(); ++i)
    (i < labelled ? right : right_picks) += is_right(all[i], fold_weights[all[i].fold]);
  auto const whole = train(all, kFolds);
  size_t fitted = 0;
  for (auto const& c : all) fitted += is_right(c, whole);
  std::cout << gold.size() << " articles: right out of fold " << right << " of " << labelled << " choices in GOLD and "
            << right_picks << " of " << all.size() - labelled << " others; in sample " << fitted << " of all\n";
  if (argc > 3) {
    std::ofstream out(argv[3]);
    for (auto const& g : gold) predict(g, fold_weights[g.fold], out);
  }
  std::ofstream table(argv[1]);
  table << "// Made by tools/train_speakers; do not edit. One weight for each Evidence of candidates.hpp.\n";
  for (auto const value : whole) {
    char line[32];
    std::snprintf(line, sizeof line, "%.3ff,\n", value);
    table << line;
  }
  return table ? 0 : 1;
}

// newsroom.hpp: invented dispatches for tests, made from a seed: events with their own names and words, reports of
// them, and the edits a wire text goes through. And a Keeper that keeps in memory.
#pragma once

#include <map>
#include <random>
#include <string>
#include <vector>

#include "kinship/kin.hpp"

namespace vigie::kinship {

struct Dispatch {
  std::string id, title, lede, body, language = "fr";
  int64_t time_s = 0;
};

class MemoryKeeper : public Keeper {
 public:
  struct Row {
    int64_t time_s;
    StoryId story;
    std::optional<Key> copy_of;
    std::string trace;
  };

  Status each(int64_t from_s, int64_t to_s, std::function<void(Kept const&)> const& visit) override {
    ++reads;
    for (auto const& [key, row] : rows)
      if (row.time_s >= from_s && row.time_s < to_s) visit({Key{key}, row.time_s, row.story, row.copy_of, row.trace});
    return {};
  }

  void keep(Key key, int64_t time_s, Verdict const& verdict) {
    std::optional<Key> copy_of;
    if (verdict.copy_of) copy_of = verdict.copy_of->key;
    rows[static_cast<uint64_t>(key)] = {time_s, verdict.story, copy_of, verdict.trace};
    for (Moved const& moved : verdict.moved) rows.at(static_cast<uint64_t>(moved.key)).story = moved.story;
    for (Copied const& copied : verdict.copied) rows.at(static_cast<uint64_t>(copied.key)).copy_of = copied.of.key;
  }

  StoryId story(uint64_t key) const { return rows.at(key).story; }

  std::map<uint64_t, Row> rows;
  size_t reads = 0;
};

inline Verdict add(Kin& kin, MemoryKeeper& keeper, uint64_t key, Dispatch const& dispatch) {
  std::string_view const body[] = {dispatch.body};
  auto verdict =
      kin.add({Key{key}, dispatch.id, dispatch.time_s, dispatch.language, dispatch.title, dispatch.lede, body, {}});
  keeper.keep(Key{key}, dispatch.time_s, *verdict);
  return *verdict;
}

class Newsroom {
 public:
  explicit Newsroom(uint64_t seed) : random_(seed) {}

  std::string word() {  // pronounceable, invented
    static constexpr char const* kSyllables[] = {"ba",  "dro", "ke",  "lun", "mi",  "nor", "pa", "ru",
                                                 "sel", "ti",  "vor", "zan", "fe",  "gol", "ja", "cha",
                                                 "bre", "tou", "cli", "mon", "ser", "pil"};
    std::string out;
    for (int n = 2 + below(2); n-- > 0;) out += kSyllables[below(std::size(kSyllables))];
    return out;
  }
  std::string name() {
    std::string out = word();
    out[0] = static_cast<char>(out[0] - 'a' + 'A');
    return out;
  }
  std::string sentence(size_t words, std::vector<std::string> const& telling = {}) {
    static constexpr char const* kPlain[] = {"le",     "la",   "de",    "un",    "une",   "dans",
                                             "pour",   "avec", "sur",   "après", "selon", "plusieurs",
                                             "depuis", "hier", "matin", "ville", "pays",  "homme"};
    std::string out = "Le";
    for (size_t i = 0; i < words; ++i) {
      out += ' ';
      size_t const dice = below(10);
      if (dice < 4)
        out += kPlain[below(std::size(kPlain))];
      else if (dice < 7 && !telling.empty())
        out += telling[below(telling.size())];
      else
        out += word();
    }
    return out + ".";
  }
  std::string text(size_t sentences, std::vector<std::string> const& telling = {}) {
    std::string out;
    for (size_t i = 0; i < sentences; ++i) out += (i ? " " : "") + sentence(9 + below(9), telling);
    return out;
  }

  struct Event {
    std::vector<std::string> telling;
    int64_t time_s = 0;
  };
  Event event(int64_t time_s) {
    Event event{{name(), name(), name()}, time_s};
    for (int i = 0; i < 7; ++i) event.telling.push_back(word());
    return event;
  }
  Dispatch report(Event const& event, int64_t after_s) {
    auto const& t = event.telling;
    Dispatch out;
    out.id = "d" + std::to_string(++count_);
    out.title = t[0] + " : " + t[3] + " et " + t[4] + " à " + t[1];
    out.lede = sentence(14, t);
    out.body = text(12, t);
    out.time_s = event.time_s + after_s;
    return out;
  }

  // --- what happens to a wire text on its way ---
  std::string truncated(std::string const& text, double kept) {
    size_t const end = text.find(' ', static_cast<size_t>(static_cast<double>(text.size()) * kept));
    return text.substr(0, end);
  }
  std::string edited(std::string const& text, double rate) {  // a word in 1/rate replaced, dropped or doubled
    std::string out;
    size_t at = 0;
    while (at < text.size()) {
      size_t const end = std::min(text.find(' ', at), text.size());
      std::string const one = text.substr(at, end - at);
      if (below(10'000) < rate * 10'000) {
        size_t const how = below(3);
        if (how == 0) out += word() + ' ';
        if (how == 1) out += one + ' ' + word() + ' ';
      } else {
        out += one + ' ';
      }
      at = end + 1;
    }
    return out;
  }

  size_t below(size_t n) { return std::uniform_int_distribution<size_t>(0, n - 1)(random_); }

 private:
  std::mt19937_64 random_;
  uint64_t count_ = 0;
};

inline constexpr int64_t kDay = 86'400, kStart = 1'536'300'000;

}  // namespace vigie::kinship

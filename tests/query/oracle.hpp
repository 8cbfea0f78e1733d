// oracle.hpp: the query language and the ranking formula over plain lists of words, with nothing clever: no index, no
// segments, no cursors. The executor must agree with it on every corpus and every query.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "index/invented.hpp"
#include "query/search.hpp"

namespace vigie::query {

class Oracle {
 public:
  void add(index::Invented const&);
  void erase(uint64_t row) { documents_.erase(row); }
  void regroup(uint64_t row, uint64_t copy_group, uint64_t story);

  index::Invented const& article(uint64_t row) const { return documents_.at(row).source; }

  struct Judged {
    uint64_t row = 0;
    int64_t time_s = 0;
    bool whole = false;
    double score = 0;
  };
  // Every document that is an answer, best first.
  std::vector<Judged> answer(ParsedQuery const&, SearchOptions const&) const;

 private:
  struct Token {
    int field = 0;         // title, kicker, lede, body; 4: inside quotes
    int64_t position = 0;  // within the field; blocks lie apart
    std::string folded, surface, stem;
  };
  struct Doc {
    index::Invented source;
    std::string stemming;
    std::vector<Token> tokens;
    std::map<NameKind, std::vector<std::vector<std::string>>> names;
    std::map<int, double> words;  // by field
  };
  struct Span {
    int field = 0;
    int64_t begin = 0, end = 0;
    double exact = 0, accented = 0;
  };

  bool holds(ParsedQuery const&, NodeIndex, Doc const&) const;
  std::vector<Span> spans(ParsedQuery const&, NodeIndex, Doc const&) const;
  bool token_matches(Node const&, QueryWord const&, Token const&, Doc const&) const;
  double idf(ParsedQuery const&, NodeIndex) const;
  double idf_of(uint64_t holding) const;
  static bool stands_before(Judged const&, Judged const&);
  double average(int field) const;
  void lift_by_names(std::vector<Judged>&, double weight) const;
  std::vector<NodeIndex> units(ParsedQuery const&) const;
  void collect_units(ParsedQuery const&, NodeIndex, std::vector<NodeIndex>&) const;

  std::map<uint64_t, Doc> documents_;
};

}  // namespace vigie::query

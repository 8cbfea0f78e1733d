// names.hpp: the people, organisations and places a text names, with every place where each stands. Candidates come
// from lists of known names and from capitals; their kind from what they are made of and what stands beside them; forms
// of one name are joined. Threads: confined to one thread, memory reused. Cost: one pass over the tokens and a table.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "speech/gazetteer.hpp"
#include "speech/marks.hpp"
#include "speech/passing_table.hpp"
#include "speech/tokens.hpp"

namespace vigie::speech {

inline constexpr uint32_t kNone = UINT32_MAX;

enum class Gender : uint8_t { unknown, man, woman };

struct Named {
  std::string name;  // the fullest form
  NameKind kind = NameKind::person;
  bool medium = false;
  bool club = false;
  Gender gender = Gender::unknown;
  uint32_t count = 0;
  uint32_t first = 0;  // token where it first stands
  std::vector<std::string> surfaces;
};

struct NamePlace {
  uint32_t begin = 0, end = 0;  // tokens, half open; without article and honorific
  uint32_t named = kNone;
};

// A noun that describes somebody: "président" of "le président russe Vladimir Poutine", "groupe" of "le groupe X".
struct Described {
  uint32_t noun = 0;  // token
  uint32_t named = kNone;
};

class Names {
 public:
  // `starts` holds for each token whether a sentence begins there.
  void read(Tokens const& tokens, std::vector<char> const& starts);

  std::vector<Named> const& all() const { return named_; }
  std::vector<Named>& all() { return named_; }  // their words may be taken when nobody asks any more
  std::vector<NamePlace> const& places() const { return places_; }
  std::vector<Described> const& described() const { return described_; }
  // The name that covers a token, or kNone: an index into places().
  uint32_t at(uint32_t token) const { return at_[token]; }

 private:
  struct Candidate {
    uint32_t begin = 0, end = 0;
    std::array<int, 3> evidence{};  // for person, organisation, place
    bool listed = false, medium = false, club = false, doubtful = false;
    Gender gender = Gender::unknown;
    uint32_t alias_of = kNone;  // candidate it abbreviates: "(SDLP)"
    uint32_t named = kNone;
  };

  void find_candidates();
  uint32_t shouting_end(uint32_t i) const;
  bool add_honorific(uint32_t& i);
  bool add_institution(uint32_t& i);
  bool add_landmark(uint32_t& i);
  bool add_known(uint32_t& i);
  bool add_capitals(uint32_t& i);
  uint32_t capitals_end(uint32_t i) const;
  uint32_t person_end(uint32_t i, uint32_t limit) const;
  void add_person(uint32_t begin, uint32_t end, int weight, Gender gender);
  void weigh(Candidate& c) const;
  void weigh_left(Candidate& c) const;
  void weigh_right(Candidate& c) const;
  void abbreviation(uint32_t& i);

  void join();
  void join_longer(size_t count);
  void join_people();
  void join_others();
  void place_all();
  void add_bearer(PassingTable<uint32_t>& table, std::string_view part, uint32_t named);
  uint32_t find_person(Candidate const& c);
  uint32_t make(Candidate const& c, std::string_view key);
  void tell(Candidate const& c, uint32_t named);
  std::string_view surface(uint32_t begin, uint32_t end) const;
  std::string_view key_of(uint32_t begin, uint32_t end);
  std::string_view part_of(uint32_t begin, uint32_t end);
  void describe();
  void describe_body(NamePlace const&);

  Tokens const* tokens_ = nullptr;
  std::vector<Token> const* list_ = nullptr;
  std::vector<char> const* starts_ = nullptr;
  std::vector<Candidate> candidates_;
  std::vector<Named> named_;
  std::vector<std::array<int, 3>> evidence_;
  std::vector<NamePlace> places_;
  std::vector<Described> described_;
  std::vector<uint32_t> at_;
  PassingTable<uint32_t> by_key_;               // the name's number + 1, as below
  PassingTable<uint32_t> by_part_, by_first_;   // last and first words of people: where their bearers stand, + 1
  std::vector<std::vector<uint32_t>> bearers_;  // people of one such word; those from bearers_used_ on are free
  size_t bearers_used_ = 0;
  PassingTable<bool> certain_;  // single words that some evidence calls names
  std::string key_, part_;      // memory to reuse
  mutable std::string scratch_;
};

}  // namespace vigie::speech

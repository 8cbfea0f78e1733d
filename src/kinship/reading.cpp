#include "kinship/reading.hpp"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <cmath>

#include "base/hash.hpp"
#include "base/utf8.hpp"
#include "kinship/background.hpp"
#include "kinship/calendar.hpp"
#include "kinship/sketch.hpp"
#include "text/analyzer.hpp"
#include "text/characters.hpp"

namespace vigie::kinship {
namespace {

constexpr size_t kWordsKnownMax = 400'000;  // of the vocabulary, about 100 MB at most
constexpr size_t kLeadTokens = 40;          // of the body, where an article has no lede

// What is known of a written form, computed once.
struct Known {
  uint32_t hash = 0;   // of the stem
  uint8_t rarity = 0;  // 0: tells nothing
  CalendarWord calendar;
  uint64_t exact = 0;  // of the folded form, for shingles; never 0 once known
};

Known know(text::Word const& word, bool stemmed) {
  Known known;
  known.hash = hash_of(word.stem);
  known.exact = hash64(word.folded) | 1;
  known.calendar = calendar_word(word.folded);
  bool const tells = word.folded.size() > 1 && known.calendar.kind != CalendarWord::kWeekday &&
                     known.calendar.kind != CalendarWord::kMonth;
  // Without a background of their language, short words are taken for grammar.
  bool const grammar = !stemmed && word.surface.size() <= 3 && word.surface[0] >= 'a' && word.surface[0] <= 'z';
  known.rarity = tells && !grammar ? rarity(known.hash) : 0;
  return known;
}

struct Occurrence {  // of one written form, gathered
  float worth = 0;
  uint32_t hash = 0;
  uint16_t count = 0, inside = 0, capitals = 0;  // inside: not at the start of a sentence
  uint8_t flags = 0, rarity = 0;
  uint32_t begin = 0, end = 0;  // where its best form stands, in `field`
  std::string_view field;
};

// True where the word at text[begin] opens a sentence, so that its capital says nothing.
bool opens_sentence(std::string_view text, size_t begin) {
  while (begin > 0) {
    auto const c = static_cast<unsigned char>(text[begin - 1]);
    if (c == ' ' || c == '\t' || c == '\'' || (c == 0xA0 && begin > 1 && text[begin - 2] == '\xC2')) {
      begin -= c == 0xA0 ? 2 : 1;
      continue;
    }
    bool const guillemet = c == 0xAB && begin > 1 && text[begin - 2] == '\xC2';
    bool const curly = c == 0x9C && begin > 2 && text[begin - 2] == '\x80' && text[begin - 3] == '\xE2';
    return c == '.' || c == '!' || c == '?' || c == '"' || c == '\n' || c == '-' || c == '(' || guillemet || curly;
  }
  return true;
}

bool capital(std::string_view text, size_t begin) {
  auto const c = static_cast<unsigned char>(text[begin]);
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  return text::is_upper(next_code_point(text, begin));
}

size_t prefix_end(std::string_view title) {  // of "Storm in Brest : the damage"; 0 where there is none
  for (size_t at = title.find(':'); at != std::string_view::npos; at = title.find(':', at + 1))
    if (at > 0 && at + 1 < title.size() && (title[at + 1] == ' ' || title[at + 1] == '\xC2')) return at;
  return 0;
}

}  // namespace

struct Reader::State {
  text::Analyzer analyzer;
  std::vector<Known> known;  // by Word::id, from `first_id` on: ids grow by one, so no look-up is cheaper
  uint64_t first_id = 0;
  std::vector<text::Token> tokens;
  std::vector<Occurrence> occurrences;
  absl::flat_hash_map<uint32_t, uint32_t> by_hash;  // of this article
  struct Beside {
    uint32_t hash;
    uint16_t rarity;
    uint8_t count;
  };
  std::vector<Beside> pairs;  // hash << ..., weight of one occurrence
  Sketcher sketcher;
  size_t read = 0;
  bool stemmed = false;

  struct Field {
    std::string_view text;
    uint8_t flags = 0, count = 1;
    bool body = false;
    size_t prefix = 0;
  };

  // Lives until the next word is asked for.
  Known const& of(text::Word const& word) {
    if (known.empty()) first_id = word.id;
    size_t const at = word.id - first_id;
    if (at >= known.size()) known.resize(at + 1);
    if (!known[at].exact) known[at] = know(word, stemmed);
    return known[at];
  }

  Occurrence& occurrence(uint32_t hash) {
    auto const [at, fresh] = by_hash.try_emplace(hash, static_cast<uint32_t>(occurrences.size()));
    if (fresh) occurrences.emplace_back();
    return occurrences[at->second];
  }

  void count(Field const& field, text::Token const& token, Known const& word, size_t position) {
    Occurrence& seen = occurrence(word.hash);
    bool const upper = capital(field.text, token.begin);
    if (seen.count == 0) seen.begin = token.begin, seen.end = token.end, seen.field = field.text;
    seen.hash = word.hash, seen.rarity = word.rarity;
    seen.count = static_cast<uint16_t>(std::min(255, seen.count + field.count));
    seen.flags |= field.flags;
    if (token.begin < field.prefix) seen.flags |= kInPrefix;
    if (field.body && position < kLeadTokens) seen.flags |= kInLede;
    bool const acronym = upper && token.end - token.begin > 1 && capital(field.text, token.begin + 1);
    if (!acronym && opens_sentence(field.text, token.begin)) return;
    ++seen.inside;
    seen.capitals += upper;
  }

  void read_field(Field const& field, std::string_view language, DayFinder& days, bool lead) {
    tokens.clear();
    analyzer.analyze(field.text, language, tokens, 0, kTokensMax - read);
    read += tokens.size();
    Known const* before = nullptr;
    Known last;
    for (size_t i = 0; i < tokens.size(); ++i) {
      Known const word = of(*tokens[i].word);
      days.next(word.calendar, field.count);
      if (field.body || (field.flags & kInLede)) sketcher.next(word.exact);
      if (word.rarity == 0) continue;
      Field here = field;
      here.body = field.body && lead;
      count(here, tokens[i], word, i);
      if (before && pairs.size() < kTokensMax)
        pairs.push_back(
            {hash_of_pair(last.hash, word.hash), static_cast<uint16_t>(last.rarity + word.rarity), field.count});
      last = word, before = &last;
    }
    days.end_of_field();
  }

  static uint32_t hash_of_pair(uint32_t first, uint32_t second) {
    uint64_t const both = (uint64_t{first} << 24 | second) * 0x9E3779B97F4A7C15;
    return static_cast<uint32_t>(both >> (64 - kHashBits));
  }

  void keep_terms(Reading& reading);
  void keep_pairs(Trace&);
};

void Reader::State::keep_terms(Reading& reading) {
  auto const worth = [](Occurrence const& seen) {
    float const title = seen.flags & kInTitle ? 2.0f : 1.0f;
    return title * (1 + std::log(static_cast<float>(seen.count))) * static_cast<float>(seen.rarity);
  };
  for (Occurrence& seen : occurrences) seen.worth = worth(seen);
  auto const heavier = [](Occurrence const& a, Occurrence const& b) {
    return a.worth != b.worth ? a.worth > b.worth : a.hash < b.hash;
  };
  size_t const kept = std::min(occurrences.size(), kTermsMax);
  std::partial_sort(occurrences.begin(), occurrences.begin() + static_cast<ptrdiff_t>(kept), occurrences.end(),
                    heavier);
  occurrences.resize(kept);
  std::ranges::sort(occurrences, {}, &Occurrence::hash);
  for (Occurrence const& seen : occurrences) {
    uint8_t const name = seen.capitals * 2 > seen.inside ? kIsName : 0;
    reading.trace.terms.push_back(
        {seen.hash, static_cast<uint8_t>(seen.count), static_cast<uint8_t>(seen.flags | name), seen.rarity});
    reading.words.emplace_back(seen.field.substr(seen.begin, std::min<size_t>(seen.end - seen.begin, 64)));
  }
}

void Reader::State::keep_pairs(Trace& trace) {
  std::ranges::sort(pairs, {}, &Beside::hash);
  std::vector<Pair> all;
  for (size_t i = 0; i < pairs.size();) {
    size_t end = i;
    float count = 0;
    while (end < pairs.size() && pairs[end].hash == pairs[i].hash) count += pairs[end++].count;
    float const value = (1 + std::log(count)) * static_cast<float>(pairs[i].rarity) / 5;
    all.push_back({pairs[i].hash, static_cast<uint8_t>(std::min(255.0f, value))});
    i = end;
  }
  size_t const kept = std::min(all.size(), kPairsMax);
  std::partial_sort(
      all.begin(), all.begin() + static_cast<ptrdiff_t>(kept), all.end(),
      [](Pair const& a, Pair const& b) { return a.weight != b.weight ? a.weight > b.weight : a.hash < b.hash; });
  all.resize(kept);
  std::ranges::sort(all, {}, &Pair::hash);
  trace.pairs = std::move(all);
}

Reader::Reader() : state_(std::make_unique<State>()) {}
Reader::~Reader() = default;

Reading Reader::read(DocumentView const& document) {
  State& state = *state_;
  if (state.known.size() > kWordsKnownMax) state.analyzer.reset_if_large(0), state.known.clear();
  state.occurrences.clear(), state.by_hash.clear(), state.pairs.clear(), state.sketcher.clear(), state.read = 0;
  state.stemmed = document.language == "fr" || document.language == "en";

  DayFinder days(document.time_s);
  state.read_field({document.title, kInTitle, 3, false, prefix_end(document.title)}, document.language, days, false);
  state.read_field({document.lede, kInLede, 2, false, 0}, document.language, days, false);
  bool lead = document.lede.empty();
  for (std::string_view const block : document.body) {
    if (state.read >= kTokensMax) break;
    state.read_field({block, 0, 1, true, 0}, document.language, days, lead);
    lead = lead && state.read < kLeadTokens;
  }

  Reading reading;
  reading.trace.own = founded_by(document.id);
  state.keep_terms(reading);
  state.keep_pairs(reading.trace);
  reading.trace.days = days.take();
  state.sketcher.take(reading.trace.sketch, reading.trace.shingles);
  return reading;
}

void mark_top(Trace& trace) {
  constexpr size_t kTop = 10;
  std::vector<std::pair<float, uint32_t>> by_value;
  for (Term& term : trace.terms)
    term.flags &= static_cast<uint8_t>(~kIsTop), by_value.emplace_back(-value_of(term), term.hash);
  size_t const kept = std::min(by_value.size(), kTop);
  if (kept == 0) return;
  std::nth_element(by_value.begin(), by_value.begin() + static_cast<ptrdiff_t>(kept) - 1, by_value.end());
  auto const last = by_value[kept - 1];
  for (Term& term : trace.terms)
    if (std::pair(-value_of(term), term.hash) <= last) term.flags |= kIsTop;
}

}  // namespace vigie::kinship

#include "kinship/reading.hpp"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <cmath>

#include "base/hash.hpp"
#include "base/utf8.hpp"
#include "kinship/background.hpp"
#include "kinship/calendar.hpp"
#include "kinship/hash_sort.hpp"
#include "kinship/sketch.hpp"
#include "text/analysis.hpp"
#include "text/characters.hpp"

namespace vigie::kinship {
namespace {

constexpr size_t kWordsKnownMax = 400'000;  // of the vocabulary kept here, about 100 MB at most
constexpr size_t kLeadTokens = 40;          // of the body, where an article has no lede

// What is known of a written form, computed once. Small and never across two cache lines: there are 100,000 of them.
struct alignas(16) Known {
  uint32_t hash : kHashBits = 0;  // of the stem
  uint32_t rarity : 8 = 0;        // 0: tells nothing
  uint32_t stem : 31 = 0;         // its number here, from 0
  uint32_t dated : 1 = 0;         // means something on a calendar
  uint64_t exact = 0;             // of the folded form, for shingles; never 0 once known
};
static_assert(sizeof(Known) == 16);

Known know(text::Word const& word, bool stemmed, CalendarWord const& calendar) {
  Known known;
  known.hash = hash_of(word.stem);
  known.exact = hash64(word.folded) | 1;
  known.dated = calendar.kind != CalendarWord::kNone;
  bool const tells =
      word.folded.size() > 1 && calendar.kind != CalendarWord::kWeekday && calendar.kind != CalendarWord::kMonth;
  // Without a background of their language, short words are taken for grammar.
  bool const grammar = !stemmed && word.surface.size() <= 3 && word.surface[0] >= 'a' && word.surface[0] <= 'z';
  known.rarity = tells && !grammar ? rarity(known.hash) : 0;
  return known;
}

struct Occurrence {  // of one written form, gathered
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

// The `most` least ones, in no order.
template <class Value>
void keep_first(std::vector<Value>& values, size_t most) {
  if (values.size() <= most) return;
  std::nth_element(values.begin(), values.begin() + static_cast<ptrdiff_t>(most), values.end());
  values.resize(most);
}

size_t prefix_end(std::string_view title) {  // of "Storm in Brest : the damage"; 0 where there is none
  for (size_t at = title.find(':'); at != std::string_view::npos; at = title.find(':', at + 1))
    if (at > 0 && at + 1 < title.size() && (title[at + 1] == ' ' || title[at + 1] == '\xC2')) return at;
  return 0;
}

}  // namespace

struct Reader::State {
  text::Analyzer analyzer;  // of articles that come without their words
  text::Analysis own_words;
  text::WordIds ids;
  std::vector<Known> known;                              // by Token::number
  absl::flat_hash_map<uint32_t, CalendarWord> calendar;  // of those that are dated
  absl::flat_hash_map<uint32_t, uint32_t> stems;         // hash -> number
  std::vector<Occurrence> occurrences;
  struct Noted {
    uint32_t article = 0, occurrence = 0;
  };
  std::vector<Noted> noted;  // by stem: where it stands in `occurrences`, while `article` is the one being read
  uint32_t article = 0;
  std::vector<uint64_t> pairs, pairs_scratch;  // words beside each other: hash << 32 | rarity << 8 | count
  Sketcher sketcher;
  size_t read = 0;
  bool stemmed = false;

  struct Field {
    std::string_view text;
    uint8_t flags = 0, count = 1;
    bool body = false;
    size_t prefix = 0;
  };

  void use(text::WordIds now) {
    if (now.generation == ids.generation) return;
    ids = now;
    known.clear(), calendar.clear(), stems.clear(), noted.clear();
  }

  Known const& of(text::Token const& token) {
    size_t const at = token.number;
    if (at >= known.size()) known.resize(at + at / 2 + 1024);
    if (!known[at].exact) learn(token);
    return known[at];
  }

  [[gnu::noinline]] void learn(text::Token const& token) {
    auto const on_calendar = calendar_word(token.word->folded);
    Known& word = known[token.number] = know(*token.word, stemmed, on_calendar);
    word.stem = stems.try_emplace(uint32_t{word.hash}, static_cast<uint32_t>(stems.size())).first->second;
    if (word.dated) calendar[token.number] = on_calendar;
  }

  Occurrence& occurrence(uint32_t stem) {
    if (stem >= noted.size()) noted.resize(stems.size() + stems.size() / 2);
    Noted& here = noted[stem];
    if (here.article != article) {
      here = {article, static_cast<uint32_t>(occurrences.size())};
      occurrences.emplace_back();
    }
    return occurrences[here.occurrence];
  }

  void count(Field const& field, text::Token const& token, Known const& word, bool lead) {
    Occurrence& seen = occurrence(word.stem);
    bool const upper = capital(field.text, token.begin);
    if (seen.count == 0) seen.begin = token.begin, seen.end = token.end, seen.field = field.text;
    seen.hash = word.hash, seen.rarity = static_cast<uint8_t>(word.rarity);
    seen.count = static_cast<uint16_t>(std::min(255, seen.count + field.count));
    seen.flags |= field.flags;
    if (token.begin < field.prefix) seen.flags |= kInPrefix;
    if (lead) seen.flags |= kInLede;
    bool const acronym = upper && token.end - token.begin > 1 && capital(field.text, token.begin + 1);
    if (!acronym && opens_sentence(field.text, token.begin)) return;
    ++seen.inside;
    seen.capitals += upper;
  }

  static constexpr size_t kFar = 12, kNear = 6;  // words ahead

  // Asks memory for what is known of the words that follow: it is seldom at hand among that of 100,000 others.
  void expect(std::span<text::Token const> tokens, size_t i) const {
    if (i + kFar < tokens.size() && tokens[i + kFar].number < known.size())
      __builtin_prefetch(&known[tokens[i + kFar].number]);
    if (i + kNear < tokens.size() && tokens[i + kNear].number < known.size()) {
      uint32_t const stem = known[tokens[i + kNear].number].stem;
      if (stem < noted.size()) __builtin_prefetch(&noted[stem]);
    }
  }

  // `lead`: of how many words the beginning counts as the article's lede.
  void read_field(Field const& field, std::span<text::Token const> tokens, DayFinder& days, size_t lead) {
    tokens = tokens.first(std::min(tokens.size(), kTokensMax - read));
    read += tokens.size();
    bool const printed = field.body || (field.flags & kInLede);
    uint32_t last_hash = 0, last_rarity = 0;
    for (size_t i = 0; i < std::min(kFar, tokens.size()); ++i)
      if (tokens[i].number < known.size()) __builtin_prefetch(&known[tokens[i].number]);
    for (size_t i = 0; i < tokens.size(); ++i) {
      expect(tokens, i);
      Known const word = of(tokens[i]);
      days.next(word.dated ? calendar.find(tokens[i].number)->second : CalendarWord(), field.count);
      if (printed) sketcher.next(word.exact);
      if (word.rarity == 0) continue;
      count(field, tokens[i], word, i < lead);
      if (last_rarity && pairs.size() < kTokensMax)
        pairs.push_back(uint64_t{hash_of_pair(last_hash, word.hash)} << 32 | uint64_t{last_rarity + word.rarity} << 8 |
                        field.count);
      last_hash = word.hash, last_rarity = word.rarity;
    }
    days.end_of_field();
  }

  static uint32_t hash_of_pair(uint32_t first, uint32_t second) {
    uint64_t const both = (uint64_t{first} << 24 | second) * 0x9E3779B97F4A7C15;
    return static_cast<uint32_t>(both >> (64 - kHashBits));
  }

  text::Analysis const& analyse(DocumentView const&);
  void keep_terms(Reading& reading);
  void keep_pairs(Trace&);
};

void Reader::State::keep_terms(Reading& reading) {
  struct Worth {
    float worth;
    uint32_t hash, at;
    bool operator<(Worth const& other) const { return worth != other.worth ? worth > other.worth : hash < other.hash; }
  };
  std::vector<Worth> best;
  best.reserve(occurrences.size());
  for (uint32_t i = 0; i < occurrences.size(); ++i) {
    Occurrence const& seen = occurrences[i];
    float const title = seen.flags & kInTitle ? 2.0f : 1.0f;
    best.push_back({title * damped(seen.count) * static_cast<float>(seen.rarity), seen.hash, i});
  }
  keep_first(best, kTermsMax);
  std::ranges::sort(best, {}, &Worth::hash);
  reading.trace.terms.reserve(best.size());
  reading.words.reserve(best.size());
  for (Worth const& one : best) {
    Occurrence const& seen = occurrences[one.at];
    uint8_t const name = seen.capitals * 2 > seen.inside ? kIsName : 0;
    reading.trace.terms.push_back(
        {seen.hash, static_cast<uint8_t>(seen.count), static_cast<uint8_t>(seen.flags | name), seen.rarity});
    reading.words.push_back(seen.field.substr(seen.begin, std::min<size_t>(seen.end - seen.begin, 64)));
  }
}

void Reader::State::keep_pairs(Trace& trace) {
  hash_sort(pairs, pairs_scratch, [](uint64_t pair) { return static_cast<uint32_t>(pair >> 32); });
  struct Weighed : Pair {
    bool operator<(Weighed const& other) const {
      return weight != other.weight ? weight > other.weight : hash < other.hash;
    }
  };
  std::vector<Weighed> all;
  all.reserve(pairs.size());
  for (size_t i = 0; i < pairs.size();) {
    size_t end = i;
    unsigned count = 0;
    for (; end < pairs.size() && pairs[end] >> 32 == pairs[i] >> 32; ++end) count += pairs[end] & 0xFF;
    float const value = damped(count) * static_cast<float>(pairs[i] >> 8 & 0xFFFFFF) / 5;
    all.push_back({{static_cast<uint32_t>(pairs[i] >> 32), static_cast<uint8_t>(std::min(255.0f, value))}});
    i = end;
  }
  keep_first(all, kPairsMax);
  std::ranges::sort(all, {}, &Pair::hash);
  trace.pairs.assign(all.begin(), all.end());
}

Reader::Reader() : state_(std::make_unique<State>()) {}
Reader::~Reader() = default;

// The words of an article that comes without them; what exceeds kTokensMax is left out.
text::Analysis const& Reader::State::analyse(DocumentView const& document) {
  analyzer.reset_if_large(kWordsKnownMax);
  own_words.clear();
  own_words.add(analyzer, document.title, document.language);
  own_words.add(analyzer, {}, {});
  own_words.add(analyzer, document.lede, document.language);
  for (size_t i = 0; i < document.body.size() && own_words.words() < kTokensMax; ++i)
    own_words.add(analyzer, document.body[i], document.language);
  return own_words;
}

Reading Reader::read(DocumentView const& document) {
  State& state = *state_;
  text::Analysis const& words = document.words ? *document.words : state.analyse(document);
  state.use(words.ids());
  state.occurrences.clear(), state.pairs.clear(), state.sketcher.clear(), state.read = 0, ++state.article;
  state.stemmed = document.language == "fr" || document.language == "en";

  DayFinder days(document.time_s);
  state.read_field({document.title, kInTitle, 3, false, prefix_end(document.title)}, words.field(text::kTitleField),
                   days, 0);
  state.read_field({document.lede, kInLede, 2, false, 0}, words.field(text::kLedeField), days, 0);
  bool lead = document.lede.empty();
  size_t const blocks = std::min(document.body.size(), words.fields() - text::kFirstBlockField);
  for (size_t i = 0; i < blocks && state.read < kTokensMax; ++i) {
    state.read_field({document.body[i], 0, 1, true, 0}, words.field(text::kFirstBlockField + i), days,
                     lead ? kLeadTokens : 0);
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

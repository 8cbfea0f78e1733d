#include "text/analyzer.hpp"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <deque>
#include <map>

#include "base/hash.hpp"
#include "base/utf8.hpp"
#include "text/characters.hpp"
#include "text/spellings.hpp"
#include "text/stemmer.hpp"
#include "text/tokenizer.hpp"

namespace vigie::text {
namespace {

constexpr size_t kAhead = 16;      // words met before the first of them is looked up
constexpr size_t kRawBytes = 256;  // of a word as written; what stands behind is not told apart

// Debian's abseil has a string_view of its own; hashing ours keeps look-ups free of copies.
struct SpellingHash {
  using is_transparent = void;
  size_t operator()(std::string_view spelling) const { return hash64(spelling); }
};

struct Numbered {
  Word const* word = nullptr;
  uint32_t number = 0;
};

// A word met, before it is known which it is: looked up a few words later, when its slot has come from memory.
struct Met {
  RawToken raw;
  Spelling spelling;
  uint64_t hash = 0;
};

// The words of one stemming. Two steps: raw spelling -> word, so that a known spelling costs one look-up; and surface
// -> word, so that "Macron" and "macron" are one. Short spellings, nearly all, have a table of their own.
class Vocabulary {
 public:
  explicit Vocabulary(std::string_view stemming) : stemmer_(stemming) {}

  Met meet(std::string_view text, RawToken raw) const {
    Met met{raw, {}, 0};
    if (raw.end - raw.begin > kShortSpelling) return met;
    met.spelling = spelling_at(text, raw.begin, raw.end);
    met.hash = hash_of(met.spelling);
    by_short_.expect(met.spelling, met.hash);
    return met;
  }

  // The word is null where nothing is left of it.
  Numbered find(std::string_view text, Met const& met, WordIds ids, uint64_t& last_id) {
    size_t const size = met.raw.end - met.raw.begin;
    Numbered found;
    if (size <= kShortSpelling) {
      found.word = by_short_.find(met.spelling, met.hash, found.number);
      if (!found.word) {
        found = find_surface(text.substr(met.raw.begin, size), ids, last_id);
        by_short_.put(met.spelling, found.word, found.number);
      }
    } else {
      found = find_long(text.substr(met.raw.begin, std::min(size, kRawBytes)), ids, last_id);
    }
    if (found.word == &nothing_) found.word = nullptr;
    return found;
  }

  size_t size() const { return by_short_.size() + by_raw_.size(); }

 private:
  Numbered find_long(std::string_view raw, WordIds ids, uint64_t& last_id) {
    if (auto const known = by_raw_.find(raw); known != by_raw_.end()) return known->second;
    return by_raw_.emplace(raw, find_surface(raw, ids, last_id)).first->second;
  }

  Numbered find_surface(std::string_view raw, WordIds ids, uint64_t& last_id) {
    std::string surface = surface_of(raw);
    if (surface.empty()) return {&nothing_, 0};
    auto const [at, fresh] = by_surface_.try_emplace(std::move(surface));
    if (fresh) {
      at->second.number = static_cast<uint32_t>(++last_id - ids.first);
      at->second.word = make(at->first, last_id);
    }
    return at->second;
  }

  Word const* make(std::string const& surface, uint64_t id) {
    Word& word = words_.emplace_back();
    word.id = id;
    word.surface = surface;
    word.folded = folded_of(surface);
    word.stem = stemmer_(word.folded);
    return &word;
  }

  using WordTable = absl::flat_hash_map<std::string, Numbered, SpellingHash, std::equal_to<>>;

  Stemmer stemmer_;
  Word nothing_;
  std::deque<Word> words_;
  Spellings<Word> by_short_;
  WordTable by_raw_, by_surface_;
};

uint64_t next_generation() {
  static std::atomic<uint64_t> last{0};
  return ++last;
}

}  // namespace

struct Analyzer::State {
  std::map<std::string, Vocabulary, std::less<>> vocabularies;  // by stemming
  uint64_t last_id = 0;
  WordIds ids = {next_generation(), 1};

  Vocabulary& of(std::string_view stemming) {
    auto const at = vocabularies.find(stemming);
    return at != vocabularies.end() ? at->second
                                    : vocabularies.try_emplace(std::string(stemming), stemming).first->second;
  }
};

Analyzer::Analyzer() : state_(std::make_unique<State>()) {}
Analyzer::~Analyzer() = default;

void Analyzer::analyze(std::string_view text, std::string_view language, std::vector<Token>& out,
                       uint32_t first_position, size_t limit) {
  Vocabulary& vocabulary = state_->of(stemming_of(language));
  Tokenizer tokenizer(text);
  uint32_t position = first_position;
  std::array<Met, kAhead> met;
  for (bool more = true; more && limit > 0;) {
    size_t count = 0;
    for (RawToken raw; count < std::min(kAhead, limit) && (more = tokenizer.next(raw));)
      met[count++] = vocabulary.meet(text, raw);
    limit -= count;
    for (size_t i = 0; i < count; ++i) {
      auto const [word, number] = vocabulary.find(text, met[i], state_->ids, state_->last_id);
      if (word) out.push_back({met[i].raw.begin, met[i].raw.end, position++, number, word});
    }
  }
}

bool Analyzer::reset_if_large(size_t words) {
  size_t known = 0;
  for (auto const& [stemming, vocabulary] : state_->vocabularies) known += vocabulary.size();
  if (known <= words) return false;
  state_->vocabularies.clear();
  state_->ids = {next_generation(), state_->last_id + 1};
  return true;
}

WordIds Analyzer::ids() const { return state_->ids; }

std::string stem(std::string_view folded, std::string_view stemming) {
  thread_local std::map<std::string, Stemmer, std::less<>> stemmers;
  auto at = stemmers.find(stemming);
  if (at == stemmers.end()) at = stemmers.try_emplace(std::string(stemming), stemming).first;
  return at->second(folded);
}

std::string fold(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) append_folded(out, to_lower(next_code_point(text, at)));
  return out;
}

}  // namespace vigie::text

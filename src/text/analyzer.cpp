#include "text/analyzer.hpp"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <deque>
#include <map>

#include "base/hash.hpp"
#include "base/utf8.hpp"
#include "text/characters.hpp"
#include "text/stemmer.hpp"
#include "text/tokenizer.hpp"

namespace vigie::text {
namespace {

constexpr size_t kRawBytes = 256;  // of a word as written; what stands behind is not told apart

// Debian's abseil has a string_view of its own; hashing ours keeps look-ups free of copies.
struct SpellingHash {
  using is_transparent = void;
  size_t operator()(std::string_view spelling) const { return hash64(spelling); }
};
using WordTable = absl::flat_hash_map<std::string, Word const*, SpellingHash, std::equal_to<>>;

// The words of one stemming. Two steps: raw spelling -> word, so that a known spelling costs one look-up; and surface
// -> word, so that "Macron" and "macron" are one.
class Vocabulary {
 public:
  explicit Vocabulary(std::string_view stemming) : stemmer_(stemming) {}

  Word const* find(std::string_view raw, uint64_t& next_id) {
    if (auto const known = by_raw_.find(raw); known != by_raw_.end()) return known->second;
    std::string surface = surface_of(raw);
    auto const [at, fresh] = by_surface_.try_emplace(std::move(surface), nullptr);
    if (fresh) at->second = make(at->first, next_id);
    by_raw_.emplace(raw, at->second);
    return at->second;
  }

  size_t size() const { return by_raw_.size(); }

 private:
  Word const* make(std::string const& surface, uint64_t& next_id) {
    Word& word = words_.emplace_back();
    word.id = ++next_id;
    word.surface = surface;
    word.folded = folded_of(surface);
    word.stem = stemmer_(word.folded);
    return &word;
  }

  Stemmer stemmer_;
  std::deque<Word> words_;
  WordTable by_raw_, by_surface_;
};

}  // namespace

struct Analyzer::State {
  std::map<std::string, Vocabulary, std::less<>> vocabularies;  // by stemming
  uint64_t next_id = 0;

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
  for (RawToken raw; limit > 0 && tokenizer.next(raw); --limit) {
    auto const spelling = text.substr(raw.begin, std::min<size_t>(raw.end - raw.begin, kRawBytes));
    Word const* const word = vocabulary.find(spelling, state_->next_id);
    if (word->surface.empty()) continue;
    out.push_back({raw.begin, raw.end, position++, word});
  }
}

bool Analyzer::reset_if_large(size_t words) {
  size_t known = 0;
  for (auto const& [stemming, vocabulary] : state_->vocabularies) known += vocabulary.size();
  if (known <= words) return false;
  state_->vocabularies.clear();
  return true;
}

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

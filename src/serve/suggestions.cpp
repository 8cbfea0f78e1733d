#include "serve/suggestions.hpp"

#include <algorithm>

#include "text/analyzer.hpp"

namespace vigie::serve {
namespace {

constexpr size_t kTypedBytesMax = 256;

bool is_word_byte(char c) {
  auto const byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

// Runs of letters and digits, the punctuation above ASCII (’ « – …) cutting as well.
template <class Each>
void for_each_word(std::string_view text, Each const& each) {
  std::string word;
  auto const flush = [&] {
    if (!word.empty()) each(word);
    word.clear();
  };
  for (size_t at = 0; at < text.size(); ++at) {
    bool const punctuation = text.substr(at, 2) == "\u00A0" || text.substr(at, 2) == "«" || text.substr(at, 2) == "»" ||
                             text.substr(at).starts_with("\xE2\x80");
    if (punctuation) {
      flush();
      at += text[at] == '\xE2' ? 2 : 1;
    } else if (is_word_byte(text[at])) {
      word += text[at];
    } else {
      flush();
    }
  }
  flush();
}

// " helene castaing": a space before each word, so that the beginning of any word can be looked for.
std::string searchable(std::string_view text) {
  std::string out;
  for_each_word(text::fold(text), [&](std::string const& word) { out += ' ' + word; });
  return out;
}

std::string filter(std::string_view field, std::string const& name) { return std::string(field) + ":\"" + name + '"'; }

std::string_view kind_of(engine::SuggestionKind kind) {
  switch (kind) {
    case engine::SuggestionKind::word:
      return "word";
    case engine::SuggestionKind::person:
      return "person";
    case engine::SuggestionKind::organisation:
      return "organisation";
    case engine::SuggestionKind::place:
      return "place";
    case engine::SuggestionKind::headline:
      break;
  }
  return "headline";
}

// Where the word being typed begins; npos where none is: a phrase is open, or the last word is a field's.
size_t last_word(std::string_view typed) {
  if (std::count(typed.begin(), typed.end(), '"') % 2 != 0) return typed.npos;
  auto const space = typed.find_last_of(" (");
  auto const begin = space == typed.npos ? 0 : space + 1;
  auto const word = typed.substr(begin);
  bool const plain = word.size() > 1 && word.find_first_of(":\"*~/") == word.npos;
  return plain ? begin + (word.starts_with('-') ? 1 : 0) : typed.npos;
}

}  // namespace

std::shared_ptr<Suggestions::Sources const> Suggestions::sources() const {
  auto const now = Clock::now();
  {
    MutexLock lock(mutex_);
    if (sources_ && now - looked_ < kRefresh) return sources_;
  }
  auto fresh = std::make_shared<Sources>();
  if (auto const stats = store_.stats()) {  // a box without suggestions still searches
    for (auto const& [name, count] : stats->top_sources) fresh->push_back({name, searchable(name)});
  }
  MutexLock lock(mutex_);
  looked_ = now;
  sources_ = std::move(fresh);
  return sources_;
}

std::vector<Suggestion> Suggestions::complete(std::string_view typed) const {
  std::vector<Suggestion> names, words, headlines, out;
  auto const begin = typed.size() > kTypedBytesMax ? typed.npos : last_word(typed);
  if (begin == typed.npos) return out;
  auto const wanted = searchable(typed.substr(begin));
  auto const found = store_.suggest(typed, kOfAKind);
  if (wanted.size() < 3 || !found) return out;
  std::string const before(typed.substr(0, begin));
  auto const is_quotable = [](std::string const& text) { return text.find('"') == std::string::npos; };
  for (auto const& one : *found) {
    auto const kind = kind_of(one.kind);
    if (one.kind == engine::SuggestionKind::word) {
      words.push_back({one.text, one.text, kind, {}});
    } else if (one.kind == engine::SuggestionKind::headline) {
      headlines.push_back({one.text, std::string(typed), kind, one.id});
    } else if (is_quotable(one.text)) {
      auto const field = one.kind == engine::SuggestionKind::organisation ? std::string_view("org") : kind;
      names.push_back({one.text, before + filter(field, one.text), kind, {}});
    }
  }
  for (auto const& [name, folded] : *sources()) {
    if (names.size() >= kToldMax / 2 + 1) break;
    if (is_quotable(name) && folded.find(wanted) != folded.npos)
      names.push_back({name, before + filter("source", name), "source", {}});
  }
  for (auto* const group : {&names, &words, &headlines}) {
    for (auto& one : *group) {
      if (out.size() < kToldMax) out.push_back(std::move(one));
    }
  }
  return out;
}

}  // namespace vigie::serve

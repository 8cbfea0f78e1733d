#include "serve/suggestions.hpp"

#include <algorithm>
#include <map>

#include "text/analyzer.hpp"

namespace vigie::serve {
namespace {

constexpr size_t kTypedBytesMax = 256, kWordBytesMin = 4;

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

std::string as_query(std::string_view kind, std::string const& text) {
  if (kind == "word") return text;
  auto const field = kind == "organisation" ? std::string("org") : std::string(kind);
  return field + ":\"" + text + '"';
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

Suggestions::Entries Suggestions::collect() const {
  using Key = std::pair<std::string_view, std::string>;  // kind, text
  std::map<Key, uint64_t> counts;
  auto const articles = store_.latest(kLookedAt);
  if (!articles) return {};  // a box without suggestions still searches
  for (auto const& article : *articles) {
    if (!article.source.empty()) ++counts[{"source", article.source}];
    for (auto const& mention : article.found.speech.mentions) ++counts[{speech::name(mention.kind), mention.name}];
    for_each_word(text::fold(article.title), [&](std::string const& word) {
      if (word.size() >= kWordBytesMin) ++counts[{"word", word}];
    });
  }
  Entries out;
  for (auto const& [key, count] : counts) {
    if (key.second.find('"') == std::string::npos)
      out.push_back({key.second, searchable(key.second), key.first, count});
  }
  // Names before words: who types two letters of a name means the name.
  std::stable_sort(out.begin(), out.end(), [](auto const& a, auto const& b) {
    return std::pair(a.kind != "word", a.count) > std::pair(b.kind != "word", b.count);
  });
  return out;
}

std::shared_ptr<Suggestions::Entries const> Suggestions::entries(uint64_t now) const {
  auto const clock = Clock::now();
  {
    MutexLock lock(mutex_);
    if (entries_ && (known_ == now || clock - looked_ < kRefresh)) return entries_;
  }
  auto fresh = std::make_shared<Entries const>(collect());
  MutexLock lock(mutex_);
  known_ = now;
  looked_ = clock;
  entries_ = fresh;
  return fresh;
}

std::vector<Suggestion> Suggestions::complete(std::string_view typed, uint64_t now) const {
  std::vector<Suggestion> out;
  auto const begin = typed.size() > kTypedBytesMax ? typed.npos : last_word(typed);
  if (begin == typed.npos) return out;
  auto const wanted = searchable(typed.substr(begin));
  if (wanted.size() < 3) return out;
  std::string const before(typed.substr(0, begin));
  for (auto const& entry : *entries(now)) {
    if (out.size() == kToldMax) break;
    if (entry.folded.find(wanted) == std::string::npos) continue;
    out.push_back({entry.text, before + as_query(entry.kind, entry.text), entry.kind});
  }
  return out;
}

}  // namespace vigie::serve

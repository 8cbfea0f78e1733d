// Any bytes as articles that arrive one after the other, and as what was kept of one: no crash, every copy points back
// in time, what is kept reads back, and shared passages lie inside both texts.
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "base/utf8.hpp"
#include "kinship/kin.hpp"
#include "kinship/passages.hpp"
#include "kinship/trace.hpp"

namespace {

using namespace vigie::kinship;

struct Nothing : Keeper {
  vigie::Status each(int64_t, int64_t, std::function<void(Kept const&)> const&) override { return {}; }
};

void require(bool holds) {
  if (!holds) std::abort();
}

void check_passages(std::string_view later, std::string_view earlier) {
  Reuse const found = reuse(later, earlier);
  uint32_t last = 0;
  for (Passage const& passage : found.passages) {
    require(last <= passage.begin && passage.begin < passage.end && passage.end <= later.size());
    require(passage.earlier_begin < passage.earlier_end && passage.earlier_end <= earlier.size());
    last = passage.end;
  }
  require(found.share >= 0 && found.share <= 1 && found.kept >= 0 && found.kept <= 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  (void)decode(bytes, Key{9});

  auto const text = vigie::to_valid_utf8(bytes);
  Nothing keeper;
  auto const kin = Kin::open(keeper, {.articles_max = 8});
  std::map<uint64_t, int64_t> times;
  std::string last;
  size_t at = 0;
  for (uint64_t key = 1; at < text.size() && key <= 16; ++key) {  // articles end with a form feed, titles with a line
    auto const article = text.substr(at, text.find('\f', at) - at);
    at += article.size() + 1;
    auto const line = std::min(article.find('\n'), article.size());
    std::string_view const title = std::string_view(article).substr(0, line);
    std::string_view const body[] = {std::string_view(article).substr(line)};
    times[key] = static_cast<int64_t>(article.size() % 7) * 50'000;
    auto const id = std::to_string(key);
    auto const verdict = kin->add({Key{key}, id, times[key], key % 2 ? "fr" : "en", title, {}, body, {}});
    require(verdict.has_value() && decode(verdict->trace, Key{key}).has_value());
    if (verdict->copy_of) require(times.at(static_cast<uint64_t>(verdict->copy_of->key)) <= times[key]);
    check_passages(article, last);
    last = article;
  }
  return 0;
}

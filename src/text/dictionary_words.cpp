#include "text/dictionary_words.hpp"

#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include <memory>
#include <string>

#include "base/utf8.hpp"

namespace vigie::text {
namespace {

struct Closer {
  void operator()(UBreakIterator* iterator) const { ubrk_close(iterator); }
};

// The run last cut by this thread stays loaded: the tokenizer asks again with its rest.
class Cutter {
 public:
  size_t first(std::string_view run) {
    if (!loaded_.ends_with(run) || loaded_.empty()) load(run);
    auto const begin = static_cast<int32_t>(loaded_.size() - run.size());
    if (iterator_) {
      int32_t const end = ubrk_following(iterator_.get(), begin);
      if (end != UBRK_DONE && end > begin) return static_cast<size_t>(end - begin);
    }
    size_t end = 0;
    next_code_point(run, end);
    return end;
  }

 private:
  void load(std::string_view run) {
    loaded_ = run;
    UErrorCode error = U_ZERO_ERROR;
    if (!iterator_) iterator_.reset(ubrk_open(UBRK_WORD, "th", nullptr, 0, &error));
    UText text = UTEXT_INITIALIZER;
    utext_openUTF8(&text, loaded_.data(), static_cast<int64_t>(loaded_.size()), &error);
    if (iterator_) ubrk_setUText(iterator_.get(), &text, &error);
    utext_close(&text);
  }

  std::string loaded_;
  std::unique_ptr<UBreakIterator, Closer> iterator_;
};

}  // namespace

size_t first_dictionary_word(std::string_view run) {
  thread_local Cutter cutter;
  return cutter.first(run);
}

}  // namespace vigie::text

#include "text/function_words.hpp"

#include <cstdint>
#include <cstring>

namespace vigie::text {
namespace {

// In the order of kFunctionLanguages: words that the others do not write the same way, as far as there are enough.
// Elided articles ("l'", "d'") are dropped by the tokenizer and are not needed here.
constexpr std::array<std::string_view, kFunctionLanguages.size()> kWords = {
    // fr
    "le la les des du une et est dans pour qui que par sur pas plus avec ce cette ces au aux sont été "
    "être ont il elle ils nous vous leur leurs mais ou où après avant contre selon entre sans sous chez "
    "deux ans sa ses son à a en un de se ne fait tout depuis très",
    // en
    "the of and to in is was for that on with as at by an be are from it has have its will his her he she "
    "they were been which who after before against between into over says said after new than but not or "
    "about more out up we you their this how what why when where a",
    // es
    "el la los las de del y en que por para con una un se su sus al es más como pero sobre entre este "
    "esta han fue ha lo tras desde sin años a",
    // it
    "il la gli le di del della dei delle e in che per con una un si al alla non più come ma da dal dalla "
    "nel nella sono è ha anche dopo a i lo",
    // pt
    "o os as de do da dos das e em que por para com uma um se no na nos nas ao à não mais como mas foi é "
    "são após sobre seu sua a",
    // de
    "der die das den dem des und in ist im mit von zu auf für nicht ein eine einen einer sich auch als am "
    "an aus bei nach wie war wird sind über vor hat werden",
    // nl
    "de het een en van in is op te dat met voor niet zijn aan er om ook als bij door naar uit over maar "
    "heeft dan nog wel werd",
};

// A word of eight bytes at most is a number, so a slot is compared at once.
uint64_t packed(std::string_view word) {
  uint64_t bytes = 0;
  std::memcpy(&bytes, word.data(), word.size());
  return bytes;
}

class Table {
 public:
  Table() {
    for (size_t language = 0; language < kWords.size(); ++language) {
      std::string_view rest = kWords[language];
      while (!rest.empty()) {
        std::string_view const word = rest.substr(0, rest.find(' '));
        rest.remove_prefix(word.size() < rest.size() ? word.size() + 1 : word.size());
        Slot& slot = slots_[place_of(packed(word))];
        slot.word = packed(word);
        slot.languages |= static_cast<uint8_t>(1U << language);
      }
    }
  }

  unsigned languages(uint64_t word) const { return slots_[place_of(word)].languages; }

 private:
  struct Slot {
    uint64_t word = 0;
    uint8_t languages = 0;
  };

  // The word's own slot, or the free one where it would stand.
  size_t place_of(uint64_t word) const {
    constexpr uint64_t kGolden = 0x9E3779B97F4A7C15;  // Fibonacci hashing (Knuth, TAOCP 3, 6.4)
    size_t at = (word * kGolden) >> (64 - kBits);
    while (slots_[at].word != word && slots_[at].word != 0) at = (at + 1) % slots_.size();
    return at;
  }

  static constexpr int kBits = 11;  // some 300 words in 2,048 slots
  std::array<Slot, size_t{1} << kBits> slots_;
};

}  // namespace

unsigned languages_of_function_word(std::string_view surface) {
  static Table const table;
  if (surface.empty() || surface.size() > kFunctionWordBytes) return 0;
  return table.languages(packed(surface));
}

}  // namespace vigie::text

#include "speech/lexicon.hpp"

#include <array>
#include <string>
#include <utility>

#include "speech/conjugation.hpp"
#include "speech/word_table.hpp"

namespace vigie::speech {
namespace {

constexpr std::string_view kVerbs =
#include "speech/verbs_table.inc"
    ;
constexpr std::string_view kEnglishVerbs =
#include "speech/verbs_english_table.inc"
    ;
constexpr std::string_view kWords =
#include "speech/words_table.inc"
    ;
constexpr std::string_view kFirstNames =
#include "speech/first_names_table.inc"
    ;
constexpr std::string_view kOrdinaryWords =
#include "speech/ordinary_words_table.inc"
    ;

constexpr std::pair<std::string_view, Facts> kKinds[] = {
    {"have", kHave},
    {"be", kBe},
    {"verb", kVerbLike},
    {"det", kDeterminer},
    {"poss", kPossessive | kDeterminer},
    {"prep", kPreposition},
    {"pron", kPronoun},
    {"conj", kConjunction},
    {"clitic", kClitic},
    {"adverb", kAdverb},
    {"time", kTime},
    {"neg", kNegation},
    {"particle", kParticle},
    {"honor", kHonorific},
    {"personm", kPersonNoun | kMasculine},
    {"personf", kPersonNoun | kFeminine},
    {"personp", kPersonNoun | kPlural},
    {"group", kGroupNoun},
    {"media", kMediaNoun},
    {"report", kReportNoun},
    {"place", kPlaceNoun},
    {"orghead", kOrgHead},
    {"event", kEvent},
    {"nat", kNationality},
    {"weak", kWeak},
    {"never", kNever},
};

Facts governs(std::string_view letters) {
  Facts facts = 0;
  for (char letter : letters) {
    switch (letter) {
      case 'q':
        facts |= kQuotes;
        break;
      case 'c':
        facts |= kThat;
        break;
      case 'i':
        facts |= kToDo;
        break;
      case 'n':
        facts |= kPhrase;
        break;
      case 'p':
        facts |= kAfter;
        break;
      case 'd':
        facts |= kOfToDo;
        break;
      case 's':
        facts |= kReflexive;
        break;
      case 'o':
        facts |= kOpinion;
        break;
      default:
        break;
    }
  }
  return facts;
}

// Cuts the next word off the front of `text`; empty at its end.
std::string_view next_word(std::string_view& text, std::string_view separators) {
  auto const begin = text.find_first_not_of(separators);
  if (begin == std::string_view::npos) return text = {};
  auto const end = std::min(text.find_first_of(separators, begin), text.size());
  auto const word = text.substr(begin, end - begin);
  text.remove_prefix(end);
  return word;
}

class Builder {
 public:
  WordTable<Facts> build() {
    add_ordinary();
    add_words();
    add_first_names();
    add_verbs(kVerbs, false);
    add_verbs(kEnglishVerbs, true);
    return std::move(table_);
  }

 private:
  void add_ordinary() {
    auto rest = kOrdinaryWords;
    for (auto word = next_word(rest, "\n "); !word.empty(); word = next_word(rest, "\n ")) table_[word] |= kOrdinary;
  }

  void add_words() {
    auto rest = kWords;
    for (auto line = next_word(rest, "\n"); !line.empty(); line = next_word(rest, "\n")) {
      auto const name = next_word(line, " ");
      Facts facts = 0;
      for (auto const& [kind, value] : kKinds) {
        if (kind == name) facts = value;
      }
      for (auto word = next_word(line, " "); !word.empty(); word = next_word(line, " ")) {
        table_[word] |= facts | (facts & kHonorific ? 0 : kOrdinary);
      }
    }
  }

  void add_first_names() {
    auto rest = kFirstNames;
    Facts gender = 0;
    for (auto word = next_word(rest, "\n "); !word.empty(); word = next_word(rest, "\n ")) {
      if (word == "m" || word == "f" || word == "b") {
        gender = word == "m" ? kFirstNameMan : word == "f" ? kFirstNameWoman : kFirstNameMan | kFirstNameWoman;
      } else {
        table_[lower_latin(word)] |= kFirstName | gender;
      }
    }
  }

  void add_verbs(std::string_view lines, bool english) {
    for (auto line = next_word(lines, "\n"); !line.empty(); line = next_word(lines, "\n")) {
      auto const base = next_word(line, " ");
      auto const facts = governs(next_word(line, " "));
      if (facts == 0) continue;
      if (english) {
        auto const past = next_word(line, " "), participle = next_word(line, " ");
        conjugate_english(base, past, participle,
                          [&](std::string const& form, Facts kind) { table_[form] |= facts | kind | kEnglish; });
      } else {
        conjugate_french(base, [&](std::string const& form, Facts kind) {
          auto& known = table_[form];
          // Listed with and without "se", a verb does not need it.
          bool const needed = (facts & kReflexive) && (!(known & kReporting) || (known & kReflexive));
          known = (known | facts | kind | kOrdinary | kFrench) & (needed ? ~Facts{0} : ~kReflexive);
        });
      }
    }
  }

  WordTable<Facts> table_;
};

WordTable<Facts> const& lexicon() {
  static WordTable<Facts> const table = Builder().build();
  return table;
}

}  // namespace

Facts facts_of(std::string_view lower) {
  auto const* facts = lexicon().find(lower);
  return facts == nullptr ? 0 : *facts;
}

void expect_facts(std::string_view lower) { lexicon().expect(lower); }

}  // namespace vigie::speech

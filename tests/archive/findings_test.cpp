// What speech/ and kinship/ found, kept beside the articles: exactly, through editions, removals and an older schema.
#include <gtest/gtest.h>

#include <random>

#include "archive/columns.hpp"
#include "archive/fixture.hpp"
#include "archive/speech_column.hpp"
#include "archive/sqlite.hpp"

namespace vigie::archive {
namespace {

using kinship::Key;
using kinship::StoryId;

speech::Speech some_speech(article::Article const& a) {
  auto const text = article::text(a);
  speech::Speech speech;
  speech::Quote quote;
  quote.begin = 0;
  quote.end = 7;
  quote.text = text.substr(0, 7);
  quote.type = speech::QuoteType::mixed;
  quote.speaker = "Ève d'Œuf";
  quote.cue = "";
  speech.quotes = {quote, quote};
  speech.quotes[1].group = 4;
  speech.quotes[1].speaker.reset();
  speech.quotes[1].speaker_surface = "elle";
  speech.mentions = {{"Ève d'Œuf", speech::NameKind::person, 3, {"Ève d'Œuf", "Mme d'Œuf"}},
                     {"Port-Brume", speech::NameKind::place, 1, {}}};
  return speech;
}

AddOutcome add_with(Archive& archive, article::Article const& a, speech::Speech const& speech) {
  EXPECT_TRUE(archive.begin());
  auto const outcome = archive.add(a, speech, make_capture(a));
  EXPECT_TRUE(outcome);
  EXPECT_TRUE(archive.commit());
  return *outcome;
}

void keep(Archive& archive, Row row, int64_t time_s, uint64_t story, std::optional<Row> original = {}) {
  kinship::Verdict verdict;
  verdict.story = StoryId{story};
  verdict.trace = "trace";
  if (original) verdict.copy_of = kinship::CopyOf{Key{static_cast<uint64_t>(*original)}, 1, 1};
  ASSERT_TRUE(archive.begin());
  ASSERT_TRUE(archive.keep_kin(row, time_s, verdict));
  ASSERT_TRUE(archive.commit());
}

Row put(Archive& archive, std::string const& id, char const* seen = "2024-05-01T10:00:00Z") {
  return add(archive, make_article(id, "des mots de " + id + seen, seen)).row;
}

TEST(SpeechColumn, GivesBackWhatWasFoundWithItsWordsCutFromTheText) {
  auto a = make_article("a");
  a.blocks[0].text = "«\u00A0Ça va\u00A0», a dit l'œuf.";
  auto speech = some_speech(a);
  speech.quotes[0].begin = 2;
  speech.quotes[0].end = 7;
  speech.quotes[0].text = "Ça va";
  speech.quotes[1].begin = 3;
  speech.quotes[1].end = 4;
  speech.quotes[1].text = "a";
  EXPECT_EQ(speech_of(speech_blob(speech), a), speech);
  EXPECT_EQ(speech_of("", a), speech::Speech());
}

TEST(SpeechColumn, NoBytesAreAProblem) {
  auto const a = make_article("a");
  auto const whole = speech_blob(some_speech(a));
  for (size_t size = 0; size < whole.size(); ++size) EXPECT_EQ(speech_of(whole.substr(0, size), a), speech::Speech());
  for (size_t at = 0; at < whole.size(); ++at) {
    for (char const bad : {'\0', '\x7f', '\xff'}) {
      auto bytes = whole;
      bytes[at] = bad;
      for (auto const& quote : speech_of(bytes, a).quotes) EXPECT_LE(quote.text.size(), article::text(a).size());
    }
  }
}

TEST(Findings, ComeBackWithTheirEditionAndGoWithIt) {
  TemporaryFolder folder;
  auto const archive = open(folder.path());
  auto const a = make_article("a");
  auto const row = add_with(*archive, a, some_speech(a)).row;
  EXPECT_EQ(archive->latest("a")->speech, some_speech(a));
  auto other = some_speech(a);
  other.mentions[0].name = "Quelqu'un d'autre";
  other.mentions[0].surfaces.clear();
  ASSERT_TRUE(archive->begin());
  ASSERT_TRUE(archive->revise_speech(row, other));
  ASSERT_TRUE(archive->commit());
  EXPECT_EQ(archive->latest("a")->speech, other);
  EXPECT_EQ(findings(*archive), "");
  put(*archive, "b");
  ASSERT_TRUE(archive->remove({"a"}));
  EXPECT_EQ(findings(*archive), "");
  EXPECT_FALSE(folder_holds(folder.path(), "Quelqu'un d'autre"));
  EXPECT_FALSE(folder_holds(folder.path(), "Mme d'Œuf")) << "what a revision replaced is gone, too";
}

TEST(Findings, ACopyFollowsTheEditionsOfItsOriginal) {
  TemporaryFolder folder;
  auto const archive = open(folder.path());
  auto const original = put(*archive, "original"), copy = put(*archive, "copy");
  keep(*archive, original, 100, 7);
  keep(*archive, copy, 200, 7, original);
  EXPECT_EQ(archive->latest("copy")->copy_of, "original");
  EXPECT_EQ(archive->latest("copy")->story, StoryId{7});
  auto const edited = put(*archive, "original", "2024-05-02T10:00:00Z");
  keep(*archive, edited, 300, 7);
  EXPECT_EQ(archive->latest("copy")->copy_of, "original");
  ASSERT_EQ(archive->copies("original", 10)->size(), 1u);
  EXPECT_EQ(archive->story(StoryId{7}, 10)->size(), 2u);
  EXPECT_EQ(findings(*archive), "");
}

TEST(Findings, CopiesOfARemovedArticleAreCopiesOfTheEarliestOfThem) {
  TemporaryFolder folder;
  auto const archive = open(folder.path());
  auto const one = put(*archive, "one"), two = put(*archive, "two"), three = put(*archive, "three"),
             four = put(*archive, "four");
  keep(*archive, one, 100, 7);
  keep(*archive, two, 300, 7, one);
  keep(*archive, three, 200, 7, one);
  keep(*archive, four, 400, 7, two);
  ASSERT_TRUE(archive->remove({"one"}));
  EXPECT_EQ(archive->latest("three")->copy_of, std::nullopt);
  EXPECT_EQ(archive->latest("two")->copy_of, "three");
  EXPECT_EQ(archive->latest("four")->copy_of, "two");
  ASSERT_TRUE(archive->remove({"two"}));
  EXPECT_EQ(archive->latest("four")->copy_of, "three") << "a copy of a copy falls to what that was copied from";
  EXPECT_EQ(findings(*archive), "");
}

TEST(Findings, NoCopyClosesACircle) {
  TemporaryFolder folder;
  auto const archive = open(folder.path());
  auto const one = put(*archive, "one"), two = put(*archive, "two"), three = put(*archive, "three");
  keep(*archive, one, 100, 7);
  keep(*archive, two, 200, 7, one);
  keep(*archive, three, 300, 7, two);
  keep(*archive, one, 100, 7, three);
  EXPECT_EQ(archive->latest("one")->copy_of, std::nullopt);
  keep(*archive, two, 200, 7, two);
  EXPECT_EQ(archive->latest("two")->copy_of, std::nullopt);
}

// Copies are joined, moved, edited and removed at random; whatever happens, each knows the first of them, which is what
// a walk up from it finds.
TEST(Findings, EveryCopyKnowsTheFirstOfThem) {
  TemporaryFolder folder;
  auto const archive = open(folder.path());
  std::vector<std::string> ids;
  std::vector<Row> rows;
  std::mt19937 dice(7);
  for (int step = 0; step < 400; ++step) {
    auto const at = rows.empty() ? 0 : dice() % rows.size();
    bool const fresh = rows.size() < 4 || dice() % 3 == 0;
    if (fresh) {
      ids.push_back("a" + std::to_string(step));
      rows.push_back(put(*archive, ids.back()));
      keep(*archive, rows.back(), step, 7,
           rows.size() > 1 ? std::optional(rows[dice() % (rows.size() - 1)]) : std::nullopt);
    } else if (dice() % 4 == 0) {
      ASSERT_TRUE(archive->remove({ids[at]}));
      ids.erase(ids.begin() + static_cast<ptrdiff_t>(at));
      rows.erase(rows.begin() + static_cast<ptrdiff_t>(at));
    } else if (dice() % 3 == 0) {
      auto const seen = format_rfc3339(utc_from_epoch(1'800'000'000 + step));
      rows[at] = put(*archive, ids[at], seen.c_str());
      keep(*archive, rows[at], step, 7, dice() % 2 == 0 ? std::optional(rows[dice() % rows.size()]) : std::nullopt);
    } else {
      kinship::Verdict verdict;
      verdict.story = StoryId{7};
      verdict.copied.emplace_back().key = Key{static_cast<uint64_t>(rows[dice() % rows.size()])};
      ASSERT_TRUE(archive->begin());
      ASSERT_TRUE(archive->keep_kin(rows[at], step, verdict));
      ASSERT_TRUE(archive->commit());
    }
    if (step % 20 == 19) {
      ASSERT_EQ(findings(*archive), "") << step;
    }
  }
  EXPECT_EQ(findings(*archive), "");
}

TEST(Schema, ACatalogueOfVersion2LearnsTheFirstOfItsCopies) {
  TemporaryFolder folder;
  {
    auto const archive = open(folder.path());
    Row const one = put(*archive, "one"), two = put(*archive, "two"), three = put(*archive, "three");
    keep(*archive, one, 100, 7);
    keep(*archive, two, 200, 7, one);
    keep(*archive, three, 300, 7, two);
    auto database = Database::open(folder.path("vigie.db"), Database::Mode::read_write);
    ASSERT_TRUE(database->run(
        "ALTER TABLE kin DROP COLUMN root; DELETE FROM migration WHERE version>=3; PRAGMA user_version=2"));
  }
  auto const archive = open(folder.path());
  EXPECT_EQ(findings(*archive), "");
  EXPECT_EQ(archive->latest("three")->copy_group, archive->latest("one")->copy_group);
  EXPECT_NE(archive->latest("three")->copy_group, 0u);
}

TEST(Findings, AStoryIsFoundUnderEveryNameItEverHad) {
  TemporaryFolder folder;
  auto const archive = open(folder.path());
  auto const one = put(*archive, "one"), two = put(*archive, "two"), three = put(*archive, "three");
  keep(*archive, one, 100, 7);
  keep(*archive, two, 200, 8);
  kinship::Verdict verdict;
  verdict.story = StoryId{7};
  verdict.moved = {{Key{static_cast<uint64_t>(two)}, StoryId{7}}};
  verdict.merged = {{StoryId{8}, StoryId{7}}};
  ASSERT_TRUE(archive->begin());
  ASSERT_TRUE(archive->keep_kin(three, 50, verdict));
  ASSERT_TRUE(archive->commit());
  for (uint64_t const name : {7, 8}) {
    auto const story = *archive->story(StoryId{name}, 10);
    ASSERT_EQ(story.size(), 3u) << name;
    EXPECT_EQ(story[0].article.id, "three") << "earliest first";
  }
  EXPECT_TRUE(archive->story(StoryId{9}, 10)->empty());
  // Found anew, the story has another name: the old ones still lead to it.
  ASSERT_TRUE(archive->begin_kin());
  for (auto const row : {one, two, three}) keep(*archive, row, 100, 20);
  ASSERT_TRUE(archive->set_analysers({1, 1}));
  EXPECT_EQ(*archive->analysers(), (Analysers{1, 1}));
  for (uint64_t const name : {7, 8, 20}) EXPECT_EQ(archive->story(StoryId{name}, 10)->size(), 3u) << name;
}

TEST(Schema, ACatalogueOfVersion1OpensWithItsArticlesAndSaysWhatIsMissing) {
  TemporaryFolder folder;
  auto const a = make_article("a");
  {
    auto const archive = open(folder.path());
    add(*archive, a);
    ASSERT_TRUE(archive->set_analysers({1, 1}));
  }
  {
    auto database = Database::open(folder.path("vigie.db"), Database::Mode::read_write);
    ASSERT_TRUE(database->run(
        "DROP TABLE speech; DROP TABLE kin; DROP TABLE kin_before; DROP TABLE regrouped; DROP TABLE story_alias;"
        "DROP TABLE analysers; ALTER TABLE edition DROP COLUMN speech;"
        "DELETE FROM migration WHERE version>=2; PRAGMA user_version=1"));
  }
  auto const archive = open(folder.path());
  EXPECT_EQ(*archive->analysers(), Analysers{});
  EXPECT_EQ(archive->latest("a")->article, a);
  EXPECT_EQ(archive->latest("a")->speech, speech::Speech());
  EXPECT_EQ(archive->latest("a")->story, std::nullopt);
  ASSERT_TRUE(archive->begin());
  ASSERT_TRUE(archive->revise_speech(archive->latest("a")->row, some_speech(a)));
  ASSERT_TRUE(archive->commit());
  EXPECT_EQ(archive->latest("a")->speech, some_speech(a));
  EXPECT_EQ(findings(*archive), "");
}

}  // namespace
}  // namespace vigie::archive

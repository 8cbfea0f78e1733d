#include "article/plain_text.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace vigie::article {
namespace {

Article read(std::string_view text) {
  Article a;
  read_plain_text(text, a);
  return a;
}

constexpr std::string_view kScrape =
    "Rechercher\nRechercher\n\nDernières Infos\n\n"
    "Port-Brume : le pont mobile rouvrira \"avant l'hiver\", promet la mairie\n\n"
    "La maire de Port-Brume, Odile Kervadec, a annoncé mardi que le pont mobile fermé depuis huit mois rouvrirait "
    "avant l'hiver, au terme de travaux plus longs que prévu.\n\n"
    "\"Nous avons perdu du temps sur les vérins, nous n'en perdrons plus\", a déclaré Mme Kervadec devant les "
    "commerçants du quai. Elle a chiffré le chantier à quatre millions d'euros.\n\n"
    "Les pêcheurs, qui font un détour de douze kilomètres depuis février, demandent une indemnité que la région "
    "n'a pas encore accordée.\n\n"
    "Une réunion publique est prévue jeudi à la criée, a précisé la mairie dans un communiqué.\n\n"
    "La maire de Port-Brume, Odile Kervadec, a annoncé mardi que le pont mobile fermé depuis huit mois rouvrirait "
    "avant l'hiver, au terme de travaux plus longs que prévu. \"Nous avons perdu du temps sur les...\n";

TEST(PlainText, HeadlineLedeAndBodyAreToldFromNavigationAndTeaser) {
  auto const a = read(kScrape);
  EXPECT_EQ(a.title, "Port-Brume : le pont mobile rouvrira \"avant l'hiver\", promet la mairie");
  EXPECT_TRUE(a.lede.starts_with("La maire de Port-Brume")) << a.lede;
  ASSERT_EQ(a.blocks.size(), 3u) << body(a);
  EXPECT_TRUE(a.blocks[2].text.ends_with("communiqué."));
  EXPECT_EQ(a.language, "fr");
  EXPECT_TRUE(a.lede_in_text);
}

TEST(PlainText, BylineAndDateBelongToTheArticleNotToItsText) {
  auto const a = read(
      "The ferry that would not leave\nBy Ida Marlow and Tom Reyes\nPublished 4 March 2021 at 07:15\n\n"
      "The harbour master refused on Wednesday to let the ferry sail, saying its papers were out of order.\n\n"
      "Passengers had waited since dawn on the quay, where the wind was rising and the cafe had closed.\n\n"
      "Share on Facebook\nThe company said it would appeal the decision before the end of the month.\n\n"
      "Related articles\nA bridge too old\nTen years of fog in the northern harbours of the region.\n");
  EXPECT_EQ(a.title, "The ferry that would not leave");
  EXPECT_EQ(a.authors, (std::vector<std::string>{"Ida Marlow", "Tom Reyes"}));
  ASSERT_TRUE(a.published);
  EXPECT_EQ(format_rfc3339(*a.published), "2021-03-04T07:15:00");
  auto const shown = text(a);
  EXPECT_EQ(shown.find("Facebook"), shown.npos);
  EXPECT_EQ(shown.find("fog"), shown.npos) << shown;
  EXPECT_NE(shown.find("appeal"), shown.npos);
  EXPECT_EQ(a.language, "en");
}

TEST(PlainText, LinesWrappedByHandAreJoined) {
  auto const a = read(
      "A short headline about the wrapped dispatch\n\n"
      "The first paragraph of this dispatch was wrapped by hand at some seventy\n"
      "characters, as mail programs do, and it must come back as a single block\n"
      "of text.\n\n"
      "The second paragraph is just as wrapped as the first and says very little\n"
      "that could be of any interest.\n\n"
      "The third one ends the story here, as every story has to end somewhere.\n");
  EXPECT_EQ(a.blocks.size(), 2u);
  EXPECT_TRUE(a.lede.ends_with("of text.")) << a.lede;
}

TEST(PlainText, NothingAndNonsenseAreSurvived) {
  EXPECT_TRUE(text(read("")).empty());
  EXPECT_EQ(read("one line").title, "one line");
  for (size_t n = 0; n <= kScrape.size(); ++n) read(kScrape.substr(0, n));
}

TEST(PlainText, TheFirstAcceptancePageGivesFiveParagraphs) {
  char const* const shared = std::getenv("VIGIE_SHARED");
  std::filesystem::path const path =
      (shared ? std::filesystem::path(shared) : std::filesystem::path(VIGIE_ROOT) / "../shared") / "samples/idleb.txt";
  std::ifstream in(path);
  if (!in) GTEST_SKIP() << "the shared sample page is not here";
  std::stringstream bytes;
  bytes << in.rdbuf();
  auto const a = read(bytes.str());
  EXPECT_TRUE(a.title.starts_with("Poutine : ")) << a.title;
  EXPECT_TRUE(a.lede.ends_with("semble imminente.")) << a.lede;
  EXPECT_EQ(a.blocks.size(), 5u);
  EXPECT_EQ(a.language, "fr");
  EXPECT_EQ(text(a).find("..."), std::string::npos);
}

}  // namespace
}  // namespace vigie::article

// What an article's quotes and names come out as. All texts are invented.
#include "speech/speech.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vigie::speech {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Not;

article::Article made(std::string body, std::string language = "fr", std::string title = "") {
  article::Article a;
  a.title = std::move(title);
  a.language = std::move(language);
  for (size_t at = 0; at <= body.size();) {
    auto const end = std::min(body.find('\n', at), body.size());
    if (end > at) a.blocks.push_back({article::BlockKind::paragraph, 0, body.substr(at, end - at)});
    at = end + 1;
  }
  return a;
}

// "type speaker: text", one for each quote.
std::vector<std::string> said(std::string body, std::string language = "fr") {
  Analyst analyst;
  std::vector<std::string> out;
  for (auto const& q : analyst.analyse(made(std::move(body), std::move(language))).quotes) {
    out.push_back(std::string(name(q.type)) + " " + q.speaker.value_or("?") + ": " + q.text);
  }
  return out;
}

std::vector<std::string> named(std::string body) {
  Analyst analyst;
  std::vector<std::string> out;
  for (auto const& m : analyst.analyse(made(std::move(body))).mentions)
    out.push_back(std::string(name(m.kind)) + " " + m.name);
  return out;
}

TEST(Quotes, AnInvertedCueGivesItsSubject) {
  EXPECT_THAT(said("\"Le pont sera fermé tout l'hiver\", a déclaré Jeanne Morel."),
              ElementsAre("direct Jeanne Morel: Le pont sera fermé tout l'hiver"));
  EXPECT_THAT(said("« Le pont sera fermé tout l'hiver », assure Jeanne Morel."),
              ElementsAre("direct Jeanne Morel: Le pont sera fermé tout l'hiver"));
}

TEST(Quotes, ACliticSubjectIsThePersonSpokenOf) {
  EXPECT_THAT(
      said("Jeanne Morel dirige le port. \"Le quai tiendra\", a-t-elle ajouté. \"Il est neuf\", explique-t-elle."),
      ElementsAre("direct Jeanne Morel: Le quai tiendra", "direct Jeanne Morel: Il est neuf"));
}

TEST(Quotes, AHeadingIsOfWhoSaysItInTheText) {
  EXPECT_THAT(
      said("Paul Verdier dirige le port.\n\"Un quai neuf pour tout le monde\"\n\"Il faut bâtir un quai neuf pour tout "
           "le monde\", a déclaré Jeanne Morel. \"C'est cher\", a répondu Paul Verdier."),
      Contains("direct Jeanne Morel: Un quai neuf pour tout le monde"));
}

TEST(Quotes, TheSameSourceIsTheOneBefore) {
  EXPECT_THAT(said("Selon une source policière, le pont est fermé. Selon la même source, il le restera tout l'hiver."),
              Contains("indirect une source policière: il le restera tout l'hiver"));
}

TEST(Quotes, AnAuxiliaryMayStandBeforeAnInsertion) {
  EXPECT_THAT(said("Jeanne Morel a, plus tard dans la journée, précisé que le pont était fermé."),
              ElementsAre("indirect Jeanne Morel: le pont était fermé"));
}

TEST(Quotes, ASubjectIsNotTheMembersNamedBehindIt) {
  EXPECT_THAT(said("Des élus locaux, dont le maire, Paul Verdier, avaient dénoncé \"un gâchis\" au port."),
              ElementsAre("mixed Des élus locaux: \"un gâchis\" au port"));
}

TEST(Quotes, AVerbInMarksTakesWhatFollows) {
  EXPECT_THAT(said("Jeanne Morel a \"contesté très fermement\" les chiffres du port."),
              ElementsAre("mixed Jeanne Morel: \"contesté très fermement\" les chiffres du port"));
}

TEST(Quotes, AReportedInfinitiveIsNoCueOfItsOwn) {
  EXPECT_THAT(said("Jeanne Morel explique l'avoir écrite pour \"faire avancer le chantier\"."),
              ElementsAre("mixed Jeanne Morel: l'avoir écrite pour \"faire avancer le chantier\""));
}

TEST(Quotes, WhereNoVerbStandsBeforeTheColonThePrepositionNamesTheSpeaker) {
  EXPECT_THAT(
      said("Même avis pour un proche de Jeanne Morel, cité par Le Parisien : \"Le quai ne tiendra pas l'hiver\"."),
      ElementsAre("direct un proche de Jeanne Morel: Le quai ne tiendra pas l'hiver"));
}

TEST(Quotes, ASourceIsNobodyTheArticleNames) {
  EXPECT_THAT(said("Jeanne Morel dirige le port. \"Le pont est fermé\", indique la source diplomatique."),
              ElementsAre("direct la source diplomatique: Le pont est fermé"));
}

TEST(Quotes, AGerundBehindENIsOfTheSentencesSubject) {
  EXPECT_THAT(said("Jeanne Morel avait justifié le choix du préfet en expliquant que le pont était trop vieux."),
              Contains("indirect Jeanne Morel: le pont était trop vieux"));
}

TEST(Quotes, EnglishLeavesTheSubjectBeforeTheVerb) {
  EXPECT_THAT(said("\"The bridge will stay closed,\" Jane Morel said. \"It is too old,\" she added.", "en"),
              ElementsAre("direct Jane Morel: The bridge will stay closed", "direct Jane Morel: It is too old"));
}

TEST(Names, APublicPersonIsKnownByTheSurnameAlone) {
  EXPECT_THAT(named("Selon Poutine, la paix est proche."), Contains("person Poutine"));
  EXPECT_THAT(said("Selon Poutine, la paix est toute proche."),
              ElementsAre("indirect Poutine: la paix est toute proche"));
}

TEST(Quotes, WhereItWasSaidIsNoPartOfThePhrase) {
  EXPECT_THAT(said("Jeanne Morel dénonce une époque \"ultra-puritaine\" au magazine Paris Match."),
              ElementsAre("mixed Jeanne Morel: une époque \"ultra-puritaine\""));
}

TEST(Quotes, AReportOfItsOwnEndsTheOneBeforeIt) {
  EXPECT_THAT(
      said("Si Jeanne Morel admet que le pont est trop vieux, elle estime que le port tiendra encore."),
      ElementsAre("indirect Jeanne Morel: le pont est trop vieux", "indirect Jeanne Morel: le port tiendra encore"));
}

TEST(Quotes, AnHonorificMeetsTheFullName) {
  EXPECT_THAT(said("Paul Verdier a visité le site. \"Tout est prêt\", a dit M. Verdier."),
              Contains("direct Paul Verdier: Tout est prêt"));
}

TEST(Quotes, ATitleMeetsThePersonItWasGivenTo) {
  EXPECT_THAT(said("La ministre Claire Dumas a reçu Hugo Lenoir. \"Nous avancerons\", a promis la ministre."),
              Contains("direct Claire Dumas: Nous avancerons"));
}

TEST(Quotes, AClauseBehindQueIsIndirect) {
  EXPECT_THAT(said("Jeanne Morel a affirmé que le pont sera fermé."),
              ElementsAre("indirect Jeanne Morel: le pont sera fermé"));
  EXPECT_THAT(said("Jeanne Morel n'a pas affirmé que le pont sera fermé."), ElementsAre());
}

TEST(Quotes, AQuotedFragmentInAPhraseIsMixed) {
  EXPECT_THAT(said("Jeanne Morel a dénoncé une \"honte nationale\"."),
              ElementsAre("mixed Jeanne Morel: une \"honte nationale\""));
}

TEST(Quotes, SelonGivesTheRestOfTheSentence) {
  EXPECT_THAT(said("Selon Jeanne Morel, le pont sera fermé tout l'hiver."),
              ElementsAre("indirect Jeanne Morel: le pont sera fermé tout l'hiver"));
  EXPECT_THAT(said("Le pont sera fermé tout l'hiver, selon Jeanne Morel."),
              ElementsAre("indirect Jeanne Morel: Le pont sera fermé tout l'hiver"));
}

TEST(Quotes, ACueInsideTheMarksCutsAQuoteInOneGroup) {
  Analyst analyst;
  auto const quotes =
      analyst.analyse(made("Jeanne Morel parle. \"Le pont est vieux, explique Jeanne Morel. Il faut le fermer.\""))
          .quotes;
  ASSERT_EQ(quotes.size(), 2u);
  EXPECT_EQ(quotes[0].text, "Le pont est vieux");
  EXPECT_EQ(quotes[1].text, "Il faut le fermer.");
  EXPECT_EQ(quotes[0].group, quotes[1].group);
}

TEST(Quotes, AReflexiveCueInsideTheMarksCutsAQuoteToo) {
  EXPECT_THAT(
      said("\"Le plafond vaut pour les élus, s'est justifié auprès du journal le cabinet du ministre. Or, Jeanne "
           "Morel était contractuelle.\""),
      ElementsAre("direct le cabinet du ministre: Le plafond vaut pour les élus",
                  "direct le cabinet du ministre: Or, Jeanne Morel était contractuelle."));
}

TEST(Quotes, ACreditInsideMarksNobodyClaimsCutsThem) {
  EXPECT_THAT(said("\"Les prix vont continuer de monter, selon l'économiste Jeanne Morel. Cela veut dire que tout "
                   "sera plus cher.\""),
              ElementsAre("direct Jeanne Morel: Les prix vont continuer de monter",
                          "direct Jeanne Morel: Cela veut dire que tout sera plus cher."));
}

TEST(Quotes, WhatAnotherCueReportsIsNotSaidTwice) {
  EXPECT_THAT(said("Le maire Paul Gallec a répondu en indiquant que la \"majorité des habitants\" refuse le projet."),
              ElementsAre("mixed Paul Gallec: la \"majorité des habitants\" refuse le projet"));
}

TEST(Quotes, WholeSentencesInMarksAreAnEntryEach) {
  EXPECT_THAT(
      said("Paul Gallec a multiplié les messages, tweetant \"Les vacances du maire coûtent trop cher!\" ou encore "
           "\"Le credo du maire est de partir sans payer\"."),
      ElementsAre("direct Paul Gallec: Les vacances du maire coûtent trop cher!",
                  "direct Paul Gallec: Le credo du maire est de partir sans payer"));
}

TEST(Quotes, AnyVerbBehindAMarkWithItsSubjectIsACue) {
  EXPECT_THAT(said("Jeanne Morel dirige le port. \"Le quai tiendra encore dix ans\", claironne Jeanne Morel."),
              ElementsAre("direct Jeanne Morel: Le quai tiendra encore dix ans"));
  EXPECT_THAT(said("Paul Verdier est guitariste. \"Nous jouerons tout cet été\", rappelle le guitariste."),
              ElementsAre("direct Paul Verdier: Nous jouerons tout cet été"));
}

TEST(Quotes, AQuoteAloneIsOfWhomTheSentenceBeforeIsAbout) {
  EXPECT_THAT(said("Jeanne Morel est venue au port. \"Le quai tiendra encore dix ans et nous le réparerons.\""),
              ElementsAre("direct Jeanne Morel: Le quai tiendra encore dix ans et nous le réparerons."));
}

TEST(Quotes, AHeadingThatLostItsLineIsOfWhoSpeaksNext) {
  EXPECT_THAT(said("\"Un quai bien trop vieux\"\"Nous avons un quai bien trop vieux ici\", a dit Jeanne Morel."),
              ElementsAre("direct Jeanne Morel: Un quai bien trop vieux",
                          "direct Jeanne Morel: Nous avons un quai bien trop vieux ici"));
}

TEST(Quotes, AClauseEndsBeforeAnotherReport) {
  EXPECT_THAT(said("Jeanne Morel assure comprendre le port, mais juge que \"le quai va mal\"."),
              ElementsAre("indirect Jeanne Morel: comprendre le port", "mixed Jeanne Morel: \"le quai va mal\""));
  EXPECT_THAT(said("Le port est vieux, mais le quai tiendra, selon Jeanne Morel."),
              ElementsAre("indirect Jeanne Morel: le quai tiendra"));
}

TEST(Quotes, ScareQuotesAndTitlesAreLeftOut) {
  EXPECT_THAT(said("Le festival a projeté \"Les Nuits de mai\" devant les \"anciens\" du quartier."), ElementsAre());
}

TEST(Quotes, ALostParagraphBreakDoesNotJoinTwoStatements) {
  EXPECT_THAT(said("Jeanne Morel est là.\"Le pont tiendra cet hiver\", dit-elle.\"Nous le refaisons\", ajoute-t-elle."),
              ElementsAre("direct Jeanne Morel: Le pont tiendra cet hiver", "direct Jeanne Morel: Nous le refaisons"));
}

TEST(Quotes, EnglishReports) {
  EXPECT_THAT(said("\"The bridge will close,\" said Jane Miller.", "en"),
              ElementsAre("direct Jane Miller: The bridge will close"));
  EXPECT_THAT(said("Jane Miller said that the bridge will close.", "en"),
              ElementsAre("indirect Jane Miller: the bridge will close"));
}

TEST(Quotes, OffsetsCountCodePointsOfTheTextWithItsLede) {
  auto a = made("\"Où est passé l'été ?\", a demandé Zoé Lefèvre.");
  a.lede = "Un chapô accentué, déjà.";
  a.lede_in_text = true;
  Analyst analyst;
  auto const quotes = analyst.analyse(a).quotes;
  ASSERT_EQ(quotes.size(), 1u);
  EXPECT_EQ(quotes[0].begin, 26u);
  EXPECT_EQ(quotes[0].end, 26u + 20u);
}

TEST(Quotes, SelonInsideAClauseLeavesTheClauseWhole) {
  EXPECT_THAT(said("Jeanne Morel a vu le port, qui a perdu selon elle deux quais neufs."),
              Contains("indirect Jeanne Morel: a perdu selon elle deux quais neufs"));
}

TEST(Quotes, SelonBeforeQueOrBetweenCommasLeavesTheClauseWhole) {
  EXPECT_THAT(said("Jeanne Morel a parlé. Les habitants ont montré selon elle qu'ils en avaient assez."),
              Contains("indirect Jeanne Morel: Les habitants ont montré selon elle qu'ils en avaient assez"));
  EXPECT_THAT(said("La hausse s'explique, selon Jeanne Morel, par les tensions au port."),
              ElementsAre("indirect Jeanne Morel: La hausse s'explique, selon Jeanne Morel, par les tensions au port"));
}

TEST(Quotes, ARelativeBehindSelonIsNotTheContent) {
  EXPECT_THAT(said("Selon Jeanne Morel, qui dirige le port, le quai tiendra tout l'hiver."),
              ElementsAre("indirect Jeanne Morel: le quai tiendra tout l'hiver"));
}

TEST(Quotes, LightVerbsReport) {
  EXPECT_THAT(said("Jeanne Morel a fait savoir il y a quelques jours que le port serait fermé."),
              ElementsAre("indirect Jeanne Morel: le port serait fermé"));
  EXPECT_THAT(said("Jeanne Morel a mis en garde contre \"d'autres tempêtes\"."),
              ElementsAre("mixed Jeanne Morel: \"d'autres tempêtes\""));
}

TEST(Quotes, AnUnknownNounBeforeAReportIsItsSource) {
  EXPECT_THAT(said("L'équipage a estimé que le quai était trop court."),
              ElementsAre("indirect L'équipage: le quai était trop court"));
  EXPECT_THAT(said("Un jardinier affirme que le port est fermé."),
              ElementsAre("indirect Un jardinier: le port est fermé"));
}

TEST(Quotes, ALeadingGerundIsOfTheSubjectBehindIt) {
  EXPECT_THAT(said("Rappelant que le port est vieux, Jeanne Morel est partie."),
              ElementsAre("indirect Jeanne Morel: le port est vieux"));
}

TEST(Quotes, ANameBetweenCommasIsTheSubjectNotTheContent) {
  EXPECT_THAT(said("La présidente du port, Jeanne Morel, a proposé au maire Hugo Lenoir de venir."), ElementsAre());
}

TEST(Speakers, APartyBehindAPersonDoesNotSpeak) {
  EXPECT_THAT(said("\"Le port sera fermé cet hiver\", affirme un élu LR."),
              ElementsAre("direct un élu LR: Le port sera fermé cet hiver"));
}

TEST(Speakers, AnAppositionIsNamedBehindTheDescription) {
  EXPECT_THAT(said("\"Le port sera fermé cet hiver\", affirme le délégué du syndicat à Roanne, Paul Verdier."),
              ElementsAre("direct Paul Verdier: Le port sera fermé cet hiver"));
  EXPECT_THAT(said("\"Le port sera fermé cet hiver\", affirme son beau-frère, Paul Verdier."),
              ElementsAre("direct Paul Verdier: Le port sera fermé cet hiver"));
}

TEST(Speakers, ADescriptionIsNotWhomItHolds) {
  EXPECT_THAT(said("Jeanne Morel dirige le port. \"Le quai tiendra tout l'hiver\", a dit l'avocat de Jeanne Morel."),
              ElementsAre("direct l'avocat de Jeanne Morel: Le quai tiendra tout l'hiver"));
}

TEST(Speakers, AnOfficeNobodyHoldsHereSpeaksForItself) {
  EXPECT_THAT(said("Jeanne Morel a vu le port. \"Le quai tiendra\", dit Jeanne Morel. "
                   "\"Nous y veillerons tous les jours\", a indiqué la préfecture."),
              Contains("direct la préfecture: Nous y veillerons tous les jours"));
}

TEST(Names, KindsAndVariants) {
  auto const names =
      named("Jeanne Morel, maire de Lyon, a vu la SNCF. Mme Morel habite Marseille. Morel aime la France.");
  EXPECT_THAT(names, Contains("person Jeanne Morel"));
  EXPECT_THAT(names, Contains("place Lyon"));
  EXPECT_THAT(names, Contains("organisation SNCF"));
  EXPECT_THAT(names, Not(Contains("person Morel")));
}

TEST(Names, AnAbbreviationInBracketsIsTheSameOrganisation) {
  auto const names = named("La Fédération régionale des pêcheurs (FRP) proteste. Il dit que la FRP ira au tribunal.");
  EXPECT_THAT(names, ElementsAre("organisation Fédération régionale des pêcheurs"));
}

TEST(Names, LandmarksBeginWithASmallWord) {
  EXPECT_THAT(named("Il habite rue du Moulin, près du lac de Brume."),
              ElementsAre("place rue du Moulin", "place lac de Brume"));
}

TEST(Names, PortfoliosAndCommonWordsAreNone) {
  EXPECT_THAT(named("Le ministre de l'Intérieur a pris le TGV. Hier, les Parisiens dormaient."), ElementsAre());
}

TEST(Analyst, IsAPureFunctionOfTheArticle) {
  Analyst analyst, other;
  auto const a = made("\"Le pont est vieux\", a dit Jeanne Morel.");
  auto const b = made("Selon Paul Verdier, le port de Brest \"va mal\".");
  auto const first = analyst.analyse(a);
  analyst.analyse(b);
  EXPECT_EQ(analyst.analyse(a), first);
  EXPECT_EQ(other.analyse(a), first);
}

}  // namespace
}  // namespace vigie::speech

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "article/extract.hpp"
#include "article/page_article.hpp"
#include "article/strings.hpp"

namespace vigie::article {
namespace {

Article extract(std::string body, std::string url = "https://www.gazette-du-quai.example/port/pont-mobile",
                source::Media media = source::Media::html) {
  source::Capture c;
  c.media = media;
  c.body = std::move(body);
  c.url = std::move(url);
  c.content_type = "text/html; charset=utf-8";
  Extractor extractor;
  auto a = extractor.extract(c);
  EXPECT_TRUE(a) << (a ? "" : a.error().message);
  return a ? *a : Article();
}

std::string const kParagraphs[] = {
    "La maire de Port-Brume, Odile Kervadec, a annoncé mardi que le pont mobile, fermé depuis huit mois, rouvrirait "
    "avant "
    "l'hiver, au terme de travaux plus longs que prévu.",
    "« Nous avons perdu du temps sur les vérins, nous n'en perdrons plus », a déclaré Mme Kervadec devant les "
    "commerçants "
    "du quai, réunis à la criée pour la troisième fois depuis février.",
    "Les pêcheurs, qui font un détour de douze kilomètres, demandent une indemnité que la région n'a pas encore "
    "accordée, "
    "faute d'accord sur son montant.",
    "Une réunion publique est prévue jeudi, a précisé la mairie dans un communiqué transmis aux riverains."};

std::string page(std::string_view head = {}, std::string_view before = {}, std::string_view after = {}) {
  std::string out =
      "<!doctype html><html lang=\"fr\"><head><title>Le pont mobile rouvrira | Gazette du Quai</title>"
      "<meta property=\"og:site_name\" content=\"Gazette du Quai\">";
  out += head;
  out +=
      "</head><body><header><nav><ul><li><a href=\"/\">Accueil</a></li><li><a href=\"/port\">Port</a></li>"
      "<li><a href=\"/mer\">Mer</a></li></ul></nav></header><main><article class=\"article\">"
      "<h1 class=\"article-title\">Le pont mobile rouvrira</h1>";
  out += before;
  out += "<div class=\"article-body\">";
  for (auto const& p : kParagraphs) out += "<p>" + p + "</p>";
  out += "</div></article>";
  out += after;
  out +=
      "</main><aside class=\"sidebar\"><h2>Les plus lus</h2><ul><li><a href=\"/a\">Un phare à vendre</a></li>"
      "<li><a href=\"/b\">La brume persiste au large</a></li></ul></aside>"
      "<footer><p>© 2021 Gazette du Quai. Tous droits réservés.</p></footer></body></html>";
  return out;
}

TEST(Page, TextIsTheArticleAndNothingElse) {
  auto const a = extract(page());
  EXPECT_EQ(a.title, "Le pont mobile rouvrira");
  auto const shown = text(a);
  for (auto const& p : kParagraphs) EXPECT_NE(shown.find(p), shown.npos) << p;
  for (auto const part : {"Accueil", "phare", "droits", "plus lus"}) EXPECT_EQ(shown.find(part), shown.npos) << part;
  EXPECT_EQ(a.language, "fr");
  EXPECT_EQ(a.source, "gazette-du-quai.example");
  EXPECT_EQ(a.kind, Kind::article);
  EXPECT_FALSE(a.published);
  EXPECT_FALSE(a.seen);
}

TEST(Page, APageWithProseHasABodyWhateverTheClassifierSays) {
  auto const refuses_all = BlockClassifier::parse("features 110 base -9\ntree 1\n65535 0 0\n");
  ASSERT_TRUE(refuses_all) << refuses_all.error().message;
  Stages stages;
  stages.classifier = &*refuses_all;
  PageExtractor extractor;
  source::Capture const capture;
  Article a;
  extractor.read(page(), capture, stages, a);
  ASSERT_EQ(a.blocks.size() + a.lede_in_text, std::size(kParagraphs));
  EXPECT_EQ(a.blocks.back().text, kParagraphs[3]);
  Article nothing;
  extractor.read("<title>Gazette</title><p>Soon.</p>", capture, stages, nothing);
  EXPECT_TRUE(nothing.blocks.empty()) << "a line is no body";
}

TEST(Page, ANoscriptClosedBadlyHidesNothing) {
  auto html = page();
  html.insert(html.find("<header>"), "<noscript><div id=\"plain\"></noscript>");
  EXPECT_EQ(text(extract(html)), text(extract(page())));
}

std::string joined_paragraphs(std::string_view between) {
  std::string out;
  for (auto const& p : kParagraphs) out.append(out.empty() ? "" : between).append(p);
  return out;
}

TEST(Page, TextThatOnlyScriptsWouldShowIsFoundInThem) {
  std::string const head =
      "<title>Le pont mobile rouvrira</title><h1>Le pont mobile rouvrira</h1><div id=\"app\">Chargement</div>";
  std::string const pages[]{
      "<script type=\"text/template\"><p>" + joined_paragraphs("</p><p>") + "</p></script>",
      "<noscript><p>" + joined_paragraphs("</p><p>") + "</p></noscript>",
      "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"Le pont mobile rouvrira\","
      "\"articleBody\":\"" +
          joined_paragraphs(" ") + "\"}</script>",
      "<script>window.state = {\"page\":{\"list\":[1,{\"title\":\"Le pont mobile rouvrira\",\"html\":\"<p>" +
          joined_paragraphs("<\\/p><p>") + "<\\/p>\"}]}};</script>"};
  for (auto const& scripts : pages) {
    auto const a = extract(head + scripts);
    auto const shown = text(a);
    for (auto const& p : kParagraphs) EXPECT_NE(shown.find(p), shown.npos) << scripts << "\n" << shown;
    EXPECT_EQ(shown.find('<'), shown.npos);
    EXPECT_TRUE(std::any_of(a.diagnostics.begin(), a.diagnostics.end(),
                            [](auto const& d) { return d.find("in scripts: ") != d.npos; }));
  }
}

TEST(Page, ScriptsAreNotAskedWhereThePageHasABodyNorForWhatIsAboutSomethingElse) {
  std::string const other = "<script type=\"text/template\"><p>" + std::string(40, 'x') + ". " +
                            joined_paragraphs(" Ailleurs. ") + "</p></script>";
  EXPECT_EQ(text(extract(page({}, {}, other))), text(extract(page())));
  auto const untitled =
      "<title>Gazette</title><h1>Accueil de la Gazette du Quai</h1><script>var s={\"title\":\"Mentions\","
      "\"text\":\"" +
      joined_paragraphs(" ") + "\"}</script>";
  EXPECT_TRUE(extract(untitled).blocks.empty());
}

TEST(Page, AnEmbeddedPostIsNotTheArticles) {
  auto html = page();
  auto const at = html.find("<p>Les pêcheurs");
  ASSERT_NE(at, html.npos);
  html.insert(
      at,
      "<blockquote class=\"post\"><p>Le pont rouvre enfin, merci à toutes et à tous pour votre patience pendant ces "
      "huit mois !</p>— Port-Brume (@portbrume) <a href=\"https://reseau.example/1\">4 mars 2021</a></blockquote>"
      "<blockquote><p>Une phrase citée par la rédaction, longue assez pour être un paragraphe de l'article.</p>"
      "</blockquote>");
  auto const shown = text(extract(html));
  EXPECT_EQ(shown.find("patience"), shown.npos);
  EXPECT_EQ(shown.find("@portbrume"), shown.npos);
  EXPECT_NE(shown.find("citée par la rédaction"), shown.npos);
  for (auto const& p : kParagraphs) EXPECT_NE(shown.find(p), shown.npos) << p;
}

TEST(Page, PostsStayWhereTheArticleIsAboutThem) {
  std::string posts;
  for (auto const part : {"premier", "deuxième", "troisième"}) {
    posts +=
        "<blockquote><p>Le " + std::string(part) +
        " message parle du pont mobile et de ses vérins, des mois perdus, des détours faits et de la patience des "
        "pêcheurs, que nul n'a remerciés avant l'hiver dernier.</p>— Port-Brume (@portbrume) 4 mars 2021</blockquote>";
  }
  auto html = page();
  html.insert(html.find("<p>Les pêcheurs"), posts);
  EXPECT_NE(text(extract(html)).find("deuxième message"), std::string::npos);
}

TEST(Page, LinesThatPointElsewhereAreNotTheArticles) {
  auto const classifier = BlockClassifier::parse("features 110 base 9\ntree 1\n65535 0 0\n");  // keeps all it may
  ASSERT_TRUE(classifier);
  Stages stages;
  stages.classifier = &*classifier;
  PageExtractor extractor;
  source::Capture const capture;
  for (auto const line :
       {"Vea también: el puente de Port-Brume", "PUEDES VER: el puente", "Auch lesen: Die Brücke am Hafen",
        "Lies auch: Die Brücke am Hafen", "En savoir plus sur le pont", "Guarda anche: il ponte",
        "Zobacz też: most w porcie", "War der Artikel nützlich?", "Lesen Sie auch: Die Brücke"}) {
    auto html = page();
    html.insert(html.find("<p>Les pêcheurs"), "<p>" + std::string(line) + "</p>");
    Article a;
    extractor.read(html, capture, stages, a);
    EXPECT_EQ(text(a).find(line), std::string::npos) << line;
    EXPECT_NE(text(a).find(kParagraphs[2]), std::string::npos) << line;
  }
}

// "Commentaires", named so by their box, with three of some length.
std::string comments() {
  std::string out = "<div class=\"comments\">";
  for (auto const part : {"première", "deuxième", "troisième"}) {
    out += "<div class=\"comment\"><p>Une " + std::string(part) +
           " réaction : il fallait refaire le quai avant le pont, tout le monde le disait, et personne n'a écouté ceux "
           "qui y travaillent depuis trente ans.</p></div>";
  }
  return out + "</div>";
}

TEST(Page, ReadersCommentsBehindATextAreNotTheArticles) {
  Stages keeps_all;
  auto const classifier = BlockClassifier::parse("features 110 base 9\ntree 1\n65535 0 0\n");
  ASSERT_TRUE(classifier);
  keeps_all.classifier = &*classifier;
  PageExtractor extractor;
  Article a;
  auto html = page({}, {}, comments());
  source::Capture const capture;
  extractor.read(html, capture, keeps_all, a);
  EXPECT_NE(text(a).find(kParagraphs[3]), std::string::npos);
  EXPECT_EQ(text(a).find("réaction"), std::string::npos);
  Article forum;  // nothing but comments
  extractor.read("<title>Le quai</title><h1>Le quai</h1>" + comments(), capture, keeps_all, forum);
  EXPECT_NE(text(forum).find("réaction"), std::string::npos);
}

TEST(Page, ADescriptionThatOpensWithTheFirstParagraphMakesItTheLede) {
  auto const opens = [](std::string const& description) {
    return extract(page("<meta name=\"description\" content=\"" + description + "\">"));
  };
  auto const a = opens(kParagraphs[0] + " Les pêcheurs attendent.");
  EXPECT_EQ(a.lede, kParagraphs[0]);
  EXPECT_TRUE(a.lede_in_text);
  EXPECT_EQ(body(a).find(kParagraphs[0]), std::string::npos);
  EXPECT_TRUE(text(a).starts_with(kParagraphs[0] + "\n"));
  auto const cut = opens(kParagraphs[0].substr(0, 90) + "...");  // the beginning of the text is nobody's lede
  EXPECT_EQ(cut.lede, "");
  EXPECT_TRUE(text(cut).starts_with(kParagraphs[0]));
  auto const apart = opens("Huit mois de travaux, et un hiver devant soi pour les commerçants du quai.");
  EXPECT_FALSE(apart.lede_in_text);
  EXPECT_TRUE(text(apart).starts_with(kParagraphs[0]));
}

TEST(Page, SentencesBareInTheMarkedBodyAreKeptAndADatelineIsNot) {
  std::string html =
      "<html lang=fr><title>Le pont mobile rouvrira</title><body><h1>Le pont mobile rouvrira</h1>"
      "<div itemprop=\"articleBody\"><p class=\"date\"><span itemprop=\"author\">Gazette avec l'agence"
      "</span>, publié le jeudi 4 mars 2021 à 08h15</p>";
  html += "<p>" + kParagraphs[0] + "</p><p>" + kParagraphs[1] + "</p><div class=\"embed\"><script>x()</script></div>";
  html += "<br><br>" + kParagraphs[2] + "</div></body></html>";
  EXPECT_EQ(text(extract(html)), kParagraphs[0] + "\n" + kParagraphs[1] + "\n" + kParagraphs[2]);
}

TEST(Page, LinkedDataIsReadThroughGraphsReferencesAndDoubleEscapes) {
  auto const a = extract(page(R"(<script type="application/ld+json">/* <![CDATA[ */
    {"@context":"https://schema.org","@graph":[
      {"@type":"WebSite","name":"Gazette du Quai"},
      {"@type":"Person","@id":"#odile","name":"Odile Kermor"},
      {"@type":["NewsArticle"],"headline":"Le pont mobile rouvrira","author":[{"@id":"#odile"},"Tanguy Le Bras"],
       "datePublished":"2021-03-04T07:15:00+01:00","dateModified":"2021-03-05","articleSection":"Port",
       "description":"Fermé depuis huit mois, l&amp;eacute;difice rouvrira.","keywords":"pont, port,",
       "isAccessibleForFree":"False","image":{"url":"/img/pont.jpg"},},
    ]} /* ]]> */</script>)"));
  EXPECT_EQ(a.authors, (std::vector<std::string>{"Odile Kermor", "Tanguy Le Bras"}));
  ASSERT_TRUE(a.published);
  EXPECT_EQ(format_rfc3339(*a.published), "2021-03-04T07:15:00+01:00");
  EXPECT_EQ(format_rfc3339(*a.modified), "2021-03-05");
  EXPECT_EQ(a.section, "Port");
  EXPECT_EQ(a.access, Access::paid);
  EXPECT_EQ(a.tags, (std::vector<std::string>{"pont", "port"}));
  EXPECT_EQ(a.lede, "Fermé depuis huit mois, lédifice rouvrira.");
  EXPECT_FALSE(a.lede_in_text);
  EXPECT_EQ(a.image, "https://www.gazette-du-quai.example/img/pont.jpg");
}

TEST(Page, ACanonicalAddressIsBelievedOnlyWhenPlausible) {
  auto const with = [](std::string_view href) {
    return extract(page("<link rel=canonical href=\"" + std::string(href) + "\">")).url;
  };
  EXPECT_EQ(with("/port/pont-mobile-42"), "https://www.gazette-du-quai.example/port/pont-mobile-42");
  EXPECT_EQ(with("https://ailleurs.example/x"), "https://www.gazette-du-quai.example/port/pont-mobile");
  EXPECT_EQ(with("https://www.gazette-du-quai.example/"), "https://www.gazette-du-quai.example/port/pont-mobile");
  EXPECT_EQ(with("javascript:alert(1)"), "https://www.gazette-du-quai.example/port/pont-mobile");
}

TEST(Page, ADateLaterThanTheCaptureIsNotBelieved) {
  source::Capture c;
  c.body = page("<meta property=\"article:published_time\" content=\"2031-01-01T00:00:00Z\">");
  c.seen = parse_rfc3339("2021-03-06T00:00:00Z");
  Extractor extractor;
  auto const a = extractor.extract(c);
  ASSERT_TRUE(a);
  EXPECT_FALSE(a->published);
  EXPECT_EQ(a->seen, c.seen);
}

TEST(Page, DatesAndPeopleAreReadFromTheVisibleHead) {
  auto const a = extract(page({},
                              "<p class=\"byline\">Par Odile Kermor et Tanguy Le Bras</p>"
                              "<p class=\"date\">Publié le 4 mars 2021 à 07 h 15, mis à jour le 5 mars 2021</p>"));
  EXPECT_EQ(a.authors, (std::vector<std::string>{"Odile Kermor", "Tanguy Le Bras"}));
  ASSERT_TRUE(a.published);
  EXPECT_EQ(format_rfc3339(*a.published), "2021-03-04T07:15:00");
  EXPECT_EQ(text(a).find("Publié"), std::string::npos);
}

std::string squeezed_letters(std::string_view s) {
  std::string out;
  for (char c : s) {
    if (!is_space(c)) out += c;
  }
  return out;
}

TEST(PageLaws, TextIsASubsequenceOfThePageAndHasNoMarkup) {
  auto const html = page();
  auto const shown = squeezed_letters(text(extract(html)));
  std::string source = html;
  size_t at = 0;
  for (char const c : shown) {
    at = source.find(c, at);
    ASSERT_NE(at, source.npos);
    ++at;
  }
  EXPECT_EQ(shown.find('<'), shown.npos);
  EXPECT_EQ(shown.find("&"), shown.npos);
}

TEST(PageLaws, TwiceTheSameBytes) {
  source::Capture c;
  c.body = page();
  c.url = "https://a.example/b";
  Extractor extractor;
  auto const once = extractor.extract(c);
  source::Capture other;
  other.body = "<p>something else entirely, read in between by the same extractor";
  (void)extractor.extract(other);
  auto const twice = extractor.extract(c);
  ASSERT_TRUE(once && twice);
  EXPECT_EQ(*once, *twice);
  EXPECT_EQ(*once, extract(c.body, c.url));
}

TEST(PageLaws, TruncationAnywhereIsSurvived) {
  auto const html = page("<script type=\"application/ld+json\">{\"@type\":\"Article\",\"headline\":\"x\"}</script>");
  Extractor extractor;
  for (size_t n = 0; n <= html.size(); n += n % 7 + 1) {
    source::Capture c;
    c.body = html.substr(0, n);
    auto const a = extractor.extract(c);
    ASSERT_TRUE(a) << n;
    EXPECT_FALSE(a->id.empty());
  }
}

TEST(PageLaws, HostilePagesGiveAnArticleAndADiagnostic) {
  std::string nested = "<h1>Deep</h1>";
  for (int i = 0; i < 100'000; ++i) nested += "<div>";
  std::string links;
  for (int i = 0; i < 20'000; ++i) links += "<a href=x>y</a> ";
  for (auto const& body : {std::string(), std::string("\0\1\2\xFF", 4), std::string(5000, '<'), nested, links}) {
    auto const a = extract(body, "");
    EXPECT_FALSE(a.id.empty());
    EXPECT_FALSE(a.diagnostics.empty());
  }
}

TEST(Feed, AnEntryWithContentBecomesAnArticle) {
  auto const a = extract(
      "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "
      "xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
      "<channel><title>Gazette</title><link>https://gazette.example/</link><language>fr</language><item>"
      "<title>Le pont &amp; la criée</title><link>https://gazette.example/pont</link><dc:creator>Odile "
      "Kermor</dc:creator>"
      "<pubDate>Thu, 04 Mar 2021 07:15:00 +0100</pubDate><description>Fermé depuis huit mois.</description>"
      "<content:encoded><![CDATA[<p>Un pont <b>mobile</b>.</p><p>Une "
      "criée.</p>]]></content:encoded></item></channel></rss>",
      "https://gazette.example/pont", source::Media::feed_entry);
  EXPECT_EQ(a.title, "Le pont & la criée");
  EXPECT_EQ(a.lede, "Fermé depuis huit mois.");
  EXPECT_EQ(body(a), "Un pont mobile.\nUne criée.");
  EXPECT_EQ(a.authors, std::vector<std::string>{"Odile Kermor"});
  ASSERT_TRUE(a.published);
  EXPECT_EQ(format_rfc3339(*a.published), "2021-03-04T07:15:00+01:00");
}

}  // namespace
}  // namespace vigie::article

// invented.hpp: documents made up for tests of index/ and query/, that own their strings.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "index/index.hpp"

namespace vigie::index {

struct Invented {
  uint64_t row = 0;
  int64_t time_s = 0;
  std::optional<int64_t> published_s;
  int64_t seen_s = 0;
  std::string title, lede, kicker;
  std::vector<std::string> body, authors;
  std::string source = "exemple.fr", language = "fr";
  std::vector<std::pair<std::string, std::string>> quotes;  // text, speaker
  std::vector<std::string> people, organisations, places;
  uint64_t copy_group = 0, story = 0;

  Document document() const {  // views into this
    Document d;
    d.row = row;
    d.time_s = time_s;
    d.published_s = published_s;
    d.seen_s = seen_s;
    d.title = title;
    d.lede = lede;
    d.kicker = kicker;
    d.body.assign(body.begin(), body.end());
    d.authors.assign(authors.begin(), authors.end());
    d.source = source;
    d.language = language;
    for (auto const& [text, speaker] : quotes) d.quotes.push_back({text, speaker});
    d.people.assign(people.begin(), people.end());
    d.organisations.assign(organisations.begin(), organisations.end());
    d.places.assign(places.begin(), places.end());
    d.copy_group = copy_group;
    d.story = story;
    return d;
  }
};

// A random article over a small vocabulary, so that words meet often. Rows grow, times do not.
inline Invented random_article(std::mt19937& random, uint64_t row) {
  static std::vector<std::string> const words = {
      "chat", "chats", "chien", "Chiens",      "élevé",    "élève",  "eleve",  "l'été", "œuf", "le",
      "the",  "cats",  "cat",   "rendez-vous", "U.R.S.S.", "marché", "marche", "12,5",  "de",  "d'or"};
  auto const text = [&](size_t most) {
    std::string out;
    for (size_t i = random() % (most + 1); i > 0; --i) {
      // Low numbers more often: frequent and rare words.
      out += words[std::min(random() % words.size(), random() % words.size())];
      out += random() % 7 ? " " : ". ";
    }
    return out;
  };
  Invented article;
  article.row = row;
  article.time_s = 1'500'000'000 + static_cast<int64_t>(random() % 50) * 40'000;
  article.seen_s = article.time_s + 60;
  if (random() % 5) article.published_s = article.time_s;
  article.title = text(6);
  article.lede = random() % 3 ? text(10) : "";
  article.kicker = random() % 4 ? "" : text(2);
  for (size_t i = random() % 4; i > 0; --i) article.body.push_back(text(15));
  if (random() % 2) article.authors = {"Jeanne Petit", "Paul Élevé"};
  if (random() % 3 == 0) article.authors = {"Paul Petit"};
  static std::vector<std::string> const sources = {"exemple.fr", "sport.exemple.fr", "autre.org", "Agence Exemple"};
  article.source = sources[random() % sources.size()];
  static std::vector<std::string> const languages = {"fr", "fr", "en", "", "ja"};
  article.language = languages[random() % languages.size()];
  static std::vector<std::string> const names = {"Anna Marché", "Paul Petit", "Jean Paul Œuvre"};
  for (size_t i = random() % 3; i > 0; --i) {
    auto said = text(8);  // first: compilers disagree on the order of arguments
    article.quotes.emplace_back(std::move(said), random() % 3 ? names[random() % names.size()] : "");
  }
  for (auto const& name : names) {
    if (random() % 3 == 0) article.people.push_back(name);
  }
  if (random() % 3 == 0) article.organisations = {"Agence du Marché"};
  if (random() % 2) article.places = {"Saint-Paul", "Élève-sur-Mer"};
  article.copy_group = random() % 3 ? 0 : 1 + random() % 20;
  article.story = random() % 8;
  return article;
}

}  // namespace vigie::index

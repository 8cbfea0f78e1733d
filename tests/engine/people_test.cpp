// One person under several names, over the articles of an archive: invented news in which people share last names.
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/fixture.hpp"

namespace vigie::engine {
namespace {

using Strings = std::vector<std::string>;

class PeopleTest : public StoreTest {
 protected:
  void tell(std::string const& id, std::string const& body, std::string const& day = "02") {
    ingest(ListReader({record(id, "2026-11-" + day + "T08:00:00Z", "Dépêche " + id, body)}));
  }
  // Three articles that name somebody in full, each of another event.
  void make_known(std::string const& name, std::string const& prefix) {
    char const* const kNews[] = {"a inauguré un moulin à Valcourt, où huit meuniers travaillent depuis janvier.",
                                 "a reçu les pêcheurs de Port-Brume, qui demandent un phare et deux balises.",
                                 "a visité les vergers de Saint-Elme, que la grêle avait détruits en juin."};
    for (int i = 0; i < 3; ++i)
      tell(prefix + std::to_string(i), name + " " + kNews[i] + " Le discours de " + name + " a duré une heure.",
           std::to_string(10 + 4 * i));
  }
  Strings found(std::string const& query) {
    auto ids = search(query, Sort::date);
    std::ranges::sort(ids);
    return ids;
  }
  Strings people() {
    Strings out;
    auto const facets = engine_->search({.query = "", .facets = true})->facets;
    for (auto const& [value, count] : facets->person) out.push_back(value + " " + std::to_string(count));
    return out;
  }
  bool lists(std::string const& entry) {
    auto const all = people();
    return std::ranges::find(all, entry) != all.end();
  }
};

TEST_F(PeopleTest, one_person_is_found_and_counted_under_every_name) {
  make_known("Vladimir Poutine", "fr");
  tell("en", "Vladimir Putin a visité le chantier naval de Brest avec une délégation de douze ingénieurs.", "03");
  tell("short", "M. Poutine a déclaré : « Le brise-glace partira en mai. » Le port attend le navire depuis avril.",
       "05");
  Strings const all{"en", "fr0", "fr1", "fr2", "short"};
  EXPECT_EQ(found("personne:\"Vladimir Poutine\""), all);
  EXPECT_EQ(found("personne:\"Vladimir Putin\""), all);
  EXPECT_EQ(found("personne:Putin"), all);
  EXPECT_EQ(found("personne:\"Wladimir Putin\""), all) << "as nobody writes it here";
  EXPECT_EQ(found("personne:\"Igor Putin\""), Strings{});
  EXPECT_EQ(found("person:poutine -vergers"), (Strings{"en", "fr0", "fr1", "short"}));
  EXPECT_TRUE(lists("Vladimir Poutine 5"));
  auto const quotes = engine_->quotes({.query = "par:\"Vladimir Putin\""});
  ASSERT_TRUE(quotes);
  ASSERT_EQ(quotes->quotes.size(), 1u);
  EXPECT_EQ(quotes->quotes[0].quote.speaker, "Vladimir Poutine");
}

TEST_F(PeopleTest, a_last_name_that_two_people_share_stays_apart) {
  make_known("Solène Kerbrat", "s");
  make_known("Yann Kerbrat", "y");
  tell("short", "M. Kerbrat a parlé de la digue devant neuf ostréiculteurs. La digue coûtera deux millions.", "28");
  EXPECT_EQ(found("personne:\"Solène Kerbrat\""), (Strings{"s0", "s1", "s2"}));
  EXPECT_EQ(found("personne:\"Yann Kerbrat\""), (Strings{"y0", "y1", "y2"}));
  EXPECT_EQ(found("personne:Kerbrat").size(), 7u) << "asked for the last name, all who bear it";
  EXPECT_TRUE(lists("Kerbrat 1"));
  EXPECT_TRUE(lists("Yann Kerbrat 3"));
}

char const* const kDike =
    "La digue de Port-Brume a cédé dans la nuit sur quarante mètres, noyant les parcs à huîtres du banc des Aulnes. "
    "Neuf ostréiculteurs ont perdu leur récolte et le syndicat des bassins demande une réparation avant la marée. ";

TEST_F(PeopleTest, a_shared_last_name_is_resolved_by_the_story) {
  make_known("Solène Kerbrat", "s");
  make_known("Yann Kerbrat", "y");
  tell("whole", std::string(kDike) + "Yann Kerbrat, président du syndicat, s'est rendu sur la digue.", "28");
  tell("short", std::string("M. Kerbrat a dit : « La digue tiendra. » ") + kDike + "Une pelle est arrivée.", "28");
  ASSERT_EQ(engine_->article("short")->found.story, engine_->article("whole")->found.story);
  EXPECT_EQ(found("personne:\"Yann Kerbrat\""), (Strings{"short", "whole", "y0", "y1", "y2"}));
  EXPECT_EQ(found("personne:\"Solène Kerbrat\""), (Strings{"s0", "s1", "s2"}));
  auto const quotes = engine_->quotes({.query = "par:\"Yann Kerbrat\""});
  ASSERT_TRUE(quotes);
  ASSERT_EQ(quotes->quotes.size(), 1u);
  EXPECT_EQ(quotes->quotes[0].quote.speaker, "Yann Kerbrat");
  EXPECT_TRUE(engine_->quotes({.query = "par:\"Solène Kerbrat\""})->quotes.empty());
  // A second Kerbrat in the story: nobody can say whose words they are.
  tell("other", std::string(kDike) + "Solène Kerbrat, maire, a fermé la route de la digue.", "28");
  ASSERT_EQ(engine_->article("other")->found.story, engine_->article("whole")->found.story);
  EXPECT_EQ(found("personne:\"Yann Kerbrat\""), (Strings{"whole", "y0", "y1", "y2"}));
}

TEST_F(PeopleTest, the_same_after_reindex_in_a_second_run_and_without_what_was_removed) {
  make_known("Vladimir Poutine", "fr");
  tell("short", "M. Poutine a parlé du brise-glace. Le port attend le navire depuis le mois d'avril.", "05");
  auto const before = people();
  auto const articles = found("personne:\"Vladimir Poutine\"");
  make_known("Vladimir Poutine", "fr");  // told a second time
  EXPECT_EQ(people(), before);
  ASSERT_TRUE(engine_->reindex(false, {}));
  EXPECT_EQ(people(), before);
  EXPECT_EQ(found("personne:\"Vladimir Poutine\""), articles);
  open();
  EXPECT_EQ(people(), before);
  ASSERT_TRUE(engine_->remove("fr0"));
  EXPECT_TRUE(lists("Poutine 1")) << "two articles no longer say whose name it is";
}

TEST_F(PeopleTest, removal_takes_a_name_to_the_letter) {
  make_known("Vladimir Poutine", "fr");
  tell("short", "M. Poutine a parlé du brise-glace. Le port attend le navire depuis le mois d'avril.", "05");
  auto const removed = engine_->remove("personne:\"Vladimir Poutine\"");
  ASSERT_TRUE(removed);
  EXPECT_EQ(removed->size(), 3u);
  EXPECT_TRUE(engine_->article("short"));
}

}  // namespace
}  // namespace vigie::engine

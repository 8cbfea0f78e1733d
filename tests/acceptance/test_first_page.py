"""The page the product started from: samples/idleb.txt, extracted, kept, found and not found."""
import datetime
import unittest

from product import VigieTest, shared

TITLE = 'Poutine : Russie, Iran et Turquie ont discuté d\'une "stabilisation par étapes" à Idleb'
BEGINNINGS = ['"Nous avons discuté de mesures', "Le sommet à Téhéran", "L'intervention militaire russe",
              '"Notre priorité commune', "La Maison Blanche a averti"]


class Extract(VigieTest):
    def setUp(self):
        super().setUp()
        self.sample = shared("samples/idleb.txt")

    def article(self):
        rows = self.vigie("extract", self.sample).rows
        self.assertEqual(len(rows), 1)
        return rows[0]

    def test_title_and_lede_are_the_pages(self):
        article = self.article()
        self.assertEqual(article["title"], TITLE)
        self.assertTrue(article["lede"].startswith("Le président russe Vladimir Poutine a déclaré vendredi"), article["lede"])
        self.assertTrue(article["lede"].endswith("semble imminente."), article["lede"])

    def test_the_body_is_exactly_the_five_paragraphs(self):
        paragraphs = self.article()["paragraphs"]
        self.assertEqual(len(paragraphs), 5, paragraphs)
        for paragraph, beginning in zip(paragraphs, BEGINNINGS):
            self.assertTrue(paragraph.startswith(beginning), paragraph)
        self.assertTrue(paragraphs[-1].endswith('un "bain de sang".'), paragraphs[-1])
        lines = self.sample.read_text(encoding="utf-8").splitlines()
        self.assertTrue(all(paragraph in lines for paragraph in paragraphs), "paragraphs are the file's lines, unchanged")

    def test_nothing_of_the_furniture_stays(self):
        article = self.article()
        whole = "\n".join([article["title"], article["lede"], article["body"], article["text"]])
        for furniture in ("Rechercher", "Dernières Infos", "prévoient..."):
            self.assertNotIn(furniture, whole)
        self.assertEqual(article["text"].count("Le président russe Vladimir Poutine a déclaré vendredi"), 1)

    def test_the_rest_is_absent_or_known(self):
        article = self.article()
        self.assertEqual(article["language"], "fr")
        for absent in ("url", "published", "modified", "seen"):
            self.assertIsNone(article[absent], absent)
        self.assertEqual(article["authors"], [])
        self.assertEqual(article["kind"], "article")

    def test_body_and_text_are_made_of_the_parts(self):
        article = self.article()
        self.assertEqual(article["body"], "\n".join(article["paragraphs"]))
        self.assertEqual(article["text"], article["lede"] + "\n" + article["body"])

    def test_extracting_is_a_pure_function(self):
        self.assertEqual(self.vigie("extract", self.sample).out, self.vigie("extract", "-", given=self.sample.read_bytes()).out)

    def test_text_and_markdown_hold_the_same_words(self):
        article = self.article()
        self.assertEqual(self.vigie("extract", "--format", "text", self.sample).text.rstrip("\n"), article["text"])
        self.assertIn("bain de sang", self.vigie("extract", "--format", "markdown", self.sample).text)


class Find(VigieTest):
    def setUp(self):
        super().setUp()
        self.vigie("ingest", shared("samples/idleb.txt"))

    def test_found_by(self):
        today = datetime.date.today().isoformat()
        for query in ("idleb sommet", '"stabilisation par étapes"', "téhéran", "teheran", "TÉHÉRAN", "l'ONU", "l’ONU",
                      "titre:poutine", "title:poutine", f"vu:{today}", f"seen:{today}", "vu:P7D/", "idleb OR inconnu",
                      "(idleb sommet) NOT bruxelles", "étape", "combattant", "langue:fr idleb", 'titre:"à Idleb"', "poutin*"):
            with self.subTest(query):
                self.assertEqual(len(self.strict_ids(query)), 1)

    def test_not_found_by(self):
        for query in ("rechercher", "infos", '"par étapes stabilisation"', "idleb -syrie", "idleb NOT syrie", "date:2018",
                      "date:2018-09-07", "date:2018-01-01/2030-01-01", "date:P7D/", "vu:2018", "titre:téhéran",
                      "langue:en idleb"):
            with self.subTest(query):
                self.assertEqual(self.strict_ids(query), [])
                self.assertEqual(self.ids(query), [], "without --strict")

    def test_by_date_an_answer_holds_every_word(self):
        self.assertEqual(self.ids("idleb motquinexistepas", "--sort", "date"), [])

    def test_by_relevance_a_partial_answer_says_so(self):
        rows = self.vigie("search", "idleb sommet motquinexistepas", "--json").rows
        self.assertTrue(all(row["partial"] for row in rows), rows)
        self.assertEqual(self.ids("idleb sommet motquinexistepas", "--strict"), [])

    def test_it_is_the_latest_and_can_be_shown(self):
        latest = self.vigie("latest", "--json").rows
        self.assertEqual([row["title"] for row in latest], [TITLE])
        self.assertIn("T", latest[0]["seen"])
        shown = self.vigie("show", latest[0]["id"], "--json").rows[0]
        self.assertEqual(shown, latest[0])
        raw = self.vigie("show", latest[0]["id"], "--raw").out
        self.assertEqual(raw, shared("samples/idleb.txt").read_bytes())

    def test_keeping_it_twice_changes_nothing(self):
        before = self.vigie("export", "--format", "jsonl").out
        done = self.vigie("ingest", shared("samples/idleb.txt"), "--json")
        self.assertEqual([row["status"] for row in done.rows], ["unchanged"])
        self.assertEqual(self.vigie("export", "--format", "jsonl").out, before)


if __name__ == "__main__":
    unittest.main()

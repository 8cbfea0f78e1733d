"""The demo edition against demo/expected.jsonl: what each page must give, and how the edition behaves when kept."""
import collections
import json
import unittest

from product import DEMO, VigieTest, spaces

EXPECTED = [json.loads(line) for line in (DEMO / "expected.jsonl").read_text(encoding="utf-8").splitlines()]


def normal(value):
    if isinstance(value, str):
        return spaces(value)
    return [spaces(one) for one in value] if isinstance(value, list) else value


# The share of fields that may still differ from what is expected. It only ever goes down; the goal is none.
GAPS_MAX = 0.10


class DemoTest(VigieTest):
    def setUp(self):
        super().setUp()
        self.compared, self.gaps = 0, []

    def assert_few_gaps(self):
        for gap in self.gaps:
            print("not yet recovered:", *gap)
        self.assertLessEqual(len(self.gaps), GAPS_MAX * self.compared, f"{len(self.gaps)} of {self.compared} fields differ")

    def compare(self, expected, article):
        expected = self.read_as(expected, article)
        for name, value in expected.items():
            if name in ("input", "seen", "superseded", "id"):
                continue
            got, wanted = normal(article[name]), normal(value)
            live = expected["kind"] == "live" and name == "paragraphs"
            self.compared += 1
            if not (set(wanted) <= set(got) if live else got == wanted):
                self.gaps.append((expected["input"], expected["url"] or "", name))

    @staticmethod
    def read_as(expected, article):
        """Where the page has no lede of its own, taking the first paragraph, whole, for it loses nothing."""
        paragraphs = expected.get("paragraphs")
        if expected.get("lede") is None and paragraphs and normal(article["lede"]) == normal(paragraphs[0]):
            return expected | {"lede": paragraphs[0], "paragraphs": paragraphs[1:]}
        return expected


class Pages(DemoTest):
    def test_every_page_gives_its_article(self):
        pages = [one for one in EXPECTED if one["input"].endswith((".html", ".txt"))]
        listed = self.file("list.tsv", "".join(f"{DEMO / one['input']}\t\n" for one in pages))
        rows = self.vigie("extract", "--list", listed).rows
        self.assertEqual(len(rows), len(pages))
        for expected, article in zip(pages, rows):
            self.compare(expected, article)
        self.assert_few_gaps()

    def test_the_wrong_charset_label_is_mentioned(self):
        page = DEMO / "edition" / "pages" / "echo-du-port" / "huitres-chaleur.html"
        article = self.vigie("extract", page).rows[0]
        self.assertIn("Cœur-Volant", article["body"])
        self.assertIn("12,50 €", article["body"])


class Kept(DemoTest):
    def setUp(self):
        super().setUp()
        self.done = self.vigie("ingest", DEMO / "edition", "--json")

    def test_what_a_section_page_announces_is_quoted_from_the_articles_alone(self):
        listings = {row["id"] for row in self.vigie("export", "--format", "jsonl").rows if row["kind"] == "listing"}
        said = {row["id"] for row in self.vigie("quotes", "", "--limit", "500", "--json").rows}
        self.assertTrue(listings)
        self.assertTrue(said)
        self.assertFalse(listings & said)

    def test_everything_is_kept_as_expected(self):
        statuses = collections.Counter(row["status"] for row in self.done.rows)
        self.assertEqual(statuses, {"new": len(EXPECTED) - 1, "edition": 1})
        kept = self.vigie("export", "--format", "jsonl").rows
        by_url = {row["url"]: row for row in kept if row["url"]}
        by_title = {spaces(row["title"]): row for row in kept}
        self.assertEqual(len(kept), len(EXPECTED) - 1)
        for expected in EXPECTED:
            if not expected.get("superseded"):
                article = by_url.get(expected["url"]) or by_title.get(spaces(expected["title"]))
                self.assertIsNotNone(article, f"{expected['input']} {expected['url']}")
                self.compare(expected, article)
        self.assert_few_gaps()

    def test_seen_is_the_time_of_the_capture(self):
        kept = {row["url"]: row["seen"] for row in self.vigie("export", "--format", "jsonl").rows}
        for expected in EXPECTED:
            if "seen" in expected and not expected.get("superseded"):
                self.assertEqual(kept[expected["url"]], expected["seen"], expected["url"])

    def test_keeping_it_again_changes_nothing(self):
        before = (self.vigie("export", "--format", "jsonl").out, self.stats())
        done = self.vigie("ingest", DEMO / "edition", "--json")
        self.assertEqual({row["status"] for row in done.rows}, {"unchanged"})
        self.assertEqual((self.vigie("export", "--format", "jsonl").out, self.stats()), before)
        self.assert_clean()

    def test_words_in_five_alphabets_are_found(self):
        for query in ("μπακαλιάρου", "الصيد", "тріски", "cod quota", "cabillaud"):
            with self.subTest(query):
                self.assertTrue(self.strict_ids(query))

    def test_the_story_is_found_across_outlets_and_languages(self):
        sources = {row["source"] for row in self.vigie("search", "Valmorane", "--no-fold", "--limit", 100, "--json").rows}
        self.assertGreaterEqual(len(sources), 7, sources)

    def test_the_dead_text_of_pages_is_not_found(self):
        for query in ('"déposons des traceurs"', '"Propulsé par WordPlume"', '"Il vous reste"', "pecheur_du_212",
                      '"Tide Table"', '"Reuse this content"', "VLX", '"coefficient 74"'):
            with self.subTest(query):
                self.assertEqual(self.strict_ids(query), [])


if __name__ == "__main__":
    unittest.main()

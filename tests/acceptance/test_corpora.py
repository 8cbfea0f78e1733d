"""The two large inputs of shared/data/corpora: 1,200 pages as a WARC, 22,283 articles as jsonl."""
import collections
import datetime
import gzip
import json
import random
import re
import tempfile
import pathlib
import unittest

from product import SEED, VigieTest, run, shared, unpacked


def words(text):
    return collections.Counter(re.findall(r"\w+", text.lower()))


def f1(got, wanted):
    """Of the words of two texts, whatever their order and the spaces between them."""
    got, wanted = words(got), words(wanted)
    common = sum((got & wanted).values())
    return 2 * common / max(1, sum(got.values()) + sum(wanted.values()))


def joined(text):
    return re.sub(r"\W", "", text)


def unglued(text):
    """Without the hyphens nobody sees, and with the spaces the corpus lost between sentences."""
    return re.sub(r"([a-zà-ü»\"])\.(?=[A-ZÀ-Ü«\"])", r"\1. ", text.replace("\u00ad", ""))


UNSEEN = r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff\x00-\x1f\x7f-\x9f]"

class Kept(VigieTest):
    """Ingests once for all tests of the class; they only read."""
    source = ""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shared_folder = tempfile.TemporaryDirectory(prefix="vigie-corpus-")
        cls.addClassCleanup(cls.shared_folder.cleanup)
        cls.path = cls.prepare(pathlib.Path(cls.shared_folder.name))
        cls.kept = pathlib.Path(cls.shared_folder.name) / "data"
        cls.done = run("ingest", "--data", cls.kept, "--json", cls.path, timeout=1500)
        print(f"\n{cls.__name__}: {len(cls.done.rows)} items in {cls.done.seconds:.1f} s of processor, "
              f"{len(cls.done.rows) / cls.done.seconds:.0f}/s, {cls.done.memory_mb:.0f} MB")

    def setUp(self):
        super().setUp()
        self.data = self.kept


class Pages(Kept):
    @classmethod
    def prepare(cls, folder):
        source = shared("data/corpora/orange_html_1200.warc.gz")
        cls.truth = {}
        for line in unpacked(shared("data/corpora/orangesum_fr_until2019.jsonl.xz")):
            row = json.loads(line)
            cls.truth[row["url"]] = row
        return source

    def test_every_record_is_ingested_or_reported(self):
        with gzip.open(self.path) as file:
            responses = file.read().count(b"\nWARC-Type: response\r\n")
        self.assertEqual(responses, 1200)
        self.assertEqual(len(self.done.rows), responses)
        for row in self.done.rows:
            self.assertEqual(bool(row.get("error")), row["status"] == "error", row)
        self.assertEqual(self.done.code, 1 if any(row["status"] == "error" for row in self.done.rows) else 0)
        good = {row["id"] for row in self.done.rows if row["status"] != "error"}
        self.assertEqual(self.stats()["articles"], len(good))
        self.assertGreaterEqual(len(good), 1195)

    def test_fields_agree_with_the_same_articles_by_url(self):
        kept = {row["url"]: row for row in self.vigie("export", "--format", "jsonl").rows}
        pairs = [(kept[url], row) for url, row in self.truth.items() if url in kept]
        print(f"\n{len(pairs)} of {len(kept)} pages are in the jsonl")
        self.assertGreaterEqual(len(pairs), 1150)
        wrong = collections.defaultdict(list)
        scores = []
        for got, wanted in pairs:
            if not wanted["title"].startswith(got["title"]) and f1(got["title"], wanted["title"]) < 0.99:  # a site suffix
                wrong["title"].append((wanted["url"], got["title"]))
            lede = wanted["lede"] if len((wanted.get("lede") or "").split()) > 4 else ""  # some are a bare "29 août"
            if lede and f1(got["lede"] or "", lede) < 0.95:
                wrong["lede"].append((wanted["url"], got["lede"]))
                if not got["lede"] or not joined(lede).startswith(joined(got["lede"])):
                    wrong["lede cut elsewhere"].append((wanted["url"], got["lede"]))
            if not got["published"] or datetime.datetime.fromisoformat(got["published"]) != \
                    datetime.datetime.fromisoformat(wanted["published"]):
                wrong["published"].append((wanted["url"], got["published"], wanted["published"]))
            if wanted.get("body"):
                scores.append(f1(unglued(got["text"]), unglued(lede + " " + wanted["body"])))
                if scores[-1] < 0.9:
                    wrong["body"].append((wanted["url"], round(scores[-1], 3)))
        print({name: len(found) for name, found in wrong.items()}, f"mean body F1 {sum(scores) / len(scores):.4f}")
        # Bodies are compared with their ledes: a quarter of the jsonl's articles have none, and their body begins with the
        # paragraph that stands as the lede of all others. 47 of its ledes hold two paragraphs that the page shows apart.
        for name, share in (("title", 0.0), ("lede", 0.055), ("lede cut elsewhere", 0.02), ("published", 0.0), ("body", 0.01)):
            with self.subTest(name):
                self.assertLessEqual(len(wrong[name]), share * len(pairs), wrong[name][:5])
        self.assertGreaterEqual(sum(scores) / len(scores), 0.99)

    def test_every_article_has_its_parts(self):
        missing = collections.Counter()
        for row in self.vigie("export", "--format", "jsonl").rows:
            for name in ("title", "body", "published", "url", "source"):
                missing[name] += not row[name]
            missing["language"] += row["language"] != "fr"
            self.assertEqual(row["seen"], "2020-07-03T12:00:00Z")
        for name, count in missing.items():
            self.assertLessEqual(count, 12, f"{name}: {missing}")

    def test_clean_and_ingesting_again_changes_nothing(self):
        before = (self.vigie("export", "--format", "jsonl").out, self.stats())
        done = run("ingest", "--data", self.kept, "--json", self.path, timeout=1500)
        self.assertEqual({row["status"] for row in done.rows} - {"error"}, {"unchanged"})
        self.assertEqual((self.vigie("export", "--format", "jsonl").out, self.stats()), before)
        self.assert_clean()


class Articles(Kept):
    @classmethod
    def prepare(cls, folder):
        path = folder / "articles.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(unpacked(shared("data/corpora/orangesum_fr_until2019.jsonl.xz")))
        cls.rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return path

    def test_counts_are_the_files(self):
        self.assertEqual(self.done.code, 0, self.done.said[-500:])
        self.assertEqual(len(self.done.rows), len(self.rows))
        self.assertEqual([row["id"] for row in self.done.rows], [row["id"] for row in self.rows])
        self.assertEqual(self.stats()["articles"], len(self.rows))
        for year in ("2011", "2014", "2015", "2016", "2017", "2018", "2019"):
            wanted = sum(row["published"].startswith(year) for row in self.rows)
            self.assertEqual(len(self.ids(f"date:{year}", "--sort", "date")), wanted, year)
        self.assertEqual(len(self.ids("langue:fr", "--sort", "date")), len(self.rows))

    def test_nothing_is_changed_by_keeping_it(self):
        """But white space, soft hyphens and control characters, which no reader sees."""
        by_id = {row["id"]: row for row in self.rows}
        for row in self.vigie("export", "--format", "jsonl").rows:
            given = by_id.pop(row["id"])
            for name in ("url", "source", "published"):
                self.assertEqual(row[name], given[name])
            self.assertEqual(re.sub(UNSEEN, "", row["title"]), re.sub(UNSEEN, "", given["title"]))
            self.assertEqual(re.sub(UNSEEN, "", row["body"] or ""), re.sub(UNSEEN, "", given.get("body") or ""))
        self.assertEqual(by_id, {})

    def test_latest_is_ordered_and_whole(self):
        rows = self.vigie("latest", "--json", "--limit", 100000).rows
        moments = [datetime.datetime.fromisoformat(row["published"]) for row in rows]
        self.assertEqual(len(rows), len(self.rows))
        self.assertEqual(moments, sorted(moments, reverse=True))
        newest = max(datetime.datetime.fromisoformat(row["published"]) for row in self.rows)
        self.assertEqual(moments[0], newest)

    def test_every_article_of_a_sample_is_found_by_its_own_words(self):
        for row in random.Random(SEED).sample(self.rows, 60):
            phrase = re.findall(r"[\w'’]+", row["title"])[:6]
            with self.subTest(row["id"]):
                self.assertIn(row["id"], self.ids('titre:"' + " ".join(phrase) + '"'))

    def test_counts_of_words_agree_with_a_plain_scan(self):
        """Exact phrases of one word are not stemmed: the count can be had by reading the file."""
        def fold(text):
            return re.findall(r"[^\W_]+", text.lower().replace("’", "'"))
        texts = {row["id"]: fold("\n".join(filter(None, map(row.get, ("title", "lede", "body"))))) for row in self.rows}
        for word in ("idleb", "hologramme", "karaté", "vladivostok", "blockchain"):
            with self.subTest(word):
                found = set(self.ids(f'"{word}"', "--sort", "date"))
                wanted = {identity for identity, tokens in texts.items() if word in tokens}
                self.assertLessEqual(wanted, found)
                self.assertLessEqual(len(found - wanted), max(2, len(wanted) // 20), "more than accents and glued words explain")

    def test_clean_and_ingesting_again_changes_nothing(self):
        before = (self.vigie("export", "--format", "jsonl").out, self.stats())
        done = run("ingest", "--data", self.kept, "--json", self.path, timeout=1500)
        self.assertEqual((done.code, {row["status"] for row in done.rows}), (0, {"unchanged"}))
        self.assertEqual((self.vigie("export", "--format", "jsonl").out, self.stats()), before)
        self.assert_clean()


if __name__ == "__main__":
    unittest.main()

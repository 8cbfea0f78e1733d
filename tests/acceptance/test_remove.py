"""vigie remove: no trace in catalogue, captures and index; everything else stays."""
import unittest
import zlib

from product import VigieTest, dispatch, page

# Made of letters that no other text here holds in this order; the tail is what a front-coded dictionary would keep.
WORD, TAIL = "wxkvqzjylm", b"qzjylm"
PERSON = "Gontran Hzqbrxt"


def contents(path):
    """The bytes of a file as they lie there, and what its gzip members hold."""
    data = path.read_bytes()
    yield data
    rest = data
    while rest[:2] == b"\x1f\x8b":
        member = zlib.decompressobj(31)
        yield member.decompress(rest)
        rest = member.unused_data


class Remove(VigieTest):
    def traces(self, *needles):
        found = []
        for path in sorted(self.data.rglob("*")):
            if path.is_file():
                for data in contents(path):
                    low = data.lower()
                    found += [f"{path.relative_to(self.data)}: {needle!r}" for needle in needles if needle.lower() in low]
        return found

    def secret(self, number=0, **more):
        return page(f"Titre avec {WORD}", f"Chapô avec {WORD}, par {PERSON}.",
                    (f"Un paragraphe où {WORD}{number} est nommé par {PERSON}, et où il se passe assez de choses pour un article.",
                     f"Un autre avec {WORD} encore, pour qu'il y ait de quoi lire, et de quoi retirer ensuite du catalogue."),
                    url=f"https://fil.example/secret-{number}", **more)

    def ingest_secret(self):
        self.ingest_rows([dispatch(n) for n in range(200)])
        for number in range(40):
            self.file(f"pages/{number}.html", page(f"Page ordinaire {number}", url=f"https://fil.example/p{number}"))
        self.file("pages/20-secret.html", self.secret())
        done = self.vigie("ingest", self.folder / "pages", "--json")
        return next(row["id"] for row in done.rows if "secret" in row["input"])

    def assert_gone(self, identity, kept):
        self.assertEqual(self.traces(TAIL, b"secret-0", b"hzqbrxt", identity.encode()), [])
        self.vigie("show", identity, code=1)
        self.assertEqual(self.strict_ids(WORD), [])
        self.assertEqual(self.stats()["articles"], kept)
        self.assertEqual(len(self.ids("vigiecommun", "--sort", "date")), 200)
        self.assert_clean()

    def test_the_word_is_there_before(self):
        self.ingest_secret()
        self.assertTrue(self.traces(TAIL), "the search for traces must be able to find one")

    def test_by_id(self):
        identity = self.ingest_secret()
        done = self.vigie("remove", identity, "--json")
        self.assertEqual([row["id"] for row in done.rows], [identity])
        self.assert_gone(identity, 240)

    def test_by_query(self):
        identity = self.ingest_secret()
        self.vigie("remove", f"titre:{WORD}")
        self.assert_gone(identity, 240)

    def test_after_the_index_was_sealed_and_reopened(self):
        identity = self.ingest_secret()
        self.vigie("reindex")
        self.vigie("search", WORD)
        self.vigie("remove", identity)
        self.assert_gone(identity, 240)

    def test_every_edition_goes(self):
        identity = self.ingest_secret()
        edited = self.file("edited.html", self.secret().replace("Un autre avec", "Une autre phrase avec"))
        self.assertEqual([row["status"] for row in self.vigie("ingest", edited, "--json").rows], ["edition"])
        self.vigie("remove", identity)
        self.assert_gone(identity, 240)

    def test_an_edition_that_no_longer_holds_the_word(self):
        identity = self.ingest_secret()
        clean = page("Titre sobre", url="https://fil.example/secret-0")
        self.vigie("ingest", self.file("clean.html", clean), "--json")
        self.vigie("remove", identity)
        self.assert_gone(identity, 240)

    def test_beside_a_running_server(self):
        identity = self.ingest_secret()
        with self.serving():
            self.vigie("search", WORD)
            self.vigie("remove", identity)
            self.assertEqual(self.traces(TAIL, b"hzqbrxt", identity.encode()), [], "while the server runs")
        self.assert_gone(identity, 240)

    def test_a_jsonl_row(self):
        self.ingest_rows([dispatch(n) for n in range(200)])
        self.ingest_rows([dispatch(300, id=f"id-{WORD}", body=f"Du corps {WORD}. {PERSON}")], name="secret.jsonl")
        self.vigie("remove", f"id-{WORD}")
        self.assert_gone(f"id-{WORD}", 200)

    def test_the_others_are_untouched(self):
        self.ingest_rows([dispatch(n) for n in range(200)])
        before = self.vigie("export", "--format", "jsonl").rows
        self.vigie("remove", "row-100")
        self.assertEqual(self.vigie("export", "--format", "jsonl").rows, [row for row in before if row["id"] != "row-100"])
        for number in (0, 99, 101, 199):
            self.assertIn(f"motpropre{number}x".encode(), self.vigie("show", f"row-{number}", "--raw").out)

    def test_it_stays_away_after_reindex_and_can_come_back_by_ingest(self):
        self.ingest_rows([dispatch(n) for n in range(10)])
        self.vigie("remove", "row-4")
        self.vigie("reindex")
        self.assertEqual(self.ids("motpropre4x"), [])
        self.assertEqual([row["status"] for row in self.ingest_rows([dispatch(4)]).rows], ["new"])
        self.assertEqual(self.ids("motpropre4x"), ["row-4"])

    def test_what_matches_nothing_removes_nothing(self):
        self.ingest_rows([dispatch(n) for n in range(10)])
        for query in ("introuvable", "absent-id", "row-99", ""):
            with self.subTest(query):
                self.assertIn(self.vigie("remove", query, code=None).code, (1, 2))
        self.assertEqual(self.stats()["articles"], 10)

    def test_a_query_removes_only_full_matches(self):
        """By relevance a search also answers articles that hold most of the words; a removal must not."""
        self.ingest_rows([dispatch(n) for n in range(10)])
        self.vigie("remove", "commun propre vigie motpropre4x")
        self.assertEqual(self.stats()["articles"], 9)


if __name__ == "__main__":
    unittest.main()

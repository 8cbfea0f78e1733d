"""PRODUCT's table of bad input, as far as files and queries go: an article with diagnostics or a clear error for that
item; the run goes on; time and memory stay bounded."""
import gzip
import json
import os
import unittest
import urllib.parse
import urllib.request
import zlib

from product import DEMO, VigieTest, dispatch, page, run

MEMORY_MB = 1500
SECONDS = 60

GOOD = page("La bonne page", paragraphs=("Un paragraphe avec motsauf, assez long pour être le corps d'un article sans doute possible.",
                                         "Un second paragraphe qui ressemble au premier, parce qu'il faut bien remplir la page."))


def record(uri, body, headers="Content-Type: text/html; charset=utf-8", status="200 OK", length=None):
    block = f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body
    identity = f"<urn:uuid:00000000-0000-4000-8000-{zlib.crc32(uri.encode()):012x}>"
    return (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n"
            f"WARC-Record-ID: {identity}\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(block) if length is None else length}\r\n\r\n").encode() + block + b"\r\n\r\n"


def good_record(number):
    return record(f"https://fil.example/{number}", page(f"Bonne page numéro {number}").encode())


def rss(items, prolog=""):
    return f'<?xml version="1.0"?>{prolog}<rss version="2.0"><channel><title>Fil</title><link>https://fil.example/</link>{items}</channel></rss>'


def item(number, more=""):
    return (f"<item><title>Entrée {number}</title><link>https://fil.example/e{number}</link>"
            f"<description>Le texte de l'entrée motentree{number} est ici.</description>{more}</item>")


class BadInput(VigieTest):
    def bounded(self, done, memory_mb=MEMORY_MB, seconds=SECONDS):
        self.assertLess(done.memory_mb, memory_mb, "memory stays bounded")
        self.assertLess(done.seconds, seconds, "time stays bounded")
        self.assertIn(done.code, (0, 1), done.said[-500:])
        return done

    def extract_one(self, content, name="input.html", **bounds):
        done = self.bounded(self.vigie("extract", self.file(name, content), code=None), **bounds)
        self.assertEqual(len(done.rows), 1, "one line per input, even for one that fails")
        row = done.rows[0]
        if done.code == 1:
            self.assertTrue(row["diagnostics"], row)
        return row

    def assert_run_goes_on(self, content, name="bad.html", **bounds):
        """Between two good pages, the bad one neither stops the run nor hides them."""
        self.file("in/1-good.html", GOOD)
        self.file(f"in/2-{name}", content)
        self.file("in/3-good.html", GOOD.replace("La bonne page", "L'autre bonne page"))
        done = self.bounded(self.vigie("ingest", self.folder / "in", "--json", code=None), **bounds)
        by_input = {os.path.basename(row["input"]): row for row in done.rows}
        self.assertEqual(by_input["1-good.html"]["status"], "new")
        self.assertEqual(by_input["3-good.html"]["status"], "new")
        bad = [row for row in done.rows if "good" not in row["input"]]
        self.assertTrue(bad, "the bad input is accounted for")
        for row in bad:
            self.assertTrue(row["status"] != "error" or row["error"], row)
        self.assertEqual(done.code, 1 if any(row["status"] == "error" for row in bad) else 0)
        self.assertEqual(len(self.ids("motsauf", "--sort", "date")), 2)
        self.assert_clean()
        return bad


class Pages(BadInput):
    def test_empty(self):
        for content in (b"", b"\n \n", b"\xef\xbb\xbf"):
            self.extract_one(content)
        self.assert_run_goes_on(b"")

    def test_binary(self):
        noise = self.random.randbytes(200_000)
        for name, content in (("a.bin", noise), ("a.html", noise), ("a.txt", noise), ("a.pdf", b"%PDF-1.7\n" + noise),
                              ("a.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + noise), ("a.zip", b"PK\x03\x04" + noise),
                              ("zeros.html", b"\0" * 100_000)):
            with self.subTest(name):
                self.extract_one(content, name)
        self.assert_run_goes_on(noise, "noise.bin")

    def test_truncated_anywhere(self):
        whole = (DEMO / "edition" / "pages" / "courrier-leve" / "chu-villedrange-papier.html").read_bytes()
        pieces = [self.file(f"cut/{size}.html", whole[:size]) for size in sorted(self.random.sample(range(len(whole)), 60))]
        done = self.bounded(self.vigie("extract", *pieces, code=None))
        self.assertEqual(len(done.rows), 60)

    def test_wrong_charset_label(self):
        text = "L'été dernier, à Noël, le cœur de la forêt brûlait encore, dit l'« aînée » : 12 € le sac, pas un de plus."
        for label, real in (("iso-8859-1", "utf-8"), ("utf-8", "windows-1252"), ("us-ascii", "utf-8"), ("klingon", "utf-8"),
                            ("utf-16", "utf-8"), ("windows-1251", "utf-8")):
            with self.subTest(label=label, real=real):
                raw = page("Été à Orléans", paragraphs=(text, text[::-1], text + " Encore.")).replace('charset="utf-8"', f'charset="{label}"')
                article = self.extract_one(raw.encode(real))
                self.assertIn(text, article["body"])
                self.assertEqual(article["title"], "Été à Orléans")
                self.assertTrue(article["diagnostics"])

    def test_bytes_that_are_no_text_in_any_charset_give_valid_json(self):
        article = self.extract_one(GOOD.encode().replace(b"motsauf", b"mot\xff\xfe\x80sauf \xed\xa0\x80 \x00"))
        self.assertIn("second paragraphe", article["body"])

    def test_a_hundred_thousand_nested_tags(self):
        text = "Un paragraphe au fond du puits, assez long pour qu'on le tienne pour le corps d'un article, avec motprofond."
        for tag in ("div", "b", "p", "table", "ul", "blockquote", "font", "svg", "select", "template"):
            with self.subTest(tag):
                self.extract_one(f"<html><body><h1>Profond</h1>{f'<{tag}>' * 100_000}<p>{text}</p>", memory_mb=800, seconds=30)
        mixed = "".join(f"<{tag}>" for tag in ("div", "a", "table", "b", "nobr", "button") * 20_000)
        self.extract_one(f"<html><body>{mixed}<p>{text}", memory_mb=800, seconds=30)
        article = self.extract_one(f"<html><body><h1>Profond</h1>{'<div>' * 100_000}<p>{text}</p>{'</div>' * 100_000}")
        self.assertIn("motprofond", article["text"])
        self.assert_run_goes_on("<div>" * 100_000)

    def test_other_shapes_that_are_quadratic_when_done_badly(self):
        shapes = {
            "attributes": "<div " + " ".join(f"a{n}=1" for n in range(200_000)) + ">x",
            "same attribute": "<div " + "a=1 " * 500_000 + ">x",
            "entities": "&amp" * 500_000, "open comments": "<!--" * 500_000, "open tags": "<" * 2_000_000,
            "unclosed formatting": "<p><b><i><a href=x>" * 50_000, "end tags": "</p></div></b>" * 300_000,
            "paragraphs": "<p>mot" * 500_000, "tables": "<table><tr><td>x" * 5_000, "long attribute": '<a title="' + "x" * 5_000_000,
            "json-ld": '<script type="application/ld+json">' + "[" * 1_000_000, "json-ld objects": '<script type="application/ld+json">' + '{"a":' * 500_000,
            "links": '<a href="/x">mot</a> ' * 200_000, "meta": "<meta property=og:title content=x>" * 200_000, "one word": "é" * 3_000_000,
            "doctype": "<!DOCTYPE " + "x" * 3_000_000, "breaks": "ligne<br>" * 500_000, "quotes": "« " * 500_000, "straight": '"a" ' * 500_000}
        for name, content in shapes.items():
            with self.subTest(name):
                self.extract_one("<html><body>" + content, seconds=30)

    def test_fifty_megabytes(self):
        sentence = "Une phrase de remplissage qui ne dit rien mais qui le dit longuement, paragraphe numéro {}. "
        paragraphs = "".join(f"<p>{sentence.format(n) * 10}</p>\n" for n in range(55_000))
        big = f"<html><head><title>Une très grande page</title></head><body><article><h1>Une très grande page</h1>{paragraphs}</article></body></html>"
        self.assertGreater(len(big), 50_000_000)
        self.extract_one(big, memory_mb=MEMORY_MB, seconds=SECONDS)
        self.assert_run_goes_on(big, "big.html")

    def test_more_than_the_bound(self):
        path = self.folder / "huge.html"
        with path.open("wb") as file:
            file.write(b"<html><body><h1>Trop grand</h1><p>")
            file.truncate(3_000_000_000)  # sparse: takes no room
        done = self.bounded(self.vigie("extract", path, code=None))
        self.assertEqual(len(done.rows), 1)
        self.assertTrue(done.rows[0]["diagnostics"])


class Scrapes(BadInput):
    def test_odd_text(self):
        for name, content in (("one line", "Rien qu'une ligne"), ("long line", "mot " * 1_000_000), ("empty lines", "\n" * 1_000_000),
                              ("lines", "Rechercher\n" * 200_000), ("crlf", "Titre\r\n\r\nUn paragraphe.\r\n"),
                              ("utf-16", "Un titre\n\nUn paragraphe".encode("utf-16"))):
            with self.subTest(name):
                self.extract_one(content, "scrape.txt", seconds=30)

    def test_jsonl(self):
        rows = [dispatch(1), dispatch(2, body="x " * 5_000_000), dispatch(3, title=None, body=None, lede=None),
                dispatch(4, published="pas une date"), dispatch(5, published="0000-00-00T99:99:99Z"), dispatch(6, authors="un seul"),
                dispatch(7, title=["liste"]), dispatch(8, title="\ud800 demi", body="zq\u0000nul")]
        content = "\n".join(json.dumps(row) for row in rows) + "\n" + '{"a":' * 100_000 + "\n" + '{"title":"tronqu'
        done = self.bounded(self.vigie("ingest", self.file("bad.jsonl", content), "--json", code=None))
        by_id = {row.get("id"): row["status"] for row in done.rows}
        for identity in ("row-1", "row-4", "row-5"):
            self.assertEqual(by_id.get(identity), "new", done.rows)
        article = self.vigie("show", "row-4", "--json").rows[0]
        self.assertIsNone(article["published"])
        self.assertTrue(article["diagnostics"])
        self.assertEqual(len(done.rows), len(rows) + 2, "every line is accounted for")
        self.assert_clean()


class Feeds(BadInput):
    def ingest_feed(self, text, name="feed.xml", **bounds):
        return self.bounded(self.vigie("ingest", self.file(name, text), "--json", code=None), **bounds)

    def test_billion_laughs(self):
        levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        prolog = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{levels}]>'
        done = self.ingest_feed(rss("<item><title>&l9;</title><link>https://fil.example/1</link></item>", prolog), memory_mb=300, seconds=10)
        self.assertTrue(done.rows or done.code == 1)
        self.assertNotEqual((done.code, done.err), (0, b""))
        self.assert_run_goes_on(rss(item(1), prolog), "laughs.xml")

    def test_quadratic_blowup_and_external_entities(self):
        self.ingest_feed(rss("<item><title>" + "&a;" * 50_000 + "</title></item>", f'<!DOCTYPE rss [<!ENTITY a "{"x" * 50_000}">]>'),
                         memory_mb=400, seconds=20)
        secret = self.file("secret.txt", "zqfichiersecret")
        self.ingest_feed(rss("<item><title>T &x;</title><link>https://fil.example/1</link><description>&x;</description></item>",
                             f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'), name="xxe.xml")
        self.assertNotIn("zqfichiersecret", self.vigie("export", "--format", "jsonl").text)

    def test_wrong_dates_no_ids_bare_entities(self):
        items = item(1, "<pubDate>hier soir</pubDate>") + item(2, "<pubDate>Mon, 99 Foo 2026 25:61:00 +9999</pubDate>") + \
            item(3, "<guid></guid>") + "<item><title>Sans adresse ni identifiant</title><description>motseul texte</description></item>" + \
            item(4).replace("Entrée", "Caf&eacute; &nbsp; Entr&eacute;e &bogus;")
        done = self.ingest_feed(rss(items))
        self.assertEqual(len([row for row in done.rows if row["status"] == "new"]), 5, done.rows)
        for row in self.vigie("export", "--format", "jsonl").rows:
            self.assertIsNone(row["published"])
        self.assertEqual(len(self.ids("motseul")), 1)

    def test_cut_and_ill_formed(self):
        whole = rss("".join(item(n) for n in range(20)))
        cut = self.ingest_feed(whole[: len(whole) // 2])
        self.assertGreaterEqual(len([row for row in cut.rows if row["status"] == "new"]), 8, "what can be read is read")
        self.ingest_feed(whole.replace("</title>", "</titel>", 1), name="tags.xml")
        self.ingest_feed(b"\xff\xfe" + whole.encode("utf-16-le"), name="utf16.xml")
        self.ingest_feed(rss("<item>" * 100_000), name="deep.xml", memory_mb=500)

    def test_json_feed(self):
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Fil", "items": [
            {"id": "1", "url": "https://fil.example/j1", "title": "Entrée json", "content_html": "<p>Le texte motjson de l'entrée.</p>",
             "date_published": "2026-11-03T10:00:00+01:00", "authors": [{"name": "Ada Rey"}]}, {"id": 2}, "not an item", None]}
        done = self.ingest_feed(json.dumps(feed), name="feed.json")
        self.assertIn("new", [row["status"] for row in done.rows])
        self.assertEqual(len(self.ids("motjson")), 1)


class Archives(BadInput):
    def ingest_warc(self, content, name="bad.warc", **bounds):
        return self.bounded(self.vigie("ingest", self.file(name, content), "--json", code=None), **bounds)

    def news(self, done):
        return [row for row in done.rows if row["status"] == "new"]

    def errors(self, done):
        return [row for row in done.rows if row["status"] == "error"]

    def test_truncated(self):
        good = b"".join(good_record(n) for n in range(3))
        for name, whole in (("cut.warc", good + good_record(3)),
                            ("cut.warc.gz", b"".join(gzip.compress(good_record(n)) for n in range(4)))):
            with self.subTest(name):
                done = self.ingest_warc(whole[:-700] if name == "cut.warc" else whole[:-150], name)
                self.assertGreaterEqual(len({row["id"] for row in done.rows if row["status"] in ("new", "unchanged")}), 3)
                self.assertTrue(self.errors(done), "the record that was cut is counted")
                self.assertEqual(done.code, 1)

    def test_a_corrupt_record_between_good_ones(self):
        members = [gzip.compress(good_record(n)) for n in range(5)]
        damaged = bytearray(members[2])
        damaged[len(damaged) // 2] ^= 0xFF
        done = self.ingest_warc(b"".join(members[:2]) + bytes(damaged) + b"".join(members[3:]), "bad.warc.gz")
        self.assertEqual(len(self.news(done)), 4, done.rows)
        self.assertEqual(len(self.errors(done)), 1)

    def test_rubbish_between_records(self):
        """A length that does not lead to the end of its record is not believed: that record is counted, the next is read."""
        done = self.ingest_warc(good_record(1) + b"rubbish\r\n\r\nmore rubbish\r\n" + good_record(2) + good_record(3))
        self.assertEqual(len(self.news(done)), 2, done.rows)
        self.assertEqual(len(self.errors(done)), 1, done.rows)

    def test_lengths_that_lie(self):
        body = page("Une page").encode()
        for length in ("99999999999999", "-5", "abc", "0", "18446744073709551616"):
            with self.subTest(length):
                liar = record("https://fil.example/liar", body, length=length)
                done = self.ingest_warc(good_record(1) + liar + good_record(2), f"l{length}.warc")
                self.assertTrue({row["status"] for row in done.rows} & {"new", "unchanged"})

    def test_gzip_bomb_member(self):
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        size = 2_000_000_000
        head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://fil.example/bomb\r\nWARC-Date: 2026-01-02T03:04:05Z\r\n"
                f"WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {size + 40}\r\n\r\n"
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n").encode()
        pieces = [packer.compress(head)] + [packer.compress(b" " * 10_000_000) for _ in range(size // 10_000_000)] + [packer.flush()]
        done = self.ingest_warc(gzip.compress(good_record(1)) + b"".join(pieces) + gzip.compress(good_record(2)), "bomb.warc.gz",
                                memory_mb=700, seconds=60)
        self.assertEqual(len(self.news(done)), 2, done.rows)
        self.assertEqual(len({row["position"] for row in self.errors(done)}), 1)

    def test_content_encoding_bomb(self):
        bomb = gzip.compress(b"<p>" + b" " * 300_000_000, 9)
        inside = record("https://fil.example/bomb", bomb, "Content-Type: text/html\r\nContent-Encoding: gzip")
        done = self.ingest_warc(good_record(1) + inside + good_record(2), memory_mb=700)
        self.assertEqual(len(self.news(done)) + len(self.errors(done)), 3, done.rows)
        self.assertGreaterEqual(len(self.news(done)), 2)

    def test_http_errors_and_other_media_are_reported(self):
        done = self.ingest_warc(good_record(1) + record("https://fil.example/404", b"gone", status="404 Not Found") +
                                record("https://fil.example/i.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "Content-Type: image/png") +
                                good_record(2))
        self.assertEqual(len(self.news(done)), 2)
        self.assertEqual(len(self.errors(done)), 2)
        self.assertEqual(len({row["position"] for row in done.rows}), 4)

    def test_one_gzip_stream_for_the_whole_file(self):
        done = self.ingest_warc(gzip.compress(b"".join(good_record(n) for n in range(4))), "whole.warc.gz")
        self.assertEqual(len(self.news(done)), 4, done.rows)

    def test_bad_chunks_and_bad_encodings(self):
        body = page("Une page").encode()
        done = self.ingest_warc(
            record("https://fil.example/c", b"fffffffffff\r\n" + body, "Content-Type: text/html\r\nTransfer-Encoding: chunked") +
            record("https://fil.example/g", body, "Content-Type: text/html\r\nContent-Encoding: gzip") +
            record("https://fil.example/b", body, "Content-Type: text/html\r\nContent-Encoding: br") + good_record(1))
        self.assertEqual(len(done.rows), 4, done.rows)
        self.assertIn("https://fil.example/1", [row["url"] for row in self.vigie("export", "--format", "jsonl").rows])


class Queries(BadInput):
    def setUp(self):
        super().setUp()
        self.ingest_rows([dispatch(n) for n in range(400)])

    def ask(self, query, *options):
        done = run("search", "--data", self.data, "--json", *options, "--", query, timeout=30)
        self.assertIn(done.code, (0, 2), f"{query[:80]}: {done.said[-300:]}")
        self.assertLess(done.seconds, 10, query[:80])
        self.assertLess(done.memory_mb, 500, query[:80])
        return done

    def test_ten_thousand_terms(self):
        for query in (" ".join(f"mot{n}" for n in range(10_000)), " OR ".join(f"m{n}" for n in range(10_000)),
                      " ".join(["vigiecommun"] * 10_000), '"' + " ".join(["commun"] * 10_000) + '"',
                      " ".join(f"-mot{n}" for n in range(10_000)), " ".join(f"m{n}*" for n in range(5_000))):
            with self.subTest(query[:40]):
                self.ask(query)
        self.assertNotEqual(self.ask(" ".join(f"mot{n}" for n in range(10_000))).err, b"", "an explanation")

    def test_deep_parentheses(self):
        self.ask("(" * 10_000 + "vigiecommun" + ")" * 10_000)
        self.ask("(" * 10_000)
        self.ask("NOT " * 10_000 + "vigiecommun")

    def test_a_star_alone_is_explained(self):
        done = self.ask("*")
        self.assertNotEqual(done.err, b"")

    def test_malformed_queries_answer_and_explain(self):
        for query in ('"vigiecommun', 'vigiecommun"', '"', '""', "(vigiecommun", "vigiecommun)", "()", "OR", "NOT", "vigiecommun OR",
                      "OR vigiecommun", "vigiecommun NOT", "titre:", "titre:()", "date:", "date:2026-99-99", "date:hier", "date:2026/2025",
                      "vigiecommun NEAR/", "vigiecommun NEAR/x dépêche", "NEAR/5", "vigiecommun~9", "nochamp:vigiecommun",
                      "-", "--", ":", "histoire:x OR", "date:P/", "date:P999999999999D/", "***", "a*"):
            with self.subTest(query):
                done = self.ask(query)
                if query not in ("a*", '""', "()"):
                    self.assertNotEqual(done.err, b"", "a malformed query is explained")

    def test_what_is_still_understood_is_answered(self):
        for query in ('motpropre7x "', "(motpropre7x", "motpropre7x)", "motpropre7x OR", "motpropre7x NEAR/",
                      '"mot propre est motpropre7x'):
            with self.subTest(query):
                self.assertIn("row-7", [row["id"] for row in self.ask(query).rows])

    def test_an_empty_query(self):
        for query in ("", "   ", "\t\n", "!?;,"):
            with self.subTest(query):
                self.ask(query)

    def test_odd_bytes(self):
        for query in (b"\xff\xfe\x80", b"vigiecommun \xc3", "\u202emot\u0301".encode(), "😀".encode(), "é".encode() * 20_000, b"\x01\x02"):
            with self.subTest(query[:20]):
                self.ask(os.fsdecode(query))

    def test_field_and_prefix_that_expand_to_everything(self):
        done = self.ask("motpropre*", "--limit", "1000", "--no-fold")
        self.assertTrue(len(done.rows) == 400 or done.err, "all of them, or an explanation")
        self.ask("m* AND v* OR d*")
        self.ask("date:0001/9999")
        self.ask("m~1 OR v~1")

    def test_over_http_too(self):
        with self.serving() as (_, address):
            for query in ('"', "*", "(" * 500, " ".join(f"m{n}" for n in range(300))):
                with urllib.request.urlopen(address + "/search?q=" + urllib.parse.quote(query), timeout=120) as answer:
                    self.assertEqual(answer.status, 200)


if __name__ == "__main__":
    unittest.main()

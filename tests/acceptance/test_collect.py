"""Collecting, from the outside: sources are found, read politely, and what they bring is kept once, whatever happens."""
import contextlib
import gzip
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import unittest
import unittest.mock
import urllib.error
import urllib.parse
import urllib.request

from product import BINARY, VigieTest, page, run, start
from loopback import Site

FETCH = ("--allow-private", "--delay", "0")
KILLS = int(os.environ.get("VIGIE_KILLS", "6"))


class CollectTest(VigieTest):
    def setUp(self):
        super().setUp()
        self.site = Site()
        self.addCleanup(self.site.close)

    def source(self, verb, *arguments, **options):
        options.setdefault("code", 0)
        code = options.pop("code")
        done = run("source", verb, "--data", self.data, *arguments, **options)
        if code is not None:
            self.assertEqual(done.code, code, done.said)
        return done

    def sources(self):
        return self.source("list", "--json").rows

    def collect(self, code=0):
        return self.vigie("collect", "--once", *FETCH, code=code)

    def make_due(self, rereads=False):
        """Every source and entry is due, as if time had passed; with `rereads`, the articles that are read again too."""
        with contextlib.closing(sqlite3.connect(self.data / "sources.db")) as book, book:
            book.execute("UPDATE source SET next_try = 0")
            book.execute("UPDATE pending SET next_try = 0")
            if rereads:
                book.execute("UPDATE reread SET due = 0")

    def titles(self):
        return sorted(row["title"] for row in self.vigie("latest", "--limit", 1000, "--json").rows)


class Sources(CollectTest):
    def test_a_sites_address_is_enough(self):
        self.site.pages["/"] = (200, {"Content-Type": "text/html"},
                                '<title>Le Phare</title><link rel="alternate" type="application/rss+xml" href="/rss.xml">')
        self.site.article(1)
        self.site.feed([1])
        done = self.source("add", self.site.url("/"), "--json", *FETCH)
        self.assertEqual(done.rows[0]["url"], self.site.url("/rss.xml"))
        self.assertEqual(done.rows[0]["kind"], "feed")
        self.assertEqual(done.rows[0]["entries"], 1)
        self.assertEqual([one["title"] for one in self.sources()], ["Le fil d'essai"])

    def test_sitemaps_of_robots_txt_are_found(self):
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        self.site.pages["/"] = (200, {"Content-Type": "text/html"}, "<title>Sans fil</title><p>rien")
        self.site.pages["/robots.txt"] = f"User-agent: *\nDisallow:\nSitemap: {self.site.url('/index.xml.gz')}\n"
        self.site.pages["/index.xml.gz"] = gzip.compress(
            f"<sitemapindex><sitemap><loc>{self.site.url('/news.xml')}</loc></sitemap></sitemapindex>".encode())
        path = self.site.article(7)
        self.site.pages["/news.xml"] = (
            '<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>' + self.site.url(path) +
            f"</loc><news:news><news:publication_date>{now}</news:publication_date><news:title>T</news:title></news:news></url></urlset>")
        self.assertEqual(self.source("add", self.site.url("/"), "--json", *FETCH).rows[0]["kind"], "sitemap")
        self.collect()
        self.assertEqual(self.titles(), ["Dépêche numéro 7"])

    def test_a_listing_page_is_watched(self):
        self.site.article(1), self.site.article(2)
        link = '<h2><a href="/2024/05/article-{0}.html">La dépêche numéro {0} du jour</a></h2>'
        self.site.pages["/une"] = (200, {"Content-Type": "text/html"}, link.format(1))
        self.source("add", self.site.url("/une"), "--as", "page")
        self.collect()
        self.site.pages["/une"] = (200, {"Content-Type": "text/html"}, link.format(2) + link.format(1))
        self.make_due()
        self.collect()
        self.assertEqual(self.titles(), ["Dépêche numéro 1", "Dépêche numéro 2"])
        self.assertEqual(self.site.asked["/2024/05/article-1.html"], 1)

    def test_private_networks_are_refused_unless_allowed(self):
        done = self.source("add", self.site.feed([1]), code=1)
        self.assertIn("private network", done.said)
        self.assertEqual(self.sources(), [])
        self.assertEqual(sum(self.site.asked.values()), 0)

    def test_opml_goes_in_and_out(self):
        opml = self.file("list.opml", '<opml version="2.0"><body><outline text="Presse"><outline type="rss" text="A &amp; B" '
                                      'xmlUrl="https://a.example/rss"/><outline xmlUrl="https://b.example/atom" title="B"/>'
                                      '<outline xmlUrl="javascript:alert(1)"/></outline></body></opml>')
        self.source("import", opml)
        self.assertEqual([one["url"] for one in self.sources()], ["https://a.example/rss", "https://b.example/atom"])
        out = self.source("export").text
        self.source("remove", self.sources()[0]["id"])
        self.source("import", self.file("again.opml", out))
        self.assertEqual(sorted(one["title"] for one in self.sources()), ["A & B", "B"])

    def test_the_starter_list_is_only_a_list(self):
        self.source("import", "--starter")
        sources = self.sources()
        self.assertGreater(len(sources), 15)
        self.assertTrue(all(one["last_try"] is None for one in sources))

    def test_usage(self):
        self.source("remove", 99, code=1)
        self.source("import", code=2)
        self.source("add", code=2)
        self.source("add", "nonsense", code=1)
        self.vigie("source", "list")  # --data before the verb


class Collecting(CollectTest):
    def test_new_entries_become_articles_and_nothing_is_asked_twice(self):
        for number in range(5):
            self.site.article(number)
        self.source("add", self.site.feed(range(5), etag='"1"'), "--as", "feed")
        self.collect()
        self.assertEqual(len(self.titles()), 5)
        self.make_due()
        said = self.collect().said
        self.assertIn("1 unchanged", said)
        self.assertEqual(self.site.asked["/2024/05/article-1.html"], 1)
        self.assertEqual(self.site.asked["/robots.txt"], 1)  # once a day, whatever the number of processes
        one = self.sources()[0]
        self.assertEqual((one["articles"], one["pages"], one["failures"], one["problem"]), (5, 5, 0, None))
        self.assertEqual(one["compared"], 5)
        self.assertTrue(0 < one["feed_share"] < 1, one)  # a sentence in the feed, the article on the page
        self.assertIn(f"gives {one['feed_share'] * 100:.0f}% of its pages' text (5 compared)", self.source("list").out.decode())
        self.assertEqual(self.source("check", "1", "--json", *FETCH).rows[0]["feed_share"], one["feed_share"])
        self.assert_clean()

    def test_a_paused_source_is_left_alone_until_it_goes_on(self):
        self.site.article(1)
        self.source("add", self.site.feed([1]), "--as", "feed")
        self.source("pause", "1")
        self.assertIn("paused", self.source("list").out.decode())
        self.collect()
        self.assertEqual((self.titles(), self.site.asked["/rss.xml"]), ([], 0))
        self.source("resume", "1")
        self.collect()
        self.assertEqual(len(self.titles()), 1)
        self.assertIn("no source 7", self.source("pause", "7", code=1).said)

    def test_a_changed_article_becomes_an_edition(self):
        self.site.article(1)
        self.source("add", self.site.feed([1]), "--as", "feed")
        self.collect()
        self.site.article(1, title="Dépêche numéro 1, mise à jour", lede="Le chapô a changé.")
        body = self.site.pages["/rss.xml"][2].replace("tel que", "mis à jour, tel que")
        self.site.pages["/rss.xml"] = (200, {}, body)
        self.make_due()
        self.collect()
        self.assertEqual(self.titles(), ["Dépêche numéro 1, mise à jour"])
        self.assertEqual(self.sources()[0]["editions"], 1)

    def test_an_edit_no_feed_tells_of_becomes_an_edition_too(self):
        now = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime())
        paths = [self.site.article(number) for number in range(3)]
        for path in paths:
            self.site.pages[path][1]["ETag"] = '"1"'
        self.source("add", self.site.feed(range(3), etag='"1"', date=now), "--as", "feed")
        self.collect()
        self.collect()  # nothing is due yet
        self.assertEqual(self.site.asked[paths[0]], 1)
        self.site.article(1, title="Dépêche numéro 1, corrigée")
        self.site.pages[paths[1]][1]["ETag"] = '"2"'
        self.site.pages[paths[2]] = (410, {}, "")
        self.make_due(rereads=True)
        self.assertIn("3 read again, 1 withdrawn", self.collect().said)
        self.assertEqual(self.titles(), ["Dépêche numéro 0", "Dépêche numéro 1, corrigée", "Dépêche numéro 2"])
        one = self.sources()[0]
        self.assertEqual((one["articles"], one["editions"], one["rereads"], one["withdrawn"]), (3, 1, 3, 1))
        self.make_due(rereads=True)
        self.collect()
        self.assertEqual([self.site.asked[path] for path in paths], [3, 3, 2])  # what is gone is left alone
        changed = next(row["id"] for row in self.vigie("latest", "--json").rows if "corrigée" in row["title"])
        with self.serving("--no-collect") as (_, url):
            answer = json.load(urllib.request.urlopen(f"{url}/api/v1/articles/{changed}/editions", timeout=120))
        self.assertEqual([edition["article"]["title"] for edition in answer["editions"]],
                         ["Dépêche numéro 1", "Dépêche numéro 1, corrigée"])
        self.assert_clean()

    def test_rereading_can_be_left_out_and_articles_sent_home_are_withdrawn(self):
        now = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime())
        self.site.pages["/"] = (200, {"Content-Type": "text/html"}, page(title="Le journal", url=self.site.url("/")))
        path = self.site.article(1)
        self.source("add", self.site.feed([1], date=now), "--as", "feed")
        self.collect()
        self.site.pages[path] = (302, {"Location": "/"}, "")
        self.make_due(rereads=True)
        self.vigie("collect", "--once", "--no-reread", *FETCH)
        self.assertEqual(self.site.asked[path], 1)
        self.collect()
        self.assertEqual((self.sources()[0]["withdrawn"], self.titles()), (1, ["Dépêche numéro 1"]))

    def test_the_feeds_own_text_stands_in_for_a_page_that_cannot_be_had(self):
        self.site.pages["/2024/05/article-1.html"] = (403, {}, "")
        self.site.pages["/2024/05/article-2.html"] = (202, {}, "<p>attendez")
        self.source("add", self.site.feed([1, 2]), "--as", "feed")
        self.collect()
        self.assertEqual(len(self.titles()), 2)
        one = self.sources()[0]
        self.assertEqual((one["from_feed"], one["pages"], one["waiting"]), (2, 0, 0))
        self.assertIsNotNone(one["problem"])

    def test_a_page_that_fails_for_now_is_asked_again_and_becomes_an_edition(self):
        self.site.pages["/2024/05/article-1.html"] = (503, {}, "")
        self.source("add", self.site.feed([1]), "--as", "feed")
        self.collect()
        self.assertEqual(self.sources()[0]["waiting"], 1)
        self.site.article(1)
        self.make_due()
        self.collect()
        one = self.sources()[0]
        self.assertEqual(one["waiting"], 0)
        self.assertEqual(len(self.titles()), 1)
        text = self.vigie("show", self.vigie("latest", "--json").rows[0]["id"], "--text").text
        self.assertIn("premier paragraphe", text)

    def test_failures_back_off_and_are_said(self):
        for path, status in (("/gone.xml", 410), ("/wall.xml", 403), ("/wait.xml", 202), ("/busy.xml", 503), ("/many.xml", 429)):
            self.site.pages[path] = (status, {"Retry-After": "7200"} if status == 429 else {}, "<p>non")
            self.source("add", self.site.url(path), "--as", "feed")
        self.site.pages["/page.xml"] = (200, {"Content-Type": "text/html"}, "<!doctype html><title>Un site</title>")
        self.source("add", self.site.url("/page.xml"), "--as", "feed")
        self.collect()
        rows = self.sources()
        for one in rows:
            self.assertEqual(one["failures"], 1, one)
            self.assertTrue(one["problem"], one)
            self.assertGreater(one["next_try"], one["last_try"], one)
        waits = {one["url"].rsplit("/", 1)[1]: one for one in rows}
        self.assertIn("robot", waits["wait.xml"]["problem"])
        self.make_due()
        self.collect()
        self.assertTrue(all(one["failures"] == 2 for one in self.sources()))

    def test_a_feed_that_moved_for_good_is_asked_where_it_went_until_it_is_lost_there(self):
        self.site.article(1)
        self.site.feed([1], path="/new.xml")
        self.site.pages["/old.xml"] = (301, {"Location": "/new.xml"}, "")
        self.source("add", self.site.url("/old.xml"), "--as", "feed")
        for _ in range(2):
            self.collect()
            self.make_due()
        self.assertEqual(self.sources()[0]["moved_to"], self.site.url("/new.xml"))
        self.assertEqual((self.site.asked["/old.xml"], self.site.asked["/new.xml"]), (1, 2))
        self.site.pages["/new.xml"] = (404, {}, "")
        for failure in range(3):
            self.collect()
            self.make_due()
        self.assertIsNone(self.sources()[0]["moved_to"])
        self.site.feed([1], path="/old.xml")
        self.collect()
        self.assertEqual((self.site.asked["/old.xml"], self.sources()[0]["failures"]), (2, 0))
        # "For good" to something that is no feed is not believed.
        self.site.pages["/old.xml"] = (301, {"Location": "/"}, "")
        self.site.pages["/"] = (200, {"Content-Type": "text/html"}, "<!doctype html><title>Travaux</title>")
        self.make_due()
        self.collect()
        one = self.sources()[0]
        self.assertEqual((one["moved_to"], one["failures"]), (None, 1))
        self.assertTrue(one["problem"])

    def test_what_a_news_sitemap_showed_is_kept_after_it_left_it(self):
        def sitemap(numbers):
            now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            self.site.pages["/news.xml"] = (
                '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
                'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">' + "".join(
                    f"<url><loc>{self.site.url(f'/2024/05/article-{n}.html')}</loc><news:news><news:publication_date>{now}"
                    f"</news:publication_date><news:title>T{n}</news:title></news:news></url>" for n in numbers) + "</urlset>")

        self.site.article(1)
        self.site.pages["/2024/05/article-2.html"] = (503, {}, "")
        sitemap([1, 2])
        self.source("add", self.site.url("/news.xml"), "--as", "sitemap")
        self.collect()
        self.assertEqual((len(self.titles()), self.sources()[0]["waiting"]), (1, 1))
        self.site.article(2), self.site.article(3)
        sitemap([3])
        self.make_due()
        self.collect()
        self.assertEqual(self.titles(), [f"Dépêche numéro {number}" for number in (1, 2, 3)])
        sitemap([])
        self.make_due()
        self.collect()
        self.assertEqual(len(self.titles()), 3)

    def test_health_says_delays_duplicates_full_texts_and_the_next_try(self):
        an_hour_ago = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() - 3600))
        for number in (1, 2):
            self.site.article(number)
        self.site.pages["/2024/05/article-3.html"] = (403, {}, "")
        self.source("add", self.site.feed([1, 2, 3], date=an_hour_ago), "--as", "feed")
        self.collect()
        self.source("add", self.site.feed([2], path="/second.xml", date=an_hour_ago), "--as", "feed")
        self.collect()
        first, second = self.sources()
        self.assertTrue(3600 <= first["mean_delay_s"] < 3600 + 86400, first)
        self.assertEqual((first["articles"], first["pages"], first["from_feed"]), (3, 2, 1))
        self.assertEqual((second["articles"], second["duplicates"]), (0, 1))
        for one in (first, second):
            self.assertGreater(one["next_try"], one["last_success"])
        with self.serving("--no-collect") as (_, url):
            shown = urllib.request.urlopen(url + "/sources", timeout=120).read().decode()
        self.assertIn("second.xml", shown)

    def test_hostile_feeds_do_what_they_can_and_no_more(self):
        laughs = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">' + "".join(
            f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(20)) + \
            "]><rss><channel><item><title>&t;</title><description>&u;</description><guid>x</guid></item></channel></rss>"
        self.site.pages["/laughs.xml"] = laughs
        self.site.pages["/binary.xml"] = os.urandom(5000)
        self.site.pages["/empty.xml"] = ""
        self.site.pages["/bomb.xml"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b" " * (40 << 20), 5))
        self.site.pages["/loop.xml"] = (302, {"Location": "/loop2.xml"}, "")
        self.site.pages["/loop2.xml"] = (302, {"Location": "/loop.xml"}, "")
        self.site.pages["/meta.xml"] = (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, "")
        for name in ("laughs", "binary", "empty", "bomb", "loop", "loop2", "meta"):
            self.source("add", self.site.url(f"/{name}.xml"), "--as", "feed")
        done = self.vigie("collect", "--once", *FETCH, timeout=150)
        self.assertLess(done.memory_mb, 400)
        troubled = [one["url"].rsplit("/", 1)[1] for one in self.sources() if one["problem"]]
        self.assertLessEqual({"binary.xml", "empty.xml", "bomb.xml", "loop.xml", "loop2.xml", "meta.xml"}, set(troubled))

    def test_serve_collects_beside_its_pages(self):
        self.site.article(1)
        with self.serving(*FETCH):
            self.source("add", self.site.feed([1]), "--as", "feed")
            late = time.monotonic() + 300
            while not self.titles() and time.monotonic() < late:
                time.sleep(0.3)
            self.assertEqual(self.titles(), ["Dépêche numéro 1"])
            self.assertNotEqual(self.vigie("collect", "--once", code=None).code, 0)  # one collector is enough

    def test_a_hub_is_asked_to_tell_and_its_bell_is_heard(self):
        asked = []

        def hub(handler):
            asked.append(dict(urllib.parse.parse_qsl(handler.form.decode())))
            handler.send_response(202)
            handler.send_header("Content-Length", "0")
            handler.end_headers()

        self.site.pages["/hub"] = hub
        topic = self.site.url("/rss.xml")
        links = "".join(f'<link xmlns="http://www.w3.org/2005/Atom" rel="{rel}" href="{href}"/>'
                        for rel, href in (("hub", self.site.url("/hub")), ("self", topic)))
        self.site.article(1)
        with self.serving(*FETCH, "--callback", "https://vigie.example/") as (_, url):
            self.source("add", self.site.feed([1], extra=links), "--as", "feed")
            self.until(lambda: asked)
            self.assertEqual((asked[0]["hub.mode"], asked[0]["hub.topic"]), ("subscribe", topic))
            self.assertTrue(asked[0]["hub.callback"].startswith("https://vigie.example/websub/"))
            bell = url + urllib.parse.urlsplit(asked[0]["hub.callback"]).path

            def status(address, body=None):
                try:
                    with urllib.request.urlopen(address, body, timeout=120) as answer:
                        return answer.status, answer.read()
                except urllib.error.HTTPError as error:
                    return error.code, b""

            self.assertEqual(status(bell, b"early")[0], 410)  # nothing was confirmed yet
            question = {"hub.mode": "subscribe", "hub.topic": topic, "hub.challenge": "<defi>", "hub.lease_seconds": "864000"}
            self.assertEqual(status(bell + "?" + urllib.parse.urlencode({**question, "hub.topic": "x"}))[0], 404)
            self.assertEqual(status(bell + "?" + urllib.parse.urlencode({**question, "hub.mode": "unsubscribe"}))[0], 404)
            self.assertEqual(status(bell + "?" + urllib.parse.urlencode(question)), (200, b"<defi>"))
            self.assertEqual(status(bell[:-1] + "x", b"<rss/>")[0], 410)
            self.until(self.titles)
            self.site.article(2)
            self.site.feed([2, 1], extra=links)
            time.sleep(6)  # a feed asked within seconds is not asked again
            self.assertEqual(status(bell, b"x" * 200_000)[0], 202)  # whatever it says, the feed is what counts
            self.until(lambda: len(self.titles()) == 2)
            self.assertEqual(len(asked), 1)

    def until(self, true):
        late = time.monotonic() + 300
        while not true():
            self.assertLess(time.monotonic(), late, "five minutes have passed")
            time.sleep(0.2)

    def test_an_address_is_ingested(self):
        path = self.site.article(3)
        row = self.vigie("ingest", "--json", *FETCH, self.site.url(path)).rows[0]
        self.assertEqual(row["status"], "new")
        self.vigie("ingest", "--json", self.site.url(path), code=1)

    def test_kill_9_while_collecting_loses_nothing_and_doubles_nothing(self):
        numbers = range(60)
        for number in numbers:
            self.site.article(number)
        now = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime())
        self.source("add", self.site.feed(numbers, date=now), "--as", "feed")
        for _ in range(KILLS):
            process = start("collect", "--data", self.data, "--once", *FETCH)
            try:
                time.sleep(self.random.uniform(0.05, 0.8))
                process.send_signal(signal.SIGKILL)
            finally:
                process.wait()
                process.stdout.close()
                process.stderr.close()
            self.make_due(rereads=True)
        self.collect()
        self.assertEqual(self.titles(), sorted(f"Dépêche numéro {number}" for number in numbers))
        self.assertEqual(self.stats()["editions"], 60)
        self.assert_clean()


class Many(VigieTest):
    def test_many_feeds_are_polled_and_memory_stays(self):
        """bench/collect/feeds.py, small: nothing is missed, and a later round needs no more memory than the one before."""
        bench = pathlib.Path(__file__).parents[2] / "bench" / "collect" / "feeds.py"
        done = subprocess.run([sys.executable, bench, "300", "60", "3"], capture_output=True, text=True, check=True, timeout=900,
                              env={**os.environ, "VIGIE": str(BINARY)})
        rounds = json.loads(done.stdout.splitlines()[-1])
        self.assertEqual([one["sources asked"] for one in rounds], [300] * 4)
        self.assertEqual([one["new articles"] for one in rounds], [300, 60, 60, 60])
        self.assertEqual([one["failed"] for one in rounds], [0] * 4)
        self.assertLess(rounds[3]["peak_mb"], rounds[1]["peak_mb"] + 10)


class Secure(VigieTest):
    """TLS, HTTP/2 and brotli, on loopback."""

    def certificate(self, name, host):
        key, cert = self.folder / f"{name}.key", self.folder / f"{name}.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
                        "2", "-subj", "/CN=essai", "-addext", f"subjectAltName=IP:{host}", "-keyout", key, "-out", cert],
                       check=True, capture_output=True)
        return key, cert

    def site(self, key, cert):
        process = subprocess.Popen(["node", pathlib.Path(__file__).with_name("secure_site.mjs"), key, cert],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(lambda: (process.stdin.close(), process.stdout.close(), process.wait(20)))
        return f"https://127.0.0.1:{int(process.stdout.readline())}/page"

    def ingest(self, url, trusted=None, code=0):
        with unittest.mock.patch.dict(os.environ, {"SSL_CERT_FILE": str(trusted)} if trusted else {}):
            return self.vigie("ingest", "--json", *FETCH, url, code=code)

    @unittest.skipUnless(shutil.which("node") and shutil.which("openssl"), "Node.js or openssl is not here")
    def test_certificates_are_verified_and_http2_with_brotli_is_read(self):
        key, cert = self.certificate("right", "127.0.0.1")
        url = self.site(key, cert)
        self.assertIn("certificate", self.ingest(url, code=1).said)  # nobody vouches for it
        self.assertEqual(self.ingest(url, trusted=cert).rows[0]["status"], "new")
        self.assertEqual(self.vigie("latest", "--json").rows[0]["title"], "Le phare parle en sourdine")
        record = gzip.decompress(next((self.data / "captures").iterdir()).read_bytes())
        self.assertIn(b"WARC-Type: response", record)
        self.assertIn(b"X-Archive-Orig-content-encoding: br", record)
        key, cert = self.certificate("wrong", "127.0.0.9")
        self.assertIn("certificate", self.ingest(self.site(key, cert), trusted=cert, code=1).said)  # another host's
        self.assert_clean()


class Archives(VigieTest):
    def test_an_archive_survives_ctrl_c_and_kill_9_each_page_once(self):
        """bench/collect/interrupted.py, small: whatever ends it, the next run goes on, and no page is missing or twice."""
        bench = pathlib.Path(__file__).parents[2] / "bench" / "collect" / "interrupted.py"
        done = subprocess.run([sys.executable, bench, "--mb", "40", "--times", "4", "--told", "700"], capture_output=True,
                              text=True, timeout=3600, env={**os.environ, "VIGIE": str(BINARY)})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        found = json.loads(done.stdout.splitlines()[-1])
        self.assertTrue(found["clean"])
        self.assertGreater(len(found["runs"]), 1, done.stdout)  # more than are under way at once, so the first was cut short
        self.assertLess(sum(run["twice"] for run in found["runs"]), found["pages"], done.stdout)

    def test_an_interrupted_archive_goes_on_where_it_stopped(self):
        records = []
        for number in range(4000):
            html = page(title=f"Page {number}", url=f"https://a.example/{number}").encode()
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html
            head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{number}\r\n"
                    f"WARC-Date: 2024-05-01T10:00:00Z\r\nContent-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n")
            records.append(gzip.compress(head.encode() + http + b"\r\n\r\n", 0))
        archive = self.file("news.warc.gz", b"".join(records))
        process = start("ingest", "--data", self.data, "--json", archive)
        for _ in range(500):  # then Ctrl-C
            process.stdout.readline()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=300)
        done = self.vigie("ingest", "--json", archive)
        self.assertIn("going on at byte", done.said)
        self.assertLess(len(done.rows), 3600)
        self.assertEqual(self.stats()["articles"], 4000)
        again = self.vigie("ingest", "--json", archive)
        self.assertEqual({row["status"] for row in again.rows}, {"unchanged"})
        self.assertEqual(len(again.rows), 4000)


if __name__ == "__main__":
    unittest.main()

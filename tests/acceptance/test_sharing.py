"""One process owns a data directory; others reach it and answer the same. Two writers never corrupt."""
import concurrent.futures
import json
import signal
import time
import unittest
import urllib.error
import urllib.request

from product import DEMO, VigieTest, dispatch, page, run, start

READS = [("latest", "--json"), ("latest", "--limit", 3), ("search", "barrage"), ("search", "barrage", "--json", "--facets"),
         ("search", "grève OR strike", "--sort", "date", "--json", "--no-fold"), ("search", '"unbalanced', "--json"),
         ("search", "barrage", "--explain"), ("export", "--format", "jsonl"), ("export", "barrage", "--format", "csv"),
         ("export", "--format", "warc"), ("show", "ligneul-1962-0411"), ("show", "ligneul-1962-0411", "--json"),
         ("show", "ligneul-1962-0411", "--raw"), ("show", "absent"), ("stats", "--json"), ("stats",), ("check",),
         ("search", "introuvable")]


class BesideServe(VigieTest):
    def test_every_reading_command_answers_the_same_bytes(self):
        self.vigie("ingest", DEMO / "edition")
        self.vigie("reindex")

        def answers():
            done = [self.vigie(*read[:1], *read[1:], code=None) for read in READS]
            return [(one.code, one.out, one.err) for one in done]

        alone = answers()
        with self.serving():
            beside = answers()
        for read, one, other in zip(READS, alone, beside):
            with self.subTest(read):
                self.assertTrue(one == other, f"{read}: alone {one[0]}, {len(one[1])} bytes; beside {other[0]}, {len(other[1])} bytes")

    def test_writing_commands_answer_the_same(self):
        rows, edited = [dispatch(n) for n in range(20)], [dispatch(3, body="motneuf")]
        first, second = self.jsonl(rows, "a.jsonl"), self.jsonl(edited, "b.jsonl")

        def answers(data):
            steps = [("ingest", first, "--json"), ("ingest", second, "--json"), ("ingest", first, "--json"),
                     ("ingest", self.folder / "gone", "--json"), ("search", "vigiecommun", "--json", "--sort", "date"),
                     ("remove", "row-7", "--json"), ("remove", "row-7", "--json"), ("remove", "motpropre9x"), ("reindex",),
                     ("search", "vigiecommun", "--json", "--sort", "date"), ("check",)]
            return [(done.code, done.out, done.err) for done in
                    (self.vigie(*step, data=data, code=None) for step in steps)]

        alone = answers(self.folder / "alone")
        data = self.folder / "beside"
        with self.serving(data=data):
            beside = answers(data)
        self.assertEqual(alone, beside)

    def test_relative_paths_and_standard_input_are_the_callers(self):
        self.file("here/page.html", page("Une page du dossier courant"))
        with self.serving():
            done = self.vigie("ingest", "page.html", "--json", cwd=self.folder / "here")
            self.assertEqual([(row["input"], row["status"]) for row in done.rows], [("page.html", "new")])
            given = json.dumps(dispatch(1)).encode()
            self.assertEqual([row["id"] for row in self.vigie("ingest", "-", "--json", given=given).rows], ["row-1"])

    def test_what_is_ingested_is_served_at_once(self):
        with self.serving() as (_, address):
            self.ingest_rows([dispatch(1, title="Une nouvelle toute fraîche")])
            with urllib.request.urlopen(address + "/", timeout=120) as answer:
                self.assertIn("Une nouvelle toute fraîche", answer.read().decode())

    def test_a_second_server_is_refused(self):
        with self.serving():
            done = run("serve", "--data", self.data, "--listen", "127.0.0.1:0", timeout=20)
            self.assertEqual(done.code, 1)
            self.assertNotEqual(done.err, b"")

    def test_a_killed_server_leaves_the_directory_usable(self):
        self.ingest_rows([dispatch(1)])
        owner = start("serve", "--data", self.data, "--listen", "127.0.0.1:0")
        owner.stdout.readline()
        owner.kill()
        owner.communicate()
        self.assertEqual(self.ids("motpropre1x"), ["row-1"])
        self.assert_clean()

    def test_a_client_that_is_interrupted_does_not_hurt_the_owner(self):
        path = self.jsonl([dispatch(n) for n in range(20000)])
        with self.serving():
            client = start("ingest", "--data", self.data, "--json", path)
            client.stdout.readline()
            client.send_signal(signal.SIGINT)
            client.communicate(timeout=300)
            self.assertNotEqual(client.returncode, 0)
            killed = start("ingest", "--data", self.data, "--json", path)
            killed.stdout.readline()
            killed.kill()
            killed.communicate()
            self.assertEqual(self.ids("motpropre0x"), ["row-0"])
        self.assert_clean()


    def test_a_client_that_does_not_read_its_answers_does_not_stop_the_others(self):
        """vigie ingest --json | less, left alone: its pipe is full after 64 kB."""
        path = self.jsonl([dispatch(n) for n in range(5000)])
        with self.serving():
            stuck = start("ingest", "--data", self.data, "--json", path)
            try:
                stuck.stdout.readline()
                time.sleep(1)
                other = run("ingest", "--data", self.data, "--json", self.jsonl([dispatch(9000)], "one.jsonl"), timeout=20)
                self.assertEqual([row["status"] for row in other.rows], ["new"])
                self.assertEqual(self.ids("motpropre9000x"), ["row-9000"])
            finally:
                stuck.kill()
                stuck.communicate()


class Writers(VigieTest):
    def ingest_together(self, *paths):
        """All at once, each with a reader of its own, as in terminals of their own."""
        with concurrent.futures.ThreadPoolExecutor(len(paths)) as pool:
            done = list(pool.map(lambda path: run("ingest", "--data", self.data, "--json", path, timeout=120), paths))
        for one in done:
            self.assertEqual(one.code, 0, one.said)
        return [one.rows for one in done]

    def test_two_different_inputs(self):
        told = self.ingest_together(self.jsonl([dispatch(n) for n in range(0, 3000)], "a.jsonl"),
                                    self.jsonl([dispatch(n) for n in range(3000, 6000)], "b.jsonl"))
        self.assertEqual([len(rows) for rows in told], [3000, 3000])
        self.assertEqual(len(self.ids("vigiecommun", "--sort", "date")), 6000)
        self.assertEqual(self.stats()["articles"], 6000)
        self.assert_clean()

    def test_the_same_input_twice(self):
        path = self.jsonl([dispatch(n) for n in range(2000)])
        told = self.ingest_together(path, path, path)
        fresh = [row["id"] for rows in told for row in rows if row["status"] == "new"]
        self.assertEqual(sorted(fresh), sorted(f"row-{n}" for n in range(2000)), "each is new for exactly one of them")
        self.assertEqual(self.stats()["editions"], 2000)
        self.assert_clean()

    def test_reading_while_writing(self):
        path = self.jsonl([dispatch(n) for n in range(8000)])
        writer = start("ingest", "--data", self.data, path)
        counts = []
        while writer.poll() is None:
            counts.append(len(self.ids("vigiecommun", "--sort", "date")))
            time.sleep(0.05)
        writer.communicate()
        self.assertEqual(writer.returncode, 0)
        self.assertEqual(counts, sorted(counts), "what was found stays found")
        self.assertEqual(len(self.ids("vigiecommun", "--sort", "date")), 8000)

    def test_two_servers_worth_of_commands_at_once(self):
        """Twenty short commands on an empty directory: each waits its turn or reaches the owner, none fails."""
        paths = [self.jsonl([dispatch(n)], f"{n}.jsonl") for n in range(20)]
        self.ingest_together(*paths)
        self.assertEqual(self.stats()["articles"], 20)
        self.assert_clean()


class Http(VigieTest):
    """Only the outside: what a browser and a probe see. tests/serve/ has the rest."""

    def get(self, address, path, **headers):
        request = urllib.request.Request(address + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return answer.status, dict(answer.headers), answer.read().decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            with error:
                return error.code, dict(error.headers), error.read().decode("utf-8", "replace")

    def test_pages_answer_in_two_languages(self):
        self.vigie("ingest", DEMO / "edition")
        with self.serving() as (_, address):
            status, headers, front = self.get(address, "/", **{"Accept-Language": "fr"})
            self.assertEqual(status, 200)
            self.assertIn("text/html", headers["Content-Type"])
            self.assertIn("Dernières infos", front)
            self.assertIn("Gwendal", front)
            _, _, english = self.get(address, "/", **{"Accept-Language": "en"})
            self.assertIn('lang="en"', english)
            self.assertIn('lang="fr"', front)
            self.assertEqual(self.get(address, "/healthz")[0], 200)
            self.assertEqual(self.get(address, "/no-such-page")[0], 404)

    def test_no_script_of_a_page_reaches_a_browser(self):
        evil = '<script>alert("zq")</script><img src=x onerror=alert(1)>'
        self.ingest_rows([dispatch(1, title="Titre " + evil, lede="Chapô " + evil, body="Corps zqmalin " + evil,
                                   authors=[evil], url="javascript:alert(1)", source='"><script>x</script>')])
        with self.serving() as (_, address):
            identity = "row-1"
            pages = [self.get(address, path)[2] for path in
                     ("/", "/search?q=zqmalin", "/recherche?q=zqmalin", f"/article/{identity}", f"/a/{identity}",
                      "/search?q=" + urllib.request.quote('"><script>alert(1)</script>'))]
            for text in pages:
                self.assertNotIn("<script>alert", text)
                self.assertNotIn("<img src=x", text)
                self.assertNotIn('href="javascript:', text)

    def test_any_other_address_requires_a_password(self):
        done = run("serve", "--data", self.data, "--listen", "0.0.0.0:0", timeout=20)
        self.assertIn(done.code, (1, 2))
        self.assertNotEqual(done.err, b"")


if __name__ == "__main__":
    unittest.main()

"""Every command: options, JSON, exit codes, what goes to stdout and what to stderr, help with an example."""
import csv
import datetime
import gzip
import io
import json
import os
import pty
import re
import shutil
import subprocess
import threading
import time
import unittest
import zlib

from product import DEMO, VigieTest, dispatch, environment, page, run, start

COMMANDS = ["ingest", "extract", "latest", "search", "show", "export", "remove", "serve", "stats", "reindex", "check"]
ARTICLE_KEYS = {"id", "url", "source", "language", "kicker", "title", "lede", "paragraphs", "body", "authors", "published",
                "modified", "seen", "section", "tags", "image", "access", "kind", "text", "quotes", "mentions", "copy_of",
                "story", "diagnostics"}


class Help(VigieTest):
    def test_every_command_has_help_with_an_example(self):
        for command in COMMANDS:
            with self.subTest(command):
                done = run(command, "--help")
                self.assertEqual((done.code, done.err), (0, b""))
                self.assertRegex(done.text, r"(?i)example")
                self.assertIn(f"vigie {command}", done.text)

    def test_the_binary_lists_its_commands(self):
        done = run("--help")
        self.assertEqual(done.code, 0)
        for command in COMMANDS:
            self.assertRegex(done.text, rf"(?m)^\s+{command}\b")

    def test_help_makes_no_data_directory(self):
        for command in ("ingest", "search", "serve"):
            run(command, "--data", self.data, "--help")
        self.assertFalse(self.data.exists())

    def test_version(self):
        done = run("--version")
        self.assertEqual(done.code, 0)
        self.assertRegex(done.text, r"\d+\.\d+")


class Usage(VigieTest):
    def test_bad_usage_is_2_and_says_so_on_stderr_alone(self):
        for arguments in ([], ["fly"], ["search"], ["show"], ["ingest"], ["latest", "--limit", "many"],
                          ["latest", "--limit", "-1"], ["search", "x", "--sort", "colour"], ["search", "x", "--nope"],
                          ["export", "--format", "pdf"], ["extract", "--format", "pdf", "x"], ["remove"],
                          ["serve", "--listen", "nowhere"], ["extract"]):
            with self.subTest(arguments):
                own = ["--data", self.data] if arguments and arguments[0] not in ("fly", "extract") else []
                done = run(*arguments[:1], *own, *arguments[1:], timeout=20)
                self.assertEqual(done.code, 2, done.said)
                self.assertEqual(done.out, b"")
                self.assertNotEqual(done.err, b"")

    def test_what_does_not_exist_is_1(self):
        self.ingest_rows([dispatch(1)])
        for command, argument in (("show", "no-such-id"), ("remove", "no-such-id"), ("ingest", self.folder / "gone.html")):
            with self.subTest(command):
                done = self.vigie(command, argument, code=1)
                self.assertEqual(done.out, b"")
                self.assertNotEqual(done.err, b"")

    def test_an_answer_of_nothing_is_no_failure(self):
        done = self.vigie("search", "introuvable", "--json")
        self.assertEqual(done.out, b"")
        self.assertEqual(self.vigie("latest", "--json").out, b"")
        self.assertEqual(self.vigie("export", "--format", "jsonl").out, b"")


class DataDirectory(VigieTest):
    def test_from_the_environment(self):
        source = self.jsonl([dispatch(1)])
        done = run("ingest", source, env=environment(VIGIE_DATA=str(self.folder / "a")))
        self.assertEqual(done.code, 0, done.said)
        self.assertTrue((self.folder / "a" / "vigie.db").exists())
        done = run("ingest", source, env=environment(XDG_DATA_HOME=str(self.folder / "b")))
        self.assertEqual(done.code, 0, done.said)
        self.assertTrue((self.folder / "b" / "vigie" / "vigie.db").exists())

    def test_the_option_wins(self):
        done = run("ingest", "--data", self.data, self.jsonl([dispatch(1)]),
                   env=environment(VIGIE_DATA=str(self.folder / "a")))
        self.assertEqual(done.code, 0, done.said)
        self.assertFalse((self.folder / "a").exists())

    def test_layout_is_the_documented_one(self):
        self.vigie("ingest", DEMO / "edition" / "captures.warc.gz")
        self.assertEqual((self.data / "vigie.db").read_bytes()[:15], b"SQLite format 3")
        captures = list((self.data / "captures").glob("*.warc.gz"))
        self.assertTrue(captures)
        with gzip.open(captures[0]) as file:
            self.assertTrue(file.read(5).startswith(b"WARC/"))
        self.assertTrue((self.data / "index").is_dir())


class Ingest(VigieTest):
    def test_a_line_per_item_in_input_order(self):
        done = self.ingest_rows([dispatch(n) for n in range(50)])
        self.assertEqual([row["id"] for row in done.rows], [f"row-{n}" for n in range(50)])
        self.assertTrue(all(row["status"] == "new" for row in done.rows))
        self.assertEqual([row["position"] for row in done.rows], list(range(1, 51)))
        self.assertTrue(all(row["input"].endswith("rows.jsonl") for row in done.rows))

    def test_without_json_stdout_is_quiet_and_the_summary_is_on_stderr(self):
        done = self.vigie("ingest", self.jsonl([dispatch(1)]))
        self.assertEqual(done.out, b"")
        self.assertIn("1", done.said)

    def test_standard_input_is_acknowledged_while_it_still_runs(self):
        process = start("ingest", "--data", self.data, "--json", "-", stdin=subprocess.PIPE)
        watchdog = threading.Timer(30, process.kill)
        watchdog.start()
        for number in range(3):
            process.stdin.write((json.dumps(dispatch(number)) + "\n").encode())
            process.stdin.flush()
            line = process.stdout.readline()
            self.assertTrue(line, "no line for an item within 30 s while the pipe stays open")
            self.assertEqual(json.loads(line)["id"], f"row-{number}")
        process.stdin.close()
        self.assertEqual(process.wait(), 0)
        watchdog.cancel()
        process.stdout.close()
        process.stderr.close()

    def test_a_changed_article_is_an_edition_and_the_old_one_goes_from_the_answers(self):
        self.ingest_rows([dispatch(1)])
        done = self.ingest_rows([dispatch(1, body="Corps corrigé avec motcorrige dedans.")])
        self.assertEqual([row["status"] for row in done.rows], ["edition"])
        self.assertEqual(self.strict_ids("motcorrige"), ["row-1"])
        self.assertEqual(self.strict_ids("motpropre1x"), [])
        self.assertEqual(self.stats()["articles"], 1)
        self.assertIn("motcorrige", self.vigie("show", "row-1", "--text").text)

    def test_what_was_given_before_changes_nothing_however_fast_it_comes_again(self):
        """A folder of dumps, old and new, is ingested twice: records have no time of their own, so a repetition is no news."""
        first, second = dispatch(1, body="Version première motun."), dispatch(1, body="Version seconde motdeux.")
        told = [self.ingest_rows([row]).rows[0]["status"] for row in (first, second, first, second, first)]
        self.assertEqual(told, ["new", "edition", "unchanged", "unchanged", "unchanged"])
        self.assertIn("motdeux", self.vigie("show", "row-1", "--text").text)

    def test_an_older_capture_never_replaces_a_newer_edition(self):
        warc = DEMO / "edition" / "captures.warc.gz"
        self.vigie("ingest", warc)
        newest = [row for row in self.vigie("export", "--format", "jsonl").rows if "ce-que-l-on-sait" in row["url"]]
        self.assertEqual(len(newest), 1)
        self.assertIn("3 400", newest[0]["lede"].replace("\u00a0", " "))
        self.vigie("ingest", warc)
        again = [row for row in self.vigie("export", "--format", "jsonl").rows if "ce-que-l-on-sait" in row["url"]]
        self.assertEqual(again, newest)

    def test_a_folder_and_several_paths(self):
        self.file("in/a.html", page("Première page du dossier"))
        self.file("in/deep/b.html", page("Seconde page du dossier"))
        one = self.jsonl([dispatch(1)])
        done = self.vigie("ingest", self.folder / "in", one, "--json")
        self.assertEqual(len(done.rows), 3)
        self.assertEqual(self.stats()["articles"], 3)

    def test_one_missing_path_does_not_stop_the_others(self):
        done = self.vigie("ingest", self.folder / "gone", self.jsonl([dispatch(1)]), "--json", code=1)
        self.assertEqual([row["status"] for row in done.rows], ["error", "new"])
        self.assertTrue(done.rows[0]["error"])

    def test_bad_lines_of_jsonl_are_reported_and_the_rest_kept(self):
        path = self.file("mixed.jsonl", json.dumps(dispatch(1)) + "\nnot json\n\n[1]\n{\"id\": \"empty\"}\n" +
                         json.dumps(dispatch(2)) + "\n" + json.dumps(dispatch(3)))
        done = self.vigie("ingest", path, "--json", code=1)
        kept = [row["id"] for row in done.rows if row["status"] == "new"]
        self.assertTrue({"row-1", "row-2", "row-3"} <= set(kept), done.rows)
        self.assertIn(2, [row["position"] for row in done.rows if row["status"] == "error"])

    def test_jsonl_keys_language_unknown_and_derived(self):
        self.ingest_rows([dispatch(1, language="en", lang=None, quotes=[{"text": "forged"}], story="s", shelf="B-12"),
                          {"title": "Seul un titre, et rien d'autre"}])
        article = self.vigie("show", "row-1", "--json").rows[0]
        self.assertEqual(article["language"], "en")
        self.assertNotIn("forged", json.dumps(article["quotes"]))
        self.assertEqual(self.stats()["articles"], 2)

    def test_identity(self):
        rows = [dispatch(1), dispatch(2, url="https://fil.example/1"), dispatch(3, id="x" * 128, url=None),
                dispatch(4, id="pas d'espace !", url="https://fil.example/4"), dispatch(5, id=None, url=None)]
        first = [row["id"] for row in self.ingest_rows(rows).rows]
        self.assertEqual(len(set(first)), 5, "two ids may share a URL")
        self.assertEqual(first[2], "x" * 128)
        for identity in first:
            self.assertRegex(identity, r"^[A-Za-z0-9._:-]{1,128}$")
        again = self.ingest_rows(rows)
        self.assertEqual([row["id"] for row in again.rows], first)
        self.assertTrue(all(row["status"] == "unchanged" for row in again.rows))

    def test_a_canonical_link_elsewhere_or_to_a_home_page_is_not_believed(self):
        lines = []
        for name, link in (("own", "https://fil.example/canon"), ("elsewhere", "https://ailleurs.example/x"),
                           ("home", "https://fil.example/")):
            lines.append(f"{self.file(name + '.html', page(name, url=link))}\thttps://fil.example/{name}?utm_source=x\n")
        rows = self.vigie("extract", "--list", self.file("list.tsv", "".join(lines))).rows
        self.assertEqual(rows[0]["url"], "https://fil.example/canon")
        self.assertTrue(rows[1]["url"].startswith("https://fil.example/elsewhere"), rows[1]["url"])
        self.assertTrue(rows[2]["url"].startswith("https://fil.example/home"), rows[2]["url"])

    def slow_ingest(self, stderr):
        process = start("ingest", "--data", self.data, "-", stdin=subprocess.PIPE, stderr=stderr)
        for number in range(12):
            process.stdin.write((json.dumps(dispatch(number)) + "\n").encode())
            process.stdin.flush()
            time.sleep(0.2)
        process.stdin.close()
        process.stdin = None
        return process

    def test_a_progress_bar_on_a_terminal_only(self):
        master, slave = pty.openpty()
        process = self.slow_ingest(slave)
        os.close(slave)
        shown = b""
        try:
            while piece := os.read(master, 4096):
                shown += piece
        except OSError:  # the terminal's other end is gone
            pass
        process.wait(20)
        process.stdout.close()
        os.close(master)
        self.assertRegex(shown, rb"\r[^\n]", "a line is redrawn on a terminal")
        process = self.slow_ingest(subprocess.PIPE)
        _, said = process.communicate(timeout=300)
        self.assertNotIn(b"\r", said)


class Extract(VigieTest):
    def test_one_line_per_input_in_input_order_whatever_happens(self):
        pages = [self.file(f"{n}.html", page(f"Titre de la page {n}")) for n in range(30)]
        pages.insert(7, self.folder / "gone.html")
        done = self.vigie("extract", *pages, code=1)
        rows = done.rows
        self.assertEqual(len(rows), 31)
        self.assertTrue(rows[7]["diagnostics"])
        titles = [row["title"] for row in rows if row["title"]]
        self.assertEqual(titles, [f"Titre de la page {n}" for n in range(30)])
        self.assertIn("gone.html", done.said)

    def test_the_list_gives_addresses(self):
        a, b = self.file("a.html", page("A un titre")), self.file("b.html", page("B un titre"))
        done = self.vigie("extract", "--list", self.file("list.tsv", f"{a}\thttps://x.example/a\n{b}\t\n"))
        self.assertEqual([row["url"] for row in done.rows], ["https://x.example/a", None])

    def test_the_article_has_every_key_and_no_guess(self):
        row = self.vigie("extract", self.file("a.html", page())).rows[0]
        self.assertEqual(set(row), ARTICLE_KEYS)
        for name in ("url", "published", "modified", "seen", "kicker", "section", "image", "copy_of", "story"):
            self.assertIsNone(row[name], name)
        for name in ("paragraphs", "authors", "tags", "quotes", "mentions", "diagnostics"):
            self.assertIsInstance(row[name], list, name)
        self.assertIn(row["access"], ("free", "paid", "unknown"))
        self.assertIn(row["kind"], ("article", "live", "listing", "other"))

    def test_times_keep_the_offset_of_the_source(self):
        for given, expected in (("2018-09-07T18:42:00+02:00", "2018-09-07T18:42:00+02:00"),
                                ("2018-09-07T18:42:00Z", "2018-09-07T18:42:00Z"), ("2018-09-07", "2018-09-07"),
                                ("2018-09-07T18:42:00-0330", "2018-09-07T18:42:00-03:30")):
            with self.subTest(given):
                row = self.vigie("extract", self.file("a.html", page(published=given))).rows[0]
                self.assertEqual(row["published"], expected)

    def test_the_url_option(self):
        row = self.vigie("extract", "--url", "https://x.example/2018/09/07/a.html", self.file("a.html", page())).rows[0]
        self.assertEqual(row["url"], "https://x.example/2018/09/07/a.html")

    def test_it_needs_no_store(self):
        empty = self.folder / "home"
        empty.mkdir()
        run("extract", self.file("a.html", page()), env=environment(HOME=str(empty), XDG_DATA_HOME=str(empty)))
        self.assertEqual(list(empty.iterdir()), [])


class Asking(VigieTest):
    def setUp(self):
        super().setUp()
        self.ingest_rows([dispatch(n) for n in range(40)])

    def test_latest_is_newest_first_and_limited(self):
        rows = self.vigie("latest", "--json", "--limit", 100).rows
        self.assertEqual(len(rows), 40)
        moments = [datetime.datetime.fromisoformat(row["published"]) for row in rows]
        self.assertEqual(moments, sorted(moments, reverse=True))
        self.assertEqual([row["id"] for row in self.vigie("latest", "--json", "--limit", 3).rows],
                         [row["id"] for row in rows[:3]])
        self.assertEqual(set(rows[0]), ARTICLE_KEYS)

    def test_a_date_in_the_future_does_not_lead(self):
        self.ingest_rows([dispatch(99, published="2999-01-01T00:00:00+01:00")], name="future.jsonl")
        self.ingest_rows([dispatch(98, published=None)], name="undated.jsonl")
        self.assertEqual({row["id"] for row in self.vigie("latest", "--json", "--limit", 2).rows}, {"row-98", "row-99"})

    def test_hits_have_their_keys(self):
        row = self.vigie("search", "motpropre7x", "--json").rows[0]
        self.assertLessEqual({"id", "title", "source", "published", "score", "snippet", "copies", "partial"}, set(row))
        self.assertEqual(row["id"], "row-7")
        self.assertIs(row["partial"], False)
        self.assertIsInstance(row["copies"], list)

    def test_limit_and_offset_walk_the_same_list(self):
        whole = self.ids("vigiecommun", "--sort", "date")
        self.assertEqual(len(whole), 40)
        walked = []
        for offset in range(0, 40, 7):
            done = self.vigie("search", "vigiecommun", "--sort", "date", "--no-fold", "--limit", 7, "--offset", offset, "--json")
            walked += [row["id"] for row in done.rows]
        self.assertEqual(walked, whole)

    def test_sorted_by_date_is_newest_first(self):
        rows = self.vigie("search", "vigiecommun", "--sort", "date", "--no-fold", "--limit", 100, "--json").rows
        moments = [datetime.datetime.fromisoformat(row["published"]) for row in rows]
        self.assertEqual(moments, sorted(moments, reverse=True))

    def test_facets_are_one_last_line(self):
        rows = self.vigie("search", "vigiecommun", "--facets", "--limit", 2, "--no-fold", "--json").rows
        self.assertEqual(len(rows), 3)
        self.assertEqual(list(rows[-1]), ["facets"])
        self.assertIn("40", json.dumps(rows[-1]))

    def test_explain_says_something(self):
        plain = self.vigie("search", "vigiecommun", "--limit", 1).out
        self.assertGreater(len(self.vigie("search", "vigiecommun", "--limit", 1, "--explain").out), len(plain))

    def test_scores_can_be_repeated(self):
        once = self.vigie("search", "dépêche vigiecommun", "--json").out
        self.assertEqual(self.vigie("search", "dépêche vigiecommun", "--json").out, once)

    def test_the_query_language(self):
        for query, expected in (
                ("motpropre3x OR motpropre4x", {"row-3", "row-4"}),
                ("(motpropre3x OR motpropre4x) -titre:3", {"row-4"}),
                ("(motpropre3x OR motpropre4x) NOT motpropre4x", {"row-3"}),
                ("title:39", {"row-39"}), ("titre:39", {"row-39"}),
                ("chapo:39 lede:phrase", {"row-39"}), ("corps:motpropre5x", {"row-5"}), ("body:motpropre5x", {"row-5"}),
                ("titre:motpropre5x", set()), ("source:fil.example motpropre6x", {"row-6"}), ("source:ailleurs", set()),
                ("langue:fr motpropre6x", {"row-6"}), ("lang:en", set()),
                ("motpropre1*", {"row-1"} | {f"row-{n}" for n in range(10, 20)}),
                ('"mot propre est motpropre8x"', {"row-8"}), ('"propre mot est motpropre8x"', set()),
                ("commun NEAR/3 motpropre8x", set()), ("propre NEAR/5 motpropre8x", {"row-8"}),
                ("motpropre8y~1", {"row-8"}), ("MOTPROPRE8X", {"row-8"}),
                ("date:2025-03", {f"row-{n}" for n in range(40) if 1 + n % 12 == 3}),
                ("date:2025-02-02/2025-02-14", {f"row-{n}" for n in range(40) if n % 12 == 1 and 2 <= 1 + n % 28 <= 14}),
                ("date:2024", set())):
            with self.subTest(query):
                self.assertEqual(set(self.strict_ids(query)), expected)

    def test_days_are_those_of_the_configured_zone(self):
        self.ingest_rows([dispatch(70, published="2025-06-30T23:30:00+01:00")], name="late.jsonl")
        def found(zone, query):
            done = run("search", "--data", self.data, query, "--json", env=environment(TZ=zone))
            return [row["id"] for row in done.rows]
        self.assertEqual(found("Europe/Paris", "motpropre70x date:2025-07-01"), ["row-70"])
        self.assertEqual(found("UTC", "motpropre70x date:2025-06-30"), ["row-70"])

    def test_french_words_match_across_their_forms(self):
        self.ingest_rows([dispatch(80, title="L'œuvre des cœurs", lede="", body="Les chevaux d'Étretat couraient. Aujourd'hui, "
                                   "qu'il pleuve ou qu’il vente, l’État-major négocie.")], name="forms.jsonl")
        for query in ("oeuvre", "œuvre", "OEUVRE", "coeur", "cœurs", "cheval", "etretat", "Étretat", "d'Étretat", "courir",
                      "l'état-major", "negocie", "etat major"):
            with self.subTest(query):
                self.assertIn("row-80", self.ids(query))

    def test_participles_agree_in_gender_and_number(self):
        self.ingest_rows([dispatch(87, body="Les habitantes évacuées, la route coupée, les blessées, une mesure annoncée.")],
                         name="participles.jsonl")
        for query in ("évacué", "évacués", "évacuée", "evacue", "évacuer", "coupé", "couper", "blessé", "blessés", "annoncé", "annonce"):
            with self.subTest(query):
                self.assertIn("row-87", self.strict_ids(query))

    def test_an_exact_phrase_is_not_stemmed(self):
        self.ingest_rows([dispatch(81, body="Les manifestants avancés vers la mairie zqmarqueur."),
                          dispatch(82, body="La manifestante avancée vers la mairie zqmarqueur.")], name="stems.jsonl")
        self.assertEqual(set(self.strict_ids("manifestant avance zqmarqueur")), {"row-81", "row-82"})
        self.assertEqual(self.strict_ids('"manifestants avancés vers"'), ["row-81"])

    def test_an_accented_word_prefers_the_accented_form(self):
        self.ingest_rows([dispatch(83, title="Un pêcheur", lede="", body="Le pêcheur zqport."),
                          dispatch(84, title="Un pecheur", lede="", body="Le pecheur zqport.")], name="accents.jsonl")
        self.assertEqual(self.ids("pêcheur zqport"), ["row-83", "row-84"])
        self.assertEqual(set(self.ids("pecheur zqport")), {"row-83", "row-84"})

    def test_glued_sentences_are_found_all_the_same(self):
        self.ingest_rows([dispatch(85, body="Il a rangé le blason.La zqvoiture est partie.Fin de l'histoire.")], name="glue.jsonl")
        for query in ("zqvoiture blason", '"la zqvoiture"', "corps:blason zqvoiture"):
            with self.subTest(query):
                self.assertEqual(self.strict_ids(query), ["row-85"])

    def test_phrases_do_not_run_across_fields_or_paragraphs(self):
        self.ingest_rows([dispatch(86, title="fin du zqtitre", lede="début du zqchapo", body="zqun fin\nzqdeux début")],
                         name="phrases.jsonl")
        for query in ('"zqtitre début"', '"zqchapo zqun"', '"fin zqdeux"'):
            with self.subTest(query):
                self.assertEqual(self.strict_ids(query), [])

    def test_text_for_people(self):
        self.assertIn("Dépêche numéro 7", self.vigie("search", "motpropre7x").text)
        self.assertIn("Dépêche numéro 7", self.vigie("show", "row-7").text)
        self.assertEqual(len(re.findall("Dépêche numéro", self.vigie("latest", "--limit", 5).text)), 5)

    def test_control_characters_never_reach_a_terminal(self):
        self.ingest_rows([dispatch(90, title="Avant\u001b[31mrouge\u0007après", body="zqcontrole \u001b]0;titre\u0007 fin")],
                         name="control.jsonl")
        for done in (self.vigie("search", "zqcontrole"), self.vigie("show", "row-90"), self.vigie("latest")):
            self.assertNotIn(b"\x1b", done.out)
            self.assertNotIn(b"\x07", done.out)


class Export(VigieTest):
    def setUp(self):
        super().setUp()
        self.ingest_rows([dispatch(n, title=f'Titre {n}, "cité"; et = signes') for n in range(12)])

    def test_jsonl_goes_around(self):
        done = self.vigie("export", "--format", "jsonl")
        self.assertEqual([set(row) == ARTICLE_KEYS for row in done.rows], [True] * 12)
        other = self.folder / "other"
        path = self.file("out.jsonl", done.out)
        self.vigie("ingest", path, data=other)
        again = self.vigie("export", "--format", "jsonl", data=other).rows
        for row, twin in zip(done.rows, again):
            for name in ("id", "url", "source", "language", "title", "lede", "body", "authors", "published", "text"):
                self.assertEqual(row[name], twin[name], name)

    def test_a_query_narrows(self):
        rows = self.vigie("export", "motpropre3x OR motpropre4x", "--format", "jsonl").rows
        self.assertEqual({row["id"] for row in rows}, {"row-3", "row-4"})

    def test_csv_is_well_formed(self):
        table = list(csv.DictReader(io.StringIO(self.vigie("export", "--format", "csv").text)))
        self.assertEqual(len(table), 12)
        self.assertEqual({row["title"] for row in table}, {f'Titre {n}, "cité"; et = signes' for n in range(12)})

    def test_warc_goes_around(self):
        data = self.folder / "pages"
        self.vigie("ingest", DEMO / "edition" / "captures.warc.gz", data=data)
        before = self.vigie("export", "--format", "jsonl", data=data).rows
        warc = self.file("out.warc.gz", self.vigie("export", "--format", "warc", data=data).out)
        other = self.folder / "other"
        self.vigie("ingest", warc, data=other)
        after = self.vigie("export", "--format", "jsonl", data=other).rows
        wanted = ("id", "url", "title", "lede", "body", "published", "seen")
        self.assertEqual(sorted(tuple(row[name] for name in wanted) for row in before),
                         sorted(tuple(row[name] for name in wanted) for row in after))

    def test_a_reader_that_leaves_is_no_disaster(self):
        process = start("export", "--data", self.data, "--format", "jsonl")
        process.stdout.close()
        process.stderr.read()
        self.assertIn(process.wait(20), (0, 1))
        process.stderr.close()


class Keeping(VigieTest):
    def test_stats_count(self):
        self.ingest_rows([dispatch(n) for n in range(5)])
        self.ingest_rows([dispatch(2, body="Autre corps.")])
        stats = self.stats()
        self.assertEqual((stats["articles"], stats["editions"]), (5, 6))
        self.assertIn("5", self.vigie("stats").text)

    def test_losing_the_index_loses_nothing(self):
        self.ingest_rows([dispatch(n) for n in range(30)])
        before = self.vigie("search", "vigiecommun", "--no-fold", "--limit", 100, "--json").out
        shutil.rmtree(self.data / "index")
        self.assertEqual(self.vigie("search", "vigiecommun", "--no-fold", "--limit", 100, "--json").out, before)
        self.assert_clean()

    def test_a_damaged_index_is_noticed_and_rebuilt(self):
        self.ingest_rows([dispatch(n) for n in range(300)])
        self.vigie("reindex")
        before = self.ids("vigiecommun", "--sort", "date")
        self.assertEqual(len(before), 300)
        for path in (self.data / "index").rglob("*"):
            if path.is_file() and path.stat().st_size > 64:
                data = bytearray(path.read_bytes())
                data[len(data) // 2] ^= 0xFF
                path.write_bytes(data)
        self.vigie("search", "vigiecommun", "--json", code=None, timeout=60)  # no crash, no hang
        self.vigie("reindex")
        self.assertEqual(self.ids("vigiecommun", "--sort", "date"), before)
        self.assert_clean()

    def test_reindex_gives_the_same_answers(self):
        self.vigie("ingest", DEMO / "edition")
        queries = ["barrage", "grève ferries", '"danger immédiat"', "source:agence-ponant.example", "date:2026-11-09"]
        before = [self.vigie("search", query, "--json", "--facets").out for query in queries]
        self.vigie("reindex")
        self.assertEqual([self.vigie("search", query, "--json", "--facets").out for query in queries], before)
        articles = self.vigie("export", "--format", "jsonl").out
        self.vigie("reindex", "--extract")
        self.assertEqual(self.vigie("export", "--format", "jsonl").out, articles)
        self.assert_clean()

    def test_check_finds_a_damaged_capture(self):
        self.vigie("ingest", DEMO / "edition" / "captures.warc.gz")
        self.assert_clean()
        path = max((self.data / "captures").glob("*.warc.gz"), key=lambda one: one.stat().st_size)
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 0x55
        path.write_bytes(data)
        done = self.vigie("check", "--json", code=1)
        self.assertTrue(done.rows)

    def test_captures_are_a_standard_warc(self):
        """Each record is a gzip member of its own, has the mandatory headers and the length it says."""
        self.vigie("ingest", DEMO / "edition" / "captures.warc.gz")
        seen = set()
        for path in (self.data / "captures").glob("*.warc.gz"):
            rest = path.read_bytes()
            while rest:
                member = zlib.decompressobj(31)
                record = member.decompress(rest)
                self.assertTrue(member.eof)
                rest = member.unused_data
                head, _, block = record.partition(b"\r\n\r\n")
                names = {line.split(b":")[0].lower(): line.split(b":", 1)[1].strip() for line in head.split(b"\r\n")[1:]}
                self.assertRegex(head, rb"^WARC/1\.[01]\r\n")
                for name in (b"warc-type", b"warc-record-id", b"warc-date", b"content-length"):
                    self.assertIn(name, names)
                self.assertEqual(len(block), int(names[b"content-length"]) + 4)
                self.assertTrue(block.endswith(b"\r\n\r\n"))
                if b"warc-target-uri" in names:
                    seen.add(names[b"warc-target-uri"])
        self.assertIn(b"https://lasentinelle.example/2026/11/direct-valmorane", seen)


if __name__ == "__main__":
    unittest.main()

"""kill -9 at random moments: what was acknowledged (a line on stdout with --json) is there, found, and check is clean."""
import json
import os
import shutil
import threading
import time
import unittest

from product import SEED, VigieTest, dispatch, page, run, start

ROUNDS = int(os.environ.get("VIGIE_KILLS", "6"))


class KillTest(VigieTest):
    def setUp(self):
        super().setUp()
        self.acknowledged = set()

    def acknowledgements(self, process, stop_after):
        """Reads lines until `stop_after` of them or the end; the ids of whole lines."""
        ids = []
        for line in process.stdout:
            if line.endswith(b"\n"):
                row = json.loads(line)
                if row["status"] in ("new", "edition", "unchanged"):
                    ids.append(row["id"])
            if len(ids) == stop_after:
                break
        return ids

    def kill_during_ingest(self, path, victim=None):
        """Starts an ingest and kills -9 it (or `victim`, the owner it talks to) at a random moment."""
        process = start("ingest", "--data", self.data, "--json", path)
        target = victim or process
        ids = self.acknowledgements(process, self.random.randint(1, 2500))
        timer = threading.Timer(self.random.random() * 0.15, target.kill)
        timer.start()
        ids += self.acknowledgements(process, -1)  # what was still told before the end
        timer.join()
        target.wait()
        process.wait(60)
        process.stdout.close()
        process.stderr.close()
        self.acknowledged.update(ids)
        return len(ids)

    def verify(self, what):
        self.assert_clean()
        kept = {row["id"] for row in self.vigie("export", "--format", "jsonl").rows}
        self.assertEqual(self.acknowledged - kept, set(), f"{what}: acknowledged and not kept (seed {SEED})")
        found = set(self.ids("vigiecommun", "--sort", "date"))
        self.assertEqual(self.acknowledged - found, set(), f"{what}: acknowledged and not found (seed {SEED})")
        self.assertEqual(found, kept, what)
        for identity in self.random.sample(sorted(self.acknowledged), min(3, len(self.acknowledged))):
            number = identity.removeprefix("row-")
            self.assertEqual(self.ids(f"motpropre{number}x"), [identity])
            self.vigie("show", identity, "--raw")


class Ingest(KillTest):
    def test_an_ingest_killed_again_and_again(self):
        first = 0
        for number in range(ROUNDS):
            with self.subTest(round=number):
                # Some of what is already there, then 12,000 fresh ones: more than one round can do before its end.
                path = self.jsonl([dispatch(n) for n in range(max(0, first - 50), first + 12000)])
                first += self.kill_during_ingest(path)
                self.verify(f"round {number}")
        path = self.jsonl([dispatch(n) for n in range(first + 100)])
        self.vigie("ingest", path)
        self.assertEqual(self.stats()["articles"], len(self.vigie("export", "--format", "jsonl").rows))
        self.assert_clean()

    def test_pages_of_a_warc_killed(self):
        """Captures are written beside the catalogue: their tail must be whole or cut off."""
        for number in range(max(2, ROUNDS // 3)):
            folder = self.folder / f"pages{number}"
            folder.mkdir()
            for n in range(600):
                (folder / f"{n}.html").write_text(page(f"Page {number}-{n}", "Le chapô vigiecommun.",
                                                       url=f"https://fil.example/{number}/{n}"))
            process = start("ingest", "--data", self.data, "--json", folder)
            ids = self.acknowledgements(process, self.random.randint(1, 500))
            process.kill()
            ids += self.acknowledgements(process, -1)
            process.wait()
            process.stdout.close()
            process.stderr.close()
            self.assert_clean()
            kept = {row["id"] for row in self.vigie("export", "--format", "jsonl").rows}
            self.assertEqual(set(ids) - kept, set())
            for identity in ids[-3:]:
                self.assertIn(b"vigiecommun", self.vigie("show", identity, "--raw").out)
            shutil.rmtree(folder)

    def test_a_serving_owner_killed_while_a_client_ingests(self):
        first = 0
        for number in range(max(2, ROUNDS // 3)):
            path = self.jsonl([dispatch(n) for n in range(first, first + 12000)])
            owner = start("serve", "--data", self.data, "--listen", "127.0.0.1:0")
            owner.stdout.readline()
            first += self.kill_during_ingest(path, victim=owner)
            owner.stdout.close()
            owner.stderr.close()
            self.verify(f"owner {number}")


class Others(KillTest):
    def setUp(self):
        super().setUp()
        self.vigie("ingest", self.jsonl([dispatch(n) for n in range(3000)]))
        self.acknowledged = {f"row-{n}" for n in range(3000)}

    def test_reindex_killed(self):
        for _ in range(max(2, ROUNDS // 2)):
            process = start("reindex", "--data", self.data)
            time.sleep(self.random.random() * 0.4)
            process.kill()
            process.communicate()
            self.verify("reindex")

    def test_remove_killed(self):
        """Either it was told, and every trace is gone, or it may be half done, and can be asked again."""
        for number in range(max(2, ROUNDS // 2)):
            victims = {f"row-{n}" for n in range(number * 40, number * 40 + 40)}
            query = " OR ".join(f"motpropre{n}x" for n in range(number * 40, number * 40 + 40))
            process = start("remove", "--data", self.data, query)
            time.sleep(self.random.random() * 0.3)
            process.kill()
            process.communicate()
            self.acknowledged -= victims
            self.assert_clean()
            run("remove", "--data", self.data, query)
            self.verify("remove")
            self.assertEqual(self.ids(query, "--sort", "date"), [])


if __name__ == "__main__":
    unittest.main()

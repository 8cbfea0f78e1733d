"""A full disk, a corrupt file, a newer format: a clear error, and what is there stays as it is."""
import hashlib
import json
import os
import resource
import signal
import sqlite3
import subprocess
import unittest

from product import BINARY, VigieTest, dispatch, run

HEAVY = "Une phrase pour peser sur le disque, encore et encore. "


def fingerprint(folder):
    """Every file that holds something; the lock and the socket of a process are none of it."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.endswith(("-shm", "-wal", ".lock", ".sock")) and path.name not in ("lock", "socket"):
            found[path.relative_to(folder).as_posix()] = hashlib.sha1(path.read_bytes()).hexdigest()
    return found


class FullDisk(VigieTest):
    def heavy(self, first, count):
        noise = lambda: self.random.randbytes(600).hex()
        return self.jsonl([dispatch(n, body=f"vigiecommun motpropre{n}x {HEAVY}{noise()}") for n in range(first, first + count)],
                          f"heavy{first}.jsonl")

    def check_after(self, done):
        self.assertEqual(done.code, 1, done.said[-500:])
        self.assertRegex(done.said.lower(), r"space|full|too large|file size|disk")
        told = {row["id"] for row in done.rows if row["status"] == "new"}
        self.assert_clean()
        kept = {row["id"] for row in self.vigie("export", "--format", "jsonl").rows}
        self.assertEqual(told - kept, set(), "acknowledged and not kept")
        self.assertEqual(set(self.ids("vigiecommun", "--sort", "date")), kept)

    def test_a_limit_on_file_size(self):
        self.ingest_rows([dispatch(n) for n in range(100)])

        def limit():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))

        done = self.vigie("ingest", self.heavy(1000, 20_000), "--json", before=limit, code=None)
        self.check_after(done)
        self.vigie("ingest", self.heavy(50_000, 50))
        self.assertIn("row-50049", self.ids("motpropre50049x"))

    def test_a_small_file_system(self):
        mount = self.folder / "small"
        mount.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", mount], capture_output=True, check=False)
        if done.returncode != 0:
            self.skipTest("mounting a small tmpfs needs root")
        self.addCleanup(subprocess.run, ["umount", "-l", mount], capture_output=True, check=False)
        self.data = mount / "data"
        self.ingest_rows([dispatch(n) for n in range(100)])
        done = self.vigie("ingest", self.heavy(1000, 20_000), "--json", code=None)
        self.assertEqual(done.code, 1, done.said[-500:])
        told = {row["id"] for row in done.rows if row["status"] == "new"} | {f"row-{n}" for n in range(100)}
        subprocess.run(["mount", "-o", "remount,size=64m", mount], capture_output=True, check=True)
        self.assert_clean()
        kept = {row["id"] for row in self.vigie("export", "--format", "jsonl").rows}
        self.assertEqual(told - kept, set())
        self.assertEqual(set(self.ids("vigiecommun", "--sort", "date")), kept)

    def test_output_that_cannot_be_written(self):
        self.ingest_rows([dispatch(n) for n in range(2000)])
        with open("/dev/full", "wb") as full:
            done = subprocess.run([*self.command("export", "--format", "jsonl")], stdout=full, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 1)

    def command(self, name, *arguments):
        return [BINARY, name, "--data", self.data, *arguments]


class WrongFiles(VigieTest):
    def setUp(self):
        super().setUp()
        self.ingest_rows([dispatch(n) for n in range(50)])

    def assert_refused_and_untouched(self):
        before = fingerprint(self.data)
        for command in (("search", "vigiecommun"), ("ingest", self.folder / "rows.jsonl"), ("latest",), ("stats",), ("reindex",),
                        ("serve", "--listen", "127.0.0.1:0"), ("remove", "row-1")):
            with self.subTest(command[0]):
                done = run(command[0], "--data", self.data, *command[1:], timeout=30)
                self.assertEqual(done.code, 1, done.said)
                self.assertEqual(done.out, b"")
                self.assertNotEqual(done.err, b"")
                self.assertNotIn("terminate", done.said)
        self.assertEqual(fingerprint(self.data), before)

    def test_a_newer_format_is_refused_and_untouched(self):
        with sqlite3.connect(self.data / "vigie.db") as database:
            database.execute("PRAGMA user_version = 1000000")
        database.close()
        self.assert_refused_and_untouched()
        self.assertRegex(run("latest", "--data", self.data).said.lower(), r"newer|version")

    def test_a_database_that_is_none(self):
        (self.data / "vigie.db").write_bytes(b"this is no database, it is a letter to a friend\n" * 500)
        for name in ("vigie.db-wal", "vigie.db-shm"):
            (self.data / name).unlink(missing_ok=True)
        self.assert_refused_and_untouched()

    def test_somebody_elses_database(self):
        (self.data / "vigie.db").unlink()
        for name in ("vigie.db-wal", "vigie.db-shm"):
            (self.data / name).unlink(missing_ok=True)
        database = sqlite3.connect(self.data / "vigie.db")
        database.execute("CREATE TABLE recipes (name TEXT)")
        database.execute("INSERT INTO recipes VALUES ('tarte')")
        database.commit()
        database.close()
        run("ingest", "--data", self.data, self.folder / "rows.jsonl")
        database = sqlite3.connect(self.data / "vigie.db")
        self.assertEqual(database.execute("SELECT name FROM recipes").fetchall(), [("tarte",)])
        database.close()

    def test_a_damaged_page_of_the_database_is_found(self):
        path = self.data / "vigie.db"
        sqlite3.connect(path).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        data = bytearray(path.read_bytes())
        for at in range(8192, len(data) - 4096, 4096):
            data[at: at + 200] = b"\xa5" * 200
        path.write_bytes(data)
        done = run("check", "--data", self.data, timeout=60)
        self.assertEqual(done.code, 1, done.text + done.said)
        self.assertNotIn("terminate", done.said)

    def test_a_data_directory_that_is_a_file_or_may_not_be_written(self):
        path = self.file("notadir", "x")
        done = run("latest", "--data", path, timeout=20)
        self.assertEqual(done.code, 1)
        self.assertNotEqual(done.err, b"")
        self.assertEqual(path.read_text(), "x")
        if os.getuid() != 0:
            locked = self.folder / "locked"
            locked.mkdir(0o500)
            self.assertEqual(run("latest", "--data", locked / "data", timeout=20).code, 1)

    def test_what_is_kept_is_not_readable_by_others(self):
        if self.data.stat().st_mode & 0o077:
            self.assertEqual([path.name for path in self.data.rglob("*") if path.is_file() and path.stat().st_mode & 0o077], [])

    def test_a_capture_file_that_is_gone_is_found_by_check_and_loses_no_article(self):
        before = self.vigie("export", "--format", "jsonl").out
        for path in (self.data / "captures").glob("*.warc.gz"):
            path.unlink()
        self.vigie("check", code=1)
        self.assertEqual(self.vigie("export", "--format", "jsonl").out, before)
        self.assertEqual([json.loads(line)["id"] for line in before.splitlines()], [f"row-{n}" for n in range(50)])


if __name__ == "__main__":
    unittest.main()

"""What the acceptance tests share: the binary as a black box, a data directory per test, the shared data.

    python3 -m unittest discover -s tests/acceptance          from the root of the repository
    VIGIE=path/to/vigie       the binary under test     (default: build/release/vigie)
    VIGIE_SHARED=path         the shared data           (default: ../shared); tests that need it skip without it
    VIGIE_KILLS=20            rounds of the kill -9 test (default 6)
    VIGIE_SEED=1234           seed of everything random (default 20261123); printed by what fails
"""
import contextlib
import json
import lzma
import os
import pathlib
import random
import re
import subprocess
import tempfile
import threading
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("VIGIE", ROOT / "build" / "release" / "vigie")).resolve()
SHARED = pathlib.Path(os.environ.get("VIGIE_SHARED", ROOT.parent / "shared"))
DEMO = ROOT / "demo"
SEED = int(os.environ.get("VIGIE_SEED", "20261123"))


def shared(path):
    """A file of the shared data, or the test is skipped."""
    found = SHARED / path
    if not found.exists():
        raise unittest.SkipTest(f"shared data is absent: {found}")
    return found


def spaces(text):
    """Every run of white space, no-break spaces among them, as one space."""
    return re.sub(r"\s+", " ", text).strip()


class Done:
    """A finished command: exit code, the bytes it wrote, the most memory it held, the processor's seconds it took (what
    a busy machine adds to the clock is not the command's doing; `run` ends what does not end)."""

    def __init__(self, code, out, err, memory_mb=0, seconds=0.0):
        self.code, self.out, self.err, self.memory_mb, self.seconds = code, out, err, memory_mb, seconds

    @property
    def text(self):
        return self.out.decode("utf-8")

    @property
    def said(self):
        return self.err.decode("utf-8", "replace")

    @property
    def rows(self):
        return [json.loads(line) for line in self.out.decode("utf-8").splitlines()]


def environment(**more):
    kept = {name: value for name, value in os.environ.items() if name not in ("VIGIE_DATA", "XDG_DATA_HOME")}
    return {**kept, "TZ": "Europe/Paris", "LC_ALL": "C.UTF-8", **more}


def start(*arguments, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=None, cwd=None,
          before=None):
    return subprocess.Popen([BINARY, *map(str, arguments)], stdin=stdin, stdout=stdout, stderr=stderr,
                            env=env or environment(), cwd=cwd, preexec_fn=before)


PATIENCE = 6  # how many times longer a busy machine may take before something is said to hang


def run(*arguments, given=None, timeout=900, env=None, cwd=None, before=None):
    """Runs vigie to its end and measures it. `given` are the bytes of its standard input."""
    began = time.monotonic()
    process = start(*arguments, stdin=subprocess.DEVNULL if given is None else subprocess.PIPE, env=env, cwd=cwd,
                    before=before)
    outputs = {}
    readers = [threading.Thread(target=lambda name=name, pipe=pipe: outputs.update({name: pipe.read()}))
               for name, pipe in (("out", process.stdout), ("err", process.stderr))]
    for reader in readers:
        reader.start()
    if given is not None:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(given)
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
    memory_mb, late = 0.0, False
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        memory_mb = max(memory_mb, most_memory_mb(process.pid))
        if not late and time.monotonic() - began > timeout * PATIENCE:
            late = True
            process.kill()
        time.sleep(0.005)
    for reader in readers:
        reader.join()
    process.stdout.close()
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if late:
        raise AssertionError(f"vigie {' '.join(map(str, arguments))[:300]} did not end in {timeout * PATIENCE} s")
    return Done(process.returncode, outputs["out"], outputs["err"], memory_mb, usage.ru_utime + usage.ru_stime)


def most_memory_mb(pid):
    """The most a running process has held so far. (wait4's maxrss would count this process's own before the exec.)"""
    with contextlib.suppress(OSError):
        for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1]) / 1024
    return 0.0


class VigieTest(unittest.TestCase):
    """Each test has a folder of its own and a data directory in it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not os.access(BINARY, os.X_OK):
            raise unittest.SkipTest(f"no binary at {BINARY}: ./run --build makes it")

    def setUp(self):
        self.random = random.Random(f"{SEED} {self.id()}")
        folder = tempfile.TemporaryDirectory(prefix="vigie-", ignore_cleanup_errors=True)
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.data = self.folder / "data"

    # --- running ---

    def vigie(self, command, *arguments, code=0, data=None, **options):
        """A command on the test's data directory; fails unless it ends with `code` (None: any)."""
        own = [] if command == "extract" else ["--data", data or self.data]
        done = run(command, *own, *arguments, **options)
        if code is not None:
            shown = " ".join(str(one) for one in arguments)[:200]
            self.assertEqual(done.code, code, f"vigie {command} {shown}\nstderr: {done.said[-2000:]}")
        return done

    def ids(self, query, *options):
        """The ids a search answers, unfolded, all of them."""
        return [row["id"] for row in self.vigie("search", query, "--no-fold", "--limit", 100000, "--json", *options).rows]

    def strict_ids(self, query):
        return self.ids(query, "--strict")

    def stats(self):
        return self.vigie("stats", "--json").rows[0]

    def assert_clean(self):
        done = self.vigie("check", code=None)
        self.assertEqual(done.code, 0, f"vigie check: {done.text}{done.said}")

    def ingest_rows(self, rows, *options, name="rows.jsonl", code=0):
        return self.vigie("ingest", self.jsonl(rows, name), "--json", *options, code=code)

    # --- making input ---

    def file(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def jsonl(self, rows, name="rows.jsonl"):
        return self.file(name, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))

    # --- a serving process ---

    @contextlib.contextmanager
    def serving(self, *options, data=None):
        """vigie serve on a free port; yields (process, address); ends it with SIGTERM and expects 0."""
        log = open(self.folder / "serve.log", "ab")
        process = start("serve", "--data", data or self.data, "--listen", "127.0.0.1:0", *options, stderr=log)
        try:
            watchdog = threading.Timer(60, process.kill)
            watchdog.start()
            first = process.stdout.readline().decode()
            watchdog.cancel()
            self.assertRegex(first, r"http://127\.0\.0\.1:\d+/", (self.folder / "serve.log").read_text())
            yield process, re.search(r"http://127\.0\.0\.1:\d+", first).group(0)
            self.assertIsNone(process.poll(), "vigie serve ended by itself: " + (self.folder / "serve.log").read_text())
            process.terminate()
            self.assertEqual(process.wait(30), 0, "vigie serve on SIGTERM")
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            process.stdout.close()
            log.close()


def dispatch(number, **more):
    """An invented article as a jsonl row; every one holds the word "vigiecommun" and one of its own."""
    row = {"id": f"row-{number}", "url": f"https://fil.example/{number}", "source": "fil.example", "lang": "fr",
           "published": f"2025-{1 + number % 12:02}-{1 + number % 28:02}T{number % 24:02}:00:00+01:00",
           "title": f"Dépêche numéro {number} du fil",
           "lede": f"Le chapô de la dépêche {number} tient en une phrase.",
           "body": f"Le mot commun est vigiecommun et le mot propre est motpropre{number}x.\n"
                   f"« Rien à signaler », a déclaré la vigie numéro {number}."}
    row.update(more)
    return row


def unpacked(path):
    """The lines of an .xz file."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        yield from file


def page(title="Un titre de page", lede="Le chapô de la page.", paragraphs=(), head="", url=None, published=None):
    """A plain article page."""
    link = f'<link rel="canonical" href="{url}">' if url else ""
    date = f'<meta property="article:published_time" content="{published}">' if published else ""
    body = "".join(f"<p>{one}</p>\n" for one in paragraphs or (
        "Un premier paragraphe assez long pour qu'on y reconnaisse le corps d'un article de presse ordinaire.",
        "Un second paragraphe, assez long lui aussi, pour que personne ne doute de ce qu'il faut lire sur cette page.",
        "Un troisième pour conclure, et pour que la page ressemble à celles que l'on rencontre tous les jours."))
    return (f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{title}</title>{link}{date}{head}</head>'
            f"<body><article><h1>{title}</h1><p class=\"chapo\">{lede}</p>{body}</article></body></html>")

#!/usr/bin/env python3
"""bench/collect/interrupted.py [--mb N] [--times N] [--every SECONDS | --told N] [--seed N]: a WARC of that many compressed megabytes
(default 1,000) is made, invented pages unlike one another, and ingested; every so often the process is ended, by Ctrl-C
(SIGINT) and by kill -9 in turn, --times times in all (--told: when so many records are told, more or less, instead of after
so many seconds), and the same command given again, which must go on where it stopped.
Said of each run: the byte it went on at (where it lived to say so), records told, those it had to read twice, wall-clock and CPU seconds, peak memory.
In the end every page must be there once, `vigie check` be clean, and nothing but what a kill cost be read twice. VIGIE names
the binary (default build/release/vigie); everything is in a temporary folder."""
import argparse
import base64
import contextlib
import gzip
import json
import os
import pathlib
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
VIGIE = os.environ.get("VIGIE", ROOT / "build" / "release" / "vigie")
SYLLABLES = [a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "an", "on", "é")]
COMMON = ("le la les un une des de du et à en dans pour par sur avec que qui ne pas plus selon mardi soir ville port conseil maire "
          "habitants projet semaine enquête réponse loi budget").split()


def record(number, dice):
    """A page of 20 KB, 12 KB of it packed: an article, a menu, and the state of a script. Four hundred are of one day, and
    the days follow one another, as in what a crawler writes."""
    words = [dice.choice(COMMON) if dice.random() < 0.5 else "".join(dice.choices(SYLLABLES, k=3)) for _ in range(300)]
    paragraphs = "".join(f"<p>{' '.join(words[at:at + 50]).capitalize()}.</p>" for at in range(0, 300, 50))
    menu = "".join(f'<li class="menu__item"><a href="/rubrique/{n}/page-{number % 97}">Rubrique {n}</a></li>' for n in range(60))
    state = base64.b64encode(dice.randbytes(9000)).decode()
    html = (f"<!doctype html><html lang=fr><head><title>Dépêche {number}</title><script>window.state='{state}'</script></head>"
            f"<body><nav><ul>{menu}</ul></nav><article><h1>La dépêche {number} de {words[3]}</h1>"
            f'<time datetime="2024-{1 + number // 11200 % 12:02}-{1 + number // 400 % 28:02}T08:00:00+02:00"></time>{paragraphs}</article>'
            f"<footer><ul>{menu}</ul></footer></body></html>").encode()
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html
    head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012x}>\r\n"
            f"WARC-Target-URI: https://a.example/{number // 1000}/depeche-{number}.html\r\nWARC-Date: 2024-12-31T10:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n").encode()
    return gzip.compress(head + block + b"\r\n\r\n", 1)


def make(path, size, seed):
    dice, pages, written = random.Random(seed), 0, 0
    with open(path, "wb") as file:
        while written < size:
            written += file.write(record(pages, dice))
            pages += 1
    return pages


class Run:
    """One `vigie ingest`, ended with `how` after `seconds`, or when `told` records are told, or let go on to its end."""

    def __init__(self, data, archive, how=None, seconds=None, told=None):
        self.told, self.fresh, self.said = 0, 0, []
        began = time.monotonic()
        process = subprocess.Popen([VIGIE, "ingest", "--data", data, "--json", archive], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        listen = threading.Thread(target=lambda: self.said.extend(process.stderr), daemon=True)
        listen.start()
        if seconds:
            ending = threading.Timer(seconds, lambda: process.send_signal(how))
            ending.start()
        with contextlib.suppress(json.JSONDecodeError):  # the line that a kill cut
            for line in process.stdout:
                self.told += 1
                self.fresh += json.loads(line)["status"] == "new"
                if self.told == told:
                    process.send_signal(how)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if seconds:
            ending.cancel()
        listen.join()
        process.stdout.close()
        process.stderr.close()
        self.code, self.seconds = process.returncode, time.monotonic() - began
        self.cpu, self.peak_mb = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
        found = re.search(r"going on at byte (\d+)", "".join(self.said))
        self.at = int(found.group(1)) if found else 0


def count(data, what):
    with contextlib.closing(sqlite3.connect(f"{data}/vigie.db", timeout=60)) as catalogue:
        return catalogue.execute(what).fetchone()[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mb", type=float, default=1000)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--every", type=float, default=15)
    parser.add_argument("--told", type=int)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    dice = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as folder:
        archive, data = pathlib.Path(folder, "news.warc.gz"), folder + "/data"
        pages = make(archive, given.mb * 1e6, given.seed)
        print(f"{pages} pages, {archive.stat().st_size / 1e6:.0f} MB; load {os.getloadavg()[0]:.1f}")
        print(f"{'ended by':10} {'from byte':>12} {'told':>7} {'new':>7} {'kept':>8} {'wall s':>7} {'CPU s':>7} {'peak MB':>8}")
        rows, kept = [], 0
        for number in range(given.times + 1):
            last = number == given.times
            how = signal.SIGINT if number % 2 == 0 else signal.SIGKILL
            soon = dice.uniform(0.3, 1.7)
            when = {} if last else {"told": int(given.told * soon)} if given.told else {"seconds": given.every * soon}
            run = Run(data, archive, how, **when)
            kept = count(data, "SELECT articles FROM total")
            name = "its end" if last or run.code == 0 else how.name
            print(f"{name:10} {run.at:12} {run.told:7} {run.fresh:7} {kept:8} {run.seconds:7.1f} {run.cpu:7.1f} {run.peak_mb:8.1f}",
                  flush=True)
            rows.append({"by": name, "from": run.at, "told": run.told, "new": run.fresh, "kept": kept, "twice": run.told - run.fresh,
                         "peak_mb": round(run.peak_mb, 1), "cpu_s": round(run.cpu, 1)})
            if run.code == 0:
                break
        editions = count(data, "SELECT editions FROM total")
        addresses = count(data, "SELECT count(DISTINCT identity) FROM edition")
        clean = subprocess.run([VIGIE, "check", "--data", data], capture_output=True).returncode == 0
        print(json.dumps({"pages": pages, "kept": kept, "editions": editions, "addresses": addresses, "clean": clean, "runs": rows}))
        if not (kept == editions == addresses == pages and clean and rows[-1]["by"] == "its end"):
            sys.exit("an interrupted archive was not kept whole and once")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""bench/collect/feeds.py [FEEDS [CHANGING [ROUNDS]]] [--minutes N]: that many feeds on loopback (default 5,000), polled, of
which some (1,000) have a new entry with a page of its own at each round; the others answer 304. Given for each round:
wall-clock and CPU seconds of `vigie collect --once`, its peak memory, what became of the entries; then all of it as one line
of JSON. With --minutes, one `vigie collect` goes on that long afterwards, everything due again every --every minutes (1), and
its memory is said each minute (a soak): what is resident, of it what is its own (not mapped files), CPU, and the files of
the index (a segment is sealed where one comes). --each: new entries in a changing feed at a time (1). The site is this program, so its own CPU is on the same machine and is not counted. VIGIE names the
binary (default build/release/vigie)."""
import argparse
import asyncio
import contextlib
import json
import os
import pathlib
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
VIGIE = os.environ.get("VIGIE", ROOT / "build" / "release" / "vigie")
WORDS = ("le port la ville un conseil une enquête des habitants plusieurs semaines ce projet leur réponse selon lui "
         "mardi soir devant la mairie après une longue discussion sans vote").split()


class Site:
    def __init__(self):
        self.version, self.changing, self.each, self.asked = 0, 0, 1, 0

    def page(self, feed, version):
        # Words of its own, or every page would be a copy of every other one, and chains of copies what is measured.
        dice = random.Random(feed << 32 | version)
        text = " ".join(dice.choice(WORDS) if dice.random() < 0.5 else
                        "".join(dice.choice("bcdflmnprstv") + dice.choice("aeiou") for _ in range(3)) for _ in range(40))
        return (f"<!doctype html><html lang=fr><title>Feed {feed} dépêche {version}</title><article><h1>La dépêche {version} "
                f"du fil {feed}</h1>" + f"<p>{text.capitalize()}, fil {feed}.</p>" * 6 + "</article>").encode()

    def feed(self, number):
        version = self.version if number < self.changing else 0
        items = "".join(f"<item><title>La dépêche {v} du fil {number}</title><link>/p/{number}/{v}</link></item>"
                        for v in range(version, max(-1, version - max(10, self.each)), -1))
        body = f"<rss version='2.0'><channel><title>Fil {number}</title><link>/f/{number}</link>{items}</channel></rss>"
        return f'"{version}"', body.encode()

    async def serve(self, reader, writer):
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                path = head.split(" ", 2)[1].split("/")
                self.asked += 1
                if path[1] == "f":
                    tag, body = self.feed(int(path[2]))
                    if f"If-None-Match: {tag}" in head:
                        answer = b"HTTP/1.1 304 Not Modified\r\n\r\n"
                    else:
                        answer = (f"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: {tag}\r\n"
                                  f"Content-Length: {len(body)}\r\n\r\n").encode() + body
                elif path[1] == "p":
                    body = self.page(int(path[2]), int(path[3]))
                    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
                else:
                    answer = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
                writer.write(answer)
                await writer.drain()
        writer.close()


def collect(data, *more):
    return subprocess.Popen([VIGIE, "collect", "--data", data, "--allow-private", "--delay", "0", *more], stderr=subprocess.PIPE,
                            text=True)


def make_due(data):
    with contextlib.closing(sqlite3.connect(data + "/sources.db", timeout=60)) as book, book:
        book.execute("UPDATE source SET next_try = 0")


def one_round(data, label):
    began = time.monotonic()
    process = collect(data, "--once")
    last = ""
    for line in process.stderr:
        last = line
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = status
    figures = {"round": label, "seconds": round(time.monotonic() - began, 1), "cpu_s": round(used.ru_utime + used.ru_stime, 2),
               "peak_mb": round(used.ru_maxrss / 1024, 1)}
    figures |= {what: int(count) for count, what in re.findall(r"(\d+) (sources asked|new articles|failed|refused)", last)}
    print(f"{label:8} {figures['seconds']:6.1f} s  {figures['cpu_s']:6.2f} CPU s  {figures['peak_mb']:6.1f} MB  {last.strip()}",
          flush=True)
    return figures


def soak(data, site, minutes, every):
    process = collect(data)
    threading.Thread(target=lambda: [None for _ in process.stderr], daemon=True).start()
    began, rows = time.monotonic(), []
    for minute in range(minutes):
        time.sleep(max(0, began + 60 * (minute + 1) - time.monotonic()))
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
        held, own = (int(re.search(name + r":\s+(\d+)", status).group(1)) // 1024 for name in ("VmRSS", "RssAnon"))
        ticks = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        cpu = (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
        with contextlib.closing(sqlite3.connect(data + "/sources.db", timeout=60)) as book:
            polls, fresh = book.execute("SELECT sum(polls), sum(fresh) FROM source").fetchone()
        files = len(list(pathlib.Path(data, "index").iterdir()))
        rows.append([minute + 1, held, own, polls, fresh, round(cpu, 1), files])
        print(f"minute {minute + 1}: {held} MB, {own} its own; {polls} polls and {fresh} articles so far, {cpu:.1f} CPU s, "
              f"{files} files of the index", flush=True)
        if minute % every == 0:
            site.version += site.each
            make_due(data)
    process.terminate()
    process.wait()
    return {"soak": ["minute", "resident_mb", "own_mb", "polls", "articles", "cpu_s", "index_files"], "rows": rows}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("feeds", type=int, nargs="?", default=5000)
    parser.add_argument("changing", type=int, nargs="?", default=1000)
    parser.add_argument("rounds", type=int, nargs="?", default=3)
    parser.add_argument("--minutes", type=int, default=0)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--each", type=int, default=1)
    given = parser.parse_args()
    site, loop = Site(), asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(site.serve, "127.0.0.1", 0, backlog=1024))
    port = server.sockets[0].getsockname()[1]
    threading.Thread(target=loop.run_forever, daemon=True).start()
    site.changing, site.each = given.changing, given.each
    with tempfile.TemporaryDirectory() as folder:
        opml = pathlib.Path(folder, "list.opml")
        opml.write_text("<opml version='2.0'><body>" + "".join(
            f"<outline type='rss' text='Fil {n}' xmlUrl='http://127.0.0.1:{port}/f/{n}'/>" for n in range(given.feeds)) + "</body></opml>")
        data = folder + "/data"
        subprocess.run([VIGIE, "source", "import", "--data", data, opml], check=True, stderr=subprocess.DEVNULL)
        print(f"{given.feeds} feeds, {given.changing} of them changing; load {os.getloadavg()[0]:.1f}")
        figures = []
        for number in range(given.rounds + 1):
            figures.append(one_round(data, "first" if number == 0 else f"round {number}"))
            make_due(data)
            site.version += site.each
        if given.minutes:
            figures.append(soak(data, site, given.minutes, given.every))
        print(json.dumps(figures))


if __name__ == "__main__":
    main()

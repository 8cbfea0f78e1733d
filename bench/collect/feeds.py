#!/usr/bin/env python3
"""bench/collect/feeds.py [FEEDS [CHANGING [ROUNDS]]]: that many feeds on loopback (default 5,000), polled, of which some
(1,000) have a new entry with a page of its own at each round; the others answer 304. Given for each round: wall-clock
and CPU seconds of `vigie collect --once`, its peak memory, the articles kept. The site is this program, so its own CPU
is on the same machine and is not counted. VIGIE names the binary (default build/release/vigie)."""
import asyncio
import contextlib
import os
import pathlib
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
        self.version, self.changing, self.asked = 0, 0, 0

    def page(self, feed, version):
        text = " ".join(WORDS[(feed * 7 + version * 3 + i) % len(WORDS)] for i in range(40))
        return (f"<!doctype html><html lang=fr><title>Feed {feed} dépêche {version}</title><article><h1>La dépêche {version} "
                f"du fil {feed}</h1>" + f"<p>{text.capitalize()}, fil {feed}.</p>" * 6 + "</article>").encode()

    def feed(self, number):
        version = self.version if number < self.changing else 0
        items = "".join(f"<item><title>La dépêche {v} du fil {number}</title><link>/p/{number}/{v}</link></item>"
                        for v in range(version, max(-1, version - 10), -1))
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


def run(site_port, data, site, label):
    began = time.monotonic()
    process = subprocess.Popen([VIGIE, "collect", "--once", "--data", data, "--allow-private", "--delay", "0"],
                               stderr=subprocess.PIPE, text=True)
    last = ""
    for line in process.stderr:
        last = line
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = status
    print(f"{label:8} {time.monotonic() - began:6.1f} s  {used.ru_utime + used.ru_stime:6.2f} CPU s  "
          f"{used.ru_maxrss / 1024:6.0f} MB  {last.strip()}", flush=True)


def main():
    feeds = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    changing = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    site, loop = Site(), asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(site.serve, "127.0.0.1", 0, backlog=1024))
    port = server.sockets[0].getsockname()[1]
    threading.Thread(target=loop.run_forever, daemon=True).start()
    site.changing = changing
    with tempfile.TemporaryDirectory() as folder:
        opml = pathlib.Path(folder, "list.opml")
        opml.write_text("<opml version='2.0'><body>" + "".join(
            f"<outline type='rss' text='Fil {n}' xmlUrl='http://127.0.0.1:{port}/f/{n}'/>" for n in range(feeds)) + "</body></opml>")
        data = folder + "/data"
        subprocess.run([VIGIE, "source", "import", "--data", data, opml], check=True, stderr=subprocess.DEVNULL)
        print(f"{feeds} feeds, {changing} of them changing; load {os.getloadavg()[0]:.1f}")
        for number in range(rounds + 1):
            run(port, data, site, "first" if number == 0 else f"round {number}")
            with contextlib.closing(sqlite3.connect(data + "/sources.db")) as book, book:
                book.execute("UPDATE source SET next_try = 0")
            site.version += 1


if __name__ == "__main__":
    main()

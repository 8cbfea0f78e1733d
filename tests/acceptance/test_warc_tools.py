"""What Vigie writes as WARC is read by others: warcio, from PyPI. Skipped where it cannot be installed."""
import base64
import gzip
import hashlib
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

from product import VigieTest, dispatch, page

READ = """
import json, sys
from warcio.archiveiterator import ArchiveIterator
for path in sys.argv[1:]:
    with open(path, "rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            body = record.content_stream().read()
            print(json.dumps([record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), len(body)]))
"""


def python_with_warcio():
    """A Python that has warcio: this one, or a virtual environment kept in the temporary folder."""
    if importlib.util.find_spec("warcio"):
        return sys.executable
    folder = pathlib.Path(tempfile.gettempdir()) / "vigie-tests-warcio"
    python = folder / "bin" / "python"
    try:
        if subprocess.run([python, "-c", "import warcio"], capture_output=True).returncode == 0:
            return python
    except OSError:
        pass
    for command in ([sys.executable, "-m", "venv", folder], [python, "-m", "pip", "install", "-q", "warcio==1.8.1"]):
        try:
            installed = subprocess.run(command, capture_output=True, timeout=300).returncode == 0
        except (OSError, subprocess.TimeoutExpired):
            installed = False
        if not installed:
            raise unittest.SkipTest("warcio cannot be installed here")
    return python


class WarcTools(VigieTest):
    def test_captures_and_exports_are_read_back_by_warcio(self):
        python = python_with_warcio()
        self.vigie("ingest", self.jsonl([dispatch(number) for number in range(20)]))
        pages = [self.file(f"page-{n}.html", page(title=f"Page {n}", url=f"https://a.example/{n}")) for n in range(5)]
        self.vigie("ingest", *pages)
        export = self.file("out.warc", self.vigie("export", "--format", "warc").out)
        captures = sorted(self.data.glob("captures/*.warc.gz"))
        for paths in ([export], captures):
            done = subprocess.run([python, "-c", READ, *paths], capture_output=True, text=True, timeout=600)
            self.assertEqual(done.returncode, 0, done.stderr)
            rows = [json.loads(line) for line in done.stdout.splitlines()]
            resources = [row for row in rows if row[0] == "resource"]
            self.assertEqual(len(resources), 25)
            self.assertTrue(all(row[1] and row[2] > 0 for row in resources))

    def test_records_of_an_archive_are_kept_as_they_were_and_read_back(self):
        python = python_with_warcio()
        members = []
        for number in range(12):
            html = page(title=f"Page {number}", url=f"https://a.example/{number}",
                        head=f"<!-- {os.urandom(50_000).hex()} -->").encode()
            packed = number % 3 == 0
            body = gzip.compress(html, mtime=0) if packed else html
            block = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" +
                     (b"Content-Encoding: gzip\r\n" if packed else b"") + b"\r\n" + body)
            digest = base64.b32encode(hashlib.sha1(block).digest()).decode()
            head = (f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
                    f"WARC-Target-URI: https://a.example/{number}\r\nWARC-Date: 2024-05-01T10:00:00Z\r\n"
                    f"WARC-Block-Digest: sha1:{digest}\r\nContent-Type: application/http; msgtype=response\r\n"
                    f"Content-Length: {len(block)}\r\n\r\n").encode()
            members.append(gzip.compress(head + block + b"\r\n\r\n", mtime=0))
        self.vigie("ingest", self.file("news.warc.gz", b"".join(members)))
        captures = sorted(self.data.glob("captures/*.warc.gz"))
        self.assertTrue(captures[0].read_bytes().endswith(b"".join(members)))
        done = subprocess.run([python, "-c", READ, *captures], capture_output=True, text=True, timeout=600)
        self.assertEqual(done.returncode, 0, done.stderr)
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([row[1] for row in rows if row[0] == "response"], [f"https://a.example/{n}" for n in range(12)])
        titles = {row["title"]: row["id"] for row in self.vigie("latest", "--limit", 100, "--json").rows}
        self.assertEqual(len(titles), 12)
        shown = self.vigie("show", titles["Page 3"], "--raw").text
        self.assertIn("<title>Page 3", shown)
        self.vigie("remove", titles["Page 4"])
        self.vigie("reindex", "--extract")
        self.assertEqual(self.stats()["articles"], 11)
        self.assert_clean()


if __name__ == "__main__":
    unittest.main()

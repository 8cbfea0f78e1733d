#!/usr/bin/env python3
"""bench/collect/archives.py WARC: a WARC of pages to articles, Vigie beside two others, in one run on one machine.

    vigie              vigie ingest: read, recovered, kept durably in a new archive (captures, catalogue, index)
    resiliparse        FastWARC + resiliparse: read, decoded, main content as text, thrown away
    trafilatura        warcio + trafilatura: read, body and metadata as JSON, thrown away (the first 300 pages)

The two others keep nothing, so they do less. Given: user + system CPU seconds and pages per CPU second, because the
machine may be busy; wall-clock beside them. VIGIE names the binary (default build/release/vigie), VIGIE_BENCH_PYTHON a
Python with fastwarc, resiliparse, warcio and trafilatura (python3 -m venv X && X/bin/pip install ...); what is absent
is said and left out."""
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
VIGIE = os.environ.get("VIGIE", ROOT / "build" / "release" / "vigie")
PYTHON = os.environ.get("VIGIE_BENCH_PYTHON", sys.executable)

RESILIPARSE = """
import sys
from fastwarc.warc import ArchiveIterator, WarcRecordType
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import bytes_to_str, detect_encoding
from resiliparse.parse.html import HTMLTree
pages = 0
with open(sys.argv[1], "rb") as stream:
    for record in ArchiveIterator(stream, record_types=WarcRecordType.response | WarcRecordType.resource, parse_http=True):
        body = record.reader.read()
        tree = HTMLTree.parse(bytes_to_str(body, detect_encoding(body)))
        extract_plain_text(tree, main_content=True, preserve_formatting=True)
        pages += 1
print(pages)
"""

TRAFILATURA = """
import sys
from warcio.archiveiterator import ArchiveIterator
import trafilatura
pages = 0
with open(sys.argv[1], "rb") as stream:
    for record in ArchiveIterator(stream):
        if record.rec_type not in ("response", "resource"):
            continue
        trafilatura.extract(record.content_stream().read(), output_format="json", with_metadata=True)
        pages += 1
        if pages == 300:
            break
print(pages)
"""


def measured(name, command, pages_of):
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - began
    if done.returncode != 0:
        print(f"{name:14} left out: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else done.returncode}")
        return None
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    pages = pages_of(done)
    print(f"{name:14} {pages:6} pages {cpu:8.2f} CPU s {pages / cpu:8.0f} pages/CPU s {wall:8.2f} s")
    return pages / cpu


def main():
    warc = sys.argv[1]
    size = os.path.getsize(warc) / 1e6
    print(f"{warc}: {size:.1f} MB compressed; load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        vigie = measured("vigie", [VIGIE, "ingest", "--json", "--data", folder + "/data", warc],
                         lambda done: len(done.stdout.splitlines()))
        extract = measured("vigie reading", [VIGIE, "ingest", "--json", "--data", folder + "/data", warc],
                           lambda done: len(done.stdout.splitlines()))
    others = {"resiliparse": RESILIPARSE, "trafilatura": TRAFILATURA}
    rates = {name: measured(name, [PYTHON, "-c", code, warc], lambda done: int(done.stdout)) for name, code in others.items()}
    print(json.dumps({"vigie_pages_per_cpu_s": vigie, "vigie_again_unchanged": extract,
                      **{f"times_{name}": vigie / rate for name, rate in rates.items() if rate and vigie}}))


if __name__ == "__main__":
    main()

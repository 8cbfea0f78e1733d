#!/usr/bin/env python3
"""bench/collect/archives.py [--pages N] WARC: a WARC of pages to articles, Vigie beside two others, in one run on one machine,
on one core and on two (taskset; the others as two processes, each with half of the records).

    vigie              vigie ingest: read, recovered, kept durably in a new archive (captures, catalogue, index)
    vigie extract      the same pages unpacked beforehand, recovered as JSON and thrown away: no archive, index, quotes or
                       kinship, so that the reader sees what the others are compared with
    resiliparse        FastWARC + resiliparse: read, decoded, main content as text, thrown away
    trafilatura        warcio + trafilatura: read, body and metadata as JSON, thrown away (the first 300 pages of each half)

Given: pages and uncompressed MB per second of wall-clock and of CPU (user + system): the machine may be busy, so the CPU's is
the steadier one. VIGIE names the binary (default build/release/vigie), VIGIE_BENCH_PYTHON a Python with fastwarc,
resiliparse, warcio and trafilatura (python3 -m venv X && X/bin/pip install ... lxml_html_clean); what is absent is said and
left out."""
import argparse
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


SPLIT = """
import gzip, io, sys
from fastwarc.warc import ArchiveIterator, WarcRecordType
source, most, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
records, plain = [], 0
with open(source, "rb") as stream:
    for record in ArchiveIterator(stream, record_types=WarcRecordType.response | WarcRecordType.resource, parse_http=False):
        if len(records) == most:
            break
        out = io.BytesIO()
        plain += record.write(out)
        records.append(gzip.compress(out.getvalue(), 6))
middle = len(records) // 2
for name, part in (("whole", records), ("first", records[:middle]), ("second", records[middle:])):
    with open(f"{folder}/{name}.warc.gz", "wb") as file:
        file.write(b"".join(part))
for at, record in enumerate(ArchiveIterator(open(source, "rb"), record_types=WarcRecordType.response | WarcRecordType.resource,
                                            parse_http=True)):
    if at == most:
        break
    with open(f"{folder}/{at}.html", "wb") as file:
        file.write(record.reader.read())
    with open(f"{folder}/list", "a") as file:
        file.write(f"{folder}/{at}.html\\t{record.headers.get('WARC-Target-URI') or ''}\\n")
print(len(records), plain)
"""


def run_all(commands, cores):
    """Runs them side by side on these cores; what they printed, wall-clock and CPU seconds."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    running = [subprocess.Popen(["taskset", "-c", cores, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
               for command in commands]
    said = [one.communicate() for one in running]
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - began
    for one, (_, wrong) in zip(running, said):
        if one.returncode != 0:
            raise RuntimeError(wrong.strip().splitlines()[-1] if wrong.strip() else str(one.returncode))
    return [out for out, _ in said], wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10**9)
    parser.add_argument("warc")
    given = parser.parse_args()
    rates = {}
    with tempfile.TemporaryDirectory() as folder:
        split = subprocess.run([PYTHON, "-c", SPLIT, given.warc, str(given.pages), folder], capture_output=True, text=True, check=True)
        total, plain = map(int, split.stdout.split())
        print(f"{total} pages, {plain / 1e6:.1f} MB of them, {os.path.getsize(folder + '/whole.warc.gz') / 1e6:.1f} MB compressed; "
              f"load {os.getloadavg()[0]:.1f}")
        print(f"{'':14} {'cores':>5} {'pages':>6} {'wall s':>7} {'CPU s':>7} {'pages/s':>8} {'MB/s':>6} {'pages/CPU s':>12} {'MB/CPU s':>9}")
        for cores in ("0", "0,1"):
            halves = ["whole"] if cores == "0" else ["first", "second"]
            files = [f"{folder}/{half}.warc.gz" for half in halves]
            data = f"{folder}/data{len(cores)}"
            runs = {
                "vigie": ([[VIGIE, "ingest", "--json", "--data", data, folder + "/whole.warc.gz"]], lambda out: len(out.splitlines())),
                "vigie extract": ([[VIGIE, "extract", "--format", "json", "--list", folder + "/list"]],
                                  lambda out: len(out.splitlines())),
                "resiliparse": ([[PYTHON, "-c", RESILIPARSE, file] for file in files], int),
                "trafilatura": ([[PYTHON, "-c", TRAFILATURA, file] for file in files], int),
            }
            for name, (commands, count) in runs.items():
                try:
                    said, wall, cpu = run_all(commands, cores)
                except RuntimeError as error:
                    print(f"{name:14} left out: {error}")
                    continue
                pages = sum(count(out) for out in said)
                megabytes = plain / 1e6 * pages / total
                rates[name, cores] = pages / cpu
                print(f"{name:14} {cores:>5} {pages:6} {wall:7.2f} {cpu:7.2f} {pages / wall:8.0f} {megabytes / wall:6.1f} "
                      f"{pages / cpu:12.0f} {megabytes / cpu:9.1f}", flush=True)
    print(json.dumps({f"{mine} over {other}, {len(cores.split(','))} cores": round(rates[mine, cores] / rates[other, cores], 2)
                      for cores in ("0", "0,1") for mine in ("vigie", "vigie extract") for other in ("resiliparse", "trafilatura")
                      if (mine, cores) in rates and (other, cores) in rates}))


if __name__ == "__main__":
    main()

"""What Vigie writes as WARC is read by others: warcio, from PyPI. Skipped where it cannot be installed."""
import importlib.util
import json
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


if __name__ == "__main__":
    unittest.main()

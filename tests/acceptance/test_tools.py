"""The checks of the tree are checked: each must pass on a sound little tree and name the line of what is broken."""
import gzip
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]


class TreeTest(unittest.TestCase):
    tool = ""

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = pathlib.Path(self.folder.name)

    def write(self, path, text):
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return target

    def run_tool(self):
        done = subprocess.run([ROOT / "tools" / self.tool, "--root", self.root], capture_output=True, text=True,
                              timeout=300, check=False)
        return done.returncode, done.stderr

    def assert_complains(self, *needles):
        code, said = self.run_tool()
        self.assertEqual(code, 1, said)
        for needle in needles:
            self.assertIn(needle, said)

    def assert_content(self):
        code, said = self.run_tool()
        self.assertEqual((code, said), (0, ""))


class CheckLayers(TreeTest):
    tool = "check_layers"

    def setUp(self):
        super().setUp()
        self.write("src/CMakeLists.txt", "foreach(layer base page article)\nendforeach()\n")
        self.write("src/base/CMakeLists.txt", "vigie_layer(base LINKS sodium)\n")
        self.write("src/page/CMakeLists.txt", "vigie_layer(page USES base LINKS icuuc)\n")
        self.write("src/article/CMakeLists.txt", "vigie_layer(article\n  USES base\n  page)\n")
        self.write("src/base/time.hpp", "#pragma once\n#include <string>\n")
        self.write("src/page/page.hpp", '#pragma once\n#include "base/time.hpp"\n')
        self.write("src/page/page.cpp", '#include "page/page.hpp"\n#include "names_table.inc"\n')
        self.write("src/page/names_table.inc", "1, 2, 3\n")
        self.write("src/article/article.cpp", '#include "page/page.hpp"\n')

    def test_a_sound_tree_passes(self):
        self.assert_content()

    def test_an_undeclared_folder_is_named_with_its_line(self):
        self.write("src/base/time.hpp", '#pragma once\n#include "page/page.hpp"\n')
        self.assert_complains("src/base/time.hpp:2:", "USES page")

    def test_using_a_later_folder_is_refused_even_when_declared(self):
        self.write("src/page/CMakeLists.txt", "vigie_layer(page USES base article)\n")
        self.assert_complains("src/page/CMakeLists.txt:1: page USES article")

    def test_using_a_folder_that_does_not_exist(self):
        self.write("src/page/CMakeLists.txt", "vigie_layer(page USES base paper)\n")
        self.assert_complains("USES paper")

    def test_a_cycle_between_two_files_of_one_folder(self):
        self.write("src/page/a.hpp", '#include "page/b.hpp"\n')
        self.write("src/page/b.hpp", '\n#include "page/a.hpp"\n')
        self.assert_complains("include cycle", "src/page/b.hpp:2:")

    def test_an_include_that_is_not_there(self):
        self.write("src/page/page.cpp", '#include "page/gone.hpp"\n')
        self.assert_complains("src/page/page.cpp:1:", "no such file")

    def test_a_folder_without_a_layer_line(self):
        self.write("src/extra/x.cpp", "int x;\n")
        self.assert_complains("src/extra/x.cpp:1:")

    def test_a_folder_outside_the_order(self):
        self.write("src/extra/CMakeLists.txt", "vigie_layer(extra USES base)\n")
        self.assert_complains("src/extra/CMakeLists.txt:1: extra is not in the order")

    def test_a_way_around_through_the_parent_folder(self):
        self.write("src/base/time.hpp", '#include "../page/page.hpp"\n')
        self.assert_complains("src/base/time.hpp:1:")


class CheckDocs(TreeTest):
    tool = "check_docs"

    def setUp(self):
        super().setUp()
        self.write("src/cli/options.cpp", 'command(Command::search, "search"); add_option("--limit"); add_flag("--json");\n')
        self.write("CMakePresets.json", '{"configurePresets": [{"name": "debug"}], "testPresets": [{"name": "debug"}]}')
        self.write("tools/build", "#!/bin/sh\n").chmod(0o755)
        self.write("run", "#!/bin/sh\n").chmod(0o755)
        self.write("docs/format.md", "# The format\n\n## Postings and `docids`\n")
        self.sound = ("# Vigie\n\nSee [the format](docs/format.md#postings-and-docids), `tools/build`, `src/cli/`, `cli/*.cpp`\n"
                      "and [elsewhere](https://site.example/x).\n\n```sh\n./run --help\nvigie search 'a b' --limit 3 | head\n"
                      "cmake --preset debug\n```\n\n    DIR/captures/x.warc.gz   not a path of ours\n")
        self.write("README.md", self.sound)

    def broken(self, line):
        self.write("README.md", self.sound + line + "\n")

    def test_sound_documents_pass(self):
        self.assert_content()

    def test_a_dead_link(self):
        self.broken("[gone](docs/gone.md)")
        self.assert_complains("README.md:13: link to docs/gone.md")

    def test_a_dead_anchor(self):
        self.broken("[gone](docs/format.md#segments)")
        self.assert_complains("README.md:13: link to docs/format.md#segments: no such heading")

    def test_a_path_in_code_that_is_gone(self):
        self.broken("It lives in `src/cli/gone.cpp`.")
        self.assert_complains("README.md:13: src/cli/gone.cpp")

    def test_a_pattern_that_matches_nothing(self):
        self.broken("It lives in `cli/*.rs`.")
        self.assert_complains("README.md:13: cli/*.rs")

    def test_a_tool_that_is_gone(self):
        self.broken("Run `tools/gone --all`.")
        self.assert_complains("README.md:13: tools/gone")

    def test_a_script_that_is_gone_inside_a_code_block(self):
        self.broken("```sh\n./gone --now\n```")
        self.assert_complains("README.md:14: ./gone")

    def test_a_subcommand_that_does_not_exist(self):
        self.broken("Run `vigie serach x`.")
        self.assert_complains("README.md:13: vigie serach: no such command")

    def test_an_option_that_does_not_exist(self):
        self.broken("Run `vigie search x --max 3`.")
        self.assert_complains("README.md:13: vigie search --max: no such option")

    def test_a_preset_that_does_not_exist(self):
        self.broken("Run `cmake --preset fast`.")
        self.assert_complains("README.md:13: cmake --preset fast")

    def test_documents_below_docs_are_read(self):
        self.write("docs/decisions/0001-x.md", "[up](../formats.md)\n")
        self.assert_complains("docs/decisions/0001-x.md:1:")

    def test_a_line_marked_not_yet_is_passed_over(self):
        self.broken("Run `vigie backup` <!-- not yet -->")
        self.assert_content()


class MakeDemo(unittest.TestCase):
    """demo/edition and demo/expected.jsonl are what demo/src gives."""

    def test_the_committed_edition_is_what_its_source_gives(self):
        demo = ROOT / "demo"
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([ROOT / "tools" / "make_demo", "--out", folder], check=True, capture_output=True, timeout=300)
            made = self.contents(pathlib.Path(folder))
        kept = {name: data for name, data in self.contents(demo).items()
                if name.startswith("edition/") or name == "expected.jsonl"}
        self.assertEqual(sorted(made), sorted(kept), "run tools/make_demo and commit what it writes")
        for name, data in made.items():
            self.assertEqual(data, kept[name], f"{name}: run tools/make_demo and commit what it writes")

    @staticmethod
    def contents(folder):
        """Compressed files by what is in them: another zlib may pack the same bytes differently."""
        return {path.relative_to(folder).as_posix():
                gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
                for path in folder.rglob("*") if path.is_file()}


if __name__ == "__main__":
    unittest.main()

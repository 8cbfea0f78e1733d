#!/usr/bin/env python3
"""Copies found by MinHash in datasketch and rensa, and by bench/kinship_copies, on the same reports in one run.

usage: minhash.py KINSHIP_COPIES CORPUS.jsonl SILVER.tsv [REPORTS]
Needs datasketch and rensa from PyPI. Each program does all of it on one core: words, runs of four words, signature,
look-up, insertion; processor time is told, not the clock's. The rivals' words are str.split() of the lower-cased text,
128 permutations, 32 bands of 4. SILVER lists pairs with the true Jaccard likeness of their five-word runs, which is what MinHash
estimates: .5 and above are copies, below .2 not; each rival gets the threshold that suits it best there.
"""
import json, resource, subprocess, sys, tempfile, time

import datasketch
import rensa

PERMUTATIONS, BANDS = 128, 32


def runs(text):
    words = text.lower().split()
    return {" ".join(words[i:i + 4]) for i in range(len(words) - 3)} or {" ".join(words)}


class Datasketch:
    name = "datasketch " + datasketch.__version__

    def __init__(self):
        self.lsh = datasketch.MinHashLSH(params=(BANDS, PERMUTATIONS // BANDS), num_perm=PERMUTATIONS)

    def signature(self, text):
        made = datasketch.MinHash(num_perm=PERMUTATIONS)
        made.update_batch([run.encode() for run in runs(text)])
        return made

    def look_up_and_insert(self, key, made):
        self.lsh.query(made)
        self.lsh.insert(key, made)


class Rensa:
    name = "rensa " + getattr(rensa, "__version__", "")

    def __init__(self):
        self.lsh = rensa.RMinHashLSH(threshold=0.5, num_perm=PERMUTATIONS, num_bands=BANDS)

    def signature(self, text):
        made = rensa.RMinHash(num_perm=PERMUTATIONS, seed=42)
        made.update(list(runs(text)))
        return made

    def look_up_and_insert(self, key, made):
        self.lsh.query(made)
        self.lsh.insert(key, made)


def text_of(report):
    return f"{report.get('lede') or ''} {report.get('body') or ''}"


def best_f1(likeness, copies):
    best = (0.0, 0.0)
    for step in range(5, 96):
        said = [value >= step / 100 for value in likeness]
        found = sum(a and b for a, b in zip(said, copies))
        wrong_or_missed = sum(a != b for a, b in zip(said, copies))
        best = max(best, (2 * found / max(1, 2 * found + wrong_or_missed), step / 100))
    return best


def measure(rival, reports, pairs, by_id):
    begin = time.process_time()
    made = [rival.signature(text_of(report)) for report in reports]
    read_s = time.process_time() - begin
    begin = time.process_time()
    for key, signature in enumerate(made):
        rival.look_up_and_insert(key, signature)
    found_s = time.process_time() - begin
    likeness = [rival.signature(text_of(by_id[a])).jaccard(rival.signature(text_of(by_id[b]))) for a, b, _ in pairs]
    f1, at = best_f1(likeness, [copy for _, _, copy in pairs])
    each = 1e6 / len(reports)
    print(f"| {rival.name} | {read_s * each:.0f} | {found_s * each:.0f} | {f1:.3f} (from {at:.2f} on) |")


def main(program, corpus, silver, most=5000):
    reports = [json.loads(line) for line in open(corpus, encoding="utf-8")]
    by_id = {report["id"]: report for report in reports}
    reports = reports[:int(most)]
    pairs = []
    for line in list(open(silver, encoding="utf-8"))[1:]:
        a, b, jaccard = line.split("\t")[:3]
        if a in by_id and b in by_id and not 0.2 <= float(jaccard) < 0.5:
            pairs.append((a, b, float(jaccard) >= 0.5))
    print(f"{len(reports)} reports, {len(pairs)} silver pairs\n")
    print("| | us to read and sign | us to look up and insert | F1 on silver pairs |\n| --- | ---: | ---: | ---: |")
    for rival in (Datasketch(), Rensa()):
        measure(rival, reports, pairs, by_id)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(report, ensure_ascii=False) + "\n" for report in reports)
        file.flush()
        print("\n" + subprocess.run([program, file.name], check=True, capture_output=True, text=True).stdout.split("\n")[0])
    print(f"(children's processor time in all: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime:.1f} s)")


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:5])

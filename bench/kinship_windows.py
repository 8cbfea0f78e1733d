#!/usr/bin/env python3
"""Makes the labelled windows that src/kinship/evidence_table.inc is trained on, beside the development stories.

usage: kinship_windows.py CORPUS.jsonl FOLDER     writes FOLDER/window-DAY.jsonl, one file for each week labelled
then:  kinship_train STORIES.jsonl FOLDER/window-*.jsonl > src/kinship/evidence_table.inc
CORPUS is the public corpus of 22,283 French articles (orangesum_fr_until2019). kinship_windows.tsv says which of its
articles make up each week and which stand in one story: first day, id, story (empty: alone). It was judged from titles and
ledes by the guidelines of the development stories, by whoever built this.
"""
import json, os, sys


def main(corpus, folder):
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "kinship_windows.tsv"), encoding="utf-8") as file:
        labels = [line.rstrip("\n").split("\t") for line in file]
    with open(corpus, encoding="utf-8") as file:
        articles = {article["id"]: article for article in map(json.loads, file)}
    os.makedirs(folder, exist_ok=True)
    windows = {}
    for day, id, story in labels:
        article = {key: articles[id].get(key) for key in ("id", "url", "published", "title", "lede", "body")}
        windows.setdefault(day, []).append(article | {"lang": "fr", "story": story or "alone-" + id})
    for day, window in windows.items():
        window.sort(key=lambda article: (article["published"], int(article["id"].rpartition("-")[2])))
        with open(os.path.join(folder, f"window-{day}.jsonl"), "w", encoding="utf-8") as file:
            file.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in window)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])

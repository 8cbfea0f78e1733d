"""One of the Python peers over a list of pages: one JSON line a page, as `vigie extract --format json --list FILE` prints them.

usage: python_peers.py PEER extract --format json --list FILE
PEER: trafilatura, trafilatura_fast (without its fall-backs), newspaper4k, resiliparse; the name ended by _text asks for the
body alone, where the peer can leave the other fields out. A page that is valid UTF-8 is handed over as text, another as bytes
where the peer finds the charset itself. What a peer throws is an answer without text.
"""
import json, sys, warnings
warnings.simplefilter("ignore")
import logging
logging.disable(logging.CRITICAL)


def utf8_or_bytes(raw):
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw


def trafilatura_peer(fast, fields):
    import trafilatura

    def answer(raw, url):
        page = utf8_or_bytes(raw)
        if not fields:
            return {"text": trafilatura.extract(page, url=url, fast=fast, include_comments=False) or ""}
        found = trafilatura.bare_extraction(page, url=url, fast=fast, include_comments=False, with_metadata=True)
        if found is None:
            return {"text": ""}
        found = found.as_dict()
        authors = [name.strip() for name in (found.get("author") or "").split(";") if name.strip()]
        return {"text": found.get("text") or "", "title": found.get("title"), "authors": authors, "published": found.get("date")}
    return answer


def resiliparse_peer(fields):
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    def answer(raw, url):
        page = utf8_or_bytes(raw)
        if isinstance(page, bytes):
            tree = HTMLTree.parse_from_bytes(page, detect_encoding(page))
        else:
            tree = HTMLTree.parse(page)
        text = extract_plain_text(tree, preserve_formatting=True, main_content=True, alt_texts=False, comments=False,
                                  list_bullets=False, post_meta=False)
        return {"text": text, "title": tree.title} if fields else {"text": text}
    return answer


def newspaper_peer():
    import newspaper
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    def answer(raw, url):
        page = utf8_or_bytes(raw)
        if isinstance(page, bytes):  # it takes text only; over HTTP it would rely on the header
            page = bytes_to_str(page, detect_encoding(page))
        article = newspaper.Article(url or "https://example.org/", fetch_images=False, follow_meta_refresh=False)
        article.download(input_html=page)
        article.parse()
        date = article.publish_date
        return {"text": article.text, "title": article.title, "authors": article.authors,
                "published": date.isoformat()[:10] if hasattr(date, "isoformat") else ""}
    return answer


PEERS = {
    "trafilatura": lambda: trafilatura_peer(False, True),
    "trafilatura_text": lambda: trafilatura_peer(False, False),
    "trafilatura_fast": lambda: trafilatura_peer(True, True),
    "trafilatura_fast_text": lambda: trafilatura_peer(True, False),
    "resiliparse": lambda: resiliparse_peer(True),
    "resiliparse_text": lambda: resiliparse_peer(False),
    "newspaper4k": newspaper_peer,
}


def main():
    answer = PEERS[sys.argv[1]]()
    for line in open(sys.argv[sys.argv.index("--list") + 1], encoding="utf-8"):
        path, _, url = line.rstrip("\n").partition("\t")
        try:
            with open(path, "rb") as file:
                found = answer(file.read(), url or None)
        except Exception:
            found = {"text": ""}
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")


main()

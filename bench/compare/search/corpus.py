"""Makes the documents and queries that every engine is given: plain tokens, so that no engine's analysis makes a difference.

Documents: one a line, oldest first: id, time (unix seconds, strictly growing), source, language, text; split by tabs. A text is words of
[a-z0-9] with one space between them. Sources are invented (200 of them, Zipf) so that facets have something to count; languages are
given names that no engine has rules for.
  news       the articles of ../shared/data/corpora, with their own dates
  generated  N documents: as many sentences as a random article has, each a random sentence of the same language; dates over ten
             years. Seeded: the same file each time.
Queries: operation, kind, words, from, to; split by tabs. Drawn from random articles by the document frequency of their words, so that
each has an answer. Also seeded.
"""
import collections, datetime, itertools, json, lzma, math, random, re, unicodedata

WORD = re.compile(r"[a-z0-9]+")
SENTENCE = re.compile(r"(?<=[.!?…])\s+")
SOURCES = 200
TEN_YEARS = (int(datetime.datetime(2010, 1, 1, tzinfo=datetime.timezone.utc).timestamp()), 3652 * 86400)
LANGUAGES = {"fr": "xa", "en": "xb"}


def words(text):
    text = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return [w for w in WORD.findall(text) if len(w) <= 40]


def articles(shared):
    for name in ("orangesum_fr_until2019", "reuters21578"):
        with lzma.open(shared / f"data/corpora/{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                text = ". ".join(record.get(key) or "" for key in ("title", "lede", "body"))
                if record.get("published"):  # a record without date takes the one before it
                    time = datetime.datetime.fromisoformat(record["published"])
                if time.tzinfo is None:
                    time = time.replace(tzinfo=datetime.timezone.utc)
                sentences = [" ".join(words(s)) for s in SENTENCE.split(text)]
                yield int(time.timestamp()), LANGUAGES[record["lang"]], [s for s in sentences if s]


class Sources:
    def __init__(self, rng):
        self.rng = rng
        self.names = [f"source{i}.example" for i in range(SOURCES)]
        self.weights = list(itertools.accumulate(1 / (i + 1) for i in range(SOURCES)))

    def draw(self):
        return self.rng.choices(self.names, cum_weights=self.weights)[0]


def write(path, documents):
    before = 0
    with open(path, "w") as file:
        for number, (time, source, language, text) in enumerate(documents, 1):
            before = max(before + 1, time)
            file.write(f"{number}\t{before}\t{source}\t{language}\t{text}\n")


def make_news(path, shared):
    sources = Sources(random.Random(1))
    write(path, ((time, sources.draw(), language, " ".join(sentences))
                 for time, language, sentences in sorted(articles(shared), key=lambda article: article[0])))


def make_generated(path, shared, count):
    rng = random.Random(2)
    sources = Sources(rng)
    shapes, pool = [], collections.defaultdict(list)
    for _, language, sentences in articles(shared):
        shapes.append((language, len(sentences)))
        pool[language] += sentences
    times = sorted(rng.randrange(TEN_YEARS[1]) + TEN_YEARS[0] for _ in range(count))

    def document(time):
        language, length = rng.choice(shapes)
        return time, sources.draw(), language, " ".join(rng.choices(pool[language], k=length))
    write(path, map(document, times))


def read_sample(path, wanted, rng):
    """Document frequencies of a large part of the file, and `wanted` of its documents."""
    frequency, kept, count = collections.Counter(), [], 0
    with open(path) as file:
        for number, line in enumerate(file):
            if number % 20 and number >= 50_000:
                continue
            text = line.rstrip("\n").split("\t")[4].split()
            frequency.update(set(text))
            count += 1
            if len(kept) < wanted:
                kept.append(text)
            elif rng.randrange(count) < wanted:
                kept[rng.randrange(wanted)] = text
    return frequency, kept, count


def period(rng, first, last):
    """A tenth to a half of the corpus's time."""
    length = int((last - first) * rng.uniform(0.1, 0.5))
    begin = rng.randrange(first, last - length)
    return begin, begin + length


def make_queries(path, corpus, each=50):
    rng = random.Random(3)
    frequency, texts, count = read_sample(corpus, 5000, rng)
    times = quantiles(corpus)
    bands = {"high": (0.05, 0.5), "med": (0.005, 0.02), "low": (0.0002, 0.002)}

    def draw(*wanted):
        while True:
            text = rng.choice(texts)
            found = []
            for band in wanted:
                low, high = bands[band]
                fit = [w for w in text if low <= frequency[w] / count <= high and w not in found and not w.isdigit() and len(w) > 1]
                if not fit:
                    break
                found.append(rng.choice(fit))
            else:
                return " ".join(found)

    def phrase(length):
        while True:
            text = rng.choice(texts)
            if len(text) > length + 1:
                at = rng.randrange(len(text) - length)
                part = text[at:at + length]
                if any(frequency[w] / count < 0.05 for w in part) and all(frequency[w] / count >= 0.0002 for w in part):
                    return " ".join(part)

    def ranged():
        begin, end = period(rng, 0, len(times) - 1)
        return f"{times[begin]}\t{times[end]}"

    pairs = [("high", "high"), ("high", "med"), ("high", "low"), ("med", "med", "high")]
    with open(path, "w") as file:
        for pair, _ in itertools.product(pairs, range(each)):
            file.write(f"top\tAND\t{draw(*pair)}\t\t\n")
        for pair, _ in itertools.product(pairs, range(each)):
            file.write(f"top\tOR\t{draw(*pair)}\t\t\n")
        for length, _ in itertools.product((2, 3), range(each)):
            file.write(f"top\tPHRASE\t{phrase(length)}\t\t\n")
        for operation in ("latest", "facets"):
            for pair, _ in itertools.product([("high",), ("med",), ("high", "med")], range(each // 2)):
                file.write(f"{operation}\tAND\t{draw(*pair)}\t{ranged()}\n")
            for pair, _ in itertools.product([("high", "med"), ("med", "low")], range(each // 2)):
                file.write(f"{operation}\tOR\t{draw(*pair)}\t{ranged()}\n")


def quantiles(corpus, parts=1000):
    times = [int(line.split("\t", 2)[1]) for line in open(corpus)]
    return [times[math.floor(i * (len(times) - 1) / parts)] for i in range(parts + 1)]

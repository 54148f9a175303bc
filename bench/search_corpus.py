"""A search index of any size, in words that are spread as those of real texts are, beside the pages of a built site.

The synthetic site of the other measurements has words of a few syllables, so all of its words begin alike. Here the
words of the demonstration site come first, by how often they occur; made-up ones follow, letter by letter as the real
ones go on. The word of rank r stands in texts about 1/r as often as the first (Zipf). Pages of the results do not
exist: only the search is measured.
"""

import random
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import msgspec

from site_builder.search.index import build_index
from site_builder.search.search_record import SearchRecord, pack, weigh

SEED: Final = 20260601
WORDS_OF_ONE: Final = 900
"""How many different words there are, by the root of the number of articles: 28,000 in 1,000 (Heaps)."""
WORDS_OF_TEXT: Final = 500
WORDS_OF_TITLE: Final = (4, 10)
WORDS_OF_SUMMARY: Final = 30
TITLE_LEAST_RANK: Final = 60
"""Titles leave out the very commonest words: they have half as many of them as texts."""
_LETTERS: Final = 3
"""How many letters decide on the next one of a made-up word."""


def make_words(sources: Path, count: int) -> list[str]:
    """Words by rank: those of the Markdown files below a folder, then made-up ones."""
    random_ = random.Random(SEED)
    text = " ".join(path.read_text(encoding="utf-8") for path in sorted(sources.rglob("*.md")))
    found = Counter(re.findall(r"[a-z]{1,20}", text.lower()))
    words = sorted(found, key=lambda word: (-found[word], word))
    nexts: dict[str, list[str]] = defaultdict(list)
    for word in words:
        padded = "^" * _LETTERS + word + "$"
        for at in range(_LETTERS, len(padded)):
            nexts[padded[at - _LETTERS : at]].append(padded[at])
    known = set(words)
    while len(words) < count:
        made = "^" * _LETTERS
        while not made.endswith("$") and len(made) < 20:
            made += random_.choice(nexts[made[-_LETTERS:]])
        word = made.strip("^$")
        if len(word) > 2 and word not in known:
            known.add(word)
            words.append(word)
    return words


def make_records(words: Sequence[str], count: int) -> Iterator[SearchRecord]:
    """Articles, the same each time."""
    random_ = random.Random(SEED + count)

    def some(number: int, least: int = 1) -> str:
        ranks = (int(least * (len(words) / least) ** random_.random()) for _ in range(number))
        return " ".join(words[min(rank, len(words)) - 1] for rank in ranks)

    for number in range(count):
        title = some(random_.randint(*WORDS_OF_TITLE), TITLE_LEAST_RANK).capitalize()
        topics = tuple((f"topic-{n}", f"Topic {n}") for n in random_.sample(range(max(8, count // 100)), 2))
        entities = tuple((f"entity-{n}", f"Entity {n}") for n in random_.sample(range(max(8, count // 10)), 3))
        day = f"{2015 + number % 11}-{1 + number % 12:02}-{1 + number % 28:02}"
        source = f"Source {number % 50}"
        names = " ".join([*(name for _, name in (*topics, *entities)), source])
        url = f"/articles/{re.sub('[^a-z]+', '-', title.lower())[:60].strip('-')}-{number}/"
        text = some(WORDS_OF_TEXT)
        yield SearchRecord(
            url, "article", title, names, some(WORDS_OF_SUMMARY), text, day, source, "", topics, entities
        )


def make_search_site(demonstration: Path, sources: Path, out: Path, count: int) -> None:
    """The pages of a built demonstration site with a search index of `count` made-up articles."""
    records = list(make_records(make_words(sources, round(WORDS_OF_ONE * count**0.5)), count))
    files = build_index(records, (pack(weigh(record)) for record in records))
    texts = msgspec.json.decode((demonstration / "search/index.json").read_bytes())["words"]
    files["index.json"] = msgspec.json.encode(msgspec.json.decode(files["index.json"]) | {"words": texts})
    shutil.copytree(demonstration, out, ignore=shutil.ignore_patterns("*.png", "facets", "t", "d"))
    for path, data in files.items():
        (out / "search" / path).parent.mkdir(parents=True, exist_ok=True)
        (out / "search" / path).write_bytes(data)

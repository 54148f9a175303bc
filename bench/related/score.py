"""Gold sets of linked texts against a ranking: links that authors made and the ranking was not shown -> figures.

Nothing is tuned here; the program's ranking runs as it is. Beside it stand simple ones to compare with.
"""

import argparse
import hashlib
import json
import math
import random
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench.related.baselines import BASELINES, Document, Ranker
from site_builder.config import load_config
from site_builder.importers.existing_content import as_ranked_document, load_existing
from site_builder.related.neighbours import rank, update_related

FOLDER: Final = Path(__file__).parent
SETS: Final = tuple(f"{name}{shown}" for name in ("curated", "written") for shown in ("", "-unlinked", "-bare"))
"""Two collections, each shown to the ranking with the links that are not asked for, without any, and bare: with neither
links nor topics and entities, as imported texts come."""
FOLDS: Final = 5
SEED: Final = 20260601
SHOWN: Final = 5
"""How many entries a reader takes in: for recall and hits."""
DEPTH: Final = 10
"""How many count for nDCG."""
WORDS_OWN: Final = 40
"""Invented words that about THEME_SIZE synthetic documents share, as a subject has words of its own."""
THEME_SIZE: Final = 20
EDITED_DOCUMENTS: Final = 1_000
EDITS: Final = 10


@dataclass(frozen=True, slots=True)
class Gold:
    """A set to be ranked."""

    name: str
    documents: tuple[Document, ...]
    links: Mapping[str, frozenset[str]]
    """Query -> what its author linked to."""
    is_linked: bool
    """Whether the ranking sees the links that are not asked for."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a ranking gets for one query; all 0..1."""

    query: str
    recall: float
    ndcg: float
    reciprocal: float
    hit: float
    missed: tuple[str, ...]
    """Linked, but not among the first SHOWN."""
    instead: tuple[str, ...]
    """The first SHOWN."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over all queries."""

    queries: int
    recall: float
    ndcg: float
    mrr: float
    hit: float


def read_lines(path: Path) -> tuple[dict[str, Any], ...]:
    """One object a line."""
    return tuple(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def load_set(name: str) -> Gold:
    """Read a set."""
    collection, _, shown = name.partition("-")
    documents = read_lines(FOLDER / f"{collection}.jsonl")
    known = {d["id"] for d in documents}
    links = {d["id"]: frozenset(d["links"]) & known - {d["id"]} for d in documents}
    if shown == "bare":
        documents = tuple({**d, "topics": [], "entities": []} for d in documents)
    return Gold(name, documents, {q: found for q, found in links.items() if found}, not shown)


def digest() -> str:
    """A digest of every file of the sets, so that a figure can say what it was measured on."""
    total = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.jsonl")):
        total.update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()[:16]


def freeze() -> None:
    """Write the curated set anew from the demonstration content."""
    config, _ = load_config(FOLDER.parents[1] / "mkdocs.yml")
    if config is None:
        sys.exit("mkdocs.yml cannot be read")
    library = load_existing(config)
    fields = ("id", "title", "summary", "date", "topics", "entities", "links", "body")
    texts = (as_ranked_document(document, library) for document in library.articles)
    lines = (json.dumps({f: t[f] for f in fields}, ensure_ascii=False, default=str) for t in texts)
    (FOLDER / "curated.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def ours(documents: Sequence[Document]) -> dict[str, list[str]]:
    """The program's ranking."""
    return {own: [other for other, _, _ in found] for own, found in rank(documents, jobs=1).items()}


def run(ranker: Ranker, gold: Gold) -> list[Marks]:
    """Ask for every query, and mark the answers."""
    return [mark(query, found, gold.links[query]) for query, found in answers(ranker, gold).items()]


def answers(ranker: Ranker, gold: Gold) -> dict[str, Sequence[str]]:
    """Query -> ids, best first. Where links are shown, in folds: each query without its own, in both directions."""
    if not gold.is_linked:
        lists = ranker([{**d, "links": []} for d in gold.documents])
        return {query: lists.get(query, ()) for query in gold.links}
    queries = sorted(gold.links)
    random.Random(SEED).shuffle(queries)
    out: dict[str, Sequence[str]] = {}
    for fold in (queries[i::FOLDS] for i in range(FOLDS)):
        lists = ranker(hold_out(gold, fold))
        out |= {query: lists.get(query, ()) for query in fold}
    return {query: out[query] for query in sorted(out)}


def hold_out(gold: Gold, queries: Sequence[str]) -> list[Document]:
    """The documents without what the queries link to, and without a link back from there."""
    hidden = {(q, target) for q in queries for target in gold.links[q]}
    hidden |= {(target, q) for q, target in hidden}
    return [{**d, "links": [to for to in d["links"] if (d["id"], to) not in hidden]} for d in gold.documents]


def mark(query: str, found: Sequence[str], wanted: frozenset[str]) -> Marks:
    """Mark one answer."""
    hits = [other in wanted for other in found]
    gain = sum(1 / math.log2(place + 2) for place, is_hit in enumerate(hits[:DEPTH]) if is_hit)
    best = sum(1 / math.log2(place + 2) for place in range(min(len(wanted), DEPTH)))
    return Marks(
        query,
        recall=sum(hits[:SHOWN]) / len(wanted),
        ndcg=gain / best,
        reciprocal=1 / (hits.index(True) + 1) if True in hits else 0.0,
        hit=float(any(hits[:SHOWN])),
        missed=tuple(sorted(wanted - set(found[:SHOWN]))),
        instead=tuple(found[:SHOWN]),
    )


def summarise(marks: Sequence[Marks]) -> Figures:
    """Means; the marks must not be empty."""
    count = len(marks)
    return Figures(
        count,
        recall=sum(m.recall for m in marks) / count,
        ndcg=sum(m.ndcg for m in marks) / count,
        mrr=sum(m.reciprocal for m in marks) / count,
        hit=sum(m.hit for m in marks) / count,
    )


def mean_of(sets: Sequence[Figures]) -> Figures:
    """The mean of several sets, each counting the same."""
    count = len(sets)
    return Figures(
        sum(f.queries for f in sets),
        recall=sum(f.recall for f in sets) / count,
        ndcg=sum(f.ndcg for f in sets) / count,
        mrr=sum(f.mrr for f in sets) / count,
        hit=sum(f.hit for f in sets) / count,
    )


def spliced(count: int) -> list[dict[str, Any]]:
    """Synthetic documents: sentences of both sets, mixed with words put together from halves of theirs."""
    chance = random.Random(SEED)
    texts = [d["body"] for name in ("curated", "written") for d in load_set(name).documents]
    sentences = [s.strip() for text in texts for s in text.split(". ") if 5 <= len(s.split()) <= 40]
    halves: list[str] = sorted({w for s in sentences for w in s.lower().split() if w.isalpha() and len(w) > 5})

    def word() -> str:
        one, other = chance.choice(halves), chance.choice(halves)
        return one[: len(one) // 2 + 1] + other[len(other) // 2 :]

    themes = [[word() for _ in range(WORDS_OWN)] for _ in range(max(count // THEME_SIZE, 1))]
    documents: list[dict[str, Any]] = []
    for i in range(count):
        theme = chance.randrange(len(themes))
        said = [f"{s} {' '.join(chance.sample(themes[theme], 2))} {word()}" for s in chance.sample(sentences, 12)]
        documents.append(
            {
                "id": f"text-{i:06}",
                "title": " ".join(chance.sample(themes[theme], 2)),
                "body": ". ".join(said),
                "topics": [f"topic-{theme % 40}", f"topic-{chance.randrange(40)}"],
                "date": f"{chance.randrange(2021, 2026)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}",
                "links": [f"text-{chance.randrange(count):06}" for _ in range(3)],
            }
        )
    return documents


def print_times(sizes: Sequence[int]) -> None:
    """Seconds to rank so many synthetic documents, from scratch and after one edit."""
    print(f"\n{'documents':>10}{'rank s':>9}{'lists s':>9}{'edit s':>9}")
    for size in sizes:
        documents = spliced(size)
        start = time.perf_counter()
        rank(documents)
        ranked = time.perf_counter()
        _, state = update_related(None, documents)
        listed = time.perf_counter()
        update_related(state, _edited(documents, 0))
        done = time.perf_counter()
        print(f"{size:>10,}{ranked - start:>9.2f}{listed - ranked:>9.2f}{done - listed:>9.2f}", flush=True)


@dataclass(frozen=True, slots=True)
class Stability:
    """What one edit does to the lists of the other documents."""

    entries: int
    """Lists with other entries, or in another order."""
    anything: int
    """These, and lists of which only a score or a reason is another."""
    is_same_as_clean: bool
    """Whether the lists worked out from the last state are those worked out from nothing."""


def edits(count: int = EDITED_DOCUMENTS, times: int = EDITS) -> list[Stability]:
    """Edit one synthetic document after the other."""
    documents: Sequence[Document] = spliced(count)
    lists, state = update_related(None, documents)
    out = []
    for step in range(times):
        place = step * count // times
        own = documents[place]["id"]
        documents = _edited(documents, place)
        before = lists
        lists, state = update_related(state, documents)
        others = [i for i in lists if i != own]
        out.append(
            Stability(
                entries=sum([e[0] for e in lists[i]] != [e[0] for e in before[i]] for i in others),
                anything=sum(lists[i] != before[i] for i in others),
                is_same_as_clean=lists == update_related(None, documents)[0],
            )
        )
    return out


def _edited(documents: Sequence[Document], place: int) -> list[Document]:
    """One sentence is struck out and the first is said twice."""
    said = documents[place]["body"].split(". ")
    return [*documents[:place], {**documents[place], "body": ". ".join([said[0], *said[:-1]])}, *documents[place + 1 :]]


def _row(name: str, figures: Figures) -> str:
    shares = (figures.recall, figures.ndcg, figures.mrr, figures.hit)
    return f"{name:<36}{figures.queries:>8}" + "".join(f"{share:>10.3f}" for share in shares)


def _explain(name: str, marks: Marks) -> str:
    lines = (
        f"{name} {marks.query}: recall {marks.recall:.2f}, nDCG {marks.ndcg:.2f}",
        f"  missed {', '.join(marks.missed)}",
        f"  gave   {', '.join(marks.instead)}",
    )
    return "\n".join(lines)


def main() -> None:
    """Print the figures of every set, beside those of the baselines."""
    parser = argparse.ArgumentParser(prog="python -m bench.related", description=__doc__.partition("\n")[0])
    parser.add_argument("--set", default=",".join(SETS), metavar="NAME,…", help="sets, by commas: %(default)s")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show the N worst queries of each set")
    parser.add_argument("--time", metavar="N,…", help="time so many synthetic documents, for instance 1000,10000")
    parser.add_argument("--edits", action="store_true", help="count the lists that an edit elsewhere changes")
    parser.add_argument("--freeze", action="store_true", help="write the curated set anew from the content, and stop")
    options = parser.parse_args()
    if options.freeze:
        freeze()
        print(f"gold sets {digest()}")
        return
    chosen = options.set.split(",")
    if unknown := set(chosen) - set(SETS):
        sys.exit(f"no such set: {', '.join(sorted(unknown))}; there are {', '.join(SETS)}")
    print(f"gold sets {digest()}")
    print(f"{'set/ranking':<36}{'queries':>8}" + "".join(f"{n:>10}" for n in ("recall@5", "nDCG@10", "MRR", "hit@5")))
    details: list[str] = []
    total: dict[str, list[Figures]] = defaultdict(list)
    for gold in map(load_set, chosen):
        for name, ranker in {**BASELINES, "site_builder": ours}.items():
            marks = run(ranker, gold)
            total[name].append(summarise(marks))
            print(_row(f"{gold.name} {name}", total[name][-1]), flush=True)
        worst = sorted((m for m in marks if m.missed), key=lambda m: (m.recall, m.ndcg))
        details += [_explain(gold.name, m) for m in worst[: options.worst]]
    for name, figures in total.items():
        print(_row(f"mean {name}", mean_of(figures)))
    print("".join(f"\n{text}\n" for text in details), end="")
    if options.time:
        print_times([int(size) for size in options.time.split(",")])
    if options.edits:
        print_edits()


def print_edits() -> None:
    """What edits do, one by one in the mean."""
    found = edits()
    print(
        f"\nof {EDITED_DOCUMENTS:,} lists, one edit elsewhere changes the entries of"
        f" {sum(f.entries for f in found) / len(found):.1f} (most: {max(f.entries for f in found)}) and anything in"
        f" {sum(f.anything for f in found) / len(found):.1f} (most: {max(f.anything for f in found)});"
        f" {sum(f.is_same_as_clean for f in found)} of {len(found)} times the lists are those of a clean run"
    )

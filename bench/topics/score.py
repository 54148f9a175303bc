"""Gold sets of texts with their topics against suggestions -> figures.

Nothing is tuned here; the program's suggestions are taken as they are. Beside them stand simple ones to compare with.
"""

import argparse
import hashlib
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.related.score import FOLDER as RELATED_FOLDER
from bench.related.score import read_lines
from bench.topics.baselines import FROM_TOPICS, Chosen, Item, Scores, choose_above, choose_best, neighbours
from site_builder.config import load_config
from site_builder.importers.existing_content import load_existing, topics_as_ranked
from site_builder.topic_suggestions.suggest_topics import suggest

FOLDER: Final = Path(__file__).parent
SETS: Final = ("demonstration", "single", "multi")
FOLDS: Final = 5
SEED: Final = 20260601
EXAMPLES: Final = 10
"""Most examples of each topic."""
OURS: Final = "site_builder"
OURS_FIRST: Final = "site_builder, first"


@dataclass(frozen=True, slots=True)
class Gold:
    """A set of texts with their topics."""

    name: str
    texts: tuple[Item, ...]
    topics: tuple[Item, ...]
    labels: Mapping[str, frozenset[str]]
    """Text -> its topics."""
    passed_over: Mapping[str, frozenset[str]]
    """Text -> broader topics of its topics, which count neither as right nor as wrong."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How much the suggestions are shown."""

    name: str
    rounds: tuple[tuple[tuple[Item, ...], tuple[Item, ...]], ...]
    """Texts to be given topics, and examples, for each round; every text is in one round."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares 0..1; micro unless they say otherwise."""

    texts: int
    precision: float
    recall: float
    f1: float
    macro_precision: float
    macro_recall: float
    macro_f1: float
    """Means over the topics that occur in the gold."""
    exact_f1: float
    """Micro-F1 with broader topics counted as wrong."""
    empty: float
    """Texts that got no topic."""


def load_set(name: str) -> Gold:
    """Read a set."""
    texts = read_lines(RELATED_FOLDER / "curated.jsonl" if name == "demonstration" else FOLDER / f"{name}.jsonl")
    texts = tuple({**t, "labels": t.get("labels", t.get("topics"))} for t in texts)
    topics = read_lines(FOLDER / f"{name}-topics.jsonl")
    labels = {t["id"]: frozenset(t["labels"]) for t in texts}
    broader = {t["id"]: t.get("broader", ()) for t in topics}
    return Gold(name, texts, topics, labels, {t: _ancestors(own, broader) - own for t, own in labels.items()})


def _ancestors(topics: Iterable[str], broader: Mapping[str, Iterable[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = [b for topic in topics for b in broader[topic]]
    while waiting:
        if (one := waiting.pop()) not in found:
            found.add(one)
            waiting += broader[one]
    return frozenset(found)


def digest() -> str:
    """A digest of every file of the sets, so that a figure can say what it was measured on."""
    total = hashlib.sha256()
    for path in (RELATED_FOLDER / "curated.jsonl", *sorted(FOLDER.glob("*.jsonl"))):
        total.update(f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()[:16]


def freeze() -> None:
    """Write the demonstration's topics anew; its articles are frozen by `python -m bench.related --freeze`."""
    config, _ = load_config(FOLDER.parents[1] / "mkdocs.yml")
    if config is None:
        sys.exit("mkdocs.yml cannot be read")
    library = load_existing(config)
    broader = {d.slug: list(getattr(d.meta, "broader", ())) for d in library.topics}
    lines = (
        json.dumps({**t, "broader": broader[t["id"]]}, ensure_ascii=False) for t in topics_as_ranked(library.topics)
    )
    (FOLDER / "demonstration-topics.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def settings(gold: Gold) -> tuple[Setting, ...]:
    """Without examples and with: each left out in turn for the demonstration, ten a topic for the written sets."""
    if gold.name == "demonstration":
        each = tuple(((text,), tuple(t for t in gold.texts if t is not text)) for text in gold.texts)
        return (
            Setting("alone", tuple((text, ()) for text, _ in each)),
            Setting("together", ((gold.texts, ()),)),
            Setting("others known", each),
        )
    order = list(gold.texts)
    random.Random(SEED).shuffle(order)
    folds = [order[i::FOLDS] for i in range(FOLDS)]
    rounds = tuple((tuple(f), _examples([t for other in folds if other is not f for t in other])) for f in folds)
    return Setting("no examples", ((gold.texts, ()),)), Setting("ten a topic", rounds)


def _examples(texts: Iterable[Item]) -> tuple[Item, ...]:
    """Take texts, in their order, until no topic would get more than EXAMPLES."""
    taken: list[Item] = []
    counts: Counter[str] = Counter()
    for text in texts:
        if all(counts[label] < EXAMPLES for label in text["labels"]):
            taken.append(text)
            counts.update(text["labels"])
    return tuple(taken)


def ours(setting: Setting, topics: Sequence[Item]) -> Chosen:
    """The program's suggestions."""
    found: dict[str, list[str]] = {}
    for texts, examples in setting.rounds:
        found |= {text: [topic for topic, _, _ in given] for text, given in suggest(texts, topics, examples).items()}
    return found


def first_only(chosen: Chosen) -> Chosen:
    """The best topic of each text: for whoever knows that there is one."""
    return {text: given[:1] for text, given in chosen.items()}


def by_neighbours(setting: Setting) -> Scores:
    """What the examples of each round say."""
    scores: dict[str, Mapping[str, float]] = {}
    for texts, examples in setting.rounds:
        scores |= neighbours(texts, examples)
    return scores


def choose(scores: Scores, gold: Gold) -> Chosen:
    """A baseline's choice: the best where every text has one topic, else all from the best threshold for all."""
    return choose_best(scores) if gold.name == "single" else choose_above(scores, gold.labels)


def score(gold: Gold, chosen: Chosen) -> Figures:
    """Mark what was chosen for every text of the set."""
    given = {text: frozenset(chosen.get(text, ())) for text in gold.labels}
    lenient = {text: found - gold.passed_over[text] for text, found in given.items()}
    per_topic = {
        topic["id"]: _precision_recall_f1(
            sum(topic["id"] in lenient[t] & gold.labels[t] for t in given),
            sum(topic["id"] in lenient[t] for t in given),
            wanted,
        )
        for topic in gold.topics
        if (wanted := sum(topic["id"] in labels for labels in gold.labels.values()))
    }
    right = sum(len(lenient[t] & gold.labels[t]) for t in given)
    all_wanted = sum(map(len, gold.labels.values()))
    precision, recall, f1 = _precision_recall_f1(right, sum(map(len, lenient.values())), all_wanted)
    macro = [sum(part) / len(per_topic) for part in zip(*per_topic.values(), strict=True)]
    return Figures(
        texts=len(given),
        precision=precision,
        recall=recall,
        f1=f1,
        macro_precision=macro[0],
        macro_recall=macro[1],
        macro_f1=macro[2],
        exact_f1=_precision_recall_f1(right, sum(map(len, given.values())), all_wanted)[2],
        empty=sum(not found for found in given.values()) / len(given),
    )


def _precision_recall_f1(right: int, given: int, wanted: int) -> tuple[float, float, float]:
    return right / given if given else 0.0, right / wanted if wanted else 0.0, 2 * right / max(given + wanted, 1)


def run(gold: Gold, setting: Setting) -> dict[str, Figures]:
    """Everything that is measured in a setting, ours last. What needs no examples does not change with them."""
    found = {name: choose(scorer(gold.texts, gold.topics), gold) for name, scorer in FROM_TOPICS.items()}
    if any(examples for _, examples in setting.rounds):
        found["BM25 neighbours"] = choose(by_neighbours(setting), gold)
    suggested = ours(setting, gold.topics)
    found[OURS] = suggested
    if gold.name == "single":
        found[OURS_FIRST] = first_only(suggested)
    return {name: score(gold, chosen) for name, chosen in found.items()}


COLUMNS: Final = ("P", "R", "F1", "macro-P", "macro-R", "macro-F1", "exact-F1", "empty")


def _row(name: str, figures: Figures) -> str:
    shares = (
        figures.precision,
        figures.recall,
        figures.f1,
        figures.macro_precision,
        figures.macro_recall,
        figures.macro_f1,
        figures.exact_f1,
        figures.empty,
    )
    return f"{name:<48}{figures.texts:>6}" + "".join(f"{share:>9.3f}" for share in shares)


def _worst(gold: Gold, setting: Setting, chosen: Chosen, count: int) -> list[str]:
    """The texts with the most topics missed or wrongly given."""
    faults = [
        (text, sorted(wanted - set(chosen[text])), sorted(set(chosen[text]) - wanted - gold.passed_over[text]))
        for text, wanted in gold.labels.items()
    ]
    worst = sorted((f for f in faults if f[1] or f[2]), key=lambda f: -len(f[1]) - len(f[2]))[:count]
    return [
        f"{gold.name}, {setting.name}, {text}: missed {', '.join(missed) or 'none'}; wrong {', '.join(wrong) or 'none'}"
        for text, missed, wrong in worst
    ]


def main() -> None:
    """Print the figures of every set, beside those of the baselines."""
    parser = argparse.ArgumentParser(prog="python -m bench.topics", description=__doc__.partition("\n")[0])
    parser.add_argument("--set", default=",".join(SETS), metavar="NAME,…", help="sets, by commas: %(default)s")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show the N worst texts of each set")
    parser.add_argument("--freeze", action="store_true", help="write the demonstration's topics anew, and stop")
    options = parser.parse_args()
    if options.freeze:
        freeze()
        print(f"gold sets {digest()}")
        return
    names = options.set.split(",")
    if unknown := set(names) - set(SETS):
        sys.exit(f"no such set: {', '.join(sorted(unknown))}; there are {', '.join(SETS)}")
    print(f"gold sets {digest()}")
    print(f"{'set, setting: suggestions':<48}{'texts':>6}" + "".join(f"{name:>9}" for name in COLUMNS))
    details: list[str] = []
    for gold in map(load_set, names):
        for setting in settings(gold):
            for name, figures in run(gold, setting).items():
                print(_row(f"{gold.name}, {setting.name}: {name}", figures), flush=True)
            details += _worst(gold, setting, ours(setting, gold.topics), options.worst)
    if details:
        print("\n" + "\n".join(details))

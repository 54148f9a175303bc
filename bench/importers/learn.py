"""Learn the weights with which the text reader separates the article's lines and its title from the rest of a page.

    python -m bench.importers.learn FOLDER [--write]

FOLDER holds pages as `NAME.txt` with `NAME.json` beside them (`body`, `title`; the format of `bench/importers/pages`).
Logistic regression, twice: the second look also sees how the first judged a line's neighbours, on pages that the
first was not fitted on. Prints the quality by cross-validation; `--write` writes the module `line_classifier_weights`.
The shipped weights come from 137 saved news pages that are not part of this repository.
"""

import argparse
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from site_builder.importers.read.decode import clean_text, decode
from site_builder.importers.read.guess_language import guess_language
from site_builder.importers.read.text import line_classifier as prose
from site_builder.importers.read.text import title_of_text as headline
from site_builder.importers.read.text.cards_in_text import DateStyle, find_blocks
from site_builder.importers.read.text.lines import TextLine, split_lines
from site_builder.importers.read.text.repeated_lines import without_repeats

Row = Mapping[str, float]
Weights = dict[str, float]
WEIGHTS: Final = Path(__file__).parents[2] / "site_builder/importers/read/text/line_classifier_weights.py"
FOLDS: Final = 5
RIDGE: Final = 10.0
"""Strength of the penalty on large weights; 3 to 10 gave the same F1."""


@dataclass(frozen=True)
class Page:
    """One labelled page."""

    name: str
    lines: Sequence[TextLine]
    counts: Counter[str]
    rows: Sequence[Row]
    labels: Sequence[int]
    title: str


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text))


def label(lines: Sequence[TextLine], body: str) -> list[int]:
    """1 where most four-word runs of a line occur in the body; for short lines, where they come next in it."""
    gold = tokens(body)
    index: dict[tuple[str, ...], list[int]] = {}
    for i in range(len(gold) - 3):
        index.setdefault(tuple(gold[i : i + 4]), []).append(i)
    labels: list[int] = []
    at = 0
    for line in lines:
        words = tokens(line.text)
        inside = 0
        if len(words) >= 4:
            hits = [index.get(tuple(words[i : i + 4])) for i in range(len(words) - 3)]
            if sum(h is not None for h in hits) >= 0.6 * len(hits):
                first = next(h for h in hits if h)
                at = min(first, key=lambda x: abs(x - at)) + len(words)
                inside = 1
        elif words:
            for start in range(max(0, at - 3), min(len(gold), at + 12)):
                if gold[start : start + len(words)] == words:
                    at, inside = start + len(words), 1
                    break
        labels.append(inside)
    return labels


def load(path: Path) -> Page:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    everything = split_lines(clean_text(decode(path.read_bytes())))
    lines = without_repeats(everything)
    language = guess_language("\n".join(line.text for line in everything))
    blocks = find_blocks(lines, [], DateStyle(language), prose.is_article(lines))
    inside = {i for block in blocks for i in range(block.start, block.end)}
    rest = [line for i, line in enumerate(lines) if i not in inside]
    counts = Counter(line.text for line in everything)
    return Page(path.stem, rest, counts, prose.features(rest), label(rest, expected["body"]), expected["title"] or "")


def fit(rows: Sequence[Row], labels: Sequence[float], importance: Sequence[float], ridge: float) -> Weights:
    """Weights by Newton's method."""
    names = sorted({name for row in rows for name in row})
    x = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    y, w = np.array(labels, float), np.array(importance, float)
    theta = np.zeros(len(names))
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ theta))
        gradient = x.T @ (w * (p - y)) + ridge * theta
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(names))
        step = np.linalg.solve(hessian, gradient)
        theta -= step
        if abs(step).max() < 1e-4:
            break
    return {name: round(float(value), 2) for name, value in zip(names, theta, strict=True) if abs(value) >= 0.02}


def fit_lines(pages: Sequence[Page], rows: Mapping[str, Sequence[Row]]) -> Weights:
    lines = [(line, row, y) for p in pages for line, row, y in zip(p.lines, rows[p.name], p.labels, strict=True)]
    weight = [(0.5 + min(line.words, 80)) / 30 for line, _, _ in lines]
    return fit([row for _, row, _ in lines], [y for _, _, y in lines], weight, RIDGE)


def folds(pages: Sequence[Page], count: int, seed: int) -> list[set[str]]:
    names = sorted(p.name for p in pages)
    np.random.default_rng(seed).shuffle(names)
    return [set(names[i::count]) for i in range(count)]


def fit_two(pages: Sequence[Page]) -> tuple[Weights, Weights]:
    plain = {p.name: p.rows for p in pages}
    second: dict[str, Sequence[Row]] = {}
    for held in folds(pages, 4, 5):
        first = fit_lines([p for p in pages if p.name not in held], plain)
        for p in pages:
            if p.name in held:
                scores = [prose.score(row, first) for row in p.rows]
                second[p.name] = [{**r, **c} for r, c in zip(p.rows, prose.context(p.lines, scores), strict=True)]
    return fit_lines(pages, plain), fit_lines(pages, second)


def judge(page: Page, first: Weights, second: Weights) -> list[bool]:
    scores = [prose.score(row, first) for row in page.rows]
    seen = prose.context(page.lines, scores)
    return [prose.score(r, second) + prose.score(c, second) > 0 for r, c in zip(page.rows, seen, strict=True)]


def title_rows(page: Page, article: Sequence[bool]) -> tuple[dict[int, dict[str, float]], dict[int, int]]:
    start = prose.first_paragraph(page.lines, article)
    rows = headline.title_features(page.lines, article, start, page.counts)
    same = {i: int(fold(page.lines[i].text) == fold(page.title)) for i in rows}
    return rows, same


def fold(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb\"']", "'", text).split()).strip(" .|-")


def fit_title(pages: Sequence[Page], articles: Mapping[str, Sequence[bool]]) -> Weights:
    rows: list[Row] = []
    labels: list[int] = []
    for page in pages:
        mine, same = title_rows(page, articles[page.name])
        if page.title and any(same.values()):
            rows += mine.values()
            labels += same.values()
    return fit(rows, labels, [5.0 if y else 1.0 for y in labels], 3.0)


def f1(page: Page, article: Sequence[bool]) -> float:
    def runs(chosen: Sequence[Any]) -> Counter[tuple[str, ...]]:
        words = tokens("\n".join(line.text for line, a in zip(page.lines, chosen, strict=True) if a))
        return Counter(tuple(words[i : i + 4]) for i in range(max(1, len(words) - 3)))

    mine, gold = runs(article), runs(page.labels)
    return 2 * sum((mine & gold).values()) / (sum(mine.values()) + sum(gold.values()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    pages = [load(path) for path in sorted(arguments.folder.glob("*.txt"))]
    articles: dict[str, Sequence[bool]] = {}
    for held in folds(pages, FOLDS, 3):
        first, second = fit_two([p for p in pages if p.name not in held])
        articles.update({p.name: judge(p, first, second) for p in pages if p.name in held})
    print(f"{len(pages)} pages, lines of the article, F1: {np.mean([f1(p, articles[p.name]) for p in pages]):.3f}")
    found = titled = 0
    for held in folds(pages, FOLDS, 3):
        weights = fit_title([p for p in pages if p.name not in held], articles)
        for page in (p for p in pages if p.name in held and p.title):
            rows, same = title_rows(page, articles[page.name])
            titled += 1
            found += bool(rows) and same[max(rows, key=lambda i: (prose.score(rows[i], weights), -i))]
    print(f"title: {found} of {titled}")
    if arguments.write:
        first, second = fit_two(pages)
        write(first, second, fit_title(pages, articles))


def write(first: Weights, second: Weights, title: Weights) -> None:
    parts = ['"""Weights of the text reader, by `python -m bench.importers.learn`: name of a feature -> log-odds."""\n']
    parts.append("from typing import Final\n")
    for name, weights in (("FIRST_LOOK", first), ("SECOND_LOOK", second), ("TITLE", title)):
        rows = "\n".join(f"    {json.dumps(key)}: {value}," for key, value in sorted(weights.items()))
        parts.append(f"{name}: Final[dict[str, float]] = {{\n{rows}\n}}\n")
    WEIGHTS.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Learn the weights with which the text reader separates the article's lines and its title from the rest of a page.

    python -m bench.importers.learn FOLDER [--write]

FOLDER holds pages as `NAME.txt` with `NAME.json` beside them (`body`, `title`; the format of `bench/importers/pages`;
`site`, if given, keeps the pages of one site in one fold, and `group` is a name to report them under).
Logistic regression, twice: the second look also sees how the first judged a line's neighbours, on pages that the
first was not fitted on. Prints the quality by cross-validation; `--write` writes the module `line_classifier_weights`.

A part of the pages is learned from once more in a made-up script without small letters, and another part in one without
spaces: what holds in every alphabet gets its weight there, and no phrase of any language helps.

The shipped weights come from 51 pages of `bench/importers/pages` and 608 saved pages that are not part of this
repository: news, blogs, manuals and encyclopaedias, some in Chinese or Japanese. Of two thirds,
the body or the title is the HTML reader's, where trafilatura has most of the body too, and a heading is the title.
"""

import argparse
import json
import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from site_builder.importers.read.dates import find_dates
from site_builder.importers.read.decode import clean_text, decode
from site_builder.importers.read.guess_language import guess_language
from site_builder.importers.read.phrases import phrases_for
from site_builder.importers.read.text import line_classifier as prose
from site_builder.importers.read.text import title_of_text as headline
from site_builder.importers.read.text.cards_in_text import DateStyle, find_blocks, numbers_of
from site_builder.importers.read.text.line_features import features
from site_builder.importers.read.text.lines import TextLine, split_lines
from site_builder.importers.read.text.repeated_lines import with_copies, without_repeats

Row = Mapping[str, float]
Weights = dict[str, float]
WEIGHTS: Final = Path(__file__).parents[2] / "site_builder/importers/read/text/line_classifier_weights.py"
TITLE_WEIGHTS: Final = WEIGHTS.with_name("title_weights.py")
FOLDS: Final = 5
CHOICE_RIDGE: Final = 1.0
"""The same, where one of the candidates of each page is chosen."""
MAX_STEPS: Final = 12
CONVERGED: Final = 1e-3
"""Of Newton's method; weights are written with two digits."""
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
    heads: Sequence[TextLine] = ()
    """The lines with the copies of those that stand there several times: the candidates for the title."""
    site: str = ""
    group: str = ""


SIGNS: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
"""Scripts without spaces between words: each of their signs is a token."""


def tokens(text: str) -> list[str]:
    return re.findall(rf"[{SIGNS}]|[^\W{SIGNS}]+", unicodedata.normalize("NFKC", text))


def disguised(text: str, *, spaceless: bool) -> str:
    """The same text in a script without small letters, or without spaces; dates stay dates."""
    out = []
    for line in text.split("\n"):
        for found in reversed(find_dates(line)):
            day = found.date
            date = f"{day.year}年{day.month}月{day.day}日" if spaceless else f"{day:%Y-%m-%d}"
            line = f"{line[: found.start]}{date}{line[found.end :]}"  # noqa: PLW2901
        out.append(_spaceless(line) if spaceless else _caseless(line))
    return "\n".join(out)


def _caseless(line: str) -> str:
    """Every letter as one of Hebrew."""
    return re.sub(r"[^\W\d_]", lambda m: chr(0x5D0 + zlib.crc32(m.group().casefold().encode()) % 27), line)


def _spaceless(line: str) -> str:
    """Every word as two signs, the same for the same beginning."""
    indent = line[: len(line) - len(line.lstrip())]
    mark = re.match(r"[*•-]\s+", line.lstrip())
    rest = line.lstrip()[mark.end() if mark else 0 :]
    for sign, other in ((". ", "。"), (", ", "、"), ("? ", "\uff1f"), ("! ", "\uff01"), (": ", "\uff1a")):
        rest = rest.replace(sign, other)
    rest = re.sub(r"\.$", "。", rest)
    rest = re.sub(r"[^\W\d_][\w’'-]*", lambda m: _two_signs(m.group()), rest)
    rest = re.sub(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])", "", rest)
    return indent + (mark.group() if mark else "") + rest


def _two_signs(word: str) -> str:
    if re.fullmatch(r"[\u3040-\u30ff\u4e00-\u9fff]+", word):
        return word
    number = zlib.crc32(word.casefold()[:6].encode())
    return chr(0x4E00 + number % 3000) + chr(0x4E00 + number // 3000 % 3000)


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


DISGUISES: Final[dict[str, Callable[[str], str]]] = {
    "": str,
    "+caseless": partial(disguised, spaceless=False),
    "+spaceless": partial(disguised, spaceless=True),
}
DISGUISED_EVERY: Final = 4
"""Of so many pages, one is learned from in either disguise too."""


def load(path: Path, variant: str = "") -> Page:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    disguise = DISGUISES[variant]
    text = disguise(clean_text(decode(path.read_bytes())))
    with phrases_for(text):
        everything = split_lines(text)
        lines = without_repeats(everything)
        language = guess_language("\n".join(line.text for line in everything))
        blocks = find_blocks(lines, [], DateStyle(language), prose.is_article(lines))
        inside = {i for block in blocks for i in range(block.start, block.end)}
        rest = [line for i, line in enumerate(lines) if i not in inside]
        return Page(
            name=path.stem + variant,
            lines=rest,
            counts=Counter(line.text for line in everything),
            rows=features(rest),
            labels=label(rest, disguise(expected["body"])),
            title=disguise(expected["title"] or ""),
            heads=with_copies(rest, everything, numbers_of(blocks, lines)),
            site=expected.get("site") or path.stem,
            group=variant or expected.get("group", ""),
        )


def load_all(folder: Path) -> list[Page]:
    pages = []
    for number, path in enumerate(sorted(folder.glob("*.txt"))):
        pages.append(load(path))
        if number % DISGUISED_EVERY == 0:
            pages.append(load(path, "+caseless"))
        if number % DISGUISED_EVERY == 1:
            pages.append(load(path, "+spaceless"))
    return pages


def fit(rows: Sequence[Row], labels: Sequence[float], importance: Sequence[float], ridge: float) -> Weights:
    """Weights by Newton's method."""
    names = sorted({name for row in rows for name in row})
    column = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)), dtype=np.float32)
    for i, row in enumerate(rows):
        for name, value in row.items():
            x[i, column[name]] = value
    y, w = np.array(labels, np.float32), np.array(importance, np.float32)
    theta = np.zeros(len(names), np.float32)
    for _ in range(MAX_STEPS):
        p = 1 / (1 + np.exp(-x @ theta))
        gradient = x.T @ (w * (p - y)) + ridge * theta
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(names), dtype=np.float32)
        step = np.linalg.solve(hessian, gradient)
        theta -= step
        if abs(step).max() < CONVERGED:
            break
    return {name: round(float(value), 2) for name, value in zip(names, theta, strict=True) if abs(value) >= 0.02}


def fit_lines(pages: Sequence[Page], rows: Mapping[str, Sequence[Row]]) -> Weights:
    lines = [(line, row, y) for p in pages for line, row, y in zip(p.lines, rows[p.name], p.labels, strict=True)]
    weight = [(0.5 + min(line.words, 80)) / 30 for line, _, _ in lines]
    return fit([row for _, row, _ in lines], [y for _, _, y in lines], weight, RIDGE)


def folds(pages: Sequence[Page], count: int, seed: int) -> list[set[str]]:
    """Names of pages in parts; the pages of a site are in one part."""
    sites = sorted({p.site for p in pages})
    np.random.default_rng(seed).shuffle(sites)
    parts = [set(sites[i::count]) for i in range(count)]
    return [{p.name for p in pages if p.site in part} for part in parts]


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
    inside = {line.number for line, a in zip(page.lines, article, strict=True) if a}
    judged = [line.number in inside for line in page.heads]
    start = prose.first_paragraph(page.heads, judged)
    rows = headline.title_features(page.heads, judged, start, page.counts)
    same = {i: int(fold(page.heads[i].text) == fold(page.title)) for i in rows}
    return rows, same


def fold(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb\"']", "'", text).split()).strip(" .|-")


def fit_title(pages: Sequence[Page], articles: Mapping[str, Sequence[bool]]) -> tuple[Weights, Weights]:
    """Weights of both looks: the second also sees the scores of the other candidates, by weights of other pages."""
    data = {p.name: title_rows(p, articles[p.name]) for p in pages}
    known = [p for p in pages if p.title and any(data[p.name][1].values())]
    again: dict[str, Sequence[Row]] = {}
    for held in folds(known, 4, 7):
        first = fit_candidates([(data[p.name][0].values(), data[p.name][1]) for p in known if p.name not in held])
        for page in (p for p in known if p.name in held):
            again[page.name] = second_rows(page, data[page.name][0], first)
    first = fit_candidates([(data[p.name][0].values(), data[p.name][1]) for p in known])
    return first, fit_choice([(again[p.name], list(data[p.name][1].values())) for p in known], CHOICE_RIDGE)


def fit_candidates(data: Sequence[tuple[Iterable[Row], Mapping[int, int]]]) -> Weights:
    rows = [row for mine, _ in data for row in mine]
    labels = [y for _, same in data for y in same.values()]
    return fit(rows, labels, [5.0 if y else 1.0 for y in labels], 3.0)


def fit_choice(pages: Sequence[tuple[Sequence[Row], Sequence[int]]], ridge: float) -> Weights:
    """Weights by which the right row of each page has the highest score (conditional logit), by Newton's method."""
    names = sorted({name for rows, _ in pages for row in rows for name in row})
    column = {name: i for i, name in enumerate(names)}
    data = []
    for rows, same in pages:
        x = np.zeros((len(rows), len(names)))
        for i, row in enumerate(rows):
            for name, value in row.items():
                x[i, column[name]] = value
        data.append((x, np.array(same, np.float64)))
    theta = np.zeros(len(names))
    for _ in range(MAX_STEPS):
        gradient, hessian = ridge * theta, ridge * np.eye(len(names))
        for x, right in data:
            e = np.exp(x @ theta - (x @ theta).max())
            p, q = e / e.sum(), e * right / max((e * right).sum(), 1e-12)
            gradient += x.T @ (p - q)
            mean = p @ x
            hessian += (x * p[:, None]).T @ x - np.outer(mean, mean)
        step = np.linalg.solve(hessian, gradient)
        theta -= step * min(1.0, 2.0 / abs(step).max())
        if abs(step).max() < CONVERGED:
            break
    return {name: round(float(value), 2) for name, value in zip(names, theta, strict=True) if abs(value) >= 0.02}


def second_rows(page: Page, rows: Mapping[int, Row], first: Weights) -> list[Row]:
    seen = headline.title_context(page.heads, {i: prose.score(row, first) for i, row in rows.items()})
    return [{**row, **seen[i]} for i, row in rows.items()]


def best_title(page: Page, rows: Mapping[int, Row], weights: tuple[Weights, Weights]) -> int:
    scores = [prose.score(row, weights[1]) for row in second_rows(page, rows, weights[0])]
    return list(rows)[scores.index(max(scores))]


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
    pages = load_all(arguments.folder)
    articles: dict[str, Sequence[bool]] = {}
    for held in folds(pages, FOLDS, 3):
        first, second = fit_two([p for p in pages if p.name not in held])
        articles.update({p.name: judge(p, first, second) for p in pages if p.name in held})
    found: dict[str, bool] = {}
    for held in folds(pages, FOLDS, 3):
        weights = fit_title([p for p in pages if p.name not in held], articles)
        for page in (p for p in pages if p.name in held and p.title):
            rows, same = title_rows(page, articles[page.name])
            found[page.name] = bool(rows) and bool(same[best_title(page, rows, weights)])
    for group in sorted({p.group for p in pages}):
        mine = [p for p in pages if p.group == group]
        titled = [found[p.name] for p in mine if p.name in found]
        mean = np.mean([f1(p, articles[p.name]) for p in mine])
        print(f"{group or 'pages':16} {len(mine):4}  lines F1 {mean:.3f}  title {sum(titled)} of {len(titled)}")
    if arguments.write:
        first, second = fit_two(pages)
        write(WEIGHTS, {"FIRST_LOOK": first, "SECOND_LOOK": second})
        write(TITLE_WEIGHTS, dict(zip(("TITLE", "TITLE_AGAIN"), fit_title(pages, articles), strict=True)))


def write(path: Path, learned: Mapping[str, Weights]) -> None:
    parts = ['"""Weights of the text reader, by `python -m bench.importers.learn`: name of a feature -> log-odds."""\n']
    parts.append("from typing import Final\n")
    for name, weights in learned.items():
        rows = "\n".join(f"    {json.dumps(key)}: {value}," for key, value in sorted(weights.items()))
        parts.append(f"{name}: Final[dict[str, float]] = {{\n{rows}\n}}\n")
    path.write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()

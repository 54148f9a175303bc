"""Classify the lines of a pasted page as article or not, by logistic regression on the features of a line and others.

A line is classified on its own first, then again with what was said of its neighbours. The weights were learned with
the limits and windows below: to change one of them is to learn the weights again (`bench/importers/learn.py`).
"""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Final

from site_builder.importers.read.dates import find_dates, find_relative
from site_builder.importers.read.phrases import phrases
from site_builder.importers.read.text.line_classifier_weights import FIRST_LOOK, SECOND_LOOK
from site_builder.importers.read.text.line_features import (
    MANY_LINES,
    NEAR_LINES,
    features,
    is_lead,
    size_class,
    up_to,
)
from site_builder.importers.read.text.lines import (
    MAX_COUNTED_WORDS,
    MAX_LABEL_WORDS,
    PARAGRAPH_WORDS,
    TextLine,
)

_BREAK_WORDS: Final = 12
"""What a line that is none of the text takes from the words of a stretch."""
_NUMBERED: Final = re.compile(r"(\d{1,2})\.?\s+[^\W\d_a-zß-ÿ]\S*(?:\s+\S+)*$")
"""A heading as papers have them: "2 Method"."""
_DATED_ROW: Final = re.compile(
    r"(?:[^\W\d_]{3,10}\.? \d{1,2}(?:, \d{4})?|\d{1,2}\.? [^\W\d_]{3,10}\.?(?: \d{4})?|\d{4}(?:-\d\d){0,2}"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?)\s*(?:[–—:|]|--?\s)\s*[^\W_]",
    re.IGNORECASE,
)
"""A row such as "June 3 – The gate opens", "2026: …", "10:15 – …"."""
_MIN_DATED_ROWS: Final = 3
_SHORT_PAGE_LINES: Final = 25
_NEARLY_ODDS: Final = -0.8
_LINES_BELOW: Final = 3
"""Behind a list, among which the article goes on."""
_MIN_ITEMS: Final = 2
"""Of a list; one item alone is a remark, or a teaser with a dot before it."""
_MAX_ANNOUNCED: Final = 15
"""Short lines that a sentence announces; more are another part of the page."""
_WIDE_WINDOWS: Final = (1, 3, 10)
"""Lines before and after a line whose likelihood is measured in the second look."""
_MAX_DISTANCE_LINES: Final = 30
_MAX_ODDS: Final = 6.0
_ARTICLE_ODDS: Final = 0.4
"""Likelihood that a line of the article has at least, where the heaviest stretch of lines is sought,"""
_LINE_MASS_WORDS: Final = 4
"""and what a line weighs beside its words."""
_MAX_EXPONENT: Final = 30.0
"""Beyond which a probability is 0 or 1 to thirteen digits."""


def is_article(lines: Sequence[TextLine]) -> list[bool]:
    """For every line: does it belong to the article?"""
    own = features(lines)
    first = [score(f, FIRST_LOOK) for f in own]
    second = zip(own, context(lines, first), strict=True)
    odds = [score(f, SECOND_LOOK) + score(c, SECOND_LOOK) for f, c in second]
    return _with_dated_rows(lines, _with_lists(lines, _with_next_paragraphs(lines, odds)))


def _with_next_paragraphs(lines: Sequence[TextLine], odds: Sequence[float]) -> list[bool]:
    """For every line: is it likely, or on a short page a paragraph that follows a likely one and is nearly so?

    Pages to learn from are long; of a note of two paragraphs, the second looks like the last of a page.
    """
    out = [value > 0 for value in odds]
    if len(lines) <= _SHORT_PAGE_LINES:
        for i in range(1, len(lines)):
            is_next = out[i - 1] and min(lines[i - 1].words, lines[i].words) >= PARAGRAPH_WORDS
            out[i] = out[i] or (is_next and odds[i] > _NEARLY_ODDS)
    return out


def _with_lists(lines: Sequence[TextLine], article: Sequence[bool]) -> list[bool]:
    """The same, and the lists within the text: their items are too short to be judged one by one.

    A list counts below a paragraph of the article where a line with a colon introduces it, where nothing at all
    follows, and where the article goes on behind it and its items are sentences; other bare titles in a row are links
    to other pages.
    """
    out = list(article)
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].is_item:
            end += 1
        items = lines[start:end]
        if len(items) >= _MIN_ITEMS and start and not all(out[start:end]):
            introduced = is_lead(lines[start - 1])
            before = start - 2 if introduced and not out[start - 1] and start > 1 else start - 1
            ended = 2 * sum(item.text[-1] in ".!?;。\uff1b" for item in items) >= len(items)
            is_last = end == len(lines)
            is_marked = lines[start - 1].bullet.startswith("#")  # a heading of Markdown, as is its list
            goes_on = ended and not is_last and _is_paragraph(lines[end], out[end])
            is_text = introduced or is_last or is_marked or goes_on or _is_prose(items, out[end : end + _LINES_BELOW])
            is_below = _is_paragraph(lines[before], out[before]) or is_marked
            if is_text and is_below and not any(map(_is_furniture, items)):
                first = before + (not is_marked)
                out[first:end] = [True] * (end - first)
        start = max(end, start + 1)
    return _with_announced(lines, out)


def _with_dated_rows(lines: Sequence[TextLine], article: Sequence[bool]) -> list[bool]:
    """The same, and rows below a line of the article that all begin with a day, a year or a time: its chronology."""
    out = list(article)
    start = 1
    while start < len(lines):
        end = start
        while end < len(lines) and _DATED_ROW.match(lines[end].head):
            end += 1
        if end - start >= _MIN_DATED_ROWS and any(out[start - 1 : start + 1]):
            out[start:end] = [True] * (end - start)
        start = max(end, start + 1)
    return out


def _is_prose(items: Sequence[TextLine], below: Sequence[bool]) -> bool:
    """Are most items as long as paragraphs or end as sentences do, and does the article go on soon, below a heading?"""
    told = sum(item.words >= PARAGRAPH_WORDS or item.text[-1] in ".!?;。\uff1b" for item in items)
    return any(below) and 2 * told >= len(items)


def _with_announced(lines: Sequence[TextLine], article: Sequence[bool]) -> list[bool]:
    """The same, and the short lines without bullets between a sentence with a colon and a paragraph or the end."""
    out = list(article)
    for i, line in enumerate(lines):
        if not (out[i] and is_lead(line)):
            continue
        end = i + 1
        while end < len(lines) and lines[end].words <= MAX_LABEL_WORDS and not _is_furniture(lines[end]):
            end += 1
        goes_on = end == len(lines) or _is_paragraph(lines[end], out[end])
        if _MIN_ITEMS <= end - i - 1 <= _MAX_ANNOUNCED and goes_on:
            out[i + 1 : end] = [True] * (end - i - 1)
    return _with_numbered(lines, out)


def _with_numbered(lines: Sequence[TextLine], article: Sequence[bool]) -> list[bool]:
    """The same, and numbered headings, each one more than the last, above paragraphs of the article."""
    out = list(article)
    last, held = 0, -1
    for i in range(1, len(lines) - 1):
        found = _NUMBERED.match(lines[i].text) if lines[i].words <= MAX_LABEL_WORDS else None
        if found is None or not (article[i + 1] and lines[i + 1].words >= PARAGRAPH_WORDS):
            continue
        number = int(found[1])
        if number == last + 1:
            if held >= 0:
                out[held], held = True, -1
            if number == 1:
                held = i  # one alone may be a count
            else:
                out[i] = True
            last = number
    return out


def _is_paragraph(line: TextLine, inside: bool) -> bool:
    return inside and (line.words >= PARAGRAPH_WORDS or line.text[-1] in ":\uff1a")


def _is_furniture(line: TextLine) -> bool:
    return bool(
        phrases().read_also.match(line.head)
        or phrases().share.match(line.head)
        or phrases().credit.match(line.head)
        or phrases().action.fullmatch(line.head)
        or phrases().furniture.fullmatch(line.head)
        or find_dates(line.head)
        or find_relative(line.head)
    )


def text_start(lines: Sequence[TextLine], article: Sequence[bool]) -> int:
    """The first line of the running text: a paragraph that another follows. Their number where there is none.

    A dek, which date, author or credit set off from the text, is not its start.
    """
    inside = [i for i, a in enumerate(article) if a]
    paragraphs = [i for i in inside if lines[i].words >= PARAGRAPH_WORDS]
    going_on = (i for i in paragraphs if any(article[i + 1 : i + 1 + NEAR_LINES]))
    return next(going_on, paragraphs[0] if paragraphs else inside[0] if inside else len(lines))


def first_paragraph(lines: Sequence[TextLine], article: Sequence[bool]) -> int:
    """The first paragraph of the article, its dek perhaps. The number of lines where there is none.

    Of several stretches of text, the one with the most words counts: teasers above it are another article's.
    """
    inside = [i for i, a in enumerate(article) if a]
    weights = [
        min(line.words, MAX_COUNTED_WORDS) if a else -_BREAK_WORDS for line, a in zip(lines, article, strict=True)
    ]
    start, end = _heaviest_stretch(weights)
    main = [i for i in inside if start <= i < end]
    return next((i for i in main if lines[i].words >= PARAGRAPH_WORDS), main[0] if main else len(lines))


def context(lines: Sequence[TextLine], scores: Sequence[float]) -> list[dict[str, float]]:
    """For every line what the first judgement of the others says of it: the second look."""
    likely = [sigmoid(s) for s in scores]
    mass = [p * min(line.words, MAX_COUNTED_WORDS) for p, line in zip(likely, lines, strict=True)]
    n = len(lines)
    sums = [0.0]
    for p in likely:
        sums.append(sums[-1] + p)
    masses = [0.0]
    for m in mass:
        masses.append(masses[-1] + m)
    total = masses[-1] or 1.0

    def mean(start: int, end: int) -> float:
        start, end = max(0, min(start, n)), max(0, min(end, n))
        return (sums[end] - sums[start]) / (end - start) if end > start else 0.0

    start, end = _heaviest(lines, likely)
    share = total / max(1, sum(min(line.words, MAX_COUNTED_WORDS) for line in lines))
    big = up_to(MANY_LINES, n)
    out: list[dict[str, float]] = []
    for i, line in enumerate(lines):
        f = {"likely": likely[i], "odds": max(-_MAX_ODDS, min(_MAX_ODDS, scores[i])) / _MAX_ODDS}
        for window in _WIDE_WINDOWS:
            before, after = mean(i - window, i), mean(i + 1, i + 1 + window)
            f[f"l before{window}"], f[f"l after{window}"] = before, after
            f[f"l between{window}"] = min(before, after)
        f["l passed"] = masses[i] / total
        f["l to come"] = 1 - masses[i + 1] / total
        inside = start <= i < end
        f["inside"] = float(inside)
        if not inside:
            away = start - i if i < start else i - end + 1
            f["outside far"] = up_to(_MAX_DISTANCE_LINES, away)
            f["outside before" if i < start else "outside after"] = 1.0
        size = size_class(line.words)
        for name in ("likely", "l between1", "l between3", "l between10", "inside"):
            f[f"{size}*{name}"] = f[name]
        f[f"l {size}"] = 1.0
        f["l share"], f[f"{size}*l share"], f[f"{size}*l big"] = share, share, big
        if inside:
            f[f"{size}*inside*share"], f[f"{size}*inside*big"] = share, big
        out.append(f)
    return out


def _heaviest(lines: Sequence[TextLine], likely: Sequence[float]) -> tuple[int, int]:
    """The stretch of lines with the most words of article, less those of anything else."""
    return _heaviest_stretch(
        [
            (p - _ARTICLE_ODDS) * (min(line.words, MAX_COUNTED_WORDS) + _LINE_MASS_WORDS)
            for line, p in zip(lines, likely, strict=True)
        ]
    )


def _heaviest_stretch(weights: Sequence[float]) -> tuple[int, int]:
    """Start and end of the stretch with the largest sum (maximum subarray)."""
    best = (0.0, 0, 0)
    start, held = 0, 0.0
    for i, weight in enumerate(weights):
        if held <= 0:
            start, held = i, 0.0
        held += weight
        if held > best[0]:
            best = (held, start, i + 1)
    return best[1], best[2]


def score(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Log-odds that a line belongs to the article."""
    weight = weights.get
    return sum([value * weight(name, 0.0) for name, value in values.items()])


def sigmoid(value: float) -> float:
    """Log-odds as a probability."""
    return 1 / (1 + math.exp(-max(-_MAX_EXPONENT, min(_MAX_EXPONENT, value))))

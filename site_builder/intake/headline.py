"""The title among the lines of a pasted page: near the start of the text, and about what the text is about."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from site_builder.intake import phrases
from site_builder.intake.dates import find_dates
from site_builder.intake.lines import Line
from site_builder.intake.weights import TITLE

_WORD: Final = re.compile(r"[^\W_][\w’'-]*")
_BEFORE: Final = 400
"""Lines before the first of the text among which the title is sought; some pages put a menu between."""
_SENTENCE: Final = re.compile(r"[^.…]\.[\"'”’»)]*$")
_LEAST: Final = -3.0
"""Log-odds below which no line is called the title: a null is better than a wrong one."""
_AFTER: Final = 1
"""And after it: what was taken for the first line may be the dek."""


def candidates(lines: Sequence[Line], first: int) -> range:
    """The lines that may be the title, `first` being the first of the article's text."""
    return range(max(0, first - _BEFORE), min(len(lines), first + _AFTER))


def title_features(  # noqa: PLR0915 (a row for each feature)
    lines: Sequence[Line], article: Sequence[bool], first: int, counts: Mapping[str, int]
) -> dict[int, dict[str, float]]:
    """Candidate -> name of a feature -> value. `counts`: how often each line stands on the whole page."""
    vocabulary: Counter[str] = Counter()
    for line, inside in zip(lines, article, strict=True):
        if inside:
            vocabulary.update({_stem(w) for w in _WORD.findall(line.text) if len(w) > 3})
    top = set(candidates(lines, first))
    page = " \n ".join(lines[i].text.casefold() for i in range(len(lines)) if i not in top)
    out: dict[int, dict[str, float]] = {}
    best_shared = 0.0
    sharers: list[int] = []
    for i in candidates(lines, first):
        line = lines[i]
        text = line.head
        stems = {_stem(w) for w in _WORD.findall(text) if len(w) > 3}
        shared = sum(1 for s in stems if s in vocabulary) / len(stems) if stems else 0.0
        names = _WORD.findall(text)
        f: dict[str, float] = {"bias": 1.0}
        f["distance"] = min(max(first - i, 0), 20) / 20
        f["far"] = min(max(first - i - 20, 0), 100) / 100
        f["at"] = float(i == first - 1)
        f["near"] = float(first - 5 <= i < first)
        f["inside"] = float(i >= first)
        size = next((n for n in (1, 2, 3, 5, 8, 14, 20, 30) if line.words <= n), 99)
        f[f"words<={size}"] = 1.0
        f["shared"] = shared
        f["shared words"] = min(shared * len(stems), 8) / 8
        f["gap"] = float(line.gap)
        f["gap after"] = float(i + 1 < len(lines) and lines[i + 1].gap)
        f["bullet"] = float(bool(line.bullet))
        f["ends sentence"] = float(text[-1] in ".…")
        f["question"] = float(text[-1] in "?!")
        f["colon"] = float(text[-1] in ":;,")
        f["repeated"] = float(counts.get(text, 1) > 1)
        f["echoed"] = float(len(text) > 15 and text.casefold() in page)
        f["small"] = sum(w[0].islower() for w in names[1:]) / max(1, len(names) - 1)
        f["capitals"] = float(text.isupper())
        f["dated"] = float(bool(find_dates(text)))
        f["label"] = float(
            any(
                p.fullmatch(text)
                for p in (
                    phrases.SIMILAR,
                    phrases.POPULAR,
                    phrases.TOOLS,
                    phrases.SKIP,
                    phrases.ACTION,
                    phrases.COMMENTS,
                )
            )
        )
        f["furniture"] = float(
            bool(phrases.NEWSLETTER.search(text) or phrases.SHARE.match(text) or phrases.SMALL_PRINT.search(text))
            and line.words <= 8
        )
        f["byline"] = float(bool(phrases.BYLINE.match(text)) and line.words <= 8)
        f["credit"] = float(bool(phrases.CREDIT.match(text) or phrases.CREDIT_END.search(text)))
        f["bars"] = float(" | " in text or " > " in text or " / " in text or " » " in text)
        f["sharers before"] = min(3, sum(1 for j in sharers if i - 8 <= j < i)) / 3
        f["shared long"] = shared * min(len(stems), 8) / 8
        f["bracket end"] = float(text[-1] in ")]")
        after = lines[i + 1] if i + 1 < len(lines) else None
        f["meta follows"] = float(
            any(find_dates(x.head) or phrases.BYLINE.match(x.head) for x in lines[i + 1 : i + 5] if x.words <= 15)
        )
        f["dek follows"] = float(after is not None and 9 <= after.words <= 60 and after.text[-1] in ".!?…")
        f["first shared"] = float(shared >= 0.5 and best_shared < 0.5 and line.words >= 4)
        if shared >= 0.4 and len(stems) >= 2 and 3 <= line.words <= 25:
            sharers.append(i)
        best_shared = max(best_shared, shared if line.words >= 4 else 0.0)
        out[i] = f
    return out


def _stem(word: str) -> str:
    return word.casefold()[:6]


def find_title(lines: Sequence[Line], article: Sequence[bool], first: int, counts: Mapping[str, int]) -> int | None:
    """The line that is the title; None where none is likely."""
    scores = {
        i: sum(value * TITLE.get(name, 0.0) for name, value in f.items())
        for i, f in title_features(lines, article, first, counts).items()
    }
    if not scores:
        return None
    best = max(scores, key=lambda i: (scores[i], -i))
    if scores[best] < _LEAST:
        return None
    return _plainer(lines, scores, _above(lines, scores, best))


def _above(lines: Sequence[Line], scores: Mapping[int, float], best: int) -> int:
    """A sentence is no title but the dek of the line above it, where that can be one."""
    if not _SENTENCE.search(lines[best].text[-200:]):
        return best
    for i in (best - 1, best - 2):
        if i not in scores:
            break
        line = lines[i]
        plain = 2 <= line.words <= 20 and not line.bullet and not _SENTENCE.search(line.text[-200:])
        if plain and not find_dates(line.head) and not _is_furniture(line.head) and scores[i] > _LEAST - 2:
            return i
    return best


def _is_furniture(text: str) -> bool:
    patterns = (phrases.SIMILAR, phrases.POPULAR, phrases.TOOLS, phrases.SKIP, phrases.ACTION, phrases.COMMENTS)
    return any(p.fullmatch(text) for p in patterns) or bool(
        phrases.CREDIT.match(text)
        or phrases.BYLINE.match(text)
        or phrases.SHARE.match(text)
        or phrases.NEWSLETTER.search(text)
    )


def _plainer(lines: Sequence[Line], scores: Mapping[int, float], best: int) -> int:
    """The same title without the section's name in front, or with the colon that another copy has."""
    text = _folded(lines[best].text)
    for i in sorted(scores, key=lambda i: (-scores[i], i)):
        other = _folded(lines[i].text)
        near = abs(i - best) <= 4 and scores[i] > -3
        if near and other != text and len(other.split()) >= 3 and text.endswith(" " + other):
            return i
    bare = _bare(text)
    if ": " not in text:
        for i in scores:
            if ": " in lines[i].text and _bare(_folded(lines[i].text)) == bare:
                return i
    return best


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text)

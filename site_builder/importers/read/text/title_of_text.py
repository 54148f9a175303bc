"""The title among the lines of a pasted page: near the start of the text, and about what the text is about."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from site_builder.importers.read.dates import find_dates
from site_builder.importers.read.phrases import phrases
from site_builder.importers.read.text.line_classifier_weights import TITLE
from site_builder.importers.read.text.lines import TextLine

_WORD: Final = re.compile(r"[^\W_][\w’'-]*")
_BEFORE: Final = 400
"""Lines before the first of the text among which the title is sought; some pages put a menu between."""
_SENTENCE: Final = re.compile(r"[^.…]\.[\"'”’»)]*$")
_NAME_IN_BRACKETS: Final = re.compile(r"\((?:[^\W\d_][\w.’'-]*[ /,]+){1,4}[^\W\d_][\w.’'-]*\)$")
"""How many captions end."""
_LEAST: Final = -3.0
"""Log-odds below which no line is called the title: a null is better than a wrong one."""
_LONG: Final = 16
"""Words from which a line may be a dek without a full stop,"""
_CLOSE: Final = 2.5
"""if a line above it is nearly as likely the title: by so many log-odds."""
_CRUMB: Final = 6.0
"""As much less likely may a line be that the way from the home page ends with."""
_AFTER: Final = 1
"""And after it: what was taken for the first line may be the dek."""


def candidates(lines: Sequence[TextLine], first: int) -> range:
    """The lines that may be the title, `first` being the first of the article's text."""
    return range(max(0, first - _BEFORE), min(len(lines), first + _AFTER))


def title_features(  # noqa: PLR0915 (a row for each feature)
    lines: Sequence[TextLine], article: Sequence[bool], first: int, counts: Mapping[str, int]
) -> dict[int, dict[str, float]]:
    """Candidate -> name of a feature -> value. `counts`: how often each line stands on the whole page."""
    vocabulary: Counter[str] = Counter()
    for line, inside in zip(lines, article, strict=True):
        if inside:
            vocabulary.update(_stems(line.text))
    top = set(candidates(lines, first))
    page = " \n ".join(lines[i].text.casefold() for i in range(len(lines)) if i not in top)
    opening = {s for line in lines[first : first + 4] for s in _stems(line.text)}
    out: dict[int, dict[str, float]] = {}
    best_shared = 0.0
    sharers: list[int] = []
    for i in candidates(lines, first):
        line = lines[i]
        text = line.head
        stems = _stems(text)
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
        f["label"] = float(_is_label(text))
        f["furniture"] = float(
            bool(phrases().newsletter.search(text) or phrases().share.match(text) or phrases().small_print.search(text))
            and line.words <= 8
        )
        f["byline"] = float(bool(phrases().byline.match(text)) and line.words <= 8)
        f["credit"] = float(_is_credit(text))
        f["bars"] = float(" | " in text or " > " in text or " / " in text or " » " in text)
        f["sharers before"] = min(3, sum(1 for j in sharers if i - 8 <= j < i)) / 3
        f["shared long"] = shared * min(len(stems), 8) / 8
        f["bracket end"] = float(text[-1] in ")]")
        f["name in brackets"] = float(bool(_NAME_IN_BRACKETS.search(text)))
        f["shared first"] = len(stems & opening) / len(stems) if stems else 0.0
        f["has colon"] = float(": " in text)
        f["quotes"] = float(any(sign in text for sign in '"“„«»”'))
        f |= _around(lines, i)
        after = lines[i + 1] if i + 1 < len(lines) else None
        f["meta follows"] = float(
            any(find_dates(x.head) or phrases().byline.match(x.head) for x in lines[i + 1 : i + 5] if x.words <= 15)
        )
        f["dek follows"] = float(after is not None and 9 <= after.words <= 60 and after.text[-1] in ".!?…")
        f["first shared"] = float(shared >= 0.5 and best_shared < 0.5 and line.words >= 4)
        if shared >= 0.4 and len(stems) >= 2 and 3 <= line.words <= 25:
            sharers.append(i)
        best_shared = max(best_shared, shared if line.words >= 4 else 0.0)
        out[i] = f
    return out


def _around(lines: Sequence[TextLine], i: int) -> dict[str, float]:
    """What the lines before and after say of a candidate."""
    text = lines[i].head
    before, after = lines[max(0, i - 5) : i], lines[i + 1 : i + 5]
    return {
        "crumb": float(len(text) > 8 and any(_ends_crumbs(line.text, text) for line in before[-1:])),
        "credit before": float(any(_is_credit(line.head) for line in before[-1:])),
        "credit after": float(any(_is_credit(line.head) for line in after[:1])),
        "share follows": float(
            any(phrases().share.match(x.head) or phrases().action.fullmatch(x.head) for x in after if x.words <= 6)
        ),
        "short before": float(any(line.words <= 3 for line in before[-1:])),
        "short run before": sum(line.words <= 4 for line in before) / 5,
    }


def _is_credit(text: str) -> bool:
    return bool(phrases().credit.match(text) or phrases().credit_end.search(text))


def _ends_crumbs(line: str, text: str) -> bool:
    """Whether a line is the way from the home page to the page of this title."""
    way = line.removesuffix(text)
    return len(way) < len(line) and bool(re.search(r"[»\u203a>/|:]\s*$", way))


def _stems(text: str) -> set[str]:
    return {_stem(w) for w in _WORD.findall(text) if len(w) > 3}


def _stem(word: str) -> str:
    return word.casefold()[:6]


def find_title(lines: Sequence[TextLine], article: Sequence[bool], first: int, counts: Mapping[str, int]) -> int | None:
    """The line that is the title; None where none is likely."""
    rows = title_features(lines, article, first, counts)
    scores = {i: sum(value * TITLE.get(name, 0.0) for name, value in f.items()) for i, f in rows.items()}
    if not scores:
        return None
    best = max(scores, key=lambda i: (scores[i], -i))
    if scores[best] < _LEAST:
        return None
    named = [i for i, f in rows.items() if f["crumb"] and scores[i] > scores[best] - _CRUMB]
    if named:
        return named[-1]
    return _plainer(lines, scores, _above(lines, scores, best))


def _above(lines: Sequence[TextLine], scores: Mapping[int, float], best: int) -> int:
    """A sentence, or a long line, is no title but the dek of the line above it, where that can be one."""
    if not _SENTENCE.search(lines[best].text[-200:]):
        long = lines[best].words
        titles = [i for i in (best - 1, best - 2) if i >= 0 and scores.get(i, _LEAST) > scores[best] - _CLOSE]
        shorter = [i for i in titles if 3 <= lines[i].words < long and not lines[i].bullet]
        return shorter[0] if shorter and long >= _LONG else best
    for i in (best - 1, best - 2):
        if i not in scores:
            break
        line = lines[i]
        plain = 2 <= line.words <= 20 and not line.bullet and not _SENTENCE.search(line.text[-200:])
        if plain and not find_dates(line.head) and not _is_furniture(line.head) and scores[i] > _LEAST - 2:
            return i
    return best


def _is_label(text: str) -> bool:
    """Is the line a heading, link or label of the page rather than of an article?"""
    known = phrases()
    patterns = (known.similar_in_text, known.popular, known.tools, known.furniture, known.action, known.comments)
    return any(pattern.fullmatch(text) for pattern in patterns)


def _is_furniture(text: str) -> bool:
    patterns = (
        phrases().similar_in_text,
        phrases().popular,
        phrases().tools,
        phrases().furniture,
        phrases().action,
        phrases().comments,
    )
    return any(p.fullmatch(text) for p in patterns) or bool(
        phrases().credit.match(text)
        or phrases().byline.match(text)
        or phrases().share.match(text)
        or phrases().newsletter.search(text)
    )


def _plainer(lines: Sequence[TextLine], scores: Mapping[int, float], best: int) -> int:
    """The same title without the section's name in front, or with the colon that another copy has."""
    text = _folded(lines[best].text)
    for i in sorted(scores, key=lambda i: (-scores[i], i)):
        other = _folded(lines[i].text)
        near = abs(i - best) <= 4 and scores[i] > -3
        if near and other != text and len(other.split()) >= 3 and text.endswith(" " + other):
            return i
        if near and other != text and len(other.split()) >= 3 and re.match(rf"{re.escape(other)} [|»–-] ", text):
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

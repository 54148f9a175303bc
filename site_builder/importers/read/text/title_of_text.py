"""Find the title among the lines of a pasted page: it is near the start of the text and shares its vocabulary.

The weights of the features were learned with the limits below, like those of the line classifier.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from site_builder.importers.read.dates import find_dates, find_relative
from site_builder.importers.read.phrases import phrases
from site_builder.importers.read.text.lines import MAX_BRIEF_WORDS, TextLine
from site_builder.importers.read.text.title_weights import TITLE, TITLE_AGAIN
from site_builder.text.word_counts import count_words, is_caseless, stems

_WORD: Final = re.compile(r"[^\W_][\w’'-]*")
_LINES_BEFORE: Final = 400
"""Lines before the first of the text among which the title is sought; some pages put a menu between."""
_LINES_AFTER: Final = 1
"""And after it: what was taken for the first line may be the dek."""
_OPENING_LINES: Final = 4
"""First lines of the text, whose words a title shares most of all."""
_TOP_LINES: Final = 2
"""First lines of a page, where its own name stands, or the title of one without a menu."""
_NEAR_LINES: Final = 5
"""Lines before the text that are near it, and before a title that say something about it."""
_FAR_LINES: Final = 20
"""Lines before the text that are far from it, and"""
_FARTHEST_LINES: Final = 100
"""so many more, from which on distance makes no difference."""
_LINES_AROUND: Final = 4
"""Lines after a title in which a dek, a date, a byline or buttons follow."""
_SHARER_LINES: Final = 8
_MAX_SHARERS: Final = 3
"""Lines before a title in which others share the text's vocabulary, and how many of these make a difference."""
_LENGTHS: Final = (1, 2, 3, 5, 8, 14, 20, 30)
"""Upper ends of the classes of length, in words,"""
_LONGEST: Final = 99
"""and the name of the class above them."""
_MAX_SHARED_WORDS: Final = 8
_MIN_STEM_WORD_LETTERS: Final = 4
_ECHO_CHARACTERS: Final = 15
"""A longer title that occurs elsewhere on the page does so as a title, not by chance."""
_MIN_CRUMB_CHARACTERS: Final = 8
_MAX_CRUMB_WORDS: Final = 5
_MAX_META_WORDS: Final = 15
"""Of a line with date or byline below a title."""
_DEK_WORDS: Final = range(9, 61)
"""Words of a dek below a title."""
_MIN_WORDS: Final = 4
"""Of a line that shares the text's vocabulary on purpose."""
_HALF: Final = 0.5
"""Share of a line's vocabulary in the text, from which on it is about the same."""
_SHARER_SHARE: Final = 0.4
_MIN_SHARER_STEMS: Final = 2
_SHARER_WORDS: Final = range(3, 26)
"""The same, for lines that make another a candidate less."""
_MAX_BUTTON_WORDS: Final = 6
_MAX_SHORT_WORDS: Final = 3
_MAX_RUN_WORDS: Final = 4
"""Of buttons, and of short lines alone or in a run, as in menus."""
_END_CHARACTERS: Final = 200
"""Characters looked at for the end of a sentence."""
_TITLE_WORDS: Final = range(2, 21)
"""Words of a title above a sentence that was taken for it."""
_DEK_DISTANCE_LINES: Final = 2
"""Lines from a dek up to its title."""
_MIN_TITLE_WORDS: Final = 3
"""Of a title above a long dek, or in another copy of it."""
_MAX_TITLE_WORDS: Final = 24
"""Of a title that is a sentence; of 340 pages the longest has 21."""
_NOTE: Final = re.compile(r"(?:\[\w{1,4}\])+$")
_COPY_LINES: Final = 4
"""Lines between two copies of a title."""
_MAX_COPIES: Final = 3
_SENTENCE_BONUS: Final = 2.0
"""By so many log-odds less likely may a line be that is the title of the sentence below it."""
_SENTENCE: Final = re.compile(r"(?:[^.…]\.|[。।\u06d4])[\"'”’»)」]*$")
_NAME_IN_BRACKETS: Final = re.compile(r"\((?:[^\W\d_][\w.’'-]*[ /,]+){1,4}[^\W\d_][\w.’'-]*\)$")
"""How many captions end."""
_MIN_ODDS: Final = -3.0
"""Log-odds below which no line is called the title: a null is better than a wrong one."""
_CLOSE_ODDS: Final = 2.5
"""By so many log-odds less likely may a line be that rivals another."""
_LINES_TO_COUNTS: Final = 10
_COUNT: Final = re.compile(r"\d[\d.,]*\s?[km]?|--|\d+ min read", re.IGNORECASE)
"""Below a subtitle: likes, comments, minutes to read."""
_NEAR_CANDIDATES: Final = 3
"""Lines above and below within which a rival of a candidate may be its dek, or the title of which it is the dek."""
_MAX_PROSE_BETWEEN: Final = 3
_MAX_ITEMS_BETWEEN: Final = 8
"""Sentences and items between a candidate and the text, beyond which more make no difference."""
_MAX_RANK: Final = 4
_MAX_ODDS: Final = 6.0
_CRUMB_ODDS: Final = 6.0
"""By so many log-odds less likely may a line be with which the breadcrumbs end."""


def candidates(lines: Sequence[TextLine], first: int) -> range:
    """The lines that may be the title, `first` being the first of the article's text."""
    return range(max(0, first - _LINES_BEFORE), min(len(lines), first + _LINES_AFTER))


def title_features(  # noqa: PLR0915 (a row for each feature)
    lines: Sequence[TextLine], article: Sequence[bool], first: int, counts: Mapping[str, int]
) -> dict[int, dict[str, float]]:
    """Candidate -> name of a feature -> value. `counts`: how often each line occurs on the whole page."""
    vocabulary: Counter[str] = Counter()
    for line, inside in zip(lines, article, strict=True):
        if inside:
            vocabulary.update(stems(line.text, _MIN_STEM_WORD_LETTERS))
    page = " \n ".join(line.text.casefold() for line in lines)
    places: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        places.setdefault(line.text, []).append(i)
    opening = {s for line in lines[first : first + _OPENING_LINES] for s in stems(line.text, _MIN_STEM_WORD_LETTERS)}
    out: dict[int, dict[str, float]] = {}
    between = _between(lines, candidates(lines, first), first)
    best_shared = 0.0
    sharers: list[int] = []
    for i in candidates(lines, first):
        line = lines[i]
        text = line.head
        own = stems(text, _MIN_STEM_WORD_LETTERS)
        shared = sum(1 for s in own if s in vocabulary) / len(own) if own else 0.0
        names = _WORD.findall(text)
        f: dict[str, float] = {"bias": 1.0}
        f["distance"] = _up_to(_FAR_LINES, max(first - i, 0))
        f["far"] = _up_to(_FARTHEST_LINES, max(first - i - _FAR_LINES, 0))
        f["at"] = float(i == first - 1)
        f["near"] = float(first - _NEAR_LINES <= i < first)
        f["inside"] = float(i >= first)
        size = next((n for n in _LENGTHS if line.words <= n), _LONGEST)
        f[f"words<={size}"] = 1.0
        f["shared"] = shared
        f["shared words"] = _up_to(_MAX_SHARED_WORDS, shared * len(own))
        f["gap"] = float(line.gap)
        f["gap after"] = float(i + 1 < len(lines) and lines[i + 1].gap)
        f["alone"] = f["gap"] * f["gap after"]
        f["top"] = float(i <= _TOP_LINES)
        f["bullet"] = float(bool(line.bullet))
        f["ends sentence"] = float(text[-1] in ".…。।\u06d4")
        f["question"] = float(text[-1] in "?!؟")
        f["colon"] = float(text[-1] in ":;,")
        f |= _copies(places[line.text], i, counts.get(line.text, 1))
        f["echoed"] = float(len(text) > _ECHO_CHARACTERS and page.count(text.casefold()) > len(places[line.text]))
        if is_caseless(text):
            f["caseless"] = 1.0
        else:
            f["small"] = sum(w[0].islower() for w in names[1:]) / max(1, len(names) - 1)
        f["capitals"] = float(text.isupper())
        f["dated"] = float(bool(find_dates(text)))
        f["label"] = float(_is_label(text))
        f["furniture"] = float(
            bool(phrases().newsletter.search(text) or phrases().share.match(text) or phrases().small_print.search(text))
            and line.words <= MAX_BRIEF_WORDS
        )
        f["byline"] = float(bool(phrases().byline.match(text)) and line.words <= MAX_BRIEF_WORDS)
        f["credit"] = float(_is_credit(text))
        f["bars"] = float(" | " in text or " > " in text or " / " in text or " » " in text)
        f["sharers before"] = _up_to(_MAX_SHARERS, sum(i - _SHARER_LINES <= j < i for j in sharers))
        f["shared long"] = shared * _up_to(_MAX_SHARED_WORDS, len(own))
        f["bracket end"] = float(text[-1] in ")]")
        f["name in brackets"] = float(bool(_NAME_IN_BRACKETS.search(text)))
        f["shared first"] = len(own & opening) / len(own) if own else 0.0
        f["has colon"] = float(": " in text)
        f["quotes"] = float(any(sign in text for sign in '"“„«»”「『'))
        f |= _around(lines, i)
        f |= between[i]
        f["shared, no prose between"] = shared * (1 - f["prose between"])
        after = lines[i + 1] if i + 1 < len(lines) else None
        f["meta follows"] = float(
            any(
                find_dates(x.head) or phrases().byline.match(x.head)
                for x in lines[i + 1 : i + 1 + _LINES_AROUND]
                if x.words <= _MAX_META_WORDS
            )
        )
        f["dek follows"] = float(after is not None and after.words in _DEK_WORDS and after.text[-1] in ".!?…。।؟\u06d4")
        f["first shared"] = float(shared >= _HALF > best_shared and line.words >= _MIN_WORDS)
        if shared >= _SHARER_SHARE and len(own) >= _MIN_SHARER_STEMS and line.words in _SHARER_WORDS:
            sharers.append(i)
        best_shared = max(best_shared, shared if line.words >= _MIN_WORDS else 0.0)
        out[i] = f
    return out


def _copies(places: Sequence[int], i: int, count: int) -> dict[str, float]:
    """Where else the line stands: a title has a few copies, a label of the site many."""
    return {
        "repeated": float(count > 1),
        "many copies": float(count > _MAX_COPIES),
        "copy above": float(places[0] < i),
        "copy below": float(places[-1] > i),
        "copy near": float(any(0 < abs(j - i) <= _COPY_LINES for j in places)),
    }


def _between(lines: Sequence[TextLine], places: range, first: int) -> dict[int, dict[str, float]]:
    """What stands between each candidate and the text: of a title, date and byline at most, and the dek."""
    out: dict[int, dict[str, float]] = {}
    prose = meta = items = 0
    for i in reversed(places):
        out[i] = {
            "prose between": _up_to(_MAX_PROSE_BETWEEN, prose),
            "meta between": float(meta > 0),
            "items between": _up_to(_MAX_ITEMS_BETWEEN, items),
        }
        line = lines[i]
        if i < first:
            prose += line.words >= _DEK_WORDS[0] and line.text[-1] in ".!?…。।؟"
            meta += line.words <= _MAX_META_WORDS and bool(
                find_dates(line.head) or find_relative(line.head) or phrases().byline.match(line.head)
            )
            items += line.is_item
    return out


def _around(lines: Sequence[TextLine], i: int) -> dict[str, float]:
    """What the lines before and after say of a candidate."""
    text = lines[i].head
    before, after = lines[max(0, i - _NEAR_LINES) : i], lines[i + 1 : i + 1 + _LINES_AROUND]
    return {
        "crumb": float(
            len(text) > _MIN_CRUMB_CHARACTERS and any(_ends_crumbs(line.text, text) for line in before[-1:])
        ),
        "under another": float(i > 0 and _is_pair(lines, i - 1)),
        "over another": float(_is_pair(lines, i)),
        "meta before": float(any(_is_dated(x) for x in before[-_DEK_DISTANCE_LINES:])),
        "items around": float(any(x.is_item for x in before[-1:]) and any(x.is_item for x in after[:1])),
        "items before": float(any(x.is_item for x in before[-1:])),
        "credit before": float(any(_is_credit(line.head) for line in before[-1:])),
        "credit after": float(any(_is_credit(line.head) for line in after[:1])),
        "share follows": float(
            any(
                phrases().share.match(x.head) or phrases().action.fullmatch(x.head)
                for x in after
                if x.words <= _MAX_BUTTON_WORDS
            )
        ),
        "short before": float(any(line.words <= _MAX_SHORT_WORDS for line in before[-1:])),
        "short run before": sum(line.words <= _MAX_RUN_WORDS for line in before) / _NEAR_LINES,
    }


def _is_pair(lines: Sequence[TextLine], i: int) -> bool:
    """May a line and the next one be title and dek: set off together from what is before, the second one longer?"""
    if i + 1 >= len(lines):
        return False
    line, after = lines[i], lines[i + 1]
    return (
        line.gap
        and not after.gap
        and not line.bullet
        and not after.bullet
        and line.words < after.words <= _DEK_WORDS[-1]
        and not any(_is_furniture(x.head) or find_dates(x.head) for x in (line, after))
    )


def _up_to(most: float, value: float) -> float:
    """A count as a share, 0..1: more than `most` makes no difference."""
    return min(value, most) / most


def _is_credit(text: str) -> bool:
    return bool(phrases().credit.match(text) or phrases().credit_end.search(text))


def _ends_crumbs(line: str, text: str) -> bool:
    """Is a line the breadcrumbs from the home page to the page of this title?"""
    way = line.removesuffix(text)
    if len(way) == len(line) or not re.search(r"[»\u203a>/|:]\s*$", way):
        return False
    # Before the name at the end of a caption is a sentence, in breadcrumbs are names of sections.
    return all(count_words(part) <= _MAX_CRUMB_WORDS for part in re.split(r"[»\u203a>/|:]", way))


def title_context(lines: Sequence[TextLine], scores: Mapping[int, float]) -> dict[int, dict[str, float]]:
    """What the scores of the other candidates say of each: name of a feature -> value, for the second look.

    Of two likely lines in a row, the first is the title more often than the second.
    """
    best = max(scores.values(), default=0.0)
    ranked = sorted(scores.values(), reverse=True)
    earliest = min((i for i in scores if scores[i] > best - _CLOSE_ODDS), default=0)
    out: dict[int, dict[str, float]] = {}
    for i, own in scores.items():
        above = max((scores[j] for j in range(i - _NEAR_CANDIDATES, i) if j in scores), default=_MIN_ODDS)
        farther = max(
            (scores[j] for j in range(i - _FAR_LINES, i - _NEAR_CANDIDATES) if j in scores), default=_MIN_ODDS
        )
        below = max((scores[j] for j in range(i + 1, i + 1 + _NEAR_CANDIDATES) if j in scores), default=_MIN_ODDS)
        is_best = own == best
        f = {
            "odds": _odds(own),
            "best": float(is_best),
            "below best": _odds(best - own),
            "rank": _up_to(_MAX_RANK, ranked.index(own)),
            "earliest": float(i == earliest),
            "above": _odds(above - own),
            "farther above": _odds(farther - own),
            "below": _odds(below - own),
            "rival above": float(above > own - _CLOSE_ODDS),
            "rival below": float(below > own - _CLOSE_ODDS),
        }
        f["best, rival above"] = f["best"] * f["rival above"]
        f["rival below, near best"] = f["rival below"] * float(own > best - _CLOSE_ODDS)
        if i + 1 < len(lines):
            f["shorter, rival below"] = f["rival below"] * float(lines[i].words < lines[i + 1].words)
        if i:
            f["longer, rival above"] = f["rival above"] * float(lines[i].words > lines[i - 1].words)
        out[i] = f
    return out


def _odds(value: float) -> float:
    return max(-_MAX_ODDS, min(_MAX_ODDS, value)) / _MAX_ODDS


def _score(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    weight = weights.get
    return sum([value * weight(name, 0.0) for name, value in values.items()])


def find_title(lines: Sequence[TextLine], article: Sequence[bool], first: int, counts: Mapping[str, int]) -> int | None:
    """The line that is the title; None where none is likely."""
    rows = {i: f for i, f in title_features(lines, article, first, counts).items() if not _is_paragraph(lines[i])}
    if not rows:
        return None
    first_scores = {i: _score(f, TITLE) for i, f in rows.items()}
    seen = title_context(lines, first_scores)
    scores = {i: _score(f, TITLE_AGAIN) + _score(seen[i], TITLE_AGAIN) for i, f in rows.items()}
    best = max(scores, key=lambda i: (scores[i], -i))
    if scores[best] < _MIN_ODDS:
        return None
    named = [i for i in scores if rows[i]["crumb"] and scores[i] > scores[best] - _CRUMB_ODDS]
    if named:
        return named[-1]
    return _over_subtitle(lines, _plainer(lines, scores, _above(lines, scores, best)), counts)


def _is_paragraph(line: TextLine) -> bool:
    """Is it longer than a title, and a sentence, perhaps with the mark of a note?"""
    end = _NOTE.sub("", line.text[-_END_CHARACTERS:])
    return line.words > _MAX_TITLE_WORDS and _SENTENCE.search(end) is not None


def _over_subtitle(lines: Sequence[TextLine], best: int, counts: Mapping[str, int]) -> int:
    """The line above, on platforms for blogs and newsletters: title, subtitle, a name, counts of likes and comments.

    Papers put their section there, which a menu names a second time, and count nothing.
    """
    if best < 1 or not _is_pair(lines, best - 1) or counts.get(lines[best - 1].text, 1) > 1:
        return best
    after = lines[best + 1 : best + 1 + _LINES_TO_COUNTS]
    is_name = any(phrases().person.fullmatch(line.head) for line in after[:1])
    counted = sum(1 for line in after if _COUNT.fullmatch(line.head))
    return best - 1 if is_name and counted and lines[best - 1].words >= _TITLE_WORDS[0] else best


def _above(lines: Sequence[TextLine], scores: Mapping[int, float], best: int) -> int:
    """A sentence is no title but the dek of the line above it, and a name its author, where that can be one."""
    if not (_SENTENCE.search(lines[best].text[-_END_CHARACTERS:]) or _is_dated_name(lines, best)):
        return best
    farthest = best - _DEK_DISTANCE_LINES
    for i in range(best - 1, best - 2 - _DEK_DISTANCE_LINES, -1):
        if i not in scores or i < farthest:
            break
        if _is_dated_name(lines, i):
            farthest = i - 1
            continue
        line = lines[i]
        plain = line.words in _TITLE_WORDS and not line.bullet and not _SENTENCE.search(line.text[-_END_CHARACTERS:])
        if (
            plain
            and not find_dates(line.head)
            and not _is_furniture(line.head)
            and scores[i] > _MIN_ODDS - _SENTENCE_BONUS
        ):
            return i
    return best


def _is_dated_name(lines: Sequence[TextLine], i: int) -> bool:
    """In a script without capitals: may a line be the author's name, with the date below and a longer line above?"""
    line, after = lines[i], lines[i + 1] if i + 1 < len(lines) else None
    return (
        is_caseless(line.head)
        and 1 < line.words <= _MAX_SHORT_WORDS
        and " " in line.text
        and after is not None
        and _is_dated(after)
        and i > 0
        and lines[i - 1].words > line.words
    )


def _is_dated(line: TextLine) -> bool:
    return line.words <= _MAX_META_WORDS and bool(find_dates(line.head))


def _is_label(text: str) -> bool:
    """Is the line a heading, link or label of the page rather than of an article?"""
    known = phrases()
    patterns = (known.similar_in_text, known.popular, known.tools, known.furniture, known.action, known.comments)
    return any(pattern.fullmatch(text) for pattern in patterns)


def _is_furniture(text: str) -> bool:
    return _is_label(text) or bool(
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
        near = abs(i - best) <= _COPY_LINES and scores[i] > _MIN_ODDS
        if (
            near
            and other != text
            and count_words(other) >= _MIN_TITLE_WORDS
            and text.endswith((" " + other, "|" + other, "】" + other, "]" + other))
        ):
            return i
        if (
            near
            and other != text
            and count_words(other) >= _MIN_TITLE_WORDS
            and re.match(rf"{re.escape(other)}\s*(?: [|»–-] |[\uff5c|])", text)
        ):
            return i
    bare = _bare(text)
    named = (i for i in scores if ": " in lines[i].text and _bare(_folded(lines[i].text)) == bare)
    return best if ": " in text else next(named, best)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text)

"""What a line of a pasted page shows, by itself and beside the others: the features by which it is judged.

They do not depend on the publisher and hardly on the language: length, how a line ends, how many of its words are in
lower case, bullets, what surrounds it, which kind of heading came last, how much of its vocabulary the rest of the text
shares. In scripts without small letters or without spaces, a usual value stands for what they cannot show. The weights
were learned with the limits and windows below: to change one of them is to learn the weights again
(`bench/importers/learn.py`).
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from site_builder.importers.read.dates import find_dates, find_relative
from site_builder.importers.read.phrases import Phrases, phrases
from site_builder.importers.read.text.lines import (
    MAX_BRIEF_WORDS,
    MAX_CAPTION_WORDS,
    MAX_COUNTED_WORDS,
    MAX_LABEL_WORDS,
    PARAGRAPH_WORDS,
    TextLine,
)
from site_builder.text.word_counts import is_caseless, stems

_LENGTHS: Final = (1, 2, 3, 5, 8, 12, 20, 35, 60)
"""Upper ends of the classes of length, in words."""
_ENDS: Final = ".!?…。\uff01\uff1f।؟\u06d4።\uff0e"
"""What ends a sentence, in any script."""
_CLOSING: Final = "\"'”’»“)\\]」』\uff09】》"
_END: Final = re.compile(rf"[{_ENDS}][{_CLOSING}]*(?:\s*[(\[\uff08][^()\[\]]{{1,40}}[)\]\uff09]\s*[.。]?)?$")
_SENTENCE: Final = re.compile(
    rf"(?:[.!?…।؟\u06d4][{_CLOSING}]*\s+|[。\uff01\uff1f][{_CLOSING}]*\s*)[\"'“„«(「『\uff08]*[^\W\d_]"
)
_NO_SENTENCE_END: Final = re.compile(r"[\u0e01-\u0eff\u1780-\u17ff]")
"""Thai, Lao and Khmer hardly mark the end of a sentence: there, a long line has one."""
_COMMA: Final = re.compile("[,、\uff0c،]")
_WORD: Final = re.compile(r"[^\W\d_][\w’'-]*")
_ADDRESS: Final = re.compile(r"https?://|www\.|\S@\S+\.\w|(?:^|\s)@\w{3,}", re.IGNORECASE)
_FORGET_WORDS: Final = 120
"""Words of prose after which the heading of a list no longer counts: it stood within the text."""
_FADING: Final = 0.7
"""What each line that is not prose leaves of the words counted towards _FORGET_WORDS."""
_MIN_LEAD_WORDS: Final = 3
_MAX_LEAD_WORDS: Final = 40
"""Of a line with a colon that introduces a list."""
_WINDOWS: Final = (1, 3, 8)
"""Lines before and after a line whose share of prose is measured."""
_DENSITY_LINES: Final = 6
"""Lines on either side in which words of prose are counted."""
_MAX_WORDS: Final = 100
"""Words, commas and the like up to which more of them makes a difference."""
_MAX_SENTENCES: Final = 4
_MAX_COMMAS: Final = 4
_MAX_YOU: Final = 3
_MAX_RUN: Final = 12
MANY_LINES: Final = 150
"""Lines of a page, beyond which more make no difference."""
_END_CHARACTERS: Final = 200
"""Characters looked at for the end of a sentence,"""
_SENTENCE_CHARACTERS: Final = 1_000
"""for counting sentences,"""
_VOCABULARY_CHARACTERS: Final = 1_500
"""and for a line's vocabulary."""
_INDENT_SPACES: Final = 4
_CODE_SIGNS: Final = frozenset("{}()[];=<>$\\`_#")
_CODE_FACTOR: Final = 6
"""A line of code has such a sign for every six others."""
_CASELESS_SMALL: Final = 0.9
"""Share of words in lower case in a paragraph,"""
_USUAL_LETTERS: Final = 0.8
"""and of letters in any line, for scripts that do not show them."""
_MIN_STEM_WORD_LETTERS: Final = 5
"""Shorter words are articles and the like, which any two sentences share."""
_DENSE_FACTOR: Final = 3
"""A third of a line's words being of one kind is all of it."""
_MAX_CREDIT_WORDS: Final = 40
_MAX_BYLINE_WORDS: Final = 15
_MAX_DATE_WORDS: Final = 20
_MAX_NUMBER_WORDS: Final = 5
NEAR_LINES: Final = 2
_SOON_LINES: Final = 8
"""Lines up to which a heading is near, and soon before."""
_COMMENTS_AFTER_SHARE: Final = 0.3
"""Share of the page's prose before a heading of comments, for the article to have ended there."""
_COMMENTS_AFTER_WORDS: Final = 120
"""Words of it, where comments follow for certain: many are longer than what they comment on."""
_COMMENTS_LINES: Final = 60
_COMMENTS_START_LINES: Final = 8
_MIN_COMMENTS: Final = 4
"""Lines below the heading among which so many are dated, the first of them within a few lines."""
_STATES: Final = ("similar", "popular", "comments", "author", "newsletter", "tools")


def features(lines: Sequence[TextLine]) -> list[dict[str, float]]:
    """For every line: name of a feature -> its value, about -1..1."""
    looks = [_seen(line, phrases()) for line in lines]
    good = [
        1.0 if line.words >= PARAGRAPH_WORDS and "end" in look else 0.0 for line, look in zip(lines, looks, strict=True)
    ]
    weight = [g * min(line.words, MAX_COUNTED_WORDS) for g, line in zip(good, lines, strict=True)]
    sums = [0.0]
    for value in weight:
        sums.append(sums[-1] + value)
    goods = [0.0]
    for value in good:
        goods.append(goods[-1] + value)
    n = len(lines)

    def share(start: int, end: int) -> float:
        start, end = max(0, min(start, n)), max(0, min(end, n))
        return (goods[end] - goods[start]) / (end - start) if end > start else 0.0

    density = [sums[min(n, i + 1 + _DENSITY_LINES)] - sums[max(0, i - _DENSITY_LINES)] for i in range(n)]
    peak = max(density, default=0.0) or 1.0
    total = sums[-1] or 1.0
    counts = Counter(line.text for line in lines)
    cohesion = _cohesion(lines, good)
    runs = _runs(lines)
    lists = _lists_within(lines, good)
    states = _states(lines, looks, good)
    page = _page(lines, looks, good)
    out: list[dict[str, float]] = []
    for i, look in enumerate(looks):
        f = dict(look) | page
        for window in _WINDOWS:
            f[f"before{window}"], f[f"after{window}"] = share(i - window, i), share(i + 1, i + 1 + window)
        f["between"] = f["before1"] * f["after1"]
        f["between3"] = min(f["before3"], f["after3"])
        f["between8"] = min(f["before8"], f["after8"])
        f["density"] = density[i] / peak
        f["passed"] = sums[i] / total
        f["first"] = float(sums[i] == 0)
        f["last"] = float(sums[i + 1] >= total)
        f["cohesion"] = cohesion[i]
        f["repeated"] = float(counts[lines[i].text] > 1)
        f["run"] = runs[i]
        f["list within"] = lists[i]
        f["heads"] = float(_heads(lines, i) and i + 1 < n and good[i + 1] > 0)
        f["heads list"] = float(_heads(lines, i) and i + 1 < n and lines[i + 1].is_item)
        f["after colon"] = float(i > 0 and is_lead(lines[i - 1]))
        f.update(states[i])
        prose = "good" if good[i] else "short" if lines[i].words <= MAX_BRIEF_WORDS else "other"
        for name in ("between", "between3", "between8", "density", "cohesion", "before3", "after3", "passed"):
            f[f"{prose}*{name}"] = f[name]
        if lines[i].bullet:
            for name in ("between8", "density", "before1", "cohesion", "list within", *page):
                f[f"bullet*{name}"] = f[name]
        if f["heads"]:
            f["heads*tidy"] = f["tidy"]
        for name in page:
            f[f"{prose}*{name}"] = f[name]
        f[prose] = 1.0
        out.append(f)
    return out


def _page(lines: Sequence[TextLine], looks: Sequence[Mapping[str, float]], good: Sequence[float]) -> dict[str, float]:
    """What the page is like: how much of it is prose, how long it is, how many long lines do not end as sentences.

    On a page that is little but its article, a short line most likely belongs to it, and elsewhere to a menu.
    """
    words = [min(line.words, MAX_COUNTED_WORDS) for line in lines]
    long = [i for i, line in enumerate(lines) if line.words >= PARAGRAPH_WORDS]
    ended = sum("end" in looks[i] for i in long)
    return {
        "tidy": sum(g * w for g, w in zip(good, words, strict=True)) / max(1, sum(words)),
        "big": up_to(MANY_LINES, len(lines)),
        "loose": 1 - ended / len(long) if long else 0.0,
    }


def _heads(lines: Sequence[TextLine], i: int) -> bool:
    """Does a line look like a heading: short, set apart, without an end?"""
    line = lines[i]
    return line.gap and line.words <= MAX_LABEL_WORDS and not line.bullet and line.text[-1] not in f"{_ENDS},;"


def is_lead(line: TextLine) -> bool:
    """Does a line introduce a list? "More:" introduces one of other pages."""
    return (
        line.text[-1] in ":\uff1a"
        and _MIN_LEAD_WORDS <= line.words <= _MAX_LEAD_WORDS
        and not phrases().read_also.match(line.head)
    )


def _lists_within(lines: Sequence[TextLine], good: Sequence[float]) -> list[float]:
    """For items of a list between two paragraphs, 1; for those of one behind a paragraph, a half."""
    out = [0.0] * len(lines)
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and lines[end].is_item:
            end += 1
        if end > start:
            before = start > 0 and (good[start - 1] > 0 or is_lead(lines[start - 1]))
            after = any(good[end : end + NEAR_LINES])
            out[start:end] = [(before + (before and after)) / 2] * (end - start)
        start = max(end, start + 1)
    return out


@lru_cache(maxsize=4096)
def _seen(line: TextLine, _in_use: Phrases) -> dict[str, float]:
    """The same as `_look`, once for both times that a page is judged."""
    return _look(line)


def _look(line: TextLine) -> dict[str, float]:  # noqa: C901, PLR0912, PLR0915 (a row for each feature)
    """What a line shows by itself."""
    text = line.head
    words = line.words
    f: dict[str, float] = {"bias": 1.0}
    f[f"words<={next((x for x in _LENGTHS if words <= x), 'more')}"] = 1.0
    f["long"] = up_to(_MAX_WORDS, words)
    if _ends_sentence(line):
        f["end"] = 1.0
    elif line.text[-1] in ":,;\uff1a、\uff0c\uff1b":
        f["open"] = 1.0
    if text[-1] == "?":
        f["question"] = 1.0
    if line.text.endswith(("...", "…")):
        f["cut"] = 1.0
    f["sentences"] = up_to(_MAX_SENTENCES, len(_SENTENCE.findall(line.text[:_SENTENCE_CHARACTERS])))
    f["commas"] = up_to(_MAX_COMMAS, len(_COMMA.findall(text)))
    names = _WORD.findall(text)
    if is_caseless(text):
        # Where no word shows what it is by its first letter, a line is as much prose as it is long.
        f["caseless"] = 1.0
        f["small"] = _CASELESS_SMALL * up_to(PARAGRAPH_WORDS, words)
        f["letters"] = _USUAL_LETTERS
    else:
        f["small"] = sum(w[0].islower() for w in names[1:]) / max(1, len(names) - 1)
        f["letters"] = sum(len(w) for w in names) / len(text)
    if text.isupper():
        f["capitals"] = 1.0
    if text[0].islower():
        f["starts small"] = 1.0
    if text[0] in "\"“„«'‘「『":
        f["starts quoted"] = 1.0
    if line.bullet:
        f["bullet"] = 1.0
        if line.bullet[0].isdigit():
            f["numbered"] = 1.0
    signs = sum(c in _CODE_SIGNS for c in text)
    if signs:
        f["code"] = up_to(1.0, _CODE_FACTOR * signs / len(text))
    if line.indent >= _INDENT_SPACES:
        f["indent"] = 1.0
    if line.gap:
        f["gap"] = 1.0
    if _ADDRESS.search(text):
        f["address"] = 1.0
    if " | " in text or " · " in text or " • " in text or " > " in text or " / " in text:
        f["bars"] = 1.0
    f["you"] = up_to(_MAX_YOU, len(phrases().you.findall(text)))
    size = size_class(words)
    for name, pattern in (
        ("newsletter", phrases().newsletter),
        ("share", phrases().share),
        ("small print", phrases().small_print),
    ):
        hits = len(pattern.findall(text))
        if hits:
            f[f"{name} {size}"] = 1.0
            f[f"{name} dense"] = min(1.0, _DENSE_FACTOR * hits / words)
    if words <= _MAX_CREDIT_WORDS:
        if phrases().credit.match(text) or phrases().credit_end.search(text):
            f[f"credit {size}"] = 1.0
        if phrases().byline.match(text) and words <= _MAX_BYLINE_WORDS:
            f["byline"] = 1.0
        if phrases().source.match(text):
            f["source"] = 1.0
        if phrases().read_also.match(text):
            f[f"read also {size}"] = 1.0
    if words <= MAX_LABEL_WORDS:
        for name, pattern in (
            ("similar", phrases().similar_in_text),
            ("popular", phrases().popular),
            ("comments", phrases().comments),
            ("author", phrases().author_box),
            ("tools", phrases().tools),
            ("action", phrases().action),
            ("skip", phrases().furniture),
        ):
            if pattern.fullmatch(text):
                f[f"is {name}"] = 1.0
    if words <= _MAX_DATE_WORDS and (find_dates(text) or find_relative(text)):
        f["dated"] = 1.0
    if words <= _MAX_NUMBER_WORDS and any(c.isdigit() for c in text):
        f["number"] = 1.0
    return f


def _ends_sentence(line: TextLine) -> bool:
    end = line.text[-_END_CHARACTERS:]
    return _END.search(end) is not None or (line.words > MAX_CAPTION_WORDS and bool(_NO_SENTENCE_END.search(end[-8:])))


def size_class(words: int) -> str:
    """The class of length of a line, as its features name it."""
    return "brief" if words <= MAX_BRIEF_WORDS else "line" if words <= MAX_CAPTION_WORDS else "para"


def up_to(most: float, value: float) -> float:
    """A count as a share, 0..1: more than `most` makes no difference."""
    return min(value, most) / most


def _cohesion(lines: Sequence[TextLine], good: Sequence[float]) -> list[float]:
    """Share of a line's longer words that other sentences of the page use too."""
    vocabularies = [stems(line.text[:_VOCABULARY_CHARACTERS], _MIN_STEM_WORD_LETTERS) for line in lines]
    seen: Counter[str] = Counter()
    for own, g in zip(vocabularies, good, strict=True):
        if g:
            seen.update(own)
    out: list[float] = []
    for own, g in zip(vocabularies, good, strict=True):
        others = sum(1 for s in own if seen[s] > g)
        out.append(others / len(own) if own else 0.0)
    return out


def _runs(lines: Sequence[TextLine]) -> list[float]:
    """How much a line is one of many short ones in a row: the mark of menus."""
    out = [0.0] * len(lines)
    start = 0
    for i in range(len(lines) + 1):
        if i == len(lines) or lines[i].words > MAX_BRIEF_WORDS:
            length = i - start
            out[start:i] = [up_to(_MAX_RUN, length)] * length
            start = i + 1
    return out


def _are_comments(lines: Sequence[TextLine], looks: Sequence[Mapping[str, float]], start: int) -> bool:
    """Are several of the lines from here on dated, as comments are one by one?"""
    near = range(start, min(len(lines), start + _COMMENTS_LINES))
    dated = [i for i in near if "dated" in looks[i] and lines[i].words <= MAX_LABEL_WORDS]
    return len(dated) >= _MIN_COMMENTS and dated[0] < start + _COMMENTS_START_LINES


def _states(
    lines: Sequence[TextLine], looks: Sequence[dict[str, float]], good: Sequence[float]
) -> list[dict[str, float]]:
    """Which kind of heading came last, and how near it is; a long run of prose makes it forgotten."""
    out: list[dict[str, float]] = []
    state, since, prose = "", 0, 0.0
    ended = passed = 0.0
    total = sum(g * min(line.words, MAX_COUNTED_WORDS) for g, line in zip(good, lines, strict=True))
    for i, look in enumerate(looks):
        named = next((s for s in _STATES if f"is {s}" in look), "")
        if not named and lines[i].words <= MAX_BRIEF_WORDS and "newsletter brief" in look:
            named = "newsletter"
        if named:
            state, since, prose = named, 0, 0.0
            if named == "comments" and (
                passed > _COMMENTS_AFTER_SHARE * total
                or (passed >= _COMMENTS_AFTER_WORDS and _are_comments(lines, looks, i + 1))
            ):
                ended = 1.0
        else:
            since += 1
            words = min(lines[i].words, MAX_COUNTED_WORDS)
            prose = prose + words if good[i] else prose * _FADING
            passed += good[i] * words
            if prose > _FORGET_WORDS:
                state = ""
        f: dict[str, float] = {}
        if state:
            near = (
                "here" if since == 0 else "near" if since <= NEAR_LINES else "soon" if since <= _SOON_LINES else "far"
            )
            f[f"{state} {near}"] = 1.0
            if good[i]:
                f[f"good*{state}"] = 1.0
        if ended:
            f["after comments"] = 1.0
        out.append(f)
    return out

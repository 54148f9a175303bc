"""Find blocks of cards in pasted text: similar articles and advertised tools, whatever the order of a card's parts."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from site_builder.importers.imported_article import SimilarCard, ToolCard
from site_builder.importers.read.dates import find_dates, find_relative
from site_builder.importers.read.phrases import Phrases, phrases
from site_builder.importers.read.text.lines import MAX_BRIEF_WORDS, MAX_LABEL_WORDS, PARAGRAPH_WORDS, TextLine
from site_builder.text.word_counts import count_words

_EDGES: Final = " \t|·•–—-:,;/>»→()[]"
"""Between the parts of a card that share a line."""
_MAX_PART_WORDS: Final = 90
"""Of a part of a card; a longer paragraph is none."""
_MAX_BLOCK_LINES: Final = 150
"""Lines read below the heading of similar articles."""
_MAX_TOOL_LINES: Final = 80
"""Lines read below the heading of tools."""
_MAX_BUTTON_WORDS: Final = 4
"""Of a line of buttons to share."""
_MAX_META_WORDS: Final = 6
"""Of a part that is a reading time, a relative date or a byline."""
_MIN_HALF_WORDS: Final = 3
"""Of the text before or after a date or bar on one line, to be a part of its own."""
_MIN_SEPARATORS: Final = 2
"""Dates or closing links from which on they show where cards begin."""
_PROSE_AHEAD: Final = 3
"""Sentences in a row that are running text, not summaries of cards."""
_MAX_SECTION_WORDS: Final = 2
"""Of a section's name above a card's title."""
_MAX_TITLE_AFTER_SECTION_WORDS: Final = 20
_MIN_TITLE_WORDS: Final = 2
_MAX_TITLE_WORDS: Final = 40
_MAX_TEXTS: Final = 4
"""Texts of one card; more are several cards, or no card."""
_LONG_SUMMARY_WORDS: Final = 16
"""A longer text is a summary even without a full stop,"""
_MIN_SUMMARY_WORDS: Final = 7
"""and one of as many words if it ends with one."""
_MAX_TAGS_WORDS: Final = 12
"""Of a line of tags behind "#"."""
_LOOKS_LIKE_TITLE: Final = re.compile(r"^[^.。]*[^.,;:…。、]$")
"""A long line that is not a sentence: there is no full stop in it or at its end."""
_SENTENCE_END: Final = re.compile(r"[.!?…。\uff01\uff1f।؟\u06d4][\"'”’»)\]」』]*$")


@dataclass(frozen=True, slots=True)
class CardBlock:
    """A heading and the cards below it."""

    start: int
    """Line of the heading."""
    end: int
    """The first line after the block."""
    cards: tuple[SimilarCard, ...] = ()
    tools: tuple[ToolCard, ...] = ()
    relative: tuple[str, ...] = ()
    """Dates such as "3 hours ago", which give none."""
    ambiguous: tuple[str, ...] = ()
    """Dates whose day and month may be the other way round."""
    line: int = 1
    """Line of the file on which the heading stands, from 1."""


def numbers_of(blocks: Sequence[CardBlock], lines: Sequence[TextLine]) -> set[int]:
    """The rows of the file between the first and the last line of each block."""
    return {n for b in blocks if b.end > b.start for n in range(lines[b.start].number, lines[b.end - 1].number + 1)}


@dataclass(frozen=True, slots=True)
class _Part:
    """A line of a card. Kinds: D date, X relative date, A action, T text."""

    kind: str
    text: str
    line: int
    gap: bool
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How this page writes dates."""

    language: str | None = None
    day_first: bool | None = None


def find_blocks(
    lines: Sequence[TextLine], stop: Iterable[str], dates: DateStyle, article: Sequence[bool] = ()
) -> list[CardBlock]:
    """Every block of cards, in order.

    A block ends at the lines `stop` of the article itself. `article` says of every line whether it seems to belong to
    the article: cards without dates and closing links end where the text continues.
    """
    own = frozenset(stop)
    blocks: list[CardBlock] = []
    i = 0
    while i < len(lines):
        block = None
        text = lines[i].head
        if lines[i].words <= MAX_LABEL_WORDS:
            if phrases().tools.fullmatch(text):
                block = _tools(lines, i, own)
            elif phrases().similar_in_text.fullmatch(text):
                block = _similar(lines, i, own, dates, article)
        if block is None:
            i += 1
        else:
            blocks.append(block)
            i = block.end
    return blocks


def _is_end(line: TextLine, own: frozenset[str]) -> bool:
    """Does another part of the page begin here?"""
    return line.text in own or line.words > _MAX_PART_WORDS or _ends(line.head, line.words, phrases())


@lru_cache(maxsize=20_000)
def _ends(text: str, words: int, known: Phrases) -> bool:
    if words > MAX_LABEL_WORDS:
        return bool(known.small_print.match(text))
    return bool(
        known.tools.fullmatch(text)
        or known.popular.fullmatch(text)
        or known.comments.fullmatch(text)
        or known.author_box.fullmatch(text)
        or known.small_print.match(text)
        or known.source.match(text)
        or (known.newsletter.search(text) and not _SENTENCE_END.search(text) and words <= MAX_BRIEF_WORDS)
        or (known.share.match(text) and words <= _MAX_BUTTON_WORDS)
    )


# Similar articles


def _similar(
    lines: Sequence[TextLine], start: int, own: frozenset[str], dates: DateStyle, article: Sequence[bool]
) -> CardBlock | None:
    parts: list[_Part] = []
    i = start + 1
    ambiguous: list[str] = []
    while i < min(len(lines), start + _MAX_BLOCK_LINES):
        line = lines[i]
        if _is_end(line, own) or (
            phrases().similar_in_text.fullmatch(line.head) and not phrases().action.fullmatch(line.head)
        ):
            break
        parts += _parts(line, i, dates, ambiguous)
        i += 1
    if not _is_structured(parts):
        parts = _before_prose(parts, lines, article)
    groups = _grouped(parts)
    cards: list[SimilarCard] = []
    end = start + 1
    for group in groups:
        card = _card(group)
        if card is None:
            break
        cards.append(card)
        end = group[-1].line + 1
    if not cards:
        return None
    relative = tuple(p.text for g in groups[: len(cards)] for p in g if p.kind == "X")
    return CardBlock(start, end, tuple(cards), relative=relative, ambiguous=tuple(ambiguous), line=lines[start].number)


def _parts(line: TextLine, number: int, dates: DateStyle, ambiguous: list[str]) -> list[_Part]:
    """A line cut at its date and its closing link."""
    text = line.text.strip(_EDGES)
    if not text or phrases().furniture.fullmatch(text):
        return []
    if phrases().action.fullmatch(text):
        return [_Part("A", text, number, line.gap)]
    found = find_dates(text, dates.language, dates.day_first)
    if found and (found[0].start == 0 or found[0].end == len(text) or count_words(text) <= MAX_BRIEF_WORDS):
        date = found[0]
        if date.ambiguous:
            ambiguous.append(date.text)
        before, after = text[: date.start].strip(_EDGES), text[date.end :].strip(_EDGES)
        out = [_Part("D", date.text, number, line.gap, None if date.updated else date.date)]
        if count_words(before) >= _MIN_HALF_WORDS:
            out.insert(0, _Part("T", before, number, line.gap))
        if count_words(after) >= _MIN_HALF_WORDS and not phrases().card_meta.fullmatch(after):
            out.append(_Part("T", after, number, False))
        return out
    if count_words(text) <= _MAX_META_WORDS and find_relative(text):
        return [_Part("X", text, number, line.gap)]
    if phrases().card_meta.fullmatch(text) and count_words(text) <= _MAX_META_WORDS:
        return []
    halves = text.split("|")
    if len(halves) == 2 and all(count_words(half) >= _MIN_HALF_WORDS for half in halves):
        first, second = (half.strip(_EDGES) for half in halves)
        return [_Part("T", first, number, line.gap), _Part("T", second, number, False)]
    return [_Part("T", text, number, line.gap)]


def _is_structured(parts: Sequence[_Part]) -> bool:
    """Do dates or closing links hold the cards together?"""
    kinds = [p.kind for p in parts]
    return kinds.count("A") >= _MIN_SEPARATORS or kinds.count("D") + kinds.count("X") >= _MIN_SEPARATORS


def _before_prose(parts: Sequence[_Part], lines: Sequence[TextLine], article: Sequence[bool]) -> list[_Part]:
    """The parts up to where a list ends or running text begins."""
    bulleted = bool(parts) and bool(lines[parts[0].line].bullet)
    out: list[_Part] = []
    for i, part in enumerate(parts):
        if bulleted and not lines[part.line].bullet and not _is_below_bullet(parts, i, lines):
            break
        ahead = parts[i : i + _PROSE_AHEAD]
        if len(ahead) == _PROSE_AHEAD and all(_is_prose(p.text) for p in ahead):
            break
        after = parts[i + 1] if i + 1 < len(parts) else part
        prose = _is_prose(part.text) or _is_prose(after.text)
        if article and prose and article[part.line] and article[after.line]:
            break
        out.append(part)
    return out


def _is_below_bullet(parts: Sequence[_Part], i: int, lines: Sequence[TextLine]) -> bool:
    """Is a line without bullet the summary of the item before it, as in the other items of the list?"""
    if not lines[parts[i - 1].line].bullet:
        return False
    if i + 1 < len(parts):
        return bool(lines[parts[i + 1].line].bullet)
    return i >= 3 and not lines[parts[i - 2].line].bullet


def _is_prose(text: str) -> bool:
    return count_words(text) >= PARAGRAPH_WORDS and bool(_SENTENCE_END.search(text))


def _grouped(parts: Sequence[_Part]) -> list[list[_Part]]:
    """Parts cut into cards: at closing links, else at dates, else at blank lines, else at titles."""
    if not parts:
        return []
    kinds = "".join("D" if p.kind == "X" else p.kind for p in parts)
    dated = kinds.count("D")
    if kinds.count("A") >= _MIN_SEPARATORS or (kinds.count("A") == 1 and dated <= 1):
        return _cut_after(parts, lambda p: p.kind == "A")
    bare = [p for p in parts if p.kind != "A"]
    kinds = "".join("D" if p.kind == "X" else p.kind for p in bare)
    if dated >= 1 and kinds.startswith("D"):
        return _cut_before(bare, [i for i, k in enumerate(kinds) if k == "D"])
    if dated >= _MIN_SEPARATORS:
        return _cut_before(bare, _starts_with_title(kinds))
    return _cut_before(bare, _starts_without_dates(bare))


def _cut_after(parts: Sequence[_Part], closes: Callable[[_Part], bool]) -> list[list[_Part]]:
    groups: list[list[_Part]] = []
    group: list[_Part] = []
    for part in parts:
        group.append(part)
        if closes(part):
            groups.append(group)
            group = []
    # What follows the last closing link is a card only if it looks like the others.
    if group and groups and [p.kind for p in group] == [p.kind for p in groups[0] if p.kind != "A"]:
        groups.append(group)
    return groups


def _cut_before(parts: Sequence[_Part], starts: Sequence[int]) -> list[list[_Part]]:
    if not starts:
        return []
    ends = [*starts[1:], len(parts)]
    return [list(parts[a:b]) for a, b in zip(starts, ends, strict=True)]


def _starts_with_title(kinds: str) -> list[int]:
    """Cards that begin with their title and carry a date: after it, or after the summary."""
    first = kinds.index("D")
    starts = [0]
    for i in range(1, len(kinds)):
        if kinds[i] != "T":
            continue
        following = kinds[i + 1 : i + 2]
        if first == 1:  # title, date, summary: a title is what a date follows
            if following == "D":
                starts.append(i)
        elif kinds[i - 1] == "D":  # title, summary, date: a title is what follows a date
            starts.append(i)
    return starts


def _starts_without_dates(parts: Sequence[_Part]) -> list[int]:
    """Cards of title and perhaps summary: by their look, or by blank lines where these set off pairs."""
    gaps = [i for i, p in enumerate(parts) if p.gap or i == 0]
    sizes = [b - a for a, b in zip(gaps, [*gaps[1:], len(parts)], strict=True)]
    if len(gaps) >= 2 and 2 in sizes and max(sizes) <= 2 and sum(s == 2 for s in sizes) >= len(sizes) / 2:
        return gaps
    starts: list[int] = []
    summary_due = False
    for i, part in enumerate(parts):
        if summary_due and _is_summary(part.text):
            summary_due = False
        else:
            starts.append(i)
            summary_due = True
    return starts


def _is_summary(text: str) -> bool:
    words = count_words(text)
    return words > _LONG_SUMMARY_WORDS or (words >= _MIN_SUMMARY_WORDS and text[-1] in ".…。।\u06d4")


def _card(parts: Sequence[_Part]) -> SimilarCard | None:
    """One card; None where the parts make none."""
    texts = [p.text for p in parts if p.kind == "T"]
    date = next((p.date for p in parts if p.kind == "D" and p.date), None)
    if (
        len(texts) >= 2
        and count_words(texts[0]) <= _MAX_SECTION_WORDS
        and _MAX_SECTION_WORDS < count_words(texts[1]) <= _MAX_TITLE_AFTER_SECTION_WORDS
        and not _is_summary(texts[1])
    ):
        texts = texts[1:]  # a section's name above the title
    if not texts or len(texts) > _MAX_TEXTS:
        return None
    title, rest = texts[0], texts[1:]
    if not _MIN_TITLE_WORDS <= count_words(title) <= _MAX_TITLE_WORDS:
        return None
    if _is_summary(title) and not _LOOKS_LIKE_TITLE.search(title):
        return None
    return SimilarCard(title, date, " ".join(rest) or None)


# Tools


def _tools(lines: Sequence[TextLine], start: int, own: frozenset[str]) -> CardBlock | None:
    """Name, price, a line or two, tags behind "#", a closing link: any of them but the name may be missing."""
    end = start + 1
    while end < min(len(lines), start + _MAX_TOOL_LINES) and not _is_end_of_tools(lines, end, own):
        end += 1
    rows = lines[start + 1 : end]
    starts = [i - 1 for i, row in enumerate(rows) if i and phrases().pricing.fullmatch(row.head)]
    closed = [i + 1 for i, row in enumerate(rows) if phrases().action.fullmatch(row.head)]
    if not starts:
        starts = sorted({0, *(c for c in closed if c < len(rows))}) if closed else []
    if not starts:
        return None
    tools: list[ToolCard] = []
    last = 0
    for begin, following in zip(starts, [*starts[1:], len(rows)], strict=True):
        stop = next((c for c in closed if begin < c <= following), following)
        tool = _tool(rows[begin:stop])
        if tool is None:
            break
        tools.append(tool)
        last = stop
    return CardBlock(start, start + 1 + last, tools=tuple(tools), line=lines[start].number) if tools else None


def _is_end_of_tools(lines: Sequence[TextLine], i: int, own: frozenset[str]) -> bool:
    text, words = lines[i].text, lines[i].words
    if text in own or words > _MAX_PART_WORDS:
        return True
    if phrases().action.fullmatch(text) or phrases().pricing.fullmatch(text):
        return False
    return words <= MAX_LABEL_WORDS and bool(
        phrases().similar_in_text.fullmatch(text)
        or phrases().popular.fullmatch(text)
        or phrases().comments.fullmatch(text)
        or phrases().source.match(text)
    )


def _tool(rows: Sequence[TextLine]) -> ToolCard | None:
    if not rows or rows[0].words > MAX_BRIEF_WORDS:
        return None
    name, pricing = rows[0].text, None
    texts: list[str] = []
    tags: list[str] = []
    tag_next = False
    for row in rows[1:]:
        text = row.text
        if phrases().action.fullmatch(text):
            break
        if text == "#":
            tag_next = True
        elif tag_next or row.bullet == "#" or (text.startswith("#") and row.words <= _MAX_TAGS_WORDS):
            tags += [t.strip(" ,") for t in text.split("#") if t.strip(" ,")]
            tag_next = False
        elif pricing is None and phrases().pricing.fullmatch(text):
            pricing = text
        else:
            texts.append(text)
    return ToolCard(name, pricing, " ".join(texts) or None, tuple(tags))

"""Blocks of cards in pasted text: similar articles and advertised tools, whatever order a card's parts come in."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from site_builder.importers.imported_article import SimilarCard, ToolCard
from site_builder.importers.read.dates import find_dates, find_relative
from site_builder.importers.read.phrases import Phrases, phrases
from site_builder.importers.read.text.lines import TextLine

_EDGES: Final = " \t|·•–—-:,;/>»→()[]"
"""What stands between the parts of a card that share a line."""
_LONGEST_PART: Final = 90
"""Words; a longer paragraph is no part of a card."""
_MOST_PARTS: Final = 150
"""Lines read after a heading."""
_LOOKS_LIKE_TITLE: Final = re.compile(r"^[^.]*[^.,;:…]$")
"""A long line that is no sentence: it ends without a full stop and has none."""
_SENTENCE_END: Final = re.compile(r"[.!?…][\"'”’»)\]]*$")


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


@dataclass(frozen=True, slots=True)
class _Part:
    """A line of a card, told by kind: D date, X relative date, A action, T text."""

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

    `stop`: lines of the article itself, at which a block ends. `article`: for every line, whether it seems to belong to
    the article; cards that neither dates nor closing links hold together end where the text goes on.
    """
    own = frozenset(stop)
    blocks: list[CardBlock] = []
    i = 0
    while i < len(lines):
        block = None
        text = lines[i].text
        if lines[i].words <= 14:
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
    return line.text in own or line.words > _LONGEST_PART or _ends(line.head, line.words, phrases())


@lru_cache(maxsize=20_000)
def _ends(text: str, words: int, known: Phrases) -> bool:
    if words > 14:
        return bool(known.small_print.match(text))
    return bool(
        known.tools.fullmatch(text)
        or known.popular.fullmatch(text)
        or known.comments.fullmatch(text)
        or known.author_box.fullmatch(text)
        or known.small_print.match(text)
        or known.source.match(text)
        or (known.newsletter.search(text) and not _SENTENCE_END.search(text) and words <= 8)
        or (known.share.match(text) and words <= 4)
    )


# Similar articles


def _similar(
    lines: Sequence[TextLine], start: int, own: frozenset[str], dates: DateStyle, article: Sequence[bool]
) -> CardBlock | None:
    parts: list[_Part] = []
    i = start + 1
    ambiguous: list[str] = []
    while i < min(len(lines), start + _MOST_PARTS):
        line = lines[i]
        if _is_end(line, own) or (
            phrases().similar_in_text.fullmatch(line.text) and not phrases().action.fullmatch(line.text)
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
    return CardBlock(start, end, tuple(cards), relative=relative, ambiguous=tuple(ambiguous))


def _parts(line: TextLine, number: int, dates: DateStyle, ambiguous: list[str]) -> list[_Part]:
    """A line cut at its date and its closing link."""
    text = line.text.strip(_EDGES)
    if not text or phrases().furniture.fullmatch(text):
        return []
    if phrases().action.fullmatch(text):
        return [_Part("A", text, number, line.gap)]
    found = find_dates(text, dates.language, dates.day_first)
    if found and (found[0].start == 0 or found[0].end == len(text) or len(text.split()) <= 8):
        date = found[0]
        if date.ambiguous:
            ambiguous.append(date.text)
        before, after = text[: date.start].strip(_EDGES), text[date.end :].strip(_EDGES)
        out = [_Part("D", date.text, number, line.gap, None if date.updated else date.date)]
        if len(before.split()) >= 3:
            out.insert(0, _Part("T", before, number, line.gap))
        if len(after.split()) >= 3 and not phrases().card_meta.fullmatch(after):
            out.append(_Part("T", after, number, False))
        return out
    if len(text.split()) <= 6 and find_relative(text):
        return [_Part("X", text, number, line.gap)]
    if phrases().card_meta.fullmatch(text) and len(text.split()) <= 6:
        return []
    if "|" in line.text and len(text.split("|")) == 2 and all(len(p.split()) >= 3 for p in text.split("|")):
        first, second = (p.strip(_EDGES) for p in text.split("|"))
        return [_Part("T", first, number, line.gap), _Part("T", second, number, False)]
    return [_Part("T", text, number, line.gap)]


def _is_structured(parts: Sequence[_Part]) -> bool:
    """Do dates or closing links hold the cards together?"""
    kinds = [p.kind for p in parts]
    return kinds.count("A") >= 2 or kinds.count("D") + kinds.count("X") >= 2


def _before_prose(parts: Sequence[_Part], lines: Sequence[TextLine], article: Sequence[bool]) -> list[_Part]:
    """The parts up to where a list ends or running text begins."""
    bulleted = bool(parts) and bool(lines[parts[0].line].bullet)
    out: list[_Part] = []
    for i, part in enumerate(parts):
        if bulleted and not lines[part.line].bullet and not _is_below_bullet(parts, i, lines):
            break
        ahead = parts[i : i + 3]
        if len(ahead) == 3 and all(_is_prose(p.text) for p in ahead):
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
    return len(text.split()) >= 12 and bool(_SENTENCE_END.search(text))


def _grouped(parts: Sequence[_Part]) -> list[list[_Part]]:
    """Parts cut into cards: at closing links, else at dates, else at blank lines, else at titles."""
    if not parts:
        return []
    kinds = "".join("D" if p.kind == "X" else p.kind for p in parts)
    dated = kinds.count("D")
    if kinds.count("A") >= 2 or (kinds.count("A") == 1 and dated <= 1):
        return _cut_after(parts, lambda p: p.kind == "A", max(2, dated // max(1, kinds.count("A"))))
    bare = [p for p in parts if p.kind != "A"]
    kinds = "".join("D" if p.kind == "X" else p.kind for p in bare)
    if dated >= 1 and kinds.startswith("D"):
        return _cut_before(bare, [i for i, k in enumerate(kinds) if k == "D"])
    if dated >= 2:
        return _cut_before(bare, _starts_with_title(kinds))
    return _cut_before(bare, _starts_without_dates(bare))


def _cut_after(parts: Sequence[_Part], closes: Callable[[_Part], bool], most: int) -> list[list[_Part]]:
    groups: list[list[_Part]] = []
    group: list[_Part] = []
    for part in parts:
        group.append(part)
        if closes(part):
            groups.append(group)
            group = []
    # What follows the last closing link is a card only if it looks like the others.
    if group and groups and [p.kind for p in group] == [p.kind for p in groups[0] if p.kind != "A"] and most:
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
    words = len(text.split())
    return words > 16 or (words >= 7 and text[-1] in ".…")


def _card(parts: Sequence[_Part]) -> SimilarCard | None:
    """One card; None where the parts make none."""
    texts = [p.text for p in parts if p.kind == "T"]
    date = next((p.date for p in parts if p.kind == "D" and p.date), None)
    if (
        len(texts) >= 2
        and len(texts[0].split()) <= 2
        and 3 <= len(texts[1].split()) <= 20
        and not _is_summary(texts[1])
    ):
        texts = texts[1:]  # a section's name above the title
    if not texts or len(texts) > 4:
        return None
    title, rest = texts[0], texts[1:]
    if len(title.split()) < 2 or len(title.split()) > 40:
        return None
    if _is_summary(title) and not _LOOKS_LIKE_TITLE.search(title):
        return None
    return SimilarCard(title, date, " ".join(rest) or None)


# Tools


def _tools(lines: Sequence[TextLine], start: int, own: frozenset[str]) -> CardBlock | None:
    """Name, price, a line or two, tags behind "#", a closing link: any of them but the name may be missing."""
    end = start + 1
    while end < min(len(lines), start + 80) and not _is_end_of_tools(lines, end, own):
        end += 1
    rows = lines[start + 1 : end]
    starts = [i - 1 for i, row in enumerate(rows) if i and phrases().pricing.fullmatch(row.text)]
    closed = [i + 1 for i, row in enumerate(rows) if phrases().action.fullmatch(row.text)]
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
    return CardBlock(start, start + 1 + last, tools=tuple(tools)) if tools else None


def _is_end_of_tools(lines: Sequence[TextLine], i: int, own: frozenset[str]) -> bool:
    text, words = lines[i].text, lines[i].words
    if text in own or words > _LONGEST_PART:
        return True
    if phrases().action.fullmatch(text) or phrases().pricing.fullmatch(text):
        return False
    return words <= 14 and bool(
        phrases().similar_in_text.fullmatch(text)
        or phrases().popular.fullmatch(text)
        or phrases().comments.fullmatch(text)
        or phrases().source.match(text)
    )


def _tool(rows: Sequence[TextLine]) -> ToolCard | None:
    if not rows or rows[0].words > 8:
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
        elif tag_next or row.bullet == "#" or (text.startswith("#") and row.words <= 12):
            tags += [t.strip(" ,") for t in text.split("#") if t.strip(" ,")]
            tag_next = False
        elif pricing is None and phrases().pricing.fullmatch(text):
            pricing = text
        else:
            texts.append(text)
    return ToolCard(name, pricing, " ".join(texts) or None, tuple(tags))

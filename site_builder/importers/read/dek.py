"""Find what is between a page's title and its text: the dek, the date, the source.

Blocks in, values or None out: an invented dek or date is worse than none.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.importers.read.boilerplate import MAX_LINE, is_credit, is_promotion, is_read_also, is_stamp
from site_builder.importers.read.dates import find_dates, find_relative, is_update
from site_builder.importers.read.html.html_blocks import HtmlBlock, words
from site_builder.importers.read.html.page_tree import names_of
from site_builder.importers.read.phrases import phrases
from site_builder.urls import SourcePath

MIN_WORDS: Final = 5
MAX_WORDS: Final = 90
"""Of a dek; the longest of 41 has 71."""
MIN_BOLD_WORDS: Final = 12
"""Shorter bold paragraphs are headings or questions of an interview."""
SAME_SHARE: Final = 0.7
"""Of the words, from which on a line is a second wording of the title."""
ABOUT_SHARE: Final = 0.3
"""Of a description's long words must occur in the article, or else it describes the site. The descriptions of 137 news
pages, except for one that is a rubric, have 33 % there or more."""
MAX_DATE_WORDS: Final = 16
"""Of a line with the date; longer ones are text that mentions one."""
_MAX_RELATIVE_WORDS: Final = 8
"""The same, of "3 hours ago"."""
_MAX_SOURCE_WORDS: Final = 12
"""Of a line with the publisher's name."""
_CHARACTERS_OF_A_WORD: Final = 10
"""More, on average, are not words of a dek."""
_CAPTION_ELEMENTS: Final = 3
"""Innermost elements around a block that may call it a caption,"""
_DEK_ELEMENTS: Final = 2
"""and a dek."""
_DATE_CHARACTERS: Final = 60
_DATE_START: Final = 3
"""A block with a date within its first three characters, of 60 looked at, is a date."""
_LONGER_FACTOR: Final = 1.5
"""A text with most of the title in it is more than a title if it is so many times as long."""
_LONG_WORD_LETTERS: Final = 5
"""Shorter words say nothing about a subject."""
_OPENING_BLOCKS: Final = 5
_OPENING_WORDS: Final = 12
"""First blocks of a text, and first words in each, with one of which a description may begin."""
_MIN_COMPARED_WORDS: Final = 4
_UNCOMPARED_WORDS: Final = 2
"""The last words of a description may be cut off, so they are not compared, unless it is very short."""
_CAPTIONS: Final = frozenset(
    {"caption", "credit", "credits", "copyright", "gallery", "image", "media", "picture", "figure", "photo"}
)
_BARS: Final = re.compile(r"[|·•\n]")
_SMALL_WORD: Final = re.compile(r"(?<![^\W_])[a-zß-öø-ÿ]{2,}(?![^\W_])")
_SMALL_WORDS: Final = 3
"""In lower case, before a date, and twice as many on both sides; more are a sentence."""
_CUT: Final = re.compile(r"(?:\.{3}|…|\[…\]|\[\.\.\.\])\s*\Z")


@dataclass(frozen=True, slots=True)
class VisibleDate:
    """The date a page shows, or why there is none."""

    date: dt.date | None = None
    doubt: Diagnostic | None = None


def find_dek(
    head: Sequence[HtmlBlock], body: Sequence[HtmlBlock], descriptions: Sequence[str], titles: Sequence[str]
) -> HtmlBlock | None:
    """The block that is the page's dek: word for word what its data give as description, or marked as one.

    `titles` are all titles of the page, its own first: what repeats one is no dek.
    """
    known = {tuple(words(d)) for d in descriptions}
    after = [b for b in _after_title(head, tuple(words(titles[0])) if titles else ()) if _may_be_dek(b, titles)]
    first = [b for b in body[:1] if _may_be_dek(b, titles)]
    described = next((b for b in after if b.words in known), None)
    return (
        described
        or next((b for b in (*after, *first) if _is_marked(b)), None)
        or next((b for b in first if _is_bold(b)), None)
    )


def _may_be_dek(block: HtmlBlock, titles: Sequence[str]) -> bool:
    count = len(block.words)
    if (
        not MIN_WORDS <= count <= MAX_WORDS
        or len(block.text) > _CHARACTERS_OF_A_WORD * MAX_WORDS
        or block.heading == 1
        or 2 * block.linked_words > count
    ):
        return False
    if block.inside("figure", "figcaption", "nav", "aside") or any(
        not _CAPTIONS.isdisjoint(names_of(e)) for e in block.path[-_CAPTION_ELEMENTS:]
    ):
        return False
    if (
        any(found.start < _DATE_START for found in find_dates(block.text[:_DATE_CHARACTERS]))
        or block.text.count("|") > 0
    ):
        return False
    if is_stamp(block.text, count) or is_credit(block.text, count) or is_promotion(block.text, count):
        return False
    return not is_read_also(block.text, count, 0) and not any(_repeats(block.words, words(t)) for t in titles)


def _is_bold(block: HtmlBlock) -> bool:
    """Is it a whole sentence set in bold, as many papers print their lead?"""
    is_sentence = len(block.words) >= MIN_BOLD_WORDS and block.text.endswith((".", "!", "?", "…"))
    return is_sentence and not block.heading and all(p.bold for p in block.pieces if p.text.strip())


def _repeats(mine: Sequence[str], title: Sequence[str]) -> bool:
    """Is most of the text the title's words, or most of the title in a text that is hardly longer?"""
    shared = len(set(mine) & set(title))
    return shared >= SAME_SHARE * len(set(mine)) or (
        shared >= SAME_SHARE * len(set(title)) and len(mine) < _LONGER_FACTOR * len(title)
    )


def _after_title(head: Sequence[HtmlBlock], title: tuple[str, ...]) -> Sequence[HtmlBlock]:
    at = [i for i, b in enumerate(head) if b.heading == 1 or b.words == title]
    return head[at[-1] + 1 :] if at else head


def _is_marked(block: HtmlBlock) -> bool:
    """Does the name of the block, or of an element that holds hardly more, call it a dek?"""
    return any(not phrases().dek_names.isdisjoint(names_of(e)) for e in block.path[-_DEK_ELEMENTS:])


def choose_summary(
    dek: HtmlBlock | None,
    body: Sequence[HtmlBlock],
    descriptions: Sequence[str],
    site_names: Sequence[str],
    authors: Sequence[str],
) -> str | None:
    """The dek, else a description that is whole, about this article, and more than the text's first words."""
    if dek is not None:
        return dek.text
    all_words = {w for b in body for w in b.words}
    for given in descriptions:
        text = _bare(given, site_names, authors)
        mine = words(text)
        if len(mine) < MIN_WORDS or _CUT.search(text) or _is_start(mine, body):
            continue
        long = {w for w in mine if len(w) >= _LONG_WORD_LETTERS}
        if body and len(long & all_words) < ABOUT_SHARE * len(long):
            continue
        return text
    return None


def _bare(text: str, site_names: Sequence[str], authors: Sequence[str]) -> str:
    """Without the site or the author at the end."""
    for name in site_names:
        for mark in (" - ", " | ", " – "):
            text = text.removesuffix(f"{mark}{name}")
    for name in authors:
        text = re.sub(rf"(?<=[.!?])\s+(?:{phrases().by_at_end}) {re.escape(name)}\.?\Z", "", text)
    return text


def _is_start(mine: Sequence[str], body: Sequence[HtmlBlock]) -> bool:
    """Are these the first words of the text, or of one of its first paragraphs?

    Data often cut a place or a byline off.
    """
    head = tuple(mine[: max(_MIN_COMPARED_WORDS, len(mine) - _UNCOMPARED_WORDS)])
    opens_one = any(
        block.words[i : i + len(head)] == head for block in body[:_OPENING_BLOCKS] for i in range(_OPENING_WORDS)
    )
    return opens_one or _runs_on(head, body)


def _runs_on(head: tuple[str, ...], body: Sequence[HtmlBlock]) -> bool:
    """Do they continue beyond the end of the first paragraph?"""
    start = tuple(w for block in body[:_OPENING_BLOCKS] for w in block.words)
    return any(start[i : i + len(head)] == head for i in range(_OPENING_WORDS))


def visible_date(
    head: Sequence[HtmlBlock], language: str | None, day_first: bool | None, path: SourcePath
) -> VisibleDate:
    """The date shown near the title. May add date-ambiguous, date-relative or date-updated."""
    relative: HtmlBlock | None = None
    updated: Diagnostic | None = None
    for block in head:
        if len(block.words) > MAX_DATE_WORDS or len(block.text) > MAX_LINE:
            continue
        for found in find_dates(block.text, language, day_first):
            before = block.text[: found.start]
            if phrases().date_limit.search(before) or _is_prose(before, block.text[found.end :]):
                continue
            if found.updated:
                text = f'"{found.text}" is when the page was updated; it has no date of publication'
                updated = updated or _doubt("date-updated", block, path, text, "look up when it was published")
                continue
            if found.ambiguous:
                text = f'the date "{found.text}" can be read in two ways'
                return VisibleDate(None, _doubt("date-ambiguous", block, path, text, "give it as YYYY-MM-DD"))
            return VisibleDate(found.date)
        if len(block.words) <= _MAX_RELATIVE_WORDS and find_relative(block.text) and not is_update(block.text):
            relative = relative or block
    if relative is None:
        return VisibleDate(None, updated)
    text = "the page says only how long ago it was published"
    hint = "work out the day and give it as YYYY-MM-DD"
    return VisibleDate(None, _doubt("date-relative", relative, path, text, hint))


def _is_prose(before: str, after: str) -> bool:
    """Are the words around a date those of a sentence about another day: "It was signed into law on 14 August 1935"?"""
    start = _BARS.split(before)[-1]
    if phrases().stamp.match(start) or phrases().byline.match(start) or phrases().published.search(start):
        return False
    said = len(_SMALL_WORD.findall(start))
    return said > _SMALL_WORDS or said + len(_SMALL_WORD.findall(_BARS.split(after)[0])) > 2 * _SMALL_WORDS


def _doubt(code: str, block: HtmlBlock, path: SourcePath, text: str, hint: str) -> Diagnostic:
    return diagnostic(code, Location(path, block.element.sourceline or 1), text, hint)


def find_source(blocks: Sequence[HtmlBlock]) -> str | None:
    """The publisher on a line of its own: "Source: Mayo Clinic"."""
    for block in blocks:
        match = phrases().source_line.match(block.text) if len(block.text) <= MAX_LINE else None
        if match and len(block.words) <= _MAX_SOURCE_WORDS:
            return match.group("name").strip()
    return None

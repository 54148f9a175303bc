"""What stands between a page's title and its text: the dek, the date, the byline, the source.

Takes blocks, gives values or None: an invented dek or date is worse than none.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from site_builder.importers.read.boilerplate import MAX_LINE, is_credit, is_promotion, is_read_also, is_stamp
from site_builder.importers.read.dates import find_dates, find_relative, is_update
from site_builder.importers.read.html.html_blocks import HtmlBlock, words
from site_builder.importers.read.html.page_tree import names_of
from site_builder.importers.read.phrases import phrases

MIN_WORDS: Final = 5
MAX_WORDS: Final = 90
"""Of a dek; the longest of 41 has 71."""
MIN_BOLD_WORDS: Final = 12
"""Shorter bold paragraphs are headings or questions of an interview."""
SAME_SHARE: Final = 0.7
"""Of the words, from which on a line is a second wording of the title."""
ABOUT_SHARE: Final = 0.3
"""Of a description's long words must stand in the article, else it describes the site. Of the descriptions of 137 news
pages all but one, which is a rubric, have 33 % there or more."""
MAX_DATE_WORDS: Final = 16
"""Of a line that tells the date; longer ones are text that mentions one."""
_CAPTIONS: Final = frozenset(
    {"caption", "credit", "credits", "copyright", "gallery", "image", "media", "picture", "figure", "photo"}
)
_CUT: Final = re.compile(r"(?:\.{3}|…|\[…\]|\[\.\.\.\])\s*\Z")


@dataclass(frozen=True, slots=True)
class VisibleDate:
    """The date a page shows, or why there is none."""

    date: dt.date | None = None
    warning: str | None = None


def find_dek(
    head: Sequence[HtmlBlock], body: Sequence[HtmlBlock], descriptions: Sequence[str], titles: Sequence[str]
) -> HtmlBlock | None:
    """The block that is the page's dek: word for word what its data give as description, or marked as one.

    `titles` are all titles of the page, its own first: what repeats one is no dek.
    """
    known = {tuple(words(d)) for d in descriptions}
    after = [b for b in _after_title(head, tuple(words(titles[0])) if titles else ()) if _may_be_dek(b, titles)]
    first = [b for b in body[:1] if _may_be_dek(b, titles)]
    told = next((b for b in after if b.words in known), None)
    return (
        told
        or next((b for b in (*after, *first) if _is_marked(b)), None)
        or next((b for b in first if _is_bold(b)), None)
    )


def _may_be_dek(block: HtmlBlock, titles: Sequence[str]) -> bool:
    count = len(block.words)
    if (
        not MIN_WORDS <= count <= MAX_WORDS
        or len(block.text) > 10 * MAX_WORDS
        or block.heading == 1
        or 2 * block.linked_words > count
    ):
        return False
    if block.inside("figure", "figcaption", "nav", "aside") or any(
        not _CAPTIONS.isdisjoint(names_of(e)) for e in block.path[-3:]
    ):
        return False
    if any(found.start < 3 for found in find_dates(block.text[:60])) or block.text.count("|") > 0:
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
        shared >= SAME_SHARE * len(set(title)) and len(mine) < 1.5 * len(title)
    )


def _after_title(head: Sequence[HtmlBlock], title: tuple[str, ...]) -> Sequence[HtmlBlock]:
    at = [i for i, b in enumerate(head) if b.heading == 1 or b.words == title]
    return head[at[-1] + 1 :] if at else head


def _is_marked(block: HtmlBlock) -> bool:
    """Does the name of the block, or of an element that holds hardly more, call it a dek?"""
    return any(not phrases().dek_names.isdisjoint(names_of(e)) for e in block.path[-2:])


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
        long = {w for w in mine if len(w) > 4}
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
    head = tuple(mine[: max(4, len(mine) - 2)])
    opens_one = any(block.words[i : i + len(head)] == head for block in body[:5] for i in range(12))
    return opens_one or _runs_on(head, body)


def _runs_on(head: tuple[str, ...], body: Sequence[HtmlBlock]) -> bool:
    """Do they run over the first paragraphs' ends?"""
    start = tuple(w for block in body[:5] for w in block.words)
    return any(start[i : i + len(head)] == head for i in range(12))


def visible_date(head: Sequence[HtmlBlock], language: str | None, order: bool | None) -> VisibleDate:
    """The date shown near the title. May warn with date-ambiguous or date-relative."""
    relative = False
    for block in head:
        if len(block.words) > MAX_DATE_WORDS or len(block.text) > MAX_LINE:
            continue
        for found in find_dates(block.text, language, order):
            if found.updated:
                continue
            if found.ambiguous:
                return VisibleDate(None, f'the date "{found.text}" can be read in two ways [date-ambiguous]')
            return VisibleDate(found.date)
        relative = relative or (
            find_relative(block.text) is not None and not is_update(block.text) and len(block.words) <= 8
        )
    if relative:
        return VisibleDate(None, "the page tells only how long ago it was published [date-relative]")
    return VisibleDate()


def find_source(blocks: Sequence[HtmlBlock]) -> str | None:
    """The publisher on a line of its own: "Source: Mayo Clinic"."""
    for block in blocks:
        match = phrases().source_line.match(block.text) if len(block.text) <= MAX_LINE else None
        if match and len(block.words) <= 12:
            return match.group("name").strip()
    return None

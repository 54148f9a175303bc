"""One holder of cards to its cards: title, date, summary and address of each similar article.

A card is an element of its own, or a title with what follows it up to the next one. Saved pages often do not say where
they come from: a relative address is then unknown, and the card is kept without it.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from site_builder.importers.imported_article import SimilarCard
from site_builder.importers.read.boilerplate import is_label, is_legal
from site_builder.importers.read.card_headings import is_similar_heading
from site_builder.importers.read.dates import FoundDate, find_dates
from site_builder.importers.read.html.html_blocks import HEADINGS, HtmlBlock, blocks_of, words
from site_builder.importers.read.html.page_tree import Element, names_of, squeeze, text_of
from site_builder.importers.read.phrases import phrases
from site_builder.links.canonical_urls import canonical_url

Holder: TypeAlias = tuple[Element, ...]
"""Neighbours that hold cards."""
Placed: TypeAlias = tuple[Sequence[HtmlBlock], Mapping[str, int]]
"""The blocks of a holder, and the first one with a link to each address."""

MAX_TRIED: Final = 100
"""Links of one holder that may be cards; longer lists are archives."""
MIN_TITLE_WORDS: Final = 3
"""A link of fewer words leads to a tag or a section."""
MAX_TITLE_WORDS: Final = 35
MIN_SUMMARY_WORDS: Final = 6
MAX_DATE_CHARACTERS: Final = 100
_MAX_DATE_WORDS: Final = 8
"""Of a line with a card's date."""
_DATE_START: Final = 3
"""A line with a date within its first three characters is a date, not a summary."""
_MAX_FLAT_LINES: Final = 4
"""Lines of a card that is no element: beside its title a date, an author, a summary and a link."""
_FRAME: Final = frozenset({"nav", "footer"})
_EDGES: Final = " \t\u00a0-–—|:·•()[]"


@dataclass(frozen=True, slots=True)
class FoundCard:
    """A card, and what tells it from others: its address, if only within the site."""

    key: str
    card: SimilarCard


def cards_of(holder: Holder, base: str | None, language: str | None) -> Iterator[FoundCard]:
    """One card for each address in the holder, else one for each of its headings."""
    links: dict[str, list[Element]] = {}
    for link in (a for top in holder for a in top.iter("a")):
        key = _key(link.get("href"), base)
        if key and not _is_beside(link, holder):
            links.setdefault(key, []).append(link)
    blocks = [b for top in holder for b in blocks_of(top)]
    if not links:
        yield from _unlinked(blocks, language)
        return
    standing = {e for own in {b.element for b in blocks if 2 * b.linked_words >= len(b.words)} for e in own.iter("a")}
    places = _places(blocks)
    titles = {href for b in blocks if (href := _first_href(b)) is not None}
    tried = 0
    for key, own in links.items():
        if any(a in standing or a.get("href") in titles or _is_card_link(a) for a in own):
            tried += 1
            url = canonical_url(own[0].get("href"), base)
            card = _linked(own, holder, (blocks, places), url, language) if tried <= MAX_TRIED else None
            if card is not None:
                yield FoundCard(key, card)


def _places(blocks: Sequence[HtmlBlock]) -> dict[str, int]:
    """Address as written -> the first block with a link to it."""
    places: dict[str, int] = {}
    for i, block in enumerate(blocks):
        for piece in block.pieces:
            if piece.href:
                places.setdefault(piece.href, i)
    return places


def _key(href: str | None, base: str | None) -> str | None:
    """What tells one link from another: its address, else its path within the unknown site."""
    if address := canonical_url(href, base):
        return address
    given = (href or "").strip()
    if base or not given or given.startswith("#"):
        return None
    try:
        parts = urlsplit(given)
    except ValueError:
        return None
    return f"{parts.path}?{parts.query}" if parts.scheme in {"", "file"} and parts.path else None


def _is_card_link(link: Element) -> bool:
    """Does it wrap a picture, a heading or paragraphs, or is it in a heading? Links in sentences do not and are not."""
    inside = any(e.tag in HEADINGS for e in link.iterancestors())
    return (
        inside or not text_of(link) or any(e.tag in HEADINGS or e.tag in {"div", "p"} for e in link.iterdescendants())
    )


def _first_href(block: HtmlBlock) -> str | None:
    """Where the link at the start of a block of lines leads: the others may be its date and summary."""
    first = next((p for p in block.pieces if p.text.strip()), None)
    return first.href if first is not None and any(p.text == "\n" for p in block.pieces) else None


def _is_beside(link: Element, holder: Holder) -> bool:
    """Is it a link of a card to a tag, an author or an advertiser?"""
    if {"sponsored", "tag", "author"} & set((link.get("rel") or "").lower().split()):
        return True
    for around in (link, *link.iterancestors()):
        if around in holder:
            return False
        if around.tag in _FRAME or not (phrases().other_names - {"video", "videos"}).isdisjoint(names_of(around)):
            return True
    return False


def _linked(
    links: Sequence[Element], holder: Holder, placed: Placed, url: str | None, language: str | None
) -> SimilarCard | None:
    item = _item(links[0], holder, set(links))
    title = _title(item, links)
    if title is None:
        return None
    card = _card(title, item, _lines(blocks_of(item), words(title)), url, language)
    if card.summary is not None:
        return card
    flat = _card(title, None, _flat_lines(placed, links, words(title)), url, language)
    return SimilarCard(title, card.date or flat.date, flat.summary, url)


def _item(link: Element, holder: Holder, own: Collection[Element]) -> Element:
    """The largest element around a link, in or of the holder, without links to other pages."""
    item = link
    for around in link.iterancestors():
        is_whole = len(holder) == 1 and around in holder
        if is_whole or any(a not in own for a in around.iter("a") if a.get("href")):
            break
        item = around
        if around in holder:
            break
    return item


def _lines(blocks: Sequence[HtmlBlock], title: Sequence[str]) -> list[str]:
    """The lines of a card's text without its title."""
    found: list[str] = []
    for block in blocks:
        for line in "".join(p.text for p in block.pieces).split("\n"):
            text = squeeze(line)
            mine = words(text)
            if not mine or mine == list(title):
                continue
            if mine[: len(title)] == list(title):
                text = _after_title(text, len(title))
            elif block.heading or contains(mine, title):
                continue
            if text:
                found.append(text)
    return found


def _after_title(text: str, count: int) -> str:
    """What follows the first words of a line."""
    for end in range(len(text) + 1):
        if len(words(text[:end])) == count and (end == len(text) or not text[end].isalnum()):
            return text[end:].strip(_EDGES)
    return ""


def _flat_lines(placed: Placed, links: Sequence[Element], title: Sequence[str]) -> list[str]:
    """The lines after a title that is no part of an element of its own, up to the next title.

    Where the holder begins with a date, so does each card.
    """
    blocks, places = placed
    at = min((places[href] for a in links if (href := a.get("href")) in places), default=None)
    if at is None:
        return []
    lines = _lines(blocks[at : at + 1], title)
    for block in blocks[at + 1 : at + 1 + _MAX_FLAT_LINES]:
        if block.linked_words and any(p.href for p in block.pieces) and not is_action(block.text):
            break
        if block.heading or is_legal(block.text, block.size):
            break
        lines += _lines([block], title)
    own_date = any(_is_date(line) for line in lines[:2])
    if not own_date and at > 0 and _is_date(blocks[at - 1].text):
        lines.insert(0, blocks[at - 1].text)
    return lines[:-1] if lines and not own_date and at > 0 and _is_date(lines[-1]) and len(lines) > 1 else lines


def is_action(text: str) -> bool:
    """Is it "Read more" and the like?"""
    return is_label(text) or phrases().action.fullmatch(text) is not None


def _unlinked(blocks: Sequence[HtmlBlock], language: str | None) -> Iterator[FoundCard]:
    """Cards whose links are lost: two or more headings of one level, each with lines after it."""
    levels = [b.heading for b in blocks if b.heading and not is_similar_heading(b.text)]
    level = max(levels, default=0)
    at = [i for i, b in enumerate(blocks) if level and b.heading == level and _is_title(b.text)]
    if len(at) < 2:
        return
    for i, end in zip(at, [*at[1:], len(blocks)], strict=True):
        title = blocks[i].text
        lines = _lines([b for b in blocks[i + 1 : end] if not b.heading][:_MAX_FLAT_LINES], words(title))
        card = _card(title, None, lines, None, language)
        if card.date is not None or card.summary is not None:
            yield FoundCard(title, card)


def _card(title: str, item: Element | None, lines: Sequence[str], url: str | None, language: str | None) -> SimilarCard:
    """A card of its title and its other lines."""
    usable = [t for line in lines if not is_action(line) and (t := _without_date(line, language))]
    summary = max((t for t in usable if not _is_date(t)), key=lambda t: len(words(t)), default=None)
    if summary is None or len(words(summary)) < MIN_SUMMARY_WORDS or contains(words(title), words(summary)):
        summary = None
    return SimilarCard(title, _date(item, lines, language), summary, url)


def _without_date(line: str, language: str | None) -> str:
    """A line without a date at its start, as in "4 May 2026 · The bridge is closed"."""
    dates = find_dates(line[:MAX_DATE_CHARACTERS], language)
    if dates and dates[0].start < _DATE_START:
        rest = line[dates[0].start + len(dates[0].text) :].strip(_EDGES)
        return rest if len(words(rest)) >= MIN_SUMMARY_WORDS else line
    return line


def contains(text: Sequence[str], part: Sequence[str]) -> bool:
    """Does a run of words stand in a text?"""
    return any(list(text[i : i + len(part)]) == list(part) for i in range(len(text) - len(part) + 1))


def _is_title(text: str) -> bool:
    size = len(words(text))
    return MIN_TITLE_WORDS <= size <= MAX_TITLE_WORDS and not is_label(text) and not is_similar_heading(text)


def _title(item: Element, links: Sequence[Element]) -> str | None:
    """What is named a title, the heading, or the longest text of the links; a kicker before it is left out."""
    headings = list(item.iter(*HEADINGS))
    named = [e for e in item.iter() if isinstance(e.tag, str) and {"title", "headline"} & set(names_of(e))]
    inner = [e for e in named if any(a in headings for a in e.iterancestors())]
    texts = [text_of(e) for e in (*inner, *headings, *named)] + sorted(
        (t for a in links for t in _link_texts(a)), key=len, reverse=True
    )
    usable = [t for t in texts if _is_title(t)]
    if not usable:
        return None
    # Links often carry the bare title, for a tooltip.
    tips = [t for a in links if (t := squeeze(a.get("title") or "")) and len(words(t)) >= MIN_TITLE_WORDS]
    return next((t for t in tips if contains(words(usable[0]), words(t))), usable[0])


def _link_texts(link: Element) -> Sequence[str]:
    """The text of a link; of one around a whole card, its first line that may be a title."""
    blocks = blocks_of(link)
    if len(blocks) < 2:
        return [text_of(link)]
    return [b.text for b in blocks if _is_title(b.text) and not _is_date(b.text)][:1]


def _is_date(text: str) -> bool:
    """Is it a date and hardly more?"""
    dates = find_dates(text) if len(text) <= MAX_DATE_CHARACTERS else []
    return any(f.start < _DATE_START or 2 * len(f.text) > len(text) for f in dates) and (
        len(words(text)) <= _MAX_DATE_WORDS
    )


def _date(item: Element | None, lines: Sequence[str], language: str | None) -> dt.date | None:
    for time in item.iter("time") if item is not None else ():
        found = find_dates((time.get("datetime") or text_of(time))[:MAX_DATE_CHARACTERS], language)
        if found and not found[0].ambiguous:
            return found[0].date
    for line in lines:
        found = find_dates(line[:MAX_DATE_CHARACTERS], language)
        if found and _is_stated(line, found[0]):
            return found[0].date
    return None


def _is_stated(line: str, found: FoundDate) -> bool:
    """Is it the date of a card, rather than one of which its summary speaks?"""
    is_short = len(words(line)) <= _MAX_DATE_WORDS
    return (is_short or found.start < _DATE_START) and not found.ambiguous and not found.updated

"""Find the notes of a text: footnotes, endnotes and lists of references.

Extractors often leave them out, because they are short, full of links, or at the end of a page. Two things show that a
block is a note: a mark in the text leads to it, or its element says so.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from site_builder.importers.read.boilerplate import is_call, is_legal, is_read_also
from site_builder.importers.read.html.html_blocks import HtmlBlock
from site_builder.importers.read.html.normalise.hidden_notes import NOTE_ROLE, is_mark
from site_builder.importers.read.html.page_tree import Element, names_of

_NOTE_NAMES: Final = frozenset({"footnote", "footnotes", "endnote", "endnotes", "sidenotes"})
_NOTE_ROLES: Final = frozenset({NOTE_ROLE, "doc-endnote", "doc-endnotes"})
_FRAME: Final = frozenset({"nav", "form", "header"})
MAX_NOTES: Final = 1_000
"""Of one page."""
_LEVELS: Final = 3
"""Innermost elements around a block that a mark may lead to."""
_MAX_BACK_WORDS: Final = 4
"""Of a note that is only its mark, or an arrow back to the text."""


def note_blocks(blocks: Sequence[HtmlBlock], chosen: Collection[int]) -> set[int]:
    """The numbers of the blocks that are notes of the chosen ones, and of a heading directly above them."""
    after = range(min(chosen, default=len(blocks)) + 1, len(blocks))
    marked = _marked(blocks, chosen)
    named: dict[Element, bool] = {}
    notes = {
        i
        for i in after
        if i not in chosen and (i in marked or _is_named(blocks[i], named)) and not _is_other(blocks[i])
    }
    known = {blocks[i].words for i in chosen}
    notes = {i for i in notes if blocks[i].words not in known or is_mark(blocks[i].text)}
    if not any(blocks[i].size > _MAX_BACK_WORDS for i in notes):
        return set()
    first = min(notes)
    heading = {first - 1} if first and blocks[first - 1].heading and first - 1 not in chosen else set()
    return notes | heading


def _is_named(block: HtmlBlock, known: dict[Element, bool]) -> bool:
    """Is an element around it called a note? What is `known` of elements around other blocks is not asked again."""
    for element in block.path:
        if element not in known:
            known[element] = _is_note(element)
    return any(known[element] for element in block.path)


def _is_note(element: Element) -> bool:
    if element.get("role") in _NOTE_ROLES or element.tag in {"body", "html", "main", "article"}:
        return element.get("role") in _NOTE_ROLES
    return not _NOTE_NAMES.isdisjoint(names_of(element))


def _is_other(block: HtmlBlock) -> bool:
    """Is it a notice or a call, or in a menu?"""
    return (
        any(e.tag in _FRAME for e in block.path)
        or is_read_also(block.text, block.size, block.linked_words)
        or is_call(block.text, block.size, block.linked_words, is_edge=True)
        or is_legal(block.text, block.size)
    )


def _marked(blocks: Sequence[HtmlBlock], chosen: Collection[int]) -> set[int]:
    """The blocks that marks in the chosen ones lead to."""
    places = dict.fromkeys(place for i in sorted(chosen) for place in _places(blocks[i]))
    if not places:
        return set()
    numbers: dict[Element, list[int]] = {}
    for i, block in enumerate(blocks):
        for element in block.path[-_LEVELS:]:
            numbers.setdefault(element, []).append(i)
    marked: set[int] = set()
    for target in _targets(blocks, places):
        # An inline element is no part of a path; its block is the nearest element that is.
        element = target
        while element is not None and element not in numbers:
            element = element.getparent()
        if element is None or element.tag in {"body", "html", "main", "article"}:
            continue
        own = numbers[element]
        if element is not target and element.tag in {"div", "section"}:
            # The place stands in loose text.
            own = own[:1]
        last = own[-1]
        if all(is_mark(blocks[i].text) for i in own) and last + 1 < len(blocks) and not blocks[last + 1].heading:
            own = [*own, last + 1]
        marked.update(own)
    return marked


def _places(block: HtmlBlock) -> Iterator[str]:
    """Where the marks of a block lead to within the page."""
    for piece in block.pieces:
        if piece.href and "#" in piece.href and is_mark(piece.text):
            place = piece.href.rsplit("#", 1)[1]
            if place:
                yield place


def _targets(blocks: Sequence[HtmlBlock], places: Collection[str]) -> Iterator[Element]:
    root = blocks[0].path[0] if blocks else None
    if root is None:
        return
    count = 0
    for element in root.iter():
        if isinstance(element.tag, str) and (element.get("id") in places or element.get("name") in places):
            yield element
            count += 1
            if count >= MAX_NOTES:
                return

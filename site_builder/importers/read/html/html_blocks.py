"""A tree to the blocks of text that a reader sees, in order, each with its kind, its place and its inline marks.

A block is what the layout puts between two line breaks: a paragraph, a heading, an item, a cell, or the loose text
between two such elements. What belongs to the body is decided block by block.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from site_builder.importers.read.html.page_tree import Element, load_module, squeeze
from site_builder.text.word_counts import words_as_counted

INLINE: Final = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i ins kbd label mark nobr q ruby rb rt rp s"
    " samp small"
    " span strike strong sub sup time tt u var wbr".split()
)
HEADINGS: Final = frozenset("h1 h2 h3 h4 h5 h6".split())
_BOLD: Final = frozenset({"b", "strong"})
_ITALIC: Final = frozenset({"i", "em", "cite", "dfn", "var"})
_CODE: Final = frozenset({"code", "kbd", "samp", "tt"})
_JOINERS: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
"""Soft hyphens, joiners and marks of direction, which are no ends of words."""
_UNSEEN: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Marks of where a line may or may not break, which belong to the page and not to its text."""
MAX_BOLD_CHARACTERS: Final = 200
"""Of a bold line that stands for a heading."""


@dataclass(frozen=True, slots=True)
class InlineText:
    """Text with the same marks throughout."""

    text: str
    """As in the source, white space included; "\\n" alone is a line break."""
    bold: bool = False
    italic: bool = False
    code: bool = False
    href: str | None = None


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """One block of text."""

    element: Element
    """The nearest block element around the text."""
    path: tuple[Element, ...]
    """The block elements around the text, outermost first, `element` last."""
    pieces: tuple[InlineText, ...]
    text: str
    """Plain, on one line."""
    words: tuple[str, ...]
    """Lower case, for comparing."""
    linked_words: int
    """How many of the words are in links."""

    def inside(self, *tags: str) -> bool:
        """Is there an element of these names around the text?"""
        return any(e.tag in tags for e in self.path)

    @property
    def size(self) -> int:
        """How many words it has."""
        return len(self.words)

    @property
    def heading(self) -> int:
        """Level 1 to 6, 0 for other text."""
        return next((int(e.tag[1]) for e in reversed(self.path) if e.tag in HEADINGS), 0)


@dataclass(slots=True)
class _Marks:
    """The marks of the inline elements that are open."""

    bold: int = 0
    italic: int = 0
    code: int = 0
    hrefs: list[str] = field(default_factory=list)

    def step(self, element: Element, by: int) -> None:
        """Enter an inline element (1), or leave it (-1)."""
        tag = element.tag
        if tag in _BOLD:
            self.bold += by
        elif tag in _ITALIC:
            self.italic += by
        elif tag in _CODE:
            self.code += by
        elif tag == "a" and (href := element.get("href")):
            if by > 0:
                self.hrefs.append(href)
            elif self.hrefs:
                self.hrefs.pop()

    def piece(self, text: str) -> InlineText:
        return InlineText(text, self.bold > 0, self.italic > 0, self.code > 0, self.hrefs[-1] if self.hrefs else None)


def blocks_of(root: Element) -> list[HtmlBlock]:
    """Every block below an element, in the order of the source. Scripts and the like must be gone before."""
    walk = _Walk()
    for event, element in load_module("lxml.etree").iterwalk(root, events=("start", "end")):
        if isinstance(element.tag, str):
            walk.enter(element) if event == "start" else walk.leave(element, has_tail=element is not root)
    return walk.blocks


def words(text: str) -> list[str]:
    """The words of a text for comparing: lower case, no punctuation; pieces where a script has no spaces."""
    return words_as_counted(text if text.isascii() else _JOINERS.sub("", text))


class _Walk:
    """Collects blocks on the way through a tree."""

    def __init__(self) -> None:
        self.blocks: list[HtmlBlock] = []
        self._path: list[Element] = []
        self._pre = 0
        """Elements of the path whose line ends count."""
        self._pieces: list[InlineText] = []
        self._marks = _Marks()

    def enter(self, element: Element) -> None:
        if self._path and element.tag in INLINE:
            self._marks.step(element, 1)
            if element.tag == "br":
                self._pieces.append(self._marks.piece("\n"))
        else:
            self._close()
            self._path.append(element)
            self._pre += element.tag == "pre"
        self._add(element.text)

    def leave(self, element: Element, *, has_tail: bool) -> None:
        if self._path[-1] is element:
            self._close()
            self._path.pop()
            self._pre -= element.tag == "pre"
        else:
            self._marks.step(element, -1)
        if has_tail and self._path:
            self._add(element.tail)

    def _add(self, text: str | None) -> None:
        """Line ends in the source are spaces, save in `<pre>`."""
        if text:
            if ("\n" in text or "\r" in text) and not self._pre:
                text = text.replace("\n", " ").replace("\r", " ")
            if not text.isascii() and not self._pre:
                text = _UNSEEN.sub("", text)
            self._pieces.append(self._marks.piece(text))

    def _close(self) -> None:
        """Make blocks of what was collected: one, or one for each of its paragraphs."""
        if self._pieces and self._path:
            path = tuple(self._path)
            for pieces in (self._pieces,) if self._pre else _paragraphs(self._pieces):
                text = squeeze("".join(p.text for p in pieces))
                if text:
                    linked = sum(len(words(p.text)) for p in pieces if p.href)
                    own = tuple(words(text))
                    self.blocks.append(HtmlBlock(path[-1], path, tuple(pieces), text, own, linked))
        self._pieces.clear()


def _paragraphs(pieces: Sequence[InlineText]) -> Iterator[Sequence[InlineText]]:
    """The parts of a block between two line breaks in a row, and a bold line at its start: it is a heading."""
    if not any(p.text == "\n" for p in pieces):
        yield pieces
        return
    lines: list[list[InlineText]] = [[]]
    for piece in pieces:
        if piece.text == "\n":
            lines.append([])
        else:
            lines[-1].append(piece)
    open_: list[InlineText] = []
    for number, line in enumerate(lines):
        is_empty = not any(p.text.strip() for p in line)
        is_other = not _is_bold(line) or (_is_linked(line) and not _is_linked(open_))
        if (is_empty or (number and _is_bold(open_) and is_other)) and open_:
            yield open_
            open_ = []
        if not is_empty:
            open_ = [*open_, InlineText("\n"), *line] if open_ else list(line)
    if open_:
        yield open_


def _is_linked(pieces: Sequence[InlineText]) -> bool:
    """Is there a link in it? Below a bold line without one, a bold link is the title of a card."""
    return any(p.href for p in pieces)


def _is_bold(pieces: Sequence[InlineText]) -> bool:
    """Is all of a short text bold?"""
    shown = [p for p in pieces if p.text.strip()]
    return bool(shown) and all(p.bold for p in shown) and sum(len(p.text) for p in shown) <= MAX_BOLD_CHARACTERS

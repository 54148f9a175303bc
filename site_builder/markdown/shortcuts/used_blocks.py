"""Asks only those readers of blocks (lists, quotations, headings …) that may find something in a block.

Python-Markdown asks each of them about each block, and most search all of it. What they look for begins a line, with
few exceptions, so the first sign of each line tells which of them matter; for a paragraph of prose, none. Readers of
other extensions, and classes derived from those named here, are always asked.
"""

from collections.abc import Mapping, MutableSequence
from typing import Any, Final, cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import (
    BlockProcessor,
    BlockQuoteProcessor,
    CodeBlockProcessor,
    EmptyBlockProcessor,
    HashHeaderProcessor,
    HRProcessor,
    ListIndentProcessor,
    OListProcessor,
    ReferenceProcessor,
    SetextHeaderProcessor,
    UListProcessor,
)
from markdown.extensions.abbr import AbbrBlockprocessor
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.def_list import DefListIndentProcessor, DefListProcessor
from markdown.extensions.footnotes import FootnoteBlockProcessor
from markdown.extensions.sane_lists import SaneOListProcessor, SaneUListProcessor
from markdown.extensions.tables import TableProcessor
from pymdownx.details import DetailsProcessor
from pymdownx.quotes import QuotesProcessor
from pymdownx.saneheaders import SaneHeadersProcessor
from pymdownx.tabbed import TabbedProcessor

from site_builder.markdown.shortcuts.used_patterns import MAX_COMBINATIONS
from site_builder.markdown.syntax.wiki_links import Table

_SIGNS: Final[Mapping[type, str]] = {
    AbbrBlockprocessor: "*",
    AdmonitionProcessor: "! ",
    BlockQuoteProcessor: ">",
    CodeBlockProcessor: " ",
    DefListIndentProcessor: " ",
    DefListProcessor: ":",
    DetailsProcessor: "? ",
    EmptyBlockProcessor: "\n",
    FootnoteBlockProcessor: "[",
    HRProcessor: "*-_",
    HashHeaderProcessor: "#",
    ListIndentProcessor: " ",
    OListProcessor: "0",
    QuotesProcessor: ">",
    ReferenceProcessor: "[",
    SaneHeadersProcessor: "#",
    SaneOListProcessor: "0",
    SaneUListProcessor: "*+-",
    SetextHeaderProcessor: "-=",
    TabbedProcessor: "= ",
    Table: "|",
    TableProcessor: "|",
    UListProcessor: "*+-",
}
"""Class of a reader -> one of the signs that a block has if the reader finds something in it: the first sign of a line,
spaces not counted; `0` for any digit; a space for a block that begins with one; `\n` for one whose first line is empty;
`|` for one with that sign anywhere."""
_BITS: Final[Mapping[str, int]] = {sign: 1 << number for number, sign in enumerate(sorted({*"".join(_SIGNS.values())}))}
_ANY: Final = 1 << len(_BITS)
"""The bit of every block."""
_ALL: Final = 2 * _ANY - 1
_OF_SIGN: Final[Mapping[str, int]] = {
    **dict.fromkeys((chr(point) for point in range(128)), 0),
    **{sign: bit for sign, bit in _BITS.items() if sign not in "| \n"},
    **dict.fromkeys("0123456789", _BITS["0"]),
    "": 0,
}
"""First sign of a line -> its bit, for ASCII."""


def register_used_blocks(converter: Markdown) -> None:
    """Replace the parser's own loop."""
    used = _UsedBlocks(converter)
    converter.parser.parseBlocks = used.parse  # type: ignore[method-assign]


def signs_of(block: str) -> int:
    """The bits of all signs in a block."""
    if not block:
        return _ANY | _BITS["\n"]
    signs = _ANY
    if block[0] in " \n":
        signs |= _BITS[block[0]]
    if "|" in block:
        signs |= _BITS["|"]
    for line in block.split("\n"):
        sign = line[:1]
        if sign == " ":
            sign = line.lstrip(" ")[:1]
        bit = _OF_SIGN.get(sign)
        if bit is None:
            bit = _BITS["0"] if sign.isdecimal() else 0
        signs |= bit
    return signs


class _UsedBlocks:
    """The readers of a converter, and for each combination of signs those that may find something."""

    def __init__(self, converter: Markdown) -> None:
        self._registered = converter.parser.blockprocessors
        self._readers: tuple[BlockProcessor, ...] = ()
        self._used: dict[int, tuple[BlockProcessor, ...]] = {}
        self._holders: tuple[Any, ...] = ()
        """Those that may remember, from one test to the next, what a block belongs to."""

    def parse(self, parent: Element, blocks: MutableSequence[str]) -> None:
        """Like BlockParser.parseBlocks, with as many frames on the stack, which some readers count."""
        readers = tuple(self._registered)
        if readers != self._readers:
            self._readers, self._used = readers, {}
            self._holders = tuple(one for one in readers if hasattr(one, "current_sibling"))
        while blocks:
            block = blocks[0]
            signs = signs_of(block)
            for holder in self._holders:
                if holder.current_sibling is not None:  # a test that failed because the nesting is too deep
                    signs = _ALL
            used = self._used.get(signs)
            if used is None:
                if len(self._used) >= MAX_COMBINATIONS:
                    self._used.clear()
                used = tuple(one for one in readers if _bits_of(one) & signs)
                self._used[signs] = used
            for reader in used:
                if reader.test(parent, block) and reader.run(parent, cast(list[str], blocks)) is not False:
                    break


def _bits_of(reader: BlockProcessor) -> int:
    """The bits of the signs that a reader looks for."""
    signs = _SIGNS.get(type(reader), "")
    return sum(_BITS[sign] for sign in signs) or _ALL

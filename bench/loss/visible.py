"""HTML to the text that readers see, block by block, for the source and for the page alike."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from unicodedata import normalize

_LINES: Final = re.compile(r"bench-loss lines (\d+)-(\d+)")
_INLINE: Final = frozenset(
    """a abbr b bdi bdo big center cite code data del dfn em font i img input ins kbd label mark math annotation q rp rt
    ruby s samp small span strike strong sub sup time tt u var wbr""".split()
)
_HIDDEN: Final = frozenset(
    "script style template head title svg iframe video audio object canvas noscript select textarea".split()
)
_FOOTNOTE_NUMBER: Final = "footnote number"
"""In place of the `a` of a footnote's number or of the way back, which the source does not have."""
_UNSEEN: Final = _HIDDEN | {_FOOTNOTE_NUMBER}
_CODE: Final = frozenset("pre code kbd samp tt".split())
_VOID: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())
CODE: Final = "\ue000"
"""Stands for a character of code in `Block.prose`."""
_MATH_START, _MATH_END = "\ue001", "\ue002"
_WORD: Final = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af]|"
    r"[^\W_\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af]+|[\ue001\ue002\n]"
)
"""A letter of a script without spaces, or letters and digits up to the next other character; or a mark of our own."""
_SOFT: Final = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff\ufe0f]")


def lines_comment(first: int, last: int) -> str:
    """What stands in HTML before a block that was written in these lines."""
    return f"<!--bench-loss lines {first}-{last}-->"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a cell, a heading, or whatever else begins and ends with a line."""

    text: str
    """All its text, with the text alternatives of pictures."""
    prose: str
    """The same, with `CODE` for each character of code."""
    first: int = 0
    """Line of the source where the text starts; 0 if that is not known."""
    last: int = 0
    is_code: bool = False
    """Is it a block of code, in which each line of the source is a line?"""


@dataclass(frozen=True, slots=True)
class Word:
    """One word, for comparison: without case, accents composed."""

    text: str
    line: int
    first: int
    """First and last line of the block, or of the line of code, that it belongs to."""
    last: int
    is_math: bool = False


@dataclass(slots=True)
class Visible:
    """What readers see."""

    blocks: list[Block] = field(default_factory=list)
    unnamed_formulas: int = 0
    """Formulas that do not say how they were written."""

    def words(self) -> list[list[Word]]:
        """The words of each block, in order."""
        return [list(_words(block)) for block in self.blocks]


def _words(block: Block) -> Iterator[Word]:
    line, is_math = block.first, False
    for match in _WORD.finditer(_SOFT.sub("", normalize("NFKC", block.text))):
        if match[0] == "\n":
            line += 1
        elif match[0] in {_MATH_START, _MATH_END}:
            is_math = match[0] == _MATH_START
        else:
            known = min(line, block.last)
            span = (known, known) if block.is_code else (block.first, block.last)
            yield Word(match[0].casefold(), known, *span, is_math)


def read_html(html: str) -> Visible:
    """All the text of some HTML, or of a fragment."""
    reader = _Reader()
    reader.feed(_escape_unclosed(html))
    reader.close()
    reader.end_block()
    return reader.seen


def _escape_unclosed(html: str) -> str:
    """The HTML with `<title>` as text if nothing closes it: it would hide all that follows, as no browser shows it."""
    for name in _HIDDEN:
        last = max((m.end() for m in re.finditer(rf"</{name}\b", html, re.IGNORECASE)), default=0)
        html = html[:last] + re.sub(rf"<(?={name}\b)", "&lt;", html[last:], flags=re.IGNORECASE)
    return html


class _Reader(HTMLParser):
    """Reads text as it comes: markup that does not match loses none."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = Visible()
        self._text: list[str] = []
        self._prose: list[str] = []
        self._open: list[str] = []
        self._lines = (0, 0)
        self._formula: list[str] = []
        self._is_pre = False

    def end_block(self) -> None:
        """Close the block that is being read."""
        text = "".join(self._text)
        if text.strip():
            lead = text[: len(text) - len(text.lstrip())].count("\n") if not self._is_pre else 0
            first, last = self._lines
            shown = text if self._is_pre else text.strip()
            prose = "".join(self._prose) if self._is_pre else "".join(self._prose).strip()
            self.seen.blocks.append(Block(shown, prose, min(first + lead, last), last, self._is_pre))
        self._text, self._prose = [], []

    def handle_comment(self, data: str) -> None:
        match = _LINES.fullmatch(data)
        if match:
            self.end_block()
            self._lines = (int(match[1]), int(match[2]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._add(" ")
        elif tag not in _INLINE:
            self.end_block()
        if tag == "pre":
            self._is_pre = True
        if tag == "math":
            self._formula = []
        if tag == "img" and not self._hidden():
            self._add(f" {dict(attrs).get('alt') or ''} ")
        if tag not in _VOID:
            is_number = tag == "a" and "footnote" in (dict(attrs).get("class") or "")
            self._open.append(_FOOTNOTE_NUMBER if is_number else tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "math" and "math" in self._open:
            self.seen.unnamed_formulas += not self._formula
            self._add_formula("".join(self._formula))
        if tag not in _INLINE and tag not in _VOID:
            self.end_block()
        if tag == "pre":
            self._is_pre = False
        if tag == "a" and _FOOTNOTE_NUMBER in self._open:
            tag = _FOOTNOTE_NUMBER
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._hidden():
            return
        if "annotation" in self._open:
            self._formula.append(data)
        elif "math" not in self._open:
            self._add(data)

    def _hidden(self) -> bool:
        return not _UNSEEN.isdisjoint(self._open)

    def _add(self, data: str) -> None:
        self._text.append(data)
        self._prose.append(data if _CODE.isdisjoint(self._open) else re.sub(r"[^\n]", CODE, data))

    def _add_formula(self, tex: str) -> None:
        self._text.append(f" {_MATH_START}{tex}{_MATH_END} ")
        self._prose.append(CODE)

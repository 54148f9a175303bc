"""Which list items, admonitions and footnotes are open at a line of a text, by the indentation of what is in them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

LEVEL: Final = 4
"""Spaces by which Python-Markdown indents what belongs to an item; so much more makes code."""
MAX_LEVELS: Final = 60
"""Items within items; the deepest list that we have seen has eight."""
_ITEM: Final = re.compile(r"( *)([-*+]|\d{1,9}[.)])(?:( +)(?=\S)| *$)")
_OTHER: Final = re.compile(r'( *)((?:!!!|\?\?\?\+?) +\S|===[+!]* +"|\[\^[^\]\s]+\]:|:(?= {1,3}\S))')
"""The first line of an admonition, a tab, a footnote or a description, in which lines are indented by four spaces."""
RULE: Final = re.compile(r" {0,3}([-*_])(?: *\1){2,} *$")
_QUOTE: Final = re.compile(r"( *)> ?")


def indent_of(line: str) -> int:
    """The number of spaces before the text of a line."""
    return len(line) - len(line.lstrip(" "))


@dataclass(slots=True)
class OpenItems:
    """For each open item, from the outside in, the indentation of what belongs to it."""

    offsets: list[int] = field(default_factory=list)
    is_after_blank: bool = True

    @property
    def inner(self) -> int:
        """The indentation of what belongs to the innermost item."""
        return self.offsets[-1] if self.offsets else 0

    def inner_at(self, indent: int) -> int:
        """The indentation of what belongs to the innermost item that a line with this indentation may belong to."""
        return max((offset for offset in self.offsets if offset <= indent), default=0)

    def code_indent(self, indent: int) -> int:
        """The indentation that makes code of a line, among the items that it is indented enough to belong to."""
        held = [offset for offset in self.offsets if offset <= indent]
        return max(held[-1] if held else 0, LEVEL * len(held)) + LEVEL

    def read(self, line: str) -> None:
        """Open and close items at a line that is not code."""
        if not line.strip():
            self.is_after_blank = True
            return
        if match := self.item(line):
            self.open(match)
        else:
            self.text(line)
        self.is_after_blank = False

    def item(self, line: str) -> re.Match[str] | None:
        """The match if the line begins a list item, which closes those that it does not belong to."""
        match = _ITEM.match(line)
        if not match or RULE.match(line):
            return None
        indent = len(match[1])
        if match[3] is None and not (self.offsets and indent < self.inner):
            return None  # an item without text begins no list
        depth = sum(1 for offset in self.offsets if offset <= indent)
        if indent >= LEVEL and (not depth or (self.is_after_blank and indent >= self.code_indent(indent))):
            return None
        del self.offsets[depth:]
        return match

    def open(self, match: re.Match[str]) -> None:
        """Go into an item. Raises RecursionError, as Python-Markdown would at some more levels, after a long time."""
        if len(self.offsets) >= MAX_LEVELS:
            raise RecursionError
        indent = len(match[1])
        self.offsets.append(indent + min(len(match[2]) + len(match[3] or " "), LEVEL))

    def text(self, line: str) -> None:
        """Close the items that a line does not belong to: only after an empty line, or at a rule.

        If it is the first line of an admonition, a tab, a footnote or a description, go into that.
        """
        indent = indent_of(line)
        other = _OTHER.match(line)
        if self.is_after_blank or other or RULE.match(line):
            while self.offsets and self.offsets[-1] > indent:
                self.offsets.pop()
        if other and indent < self.code_indent(indent):
            self.offsets.append(indent + LEVEL)


@dataclass(slots=True)
class BlockLines:
    """Lines of a text in which blocks are set apart by exactly one empty line, as Python-Markdown wants it."""

    lines: list[str] = field(default_factory=list)
    _is_after_block: bool = False

    def add(self, line: str) -> None:
        """Add a line of text."""
        if self._is_after_block and line.strip():
            self._set_apart()
        self.lines.append(line)

    def add_block(self, line: str) -> None:
        """Add a line that is a block of its own."""
        self._set_apart()
        self.lines.append(line)
        self._is_after_block = True

    def _set_apart(self) -> None:
        if self.lines and self.lines[-1].strip():
            self.lines.append("")
        self._is_after_block = False

    def finished(self) -> list[str]:
        """All lines; none is empty below a block at the end."""
        if self._is_after_block:
            while not self.lines[-1].strip():
                self.lines.pop()
        return self.lines


def item_start(line: str, items: OpenItems) -> re.Match[str] | None:
    """The match if the line begins a list item that has text, without closing or opening any."""
    match = OpenItems(list(items.offsets), items.is_after_blank).item(line)
    return match if match and match[3] else None


def quotation_end(lines: list[str], number: int, items: OpenItems) -> int:
    """The line after the quotation that begins in this line; 0 if none does."""
    match = _QUOTE.match(lines[number])
    if not match or len(match[1]) >= items.code_indent(len(match[1])):
        return 0
    end = number + 1
    while end < len(lines) and _QUOTE.match(lines[end]):
        end += 1
    return end


def in_quotation(lines: list[str], read: Callable[[list[str]], list[str]]) -> list[str]:
    """The lines of a quotation with its text, which is a text of its own, read."""
    match = _QUOTE.match(lines[0])
    prefix = f"{match[1]}> " if match else "> "
    return [prefix + line for line in read([_QUOTE.sub("", line, count=1) for line in lines])]

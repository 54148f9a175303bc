"""Blocks of very many lines, and very many blocks, read in a time that grows with their number.

Python-Markdown takes a heading or a definition out of the lines around it, and puts what is left of them back, to be
looked at from its beginning. Lines that go on for long without an empty one get some, where these change nothing.
"""

import re
from collections import deque
from typing import Any, Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.preprocessors import Preprocessor

MAX_LINES: Final = 40
"""Without an empty one, before an empty line is put below the next line that needs none."""
_PREFIX: Final = re.compile(r"[ \t>]*")
_BEGINS: Final = re.compile(r"#{1,6}\s|!!!\s|\?\?\?\+?\s|===[!+]*\s+\"|\[[^\[\]]+\]:|\*\[[^\[\]]+\] ?:")
"""A line that is not part of the one above it."""
_ENDS: Final = re.compile(r"#{1,6}\s|([-*_])[ ]?(?:\1[ ]?){2,}$|\[(?!\^)[^\[\]]+\]:\s*\S|\*\[[^\[\]]+\] ?:\s*\S")
"""A line that the one below it is no part of: a heading, a rule, a definition."""

_DESCRIBED: Final = re.compile(r"[ \t>]*:[ ]")
"""The description of the term above it."""


def register_long_blocks(converter: Markdown) -> None:
    """Add a step below all others that change lines, and let the parser take blocks from the front of a queue."""
    converter.preprocessors.register(_LongBlocks(converter), "long-blocks", -90)
    parser = converter.parser

    def parse_chunk(parent: Element, text: str) -> None:
        parser.parseBlocks(parent, _Blocks(text.split("\n\n")))  # type: ignore[arg-type]

    parser.parseChunk = parse_chunk  # type: ignore[method-assign]


class _LongBlocks(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        """The lines, and some empty ones."""
        if len(lines) <= MAX_LINES:
            return lines
        out: list[str] = []
        count = 0
        above = ""
        for line, below in zip(lines, [*lines[1:], ""], strict=True):
            prefix = (_PREFIX.match(line) or line)[0]
            text = line[len(prefix) :]
            if (
                count >= MAX_LINES
                and text
                and (
                    _BEGINS.match(text)
                    or _ENDS.match(above)
                    or (_DESCRIBED.match(below) and not _DESCRIBED.match(line))
                )
            ):
                out.append(prefix.rstrip(" \t"))
                count = 0
            out.append(line)
            count = count + 1 if text else 0
            above = text
        return out


class _Blocks(deque[str]):
    """The blocks that wait to be read, as a list of which the first ones are cheap to take and to put back."""

    def pop(self, index: int = -1) -> str:
        """Like list.pop."""
        if not index:
            return self.popleft()
        taken: str = self[index]
        del self[index]
        return taken

    def insert(self, index: int, block: str) -> None:
        """Like list.insert."""
        if index:
            super().insert(index, block)
        else:
            self.appendleft(block)

    def __getitem__(self, index: Any) -> Any:
        return list(self)[index] if isinstance(index, slice) else super().__getitem__(index)

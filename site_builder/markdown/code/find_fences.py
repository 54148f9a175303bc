"""Where a text has fenced blocks, also in items and quotations, and what follows the opening fence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LINE_PREFIX: Final = r"(?:[ \t>]|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))*+"
"""What may stand before the text of a line: marks of quotations and items."""
_LINE: Final = re.compile(r"[^\n]*\n|[^\n]+")
_FENCE: Final = re.compile(rf"(?P<prefix>{LINE_PREFIX})(?P<marks>`{{3,}}|~{{3,}})(?P<info>[^\n]*)")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block, with the characters of the text from its first fence up to the end of its last one."""

    start: int
    end: int
    info: str
    """What follows the opening fence."""
    body: str
    """The lines between the fences, as written."""
    indent: int
    """The number of characters before the first fence."""


def find_fences(text: str) -> Iterator[Fence]:
    """All blocks that are not inside another one, and that have an end."""
    at = body = 0
    opened: re.Match[str] | None = None
    start = 0
    for line in _LINE.findall(text):
        match = _FENCE.match(line)
        if opened is None and match and not ("`" in match["info"] and match["marks"][0] == "`"):
            opened, start, body = match, at + match.start("marks"), at + len(line)
        elif opened and match and match["marks"].startswith(opened["marks"]) and not match["info"].strip():
            yield Fence(start, at + len(line.rstrip()), opened["info"].strip(), text[body:at], len(opened["prefix"]))
            opened = None
        at += len(line)

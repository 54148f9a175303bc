"""The text of a page to its lines: bullets and blank lines noted, hard-wrapped paragraphs joined again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

from site_builder.importers.read.dates import fold_month
from site_builder.importers.read.phrases import phrases

PARAGRAPH_WORDS: Final = 12
"""A line of as many words is running text; menus, labels and most titles are shorter."""
MAX_LABEL_WORDS: Final = 14
"""Longer lines are sentences, whatever label they begin with."""
MAX_CAPTION_WORDS: Final = 25
"""Longer lines are not captions or credits."""
MAX_BRIEF_WORDS: Final = 8
"""Of a line of a menu, a byline, a button, a source."""
MAX_COUNTED_WORDS: Final = 60
"""Words of a line that count where prose is weighed: one very long line must not decide for a whole page."""
_BULLET: Final = re.compile(r"^(?:[*+•·▪‣◦●○■–—»\u203a-]|#{1,6}(?=\s)|o(?=\s\s)|\(?\d{1,3}[.)])(?:\s+|$)")
_HEAD_CHARACTERS: Final = 300
"""Of a line, in which phrases are looked for."""
_NARROWEST_WRAP: Final = 40
_WIDEST_WRAP: Final = 100
"""Characters; text wrapped by machines or by hand (mail, editors, terminals) is set at 60 to 100."""
_MIN_FULL_LINES: Final = 5
"""Full lines below which wrapped text and short paragraphs look the same."""
_FULL_SHARE: Final = 0.6
"""Share of the longest line from which on a line counts as full, and of the full lines that were broken by width."""

_Row: TypeAlias = tuple[int, str]
"""A line of the file: its number, from 1, and its text."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """One paragraph, heading, list item or scrap of a page."""

    text: str
    """Without indent, bullet and outer space; never empty."""
    bullet: str = ""
    """The mark of a list item, as written."""
    indent: int = 0
    """Spaces before the bullet or the text."""
    gap: bool = False
    """Does it follow a blank line?"""
    words: int = 1
    head: str = ""
    """The start of the text, in which phrases are sought: small print names itself early, a page may be one line."""
    number: int = 1
    """Where it begins in the file, from 1."""

    @property
    def is_item(self) -> bool:
        """Is it an item of a list, not a Markdown heading?"""
        return bool(self.bullet) and not self.bullet.startswith("#")


def split_lines(text: str) -> tuple[TextLine, ...]:
    """The lines of a cleaned text (`clean_text`) that say something."""
    rows = [(number, row.rstrip()) for number, row in enumerate(text.split("\n"), 1)]
    margin = min((len(row) - len(row.lstrip()) for _, row in rows if row), default=0)
    rows = [(number, row[margin:]) for number, row in rows]
    width = _wrap_width([row for _, row in rows])
    if width:
        rows = _unwrapped(rows, width)
    lines: list[TextLine] = []
    gap = True
    for number, row in rows:
        stripped = row.strip()
        bullet = _bullet(stripped)
        content = stripped[bullet.end() :].strip() if bullet else stripped
        if not content:
            gap = gap or not stripped
            continue
        content = re.sub(r" {2,}", " ", phrases().link_note.sub("", content)).strip()
        if not content:
            continue
        mark = bullet.group().strip() if bullet else ""
        words, head = content.count(" ") + 1, content[:_HEAD_CHARACTERS]
        lines.append(TextLine(content, mark, len(row) - len(row.lstrip()), gap, words, head, number))
        gap = False
    return tuple(lines)


def _bullet(row: str) -> re.Match[str] | None:
    """The mark of a list item; "9. September 2025" has none."""
    bullet = _BULLET.match(row)
    if bullet is None or not bullet.group()[0].isdigit():
        return bullet
    following = row[bullet.end() :].split(" ", 1)[0].strip(".,")
    return None if fold_month(following) in phrases().months else bullet


def _wrap_width(rows: Sequence[str]) -> int:
    """The width at which paragraphs were broken into lines; 0 where they were not."""
    longest = max(map(len, rows), default=0)
    if not _NARROWEST_WRAP <= longest <= _WIDEST_WRAP:
        return 0
    full = broken = 0
    for row, after in pairwise(rows):
        if row and after and len(row) > longest * _FULL_SHARE:
            full += 1
            broken += len(row) + 1 + len(after.split()[0]) > longest and row[-1] not in ".!?:"
    return longest if full >= _MIN_FULL_LINES and broken >= full * _FULL_SHARE else 0


def _unwrapped(rows: Sequence[_Row], width: int) -> list[_Row]:
    """Lines joined where the next word did not fit and the break is not the end of a paragraph or item."""
    out: list[_Row] = []
    last = ""
    for number, row in rows:
        stripped = row.strip()
        is_full = len(last) + 1 + len(stripped.partition(" ")[0]) > width
        if out and last and stripped and is_full and not _bullet(stripped) and not phrases().action.fullmatch(stripped):
            out[-1] = (out[-1][0], f"{out[-1][1]} {stripped}")
        else:
            out.append((number, row))
        last = row
    return out

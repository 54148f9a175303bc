"""Text of a page to its lines: bullets and blank lines noted, hard-wrapped paragraphs joined again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from site_builder.importers.read.dates import fold_month
from site_builder.importers.read.phrases import phrases

_BULLET: Final = re.compile(r"^(?:[*+•·▪‣◦●○■–—»\u203a-]|#{1,6}(?=\s)|o(?=\s\s)|\(?\d{1,3}[.)])(?:\s+|$)")
_HEAD_CHARACTERS: Final = 300
_WIDEST_WRAP: Final = 100
"""Characters; text wrapped by machines or by hand (mail, editors, terminals) is set at 60 to 100."""
_WRAPPED_LINES: Final = 5
"""Full lines below which wrapping cannot be told from short paragraphs."""


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
    """A blank line stands before it."""
    words: int = 1
    head: str = ""
    """The start of the text, in which phrases are sought: small print names itself early, a page may be one line."""


def split_lines(text: str) -> tuple[TextLine, ...]:
    """The lines of a cleaned text (`clean_text`) that say something."""
    rows = [row.rstrip() for row in text.split("\n")]
    margin = min((len(row) - len(row.lstrip()) for row in rows if row), default=0)
    rows = [row[margin:] for row in rows]
    width = _wrap_width(rows)
    if width:
        rows = _unwrapped(rows, width)
    lines: list[TextLine] = []
    gap = True
    for row in rows:
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
        lines.append(TextLine(content, mark, len(row) - len(row.lstrip()), gap, words, head))
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
    if not 40 <= longest <= _WIDEST_WRAP:
        return 0
    full = broken = 0
    for row, after in pairwise(rows):
        if row and after and len(row) > longest * 0.6:
            full += 1
            broken += len(row) + 1 + len(after.split()[0]) > longest and row[-1] not in ".!?:"
    return longest if full >= _WRAPPED_LINES and broken >= full * 0.6 else 0


def _unwrapped(rows: Sequence[str], width: int) -> list[str]:
    """Lines joined where the next word did not fit and the break is not the end of a paragraph or item."""
    out: list[str] = []
    last = ""
    for row in rows:
        stripped = row.strip()
        full = len(last) + 1 + len(stripped.partition(" ")[0]) > width
        if out and last and stripped and full and not _bullet(stripped) and not phrases().action.fullmatch(stripped):
            out[-1] += " " + stripped
        else:
            out.append(row)
        last = row
    return out

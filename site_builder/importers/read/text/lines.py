"""The text of a page to its lines: bullets and blank lines noted, hard-wrapped paragraphs joined again."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from site_builder.importers.read.dates import find_dates
from site_builder.importers.read.phrases import phrases
from site_builder.importers.read.text.rows.pasted_tables import Table
from site_builder.importers.read.text.rows.unwrapped_rows import bullet_of, unwrapped
from site_builder.text.word_counts import count_words

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
_HEAD_CHARACTERS: Final = 300
"""Of a line, in which phrases are looked for."""
_PLAIN_SIGNS: Final = str.maketrans(
    "\uff1a\uff08\uff09\uff01\uff1f\uff0c\uff1b\uff0f\uff5c\uff1d\uff0d\u3010\u3011", ":()!?,;/|=-[]"
)
"""Full-width punctuation as ours, in which phrases are written."""


_GLUED: Final = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")
_GLUED_TIME: Final = re.compile(r"(?<=[\s.,/-](?:19|20)\d\d)(?=\d{1,2}:\d\d)")
"""Between a year and a time that were copied without the space between them: "3 June 202610:15"."""
_MAX_DATE_CHARACTERS: Final = 40
_TABLE: Final = "\ufffc"
"""Stands for a table among the rows."""
NO_TABLES: Final[Mapping[int, Table]] = MappingProxyType({})
_MAX_BUTTONS_CHARACTERS: Final = 60
"""Of a row of buttons."""


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
    table: Table | None = None
    """The table that it stands for; the text is then that of its cells."""

    @property
    def is_item(self) -> bool:
        """Is it an item of a list, not a Markdown heading?"""
        return bool(self.bullet) and not self.bullet.startswith("#")


def split_lines(text: str, tables: Mapping[int, Table] = NO_TABLES) -> tuple[TextLine, ...]:
    """The lines of a cleaned text (`clean_text`) that say something; each of its tables (`find_tables`) is one."""
    rows = list(_rows(text, tables))
    margin = min((len(row) - len(row.lstrip()) for _, row in rows if row), default=0)
    rows = unwrapped([(number, row[margin:]) for number, row in rows])
    lines: list[TextLine] = []
    gap = True
    for number, row in rows:
        stripped = row.strip()
        if stripped == _TABLE and number in tables:
            lines.append(_line_of(tables[number], number))
            continue
        bullet = None if _is_date(stripped) else bullet_of(stripped, len(row) - len(row.lstrip()))
        content = stripped[bullet.end() :].strip() if bullet else stripped
        if not content:
            gap = gap or not stripped
            continue
        content = phrases().link_note.sub("", _GLUED_TIME.sub(" ", re.sub(r" {2,}", " ", content))).strip()
        if not content:
            continue
        if _is_glued_frame(content):
            continue
        mark = bullet.group().strip() if bullet else ""
        words, head = count_words(content), content[:_HEAD_CHARACTERS].translate(_PLAIN_SIGNS)
        lines.append(TextLine(content, mark, len(row) - len(row.lstrip()), gap, words, head, number))
        gap = False
    return tuple(lines)


def _rows(text: str, tables: Mapping[int, Table]) -> Iterator[tuple[int, str]]:
    """The rows with their numbers; a mark between blank rows stands for a table."""
    end = 0
    for number, row in enumerate(text.split("\n"), 1):
        if number in tables:
            end = number + len(tables[number])
            yield from ((number, ""), (number, _TABLE), (number, ""))
        elif number >= end:
            yield number, row.rstrip()


def _line_of(table: Table, number: int) -> TextLine:
    text = " ".join(cell for row in table for cell in row if cell)
    head = text[:_HEAD_CHARACTERS].translate(_PLAIN_SIGNS)
    return TextLine(text, gap=True, words=count_words(text), head=head, number=number, table=table)


def _is_date(row: str) -> bool:
    """Is this a date and nothing else? "8. 4. 2026" begins like an item of a list."""
    if not row[:1].isdigit() or len(row) > _MAX_DATE_CHARACTERS:
        return False
    found = find_dates(row)
    return len(found) == 1 and found[0].start == 0 and 2 * len(found[0].text) > len(row)


def _is_glued_frame(content: str) -> bool:
    """Is it two or more buttons that were copied without the space between them: "SubscribeSign in"?"""
    parts = _GLUED.split(content) if len(content) <= _MAX_BUTTONS_CHARACTERS else []
    known = phrases()
    return len(parts) > 1 and all(known.furniture.fullmatch(p) or known.newsletter.fullmatch(p) for p in parts)

"""A pasted page on its way to an article: its lines, which of them are text, and where its title and text stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.importers.read.dates import FoundDate, find_dates
from site_builder.importers.read.phrases import phrases
from site_builder.importers.read.text.cards_in_text import DateStyle
from site_builder.importers.read.text.lines import TextLine
from site_builder.urls import SourcePath

_MAX_MENU_LINES: Final = 40
"""Lines between title and text beyond which the page put a menu there."""
_LINES_ABOVE: Final = 6
"""Lines above the text that are taken for its head where no title is known."""


@dataclass(frozen=True, slots=True)
class TextPage:
    """The lines of a page without repeats and cards, and what is known of them."""

    lines: Sequence[TextLine]
    is_article: Sequence[bool]
    """For every line: does it belong to the text?"""
    title: int | None
    """Line of the title."""
    first: int
    """First line of the article's text; the number of lines where there is none."""
    last: int
    """Its last line; the number of lines where there is none."""
    dates: DateStyle
    path: SourcePath

    def around(self, before: int, after: int) -> list[int]:
        """Lines from the title to the start of the text and `after` more, then the last `before` ahead of the title."""
        start = self.title if self.title is not None else self.first - _LINES_ABOVE
        start = max(0, start, self.first - _MAX_MENU_LINES)
        end = min(len(self.lines), max(self.first, start) + after)
        return [*range(start, end), *range(start - 1, max(-1, start - 1 - before), -1)]

    def near_text(self) -> range:
        """The lines of the text and of what may be its head."""
        return range(max(0, self.first - _MAX_MENU_LINES), min(len(self.lines), self.last + 1))

    def find_dates(self, text: str) -> list[FoundDate]:
        """Dates as this page writes them, without those on which something else begins or ends."""
        found = find_dates(text, self.dates.language, self.dates.day_first)
        return [date for date in found if not phrases().date_limit.search(text[: date.start])]

    def finding(self, code: str, text: str, hint: str, at: int | None = None) -> Diagnostic:
        """A finding about a line, or about the whole page."""
        line = 1 if at is None or at >= len(self.lines) else self.lines[at].number
        return diagnostic(code, Location(self.path, line), text, hint)

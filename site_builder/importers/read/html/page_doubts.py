"""What the editor must know about what a page states: no date, two titles, half of a text.

What was read comes in, findings go out. Nothing is guessed without one of them.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.importers.read.dek import VisibleDate
from site_builder.importers.read.gates import GATED_WORDS, find_gate, short_text
from site_builder.importers.read.html.metadata import PageMetadata
from site_builder.importers.read.html.title_of_html import other_title
from site_builder.urls import SourcePath

_SHOWN_SHARE: Final = 0.5
"""The same, if it has so little of the words that its data count."""


def chosen_date(facts: PageMetadata, shown: VisibleDate) -> dt.date | None:
    """The day of publication: that of the page's stamp, unless the stamp is in UTC and the page shows its own day."""
    day = facts.date
    if day and facts.is_in_utc and shown.date and abs(shown.date - day) == dt.timedelta(days=1):
        return shown.date
    return day or shown.date or facts.byline_date


def find_doubts(
    facts: PageMetadata,
    title: str | None,
    date: dt.date | None,
    shown: VisibleDate,
    path: SourcePath,
    window: str | None = None,
) -> Iterator[Diagnostic]:
    """The findings about what a page states; `window` is the window's title where another was guessed.

    May add title-missing, title-ambiguous, date-missing, date-updated, date-relative and date-ambiguous.
    """
    place = Location(path)
    if not title:
        yield diagnostic("title-missing", place, "no title was found on the page", "give the draft a title")
    elif other := other_title(title, [t for t in (facts.social_title, facts.headline, window) if t]):
        text = f'the page has another title, too: "{other}"'
        yield diagnostic("title-ambiguous", place, text, "take that one if it says more")
    if date is None:
        yield shown.doubt or _no_date(facts, place)


def _no_date(facts: PageMetadata, place: Location) -> Diagnostic:
    if facts.changed:
        text = f"the page says that it was updated on {facts.changed.isoformat()}, but not when it was published"
        return diagnostic("date-updated", place, text, "look up when the page was published")
    return diagnostic("date-missing", place, "no date of publication was found", "give it as YYYY-MM-DD")


def find_short(facts: PageMetadata, words: int, lines: Iterable[str], path: SourcePath) -> Diagnostic | None:
    """The finding text-short about a text of so many words; `lines` stand below its beginning."""
    if is_short(facts, words):
        return short_text(Location(path))
    gate = find_gate(lines) if 0 < words < GATED_WORDS else None
    return short_text(Location(path), gate) if gate else None


def is_short(facts: PageMetadata, words: int) -> bool:
    """Is the text only the beginning of what the page's data describe?"""
    counted = facts.word_count or 0
    return bool(words) and facts.is_gated and words < max(GATED_WORDS, _SHOWN_SHARE * counted)

"""What the editor must know about what a page states: no date, two titles, half of a text.

What was read comes in, findings go out. Nothing is guessed without one of them.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.importers.read.dek import VisibleDate
from site_builder.importers.read.gates import GATED_WORDS, find_gate, short_text
from site_builder.importers.read.html.facts.authors_of_page import host_names
from site_builder.importers.read.html.facts.date_of_page import date_of_address
from site_builder.importers.read.html.metadata import PageMetadata
from site_builder.importers.read.html.page_place import is_in_named_part, main_title
from site_builder.importers.read.html.page_tree import Element, text_of
from site_builder.importers.read.html.title_of_html import begins_with_any, is_telling, other_title, without_site
from site_builder.urls import SourcePath

_MAX_HEADINGS: Final = 60
"""Of a page that are looked at for the chosen title."""
_MOST_APART: Final = dt.timedelta(days=31)
"""Between the day that a page states and that in its address, which may be the day of a printed issue."""
_SHOWN_SHARE: Final = 0.5
"""The same, if it has so little of the words that its data count."""


def chosen_date(facts: PageMetadata, shown: VisibleDate, below: dt.date | None = None) -> dt.date | None:
    """The day of publication: that of the page's stamp, unless the stamp is in UTC and the page shows its own day.

    `below` is the one that a line below the text states.
    """
    day = facts.date
    if day and facts.is_in_utc and shown.date and abs(shown.date - day) == dt.timedelta(days=1):
        return shown.date
    return day or shown.date or facts.byline_date or below or facts.weaker_date


def unchosen_title(root: Element, facts: PageMetadata, title: str | None) -> str | None:
    """A title that the page shows, or its window's, and that was not chosen; names of sites and sections are none.

    The heading counts where it is in the article's own part and no heading says what the chosen title says; the
    window's title where the page's data have no title, and it does not begin with the site's name.
    """
    headings = [text_of(h) for h in islice(root.iter("h1", "h2", "h3"), _MAX_HEADINGS)]
    main = main_title(root)
    is_own = main is not None and is_in_named_part(main) and is_telling(text_of(main))
    if title and is_own and all(other_title(title, [h]) for h in headings if h):
        return text_of(main)
    window = facts.window_title
    if not window or facts.social_title or facts.headline:
        return None
    names = [*facts.site_names, *host_names(facts.url)]
    bare = without_site(window, names)
    return bare if is_telling(bare) and not begins_with_any(window, names) else None


def find_doubts(
    facts: PageMetadata,
    title: str | None,
    date: dt.date | None,
    shown: VisibleDate,
    path: SourcePath,
    window: str | None = None,
) -> Iterator[Diagnostic]:
    """The findings about what a page states; `window` is a title that was not chosen.

    May add title-missing, title-ambiguous, date-missing, date-updated, date-relative and date-ambiguous.
    """
    place = Location(path)
    if not title:
        yield diagnostic("title-missing", place, "no title was found on the page", "give the draft a title")
    elif other := other_title(title, [t for t in (facts.social_title, facts.headline, window) if t]):
        text = f'the page has another title, too: "{other}"'
        yield diagnostic("title-ambiguous", place, text, "take that one if it says more")
    address = date_of_address(facts.url)
    if date is None:
        yield shown.doubt or _no_date(facts, place)
    elif address and abs(address - date) > _MOST_APART:
        text = f"the page says {date.isoformat()}, but its address {address.isoformat()}"
        yield diagnostic("date-ambiguous", place, text, "look up which of them is the day of publication")


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

"""Who wrote a page's article: the names in its data and its head, and those in the byline that it shows.

A publisher's name stands there too, where it names no author, and is none.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from site_builder.importers.read.html.bylines import Byline
from site_builder.importers.read.html.facts.meta_elements import Metas, parsely_pages
from site_builder.importers.read.html.page_json_ld import Data, is_address, names_of_organisations, names_of_people
from site_builder.importers.read.html.page_tree import Element
from site_builder.importers.read.people import is_handle, is_likely, letters, split_names
from site_builder.importers.read.phrases import phrases

_MAX_AUTHORS: Final = 100
"""Papers of large experiments have more."""
_MAX_LABELS: Final = 5
"""Pairs of a label and its value that the head has for social networks."""
_MAX_SEEN: Final = 400_000
"""Characters of the page in which a name is looked for."""
_NOT_SHOWN: Final = frozenset({"script", "style", "title", "noscript", "template"})
_META_NAMES: Final = (
    "author",
    "article:author",
    "og:article:author",
    "og:author",
    "article_author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "qc:author",
    "byl",
    "byline",
    "writer",
)
_BETWEEN: Final = re.compile(r"\s+[-–—|·•:\u203a\u2039«»/~]+\s+|\s*[|_\u203a»\uff5c]+\s*|[:\uff1a]\s+")
"""What stands between the parts of the window's title."""


def find_authors(
    root: Element, metas: Metas, data: Data, byline: Byline, sites: Sequence[str], window: str | None
) -> tuple[str, ...]:
    """Names from the page's data, head and byline: those that the byline confirms, else the first that are names.

    `sites` are names of the site, `window` is the window's title, in which it names itself too.
    """
    stated = [people for names in _stated(metas, data) if (people := _people(names, sites, window))]
    real = [p for p in stated if not all(is_handle(n) for n in p)]
    shown = [n for n in byline.names if not _is_site(n, sites)]
    if shown and stated:
        # Names that the page shows nowhere are those of its owner, or of whoever put it on line.
        seen = _seen(root)
        keys = {letters(n) for n in shown}
        for people in stated:
            if not keys.isdisjoint(letters(n) for n in people):
                return tuple(n for n in people if letters(n) in seen)
        stated = [p for p in stated if all(letters(n) in seen for n in p)]
        real = [p for p in real if p in stated]
    if shown and (byline.is_marked or not stated):
        return tuple(shown[:_MAX_AUTHORS])
    organisations = _people(names_of_organisations(data.get("author")), sites, window)
    return next(iter((*real, *stated)), organisations)


def _seen(root: Element) -> str:
    """The letters of what a page shows."""
    parts = [p for e in root.iter() for p in ("" if e.tag in _NOT_SHOWN else e.text, e.tail) if p]
    return letters(" ".join(parts)[:_MAX_SEEN])


def _stated(metas: Metas, data: Data) -> Iterator[list[str]]:
    """What the page gives as its authors, the most careful places first."""
    yield [_turned(v) for v in metas.get("citation_author", ())]
    yield names_of_people(data.get("author"))
    yield names_of_people(data.get("creator"))
    for name in _META_NAMES:
        yield [_turned(v) if name.startswith("dc") else v for v in metas.get(name, ())]
    for page in parsely_pages(metas):
        yield names_of_people([page.get(k) for k in ("author", "authors")])
    for number in range(1, _MAX_LABELS):
        label = " ".join(metas.get(f"twitter:label{number}", ()))
        if phrases().byline_start.fullmatch(f"{label} "):
            yield metas.get(f"twitter:data{number}", [])


def _turned(name: str) -> str:
    """`Bo, Ann` as `Ann Bo`."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first and " and " not in first else name


def _people(names: Sequence[str], sites: Sequence[str], window: str | None) -> tuple[str, ...]:
    """The names among these, without the site itself, which many publishers name where they name no author."""
    found: dict[str, None] = {}
    for people in (split_names(n) for n in names if not is_address(n)):
        others = [n for n in people if not _is_site(n, sites) and not _is_in_window(n, window)]
        # An imprint begins with the publisher: "Harbour Post, Harbourtown, Germany".
        if others and others[0] == people[0]:
            found.update(dict.fromkeys(others))
    return tuple(found)[:_MAX_AUTHORS]


def _is_site(name: str, sites: Sequence[str]) -> bool:
    mine = letters(name)
    return any(mine == letters(site) for site in sites)


def _is_in_window(name: str, window: str | None) -> bool:
    """Does a part of the window's title behind the first one begin with a name that looks like no full name?

    The site's name ends the title of most pages: "A bridge opens - HARBOUR POST 23/2026". In scripts without spaces
    the part must go on, since the owner of a site may have given it his name.
    """
    mine = letters(name)
    others = [letters(part) for part in _BETWEEN.split(window or "")[1:]]
    if not name[:1].isascii() and _spaceless().match(name):
        return any(part.startswith(mine) and part != mine for part in others)
    return (name.isupper() or not is_likely(name)) and any(part.startswith(mine) for part in others)


def host_names(url: str | None) -> list[str]:
    """The site's address, as some name it: `news.example`, and `news` of it."""
    host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    return [host, host.partition(".")[0]] if host else []


@cache
def _spaceless() -> re.Pattern[str]:
    """A sign of a script without spaces; few names have one, and the pattern takes a while to compile."""
    return re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")

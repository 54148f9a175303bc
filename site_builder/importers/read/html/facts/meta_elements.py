"""The `<meta>` elements of a page: names and what they state."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Final, TypeAlias

from site_builder.importers.read.html.page_json_ld import Data, plain
from site_builder.importers.read.html.page_tree import Element
from site_builder.importers.read.loose_json import parse_loosely

MAX_TEXT: Final = 4_000
"""Characters of one value."""

Metas: TypeAlias = Mapping[str, list[str]]
"""Lower-case name -> contents, in order."""


def meta_elements(root: Element) -> Metas:
    """What a page's `<meta>` elements state."""
    metas: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = element.get("content") or element.get("datetime")
        if not content:
            continue
        for attribute in ("property", "name", "itemprop"):
            if name := element.get(attribute):
                value = plain(content[:MAX_TEXT])
                if value:
                    metas.setdefault(name.strip().lower(), []).append(value)
    return metas


def first_of(metas: Metas, names: Sequence[str]) -> str | None:
    """The first value of the first of these names that has one."""
    return next((v for n in names for v in metas.get(n, ())), None)


def parsely_pages(metas: Metas) -> Iterator[Data]:
    """What a page tells the statistics service Parse.ly."""
    for text in metas.get("parsely-page", ()):
        with suppress(ValueError):
            page = parse_loosely(text)[0]
            if isinstance(page, dict):
                yield page

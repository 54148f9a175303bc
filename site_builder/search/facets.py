"""Values by which results can be filtered, with the articles that have them, in files of a bounded size."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec

from site_builder.search.search_record import SearchRecord

FACETS: Final = ("topic", "entity", "source", "year")
PART_NUMBERS: Final = 8_000
"""Numbers in a file: some 40 kB. A value with more of them is continued in the next file."""

_Values = dict[str, tuple[str, list[int]]]
"""Key -> name and numbers of articles, newest first."""


def make_facets(records: Sequence[SearchRecord], numbers: Sequence[int]) -> dict[str, list[bytes]]:
    """Facet -> files, each a list of `[key, name, numbers]`.

    Numbers of a year go from the newest article to the oldest, and so do years; others are sorted, as steps.
    """
    found: dict[str, _Values] = {name: {} for name in FACETS}
    articles = [(r, n) for r, n in zip(records, numbers, strict=True) if r.kind == "article"]
    for record, number in sorted(articles, key=lambda a: (a[0].date, a[1]), reverse=True):
        values = [("topic", slug, name) for slug, name in record.topics]
        values += [("entity", slug, name) for slug, name in record.entities]
        values += [("year", record.date[:4], record.date[:4])]
        values += [("source", record.source, record.source)] if record.source else []
        for facet, key, name in values:
            found[facet].setdefault(key, (name, []))[1].append(number)
    return {facet: [msgspec.json.encode(part) for part in _parts(facet, own)] for facet, own in found.items()}


def _parts(facet: str, values: _Values) -> Iterator[list[list[Any]]]:
    part: list[list[Any]] = []
    room = PART_NUMBERS
    for key, (name, numbers) in values.items() if facet == "year" else sorted(values.items()):
        ordered = numbers if facet == "year" else sorted(numbers)
        at = 0
        while at < len(ordered):
            own = ordered[at : at + room]
            part.append([key, name, own if facet == "year" else _steps(own)])
            at, room = at + len(own), room - len(own)
            if room == 0:
                yield part
                part, room = [], PART_NUMBERS
    if part:
        yield part


def _steps(numbers: Iterable[int]) -> list[int]:
    ordered = list(numbers)
    return [number - before for before, number in zip([0, *ordered], ordered, strict=False)]

"""A page may hold its article twice, and its menus three times: of each line, one copy stays."""

from collections.abc import Collection, Sequence
from typing import Final

from site_builder.importers.read.dates import find_dates
from site_builder.importers.read.text.lines import MAX_BRIEF_WORDS, MAX_COUNTED_WORDS, PARAGRAPH_WORDS, TextLine

_MIN_WORDS: Final = 4
"""Of a line that is compared; shorter ones ("Read more") repeat by nature, and go with their neighbours."""
_MAX_TITLE_WORDS: Final = 30
_SENTENCE_ENDS: Final = ".…。।\u06d4"
_NEIGHBOURS: Final = 6
"""Lines on either side whose prose shows how deep in the text a copy is."""
_LINES_BELOW: Final = 20
"""Lines below a copy that is no paragraph, in which the text that it is the title of begins."""
_TWICE_SHARE: Final = 0.6
"""Share of the page's prose that has two copies, from which on the whole article is there twice."""
_DENSER_FACTOR: Final = 1.5
"""A later copy is kept only if so much more prose surrounds or follows it than the first."""


def without_repeats(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """The lines, each once.

    Where most of the text is there twice, first copies stay. Otherwise the copy among more prose stays, or above more
    of it (the other is a teaser or a pull quote), the first of equal ones.
    """
    prose = [min(line.words, MAX_COUNTED_WORDS) if line.words >= PARAGRAPH_WORDS else 0 for line in lines]
    places: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        # A date on a line of its own may well be on several cards.
        if line.words >= _MIN_WORDS and not (line.words <= MAX_BRIEF_WORDS and find_dates(line.text)):
            places.setdefault(line.text, []).append(i)
    repeated = [copies for copies in places.values() if len(copies) > 1]
    is_twice = sum(prose[i] for copies in repeated for i in copies) > _TWICE_SHARE * sum(prose)
    dropped = [False] * len(lines)
    for copies in repeated:
        density = {i: _prose_near(prose, i) for i in copies}
        densest = max(density.values())
        kept = next(i for i in copies if is_twice or density[i] * _DENSER_FACTOR >= densest)
        for i in copies:
            dropped[i] = i != kept
    _drop_short_repeats(lines, dropped)
    return tuple(line for line, gone in zip(lines, dropped, strict=True) if not gone)


def with_copies(
    lines: Sequence[TextLine], everything: Sequence[TextLine], cut: Collection[int] = ()
) -> tuple[TextLine, ...]:
    """The lines and the copies of short ones that were left out, `cut` being line numbers of which none comes back.

    A title stands on most pages several times: among the breadcrumbs, on top of a gallery, in a list of the latest.
    Only beside each other do the copies show which of them is the head of the text.
    """
    kept = {line.number for line in lines}
    return tuple(
        sorted(
            (*lines, *(x for x in everything if x.number not in kept and x.number not in cut and _may_be_title(x))),
            key=lambda line: line.number,
        )
    )


def _may_be_title(line: TextLine) -> bool:
    return line.words < PARAGRAPH_WORDS or (line.words <= _MAX_TITLE_WORDS and line.text[-1] not in _SENTENCE_ENDS)


def _prose_near(prose: Sequence[int], i: int) -> int:
    """How much prose surrounds a paragraph, or follows a shorter line: text follows its title, with buttons between."""
    if prose[i]:
        return sum(prose[max(0, i - _NEIGHBOURS) : i + _NEIGHBOURS + 1])
    return sum(prose[i + 1 : i + 1 + _LINES_BELOW])


def _drop_short_repeats(lines: Sequence[TextLine], dropped: list[bool]) -> None:
    """Drop short lines that were there before and whose neighbours are dropped."""
    seen: set[str] = set()
    for i, line in enumerate(lines):
        if line.words < _MIN_WORDS:
            around = [dropped[j] for j in (i - 1, i + 1) if 0 <= j < len(lines)]
            dropped[i] = line.text in seen and bool(around) and all(around)
            seen.add(line.text)

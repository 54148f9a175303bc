"""Where a text may hold each of many references, found in one pass over it, however many they are."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from itertools import chain
from typing import Final, NamedTuple


class Span(NamedTuple):
    """Characters of a text from `start` up to `end`."""

    start: int
    end: int


Group = tuple[bool, str]
"""What references share that are found by the same search: whether they are in `[[ ]]`, and what is written."""

_Opening = tuple[tuple[str, ...], re.Pattern[str]]
"""What a reference follows, and what may stand between: blanks, a quotation mark."""
_BEFORE_ADDRESS: Final[_Opening] = (("](", "]:", "="), re.compile(r"(\s*)([<\"']?)"))
_FULL_ADDRESS: Final = re.compile(r"(?<![a-z0-9+.-])https?:|(?<![:/\\])(?://|\\\\)", re.IGNORECASE)
"""How an address with its host begins, which may stand by itself in the text."""
_AFTER_FULL: Final = re.compile(r"[.,;:!?]*(?:[\s<)\]\"']|\Z)|[>*_|`]")
_AFTER_ADDRESS: Final = re.compile(r"[)>\s\"']|\Z")
_BEFORE_NAME: Final[_Opening] = (("[[",), re.compile(r"(\s*)()"))
_AFTER_NAME: Final = re.compile(r"\s*(?:\\?\||#|\]\])")
_BEGINNING: Final = 8
"""Characters by which the references that may begin at a place are told apart."""
_LOOSE: Final = re.compile(
    r"\\([^\n])|&#0*([0-9]{1,7});|&#[xX]0*([0-9a-fA-F]{1,6});|&(?:amp|lt|gt|quot|apos);|\s[\s>]*"
)
"""A character that is escaped for Markdown or written as an entity of HTML, or white space, which may be a line end of
a quotation."""


def is_full(group: Group) -> bool:
    """Whether references of a group are written with the host of the site."""
    return not group[0] and group[1].lstrip()[:5].casefold().startswith(("http:", "https", "//", "\\\\"))


def as_written(text: str, groups: Iterable[Group]) -> dict[Group, list[Span]]:
    """Every place that looks like one of the references of each group, without escapes or entities."""
    return _find(text, text, (0,), (0,), {group: group for group in groups})


def written_loosely(text: str, groups: Iterable[Group]) -> dict[Group, list[Span]]:
    """The same with escapes and entities."""
    pieces: list[str] = []
    plain_starts, starts = [0], [0]
    end = length = 0
    for match in _LOOSE.finditer(text):
        before, sign = text[end : match.start()], _plain(match)
        pieces += [before, sign]
        length += len(before)
        end = match.end()
        if length > plain_starts[-1]:
            plain_starts.append(length)
            starts.append(match.start())
        length += len(sign)
        plain_starts.append(length)
        starts.append(end)
    pieces.append(text[end:])
    plain = {(is_wiki, _LOOSE_WRITTEN.sub(_plain, written)): (is_wiki, written) for is_wiki, written in groups}
    return _find(text, "".join(pieces), plain_starts, starts, plain)


_LOOSE_WRITTEN: Final = re.compile(r"\\([^\n])|\s[\s>]*")


def _plain(match: re.Match[str]) -> str:
    """The character that is meant."""
    if match[0][0] == "\\":
        return match[1]
    return unescape(match[0]) or "\0" if match[0][0] == "&" else " "


def _find(
    text: str, plain: str, plain_starts: Sequence[int], starts: Sequence[int], groups: Mapping[Group, Group]
) -> dict[Group, list[Span]]:
    """`plain`: what the text means; from each of `plain_starts` on, it goes as the text does from that of `starts`."""
    found: dict[Group, list[Span]] = {group: [] for group in groups.values()}
    for belongs, before, after in (
        (lambda group: not group[0] and not is_full(group), _BEFORE_ADDRESS, _AFTER_ADDRESS),
        (is_full, None, _AFTER_FULL),
        (lambda group: group[0], _BEFORE_NAME, _AFTER_NAME),
    ):
        names = {loose[1]: group for loose, group in groups.items() if belongs(loose) and loose[1]}
        if not names:
            continue
        lengths = _lengths(names)
        for start, at in _openings(text, plain, plain_starts, starts, before):
            for length in _that_may_be(plain, at, lengths):
                row = bisect_right(plain_starts, at + length) - 1
                end = starts[row] + at + length - plain_starts[row]
                if after.match(text, end) and (group := names.get(plain[at : at + length])):
                    found[group].append(Span(start, end))
    return found


def _openings(
    text: str, plain: str, plain_starts: Sequence[int], starts: Sequence[int], before: _Opening | None
) -> Iterator[tuple[int, int]]:
    """Where a reference may begin, in the text and in what it means; without `before`, wherever an address does."""
    if before is None:
        for match in _FULL_ADDRESS.finditer(plain):
            row = bisect_right(plain_starts, match.start()) - 1
            yield starts[row] + match.start() - plain_starts[row], match.start()
        return
    for start in _starts(text, before):
        row = bisect_right(starts, start) - 1
        yield start, plain_starts[row] + start - starts[row]


def _starts(text: str, opening: _Opening) -> Iterator[int]:
    """Where a reference may begin: behind blanks, or behind the quotation mark that follows them."""
    signs, between = opening
    for end in sorted(chain.from_iterable(_ends(text, sign) for sign in signs)):
        if match := between.match(text, end):
            yield match.end(1)
            if match[2]:
                yield match.end(2)


def _ends(text: str, sign: str) -> Iterator[int]:
    """Of each place where a sign stands; `[[[` holds `[[` twice."""
    at = text.find(sign)
    while at >= 0:
        yield at + len(sign)
        at = text.find(sign, at + 1)


def _lengths(names: Iterable[str]) -> Mapping[str, Sequence[int]]:
    """The beginning of names -> how long those are that begin like this."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for name in names:
        lengths[name[:_BEGINNING]].add(len(name))
    return {beginning: sorted(of_these) for beginning, of_these in lengths.items()}


def _that_may_be(text: str, start: int, lengths: Mapping[str, Sequence[int]]) -> Iterator[int]:
    for size in range(1, _BEGINNING + 1):
        beginning = text[start : start + size]
        if len(beginning) == size:
            for length in lengths.get(beginning, ()):
                if size in {_BEGINNING, length}:
                    yield length

"""What trafilatura takes for the text of a page, mapped back onto the page's own blocks.

trafilatura gives text without places. A long block is found if nearly all its runs of words occur in that text; a short
one ("North", "9 cm") if it stands in the text between the long ones that stand around it on the page.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, Final, TypeAlias

from site_builder.importers.read.html.html_blocks import HEADINGS, HtmlBlock, words
from site_builder.importers.read.html.page_tree import Element, load_module, text_of

Run: TypeAlias = tuple[str, ...]
Places: TypeAlias = Mapping[Run, Sequence[int]]

MAX_HEADING_CHARACTERS: Final = 200
SHINGLE_WORDS: Final = 3
KNOWN_SHARE: Final = 0.75
"""Share of a block's word runs that must occur in the text for the block to count as found."""
SHORT_WORDS: Final = SHINGLE_WORDS + 1
"""Of a block of at most so many words every run must occur."""
MAX_TRIES: Final = 20
"""Places that are looked at for one short block."""


def extracted_text(root: Element, *, thorough: bool = False) -> str:
    """What trafilatura takes for the text of a page, "" where it finds none.

    A `thorough` reading compares its own with those of two other extractors, and takes up to three times as long.
    """
    trafilatura = load_module("trafilatura")
    page = deepcopy(root)
    _unname_sections(page)
    for cell in page.iter("td", "th"):
        # For 200 cells that span 2,000 rows each, trafilatura takes minutes.
        cell.attrib.pop("rowspan", None)
        cell.attrib.pop("colspan", None)
    try:
        document: Any = trafilatura.bare_extraction(page, include_comments=True, fast=not thorough)
    except Exception:  # noqa: BLE001 (broken markup meets other people's code: without a finding there is no body)
        return ""
    return "" if document is None else (document.text or "")


def _unname_sections(root: Element) -> None:
    """Take ids that are made of the element's own heading: `related-work` names a section, no list of links."""
    for element in root.iter("section", "div"):
        name = element.get("id")
        if name and (heading := next(element.iter(*HEADINGS), None)) is not None:
            own = words(text_of(heading)[:MAX_HEADING_CHARACTERS])
            if own and words(name.replace("-", " ").replace("_", " ")) == own:
                del element.attrib["id"]


def found_blocks(blocks: Sequence[HtmlBlock], text: str) -> frozenset[int]:
    """The numbers of the blocks that occur in a text, where they have the same neighbours in both."""
    tokens = words(text)
    places: dict[Run, list[int]] = {}
    for i in range(len(tokens) - SHINGLE_WORDS + 1):
        places.setdefault(tuple(tokens[i : i + SHINGLE_WORDS]), []).append(i)
    long = {i for i, block in enumerate(blocks) if _is_known(block.words, places)}
    short = [i for i, block in enumerate(blocks) if 0 < len(block.words) <= SHINGLE_WORDS]
    return frozenset({*long, *_short_ones(blocks, short, list(_anchors(blocks, sorted(long), places)), tokens)})


def _is_known(mine: Run, places: Places) -> bool:
    count = len(mine) - SHINGLE_WORDS + 1
    if count < 2:
        return False
    known = sum(mine[i : i + SHINGLE_WORDS] in places for i in range(count))
    return known >= (count if len(mine) <= SHORT_WORDS else KNOWN_SHARE * count)


def _anchors(blocks: Sequence[HtmlBlock], long: Sequence[int], places: Places) -> Iterator[tuple[int, int, int]]:
    """Block, start and end in the text, of as many found blocks as stand in one order in both.

    Of a block that stands in the text more than once, its first place after the block before it counts.
    """
    starts: list[tuple[int, int]] = []
    cursor = 0
    for i in long:
        mine = blocks[i].words
        k = next(k for k in range(len(mine)) if mine[k : k + SHINGLE_WORDS] in places)
        at = places[mine[k : k + SHINGLE_WORDS]]
        place = at[min(bisect_left(at, cursor), len(at) - 1)] - k
        starts.append((i, max(0, place)))
        cursor = place + 1
    for i, start in _rising(starts):
        yield i, start, start + len(blocks[i].words)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs whose second numbers rise."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for n, (_, value) in enumerate(pairs):
        at = bisect_left(ends, value)
        before.append(last[at - 1] if at else -1)
        if at == len(ends):
            ends.append(value)
            last.append(n)
        else:
            ends[at], last[at] = value, n
    chain = []
    n = last[-1] if last else -1
    while n >= 0:
        chain.append(pairs[n])
        n = before[n]
    return chain[::-1]


def _short_ones(
    blocks: Sequence[HtmlBlock], short: Sequence[int], anchors: Sequence[tuple[int, int, int]], tokens: Sequence[str]
) -> set[int]:
    """Those that stand in the text between the same long blocks as on the page, in their order."""
    where: dict[str, list[int]] = {}
    for i, token in enumerate(tokens):
        where.setdefault(token, []).append(i)
    numbers = [i for i, _, _ in anchors]
    found: set[int] = set()
    gap, cursor = -1, 0
    for i in short:
        n = bisect_left(numbers, i)
        if n != gap:
            gap, cursor = n, anchors[n - 1][2] if n else 0
        end = anchors[n][1] if n < len(anchors) else len(tokens)
        mine = blocks[i].words
        at = where.get(mine[0], [])
        first = bisect_left(at, cursor)
        for start in at[first : first + MAX_TRIES]:
            if start + len(mine) > end:
                break
            if tuple(tokens[start : start + len(mine)]) == mine:
                found.add(i)
                cursor = start + len(mine)
                break
    return found

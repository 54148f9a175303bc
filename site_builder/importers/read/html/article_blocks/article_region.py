"""The part of a page that holds its article: the smallest element with nearly all found text, and what belongs to it.

Pages cut articles in pieces: the first sentences may stand above that element, and others below it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from site_builder.importers.read.html.article_blocks.boxes import SENTENCE_ENDS, Boxes
from site_builder.importers.read.html.html_blocks import HtmlBlock, words
from site_builder.importers.read.html.page_tree import Element

LONG_WORDS: Final = 8
"""A block of as many words is text, not a label: it shows where the article is, and is taken only once."""
LINKED_SHARE: Final = 0.5
"""A paragraph, and a list whose every item has at least this share of its words in links, leads elsewhere."""
MAX_HEAD_BLOCKS: Final = 60
"""Blocks between the main heading and the body: buttons to share and pictures come between."""
CONTAINER_SHARE: Final = 0.85
"""Share of the found text that the article's element must hold; the rest is teasers found elsewhere on the page."""
CONTINUED_WORDS: Final = 15
"""A paragraph outside the article's element needs more words than this to count as its continuation."""
USUAL_SHARE: Final = 0.6
"""Share of the found words in paragraphs of one class, for the class to be that of the text."""
_BESIDE_LEVELS: Final = 2
"""Innermost elements of a heading or an item of which one stands beside a paragraph."""
_OPENING_LEVELS: Final = 2
"""Elements around the article's in which its first sentences may stand."""
_FRAMES: Final = 4
"""Elements around a table that may hold nothing but it,"""
_FRAME_ELEMENTS: Final = 2
"""and its caption."""
_ONE_BLOCK: Final = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol dl li dt dd pre figcaption table thead tbody tr th blockquote".split()
)
"""Elements that are a part of a text, even where no other part is long."""
_TEXT_ELEMENTS: Final = frozenset({"p", "div", "section", "article", "main", "body", "td", "center", "font"})


@dataclass(frozen=True, slots=True)
class ArticleRegion:
    """The part of the page that contains the article; blocks by their number."""

    container: Element
    members: tuple[int, ...]
    first: int
    """The first long block that was found."""
    last: int
    """The last one."""
    found: frozenset[int]
    weights: Mapping[Element, int]
    """Found words below each element."""
    total_words: int
    parents: frozenset[Element]
    """The elements that hold found paragraphs."""
    boxes: Boxes
    around: frozenset[Element]
    """The article's element and those around it."""
    opening: frozenset[int]
    """First sentences that stand above the article's element."""


def find_region(blocks: Sequence[HtmlBlock], found: frozenset[int], title: str | None) -> ArticleRegion | None:
    """The part of a page around what was found; None where nothing long was."""
    container = _container(blocks, found)
    if container is None:
        return None
    members = [i for i, b in enumerate(blocks) if container in b.path]
    long = [i for i in members if i in found and blocks[i].size >= LONG_WORDS]
    if continued := _continued(blocks, container, long, found):
        members = [*(i for i in members if i <= long[-1]), *continued]
        found |= set(continued)
        long += continued
    opening = _opening(blocks, container, long, found, tuple(words(title or "")))
    members = [*opening, *members]
    inside = [blocks[i] for i in members if i in found]
    weights = Counter[Element]()
    for block in inside:
        for element in block.path:
            weights[element] += block.size
    parents = frozenset(
        b.element.getparent() if b.element.tag == "p" else b.element for b in inside if b.element.tag in _TEXT_ELEMENTS
    )
    total = sum(b.size for b in inside)
    return ArticleRegion(
        container,
        tuple(members),
        long[0],
        long[-1],
        found,
        weights,
        total,
        parents,
        Boxes(inside, weights),
        frozenset({container, *container.iterancestors()}),
        frozenset(opening),
    )


def _container(blocks: Sequence[HtmlBlock], found: Iterable[int]) -> Element | None:
    """The smallest element that holds nearly all found text; of text that occurs twice, the first copy counts."""
    seen: set[tuple[str, ...]] = set()
    weights = Counter[Element]()
    depths: dict[Element, int] = {}
    for block in (blocks[i] for i in sorted(found)):
        if block.size < LONG_WORDS or block.words in seen:
            continue
        seen.add(block.words)
        for depth, element in enumerate(block.path):
            weights[element] += block.size
            depths[element] = depth
    enough = CONTAINER_SHARE * max(weights.values(), default=0)
    holders = [e for e, weight in weights.items() if weight >= enough and e.tag not in _ONE_BLOCK]
    return max(holders, key=lambda e: depths[e], default=None)


def _continued(
    blocks: Sequence[HtmlBlock], container: Element, long: Sequence[int], known: Collection[int]
) -> list[int]:
    """Paragraphs after the article's element that continue it: pages cut articles in pieces to put ads between.

    They are in an element of the same class, or have the class of most paragraphs found, or were found beside the
    element; in the same `<article>`, and before any further main heading.
    """
    beside = container.getparent()
    usual = _usual(blocks, container, long)
    article = next(iter([container] if container.tag == "article" else container.iterancestors("article")), None)
    seen = {blocks[i].words for i in long}
    found = []
    for i in range(long[-1] + 1, len(blocks)):
        block = blocks[i]
        if block.heading == 1:
            break
        if block.element.tag != "p" or block.size <= CONTINUED_WORDS or block.words in seen:
            continue
        if is_linked(block, LINKED_SHARE):
            continue
        if (
            container in block.path
            or next((e for e in reversed(block.path) if e.tag == "article"), None) is not article
        ):
            continue
        if i in known:
            is_like = beside in block.path or any(_signature(e) in usual for e in block.path)
        else:
            # The class of the text may also be that of an element with teasers in it.
            is_like = any(_signature(e) in usual for e in block.path[-2:])
        if is_like:
            found.append(i)
    return sorted({*found, *_between(blocks, found, long[-1])})


def _between(blocks: Sequence[HtmlBlock], continued: Sequence[int], last: int) -> list[int]:
    """Headings and items beside the paragraphs that continue a text, above the last of them."""
    parents = {blocks[i].element.getparent() for i in continued}
    return [
        i
        for i in range(last + 1, max(continued, default=last))
        if (blocks[i].heading or blocks[i].inside("ul", "ol"))
        and any(e.getparent() in parents for e in blocks[i].path[-_BESIDE_LEVELS:])
        and not is_linked(blocks[i], LINKED_SHARE)
    ]


def _opening(
    blocks: Sequence[HtmlBlock], container: Element, long: Sequence[int], found: Collection[int], title: Sequence[str]
) -> list[int]:
    """Found sentences between the title and the article's element: many pages set the first ones apart.

    They are like those in the element, or beside it.
    """
    usual = _usual(blocks, container, long)
    near = set(list(container.iterancestors())[:_OPENING_LEVELS])
    opening: list[int] = []
    before = range(long[0] - 1, max(-1, long[0] - MAX_HEAD_BLOCKS), -1)
    # Where the title is further up, a main heading below it is a chapter's.
    is_lower = any(blocks[i].heading == 1 and blocks[i].words == title for i in before)
    for i in before:
        block = blocks[i]
        if block.words == title or (block.heading == 1 and not is_lower):
            return opening[::-1]
        is_text = i in found and block.size >= LONG_WORDS and block.text.endswith(SENTENCE_ENDS)
        if not is_text or container in block.path or is_linked(block, LINKED_SHARE):
            continue
        if any(_signature(e) in usual for e in block.path) or not near.isdisjoint(block.path):
            opening.append(i)
    return []


def _usual(blocks: Sequence[HtmlBlock], container: Element, long: Sequence[int]) -> set[tuple[str, str] | None]:
    """The tag and class of the article's element, and of most of its paragraphs."""
    classes = Counter[tuple[str, str]]()
    for block in (blocks[i] for i in long):
        if block.element.tag == "p" and (mine := _signature(block.element)):
            classes[mine] += block.size
    total = sum(blocks[i].size for i in long)
    names = {s for s, count in classes.items() if count > USUAL_SHARE * total}
    return names | ({_signature(container)} if container.tag in {"div", "section"} else set()) - {None}


def _signature(element: Element) -> tuple[str, str] | None:
    name = element.get("class")
    return (element.tag, name) if name else None


def is_beside_text(element: Element, region: ArticleRegion) -> bool:
    """Does it stand beside found paragraphs, with at most a frame of its own around it?"""
    for _ in range(_FRAMES):
        around = element.getparent()
        if around is None or around in region.parents:
            return around is not None
        if around in region.around or sum(1 for e in around if isinstance(e.tag, str)) > _FRAME_ELEMENTS:
            return False
        element = around
    return False


def is_linked(block: HtmlBlock, share: float) -> bool:
    """Is at least this share of its words in links?"""
    return block.linked_words >= share * len(block.words)

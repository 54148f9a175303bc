"""Find blocks of cards beside an article: similar articles, and tools that a page advertises.

A block is recognised by its heading ("Related articles", "Mehr zum Thema") or by the name of its element. What is most
read, newest or paid for is not similar, so such blocks are skipped, as is everything that only might be a card.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Final, TypeAlias

from site_builder.importers.imported_article import SimilarCard, ToolCard
from site_builder.importers.read.boilerplate import is_label, is_legal
from site_builder.importers.read.card_headings import is_other_heading, is_similar_heading, is_similar_name
from site_builder.importers.read.html.cards.card_items import MIN_TITLE_WORDS, Holder, cards_of
from site_builder.importers.read.html.html_blocks import HEADINGS, HtmlBlock, blocks_of, words
from site_builder.importers.read.html.page_tree import Element, names_of, text_of
from site_builder.importers.read.phrases import phrases
from site_builder.links.canonical_urls import canonical_url

TextTest: TypeAlias = Callable[[str], bool]
ElementTest: TypeAlias = Callable[[Element], bool]

MAX_CARDS: Final = 30
"""Of one page; longer lists are archives."""
MAX_HOLDERS: Final = 60
"""Headings, and names, that are looked at."""
MAX_HEADING: Final = 80
"""Characters of the heading of a block of cards."""
MAX_HEADING_WORDS: Final = 7
MAX_BLOCK_WORDS: Final = 2_500
"""An element with more text holds the page rather than cards."""
MAX_LINK_WORDS: Final = 120
"""Words for each link, at most, in an element that holds cards because it is named so."""
MAX_CLIMB: Final = 5
"""Elements from a heading up to the one that holds its cards."""
MAX_WORDS_BEFORE: Final = 25
"""Words before the heading of cards in the element that holds them; with more, it holds the text too."""
SENTENCE_WORDS: Final = 12
_SENTENCE_ENDS: Final = (".", "!", "?", ")", "。")
SURE_CARDS: Final = 2
"""Cards with a date or a summary, under a heading, from which on they cannot be text."""
_MAX_BETWEEN: Final = 4
"""Elements without a link between two cards in a row of elements: a date, an author, a summary, a picture's credit."""
_ITEM_LEVELS: Final = 8
"""Levels below the holder on which repeated elements are looked for."""
_MIN_ITEMS_WORDS: Final = 10
"""Of repeated elements together, to be cards."""
_CHARACTERS_OF_A_WORD: Final = 20
"""At most; the start of a text with this many for each word is enough to see if it is longer than a heading."""
_SPACES_OF_A_WORD: Final = 4
"""White space of the source between two words, at most, where words are counted by spaces."""
_MAX_TAG_CHARACTERS: Final = 60
_MAX_TOOL_NAME_WORDS: Final = 8

_FRAME: Final = frozenset({"nav", "footer"})


@dataclass(frozen=True, slots=True)
class CardBoxes:
    """The elements that hold cards of either kind."""

    sure: tuple[Element, ...] = ()
    """Under a heading that says so, with cards that have a date or a summary."""
    others: tuple[Element, ...] = ()


def similar_cards(
    root: Element,
    blocks: Sequence[HtmlBlock],
    base: str | None,
    title: str | None = None,
    language: str | None = None,
    body: Collection[Element] = frozenset(),
    own_url: str | None = None,
) -> tuple[SimilarCard, ...]:
    """The cards of similar articles, in the page's order, without repeats and without the page itself.

    The tree must not have unseen elements. `blocks` are all of the page, `base` makes its links absolute, `own_url` is
    the page's own address, if another, `body` the elements of its text.
    """
    own = {canonical_url(base), canonical_url(own_url)} - {None}
    cards: dict[str, SimilarCard] = {}
    titles = {tuple(words(title or ""))}
    for holder in _holders(root, blocks, is_similar_heading, _is_similar_name, body):
        for found in cards_of(holder, base, language):
            name = tuple(words(found.card.title))
            if found.key not in own and found.key not in cards and name not in titles and len(cards) < MAX_CARDS:
                cards[found.key] = found.card
                titles.add(name)
    return tuple(cards.values())


def card_boxes(root: Element, blocks: Sequence[HtmlBlock]) -> CardBoxes:
    """The elements that hold cards, none of which is text of the article."""
    headed = _holders(root, blocks, is_similar_heading, None, ())
    sure = [
        h for h in headed if sum(bool(c.card.date or c.card.summary) for c in cards_of(h, None, None)) >= SURE_CARDS
    ]
    named = _holders(root, blocks, None, _is_similar_name, ())
    tools = _holders(root, blocks, _is_tools_heading, None, ())
    return CardBoxes(
        tuple(e for h in sure for e in h), tuple(e for h in (*headed, *named, *tools) for e in h if not _tells(e))
    )


def tool_cards(root: Element, blocks: Sequence[HtmlBlock]) -> tuple[ToolCard, ...]:
    """The tools under "Featured tools", in the page's order, without repeats."""
    tools: dict[str, ToolCard] = {}
    for holder in _holders(root, blocks, _is_tools_heading, None, ()):
        for item in (i for e in holder for i in _items(e)):
            tool = _tool(blocks_of(item))
            if tool is not None and len(tools) < MAX_CARDS:
                tools.setdefault(tool.name.casefold(), tool)
    return tuple(tools.values())


def _is_tools_heading(text: str) -> bool:
    return phrases().tools.fullmatch(text) is not None


def _is_similar_name(element: Element) -> bool:
    return is_similar_name(names_of(element))


def _holders(
    root: Element,
    blocks: Sequence[HtmlBlock],
    is_heading: TextTest | None,
    is_name: ElementTest | None,
    body: Collection[Element],
) -> list[Holder]:
    """The runs of elements that hold cards, outermost once, in the page's order."""
    found: dict[Element, Holder] = {}
    short = (i for i, b in enumerate(blocks) if b.size <= MAX_HEADING_WORDS and len(b.text) < MAX_HEADING)
    for at in islice((i for i in short if is_heading is not None and is_heading(blocks[i].text)), MAX_HOLDERS):
        holder = _around_heading(blocks, at, body)
        found.update(dict.fromkeys(holder[:1], holder))
    tags = ("div", "section", "aside", "ul", "ol") if is_name is not None else ()
    named = (e for e in (root.iter(*tags) if tags else ()) if is_name is not None and is_name(e))
    for element in islice(named, MAX_HOLDERS):
        if _is_box(element) and not _holds(element, body):
            found.setdefault(element, (element,))
    inner = {e for e in found if any(a in found for a in e.iterancestors())}
    order = {e: n for n, e in enumerate(root.iter()) if e in found} if len(found) > 1 else dict.fromkeys(found, 0)
    return [found[e] for e in sorted(set(found) - inner, key=lambda e: order[e])]


def _is_box(element: Element) -> bool:
    return not _is_excluded(element) and _is_small(element) and not _has_other_heading(element) and _leads(element)


def _leads(element: Element) -> bool:
    """Does it hold links, rather than paragraphs with a link here and there?"""
    links = sum(1 for a in element.iter("a") if a.get("href"))
    return links > 0 and len(words(text_of(element))) <= MAX_LINK_WORDS * links


def _tells(element: Element) -> bool:
    """Does it hold a sentence and no link? A section of the text may be called "More on the method"."""
    has_link = any(a.get("href") for a in element.iter("a"))
    return not has_link and any(
        b.size >= SENTENCE_WORDS and b.text.endswith(_SENTENCE_ENDS) for b in blocks_of(element)
    )


def _around_heading(blocks: Sequence[HtmlBlock], at: int, body: Collection[Element]) -> Holder:
    """What a heading introduces: the nearest element around it that holds more; within the text, what follows it."""
    block = blocks[at]
    child = block.element
    if _is_excluded(child):
        return ()
    # The heading may be loose text in the element that holds the cards.
    for count, element in enumerate((child, *child.iterancestors())):
        if element.tag in {"body", "html"}:
            return _following(child, block.heading, body)
        if count > MAX_CLIMB:
            return ()
        start = text_of(element)[: _CHARACTERS_OF_A_WORD * MAX_HEADING_WORDS]
        if len(words(start)) > block.size + MIN_TITLE_WORDS:
            if (
                element.tag in {"main", "article"}
                or _holds(element, body)
                or next(element.iter("h1"), None) is not None
                or _words_before(blocks, at, element) > MAX_WORDS_BEFORE
            ):
                return _following(child, block.heading, body)
            if element.tag == "p" and _is_small(element):  # with the first card: each has a paragraph
                return (element, *_following(element, block.heading, body))
            return (element,) if _is_small(element) else ()
        child = element
    return ()


def _words_before(blocks: Sequence[HtmlBlock], at: int, element: Element) -> int:
    """How much text an element has before one of its blocks, as far as it matters."""
    count = 0
    for i in range(at - 1, -1, -1):
        if element not in blocks[i].path or count > MAX_WORDS_BEFORE:
            break
        count += blocks[i].size
    return count


def _following(heading: Element, level: int, body: Collection[Element]) -> Holder:
    """The elements after a heading up to the next text or heading, which are a list or boxes of links."""
    run: list[Element] = []
    linked: list[int] = []
    for element in heading.itersiblings():
        if not isinstance(element.tag, str) or _holds(element, body) or len(run) >= _MAX_BETWEEN * MAX_CARDS:
            break
        is_linked = element.tag == "a" or next(element.iter("a"), None) is not None
        if _ends_cards(element, level, is_linked=is_linked) or len(run) - (linked[-1] if linked else 0) > _MAX_BETWEEN:
            break
        if is_linked:
            linked.append(len(run))
        run.append(element)
    if not linked:
        return tuple(run)
    # After the last card as much as after the others: what follows is text again.
    between = max((b - a for a, b in pairwise(linked)), default=1)
    return tuple(run[: linked[-1] + between])


def _ends_cards(element: Element, level: int, *, is_linked: bool) -> bool:
    """Is it no card, nor a part of one?"""
    if element.tag in HEADINGS and not (is_linked or 0 < level < int(element.tag[1])):
        return True
    if not _is_small(element) or not phrases().other_names.isdisjoint(names_of(element)):
        return True
    text = text_of(element)[:MAX_HEADING]
    return phrases().comments.fullmatch(text) is not None or is_legal(text, len(words(text)))


def _holds(element: Element, body: Collection[Element]) -> bool:
    return bool(body) and any(e in body for e in element.iter())


def _is_excluded(element: Element) -> bool:
    """Is it, or is it inside, a menu, an advertisement, or a list of what is read most?"""
    for around in (element, *element.iterancestors()):
        if around.tag in _FRAME:
            return True
        if around.tag in {"body", "html", "main", "article"}:
            return False
        if not phrases().other_names.isdisjoint(names_of(around)):
            return True
    return False


def _is_small(element: Element) -> bool:
    count = 0
    for text in element.itertext():
        count += text.count(" ") + 1
        if count > _SPACES_OF_A_WORD * MAX_BLOCK_WORDS:
            return False
    return len(words(text_of(element))) <= MAX_BLOCK_WORDS


def _has_other_heading(element: Element) -> bool:
    """Does its first heading call it something else?"""
    first = next((e for e in element.iter(*HEADINGS)), None)
    return first is not None and first.find(".//a") is None and is_other_heading(text_of(first)[:MAX_HEADING])


def _items(holder: Element) -> list[Element]:
    """The repeated children of a holder: the first level on which two or more elements of one name hold text."""
    level = [holder]
    for _ in range(_ITEM_LEVELS):
        children = [c for e in level for c in e if isinstance(c.tag, str) and text_of(c)]
        for child in children:
            same = [c for c in children if c.tag == child.tag and c.get("class") == child.get("class")]
            if (
                len(same) > 1
                and child.get("class")
                and sum(len(words(text_of(c))) for c in same) > _MIN_ITEMS_WORDS
                and all(len(blocks_of(c)) > 1 for c in same)
            ):
                return same
        level = children
    return [holder]


def _tool(blocks: Sequence[HtmlBlock]) -> ToolCard | None:
    """Name, pricing, summary, and tags after "#"; without pricing or tags it is no tool's card."""
    texts = [b.text for b in blocks if not is_label(b.text) and not phrases().action.fullmatch(b.text)]
    pricing = next((t for t in texts if phrases().pricing.fullmatch(t)), None)
    tags: list[str] = []
    rest: list[str] = []
    after_mark = False
    for text in texts:
        if text == "#":
            after_mark = True
        elif after_mark or (text.startswith("#") and len(text) < _MAX_TAG_CHARACTERS):
            tags.append(text.lstrip("# "))
            after_mark = False
        elif text != pricing and not phrases().tools.fullmatch(text):
            rest.append(text)
    if not rest or (pricing is None and not tags) or len(words(rest[0])) > _MAX_TOOL_NAME_WORDS:
        return None
    return ToolCard(rest[0], pricing, max(rest[1:], key=len, default=None), tuple(tags))

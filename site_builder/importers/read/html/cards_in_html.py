"""Find blocks of cards beside an article: similar articles, and tools that a page advertises.

A block is recognised by its heading ("Related articles", "Mehr zum Thema") or by the name of its element. What is most
read, newest or paid for is not similar, so such blocks are skipped, as is everything that only might be a card.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import islice
from typing import Final, TypeAlias

from site_builder.importers.imported_article import SimilarCard, ToolCard
from site_builder.importers.read.boilerplate import is_label
from site_builder.importers.read.card_headings import is_other_heading, is_similar_heading, is_similar_name
from site_builder.importers.read.dates import find_dates
from site_builder.importers.read.html.html_blocks import HEADINGS, HtmlBlock, blocks_of, words
from site_builder.importers.read.html.page_tree import Element, names_of, squeeze, text_of
from site_builder.importers.read.phrases import phrases
from site_builder.links.canonical_urls import canonical_url

TextTest: TypeAlias = Callable[[str], bool]
ElementTest: TypeAlias = Callable[[Element], bool]

Holder: TypeAlias = tuple[Element, ...]
"""Neighbours that hold cards."""

MAX_CARDS: Final = 30
"""Of one page; longer lists are archives."""
MAX_HOLDERS: Final = 60
"""Headings, and names, that are looked at."""
MAX_HEADING: Final = 80
"""Characters of the heading of a block of cards."""
MAX_HEADING_WORDS: Final = 7
MIN_TITLE_WORDS: Final = 3
"""A link of fewer words leads to a tag or a section."""
MAX_TITLE_WORDS: Final = 35
MIN_SUMMARY_WORDS: Final = 6
MAX_BLOCK_WORDS: Final = 2_500
"""An element with more text holds the page rather than cards."""
MAX_LINK_WORDS: Final = 120
"""Words for each link, at most, in an element that holds cards because it is named so."""
MAX_CLIMB: Final = 5
"""Elements from a heading up to the one that holds its cards."""
_ITEM_LEVELS: Final = 8
"""Levels below the holder on which repeated elements are looked for."""
_MIN_ITEMS_WORDS: Final = 10
"""Of repeated elements together, to be cards."""
_CHARACTERS_OF_A_WORD: Final = 20
"""At most; the start of a text with this many for each word is enough to see if it is longer than a heading."""
_SPACES_OF_A_WORD: Final = 4
"""White space of the source between two words, at most, where words are counted by spaces."""
_MAX_DATE_WORDS: Final = 8
"""Of a block with a card's date."""
_MAX_DATE_CHARACTERS: Final = 100
_DATE_START: Final = 3
"""A block with a date within its first three characters is a date, not a summary."""
_MAX_TAG_CHARACTERS: Final = 60
_MAX_TOOL_NAME_WORDS: Final = 8

_FRAME: Final = frozenset({"nav", "footer"})


def similar_cards(
    root: Element,
    blocks: Sequence[HtmlBlock],
    base: str | None,
    title: str | None = None,
    language: str | None = None,
    body: Collection[Element] = frozenset(),
) -> tuple[SimilarCard, ...]:
    """The cards of similar articles, in the page's order, without repeats and without the page itself.

    The tree must not have unseen elements. `blocks` are all of the page, `base` is its own address,
    `body` the elements of its text.
    """
    own_url = canonical_url(base)
    cards: dict[str, SimilarCard] = {}
    titles = {tuple(words(title or ""))}
    for holder in _holders(root, blocks, is_similar_heading, _is_similar_name, body):
        for card in _cards(holder, base, language):
            key, name = card.url or "", tuple(words(card.title))
            if key != own_url and key not in cards and name not in titles and len(cards) < MAX_CARDS:
                cards[key] = card
                titles.add(name)
    return tuple(cards.values())


def card_boxes(root: Element, blocks: Sequence[HtmlBlock]) -> list[Element]:
    """The elements that hold cards of either kind, none of which is text of the article."""
    similar = _holders(root, blocks, is_similar_heading, _is_similar_name, ())
    tools = _holders(root, blocks, _is_tools_heading, None, ())
    return [e for holder in (*similar, *tools) for e in holder]


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
    is_heading: TextTest,
    is_name: ElementTest | None,
    body: Collection[Element],
) -> list[Holder]:
    """The runs of elements that hold cards, outermost once, in the page's order."""
    found: dict[Element, Holder] = {}
    short = (b for b in blocks if len(b.words) <= MAX_HEADING_WORDS and len(b.text) < MAX_HEADING)
    for block in islice((b for b in short if is_heading(b.text)), MAX_HOLDERS):
        holder = _around_heading(block, body)
        found.update(dict.fromkeys(holder[:1], holder))
    named = (e for e in root.iter("div", "section", "aside", "ul", "ol") if is_name is not None and is_name(e))
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


def _around_heading(block: HtmlBlock, body: Collection[Element]) -> Holder:
    """What a heading introduces: the nearest element around it that holds more; within the text, what follows it."""
    child = block.element
    if _is_excluded(child):
        return ()
    for count, element in enumerate(child.iterancestors()):
        if count >= MAX_CLIMB or element.tag in {"body", "html"}:
            return ()
        start = text_of(element)[: _CHARACTERS_OF_A_WORD * MAX_HEADING_WORDS]
        if len(words(start)) > len(block.words) + MIN_TITLE_WORDS:
            if (
                element.tag in {"main", "article"}
                or _holds(element, body)
                or next(element.iter("h1"), None) is not None
            ):
                return _following(child, body)
            return (element,) if _is_small(element) else ()
        child = element
    return ()


def _following(heading: Element, body: Collection[Element]) -> Holder:
    """The elements after a heading up to the next text or heading, which are a list or boxes of links."""
    run: list[Element] = []
    for element in heading.itersiblings():
        if (
            not isinstance(element.tag, str)
            or element.tag in HEADINGS
            or _holds(element, body)
            or len(run) >= MAX_CARDS
        ):
            break
        if not _is_small(element) or not phrases().other_names.isdisjoint(names_of(element)):
            break
        run.append(element)
    return tuple(run)


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


def _cards(holder: Holder, base: str | None, language: str | None) -> Iterator[SimilarCard]:
    """One card for each address in the holder."""
    links: dict[str, list[Element]] = {}
    for link in (a for top in holder for a in top.iter("a")):
        address = canonical_url(link.get("href"), base)
        if address and not _is_beside(link, holder):
            links.setdefault(address, []).append(link)
    standing = {
        e for top in holder for b in blocks_of(top) if 2 * b.linked_words >= len(b.words) for e in b.element.iter("a")
    }
    for address, own in links.items():
        if not any(link in standing or _is_card_link(link) for link in own):
            continue
        card = _card(_item(own[0], holder, set(own)), own, address, language)
        if card is not None:
            yield card


def _is_card_link(link: Element) -> bool:
    """Does it wrap a picture, a heading or paragraphs, or is it in a heading? Links in sentences do not and are not."""
    inside = any(e.tag in HEADINGS for e in link.iterancestors())
    return (
        inside or not text_of(link) or any(e.tag in HEADINGS or e.tag in {"div", "p"} for e in link.iterdescendants())
    )


def _is_beside(link: Element, holder: Holder) -> bool:
    """Is it a link of a card to a tag, an author or an advertiser?"""
    if {"sponsored", "tag", "author"} & set((link.get("rel") or "").lower().split()):
        return True
    for around in (link, *link.iterancestors()):
        if around in holder:
            return False
        if around.tag in _FRAME or not (phrases().other_names - {"video", "videos"}).isdisjoint(names_of(around)):
            return True
    return False


def _item(link: Element, holder: Holder, own: set[Element]) -> Element:
    """The largest element around a link, below the holder, without links to other pages."""
    item = link
    for around in link.iterancestors():
        if around in holder or any(a not in own for a in around.iter("a") if a.get("href")):
            break
        item = around
    return item


def _card(item: Element, links: Sequence[Element], url: str, language: str | None) -> SimilarCard | None:
    blocks = blocks_of(item)
    title = _title(item, links)
    if title is None:
        return None
    known = words(title)
    rest = [b for b in blocks if not _contains(b.words, known) and not is_label(b.text) and not b.heading]
    summary = max(rest, key=lambda b: len(b.words), default=None)
    if summary is None or len(summary.words) < MIN_SUMMARY_WORDS or _contains(known, summary.words):
        return SimilarCard(title, _date(item, blocks, language), None, url)
    dates = find_dates(summary.text, language)
    is_date = any(f.start < _DATE_START or len(f.text) > len(summary.text) / 2 for f in dates)
    return SimilarCard(title, _date(item, blocks, language), None if is_date else summary.text, url)


def _contains(text: Sequence[str], part: Sequence[str]) -> bool:
    return any(list(text[i : i + len(part)]) == list(part) for i in range(len(text) - len(part) + 1))


def _title(item: Element, links: Sequence[Element]) -> str | None:
    """What is named a title, the heading, or the longest text of the links; a kicker before it is left out."""
    headings = list(item.iter(*HEADINGS))
    named = [e for e in item.iter() if isinstance(e.tag, str) and {"title", "headline"} & set(names_of(e))]
    inner = [e for e in named if any(a in headings for a in e.iterancestors())]
    texts = [text_of(e) for e in (*inner, *headings, *named)] + sorted(
        (text_of(a) for a in links), key=len, reverse=True
    )
    usable = [t for t in texts if MIN_TITLE_WORDS <= len(words(t)) <= MAX_TITLE_WORDS]
    usable = [t for t in usable if not is_label(t) and not is_similar_heading(t)]
    if not usable:
        return None
    # Links often carry the bare title, for a tooltip.
    tips = [t for a in links if (t := squeeze(a.get("title") or "")) and len(words(t)) >= MIN_TITLE_WORDS]
    return next((t for t in tips if _contains(words(usable[0]), words(t))), usable[0])


def _date(item: Element, blocks: Sequence[HtmlBlock], language: str | None) -> dt.date | None:
    for time in item.iter("time"):
        found = find_dates((time.get("datetime") or text_of(time))[:_MAX_DATE_CHARACTERS], language)
        if found and not found[0].ambiguous:
            return found[0].date
    for block in blocks:
        found = find_dates(block.text, language) if len(block.words) <= _MAX_DATE_WORDS else []
        if found and not found[0].ambiguous and not found[0].updated:
            return found[0].date
    return None


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

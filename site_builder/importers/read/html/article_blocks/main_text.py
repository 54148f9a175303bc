"""Find the blocks of a page that are its article.

trafilatura finds the text, and found_blocks maps it back onto the page's own blocks, where headings, lists, boxes and
captions are still distinct. This corrects it both ways: what the page itself marks as something else is left out, and
paragraphs, headings, lists, code and tables between kept ones are restored.

Nothing is left out for a name or a word alone: a box must look like one, and a call to subscribe must stand where such
calls stand. Where what remains is much shorter than what was found, all that was found is taken.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from site_builder.importers.read.boilerplate import is_call, is_credit, is_label, is_legal, is_read_also, is_stamp
from site_builder.importers.read.card_headings import is_other_heading, is_similar_heading
from site_builder.importers.read.html.article_blocks.article_region import (
    LINKED_SHARE,
    LONG_WORDS,
    MAX_HEAD_BLOCKS,
    ArticleRegion,
    find_region,
    is_beside_text,
    is_linked,
)
from site_builder.importers.read.html.article_blocks.boxes import SENTENCE_ENDS
from site_builder.importers.read.html.article_blocks.comments import begins_comments, ends_text, holds_comments
from site_builder.importers.read.html.article_blocks.data_tables import DataTables
from site_builder.importers.read.html.article_blocks.link_lists import is_announced, leading_lists
from site_builder.importers.read.html.article_blocks.notes import note_blocks
from site_builder.importers.read.html.article_blocks.tip_boxes import is_callout, is_text_of_callout
from site_builder.importers.read.html.article_blocks.two_readings import read_text
from site_builder.importers.read.html.cards.cards_in_html import CardBoxes
from site_builder.importers.read.html.html_blocks import HtmlBlock, words
from site_builder.importers.read.html.page_tree import Element
from site_builder.importers.read.phrases import phrases

SURE_BOX_SHARE: Final = 0.8
"""What is recognised as cards is text only if it is nearly all there is."""
BOX_SHARE: Final = 0.35
"""An element with more of the found text than this is no box, whatever it is called."""
KEPT_SHARE: Final = 0.6
"""Where less of the found text would be kept, all of it is taken."""
ARTICLE_SHARE: Final = 0.25
"""Share of the found text that must be outside of readers' comments for them to be comments on an article."""
MAPPED_SHARE: Final = 0.6
"""Share of the extractor's text that must be found on the page; if less is, that text itself is the article."""
_MIN_MENU_LINKS: Final = 3
_MIN_HEADLINE_WORDS: Final = 4
_HEADLINE_SHARE: Final = 0.9
"""A paragraph of as many words, with this share of them in links, may be the headline of another article."""
_STATEMENT_ENDS: Final = tuple(end for end in SENTENCE_ENDS if end not in "!?\uff01\uff1f")
"""A headline may well ask or shout."""
COMMENTS_SHARE: Final = 0.5
"""Comments begin after at least this share of what was found; it may hold the comments too."""
_START_BLOCKS: Final = 3
"""First blocks of the text, among which bylines and dates stand."""
_EDGE_BLOCKS: Final = 2
"""Blocks before the last long one, and after, among which credits stand."""
_BLOCKS_ABOVE_HEADING: Final = 4
_BLOCKS_ABOVE_TEXT: Final = 8
"""Blocks of the head: above the main heading (a dek or a kicker) and, without one, above the text."""
_TITLE_BLOCKS: Final = 60
"""First blocks of the article's element among which its title stands."""
_ABOVE_TITLE_SHARE: Final = 0.2
"""Share of the article's words that may be above its title; with more, the heading is not the title."""

OPENING_WORDS: Final = 25
"""Of a sentence above what was found, beside it, to be its beginning."""
_MAX_ANNOUNCEMENT_WORDS: Final = 8
_MIN_SHORT_WORDS: Final = 10
"""Of a text without a long block, altogether."""
_FRAME: Final = ("nav", "header", "footer", "aside", "form")

_FORMULA: Final = re.compile(r"\$\$.+\$\$|\\\[.+\\\]|\\begin\{.+\\end\{\w+\*?\}", re.DOTALL)
"""A block that is one formula."""
_NO_BOXES: Final = CardBoxes()
_STRUCTURES: Final = frozenset({"ul", "ol", "dl", "pre", "blockquote", "table", "figure", "details"})
"""Elements that are taken whole where they stand between paragraphs of the text."""


@dataclass(frozen=True, slots=True)
class ArticleBlocks:
    """The blocks of an article, and those around its title."""

    body: tuple[HtmlBlock, ...] = ()
    """Each once, without the title and the lead."""
    head: tuple[HtmlBlock, ...] = ()
    """What is between the main heading and the second block of the body, and just above the heading: dek, byline,
    date, picture credit."""
    lead: tuple[HtmlBlock, ...] = ()
    """Found sentences below the title in its `<header>`: text, unless they are the dek."""
    left_out: tuple[HtmlBlock, ...] = ()
    """Sentences that the extractor took for the article's, in elements that are marked as something else."""
    text: str = ""
    """The extractor's own text, where its words do not stand in the page's blocks."""


def find_article_blocks(
    root: Element, blocks: Sequence[HtmlBlock], title: str | None = None, boxes: CardBoxes = _NO_BOXES
) -> ArticleBlocks:
    """The article of a page without its unseen elements; empty where there is none.

    `blocks` are all of the page, `boxes` elements already known to hold something else.
    """
    text, found = read_text(root, blocks)
    if _is_elsewhere(text, blocks, found):
        return ArticleBlocks(text=text)
    found = _outside(boxes.sure, blocks, found, SURE_BOX_SHARE)
    region = find_region(blocks, _outside(boxes.others, blocks, found, BOX_SHARE), title)
    if region is None:
        return ArticleBlocks(tuple(blocks[i] for i in sorted(_short_lines(blocks, found, title))))
    chosen = _choose(blocks, region)
    above = _through_title(blocks, region, chosen, title)
    chosen -= above
    notes = note_blocks(blocks, chosen)
    chosen |= notes
    chosen -= _stranded_headings(blocks, chosen)
    others = above | notes | _of_readers(blocks, region, chosen)
    if not chosen or _told(blocks, chosen - notes) < KEPT_SHARE * _told(blocks, found - others):
        own = tuple(words(title or ""))
        chosen = {
            i for i in found if i > max(above, default=-1) and not (blocks[i].heading == 1 and blocks[i].words == own)
        }
    start = min(chosen - region.opening, default=region.first)
    second = next((i for i in sorted(chosen) if i > start), start)
    stamps = range(start + 1, min(region.first + _START_BLOCKS + 1, len(blocks)))
    between = [
        blocks[i]
        for i in range(start + 1, max(second, stamps.stop))
        if i not in chosen and (i < second or is_stamp(blocks[i].text, blocks[i].size))
    ]
    left_out = [b for i in sorted(region.found - chosen - above) if region.boxes.is_sentence(b := blocks[i])]
    boxed = [b for b in left_out if _is_boxed(b, region) and not b.inside("header", "figcaption", "figure")]
    lead = [blocks[i] for i in sorted(region.found - chosen - above) if i < start and _is_lead(blocks[i], region)]
    return ArticleBlocks(
        tuple(blocks[i] for i in sorted(chosen)), (*_head(blocks, start, title), *between), tuple(lead), tuple(boxed)
    )


def _short_lines(blocks: Sequence[HtmlBlock], found: Iterable[int], title: str | None) -> set[int]:
    """What was found on a page without a long block: lines that are neither links nor in the page's frame."""
    own = tuple(words(title or ""))
    lines = {
        i
        for i in found
        if blocks[i].words != own and not is_linked(blocks[i], LINKED_SHARE) and not blocks[i].inside(*_FRAME)
    }
    return lines if _size(blocks, lines) >= _MIN_SHORT_WORDS else set()


def _is_lead(block: HtmlBlock, region: ArticleRegion) -> bool:
    return block.inside("header") and block.size >= OPENING_WORDS and region.boxes.is_sentence(block)


def _of_readers(blocks: Sequence[HtmlBlock], region: ArticleRegion, chosen: set[int]) -> set[int]:
    """Readers' comments that were found too, unless they are nearly all there is: a page may be a discussion."""
    comments = {
        i for i in region.found - chosen if any(holds_comments(e) for e in blocks[i].path if e not in region.around)
    }
    return comments if _size(blocks, chosen) >= ARTICLE_SHARE * _size(blocks, region.found) else set()


def _is_elsewhere(text: str, blocks: Sequence[HtmlBlock], found: frozenset[int]) -> bool:
    """Is most of a text not in the blocks where it should stand?"""
    count = len(words(text))
    return count >= 5 * LONG_WORDS and sum(len(blocks[i].words) for i in found) < MAPPED_SHARE * count


def _size(blocks: Sequence[HtmlBlock], numbers: Iterable[int]) -> int:
    """Words in blocks, each text once."""
    return sum({blocks[i].words: blocks[i].size for i in numbers}.values())


def _told(blocks: Sequence[HtmlBlock], numbers: Iterable[int]) -> int:
    """The same without links."""
    return sum({blocks[i].words: max(0, blocks[i].size - blocks[i].linked_words) for i in numbers}.values())


def _outside(
    boxes: Collection[Element], blocks: Sequence[HtmlBlock], found: frozenset[int], share: float
) -> frozenset[int]:
    """What was found outside of the boxes; if they hold more than this share, they are not boxes after all."""
    boxed = set(boxes)
    outside = frozenset(i for i in found if boxed.isdisjoint(blocks[i].path))
    count, total = (sum(blocks[i].size for i in some) for some in (outside, found))
    return outside if count >= (1 - share) * total else found


def _head(blocks: Sequence[HtmlBlock], start: int, title: str | None) -> Sequence[HtmlBlock]:
    """From a little above the last main heading before the body, or from a little above the body."""
    wanted = tuple(words(title or ""))
    near = range(max(0, start - MAX_HEAD_BLOCKS), start)
    heading = [i for i in near if blocks[i].heading == 1 or (wanted and blocks[i].words == wanted)]
    return blocks[max(0, (heading[-1] if heading else start - _BLOCKS_ABOVE_TEXT) - _BLOCKS_ABOVE_HEADING) : start]


def _choose(blocks: Sequence[HtmlBlock], region: ArticleRegion) -> set[int]:
    """The blocks of the region that are text of the article."""
    chosen: set[int] = set()
    seen: dict[tuple[str, ...], HtmlBlock] = {}
    kept = 0
    tables = DataTables(blocks, region)
    callouts = _Callouts(blocks, region)
    leading = leading_lists(blocks, region)
    for i in region.members:
        block = blocks[i]
        if i > region.last and ends_text(block):
            break
        if kept >= COMMENTS_SHARE * region.total_words and begins_comments(blocks, i):
            break
        if not (block.words or block.inside("pre")):
            continue
        table = tables.of(i)
        structured = table is not None or block.inside("pre")
        if block.size > LONG_WORDS and not structured and _is_copy(block, seen.get(block.words)):
            continue
        in_callout = callouts.is_wanted(block)
        if not in_callout and not tables.is_caption(i) and _is_boxed(block, region):
            continue
        if in_callout:
            is_wanted = True
        elif table is not None:
            is_wanted = tables.is_wanted(table)
        else:
            is_wanted = (
                _is_wanted(blocks, i, region) and leading.isdisjoint(block.path) and not _is_beside(blocks, i, region)
            )
        if is_wanted:
            seen.setdefault(block.words, block)
            chosen.add(i)
            kept += block.size
    return chosen


def _is_copy(block: HtmlBlock, first: HtmlBlock | None) -> bool:
    """Does it repeat an earlier block, for narrow screens or as a quotation?

    A sentence that a text says twice stands beside its first place, and a heading may say what a paragraph says.
    """
    if first is None or bool(block.heading) != bool(first.heading):
        return False
    return block.element.getparent() is not first.element.getparent()


class _Callouts:
    """Which tips and warnings are part of the text: those between its paragraphs."""

    def __init__(self, blocks: Sequence[HtmlBlock], region: ArticleRegion) -> None:
        members: dict[Element, list[HtmlBlock]] = {}
        for i in region.members:
            if region.first <= i <= region.last and (callout := self._around(blocks[i], region)) is not None:
                members.setdefault(callout, []).append(blocks[i])
        self._wanted = {e for e, own in members.items() if is_beside_text(e, region) and is_text_of_callout(own)}

    @staticmethod
    def _around(block: HtmlBlock, region: ArticleRegion) -> Element | None:
        return next((e for e in block.path if e not in region.around and is_callout(e)), None)

    def is_wanted(self, block: HtmlBlock) -> bool:
        return bool(self._wanted) and not self._wanted.isdisjoint(block.path)


def _is_wanted(blocks: Sequence[HtmlBlock], i: int, region: ArticleRegion) -> bool:
    """Was the block found, or is it like the found ones around it?"""
    block = blocks[i]
    if i in region.found or _is_heading_of_found(blocks, i, region):
        return True
    if region.first < i < region.last and (block.inside("pre") or _is_in_post(block, region)):
        return True
    if not _in_text(block, region):
        return False
    if i < region.first:
        return block.size >= OPENING_WORDS and region.boxes.is_sentence(block)
    if _is_text_by_form(block, region) or _belongs_to_others(blocks, i, region):
        return True
    is_loose = block.element.tag == "div" and not block.inside(*_STRUCTURES)
    if block.element.tag == "p" or is_loose or i > region.last or block.element in region.parents:
        is_sentence = block.size >= LONG_WORDS and block.text.endswith(SENTENCE_ENDS)
        return i < region.last and is_sentence and not is_linked(block, LINKED_SHARE)
    if block.heading:
        return block.heading > 1 and not is_linked(block, LINKED_SHARE)
    return block.inside(*_STRUCTURES)


def _is_text_by_form(block: HtmlBlock, region: ArticleRegion) -> bool:
    """Is it code, a term or its definition, a formula, or a sentence?"""
    is_formula = _FORMULA.fullmatch(block.text) is not None
    return is_formula or block.inside("pre", "dt", "dd") or _is_bare_sentence(block, region)


def _is_heading_of_found(blocks: Sequence[HtmlBlock], i: int, region: ArticleRegion) -> bool:
    """Is it the heading of a section of its own, whose first block was found?"""
    block = blocks[i]
    if block.heading < 2 or i + 1 not in region.found or is_linked(block, LINKED_SHARE):
        return False
    if is_similar_heading(block.text) or is_other_heading(block.text) or phrases().author_box.fullmatch(block.text):
        return False
    section = block.element.getparent()
    return section not in region.around and section in blocks[i + 1].path


def _belongs_to_others(blocks: Sequence[HtmlBlock], i: int, region: ArticleRegion) -> bool:
    """Is it of a list after the text, the heading of code, or a bold line above its paragraph?"""
    item = i + 1 if blocks[i].heading > 1 and i + 1 < len(blocks) else i
    if i > region.last and is_announced(blocks, item, region):
        return True
    if i + 1 in region.found and blocks[i + 1].element is blocks[i].element:
        return True
    is_above_code = blocks[i].heading > 1 and i + 1 < len(blocks) and blocks[i + 1].inside("pre")
    return is_above_code and _in_text(blocks[i + 1], region)


def _is_bare_sentence(block: HtmlBlock, region: ArticleRegion) -> bool:
    """Is it a sentence in a `<div>` or `<p>` without a name, beside paragraphs?"""
    is_beside = block.element.tag in {"div", "p"} and block.element.getparent() in region.parents
    return is_beside and not block.element.attrib and not block.linked_words and block.text.endswith((".", "!", "?"))


def _is_in_post(block: HtmlBlock, region: ArticleRegion) -> bool:
    """Is it in a quotation between paragraphs that leads to its source, as a post of a social network does?"""
    quote = next((e for e in block.path if e.tag == "blockquote"), None)
    if quote is None or not is_beside_text(quote, region):
        return False
    return any((a.get("href") or "").startswith(("https://", "http://")) for a in quote.iter("a"))


def _in_text(block: HtmlBlock, region: ArticleRegion) -> bool:
    """Is it, or the list, table or code around it, a sibling of found paragraphs? A heading may have a frame."""
    if block.element in region.parents or block.element.getparent() in region.parents:
        return True
    if (block.heading or block.element.tag == "pre") and is_beside_text(block.element, region):
        return True
    return any(e.tag in _STRUCTURES and e.getparent() in region.parents for e in block.path)


def _is_boxed(block: HtmlBlock, region: ArticleRegion) -> bool:
    """Is there an element around it, inside the article's, that is marked as something else?"""
    return any(
        element not in region.around
        and region.boxes.is_box(element)
        and region.weights.get(element, 0) < _box_share(element, region) * region.total_words
        for element in block.path
    )


def _box_share(element: Element, region: ArticleRegion) -> float:
    """Comments may be longer than the article that they are about."""
    return 1 - ARTICLE_SHARE if region.boxes.is_comments(element) else BOX_SHARE


def _is_beside(blocks: Sequence[HtmlBlock], i: int, region: ArticleRegion) -> bool:
    """Do its own words, and its place, show that it is not text of the article?"""
    block = blocks[i]
    if block.inside("pre"):
        return False
    is_start = i <= region.first + _START_BLOCKS
    is_edge = is_start or i >= region.last - _EDGE_BLOCKS
    text, size, linked = block.text, block.size, block.linked_words
    if block.heading:
        return is_start and is_stamp(text, size)
    return (
        is_read_also(text, size, linked)
        or (is_call(text, size, linked, is_edge=is_edge) and not (block.inside("ol") and not is_edge))
        or is_legal(text, size)
        or (is_edge and is_credit(text, size))
        or (is_start and is_stamp(text, size))
        or _is_headline_of_other(blocks, i)
        or (not region.first <= i <= region.last and _is_menu(block))
    )


def _is_menu(block: HtmlBlock) -> bool:
    """Is it a row of links?"""
    addresses = {p.href for p in block.pieces if p.href}
    return len(addresses) >= _MIN_MENU_LINKS and is_linked(block, _HEADLINE_SHARE)


def _is_headline_of_other(blocks: Sequence[HtmlBlock], i: int) -> bool:
    """Is it a paragraph that is nothing but a link with a headline, which no sentence announces?"""
    block = blocks[i]
    return (
        block.element.tag == "p"
        and block.size >= _MIN_HEADLINE_WORDS
        and is_linked(block, _HEADLINE_SHARE)
        and not block.text.endswith(_STATEMENT_ENDS)
        and "://" not in block.text
        and not any((p.href or "").startswith("mailto:") for p in block.pieces)
        and not block.inside("li", "blockquote", "dd")
        and not (i > 0 and blocks[i - 1].text.endswith((":", "\uff1a")))
    )


def _through_title(blocks: Sequence[HtmlBlock], region: ArticleRegion, chosen: set[int], title: str | None) -> set[int]:
    """The title and what is chosen above it, where it is at the article's head."""
    wanted = tuple(words(title or ""))
    inside = [i for i in region.members if i <= region.last]
    early = inside[:_TITLE_BLOCKS]
    before = range(max(0, early[0] - MAX_HEAD_BLOCKS), early[0])
    if wanted and any(blocks[i].heading and blocks[i].words == wanted for i in before):
        return set()  # The title is above the text, so that a main heading in it is a section's.
    at = next((i for i in early if blocks[i].heading == 1 or (wanted and blocks[i].words == wanted)), None)
    if at is None:
        # Below a long menu.
        at = next((i for i in inside if wanted and blocks[i].heading == 1 and blocks[i].words == wanted), None)
    if at is None:
        return set()
    above = {i for i in chosen if i <= at}
    if blocks[at].words != wanted:
        # A section's heading, if there are sentences of the text above it.
        siblings = {blocks[i].element.getparent() for i in above if region.boxes.is_sentence(blocks[i])}
        if blocks[at].element.getparent() in siblings:
            return set()
    return above if sum(blocks[i].size for i in above) < _ABOVE_TITLE_SHARE * region.total_words else set()


def _announcing_nothing(blocks: Sequence[HtmlBlock], chosen: set[int]) -> set[int]:
    """The last block, if it is a short line that announces what was left out: "You may also like:"."""
    last = max(chosen, default=0)
    block = blocks[last]
    is_announcement = block.size <= _MAX_ANNOUNCEMENT_WORDS and block.text.endswith((":", "\uff1a"))
    follows = last + 1 < len(blocks) and blocks[last + 1].linked_words > 0
    return {last} if is_announcement and follows and not block.inside("pre", "td", "dt", "li") else set()


def _stranded_headings(blocks: Sequence[HtmlBlock], chosen: set[int]) -> set[int]:
    """Headings of what was left out: nothing follows, or only another heading after a gap.

    "Read also" is a heading of what follows at once, and of nothing else.
    """
    stranded = _announcing_nothing(blocks, chosen)
    following: int | None = None
    for i in sorted(chosen - stranded, reverse=True):
        level = blocks[i].heading
        if level and following is not None and following > i + 1 and is_label(blocks[i].text):
            stranded.add(i)
            continue
        if level and following is None:
            stranded.add(i)
            continue
        if level and following is not None and following > i + 1 and 0 < blocks[following].heading <= level:
            stranded.add(i)
            continue
        following = i
    return stranded

"""Lists of links inside an article: which lead to other articles, and which are the author's own.

Other articles are of the same site and come without a word; an author announces a list, or names sources elsewhere.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Final
from urllib.parse import urlsplit

from site_builder.importers.read.boilerplate import is_call, is_label, is_read_also
from site_builder.importers.read.card_headings import is_other_heading, is_similar_heading
from site_builder.importers.read.html.article_blocks.article_region import LINKED_SHARE, ArticleRegion, is_linked
from site_builder.importers.read.html.html_blocks import HtmlBlock
from site_builder.importers.read.html.page_tree import Element, names_of

MAX_ITEMS: Final = 100
"""Of a list after the text that a line announces; a longer one is an archive."""
MIN_NAME_WORDS: Final = 4
"""Of a work that is named in a list, on average; names of networks are shorter."""
_COLONS: Final = (":", "\uff1a")


def leading_lists(blocks: Sequence[HtmlBlock], region: ArticleRegion) -> set[Element]:
    """Lists of links to other articles, which no sentence announces."""
    items: dict[Element, list[int]] = {}
    for i in region.members:
        around = next((e for e in reversed(blocks[i].path) if e.tag in {"ul", "ol"}), None)
        if around is not None:
            items.setdefault(around, []).append(i)
    lists = {e: all_ for e, all_ in items.items() if _is_leading(blocks, all_, region)}
    site = _site(blocks) if lists else None
    return {e for e, all_ in lists.items() if not (_is_text_list(e, region) and _is_outward(blocks, all_, site))}


def _site(blocks: Iterable[HtmlBlock]) -> str | None:
    """The host that most links of the page lead to, without its subdomains; "" if most are relative."""
    hosts = Counter(_host(p.href) for b in blocks for p in b.pieces if p.href and not p.href.startswith("#"))
    return hosts.most_common(1)[0][0] if hosts else None


def _host(address: str) -> str:
    """The last two labels of an address's host, "" of a relative one."""
    try:
        host = urlsplit(address.strip()).hostname or ""
    except ValueError:
        return ""
    return ".".join(host.split(".")[-2:])


def _is_text_list(element: Element, region: ArticleRegion) -> bool:
    return element.getparent() in region.parents and not names_of(element)


def _is_outward(blocks: Sequence[HtmlBlock], items: Sequence[int], site: str | None) -> bool:
    """Do all of its links lead to other sites? An author names sources; other articles are of the same site."""
    hosts = {_host(p.href) for i in items for p in blocks[i].pieces if p.href}
    return bool(hosts) and hosts.isdisjoint({"", site})


def _is_leading(blocks: Sequence[HtmlBlock], items: Sequence[int], region: ArticleRegion) -> bool:
    if len(items) < 2 or not all(is_linked(blocks[i], LINKED_SHARE) for i in items):
        return False
    if 2 * sum(blocks[i].text.endswith(".") for i in items) > len(items):
        return False  # works that are cited; headlines end without a stop
    before = blocks[items[0] - 1] if items[0] else None
    return before is None or not (
        items[0] - 1 in region.found
        and (before.heading > 1 or before.text.endswith(_COLONS))
        and not (is_similar_heading(before.text) or is_other_heading(before.text))
        and not is_read_also(before.text, before.size, before.linked_words)
        and not is_label(before.text)
    )


def is_announced(blocks: Sequence[HtmlBlock], i: int, region: ArticleRegion) -> bool:
    """Is it in a list after the last long block, which a line with a colon announces or a heading names as sources?"""
    around = next((e for e in blocks[i].path if e.tag in {"ul", "ol"}), None)
    start = i
    while around is not None and i > region.last and start - i < MAX_ITEMS and around in blocks[i].path:
        i -= 1
    before = blocks[i]
    if around is None or is_similar_heading(before.text) or is_other_heading(before.text) or is_label(before.text):
        return False
    if before.heading > 1:
        return _are_sources(blocks, i, around, region)
    return (
        i in region.found
        and before.text.endswith(_COLONS)
        and not is_call(before.text, before.size, before.linked_words, is_edge=True)
    )


def _are_sources(blocks: Sequence[HtmlBlock], heading: int, around: Element, region: ArticleRegion) -> bool:
    """Is a list below a heading of the text one of works elsewhere, by their names, not of buttons and networks?"""
    if around.getparent() not in region.parents or blocks[heading].element.getparent() not in region.parents:
        return False
    items = list(takewhile(lambda i: around in blocks[i].path, range(heading + 1, len(blocks))))
    if sum(blocks[i].size for i in items) < MIN_NAME_WORDS * len(items):
        return False
    return _is_outward(blocks, items, _site(blocks))

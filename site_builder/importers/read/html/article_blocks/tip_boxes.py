"""Boxes that are part of a text: the tips, notes and warnings of documentation.

Extractors leave out every `<aside>`, because on news pages it leads to other articles. One that is named after what it
says to the reader, and is not made of links, is text.
"""

from collections.abc import Iterable
from typing import Final

from site_builder.importers.read.boilerplate import is_call
from site_builder.importers.read.html.html_blocks import HtmlBlock
from site_builder.importers.read.html.page_tree import Element, names_of

_CALLOUT_NAMES: Final = frozenset(
    "admonition admonitions callout note tip hint warning caution danger important alert".split()
)
_CALLOUT_ELEMENTS: Final = frozenset({"aside", "div", "section", "blockquote"})
_MIN_WORDS: Final = 5
MAX_WORDS: Final = 400
"""Of a callout; what is longer is a part of the page."""
LINKED_SHARE: Final = 0.5
"""Of its words; with more, it leads elsewhere."""


def is_callout(element: Element) -> bool:
    """Is it named so?"""
    if element.tag not in _CALLOUT_ELEMENTS:
        return False
    return element.get("role") == "note" or not _CALLOUT_NAMES.isdisjoint(names_of(element))


def is_text_of_callout(blocks: Iterable[HtmlBlock]) -> bool:
    """Are the blocks of a callout text, rather than a call or links?"""
    members = list(blocks)
    count = sum(b.size for b in members)
    linked = sum(b.linked_words for b in members)
    return (
        _MIN_WORDS <= count <= MAX_WORDS
        and linked < LINKED_SHARE * count
        and not any(is_call(b.text, b.size, b.linked_words, is_edge=True) for b in members)
    )

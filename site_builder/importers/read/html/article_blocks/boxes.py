"""Which elements inside an article are boxes: captions, teasers, calls to subscribe, lists of links.

A name alone makes no box. "consent" may name a box that asks for it or a section about it; the second has a heading of
that name, or holds many sentences and hardly a link.
"""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final

from site_builder.importers.read.html.article_blocks.comments import holds_comments
from site_builder.importers.read.html.html_blocks import HEADINGS, HtmlBlock, words
from site_builder.importers.read.html.page_tree import Element, names_of, text_of
from site_builder.importers.read.phrases import phrases

SENTENCE_ENDS: Final = tuple('.!?:)…”“"»«’。」』।؟\uff01\uff1f')
SENTENCE_WORDS: Final = 8
"""A block of as many words that ends like a sentence is one."""
MAX_BOX_WORDS: Final = 150
"""An element with more words in sentences, of which few are links, is no box, whatever it is called."""
LINKED_SHARE: Final = 0.3
"""Share of the words in links from which on an element leads elsewhere."""
MAX_NAMED_WORDS: Final = 15
"""A paragraph or an item that is longer than this is no box for its own name, nor is a sentence of any length."""
MIN_SECTION_WORDS: Final = 30
"""In sentences, of a section of the text that is named like a box."""
MAX_SIBLINGS: Final = 200
MAX_HEADING_CHARACTERS: Final = 200

_TAGS: Final = frozenset({"nav", "footer", "form", "figcaption", "header"})
_TEXT_TAGS: Final = frozenset("p li dt dd td th tr table pre code h1 h2 h3 h4 h5 h6 ul ol dl blockquote".split())
_MAY_BE_TEXT: Final = frozenset(
    "related newsletter newsletters promo promotion share sharing sidebar advert comments paywall subscribe"
    " subscription copyright infobox disclaimer latest signup cookie consent popular trending sponsored".split()
)
"""Names of what a paragraph may speak of, unlike those of captions, bylines and teasers."""
_HOLDS_TEXT: Final = ("pre", "table", "blockquote", "ul", "ol")


class Boxes:
    """Tells boxes by what they are called and by what was found in them. Remembers its answers."""

    def __init__(self, found: Sequence[HtmlBlock], weights: Mapping[Element, int]) -> None:
        """`found` are the found blocks, `weights` how many of their words are below each element."""
        self._weights = weights
        self._linked: dict[Element, int] = {}
        self._sentences: dict[Element, int] = {}
        self._known: dict[Element, bool] = {}
        self._comments: dict[Element, bool] = {}
        for block in found:
            is_text = self.is_sentence(block)
            for element in block.path:
                self._linked[element] = self._linked.get(element, 0) + block.linked_words
                if is_text:
                    self._sentences[element] = self._sentences.get(element, 0) + block.size

    def is_sentence(self, block: HtmlBlock) -> bool:
        """Is it a sentence that is not a link?"""
        return (
            block.size >= SENTENCE_WORDS
            and not block.heading
            and block.text.endswith(SENTENCE_ENDS)
            and block.linked_words < LINKED_SHARE * len(block.words)
        )

    def is_comments(self, element: Element) -> bool:
        """Is it a reader's comment, or the place of comments?"""
        if element not in self._comments:
            self._comments[element] = holds_comments(element)
        return self._comments[element]

    def is_box(self, element: Element) -> bool:
        """Is it something beside the text?"""
        if element not in self._known:
            self._known[element] = self._decide(element)
        return self._known[element]

    def _decide(self, element: Element) -> bool:
        tag = element.tag
        if tag in {"footer", "header"} and next(element.iterancestors("blockquote"), None) is not None:
            return False  # whose words they are
        if tag in _TAGS or self.is_comments(element):
            return True
        sentences = self._sentences.get(element, 0)
        if tag == "aside":
            return not sentences or self._leads(element) or self._is_named(element, sentences)
        if tag == "figure":
            return next(element.iter(*_HOLDS_TEXT), None) is None
        return self._is_named(element, sentences)

    def _leads(self, element: Element) -> bool:
        return self._linked.get(element, 0) >= LINKED_SHARE * max(1, self._weights.get(element, 0))

    def _is_named(self, element: Element, sentences: int) -> bool:
        names = set(names_of(element)) & phrases().box_names
        if not names:
            return False
        if element.tag in HEADINGS and names <= self._of_heading(element):
            return False
        if element.tag in _TEXT_TAGS:
            is_text = sentences or (names <= _MAY_BE_TEXT and _is_sentence(element))
            return self._weights.get(element, 0) <= MAX_NAMED_WORDS and not is_text
        if sentences > MAX_BOX_WORDS and not self._leads(element):
            return False
        if not sentences or self._leads(element):
            return True
        return not (names <= self._of_heading(element) or self._is_section(element, sentences))

    def _is_section(self, element: Element, sentences: int) -> bool:
        """Is it one of several sections of one name, with a heading and sentences each, of which one is no box?

        `class="section section--ads"` says that there is an advertisement in a section of the text.
        """
        name = _first_class(element)
        if not name or sentences < MIN_SECTION_WORDS or next(element.iter(*HEADINGS), None) is None:
            return False
        around = element.getparent()
        others = islice(around.iterchildren(element.tag), MAX_SIBLINGS) if around is not None else ()
        return any(
            e is not element
            and _first_class(e) == name
            and (count := self._sentences.get(e, 0))
            and (count > MAX_BOX_WORDS or phrases().box_names.isdisjoint(names_of(e)))
            and next(e.iter(*HEADINGS), None) is not None
            for e in others
        )

    def _of_heading(self, element: Element) -> set[str]:
        """The words of its heading, where its address within the page is made of them."""
        if not (element.get("id") or element.get("aria-label")):
            return set()
        heading = next(element.iter(*HEADINGS), None)
        own = set() if heading is None else set(words(text_of(heading)[:MAX_HEADING_CHARACTERS]))
        return own - names_of_class(element)


def _first_class(element: Element) -> str:
    return next(iter((element.get("class") or "").split()), "")


def _is_sentence(element: Element) -> bool:
    """Is a paragraph a sentence of its own, with hardly a link?"""
    text = text_of(element) if element.tag == "p" else ""
    links = sum(len(words(text_of(a))) for a in element.iter("a"))
    size = len(words(text))
    return size >= SENTENCE_WORDS and text.endswith(SENTENCE_ENDS) and links < LINKED_SHARE * size


def names_of_class(element: Element) -> set[str]:
    """The words of its class alone."""
    return set(words((element.get("class") or "").replace("-", " ").replace("_", " ")))

"""Take out of a tree what a reader does not see, and keep what is hidden only until a script shows it."""

import re
from itertools import islice
from typing import Final

from site_builder.importers.read.html.normalise.hidden_notes import show_notes
from site_builder.importers.read.html.page_tree import Element, load_module, names_of, remove, text_of

_UNSEEN: Final = (
    "script style noscript template iframe object embed applet svg math canvas video audio source track map area button"
    " input select option textarea datalist dialog head frame frameset noframes progress meter img picture hr"
).split()
_HIDDEN_STYLE: Final = re.compile(
    r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*hidden|(?:left|top|text-indent)\s*:\s*-\d{3,6}(?:\d(?:px|pt)|r?em)"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,])",
    re.IGNORECASE,
)
"""Not shown, moved out of the window, or cut to a point."""
MAX_STYLE_CHARACTERS: Final = 4_000
_FOR_THE_EAR: Final = frozenset(
    "visually-hidden visuallyhidden is-visually-hidden u-visually-hidden sr-only screen-reader-text screen-reader-only"
    " screenreader-only screenreader screen-reader element-invisible assistive-text show-for-sr a11y-hidden"
    " hidden-visually u-hidden-visually offscreen off-screen hide-text".split()
)
"""Class names, of well-known style sheets, of text that only screen readers say."""
MAX_EAR_CHARACTERS: Final = 200
"""Of such a text; a longer one is no label."""
SHOWN_SHARE: Final = 0.5
"""A hidden element with so much of the page's text is the page, and a script shows it."""
SHOWN_CHARACTERS: Final = 400
"""And with at least so many characters."""
TOLD_CHARACTERS: Final = 200
"""Hidden paragraphs with as many characters together are reported."""
_NEAR_ELEMENTS: Final = 20
"""Neighbours on either side that are looked at, and paragraphs in each."""
_PARAGRAPH_CHARACTERS: Final = 60
_BESIDE: Final = frozenset(
    "cookie cookies consent gdpr modal overlay popup dialog tooltip menu nav navigation newsletter subscribe signup"
    " login search share comments comment footer banner toast dropdown lightbox".split()
)
_FRAME: Final = frozenset({"nav", "footer", "aside", "form", "dialog"})


def remove_unseen(root: Element) -> tuple[str, ...]:
    """Take out, in place, what a browser runs, draws or hides rather than shows as text.

    What is hidden but holds most of the page's text stays, and so do notes. Gives the text of the hidden paragraphs
    that were left out from between paragraphs that are seen.
    """
    etree = load_module("lxml.etree")
    etree.strip_elements(root, *_UNSEEN, with_tail=False)
    hidden = show_notes(root, [e for e in root.iter() if isinstance(e.tag, str) and _is_hidden(e)])
    if not hidden:
        return ()
    told: list[str] = []
    total: int | None = None
    for element in hidden:
        if element is root or element.getparent() is None:
            continue
        size = _characters(element)
        if size >= TOLD_CHARACTERS and not _is_beside(element):
            total = _characters(root) if total is None else total
            is_page = size >= max(SHOWN_CHARACTERS, SHOWN_SHARE * total)
            if is_page or element.tag in {"body", "main", "article"} or _is_for_the_eye(element, size):
                _show(element)
                continue
            if (text := _paragraphs(element)) and _is_among_paragraphs(element):
                told.append(text)
        remove(element)
    return tuple(told)


def _is_hidden(element: Element) -> bool:
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if _is_styled_away(element):
        return True
    names = attributes.get("class")
    return (
        names is not None
        and not _FOR_THE_EAR.isdisjoint(names[:MAX_STYLE_CHARACTERS].lower().split())
        and element.tag not in {"body", "main", "article"}
        and _characters(element) <= MAX_EAR_CHARACTERS
    )


def _is_styled_away(element: Element) -> bool:
    style = element.get("style")
    return style is not None and _HIDDEN_STYLE.search(style[:MAX_STYLE_CHARACTERS]) is not None


def _is_for_the_eye(element: Element, size: int) -> bool:
    """Is it hidden from screen readers alone?"""
    return (
        size >= SHOWN_CHARACTERS
        and element.get("aria-hidden") == "true"
        and "hidden" not in element.attrib
        and (not _is_styled_away(element))
    )


def _show(element: Element) -> None:
    """Without what hides it, so that no later reader leaves it out."""
    for name in ("hidden", "aria-hidden", "style"):
        element.attrib.pop(name, None)


def _characters(element: Element) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _is_beside(element: Element) -> bool:
    """Do its names, or those around it, say that it is a menu, a dialog or the like?"""
    for around in (element, *element.iterancestors()):
        if around.tag in _FRAME or around.get("role") in {"dialog", "alertdialog", "navigation", "menu", "search"}:
            return True
        if around.tag in {"body", "html", "main", "article"}:
            return False
        if not _BESIDE.isdisjoint(names_of(around)):
            return True
    return False


def _paragraphs(element: Element) -> str:
    """Its paragraphs' text, if that is enough to be told."""
    own = (element,) if element.tag == "p" else tuple(element.iter("p"))
    texts = [t for p in own if len(t := text_of(p)) >= _PARAGRAPH_CHARACTERS]
    text = " ".join(texts)
    return text if len(text) >= TOLD_CHARACTERS else ""


def _is_among_paragraphs(element: Element) -> bool:
    """Does a paragraph that is seen stand beside it, or beside what is around it?"""
    for around in (element, element.getparent()):
        parent = around.getparent() if around is not None else None
        if parent is None or around.tag in {"body", "html"}:
            return False
        before = islice(around.itersiblings(preceding=True), _NEAR_ELEMENTS)
        for sibling in (*before, *islice(around.itersiblings(), _NEAR_ELEMENTS)):
            own = (sibling,) if sibling.tag == "p" else sibling.iterchildren("p")
            if any(len(text_of(p)) >= _PARAGRAPH_CHARACTERS and not _is_hidden(p) for p in islice(own, _NEAR_ELEMENTS)):
                return not _is_hidden(parent)
    return False

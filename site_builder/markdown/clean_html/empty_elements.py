"""Links, headings and header cells without any text, taken out of a body's tree. Markdown makes these too.

A screen reader announces each of them, and one without text is only in the way. What others may link to (an id) stays,
and so does a picture; a picture that is all of a link gets its text alternative in `markdown/body.py`, which knows
where the link leads.
"""

import re
from typing import Final

from site_builder.markdown.clean_html.html_tree import HtmlElement, HtmlNode, ids_in, is_blank

_HEADINGS: Final = frozenset(f"h{n}" for n in range(1, 7))
_REMOVED: Final = _HEADINGS | {"a", "p", "th"}
_IMAGE: Final = frozenset({"img"})
_TOC_ID: Final = re.compile(r"_\d+")
"""An id that the extension toc makes for a heading without words."""


def remove_empty_elements(parent: HtmlElement) -> None:
    """Replace the links, headings and header cells below an element that have no text."""
    has_empty = False
    for child in parent.elements():
        if child.children:
            remove_empty_elements(child)
        has_empty |= child.tag in _REMOVED and _is_empty(child)
    if has_empty:
        parent.children = _without_empty(parent.children)


def _is_empty(element: HtmlElement) -> bool:
    """Whether it has neither text nor a described picture. A heading's own link (extension toc) does not count."""
    if element.tag == "p":
        return not element.attributes and all(isinstance(c, str) and is_blank(c) for c in element.children)
    return not _says_something(element) if element.tag in _HEADINGS else not element.says_something()


def _says_something(part: HtmlElement) -> bool:
    """Like HtmlElement.says_something, of a part of a heading."""
    if part.tag == "a" and part.attributes.get("class") == "headerlink":
        return False
    return any(not is_blank(c) if isinstance(c, str) else _says_something(c) for c in part.children) or not is_blank(
        part.attributes.get("alt", "")
    )


def _without_empty(children: list[HtmlNode]) -> list[HtmlNode]:
    kept: list[HtmlNode] = []
    is_after_heading = False
    for child in children:
        if isinstance(child, str):
            kept.append(child.removeprefix("\n") if is_after_heading else child)
            is_after_heading = False
            continue
        is_after_heading = child.tag in _HEADINGS and _is_empty(child)
        kept += _replacement(child) if child.tag in _REMOVED and _is_empty(child) else [child]
    return kept


def _replacement(element: HtmlElement) -> list[HtmlNode]:
    """What replaces an empty element: a link leaves its place, a header cell is a cell, a heading a paragraph."""
    own = {"id": id_} if (id_ := element.attributes.get("id")) and not _TOC_ID.match(id_) else {}
    has_image = element.holds(_IMAGE)
    if element.tag == "th":
        attributes = {name: value for name, value in element.attributes.items() if name != "scope"}
        return [HtmlElement("td", attributes, element.children)]
    if element.tag == "a":
        if has_image:
            return [element]
        return [HtmlElement("a", own, element.children)] if own else element.children
    if element.tag == "p":
        return []
    if own or has_image or any(not _TOC_ID.match(id_) for id_ in ids_in(element)):
        return [HtmlElement("p", own, element.children), "\n"]
    return []

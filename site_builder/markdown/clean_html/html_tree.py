"""Clean HTML as a tree: parsed once after cleaning, changed by the rules on bodies, and written once.

Text and attribute values stay as they are written in HTML, with their entities.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

# nh3 writes canonical HTML: lower-case names, every value in double quotes.
_TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:\s[^\s=>]+=\"[^\"]*\")*)\s*/?>")
_ATTRIBUTE: Final = re.compile(r"\s([^\s=>]+)=\"([^\"]*)\"")
VOID: Final = frozenset("br col hr img input wbr".split())
"""Elements without an end tag."""
_BLANK: Final = re.compile(r"(?:\s|&nbsp;|[\u200b-\u200d\u2060\ufeff])*")


@dataclass(slots=True)
class HtmlElement:
    """A tag with what stands between it and its end."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[HtmlNode]" = field(default_factory=list)

    def elements(self) -> "Iterator[HtmlElement]":
        """The children that are elements, without the text between them."""
        return (child for child in self.children if isinstance(child, HtmlElement))

    def holds(self, tags: frozenset[str]) -> bool:
        """Whether one of these elements is anywhere inside."""
        return any(child.tag in tags or child.holds(tags) for child in self.elements())

    def says_something(self) -> bool:
        """Whether it has text, or a picture with a text alternative."""
        return any(
            not is_blank(child) if isinstance(child, str) else child.says_something() for child in self.children
        ) or not is_blank(self.attributes.get("alt", ""))


HtmlNode: TypeAlias = HtmlElement | str


def is_blank(text: str) -> bool:
    """Whether text between two tags is empty to a reader: white space and characters of no width."""
    return _BLANK.fullmatch(text) is not None


def parse_tree(html: str) -> HtmlElement:
    """Parse canonical, well-formed HTML. The root is a `div` that is not part of it."""
    root = HtmlElement("div")
    path, position = [root], 0
    for match in _TAG.finditer(html):
        start, end = match.span()
        is_end, tag, attributes = match.groups()
        if start > position:
            path[-1].children.append(html[position:start])
        position = end
        if not is_end:
            element = HtmlElement(tag, dict(_ATTRIBUTE.findall(attributes)) if attributes else {})
            path[-1].children.append(element)
            if tag not in VOID:
                path.append(element)
        elif len(path) > 1:
            path.pop()
    if position < len(html):
        path[-1].children.append(html[position:])
    return root


def write_tree(root: HtmlElement) -> str:
    """The HTML of all that an element holds."""
    return "".join(_pieces(root))


def _pieces(parent: HtmlElement) -> Iterator[str]:
    for child in parent.children:
        if isinstance(child, str):
            yield child
        else:
            yield start_tag(child.tag, child.attributes)
            if child.tag not in VOID:
                yield from _pieces(child)
                yield f"</{child.tag}>"


def start_tag(tag: str, attributes: dict[str, str]) -> str:
    """`<a href="…">`"""
    if not attributes:
        return f"<{tag}>"
    written = "".join([f' {name}="{value}"' for name, value in attributes.items()])
    return f"<{tag}{written}>"


def ids_in(element: HtmlElement) -> Iterator[str]:
    """Every id inside."""
    for child in element.elements():
        if "id" in child.attributes:
            yield child.attributes["id"]
        yield from ids_in(child)

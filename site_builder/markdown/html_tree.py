"""Clean HTML as a tree, and back: for rules that must see what holds what."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from site_builder.markdown.empty_elements import is_blank

# nh3 writes canonical HTML: lower-case names, every value in double quotes.
TOKEN: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:\s[^\s=>]+=\"[^\"]*\")*)\s*/?>")
ATTRIBUTE: Final = re.compile(r"\s([^\s=>]+)=\"([^\"]*)\"")
_VOID: Final = frozenset("br col hr img input wbr".split())


@dataclass(slots=True)
class HtmlElement:
    """A tag with what stands between it and its end."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    """As they are written, with entities."""
    children: "list[HtmlNode]" = field(default_factory=list)

    def elements(self) -> "Iterator[HtmlElement]":
        """What it holds, without the words between."""
        return (child for child in self.children if isinstance(child, HtmlElement))

    def holds(self, tags: frozenset[str]) -> bool:
        """Is one of these anywhere inside?"""
        return any(child.tag in tags or child.holds(tags) for child in self.elements())

    def says_something(self) -> bool:
        """Are there words in it, or a picture described in words?"""
        return any(
            not is_blank(child) if isinstance(child, str) else child.says_something() for child in self.children
        ) or not is_blank(self.attributes.get("alt", ""))


HtmlNode: TypeAlias = HtmlElement | str


def parse_tree(html: str) -> HtmlElement:
    """The tree that canonical HTML says; tags are closed as they were opened."""
    root = HtmlElement("div")
    path, position = [root], 0
    for token in TOKEN.finditer(html):
        if token.start() > position:
            path[-1].children.append(html[position : token.start()])
        position = token.end()
        if not token[1]:
            element = HtmlElement(token[2], dict(ATTRIBUTE.findall(token[3])))
            path[-1].children.append(element)
            if token[2] not in _VOID:
                path.append(element)
        elif len(path) > 1:
            path.pop()
    path[-1].children.append(html[position:])
    return root


def write_tree(root: HtmlElement) -> Iterator[str]:
    """The HTML of all that an element holds, in pieces."""
    for child in root.children:
        if isinstance(child, str):
            yield child
        else:
            attributes = "".join(f' {name}="{value}"' for name, value in child.attributes.items())
            yield f"<{child.tag}{attributes}>"
            if child.tag not in _VOID:
                yield from write_tree(child)
                yield f"</{child.tag}>"


def ids_in(element: HtmlElement) -> Iterator[str]:
    """Every id inside."""
    for child in element.elements():
        if "id" in child.attributes:
            yield child.attributes["id"]
        yield from ids_in(child)

"""The text of a list item stays before its nested list where more follows in an admonition, a folding one or a tab.

Those three extensions make a paragraph of the text and put it after what the item has already.
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown


def register_item_texts(converter: Markdown) -> None:
    """Change how these extensions find the element that a block goes on with."""
    for processor in converter.parser.blockprocessors:
        if parse_content := getattr(processor, "parse_content", None):
            vars(processor)["parse_content"] = partial(_parse_content, parse_content)


def _parse_content(
    parse_content: Callable[[Element, str], tuple[Element | None, Any, Any]], parent: Element, block: str
) -> tuple[Element | None, Any, Any]:
    found = parse_content(parent, block)
    item = found[0]
    if item is not None and item.tag in {"li", "dd"} and item.text and len(item):
        paragraph = Element("p")
        paragraph.text, item.text = item.text, ""
        item.insert(0, paragraph)
    return found

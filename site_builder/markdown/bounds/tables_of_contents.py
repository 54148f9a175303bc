"""`[TOC]`, put in its places in a time that grows with the text, however often it is written."""

from collections.abc import Iterator
from typing import Any, Final, cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.toc import TocTreeprocessor

from site_builder.markdown.syntax.remarks import Remark

MAX_ENTRIES: Final = 3_000
"""Of all tables of contents after the first, each of which lists every heading."""
_TOO_MANY: Final = "one table of contents too many and is shown as text"
_TOO_MANY_HINT: Final = "write it once"
_NO_TEXT: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "pre", "code"})


def register_tables_of_contents(converter: Markdown, remarks: list[Remark]) -> None:
    """Change the extension's own method, if the settings use it."""
    for processor in converter.treeprocessors:
        if type(processor) is TocTreeprocessor:
            _change(processor, remarks)


def _change(processor: TocTreeprocessor, remarks: list[Remark]) -> None:
    marker: str = cast(Any, processor).marker

    def replace_marker(root: Element, table: Element) -> None:
        entries = sum(1 for _ in table.iter("li"))
        left = MAX_ENTRIES
        for number, (parent, at) in enumerate(list(_places(root, marker))):
            if number:
                left -= entries
            if left < 0:
                remarks.append(Remark(marker, _TOO_MANY, _TOO_MANY_HINT))
                return
            parent[at] = table

    processor.replace_marker = replace_marker  # type: ignore[method-assign, assignment]


def _places(root: Element, marker: str) -> Iterator[tuple[Element, int]]:
    """The parent and index of each paragraph that is nothing but the marker, in the order of the text."""
    waiting = [(root, 0)]
    while waiting:
        parent, at = waiting.pop()
        if at == len(parent):
            continue
        waiting.append((parent, at + 1))
        child = parent[at]
        if child.tag in _NO_TEXT:
            continue
        if not len(child) and (child.text or "").strip() == marker:
            yield parent, at
        else:
            waiting.append((child, 0))

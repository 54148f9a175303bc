"""Ids for headings that are written as HTML, by the rule of those that are written in Markdown.

Headings in Markdown have theirs from the extension `toc`, which does not see HTML. They keep them: of two headings
with one text, the one in HTML is numbered.
"""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from itertools import chain, count
from typing import Final

from site_builder.markdown.clean_html.html_tree import HtmlElement, ids_in

_HEADINGS: Final = frozenset(f"h{n}" for n in range(1, 7))
_WRITTEN: Final = re.compile(r"<h[1-6][\s>]", re.IGNORECASE)


def name_headings(root: HtmlElement, source: str, make_id: Callable[[str, str], str], separator: str) -> None:
    """Give each heading of a body's tree an id. `source`: the Markdown it comes from; without HTML nothing is done."""
    if not _WRITTEN.search(source):
        return
    taken = set(ids_in(root))
    numbers: dict[str, Iterator[int]] = {}
    for heading in _without_id(root):
        made = escape(make_id(" ".join(_text(heading).split()), separator))
        numbered = chain([made] if made else [], (f"{made}_{number}" for number in numbers.setdefault(made, count(1))))
        identity = next(one for one in numbered if one not in taken)
        heading.attributes["id"] = identity
        taken.add(identity)


def _without_id(parent: HtmlElement) -> Iterator[HtmlElement]:
    for child in parent.elements():
        if child.tag in _HEADINGS and "id" not in child.attributes:
            yield child
        yield from _without_id(child)


def _text(element: HtmlElement) -> str:
    return "".join(unescape(child) if isinstance(child, str) else _text(child) for child in element.children)

"""A page's tree made plain: formulas as TeX, code as `<pre>`, notes with marks, and nothing unseen; in place."""

from itertools import islice
from typing import Final

from site_builder.importers.read.html.normalise.code_in_html import flatten_code, show_code_fields
from site_builder.importers.read.html.normalise.collapsed import open_collapsed
from site_builder.importers.read.html.normalise.formulas_in_html import write_formulas
from site_builder.importers.read.html.normalise.note_marks import write_note_marks
from site_builder.importers.read.html.normalise.permalinks import remove_permalinks
from site_builder.importers.read.html.normalise.unseen import remove_unseen
from site_builder.importers.read.html.page_tree import Element

__all__ = ["make_plain"]

_MAX_LEVEL: Final = 6
_TAGS_OF_ROLES: Final = {
    "list": "ul", "listitem": "li", "table": "table", "rowgroup": "tbody", "row": "tr", "cell": "td",
    "columnheader": "th", "rowheader": "th",
}  # fmt: skip


def make_plain(root: Element) -> tuple[str, ...]:
    """Change a tree, in place, so that its text is what a reader sees.

    Gives the hidden paragraphs that were left out though they read like text of the article, one string for each
    element that hid some.
    """
    _open_shadow_roots(root)
    _open_asides(root)
    show_code_fields(root)
    open_collapsed(root)
    write_formulas(root)
    left_out = remove_unseen(root)
    flatten_code(root)
    remove_permalinks(root)
    write_note_marks(root)
    _name_roles(root)
    return left_out


def _open_shadow_roots(root: Element) -> None:
    """`<template shadowrootmode="open">` is shown, other templates are not."""
    for element in list(root.iter("template")):
        if element.get("shadowrootmode") == "open":
            element.tag = "div"


def _open_asides(root: Element) -> None:
    """An `<aside>` with the page's only main heading in it is the article, not something beside it."""
    headings = list(islice(root.iter("h1"), 2))
    if len(headings) == 1:
        for aside in headings[0].iterancestors("aside"):
            aside.tag = "div"


def _name_roles(root: Element) -> None:
    """`<div role="heading" aria-level="2">` is an `<h2>`, and so on for lists and tables (WAI-ARIA 1.2)."""
    for element in list(root.iter("menu", "dir")):
        element.tag = "ul"
    for element in list(root.iter("div", "span", "p", "font", "td")):
        role = element.get("role")
        if role in _TAGS_OF_ROLES:
            element.tag = _TAGS_OF_ROLES[role]
        elif role == "heading":
            level = (element.get("aria-level") or "2").strip()
            number = int(level) if level.isascii() and level.isdigit() else 2
            element.tag = f"h{min(max(number, 1), _MAX_LEVEL)}"

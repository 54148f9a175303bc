"""Take the marks out of headings that link them to themselves, or to an editor: "¶", "#", "[edit]"."""

import re
from itertools import islice
from typing import Final
from urllib.parse import parse_qs, urlsplit

from site_builder.importers.read.html.page_tree import Element, remove, text_of

_HEADS: Final = ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "figcaption", "caption", "legend", "summary")
_LETTER: Final = re.compile(r"[^\W_]")
_NAMES: Final = re.compile(
    r"anchor|permalink|headerlink|header-?link|heading-?link|hash-?link|section-?link|self-?link"
)
"""In the class of a link whose text, if it has letters, is a name for the mark: "Link to this heading"."""
_BRACKETS: Final = re.compile(r"\s*[\[\uff3b(](.*)[\]\uff3d)]\s*", re.DOTALL)
MAX_LINKS: Final = 20
"""Of one heading, and elements in it, that are looked at."""
MAX_CHARACTERS: Final = 40
"""Of what is in the brackets."""
_SIGNS: Final = frozenset("¶§#🔗⚓∞")


def remove_permalinks(root: Element) -> None:
    """Take out, in place, links in headings to their own place, and links in brackets to an editor."""
    for head in list(root.iter(*_HEADS)):
        for link in list(islice(head.iter("a"), MAX_LINKS)):
            if _is_mark(link, head):
                _remove_alone(link, head)
            elif _is_edit_address(link.get("href") or ""):
                _remove_in_brackets(link)
        for box in list(islice(head.iter("span", "small", "sup", "div"), MAX_LINKS)):
            if box.getparent() is not None and _is_editor(box):
                remove(box)
    for link in list(root.iter("a")):
        names = (link.get("class") or "").lower()
        if _leads_here(link) and text_of(link) in _SIGNS and (_NAMES.search(names) or _is_last(link)):
            remove(link)
    for box in list(root.iter("span", "div")):
        # A wiki puts its "[edit]" beside the heading too.
        if "editsection" in (box.get("class") or "").lower() and box.getparent() is not None and _is_editor(box):
            remove(box)


def _leads_here(link: Element) -> bool:
    return "#" in (link.get("href") or "") or (link.get("href") is None and link.get("id") is not None)


def _is_mark(link: Element, head: Element) -> bool:
    if not _leads_here(link):
        return False
    text = text_of(link)
    if not text:
        return False
    if not _LETTER.search(text):
        return True
    rest = text_of(head)
    return rest != text and _NAMES.search((link.get("class") or "").lower()) is not None


def _is_last(link: Element) -> bool:
    """Does nothing follow it in its block?"""
    return not (link.tail or "").strip() and link.getnext() is None


def _is_editor(box: Element) -> bool:
    """Is it one link in brackets, to an editor?"""
    match = _BRACKETS.fullmatch("".join(box.itertext())[: MAX_CHARACTERS + 2])
    if match is None:
        return False
    links = [a.get("href") or "" for a in box.iter("a")]
    return bool(links) and all(_is_edit_address(href) for href in links)


def _remove_in_brackets(link: Element) -> None:
    """A link with the brackets around it: "[<a>edit</a>]"."""
    before, after = link.getprevious(), (link.tail or "").lstrip()
    text = (before.tail if before is not None else link.getparent().text) or ""
    if not text.rstrip().endswith("[") or not after.startswith("]"):
        return
    text = text.rstrip().removesuffix("[")
    if before is not None:
        before.tail = text
    else:
        link.getparent().text = text
    link.tail = after.removeprefix("]")
    remove(link)


def _is_edit_address(href: str) -> bool:
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    query = parse_qs(parts.query)
    return (
        any(v in {"edit", "editsource"} for v in query.get("action", ()))
        or "veaction" in query
        or ("/edit/" in f"{parts.path}/")
    )


def _remove_alone(link: Element, head: Element) -> None:
    """The link, and elements that hold nothing else."""
    around = link
    while (parent := around.getparent()) is not None and parent is not head and text_of(parent) == text_of(around):
        around = parent
    remove(around)

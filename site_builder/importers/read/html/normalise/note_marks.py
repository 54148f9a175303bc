"""Make the marks of notes readable without a link: "sea1" becomes "sea[1]", and arrows back to the text go."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from site_builder.importers.read.html.normalise.hidden_notes import is_mark
from site_builder.importers.read.html.page_tree import Element, remove, squeeze

MAX_LINKS: Final = 4_000
"""Of one page that are looked at."""
MAX_NAME_CHARACTERS: Final = 400
"""Of a link's class and id."""
_MAX_CHARACTERS: Final = 12
_LEVELS: Final = 6
"""Elements around a link back to the text, of which one is the note."""
_ARROWS: Final = frozenset("↑↩↵⏎⤴⮐⬑↖^⇑⇧⤶←\ufe0e\ufe0f")
_BRACKETS: Final = ("[", "(", "{", "\uff3b")


def write_note_marks(root: Element) -> None:
    """Change the marks of notes in place.

    A link is a mark if it leads to a place within the page and its text is "1", "a" or "*". In a note, a link back to
    the place in the text is left out where the note is an item of a list, which has its own number.
    """
    links = [a for a in islice(_links_here(root), MAX_LINKS) if _is_short(a)]
    if not links:
        return
    named = {e.get("id") or e.get("name"): e for e in root.iter() if isinstance(e.tag, str) and _is_named(e)}
    back = [a for a in links if _leads_back(a, named)]
    for link in links:
        text = squeeze("".join(link.itertext()))
        if link in back:
            item = next(link.iterancestors("li"), None)
            if item is not None or not any(c.isalnum() for c in text):
                _remove_with_frame(link, item)
                continue
        if text.isalnum() and is_mark(text) and _is_raised(link):
            link[:] = []
            link.text = f"[{text}]"


def _links_here(root: Element) -> Iterator[Element]:
    return (a for a in root.iter("a") if "#" in (a.get("href") or "") or _is_called_mark(a))


def _is_called_mark(link: Element) -> bool:
    """Does a script lead to the note?"""
    return "footnote" in f"{link.get('class')} {link.get('id')}"[:MAX_NAME_CHARACTERS].lower()


def _is_short(link: Element) -> bool:
    text = squeeze("".join(link.itertext()))
    return bool(text) and len(text) <= _MAX_CHARACTERS and (is_mark(text) or set(text) <= _ARROWS)


def _is_named(element: Element) -> bool:
    return bool(element.get("id") or (element.tag == "a" and element.get("name")))


def _place(link: Element) -> str:
    return (link.get("href") or "").rpartition("#")[2]


def _leads_back(link: Element, named: dict[str, Element]) -> bool:
    """Does it lead to a mark that leads to the note around this link?"""
    mark = named.get(_place(link))
    if mark is None:
        return False
    around = [e for e in (link, *islice(link.iterancestors(), _LEVELS)) if e.tag not in {"body", "html"}]
    names = {e.get("id") or e.get("name") for e in around} - {None}
    near = next(iter(mark.iterancestors("sup")), mark)
    forth = (near, *islice(near.iter("a"), _LEVELS))
    leads = any(e.tag == "a" and _place(e) in names for e in forth)
    return leads and mark not in around and not any(e is mark for a in around for e in a.iterancestors(mark.tag))


def _is_raised(link: Element) -> bool:
    """Is it small and high, as marks in the text are?"""
    inside = next(link.iter("sup"), None) is not None
    return inside or any(e.tag == "sup" for e in islice(link.iterancestors(), 2))


def _remove_with_frame(link: Element, item: Element | None) -> None:
    """The link, and the elements that hold nothing else."""
    around = link
    while (parent := around.getparent()) is not None and parent is not item and parent.tag in {"sup", "span", "b", "i"}:
        rest = squeeze("".join(parent.itertext()))
        if rest.strip("[]() ") != squeeze("".join(around.itertext())).strip("[]() "):
            break
        around = parent
    remove(around)

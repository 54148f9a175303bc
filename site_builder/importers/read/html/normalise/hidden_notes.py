"""Show notes that a page hides until a reader asks for them.

A note belongs to the text, wherever a script puts it. It is known by its mark: "1", "[a]" or "*" in the text, whose
element names the hidden one, in an address within the page or in any attribute.
"""

import re
from functools import cache
from typing import Final

from site_builder.importers.read.html.page_tree import Element, text_of

NOTE_ROLE: Final = "doc-footnote"
"""Of an element that is a note, in Digital Publishing WAI-ARIA 1.1."""
MAX_MARKS: Final = 500
"""Of one page that are looked at."""
MAX_VALUE_CHARACTERS: Final = 100
"""Of an attribute that may name an element."""
_MAX_MARK_CHARACTERS: Final = 12


def is_mark(text: str) -> bool:
    """Is a text the mark of a note, such as "1", "[a]" or "*"?"""
    text = text.strip()
    return len(text) <= _MAX_MARK_CHARACTERS and _mark().fullmatch(text) is not None


def show_notes(root: Element, hidden: list[Element]) -> list[Element]:
    """Show those of the hidden elements that are notes, in place; gives the others."""
    named = {e.get("id"): e for e in hidden if e.get("id")}
    if not named:
        return hidden
    shown: set[Element] = set()
    count = 0
    for element in root.iter():
        if not isinstance(element.tag, str) or not element.attrib or count >= MAX_MARKS:
            continue
        values = (v.removeprefix("#") for v in element.attrib.values() if 0 < len(v) <= MAX_VALUE_CHARACTERS)
        wanted = [named[v] for v in values if v in named]
        notes = [n for n in wanted if n is not element]
        if not notes:
            continue
        count += 1
        if is_mark(text_of(element)):
            shown.update(notes)
    for note in shown:
        note.set("role", NOTE_ROLE)
        if note.tag == "aside":
            note.tag = "div"
        for name in ("hidden", "aria-hidden", "style", "class"):
            note.attrib.pop(name, None)
    return [e for e in hidden if e not in shown]


@cache
def _mark() -> re.Pattern[str]:
    """A number, a letter or a sign, in brackets or not."""
    return re.compile(r"[\[({]?\s*(?:note\s*)?(?:\d{1,4}|[a-z]|[ivxlc]{1,6}|[*†‡§‖]{1,3})\s*[\])}]?\.?", re.IGNORECASE)

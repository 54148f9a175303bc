"""Tell that a page shows only the beginning of its text: the rest is for those who pay or log in.

Pages say so in their data, or in a line below the text. A line alone shows it only where the text is short: long ones
are whole, and the line invites to something else.
"""

from collections.abc import Iterable
from typing import Final

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.importers.read.phrases import phrases

GATED_WORDS: Final = 250
"""A page whose data say that it must be paid for shows only its beginning if it has fewer words than that. Of 24
such pages, those with their whole text had 387 words and more, the others at most 158."""
_MAX_GATE_WORDS: Final = 40
_MAX_GATE_CHARACTERS: Final = 300
"""Of a line that says so; what is longer is a paragraph about such things."""
_SHOWN_CHARACTERS: Final = 80
_HINT: Final = "copy the text from a browser that shows all of it"


def find_gate(lines: Iterable[str]) -> str | None:
    """The first of some lines that says that the rest is elsewhere, or for those who pay or log in."""
    for line in lines:
        if len(line) <= _MAX_GATE_CHARACTERS and len(line.split()) <= _MAX_GATE_WORDS:
            if phrases().gate.search(line):
                return line
        elif (found := phrases().gate.search(end := line[-_SHOWN_CHARACTERS:])) and found["cut"]:
            return end
    return None


def short_text(place: Location, gate: str | None = None) -> Diagnostic:
    """The finding text-short, with the line that says so, if there is one."""
    text = "the page seems to show only the beginning of its text; the rest must be paid for"
    if gate is not None:
        shown = gate if len(gate) <= _SHOWN_CHARACTERS else f"{gate[:_SHOWN_CHARACTERS].rstrip()} …"
        text = f'the page seems to show only the beginning of its text: it says "{shown}"'
    return diagnostic("text-short", place, text, _HINT)

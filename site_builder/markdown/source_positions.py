"""Find the line and column in a body's Markdown of something in its HTML, for findings.

Python-Markdown gives no positions, so the source is searched for the text as written, outside of code and comments.
"""

import re
from bisect import bisect_right
from functools import cached_property
from html import unescape
from typing import Final

BEFORE_URL: Final = ("](", "](<", "]( ", "]:", "]: ", "]: <", '="', "='", "=")
AFTER_URL: Final = ")> \n\"'"


def line_and_column(text: str, at: int) -> tuple[int, int]:
    """The line and column of a character, both from 1."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


class Locator:
    """Finds positions in a body: each call with the same text gives the next one."""

    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._first_line = first_line
        self._after: dict[str, int] = {}

    def __call__(self, needle: str, before: tuple[str, ...] = (), after: str = "") -> tuple[int, int]:
        """Line and column of a text that follows one of `before` and precedes one of the characters in `after`.

        If there is none, of the text anywhere; then of the text in what looks like code (in HTML, backticks do not make
        code); else the start of the body.
        """
        start = self._after.get(needle, 0)
        places = [place for reading in self._readings if (place := reading.find(needle, start, before, after))]
        if not places and (before or after):
            return self(needle)
        at = max(0, self._text.find(needle))
        if places:
            at, self._after[needle] = min(places)
        line, column = line_and_column(self._text, at)
        return self._first_line + line - 1, column

    @cached_property
    def _readings(self) -> "tuple[_Reading, ...]":
        """Made on first use: most short bodies contain nothing to be located."""
        text = without_code(self._text)
        readings = [_Reading(text, None)]
        if _WRITTEN_OTHERWISE.search(text):
            readings.append(_Reading(text, _WRITTEN_OTHERWISE))
        if _WRAPPED_LINK.search(text):
            readings.append(_Reading(text, _LINE_END))
        return tuple(readings)


_WRITTEN_OTHERWISE: Final = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]\w*);|\\[_*.+#!~()-]")
"""Entities, and Markdown's escapes except those of brackets, which make the text between them no link."""


_WRAPPED_LINK: Final = re.compile(r"\[\[[^\[\]|\n]*\n")
_LINE_END: Final = re.compile(r"[ \t]*\n[ \t>]*")
"""With the indentation of the next line, or its mark of a quotation."""


def _resolved(written: str) -> str:
    """What an entity, an escape or the end of a line stands for."""
    if "\n" in written:
        return " "
    return written[1:] if written.startswith("\\") else unescape(written)


class _Reading:
    """A text with entities, escapes or line ends resolved, which knows the original position of each character."""

    def __init__(self, text: str, otherwise: re.Pattern[str] | None) -> None:
        pieces, length, last = [], 0, 0
        self._read, self._written = [0], [0]
        """Starts of the unchanged pieces, here and in the original text."""
        for match in otherwise.finditer(text) if otherwise else ():
            pieces += [text[last : match.start()], _resolved(match[0])]
            last = match.end()
            length += len(pieces[-2]) + len(pieces[-1])
            self._read.append(length)
            self._written.append(last)
        self._text = "".join([*pieces, text[last:]]) if pieces else text

    def find(self, needle: str, start: int, before: tuple[str, ...], after: str) -> tuple[int, int] | None:
        """Start and end, in the original text, of the first match from `start` on."""
        text, at = self._text, _moved(start, self._written, self._read)
        while (at := text.find(needle, at)) >= 0:
            end = at + len(needle)
            if (not before or text.endswith(before, 0, at)) and (not after or text[end : end + 1] in after):
                return _moved(at, self._read, self._written), _moved(end, self._read, self._written)
            at = max(end, at + 1)  # `[text]()` has an empty address
        return None


def _moved(place: int, ours: list[int], theirs: list[int]) -> int:
    """Translate a position between two texts, in which the same pieces start at different positions."""
    piece = bisect_right(ours, place) - 1
    return theirs[piece] + place - ours[piece]


_CODE: Final = re.compile(
    r"^ {0,3}(```+|~~~+).*?(?:^ {0,3}\1|\Z)"
    r"|^[ \t>]+(```+|~~~+).*?^[ \t>]*\2"  # a fence in a list item or a quotation
    r"|<!--.*?-->"
    r"|(?<!`)(`+)(?!`)(?:[^\n]|\n(?![ \t]*\n))+?(?<!`)\3(?!`)",  # code in a line does not go over an empty line
    re.DOTALL | re.MULTILINE,
)
_ESCAPED_LINK: Final = re.compile(r"(?<!\\)(?:\\\\)*\\(?:\[\[[^\[\]\n]*\]\]|\[[^\[\]\n]*\]\([^()\n]*\)|\]\([^()\n]*\))")
"""`\\[text](address)`, `[text\\](address)` and `\\[[slug]]`, which are shown as written."""
_NOT_LINE_END: Final = re.compile(r"[^\n]")
_MAY_BE_CODE: Final = re.compile(r"(?:\A|\n[ \t]*\n)(?: {4}|\t)")
_INDENTED: Final = re.compile(r"(?: {4}|\t)[ \t]*\S")
_HOLDS_INDENTED: Final = re.compile(r" {0,3}(?:(?:[*+-]|\d+\.|:|!!!|\?\?\?\+?)[ \t]|\[\^[^\]]+\]:|</?[A-Za-z])")
"""A list item, definition, admonition, footnote or HTML: indented lines below belong to it and are not code."""


def without_code(text: str) -> str:
    """Replace code, comments and escaped links with control characters: what looks like a link there is not one."""
    if "\\" in text:
        text = _ESCAPED_LINK.sub(lambda match: _NOT_LINE_END.sub("\x01", match[0]), text)
    if "`" in text or "~~~" in text or "<!--" in text:
        text = _CODE.sub(lambda match: _NOT_LINE_END.sub("\x01", match[0]), text)
    if not _MAY_BE_CODE.search(text):
        return text
    lines, is_after_blank, is_held = text.split("\n"), True, False
    for number, line in enumerate(lines):
        if not line.strip():
            is_after_blank = True
        elif not _INDENTED.match(line):
            is_held = bool(_HOLDS_INDENTED.match(line)) or (is_held and not is_after_blank)
            is_after_blank = False
        elif is_after_blank and not is_held:
            lines[number] = "\x01" * len(line)  # and the next line may be code too
    return "\n".join(lines)

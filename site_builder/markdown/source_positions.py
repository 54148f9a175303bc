"""Find the line and column in a body's Markdown of something in its HTML, for findings.

Python-Markdown gives no positions, so the source is searched for the text as written, outside of code and comments.
"""

import re
from bisect import bisect_right
from functools import cached_property
from html import unescape
from typing import Final

_ATTRIBUTES: Final = tuple(
    f"{name}{sign}{quote}"
    for name in ("href", "src", "HREF", "SRC", "cite", "action")
    for sign in ("=", " = ", "= ")
    for quote in ('"', "'", "")
)
BEFORE_URL: Final = ("](", "](<", "]( ", "]:", "]: ", "]: <", *_ATTRIBUTES)
AFTER_URL: Final = ")> \n\"'"
BEFORE_NAME: Final = ("[[", "[[ ")
AFTER_NAME: Final = "]|\\"


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
        # `&lt;b>` is no tag, and `\$x$` no formula.
        readings = self._readings[:1] if needle.startswith(("<", "$")) else self._readings
        places = [place for reading in readings if (place := reading.find(needle, start, before, after))]
        if not places and (before or after):
            return self(needle)
        at = max(0, self._text.find(needle))
        if places:
            at, end = min(places)
            self._after[needle] = max(end, at + 1)  # `[text]()` has an empty address
        line, column = line_and_column(self._text, at)
        return self._first_line + line - 1, column

    def is_escaped(self, needle: str) -> bool:
        """Whether a text stands in the source with escapes or entities only: its author wants it as it is."""
        as_is, resolved = self._with_escapes
        return needle not in as_is and needle in resolved

    def plain_places(self, needle: str) -> list[tuple[int, int]]:
        """Line and column of each place where a text stands without escapes, outside of code; in their order."""
        places, at = [], self._plain.find(needle)
        while at >= 0:
            line, column = line_and_column(self._text, at)
            places.append((self._first_line + line - 1, column))
            at = self._plain.find(needle, at + len(needle))
        return places

    @cached_property
    def _plain(self) -> str:
        """The text with signs in place of code and escapes, so that everything else keeps its place."""
        visible = _without_other_text(without_code(self._text))
        return _ESCAPE.sub(lambda match: "\x01" * len(match[0]), visible)

    @cached_property
    def _with_escapes(self) -> tuple[str, str]:
        """The text with signs in place of escapes, and with what they stand for."""
        return _ESCAPE.sub("\x01", self._text), _ESCAPE.sub(lambda match: _resolved(match[0]), self._text)

    @cached_property
    def _readings(self) -> "tuple[_Reading, ...]":
        """Made on first use: most short bodies contain nothing to be located."""
        text = _without_other_text(without_code(self._text))
        readings = [_Reading(text, None)]
        if _WRITTEN_OTHERWISE.search(text):
            readings.append(_Reading(text, _WRITTEN_OTHERWISE))
        if _WRAPPED_LINK.search(text):
            readings.append(_Reading(text, _LINE_END))
        return tuple(readings)


_WRITTEN_OTHERWISE: Final = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]\w*);|\\[_*.+#!~()-]")
"""Entities, and Markdown's escapes except those of brackets, which make the text between them no link."""

_ESCAPE: Final = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]\w*);|\\[!-/:-@\[-`{-~]")
"""Entities, and all of Markdown's escapes."""
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
            if self._is_place(at, end, before, after):
                return _moved(at, self._read, self._written), _moved(end, self._read, self._written)
            at = max(end, at + 1)
        return None

    def _is_place(self, start: int, end: int, before: tuple[str, ...], after: str) -> bool:
        """Whether a match stands where it is looked for. A sign that is escaped does not count: `]\\(`."""
        text = self._text
        while " " not in after and text[end : end + 1] == " ":
            end += 1
        if after and text[end : end + 1] not in after:
            return False
        if text.startswith("$", start) and text.endswith("\\", 0, start):
            return False
        if start == end and _BEFORE_ADDRESS.match(text, end):
            return False
        if not before:
            return True
        mark = next((one for one in before if text.endswith(one, 0, start)), "")
        if not mark:
            return False
        if "=" in mark:  # an attribute stands in a tag
            return text.rfind("<", 0, start) > text.rfind(">", 0, start)
        first, last = (_moved(at, self._read, self._written) for at in (start - len(mark), start))
        return last - first == len(mark)


_BEFORE_ADDRESS: Final = re.compile(r"[ \t]+[^\s)\"']")
"""Behind the bracket of a link that has an address."""


def _moved(place: int, ours: list[int], theirs: list[int]) -> int:
    """Translate a position between two texts, in which the same pieces start at different positions."""
    piece = bisect_right(ours, place) - 1
    return theirs[piece] + place - ours[piece]


_TITLE: Final = re.compile(r"""(?<=\]\()(<[^<>\n]*>|[^\s()<>]*)[ \t]([ \t]*(?:"[^"\n]*"|'[^'\n]*'))(?=[ \t]*\))""")
"""An address with the title of a link, in which nothing is a link."""
_OTHER_TEXT: Final = re.compile(r"(?ims)<(script|style)\b.*?</\1\s*>|^<pre\b.*?</pre\s*>")
_OUTSIDE_TAGS: Final = re.compile(r"(?:^|(?<=>))[^<]+")


def _without_other_text(text: str) -> str:
    """Blank what is not Markdown either: titles of links, scripts, styles, and the text in `<pre>`."""
    if "](" in text:
        text = _TITLE.sub(lambda match: f"{match[1]} {_NOT_LINE_END.sub(chr(1), match[2])}", text)
    if "<" in text:
        text = _OTHER_TEXT.sub(lambda match: _OUTSIDE_TAGS.sub(blank, match[0]), text)
    return text


def blank(match: re.Match[str]) -> str:
    """What was found, with a control character in place of each character but line ends."""
    return _NOT_LINE_END.sub("\x01", match[0])


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
_HOLDS_INDENTED: Final = re.compile(
    r"[ \t]*(?:(?:[*+-]|\d+[.)]|:|!!!|\?\?\?\+?|===[+!]*)[ \t]+|\[\^[^\]]+\]:|</?[A-Za-z])"
)
"""A list item, definition, admonition, tab, footnote or HTML: lines indented by up to seven more belong to it."""
_CODE_INDENT: Final = 4


def without_code(text: str) -> str:
    """Replace code, comments and escaped links with control characters: what looks like a link there is not one."""
    if "\\" in text:
        text = _ESCAPED_LINK.sub(blank, text)
    if "`" in text or "~~~" in text or "<!--" in text:
        hidden = _CODE.sub(blank, _without_open_comments(text))
        text = hidden.replace(_OPEN_COMMENT, "<!--")
    return _without_indented_code(text)


_OPEN_COMMENT: Final = "\x01!--"
"""Stands for `<!--` without an end, from each of which the whole rest of the text would be searched."""


def _without_open_comments(text: str) -> str:
    last = text.rfind("-->") + 1
    return text[:last] + text[last:].replace("<!--", _OPEN_COMMENT) if text.find("<!--", last) >= 0 else text


_HTML_CODE: Final = re.compile(r"<(/?)(pre|code|kbd|samp|script|style|textarea)\b[^<>]*>", re.IGNORECASE)


def without_html_code(text: str) -> str:
    """Replace code that is written as HTML, such as `<pre>…</pre>`, with control characters."""
    tags = list(_HTML_CODE.finditer(text)) if "</" in text else []
    last_end = {match[2].lower(): number for number, match in enumerate(tags) if match[1]}
    pieces, at, number = [], 0, 0
    while number < len(tags):
        start, name = tags[number], tags[number][2].lower()
        if not start[1] and last_end.get(name, -1) > number:
            number = next(n for n in range(number + 1, len(tags)) if tags[n][1] and tags[n][2].lower() == name)
            pieces += [text[at : start.start()], _NOT_LINE_END.sub("\x01", text[start.start() : tags[number].end()])]
            at = tags[number].end()
        number += 1
    return "".join([*pieces, text[at:]]) if pieces else text


def _without_indented_code(text: str) -> str:
    """Replace the lines of indented code with control characters."""
    if not _MAY_BE_CODE.search(text):
        return text
    lines, is_after_blank = text.split("\n"), True
    held: list[tuple[int, int]] = []  # of what is around a line: where its text begins, and where code begins in it
    for number, line in enumerate(lines):
        if not line.strip():
            is_after_blank = True
            continue
        if line.startswith("\x01"):  # a fence, whose indentation is no longer known
            is_after_blank = False
            continue
        indent = len(line[: len(line) - len(line.lstrip())].expandtabs(_CODE_INDENT))
        holder = _HOLDS_INDENTED.match(line)
        while held and indent < held[-1][0] and (is_after_blank or holder):
            held.pop()
        is_inner_tag = bool(held) and line.lstrip().startswith("<")
        if is_after_blank and indent >= (held[-1][1] if held else _CODE_INDENT) and not is_inner_tag:
            lines[number] = "\x01" * len(line)  # and the next line may be code too
            continue
        if holder:
            held.append(_held_by(indent, holder[0].lstrip()))
        is_after_blank = False
    return "\n".join(lines)


def _held_by(indent: int, mark: str) -> tuple[int, int]:
    """Where the text of an item, a note or HTML begins, and where code begins in it."""
    if mark.startswith("<"):
        return indent + 1, indent + _CODE_INDENT
    start = indent + (len(mark) if mark[0] in "*+-" or mark[0].isdigit() else _CODE_INDENT)
    return start, start + _CODE_INDENT


COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
"""An HTML comment, or what begins as one."""


_NOTE: Final = re.compile(
    r"^\[[^\[\]\n]+\]:[ \t]*<?#?>?[ \t]*(?:\n[ \t]*)?(?:\((?:[^()\n]|\n(?!\n))*\)|\"[^\"]*\"|'[^']*')[ \t]*$",
    re.MULTILINE,
)


def comments_in(text: str) -> list[tuple[int, int]]:
    """Start and end of each comment in a Markdown text; one in code is code, if the code has an end.

    A definition that leads nowhere, `[//]: # (a note)`, is how some write a comment in Markdown.
    """
    if "<!--" not in text and "]:" not in text:
        return []
    shown = _without_indented_code(text)
    found = [match.span() for match in _NOTE.finditer(without_code(text))] if "]:" in text else []
    for match in _CODE.finditer(_without_open_comments(text)):
        if match[0].startswith("<!--"):
            found.append(match.span())
        elif match[1] and not re.search(rf"\n {{0,3}}{match[1]}\Z", match[0]):
            found += [comment.span() for comment in COMMENT.finditer(text, *match.span())]
    return [(start, end) for start, end in found if shown[start] in "<["]

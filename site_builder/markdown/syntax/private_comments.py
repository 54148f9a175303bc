"""Obsidian's `%%private comments%%`, in a line or over many lines: never published, in no form of the page.

A comment ends at the next `%%`, and without one at the end of the file, as in Obsidian. `%%` in code is code. `100%%`,
`\\%%` and a line of percent signs do not begin a comment.
"""

import re
from dataclasses import dataclass
from typing import Final

from site_builder.markdown.source_positions import without_code, without_html_code

_MARK: Final = "%%"
_REST_OF_LINE: Final = re.compile(r"[^\S\n]*(?:\n|\Z)")
_NOT_LINE_END: Final = re.compile(r"[^\n]")
_BEGINNING: Final = re.compile(r"(?<![\\%])(?!%{3,}[ \t]*$)(?:(?<!\d)%%|(?<=\d)%%(?=[^\s.,;:!?)]))", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PrivateComment:
    """A comment, with the characters from `start` up to `end`; they include the line end if it has lines of its own."""

    start: int
    end: int
    is_closed: bool = True


def find_private_comments(text: str) -> tuple[PrivateComment, ...]:
    """All comments in a Markdown text, in their order."""
    if _MARK not in text:
        return ()
    visible = without_html_code(without_code(text))
    found: list[PrivateComment] = []
    at = 0
    while beginning := _BEGINNING.search(visible, at):
        start = beginning.start()
        close = visible.find(_MARK, start + len(_MARK))
        if close >= 0:
            at = close + len(_MARK)
            found.append(PrivateComment(*_with_whole_lines(text, start, at)))
        elif start and visible[start - 1].isalnum():
            at = start + len(_MARK)  # `50%%`, or the name of a variable in a batch file
        else:
            found.append(PrivateComment(start, len(text), is_closed=False))
            break
    return tuple(found)


def _with_whole_lines(text: str, start: int, end: int) -> tuple[int, int]:
    """The range with the rest of its lines, if nothing else stands on them: a list goes on below such a comment."""
    first = start
    while first and text[first - 1] != "\n" and text[first - 1].isspace():
        first -= 1
    rest = _REST_OF_LINE.match(text, end)
    return (first, rest.end()) if rest and (not first or text[first - 1] == "\n") else (start, end)


def without_private_comments(text: str, comments: tuple[PrivateComment, ...]) -> str:
    """The text that may be published."""
    pieces, at = [], 0
    for comment in comments:
        pieces.append(text[at : comment.start])
        at = comment.end
    return "".join([*pieces, text[at:]]) if comments else text


def blank_private_comments(text: str, comments: tuple[PrivateComment, ...]) -> str:
    """The text with control characters in place of comments, so that everything else keeps its line and column."""
    pieces, at = [], 0
    for comment in comments:
        pieces += [text[at : comment.start], _NOT_LINE_END.sub("\x01", text[comment.start : comment.end])]
        at = comment.end
    return "".join([*pieces, text[at:]]) if comments else text

"""Marks of merge conflicts that nobody solved, such as Git leaves them in a file.

A conflict is its first mark, `<<<<<<<`, with all up to its last one. A mark that was left alone when the rest was
deleted counts too, save `=======`, which also underlines headings, and `>>>>>>>` among quoted lines.
"""

import re
from collections.abc import Iterator
from typing import Final

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.urls import SourcePath

_START: Final = re.compile(r"\s*<{7}(?: .*|\s*)")
_END: Final = re.compile(r"\s*>{7}(?: .*|\s*)")
_CODE_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_CODE_INDENT: Final = ("    ", "\t")


def find_conflicts(text: str, body_line: int, path: SourcePath) -> Iterator[Diagnostic]:
    """Report each conflict once, at its first mark. The body starts on `body_line`; code is known there only.

    A conflict inside a code block may be what the document is about, so it is only a note.
    """
    if "<" * 7 not in text and ">" * 7 not in text:
        return
    lines = text.split("\n")
    in_code = _code_lines(lines, body_line)
    number = 0
    while number < len(lines):
        start = number
        number += 1
        if _START.fullmatch(lines[start]):
            is_end = (at for at in range(start + 1, len(lines)) if _END.fullmatch(lines[at]))
            end = next(is_end, start)
            number = end + 1
        elif _END.fullmatch(lines[start]) and not _is_quoted(lines, start):
            end = start
        else:
            continue
        yield _finding(Location(path, start + 1), end + 1, is_code=start in in_code and end in in_code)


def _is_quoted(lines: list[str], at: int) -> bool:
    """Whether the line stands beside other quoted ones."""
    beside = (lines[at - 1] if at else "", lines[at + 1] if at + 1 < len(lines) else "")
    return any(line.lstrip().startswith(">") for line in beside)


def _code_lines(lines: list[str], body_line: int) -> frozenset[int]:
    """Indices of the lines of the body that are code: fenced, or indented."""
    found: set[int] = set()
    fence = ""
    for index in range(body_line - 1, len(lines)):
        line = lines[index]
        match = _CODE_FENCE.match(line)
        if fence:
            found.add(index)
            if match and match[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif match:
            fence = match[1]
        elif line.startswith(_CODE_INDENT):
            found.add(index)
    return frozenset(found)


def _finding(place: Location, last_line: int, *, is_code: bool) -> Diagnostic:
    if is_code:
        return diagnostic("conflict-shown", place, "a code block shows the marks of a merge conflict")
    where = f", up to line {last_line}" if last_line > place.line else ""
    hint = 'keep the right version, and delete the lines that start with "<<<<<<<", "=======" and ">>>>>>>"'
    return diagnostic("conflict-unsolved", place, f"a merge conflict was not solved{where}", hint)

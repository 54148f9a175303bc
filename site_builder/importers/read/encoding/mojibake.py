"""Text that was read in the wrong encoding: mended where that is certain, recognised where it is not.

The commonest fault of its kind is UTF-8 that a program took for windows-1252 and wrote as UTF-8 again: "cafÃ©". It can
be undone, because hardly any two letters of a real text happen to be whole UTF-8.
"""

import re
from typing import Final

_RUN: Final = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a\u201c-\u201e"
    "\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]+"
)
"""Signs of windows-1252 beyond ASCII, and the control characters in the places that it leaves free."""
_MIN_SIGNS: Final = 6
"""Signs that are UTF-8 twice over, of which fewer may be chance, or words about the fault,"""
_MENDED_SHARE: Final = 0.9
"""and share of all signs beyond ASCII that are."""
_SHOWN_AROUND: Final = 12
_REPLACED: Final = "\ufffd"


def undo_double_encoding(text: str) -> str:
    """The text with UTF-8 that was encoded twice read once more, if nearly all that is beyond ASCII is that."""
    if text.isascii():
        return text
    known: dict[str, str | None] = {}
    mended = 0
    for match in _RUN.finditer(text):
        run = match.group()
        if run not in known:
            known[run] = _once(run)
        mended += len(run) if known[run] is not None else 0
    if mended < _MIN_SIGNS or mended < _MENDED_SHARE * sum(1 for sign in text if sign > "\x7f"):
        return text
    return _RUN.sub(lambda match: known[match.group()] or match.group(), text)


def garbled_part(text: str) -> str | None:
    """A stretch of a text that was read in the wrong encoding, with what stands around it; None where there is none."""
    at = text.find(_REPLACED)
    if at < 0:
        doubled = [match for match in _RUN.finditer(text) if _once(match.group()) is not None]
        at = doubled[0].start() if sum(len(match.group()) for match in doubled) >= _MIN_SIGNS else -1
    if at < 0:
        return None
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    line, at = text[start : len(text) if end < 0 else end], at - start
    before = max(line.rfind(" ", 0, max(0, at - _SHOWN_AROUND)), at - 2 * _SHOWN_AROUND)
    after = line.find(" ", at + _SHOWN_AROUND)
    return line[max(0, before + 1) : min(len(line) if after < 0 else after, at + 2 * _SHOWN_AROUND)].strip()


def _once(run: str) -> str | None:
    """What a stretch means as UTF-8; None where it is none."""
    try:
        return b"".join(_byte(sign) for sign in run).decode("utf-8")
    except UnicodeDecodeError:
        return None


def _byte(sign: str) -> bytes:
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("latin-1")

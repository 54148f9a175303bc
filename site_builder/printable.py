"""Text from files and settings, made safe to print: what a terminal or a workflow would obey is shown as an escape.

A control character can start an escape sequence (ECMA-48), a line end can start a workflow command (`::error::`), and
a directional control can make a line read differently from what it says (Unicode Technical Report 36, section 3).
"""

import re
from typing import Final

_UNSAFE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
_LINE_ENDS: Final = "\n\t"


def printable(text: str) -> str:
    r"""The text on one line, with everything that is not shown as it is in the form `\n`, `\x1b` or `\u202e`."""
    return text if text.isascii() and text.isprintable() else _UNSAFE.sub(lambda m: _escape(m[0]), text)


def printable_lines(text: str) -> str:
    """The same for a text that is meant to have lines and tabs."""
    return _UNSAFE.sub(lambda m: m[0] if m[0] in _LINE_ENDS else _escape(m[0]), text)


def _escape(sign: str) -> str:
    return sign.encode("unicode_escape").decode()

"""Characters that must not be published, and those that must not be printed as they are.

Published: what XML 1.0 (section 2.2) or the HTML Living Standard (section 13.1.4) forbids would break feeds or pages.
Printed: a control character can start an escape sequence (ECMA-48), a line end can start a workflow command
(`::error::`), and a directional control can make a line read differently from what it says (Unicode Technical Report
36, section 3).
"""

import json
import re
from typing import Final

_PLANES: Final = range(0, 0x110000, 0x10000)
_NONCHARACTERS: Final = "\ufdd0-\ufdef" + "".join(f"{chr(p + 0xFFFE)}{chr(p + 0xFFFF)}" for p in _PLANES)
_FORBIDDEN: Final = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff{_NONCHARACTERS}]")
_UNSAFE: Final = re.compile(
    f"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff{_NONCHARACTERS}]"
)
_LINE_ENDS: Final = "\n\t"


def forbidden_in(text: str) -> re.Match[str] | None:
    """The first control character, surrogate or noncharacter, which no published text may hold."""
    return None if _is_harmless(text) else _FORBIDDEN.search(text)


def without_forbidden(text: str) -> str:
    """The text without such characters."""
    return text if _is_harmless(text) else _FORBIDDEN.sub("", text)


def _is_harmless(text: str) -> bool:
    """Whether a text has nothing but printable characters and line ends, which is quick to tell; most have."""
    return text.isprintable() or text.replace("\n", "").replace("\t", "").isprintable()


def name_of_character(character: str) -> str:
    """A character as a finding names it: `U+0007`."""
    return f"U+{ord(character):04X}"


def printable(text: str) -> str:
    r"""The text on one line, with everything that is not shown as it is in the form `\n`, `\x1b` or `\u202e`."""
    return text if text.isascii() and text.isprintable() else _UNSAFE.sub(lambda m: _escape(m[0]), text)


def printable_lines(text: str) -> str:
    """The same for a text that is meant to have lines and tabs."""
    return _UNSAFE.sub(lambda m: m[0] if m[0] in _LINE_ENDS else _escape(m[0]), text)


def printable_json(written: str) -> str:
    r"""JSON that says the same, with such characters in its strings in the form `\u202e`."""
    return _UNSAFE.sub(lambda m: m[0] if m[0] in "\r\n\t" else json.dumps(m[0])[1:-1], written)


def _escape(sign: str) -> str:
    return sign.encode("unicode_escape").decode()

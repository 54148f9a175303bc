"""JSON as people and programs write it: line ends and bare quotation marks in strings, a comma too many, a second one.

Text in, data out, and whether it had to be mended.
"""

import contextlib
import json
import re
from typing import Any, Final

_STRING_OR_COMMA: Final = re.compile(r'"(?:[^"\\]|\\.)*+"|,(?=\s*[}\]])', re.DOTALL)
_MARK: Final = re.compile(r'\\.|"', re.DOTALL)
_ENDS: Final = re.compile(r'\s*(?:[:}\]]|,\s*(?:["{\[\d-]|true|false|null|\Z)|\Z)')
"""What follows a quotation mark that ends a string."""
_DECODER: Final = json.JSONDecoder(strict=False)


def parse_loosely(text: str) -> tuple[Any, bool]:
    """The data, and whether the text had to be mended. Raises ValueError where that is not enough."""
    bare = text.lstrip("\ufeff \t\r\n")
    try:
        data, end = _decoded(bare)
    except ValueError:
        try:
            data, _ = _decoded(_STRING_OR_COMMA.sub(lambda m: "" if m[0] == "," else m[0], bare))
        except ValueError:
            mended = _with_inner_quotes(bare)
            data, _ = _decoded(_STRING_OR_COMMA.sub(lambda m: "" if m[0] == "," else m[0], mended))
        return data, True
    return data, bool(bare[end:].strip())


def parse_all(text: str, most: int) -> list[Any]:
    """The data of a text with several objects, one behind the other; what cannot be read ends it."""
    found: list[Any] = []
    rest = text.lstrip("\ufeff \t\r\n,;")
    while rest and len(found) < most:
        try:
            data, end = _decoded(rest)
        except ValueError:
            with contextlib.suppress(ValueError):
                found.append(parse_loosely(rest)[0])
            break
        found.append(data)
        rest = rest[end:].lstrip(" \t\r\n,;")
    return found


def _with_inner_quotes(text: str) -> str:
    """The text with a backslash before each quotation mark that ends no string: {"name": "The "best" wall"}."""
    parts: list[str] = []
    start = 0
    is_inside = False
    for mark in _MARK.finditer(text):
        if mark[0] != '"':
            continue
        if not is_inside or _ENDS.match(text, mark.end()):
            is_inside = not is_inside
        else:
            parts += [text[start : mark.start()], "\\"]
            start = mark.start()
    return "".join([*parts, text[start:]])


def _decoded(text: str) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text)
    except RecursionError:
        raise ValueError("too deeply nested") from None

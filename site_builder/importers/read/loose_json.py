"""JSON as people and programs write it: with line ends in strings, a comma too many, or something behind the end.

Text in, data out, and whether it had to be mended.
"""

import contextlib
import json
import re
from typing import Any, Final

_STRING_OR_COMMA: Final = re.compile(r'"(?:[^"\\]|\\.)*+"|,(?=\s*[}\]])', re.DOTALL)
_DECODER: Final = json.JSONDecoder(strict=False)


def parse_loosely(text: str) -> tuple[Any, bool]:
    """The data, and whether the text had to be mended. Raises ValueError where that is not enough."""
    bare = text.lstrip("\ufeff \t\r\n")
    try:
        data, end = _decoded(bare)
    except ValueError:
        data, _ = _decoded(_STRING_OR_COMMA.sub(lambda m: "" if m[0] == "," else m[0], bare))
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


def _decoded(text: str) -> tuple[Any, int]:
    try:
        return _DECODER.raw_decode(text)
    except RecursionError:
        raise ValueError("too deeply nested") from None

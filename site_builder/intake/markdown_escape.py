"""Plain text to Markdown that says the same: only what would be taken for markup is escaped."""

import re
from typing import Final

_START: Final = re.compile(r"^(?:(?P<mark>[#>+*=~-])|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s))")
_INLINE: Final = re.compile(r"([\\`*<\[\]]|(?<!\w)_|_(?!\w))")


def escape_line(text: str) -> str:
    """One line of text, safe as a paragraph."""
    text = _INLINE.sub(r"\\\1", text)
    start = _START.match(text)
    if start is None:
        return text
    if start["mark"]:
        return "\\" + text
    return f"{start['number']}\\{start['dot']}{text[start.end() :]}"

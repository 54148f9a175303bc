"""How much Markdown a text may hold.

What reading costs depends on the signs in a text more than on its length: 2 MB of prose take two seconds, and as many
bytes of `[a](b)` would take a minute. Counting signs, unlike a clock, gives the same answer on every machine.
"""

import re
from typing import Final

from site_builder.markdown.source_positions import without_code

MAX_SIGNS: Final = 250_000
"""Line ends and signs that may be Markdown, in one text: 2 MB of prose with many links, which take six seconds."""
MAX_DENSE_SIGNS: Final = 20_000
"""Signs outside code in a text of which they are more than a fifth, as many as 100 kB take less than a second for."""
_FIFTH: Final = 5
_SIGN: Final = re.compile(r"[\n#*_~=\[\]()<>|`!&\\$:{}^+@]")
_DENSE_SIGN: Final = re.compile(r"[#*_~=\[\]()<>|`!&\\$:{}^+@]")


def too_many_signs(text: str) -> str:
    """Say what the text has too much of, as the end of a sentence that begins with "the text"; "" if nothing."""
    if len(text) <= MAX_DENSE_SIGNS:
        return ""
    if (count := len(_SIGN.findall(text))) > MAX_SIGNS:
        return f"has {count:,} lines and signs of Markdown; the limit is {MAX_SIGNS:,}"
    if count > MAX_DENSE_SIGNS and count * _FIFTH > len(text):
        dense = len(_DENSE_SIGN.findall(without_code(text)))
        if dense > MAX_DENSE_SIGNS and dense * _FIFTH > len(text):
            return (
                f"has {dense:,} signs of Markdown in {len(text):,} characters; "
                f"where they are more than a fifth of a text, it may have {MAX_DENSE_SIGNS:,}"
            )
    return ""

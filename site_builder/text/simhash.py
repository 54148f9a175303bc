"""The simhash of a text: 128 bits of which few differ between texts of nearly the same wording.

Simhash (Charikar 2002) over runs of three words: of two texts that share a part c of their runs about
128 * acos(c) / pi bits differ, of unrelated ones 64. Import keeps the simhash of a page in the provenance of its draft,
as the curator replaces the text. So its way to cut a text into words may not change, and is its own.
"""

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b
from typing import Final

BITS: Final = 128
_RUN_WORDS: Final = 3
_MIN_WORDS: Final = 40
"""Shorter texts have no simhash: a teaser is too little to compare."""
_MAX_WORDS: Final = 20_000
_WORD: Final = re.compile(r"\w+")


@lru_cache(maxsize=2)
def sketch(text: str) -> int | None:
    """The simhash of a text; None where it is too short. Import asks twice: to find a duplicate, and for the draft."""
    words = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())[:_MAX_WORDS]
    if len(words) < _MIN_WORDS:
        return None
    runs = {" ".join(words[i : i + _RUN_WORDS]) for i in range(len(words) - _RUN_WORDS + 1)}
    # One counter of 32 bits for each bit, side by side in one long number: additions of whole runs at a time.
    totals = 0
    for run in runs:
        digest = blake2b(run.encode("utf-8", "surrogatepass"), digest_size=BITS // 8).digest()
        totals += int.from_bytes(b"".join(_SPREAD[byte] for byte in digest))
    counts = totals.to_bytes(BITS * 4)
    half = len(runs) / 2
    bits = 0
    for place in range(BITS):
        bits = bits << 1 | (int.from_bytes(counts[place * 4 : place * 4 + 4]) > half)
    return bits


_SPREAD: Final = tuple(b"".join((byte >> place & 1).to_bytes(4) for place in range(7, -1, -1)) for byte in range(256))
"""A byte -> its bits as eight numbers of 32 bits."""

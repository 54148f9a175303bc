"""Which language a text is in, by its commonest words. Only those of which the rest of the intake knows something."""

import re
from collections import Counter
from typing import Final

from site_builder.importers.read.phrases import phrases

_WORD: Final = re.compile(r"[^\W\d_]+")
_SAMPLE: Final = 20_000
"""Characters looked at."""
_LEAST_SHARE: Final = 0.08
"""Share of common words below which nothing is said: running text of these languages has 0.15 to 0.45."""


def guess_language(text: str) -> str | None:
    """A language code; None where too few words tell."""
    words = Counter(_WORD.findall(text[:_SAMPLE].casefold()))
    total = sum(words.values())
    if total < 20:
        return None
    hits = {code: sum(words[w] for w in known) for code, known in phrases().common_words.items()}
    best = max(hits, key=lambda code: (hits[code], code))
    return best if hits[best] >= _LEAST_SHARE * total else None

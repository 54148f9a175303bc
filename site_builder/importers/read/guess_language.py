"""Guess the language of a text by its most common words, among the languages of the lexicon."""

import re
from collections import Counter
from typing import Final

from site_builder.importers.read.phrases import phrases

_WORD: Final = re.compile(r"[^\W\d_]+")
_SAMPLE_CHARACTERS: Final = 20_000
"""Looked at."""
_MIN_WORDS: Final = 20
"""Fewer words prove nothing."""
_MIN_SHARE: Final = 0.08
"""Share of common words below which there is no guess: running text of these languages has 0.15 to 0.45."""


def guess_language(text: str) -> str | None:
    """A language code; None where too few words show it."""
    words = Counter(_WORD.findall(text[:_SAMPLE_CHARACTERS].casefold()))
    total = sum(words.values())
    if total < _MIN_WORDS:
        return None
    hits = {code: sum(words[w] for w in known) for code, known in phrases().common_words.items()}
    best = max(hits, key=lambda code: (hits[code], code))
    return best if hits[best] >= _MIN_SHARE * total else None

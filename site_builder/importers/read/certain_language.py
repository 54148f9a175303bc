"""The language that a page names and its paragraphs are in: phrases of other languages need not be looked for in it.

To read and compile the phrases of thirty languages takes longer than to read a page.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from site_builder.importers.lexicon import load_language

_NAMED: Final = re.compile(r"<html\b[^<>]{0,2000}?\blang\s*=\s*[\"']?(?P<code>[A-Za-z]{2,3})\b", re.IGNORECASE)
_PARAGRAPH: Final = re.compile(
    r"<(?!/?(?:script|style|noscript|title|option)\b)[/a-z][^<>]{0,500}>(?P<text>[^<>{}]{60,})", re.IGNORECASE
)
"""A run of text that is long enough for a sentence, behind any tag."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_START_CHARACTERS: Final = 5_000
_MAX_PARAGRAPHS: Final = 30
_SAMPLE_CHARACTERS: Final = 5_000
_MIN_WORDS: Final = 80
"""Of these paragraphs together; fewer prove nothing."""
_MIN_SHARE: Final = 0.15
"""Share of a language's commonest words in running text: 0.15 to 0.45."""
_MIN_DIFFERENT: Final = 6
"""Common words of which the paragraphs must have some."""
_ENGLISH: Final = "en"
"""Words of English are on pages of any language."""


def languages_besides(text: str, places: Sequence[Path], language: str | None = None) -> frozenset[str]:
    """Codes of the languages that a page is certainly not in, of those with a file in these folders; or none.

    `text` is HTML, or plain text that is said to be in a `language`. A page that names none may be in English.
    """
    named = None if language else _NAMED.search(text[:_START_CHARACTERS])
    code = (language or (named["code"] if named else _ENGLISH)).lower().partition("-")[0]
    files = {path.stem: path for place in places for path in place.glob("*.toml")}
    if code not in files or len(places) > 1:
        return frozenset()
    found = (match["text"] for match in islice(_PARAGRAPH.finditer(text), _MAX_PARAGRAPHS))
    sample = text[:_SAMPLE_CHARACTERS] if language else " ".join(found)
    words = Counter(_WORD.findall(sample.casefold()))
    if words.total() < _MIN_WORDS or _share(words, files[code]) < _MIN_SHARE:
        return frozenset()
    if code != _ENGLISH and _ENGLISH in files and 2 * _share(words, files[_ENGLISH]) > _share(words, files[code]):
        return frozenset()
    return frozenset(files) - {code, _ENGLISH}


def _share(words: Counter[str], file: Path) -> float:
    common = load_language(file).common_words.split()
    if sum(words[w] > 0 for w in common) < _MIN_DIFFERENT:
        return 0.0
    return sum(words[w] for w in common) / words.total()

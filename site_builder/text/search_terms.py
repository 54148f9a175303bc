"""Text to terms, in Python for the index and, word for word the same, in `templates/assets/search.js` for the query.

Letters lose their case and accents; Greek, Cyrillic and others stay themselves. Scripts without spaces go by pairs of
characters. Of English plurals only the ending goes (the "S stemmer" of D. Harman, 1991): it never joins words that mean
different things, and does little harm in other languages.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_ACCENT: Final = re.compile("[\u0300-\u036f]+")
_WORD: Final = re.compile(r"[^\W_]+")
_SPACELESS: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
LONGEST: Final = 40
"""Characters of a term that count; longer ones are numbers and addresses."""


def fold(text: str) -> str:
    """Lower case without accents: `Über` -> `uber`, `Straße` -> `strasse`."""
    plain = _ACCENT.sub("", unicodedata.normalize("NFKD", text)).lower().replace("ß", "ss").replace("\u03c2", "\u03c3")
    return unicodedata.normalize("NFC", plain)


def terms(text: str) -> list[str]:
    """The terms of a text, in its order."""
    return [term for word in _WORD.findall(fold(text)) for term in _of_word(word)]


def words(text: str) -> list[str]:
    """The words of a text as it writes them but for their case, each with what `terms` makes of it."""
    return [word.lower() for word in _WORD.findall(unicodedata.normalize("NFC", text))]


@lru_cache(maxsize=100_000)
def _of_word(word: str) -> tuple[str, ...]:
    if not _SPACELESS.search(word):
        return (stem(word)[:LONGEST],)
    found: list[str] = []
    at = 0
    for run in _SPACELESS.finditer(word):
        found += [stem(word[at : run.start()])] if run.start() > at else []
        found += _pairs(run.group())
        at = run.end()
    found += [stem(word[at:])] if at < len(word) else []
    return tuple(found)


def _pairs(run: str) -> Iterator[str]:
    return iter([run] if len(run) == 1 else [run[i : i + 2] for i in range(len(run) - 1)])


def stem(word: str) -> str:
    """`policies` -> `policy`, `cases` -> `case`, `laws` -> `law`; `us`, `class` and `basis` stay."""
    if len(word) < 4 or not word.endswith("s"):
        return word
    if word.endswith("ies") and not word.endswith(("aies", "eies")):
        return f"{word[:-3]}y"
    if word.endswith(("us", "ss", "is")):
        return word
    return word[:-1]

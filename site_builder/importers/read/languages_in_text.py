"""Which languages nothing of a text is in, by its signs and its words: their phrases need not be looked for in it."""

import re
from itertools import islice
from typing import Final

from site_builder.importers.lexicon import folders, load_lexicon

_CYRILLIC: Final = "\u0400-\u04ff"
_ARABIC: Final = "\u0600-\u06ff"
_IDEOGRAPHS: Final = "\u3040-\u30ff\u4e00-\u9fff"
_SIGNS_OF_LANGUAGES: Final = {
    "ar": _ARABIC,
    "el": "\u0370-\u03ff",
    "fa": _ARABIC,
    "he": "\u0590-\u05ff",
    "hi": "\u0900-\u097f",
    "ja": _IDEOGRAPHS,
    "ko": "\uac00-\ud7a3",
    "ru": _CYRILLIC,
    "th": "\u0e00-\u0e7f",
    "uk": _CYRILLIC,
    "zh": _IDEOGRAPHS,
}
"""Languages whose phrases have signs that other texts have not: half of all patterns, which take 70 ms to compile."""
_OTHER_ALPHABETS: Final = re.compile("[\u0370-\u1dff\u2e80-\ufaff]+")
"""All of these signs."""
_MIN_SIGNS: Final = 8
"""Fewer signs in a text are a name or a quotation."""


_WORD: Final = re.compile(r"[^\W\d_]+")
_DECLARED: Final = re.compile(r"""\blang\s*=\s*["']?([A-Za-z]{2})\b""")
_SAMPLES: Final = 10
_SAMPLE_CHARACTERS: Final = 20_000
"""Looked at, in so many parts of a text; the markup of a page counts too."""
_MIN_DIFFERENT_WORDS: Final = 250
"""Different words of a text from which on the commonest words of its language are all among them, nearly."""
_MIN_COMMON_SHARE: Final = 0.4
"""Share of a language's commonest words in texts in it; 0.7 and more in saved news, 0.3 at most in other languages'."""


def languages_not_in(text: str) -> frozenset[str]:
    """Codes of the languages of the lexicon in which nothing of a text is written.

    By their alphabet, or by their commonest words in a text that is long enough to have these. A declared language
    stays, and English does: pages in any language have English buttons.
    """
    # One look at a page of 400,000 characters, instead of eleven.
    others = "" if text.isascii() else "".join(_OTHER_ALPHABETS.findall(text))
    by_sign = frozenset(tag for tag, signs in _SIGNS_OF_LANGUAGES.items() if not _has(others, signs))
    return by_sign | _without_words_in(text, by_sign)


def _without_words_in(text: str, known: frozenset[str]) -> frozenset[str]:
    step = max(len(text) // _SAMPLES, _SAMPLE_CHARACTERS)
    words = {
        word
        for at in range(0, len(text), step)
        for word in _WORD.findall(text[at : at + _SAMPLE_CHARACTERS].casefold())
    }
    if len(words) < _MIN_DIFFERENT_WORDS:
        return frozenset()
    common = {tag: set(x.common_words.split()) for tag, x in load_lexicon(*folders(), without=known).items()}
    present = {tag for tag, own in common.items() if len(own & words) >= _MIN_COMMON_SHARE * len(own)}
    declared = {tag.lower() for tag in _DECLARED.findall(text[:_SAMPLE_CHARACTERS])}
    return frozenset(common) - present - declared - {"en"}


def _has(text: str, signs: str) -> bool:
    return bool(text) and sum(1 for _ in islice(re.finditer(f"[{signs}]", text), _MIN_SIGNS)) == _MIN_SIGNS

"""Which languages nothing of a text is in: their phrases need not be looked for in it.

To read and compile the phrases of thirty languages takes longer than to read a page. Three things show that a language
is not used: the page names another one, and its paragraphs are in that; none of the language's signs occur; or its
commonest words are missing in a long text. English always stays: pages in any language have English buttons.
"""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final

from site_builder.importers.lexicon import folders, load_language, load_lexicon

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
_MIN_SIGNS: Final = 8
"""Fewer signs in a text are a name or a quotation."""
_ENGLISH: Final = "en"

_NAMED: Final = re.compile(r"<html\b[^<>]{0,2000}?\blang\s*=\s*[\"']?(?P<code>[A-Za-z]{2,3})\b", re.IGNORECASE)
_ANY_NAMED: Final = re.compile(r"""\blang\s*=\s*["']?([A-Za-z]{2})\b""")
_PARAGRAPH: Final = re.compile(
    r"<(?!/?(?:script|style|noscript|title|option)\b)[/a-z][^<>]{0,500}>(?P<text>[^<>{}]{60,})", re.IGNORECASE
)
"""A run of text that is long enough for a sentence, behind any tag."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_START_CHARACTERS: Final = 5_000
_MAX_PARAGRAPHS: Final = 30
_PROSE_CHARACTERS: Final = 5_000
_SAMPLES: Final = 10
_SAMPLE_CHARACTERS: Final = 20_000
"""Looked at, in so many parts of a text; the markup of a page counts too."""
_MIN_PROSE_WORDS: Final = 80
"""Of paragraphs together; fewer prove nothing."""
_MIN_SHARE: Final = 0.15
"""Share of a language's commonest words in running text: 0.15 to 0.45."""
_MIN_DIFFERENT: Final = 6
"""Common words of which the paragraphs must have some."""
_MIN_DIFFERENT_WORDS: Final = 250
"""Different words of a text from which on the commonest words of its language are all among them, nearly."""
_MIN_COMMON_SHARE: Final = 0.4
"""Share of a language's commonest words in texts in it; 0.7 and more in saved news, 0.3 at most in other languages'."""


def unused_languages(text: str, language: str | None = None) -> frozenset[str]:
    """Codes of the languages of the lexicon that a text is not in.

    `text` is HTML, or plain text that may be said to be in a `language`. A page that names no language may be in
    English.
    """
    places = folders()
    files = {path.stem: path for place in places for path in place.glob("*.toml")}
    code = language.lower().partition("-")[0] if language else _named(text)
    if code in files and len(places) == 1 and _is_in(code, _prose(text, is_plain=language is not None), files):
        return frozenset(files) - {code, _ENGLISH}
    without_signs = _without_signs(text)
    return without_signs | _without_words(text, without_signs)


def _named(text: str) -> str:
    named = _NAMED.search(text[:_START_CHARACTERS])
    return named["code"].lower() if named else _ENGLISH


def _prose(text: str, *, is_plain: bool) -> Counter[str]:
    """The words of a text, or of the paragraphs of a page, as far as they are looked at."""
    if is_plain:
        return Counter(_WORD.findall(text[:_PROSE_CHARACTERS].casefold()))
    found = (match["text"] for match in islice(_PARAGRAPH.finditer(text), _MAX_PARAGRAPHS))
    return Counter(_WORD.findall(" ".join(found).casefold()))


def _is_in(code: str, words: Counter[str], files: Mapping[str, Path]) -> bool:
    """Are these the words of a language, and not those of English?"""
    if words.total() < _MIN_PROSE_WORDS:
        return False
    share = _share(words, files[code])
    if share < _MIN_SHARE:
        return False
    return code == _ENGLISH or _ENGLISH not in files or 2 * _share(words, files[_ENGLISH]) <= share


def _share(words: Counter[str], file: Path) -> float:
    common = load_language(file).common_words.split()
    if sum(words[w] > 0 for w in common) < _MIN_DIFFERENT:
        return 0.0
    return sum(words[w] for w in common) / words.total()


def _without_signs(text: str) -> frozenset[str]:
    """The languages of other alphabets."""
    # One look at a page of 400,000 characters, instead of eleven.
    others = "" if text.isascii() else "".join(_other_alphabets().findall(text))
    return frozenset(tag for tag, signs in _SIGNS_OF_LANGUAGES.items() if not _has(others, signs))


def _has(text: str, signs: str) -> bool:
    return bool(text) and sum(1 for _ in islice(re.finditer(f"[{signs}]", text), _MIN_SIGNS)) == _MIN_SIGNS


def _without_words(text: str, known: frozenset[str]) -> frozenset[str]:
    """The languages, beside those `known`, of which a long text does not have the commonest words."""
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
    declared = {tag.lower() for tag in _ANY_NAMED.findall(text[:_SAMPLE_CHARACTERS])}
    return frozenset(common) - present - declared - {_ENGLISH}


@cache
def _other_alphabets() -> re.Pattern[str]:
    """All of these signs."""
    return re.compile("[\u0370-\u1dff\u2e80-\ufaff]+")

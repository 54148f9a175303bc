"""Guess the language of a text: by its script where that is one language's, else by its most common words."""

import re
import unicodedata
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
_MIN_DIFFERENT: Final = 3
"""Common words of which a text must have some: one or two are another language's."""
_MIN_LETTERS: Final = 20
"""Letters of a script of its own that show a language,"""
_MIN_SCRIPT_SHARE: Final = 0.3
"""and their share of all letters: such texts have names and terms in Latin script."""
_MIN_KANA_SHARE: Final = 0.05
"""Share of kana from which on Chinese characters are Japanese."""
_SCRIPTS: Final = {
    "HANGUL": "ko", "THAI": "th", "HEBREW": "he", "GREEK": "el", "DEVANAGARI": "hi", "BENGALI": "bn",
    "TAMIL": "ta", "TELUGU": "te", "GUJARATI": "gu", "GURMUKHI": "pa", "KANNADA": "kn", "MALAYALAM": "ml",
    "SINHALA": "si", "LAO": "lo", "KHMER": "km", "MYANMAR": "my", "GEORGIAN": "ka", "ARMENIAN": "hy",
    "ARABIC": "ar", "CYRILLIC": "ru", "CJK": "zh",
}  # fmt: skip
"""Script -> the language that is most often written in it."""
_NOT_LATIN: Final = frozenset(_SCRIPTS.values()) | {"ja", "uk", "sr", "bg", "ur", "fa", "mr"}
_SAME: Final = {"no": "nb", "nn": "nb", "mo": "ro", "iw": "he", "in": "id"}
"""Codes of languages that are one in writing, or old ones, -> those that are guessed."""
_SURE_WORDS: Final = 300
"""Of a text that shows its language against what the page states."""
_SIGNS_OF: Final = (
    ("CYRILLIC", "ієїґ", "uk"), ("CYRILLIC", "ыэё", "ru"), ("CYRILLIC", "ђјљњћџ", "sr"), ("CYRILLIC", "ъщ", "bg"),
    ("ARABIC", "ٹڈڑںے", "ur"), ("ARABIC", "پچژگ", "fa"), ("ARABIC", "ةىأ", "ar"), ("DEVANAGARI", "ळ", "mr"),
)  # fmt: skip
"""Letters that show which language of a script it is."""


def guess_language(text: str) -> str | None:
    """A language code; None where too little shows it."""
    sample = text[:_SAMPLE_CHARACTERS].casefold()
    if not sample.isascii() and (by_script := _by_script(sample)):
        return by_script
    words = Counter(_WORD.findall(sample))
    total = sum(words.values())
    if total < _MIN_WORDS:
        return None
    hits = {code: sum(words[w] for w in known) for code, known in phrases().common_words.items()}
    best = max(hits, key=lambda code: (hits[code], code))
    different = sum(words[w] > 0 for w in phrases().common_words[best])
    return best if hits[best] >= _MIN_SHARE * total and different >= _MIN_DIFFERENT else None


def settled_language(stated: str | None, text: str) -> str | None:
    """The language of a text on a page that states one, or none.

    Many themes state the language that they were made in. A long text, or one in another script, shows its own.
    """
    guess = guess_language(text)
    if stated is None or guess is None:
        return stated or guess
    own = stated.partition("-")[0]
    if _SAME.get(own, own) == guess or guess not in _NOT_LATIN | phrases().common_words.keys():
        return stated
    if own in _NOT_LATIN or guess not in _NOT_LATIN:
        is_sure = own in phrases().common_words or own in _NOT_LATIN
        return guess if is_sure and len(text.split()) >= _SURE_WORDS else stated
    return guess


def _by_script(sample: str) -> str | None:
    signs = Counter(c for c in sample if c.isalpha())
    scripts = Counter[str]()
    for sign, count in signs.items():
        scripts[unicodedata.name(sign, "").partition(" ")[0]] += count
    kana = scripts.pop("HIRAGANA", 0) + scripts.pop("KATAKANA", 0)
    total = sum(scripts.values()) + kana
    if kana >= _MIN_KANA_SHARE * total and kana + scripts["CJK"] >= max(_MIN_LETTERS, _MIN_SCRIPT_SHARE * total):
        return "ja"
    known = [script for script in scripts if script in _SCRIPTS]
    script = max(known, key=lambda name: scripts[name], default=None)
    if script is None or scripts[script] < max(_MIN_LETTERS, _MIN_SCRIPT_SHARE * total):
        return None
    shown = {tag: sum(signs[s] for s in letters) for own, letters, tag in _SIGNS_OF if own == script}
    best = max(shown, key=lambda tag: shown[tag], default=None)
    return best if best is not None and shown[best] else _SCRIPTS[script]

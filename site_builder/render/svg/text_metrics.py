"""Widths of letters, and text broken into lines by them: text in SVG does not wrap by itself.

The reader's font is not known, so the widths are those of DejaVu Sans, the widest of the common system fonts.
"""

import math
import unicodedata
from functools import lru_cache
from typing import Final

ELLIPSIS: Final = "…"
_WIDTHS: Final[dict[str, float]] = {
    letter: width
    for letters, width in (
        ("'ijlIJ", 0.3),
        (" ,.:;/\\|f" + "’‘·", 0.35),
        ("rt()[]!-", 0.41),
        ('sczL?_*`"°–' + "“”", 0.55),
        ("FPvxyk", 0.6),
        ("abdeghnopquSTEY0123456789{}€$ß", 0.64),
        ("ABCKRVXZ", 0.7),
        ("DGHNOQU&", 0.79),
        ("w=+<>#~^", 0.84),
        ("mM", 0.98),
        ("W@%—" + ELLIPSIS, 1.0),
    )
    for letter in letters
}
_OTHER: Final = 0.9
"""Of a letter that is not listed; Cyrillic, Greek, Arabic, Hebrew and Indic ones are narrower on average."""
_WIDE: Final = 1.3
"""Of Chinese, Japanese and Korean signs (1.0) and of pictures among the letters (1.25)."""


@lru_cache(maxsize=4096)
def letter_width(letter: str) -> float:
    """Width of one character in ems; 0 for accents that combine with the one before."""
    if letter in _WIDTHS:
        return _WIDTHS[letter]
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(letter) in {"W", "F"}:
        return 1.0 if unicodedata.category(letter).startswith("L") else _WIDE
    base = unicodedata.normalize("NFD", letter)[0]
    return _WIDTHS.get(base, _OTHER)


def text_width(text: str) -> float:
    """Width of a line in ems; the same in every version of Python, as `sum` is not."""
    return math.fsum(map(letter_width, text))


@lru_cache(maxsize=50_000)
def wrap(text: str, ems: float, lines: int) -> tuple[str, ...]:
    """Break text into at most so many lines of at most that width; what does not fit gives way to an ellipsis.

    Breaks at spaces, and inside a word only where it is wider than a line. At least one line.
    """
    words = [part for word in text.split() for part in _parts(word, ems)]
    made: list[str] = []
    for word in words:
        joined = f"{made[-1]} {word}" if made else word
        if made and text_width(joined) <= ems:
            made[-1] = joined
        elif len(made) < lines:
            made.append(word)
        else:
            made[-1] = _cut(f"{made[-1]} {word}", ems)
            break
    return tuple(made) or ("",)


def is_cut(text: str, lines: tuple[str, ...]) -> bool:
    """Whether the lines hold less than the whole text."""
    return "".join("".join(lines).split()) != "".join(text.split())


def _parts(word: str, ems: float) -> list[str]:
    """A word, in pieces where it is wider than a line."""
    if text_width(word) <= ems:
        return [word]
    pieces = [""]
    room = ems
    for letter in word:
        width = letter_width(letter)
        if width > room and pieces[-1]:
            pieces.append("")
            room = ems
        pieces[-1] += letter
        room -= width
    return pieces


def _cut(text: str, ems: float) -> str:
    """The start of a text that is too long, whole words if there are any, with an ellipsis."""
    room = ems - letter_width(ELLIPSIS)
    kept = ""
    for letter in text:
        room -= letter_width(letter)
        if room < 0:
            break
        kept += letter
    whole = kept if text[len(kept) :].startswith(" ") else kept.rpartition(" ")[0]
    return (whole or kept).rstrip(" ,.:;–-") + ELLIPSIS

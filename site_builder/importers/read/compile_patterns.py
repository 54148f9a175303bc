"""Alternatives to one regular expression, for single lines, without regard to case."""

import re
from collections.abc import Iterable
from functools import cache


def any_of(patterns: Iterable[str]) -> str:
    """One pattern for several; for none, one that never matches."""
    return "|".join(dict.fromkeys(patterns)) or "(?!)"


def any_word(words: Iterable[str]) -> str:
    """One pattern for literal words, the longest first."""
    return any_of(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))


def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, without regard to case."""
    return re.compile(pattern, re.IGNORECASE)


def whole_line(pattern: str) -> re.Pattern[str]:
    """For `fullmatch`: the phrase, with a mark or number around it at most."""
    return compiled(rf"[\W\d_]*(?:{pattern})[\W\d_]*")


def at_edges(patterns: Iterable[str]) -> str:
    """One pattern for several, at the edges of words; those in scripts without spaces anywhere."""
    every = list(patterns)
    spaceless = [p for p in every if not p.isascii() and _spaceless().search(p)]
    spaced = [p for p in every if p not in spaceless]
    return rf"(?<!\w)(?:{any_of(spaced)})(?!\w)" + (f"|{any_of(spaceless)}" if spaceless else "")


@cache
def _spaceless() -> re.Pattern[str]:
    """A sign of Thai, Lao, Japanese or Chinese; or of Korean, whose words carry endings."""
    return re.compile("[\u0e00-\u0eff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3]")

"""Alternatives to one regular expression, for single lines, without regard to case."""

import re
from collections.abc import Iterable


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


def whole_words(pattern: str) -> re.Pattern[str]:
    """For `search`: anywhere in a line, at the edges of words."""
    return compiled(rf"(?<!\w)(?:{pattern})(?!\w)")

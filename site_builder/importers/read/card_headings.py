"""Recognise blocks of cards with similar articles by their headings and by the names of their elements.

What is most read, newest or paid for is not similar.
"""

from collections.abc import Collection
from functools import lru_cache

from site_builder.importers.read.phrases import Phrases, phrases


def is_similar_heading(text: str) -> bool:
    """Does this heading announce similar articles?"""
    return phrases().similar.fullmatch(text) is not None and phrases().not_similar.search(text) is None


def is_other_heading(text: str) -> bool:
    """Does this heading announce what is most read, newest or paid for?"""
    return phrases().not_similar.search(text) is not None


def is_similar_name(names: Collection[str]) -> bool:
    """Do the words of an element's names say that it holds similar articles?"""
    return _is_similar(tuple(names), phrases())


@lru_cache(maxsize=4096)
def _is_similar(names: tuple[str, ...], words_in_use: Phrases) -> bool:
    """Cached, because a page has few names on many elements."""
    words = set(names)
    return any(wanted <= words for wanted in words_in_use.similar_names) and words_in_use.other_names.isdisjoint(words)

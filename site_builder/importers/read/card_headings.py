"""Recognise blocks of cards with similar articles by their headings and by the names of their elements.

What is most read, newest or paid for is not similar.
"""

from collections.abc import Collection

from site_builder.importers.read.phrases import phrases


def is_similar_heading(text: str) -> bool:
    """Does this heading announce similar articles?"""
    return phrases().similar.fullmatch(text) is not None and phrases().not_similar.search(text) is None


def is_other_heading(text: str) -> bool:
    """Does this heading announce what is most read, newest or paid for?"""
    return phrases().not_similar.search(text) is not None


def is_similar_name(names: Collection[str]) -> bool:
    """Do the words of an element's names say that it holds similar articles?"""
    words = set(names)
    return any(wanted <= words for wanted in phrases().similar_names) and phrases().other_names.isdisjoint(words)

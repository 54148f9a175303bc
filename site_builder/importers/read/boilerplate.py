"""Recognise what publishers write around and between the paragraphs of an article by its words.

The lexicon names habits of the trade ("Read also:", "Follow us on", "All rights reserved"), never a publisher.
"""

from typing import Final

from site_builder.importers.read.dates import find_dates, find_relative
from site_builder.importers.read.phrases import phrases

MAX_LINE: Final = 600
"""Characters of a line that is looked at here; longer ones are paragraphs, or not language at all."""
MAX_LABEL_CHARACTERS: Final = 60
"""Of a label alone."""
LINKED_SHARE: Final = 0.5
"""Share of words in links from which on a labelled block leads to another article,"""
MAX_UNLINKED_WORDS: Final = 20
"""and words up to which it does so without links."""
MAX_LABELLED_WORDS: Final = 30
"""A longer block that begins "More on ..." is a paragraph."""
MAX_PROMOTION_WORDS: Final = 60
MAX_CREDIT_WORDS: Final = 45
MAX_STAMP_WORDS: Final = 16
"""Of a call to subscribe, a credit, and a byline or date; what is longer is text."""


def is_label(text: str) -> bool:
    """Is this "Read also" and nothing else?"""
    return len(text) < MAX_LABEL_CHARACTERS and phrases().label_only.match(text) is not None


def is_read_also(text: str, words: int, linked_words: int) -> bool:
    """Does this line lead to another article: "Read also: ..."?"""
    if words > MAX_LABELLED_WORDS or len(text) > MAX_LINE:
        return False
    linked = linked_words >= LINKED_SHARE * words
    return (
        is_label(text)
        or (phrases().label_with_colon.match(text) is not None and (linked or words <= MAX_UNLINKED_WORDS))
        or (linked and phrases().label.match(text) is not None)
    )


def is_promotion(text: str, words: int) -> bool:
    """Does this ask the reader to subscribe, follow, share or pay, or say who owns the text?"""
    if words > MAX_PROMOTION_WORDS or len(text) > MAX_LINE:
        return False
    return phrases().promotion.search(text) is not None or (phrases().legal.search(text) is not None)


def is_credit(text: str, words: int) -> bool:
    """Does this say who reported, edited, pictured or supplied the text?"""
    return words <= MAX_CREDIT_WORDS and len(text) <= MAX_LINE and phrases().contribution.match(text) is not None


def is_stamp(text: str, words: int) -> bool:
    """Is this a byline, a date or a reading time?"""
    if words > MAX_STAMP_WORDS or len(text) > MAX_LINE:
        return False
    dates = sum(len(found.text) for found in find_dates(text)) + len(find_relative(text) or "")
    return phrases().stamp.match(text) is not None or 2 * dates > len(text)

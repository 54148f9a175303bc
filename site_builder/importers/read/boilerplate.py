"""Recognise what publishers write around and between the paragraphs of an article by its words.

The lexicon names habits of the trade ("Read also:", "Follow us on", "All rights reserved"), never a publisher.
"""

import re
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
MIN_AROUND_WORDS: Final = 3
"""Outside of a link, of a sentence that is more than a label."""
MAX_LEGAL_WORDS: Final = 45
MAX_LEGAL_START_WORDS: Final = 5
"""Of a line that begins with "Copyright", without a sign or a year; a longer one is a sentence about it."""
_LABELS: Final = re.compile(
    r"[\s|(]*(?:\d\d?[:\uff1a]\d\d(?:[:\uff1a]\d\d)?)?[\s|)]*(?:[^\s:\uff1a\d]{1,12}[:\uff1a]\s?[^\s:\uff1a]{1,20}(?:[\s|]+|\Z))+"
)
"""A time, and labels with a word behind each: "10:20 来源:北方日报 作者:张伟"."""
_TIME: Final = re.compile(
    r"(?<![\d.,:])\d{1,2}(?:\s?[:.hH\uff1a]\s?\d\d){1,2}(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[時时시点點]\s?\d{1,2}\s?[分분]",
    re.IGNORECASE,
)
"""Of the day: 10:20, 10.20, 10h20, 10:20 PM."""
_SENTENCE_END: Final = re.compile(r"[.!?:;|•–—。\uff01\uff1f]\s*")
_LEGAL_SIGN: Final = re.compile(r"©|\(c\)|ⓒ|\b(?:19|20)\d\d\b", re.IGNORECASE)
MIN_TOLD_WORDS: Final = 6
TOLD_SHARE: Final = 0.6
"""Share of words without a capital from which on a sentence of so many words tells something and names nobody."""
MAX_LINKED_CALL_WORDS: Final = 30
"""Of a call that neither begins a sentence nor ends the text."""
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
        or (phrases().label_with_colon.match(text) is not None and (linked or 0 < linked_words <= MAX_UNLINKED_WORDS))
        or (linked and not _goes_on(text, words - linked_words) and phrases().label.match(text) is not None)
    )


def _goes_on(text: str, unlinked_words: int) -> bool:
    """Is there a sentence around the link? "Read the report of the port for more." leads nowhere by itself."""
    return text.endswith(".") and unlinked_words >= MIN_AROUND_WORDS


def is_promotion(text: str, words: int) -> bool:
    """Does this ask the reader to subscribe, follow, share or pay, or say who owns the text?"""
    if words > MAX_PROMOTION_WORDS or len(text) > MAX_LINE:
        return False
    return phrases().promotion.search(text) is not None or (phrases().legal.search(text) is not None)


def is_call(text: str, words: int, linked_words: int, *, is_edge: bool) -> bool:
    """Does this ask the reader to subscribe, follow, share or pay, rather than tell of somebody who does?

    A call begins its sentence, or ends the text, and has a link or stands at an end of the article. A link alone shows
    it only in a short text: a paragraph may tell how to subscribe to something.
    """
    if words > MAX_PROMOTION_WORDS or len(text) > MAX_LINE:
        return False
    found = phrases().promotion.search(text)
    if found is None:
        return False
    begins = not any(c.isalnum() for c in _sentence_start(text[: found.start()]))
    ends = not any(c.isalnum() for c in text[found.end() :])
    if begins and ends:
        return True
    is_short = words <= MAX_LINKED_CALL_WORDS or is_edge
    return (linked_words > 0 or is_edge) and (begins or ends or (linked_words > 0 and is_short))


def _sentence_start(before: str) -> str:
    """What precedes in the same sentence."""
    return _SENTENCE_END.split(before)[-1]


def is_legal(text: str, words: int) -> bool:
    """Does this say who owns the text, and nothing else?"""
    if words > MAX_LEGAL_WORDS or len(text) > MAX_LINE:
        return False
    found = phrases().legal.search(text)
    if found is None:
        return False
    begins = not any(c.isalnum() for c in _sentence_start(text[: found.start()]))
    ends = not any(c.isalnum() for c in text[found.end() :])
    return (begins and (words <= MAX_LEGAL_START_WORDS or _LEGAL_SIGN.search(text) is not None)) or ends


def is_credit(text: str, words: int) -> bool:
    """Does this say who reported, edited, pictured or supplied the text?"""
    if words > MAX_CREDIT_WORDS or len(text) > MAX_LINE or _is_told(text):
        return False
    return phrases().contribution.match(text) is not None


def is_stamp(text: str, words: int) -> bool:
    """Is this a byline, a date or a reading time?"""
    if words > MAX_STAMP_WORDS or len(text) > MAX_LINE or _is_told(text):
        return False
    found = find_dates(text)
    rest = "".join(c for i, c in enumerate(text) if not any(f.start <= i < f.end for f in found))
    dates = len(text) - len(rest) + len(find_relative(text) or "")
    if found:
        dates += sum(len(m.group()) for m in _TIME.finditer(rest))
    if phrases().stamp.match(text) is not None or 2 * dates > len(text):
        return True
    return bool(found) and _LABELS.fullmatch(rest) is not None


def _is_told(text: str) -> bool:
    """Is it a sentence with a full stop and hardly a name? "By Monday the gate had closed twice." is no byline."""
    if not text.rstrip().endswith("."):
        return False
    words = [w for w in text.split() if w[:1].isalpha()]
    small = sum(w[:1].islower() for w in words)
    return len(words) >= MIN_TOLD_WORDS and small > TOLD_SHARE * len(words)

"""Which words may be given as a reason, and in which spelling: words that name a subject to a reader."""

from typing import Final

from site_builder.related.term_counts import spelling_rank
from site_builder.text.folding import fold
from site_builder.text.tokenizer import root

_ENGLISH: Final = """
january february march april may june july august september october november december
jan feb apr jun jul aug sep sept oct nov dec
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri
"""
_GERMAN: Final = """
januar janner februar marz april mai juni juli august september oktober november dezember okt dez
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
"""
_FRENCH: Final = """
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre janv fevr juil
lundi mardi mercredi jeudi vendredi samedi dimanche
"""
_SPANISH: Final = """
enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene abr dic
lunes martes miercoles jueves viernes sabado domingo
"""
_DATE_WORDS: Final = frozenset(f"{_ENGLISH} {_GERMAN} {_FRENCH} {_SPANISH}".split())
"""Folded names of months and days of the week."""


def is_meaningful(word: str) -> bool:
    """Whether a word, as written, means something by itself.

    No numbers ("2024", "20th"; but "5G"), no names of months and weekdays, nothing under 3 letters but capitals ("AI")
    and signs of alphabets without small letters.
    """
    if len(word) < 3 and word != word.upper():
        return False
    if word[0].isdigit() and (len(word) > 3 or word != word.upper() or word.isdigit()):
        return False
    return any(map(str.isalpha, word)) and fold(word) not in _DATE_WORDS


def shared_spelling(mine: str, yours: str) -> str:
    """Choose one spelling of a word that two documents share, the same from either side: see `spelling_rank`.

    "" where it is not the same word (two roots with one hash) or means nothing by itself.

    >>> common_spelling("Safety", "safety"), common_spelling("Mayo", "Mayo"), common_spelling("May", "may")
    ('safety', 'Mayo', '')
    """
    if mine != yours and root(mine) != root(yours):
        return ""
    best = min(mine, yours, key=lambda word: (spelling_rank(word), word))
    return best if is_meaningful(best) else ""


class SharedSpellings(dict[tuple[str, str], str]):
    """(one spelling, the other) -> `shared_spelling`, worked out once for each two."""

    def __missing__(self, spellings: tuple[str, str]) -> str:
        found = self[spellings] = shared_spelling(*spellings)
        return found

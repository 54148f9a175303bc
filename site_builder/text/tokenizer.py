"""Text to words, and words to the terms that they count as: for the search, related articles and topic suggestions.

One tokenizer, one fold and one stemmer: `words` cuts a text, `fold` takes off case and marks, `stem` the ending of an
English plural. The search needs no more, and `templates/assets/search.js` has the same three for what a reader types.

Comparing texts goes one step further: `root` leaves out stop words and takes more endings off the stem. On the gold
sets of `bench/related`, mean recall@5 is 0.62 with roots and 0.59 with stems. The search keeps stems because it answers
while a reader types: no term would begin with "licensi" if "licensing" counted as "licens".
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain, groupby, pairwise
from typing import Final

from site_builder.text.folding import fold
from site_builder.text.stop_words import STOP_WORDS

MAX_LETTERS: Final = 40
"""Longer "words" are hashes, addresses and encoded data: the search cuts them, comparing texts leaves them out."""

_SPACELESS: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese: written without spaces between words."""
_FIRST_SPACELESS: Final = "\u0e00"
_VOWEL: Final = re.compile("[aeiouy]")
_ASCII_WORDS: Final = str.maketrans({c: " " for c in map(chr, range(128)) if not c.isalnum()})
_TYPOGRAPHY: Final = "’‘“”–—…\u00a0•·«»→×≤≥\u2011\u200b"
"""What makes English text leave ASCII. Replaced one by one: text that is all ASCII is split five times as fast."""


def words(text: str) -> list[str]:
    """Cut a text into words as written: runs of letters and digits, so "gpt-4" is two and "l'idée" as well.

    Scripts without spaces between words are cut into pairs of characters that overlap: 人工知能 -> 人工, 工知, 知能.
    """
    if text.isascii():
        return text.translate(_ASCII_WORDS).split()
    for sign in _TYPOGRAPHY:
        if sign in text:
            text = text.replace(sign, " ")
    if text.isascii():
        return text.translate(_ASCII_WORDS).split()
    found = _word().findall(text)
    if max(text) < _FIRST_SPACELESS:
        return found
    return [part for word in found for part in _parts(word)]


@cache
def _word() -> re.Pattern[str]:
    """Letters and digits with the marks on them: accents, vowel signs. Made for the first text that is not ASCII."""
    blocks = ((0x0300, 0x1E00), (0x20D0, 0x2E00), (0x3000, 0x3100), (0xA600, 0xAC00), (0xFB00, 0xFF00),
              (0x10A00, 0x11F60), (0x1E000, 0x1E960), (0xE0100, 0xE01F0))  # fmt: skip
    points = chain.from_iterable(range(*block) for block in blocks)
    marks = [point for point in points if unicodedata.category(chr(point)).startswith("M")]
    runs = (list(run) for _, run in groupby(enumerate(marks), lambda place: place[1] - place[0]))
    ranges = "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)
    return re.compile(rf"[^\W_]+(?:[{ranges}]+[^\W_]*)*")


def _parts(word: str) -> Iterator[str]:
    """A word, or what stands between its spaceless runs and the pairs of these."""
    at = 0
    for run in _SPACELESS.finditer(word):
        if run.start() > at:
            yield word[at : run.start()]
        signs = run.group()
        yield from [signs] if len(signs) == 1 else map("".join, pairwise(signs))
        at = run.end()
    if at < len(word):
        yield word[at:]


def is_spaceless(word: str) -> bool:
    """Whether a word of `words` is in a script without spaces: then it may be any two characters of a sentence."""
    return _SPACELESS.match(word) is not None


def stem(word: str) -> str:
    """Take the ending of an English plural off a folded word: the "S stemmer" of D. Harman, 1991.

    It never joins words of different meaning and does little harm in other languages. `policies` -> `policy`, `cases`
    -> `case`, `laws` -> `law`; `us`, `class` and `basis` stay.
    """
    if len(word) < 4 or not word.endswith("s"):
        return word
    if word.endswith("ies") and not word.endswith(("aies", "eies")):
        return f"{word[:-3]}y"
    if word.endswith(("us", "ss", "is")):
        return word
    return word[:-1]


def terms(text: str) -> list[str]:
    """The terms by which the search finds a text, in its order."""
    return list(map(_term, words(fold(text))))


@lru_cache(maxsize=20_000)
def _term(word: str) -> str:
    return stem(word)[:MAX_LETTERS]


@lru_cache(maxsize=100_000)
def root(word: str) -> str:
    """What a word, as written, counts as where texts are compared: `Coding` -> `cod`. "" for words that say nothing.

    A root need not be a word. Little is taken off, so that words that only look alike keep different roots: the endings
    of English verbs, of German nouns, and a last `e`.
    """
    folded = fold(word)
    if not 2 <= len(folded) <= MAX_LETTERS or folded in STOP_WORDS:
        # A single sign is a word where its alphabet has no small and capital letters (Chinese).
        return folded if len(folded) == 1 and not folded.isdigit() and folded.upper() == folded else ""
    found = stem(folded)
    return _without_verb_ending(found) if found.isalpha() else found


def _without_verb_ending(word: str) -> str:
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if len(rest) < len(word) and len(rest) >= 3 and rest[-1] != "e" and _VOWEL.search(rest):
            return rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "lsz" else rest
    for ending, least in (("en", 4), ("e", 3)):
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word.removesuffix(ending)
    return word


class Roots(dict[str, str]):
    """Word as written -> root, worked out once for each word. Whoever compares texts makes one, and drops it after."""

    def __missing__(self, word: str) -> str:
        found = self[word] = root(word)
        return found

    def of_text(self, text: str) -> list[str]:
        """The roots of a text, in its order, without words that say nothing."""
        return [found for word in words(text) if (found := self[word])]

"""Text to the words that a reader would count, in any alphabet: for limits that are given in words.

Chinese, Japanese, Thai, Lao, Burmese and Khmer write no spaces between words. There, so many signs count as a word as a
translation into English needs on average for one of its words: two of Chinese and Japanese, four of the others. The
pieces mean nothing by themselves, but the same clause always gives the same pieces, so that they compare as words do.
"""

import re
import unicodedata
from functools import cache, lru_cache
from itertools import chain, groupby
from typing import Final

_MAY_BE_MARKED: Final = re.compile("[^\u0000-\u02ff\u2000-\u20cf\u2100-\u2bff]")
"""Beyond Latin letters, punctuation and signs: letters there carry marks that `\\w` does not match."""
_IDEOGRAPHS: Final = (
    "\u3005\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
_ABUGIDAS: Final = "\u0e00-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1050-\u108f\u1780-\u17d3"
_STEM_LETTERS: Final = 6
_FIRST_CASELESS: Final = "\u058f"
"""Beyond Latin, Greek, Cyrillic and Armenian."""
_FIRST_IDEOGRAPH: Final = "\u3000"
_PLAIN_WORD: Final = re.compile(r"\w+")
_CASELESS_SHARE: Final = 0.5
_SAMPLE_CHARACTERS: Final = 300


def words_as_counted(text: str) -> list[str]:
    """The words of a text in lower case, without punctuation: 港湾局は月曜日 -> 港湾, 局は, 月曜, 日."""
    folded = text.casefold()
    if folded.isascii() or not _MAY_BE_MARKED.search(folded):
        return _PLAIN_WORD.findall(folded)
    return _word().findall(folded)


def count_words(text: str) -> int:
    """How many words a line has: what stands between spaces, and the pieces of what is written without them.

    1 for a line of punctuation alone, which is a mark; 0 for an empty one.
    """
    spaced = len(text.split())
    if not spaced or not is_spaceless(text):
        return spaced
    count = 0
    for part in text.split():
        count += len(_word().findall(part)) if _spaceless().search(part) else 1
    return max(count, 1)


def is_spaceless(text: str) -> bool:
    """Does a text have signs of a script that writes no spaces between words?"""
    return not text.isascii() and bool(_MAY_BE_MARKED.search(text)) and _spaceless().search(text) is not None


def is_caseless(text: str) -> bool:
    """Are most letters at the start of a text of a script without small and capital letters?"""
    if text.isascii():
        return False
    letters = [c for c in text[:_SAMPLE_CHARACTERS] if c.isalpha()]
    caseless = sum(c.lower() == c.upper() for c in letters)
    return caseless > _CASELESS_SHARE * len(letters)


@lru_cache(maxsize=1024)
def stems(text: str, least_letters: int) -> frozenset[str]:
    """The beginnings of longer words, by which texts on one subject are known: `policies`, `policing` -> `polici`.

    Words of scripts that write fewer letters for a word may be shorter; spaceless scripts give pairs of signs.
    """
    found: set[str] = set()
    if text.isascii() or not _MAY_BE_MARKED.search(text):
        words = _PLAIN_WORD.findall(text.casefold())
        return frozenset([word[:_STEM_LETTERS] for word in words if len(word) >= least_letters])
    for run in _run().findall(text.casefold()):
        if _spaceless().match(run):
            size = 3 if run[0] < _FIRST_IDEOGRAPH else 2
            found |= {run[i : i + size] for i in range(len(run) - size + 1)}
        elif "\uac00" <= run[0] <= "\ud7a3":
            found |= {run[:2]} if len(run) > 1 else set()
        elif len(run) >= least_letters - (run[0] > _FIRST_CASELESS):
            found.add(run[:_STEM_LETTERS])
    return frozenset(found)


@cache
def _word() -> re.Pattern[str]:
    """A piece of a spaceless script, or letters and digits with the marks on them: accents, vowel signs."""
    points = chain.from_iterable(range(*block) for block in _MARK_BLOCKS)
    marks = [point for point in points if unicodedata.category(chr(point)).startswith("M")]
    runs = (list(run) for _, run in groupby(enumerate(marks), lambda place: place[1] - place[0]))
    ranges = "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)
    spaced = rf"(?:(?![{_IDEOGRAPHS}{_ABUGIDAS}])[\w{ranges}])+"
    return re.compile(rf"[{_IDEOGRAPHS}]{{1,2}}|[{_ABUGIDAS}]{{1,4}}|{spaced}")


_MARK_BLOCKS: Final = (
    (0x0300, 0x0E00),
    (0x0F00, 0x1000),
    (0x1AB0, 0x1E00),
    (0x20D0, 0x2100),
    (0xA800, 0xAC00),
    (0xFE20, 0xFE30),
)
"""Where combining marks are, outside of the spaceless scripts."""


@cache
def _spaceless() -> re.Pattern[str]:
    """A sign of a script that writes no spaces; half of the time that importing this module would take."""
    return re.compile(f"[{_IDEOGRAPHS}{_ABUGIDAS}]")


@cache
def _run() -> re.Pattern[str]:
    """Runs of one sort of signs; hiragana are endings and particles, which say nothing."""
    return re.compile(
        f"[\u4e00-\u9fff\u3400-\u4dbf]+|[\u30a0-\u30ff]+|[{_ABUGIDAS}]+|(?:(?![{_IDEOGRAPHS}{_ABUGIDAS}])\\w)+"
    )

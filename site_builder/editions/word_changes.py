"""Two texts compared word by word, as an editor would mark the changes: `the [-old-] {+new+} words`.

Takes plain texts, gives the places that differ, with a few words around each.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
from rapidfuzz.distance import Indel

AROUND_WORDS: Final = 6
"""Words shown before and after a change."""
JOINED_WORDS: Final = 2
"""Equal words between two changes that are marked with them: two are read as one phrase."""
MOST_PLACES: Final = 4
"""Places of a text that are shown; the others are counted."""
MOST_WORDS: Final = 40
"""Words of a change that are shown."""
MOST_PAIRS: Final = 400_000_000
"""Product of the numbers of words from which a text counts as written anew: aligning 20,000 words with as many takes
50 MB and a second."""


class WordChange(msgspec.Struct, frozen=True):
    """A place at which two texts differ."""

    before: str
    """What comes before it, in both."""
    removed: str
    added: str
    after: str


class TextChange(msgspec.Struct, frozen=True):
    """What became of a text."""

    removed_words: int
    added_words: int
    places: tuple[WordChange, ...]
    """The first of them."""
    further_places: int = 0


def compare_words(before: str, after: str) -> TextChange | None:
    """How two texts differ; None where their words are the same."""
    old, new = before.split(), after.split()
    if old == new:
        return None
    spans = list(word_spans(old, new))
    removed, added = sum(b - a for a, b, _, _ in spans), sum(d - c for _, _, c, d in spans)
    places = tuple(_place(old, new, span) for span in spans[:MOST_PLACES])
    return TextChange(removed, added, places, len(spans) - len(places))


def word_spans(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The spans that differ: first and end in the one, first and end in the other."""
    start, old_end, new_end = 0, len(old), len(new)
    while start < min(old_end, new_end) and old[start] == new[start]:
        start += 1
    while min(old_end, new_end) > start and old[old_end - 1] == new[new_end - 1]:
        old_end, new_end = old_end - 1, new_end - 1
    if start == old_end and start == new_end:
        return
    if (old_end - start) * (new_end - start) > MOST_PAIRS:
        yield start, old_end, start, new_end
        return
    open_: tuple[int, int, int, int] | None = None
    for step in Indel.opcodes(old[start:old_end], new[start:new_end]):
        if step.tag == "equal":
            continue
        a, b = step.src_start + start, step.src_end + start
        c, d = step.dest_start + start, step.dest_end + start
        if open_ and a - open_[1] <= JOINED_WORDS:
            open_ = (open_[0], b, open_[2], d)
        else:
            if open_:
                yield open_
            open_ = (a, b, c, d)
    if open_:
        yield open_


def _place(old: Sequence[str], new: Sequence[str], span: tuple[int, int, int, int]) -> WordChange:
    a, b, c, d = span
    before, after = new[max(0, c - AROUND_WORDS) : c], new[d : d + AROUND_WORDS]
    return WordChange(
        ("… " if c > AROUND_WORDS else "") + " ".join(before),
        in_short(old[a:b]),
        in_short(new[c:d]),
        " ".join(after) + (" …" if d + AROUND_WORDS < len(new) else ""),
    )


def in_short(words: Sequence[str]) -> str:
    """The words, or the first and the last ones of many. A word of thousands of letters is cut."""
    if len(words) > MOST_WORDS:
        half = MOST_WORDS // 2
        words = [*words[:half], f"[… {len(words) - MOST_WORDS:,} words …]", *words[-half:]]
    return " ".join(word if len(word) <= MOST_LETTERS else f"{word[:MOST_LETTERS]}…" for word in words)


MOST_LETTERS: Final = 120
"""Of a word, such as an address, that is shown."""

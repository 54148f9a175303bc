"""Names in running text: where a text mentions what has a page, longest name first, each spelled as names are.

Takes the names once (an index by first word), then any number of texts; the cost is that of the words of the text,
however many names there are and however many of them begin alike.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

import msgspec

_WORD: Final = re.compile(r"[^\W_]+")
_BETWEEN: Final = re.compile("(?:\\.?[ \u00a0]|[-\u2010\u2011–/&'’.]| & |\n)?")
"""What may separate two words of one name; a line may break there."""


class Mention(msgspec.Struct, frozen=True):
    """An occurrence of a name in a text."""

    id: str
    start: int
    end: int
    text: str
    """As written."""


class _Name(msgspec.Struct, frozen=True):
    id: str
    words: tuple[str, ...]
    """Folded."""
    written: tuple[str, ...]


class Names:
    """Everything that can be mentioned, by the names it goes by."""

    def __init__(self, names: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Take (id, its names); a name that two ids share means the first."""
        index: dict[str, list[_Name]] = defaultdict(list)
        taken: set[tuple[str, ...]] = set()
        for id_, spellings in names:
            for spelling in spellings:
                written = tuple(_WORD.findall(spelling))
                words = tuple(map(_fold, written))
                if words and written not in taken and sum(map(len, words)) > 1:
                    taken.add(written)
                    index[words[0]].append(_Name(id_, words, written))
        self._index: Mapping[str, _Beginning] = {word: _by_length(found) for word, found in index.items()}

    def find(self, text: str) -> list[Mention]:
        """Every mention, in order, none inside another."""
        folded = [_fold(word) for word in _WORD.findall(text)]
        beginnings = [i for i, word in enumerate(folded) if word in self._index]
        if not beginnings:
            return []
        words = list(_WORD.finditer(text))
        found: list[Mention] = []
        end = 0
        for i in beginnings:
            if i >= end and (name := self._at(text, words, folded, i)):
                end = i + len(name.words)
                first, last = words[i].start(), words[end - 1].end()
                found.append(Mention(name.id, first, last, text[first:last]))
        return found

    def first(self, text: str) -> list[Mention]:
        """The first mention of each."""
        seen: dict[str, Mention] = {}
        for mention in self.find(text):
            seen.setdefault(mention.id, mention)
        return list(seen.values())

    def _at(self, text: str, words: Sequence[re.Match[str]], folded: Sequence[str], i: int) -> _Name | None:
        """The longest name that begins with the word at a place."""
        for length, names in self._index.get(folded[i], ()):
            candidates = names.get(tuple(folded[i : i + length]), ())
            here = words[i : i + length] if candidates else ()
            if here and all(_BETWEEN.fullmatch(text, a.end(), b.start()) for a, b in pairwise(here)):
                for name in candidates:
                    if _is_spelled([word.group() for word in here], name.written):
                        return name
        return None


_Beginning = list[tuple[int, Mapping[tuple[str, ...], list[_Name]]]]
"""Names with the same first word: number of words, most first -> words -> the names that are these words."""


def _by_length(names: Iterable[_Name]) -> _Beginning:
    found: dict[int, dict[tuple[str, ...], list[_Name]]] = defaultdict(lambda: defaultdict(list))
    for name in names:
        found[len(name.words)][name.words].append(name)
    return [(length, dict(found[length])) for length in sorted(found, reverse=True)]


def _fold(word: str) -> str:
    return word.casefold()


def _is_spelled(found: Sequence[str], written: Sequence[str]) -> bool:
    """Capitals as in the name: "apple" is no Apple and "ai act" no law, while a headline may put more of them."""
    for word, model in zip(found, written, strict=True):
        if model.isupper() and len(model) > 1:
            if word != model:
                return False
        elif model[0].isupper() and not word[0].isupper():
            return False
    return True

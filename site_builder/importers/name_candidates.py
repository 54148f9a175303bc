"""Names in a text that belong to no entity yet: candidates for a new one.

Takes the prose and the places of known entities, gives names with the number of their mentions. A name is a run of
capitalised words with small words between them ("Bank of the North"). A possessive ends it ("Google's"), unless it is
part of a name ("Women's Hospital"), and so does an "and", unless it joins the halves of one ("Food and Drug
Administration"). The words by which the two are told apart are in the lexicon, under `[names]`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from site_builder.importers.lexicon import LanguageLexicon
from site_builder.importers.read.compile_patterns import any_word
from site_builder.importers.read.phrases import Phrases, phrases

_LETTERS: Final = [chr(c) for c in (*range(0x41, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000))]
"""Of the scripts that have capitals: Latin, Greek, Cyrillic."""
_UPPER: Final = "".join(c for c in _LETTERS if c.isupper())
_LOWER: Final = "".join(c for c in _LETTERS if c.islower())
_CAPITAL: Final = rf"[{_UPPER}][\w’'-]*[{_LOWER}](?:(?<=s)['’](?!\w))?"
_CHARACTERS_BEFORE: Final = 6
"""Before a name, in which the end of the sentence before it is looked for: a full stop, quotation marks, a space."""
_SENTENCE_START: Final = re.compile(
    r"(?:^|(?:[!?:…\n]|(?<!\b[A-Z])(?<!\b(?:St|Dr|Mr|Ms))(?<!\bMrs)(?<!\bProf)\.)[\"'”’»)\]]*\s*[\"'“„«(]*|[-#>*]\s+)$"
)
_SAINT: Final = re.compile(r"\b(?:St|Ste|Saint|Sankt|Sint)\.?$")
_ABBREVIATION: Final = re.compile(r"\s*\(([^\W\d_]{2,10})\)")
"""Directly behind a name: "(FDA)"."""
_MIN_CAPITALS: Final = 3
"""Capitalised words of a name with "and"; "Research and Development" is none."""


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name at a place of the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int


def name_candidates(prose: str, taken: Iterable[tuple[int, int]]) -> list[tuple[str, int]]:
    """Names and how often each occurs, most often first.

    Left out are single words that are no abbreviation, names at places in `taken`, and those that occur only at the
    beginning of a sentence, where every word has a capital.
    """
    spans = sorted(taken)
    counts: Counter[str] = Counter()
    within: set[str] = set()
    for name in find_names(prose):
        if any(start < name.end and name.start < end for start, end in spans):
            continue
        if " " not in name.text and not name.text.isupper():
            continue
        counts[name.text] += 1
        if not _SENTENCE_START.search(prose[max(0, name.start - _CHARACTERS_BEFORE) : name.start]):
            within.add(name.text)
    return sorted(((name, count) for name, count in counts.items() if name in within), key=lambda x: (-x[1], x[0]))


def find_names(prose: str) -> Iterator[NameMention]:
    """Every run of capitalised words that may be a name, single words too, in the order of the text."""
    rules = _name_rules(phrases())
    for match in rules.run.finditer(prose):
        words = [_Word(m.group(), m.start(), m.end()) for m in re.compile(r"[^ ]+").finditer(prose, *match.span())]
        for piece in _without_owners(words, prose, rules):
            for name in _parts(piece, prose, rules):
                yield NameMention(" ".join(w.text for w in name), name[0].start, name[-1].end)


class _NameRules:
    """What the lexicon says of names, for all languages at once. Compared by identity."""

    def __init__(self, languages: Iterable[LanguageLexicon]) -> None:
        every = tuple(languages)
        self.joining = frozenset(w for x in every for w in x.and_words.split())
        """"and" """
        small = frozenset(w for x in every for w in x.small_words.split())
        elided = sorted(w[:-1] for w in small if w.endswith("’"))
        self.small = frozenset(w for w in small if not w.endswith("’")) | self.joining | {"&"}
        self.elided = re.compile(rf"\A(?:{any_word(elided)})['’]", re.IGNORECASE)
        self.nouns = _folded(x.names.nouns for x in every)
        self.partners = _folded(x.names.partners for x in every)
        self.owners = _folded(x.names.owners for x in every)
        self.ending = re.compile(rf"['’](?:{any_word(w for x in every for w in x.names.endings.split())}|(?<=s.))$")
        between = rf"[ ]+(?:(?:{any_word(self.small)})[ ]+){{0,2}}(?:{self.elided.pattern[2:]})?"
        start = "|".join((r"(?<![\w’'-])", *(rf"(?<=(?<!\w)(?i:{re.escape(w)})['’])" for w in elided)))
        first, later = r"[A-Z][A-Z0-9&]{2,9}", r"[A-Z][A-Z0-9&]{1,9}"
        endings = rf"(?:{self.ending.pattern[:-1]}(?!\w))?"
        self.run = re.compile(
            rf"(?:{start})(?:{_CAPITAL}|{first}{endings})(?:{between}(?:{_CAPITAL}|{later}{endings}))*"
        )

    def folded(self, word: _Word) -> str:
        """A word without case, and without what is run into its beginning."""
        return self.elided.sub("", word.text, count=1).casefold()


@lru_cache(maxsize=64)
def _name_rules(used: Phrases) -> _NameRules:
    return _NameRules(used.names.values())


def _folded(lists: Iterable[str]) -> frozenset[str]:
    return frozenset(word.casefold() for words in lists for word in words.split())


def _without_owners(words: Sequence[_Word], prose: str, rules: _NameRules) -> Iterator[list[_Word]]:
    """Cut a run behind each possessive, which loses its ending: "Google's", "Gemini Pro"."""
    piece: list[_Word] = []
    for word in words:
        owner = rules.ending.sub("", word.text)
        if owner == word.text or _is_of_name(owner, word, prose, rules):
            piece.append(word)
            continue
        yield [*piece, _Word(owner, word.start, word.start + len(owner))]
        piece = []
    yield piece


def _is_of_name(owner: str, word: _Word, prose: str, rules: _NameRules) -> bool:
    """Is a possessive a part of names: "Women's", "St Mary's"?"""
    before = prose[max(0, word.start - _CHARACTERS_BEFORE) : word.start].rstrip()
    folded = owner.casefold()
    return not rules.owners.isdisjoint({folded, folded.removesuffix("s")}) or bool(_SAINT.search(before))


def _parts(piece: Sequence[_Word], prose: str, rules: _NameRules) -> Iterator[list[_Word]]:
    """Cut a run at each "and" that stands between two names."""
    cuts = [i for i, word in enumerate(piece) if word.text in rules.joining]
    name: list[_Word] = []
    for start, end in pairwise((-1, *cuts, len(piece))):
        part = _trimmed(piece[start + 1 : end], rules)
        if name and part and _is_one(name, part, prose, rules):
            between = piece[max(0, start - 2) : end]
            name += [w for w in between if name[-1].end <= w.start and w.end <= part[-1].end]
        elif part:
            if name:
                yield name
            name = part
    if name:
        yield name


def _trimmed(words: Sequence[_Word], rules: _NameRules) -> list[_Word]:
    """Without small words at the beginning and the end."""
    big = [i for i, word in enumerate(words) if word.text not in rules.small]
    if not big:
        return []
    first = words[big[0]]
    name = rules.elided.sub("", first.text, count=1)
    return [_Word(name, first.end - len(name), first.end), *words[big[0] + 1 : big[-1] + 1]]


def _is_one(left: Sequence[_Word], right: Sequence[_Word], prose: str, rules: _NameRules) -> bool:
    """Are the words on either side of an "and" the halves of one name?"""
    last, first = rules.folded(left[-1]), rules.folded(right[0])
    if (last == first and len(left) == 1) or first in rules.partners:  # Johnson and Johnson, Smith and Sons
        return True
    mine, theirs = ([w.text for w in half if w.text not in rules.small] for half in (left, right))
    if len(left) == 1 and rules.ending.sub("", first) != first:  # Brigham and Women's Hospital
        return True
    if last in rules.nouns and first in rules.nouns and len(mine + theirs) >= _MIN_CAPITALS:
        return True
    given = _ABBREVIATION.match(prose, right[-1].end)
    return given is not None and _abbreviates(given[1], mine + theirs) and not _abbreviates(given[1], theirs)


def _abbreviates(letters: str, words: Sequence[str]) -> bool:
    """Are these the initials of words, of which some may be passed over?"""
    initials = iter("".join(part[:1] for word in words for part in word.split("-")).casefold())
    return all(letter in initials for letter in letters.casefold())

"""Marks of Markdown that a page shows as written: which there are, and where they come from."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bench.loss.visible import Block

_COUNTED: Final = {
    "callout": r"^\s*(?:>\s*)?\[!\w[^\]\n]*\]",
    "admonition": r"^\s*(?:!!!|\?\?\?\+?) ?\w",
    "table": r"^\s*(?:\|.*\||\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?)\s*$",
    "task": r"^\s*(?:(?:[-*+]|\d+[.)])\s+)?\[[ xX]\]\s+\S",
    "list": r"^\s*(?:[-*+]|\d{1,9}[.)])\s+\S",
    "fence": r"^\s*(?:```+|~~~+)",
    "strike": r"(?<!~)~~(?=[^\s~])[^~\n]*~~",
    "wiki link": r"\[\[[^\[\]\n]+\]\]",
}
_OTHER: Final = {
    "heading": r"^\s*#{1,6} \S",
    "tab": r"^\s*===[+!]* \"",
    "snippet": r"-8<-",
    "directive": r"^\s*:::+",
    "bold": r"(?<![\w*])\*\*(?=[^\s*])[^*\n]*\*\*|(?<!\w)__(?=[^\s_])[^_\n]*__(?!\w)",
    "highlight": r"(?<![=\w])==(?=[^\s=])[^=\n]*==(?![=\w])",
    "attributes": r"\{:? ?[.#][\w-]+[^}\n]*\}",
    "icon": r":(?:material|fontawesome|octicons|simple)-[\w-]+:",
    "comment": r"%%",
    "formula": r"\$\$|\\\[|\\\(",
    "link": r"(?<!!)\[[^\[\]\n]+\]\((?:[^()\s]|\([^()\s]*\))+\)",
    "reference": r"(?<![!\[])\[(?![ xX]\]|\^|\[|!)[^\[\]\n]+\](?![(:\]])",
    "picture": r"!\[[^\[\]\n]*\]\([^()\s]+\)",
    "footnote": r"\[\^[^\]\s]+\]",
}
KINDS: Final = tuple(_COUNTED)
"""Kinds of marks for which a file counts."""
OTHER_KINDS: Final = tuple(_OTHER)
_PATTERNS: Final = {k: re.compile(p, re.MULTILINE) for k, p in (_COUNTED | _OTHER).items()}
_WORDS: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class RawMark:
    """A mark as a reader sees it."""

    kind: str
    text: str
    """The line of the page in which it stands."""
    line: int
    """The line of the body where it was written; 0 if there is none like it."""


def find_raw_marks(page: Sequence[Block], reference: Sequence[Block], body: str) -> list[RawMark]:
    """The marks in the page's text, outside of code, that the reference reads as markup, or has in another place."""
    return [mark for kind in _PATTERNS for mark in _of_kind(kind, page, reference, body.split("\n"))]


def _of_kind(kind: str, page: Sequence[Block], reference: Sequence[Block], source: Sequence[str]) -> Iterator[RawMark]:
    shown = list(_shown(kind, page))
    if not shown:
        return
    expected = Counter(_key(line) for line in _shown(kind, reference))
    pattern = _PATTERNS[kind]
    written = [(n, _key(line)) for n, line in enumerate(source, 1) if pattern.search(line.lstrip("> \t"))]
    written += [(n, _key(line)) for n, line in enumerate(source, 1) if not pattern.search(line.lstrip("> \t"))]
    used: set[int] = set()
    for line in shown:
        key = _key(line)
        if expected[key]:
            expected[key] -= 1
            continue
        place = next((n for n, words in written if n not in used and _is_there(key, words)), 0)
        place = place or next((n for n, words in written if n not in used and _is_scattered(key, words)), 0)
        used.add(place)
        yield RawMark(kind, line.strip(), place)


def _shown(kind: str, blocks: Sequence[Block]) -> Iterator[str]:
    """The lines of text that have such a mark."""
    pattern = _PATTERNS[kind]
    for block in blocks:
        for line in () if block.is_code else block.prose.split("\n"):
            if pattern.search(line):
                yield line


def _key(line: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(line.casefold()))


def _is_there(shown: tuple[str, ...], written: tuple[str, ...]) -> bool:
    """Do the first words of a line on the page follow each other in a line of the source?"""
    start = shown[:4]
    return any(written[n : n + len(start)] == start for n in range(len(written) - len(start) + 1))


def _is_scattered(shown: tuple[str, ...], written: tuple[str, ...]) -> bool:
    """The same, with other words between them: names of tags and addresses."""
    rest = iter(written)
    return bool(shown) and all(word in rest for word in shown[:8])

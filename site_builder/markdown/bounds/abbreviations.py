"""Abbreviations, found in a time that grows with the text, however many are defined."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.abbr import AbbrBlockprocessor, AbbrTreeprocessor
from markdown.util import AtomicString

_BOUNDARY: Final = re.compile(r"\b")
_BEGINNING: Final = 4
"""Characters by which the abbreviations that may begin at a place are told apart."""
_DEFINITION: Final = re.compile(r"^[*]\[(?P<abbr>[^\\]{0,500}?)\][ ]?:[ ]*\n?[ ]*(?P<title>.*)$", re.MULTILINE)
"""That of the extension, in which an abbreviation may go on for ever."""


def register_abbreviations(converter: Markdown) -> None:
    """Replace the extension's step that marks abbreviations (7), which looks for each of them everywhere."""
    if "abbr" not in converter.treeprocessors or "abbr" not in converter.parser.blockprocessors:
        return
    step, definitions = converter.treeprocessors["abbr"], converter.parser.blockprocessors["abbr"]
    if type(step) is AbbrTreeprocessor and isinstance(definitions, AbbrBlockprocessor):
        cast(Any, definitions).RE = _DEFINITION
        converter.treeprocessors.register(_Abbreviations(converter, cast(Any, step).abbrs), "abbr", 7)


class _Abbreviations(AbbrTreeprocessor):
    def run(self, root: Element) -> None:
        """Mark the abbreviations in all texts of a tree."""
        if not self.abbrs:
            return
        find = _Finder(self.abbrs)
        for parent in list(root.iter()):
            children, made = list(parent), []
            if parent.text and not isinstance(parent.text, AtomicString):
                parent.text, found = self._marked(parent.text, find)
                made += found
            for child in children:
                made.append(child)
                if child.tail and not isinstance(child.tail, AtomicString):
                    child.tail, found = self._marked(child.tail, find)
                    made += found
            if len(made) > len(children):
                parent[:] = made

    def _marked(self, text: str, find: "_Finder") -> tuple[str, list[Element]]:
        """The text before the first abbreviation, and an element for each, with the text behind it."""
        found = list(find(text))
        if not found:
            return text, []
        ends = [start for start, _ in found[1:]] + [len(text)]
        made = [
            self.create_element(self.abbrs[text[start:end]], text[start:end], text[end:next_start])
            for (start, end), next_start in zip(found, ends, strict=True)
        ]
        return text[: found[0][0]], made


class _Finder:
    """Finds the longest abbreviation at each beginning of a word, like a pattern with all of them, longest first."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._titles = titles
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in titles:
            lengths[name[:_BEGINNING]].add(len(name))
        self._lengths = {beginning: sorted(of_these, reverse=True) for beginning, of_these in lengths.items()}

    def __call__(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end of each abbreviation that has a title."""
        boundaries = [match.start() for match in _BOUNDARY.finditer(text)]
        is_boundary = frozenset(boundaries)
        last = 0
        for start in boundaries:
            if start < last:
                continue
            for length in self._at(text, start):
                end = start + length
                if end in is_boundary and text[start:end] in self._titles:
                    last = end
                    if self._titles[text[start:end]]:
                        yield start, end
                    break

    def _at(self, text: str, start: int) -> Iterator[int]:
        """The lengths of those that may begin there, longest first."""
        for size in range(_BEGINNING, 0, -1):
            beginning = text[start : start + size]
            if len(beginning) == size:
                for length in self._lengths.get(beginning, ()):
                    if size in {_BEGINNING, length}:
                        yield length

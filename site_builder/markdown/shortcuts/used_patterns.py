"""Leaves out the patterns for marks that a text does not contain: each of them would search every piece of the text."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Final, cast

from markdown import Markdown
from markdown.preprocessors import Preprocessor

_MARKS: Final[Mapping[str, tuple[str, ...]]] = {
    "autolink": ("<",),
    "automail": ("<",),
    "backtick": ("`",),
    "delimiter": ("=", "~"),
    "directive": ("[[!",),
    "em_strong": ("*", "_"),
    "embed": ("![[",),
    "emoji": (":",),
    "entity": ("&",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "hard-break": ("\\\n",),
    "html": ("<",),
    "icon": (":",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "keys-custom": ("++", "\\+"),
    "keys": ("++",),
    "linebreak": ("  \n",),
    "link": ("](",),
    "magic-link": ("://", "ww.", "WW.", "wW.", "Ww."),
    "magic-mail": ("@",),
    "reference": ("[",),
    "short_image_ref": ("![",),
    "short_reference": ("[",),
    "wiki-link": ("[[",),
}
"""Name of a pattern -> what a text has, one of them, if the pattern matches anything in it."""


MAX_COMBINATIONS: Final = 1_000
"""Of marks, or of signs, that are remembered; the texts of a site have some dozens."""
Marked = tuple[Any, tuple[str, ...]]
"""A pattern with its marks; none for one that may match anything."""


class UsedPatterns:
    """Some patterns, and for each combination of marks those that may match something."""

    def __init__(self, patterns: Sequence[Marked]) -> None:
        self.patterns = patterns
        self._marks = tuple(dict.fromkeys(mark for _, marks in patterns for mark in marks))
        self._used: dict[tuple[str, ...], UsedPatterns] = {}
        self.inline = [pattern for pattern, _ in patterns]
        """Without their marks."""

    def in_text(self, text: str) -> "UsedPatterns":
        """Those that may match something in a text."""
        found = tuple([mark for mark in self._marks if mark in text])
        used = self._used.get(found)
        if used is None:
            if len(self._used) >= MAX_COMBINATIONS:
                self._used.clear()
            some = frozenset(found)
            used = UsedPatterns([one for one in self.patterns if not one[1] or not some.isdisjoint(one[1])])
            self._used[found] = used
        return used


def register_used_patterns(converter: Markdown) -> None:
    """Add a step after all others that read lines. The step for texts asks what is `used` in each of them."""
    converter.preprocessors.register(_UsedPatterns(converter), "used-patterns", -100)


class _UsedPatterns(Preprocessor):
    """Chooses for the lines as they are after other steps, which may include further files."""

    @cached_property
    def _patterns(self) -> UsedPatterns:
        """All patterns, with their marks; made for the first text, because others are registered until then."""
        patterns = self.md.inlinePatterns
        marks_of = {id(patterns[name]): marks for name, marks in _MARKS.items() if name in patterns}
        return UsedPatterns([(pattern, marks_of.get(id(pattern), ())) for pattern in patterns])

    def run(self, lines: list[str]) -> list[str]:
        """The lines as they are."""
        reader = cast(Any, self.md.treeprocessors["inline"])
        reader.used = self._patterns.in_text("\n".join(lines))
        return lines

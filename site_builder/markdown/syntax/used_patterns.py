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


Marked = tuple[Any, tuple[str, ...]]
"""A pattern with its marks; none for one that may match anything."""


def register_used_patterns(converter: Markdown) -> None:
    """Add a step after all others that read lines. The step for texts asks `used_in` for each of them."""
    converter.preprocessors.register(_UsedPatterns(converter), "used-patterns", -100)


def used_in(text: str, patterns: Sequence[Marked]) -> list[Marked]:
    """Those that may match something in a text."""
    return [one for one in patterns if not one[1] or any(mark in text for mark in one[1])]


class _UsedPatterns(Preprocessor):
    """Chooses for the lines as they are after other steps, which may include further files."""

    @cached_property
    def _patterns(self) -> list[Marked]:
        """All patterns, with their marks; made for the first text, because others are registered until then."""
        patterns = self.md.inlinePatterns
        marks_of = {id(patterns[name]): marks for name, marks in _MARKS.items() if name in patterns}
        return [(pattern, marks_of.get(id(pattern), ())) for pattern in patterns]

    def run(self, lines: list[str]) -> list[str]:
        """The lines as they are."""
        reader = cast(Any, self.md.treeprocessors["inline"])
        reader.patterns = used_in("\n".join(lines), self._patterns)
        return lines

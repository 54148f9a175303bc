"""Leaves out the patterns for marks that a text does not contain: each of them would search every piece of the text."""

from functools import cached_property
from typing import Any, Final, cast

from markdown import Markdown
from markdown.preprocessors import Preprocessor

_MARKS: Final = {
    "autolink": "<",
    "automail": "<",
    "backtick": "`",
    "directive": "[[!",
    "embed": "![[",
    "emoji": ":",
    "entity": "&",
    "escape": "\\",
    "footnote": "[^",
    "hard-break": "\\\n",
    "html": "<",
    "icon": ":",
    "image_link": "![",
    "image_reference": "![",
    "keys": "++",
    "linebreak": "  \n",
    "link": "](",
    "magic-mail": "@",
    "reference": "[",
    "short_image_ref": "![",
    "short_reference": "[",
    "wiki-link": "[[",
}
"""Name of a pattern -> what a text has if the pattern matches anything in it."""


def register_used_patterns(converter: Markdown) -> None:
    """Add a step after all others that read lines."""
    converter.preprocessors.register(_UsedPatterns(converter), "used-patterns", -100)


class _UsedPatterns(Preprocessor):
    """Sets the patterns for the lines as they are after other steps, which may include further files."""

    @cached_property
    def _patterns(self) -> list[tuple[Any, str]]:
        """All patterns, with their marks; made for the first text, because others are registered until then."""
        patterns = self.md.inlinePatterns
        mark_of = {id(patterns[name]): mark for name, mark in _MARKS.items() if name in patterns}
        return [(pattern, mark_of.get(id(pattern), "")) for pattern in patterns]

    def run(self, lines: list[str]) -> list[str]:
        """The lines as they are."""
        text = "\n".join(lines)
        reader = cast(Any, self.md.treeprocessors["inline"])
        reader.inlinePatterns = [pattern for pattern, mark in self._patterns if mark in text]
        return lines

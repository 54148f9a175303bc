"""Python-Markdown's steps for what a text does not contain, left out: blanks to mend, fences, a table of contents."""

from collections.abc import Iterable
from typing import Any, Final, cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.toc import TocTreeprocessor
from markdown.preprocessors import NormalizeWhitespace

_KNOWN: Final = ("markdown.", "pymdownx.", "site_builder.")
"""Where steps are from that do not ask for a table of contents that no text shows."""


def register_plain_steps(converter: Markdown) -> None:
    """Change Python-Markdown's own steps, where no extension has replaced them."""
    steps = converter.preprocessors
    if type(steps["normalize_whitespace"]) is NormalizeWhitespace:
        steps.register(_NormalizeWhitespace(converter), "normalize_whitespace", 30)
    if "fenced_code_block" in steps and type(fences := steps["fenced_code_block"]) is FencedBlockPreprocessor:
        _read_only_fences(fences)
    if all(type(step).__module__.startswith(_KNOWN) for step in _steps(converter)):
        for step in converter.treeprocessors:
            if type(step) is TocTreeprocessor:
                _make_only_if_shown(step, converter)


class _NormalizeWhitespace(NormalizeWhitespace):
    """The same without searching for what is not there."""

    def run(self, lines: list[str]) -> list[str]:
        """The lines with usual line ends, without tabs, and with nothing on empty lines."""
        source = "\n".join(lines)
        if "\n " in source or "\t" in source or "\r" in source or "\x02" in source or "\x03" in source:
            return super().run(lines)
        return [*source.split("\n"), "", ""]


def _read_only_fences(step: FencedBlockPreprocessor) -> None:
    read = step.run

    def run(lines: list[str]) -> list[str]:
        return read(lines) if any("```" in line or "~~~" in line for line in lines) else lines

    step.run = run  # type: ignore[method-assign]


def _steps(converter: Markdown) -> Iterable[object]:
    """All steps that may look at what the converter keeps of a text."""
    registered = (converter.preprocessors, converter.treeprocessors, converter.postprocessors)
    return [step for steps in registered for step in cast(Iterable[object], steps)]


def _make_only_if_shown(step: TocTreeprocessor, converter: Markdown) -> None:
    """The table of a text without `[TOC]` is made for extensions only, none of which is here."""
    of_one = cast(Any, step)
    make = of_one.build_toc_div

    def build_toc_div(headings: list[Any]) -> Element:
        is_shown = any(of_one.marker in line for line in cast(Any, converter).lines)
        return cast(Element, make(headings)) if is_shown else Element("div")

    of_one.build_toc_div = build_toc_div

"""Formulas are taken out of a text before Python-Markdown reads it: nothing in them is emphasis, a list or a table.

A mark stands in the place of each one until its text has become a tree (`typeset.py`), which also brings back what was
no formula after all: in code, and in the address or title of a link.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from markdown import Markdown
from markdown.extensions.toc import TocTreeprocessor
from markdown.preprocessors import Preprocessor

from site_builder.markdown.tex.formulas import Formula, Notation, find_formulas, math_fences, without_quote_marks

ARITHMATEX: Final = "pymdownx.arithmatex"
"""Its output needs a script. A site that names it gets our formulas, in the notation that its options choose."""
FORMULA_MARK: Final = re.compile("\x02sbtex([0-9]+)\x03")
_STEP: Final = "formulas"


@dataclass(frozen=True, slots=True)
class WrittenFormula:
    """A formula that was taken out of a text."""

    tex: str
    is_display: bool
    is_closed: bool
    written: str
    """With its delimiters, as it stands in the text."""
    found_by: str
    """The same, and what follows the beginning of one that has no end: where this stands, the formula stands."""

    @property
    def shown(self) -> str:
        """What is shown of it where it is no formula."""
        return without_quote_marks(self.written)


def notation_of(options: Mapping[str, Any]) -> Notation:
    """The notation that options of `pymdownx.arithmatex` choose."""
    usual = Notation()
    return Notation(
        frozenset(options.get("inline_syntax", usual.in_lines)),
        frozenset(options.get("block_syntax", usual.displays)),
    )


def register_formulas(converter: Markdown, notation: Notation) -> None:
    r"""Take fences with the language `math` before other fences (26), and formulas in text after them.

    `\$` is a dollar.
    """
    step = _TakeFormulas(converter, notation)
    converter.preprocessors.register(_TakeFences(converter, step), "math-fences", 27)
    converter.preprocessors.register(step, _STEP, 24)
    converter.ESCAPED_CHARS = [*converter.ESCAPED_CHARS, "$"]
    for processor in converter.treeprocessors:
        if isinstance(processor, TocTreeprocessor):
            processor.slugify = _of_tex(processor.slugify, step)


def formulas_found(converter: Markdown) -> list[WrittenFormula]:
    """The formulas in the text that was converted last; to be cleared before the next text."""
    return cast(_TakeFormulas, converter.preprocessors[_STEP]).found


class _TakeFormulas(Preprocessor):
    def __init__(self, md: Markdown, notation: Notation) -> None:
        super().__init__(md)
        self._notation = notation
        self.found: list[WrittenFormula] = []

    def run(self, lines: list[str]) -> list[str]:
        """The lines with a mark for each formula."""
        if not any("$" in line or "\\" in line for line in lines):
            return lines
        text = "\n".join(lines)
        return self.take(text, find_formulas(text, self._notation)).split("\n")

    def take(self, text: str, formulas: Sequence[Formula]) -> str:
        """The text with a mark for each of these."""
        pieces, at = [], 0
        for formula in formulas:
            pieces += [text[at : formula.start], f"\x02sbtex{len(self.found)}\x03"]
            at = formula.end
            written = text[formula.start : at]
            line_end = text.find("\n", at + 1)
            rest = "" if formula.is_closed else text[at : line_end if line_end >= 0 else None]
            self.found.append(
                WrittenFormula(formula.tex, formula.is_display, formula.is_closed, written, written + rest)
            )
        return "".join([*pieces, text[at:]])


class _TakeFences(Preprocessor):
    def __init__(self, md: Markdown, step: _TakeFormulas) -> None:
        super().__init__(md)
        self._step = step

    def run(self, lines: list[str]) -> list[str]:
        """The lines with a mark for each such block."""
        if not any("math" in line and ("```" in line or "~~~" in line) for line in lines):
            return lines
        text = "\n".join(lines)
        return self._step.take(text, math_fences(text)).split("\n")


def _of_tex(slugify: Callable[[str, str], str], step: _TakeFormulas) -> Callable[[str, str], str]:
    """The id of a heading is made of the TeX of its formulas."""
    return lambda text, separator: slugify(FORMULA_MARK.sub(lambda mark: step.found[int(mark[1])].tex, text), separator)


def between_marks(change: Callable[[str], str], text: str) -> str:
    """The text with a change to everything but the marks."""
    pieces, at = [], 0
    for mark in FORMULA_MARK.finditer(text):
        pieces += [change(text[at : mark.start()]), mark[0]]
        at = mark.end()
    return "".join([*pieces, change(text[at:])])

"""Lists and tables as GitHub and editors' previews show them, written as Python-Markdown reads them.

Python-Markdown wants four spaces for each level, and an empty line before a list or table. Before it reads the text,
lines that belong to an item by CommonMark's rule (they are indented at least as far as the item's text) are indented by
four spaces for each level. Lists that Python-Markdown reads as they are stay as they are.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, HTML_PLACEHOLDER_RE

from site_builder.markdown.syntax.open_items import LEVEL, RULE, OpenItems, in_quotation, indent_of, quotation_end

_DEFINITION: Final = re.compile(r" *\[(?!\^)[^\[\]]+\]:")
"""`[name]: address`, which is no part of what is shown, so it must not make its item a paragraph."""
_TABLE_RULE: Final = re.compile(r" *\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *$")
_INTERRUPTS: Final = re.compile(r" {0,3}(?:#{1,6} |>)")
"""A heading or a quotation, which ends a table."""
_UNDERLINE: Final = re.compile(r" {0,3}(?:-+|=+) *$")
_ENDS_QUOTED: Final = re.compile(r"[ >]*(?:#{1,6} |(?:[-*_] *){3,}$)")
"""The last line of a quotation that no text outside of it can go on with."""
_PLAIN: Final = re.compile(r"(?! *(?:[#>|]|[-*+] |\d+[.)] |(?:[-*_] *){3,}$)).*\S *$")
"""A line that may be part of a heading with an underline, unless it ends with HTML that was set aside."""
_SET_ASIDE: Final = re.compile(f"{HTML_PLACEHOLDER_RE.pattern} *$")
_ATX: Final = re.compile(r" *#{1,6} ")
_HEADING: Final = re.compile(r"^ {1,3}(?=#{1,6}(?: |$))")

_ESCAPED_CALLOUT: Final = re.compile(r"^( *> *)\\(?=\[![A-Za-z]+\])")
"""Formatters escape the bracket, and GitHub shows a callout all the same."""
_EMPTY_HEADING: Final = re.compile(r" {0,3}#{1,6} *$")


def register_lists(converter: Markdown) -> None:
    """Add a step after fences (25) and HTML (20) are set aside."""
    converter.preprocessors.register(_Lists(converter), "lists", 15)


class _Lists(Preprocessor):
    """Indents what belongs to items, and sets a list apart from the paragraph above it."""

    def run(self, lines: list[str]) -> list[str]:
        """All lines; those of a quotation are a text of their own."""
        return _Writer().write(lines)


@dataclass(slots=True)
class _Writer:
    """Writes the lines of a text as Python-Markdown needs them."""

    _items: OpenItems = field(default_factory=OpenItems)
    _out: list[str] = field(default_factory=list)
    _is_after_text: bool = False
    """Whether the line above is text that would go on in the next line: a list needs an empty line below it."""
    _block_depth: int = 0
    """How many items are around the first line after the last empty one: an item outside them needs an empty line."""
    _is_definition: bool = False
    """Whether the line above defines a link, as do all those up to an empty line."""
    _is_table: bool = False
    _is_after_quotation: bool = False
    _is_after_rule: bool = False
    """Whether the line above is a rule or the underline of a heading."""
    _numbered: list[bool] = field(default_factory=list)
    """For each level, whether its last item has a number."""
    _code_shift: int | None = None
    """By how much the lines of the present block of code are moved."""

    def write(self, lines: list[str]) -> list[str]:
        """All lines."""
        number = 0
        while number < len(lines):
            line = lines[number]
            number += 1
            if not line.strip() or _EMPTY_HEADING.match(line):
                self._out.append("")
                self._items.is_after_blank = True
                self._is_after_text = self._is_table = self._is_after_rule = False
                continue
            if end := quotation_end(lines, number - 1, self._items):
                self._write_quotation(lines[number - 1 : end])
                number = end
                continue
            is_in_list = bool(self._items.offsets)
            if match := self._items.item(line):
                self._write_item(line, match, is_in_list=is_in_list)
            else:
                if "|" in line and number < len(lines) and _begins_table(line, lines[number]):
                    self._set_apart()
                    self._is_table = True
                elif not self._items.is_after_blank and self._ends_above(line):
                    self._set_apart()
                self._write_text(line)
            self._items.is_after_blank = self._is_after_quotation = False
        return self._out

    def _ends_above(self, line: str) -> bool:
        """Whether a line that would go on with the text above begins something else by CommonMark's rules."""
        if self._is_after_rule:
            return True
        if _UNDERLINE.match(line):  # of no heading, below an item or a quotation
            return self._is_after_quotation or bool(self._items.offsets and not self._is_after_text)
        if self._is_after_quotation:
            last = self._out[-1]
            return _ends_with_html(last) or not last.strip(" >") or bool(_ENDS_QUOTED.match(last))
        return self._is_table and bool(_INTERRUPTS.match(line))

    def _set_apart(self) -> None:
        """End what stands above."""
        if self._out and self._out[-1].strip():
            self._out.append("")
        self._items.is_after_blank = True
        self._is_after_text = self._is_table = False

    def _write_quotation(self, lines: list[str]) -> None:
        if self._is_table or (not self._items.is_after_blank and indent_of(lines[0]) < self._items.inner):
            self._set_apart()
        self._items.text(lines[0])
        least = LEVEL * (len(self._items.offsets) - (not self._items.is_after_blank and bool(self._items.offsets)))
        lines = [_ESCAPED_CALLOUT.sub(r"\1", lines[0]), *lines[1:]]
        self._out += [self._moved(line, least) for line in in_quotation(lines, _Writer().write)]
        self._items.is_after_blank = False
        self._is_after_text = self._is_after_quotation = True
        self._is_after_rule = False
        self._code_shift = None

    def _write_item(self, line: str, match: re.Match[str], *, is_in_list: bool) -> None:
        depth = len(self._items.offsets)
        is_numbered = match[2][-1] in ".)"
        if self._is_after_quotation or self._is_after_rule or self._is_table:
            self._set_apart()
        if self._is_after_text and not is_in_list and is_numbered and match[2][:-1] != "1":
            self._out.append(line)  # a paragraph may have a line that begins with a year
            return
        is_other = len(self._numbered) > depth and self._numbered[depth] is not is_numbered
        self._numbered[depth:] = [is_numbered]
        if self._is_after_text or (depth < self._block_depth and not self._items.is_after_blank) or is_other:
            self._out.append("")
            self._items.is_after_blank = True
        if self._items.is_after_blank:
            self._block_depth = depth
        if match[2][-1] == ")":
            line = line.replace(")", ".", 1)
        if not match[3]:  # `-` alone would underline the item above
            line = line.rstrip().replace("-", "*") + " "
        self._out.append(self._moved(line, LEVEL * depth))
        self._items.open(match)
        self._is_after_text = self._is_table = self._is_after_rule = False
        self._code_shift = None

    def _write_text(self, line: str) -> None:
        was_after_blank = self._items.is_after_blank
        self._items.text(line)
        depth, indent = len(self._items.offsets), indent_of(line)
        if was_after_blank:
            self._block_depth = depth
        may_be_code = was_after_blank or self._code_shift is not None
        if may_be_code and depth and indent >= self._items.inner + LEVEL:
            if self._code_shift is None:
                self._code_shift = max(0, LEVEL * (depth + 1) - indent)
            self._out.append(" " * self._code_shift + line)
            return
        self._code_shift = None
        if not depth and self._is_after_text and _UNDERLINE.match(line):
            line = self._underline(line)
        begins_block = self._is_after_text or not depth or was_after_blank
        self._is_after_text = begins_block and not _ATX.match(line)
        self._is_definition = (was_after_blank or self._is_definition) and bool(_DEFINITION.match(line))
        if not depth:
            line = _HEADING.sub("", line)
        self._is_after_rule = bool(_UNDERLINE.match(line) or RULE.match(line))
        if not depth or indent < self._items.inner or self._is_definition:
            self._out.append(line)
        else:
            self._out.append(self._moved(line, LEVEL * (depth if begins_block else depth - 1)))

    def _underline(self, line: str) -> str:
        """The underline of a heading, whose title is on one line."""
        if "=" in line:
            start = len(self._out)
            while start and _PLAIN.match(above := self._out[start - 1]) and not _ends_with_html(above):
                start -= 1
            title = [" ".join(part.strip() for part in self._out[start:])]
            self._out[start:] = ["", *title] if start and self._out[start - 1].strip() else title
        elif indent_of(self._out[-1]) < LEVEL:
            self._out[-1] = self._out[-1].strip()
        return line.strip()

    @staticmethod
    def _moved(line: str, least: int) -> str:
        """The line with at least so many spaces before it."""
        return line if indent_of(line) >= least else " " * least + line.lstrip(" ")


def _ends_with_html(line: str) -> bool:
    """Whether the line ends with what stands for a block of HTML or code. A formula, which has a mark too, is text."""
    return line.rstrip(" ").endswith(ETX) and bool(_SET_ASIDE.search(line))


def _begins_table(line: str, below: str) -> bool:
    return bool(_TABLE_RULE.match(below)) and ("|" in below or line.strip().count("|") == 1)

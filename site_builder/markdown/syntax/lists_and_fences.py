"""Lists and fences as GitHub and editors' previews show them, written as Python-Markdown reads them.

Python-Markdown wants four spaces for each level, an empty line before a list, and fences at the start of a line. Before
it reads the text, lines that belong to an item by CommonMark's rule (they are indented at least as far as the item's
text) are indented by four spaces for each level. Lists that Python-Markdown reads as they are stay as they are.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from markdown import Markdown
from markdown.preprocessors import Preprocessor

_LEVEL: Final = 4
"""Spaces by which Python-Markdown indents what belongs to an item; so much more makes code."""
_ITEM: Final = re.compile(r"( *)([-*+]|\d{1,9}\.)( +)\S")
_RULE: Final = re.compile(r" {0,3}([-*_])(?: *\1){2,} *$")
_DEFINITION: Final = re.compile(r" *\[(?!\^)[^\[\]]+\]:")
"""`[name]: address`, which is no part of what is shown, so it must not make its item a paragraph."""
_QUOTE: Final = re.compile(r"> ?")
_FENCE: Final = re.compile(r"( *)(`{3,}|~{3,})[ ]*([^`\n]*)$")
_READ_INFO: Final = re.compile(r"\{.*\}[ ]*|\.?[\w#.+-]*[ ]*(?:hl_lines=(?:\".*\"|'.*')[ ]*)?")
"""What may follow the beginning of a fence, for Python-Markdown. GitHub shows code whatever follows it."""
_LANGUAGE: Final = re.compile(r"[\w#.+-]*")


def register_lists(converter: Markdown) -> None:
    """Add two steps: fences before HTML is set aside (20), after whitespace is normalized (30); lists after both."""
    converter.preprocessors.register(_Fences(converter), "fences", 26)
    converter.preprocessors.register(_Lists(converter), "lists", 15)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


@dataclass(slots=True)
class _OpenItems:
    """For each open item, from the outside in, the indentation of what belongs to it."""

    offsets: list[int] = field(default_factory=list)
    is_after_blank: bool = True

    @property
    def inner(self) -> int:
        """The indentation of what belongs to the innermost item."""
        return self.offsets[-1] if self.offsets else 0

    def item(self, line: str) -> re.Match[str] | None:
        """The match if the line begins an item, which closes those that it does not belong to."""
        match = _ITEM.match(line)
        if not match or _RULE.match(line):
            return None
        indent = len(match[1])
        depth = sum(1 for offset in self.offsets if offset <= indent)
        if indent >= _LEVEL and (not depth or (self.is_after_blank and self._is_code(indent, depth))):
            return None
        del self.offsets[depth:]
        return match

    def open(self, match: re.Match[str]) -> None:
        """Go into an item."""
        indent = len(match[1])
        self.offsets.append(indent + min(len(match[2]) + len(match[3]), _LEVEL))

    def _is_code(self, indent: int, depth: int) -> bool:
        return indent >= max(self.offsets[depth - 1], _LEVEL * depth) + _LEVEL

    def text(self, line: str) -> None:
        """Close the items that a line of text does not belong to: only after an empty line, or at a rule."""
        indent = _indent(line)
        if self.is_after_blank or _RULE.match(line):
            while self.offsets and self.offsets[-1] > indent:
                self.offsets.pop()


class _Fences(Preprocessor):
    """Fenced code that is indented, or has more than a language behind its fence: read as if written plainly."""

    def run(self, lines: list[str]) -> list[str]:
        """All lines, with a placeholder for each such block."""
        if "fenced_code_block" not in self.md.preprocessors:
            return lines
        out: list[str] = []
        items = _OpenItems()
        number = 0
        while number < len(lines):
            line = lines[number]
            end = self._end(lines, number, items)
            if end:
                out += self._read(lines[number:end], _indent(line))
                number = end
                items.is_after_blank = True
                continue
            out.append(line)
            number += 1
            if match := items.item(line):
                items.open(match)
            elif line.strip():
                items.text(line)
            items.is_after_blank = not line.strip()
        return out

    def _read(self, block: list[str], indent: int) -> list[str]:
        """The block as the extension for fences gives it, with its indentation."""
        match = _FENCE.match(block[0])
        if not match or (not indent and block[-1] == match[2] and _READ_INFO.fullmatch(match[3])):
            return block  # the extension reads it when its turn comes
        code = [line[min(indent, _indent(line)) :] for line in block[1:-1]]
        plain = [block[0].lstrip(" "), *code, match[2]]
        fences = self.md.preprocessors["fenced_code_block"]
        read = fences.run(plain)
        if read == plain:
            language = _LANGUAGE.match(match[3])
            read = fences.run([match[2] + (language[0] if language else ""), *plain[1:]])
        return [" " * indent + line if line.strip() else "" for line in read]

    def _end(self, lines: list[str], number: int, items: _OpenItems) -> int:
        """The line after the end of the fenced block that begins in this line of text or of an item; 0 if none does."""
        match = _FENCE.match(lines[number])
        if not match:
            return 0
        indent = len(match[1])
        held = [offset for offset in items.offsets if offset <= indent]
        if indent >= max(held[-1] if held else 0, _LEVEL * len(held)) + _LEVEL:
            return 0
        for end in range(number + 1, len(lines)):
            line = lines[end].strip()
            is_fence = line.startswith(match[2]) and not line.strip(match[2][0])
            if is_fence and _indent(lines[end]) < indent + _LEVEL:
                return end + 1
        return 0


class _Lists(Preprocessor):
    """Indents what belongs to items, and sets a list apart from the paragraph above it."""

    def run(self, lines: list[str]) -> list[str]:
        """All lines; those of a quotation are a text of their own."""
        out: list[str] = []
        start = 0
        while start < len(lines):
            is_quote = bool(_QUOTE.match(lines[start]))
            end = start + 1
            while end < len(lines) and bool(_QUOTE.match(lines[end])) == is_quote:
                end += 1
            if is_quote:
                inner = self.run([_QUOTE.sub("", line, count=1) for line in lines[start:end]])
                out += [f"> {line}" for line in inner]
            else:
                out += _Writer(is_after_text=start > 0).write(lines[start:end])
            start = end
        return out


@dataclass(slots=True)
class _Writer:
    """Writes the lines of a text as Python-Markdown needs them."""

    is_after_text: bool
    """Whether the line above is text that would go on in the next line: a list needs an empty line below it."""
    _items: _OpenItems = field(default_factory=_OpenItems)
    _out: list[str] = field(default_factory=list)
    _block_depth: int = 0
    """How many items are around the first line after the last empty one: an item outside them needs an empty line."""
    _is_definition: bool = False
    """Whether the line above defines a link, as do all those up to an empty line."""
    _code_shift: int | None = None
    """By how much the lines of the present block of code are moved."""

    def write(self, lines: list[str]) -> list[str]:
        """All lines."""
        for line in lines:
            if not line.strip():
                self._out.append(line)
                self._items.is_after_blank = True
                self.is_after_text = False
                continue
            if match := self._items.item(line):
                self._write_item(line, match)
            else:
                self._write_text(line)
            self._items.is_after_blank = False
        return self._out

    def _write_item(self, line: str, match: re.Match[str]) -> None:
        depth = len(self._items.offsets)
        if self.is_after_text and not depth and match[2][-1] == "." and match[2] != "1.":
            self._out.append(line)  # a paragraph may have a line that begins with a year
            return
        if self.is_after_text or (depth < self._block_depth and not self._items.is_after_blank):
            self._out.append("")
            self._items.is_after_blank = True
        if self._items.is_after_blank:
            self._block_depth = depth
        self._out.append(self._moved(line, _LEVEL * depth))
        self._items.open(match)
        self.is_after_text = False
        self._code_shift = None

    def _write_text(self, line: str) -> None:
        was_after_blank = self._items.is_after_blank
        self._items.text(line)
        depth, indent = len(self._items.offsets), _indent(line)
        if was_after_blank:
            self._block_depth = depth
        may_be_code = was_after_blank or self._code_shift is not None
        if may_be_code and depth and indent >= self._items.inner + _LEVEL:
            if self._code_shift is None:
                self._code_shift = max(0, _LEVEL * (depth + 1) - indent)
            self._out.append(" " * self._code_shift + line)
            return
        self._code_shift = None
        self.is_after_text = self.is_after_text or not depth or was_after_blank
        self._is_definition = (was_after_blank or self._is_definition) and bool(_DEFINITION.match(line))
        if not depth or indent < self._items.inner or self._is_definition:
            self._out.append(line)
        else:
            self._out.append(self._moved(line, _LEVEL * (depth if self.is_after_text else depth - 1)))

    @staticmethod
    def _moved(line: str, least: int) -> str:
        """The line with at least so many spaces before it."""
        return line if _indent(line) >= least else " " * least + line.lstrip(" ")

"""Fenced code as GitHub shows it, in list items, quotations and admonitions too, as Python-Markdown reads it."""

import re
from typing import Final

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from site_builder.markdown.source_positions import COMMENT
from site_builder.markdown.syntax.open_items import (
    LEVEL,
    BlockLines,
    OpenItems,
    in_quotation,
    indent_of,
    item_start,
    quotation_end,
)
from site_builder.markdown.syntax.remarks import Remark

_FENCE: Final = re.compile(r"( *)(`{3,}|~{3,})[ ]*([^`\n]*)$")
_READ_INFO: Final = re.compile(r"\{.*\}[ ]*|\.?[\w#.+-]*[ ]*(?:hl_lines=(?:\".*\"|'.*')[ ]*)?")
"""What may follow the beginning of a fence, for Python-Markdown. GitHub shows code whatever follows it."""
_LANGUAGE: Final = re.compile(r"[\w#.+-]*")


def register_fences(converter: Markdown, remarks: list[Remark]) -> None:
    """Add a step before fences are read (25), after whitespace is normalized (30)."""
    converter.preprocessors.register(_Fences(converter, remarks), "fences", 26)


class _Fences(Preprocessor):
    """Fenced code that is indented, or has more than a language after its opening fence: read as if written plainly."""

    def __init__(self, md: Markdown, remarks: list[Remark]) -> None:
        super().__init__(md)
        self._remarks = remarks

    def run(self, lines: list[str]) -> list[str]:
        """All lines, with a placeholder for each such block."""
        if "fenced_code_block" not in self.md.preprocessors:
            return lines
        if not any("```" in line or "~~~" in line for line in lines):
            return lines
        return self._run(lines)

    def _run(self, lines: list[str], *, is_quotation: bool = False) -> list[str]:
        out = BlockLines()
        items = OpenItems()
        number = 0
        while number < len(lines):
            line = lines[number]
            if end := quotation_end(lines, number, items):
                for quoted in in_quotation(lines[number:end], lambda inner: self._run(inner, is_quotation=True)):
                    out.add(quoted)
                number = end
                items.is_after_blank = False
            elif end := self._end(lines, number, items):
                self._add(lines[number:end], out, is_quotation=is_quotation)
                number = end
                items.is_after_blank = True
            elif end := self._end_in_item(lines, number, items):
                self._add_in_item(lines[number:end], out, items)
                number = end
            else:
                items.read(line)
                out.add(line)
                number += 1
        return out.finished()

    def _add(self, block: list[str], out: BlockLines, *, is_quotation: bool) -> None:
        """Add the block, or what stands for it until the text is converted."""
        match = _FENCE.match(block[0])
        if not match:
            return
        indent, fence, info = len(match[1]), match[2], match[3]
        if not is_quotation and not indent and block[-1] == fence and _READ_INFO.fullmatch(info):
            for line in block:  # the extension reads it when its turn comes
                out.add(line)
            return
        is_closed = len(block) > 1 and _closes(block[-1], fence)
        code = [line[min(indent, indent_of(line)) :] for line in block[1 : -1 if is_closed else None]]
        if not is_closed:
            self._remarks.append(_unclosed(block, fence))
            code = COMMENT.sub("", "\n".join(code)).split("\n")  # it may not have been meant as code
        while not is_closed and code and not code[-1].strip():
            code.pop()
        fences = self.md.preprocessors["fenced_code_block"]
        language = _LANGUAGE.match(info)
        short = fence + (language[0] if language else "")
        is_readable = _READ_INFO.fullmatch(info) or type(fences).__module__ != "markdown.extensions.fenced_code"
        plain = [fence + info if is_readable else short, *code, fence]
        read = fences.run(plain)
        if read == plain:
            read = fences.run([short, *code, fence])
        for line in read:
            if line.strip():
                out.add_block(" " * indent + line)

    def _end_in_item(self, lines: list[str], number: int, items: OpenItems) -> int:
        """The line after the end of the fenced block that is the first thing in a list item; 0 if there is none."""
        match = item_start(lines[number], items)
        if not match or not _FENCE.match(lines[number][match.end() :]):
            return 0
        inside = OpenItems([*(offset for offset in items.offsets if offset <= len(match[1])), match.end()])
        return self._end([" " * match.end() + lines[number][match.end() :], *lines[number + 1 :]], 0, inside) + number

    def _add_in_item(self, block: list[str], out: BlockLines, items: OpenItems) -> None:
        match = item_start(block[0], items)
        if not match:
            return
        column = match.end()
        inner = BlockLines()
        self._add([" " * column + block[0][column:], *block[1:]], inner, is_quotation=True)
        items.read(block[0])
        items.is_after_blank = True
        out.add_block(block[0][:column] + inner.lines[0].strip())

    def _end(self, lines: list[str], number: int, items: OpenItems) -> int:
        """The line after the end of the fenced block that begins in this line of text or of an item; 0 if none does.

        A block without an end goes on as far as the item, the quotation or the text that it is in.
        """
        match = _FENCE.match(lines[number])
        if not match:
            return 0
        indent = len(match[1])
        if indent >= items.code_indent(indent):
            return 0
        held = [offset for offset in items.offsets if offset <= indent]
        for end in range(number + 1, len(lines)):
            line = lines[end]
            if _closes(line, match[2]) and indent_of(line) < indent + LEVEL:
                return end + 1
            if held and line.strip() and indent_of(line) < held[-1]:
                return end
        return len(lines)


def _unclosed(block: list[str], fence: str) -> Remark:
    first = block[1].strip() if len(block) > 1 else ""
    return Remark(block[0].strip(), "the beginning of code without an end", f'close it with "{fence}"', first)


def _closes(line: str, fence: str) -> bool:
    text = line.strip()
    return text.startswith(fence) and not text.strip(fence[0])

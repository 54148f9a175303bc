"""Kramdown's lines of attributes (`{: #id .class}`), below or above what they belong to.

Headings get theirs. Elsewhere the attributes of a paragraph's last line are read by the extension, and all others,
which only serve a theme, are left out.
"""

import re
from typing import Final

from markdown import Markdown
from markdown.preprocessors import Preprocessor

_ATTRIBUTES: Final = re.compile(r" *\{:(?!:)[^{}\n]*\} *$")
_HEADING: Final = re.compile(r" {0,3}#{1,6} ")
_UNDERLINE: Final = re.compile(r"(?:-+|=+) *$")
_TEXT: Final = re.compile(r" *[^\s|>#\x02`~*+-]")
_CONTENTS: Final = re.compile(r" *\{:[ ]*toc\b[^{}]*\} *$")
_ITEM: Final = re.compile(r" *(?:[-*+]|\d+[.)]) +\S")


def register_attribute_lines(converter: Markdown) -> None:
    """Add a step after lists are written as Python-Markdown reads them (15)."""
    converter.preprocessors.register(_AttributeLines(converter), "attribute-lines", 14)


class _AttributeLines(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        """All lines but those that hold only attributes; what they belong to has them."""
        if not any("{:" in line for line in lines):
            return lines
        out: list[str] = []
        waiting = ""
        for number, line in enumerate(lines):
            if _ATTRIBUTES.match(line):
                below = lines[number + 1] if number + 1 < len(lines) else ""
                waiting = self._placed(line, below, out)
            elif waiting and _HEADING.match(line):
                out.append(f"{line.rstrip()} {waiting}")
                waiting = ""
            else:
                out.append(line)
                waiting = ""
        return out

    @staticmethod
    def _placed(line: str, below: str, out: list[str]) -> str:
        """Give the attributes to the line above; what is meant for a heading below is returned."""
        above = out[-1] if out else ""
        if _CONTENTS.match(line) and _ITEM.match(above):
            out[-1] = "[TOC]"
        elif _HEADING.match(above):
            out[-1] = f"{above.rstrip()} {line.strip()}"
        elif not above.strip() and len(out) > 2 and _UNDERLINE.match(out[-2]) and out[-3].strip():
            out[-3] = f"{out[-3].rstrip()} {line.strip()}"
        elif not above.strip():
            return line.strip()
        elif not below.strip() and _TEXT.match(above):
            out.append(line)
        else:
            out.append("")
        return ""

"""`title="a.py"`, `hl_lines="2 4-5"` and `linenums="1"` after the opening fence, as `pymdownx.highlight` has them.

The extension for fences passes them over, so they are kept beside the text of the block until that is in the tree.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from site_builder.markdown.code.find_fences import Fence, find_fences

_STEP: Final = "code-options"
_OPTION: Final = re.compile(r"\b(title|hl_lines|linenums)=(?:\"([^\"]*)\"|'([^']*)'|(\d+))")
_RANGE: Final = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")
_MOST_LINES: Final = 10_000


@dataclass(frozen=True, slots=True)
class CodeOptions:
    """How a block of code is shown."""

    title: str = ""
    marked: frozenset[int] = frozenset()
    """Numbers of lines that stand out, from 1."""
    is_numbered: bool = False
    """Whether its lines have numbers; only from 1."""


def register_code_options(converter: Markdown) -> None:
    """Read the options before other steps take the fences (26 and later)."""
    converter.preprocessors.register(_ReadOptions(converter), _STEP, 28)


def code_options(converter: Markdown) -> Mapping[str, CodeOptions]:
    """Text of a block -> its options, for the text that was converted last."""
    return cast(_ReadOptions, converter.preprocessors[_STEP]).found


class _ReadOptions(Preprocessor):
    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.found: dict[str, CodeOptions] = {}

    def run(self, lines: list[str]) -> list[str]:
        """The lines as they are."""
        self.found = {}
        if any("=" in line and ("```" in line or "~~~" in line) for line in lines):
            for fence in find_fences("\n".join(lines)):
                if options := _options(fence.info):
                    self.found[_code(fence)] = options
        return lines


def _options(info: str) -> CodeOptions | None:
    written = {match[1]: match[2] or match[3] or match[4] or "" for match in _OPTION.finditer(info)}
    marked: set[int] = set()
    for match in _RANGE.finditer(written.get("hl_lines", "")):
        marked |= set(range(int(match[1]), min(int(match[2] or match[1]), _MOST_LINES) + 1))
    options = CodeOptions(written.get("title", ""), frozenset(marked), written.get("linenums") == "1")
    return options if options != CodeOptions() else None


def _code(fence: Fence) -> str:
    """The text of a block without what stands before its lines."""
    lines = []
    for line in re.findall(r"[^\n]*\n", fence.body):
        before = line[: fence.indent]
        lines.append(line[fence.indent :] if not before.strip(" \t>") else line.lstrip(" "))
    return "".join(lines)

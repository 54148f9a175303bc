"""`[[wiki links]]`, also in the cells of a table."""

import re
from collections.abc import Sequence
from typing import Any, Final, cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import InlineProcessor

from site_builder.markdown.syntax.remarks import AS_CODE, Remark

WIKI: Final = "wiki"
"""Scheme of `[[target|text]]`."""
WIKI_AUTO: Final = "wiki-auto"
"""Scheme of `[[target]]`, whose text is the target's title, which is known only when the page is composed."""

_DIRECTIVE: Final = "directive"
# ␂ starts a placeholder for code, which cannot be part of a directive or of a page's name.
_DIRECTIVE_PATTERN: Final = r"(?<!\\)\[\[![^\[\]\x02]*\]\]"
_WIKI_PATTERN: Final = r"(?<!\\)\[\[\s*([^\s\[\]|\\!\x02][^\[\]|\\\x02]*?)(?:\\?\|([^\[\]]*?))?\]\]"
_CODE: Final = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_NO_COLUMN: Final = "in a cell that has no column and is left out"
_NO_COLUMN_HINT: Final = 'give the table a column for it; a bar within a cell is written "\\|"'
MAX_EMPTY_CELLS: Final = 10_000
"""Of the tables in one text, beyond as many again as are written: short rows are filled up to the table's width."""
_EMPTY: Final = "the beginning of a table with far too many empty cells and is shown as text"
_EMPTY_HINT: Final = "make the table narrower, or fill its rows"
_PIPE: Final = "\x01"
"""Stands for the `|` of a link while a row is split."""
_CODE_OR_LINK: Final = re.compile(r"(?<!`)(?P<code>`+)(?!`).+?(?<!`)(?P=code)(?!`)|\[\[\s*[^\s\[\]|][^\[\]]*\]\]")


def register_wiki_links(converter: Markdown, remarks: list[Remark]) -> None:
    """Add wiki links, and the directives of other wikis, which look like them."""
    # Before the escapes (180), so that `[[a\|b]]` works in a table; after code spans (190).
    converter.inlinePatterns.register(_Directive(_DIRECTIVE_PATTERN, converter, remarks), _DIRECTIVE, 186)
    converter.inlinePatterns.register(_WikiLink(_WIKI_PATTERN, converter), "wiki-link", 185)
    blocks = converter.parser.blockprocessors
    if "table" in blocks and isinstance(table := blocks["table"], TableProcessor):
        own = Table(converter.parser, vars(table)["config"], remarks)
        blocks.register(own, "table", 75)
        converter.registerExtension(own)  # type: ignore[arg-type]  # only its `reset` is called


class _Directive(InlineProcessor):
    """`[[!toc]]`, an instruction to another wiki's program: kept as text, because it is not a link."""

    def __init__(self, pattern: str, md: Markdown, remarks: list[Remark]) -> None:
        super().__init__(pattern, md)
        self._remarks = remarks

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802, ARG002 (theirs)
        self._remarks.append(Remark(m[0], "a directive of another wiki and is shown as text", AS_CODE))
        return m[0].replace("\\|", "|"), m.start(0), m.end(0)


class Table(TableProcessor):
    """A table, in whose rows the `|` of `[[slug|text]]` does not end a cell."""

    def __init__(self, parser: BlockParser, config: dict[str, Any], remarks: list[Remark]) -> None:
        super().__init__(parser, config)
        self._remarks = remarks
        self._empty = 0

    def reset(self) -> None:
        """Begin a new text."""
        self._empty = 0

    def test(self, parent: Element, block: str) -> bool:
        """Whether a block is a table that can be shown."""
        if not super().test(parent, block):
            return False
        empty = self._empty_cells(block)
        if self._empty + empty > MAX_EMPTY_CELLS:
            self._remarks.append(Remark(block.partition("\n")[0].strip(), _EMPTY, _EMPTY_HINT))
            return False
        return True

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Make the table."""
        self._empty += self._empty_cells(blocks[0])
        super().run(parent, blocks)

    def _empty_cells(self, block: str) -> int:
        """How many more cells are made than are written twice over; for most tables none."""
        rows = block.count("\n")
        return max(0, rows * len(vars(self)["separator"]) - 2 * (block.count("|") + rows))

    def _build_row(self, row: str, parent: Element, align: Sequence[str | None]) -> None:
        super()._build_row(row, parent, align)  # type: ignore[misc]  # the stubs leave it out
        cells: list[str] = self._split_row(row)  # type: ignore[attr-defined]
        if lost := next((cell.strip() for cell in cells[len(align) :] if cell.strip()), ""):
            self._remarks.append(Remark(lost, _NO_COLUMN, _NO_COLUMN_HINT, row))

    def _split(self, row: str) -> list[str]:
        written = _CODE_OR_LINK.sub(lambda m: m[0] if m["code"] else m[0].replace("|", _PIPE), row)
        cells = cast(list[str], super()._split(written))  # type: ignore[misc]  # the stubs leave it out
        cells = [cell.replace(_PIPE, "|") for cell in cells]
        return [_CODE.sub(lambda m: m[0].replace("\\|", "|"), cell) if "\\|" in cell else cell for cell in cells]


class _WikiLink(InlineProcessor):
    """`[[slug]]`, `[[slug|text]]`, or `[[slug|]]`, which is the same as `[[slug]]`; it may go on in the next line."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002 (theirs)
        target, text = (" ".join((part or "").split()) for part in m.groups())
        element = Element("a", href=f"{WIKI if text else WIKI_AUTO}:{target}")
        element.text = text or target
        return element, m.start(0), m.end(0)

"""Tables of data inside an article, with their captions: which of them are text."""

from collections.abc import Sequence
from typing import Final

from site_builder.importers.read.html.article_blocks.article_region import ArticleRegion, is_beside_text
from site_builder.importers.read.html.html_blocks import HtmlBlock
from site_builder.importers.read.html.page_tree import Element, names_of
from site_builder.importers.read.html.tables_in_html import is_data_table, table_of

CAPTION_BLOCKS: Final = 2
"""Blocks above and below a table among which its caption stands."""


class DataTables:
    """Which tables of data are part of the text: those of which a cell was found, or that stand between paragraphs."""

    def __init__(self, blocks: Sequence[HtmlBlock], region: ArticleRegion) -> None:
        self._region, self._blocks = region, blocks
        self._is_data: dict[Element, bool] = {}
        self._found: set[Element] = set()
        for i in region.members:
            table = self.around(blocks[i])
            if table is None or table in self._found:
                continue
            if i in region.found or (region.first < i < region.last and is_beside_text(table, region)):
                self._found.add(table)
        self._captions = self._find_captions(blocks)

    def of(self, i: int) -> Element | None:
        """The table of data around a block, or above or below it if the block is its caption."""
        return self._captions[i] if i in self._captions else self.around(self._blocks[i])

    def is_caption(self, i: int) -> bool:
        """Is a block the caption of a table that is text?"""
        return i in self._captions

    def _find_captions(self, blocks: Sequence[HtmlBlock]) -> dict[int, Element]:
        """The captions beside tables that are text, which stand in the element that holds the table."""
        captions: dict[int, Element] = {}
        edges: dict[Element, list[int]] = {}
        for i in self._region.members:
            table = self.around(blocks[i])
            if table in self._found:
                edges.setdefault(table, []).append(i)
        for table, own in edges.items():
            around = set(table.iterancestors())
            near = (*range(max(0, own[0] - CAPTION_BLOCKS), own[0]), *range(own[-1] + 1, own[-1] + 1 + CAPTION_BLOCKS))
            for i in near:
                if i < len(blocks) and any(is_caption(e) and e.getparent() in around for e in blocks[i].path):
                    captions[i] = table
        return captions

    def around(self, block: HtmlBlock) -> Element | None:
        """The table of data around a block, inside the article's element."""
        table = table_of(block)
        if table is None or table in self._region.container.iterancestors() or table is self._region.container:
            return None
        if table not in self._is_data:
            self._is_data[table] = is_data_table(table)
        return table if self._is_data[table] else None

    def is_wanted(self, table: Element) -> bool:
        """Is a table of data text?"""
        return table in self._found


def is_caption(element: Element) -> bool:
    """Is it called a caption?"""
    return element.tag == "figcaption" or (element.tag not in {"figure", "table"} and "caption" in names_of(element))

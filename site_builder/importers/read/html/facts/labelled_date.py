"""The day of publication that a page states below its text: a short line calls it so, or is the article's own.

Blocks in, a day or None out; of use where neither the page's data nor the lines at its title say when.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from site_builder.importers.read.boilerplate import MAX_LINE
from site_builder.importers.read.dates import find_dates
from site_builder.importers.read.dek import MAX_DATE_WORDS
from site_builder.importers.read.html.html_blocks import HtmlBlock
from site_builder.importers.read.html.page_place import is_elsewhere, is_in_own_part, main_title
from site_builder.importers.read.html.page_tree import Element
from site_builder.importers.read.phrases import phrases

_EDGES: Final = " :\uff1a|•·–—-\t"


def labelled_date(
    root: Element, blocks: Sequence[HtmlBlock], language: str | None, day_first: bool | None
) -> dt.date | None:
    """The first such day that can be read in one way only."""
    title = main_title(root)
    for block in blocks:
        if len(block.words) > MAX_DATE_WORDS or len(block.text) > MAX_LINE:
            continue
        for found in find_dates(block.text, language, day_first):
            if found.updated or found.ambiguous or not _is_labelled(block.text[: found.start], block, title):
                continue
            if not is_elsewhere(block.element, title):
                return found.date
    return None


def _is_labelled(before: str, block: HtmlBlock, title: Element | None) -> bool:
    """Do the words before a date call it that of publication? A byline does in the part that has the title too."""
    if phrases().published.search(before) or phrases().date_label.fullmatch(before.strip(_EDGES)):
        return True
    is_byline = phrases().stamp.match(before) or phrases().byline.match(before)
    return is_byline is not None and is_in_own_part(block.element, title)

"""Which of the extractor's two readings is the text: the quick one, or the thorough one where that misses most.

The quick one stops at the first element that looks like an article, which may be a lead in a box of its own. Where
most sentences of the page are outside of what it found, the thorough one is made too; it wins unless what it adds are
the summaries of other articles.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from site_builder.importers.read.html.article_blocks.boxes import LINKED_SHARE, SENTENCE_ENDS
from site_builder.importers.read.html.article_blocks.comments import holds_comments
from site_builder.importers.read.html.article_blocks.found_blocks import extracted_text, found_blocks
from site_builder.importers.read.html.html_blocks import HtmlBlock
from site_builder.importers.read.html.page_tree import Element

ENOUGH_SHARE: Final = 0.3
"""Share of a page's sentences that the quick reading must have found."""
SENTENCE_WORDS: Final = 12
PARAGRAPH_WORDS: Final = 40
"""A longer text is a paragraph, however it ends."""
LONG_CHARACTERS: Final = 250
"""Of the text of a page without a sentence, such as a list of people; a shorter one may be a part of it."""
TEASERS_SHARE: Final = 0.25
"""Share of what the thorough reading adds that may be summaries of other articles."""
_BLOCKS_TO_HEADLINE: Final = 2
"""From a summary up to its headline; a date may stand between."""
_BESIDE: Final = frozenset({"nav", "footer", "aside", "form", "dialog", "li"})
"""Elements whose sentences say nothing about where the text is; items are as often comments or links."""


def read_text(root: Element, blocks: Sequence[HtmlBlock]) -> tuple[str, frozenset[int]]:
    """The extractor's text, and the numbers of the blocks that were found in it."""
    text = extracted_text(root)
    found = found_blocks(blocks, text)
    sentences = [i for i, block in enumerate(blocks) if _is_sentence(block)]
    mine, all_ = _size(blocks, found.intersection(sentences)), _size(blocks, sentences)
    if mine >= ENOUGH_SHARE * all_ and (sentences or len(text) >= LONG_CHARACTERS):
        return text, found
    other = extracted_text(root, thorough=True)
    wider = found_blocks(blocks, other)
    added = [i for i in sentences if i in wider and i not in found]
    if sentences and (_size(blocks, added) <= mine or _leads(blocks, added)):
        return text, found
    if not sentences and len(other) <= 2 * len(text):
        return text, found
    return other, wider | found


def _is_sentence(block: HtmlBlock) -> bool:
    """Is it one that may be the article's?"""
    return (
        block.size >= SENTENCE_WORDS
        and not block.heading
        and (block.size >= PARAGRAPH_WORDS or block.text.endswith(SENTENCE_ENDS))
        and block.linked_words < LINKED_SHARE * block.size
        and not any(e.tag in _BESIDE or holds_comments(e) for e in block.path)
    )


def _size(blocks: Sequence[HtmlBlock], numbers: Iterable[int]) -> int:
    """Words in blocks, each text once."""
    return sum({blocks[i].words: blocks[i].size for i in numbers}.values())


def _leads(blocks: Sequence[HtmlBlock], added: Collection[int]) -> bool:
    """Are many of the sentences below headlines that are links?"""
    teasers = [i for i in added if _is_teaser(blocks, i)]
    return _size(blocks, teasers) > TEASERS_SHARE * _size(blocks, added)


def _is_teaser(blocks: Sequence[HtmlBlock], i: int) -> bool:
    for block in reversed(blocks[max(0, i - _BLOCKS_TO_HEADLINE) : i]):
        if block.size > 1 and block.linked_words >= block.size:
            return True
        if block.heading:
            return False
    return False

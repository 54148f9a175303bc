"""Leaving out the patterns for marks that a text does not hold changes nothing."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.inlinepatterns import InlineProcessor

from site_builder.config import MarkdownOptions
from site_builder.markdown import convert as module
from site_builder.markdown.shortcuts import used_patterns

OPTIONS = MarkdownOptions(("toc", "tables", "fenced_code"))
PIECES = "a b *c* _d_ `e` [f](g.md) [h] [h][i] ![j](k.png) [[l]] ![[m]] <b>n</b> <https://o.p> &amp; | ++s++".split()
ENDS = [
    " ",
    "\n",
    "  \n",
    "\\\n",
    "\n\n",
    ":tada:",
    "\\*",
    "~~q~~",
    "==r==",
    "www.t.u",
    "a@b.c",
    "[^1]\n\n[^1]: v\n",
    "\n\n[h]: w\n",
]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(ENDS)), min_size=1, max_size=8))
def test_all_patterns_give_the_same(pieces: list[tuple[str, str]]):
    text = "".join(piece + end for piece, end in pieces)
    some = module.convert(text, OPTIONS).html
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(used_patterns, "_MARKS", {})
        module._converter.cache_clear()
        every = module.convert(text, OPTIONS).html
    module._converter.cache_clear()
    assert some == every


def test_patterns_of_extensions_stay():
    converter = module._converter(OPTIONS)[0]
    converter.convert("*a*")
    reader: Any = converter.treeprocessors["inline"]
    left: list[InlineProcessor] = reader.used.inline
    assert 0 < len(left) < len(list(converter.inlinePatterns))

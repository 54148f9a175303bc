"""A reader that finds something in a block is asked about it."""

from typing import Any
from xml.etree.ElementTree import Element, SubElement

import markdown
import pytest
from markdown.blockprocessors import BlockProcessor

from site_builder.config import MarkdownOptions
from site_builder.markdown.convert import ours
from site_builder.markdown.shortcuts.used_blocks import _bits_of, register_used_blocks, signs_of


@pytest.mark.parametrize(
    ("block", "name"),
    [
        ("", "empty"),
        ("\n\na", "empty"),
        ("     a", "code"),
        ("a\n# b", "hashheader"),
        ("a\n===", "setextheader"),
        ("a\n---", "setextheader"),
        ("a\n  - - -", "hr"),
        ("  12. a", "olist"),
        ("٣. a", "olist"),
        ("   + a", "ulist"),
        ("a\n  > b", "quote"),
        ("!!! note", "admonition"),
        ("a\n???+ note", "details"),
        ('=== "A"', "tabbed"),
        ("a | b\n--|--", "table"),
        ("a\n: b", "deflist"),
        ("a\n  [^b]: c", "footnote"),
        ("a\n*[B]: c", "abbr"),
        ("a\n  [b]: c", "reference"),
        ("Prose, however “long”.", "paragraph"),
    ],
)
def test_who_is_asked(block: str, name: str):
    readers = ours(MarkdownOptions(("toc", "tables", "fenced_code"))).parser.blockprocessors
    reader = readers[name]
    assert reader.test(Element("div"), block)
    assert _bits_of(reader) & signs_of(block)
    if name == "paragraph":
        assert [one for one in readers if _bits_of(one) & signs_of(block)] == [reader]


def test_readers_that_are_not_known_are_always_asked_also_those_that_come_later():
    class Shout(BlockProcessor):
        def test(self, parent: Element, block: str) -> bool:
            return block.isupper()

        def run(self, parent: Element, blocks: list[str]) -> None:
            SubElement(parent, "h1").text = blocks.pop(0)

    converter = markdown.Markdown()
    register_used_blocks(converter)
    assert converter.convert("LOUD\n\nquiet") == "<p>LOUD</p>\n<p>quiet</p>"
    converter.parser.blockprocessors.register(Shout(converter.parser), "shout", 15)
    assert converter.convert("LOUD\n\nquiet") == "<h1>LOUD</h1>\n<p>quiet</p>"


def test_combinations_that_are_remembered_have_a_limit(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("site_builder.markdown.shortcuts.used_blocks.MAX_COMBINATIONS", 2)
    converter = markdown.Markdown()
    register_used_blocks(converter)
    used: Any = converter.parser.parseBlocks
    assert converter.convert("a\n\n# b\n\n- c\n\n> d").count("<") == 12
    assert len(used.__self__._used) <= 2

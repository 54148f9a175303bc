"""The order of what is in a list item, in blocks of extensions."""

import re

import pytest

from site_builder.config import MarkdownOptions
from site_builder.markdown.convert import convert

INDENTED = ["!!! note", "??? note", '=== "Tab"', "???+ tip", "!!! note\n\n    text\n"]


@pytest.mark.parametrize("head", [*INDENTED, "> [!NOTE]", "Text\n"])
@pytest.mark.parametrize("mark", ["*", "1.", "* [x]"])
def test_the_text_of_an_item_stays_before_its_nested_list(head: str, mark: str):
    inner = f"{mark} one\n    - two\n\n    three\n{mark} four\n"
    prefix = "    " if head in INDENTED else "> " if head.startswith(">") else ""
    text = f"{head}\n" + "".join(f"{prefix}{line}\n" if line else f"{prefix.rstrip()}\n" for line in inner.split("\n"))
    assert re.findall("one|two|three|four", convert(text, MarkdownOptions()).html) == ["one", "two", "three", "four"]

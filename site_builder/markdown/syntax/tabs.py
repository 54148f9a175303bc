"""Content tabs (`=== "Title"`) as parts of the page with a title each, all of which readers see, in print too."""

from typing import Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

TAB_TITLE: Final = "tab-title"
"""Class of the paragraph with a tab's title."""


def register_tabs(converter: Markdown) -> None:
    """Add a step before texts in lines are read (20)."""
    converter.treeprocessors.register(_StaticTabs(converter), "static-tabs", 25)


class _StaticTabs(Treeprocessor):
    """Replaces the radio buttons and labels of the extension, in both of its styles."""

    def run(self, root: Element) -> None:
        """Change all tabs."""
        for group in [element for element in root.iter("div") if "data-tabs" in element.attrib]:
            labels, contents = list(group.findall("label")), group.findall("div")
            if contents and contents[0].get("class") == "tabbed-labels":
                labels, contents = list(contents[0]), list(contents[1])
            tail = group.tail
            group.clear()
            group.tail = tail
            group.set("class", "tabs")
            for label, content in zip(labels, contents, strict=True):
                content.set("class", "tab")
                title = Element("p", {"class": TAB_TITLE})
                title.text = label.text
                content.insert(0, title)
                group.append(content)

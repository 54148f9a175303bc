"""Obsidian's embeds: `![[picture.png|300]]` is a picture, `![[note]]` on its own a quotation, all others a link."""

import re
from typing import Final
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

from site_builder.markdown.clean_html.html_tree import HtmlElement, is_blank
from site_builder.markdown.syntax.wiki_links import WIKI, WIKI_AUTO

EMBED: Final = "embed"
"""Scheme of the address of a picture that is found by its name."""
QUOTED: Final = "embed"
"""Class of a link to a note whose summary is shown with it."""
SUMMARY: Final = "embed-summary"
"""Class of the place for that summary."""

_PATTERN: Final = r"(?<!\\)!\[\[\s*([^\s\[\]|\\!\x02][^\[\]|\\\x02]*?)\s*((?:\\?\|[^\[\]|\x02]*?)*)\]\]"
_IMAGE: Final = re.compile(r"\.(?:apng|avif|bmp|gif|jpe?g|png|svg|webp)(?:#.*)?", re.IGNORECASE)
_MEDIA: Final = re.compile(
    r"\.(?:3gp|base|canvas|csv|docx?|flac|m4a|mkv|mov|mp[34]|odt|og[agv]|opus|pdf|pptx?|wav|webm|xlsx?|zip)(?:#.*)?",
    re.IGNORECASE,
)
_SIZE: Final = re.compile(r"(\d{1,5})(?:x(\d{1,5}))?")
_BLOCK_ID: Final = re.compile(r"(?:^|[ \t])\^(?=[\w-]*[A-Za-z])([A-Za-z0-9-]+)[ \t]*$", re.MULTILINE)
_AT_END: Final = re.compile(r"(?:^|\s)\^([A-Za-z0-9-]+)\s*$")
_HAS_BLOCK_ID: Final = frozenset({"blockquote", "dd", "dt", "li", "p", "td"})


def register_embeds(converter: Markdown) -> None:
    """Add embeds before wiki links (185), which they contain."""
    converter.inlinePatterns.register(_Embed(_PATTERN, converter), "embed", 186.5)


class _Embed(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002 (theirs)
        target = " ".join(m[1].split())
        parts = [part.strip().removesuffix("\\") for part in m[2].split("|")[1:]]
        size = next((found for part in parts if (found := _SIZE.fullmatch(part))), None)
        text = next((part for part in parts if part and not _SIZE.fullmatch(part)), "")
        suffix = target[max(target.rfind("."), 0) :]
        if _IMAGE.fullmatch(suffix):
            return _picture(target.partition("#")[0], text, size), m.start(0), m.end(0)
        element = Element("a", href=f"{WIKI if text else WIKI_AUTO}:{target}")
        element.text = text or target
        if not _MEDIA.fullmatch(suffix):
            element.set("class", QUOTED)
        return element, m.start(0), m.end(0)


def _picture(target: str, text: str, size: re.Match[str] | None) -> Element:
    picture = Element("img", src=f"{EMBED}:{target}", alt=text)
    if size:
        picture.set("width", size[1])
    if size and size[2]:
        picture.set("height", size[2])
    return picture


def quote_embeds(parent: HtmlElement) -> None:
    """Make a quotation of each paragraph that is nothing but an embedded note."""
    for child in parent.elements():
        if child.tag == "p" and (link := _only_embed(child)):
            child.tag = "blockquote"
            child.attributes = {"class": QUOTED, **child.attributes}
            child.children = [HtmlElement("p", {}, [link]), HtmlElement("span", {"class": SUMMARY})]
        elif child.children:
            quote_embeds(child)


def _only_embed(paragraph: HtmlElement) -> HtmlElement | None:
    links = list(paragraph.elements())
    if len(links) != 1 or links[0].attributes.get("class") != QUOTED or links[0].tag != "a":
        return None
    has_text = any(isinstance(child, str) and not is_blank(child) for child in paragraph.children)
    return None if has_text else links[0]


def take_block_ids(tree: HtmlElement, source: str) -> None:
    """Make ids of Obsidian's names for blocks: ` ^name` at the end of a block, or below it on a line of its own."""
    if names := frozenset(_BLOCK_ID.findall(source)):  # with an escape or as an entity, `^` is text
        _take_ids(tree, names)


def _take_ids(parent: HtmlElement, names: frozenset[str]) -> None:
    before: HtmlElement | None = None
    taken: set[int] = set()
    for child in parent.elements():
        if child.children:
            _take_ids(child, names)
        text = child.children[-1] if child.tag in _HAS_BLOCK_ID and child.children else None
        match = _AT_END.search(text) if isinstance(text, str) else None
        if isinstance(text, str) and match and match[1] in names:
            is_alone = len(child.children) == 1 and not text[: match.start()].strip()
            if not is_alone:
                child.children[-1] = text[: match.start()]
                child.attributes.setdefault("id", f"^{match[1]}")
            elif before is not None and child.tag == "p":
                taken.add(id(child))
                before.attributes.setdefault("id", f"^{match[1]}")
                continue
        before = child
    if taken:
        parent.children = [child for child in parent.children if id(child) not in taken]

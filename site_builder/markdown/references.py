"""References in a body: links and images whose targets are filled in when a page is composed.

In a body's HTML they are numbered marks: `␂r3␃` for an address attribute, `␂s3␃` if the source gives an image's size,
`␂c3␃` for the address that a quotation is from, `␂t3␃` for the text of a `[[slug]]`, `␂q3␃` for the summary that an
embedded note is quoted with, and `␂k3␃` for the title of a kind of callouts (`CALLOUT_WORDS`). ␂ and ␃ cannot come from
a source, because Python-Markdown drops them.
"""

import html as html_entities
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class RefKind(StrEnum):
    """How a reference was written."""

    PATH = "path"
    """`[text](../topics/privacy.md)`, `[file](report.pdf)`, `[text](#part)`"""
    WIKI = "wiki"
    """`[[slug|text]]`"""
    WIKI_AUTO = "wiki-auto"
    """`[[slug]]`: shown with the target's title."""
    IMAGE = "image"
    """`![alt](file.png)`"""
    FULL = "full"
    """`[text](https://our.site/topics/privacy/)`: the address of the site itself, as copied from a browser."""
    CITE = "cite"
    """`<q cite="https://our.site/topics/privacy/">`, or the same as plain text: readers see no link."""
    EMBED = "embed"
    """`![[file.png]]`: a picture found by its name, wherever it is."""

    @property
    def is_wiki(self) -> bool:
        """Whether it names a document between `[[ ]]`."""
        return self in {RefKind.WIKI, RefKind.WIKI_AUTO}

    @property
    def is_image(self) -> bool:
        """Whether it is a picture."""
        return self in {RefKind.IMAGE, RefKind.EMBED}

    @property
    def is_full(self) -> bool:
        """Whether it is written with the host of the site."""
        return self in {RefKind.FULL, RefKind.CITE}


@dataclass(frozen=True, slots=True)
class Ref:
    """A link or image with a target on this site; its number is its index in `Body.refs`."""

    kind: RefKind
    written: str
    """The target as written, without `[[ ]]`."""
    line: int = 0
    """In the file, from 1; 0 until the place is looked for."""
    column: int = 0
    before: str = ""
    """The part of the sentence before the link, as plain text."""
    text: str = ""
    """The text of the link."""
    after: str = ""
    """The part of the sentence after the link."""
    start: int = -1
    """Index in the body of the first character of `written`; -1 where it is not known for sure."""
    end: int = -1
    """Index after the last one."""
    is_quoted: bool = False
    """Whether the target's summary is shown with the link."""


_MARK = re.compile("\x02([ckqrst])([0-9]+)\x03")
_FORMULA: Final = re.compile(r'<math\b[^>]* alttext="([^"]*)"[^>]*>.*?</math>', re.DOTALL)
_TAGS: Final = re.compile(r"<[^>]*>|\x02[a-z][0-9]+\x03")


def _nothing(_: int) -> str:
    return ""


def fill(
    html: str,
    attribute: Callable[[int, bool], str],
    title: Callable[[int], str],
    summary: Callable[[int], str] = _nothing,
    callout: Callable[[int], str] = _nothing,
    cite: Callable[[int], str] = _nothing,
) -> str:
    """Replace every reference with an attribute (`href="…"`, `src="…"`), a title or a summary, all escaped for HTML.

    `attribute` gets the number of a reference, and whether the source gives an image's size; `callout` that of a word.
    """
    texts = {"t": title, "q": summary, "k": callout, "c": cite}

    def filled(mark: re.Match[str]) -> str:
        text = texts.get(mark[1])
        return text(int(mark[2])) if text else attribute(int(mark[2]), mark[1] == "s")

    return _MARK.sub(filled, html)


def plain_text(markup: str) -> str:
    """The text of a body's HTML, without the titles that are filled in later."""
    if "<math" in markup:
        markup = _FORMULA.sub(lambda match: f" {match[1]} ", markup)
    return " ".join(html_entities.unescape(_TAGS.sub(" ", markup)).split())


def numbers_in(text: str) -> set[int]:
    """The numbers of the references in a plain text."""
    return {int(mark[2]) for mark in _MARK.finditer(text)} if "\x02" in text else set()


def fill_text(text: str, titles: Sequence[str]) -> str:
    """Fill in titles in plain text (a sentence, a heading, an excerpt)."""
    return _MARK.sub(lambda m: titles[int(m[2])], text) if "\x02" in text else text


def shorten(text: str, limit: int) -> str:
    """Shorten text at a word, with `…`, to at most `limit` characters."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(None, 1)[0].rstrip(" ,;:–-") + "…"

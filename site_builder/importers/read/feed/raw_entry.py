"""An entry of a feed as its format states it, in one shape for all formats, and what is cut from it for its length."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urljoin

MAX_ENTRIES: Final = 1_000
"""Of a feed, the first in it; feeds give the newest first."""
MAX_KEYWORDS: Final = 50
"""Of an entry; shops of stock pictures give some hundred."""
MAX_NOTICE_CHARACTERS: Final = 4_000
"""Before a feed, of what a server's program has to say about itself."""
MAX_BODY_CHARACTERS: Final = 300_000
"""Of the HTML of one entry; what follows is left out."""
MAX_TEXT_CHARACTERS: Final = 3_000_000
"""Of the HTML of all entries; what follows is left out. A million takes about a second to become Markdown."""


@dataclass(frozen=True, slots=True)
class RawEntry:
    """What the file says of an entry, nothing cleaned. "" where it says nothing."""

    id: str = ""
    link: str = ""
    title: str = ""
    """HTML, as are the two below."""
    summary: str = ""
    content: str = ""
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    image: str = ""
    credit: str = ""
    keywords: tuple[str, ...] = ()
    publisher: str = ""
    base: str = ""
    """What relative addresses are relative to."""
    line: int = 1
    """Of the file, on which the entry begins; 1 where the format does not say."""
    is_cut: bool = False
    """Is something missing at the end of the content?"""


def bounded(entries: Iterable[RawEntry]) -> Iterator[RawEntry]:
    """Cut overlong content, so that a feed takes seconds at most."""
    left = MAX_TEXT_CHARACTERS
    for entry in entries:
        room = min(left, MAX_BODY_CHARACTERS)
        left -= min(room, len(entry.content))
        is_cut = len(entry.content) > room
        yield replace(entry, content=entry.content[:room], is_cut=True) if is_cut else entry


def joined(base: str, address: str) -> str:
    """An address made absolute where it can be."""
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return base

"""What the editor names (a file, "-", an address) to bytes, and which reader they are for."""

import datetime as dt
import re
import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from site_builder.importers.import_error import SourceImportError
from site_builder.importers.mime_message import page_of_message
from site_builder.importers.no_article import no_page
from site_builder.importers.read.decode import clean_text, decode

MAX_BYTES: Final = 20_000_000
"""Of a file; a saved page with its pictures inlined has 5 MB."""
_HEAD_BYTES: Final = 4096
"""Looked at to recognise the form."""
_START_CHARACTERS: Final = 400
"""Within which an HTML page begins, after a declaration and comments."""
_MIN_TAGS: Final = 3
_CHARACTERS_OF_A_TAG: Final = 60
"""Text with as many tags, or more than one in sixty characters, is HTML."""
_MB: Final = 1_000_000
_TAG: Final = re.compile(
    r"</?(?:p|div|span|a|br|ul|li|h[1-6]|table|article|section|meta|script|body|head|html)\b", re.IGNORECASE
)
_SAVED_FROM: Final = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+)\s*-->", re.IGNORECASE)
_SINGLE_FILE: Final = re.compile(r"url:\s*(https?://\S+)\s+saved date:\s*\w{3} (\w{3}) (\d\d) (\d{4})", re.IGNORECASE)
_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_COPY_TEXT: Final = "open it, select all, copy, and paste the text into a file"
_NO_TEXT: Final = "import the page that shows it"
_UNPACK: Final = "unpack it first"
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x19\x1f]")
_MAX_CONTROL_SHARE: Final = 0.02
"""Of the signs of a text, which may hold a stray zero; of a picture or a program more than a tenth are none."""
_BINARY: Final = (
    (b"%PDF", "a PDF", _COPY_TEXT),
    (b"PK\x03\x04", "a ZIP or Office file", _COPY_TEXT),
    (b"PK\x05\x06", "an empty ZIP file", _COPY_TEXT),
    (b"7z\xbc\xaf\x27\x1c", "a 7z file", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR file", _UNPACK),
    (b"bplist00", "Safari's web archive", "save the page as HTML, or copy its text"),
    (b"\x89PNG", "an image", _NO_TEXT),
    (b"\xff\xd8\xff", "an image", _NO_TEXT),
    (b"GIF8", "an image", _NO_TEXT),
    (b"{\\rtf", "a word processor's document", _COPY_TEXT),
    (b"\xd0\xcf\x11\xe0", "an Office file", _COPY_TEXT),
    (b"\x1f\x8b", "a compressed file", _UNPACK),
)


class SourceForm(StrEnum):
    """Which reader a source is for."""

    TEXT = "text"
    HTML = "html"
    FEED = "feed"


class SourceError(SourceImportError):
    """A source that cannot be read."""


@dataclass(frozen=True, slots=True)
class ImportSource:
    """A source's bytes, and what is known about them."""

    name: str
    """As the editor named it."""
    data: bytes
    url: str | None = None
    """The address of the page, where it is known."""
    retrieved: dt.date | None = None
    """When it was fetched or saved."""


def read_source(name: str, today: dt.date, *, url: str | None = None, allow_private: bool = False) -> ImportSource:
    """Read a file, standard input ("-") or an address; of a message (.mht, .eml) the page in it.

    Raises SourceError, FetchError.
    """
    source = _read(name, today, url=url, allow_private=allow_private)
    page = page_of_message(source.data)
    if page is None:
        return source
    if not page.data.strip():
        raise SourceError("the source is a message without a text", _COPY_TEXT)
    return replace(source, data=page.data, url=source.url or page.url, retrieved=page.saved or source.retrieved)


def _read(name: str, today: dt.date, *, url: str | None, allow_private: bool) -> ImportSource:
    if name == "-":
        return ImportSource("-", _checked(sys.stdin.buffer.read(MAX_BYTES + 1)), url, today)
    if re.match(r"https?://", name, re.IGNORECASE):
        # Imported late: urllib3 takes 60 ms, which files need not wait for.
        from site_builder.importers.fetch.fetch_page import fetch  # noqa: PLC0415

        fetched = fetch(name, allow_private=allow_private)
        return ImportSource(name, _checked(fetched.data), fetched.url, today)
    path = Path(name)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        saved = dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC).date()
    except (OSError, ValueError) as error:  # ValueError: a name that no disk takes
        raise SourceError(
            f"the source cannot be read: {getattr(error, 'strerror', None) or error}", _hint(name)
        ) from None
    data = _checked(data)
    told_url, told_day = _saved(data)
    return ImportSource(name, data, url or told_url, told_day or saved)


def recognise_form(source: ImportSource) -> SourceForm:
    """Text, HTML or a feed: by content; the name's ending decides nothing.

    Raises SourceError for data that are none of these: lists of feeds, sitemaps, other XML or JSON.
    """
    head = clean_text(decode(source.data[:_HEAD_BYTES])).lstrip()
    lowered = head[:_START_CHARACTERS].casefold()
    if lowered.startswith(("<!doctype html", "<html", "<head", "<body")) or re.match(
        r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)", lowered, re.DOTALL
    ):
        return SourceForm.HTML
    from site_builder.importers.read.feed.read_feed import looks_like_feed  # noqa: PLC0415 (only where it may be one)

    if looks_like_feed(source.data):
        return SourceForm.FEED
    if refusal := no_page(head, source.data):
        raise SourceError(*refusal)
    tags = len(_TAG.findall(head))
    return (
        SourceForm.HTML
        if tags >= _MIN_TAGS and (head.startswith("<") or tags * _CHARACTERS_OF_A_TAG > len(head))
        else SourceForm.TEXT
    )


def _checked(data: bytes) -> bytes:
    if len(data) > MAX_BYTES:
        raise SourceError(f"the source is larger than {MAX_BYTES // _MB} MB", "remove what is not the page itself")
    for start, what, hint in _BINARY:
        if data.startswith(start):
            raise SourceError(f"the source is {what}", hint)
    head = decode(data[:_HEAD_BYTES])
    if len(_CONTROL.findall(head)) > _MAX_CONTROL_SHARE * len(head):
        raise SourceError("the source is not text: its bytes are those of a program, a picture or the like", _NO_TEXT)
    if not clean_text(head).strip() and not clean_text(decode(data)).strip():
        raise SourceError("the source is empty", "save or copy the page again")
    return data


def _saved(data: bytes) -> tuple[str | None, dt.date | None]:
    """Address and day that a browser notes in a page it saves."""
    head = data[:_HEAD_BYTES].decode("utf-8", "replace")
    if match := _SAVED_FROM.search(head):
        return match.group(1), None
    if match := _SINGLE_FILE.search(head):
        url, month, day, year = match.groups()
        with suppress(ValueError):  # no such month, no such day
            return url, dt.date(int(year), _MONTHS.index(month.title()) + 1, int(day))
        return url, None
    return None, None


def _hint(name: str) -> str:
    if re.match(r"(?:www\.)?[\w-]+\.[a-z]{2,}(?:/|$)", name, re.IGNORECASE) and "/" in name:
        return f"for an address, write https://{name}"
    return 'give a file, "-" for standard input, or an address with https://'

"""A message in MIME to the page or text inside it: a page that a browser saved as one file (.mht), an e-mail (.eml), or
a server's answer saved with its header (`curl -i`).

Pictures, styles and attachments are left behind; nothing is fetched.
"""

import datetime as dt
import html
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from site_builder.importers.read.encoding.encoding_labels import codec_of, decode_as

if TYPE_CHECKING:
    from email.message import EmailMessage

_HEAD_BYTES: Final = 65_536
"""Of the header fields; those of an e-mail that was sent on by many servers take 20 kB."""
_HEAD: Final = re.compile(
    rb"\s*(?:From [^\n]*\n|(?P<answer>HTTP/[\d.]+ \d{3}[^\n]*\n))?"
    rb"(?P<fields>(?:[!-9;-~]{1,80}:[^\n]*\n(?:[ \t]+[^\n]*\n)*)+)[ \t]*\r?\n"
)
"""Fields and the empty line below them (RFC 5322 §2.1)."""
_FIELDS: Final = re.compile(rb"^(?:MIME-Version|Content-Transfer-Encoding):", re.IGNORECASE | re.MULTILINE)
"""Of a message as it travels; a text copied from a window that shows one has neither."""


@dataclass(frozen=True, slots=True)
class MimePage:
    """What a message holds."""

    data: bytes
    """HTML or text; empty if it has neither."""
    url: str | None = None
    """Where a browser saved it from."""
    saved: dt.date | None = None
    """When a browser saved it."""


def page_of_message(data: bytes) -> MimePage | None:
    """The page or text of a message, HTML before text; None if the bytes are no message."""
    head = _HEAD.match(data[:_HEAD_BYTES])
    if head is None or not (head["answer"] or _FIELDS.search(head["fields"])):
        return None
    # Imported late: it takes 40 ms, which other sources need not wait for.
    import email  # noqa: PLC0415
    from email import policy  # noqa: PLC0415

    message = email.message_from_bytes(data[head.start("fields") :], policy=policy.default)
    parts = sorted(_texts(message), key=lambda part: part.get_content_type() != "text/html")
    if not parts:
        return MimePage(b"")
    part, day = parts[0], _day(message)
    text = _text(part)
    if head["answer"]:
        return MimePage(text, saved=day)
    url = _field(message, "snapshot-content-location") or _field(part, "content-location")
    if url.startswith(("http://", "https://")):
        return MimePage(text, url, day)
    shown = _shown_as_html if part.get_content_type() == "text/html" else _shown_as_text
    return MimePage(shown(message, day) + text)


def _texts(message: "EmailMessage") -> Iterator["EmailMessage"]:
    for part in message.walk():
        if part.get_content_type() in {"text/html", "text/plain"} and not part.is_attachment():
            yield part


def _text(part: "EmailMessage") -> bytes:
    """In UTF-8, if the part names another encoding that it is in."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    with suppress(UnicodeDecodeError):
        data.decode("utf-8")
        return data
    codec = codec_of(part.get_content_charset() or "")
    return decode_as(data, codec).encode("utf-8") if codec and codec != "utf-8" else data


def _shown_as_text(message: "EmailMessage", day: dt.date | None) -> bytes:
    """The fields that a mail program shows above a text."""
    fields = (("Subject", _field(message, "subject")), ("From", _field(message, "from")), ("Date", day))
    return ("".join(f"{name}: {value}\n" for name, value in fields if value) + "\n").encode("utf-8", "replace")


def _shown_as_html(message: "EmailMessage", day: dt.date | None) -> bytes:
    """The same as a page states them."""
    sender = re.sub(r'\s*<[^<>]*>|"', "", _field(message, "from")).strip()
    fields = (
        ("og:title", _field(message, "subject")),
        ("og:site_name", "" if "@" in sender else sender),
        ("article:published_time", str(day or "")),
    )
    metas = (f'<meta property="{name}" content="{html.escape(value)}">' for name, value in fields if value)
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{''.join(metas)}</head>".encode("utf-8", "replace")


def _field(part: "EmailMessage", name: str) -> str:
    """A field on one line; "" where it is missing or cannot be read."""
    try:
        return " ".join(str(part.get(name) or "").split())
    except (ValueError, IndexError, AttributeError, LookupError):  # what the library raises for odd fields
        return ""


def _day(message: "EmailMessage") -> dt.date | None:
    """The sender's own day."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415

    with suppress(ValueError, TypeError, IndexError, OverflowError):
        return parsedate_to_datetime(_field(message, "date")).date()
    return None

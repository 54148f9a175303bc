"""What an address answers, and what that says about it."""

import datetime as dt
import http
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import StrEnum
from html.parser import HTMLParser
from typing import Final

from site_builder.importers.fetch.fetch_error import FaultKind
from site_builder.importers.fetch.fetch_page import status_name


class Verdict(StrEnum):
    """What an answer says about an address."""

    ALIVE = "alive"
    GONE = "gone"
    """The server, or the name server, says that there is no such thing."""
    DOWN = "down"
    """Nothing usable came back. That may pass."""
    REFUSED = "refused"
    """The server answers, but not to programs, or wants a login: readers may well get the page."""
    UNKNOWN = "unknown"
    """It was not asked, or the server asks to come back later."""


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """What an address answered."""

    verdict: Verdict
    why: str = ""
    """In a few words, without anything that the server wrote."""
    moved: str = ""
    """The address to which it redirects for good."""
    of_host: bool = False
    """Whether all other addresses of the host would fare the same."""
    was_slow: bool = False
    """Whether the server took too long."""
    was_reached: bool = False
    """Whether any server was reached: then there is a network."""
    retry_after_seconds: float | None = None
    """How long the server wants to be left alone."""
    ids: frozenset[str] | None = None
    """The parts of the page that a fragment can name; None where they are not known."""


_GONE: Final = frozenset({404, 410})
_TEMPORARY: Final = frozenset({408, 425})
_SERVER_ERROR: Final = range(500, 600)
_TOO_MANY: Final = 429


def answer_of_status(status: int, retry_after: str | None, now: dt.datetime) -> LinkAnswer:
    """What a status says that is no redirect (RFC 9110 §15)."""
    why, wait = status_name(status), retry_after_seconds(retry_after, now)
    if http.HTTPStatus.OK <= status < http.HTTPStatus.BAD_REQUEST:
        return LinkAnswer(Verdict.ALIVE, was_reached=True)
    if status in _GONE:
        verdict = Verdict.GONE
    elif status == _TOO_MANY:
        verdict = Verdict.UNKNOWN
    elif status in _SERVER_ERROR or status in _TEMPORARY or status < http.HTTPStatus.OK:
        verdict = Verdict.DOWN
    else:
        verdict = Verdict.REFUSED
    return LinkAnswer(verdict, why, was_reached=True, retry_after_seconds=wait)


_OF_HOST: Final = frozenset({FaultKind.NO_HOST, FaultKind.LOOKUP, FaultKind.CONNECTION, FaultKind.TLS})
_NOT_ASKED: Final = frozenset({FaultKind.ADDRESS, FaultKind.PRIVATE})
_REACHED: Final = frozenset({FaultKind.TLS, FaultKind.ANSWER, FaultKind.SIZE, FaultKind.REDIRECTS})


def answer_of_fault(kind: FaultKind, why: str, *, after_redirect: bool) -> LinkAnswer:
    """What a fault says; one that a redirect leads to is a fault of the address that redirects."""
    verdict = Verdict.DOWN
    if kind is FaultKind.NO_HOST:
        verdict = Verdict.GONE
    elif kind in _NOT_ASKED and not after_redirect:
        verdict = Verdict.UNKNOWN
    return LinkAnswer(
        verdict,
        f"it redirects, and then: {why}" if after_redirect and kind is not FaultKind.REDIRECTS else why,
        of_host=kind in _OF_HOST and not after_redirect,
        was_slow=kind is FaultKind.TIME and not after_redirect,
        was_reached=kind in _REACHED or after_redirect,
    )


def retry_after_seconds(written: str | None, now: dt.datetime) -> float | None:
    """A `Retry-After` header in seconds from now (RFC 9110 §10.2.3); None where it is missing or unreadable."""
    text = (written or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - now).total_seconds())


class _Ids(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.update(value for name, value in attrs if value and (name == "id" or (name, tag) == ("name", "a")))


def ids_in_page(pieces: Iterable[bytes]) -> frozenset[str]:
    """The ids in a page, whose encoding matters to names beyond ASCII only: those are read as UTF-8."""
    parser = _Ids()
    for piece in pieces:
        parser.feed(piece.decode("utf-8", "replace"))
    return frozenset(parser.found)

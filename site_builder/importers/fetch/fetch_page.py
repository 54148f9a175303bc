"""Fetch the page at an address, within limits of time, size and redirects that no server can stretch.

No cookies, no credentials, no way from https down to http. Proxy settings of the environment are ignored: a proxy would
resolve the name itself, and the address policy could not be enforced.
"""

import datetime as dt
import http
import http.client
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from urllib3.exceptions import HTTPError, IncompleteRead
from urllib3.response import BaseHTTPResponse

from site_builder import __version__
from site_builder.importers.fetch.bounded_connection import (
    BUFFER_BYTES,
    Deadline,
    connected,
    network_reason,
    too_large,
)
from site_builder.importers.fetch.fetch_error import FetchError, FetchProblem
from site_builder.importers.fetch.web_address import (
    Resolve,
    WebAddress,
    parse_address,
    redirect_target,
    resolve_public,
    system_resolve,
)

USER_AGENT: Final = f"site-builder/{__version__}"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_ENCODINGS: Final = {"gzip": 31, "x-gzip": 31, "deflate": 15}
"""Content coding -> `wbits` of zlib."""
_RAW_DEFLATE: Final = -15
"""`wbits` for "deflate" without its zlib header, as some servers send it (RFC 9110 §8.4.1.2)."""
_GZIP_START: Final = b"\x1f"
"""Another member may follow the first; other bytes after the end are padding."""
_MAX_ENCODING_CHARACTERS: Final = 40
"""Of the name of an encoding in a message."""
_GONE: Final = frozenset({404, 410})
_FOR_BROWSERS: Final = frozenset({401, 402, 403, 406, 451})
"""Statuses of servers that refuse programs, or want a login or payment."""
_TEMPORARY: Final = frozenset({408, 429})
_SERVER_ERROR: Final = 500
"""The first status that is the server's own fault."""


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What one fetch may cost."""

    size_bytes: int = 10_000_000
    """Of the body, before and after decompression."""
    connect_seconds: float = 10
    """For each of these: resolving the name, connecting, the TLS handshake."""
    total_seconds: float = 30
    """For the whole transfer, redirects included, however slowly the bytes arrive."""
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """What an address returned."""

    url: str
    """The last address, after redirects, without its fragment."""
    data: bytes
    """The body, decompressed."""
    content_type: str | None
    """As the server wrote it, with its parameters."""
    retrieved: dt.datetime
    """In UTC, to the second."""


def fetch(
    url: str, *, limits: FetchLimits | None = None, allow_private: bool = False, resolve: Resolve = system_resolve
) -> FetchedPage:
    """Get the page at an http or https address, following redirects; each address on the way is checked.

    Addresses in private networks, of this machine and of other special use are refused unless `allow_private`.
    Raises only FetchError.
    """
    trail = [url]
    try:
        return _follow(trail, limits or FetchLimits(), allow_private=allow_private, resolve=resolve)
    except FetchProblem as problem:
        raise FetchError(trail[-1], problem.why, problem.todo) from None


def _follow(trail: list[str], limits: FetchLimits, *, allow_private: bool, resolve: Resolve) -> FetchedPage:
    """Follow redirects from the address in `trail` to the page, appending each address that is redirected to."""
    deadline = Deadline(limits.total_seconds)
    seen: set[str] = set()
    while True:
        address = parse_address(trail[-1])
        if str(address) in seen:
            raise FetchProblem("its redirects are circular", "open it in a browser and import the saved page")
        seen.add(str(address))
        lookup_seconds = min(limits.connect_seconds, deadline.seconds_left())
        numeric = resolve_public(address, resolve, lookup_seconds, allow_private=allow_private)
        answer = _ask(address, numeric, limits, deadline)
        if isinstance(answer, FetchedPage):
            return answer
        if len(trail) > limits.redirects:
            raise FetchProblem(f"there were more than {limits.redirects} redirects", "give the address they end at")
        trail.append(redirect_target(address, answer))


def _ask(address: WebAddress, numeric: tuple[str, ...], limits: FetchLimits, deadline: Deadline) -> FetchedPage | str:
    """What one address answers: the page, or where it redirects to."""
    with connected(address, numeric, limits.connect_seconds, limits.size_bytes, deadline) as connection:
        try:
            connection.request("GET", address.target, headers=_headers(address), preload_content=False)
            return _read(address, connection.getresponse(), limits, deadline)
        except (OSError, HTTPError, http.client.HTTPException, ValueError) as error:
            deadline.seconds_left()
            raise FetchProblem(_fault(error), "try again later") from None


def _headers(address: WebAddress) -> dict[str, str]:
    return {
        "Host": address.authority,
        "User-Agent": USER_AGENT,
        "Accept": "*/*",
        "Accept-Encoding": "gzip, deflate",
        "Connection": "close",
    }


def _read(
    address: WebAddress, response: BaseHTTPResponse, limits: FetchLimits, deadline: Deadline
) -> FetchedPage | str:
    if response.status in _REDIRECTS and (location := response.headers.get("Location")):
        return location.encode("latin-1", "replace").decode("utf-8", "replace")
    if response.status != http.HTTPStatus.OK:
        raise FetchProblem(f"the server answered {_status_name(response.status)}", _advice(response.status))
    declared = response.headers.get("Content-Length", "")
    if declared.isdecimal() and int(declared) > limits.size_bytes:
        raise too_large(limits.size_bytes)
    data = b"".join(_unpacked(_encoding(response), response, limits, deadline))
    retrieved = dt.datetime.now(dt.UTC).replace(microsecond=0)
    return FetchedPage(str(address), data, response.headers.get("Content-Type"), retrieved)


def _encoding(response: BaseHTTPResponse) -> str:
    name = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if name != "identity" and name not in _ENCODINGS:
        shown = name[:_MAX_ENCODING_CHARACTERS]
        raise FetchProblem(
            f'it is compressed as "{shown}", which was not requested', "save the page and import the file"
        )
    return name


def _unpacked(encoding: str, response: BaseHTTPResponse, limits: FetchLimits, deadline: Deadline) -> Iterator[bytes]:
    """The body, decompressed, never more of it than allowed."""
    pieces = response.stream(BUFFER_BYTES, decode_content=False)
    size = 0
    for piece in pieces if encoding == "identity" else _inflated(encoding, pieces):
        size += len(piece)
        deadline.seconds_left()
        if size > limits.size_bytes:
            raise too_large(limits.size_bytes)
        yield piece


def _inflated(encoding: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Decompress in steps of BUFFER_BYTES, so that a bomb is noticed long before it has gone off.

    urllib3 could decompress too, but takes a stream that was cut off for a whole one.
    """
    unpacker = None
    try:
        for piece in pieces:
            waiting = piece
            if unpacker is None or (unpacker.eof and piece.startswith(_GZIP_START)):
                unpacker = zlib.decompressobj(_window(encoding, piece))
            while waiting and not unpacker.eof:
                yield unpacker.decompress(waiting, BUFFER_BYTES)
                waiting = unpacker.unconsumed_tail
                if unpacker.unused_data.startswith(_GZIP_START):  # gzip in several members
                    waiting = unpacker.unused_data
                    unpacker = zlib.decompressobj(_ENCODINGS["gzip"])
    except zlib.error:
        raise FetchProblem("its compressed data is damaged", "try again later") from None
    if unpacker is not None:
        yield unpacker.flush()
        if not unpacker.eof:
            raise FetchProblem("its compressed data ends too early", "try again later")


def _window(encoding: str, start: bytes) -> int:
    """`wbits` of zlib for a coding, given how the data begins (RFC 1950 §2.2: method 8, a multiple of 31)."""
    has_header = start[0] & 0x0F == 8 and (len(start) < 2 or int.from_bytes(start[:2], "big") % 31 == 0)
    return _RAW_DEFLATE if encoding == "deflate" and not has_header else _ENCODINGS[encoding]


def _fault(error: Exception) -> str:
    """What is wrong with an answer; urllib3 wraps the cause."""
    cause = error.__cause__ if isinstance(error.__cause__, Exception) else error
    if isinstance(cause, IncompleteRead) and cause.expected:
        return f"the answer ended {cause.expected:,} bytes too early"
    return f"the answer broke off or is invalid ({network_reason(cause)})"


def _status_name(status: int) -> str:
    """Number and name of a status; what the server calls it is not shown."""
    try:
        return f"{status} {http.HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _advice(status: int) -> str:
    if status in _GONE:
        return "check the address"
    if status in _FOR_BROWSERS:
        return "open it in a browser and import the saved page"
    return "try again later" if status >= _SERVER_ERROR or status in _TEMPORARY else "give the address of a page"

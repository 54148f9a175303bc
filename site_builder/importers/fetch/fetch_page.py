"""Fetch the page at an address, within limits of time, size and redirects that no server can stretch.

No cookies, no credentials, no way from https down to http. Proxy settings of the environment are ignored: a proxy would
resolve the name itself, and the address policy could not be enforced.
"""

import datetime as dt
import http
import http.client
from dataclasses import dataclass
from typing import Final

from urllib3.exceptions import HTTPError, IncompleteRead
from urllib3.response import BaseHTTPResponse

from site_builder import __version__
from site_builder.importers.fetch.bounded_connection import Deadline, connected, network_reason, too_large
from site_builder.importers.fetch.fetch_error import FaultKind, FetchError, FetchProblem
from site_builder.importers.fetch.unpack import unpacked
from site_builder.importers.fetch.web_address import (
    Resolve,
    WebAddress,
    location_of,
    parse_address,
    redirect_target,
    resolve_public,
    system_resolve,
)

USER_AGENT: Final = f"site-builder/{__version__}"
_IN_BROWSER: Final = "open it in a browser and import the saved page"
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
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
            raise FetchProblem("its redirects are circular", _IN_BROWSER, FaultKind.REDIRECTS)
        seen.add(str(address))
        lookup_seconds = min(limits.connect_seconds, deadline.seconds_left())
        numeric = resolve_public(address, resolve, lookup_seconds, allow_private=allow_private)
        answer = _ask(address, numeric, limits, deadline)
        if isinstance(answer, FetchedPage):
            return answer
        if len(trail) > limits.redirects:
            why = f"there were more than {limits.redirects} redirects"
            raise FetchProblem(why, "give the address they end at", FaultKind.REDIRECTS)
        trail.append(redirect_target(address, answer))


def _ask(address: WebAddress, numeric: tuple[str, ...], limits: FetchLimits, deadline: Deadline) -> FetchedPage | str:
    """What one address answers: the page, or where it redirects to."""
    with connected(address, numeric, limits.connect_seconds, limits.size_bytes, deadline) as connection:
        try:
            connection.request("GET", address.target, headers=_headers(address), preload_content=False)
            return _read(address, connection.getresponse(), limits, deadline)
        except (OSError, HTTPError, http.client.HTTPException, ValueError) as error:
            deadline.seconds_left()
            raise FetchProblem(answer_fault(error), "try again later", FaultKind.ANSWER) from None


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
    if response.status in REDIRECTS and (location := response.headers.get("Location")):
        return location_of(location)
    if response.status != http.HTTPStatus.OK:
        why = f"the server answered {status_name(response.status)}"
        raise FetchProblem(why, _advice(response.status), FaultKind.STATUS)
    declared = response.headers.get("Content-Length", "")
    if declared.isdecimal() and int(declared) > limits.size_bytes:
        raise too_large(limits.size_bytes)
    data = b"".join(unpacked(response, limits.size_bytes, deadline))
    retrieved = dt.datetime.now(dt.UTC).replace(microsecond=0)
    return FetchedPage(str(address), data, response.headers.get("Content-Type"), retrieved)


def answer_fault(error: Exception) -> str:
    """What is wrong with an answer; urllib3 wraps the cause."""
    cause = error.__cause__ if isinstance(error.__cause__, Exception) else error
    if isinstance(cause, IncompleteRead) and cause.expected:
        return f"the answer ended {cause.expected:,} bytes too early"
    return f"the answer broke off or is invalid ({network_reason(cause)})"


def status_name(status: int) -> str:
    """Number and name of a status; what the server calls it is not shown."""
    try:
        return f"{status} {http.HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _advice(status: int) -> str:
    if status in _GONE:
        return "check the address"
    if status in _FOR_BROWSERS:
        return _IN_BROWSER
    return "try again later" if status >= _SERVER_ERROR or status in _TEMPORARY else "give the address of a page"

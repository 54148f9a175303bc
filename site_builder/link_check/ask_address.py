"""Ask one address: HEAD, then GET where a server does not answer that well, again where the fault may pass.

Redirects are followed, each address on the way is checked as those of pages to import are, and no cookie is kept. Of a
body nothing is read, unless a fragment is looked for.
"""

import datetime as dt
import http.client
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple
from urllib.parse import urljoin, urlsplit

from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from site_builder import __version__
from site_builder.importers.fetch.bounded_connection import Deadline, connected
from site_builder.importers.fetch.fetch_error import FaultKind, FetchProblem
from site_builder.importers.fetch.fetch_page import REDIRECTS, answer_fault
from site_builder.importers.fetch.unpack import unpacked
from site_builder.importers.fetch.web_address import (
    Resolve,
    WebAddress,
    location_of,
    parse_address,
    resolve_public,
    system_resolve,
)
from site_builder.link_check.answers import LinkAnswer, Verdict, answer_of_fault, answer_of_status, ids_in_page
from site_builder.link_check.host_turns import HostTurns

_FOR_GOOD: Final = frozenset({301, 308})
_HTML: Final = ("text/html", "application/xhtml+xml")
MAX_WAIT_SECONDS: Final = 120.0
"""For a host that asks to be left alone; for one that wants more, the rest of its addresses wait for the next check."""


@dataclass(frozen=True, slots=True)
class AskLimits:
    """What asking may cost."""

    connect_seconds: float = 10
    """For each of these: resolving the name, connecting, the TLS handshake."""
    total_seconds: float = 20
    """For each request."""
    redirects: int = 10
    page_bytes: int = 2_000_000
    """Read of a page in which a fragment is looked for."""
    backoff_seconds: Sequence[float] = (2, 8)
    """Waited before each further try."""


class _Reply(NamedTuple):
    """What one request brought."""

    answer: LinkAnswer
    status: int
    location: str | None
    """Where a redirect leads to; None for no redirect."""
    sets_cookie: bool


class Asker:
    """Asks addresses. Safe to use from several threads."""

    def __init__(
        self,
        turns: HostTurns,
        site_url: str,
        limits: AskLimits | None = None,
        *,
        allow_private: bool = False,
        resolve: Resolve = system_resolve,
    ) -> None:
        self._turns = turns
        self._limits = limits or AskLimits()
        self._allow_private = allow_private
        self._resolve = resolve
        self.user_agent = f"site-builder/{__version__} (link check{f'; +{site_url}' if site_url else ''})"

    def ask(self, url: str, *, wants_ids: bool = False, is_patient: bool = True) -> LinkAnswer:
        """Ask an address, several times if it `is_patient`. Raises StoppedError."""
        answer = self._once("GET" if wants_ids else "HEAD", url, wants_ids=wants_ids)
        if not wants_ids and _may_be_otherwise(answer) and self._waits_for(url, answer):
            answer = self._once("GET", url, wants_ids=wants_ids)
        for seconds in self._limits.backoff_seconds if is_patient else ():
            if not _may_pass(answer) or not self._waits_for(url, answer):
                break
            self._turns.wait(seconds)
            answer = self._once("GET", url, wants_ids=wants_ids)
        return answer

    def _waits_for(self, url: str, answer: LinkAnswer) -> bool:
        """Leave a host alone for as long as it wants; whether that is not too long."""
        seconds = answer.retry_after_seconds
        if seconds is None:
            return True
        if seconds > MAX_WAIT_SECONDS:
            return False
        self._turns.rest(parse_address(url).host, seconds)
        return True

    def _once(self, method: str, url: str, *, wants_ids: bool) -> LinkAnswer:
        """One request, and those that its redirects lead to."""
        at, moved, is_for_good, took_cookies = url, "", True, False
        seen: set[str] = set()
        try:
            while True:
                address = parse_address(at)
                if str(address) in seen or len(seen) > self._limits.redirects:
                    return _endless(took_cookies, is_circular=str(address) in seen)
                seen.add(str(address))
                reply = self._request(method, address, wants_ids=wants_ids)
                answer, location = reply.answer, reply.location
                took_cookies = took_cookies or reply.sets_cookie
                if location is None:
                    is_other = answer.verdict is Verdict.ALIVE and moved and moved != str(parse_address(url))
                    return replace(answer, moved=moved if is_other else "")
                at = _target(address, location)
                is_downgrade = address.secure and at.startswith("http:")
                is_for_good = is_for_good and reply.status in _FOR_GOOD and not is_downgrade
                moved = at if is_for_good else moved
        except FetchProblem as problem:
            return answer_of_fault(problem.kind, problem.why, after_redirect=len(seen) > 1 or at != url)

    def _request(self, method: str, address: WebAddress, *, wants_ids: bool) -> _Reply:
        limits = self._limits
        with self._turns.of(address.host):
            deadline = Deadline(limits.total_seconds)
            lookup_seconds = min(limits.connect_seconds, deadline.seconds_left())
            numeric = resolve_public(address, self._resolve, lookup_seconds, allow_private=self._allow_private)
            with connected(address, numeric, limits.connect_seconds, limits.page_bytes, deadline) as connection:
                try:
                    connection.request(method, address.target, headers=self._headers(address), preload_content=False)
                    response = connection.getresponse()
                    return self._read(response, deadline, wants_ids=wants_ids)
                except (OSError, HTTPError, http.client.HTTPException, ValueError) as error:
                    deadline.seconds_left()
                    raise FetchProblem(answer_fault(error), "", FaultKind.ANSWER) from None

    def _headers(self, address: WebAddress) -> dict[str, str]:
        return {
            "Host": address.authority,
            "User-Agent": self.user_agent,
            "Accept": "text/html,*/*;q=0.8",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }

    def _read(self, response: BaseHTTPResponse, deadline: Deadline, *, wants_ids: bool) -> _Reply:
        headers, status = response.headers, response.status
        cookies = "Set-Cookie" in headers
        if status in REDIRECTS and (location := headers.get("Location")):
            return _Reply(LinkAnswer(Verdict.ALIVE, was_reached=True), status, location_of(location), cookies)
        answer = answer_of_status(status, headers.get("Retry-After"), dt.datetime.now(dt.UTC))
        kind = (headers.get("Content-Type") or "").partition(";")[0].strip().lower()
        if wants_ids and answer.verdict is Verdict.ALIVE and kind in _HTML:
            answer = replace(answer, ids=self._ids(response, deadline))
        return _Reply(answer, status, None, cookies)

    def _ids(self, response: BaseHTTPResponse, deadline: Deadline) -> frozenset[str] | None:
        """The ids in a page that is read to its end; None for one that is too large, too slow or damaged."""
        try:
            return ids_in_page(unpacked(response, self._limits.page_bytes, deadline))
        except (FetchProblem, OSError, HTTPError, http.client.HTTPException, ValueError):
            return None


def _target(address: WebAddress, location: str) -> str:
    try:
        target = urljoin(str(address), location.strip())
        urlsplit(target)
    except ValueError:
        raise FetchProblem("it redirects to an invalid address", "", FaultKind.REDIRECTS) from None
    return target


def _endless(took_cookies: bool, *, is_circular: bool) -> LinkAnswer:
    """Redirects without an end. Behind cookies there may be one, which browsers find."""
    why = "its redirects are circular" if is_circular else "it redirects too often"
    if took_cookies:
        return LinkAnswer(Verdict.REFUSED, f"{why} without cookies", was_reached=True)
    return LinkAnswer(Verdict.DOWN, why, was_reached=True)


def _may_be_otherwise(answer: LinkAnswer) -> bool:
    """Whether GET may be answered better than HEAD was."""
    is_settled = answer.verdict is Verdict.ALIVE or answer.of_host
    return not is_settled and (answer.verdict is not Verdict.UNKNOWN or answer.was_reached)


def _may_pass(answer: LinkAnswer) -> bool:
    """Whether the same request may be answered better in a moment."""
    return answer.verdict is Verdict.DOWN or (answer.verdict is Verdict.UNKNOWN and answer.was_reached)

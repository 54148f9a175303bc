"""Which addresses may be fetched: http and https, without credentials, on the public internet.

A host name is resolved once per step, and the numeric address that was checked here is the one that is connected to: a
name server that changes its answer gains nothing.
"""

import ipaddress
import queue
import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from site_builder.importers.fetch.fetch_error import FaultKind, FetchProblem, shown, without_credentials

_HOST: Final = re.compile(r"[A-Za-z0-9._-]{1,253}")
"""RFC 1035 §2.3.4: a name has 253 characters at most."""
_PATH_SAFE: Final = "/%:@!$&'()*+,;=~-._"
_HTTP_PORT: Final = 80
_HTTPS_PORT: Final = 443
_MAX_SCHEME_CHARACTERS: Final = 20
"""Of a scheme in a message."""

_GLOBAL_IPV6: Final = ipaddress.IPv6Network("2000::/3")
"""All that IANA has allocated for global use; mapped IPv4, NAT64, unique local and the rest lie outside."""
_REFUSED: Final = tuple(
    ipaddress.ip_network(n)
    for n in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
        *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)
"""IANA's special-purpose registries (RFC 6890 and after), within IPv4 and within 2000::/3. Listed here because what
`ipaddress` calls global changed between Python's patch releases."""

IPAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve: TypeAlias = Callable[[str, int], tuple[str, ...]]
"""Host and port to numeric addresses, best first; raises OSError where there is none."""


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An http or https address, parsed and checked."""

    secure: bool
    host: str
    """A name in ASCII, or a numeric address without brackets."""
    port: int
    target: str
    """Path and query, percent-encoded."""

    def __str__(self) -> str:
        return f"{'https' if self.secure else 'http'}://{self.authority}{self.target}"

    @property
    def authority(self) -> str:
        """Host as the `Host` header names it: with its port unless that is the default."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (_HTTPS_PORT if self.secure else _HTTP_PORT) else f"{host}:{self.port}"


def parse_address(url: str) -> WebAddress:
    """Parse an address. Raises FetchProblem where it is malformed or not to be fetched."""
    try:
        parts = urlsplit(url.strip())
        port, host = parts.port, _ascii_host(parts.hostname or "")
    except ValueError:
        raise _malformed() from None
    if parts.scheme not in {"http", "https"}:
        scheme = parts.scheme[:_MAX_SCHEME_CHARACTERS]
        why = f'"{scheme}:" addresses are not supported' if scheme else "it has no scheme"
        raise FetchProblem(why, "give one that begins with http:// or https://", FaultKind.ADDRESS)
    if parts.username is not None or parts.password is not None:
        todo = "remove them, or save the page and import the file"
        raise FetchProblem("it contains a user name or password", todo, FaultKind.ADDRESS)
    if not host or port == 0:
        raise _malformed()
    secure = parts.scheme == "https"
    return WebAddress(secure, host, port or (_HTTPS_PORT if secure else _HTTP_PORT), _target(parts))


def _malformed() -> FetchProblem:
    return FetchProblem("this is not a valid address", "check the spelling", FaultKind.ADDRESS)


def _ascii_host(host: str) -> str:
    """The host as it is sent; raises ValueError where it cannot be."""
    if not host:
        return ""
    if "%" in host:  # the zone of an IPv6 address, which is meaningful on one machine only
        raise ValueError(host)
    if ":" in host:
        return str(ipaddress.IPv6Address(host))
    name = host if host.isascii() else host.encode("idna").decode("ascii")
    if not _HOST.fullmatch(name):
        raise ValueError(host)
    return name


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_PATH_SAFE, errors="replace")
    return f"{path}?{quote(parts.query, safe=_PATH_SAFE + '?', errors='replace')}" if parts.query else path


def redirect_target(address: WebAddress, location: str) -> str:
    """Where a `Location` header leads. Raises FetchProblem for a way from https down to http."""
    try:
        target = urljoin(str(address), location.strip())
        scheme = urlsplit(target).scheme
    except ValueError:
        raise FetchProblem("it redirects to an invalid address", "open it in a browser", FaultKind.REDIRECTS) from None
    if address.secure and scheme == "http":
        downgraded = shown(without_credentials(target))
        why = f"it redirects from https down to {downgraded}"
        raise FetchProblem(why, "give that address if you trust it", FaultKind.REDIRECTS)
    return target


def system_resolve(host: str, port: int) -> tuple[str, ...]:
    """Ask the operating system, whose lookup has no time limit; `resolve_public` waits for it in a thread."""
    entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in entries))


def resolve_public(
    address: WebAddress, resolve: Resolve, timeout_seconds: float, *, allow_private: bool
) -> tuple[str, ...]:
    """The numeric addresses of a host that may be connected to, best first; at least one.

    Raises FetchProblem where there is none within the time; a late answer is left behind in its thread.
    """
    answers: queue.Queue[tuple[str, ...] | Exception] = queue.Queue()

    def ask() -> None:
        try:
            answers.put(resolve(address.host, address.port))
        except (OSError, ValueError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=timeout_seconds)
    except queue.Empty:
        answer = TimeoutError()
    if isinstance(answer, Exception) or not answer:
        raise _not_found(address.host, answer)
    permitted = answer if allow_private else tuple(n for n in answer if is_public(ipaddress.ip_address(n)))
    if not permitted:
        raise FetchProblem(
            f'"{address.host}" is {answer[0]}, which is not on the public internet',
            "import a saved file, or allow private addresses with --allow-private",
            FaultKind.PRIVATE,
        )
    return permitted


_NO_SUCH_NAME: Final = frozenset(
    getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY") if hasattr(socket, name)
)
"""Answers of a name server that knows that there is no such host; after the others one asks again."""


def _not_found(host: str, answer: tuple[str, ...] | Exception) -> FetchProblem:
    is_certain = not isinstance(answer, OSError) or answer.errno in _NO_SUCH_NAME
    kind = FaultKind.NO_HOST if is_certain else FaultKind.LOOKUP
    return FetchProblem(f'the host "{host}" was not found', "check the spelling, and the network", kind)


def location_of(written: str) -> str:
    """A `Location` header, as `http.client` reads it, as text: in UTF-8, or with its bytes percent-encoded."""
    data = written.encode("latin-1", "replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return quote(data, safe=_PATH_SAFE + "?#[]")


def is_public(address: IPAddress) -> bool:
    """Is this the address of a machine on the public internet, not a private, local or special one?"""
    if address.version == 6 and address not in _GLOBAL_IPV6:
        return False
    return not any(address in network for network in _REFUSED)

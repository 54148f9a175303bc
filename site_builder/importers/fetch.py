"""An address to the bytes behind it, under limits that no server can stretch.

The address that is connected to is the one that was checked: a name is resolved once per step, so a name server that
changes its answer gains nothing. No cookies, no credentials, no way from https down to http. Proxy settings of the
environment are ignored: a proxy would resolve the name itself, and nothing could be said of where the bytes come from.
"""

import contextlib
import datetime as dt
import http.client
import io
import ipaddress
import queue
import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias, cast
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from site_builder import __version__

USER_AGENT: Final = f"site-builder/{__version__}"
_CHUNK_BYTES: Final = 16_384
_HEAD_BYTES: Final = 262_144
"""What status line, headers and chunk marks may take on top of the body."""
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_ENCODINGS: Final = {"gzip": 31, "x-gzip": 31, "deflate": 15}
"""Content coding -> `wbits` of zlib."""
_GZIP_START: Final = b"\x1f"
"""Another member may follow the first; other bytes after the end are filling."""
_SHOWN_CHARACTERS: Final = 200
"""Of an address in a message."""
_HOST: Final = re.compile(r"[A-Za-z0-9._-]{1,253}")
_PATH_SAFE: Final = "/%:@!$&'()*+,;=~-._"

_GLOBAL_IPV6: Final = ipaddress.IPv6Network("2000::/3")
"""All that IANA has given out for global use; mapped IPv4, NAT64, unique local and the rest lie outside."""
_REFUSED: Final = tuple(
    ipaddress.ip_network(n)
    for n in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24"),
        *("203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)
"""IANA's special-purpose registries (RFC 6890 and after), within IPv4 and within 2000::/3. Written out, because what
`ipaddress` calls global changed between Python's patch releases."""

IPAddress: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve: TypeAlias = Callable[[str, int], tuple[str, ...]]
"""Host and port to numeric addresses, best first; raises OSError where there is none."""


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """What one fetch may cost."""

    size_bytes: int = 10_000_000
    """Of the body, before and after decompression."""
    connect_seconds: float = 10
    """For one step: looking up the name, connecting and agreeing on TLS, each."""
    total_seconds: float = 30
    """For all steps together, however slowly the bytes drip."""
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """What was found at an address."""

    url: str
    """The last address, after redirects, without its fragment."""
    data: bytes
    """The body, decompressed."""
    content_type: str | None
    """As the server wrote it, with its parameters."""
    retrieved: dt.datetime
    """In UTC, to the second."""


class FetchError(Exception):
    """A page could not be had, or must not be."""

    def __init__(self, url: str, why: str, todo: str) -> None:
        super().__init__(url, why, todo)
        self.url = url
        self.why = why
        self.todo = todo

    def __str__(self) -> str:
        return f"cannot fetch {_shown(self.url)}: {self.why}; {self.todo}"


class _Trouble(Exception):  # noqa: N818 (it becomes a FetchError once the address is known)
    """Why a step failed and what to do about it."""

    def __init__(self, why: str, todo: str) -> None:
        super().__init__(why)
        self.why = why
        self.todo = todo


@dataclass(frozen=True, slots=True)
class _Address:
    """An address taken apart and found good."""

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
        """Host as the header names it: with its port where that is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.secure else 80) else f"{host}:{self.port}"


class _Clock:
    """The time that is left until all must be done."""

    def __init__(self, limits: FetchLimits) -> None:
        self.total = limits.total_seconds
        self._end = time.monotonic() + limits.total_seconds

    def left(self) -> float:
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise _Trouble(
                f"it took longer than {self.total:g} s", "try again later, or save the page and import the file"
            )
        return seconds


def system_resolve(host: str, port: int) -> tuple[str, ...]:
    """Ask the operating system; it cannot be told to hurry, so `fetch` asks in a thread."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def fetch(
    url: str, *, limits: FetchLimits | None = None, allow_private: bool = False, resolve: Resolve = system_resolve
) -> FetchedPage:
    """Get the page at an http or https address, following redirects; each step is checked anew.

    Addresses in private networks, of this machine and of other special use are refused unless `allow_private`.
    Raises FetchError alone, whose text is one sentence for the user.
    """
    trail = [url]
    try:
        return _follow(trail, limits or FetchLimits(), allow_private=allow_private, resolve=resolve)
    except _Trouble as trouble:
        raise FetchError(_without_credentials(trail[-1]), trouble.why, trouble.todo) from None


def _follow(trail: list[str], limits: FetchLimits, *, allow_private: bool, resolve: Resolve) -> FetchedPage:
    """Go from the address in `trail` to the page, adding each address that is redirected to."""
    clock = _Clock(limits)
    seen: set[str] = set()
    while True:
        address = _parse(trail[-1])
        if str(address) in seen:
            raise _Trouble("its redirects lead in a circle", "open it in a browser and import the saved page")
        seen.add(str(address))
        answer = _one_step(address, limits, clock, allow_private=allow_private, resolve=resolve)
        if isinstance(answer, FetchedPage):
            return answer
        if len(trail) > limits.redirects:
            raise _Trouble(f"there were more than {limits.redirects} redirects", "give the address they end at")
        trail.append(_next(address, answer))


def is_public(address: IPAddress) -> bool:
    """Is this the address of a machine on the public internet, as opposed to a private, local or special one?"""
    if address.version == 6 and address not in _GLOBAL_IPV6:
        return False
    return not any(address in network for network in _REFUSED)


# Addresses


def _parse(url: str) -> _Address:
    try:
        parts = urlsplit(url.strip())
        port, host = parts.port, _ascii_host(parts.hostname or "")
    except ValueError:
        raise _Trouble("this is not a valid address", "check how it is written") from None
    if parts.scheme not in {"http", "https"}:
        named = f'"{parts.scheme[:20]}:" addresses are not read' if parts.scheme else "it has no scheme"
        raise _Trouble(named, "give one that begins with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise _Trouble("it holds a user name or password", "leave them out, or save the page and import the file")
    if not host or port == 0:
        raise _Trouble("this is not a valid address", "check how it is written")
    secure = parts.scheme == "https"
    return _Address(secure, host, port or (443 if secure else 80), _target(parts))


def _ascii_host(host: str) -> str:
    """The host as it goes on the wire; raises ValueError where it cannot."""
    if not host:
        return ""
    if "%" in host:  # the zone of an IPv6 address, which means something on one machine alone
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


def _next(address: _Address, location: str) -> str:
    try:
        target = urljoin(str(address), location.strip())
        scheme = urlsplit(target).scheme
    except ValueError:
        raise _Trouble("it redirects to something that is no address", "open it in a browser") from None
    if address.secure and scheme == "http":
        raise _Trouble(
            f"it redirects from https down to {_shown(_without_credentials(target))}",
            "give that address if you trust it",
        )
    return target


def _shown(url: str) -> str:
    printable = "".join(c if c.isprintable() else "\ufffd" for c in url)
    return f'"{printable}"' if len(printable) <= _SHOWN_CHARACTERS else f'"{printable[:_SHOWN_CHARACTERS]}…"'


def _without_credentials(url: str) -> str:
    return re.sub(r"(?<=//)[^/?#]*@", "", url)


# Connections


def _connect(address: _Address, found: tuple[str, ...], limits: FetchLimits, clock: _Clock) -> socket.socket:
    """A connection to the first address that answers; the time for connecting is shared out among them."""
    end = time.monotonic() + limits.connect_seconds
    last: OSError = TimeoutError()
    for number, numeric in enumerate(found):
        share = max(end - time.monotonic(), 0.01) / (len(found) - number)
        try:
            return socket.create_connection((numeric, address.port), timeout=min(share, clock.left()))
        except OSError as error:
            last = error
    clock.left()
    raise _Trouble(f"no connection to {address.authority} ({_reason(last)})", "check the address, or try again later")


def _lookup(address: _Address, limits: FetchLimits, clock: _Clock, resolve: Resolve) -> tuple[str, ...]:
    """Ask for the host's addresses, and wait no longer than allowed; a slow answer is left behind in its thread."""
    answers: queue.Queue[tuple[str, ...] | Exception] = queue.Queue()

    def ask() -> None:
        try:
            answers.put(resolve(address.host, address.port))
        except (OSError, ValueError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=min(limits.connect_seconds, clock.left()))
    except queue.Empty:
        answer = TimeoutError()
    if isinstance(answer, Exception) or not answer:
        raise _Trouble(f'the host "{address.host}" was not found', "check how it is written, and the network")
    return answer


def _permitted(address: _Address, found: tuple[str, ...], *, allow_private: bool) -> tuple[str, ...]:
    """The numeric addresses that may be connected to, of those found; never none."""
    good = found if allow_private else tuple(n for n in found if is_public(ipaddress.ip_address(n)))
    if not good:
        raise _Trouble(
            f'"{address.host}" is {found[0]}, which is not on the public internet',
            "import a saved file, or allow private addresses",
        )
    return good


def _secured(sock: socket.socket, host: str, limits: FetchLimits, clock: _Clock) -> ssl.SSLSocket:
    sock.settimeout(min(limits.connect_seconds, clock.left()))
    try:
        return ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    except ssl.SSLCertVerificationError as error:
        why = f"the certificate is not trusted ({error.verify_message.rstrip('.')})"
        raise _Trouble(why, "save the page with a browser and import the file") from None
    except (OSError, ValueError) as error:
        clock.left()
        raise _Trouble(f"no secure connection ({_reason(error)})", "check the address, or try again later") from None


class _Wire(io.RawIOBase):
    """What arrives on a connection, until the time or the number of bytes is used up.

    Stands where `http.client` wants a socket: whatever that asks for, it gets no more than this gives.
    """

    def __init__(self, sock: socket.socket, limits: FetchLimits, clock: _Clock) -> None:
        super().__init__()
        self._sock = sock
        self._clock = clock
        self._size = limits.size_bytes
        self._left = limits.size_bytes + _HEAD_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # `BufferedReader` gives nothing else
        if self._left <= 0:
            raise _too_large(self._size)
        self._sock.settimeout(self._clock.left())
        try:
            count = self._sock.recv_into(buffer[: self._left])
        except TimeoutError:
            self._clock.left()
            raise
        self._left -= count
        return count

    def makefile(self, _mode: str) -> io.BufferedReader:
        """A buffer around it, as of a socket."""
        return io.BufferedReader(self, _CHUNK_BYTES)


@contextlib.contextmanager
def _opened(address: _Address, found: tuple[str, ...], limits: FetchLimits, clock: _Clock) -> Iterator[socket.socket]:
    """A connection, with TLS where the address asks for it, that is closed whatever happens."""
    with _connect(address, found, limits, clock) as plain:
        if not address.secure:
            yield plain
            return
        with _secured(plain, address.host, limits, clock) as secured:
            yield secured


# Question and answer


def _one_step(
    address: _Address, limits: FetchLimits, clock: _Clock, *, allow_private: bool, resolve: Resolve
) -> FetchedPage | str:
    """What one address answers: the page, or where it redirects to."""
    found = _permitted(address, _lookup(address, limits, clock, resolve), allow_private=allow_private)
    with _opened(address, found, limits, clock) as sock:
        try:
            sock.sendall(_request(address))
            return _read(address, _Wire(sock, limits, clock), limits, clock)
        except (OSError, http.client.HTTPException, ValueError) as error:
            clock.left()
            raise _Trouble(f"the answer broke off or makes no sense ({_reason(error)})", "try again later") from None


def _request(address: _Address) -> bytes:
    lines = (
        f"GET {address.target} HTTP/1.1",
        f"Host: {address.authority}",
        f"User-Agent: {USER_AGENT}",
        "Accept: */*",
        "Accept-Encoding: gzip, deflate",
        "Connection: close",
    )
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii")


def _read(address: _Address, wire: _Wire, limits: FetchLimits, clock: _Clock) -> FetchedPage | str:
    answer = http.client.HTTPResponse(cast("socket.socket", wire), method="GET")
    answer.begin()
    if answer.status in _REDIRECTS and (location := answer.getheader("Location")):
        return location.encode("latin-1", "replace").decode("utf-8", "replace")
    if answer.status != http.HTTPStatus.OK:
        raise _Trouble(f"the server answered {_status(answer)}", _advice(answer.status))
    declared = answer.length
    if declared is not None and declared > limits.size_bytes:
        raise _too_large(limits.size_bytes)
    data = b"".join(_unpacked(_encoding(answer), _pieces(answer), limits, clock))
    return FetchedPage(
        str(address), data, answer.getheader("Content-Type"), dt.datetime.now(dt.UTC).replace(microsecond=0)
    )


def _pieces(answer: http.client.HTTPResponse) -> Iterator[bytes]:
    """The body as it arrives; an answer that ends before its stated length is an error."""
    while piece := answer.read(_CHUNK_BYTES):
        yield piece
    if answer.length:  # counted down by what was read; None where no length was stated
        raise _Trouble(f"the answer ended {answer.length:,} bytes too early", "try again later")


def _encoding(answer: http.client.HTTPResponse) -> str:
    name = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if name != "identity" and name not in _ENCODINGS:
        raise _Trouble(f'it is compressed as "{name[:40]}", unasked', "save the page and import the file")
    return name


def _unpacked(encoding: str, pieces: Iterator[bytes], limits: FetchLimits, clock: _Clock) -> Iterator[bytes]:
    """The body without its compression, never more of it than allowed."""
    size = 0
    for piece in pieces if encoding == "identity" else _inflated(encoding, pieces):
        size += len(piece)
        clock.left()
        if size > limits.size_bytes:
            raise _too_large(limits.size_bytes)
        yield piece


def _inflated(encoding: str, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Decompress in small steps, so that a bomb is noticed long before it has gone off."""
    unpacker = None
    try:
        for piece in pieces:
            waiting = piece
            if unpacker is None or (unpacker.eof and piece.startswith(_GZIP_START)):
                unpacker = zlib.decompressobj(_window(encoding, piece))
            while waiting and not unpacker.eof:
                yield unpacker.decompress(waiting, _CHUNK_BYTES)
                waiting = unpacker.unconsumed_tail
                if unpacker.unused_data.startswith(_GZIP_START):  # gzip in several members
                    waiting = unpacker.unused_data
                    unpacker = zlib.decompressobj(_ENCODINGS["gzip"])
    except zlib.error:
        raise _Trouble("its compressed data is damaged", "try again later") from None
    if unpacker is not None:
        yield unpacker.flush()
        if not unpacker.eof:
            raise _Trouble("its compressed data ends too early", "try again later")


def _window(encoding: str, start: bytes) -> int:
    """`wbits` for a coding; some servers send "deflate" without the zlib header (RFC 9110 §8.4.1.2)."""
    has_header = start[0] & 0x0F == 8 and (len(start) < 2 or int.from_bytes(start[:2], "big") % 31 == 0)
    return -15 if encoding == "deflate" and not has_header else _ENCODINGS[encoding]


# Words


def _too_large(size_bytes: int) -> _Trouble:
    return _Trouble(f"it is larger than {size_bytes:,} bytes", "import the part you need from a saved file")


def _status(answer: http.client.HTTPResponse) -> str:
    """Number and name of a status; the server's own words are shown nowhere."""
    try:
        return f"{answer.status} {http.HTTPStatus(answer.status).phrase}"
    except ValueError:
        return str(answer.status)


def _advice(status: int) -> str:
    if status in {404, 410}:
        return "check the address"
    if status in {401, 402, 403, 406, 451}:
        return "open it in a browser and import the saved page"
    return "try again later" if status >= 500 or status in {408, 429} else "give the address of a page"


def _reason(error: Exception) -> str:
    """A few words on a fault of the network or the protocol, without what the server sent."""
    if isinstance(error, TimeoutError):
        return "it took too long"
    if isinstance(error, ssl.SSLError):
        return (error.reason or "TLS failed").replace("_", " ").lower()
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return {"RemoteDisconnected": "connection closed", "IncompleteRead": "too short"}.get(
        type(error).__name__, "not HTTP"
    )

"""An HTTP connection that no server can stretch: in the time until a deadline, and in the bytes that it sends.

urllib3 speaks TLS and HTTP. Its timeouts are for each wait and start again with each byte that arrives, so a server
that sends one byte a second would hold it for ever: here every wait is cut to the time that is left for all of them.
"""

import contextlib
import io
import socket
import ssl
import time
from collections.abc import Iterator
from typing import Final, cast

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from site_builder.importers.fetch.fetch_error import FaultKind, FetchProblem
from site_builder.importers.fetch.web_address import WebAddress

BUFFER_BYTES: Final = 16_384
_OVERHEAD_BYTES: Final = 262_144
"""What the status line, headers and chunk sizes may take on top of the body."""
_MIN_CONNECT_SECONDS: Final = 0.01
"""Waited for an address even where those before it used up the time for connecting."""


class Deadline:
    """The moment at which a transfer must be complete."""

    def __init__(self, total_seconds: float) -> None:
        self._total_seconds = total_seconds
        self._end = time.monotonic() + total_seconds

    def seconds_left(self) -> float:
        """More than 0. Raises FetchProblem once the time is up."""
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise FetchProblem(
                f"it took longer than {self._total_seconds:g} s",
                "try again later, or save the page and import the file",
                FaultKind.TIME,
            )
        return seconds


def too_large(size_bytes: int) -> FetchProblem:
    """The problem of a body beyond the limit."""
    todo = "import the part you need from a saved file"
    return FetchProblem(f"it is larger than {size_bytes:,} bytes", todo, FaultKind.SIZE)


@contextlib.contextmanager
def connected(
    address: WebAddress, numeric: tuple[str, ...], connect_seconds: float, size_bytes: int, deadline: Deadline
) -> Iterator[HTTPConnection]:
    """A connection to the first of the numeric addresses that answers, closed afterwards.

    The certificate, the server name of TLS and the Host header are those of `address`. The time for connecting is
    shared among the numeric addresses; the handshake of TLS may take as long again.
    """
    connection, sock = _connect(address, numeric, connect_seconds, deadline)
    with sock:
        connection.sock = cast("socket.socket", _BoundedSocket(sock, size_bytes, deadline))
        yield connection


def _connect(
    address: WebAddress, numeric: tuple[str, ...], connect_seconds: float, deadline: Deadline
) -> tuple[HTTPConnection, socket.socket]:
    end = time.monotonic() + connect_seconds
    last: Exception = TimeoutError()
    for tried, host in enumerate(numeric):
        share = max(end - time.monotonic(), _MIN_CONNECT_SECONDS) / (len(numeric) - tried)
        connection = _connection(address, host, min(share, deadline.seconds_left()))
        try:
            connection.connect()
        except (NewConnectionError, ConnectTimeoutError) as error:
            last = error.__cause__ if isinstance(error.__cause__, OSError) else TimeoutError()
            continue
        except ssl.SSLCertVerificationError as error:
            connection.close()
            why = f"the certificate is not trusted ({error.verify_message.rstrip('.')})"
            raise FetchProblem(why, "save the page with a browser and import the file", FaultKind.TLS) from None
        except (OSError, ValueError, HTTPError) as error:
            connection.close()
            deadline.seconds_left()
            why = f"no secure connection ({network_reason(error)})"
            raise FetchProblem(why, "check the address, or try again later", FaultKind.TLS) from None
        if connection.sock is not None:
            return connection, connection.sock
    deadline.seconds_left()
    why = f"no connection to {address.authority} ({network_reason(last)})"
    raise FetchProblem(why, "check the address, or try again later", FaultKind.CONNECTION)


def _connection(address: WebAddress, numeric: str, timeout_seconds: float) -> HTTPConnection:
    if not address.secure:
        return HTTPConnection(numeric, address.port, timeout=timeout_seconds)
    context = ssl.create_default_context()
    return HTTPSConnection(
        numeric, address.port, timeout=timeout_seconds, ssl_context=context, server_hostname=address.host
    )


class _BoundedSocket:
    """Takes the place of a connection's socket: whatever `http.client` reads from it stays within the limits."""

    def __init__(self, sock: socket.socket, size_bytes: int, deadline: Deadline) -> None:
        self._sock = sock
        self._size_bytes = size_bytes
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        self._sock.settimeout(self._deadline.seconds_left())
        self._sock.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_BoundedReader(self._sock, self._size_bytes, self._deadline), BUFFER_BYTES)

    def settimeout(self, seconds: float | None) -> None:
        """Nothing: the deadline decides."""

    def close(self) -> None:
        """Nothing: a response is read after its connection was closed; `connected` closes the socket."""


class _BoundedReader(io.RawIOBase):
    """What arrives on a socket, until the time or the number of bytes is used up."""

    def __init__(self, sock: socket.socket, size_bytes: int, deadline: Deadline) -> None:
        super().__init__()
        self._sock = sock
        self._deadline = deadline
        self._size_bytes = size_bytes
        self._bytes_left = size_bytes + _OVERHEAD_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # `BufferedReader` gives nothing else
        if self._bytes_left <= 0:
            raise too_large(self._size_bytes)
        self._sock.settimeout(self._deadline.seconds_left())
        try:
            count = self._sock.recv_into(buffer[: self._bytes_left])
        except TimeoutError:
            self._deadline.seconds_left()
            raise
        self._bytes_left -= count
        return count


def network_reason(error: Exception) -> str:
    """A few words on a fault of the network or the protocol, without anything that the server sent."""
    if isinstance(error, TimeoutError):
        return "it took too long"
    if isinstance(error, ssl.SSLError):
        return (error.reason or "TLS failed").replace("_", " ").lower()
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    names = {"RemoteDisconnected": "connection closed", "IncompleteRead": "too short"}
    return names.get(type(error).__name__, "not HTTP")

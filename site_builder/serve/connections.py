"""Connections with bounds: how long a request may take to arrive, how long it may be, and how many there are at once.

Python's own server waits for ever for a client that sends a byte now and then, and starts a thread for each.
"""

import io
import socket
import sys
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, SimpleQueue
from typing import Any, Final

WAITING_CONNECTIONS: Final = 128
"""Connections that may wait to be accepted. The five of Python's default are fewer than the files of one page in a few
tabs, and the system lets a browser try again only after a second."""
MAX_CONNECTIONS: Final = 500
"""At once, each with a thread; browsers open six for each tab."""
REQUEST_SECONDS: Final = 20
"""For the whole head of a request, from the end of the one before: an idle connection is closed as well."""
SEND_SECONDS: Final = 60
"""For a whole answer."""
MAX_HEAD_BYTES: Final = 200_000
"""Of the head of a request; browsers send less than 10 kB."""
DRAINED_BYTES: Final = 1_000_000
"""Of a body that nobody asked for, which is read, so that the client gets to read the answer."""

_FULL: Final = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 1\r\nConnection: close\r\n\r\n"


class HeadTooLargeError(Exception):
    """The head of a request is larger than MAX_HEAD_BYTES."""


class _Incoming(io.RawIOBase):
    """What a client sends, for one request after the other."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.allow(REQUEST_SECONDS, MAX_HEAD_BYTES)

    def allow(self, seconds: float, size: int) -> None:
        """Let so many more bytes arrive in so many seconds."""
        self._until, self._left = time.monotonic() + seconds, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Wait for more. Raises TimeoutError and HeadTooLargeError."""
        seconds = self._until - time.monotonic()
        if seconds <= 0:
            raise TimeoutError
        if self._left <= 0:
            raise HeadTooLargeError
        self._connection.settimeout(seconds)
        count = self._connection.recv_into(memoryview(buffer)[: self._left])
        self._left -= count
        return count


class BoundedHandler(BaseHTTPRequestHandler):
    """Reads requests within the bounds. One with a body is the last of its connection."""

    protocol_version = "HTTP/1.1"
    default_request_version = "HTTP/1.1"  # with that of Python, what is no request gets an answer without a status

    def setup(self) -> None:
        """Read through `_Incoming`."""
        super().setup()
        self.rfile.close()
        self._incoming = _Incoming(self.connection)
        self.rfile = io.BufferedReader(self._incoming)

    def handle_one_request(self) -> None:
        """Read and answer a request."""
        self._incoming.allow(REQUEST_SECONDS, MAX_HEAD_BYTES)
        try:
            super().handle_one_request()
        except HeadTooLargeError:
            self.requestline, self.request_version, self.command = "", "HTTP/1.1", ""
            self.connection.settimeout(SEND_SECONDS)
            self.send_error(431)
            self._drain()

    def parse_request(self) -> bool:
        """Parse the head; from now on the time for the answer counts."""
        is_sound = super().parse_request()
        self.connection.settimeout(SEND_SECONDS)
        if is_sound and ("Content-Length" in self.headers or "Transfer-Encoding" in self.headers):
            self._drain()
            self.close_connection = True
        return is_sound

    def _drain(self) -> None:
        """Read what nobody asked for, as far as it is there: a connection closed before would take the answer along."""
        self._incoming.allow(1, DRAINED_BYTES)
        with suppress(OSError, HeadTooLargeError):
            length = self.headers.get("Content-Length", "") if self.command else ""
            left = int(length) if length.isascii() and length.isdecimal() and len(length) < 10 else DRAINED_BYTES
            while left > 0 and (part := self.rfile.read1(min(left, 65536))):
                left -= len(part)
        self.connection.settimeout(SEND_SECONDS)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
        """Print nothing, so that the findings stay in view."""


class BoundedServer(ThreadingHTTPServer):
    """Answers a bounded number of connections at once, and turns the others away."""

    daemon_threads = True
    request_queue_size = WAITING_CONNECTIONS

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self._places: SimpleQueue[None] = SimpleQueue()
        for _ in range(MAX_CONNECTIONS):
            self._places.put(None)
        super().__init__(*arguments, **options)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Start a thread for a connection, if there is a place."""
        try:
            self._places.get_nowait()
        except Empty:
            self._turn_away(request)
            return
        try:
            super().process_request(request, client_address)
        except RuntimeError:  # the system gives no more threads
            self._places.put(None)
            self._turn_away(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer a connection."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.put(None)

    def free_places(self) -> int:
        """Number of connections that could be answered now beside the others."""
        return self._places.qsize()

    def _turn_away(self, request: Any) -> None:
        with suppress(OSError):
            request.settimeout(0.1)
            request.sendall(_FULL)
        self.shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print nothing when a client leaves or is too slow, as a browser does when a tab is closed."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)

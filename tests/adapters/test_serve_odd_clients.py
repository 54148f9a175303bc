"""Clients of the editing server that are many, slow, odd or gone: each is answered or left, and nothing is printed."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from site_builder.config import Overrides
from site_builder.serve import connections
from site_builder.serve.connections import BoundedServer
from site_builder.serve.http_server import make_server
from site_builder.serve.live import Live
from tests.helpers.processes import until
from tests.helpers.site import article, write_site

HOST = b"Host: localhost\r\n"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[BoundedServer]:
    """A server with a page, and with a file that is larger than what the system keeps for a client."""
    files: dict[str, str | bytes] = {
        "content/articles/a.md": article("First"),
        "content/static/large.bin": b"x" * 8_000_000,
    }
    live = Live(write_site(tmp_path, files) / "mkdocs.yml", Overrides(site_url="http://127.0.0.1/"), lambda _: None)
    assert live.load() is not None
    made = make_server(live, "127.0.0.1", 0)
    thread = threading.Thread(target=made.serve_forever, args=[0.01], daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


def connect(server: BoundedServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.server_port), timeout=60)


def answers(server: BoundedServer, data: bytes, *, half_closed: bool = False) -> bytes:
    """All that comes back until the server closes the connection."""
    with connect(server) as connection:
        connection.sendall(data)
        if half_closed:
            with suppress(OSError):  # what is too long is answered before all of it is sent, and the connection closed
                connection.shutdown(socket.SHUT_WR)
        got = b""
        while part := connection.recv(65536):
            got += part
        return got


def get(path: bytes, more: bytes = b"", method: bytes = b"GET", version: bytes = b"HTTP/1.1") -> bytes:
    return method + b" " + path + b" " + version + b"\r\n" + HOST + more + b"Connection: close\r\n\r\n"


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (get(b"/"), 200), (get(b"//"), 200), (get(b"/%00"), 404), (get(b"/..%2f..%2fetc/passwd"), 404),
        (get(b"/../../etc/passwd"), 404), (get(b"/%ff%fe"), 404), (get("/né/".encode()), 404), (get(b"/\xff"), 404),
        (get(b"/" + b"a" * 5000), 404), (get(b"/" + b"a" * 70_000), 414), (get(b"*"), 404), (get(b"/?a=%zz#x"), 200),
        (get(b"http://localhost/"), 200), (get(b"http://evil.example/"), 421), (get(b"http://[x"), 400),
        (get(b"/", method=b"HEAD"), 200), (get(b"*", method=b"OPTIONS"), 200), (get(b"/", method=b"POST"), 405),
        (get(b"/", method=b"DELETE"), 405), (get(b"localhost:80", method=b"CONNECT"), 405),
        (get(b"/", method=b"BREW"), 501), (get(b"/", method=b"get"), 501), (get(b"/", version=b"HTTP/1.0"), 200),
        (get(b"/", version=b"HTTP/2.0"), 505), (get(b"/", version=b"HTTP/9"), 400),
        (get(b"/", version=b"FTP/1.1"), 400),
        (get(b"/", b"Range: bytes=0-3\r\n"), 200), (get(b"/", b"Range: bytes=9-2,x\r\n"), 200),
        (get(b"/", b'If-None-Match: "x", *\r\n'), 200), (get(b"/", b"If-Modified-Since: never\r\n"), 200),
        (get(b"/", b"Host: evil.example\r\n"), 421), (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 421),
        (get(b"/", b"X: " + b"a" * 70_000 + b"\r\n"), 431), (get(b"/", b"X: a\r\n" * 200), 431),
        (get(b"/", (b"X: " + b"a" * 60_000 + b"\r\n") * 20), 431), (get(b"/", b"\xff\xfe: \x80\r\n"), 200),
        (get(b"/", b"Content-Length: 3\r\n") + b"abc", 200), (get(b"/", b"Content-Length: x\r\n") + b"abc", 200),
        (get(b"/", b"Content-Length: 9\r\n", b"POST") + b"GET / HTT", 405),
        (get(b"/", b"Transfer-Encoding: chunked\r\n", b"POST") + b"3\r\nabc\r\n0\r\n\r\n", 405),
        (b"\r\n\r\n", 0), (b"nonsense\r\n\r\n", 400), (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\r\n", 400), (b"", 0),
    ],
)  # fmt: skip
def test_an_odd_request_is_answered(
    server: BoundedServer, request_: bytes, status: int, capfd: pytest.CaptureFixture[str]
):
    got = answers(server, request_, half_closed=True)
    if status:
        assert got.startswith((f"HTTP/1.1 {status} ".encode(), f"HTTP/1.0 {status} ".encode())), got[:100]
    assert got.count(b"HTTP/1.") <= 1
    assert answers(server, get(b"/articles/a/")).startswith(b"HTTP/1.1 200 ")
    assert capfd.readouterr() == ("", "")


def test_requests_one_after_the_other(server: BoundedServer):
    """Sent before the first is answered; what follows a body is not taken for a request."""
    one = b"GET /articles/a/ HTTP/1.1\r\n" + HOST + b"\r\n"
    assert answers(server, one * 3 + get(b"/")).count(b"HTTP/1.1 200 ") == 4
    with_body = b"GET / HTTP/1.1\r\n" + HOST + b"Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert answers(server, with_body + get(b"/"), half_closed=True).count(b"HTTP/1.1 ") == 1


def test_many_at_once_beside_slow_ones(server: BoundedServer, capfd: pytest.CaptureFixture[str]):
    slow = [connect(server) for _ in range(200)]
    for number, connection in enumerate(slow):
        connection.sendall(
            [b"G", b"GET / HTTP/1.1\r\nX: a", b"GET /large.bin HTTP/1.1\r\n" + HOST + b"\r\n"][number % 3]
        )
    with ThreadPoolExecutor(50) as clients:
        found = list(clients.map(lambda _: answers(server, get(b"/articles/a/"))[:13], range(200)))
    assert found == [b"HTTP/1.1 200 "] * 200
    assert threading.active_count() < connections.MAX_CONNECTIONS + 100
    for connection in slow:  # in the middle of a download, some of them
        connection.close()
    assert until(lambda: server.free_places() == connections.MAX_CONNECTIONS)
    assert capfd.readouterr() == ("", "")


def test_a_slow_request_is_given_up(
    server: BoundedServer, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    """However often another byte arrives."""
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 1)
    over = threading.Event()

    def drip(connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while not over.wait(0.05):
                connection.sendall(b"a")

    with connect(server) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX: ")
        thread = threading.Thread(target=drip, args=[connection])
        thread.start()
        with contextlib.suppress(ConnectionError):
            assert connection.recv(10) == b""
        over.set()
        thread.join()
    assert until(lambda: server.free_places() == connections.MAX_CONNECTIONS)
    assert capfd.readouterr() == ("", "")


def test_a_client_that_does_not_read_is_given_up(
    server: BoundedServer, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(connections, "SEND_SECONDS", 0.2)
    with connect(server) as connection:
        connection.sendall(get(b"/large.bin"))
        assert connection.recv(9) == b"HTTP/1.1 "
        assert until(lambda: server.free_places() == connections.MAX_CONNECTIONS)
    assert capfd.readouterr() == ("", "")


def test_more_than_there_are_places_for_are_turned_away(server: BoundedServer):
    taken = [connect(server) for _ in range(connections.MAX_CONNECTIONS)]
    assert until(lambda: server.free_places() == 0)
    with connect(server) as connection:
        assert connection.recv(100).startswith(b"HTTP/1.1 503 ")
    for one in taken:
        one.close()
    assert until(lambda: server.free_places() == connections.MAX_CONNECTIONS)
    assert answers(server, get(b"/")).startswith(b"HTTP/1.1 200 ")

import dataclasses
import datetime as dt
import gzip
import ipaddress
import itertools
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from site_builder.importers.fetch.fetch_error import FetchError
from site_builder.importers.fetch.fetch_page import USER_AGENT, FetchLimits, fetch
from site_builder.importers.fetch.web_address import is_public
from tests.helpers.odd_server import Script, Server, make_certificate, raw, response

LIMITS = FetchLimits(size_bytes=100_000, connect_seconds=2, total_seconds=5)


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def get(server: Server, path: str = "/", **changes: Any) -> bytes:
    return fetch(server.url + path, limits=dataclasses.replace(LIMITS, **changes), allow_private=True).data


def refusal(url: str, *addresses: str, limits: FetchLimits = LIMITS, allow_private: bool = False) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(url, limits=limits, allow_private=allow_private, resolve=lambda host, port: addresses)
    return str(caught.value)


# What is asked and got


def test_page(server: Server) -> None:
    server.scripts["/a?b=%C3%A9"] = response(b"<p>hi", Content_Type="text/html; charset=utf-8")
    begun = dt.datetime.now(dt.UTC).replace(microsecond=0)
    got = fetch(f"{server.url}/a?b=é#part", limits=LIMITS, allow_private=True)
    assert (got.url, got.data, got.content_type) == (
        f"{server.url}/a?b=%C3%A9",
        b"<p>hi",
        "text/html; charset=utf-8",
    )
    assert begun <= got.retrieved <= dt.datetime.now(dt.UTC)
    head = server.asked[0].split("\r\n")
    assert head[:3] == [
        "GET /a?b=%C3%A9 HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        f"User-Agent: {USER_AGENT}",
    ]
    assert not any(line.lower().startswith("cookie") for line in head)


def test_no_cookie_comes_back(server: Server) -> None:
    server.scripts["/"] = response(status="302 Found", Location="/b", Set_Cookie="a=1")
    server.scripts["/b"] = response(b"b")
    assert get(server) == b"b"
    assert "cookie" not in "".join(server.asked).lower()


def test_proxies_of_the_environment_are_ignored(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    server.scripts["/"] = response(b"direct")
    assert get(server) == b"direct"


def test_without_type_or_length(server: Server) -> None:
    server.scripts["/"] = raw(b"HTTP/1.0 200 OK\r\n\r\nbo", b"dy")
    got = fetch(server.url, limits=LIMITS, allow_private=True)
    assert (got.data, got.content_type) == (b"body", None)


def test_chunked(server: Server) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    server.scripts["/"] = raw(head, b"3\r\nabc\r\n", b"2\r\nde\r\n0\r\n\r\n")
    assert get(server) == b"abcde"


TEXT = b"some text, and more of it. " * 900


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        pytest.param("gzip", gzip.compress(TEXT), id="gzip"),
        pytest.param("X-GZIP", gzip.compress(TEXT), id="old name"),
        pytest.param("gzip", gzip.compress(TEXT[:99]) + gzip.compress(TEXT[99:]), id="two members"),
        pytest.param("gzip", gzip.compress(TEXT) + bytes(20), id="filled up with zeros"),
        pytest.param("deflate", zlib.compress(TEXT), id="deflate with header"),
        pytest.param("deflate", zlib.compress(TEXT, wbits=-15), id="deflate without header"),
        pytest.param("identity", TEXT, id="identity"),
    ],
)
def test_compression(server: Server, encoding: str, body: bytes) -> None:
    server.scripts["/"] = response(body, Content_Encoding=encoding)
    assert get(server) == TEXT


def test_empty_compressed_body(server: Server) -> None:
    server.scripts["/"] = response(b"", Content_Encoding="gzip")
    assert get(server) == b""


# FetchLimits


def endless(request: bytes) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n\r\n"
    yield from itertools.repeat(b"x" * 10_000)


def endless_headers(request: bytes) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    yield from itertools.repeat(b"A: b\r\n" * 1000)


def negative_chunk(request: bytes) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n"
    yield from itertools.repeat(b"x" * 10_000)


BOMB = gzip.compress(bytes(20_000_000))


@pytest.mark.parametrize(
    ("script", "message"),
    [
        pytest.param(endless, "it is larger than 100,000 bytes", id="endless"),
        pytest.param(response(b"", length=10**12), "it is larger than 100,000 bytes", id="declared"),
        pytest.param(response(BOMB, Content_Encoding="gzip"), "it is larger than 100,000 bytes", id="gzip bomb"),
        pytest.param(
            response(gzip.compress(BOMB), Content_Encoding="gzip, gzip"), 'compressed as "gzip, gzip"', id="twice"
        ),
        pytest.param(
            response(b"x", Content_Encoding="br"),
            'compressed as "br", which was not requested',
            id="unknown compression",
        ),
        pytest.param(response(b"xxxx", Content_Encoding="gzip"), "compressed data is damaged", id="no gzip"),
        pytest.param(response(gzip.compress(TEXT)[:-9], Content_Encoding="gzip"), "data ends too early", id="cut gzip"),
        pytest.param(response(b"abc", length=10), "the answer ended 7 bytes too early", id="short"),
        pytest.param(
            raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"), "(too short)", id="cut chunk"
        ),
        pytest.param(negative_chunk, "larger than 100,000 bytes", id="negative chunk"),
        pytest.param(endless_headers, "(not HTTP)", id="endless headers"),
        pytest.param(raw(b"SSH-2.0-x\r\n"), "(not HTTP)", id="not HTTP"),
        pytest.param(raw(), "(connection closed)", id="no answer"),
        pytest.param(response(status="404 <b>Gone</b>"), "404 Not Found; check the address", id="404"),
        pytest.param(response(status="503 no"), "503 Service Unavailable; try again later", id="503"),
        pytest.param(response(status="403 no"), "403 Forbidden; open it in a browser", id="403"),
        pytest.param(response(status="304 x"), "304 Not Modified; give the address of a page", id="304"),
        pytest.param(response(status="299 x"), "299; give the address of a page", id="unknown status"),
        pytest.param(response(status="302 x"), "302 Found; give", id="redirect to nowhere"),
    ],
)
def test_bad_answers(server: Server, script: Script, message: str) -> None:
    server.scripts["/"] = script
    with pytest.raises(FetchError) as caught:
        get(server)
    assert message in str(caught.value)
    assert str(caught.value).startswith(f'cannot fetch "{server.url}/')
    assert "\n" not in str(caught.value)


def test_longer_than_declared_is_cut(server: Server) -> None:
    server.scripts["/"] = response(b"abcdef", length=3)
    assert get(server) == b"abc"


def test_exactly_as_large_as_allowed(server: Server) -> None:
    server.scripts["/"] = response(b"x" * 50)
    assert len(get(server, size_bytes=50)) == 50
    with pytest.raises(FetchError, match="larger than 49 bytes"):
        get(server, size_bytes=49)


def drip(piece: bytes, start: bytes) -> Script:
    def script(request: bytes) -> Iterator[bytes]:
        yield start
        while True:
            time.sleep(0.05)
            yield piece

    return script


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(drip(b"x", b"HTTP/1.1 200 OK\r\n\r\n"), id="body"),
        pytest.param(drip(b"x", b"HTTP/1.1 200 OK\r\nA: "), id="header"),
        pytest.param(drip(b"HTTP/1.1 100 Continue\r\n\r\n", b""), id="continue"),
        pytest.param(drip(b"x", b""), id="status"),
        pytest.param(drip(b"", b""), id="silence"),
    ],
)
def test_slow_drip(server: Server, script: Script) -> None:
    server.scripts["/"] = script
    with pytest.raises(FetchError, match=r"took longer than 0\.4 s; try again later"):
        get(server, total_seconds=0.4)


def test_slow_name_server() -> None:
    waiting, answered = threading.Event(), threading.Event()

    def resolve(host: str, port: int) -> tuple[str, ...]:
        waiting.wait(60)
        answered.set()
        return ()

    with pytest.raises(FetchError, match=r'the host "slow.example" was not found'):
        fetch("http://slow.example/", limits=FetchLimits(connect_seconds=0.2), resolve=resolve)
    assert not answered.is_set(), "it gave up before the name server answered"
    waiting.set()


def test_unknown_host() -> None:
    def resolve(host: str, port: int) -> tuple[str, ...]:
        raise socket.gaierror(-2, "unknown")

    with pytest.raises(FetchError, match=r'the host "nowhere.example" was not found; check the spelling'):
        fetch("http://nowhere.example/", resolve=resolve)


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert "(connection refused)" in refusal(f"http://127.0.0.1:{port}/", "127.0.0.1", allow_private=True)


# Redirects


def test_redirects_are_followed(server: Server) -> None:
    for status, (here, there) in zip((301, 302, 303, 307, 308), itertools.pairwise("abcdef"), strict=True):
        server.scripts[f"/{here}"] = response(status=f"{status} x", Location=there)
    server.scripts["/f"] = response(b"end")
    got = fetch(f"{server.url}/a", limits=LIMITS, allow_private=True)
    assert (got.url, got.data) == (f"{server.url}/f", b"end")
    with pytest.raises(FetchError, match="more than 4 redirects"):
        get(server, "/a", redirects=4)


def test_redirect_in_a_circle(server: Server) -> None:
    server.scripts["/"] = response(status="302 Found", Location="/b")
    server.scripts["/b"] = response(status="302 Found", Location=server.url)
    with pytest.raises(FetchError, match="its redirects are circular"):
        get(server)
    assert len(server.asked) == 2


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("file:///etc/passwd", '"file:" addresses are not supported'),
        ("//user:secret@example.org/", "it contains a user name or password"),
        ("http://[::1", "redirects to an invalid address"),
        ("http://a b/", "this is not a valid address"),
    ],
)
def test_redirect_to_bad_address(server: Server, location: str, message: str) -> None:
    server.scripts["/"] = response(status="302 Found", Location=location)
    with pytest.raises(FetchError) as caught:
        get(server)
    assert message in str(caught.value)
    assert "secret" not in str(caught.value)


def test_redirect_in_utf8(server: Server) -> None:
    server.scripts["/"] = response(status="302 Found", Location="/é".encode().decode("latin-1"))
    server.scripts["/%C3%A9"] = response(b"e")
    assert get(server) == b"e"


def test_redirect_to_private(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host counts as public; the second is asked for anew and refused."""
    server.scripts["/"] = response(status="302 Found", Location="http://inside.example/")
    monkeypatch.setattr(
        "site_builder.importers.fetch.web_address.is_public", lambda address: str(address) == "127.0.0.1"
    )
    names = {"outside.example": ("127.0.0.1",), "inside.example": ("10.0.0.7",)}
    with pytest.raises(FetchError, match=r'"inside.example" is 10.0.0.7, which is not on the public internet'):
        fetch(f"http://outside.example:{server.port}/", resolve=lambda host, port: names[host])


# Addresses


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("ftp://example.org/", '"ftp:" addresses are not supported; give one that begins with http:// or https://'),
        ("file:///etc/passwd", '"file:" addresses are not supported'),
        ("example.org", "it has no scheme"),
        ("", "it has no scheme"),
        ("http://", "not a valid address"),
        ("http://example.org:99999/", "not a valid address"),
        ("http://example.org:0/", "not a valid address"),
        ("http://[fe80::1%25eth0]/", "not a valid address"),
        ("http://exa\x00mple.org/", "not a valid address"),
        ("http://example.org\r\nX: y/", "not a valid address"),
        ("http://" + "ü" * 300 + "/", "not a valid address"),
        ("http://me:secret@example.org/", "it contains a user name or password"),
        ("http://me@example.org/", "it contains a user name or password"),
    ],
)
def test_refused_addresses(url: str, message: str) -> None:
    told = refusal(url, "10.0.0.1")  # were the address good, this would be refused next
    assert message in told
    assert "secret" not in told
    assert len(told) < 500
    assert told.isprintable()


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("224.0.0.1", "255.255.255.255", "198.18.0.1", "192.0.2.1", "192.0.0.170", "240.0.0.1"),
        *("::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::7f00:1"),
        *("64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "2001:db8::1", "100::1", "fe80::1%lo"),
    ],
)
def test_private_addresses(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))
    assert f'"example.org" is {address}, which is not on the public internet' in refusal("http://example.org/", address)


@pytest.mark.parametrize("address", ["8.8.8.8", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "2a00:1450:4001::"])
def test_public_addresses(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "localhost", "[::1]"])
def test_other_spellings_of_this_machine(host: str) -> None:
    with pytest.raises(FetchError, match=r"not on the public internet|was not found"):
        fetch(f"http://{host}/", limits=LIMITS)


def test_only_public_ones_of_several_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def connect(address: tuple[str, int], *given: object, **options: object) -> socket.socket:
        tried.append(address[0])
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr("urllib3.util.connection.create_connection", connect)
    refusal("http://example.org/", "8.8.8.8", "127.0.0.1", "2606:4700::1111")
    assert tried == ["8.8.8.8", "2606:4700::1111"]


def test_name_is_asked_for_once(server: Server) -> None:
    """A second question could be answered otherwise (DNS rebinding)."""
    server.scripts["/"] = response(b"x")
    asked: list[str] = []

    def resolve(host: str, port: int) -> tuple[str, ...]:
        asked.append(host)
        return ("127.0.0.1",)

    fetch(f"http://bücher.example:{server.port}/", allow_private=True, resolve=resolve)
    assert asked == ["xn--bcher-kva.example"]
    assert f"Host: xn--bcher-kva.example:{server.port}\r\n" in server.asked[0]


# TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def tls_server(certificate: Path) -> Iterator[Server]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    made = Server(context)
    made.scripts["/"] = response(b"safe")
    made.scripts["/down"] = response(status="301 x", Location="http://safe.example/")
    yield made
    made.close()


def test_unknown_certificate(tls_server: Server) -> None:
    told = refusal(f"https://safe.example:{tls_server.port}/", "127.0.0.1", allow_private=True)
    assert "the certificate is not trusted (self-signed certificate); save the page" in told
    assert tls_server.asked == []


def test_certificate_is_checked_against_the_name(
    tls_server: Server, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    url = f"https://safe.example:{tls_server.port}/"
    assert fetch(url, allow_private=True, resolve=lambda host, port: ("127.0.0.1",)).data == b"safe"
    told = refusal(url.replace("safe", "other"), "127.0.0.1", allow_private=True)
    assert "the certificate is not trusted (Hostname mismatch" in told


def test_never_down_to_http(tls_server: Server, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    told = refusal(f"https://safe.example:{tls_server.port}/down", "127.0.0.1", allow_private=True)
    assert 'it redirects from https down to "http://safe.example/"; give that address' in told


def test_http_server_asked_for_https(server: Server) -> None:
    server.scripts = {}
    told = refusal(
        f"https://127.0.0.1:{server.port}/", "127.0.0.1", limits=FetchLimits(total_seconds=1), allow_private=True
    )
    assert "cannot fetch" in told

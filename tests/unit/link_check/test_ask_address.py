"""One address is asked: what every kind of server, however odd, means for it."""

import datetime as dt
import gzip
import itertools
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from site_builder.link_check.answers import LinkAnswer, Verdict, retry_after_seconds
from site_builder.link_check.ask_address import Asker, AskLimits
from site_builder.link_check.host_turns import HostTurns, StoppedError
from tests.helpers.odd_server import Script, Server, make_certificate, raw, response

LIMITS = AskLimits(connect_seconds=2, total_seconds=2, page_bytes=50_000, backoff_seconds=(0, 0))


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def ask(url: str, *, limits: AskLimits = LIMITS, wants_ids: bool = False, **given: Any) -> LinkAnswer:
    asker = Asker(HostTurns(0), "https://kb.example/", limits, **{"allow_private": True, **given})
    return asker.ask(url, wants_ids=wants_ids)


def methods(server: Server) -> list[str]:
    return [head.split(" ", 1)[0] for head in server.asked]


def by_method(**scripts: Script) -> Script:
    """Another script for each method."""
    return lambda head: scripts[head.split(b" ")[0].decode()](head)


def in_turn(*scripts: Script) -> Script:
    """One script after the other; the last one for all further requests."""
    waiting = itertools.chain(scripts[:-1], itertools.repeat(scripts[-1]))
    return lambda head: next(waiting)(head)  # noqa: PLW0108 (another one for each request)


def test_a_page_is_alive_and_nothing_of_it_is_read(server: Server) -> None:
    server.scripts["/a?b"] = response()
    assert ask(f"{server.url}/a?b") == LinkAnswer(Verdict.ALIVE, was_reached=True)
    (head,) = server.asked
    assert head.startswith("HEAD /a?b HTTP/1.1\r\n")
    assert "User-Agent: site-builder/" in head
    assert "(link check; +https://kb.example/)" in head


@pytest.mark.parametrize("status", ["405 No", "501 No", "404 No", "403 No", "400 No", "500 No"])
def test_get_where_head_is_not_answered_well(server: Server, status: str) -> None:
    server.scripts["/"] = by_method(HEAD=response(status=status), GET=response(b"page"))
    assert ask(server.url + "/").verdict is Verdict.ALIVE
    assert methods(server) == ["HEAD", "GET"]


@pytest.mark.parametrize(
    ("status", "verdict", "why"),
    [
        ("200 OK", Verdict.ALIVE, ""),
        ("204 Nothing", Verdict.ALIVE, ""),
        ("304 As before", Verdict.ALIVE, ""),
        ("404 \x1b[31mRed", Verdict.GONE, "404 Not Found"),
        ("410 Away", Verdict.GONE, "410 Gone"),
        ("401 Login", Verdict.REFUSED, "401 Unauthorized"),
        ("403 Robot", Verdict.REFUSED, "403 Forbidden"),
        ("405 Never", Verdict.REFUSED, "405 Method Not Allowed"),
        ("451 Law", Verdict.REFUSED, "451 Unavailable For Legal Reasons"),
        ("999 Robot", Verdict.REFUSED, "999"),
        ("429 Slowly", Verdict.UNKNOWN, "429 Too Many Requests"),
        ("500 Oh", Verdict.DOWN, "500 Internal Server Error"),
        ("503 Oh", Verdict.DOWN, "503 Service Unavailable"),
        ("530 Oh", Verdict.DOWN, "530"),
    ],
)
def test_statuses(server: Server, status: str, verdict: Verdict, why: str) -> None:
    server.scripts["/"] = response(status=status)
    answer = ask(server.url + "/")
    assert (answer.verdict, answer.why, answer.was_reached) == (verdict, why, True)


@pytest.mark.parametrize(
    ("script", "why"),
    [
        pytest.param(raw(), "connection closed", id="empty reply"),
        pytest.param(raw(b"\x00\xff" * 40), "", id="no HTTP"),
        pytest.param(raw(b"SSH-2.0-OpenSSH_9.6\r\n"), "", id="another protocol"),
        pytest.param(raw(b"HTTP/1.1 abc OK\r\n\r\n"), "", id="no status"),
        pytest.param(lambda _: itertools.chain([b"HTTP/1.1 200 OK\r\n"], itertools.repeat(b"A: b\r\n" * 1000)), "",
                     id="endless headers"),
        pytest.param(lambda _: itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n" * 500), "", id="endless continue"),
    ],
)  # fmt: skip
def test_answers_that_are_none(server: Server, script: Script, why: str) -> None:
    server.scripts["/"] = script
    answer = ask(server.url + "/")
    assert answer.verdict is Verdict.DOWN
    assert why in answer.why
    assert answer.why.isprintable()
    assert not answer.of_host
    assert len(server.asked) == 4  # HEAD, GET, and two further tries


def slowly(request: bytes) -> Iterator[bytes]:
    for byte in b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello" * 10:
        yield bytes([byte])
        time.sleep(0.2)


def silently(request: bytes) -> Iterator[bytes]:
    for _ in range(50):
        yield b""
        time.sleep(0.1)


@pytest.mark.parametrize("script", [slowly, silently])
def test_a_server_that_takes_for_ever(server: Server, script: Script) -> None:
    server.scripts["/"] = script
    begun = time.monotonic()
    answer = ask(server.url + "/", limits=AskLimits(2, 0.5, backoff_seconds=()))
    assert (answer.verdict, answer.why, answer.was_slow) == (Verdict.DOWN, "it took longer than 0.5 s", True)
    assert time.monotonic() - begun < 4


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(lambda _: itertools.chain([b"HTTP/1.1 200 OK\r\n\r\n"], itertools.repeat(b"x" * 999)), id="long"),
        pytest.param(response(b"", length=10**15), id="declared"),
        pytest.param(response(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip"), id="gzip bomb"),
        pytest.param(response(b"nonsense", Content_Encoding="gzip"), id="no gzip"),
        pytest.param(response(b"x", Content_Encoding="zip"), id="unknown coding"),
    ],
)  # fmt: skip
def test_a_body_is_not_read(server: Server, script: Script) -> None:
    server.scripts["/"] = by_method(HEAD=response(status="405 No"), GET=script)
    assert ask(server.url + "/").verdict is Verdict.ALIVE


def test_a_reset_may_pass(server: Server) -> None:
    server.scripts["/"] = in_turn(raw(), raw(), response())
    assert ask(server.url + "/").verdict is Verdict.ALIVE
    assert methods(server) == ["HEAD", "GET", "GET"]


def test_a_dead_address_is_asked_once(server: Server) -> None:
    server.scripts["/"] = raw()
    answer = Asker(HostTurns(0), "", LIMITS, allow_private=True).ask(server.url + "/", is_patient=False)
    assert (answer.verdict, len(server.asked)) == (Verdict.DOWN, 2)


class TestRetryAfter:
    def test_is_honoured(self, server: Server) -> None:
        server.scripts["/"] = in_turn(response(status="429 Slowly", Retry_After="1"), response())
        begun = time.monotonic()
        assert ask(server.url + "/").verdict is Verdict.ALIVE
        assert time.monotonic() - begun >= 1

    def test_a_long_one_ends_the_attempt(self, server: Server) -> None:
        server.scripts["/"] = response(status="503 Later", Retry_After="86400")
        answer = ask(server.url + "/")
        assert (answer.verdict, answer.retry_after_seconds, len(server.asked)) == (Verdict.DOWN, 86400, 1)

    @pytest.mark.parametrize(
        ("written", "seconds"),
        [
            ("120", 120),
            (" 0 ", 0),
            ("Wed, 03 Jun 2026 12:01:00 GMT", 60),
            ("Wed, 03 Jun 2026 11:00:00 GMT", 0),
            ("Wednesday, 03-Jun-26 12:01:00 GMT", 60),
            ("-5", None),
            ("soon", None),
            ("", None),
            (None, None),
            ("9" * 400, 999_999_999),
            ("Wed, 99 Jun 2026 12:01:00 GMT", None),
            ("١٢", None),
        ],
    )
    def test_is_read(self, written: str | None, seconds: float | None) -> None:
        assert retry_after_seconds(written, dt.datetime(2026, 6, 3, 12, tzinfo=dt.UTC)) == seconds


class TestRedirects:
    @pytest.mark.parametrize(
        ("ways", "moved"),
        [
            (["301"], "/end"),
            (["308", "301"], "/end"),
            (["302"], ""),
            (["301", "302"], "/1"),
            (["302", "301"], ""),
            (["307", "303"], ""),
        ],
    )
    def test_permanent_ones_are_suggested(self, server: Server, ways: list[str], moved: str) -> None:
        targets = [*(f"/{number}" for number in range(1, len(ways))), "/end"]
        for number, (way, target) in enumerate(zip(ways, targets, strict=True)):
            server.scripts[f"/{number}"] = response(status=f"{way} x", Location=target)
        server.scripts["/end"] = response()
        answer = ask(f"{server.url}/0")
        assert (answer.verdict, answer.moved) == (Verdict.ALIVE, f"{server.url}{moved}" if moved else "")

    def test_to_what_is_gone(self, server: Server) -> None:
        server.scripts["/"] = response(status="301 x", Location="/gone")
        server.scripts["/gone"] = response(status="404 x")
        answer = ask(server.url + "/")
        assert (answer.verdict, answer.why, answer.moved) == (Verdict.GONE, "404 Not Found", "")

    def test_loops(self, server: Server) -> None:
        server.scripts["/"] = response(status="302 x", Location="/b")
        server.scripts["/b"] = response(status="302 x", Location="/")
        answer = ask(server.url + "/")
        assert (answer.verdict, answer.why) == (Verdict.DOWN, "its redirects are circular")

    def test_loops_for_who_keeps_no_cookie(self, server: Server) -> None:
        server.scripts["/"] = response(status="302 x", Location="/", Set_Cookie="seen=1")
        answer = ask(server.url + "/")
        assert (answer.verdict, answer.why) == (Verdict.REFUSED, "its redirects are circular without cookies")

    def test_without_an_end(self, server: Server) -> None:
        for number in range(30):
            server.scripts[f"/{number}"] = response(status="302 x", Location=f"/{number + 1}")
        assert ask(f"{server.url}/0").why == "it redirects too often"

    @pytest.mark.parametrize(
        ("location", "asked"),
        [
            (b"/caf\xc3\xa9", "/caf%C3%A9"),
            (b"/caf\xe9?q=\xff#x", "/caf%E9?q=%FF"),
            (b"  /spaced ", "/spaced"),
            (b"?only=query", "/?only=query"),
        ],
    )
    def test_odd_locations(self, server: Server, location: bytes, asked: str) -> None:
        server.scripts["/"] = raw(b"HTTP/1.1 302 x\r\nContent-Length: 0\r\nLocation: " + location + b"\r\n\r\n")
        server.scripts[asked] = response()
        assert ask(server.url + "/").verdict is Verdict.ALIVE
        assert server.asked[-1].startswith(f"HEAD {asked} ")

    @pytest.mark.parametrize(
        "location", ["http://[", "ftp://x.example/", "javascript:alert(1)", "http://u:p@x.example/"]
    )
    def test_to_what_is_no_address_of_a_page(self, server: Server, location: str) -> None:
        server.scripts["/"] = response(status="302 x", Location=location)
        assert ask(server.url + "/").verdict is Verdict.DOWN

    def test_without_a_location(self, server: Server) -> None:
        server.scripts["/"] = response(status="302 x")
        assert ask(server.url + "/").verdict is Verdict.ALIVE

    def test_into_a_private_network(self, server: Server) -> None:
        """Only addresses of the first host are on the public internet here."""
        server.scripts["/"] = response(status="302 x", Location="http://inside.example/secret")
        asked: list[str] = []

        def resolve(host: str, port: int) -> tuple[str, ...]:
            asked.append(host)
            return ("10.0.0.1",)

        answer = ask("http://outside.example/", allow_private=False, resolve=resolve)
        assert (answer.verdict, asked) == (Verdict.UNKNOWN, ["outside.example"])
        assert "not on the public internet" in answer.why


class TestHosts:
    def fault(self, error: Exception | tuple[str, ...]) -> LinkAnswer:
        def resolve(host: str, port: int) -> tuple[str, ...]:
            if isinstance(error, Exception):
                raise error
            return error

        return ask("http://x.example/", resolve=resolve)

    def test_one_that_does_not_exist_is_told_from_a_lookup_that_fails(self) -> None:
        unknown = self.fault(socket.gaierror(socket.EAI_NONAME, "Name or service not known"))
        assert (unknown.verdict, unknown.of_host, unknown.was_reached) == (Verdict.GONE, True, False)
        failed = self.fault(socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"))
        assert (failed.verdict, failed.of_host) == (Verdict.DOWN, True)
        assert self.fault(()).verdict is Verdict.GONE
        assert self.fault(UnicodeError("label too long")).verdict is Verdict.GONE

    def test_nobody_listens(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        answer = ask(f"http://127.0.0.1:{port}/")
        assert (answer.verdict, answer.of_host, answer.was_reached) == (Verdict.DOWN, True, False)
        assert "refused" in answer.why

    @pytest.mark.parametrize(
        "url", ["http://127.0.0.1/", "http://[::1]/", "http://10.1.2.3/", "http://169.254.169.254/latest/meta-data/"]
    )
    def test_private_ones_are_not_asked(self, url: str) -> None:
        answer = ask(url, allow_private=False)
        assert (answer.verdict, answer.was_reached) == (Verdict.UNKNOWN, False)

    @pytest.mark.parametrize("url", ["http:///x", "http://a b/", "ftp://x.example/", "http://x.example:99999/"])
    def test_what_is_no_web_address_is_not_asked(self, url: str) -> None:
        assert ask(url).verdict is Verdict.UNKNOWN


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("tls"))


class TestTls:
    @pytest.fixture
    def secure(self, certificate: Path) -> Iterator[Server]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        made = Server(context)
        made.scripts["/"] = response()
        yield made
        made.close()

    def test_a_certificate_that_nobody_trusts(self, secure: Server) -> None:
        answer = ask(f"https://127.0.0.1:{secure.port}/")
        assert (answer.verdict, answer.of_host, answer.was_reached) == (Verdict.DOWN, True, True)
        assert "the certificate is not trusted" in answer.why

    def test_no_tls_at_all(self, server: Server) -> None:
        answer = ask(f"https://127.0.0.1:{server.port}/")
        assert (answer.verdict, answer.of_host) == (Verdict.DOWN, True)
        assert "no secure connection" in answer.why

    def test_a_way_down_to_http_is_followed_and_not_suggested(
        self, secure: Server, server: Server, certificate: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        secure.scripts["/"] = response(status="301 x", Location=f"{server.url}/open")
        server.scripts["/open"] = response()
        answer = ask(f"https://safe.example:{secure.port}/", resolve=lambda host, port: ("127.0.0.1",))
        assert (answer.verdict, answer.moved) == (Verdict.ALIVE, "")


class TestFragments:
    PAGE = b'<h1 id=top>T</h1><a name="old">x</a><p id="caf\xc3\xa9 1">y<p name="no">z'

    def test_the_parts_of_a_page(self, server: Server) -> None:
        server.scripts["/"] = response(self.PAGE, Content_Type="Text/HTML; charset=utf-8")
        answer = ask(server.url + "/", wants_ids=True)
        assert answer.ids == frozenset({"top", "old", "café 1"})
        assert methods(server) == ["GET"]

    @pytest.mark.parametrize(
        "script",
        [
            pytest.param(response(PAGE, Content_Type="application/pdf"), id="another type"),
            pytest.param(response(PAGE), id="no type"),
            pytest.param(response(PAGE, length=99, Content_Type="text/html"), id="cut off"),
            pytest.param(response(b"<i id=a>" * 9999, Content_Type="text/html"), id="too large"),
            pytest.param(
                response(gzip.compress(bytes(9_000_000)), Content_Type="text/html", Content_Encoding="gzip"), id="bomb"
            ),
        ],
    )
    def test_nothing_is_known_of_a_page_that_is_not_read_to_its_end(self, server: Server, script: Script) -> None:
        server.scripts["/"] = script
        answer = ask(server.url + "/", wants_ids=True)
        assert (answer.verdict, answer.ids) == (Verdict.ALIVE, None)


class TestTurns:
    def test_a_pause_between_requests_to_a_host(self, server: Server) -> None:
        server.scripts["/"] = response()
        asker = Asker(HostTurns(0.3), "", LIMITS, allow_private=True)
        begun = time.monotonic()
        for _ in range(3):
            asker.ask(server.url + "/")
        assert 0.6 <= time.monotonic() - begun < 3

    def test_one_request_at_a_time_to_a_host(self, server: Server) -> None:
        open_now, most = 0, 0
        lock = threading.Lock()

        def busy(head: bytes) -> Iterator[bytes]:
            nonlocal open_now, most
            with lock:
                open_now += 1
                most = max(most, open_now)
            time.sleep(0.05)
            with lock:
                open_now -= 1
            yield b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

        server.scripts["/"] = busy
        asker = Asker(HostTurns(0), "", LIMITS, allow_private=True)
        threads = [threading.Thread(target=asker.ask, args=(server.url + "/",)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
        assert most == 1

    def test_waiting_ends_when_the_check_does(self) -> None:
        turns = HostTurns(0)
        turns.rest("x.example", 3600)
        waits: Callable[[], None] = lambda: turns.wait(3600)  # noqa: E731 (a function of two words)
        turns.stop()
        with pytest.raises(StoppedError):
            waits()
        with pytest.raises(StoppedError), turns.of("x.example"):
            pass

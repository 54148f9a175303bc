"""The web server of `serve`: pages of the live site, its own script and style, and the wait for the next change.

Open pages reload after an edit and show the findings, by a small script that only this server adds.
"""

import errno
import gc
import json
import re
import socket
import threading
import time
import webbrowser
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

import click

from site_builder.config import Overrides
from site_builder.parallel import end_workers
from site_builder.serve.connections import BoundedHandler, BoundedServer
from site_builder.serve.edits import Edits
from site_builder.serve.findings_html import SCRIPT, STATE, STYLE
from site_builder.serve.follow import Follower
from site_builder.serve.host_names import is_ours
from site_builder.serve.live import Answer, Live, Version

PAGE_SECONDS: Final = 1.5
"""How long the findings wait for open pages to be answered after an edit,"""
QUIET_SECONDS: Final = 0.15
"""and then for the files of these pages."""
IDLE_SECONDS: Final = 1.0
"""Time without an edit, after which there is time for what would delay the next one."""
_BROWSER: Final = Path(__file__).with_name("browser")
_REFUSED: Final = Answer(421, "text/plain; charset=utf-8", b"This server has another name.\n")
_ALLOWED: Final = Answer(200, "text/plain; charset=utf-8", b"")
_READ_ONLY: Final = Answer(405, "text/plain; charset=utf-8", b"This server is for reading.\n")
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://(?P<host>[^/?#]*)")
"""A request's address with a host in it, as proxies get them."""
_OWN: Final = {SCRIPT: ("overlay.js", "text/javascript"), STYLE: ("overlay.css", "text/css")}


def make_server(live: Live, host: str, port: int) -> BoundedServer:
    """A server that answers from a live site; raises OSError where the port is taken."""

    class Handler(BoundedHandler):
        def do_GET(self) -> None:  # noqa: N802 (its name there)
            self._send(_answer(live, self.path))

        def do_HEAD(self) -> None:  # noqa: N802 (its name there)
            self._send(_answer(live, self.path), with_body=False)

        def do_OPTIONS(self) -> None:  # noqa: N802 (its name there)
            self._send(_ALLOWED)

        def _refuse(self) -> None:
            self._send(_READ_ONLY)

        do_POST = do_PUT = do_PATCH = do_DELETE = do_TRACE = do_CONNECT = _refuse  # noqa: N815 (their names there)

        def _send(self, answer: Answer, *, with_body: bool = True) -> None:
            answer = answer if answer.status == 400 or self._is_for_us() else _REFUSED
            data = answer.data
            self.send_response(answer.status)
            if answer.status == 301:
                self.send_header("Location", data.decode())
                data = b""
            else:
                self.send_header("Content-Type", answer.kind)
            if answer in {_ALLOWED, _READ_ONLY}:
                self.send_header("Allow", "GET, HEAD, OPTIONS")
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "no-store")
            if self.close_connection:
                self.send_header("Connection", "close")
            self.end_headers()
            if with_body:
                self.wfile.write(data)

        def _is_for_us(self) -> bool:
            """Whether every host that the request names is this server's."""
            named = self.headers.get_all("Host", [])
            absolute = _ABSOLUTE.match(self.path)
            return bool(named) and all(
                is_ours(one, host) for one in ([*named, absolute["host"]] if absolute else named)
            )

    class Server(BoundedServer):
        address_family = socket.AF_INET6 if ":" in host else socket.AF_INET

    return Server((host, port), Handler)


def _answer(live: Live, path: str) -> Answer:
    try:
        parts = urlsplit(path)
    except ValueError:  # no address of any site, such as `http://[x`
        return Answer(400, "text/plain; charset=utf-8", b"not an address")
    url = unquote(parts.path)
    if url == STATE:
        query = parse_qs(parts.query)
        version = live.wait(Version(_number(query, "version"), _number(query, "findings")))
        page = unquote(query.get("page", ["/"])[0])
        state = {"version": version.site, "findings": version.findings, **live.overlay(page)}
        return Answer(200, "application/json", json.dumps(state).encode())
    if url in _OWN:
        name, kind = _OWN[url]
        return Answer(200, f"{kind}; charset=utf-8", (_BROWSER / name).read_bytes())
    return live.answer(url)


def _number(query: dict[str, list[str]], name: str) -> int:
    """A number of the query; -1, which is the version of no site, for anything else."""
    text = query.get(name, [""])[0]
    return int(text) if text.isascii() and text.isdecimal() else -1


def serve(file: Path, overrides: Overrides, host: str, port: int, *, open_browser: bool = False) -> None:
    """Serve until interrupted."""
    host = host.strip("[]")
    shown = f"[{host}]" if ":" in host else host
    live = Live(file, overrides)
    if not live.start():
        return
    try:
        server = make_server(live, host, port)
    except OSError as error:
        is_taken = error.errno in {errno.EADDRINUSE, errno.EACCES}
        hint = f"; try --port {port + 1 if port < 65535 else 8000}" if is_taken else ""
        raise click.ClickException(f"cannot listen on {shown}:{port}: {error.strerror}{hint}") from None
    except (TypeError, ValueError):  # Python cannot encode it: `\u202ex`, a label of 64 characters
        raise click.ClickException(f"cannot listen on {shown}:{port}: this is not the name of a host") from None
    edits = Edits()
    follower = Follower(edits.add)
    follower.follow(live.sources())
    threading.Thread(target=_follow, args=(live, follower, edits), daemon=True).start()
    address = f"http://{shown}:{server.server_port}/"
    click.echo(f"Serving at {address} (Ctrl-C to stop).")
    if open_browser:
        webbrowser.open(address)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("\nDone.")
    finally:
        live.close()
        follower.stop()
        server.server_close()
        end_workers()


def _follow(live: Live, follower: Follower, edits: Edits) -> None:
    """Take over each edit: first the open pages, then, unless there is another edit, what nobody waits for.

    What is followed comes first, so that no edit falls between the two.
    """
    paths: frozenset[Path] | None = None
    ranking: threading.Thread | None = None
    while True:
        gc.disable()  # what is loaded stays; the rest is collected when there is time
        try:
            if live.update(paths) is not None and _is_quiet(live, edits):
                live.find()
        except (Exception, SystemExit) as error:  # noqa: BLE001 (the server goes on; the next edit may fix it)
            live.fail(error)
        if follower.follow(live.sources()):
            edits.add([live.file], True)
        while not edits.wait(IDLE_SECONDS):
            if ranking is None or not ranking.is_alive():  # an edit does not wait for it
                ranking = threading.Thread(target=_rank, args=(live,), daemon=True)
                ranking.start()
            live.tidy()
        paths = edits.take()
        follower.again()


def _rank(live: Live) -> None:
    try:
        live.rank()
    except Exception as error:  # noqa: BLE001 (as above)
        live.fail(error)


def _is_quiet(live: Live, edits: Edits) -> bool:
    """Wait until open pages have been answered with their files; False once there is another edit."""
    end = time.monotonic() + PAGE_SECONDS
    while live.is_busy(QUIET_SECONDS) and time.monotonic() < end:
        if edits.wait(QUIET_SECONDS / 5):
            return False
    return True

"""A server for editors: it makes each page when a browser asks for it, and writes nothing.

After an edit of content, templates or settings the site is loaded again, which the cache makes quick. Open pages then
reload themselves, by a small script that only this server adds.
"""

import mimetypes
import threading
import webbrowser
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import click
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from site_builder.config import Overrides, SiteConfig, load_config
from site_builder.diagnostics import as_text, count_line
from site_builder.pipeline import Site
from site_builder.render.format import RenderError
from site_builder.render.template import NOT_FOUND
from site_builder.urls import OutputPath, Permalink, encode

RELOAD: Final = "/__site-builder/reload"
SCRIPT: Final = "/__site-builder/reload.js"
WAIT_SECONDS: Final = 25
"""How long a browser's request for changes is held open; proxies close connections after 30 s."""
SETTLE_SECONDS: Final = 0.2
"""Quiet time after a change: editors save in several steps."""
WAITING_CONNECTIONS: Final = 128
"""Connections that may wait to be accepted. The five of Python's default are fewer than the files of one page in a few
tabs, and the system lets a browser try again only after a second."""
_SCRIPT_TEXT: Final = f"""\
const version = document.currentScript.dataset.version;
async function watch() {{
  for (;;) {{
    try {{
      const answer = await fetch("{RELOAD}?" + version);
      if (answer.ok && (await answer.text()) !== version) return location.reload();
    }} catch {{
      await new Promise((resume) => setTimeout(resume, 1000));
    }}
  }}
}}
watch();
"""


class Live:
    """The site in its present state. Safe to use from several threads."""

    def __init__(self, file: Path, overrides: Overrides) -> None:
        self._file = file
        self._overrides = overrides
        self._site: Site | None = None
        self._changed = threading.Condition()
        self.version = 0

    def load(self) -> SiteConfig | None:
        """Load the site again and print its findings. If the settings are wrong, the earlier site stays."""
        config, found = load_config(self._file, self._overrides)
        if config is None:
            click.echo(as_text(found), err=True)
            return None
        site = Site.load(config, tuple(found))
        if site.diagnostics:
            click.echo(as_text(site.diagnostics), err=True)
        files = site.content.files_read
        click.echo(f"{files:,} documents; {count_line(site.diagnostics, files)}.")
        with self._changed:
            if self._site is not None:
                self._site.close()
            self._site = site
            self.version += 1
            self._changed.notify_all()
        return config

    def wait(self, version: int) -> int:
        """The version, once it differs from the one given or WAIT_SECONDS have passed."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != version, WAIT_SECONDS)
            return self.version

    def answer(self, url: str) -> tuple[int, str, bytes]:
        """Status, media type and bytes for an address; a folder without its slash is redirected (301)."""
        with self._changed:
            site = self._site
            if site is None:
                return 503, "text/plain; charset=utf-8", b"the site is not loaded yet"
            mount = f"/{site.config.options.folder}".rstrip("/")  # beside MkDocs
            if mount and url in {"/", mount}:
                return 301, "", encode(f"{mount}/").encode()
            if not url.startswith(f"{mount}/"):
                return self._page(site, NOT_FOUND, 404)
            url = url.removeprefix(mount)
            permalink = Permalink(url.removesuffix("index.html") if url.endswith("/index.html") else url)
            if permalink not in site.routes:
                if f"{permalink}/" in site.routes:
                    return 301, "", encode(f"{mount}{permalink}/").encode()
                return self._page(site, NOT_FOUND, 404)
            return self._page(site, permalink, 200)

    def _page(self, site: Site, url: Permalink, status: int) -> tuple[int, str, bytes]:
        if url not in site.routes:
            return 404, "text/plain; charset=utf-8", b"nothing here"
        try:
            data = site.render(url)
        except (RenderError, OSError) as error:
            return 500, "text/plain; charset=utf-8", str(error).encode()
        kind = media_type(site.routes[url].path)
        if kind.startswith("text/html"):
            script = f'<script src="{SCRIPT}" data-version="{self.version}"></script></body>'
            data = data.replace(b"</body>", script.encode())
        return status, kind, data


def media_type(path: OutputPath) -> str:
    """The media type of a file, with its character set if it is text."""
    guessed = mimetypes.guess_type(path)[0] or "application/octet-stream"
    is_text = guessed.startswith("text/") or guessed.endswith(("json", "xml", "javascript"))
    return f"{guessed}; charset=utf-8" if is_text else guessed


def make_server(live: Live, host: str, port: int) -> ThreadingHTTPServer:
    """A server that answers from a live site; raises OSError where the port is taken."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._send(with_body=True)

        def do_HEAD(self) -> None:
            self._send(with_body=False)

        def _send(self, *, with_body: bool) -> None:
            parts = urlsplit(self.path)
            path = unquote(parts.path)
            if path == RELOAD:
                asked = int(parts.query) if parts.query.isdecimal() else -1
                status, kind, data = 200, "text/plain", str(live.wait(asked)).encode()
            elif path == SCRIPT:
                status, kind, data = 200, "text/javascript", _SCRIPT_TEXT.encode()
            else:
                status, kind, data = live.answer(path)
            self.send_response(status)
            if status == 301:
                self.send_header("Location", data.decode())
                data = b""
            else:
                self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            if with_body:
                self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
            """Print nothing, so that the findings stay in view."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = WAITING_CONNECTIONS

    return Server((host, port), Handler)


class _Edits(FileSystemEventHandler):
    """Sets a flag when something that the site is made from changes."""

    def __init__(self) -> None:
        self.seen = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in {"created", "modified", "moved", "deleted"}:
            self.seen.set()


def serve(file: Path, overrides: Overrides, host: str, port: int, *, open_browser: bool = False) -> None:
    """Serve until interrupted."""
    live = Live(file, overrides)
    config = live.load()
    if config is None:
        return
    try:
        server = make_server(live, host, port)
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}:{port}: {error.strerror}; try --port {port + 1}") from None
    edits = _Edits()
    observer = Observer()
    for folder, recursive in _watched(config, file):
        observer.schedule(edits, str(folder), recursive=recursive)
    observer.start()
    threading.Thread(target=_follow, args=(live, edits), daemon=True).start()
    click.echo(f"Serving at http://{host}:{port}/ (Ctrl-C to stop).")
    if open_browser:
        webbrowser.open(f"http://{host}:{port}/")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        click.echo("\nDone.")
    finally:
        observer.stop()
        server.server_close()


def _watched(config: SiteConfig, file: Path) -> Iterator[tuple[Path, bool]]:
    """Folders to watch, and whether with all below; the settings' folder alone, without the site in it."""
    yield config.root / config.content, True
    for folder in config.template_dirs:
        yield folder, True
    yield file.resolve().parent, False


def _follow(live: Live, edits: _Edits) -> None:
    while True:
        edits.seen.wait()
        while edits.seen.is_set():
            edits.seen.clear()
            edits.seen.wait(SETTLE_SECONDS)
        try:
            live.load()
        except Exception as error:  # noqa: BLE001 (the server goes on; the next edit may fix it)
            click.echo(f"The site could not be loaded: {error}", err=True)

"""A built site behind a web server, as a host of static sites sends it: texts with gzip, below the path of its address.

Takes a folder and a mount ("/x/y/"), gives the address of the home page while the context lasts.
"""

import contextlib
import functools
import gzip
import threading
from collections.abc import Iterator
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

PACKED: Final = (".html", ".js", ".css", ".json", ".svg", ".md", ".xml", ".txt")


class _Packed(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, folder: Path, mount: str) -> None:
        self.folder = folder
        self.mount = mount
        super().__init__(*args)

    def do_GET(self) -> None:
        url = unquote(urlsplit(self.path).path)
        path = self.folder / url.removeprefix(self.mount) if url.startswith(self.mount) else None
        if path is not None and url.endswith("/"):
            path /= "index.html"
        if path is None or not path.is_file():
            self._send(HTTPStatus.NOT_FOUND, self.folder / "404.html")
        else:
            self._send(HTTPStatus.OK, path)

    def _send(self, status: HTTPStatus, path: Path) -> None:
        data = path.read_bytes() if path.is_file() else b""
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in PACKED:
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the base class's)
        """Say nothing of each request."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing where the browser hung up: a context that closes does."""


@contextlib.contextmanager
def serve(folder: Path, mount: str = "/") -> Iterator[str]:
    """The address of a site's home page, while the context lasts."""
    with _Server(("127.0.0.1", 0), functools.partial(_Packed, folder=folder, mount=mount)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{mount}"
        server.shutdown()
        thread.join()

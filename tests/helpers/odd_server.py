"""A server on this machine that answers each path as a script says, however odd.

server.scripts["/gone"] = response(status="410 Gone")
server.scripts["/cut"] = raw(b"HTTP/1.1 200 OK\\r\\nContent-Length: 9\\r\\n\\r\\nhal")
"""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Script = Callable[[bytes], Iterator[bytes]]
"""The request's head -> the pieces to send, one after the other."""


def response(
    body: bytes = b"", status: str = "200 OK", length: int | None = None, **headers: str
) -> Callable[[bytes], Iterator[bytes]]:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return lambda request: iter(["\r\n".join([*lines, "", ""]).encode("latin-1") + body])


def raw(*pieces: bytes) -> Script:
    return lambda request: iter(pieces)


class Server:
    """Answers each path by its script, on a port of this machine; `asked` are the heads of the requests."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.scripts: dict[str, Script] = {}
        self.asked: list[str] = []
        self._context = context
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._threads = [threading.Thread(target=self._serve)]
        self._closing = threading.Event()
        self._threads[0].start()

    def close(self) -> None:
        self._closing.set()
        with socket.create_connection(("127.0.0.1", self.port), timeout=2):
            pass
        for thread in self._threads:
            thread.join(5)
        self._socket.close()

    def _serve(self) -> None:
        while True:
            client, _ = self._socket.accept()
            if self._closing.is_set():
                client.close()
                return
            thread = threading.Thread(target=self._answer, args=(client,))
            self._threads.append(thread)
            thread.start()

    def _answer(self, client: socket.socket) -> None:
        client.settimeout(5)
        with client:
            try:
                with self._context.wrap_socket(client, server_side=True) if self._context else client as talk:
                    head = talk.recv(65_536)
                    self.asked.append(head.decode("latin-1"))
                    for piece in self.scripts[head.split(b" ")[1].decode()](head):
                        if self._closing.is_set():
                            return
                        talk.sendall(piece)
            except (OSError, LookupError, UnicodeDecodeError):
                pass  # the client has gone, as it should, or never spoke HTTP


def make_certificate(folder: Path) -> Path:
    """A key and its own certificate for `safe.example`, in one file."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("needs openssl")
    made = folder / "both.pem"
    subprocess.run(
        [
            *(program, "req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-subj", "/CN=safe.example", "-addext", "subjectAltName=DNS:safe.example", "-days", "2"),
            *("-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")),
        ],
        check=True,
        capture_output=True,
    )
    made.write_text((folder / "key.pem").read_text() + (folder / "cert.pem").read_text(), encoding="ascii")
    return made

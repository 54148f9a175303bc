"""Whether a request names this machine.

A page of another site can give its own name our address (DNS rebinding) and would then read what is served here, drafts
included. Its requests still carry its own name.
"""

import ipaddress
import re
import socket
from contextlib import suppress
from typing import Final

_HOST: Final = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::\d{1,5})?")
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def is_ours(written: str | None, host: str) -> bool:
    """Whether a `Host` header names the host that the server was started with.

    One that listens on all addresses (`0.0.0.0`, `::`) answers to any address in numbers, and to this machine's name.
    """
    match = _HOST.fullmatch(written or "")
    if match is None:
        return False
    name = match["name"].strip("[]").lower().rstrip(".")
    if name in _LOCAL or name == host.lower():
        return True
    with suppress(ValueError):
        if ipaddress.ip_address(host).is_unspecified:
            return _is_address(name) or name == socket.gethostname().lower()
    return False


def _is_address(name: str) -> bool:
    with suppress(ValueError):
        ipaddress.ip_address(name)
        return True
    return False

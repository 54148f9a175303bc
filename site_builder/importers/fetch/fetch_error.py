"""Why a page could not be fetched, and what to do about it."""

import re
from enum import StrEnum
from typing import Final

from site_builder.importers.import_error import SourceImportError

_MAX_SHOWN_CHARACTERS: Final = 200
"""Of an address in a message; longer ones hide the message."""


class FetchError(SourceImportError):
    """A page could not be fetched, or must not be. The text names the address, without credentials."""

    def __init__(self, url: str, why: str, todo: str) -> None:
        super().__init__(f"cannot fetch {shown(without_credentials(url))}: {why}", todo)


class FaultKind(StrEnum):
    """What kind of thing went wrong."""

    ADDRESS = "address"
    """It is not one that may be fetched, whatever its server does."""
    PRIVATE = "private"
    """Its host is not on the public internet."""
    NO_HOST = "no-host"
    """There is no host of that name."""
    LOOKUP = "lookup"
    """The name could not be looked up now."""
    CONNECTION = "connection"
    """Nobody answers there."""
    TLS = "tls"
    """No secure connection, or a certificate that cannot be trusted."""
    TIME = "time"
    SIZE = "size"
    ANSWER = "answer"
    """The answer broke off, or is not HTTP."""
    STATUS = "status"
    """The server answered with a status that is no page."""
    REDIRECTS = "redirects"
    """They are circular, too many, or have no target."""


class FetchProblem(Exception):  # noqa: N818 (it becomes a FetchError once the address is known)
    """Why a step failed and what to do about it."""

    def __init__(self, why: str, todo: str, kind: FaultKind) -> None:
        super().__init__(why, todo, kind)
        self.why = why
        self.todo = todo
        self.kind = kind


def shown(url: str) -> str:
    """An address in quotes, for a message: printable, and cut where it is very long."""
    printable = "".join(c if c.isprintable() else "\ufffd" for c in url)
    cut = "…" if len(printable) > _MAX_SHOWN_CHARACTERS else ""
    return f'"{printable[:_MAX_SHOWN_CHARACTERS]}{cut}"'


def without_credentials(url: str) -> str:
    """An address without the user name and password in it."""
    return re.sub(r"(?<=//)[^/?#]*@", "", url)

"""`external-links.json`, beside `mkdocs.yml`: what is known of the addresses elsewhere that the site links to.

Written by `site-builder links --external` and committed with the content, one line for each address, so that a check
changes only the lines of addresses that fare otherwise than before. An address without anything else on its line was
seen alive on the day in `checked`, that of the last complete check.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.trust.installed_code import leads_out
from site_builder.urls import SourcePath, outside_url

LINKS_FILE: Final = SourcePath("external-links.json")
VERSION: Final = 1
MAX_BYTES: Final = 50_000_000
"""Of the file: half a million addresses."""
_ABOUT: Final = "Written by site-builder links --external: commit it, and do not edit it."


class LinkState(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What is known of an address."""

    alive: dt.date | None = None
    """Last day on which it was seen alive, if that is not the day in `checked`. None, with `failing` or `refused`: it
    never was."""
    failing: dt.date | None = None
    """First day of those on which it has failed since."""
    days: int = 0
    """Number of these days."""
    last: dt.date | None = None
    """The last of them; not kept once it counts as dead."""
    why: str = ""
    """What was wrong on the last of these days."""
    dead: dt.date | None = None
    """The day from which it counts as dead."""
    refused: str = ""
    """What the server answers to programs, where it tells nothing of the page: `403 Forbidden`."""
    moved: str = ""
    """The address to which it redirects for good."""
    archive: str = ""
    """The address of an archived copy."""


@dataclass(frozen=True, slots=True)
class LinkStates:
    """What is known of all addresses."""

    checked: dt.date | None = None
    """The day of the last complete check."""
    links: Mapping[str, LinkState] = field(default_factory=dict)
    """By address, without a fragment."""

    def last_alive(self, url: str) -> dt.date | None:
        """The last day on which an address was seen alive; None if it never was."""
        state = self.links.get(url)
        if state is None:
            return None
        return state.alive or (None if state.failing or state.refused else self.checked)


@dataclass(frozen=True, slots=True)
class DeadLink:
    """An address that readers will not reach."""

    url: str
    """Without a fragment."""
    since: dt.date
    """The first day on which it failed."""
    archive: str = ""
    """The address of an archived copy, if one is known."""


class _LinksFile(msgspec.Struct, frozen=True):
    version: int
    links: dict[str, LinkState]
    checked: dt.date | None = None


class _Versioned(msgspec.Struct, frozen=True):
    version: int


def load_link_states(root: Path) -> tuple[LinkStates | None, list[Diagnostic]]:
    """Read the file in the folder of the settings; nothing is known without one. May report links-file.

    None where it cannot be read: then it must not be written either, because what it holds would be lost.
    """
    file = root / LINKS_FILE
    try:
        if leads_out(file, root):
            return None, [_unusable("is a symbolic link out of the folder of the site", "put the file itself there")]
        if file.stat().st_size > MAX_BYTES:
            return None, [_unusable("is too large", "delete it; the next check makes it anew")]
        data = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return LinkStates(), []
    except OSError as error:
        return None, [_unusable(f"cannot be read: {error.strerror or error}")]
    try:
        version = msgspec.json.decode(data, type=_Versioned).version
        if version != VERSION:
            problem = f"has version {version}, and this program knows version {VERSION}"
            return None, [_unusable(problem, "use the version of site-builder that wrote it, or a newer one")]
        read = msgspec.json.decode(data, type=_LinksFile)
    except (ValueError, RecursionError) as error:
        hint = "take an earlier version of it from git; if there is none, delete it"
        if b"<<<<<<<" in data:
            hint = "solve the merge conflict in it: of two lines with the same address, keep one"
        return None, [_unusable(f"cannot be read: {error}", hint)]
    return LinkStates(read.checked, {url: _sound(state) for url, state in read.links.items()}), []


def _sound(state: LinkState) -> LinkState:
    """The state without an archived copy that is no address on the web."""
    is_web = not state.archive or outside_url(state.archive).startswith(("https://", "http://"))
    return state if is_web else msgspec.structs.replace(state, archive="")


def _unusable(problem: str, hint: str = "") -> Diagnostic:
    return diagnostic("links-file", Location(LINKS_FILE), f"the file {problem}, so no link counts as dead", hint)


def format_link_states(states: LinkStates) -> bytes:
    """The file: one line for each address, sorted."""
    lines = [
        f"{json.dumps(url, ensure_ascii=False)}: {msgspec.json.encode(state).decode()}"
        for url, state in sorted(states.links.items())
    ]
    checked = json.dumps(states.checked.isoformat() if states.checked else None)
    head = f'{{\n"about": {json.dumps(_ABOUT)},\n"version": {VERSION},\n"checked": {checked},\n"links": {{\n'
    return (head + ",\n".join(lines) + "\n}\n}\n").encode()


def dead_links(states: LinkStates) -> tuple[DeadLink, ...]:
    """The addresses that count as dead, sorted."""
    return tuple(
        DeadLink(url, state.failing or state.dead, state.archive)
        for url, state in sorted(states.links.items())
        if state.dead
    )

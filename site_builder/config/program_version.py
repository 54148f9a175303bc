"""Which version of the program a site needs: the setting `min_version`."""

import re
from typing import Final

from pydantic_core import PydanticCustomError

from site_builder import __version__
from site_builder.config.positions import PLUGIN, Positions
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.urls import SourcePath

_VERSION: Final = re.compile(r"(\d{1,6})(?:\.(\d{1,6}))?(?:\.(\d{1,6}))?(?:(a|b|rc)(\d{1,6}))?")
_FINAL: Final = ("~", 0)
"""Comes after all candidates of a version (PEP 440)."""


def version_key(written: str) -> tuple[int, int, int, str, int] | None:
    """What orders versions such as `1.2` and `1.2.0rc1`; None for anything else."""
    match = _VERSION.fullmatch(written.strip())
    if match is None:
        return None
    stage, number = (match[4], int(match[5])) if match[4] else _FINAL
    return (int(match[1]), int(match[2] or 0), int(match[3] or 0), stage, number)


def version_of_site(value: object) -> object:
    """The value of the setting, which is a version or nothing."""
    if not isinstance(value, str) or (value.strip() and version_key(value) is None):
        raise PydanticCustomError("version", 'a version in quotes, such as "1.2"')
    return value.strip()


def too_old(wanted: object, name: SourcePath, positions: Positions) -> Diagnostic | None:
    """The finding where a site needs a newer program: nothing else in its settings can be judged by this one."""
    needed, ours = version_key(wanted) if isinstance(wanted, str) else None, version_key(__version__)
    if needed is None or ours is None or needed <= ours:
        return None
    text = f"this site needs site-builder {wanted} or newer, and this is {__version__}"
    place = Location(name, *positions.get(f"{PLUGIN}.min_version", (1, 1)))
    return diagnostic("settings", place, text, f"pip install --upgrade 'site-builder>={wanted}'")

"""What embargoes hold back, and how a build says so."""

import datetime as dt

import msgspec

from site_builder.config import SiteConfig


class Embargoes(msgspec.Struct, frozen=True):
    """The embargoes that decide what a build publishes."""

    held: int = 0
    """Documents that are finished and held back until a later day."""
    first: dt.date | None = None
    """The day on which the first of them is published."""
    last: dt.date | None = None
    """The day on which the last of them is published."""
    ended: int = 0
    """Documents whose embargo ends on the day of the build."""


def embargo_line(found: Embargoes, config: SiteConfig) -> str:
    """`2 documents are held back by an embargo until 2026-12-01; …`, or "" if no embargo decides about this build."""
    parts = []
    if found.held:
        until = f"{found.first}" if found.first == found.last else f"{found.first}, the last until {found.last}"
        parts.append(f"{_documents(found.held)} held back by an embargo until {until}")
    if found.ended:
        parts.append(f"{_documents(found.ended)} published from today on")
    if not parts:
        return ""
    return f"{'; '.join(parts)} (today: {config.date}, timezone: {config.options.timezone})."


def _documents(count: int) -> str:
    return "1 document is" if count == 1 else f"{count:,} documents are"

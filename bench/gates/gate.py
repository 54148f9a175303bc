"""One line of the table: what was measured, what it must be, and where it was not."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gate:
    """A measured bar."""

    name: str
    bar: str
    """As it is said: "<= 8 kB", "0"."""
    found: str
    is_met: bool
    where: tuple[str, ...] = ()
    """What keeps it from being met, page by page."""


def none_of(name: str, faults: Sequence[str]) -> Gate:
    """A gate that lets no fault through."""
    return Gate(name, "0", f"{len(faults):,}", not faults, tuple(faults))


def at_most(name: str, value: float, bar: float, unit: str = "", where: Sequence[str] = ()) -> Gate:
    """A gate for a figure that is better when it is small."""
    return Gate(name, f"<= {bar:g}{unit}", f"{value:.3g}{unit}", value <= bar, tuple(where))


def at_least(name: str, value: float, bar: float, unit: str = "", where: Sequence[str] = ()) -> Gate:
    """A gate for a figure that is better when it is large."""
    return Gate(name, f">= {bar:g}{unit}", f"{value:.3g}{unit}", value >= bar, tuple(where))

"""How long the long tests take: a sample by default, `SITE_BUILDER_TORTURE` times as much, or all with `full`."""

import os
from collections.abc import Sequence
from typing import Final, TypeVar

T = TypeVar("T")

SCALE: Final = os.environ.get("SITE_BUILDER_TORTURE", "1")


def sample(every: Sequence[T], size: int) -> list[T]:
    """Some of many cases, spread evenly, the first and the last with them."""
    if SCALE == "full" or len(every) <= (wanted := max(1, round(size * float(SCALE)))):
        return list(every)
    if wanted == 1:
        return [every[len(every) // 2]]
    return [every[round(index * (len(every) - 1) / (wanted - 1))] for index in range(wanted)]

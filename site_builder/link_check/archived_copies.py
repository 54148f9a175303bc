"""Archived copies of dead addresses, by asking the Internet Archive whether it has one.

https://archive.org/help/wayback_api.php describes the answer.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

import msgspec

from site_builder.config.link_states import LinkState, LinkStates
from site_builder.importers.fetch.fetch_error import FetchError
from site_builder.importers.fetch.fetch_page import FetchLimits, fetch

AVAILABILITY: Final = "https://archive.org/wayback/available"
_LIMITS: Final = FetchLimits(size_bytes=100_000, total_seconds=20)
_COPY: Final = re.compile(r"https?://web\.archive\.org/web/(\d{14})/(\S+)")

Get = Callable[[str], bytes]
"""Gives what an address returns; raises FetchError."""


def get(url: str) -> bytes:
    """What the archive returns."""
    return fetch(url, limits=_LIMITS).data


def find_copy(url: str, day: dt.date, get: Get = get) -> str:
    """The address of the copy of a page that is nearest to a day; "" if there is none, or the archive does not say."""
    query = urlencode({"url": url, "timestamp": f"{day:%Y%m%d}"})
    try:
        answer: Any = msgspec.json.decode(get(f"{AVAILABILITY}?{query}"))
    except (FetchError, ValueError, RecursionError):
        return ""
    closest = answer
    for key in ("archived_snapshots", "closest"):
        closest = closest.get(key) if isinstance(closest, dict) else None
    if not isinstance(closest, dict) or closest.get("available") is not True or closest.get("status") != "200":
        return ""
    found = _COPY.fullmatch(str(closest.get("url", "")))
    return f"https://web.archive.org/web/{found[1]}/{found[2]}" if found else ""


def with_copies(
    states: LinkStates, wait: Callable[[], object], get: Get = get, tell: Callable[[str], object] = str
) -> LinkStates:
    """The same, with copies of dead addresses that have none yet. `wait` is called between two questions."""
    links = dict(states.links)
    waiting = [url for url, state in sorted(links.items()) if state.dead and not state.archive]
    for number, url in enumerate(waiting):
        if number:
            wait()
        tell(url)
        copy = find_copy(url, _day_alive(links[url]), get)
        if copy:
            links[url] = msgspec.structs.replace(links[url], archive=copy)
    return LinkStates(states.checked, links)


def _day_alive(state: LinkState) -> dt.date:
    return state.alive or state.failing or state.dead or dt.date.min

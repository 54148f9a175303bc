"""The day of a build: "today" in the time zone of the site, on whatever machine it is built."""

import datetime as dt
import os
from zoneinfo import ZoneInfo


def find_zone(name: str) -> dt.tzinfo | None:
    """The time zone of that name, None if there is none. UTC needs no database, which Windows does not have."""
    if name == "UTC":
        return dt.UTC
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # a folder of zones, a path, an unknown name
        return None


def today(timezone: str) -> dt.date:
    """The day in a time zone, now or at the moment in SOURCE_DATE_EPOCH (reproducible-builds.org)."""
    zone = find_zone(timezone) or dt.UTC
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return dt.datetime.fromtimestamp(int(epoch), zone).date()
    return dt.datetime.now(zone).date()

"""The digest of each view by what the view is made from, kept between builds: a view whose inputs are the same is not
composed to learn that it is the same.

Kept for each view: the digest of what its route gives it, the numbers of its readings (`pages/readings.py`), and its
own digest. A reading whose value has changed makes every view that is made from it unknown. So does anything that
cannot be compared. What a kept digest claims does not depend on the site folder, on whether a build succeeds, or on its
day.
"""

import datetime as dt
from array import array
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import msgspec

from site_builder.cache import Cache
from site_builder.config import SiteConfig
from site_builder.i18n import Translations
from site_builder.output.fingerprint import digest
from site_builder.pages.readings import Digests, Reading
from site_builder.pages.route import AnyRoute, Page
from site_builder.pipeline import Site

_NUMBERS: Final = "I"
"""Type of the numbers of readings: 32 bits, of which a site of 100,000 articles needs 20."""
_SITES: Final = 3
"""Sets of settings (with drafts, at another address) whose views are kept."""
_SPARE: Final = 1.3
"""Readings for each one in use before the others are dropped."""


class _StoredView(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A view that was composed."""

    given: bytes
    """Digest of what its route gives it."""
    readings: bytes
    """Their numbers."""
    digest: bytes


class _Stored(msgspec.Struct, array_like=True, frozen=True):
    """The views of one set of settings."""

    readings: tuple[tuple[str, str | None, bytes], ...]
    """Table, key, and digest of the value."""
    in_use: int
    """Number of readings when those that no view needs were last dropped."""
    views: dict[str, _StoredView]
    """By address."""


class KnownViews(AbstractContextManager["KnownViews"]):
    """What is known of views, and becomes known in this build; kept when all is done."""

    def __init__(self, site: Site, *, is_kept: bool) -> None:
        self._site = site
        self._cache = site.cache if is_kept and site.cache.is_on_disk else None
        self._readings = site.context.readings
        self._digests = Digests(self._readings)
        self._key = _key(site.config, site.translations)
        stored = _load(self._cache, self._key) if self._cache else None
        self._before: Mapping[str, _StoredView] = stored.views if stored else {}
        self._in_use = stored.in_use if stored else 0
        self._table: list[tuple[str, str | None, bytes]] = list(stored.readings) if stored else []
        self._numbers: dict[Reading, int] = {(table, key): n for n, (table, key, _) in enumerate(self._table)}
        with site.stopwatch.stage("compose"):
            self._changed = self._changes()
        self._now: dict[str, _StoredView] = {}
        self._is_new = False

    def _changes(self) -> frozenset[int]:
        """Numbers of the readings whose values are other ones now; those are noted in their place."""
        changed = set()
        for number, (table, key, before) in enumerate(self._table):
            now = self._digests.of((table, key))
            if now != before or not now:
                changed.add(number)
                self._table[number] = (table, key, now)
        return frozenset(changed)

    def of(self, route: AnyRoute) -> tuple[str, Page[Any] | None]:
        """The digest of a route's view, and its page where the view had to be composed."""
        given = self._digests.of_value(route.compose) if self._cache else b""
        before = self._before.get(route.url)
        if given and before and before.given == given and self._are_unchanged(before.readings):
            self._now[route.url] = before
            return before.digest.hex(), None
        with self._site.stopwatch.stage("compose"):
            page, readings = self._readings.of(route.page)
        made = digest(msgspec.msgpack.encode(page.view))
        if given:
            self._is_new = True
            numbers = array(_NUMBERS, sorted(map(self._number, readings)))
            self._now[route.url] = _StoredView(given, numbers.tobytes(), bytes.fromhex(made))
        return made, page

    def _are_unchanged(self, numbers: bytes) -> bool:
        return self._changed.isdisjoint(memoryview(numbers).cast(_NUMBERS))

    def _number(self, reading: Reading) -> int:
        number = self._numbers.get(reading)
        if number is None:
            number = self._numbers[reading] = len(self._table)
            self._table.append((*reading, self._digests.of(reading)))
        return number

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._save()

    def _save(self) -> None:
        """Keep what is known now, if it is more or less than before."""
        if self._cache is None or not (self._is_new or self._now.keys() != self._before.keys()):
            return
        stored = _Stored(tuple(self._table), self._in_use, self._now)
        if len(self._table) > _SPARE * self._in_use:
            stored = _in_use(stored)
        data = msgspec.msgpack.encode(stored)
        self._cache.put("views", {self._key: data})
        if self._cache.count("views") > _SITES:
            self._cache.keep_only("views", frozenset({self._key}))


def _in_use(stored: _Stored) -> _Stored:
    """The same without the readings that no view needs."""
    used = sorted({number for view in stored.views.values() for number in memoryview(view.readings).cast(_NUMBERS)})
    places = {number: place for place, number in enumerate(used)}
    views = {}
    for url, view in stored.views.items():
        numbers = array(_NUMBERS, (places[number] for number in memoryview(view.readings).cast(_NUMBERS)))
        views[url] = _StoredView(view.given, numbers.tobytes(), view.digest)
    return _Stored(tuple(stored.readings[number] for number in used), len(used), views)


def _key(config: SiteConfig, words: Translations) -> bytes:
    """Digest of what every view may depend on: the settings, but for folders, the day and links, and the texts."""
    here = Path()
    settings = replace(config, root=here, template_dirs=(), words_dirs=(), date=dt.date.min, dead_links=()).key()
    return blake2b(settings + msgspec.msgpack.encode(words), digest_size=16).digest()


def _load(cache: Cache, key: bytes) -> _Stored | None:
    data = cache.get("views", [key]).get(key, b"")
    if not data:
        return None
    try:
        return msgspec.msgpack.decode(data, type=_Stored)
    except ValueError:
        cache.reject("views", key)
        return None

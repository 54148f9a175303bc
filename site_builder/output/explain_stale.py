"""Why a page is made again, in full: which field of which document, which template, which setting.

Takes the inputs of two builds and one page at a time. A page that changed because of other documents names those of
the changed ones that it shows; where it shows none of them, because it no longer does, all that changed are named.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import msgspec

from site_builder.output.fingerprint import Fingerprint
from site_builder.output.input_snapshot import InputSnapshot, fields_of
from site_builder.pages.route import AnyRoute
from site_builder.pipeline import Site
from site_builder.render.copy_file import Copy, SvgPicture
from site_builder.urls import SourcePath

MAX_NAMED: Final = 3
"""Documents, settings or templates that a reason names; the rest is counted."""
_ADDRESS: Final = re.compile(rb"(?=(/(?:articles|topics|entities)/[^/]{1,255}/))")
"""An address of most documents in an encoded view; a look ahead, because `/topics/` alone may stand before one."""


class StaleReasons:
    """Explains the pages of one build. Without the inputs of an earlier one, it adds nothing."""

    def __init__(self, site: Site, before: InputSnapshot | None, now: InputSnapshot) -> None:
        self._templates = site.templates
        self._known = before is not None
        then = before or now
        self._day = "" if now.day == then.day else f"the day of the build is {now.day} and was {then.day}"
        self._settings = tuple(_changed(then.settings, now.settings))
        self._shown = tuple(_changed(then.site, now.site))
        self._words = tuple(_changed(then.words, now.words))
        self._changed_templates = frozenset(_changed(then.templates, now.templates))
        self._documents = dict(_changed_documents(then, now))
        paths = {document.path: document.permalink for document in site.corpus.by_path.values()}
        self._addresses = {paths[path].encode(): path for path in self._documents if path in paths}
        self._others = {url: path for url, path in self._addresses.items() if not _ADDRESS.match(url)}

    def of(self, page: AnyRoute, now: Fingerprint, before: Fingerprint, reason: str) -> str:
        """The first reason in more words, from the parts of the fingerprint that differ."""
        if not self._known or now.program != before.program:
            return reason
        if now.template != before.template:
            changed = sorted(self._changed_templates & self._templates.reached(page.format.name))
            return f"{_plural('the template', changed)} changed" if changed else reason
        if now.site != before.site:
            return "; ".join(self._of_site()) or reason
        if now.data != before.data:
            return "; ".join(self._of_data(page)) or self._day or reason
        return reason

    def _of_site(self) -> Iterator[str]:
        """What every page shows, and the settings and texts behind it."""
        if self._shown:
            yield f"{_listed(self._shown)} of the site changed, which every page shows"
        if self._words:
            yield f"{_plural('the text', self._words)} of the interface changed"
        yield from self._of_settings()

    def _of_settings(self) -> Iterator[str]:
        if self._settings:
            yield f"{_plural('the setting', self._settings)} changed"

    def _of_data(self, page: AnyRoute) -> Iterator[str]:
        if isinstance(page.format, Copy | SvgPicture):
            yield f"the file {page.format.name} changed"
            return
        own = [path for path in page.sources if path in self._documents]
        shown = [path for path in self._in_view(page) if path not in own]
        if own:
            yield _listed([self._told(path) for path in own])
        if shown:
            yield f"it shows {_listed([self._told(path) for path in shown])}"
        if not own and not shown and self._documents:
            yield f"it shows what follows from {_listed([self._told(path) for path in sorted(self._documents)])}"
        yield from self._of_settings()

    def _in_view(self, page: AnyRoute) -> list[SourcePath]:
        """The changed documents whose addresses the page shows."""
        if not self._addresses:
            return []
        encoded = msgspec.msgpack.encode(page.compose())
        found = {path for address in _ADDRESS.findall(encoded) if (path := self._addresses.get(address)) is not None}
        return sorted(found | {path for address, path in self._others.items() if address in encoded})

    def _told(self, path: SourcePath) -> str:
        return f"{path} ({self._documents[path]})"


def _changed_documents(then: InputSnapshot, now: InputSnapshot) -> Iterator[tuple[SourcePath, str]]:
    """Path -> what changed in it."""
    for path in sorted({*then.documents, *now.documents}):
        if path not in then.documents:
            yield path, "new"
        elif path not in now.documents:
            yield path, "no longer published"
        elif then.documents[path] != now.documents[path]:
            fields = list(_changed(fields_of(then.documents[path]), fields_of(now.documents[path])))
            if fields:
                yield path, _listed(fields)


def _changed(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """The names whose digests differ, in order."""
    return (name for name in sorted({*then, *now}) if then.get(name) != now.get(name))


def _plural(noun: str, names: Iterable[str]) -> str:
    """`the template a.html`, `the templates a.html and b.html`"""
    listed = tuple(names)
    return f"{noun}{'s' * (len(listed) > 1)} {_listed(listed)}"


def _listed(names: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b, c and 4 more`"""
    every = tuple(names)
    shown = list(every[:MAX_NAMED]) + ([f"{len(every) - MAX_NAMED} more"] if len(every) > MAX_NAMED else [])
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)

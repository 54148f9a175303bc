"""The Jinja2 environment: escaping always on, an undefined name is an error, nothing random or timed within reach."""

import datetime as dt
import hashlib
import re
from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final
from unicodedata import normalize
from urllib.parse import urlsplit

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    meta,
    pass_context,
)
from jinja2.runtime import Context

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.i18n import Translations, direction
from site_builder.pages.parts import FeedItem
from site_builder.render.citations import bibtex, cited, csl_json
from site_builder.render.og_locale import is_western, locale
from site_builder.render.svg.neighbourhood_svg import draw
from site_builder.urls import SourcePath

MONTHS: Final = tuple("January February March April May June July August September October November December".split())


@lru_cache(maxsize=8)
def environment(folders: tuple[Path, ...], version: bytes = b"") -> Environment:  # noqa: ARG001 (a part of the key)
    """One environment a set of template folders and process; the first folder that has a template wins.

    Another version of the templates gets a fresh one: Jinja2 would not see that a file in an earlier folder now stands
    before the one that it knows.
    """
    made = Environment(
        loader=FileSystemLoader(folders),
        autoescape=lambda name: name is None or not name.endswith((".txt", ".md")),  # noqa: S701 (no markup)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=True,
    )
    made.filters |= FILTERS
    return made


@pass_context
def day(context: Context, value: dt.date) -> str:
    """`3 June 2026`, in the site's words"""
    words: Translations = context["t"]
    return words.day(value)


def iso(value: dt.date) -> str:
    """`2026-06-03`"""
    return value.isoformat()


def rfc822(value: dt.date) -> str:
    """Midnight UTC as RSS wants it (RFC 822): `Wed, 03 Jun 2026 00:00:00 +0000`"""
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    month = MONTHS[value.month - 1][:3]
    return f"{names[value.weekday()]}, {value.day:02} {month} {value.year:04} 00:00:00 +0000"


def rfc3339(value: dt.date) -> str:
    """Midnight UTC as Atom and JSON Feed want it (RFC 3339): `2026-06-03T00:00:00Z`"""
    return f"{value.isoformat()}T00:00:00Z"


_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>])")


def markdown_text(value: str) -> str:
    """Plain text for Markdown: what would be read as markup is escaped."""
    return _MARKDOWN.sub(r"\\\1", " ".join(value.split()))


def sha256(text: str) -> str:
    """The hash of a text as a Content Security Policy has it, in base64; of the text as `render` writes it."""
    return b64encode(hashlib.sha256(normalize("NFC", text).encode()).digest()).decode()


def origin(url: str) -> str:
    """`https://example.org/a?b` -> `https://example.org`"""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def instant(item: FeedItem) -> str:
    """When an entry of an Atom feed changed: its day, and a moment in the first hour of it that goes by its address.

    Only the day is known, but the W3C's validator warns of two entries with the same `updated`, and readers sort by it.
    The address alone decides, so an entry has the same moment in every feed and for ever.
    """
    digest = int.from_bytes(hashlib.blake2b(item.url.encode(), digest_size=8).digest())
    seconds, thousandths = divmod(digest % 3_600_000, 1000)
    return f"{item.updated.isoformat()}T00:{seconds // 60:02}:{seconds % 60:02}.{thousandths:03}Z"


FILTERS: Final[dict[str, Callable[..., object]]] = {
    "day": day,
    "iso": iso,
    "rfc822": rfc822,
    "rfc3339": rfc3339,
    "direction": direction,
    "draw": draw,
    "is_western": is_western,
    "cited": cited,
    "bibtex": bibtex,
    "csl_json": csl_json,
    "locale": locale,
    "origin": origin,
    "instant": instant,
    "sha256": sha256,
    "markdown_text": markdown_text,
}


_ENDINGS: Final = ("html", "xml", "txt", "md", "opml")


@lru_cache(maxsize=256)
def _references(source: str) -> frozenset[str] | None:
    """Templates that a template names; None where it computes a name. Parsed once a process: `serve` asks often."""
    found = list(meta.find_referenced_templates(Environment(autoescape=True).parse(source)))
    return None if None in found else frozenset(name for name in found if name is not None)


class TemplateDigests:
    """Digest of each template with all that it extends, includes and imports."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._environment = environment(tuple(folders))
        self._own: dict[str, tuple[bytes, frozenset[str] | None]] = {}
        self._closed: dict[str, bytes] = {}
        self.found: list[Diagnostic] = []

    def __getitem__(self, name: str) -> bytes:
        """Reports template-error once for a template that is missing or is not Jinja2."""
        if name not in self._closed:
            reached = self._reach(name)
            parts = b"".join(n.encode() + b"\0" + self._read(n)[0] for n in sorted(reached))
            self._closed[name] = hashlib.blake2b(parts, digest_size=16).digest()
        return self._closed[name]

    def version(self) -> bytes:
        """Digest of every template that was looked at."""
        parts = b"".join(name.encode() + b"\0" + digest for name, (digest, _) in sorted(self._own.items()))
        return hashlib.blake2b(parts, digest_size=16).digest()

    def _reach(self, name: str) -> set[str]:
        reached: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current in reached:
                continue
            reached.add(current)
            named = self._read(current)[1]
            # A name that is computed may be any template.
            waiting += (
                self._environment.list_templates(extensions=["html", "xml", "txt", "md"]) if named is None else named
            )
        return reached

    def _read(self, name: str) -> tuple[bytes, frozenset[str] | None]:
        if name in self._own:
            return self._own[name]
        assert self._environment.loader is not None  # noqa: S101 (environment() gives it one)
        named: frozenset[str] | None = frozenset()
        source = ""
        try:
            source, _, _ = self._environment.loader.get_source(self._environment, name)
            named = _references(source)
        except TemplateNotFound:
            place = Location(SourcePath(f"templates/{name}"))
            self.found.append(diagnostic("template-error", place, f'there is no template "{name}"'))
        except TemplateSyntaxError as error:
            place = Location(SourcePath(f"templates/{error.name or name}"), error.lineno)
            self.found.append(diagnostic("template-error", place, f"the template is not Jinja2: {error.message}"))
        except (OSError, UnicodeDecodeError) as error:
            place = Location(SourcePath(f"templates/{name}"))
            self.found.append(diagnostic("template-error", place, f"the template cannot be read: {error}"))
        self._own[name] = (hashlib.blake2b(source.encode(), digest_size=16).digest(), named)
        return self._own[name]

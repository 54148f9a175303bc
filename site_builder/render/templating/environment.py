"""The Jinja2 environment and its filters: everything is escaped, an undefined name is an error, and templates can reach
neither the clock nor random numbers.
"""

import datetime as dt
import hashlib
from base64 import b64encode
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final
from unicodedata import normalize
from urllib.parse import urlsplit

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from site_builder.i18n import Translations, direction
from site_builder.render.bodies import markdown_text
from site_builder.render.citations import bibtex, cited, csl_json
from site_builder.render.json_feed import FeedItem, rfc3339, rss_text
from site_builder.render.og_locale import is_western, locale
from site_builder.render.templating.introduction import fold_introduction
from site_builder.theme import theme_dir

MONTHS: Final = tuple("January February March April May June July August September October November December".split())


def loader(folders: Sequence[Path]) -> BaseLoader:
    """Finds templates in folders, of which the first that has one wins, and the theme's own under `theme/`."""
    return ChoiceLoader([FileSystemLoader(folders), PrefixLoader({"theme": FileSystemLoader(theme_dir())})])


def environment(folders: tuple[Path, ...], kind: type[Environment] = Environment) -> Environment:
    """The environment of a set of template folders, of which the first that has a template wins.

    `theme/base.html` is the theme's own, so that a template of that name can extend it.

    Whoever keeps one makes another when a template changes: files are read once.
    """
    made = kind(
        loader=loader(folders),
        autoescape=lambda name: name is None or not name.endswith((".txt", ".md")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        optimized=False,  # folding constants is a fifth of compiling, and templates have none worth folding
    )
    made.filters |= FILTERS
    return made


@pass_context
def day(context: Context, value: dt.date) -> str:
    """`3 June 2026`, in the site's words"""
    words: Translations = context["t"]
    return words.day(value)


@pass_context
def day_of_year(context: Context, value: dt.date) -> str:
    """`3 June`, in the site's words"""
    words: Translations = context["t"]
    return words.day_of_year(value)


def iso(value: dt.date) -> str:
    """`2026-06-03`"""
    return value.isoformat()


def rfc822(value: dt.date) -> str:
    """Midnight UTC as RSS wants it (RFC 822): `Wed, 03 Jun 2026 00:00:00 +0000`"""
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    month = MONTHS[value.month - 1][:3]
    return f"{names[value.weekday()]}, {value.day:02} {month} {value.year:04} 00:00:00 +0000"


def sha256(text: str) -> str:
    """The SHA-256 of a text as it is written (in NFC), in base64, as a Content Security Policy wants it."""
    return b64encode(hashlib.sha256(normalize("NFC", text).encode()).digest()).decode()


def origin(url: str) -> str:
    """`https://example.org/a?b` -> `https://example.org`"""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def instant(item: FeedItem) -> str:
    """When an entry of an Atom feed changed: its day, and a moment in the first hour that follows from its id.

    Only the day is known, but the W3C's validator warns about two entries with the same `updated`, and feed readers
    sort by it. The moment depends on the id alone, so it is the same in every feed and never changes.
    """
    digest = int.from_bytes(hashlib.blake2b(item.id.encode(), digest_size=8).digest())
    seconds, thousandths = divmod(digest % 3_600_000, 1000)
    return f"{item.updated.isoformat()}T00:{seconds // 60:02}:{seconds % 60:02}.{thousandths:03}Z"


FILTERS: Final[dict[str, Callable[..., object]]] = {
    "day": day,
    "day_of_year": day_of_year,
    "iso": iso,
    "rfc822": rfc822,
    "rfc3339": rfc3339,
    "direction": direction,
    "fold_introduction": fold_introduction,
    "is_western": is_western,
    "cited": cited,
    "bibtex": bibtex,
    "csl_json": csl_json,
    "locale": locale,
    "origin": origin,
    "instant": instant,
    "rss_text": rss_text,
    "sha256": sha256,
    "markdown_text": markdown_text,
}

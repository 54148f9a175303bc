"""Markdown to HTML, with the extensions that `mkdocs.yml` names and `[[wiki links]]`.

The HTML is clean (`nh3`: no scripts, no styles, no forms, no unknown schemes), valid (`tidy`) and in one canonical
form, so that `content/body.py` can read it with a simple scanner.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any, Final
from xml.etree.ElementTree import Element

import markdown
import msgspec
import nh3
from markdown.inlinepatterns import InlineProcessor

from site_builder.content.schema import LINK_SCHEMES
from site_builder.content.tidy import tidy

WIKI: Final = "wiki"
"""Scheme of `[[target|text]]`."""
WIKI_AUTO: Final = "wiki-auto"
"""Scheme of `[[target]]`, whose text is the target's title, known only when the page is composed."""


@dataclass(frozen=True, slots=True)
class MarkdownOptions:
    """Python-Markdown extensions by name, and the options of each."""

    extensions: tuple[str, ...] = ("toc", "tables", "fenced_code")
    configs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def key(self) -> bytes:
        """What tells one set of options from another, in a fixed byte form."""
        return msgspec.json.encode([self.extensions, self.configs], order="sorted", enc_hook=_stable)


def _stable(value: object) -> object:
    """An option that is no plain data (`!!python/name:…`) by its name: an address in memory changes from run to run."""
    if isinstance(value, partial):
        return [_stable(value.func), list(value.args), value.keywords]
    name = getattr(value, "__qualname__", None)
    return f"{getattr(value, '__module__', '')}.{name}" if name else re.sub(r" at 0x[0-9a-f]+", "", repr(value))


_TAGS: Final = frozenset(
    """a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure
    h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary
    sup table tbody td tfoot th thead time tr u ul var wbr""".split()
)
_ATTRIBUTES: Final = {
    "*": {"id", "class", "title", "lang", "dir"},
    "a": {"href", "hreflang"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "del": {"datetime"},
    "ins": {"datetime"},
    "time": {"datetime"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "input": {"type", "checked", "disabled"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "col": {"span"},
    "colgroup": {"span"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "scope", "style"},
}
_CLEANER: Final = nh3.Cleaner(
    tags=set(_TAGS),
    attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
    clean_content_tags={"script", "style"},
    url_schemes=set(LINK_SCHEMES) | {WIKI, WIKI_AUTO},
    filter_style_properties={"text-align"},
    link_rel=None,
)

_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)(?=[\s>/])")
_BAD_SCHEME = re.compile(r"""(?:href|src)\s*=\s*["']?\s*((?!wiki(?:-auto)?:)[a-zA-Z][a-zA-Z0-9+.-]*:[^"'\s>]*)""")


@dataclass(frozen=True, slots=True)
class Converted:
    """What Markdown became, and what was taken out of it on the way."""

    html: str
    removed_tags: tuple[str, ...]
    refused_urls: tuple[str, ...]


def convert(text: str, options: MarkdownOptions) -> Converted:
    """Markdown to clean HTML. Raises whatever an extension raises; RecursionError on absurd nesting."""
    converter = _converter(options.key(), _Unhashed(options))
    try:
        raw = converter.reset().convert(text)
    except BaseException:
        _converter.cache_clear()  # its parser keeps where it was, and would misread the next text
        raise
    removed = sorted({t.lower() for t in _TAG.findall(raw)} - _TAGS)
    refused = [u for u in _BAD_SCHEME.findall(raw) if u.split(":")[0].lower() not in LINK_SCHEMES]
    return Converted(tidy(_CLEANER.clean(raw), text), tuple(removed), tuple(dict.fromkeys(refused)))


class _Unhashed:
    """Options beside their key, so that the key alone decides what `lru_cache` finds."""

    def __init__(self, options: MarkdownOptions) -> None:
        self.options = options

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Unhashed)


@lru_cache(maxsize=4)
def _converter(_key: bytes, held: _Unhashed) -> markdown.Markdown:
    """One converter a set of options and process: making one costs more than converting a page."""
    options = held.options
    converter = markdown.Markdown(
        extensions=list(options.extensions),
        extension_configs={name: dict(config) for name, config in options.configs.items()},
    )
    # Before the escapes (180), so that `[[a\|b]]` works in a table; after code spans (190).
    converter.inlinePatterns.register(_WikiLink(_WIKI_PATTERN, converter), "wiki-link", 185)
    return converter


_WIKI_PATTERN = r"(?<!\\)\[\[\s*([^\s\[\]|\\][^\[\]|\\\n]*?)(?:\\?\|([^\[\]\n]+?))?\]\]"


class _WikiLink(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002 (theirs)
        target, text = m.group(1).strip(), (m.group(2) or "").strip()
        element = Element("a", href=f"{WIKI if text else WIKI_AUTO}:{target}")
        element.text = text or target
        return element, m.start(0), m.end(0)

"""The page's own data about its article, as schema.org JSON-LD gives it. Broken JSON counts as none."""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, Final

from site_builder.importers.read.html.page_tree import Element, squeeze

MAX_SCRIPTS: Final = 40
"""Of a page; news pages have up to a dozen."""
MAX_CHARACTERS: Final = 2_000_000
"""Of one script. The longest on 137 news pages has 30 000, with the whole article in it."""
MAX_DEPTH: Final = 12
"""Objects inside one another."""
MAX_NAMES: Final = 20
MAX_VALUES: Final = 200
"""Of a list that are looked at for its first text, and for all texts."""
_ARTICLE: Final = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting|CreativeWork|Review)\Z")
_WRAPPING: Final = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$"
)
_TAGS: Final = re.compile(r"<[^>]{0,2000}>")

Data = Mapping[str, Any]


def find_article(root: Element) -> Data:
    """The data of the page's article; of several the one nearest to the top, {} where there is none."""
    nodes = [n for script in _scripts(root) for n in _nodes(script, 0)]
    articles = [(depth, n) for depth, n in nodes if any(_ARTICLE.search(t) for t in _types(n))]
    best = min(articles, key=lambda a: (_is_poor(a[1]), a[0]), default=(0, {}))
    return best[1]


def _scripts(root: Element) -> Iterator[Any]:
    count = 0
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        count += 1
        if count > MAX_SCRIPTS:
            return
        text = _WRAPPING.sub("", _WRAPPING.sub("", script.text[:MAX_CHARACTERS]))
        try:
            yield json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue


def _nodes(data: Any, depth: int) -> Iterator[tuple[int, Data]]:
    """Every object with its depth; lists and `@graph` are no level of their own."""
    if depth > MAX_DEPTH:
        return
    if isinstance(data, list):
        for entry in data:
            yield from _nodes(entry, depth + 1 if depth else 0)
    elif isinstance(data, dict):
        yield depth, data
        for key, value in data.items():
            if isinstance(value, dict | list):
                yield from _nodes(value, depth if key == "@graph" else depth + 1)


def _types(node: Data) -> list[str]:
    kind = node.get("@type")
    return [k for k in (kind if isinstance(kind, list) else [kind]) if isinstance(k, str)]


def _is_poor(node: Data) -> bool:
    """Is this an entry of a list, not a description of the page?"""
    return not (node.get("headline") and (node.get("datePublished") or node.get("articleBody") or node.get("author")))


def string(value: Any) -> str | None:
    """A text in whatever wrapping: itself, the first of a list, or an object's name, value or address."""
    if isinstance(value, list):
        return next((s for v in value[:MAX_NAMES] if (s := string(v))), None)
    if isinstance(value, dict):
        return next((s for k in ("name", "@value", "url", "@id") if (s := string(value.get(k)))), None)
    if isinstance(value, str):
        return plain(value) or None
    return None


def strings(value: Any, *, separator: str | None = None) -> list[str]:
    """All texts of a value: of a list each, of a text with separators each part."""
    if isinstance(value, list):
        return [s for v in value[:MAX_VALUES] for s in strings(v, separator=separator)]
    one = string(value)
    return [p for p in (squeeze(p) for p in (one.split(separator) if separator else [one])) if p] if one else []


def names_of_people(value: Any) -> list[str]:
    """The names of authors, as far as they are not said to be organisations."""
    return [n for v in _each(value) if not _is_organisation(v) if (n := string(v))]


def names_of_organisations(value: Any) -> list[str]:
    """The names of authors that are said to be organisations."""
    return [n for v in _each(value) if _is_organisation(v) if (n := string(v))]


def _each(value: Any) -> list[Any]:
    if isinstance(value, list):
        return [e for v in value[:MAX_VALUES] for e in _each(v)]
    if isinstance(value, dict) and isinstance(value.get("name"), list):
        return [{**value, "name": n} for n in value["name"][:MAX_NAMES]]
    return [value]


def _is_organisation(value: Any) -> bool:
    return isinstance(value, dict) and any(
        t.endswith(("Organization", "Corporation", "WebSite")) for t in _types(value)
    )


def is_address(text: str) -> bool:
    """Is it an address or a reference, not a name?"""
    return text.startswith(("#", "/", "http:", "https:", "_:"))


def plain(text: str) -> str:
    """Text without entities and tags, which some publishers put into their data."""
    return squeeze(_TAGS.sub(" ", unescape(unescape(text))))


def paragraphs(text: str) -> list[str]:
    """The paragraphs of an article's text as publishers give it: with line ends, or as HTML."""
    text = re.sub(r"(?i)</(?:p|h[1-6]|li|div|blockquote)>|<br\s*/?>", "\n", unescape(text[:MAX_CHARACTERS]))
    return [p for line in re.split(r"[\r\n]+", text) if (p := plain(line))]

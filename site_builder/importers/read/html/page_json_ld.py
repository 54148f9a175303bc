"""The page's own data about its article, as schema.org JSON-LD gives it. JSON that cannot be mended counts as none."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, Final

from site_builder.importers.read.html.page_tree import Element, squeeze
from site_builder.importers.read.loose_json import parse_all

MAX_SCRIPTS: Final = 40
"""Of a page; news pages have up to a dozen."""
MAX_CHARACTERS: Final = 2_000_000
"""Of one script. The longest on 137 news pages has 30 000, with the whole article in it."""
MAX_DEPTH: Final = 12
"""Objects inside one another."""
MAX_NAMES: Final = 20
MAX_VALUES: Final = 200
"""Of a list that are looked at for its first text, and for all texts."""
_ARTICLE: Final = re.compile(r"(?:Article|Posting|Report|CreativeWork|Review|Recipe|HowTo)\Z", re.IGNORECASE)
_PAGE: Final = re.compile(r"(?:WebPage|ItemPage)\Z")
"""Types of a page, which may say when it was published where nothing says so of an article."""
_ELSEWHERE: Final = frozenset(
    (
        "itemListElement item hasPart isPartOf mentions citation about comment subjectOf isBasedOn review reviews"
        " itemReviewed relatedLink workExample exampleOfWork liveBlogUpdate associatedMedia video breadcrumb"
    ).split()
)
"""Properties whose values are other things than what the page is about."""
_MAX_HEADLINE: Final = 400
"""Characters of a headline that are compared."""
_LEAST_LIKE: Final = 0.15
"""Of a headline's runs of three letters, the share that a title of the same page has too, at least."""
_MAX_REFERENCES: Final = 4
"""References that lead on from one another."""
_WRAPPING: Final = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|;)\s*$"
)
_ESCAPED: Final = re.compile(r"[\[{]\s*(?:[\[{]\s*)?&(?:quot|#34|#x22);")
"""JSON whose quotation marks a template has escaped."""
_TAGS: Final = re.compile(r"<[^>]{0,2000}>")

Data = Mapping[str, Any]


def find_article(root: Element, titles: Sequence[str] = (), address: str | None = None) -> Data:
    """The data of the page's article, {} where there is none; what they only refer to is put in its place.

    `titles` are those that the page gives elsewhere, `address` is its own: what has neither is another article. Of
    several the one that has them goes first, then the most complete one, then that nearest to the top.
    """
    nodes = [n for script in _scripts(root) for n in _nodes(script, 0, is_elsewhere=False)]
    found = [n for n in nodes if any(_ARTICLE.search(t) for t in _types(n.data))]
    wanted = [t for title in titles if (t := _letters(title))]
    own = [n for n in found if _is_of_page(n.data, wanted, address)]
    others = [n for n in found if not n.is_elsewhere and not _is_of_another(n.data, wanted, address)]
    pages = [n for n in nodes if not n.is_elsewhere and any(_PAGE.search(t) for t in _types(n.data))]
    for group in (own, others, pages):
        if group:
            best = min(group, key=lambda n: (n.is_elsewhere, _is_poor(n.data), n.depth)).data
            known = _by_id(n.data for n in nodes)
            return {key: _resolved(value, known, _MAX_REFERENCES) for key, value in best.items()}
    return {}


def _is_of_page(data: Data, wanted: Sequence[str], address: str | None) -> bool:
    """Do its headline or its address show that it is about this page?"""
    stated = [string(data.get(k)) for k in ("headline", "name")]
    own = {_letters(s) for s in stated if s}
    if any(mine and (mine in title or title in mine) for mine in own for title in wanted):
        return True
    places = {_place(string(data.get(k))) for k in ("url", "mainEntityOfPage", "@id")} - {""}
    return _place(address) in places


def _is_of_another(data: Data, wanted: Sequence[str], address: str | None) -> bool:
    """Has it a headline that has nothing in common with the titles of this page?"""
    mine = _runs(_letters(string(data.get("headline")) or ""))
    if not mine or not wanted or _place(string(data.get("url"))) == (_place(address) or "?"):
        return False
    return all(len(mine & (theirs := _runs(t))) < _LEAST_LIKE * min(len(mine), len(theirs) or 1) for t in wanted)


def _runs(text: str) -> set[str]:
    return {text[i : i + 3] for i in range(len(text) - 2)}


def _letters(text: str) -> str:
    return "".join(c for c in text[:_MAX_HEADLINE].casefold() if c.isalnum())


def _place(url: str | None) -> str:
    """An address without what seldom changes the page; "" for none."""
    return re.sub(r"^https?://(?:www\.)?|[?#].*|/$", "", url or "")


def _by_id(nodes: Iterable[Data]) -> Mapping[str, Data]:
    """`@id`, and its fragment alone, -> the node that says most under it, a name at least."""
    known: dict[str, Data] = {}
    for node in nodes:
        name = node.get("@id")
        if isinstance(name, str) and "name" in node and len(node) > len(known.get(name, {})):
            known[name] = node
            if "#" in name:
                known.setdefault(name[name.index("#") :], node)
    return known


def _resolved(value: Any, known: Mapping[str, Data], steps: int) -> Any:
    """A value with what its references (`{"@id": "#me"}`, or the name of one alone) stand for."""
    if steps == 0:
        return value
    if isinstance(value, list):
        return [_resolved(v, known, steps - 1) for v in value[:MAX_VALUES]]
    name = value.get("@id") if isinstance(value, dict) and "name" not in value else value
    if isinstance(name, str) and name in known:
        return known[name]
    return value


@dataclass(frozen=True, slots=True)
class _Node:
    data: Data
    depth: int
    is_elsewhere: bool
    """Does the page only list it, or refer to it?"""


def _scripts(root: Element) -> Iterator[Any]:
    count = 0
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        count += 1
        if count > MAX_SCRIPTS:
            return
        text = _WRAPPING.sub("", _WRAPPING.sub("", script.text[:MAX_CHARACTERS])).strip()
        if _ESCAPED.match(text):
            text = unescape(text)
        yield from parse_all(text, MAX_SCRIPTS)


def _nodes(data: Any, depth: int, *, is_elsewhere: bool) -> Iterator[_Node]:
    """Every object with its depth; lists and `@graph` are no level of their own."""
    if depth > MAX_DEPTH:
        return
    if isinstance(data, list):
        for entry in data:
            yield from _nodes(entry, depth + 1 if depth else 0, is_elsewhere=is_elsewhere)
    elif isinstance(data, dict):
        yield _Node(data, depth, is_elsewhere)
        for key, value in data.items():
            if isinstance(value, dict | list):
                step = 0 if key == "@graph" else 1
                yield from _nodes(value, depth + step, is_elsewhere=is_elsewhere or key in _ELSEWHERE)


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
        given, family = value.get("givenName"), value.get("familyName")
        if isinstance(given, str) and isinstance(family, str) and not value.get("name"):
            return plain(f"{given} {family}") or None
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
    if isinstance(value, dict) and isinstance(value.get("@list"), list):
        value = value["@list"]
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

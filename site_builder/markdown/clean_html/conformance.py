"""Make clean HTML valid: elements of the writer's own HTML are moved or replaced until the standard allows them.

`nh3` removes what is dangerous, not what is wrong: a list item without a list, a heading that skips a level, a width
of "50%". Each rule here is a content model or an attribute type of the HTML Living Standard, and the result looks as
browsers show the mistake. No text is lost.
"""

import re
from collections.abc import Callable, Mapping
from html import unescape
from itertools import count
from typing import Final

from site_builder.markdown.clean_html.empty_elements import remove_empty_elements
from site_builder.markdown.clean_html.html_tree import HtmlElement, HtmlNode, ids_in
from site_builder.markdown.clean_html.tables import arrange_table
from site_builder.urls import outside_url

INLINE: Final = frozenset(
    """a abbr b bdi bdo br cite code del dfn em i img input ins kbd mark q rp rt ruby s samp small span strong sub sup
    time u var wbr""".split()
)
"""Phrasing content."""
_TRANSPARENT: Final = frozenset({"a", "del", "ins"})
"""These may contain whatever is allowed in their own place."""
_HEADINGS: Final = frozenset(f"h{n}" for n in range(1, 7))
_HOLDS_INLINE: Final = (INLINE - _TRANSPARENT) | _HEADINGS | {"p", "pre", "summary"}

_RAW: Final = re.compile(r"<[A-Za-z]|\{")
"""What may be a tag or an attribute list. Without it all HTML comes from Markdown, which writes valid HTML."""


def make_valid(root: HtmlElement, source: str) -> None:
    """Make a body's tree valid HTML. `source`: the Markdown it comes from."""
    if _RAW.search(source) or root.holds(frozenset({"input"})):
        _Tidier(root).fill(root, is_inline=False)
    remove_empty_elements(root)
    _close_heading_gaps(root, [])


def _close_heading_gaps(parent: HtmlElement, open_levels: list[int]) -> None:
    """Number the headings anew: the page has its own h1, so the first is an h2, and no level is skipped.

    `open_levels`: the levels, as written, of the headings around the present place.
    """
    for child in parent.elements():
        if child.tag in _HEADINGS:
            level = int(child.tag[1])
            while open_levels and open_levels[-1] >= level:
                open_levels.pop()
            open_levels.append(level)
            child.tag = f"h{min(len(open_levels) + 1, 6)}"
        elif child.children and child.tag not in _HOLDS_INLINE:
            _close_heading_gaps(child, open_levels)


class _Tidier:
    """One pass over a tree, from the root down."""

    def __init__(self, root: HtmlElement) -> None:
        self._ids: set[str] = set()
        """Ids that are in use already."""
        self._written_ids = set(ids_in(root))
        self._numbers: dict[str, count[int]] = {}
        """All ids in the source: that of a heading takes precedence over the name of an anchor beside it."""

    def fill(self, parent: HtmlElement, *, is_inline: bool) -> None:
        """Make an element's children valid. `is_inline`: only phrasing content is allowed in it."""
        children, parent.children = parent.children, []
        for child in children:
            parent.children += [child] if isinstance(child, str) else self._place(child, parent.tag, is_inline)

    def _place(self, element: HtmlElement, parent: str, is_inline: bool) -> "list[HtmlNode]":
        """What replaces an element in its parent: mostly the element itself."""
        if element.tag == "input":
            return [_box(element)]
        element.tag = _name(element, parent)
        is_block = element.tag not in INLINE
        no_heading = parent in {"th", "dt"} and element.tag in _HEADINGS
        breaks_out = not is_inline and element.tag in INLINE - _TRANSPARENT and element.holds(_BLOCKS)
        is_full_link = element.tag == "a" and element.holds(_INTERACTIVE)
        if (is_block and is_inline) or no_heading or breaks_out or is_full_link:
            self._check(element)
            self.fill(element, is_inline=is_inline)
            place = {name: value for name, value in element.attributes.items() if name == "id"}
            return [HtmlElement("span", place), *element.children] if place else element.children
        self._check(element)
        only_inline = is_inline if element.tag in _TRANSPARENT else element.tag in _HOLDS_INLINE
        self.fill(element, is_inline=only_inline)
        if arrange := _ARRANGED.get(element.tag):
            arrange(element)
        if element.tag == "li" and parent not in {"ol", "ul"}:
            return [HtmlElement("ul", {}, [element])]
        return [element]

    def _check(self, element: HtmlElement) -> None:
        """Remove invalid attribute values and duplicate ids. The obsolete attribute `name` becomes an id."""
        name = element.attributes.pop("name", "")
        if name not in self._written_ids:
            element.attributes.setdefault("id", name)
        kept = {}
        for name, value in element.attributes.items():
            if name == "id":
                value = self._unique(value) if element.tag in _HEADINGS else value  # noqa: PLW2901
                if not value or re.search(r"\s", value) or value in self._ids:
                    continue
                self._ids.add(value)
            is_value = _VALUES.get(f"{element.tag} {name}") or _VALUES.get(name)
            if is_value is None or is_value(value):
                kept[name] = value
        element.attributes = kept

    def _unique(self, identity: str) -> str:
        """The id for a heading, numbered if an element before it has the same one: each heading can be linked to."""
        if identity not in self._ids:
            return identity
        numbers = self._numbers.setdefault(identity, count(1))
        numbered = (f"{identity}_{n}" for n in numbers)
        return next(one for one in numbered if one not in self._ids and one not in self._written_ids)


_BLOCKS: Final = frozenset(
    """blockquote caption col colgroup dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre section
    summary table tbody td tfoot th thead tr ul""".split()
)
_INTERACTIVE: Final = frozenset({"a", "details", "input"})
_PARENTS: Final[Mapping[str, tuple[frozenset[str], str]]] = {
    "dd": (frozenset({"dl"}), "div"),
    "dt": (frozenset({"dl"}), "div"),
    "figcaption": (frozenset({"figure"}), "div"),
    "rp": (frozenset({"ruby"}), "span"),
    "rt": (frozenset({"ruby"}), "span"),
    "summary": (frozenset({"details"}), "div"),
}
"""Element -> the parents in which it is allowed, and what replaces it elsewhere."""


def _name(element: HtmlElement, parent: str) -> str:
    """The tag that an element gets in its parent."""
    tag = element.tag
    if tag in _PARENTS:
        parents, instead = _PARENTS[tag]
        return tag if parent in parents else instead
    if tag == "bdo" and element.attributes.get("dir") not in {"ltr", "rtl"}:
        return "bdi"
    if tag == "time" and not _is_time(element):
        element.attributes.pop("datetime", None)
        return "span"
    is_bare = (tag == "ruby" and not element.holds(frozenset({"rt"}))) or (
        tag == "dl" and not _is_description([child.tag for child in element.elements()])
    )
    if is_bare or (
        tag == "details" and not any(child.tag == "summary" and child.says_something() for child in element.elements())
    ):
        return "span" if tag == "ruby" else "div"
    return tag


def _is_description(tags: list[str]) -> bool:
    """Whether these are groups of terms and descriptions: `dt+ dd+`, repeated."""
    return bool(re.fullmatch(r"(?:(?:dt )+(?:dd )+)+", "".join(f"{tag} " for tag in tags)))


def _box(element: HtmlElement) -> str:
    """The check box of a task list as a character, because a disabled control has no text for screen readers."""
    is_box = element.attributes.get("type") == "checkbox"
    return ("☑ " if "checked" in element.attributes else "☐ ") if is_box else ""


def _list(parent: HtmlElement) -> None:
    """Lists contain items only; a list directly in a list becomes part of the item before it."""
    items: list[HtmlNode] = []
    for child in parent.children:
        last = items[-1] if items else None
        if isinstance(child, str) and not child.strip():
            continue
        if isinstance(child, HtmlElement) and child.tag == "li":
            items.append(child)
        elif isinstance(child, HtmlElement) and child.tag in {"ol", "ul"} and isinstance(last, HtmlElement):
            last.children.append(child)
        else:
            items.append(HtmlElement("li", {}, [child]))
    parent.children = items


def _description(parent: HtmlElement) -> None:
    parent.children = [child for child in parent.children if isinstance(child, HtmlElement)]


def _section(parent: HtmlElement) -> None:
    """A section without a heading becomes a `div`."""
    if not _has_heading(parent):
        parent.tag = "div"


def _has_heading(part: HtmlElement) -> bool:
    """Whether it has a heading with text, not counting those of sections inside."""
    return any(
        child.says_something() if child.tag in _HEADINGS else child.tag != "section" and _has_heading(child)
        for child in part.elements()
    )


def _first_summary(parent: HtmlElement) -> None:
    """A `details` starts with its one summary."""
    first = next(child for child in parent.elements() if child.tag == "summary")
    rest = [child for child in parent.children if child is not first]
    for child in rest:
        if isinstance(child, HtmlElement) and child.tag == "summary":
            child.tag = "div"
    parent.children = [first, *rest]


def _caption(parent: HtmlElement) -> None:
    """A figure has one caption, at the end."""
    captions = [child for child in parent.elements() if child.tag == "figcaption"]
    for child in captions[1:]:
        child.tag = "div"
    if captions:
        parent.children = [child for child in parent.children if child is not captions[0]] + [captions[0]]


_ARRANGED: Final[Mapping[str, Callable[[HtmlElement], None]]] = {
    "details": _first_summary,
    "dl": _description,
    "figure": _caption,
    "ol": _list,
    "section": _section,
    "table": arrange_table,
    "ul": _list,
}

_DAY: Final = r"\d{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_HOUR: Final = r"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?"
_ZONE: Final = r"(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)"
_TIME: Final = re.compile(
    rf"{_DAY}(?:[T ]{_HOUR}{_ZONE}?)?|{_HOUR}{_ZONE}?"
    r"|\d{4,}(?:-(?:0[1-9]|1[0-2]))?|\d{4,}-W(?:0[1-9]|[1-4]\d|5[0-3])"
    r"|P(?=.)(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d{1,3})?S)?)?"
)
_WHEN: Final = re.compile(rf"{_DAY}(?:[T ]{_HOUR}{_ZONE})?")
"""In `ins` and `del`: a day, or a moment with its time zone."""


def _is_time(element: HtmlElement) -> bool:
    if "datetime" in element.attributes:
        return bool(_TIME.fullmatch(element.attributes["datetime"].strip()))
    return all(isinstance(child, str) for child in element.children) and bool(
        _TIME.fullmatch("".join(map(str, element.children)).strip())
    )


def _whole(least: int, most: int) -> Callable[[str], bool]:
    return lambda value: bool(re.fullmatch(r"-?\d{1,9}", value)) and least <= int(value) <= most


_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_VALUES: Final[Mapping[str, Callable[[str], bool]]] = {
    "colspan": _whole(1, 1000),
    "cite": lambda value: value.startswith("http") and outside_url(unescape(value)) == unescape(value),
    "del datetime": lambda value: bool(_WHEN.fullmatch(value)),
    "dir": lambda value: value in {"auto", "ltr", "rtl"},
    "height": _whole(0, 10**9),
    "hreflang": lambda value: bool(_LANGUAGE.fullmatch(value)),
    "ins datetime": lambda value: bool(_WHEN.fullmatch(value)),
    "lang": lambda value: bool(_LANGUAGE.fullmatch(value)),
    "rowspan": _whole(0, 65534),
    "scope": lambda value: value in {"col", "colgroup", "row", "rowgroup"},
    "span": _whole(1, 1000),
    "start": _whole(-(10**9), 10**9),
    "style": lambda value: bool(re.fullmatch(r"text-align:\s*(?:left|right|center);?", value)),
    "value": _whole(-(10**9), 10**9),
    "width": _whole(0, 10**9),
}
"""Attribute, of one element or of all -> whether a value is valid."""

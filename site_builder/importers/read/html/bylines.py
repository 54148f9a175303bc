"""Find the byline that a page shows: who wrote this article, not who wrote another one that the page lists.

The whole tree in, names out. An element is marked as the author's by `rel=author`, by microdata, by the address that it
leads to (`/author/ann-bo`), or by its class; without any of these, a short line that begins with "By" counts.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from site_builder.importers.read.html.page_place import (
    is_elsewhere,
    is_longer,
    is_of_another,
    list_at_title,
    main_title,
)
from site_builder.importers.read.html.page_tree import MAX_ATTRIBUTE_CHARACTERS, Element, names_of, text_of
from site_builder.importers.read.people import (
    byline_names,
    is_likely,
    letters,
    split_names,
)
from site_builder.importers.read.phrases import phrases

MAX_BYLINE: Final = 200
"""Characters of an element that may be a byline."""
_MAX_MARKS: Final = 400
"""Marked elements that are looked at; a list of articles has one for each."""
_MAX_LINES: Final = 60
"""Short texts behind the title that are looked at for one that begins with "By"."""
_MAX_LINE: Final = 120
"""Characters of such a line."""
_MAX_NAME_WORDS: Final = 5
"""Words of such a line that ends like a sentence."""
_MAX_AROUND: Final = 4
"""Elements around a mark that may hold the rest of its byline."""
_LEADS: Final = re.compile(
    r"/(?:authors?|people|profiles?|contributors?|staff|writers?|editors?|by|journalists?|reporters?|columnists?|bios?"
    r"|autor(?:e[sn]?|i|en)?|auteurs?|autori|autorzy|redaktor\w*|skribenter?|yazar(?:lar)?)/[^/?#]{2,}/?(?:[?#].*)?\Z|\A(?:https?://(?:[\w.-]+\.)?(?:medium|substack)\.com)?/@[\w.-]+/?(?:\?.*)?\Z",
    re.IGNORECASE,
)
_NETWORK: Final = re.compile(
    r"(?:https?:)?//[^/]*\b(?:facebook|twitter|x|linkedin|instagram|bsky|threads|youtube|google|pinterest|mastodon|github"
    r"|tiktok|reddit|gravatar|flickr|vimeo)\.",
    re.IGNORECASE,
)
"""Hosts where everybody has a page, also the site itself."""
_AUTHOR: Final = re.compile(
    r"(?:author|byline|by_?line|writer|contributor|autor|auteur|autore|redakteur|journalist|verfasser|schrijver|yazar)"
    r"(?:s|en|es|i|name|names|text|txt|info|details?|link|list|\d*)?"
)
_MAX_LINKS: Final = 20
"""Of a list of people that are looked at."""
_MAX_AWAY: Final = 300
"""Elements behind the title up to which a link to somebody's page counts that is not marked further."""
_MAX_BETWEEN: Final = 8
"""Characters between two authors that are marked one by one."""
_NOBODY: Final = frozenset("login logout signin signup register account settings edit index all".split())
"""Ends of such addresses that are nobody's."""
_SHORT_WORD: Final = 3
"""Letters of a name from which on it may be told in an address."""
_HINTS: Final = ("class", "id", "itemprop", "rel", "data-testid", "data-component")
_HINT: Final = re.compile(
    r"auth?or|aut(?:eur|ore)|byline|by-line|by_line|writer|contributor|creator|redakt|journalist|verfass|schrij|yazar|username",
    re.IGNORECASE,
)
"""Anywhere in an element's names: a quick test before they are taken apart."""
_OWN_TAGS: Final = frozenset({"byline", "address", "author"})
_NEVER: Final = frozenset(
    "img script style form input button head body html link article main meta iframe svg figure figcaption".split()
)
_BEFORE_TITLE: Final = 3
"""How many times farther away a byline before the title counts than one behind it."""
_NOT_NAMES: Final = frozenset(
    (
        "bio biography about description avatar image photo picture social follow share date time role job position"
        " email twitter title headline articles posts archive credit caption photographer disclosure tooltip popup"
        " dates times timestamp modified"
    ).split()
)
"""Words in the names of parts of a byline that are no name."""


@dataclass(frozen=True, slots=True)
class Byline:
    """The names that a page shows as its authors'."""

    names: tuple[str, ...] = ()
    is_marked: bool = False
    """Does the markup say so, beyond a class or the word "By"?"""
    text: str = ""
    """All of the line: dates and posts too."""


@dataclass(frozen=True, slots=True)
class _Mark:
    element: Element
    is_sure: bool
    away: int
    """Elements from the title to this one; those before it count more."""


def find_byline(root: Element) -> Byline:
    """The byline nearest to the title; nothing where the page shows none."""
    title = main_title(root)
    marks = [m for m in islice(_marks(root, title), _MAX_MARKS) if is_longer(m.element, 0)]
    marks.sort(key=lambda m: m.away)
    known = {m.element: m for m in marks}
    tried: set[Element] = set()
    for mark in marks:
        if mark.element in tried:
            continue
        box = _box(mark.element)
        inside = [m for e in (box.iter() if box is not mark.element else _run(box, known)) if (m := known.get(e))]
        tried.update(m.element for m in inside)
        sure = [m for m in inside if m.is_sure]
        for group in (sure, inside):
            if names := _names_in(group):
                return Byline(_completed(names, box), group is sure, text_of(box))
    names, text = _by_line(title)
    return Byline(names or _only_stated(root, title), text=text)


def _marks(root: Element, title: Element | None) -> Iterator[_Mark]:
    """The elements that seem to be the author's, in the page's order."""
    order = 0 if title is None else -1
    marks: list[tuple[int, Element, bool]] = []
    for number, element in enumerate(root.iter()):
        if element is title:
            order = number
        kind = _kind(element)
        if kind is not None:
            marks.append((number, element, kind))
    for number, element, is_sure in marks:
        away = number - order
        if (
            element.tag == "a"
            and not _is_stated(element)
            and (abs(away) > _MAX_AWAY or not _is_named_by_link(element, title))
        ):
            continue
        if not is_elsewhere(element, title, _is_own):
            yield _Mark(element, is_sure, away if away >= 0 else -_BEFORE_TITLE * away)


def _only_stated(root: Element, title: Element | None) -> tuple[str, ...]:
    """The name that the markup calls the author's beside the text, if it is the only one of the page.

    A list of articles, or of comments, has several.
    """
    stated = [e for e in islice(filter(_is_stated, root.iter()), _MAX_MARKS) if e.tag not in _NEVER and text_of(e)]
    if any(is_of_another(e, title) for e in stated):
        return ()
    found = {_names_in([_Mark(e, is_sure=True, away=0)]) for e in stated}
    return found.pop() if len(found) == 1 else ()


def _is_named_by_link(element: Element, title: Element | None) -> bool:
    """Is a link to somebody's page a full name, or one that its address repeats? Menus lead to "people" and logins.

    A link without text says nothing either way, and one without such an address is marked by its class.
    """
    text = text_of(element) if not is_longer(element, MAX_BYLINE) else ""
    address = element.get("href") or ""
    if not text or not _LEADS.search(address[:MAX_ATTRIBUTE_CHARACTERS]):
        return True
    if _is_mentioned(element, title):
        return False
    slug = re.sub(r"[?#].*|/(?:[?#].*)?\Z|\.\w+\Z", "", address).rsplit("/", 1)[-1]
    if slug.lower() in _NOBODY:
        return False
    names = split_names(text, is_data=False) or [text]
    known = letters(slug)
    return any(is_likely(n) or any(letters(w) in known for w in n.split() if len(w) >= _SHORT_WORD) for n in names)


def _is_mentioned(element: Element, title: Element | None) -> bool:
    """Is a link in a sentence, or in a list that leads to other things, too?"""
    around = next((a for a in element.iterancestors() if a.tag in {"p", "li", "td", "dd", "blockquote"}), None)
    if around is None or list_at_title(element, title) is not element:
        return False
    if around.tag == "li" and (whole := around.getparent()) is not None:
        others = [a.get("href") or "" for a in islice(whole.iter("a"), _MAX_LINKS)]
        return any(
            not _LEADS.search(o) and not o.startswith(("mailto:", "#")) and not _NETWORK.match(o) for o in others
        )
    return is_longer(around, MAX_BYLINE)


def _is_stated(element: Element) -> bool:
    """Does the markup say that it is the author? (HTML `rel=author`, schema.org `author`)"""
    return "author" in (element.get("rel") or "").lower().split() or _has_item(element, {"author", "creator"})


def _is_own(element: Element) -> bool:
    """Is it a part of a byline?"""
    return element.tag in _OWN_TAGS or any(_AUTHOR.fullmatch(n) for n in names_of(element))


def _kind(element: Element) -> bool | None:
    """True: surely the author's. False: named so. None: neither."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _NEVER:
        return None
    given = element.attrib
    if not given and tag not in _OWN_TAGS:
        return None
    href = given.get("href") if tag == "a" else None
    leads = href is not None and len(href) < MAX_ATTRIBUTE_CHARACTERS and _LEADS.search(href) is not None
    leads = leads and _NETWORK.match(href or "") is None
    if not leads and tag not in _OWN_TAGS and not any(_hints(v) for k in _HINTS if (v := given.get(k))):
        return None
    names = names_of(element)
    if not _NOT_NAMES.isdisjoint(names):
        return None
    if leads or _is_stated(element) or _is_submitter(element, names):
        return True
    return False if _is_own(element) else None


def _is_submitter(element: Element, names: Sequence[str]) -> bool:
    """Is it the user's name in the line below a title, as Drupal writes it: "Submitted by ann on 3 June"?"""
    around = islice(element.iterancestors(), _MAX_AROUND)
    return "username" in names and any("submitted" in names_of(one) for one in around)


@lru_cache(maxsize=4096)
def _hints(names: str) -> bool:
    """A quick test, cached because a page has few names on many elements."""
    return _HINT.search(names[:MAX_ATTRIBUTE_CHARACTERS]) is not None


def _has_item(element: Element, wanted: set[str]) -> bool:
    return not wanted.isdisjoint((element.get("itemprop") or "").lower().split())


def _box(element: Element) -> Element:
    """The largest element around one that holds hardly more: the whole byline."""
    best = element
    for around in islice(element.iterancestors(), _MAX_AROUND):
        if around.tag in {"body", "html", "article", "main"} or is_longer(around, MAX_BYLINE):
            break
        if next(around.iter("h1", "h2", "h3"), None) is not None:
            break
        best = around
    return best


def _run(element: Element, known: Mapping[Element, _Mark]) -> Iterator[Element]:
    """What is in a marked element, and in those that follow it with no more than a comma or an "and" between."""
    yield from element.iter()
    for following in element.itersiblings():
        before = following.getprevious()
        if following not in known or len((before.tail or "").strip()) > _MAX_BETWEEN:
            return
        yield from following.iter()


def _completed(names: tuple[str, ...], box: Element) -> tuple[str, ...]:
    """The names of the whole line, where it goes on with "and" and those that are marked are among them."""
    text = _spoken(box)
    whole = split_names(text, is_data=False) if re.search(rf"\s(?:{phrases().and_words}|&)\s", text) else []
    others = [n for n in whole if n not in names]
    return tuple(whole) if others and set(names) < set(whole) and all(is_likely(n) for n in others) else names


def _names_in(group: Sequence[_Mark]) -> tuple[str, ...]:
    """The names in the innermost marked elements of one byline."""
    group = [m for m in group if not is_longer(m.element, _MAX_AROUND * MAX_BYLINE)]
    elements = {m.element for m in group}
    inner = [m for m in group if not any(d in elements for d in m.element.iterdescendants())]
    named = [m for m in inner if "name" in names_of(m.element)]
    found: dict[str, None] = {}
    for mark in named or inner:
        element = mark.element
        name = next((e for e in element.iterdescendants() if _is_named(e)), None)
        text = name.get("content") or text_of(name) if name is not None else _spoken(element)
        if not text or len(text) > MAX_BYLINE or (not mark.is_sure and _is_sentence(text)):
            continue
        names = split_names(text, is_data=mark.is_sure and len(text.split()) <= 4)
        found.update(dict.fromkeys(names))
    return tuple(_without_repeats(found))


def _spoken(element: Element) -> str:
    """The text of a byline, with bars between parts that only the markup keeps apart."""
    children = [(c, text_of(c)) for c in element.iterchildren("*")]
    full = [c for c, text in children if text]
    if len(full) < 2 or (element.text or "").strip() or any((c.tail or "").strip() for c, _ in children):
        return text_of(element)
    return " | ".join(_spoken(c) for c in full)


def _is_named(element: Element) -> bool:
    """Is it the name in an element that is the author's? (schema.org `name`, hCard `fn`)"""
    return _has_item(element, {"name"}) or not {"name", "fn"}.isdisjoint((element.get("class") or "").lower().split())


def _without_repeats(names: Sequence[str] | dict[str, None]) -> list[str]:
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(name.casefold(), name)
    return list(kept.values())


def _by_line(title: Element | None) -> tuple[tuple[str, ...], str]:
    """The names of a short line behind the title that begins with "By", and the line."""
    if title is None:
        return (), ""
    seen = 0
    for element in _following(title):
        if is_longer(element, _MAX_LINE) or not (text := text_of(element)):
            continue
        seen += 1
        if seen > _MAX_LINES:
            break
        is_sentence = _ends_sentence(text)
        names = [] if is_sentence else byline_names(text)
        if names and not is_elsewhere(element, title, _is_own):
            return tuple(names), text
    return (), ""


def _ends_sentence(text: str) -> bool:
    return text.endswith((".", "!", "?")) and len(text.split()) > _MAX_NAME_WORDS


def _is_sentence(text: str) -> bool:
    """Is it a sentence, such as one about the author, and no byline?"""
    return _ends_sentence(text) and phrases().byline.match(text) is None


def _following(title: Element) -> Iterator[Element]:
    """The elements behind one, in the page's order."""
    start: Element = title
    while start is not None:
        for sibling in start.itersiblings():
            for element in sibling.iter():
                if isinstance(element.tag, str) and element.tag not in {"script", "style", "noscript", "template"}:
                    yield element
        start = start.getparent()

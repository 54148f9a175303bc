"""The HTML of two bodies with the words marked that differ, for a report that shows them beside each other.

Bodies are clean already (`markdown/clean_html/`). What only works on the site itself goes: ids, which would occur
twice, and links within the site.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape, unescape
from typing import Final

from site_builder.editions.word_changes import word_spans
from site_builder.markdown.clean_html.html_tree import HtmlElement, HtmlNode, parse_tree, write_tree

_AS_THEY_ARE: Final = frozenset({"math", "svg"})
"""Elements in which nothing can be marked."""
_ONLY_ON_THE_SITE: Final = ("id", "name", "for", "headers", "aria-labelledby", "aria-describedby", "srcset", "tabindex")

TARGET: Final = "data-target"
"""Attribute that holds the address on the site of a link or a picture."""

Picture = Callable[[str], str]
"""Gives the data of the picture at an address, as an address itself (`data:…`); "" for none."""


def mark_changes(before: str, after: str, pictures: tuple[Picture, Picture]) -> tuple[str, str]:
    """Both bodies, the one with `<del>`, the other with `<ins>`. "" stands for a body that is not there."""
    old, new = parse_tree(before), parse_tree(after)
    old_words, new_words = _words(old), _words(new)
    spans = list(word_spans(old_words, new_words)) if before and after else []
    removed = {n for a, b, _, _ in spans for n in range(a, b)}
    added = {n for _, _, c, d in spans for n in range(c, d)}
    _mark(old, "del", removed)
    _mark(new, "ins", added)
    for tree, picture in zip((old, new), pictures, strict=True):
        _make_alone(tree, picture)
    return write_tree(old), write_tree(new)


def mark_line(before: str, after: str) -> tuple[str, str]:
    """Two plain texts as HTML, marked in the same way."""
    return mark_changes(escape(before), escape(after), (_no_picture, _no_picture))


def _no_picture(_url: str) -> str:
    return ""


def _texts(parent: HtmlElement) -> Iterator[tuple[HtmlElement, int, str]]:
    """Each text that can be marked: where it is, and what it says."""
    for index, child in enumerate(parent.children):
        if isinstance(child, str):
            yield parent, index, child
        elif child.tag not in _AS_THEY_ARE:
            yield from _texts(child)


def _words(tree: HtmlElement) -> list[str]:
    return [word for _, _, text in _texts(tree) for word in text.split()]


def _mark(tree: HtmlElement, tag: str, wanted: set[int]) -> None:
    """Put words into elements, by their numbers."""
    if not wanted:
        return
    number = 0
    replaced: dict[int, tuple[HtmlElement, dict[int, list[HtmlNode]]]] = {}
    for parent, index, text in list(_texts(tree)):
        count = len(text.split())
        if not wanted.isdisjoint(range(number, number + count)):
            pieces = replaced.setdefault(id(parent), (parent, {}))[1]
            pieces[index] = list(_pieces(text, tag, wanted, number))
        number += count
    for parent, by_index in replaced.values():
        parent.children = [node for index, child in enumerate(parent.children) for node in by_index.get(index, [child])]


def _pieces(text: str, tag: str, wanted: set[int], number: int) -> Iterator[HtmlNode]:
    """A text, with runs of wanted words in elements of their own."""
    at, run = 0, ""
    plain = ""
    for word in text.split():
        start = text.index(word, at)
        space, at = text[at:start], start + len(word)
        if number in wanted:
            run += (space if run else "") + word
            plain += "" if run != word else space
        else:
            if run:
                yield from (node for node in (plain, HtmlElement(tag, {}, [run])) if node)
                plain, run = "", ""
            plain += space + word
        number += 1
    if run:
        yield from (node for node in (plain, HtmlElement(tag, {}, [run])) if node)
        plain = ""
    yield plain + text[at:]


def _make_alone(parent: HtmlElement, picture: Picture) -> None:
    """Take out what only works on the site; show pictures by their data, or by their names."""
    for index, child in enumerate(parent.children):
        if isinstance(child, str):
            continue
        for name in _ONLY_ON_THE_SITE:
            child.attributes.pop(name, None)
        if child.attributes.get("href", "").startswith("#"):
            del child.attributes["href"]
        target = child.attributes.pop(TARGET, "")
        if child.tag == "img":
            parent.children[index] = _picture(child, unescape(target or child.attributes.get("src", "")), picture)
        else:
            if target:
                child.attributes["title"] = target
            _make_alone(child, picture)


def _picture(element: HtmlElement, url: str, picture: Picture) -> HtmlElement:
    if data := picture(url):
        return HtmlElement("img", {"src": data, "alt": element.attributes.get("alt", "")})
    alt = element.attributes.get("alt", "")
    shown = " ".join(part for part in ("picture", escape(url), f"({alt})" if alt else "") if part)
    return HtmlElement("span", {"class": "picture"}, [shown])


def listed(lines: Iterable[str]) -> str:
    """Plain texts as a list; "" for none."""
    items: Sequence[str] = [f"<li>{escape(line)}</li>" for line in lines]
    return f"<ul>{''.join(items)}</ul>" if items else ""

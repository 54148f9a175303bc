"""HTML text to a tree that is safe to walk: of bounded size and depth.

Any text in, an lxml element out. lxml and trafilatura are an extra: only this module imports them, at first use, so
that the rest of the program runs without them.
"""

import importlib
import re
from functools import lru_cache
from itertools import islice
from types import ModuleType
from typing import Any, Final, TypeAlias

from site_builder.importers.import_error import SourceImportError

Element: TypeAlias = Any
"""An lxml element; lxml publishes no types."""

MAX_CHARACTERS: Final = 12_000_000
"""Of one page; what follows is left out. The longest of 137 news pages has 650 000."""
MAX_TAGS: Final = 200_000
"""Of one page, closing ones and those in scripts included; what follows is left out before parsing. The longest of 137
news pages has 6 805."""
MAX_ELEMENTS: Final = 20_000
"""Of one page; what follows is left out. The largest of 137 news pages has 3 320."""
MAX_TEXT: Final = 400_000
"""Characters of text outside of scripts; what follows is left out. It is a book, and takes one or two seconds."""
MAX_DEPTH: Final = 120
"""Elements inside one another; deeper ones are left out. The deepest of 137 news pages has 50."""
MAX_TAG_CHARACTERS: Final = 60_000
"""Of one tag; longer ones lose their attributes, because lxml takes 5 seconds for 40 000 attributes,
and four times as long for twice as many."""
MAX_ATTRIBUTE_CHARACTERS: Final = 4_000
"""Of one attribute in HTML; longer ones are data, not names or addresses."""

_DATA: Final = frozenset({"script", "style", "noscript", "template", "svg"})
_NAMES: Final = ("class", "id", "data-testid", "data-component", "data-type", "data-module", "aria-label", "itemprop")
_WORD: Final = re.compile(r"[A-Z]?[a-zà-ÿ]+|[A-Z]+(?![a-z])|\d+")
_LONG: Final = re.compile(rf"<[^<]{{{MAX_TAG_CHARACTERS}}}")
_TAG: Final = re.compile(r"""([A-Za-z][^\s/>"']*+)(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_ARCHIVE_BARS: Final = ("wm-ipp", "wm-ipp-base", "wm-ipp-print", "donato")
_SPACES: Final = re.compile(r"\s+")


class MissingExtra(SourceImportError):  # noqa: N818 (named for what to do about it)
    """The packages that read HTML are not installed."""

    code = "extra-missing"

    def __init__(self) -> None:
        super().__init__("reading HTML and feeds needs trafilatura", "pip install 'site-builder[html]'")


def load_module(name: str) -> ModuleType:
    """Import a module of the extra. Raises MissingExtra."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise MissingExtra from error


def parse_tree(text: str) -> Element | None:
    """The page's root element, scripts and head included; None where there is no element at all."""
    return parse_page(text)[0]


def parse_page(text: str) -> tuple[Element | None, bool]:
    """The page's root element as `parse_tree` gives it, and whether the page is too large, so that its end is lost."""
    html = load_module("lxml.html")
    etree = load_module("lxml.etree")
    # lxml refuses text with an encoding declaration and cannot take these characters.
    usable = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", " ", text[:MAX_CHARACTERS])
    usable = re.sub(r"^\s*<\?xml[^>]*>", "", usable)
    end = _end_of_tags(usable)
    is_cut = len(text) > MAX_CHARACTERS or end < len(usable)
    usable = _without_long_tags(usable[:end])
    if not usable.strip():
        return None, is_cut
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(usable.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None, is_cut
    if _ARCHIVE_BARS[0] in usable:
        _remove_archive_bars(root)
    return root, _bound(root) or is_cut


def _remove_archive_bars(root: Element) -> None:
    """Take out what the Wayback Machine puts above a page: the days of its copies are not the page's."""
    for element in [e for e in root.iter("div") if e.get("id") in _ARCHIVE_BARS]:
        remove(element)


def _end_of_tags(text: str) -> int:
    """Where the last tag that is still read ends."""
    last = next(islice(re.finditer("<", text), MAX_TAGS, None), None)
    return last.start() if last else len(text)


def _without_long_tags(text: str) -> str:
    """Take the attributes from overlong tags."""
    if not _LONG.search(text):
        return text
    parts = text.split("<")
    return "<".join(_without_attributes(p) if len(p) > MAX_TAG_CHARACTERS else p for p in parts)


def _without_attributes(part: str) -> str:
    """What follows a `<`, its tag cut to the name if it is overlong, or all if the tag never ends."""
    tag = _TAG.match(part)
    if tag is None:
        return part[:MAX_TAG_CHARACTERS] if part[:1].isalpha() else part
    return f"{tag.group(1)}>{part[tag.end() :]}" if tag.end() > MAX_TAG_CHARACTERS else part


def _bound(root: Element) -> bool:
    """Leave out what goes too deep or comes too late, and tell whether anything came too late."""
    is_cut = False
    text = count = 0
    depths: dict[Element, int] = {root: 0}
    deep: list[Element] = []
    for element in root.iterdescendants():
        depth = depths.get(element.getparent(), MAX_DEPTH) + 1
        if depth >= MAX_DEPTH:
            if depth == MAX_DEPTH:
                deep.append(element)
            continue
        depths[element] = depth
        count += 1
        if element.tag not in _DATA:
            text += len(element.text or "") + len(element.tail or "")
        if count >= MAX_ELEMENTS or text >= MAX_TEXT:
            _cut_after(element)
            is_cut = True
            break
    for element in deep:
        if (parent := element.getparent()) is not None:
            parent.remove(element)
    return is_cut


def _cut_after(element: Element) -> None:
    """Take out everything that begins after the start of an element."""
    element[:] = []
    element.text, element.tail = (element.text or "")[:MAX_TEXT], (element.tail or "")[:MAX_TEXT]
    while (parent := element.getparent()) is not None:
        parent[parent.index(element) + 1 :] = []
        element = parent


def remove(element: Element) -> None:
    """Take out one element and leave the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = f"{parent.text or ''}{element.tail}"
        else:
            before.tail = f"{before.tail or ''}{element.tail}"
        element.tail = None
    parent.remove(element)


def squeeze(text: str) -> str:
    """One space for any run of white space, none at the ends."""
    return _SPACES.sub(" ", text).strip()


def text_of(element: Element) -> str:
    """All text of an element on one line."""
    return squeeze(" ".join(element.itertext()))


def names_of(element: Element) -> list[str]:
    """The lower-case words of an element's class, id and other names: `relatedPosts` gives related, posts."""
    given = dict(element.items())  # one look instead of eight: a page asks for the names of a thousand elements
    names = " ".join([v for k in _NAMES if (v := given.get(k))]) if given else ""
    return list(_words_of_names(names[:MAX_ATTRIBUTE_CHARACTERS])) if names else []


@lru_cache(maxsize=10_000)
def _words_of_names(names: str) -> tuple[str, ...]:
    return tuple(w.lower() for w in _WORD.findall(names))

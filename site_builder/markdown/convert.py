"""Markdown to HTML, with the extensions that `mkdocs.yml` names and `[[wiki links]]`.

The HTML is clean (`nh3`: no scripts, no styles, no forms, no unknown schemes), valid (`tidy`) and in one canonical
form, so that `markdown/body.py` can read it with a simple scanner.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, cast
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.inlinepatterns import HtmlInlineProcessor, InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_PREFIX

from site_builder.config import MarkdownOptions
from site_builder.markdown.conformance import make_valid
from site_builder.markdown.html_tree import HtmlElement, parse_tree, write_tree
from site_builder.markdown.stray_markup import ELEMENTS, beginning, read_tags
from site_builder.urls import LINK_SCHEMES, scheme

WIKI: Final = "wiki"
"""Scheme of `[[target|text]]`."""
WIKI_AUTO: Final = "wiki-auto"
"""Scheme of `[[target]]`, whose text is the target's title, known only when the page is composed."""


_TAGS: Final = frozenset(
    """a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure
    h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub summary
    sup table tbody td tfoot th thead time tr u ul var wbr""".split()
)
_ATTRIBUTES: Final = {
    "*": {"id", "class", "title", "lang", "dir"},
    "a": {"href", "hreflang", "name"},
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
_SCHEMES: Final = frozenset({*LINK_SCHEMES, WIKI, WIKI_AUTO})
_CLEANER: Final = nh3.Cleaner(
    tags=set(_TAGS),
    attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
    clean_content_tags={"script", "style"},
    url_schemes=set(_SCHEMES),
    filter_style_properties={"text-align"},
    link_rel=None,
)

_PASSED_OVER: Final = re.compile(r"^[\x00-\x20]+|[\t\n\r]+")
"""Of an address, by browsers (URL Standard §4.4)."""


@dataclass(frozen=True, slots=True)
class Converted:
    """The clean, valid HTML of a Markdown text, and what was taken out of it on the way."""

    tree: HtmlElement
    removed_tags: tuple[str, ...]
    """Tags that a body may not have, as written."""
    shown: tuple[str, ...]
    """What looks like a tag, or is a directive of another wiki, and is shown as the text that it is; as written."""
    refused_urls: tuple[str, ...]
    """Addresses of links and images whose scheme is not published."""

    @property
    def html(self) -> str:
        """The tree as HTML."""
        return write_tree(self.tree)


def convert(text: str, options: MarkdownOptions) -> Converted:
    """Markdown to clean HTML. Raises whatever an extension raises; RecursionError on absurd nesting."""
    converter = _converter(options)
    directives = cast(_Directive, converter.inlinePatterns[_DIRECTIVE])
    directives.found.clear()
    try:
        raw = converter.reset().convert(text)
    except BaseException:
        _converter.cache_clear()  # its parser keeps where it was, and would misread the next text
        raise
    tags = read_tags(raw, _TAGS)
    schemes = {url: scheme(_PASSED_OVER.sub("", url)) for url in tags.addresses}
    refused = tuple(url for url, kind in schemes.items() if kind and kind not in _SCHEMES)
    shown = {beginning(written): written for written in reversed([*tags.shown, *directives.found])}
    tree = parse_tree(_CLEANER.clean(tags.html))
    make_valid(tree, text)
    return Converted(tree, tags.removed, tuple(shown.values()), refused)


@lru_cache(maxsize=4)
def _converter(options: MarkdownOptions) -> markdown.Markdown:
    """One converter for each set of options in a process: making one costs more than converting a page."""
    converter = markdown.Markdown(
        extensions=list(options.extensions),
        extension_configs={name: dict(config) for name, config in options.configs.items()},
    )
    # Before the escapes (180), so that `[[a\|b]]` works in a table; after code spans (190).
    converter.inlinePatterns.register(_Directive(_DIRECTIVE_PATTERN, converter), _DIRECTIVE, 186)
    converter.inlinePatterns.register(_WikiLink(_WIKI_PATTERN, converter), "wiki-link", 185)
    if "html" in converter.inlinePatterns:  # Markdown's own, or that of the extension smarty
        converter.inlinePatterns.register(_Tag(converter.inlinePatterns["html"].pattern, converter), "html", 90)
    return converter


_DIRECTIVE: Final = "directive"
# ␂ begins what stands for code: it has no place in text that is left as it is, nor in the name of a page.
_DIRECTIVE_PATTERN: Final = r"(?<!\\)\[\[![^\[\]\x02]*\]\]"
_WIKI_PATTERN: Final = r"(?<!\\)\[\[\s*([^\s\[\]|\\!\x02][^\[\]|\\\n\x02]*?)(?:\\?\|([^\[\]\n]+?))?\]\]"


class _Tag(HtmlInlineProcessor):
    """HTML in a line, but not `<see [this](x.md)>`: Markdown would take it for a tag, with all that is in it."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Any, Any, Any]:  # type: ignore[override]  # noqa: N802 (theirs)
        name = re.split(r"[\s/>]", m[1].removeprefix("</"), maxsplit=1)[0].removeprefix("<")
        if INLINE_PLACEHOLDER_PREFIX in m[1] and name.lower() not in ELEMENTS:
            return None, None, None
        return super().handleMatch(m, data)


class _Directive(InlineProcessor):
    """`[[!toc]]` tells another wiki's program what to do: it is text, and no link to a page that somebody may write."""

    def __init__(self, pattern: str, md: markdown.Markdown) -> None:
        super().__init__(pattern, md)
        self.found: list[str] = []

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802, ARG002 (theirs)
        self.found.append(m[0])
        return m[0], m.start(0), m.end(0)


class _WikiLink(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002 (theirs)
        target, text = m.group(1).strip(), (m.group(2) or "").strip()
        element = Element("a", href=f"{WIKI if text else WIKI_AUTO}:{target}")
        element.text = text or target
        return element, m.start(0), m.end(0)

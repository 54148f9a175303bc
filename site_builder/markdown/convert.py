"""Markdown to a tree of HTML, with the extensions listed in `mkdocs.yml` and with `[[wiki links]]`.

The HTML is clean (`nh3` removes scripts, styles, forms and unknown schemes) and valid (`conformance.py`).
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, cast
from xml.etree.ElementTree import Element

import markdown
import nh3
from markdown.extensions import toc
from markdown.extensions.tables import TableProcessor
from markdown.inlinepatterns import HtmlInlineProcessor, InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_PREFIX

from site_builder.config import MarkdownOptions
from site_builder.markdown.conformance import make_valid
from site_builder.markdown.default_extensions import with_default_extensions
from site_builder.markdown.headings import heading_id
from site_builder.markdown.html_tree import HtmlElement, parse_tree, write_tree
from site_builder.markdown.lists_and_fences import register_lists
from site_builder.markdown.stray_markup import ELEMENTS, beginning, read_tags
from site_builder.urls import LINK_SCHEMES, scheme

WIKI: Final = "wiki"
"""Scheme of `[[target|text]]`."""
WIKI_AUTO: Final = "wiki-auto"
"""Scheme of `[[target]]`, whose text is the target's title, which is known only when the page is composed."""


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
"""Characters of an address that browsers ignore (URL Standard §4.4)."""


@dataclass(frozen=True, slots=True)
class Converted:
    """The clean, valid HTML of a Markdown text, and what was taken out of it on the way."""

    tree: HtmlElement
    removed_tags: tuple[str, ...]
    """Tags that are not allowed in a body, as written."""
    shown: tuple[str, ...]
    """What looks like a tag, or is a directive of another wiki, and is shown as text; as written."""
    refused_urls: tuple[str, ...]
    """Addresses of links and images whose scheme is not allowed."""

    @property
    def html(self) -> str:
        """The tree as HTML."""
        return write_tree(self.tree)


def convert(text: str, options: MarkdownOptions) -> Converted:
    """Convert Markdown. Raises whatever an extension raises, and RecursionError on absurd nesting."""
    converter = _converter(options)
    directives = cast(_Directive, converter.inlinePatterns[_DIRECTIVE])
    directives.found.clear()
    try:
        raw = converter.reset().convert(text)
    except BaseException:
        _converter.cache_clear()  # the parser keeps its state, and would misread the next text
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
    complete = with_default_extensions(options)
    converter = markdown.Markdown(
        extensions=list(complete.extensions),
        extension_configs={name: dict(config) for name, config in complete.configs.items()},
    )
    register_lists(converter)
    if "magic-link" in converter.inlinePatterns:  # pymdownx.magiclink links ftp:// too, which we would refuse
        bare = cast(InlineProcessor, converter.inlinePatterns["magic-link"])
        bare.compiled_re = re.compile(bare.pattern.replace("(?:ht|f)tps?://", "https?://"), re.DOTALL)
    # Before the escapes (180), so that `[[a\|b]]` works in a table; after code spans (190).
    converter.inlinePatterns.register(_Directive(_DIRECTIVE_PATTERN, converter), _DIRECTIVE, 186)
    converter.inlinePatterns.register(_WikiLink(_WIKI_PATTERN, converter), "wiki-link", 185)
    blocks = converter.parser.blockprocessors
    if "table" in blocks and isinstance(table := blocks["table"], TableProcessor):
        blocks.register(_Table(converter.parser, vars(table)["config"]), "table", 75)
    if "html" in converter.inlinePatterns:  # Markdown's own, or that of the extension smarty
        converter.inlinePatterns.register(_Tag(converter.inlinePatterns["html"].pattern, converter), "html", 90)
    for processor in converter.treeprocessors:
        if isinstance(processor, toc.TocTreeprocessor) and processor.slugify is toc.slugify:
            processor.slugify = heading_id  # Markdown's own default drops every letter that is not Latin
    return converter


_DIRECTIVE: Final = "directive"
# ␂ starts a placeholder for code, which cannot be part of a directive or of a page's name.
_DIRECTIVE_PATTERN: Final = r"(?<!\\)\[\[![^\[\]\x02]*\]\]"
_WIKI_PATTERN: Final = r"(?<!\\)\[\[\s*([^\s\[\]|\\!\x02][^\[\]|\\\x02]*?)(?:\\?\|([^\[\]]*?))?\]\]"
_CODE_OR_LINK: Final = re.compile(r"(?<!`)(?P<code>`+)(?!`).+?(?<!`)(?P=code)(?!`)|\[\[\s*[^\s\[\]|][^\[\]]*\]\]")


class _Tag(HtmlInlineProcessor):
    """HTML in a line, except `<see [this](x.md)>`, which Markdown would read as one tag."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Any, Any, Any]:  # type: ignore[override]  # noqa: N802 (theirs)
        name = re.split(r"[\s/>]", m[1].removeprefix("</"), maxsplit=1)[0].removeprefix("<")
        if INLINE_PLACEHOLDER_PREFIX in m[1] and name.lower() not in ELEMENTS:
            return None, None, None
        return super().handleMatch(m, data)


class _Directive(InlineProcessor):
    """`[[!toc]]`, an instruction to another wiki's program: kept as text, because it is not a link."""

    def __init__(self, pattern: str, md: markdown.Markdown) -> None:
        super().__init__(pattern, md)
        self.found: list[str] = []

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802, ARG002 (theirs)
        self.found.append(m[0])
        return m[0].replace("\\|", "|"), m.start(0), m.end(0)


class _Table(TableProcessor):
    """A table, in whose rows the `|` of `[[slug|text]]` does not end a cell."""

    def _split(self, row: str) -> list[str]:
        written = _CODE_OR_LINK.sub(lambda m: m[0] if m["code"] else _escape_pipes(m[0]), row)
        return cast(list[str], super()._split(written))  # type: ignore[misc]  # the stubs leave it out


def _escape_pipes(text: str) -> str:
    """`[[slug|text]]` as it must be written for the extension."""
    return re.sub(r"(?<!\\)\|", r"\\|", text)


class _WikiLink(InlineProcessor):
    """`[[slug]]`, `[[slug|text]]`, or `[[slug|]]`, which is the same as `[[slug]]`; it may go on in the next line."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002 (theirs)
        target, text = (" ".join((part or "").split()) for part in m.groups())
        element = Element("a", href=f"{WIKI if text else WIKI_AUTO}:{target}")
        element.text = text or target
        return element, m.start(0), m.end(0)

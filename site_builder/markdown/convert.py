"""Markdown to a tree of HTML, with the extensions listed in `mkdocs.yml` and with `[[wiki links]]`.

The HTML is clean (`clean_html/cleaning.py`) and valid (`clean_html/conformance.py`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, cast

import markdown
from markdown.extensions import toc
from markdown.inlinepatterns import HtmlInlineProcessor, InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_PREFIX

from site_builder.characters import forbidden_in, without_forbidden
from site_builder.config import MarkdownOptions
from site_builder.markdown.bounds.abbreviations import register_abbreviations
from site_builder.markdown.bounds.included_text import register_included_text
from site_builder.markdown.bounds.inline_text import register_inline_text
from site_builder.markdown.bounds.long_blocks import register_long_blocks
from site_builder.markdown.bounds.many_footnotes import register_many_footnotes
from site_builder.markdown.bounds.tables_of_contents import register_tables_of_contents
from site_builder.markdown.clean_html.cleaning import SCHEMES, TAGS, address_scheme, clean
from site_builder.markdown.clean_html.conformance import make_valid
from site_builder.markdown.clean_html.heading_ids import name_headings
from site_builder.markdown.clean_html.html_tree import HtmlElement, parse_tree, write_tree
from site_builder.markdown.clean_html.stray_markup import ELEMENTS, beginning, read_tags
from site_builder.markdown.code.code_options import code_options, register_code_options
from site_builder.markdown.code.highlight import highlight_code
from site_builder.markdown.extension_inputs import forget_outdated_inputs
from site_builder.markdown.headings import heading_id
from site_builder.markdown.shortcuts.plain_steps import register_plain_steps
from site_builder.markdown.shortcuts.used_blocks import register_used_blocks
from site_builder.markdown.shortcuts.used_patterns import register_used_patterns
from site_builder.markdown.syntax.attribute_lines import register_attribute_lines
from site_builder.markdown.syntax.callouts import mark_titles
from site_builder.markdown.syntax.commonmark_html import register_html_blocks
from site_builder.markdown.syntax.default_extensions import with_default_extensions
from site_builder.markdown.syntax.embeds import quote_embeds, register_embeds, take_block_ids
from site_builder.markdown.syntax.fenced_code import register_fences
from site_builder.markdown.syntax.inline_rules import register_inline_rules
from site_builder.markdown.syntax.item_texts import register_item_texts
from site_builder.markdown.syntax.list_levels import register_lists
from site_builder.markdown.syntax.remarks import Remark
from site_builder.markdown.syntax.tabs import register_tabs
from site_builder.markdown.syntax.wiki_links import register_wiki_links
from site_builder.markdown.tex.formula_marks import (
    ARITHMATEX,
    FORMULA_MARK,
    WrittenFormula,
    between_marks,
    formulas_found,
    notation_of,
    register_formulas,
)
from site_builder.markdown.tex.typeset import ShownTex, place_formulas
from site_builder.trust.fence import fenced


@dataclass(frozen=True, slots=True)
class Converted:
    """The clean, valid HTML of a Markdown text, and what was taken out of it on the way."""

    tree: HtmlElement
    removed_tags: tuple[str, ...]
    """Tags that are not allowed in a body, as written."""
    shown: tuple[str, ...]
    """What looks like a tag and is shown as text, as written."""
    refused_urls: tuple[str, ...]
    """Addresses of links and images whose scheme is not allowed."""
    held_forbidden: bool
    """Whether characters were removed that no page may hold; only references such as `&#7;` can write them."""
    unread_formulas: tuple[ShownTex, ...]
    """Formulas that are shown as written."""
    remarks: tuple[Remark, ...]
    """What the steps of the reading noticed."""

    @property
    def html(self) -> str:
        """The tree as HTML."""
        return write_tree(self.tree)


def convert(text: str, options: MarkdownOptions) -> Converted:
    """Convert Markdown. Raises whatever an extension raises, and RecursionError on absurd nesting."""
    with fenced(options.within):
        return _convert(text, options)


def _convert(text: str, options: MarkdownOptions) -> Converted:
    converter, remarks = _converter(options)
    remarks.clear()
    formulas = formulas_found(converter)
    formulas.clear()
    try:
        raw = converter.reset().convert(text)
    except BaseException:
        _converter.cache_clear()  # the parser keeps its state, and would misread the next text
        raise
    tags = read_tags(raw, TAGS)
    schemes = {url: address_scheme(url) for url in tags.addresses}
    refused = tuple(url for url, kind in schemes.items() if kind and kind not in SCHEMES)
    shown = {beginning(written): written for written in reversed(tags.shown)}
    html = clean(tags.html)
    without_marks = FORMULA_MARK.sub("", html) if formulas else html
    holds_forbidden = forbidden_in(without_marks) is not None
    tree = parse_tree(between_marks(without_forbidden, html) if holds_forbidden else html)
    make_valid(tree, text)
    for processor in _toc_processors(converter):
        name_headings(tree, text, processor.slugify, processor.sep)
    unread = place_formulas(tree, formulas) if formulas else ()
    highlight_code(tree, code_options(converter))
    if "admonition" in raw or "<details" in raw:
        mark_titles(tree)
    if "![[" in text:
        quote_embeds(tree)
    if "^" in text:
        take_block_ids(tree, text)
    noticed = tuple(dict.fromkeys(_as_written(remark, formulas) for remark in remarks))
    return Converted(tree, tags.removed, tuple(shown.values()), refused, holds_forbidden, unread, noticed)


def ours(options: MarkdownOptions) -> markdown.Markdown:
    """Python-Markdown with everything that bodies may contain; its HTML is neither clean nor valid yet."""
    return _converter(options)[0]


def _as_written(remark: Remark, formulas: Sequence[WrittenFormula]) -> Remark:
    """The remark with formulas in place of their marks."""
    written, near = (
        FORMULA_MARK.sub(lambda mark: formulas[int(mark[1])].written, text) for text in (remark.written, remark.near)
    )
    return replace(remark, written=written, near=near)


def renew_converters() -> None:
    """Forget what extensions in this process may have kept of files that have changed since."""
    if forget_outdated_inputs():
        _converter.cache_clear()


@lru_cache(maxsize=4)
def _converter(options: MarkdownOptions) -> tuple[markdown.Markdown, list[Remark]]:
    """One converter for each set of options in a process, as making one is costly, and what it remarks about a text."""
    complete = with_default_extensions(options)
    converter = markdown.Markdown(
        extensions=list(complete.extensions),
        extension_configs={name: dict(config) for name, config in complete.configs.items()},
    )
    remarks: list[Remark] = []
    register_fences(converter, remarks)
    register_html_blocks(converter, remarks)
    register_lists(converter)
    register_item_texts(converter)
    if "magic-link" in converter.inlinePatterns:  # pymdownx.magiclink links ftp:// too, which we would refuse
        bare = cast(InlineProcessor, converter.inlinePatterns["magic-link"])
        bare.compiled_re = re.compile(bare.pattern.replace("(?:ht|f)tps?://", "https?://"), re.DOTALL)
    register_attribute_lines(converter)
    register_included_text(converter)
    register_long_blocks(converter)
    register_abbreviations(converter)
    register_many_footnotes(converter)
    register_tables_of_contents(converter, remarks)
    register_inline_text(converter, remarks)
    register_inline_rules(converter)
    register_tabs(converter)
    register_embeds(converter)
    register_wiki_links(converter, remarks)
    if "html" in converter.inlinePatterns:  # Markdown's own, or that of the extension smarty
        converter.inlinePatterns.register(_Tag(converter.inlinePatterns["html"].pattern, converter), "html", 90)
    for processor in _toc_processors(converter):
        if processor.slugify is toc.slugify:
            processor.slugify = heading_id  # Markdown's own default drops every letter that is not Latin
    register_code_options(converter)
    register_formulas(converter, notation_of(options.configs.get(ARITHMATEX, {})))
    register_plain_steps(converter)
    register_used_patterns(converter)
    register_used_blocks(converter)
    return converter, remarks


def _toc_processors(converter: markdown.Markdown) -> list[toc.TocTreeprocessor]:
    """What gives headings their ids, if the settings ask for it."""
    return [one for one in converter.treeprocessors if isinstance(one, toc.TocTreeprocessor)]


class _Tag(HtmlInlineProcessor):
    """HTML in a line, except `<see [this](x.md)>`, which Markdown would read as one tag."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Any, Any, Any]:  # type: ignore[override]  # noqa: N802 (theirs)
        name = re.split(r"[\s/>]", m[1].removeprefix("</"), maxsplit=1)[0].removeprefix("<")
        if INLINE_PLACEHOLDER_PREFIX in m[1] and name.lower() not in ELEMENTS:
            return None, None, None
        return super().handleMatch(m, data)

"""Marks that are shown as written: shortcodes and template tags of other programs, footnotes and links not defined."""

import re
from collections.abc import Collection, Iterator
from html import unescape
from typing import Final

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.markdown.clean_html.html_tree import HtmlElement, ids_in
from site_builder.markdown.source_positions import Locator
from site_builder.markdown.syntax.tex_commands import TEX_COMMANDS
from site_builder.markdown.typeset import ShownTex
from site_builder.urls import SourcePath

_CODE: Final = frozenset({"code", "kbd", "math", "pre", "samp"})
_MARKS: Final = (
    (re.compile(r"\{\{[<%].*?[>%]\}\}", re.DOTALL), "a shortcode of another program"),
    (re.compile(r"(?<!\{)\{%-?\s*\w.*?%\}", re.DOTALL), "a template tag of another program"),
    (re.compile(r"\[\^[^\s\[\]]+\](?!:)"), "a mark of a footnote that is not defined"),
    (re.compile(r"(?<![\w\]])\[(?!\d+\])[^\[\]^!\n]+\]\[[^\[\]\n]*\]"), "a link whose address is not defined"),
)
_TEX_NAMES: Final = "|".join(sorted(name.removeprefix("\\") for name in TEX_COMMANDS if len(name) > 3))
_TEX: Final = re.compile(rf"(?<![\w:\\/.])\\(?:{_TEX_NAMES})(?![A-Za-z])[^\n]{{0,30}}")


def stray_tex_findings(
    tree: HtmlElement, unread: Collection[ShownTex], locate: Locator, path: SourcePath
) -> Iterator[Diagnostic]:
    """A math-unreadable for each text with TeX that belongs to no formula, for instance because a `$` is missing."""
    for text in _texts(tree):
        rest = text if "\\" in text else ""
        for formula in (one.formula for one in unread if rest and one.formula.shown in rest):
            rest = rest.replace(formula.shown, "") if formula.is_closed else ""
        if rest and (match := _TEX.search(rest)):
            problem = f'"{match[0].strip()}" is TeX outside of a formula and is shown as written'
            hint = "put it between two dollars, or write it as code between backticks"
            yield diagnostic("math-unreadable", Location(path, *locate(match[0])), problem, hint)


def raw_mark_findings(tree: HtmlElement, locate: Locator, path: SourcePath) -> Iterator[Diagnostic]:
    """A markup-unknown for every such mark outside of code."""
    hint = "if readers should see it, write it as code between backticks; otherwise define or remove it"
    for text in _texts(tree):
        for pattern, what in _MARKS:
            for match in pattern.finditer(text):
                first_line = match[0].partition("\n")[0]
                place = Location(path, *locate(first_line))
                yield diagnostic("markup-unknown", place, f'"{first_line}" is {what} and is shown as text', hint)
    ids = frozenset(ids_in(tree))
    for name in sorted(id_.removeprefix("fn:") for id_ in ids if id_.startswith("fn:")):
        if f"fnref:{name}" not in ids:
            place = Location(path, *locate(f"[^{unescape(name)}]:"))
            problem = f'the footnote "[^{unescape(name)}]" is not used in the text'
            yield diagnostic("markup-unknown", place, problem, "refer to it, or remove it")


def _texts(element: HtmlElement) -> Iterator[str]:
    """The texts outside of code, each up to the next element."""
    if element.tag in _CODE:
        return
    text = ""
    for child in element.children:
        if isinstance(child, str):
            text += child
            continue
        yield unescape(text)
        text = ""
        yield from _texts(child)
    yield unescape(text)

"""Marks that are shown as written: shortcodes and template tags of other programs, footnotes and links not defined."""

import re
from collections.abc import Collection, Iterator, Sequence
from html import unescape
from typing import Final

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.markdown.clean_html.html_tree import HtmlElement, ids_in
from site_builder.markdown.references import shorten
from site_builder.markdown.source_positions import Locator
from site_builder.markdown.syntax.inline_rules import ICON
from site_builder.markdown.tex.tex_commands import TEX_COMMANDS
from site_builder.markdown.tex.typeset import ShownTex
from site_builder.urls import SourcePath

_CODE: Final = frozenset({"code", "kbd", "math", "pre", "samp"})
_HINT: Final = "if readers should see it, write it as code between backticks; otherwise define or remove it"
_SNIPPET_HINT: Final = (
    'name the extension under markdown_extensions: "- pymdownx.snippets: {base_path: [snippets], check_paths: true}"'
)
_ELEMENT: Final = "\x01"
"""Stands for an element within a text."""
_MARKS: Final = (
    ("{{", r"\{\{[<%](?:(?!\{\{[<%]).)*?[>%]\}\}", "a shortcode of another program", _HINT),
    ("{%", r"(?<!\{)\{%-?\s*\w(?:(?!\{%).)*?%\}", "a template tag of another program", _HINT),
    (
        "{{",
        r"\{\{-?(?=[^{}]*[\s.|(])\s*[A-Za-z_][\w.]*(?:\[[^\]{}]*\][\w.]*)*(?:\([^{}]*\))?\s*(?:\|[^{}]*)?-?\}\}",
        "a value that another program fills in",
        _HINT,
    ),
    (
        "[^",
        r"\[\^(?!(?:a-z|A-Z|0-9)+\])[^\s\[\]]+\](?![:+*?{$])",
        "a reference to a footnote that is not defined",
        _HINT,
    ),
    (
        "^[",
        r"\^\[(?!(?:a-z|A-Z|0-9))[^\[\]\n]+\](?![+*?{$])",
        "a footnote within a line",
        "write [^1] and, on a line of its own, [^1]: with its text",
    ),
    (
        "][",
        r"(?<![\w\])])\[(?!\d+\])[^\[\]^!\n]+\]\[[^\[\]\n]*\]",
        "a link whose address is not defined",
        _HINT,
    ),
    (":", ICON, "an icon of a theme", 'write an emoji instead, for example ":white_check_mark:", or remove it'),
    ("8<-", r"(?m)^;?-+8<-+(?: .*)?$", "a place for another file", _SNIPPET_HINT),
    (":::", r"(?m)^:::+ ?\{?[A-Za-z][^\n\x01]*", "a block of another program", "write a callout: > [!NOTE]"),
    (
        "///",
        r"(?m)^/// ?[a-z][\w-]*(?: \|[^\n]*)?$",
        "a block of an extension that is not named",
        "write a callout: > [!NOTE]",
    ),
    ("<!--", r"<!--", "a comment without an end", 'close it with "-->"'),
    ("[!", r"(?m)^\[![A-Za-z]+\][+-]?", "a callout outside of a quotation", 'begin its lines with ">"'),
    ("##", r"(?m)^#{2,6}(?=[^\W\d_])[^\n\x01]*", "a heading without a space", 'write a space after the "#"'),
    (
        "--",
        r"(?m)^\|? *:?-{2,}:? *\|(?: *:?-+:? *\|)*(?: *:?-+:?)? *$",
        "the delimiter row of a table that cannot be read",
        "give it as many cells as the row above it, and leave an empty line above that",
    ),
    (
        "~",
        r"(?<![\w~\\/])~(?=[^\s~/])[^~\n\x01]*(?<=[^\s~])~(?![\w~/])|(?<=\w)~\w{1,9}~",
        "struck text in some programs, a subscript in others,",
        "write ~~struck~~, or <sub>2</sub> for a subscript",
    ),
    ("^^", r"\^\^(?=\S)[^\^\n\x01]+(?<=\S)\^\^", "an insertion of another program", "write <ins>inserted</ins>"),
    ("^", r"(?<=\w)\^\w{1,9}\^(?!\w)", "a superscript of another program", "write <sup>2</sup>"),
    (
        "{",
        r"\{(?:--(?:(?!\{--).)*?--|>>(?:(?!\{>>).)*?<<)\}",
        "a mark of an editor (CriticMarkup)",
        "accept or reject the change, and remove the marks",
    ),
    (
        "{",
        r"\{:?[ ]*[.#][\w-]+(?:[ ]+[.#]?[\w-]+(?:=[^\s{}]+)?)*[ ]*\}",
        "a list of attributes without an element",
        "remove it",
    ),
)
_COMPILED: Final = tuple((mark, re.compile(pattern, re.DOTALL), what, hint) for mark, pattern, what, hint in _MARKS)
_DIAGRAM: Final = re.compile(
    r"(?<!\S)language-"
    r"(mermaid|plantuml|puml|geojson|topojson|stl|graphviz|d2|ditaa|vega-lite|dataview|dataviewjs|tasks|query)(?!\S)"
)
_SNIPPET: Final = re.compile(r'^[ \t]*-{1,}8<-{1,} (?:"[^"\n]+"|\'[^\'\n]+\')[ \t]*$', re.MULTILINE)

_TEX_NAMES: Final = "|".join(sorted(name.removeprefix("\\") for name in TEX_COMMANDS if len(name) > 3))
_TEX: Final = re.compile(rf"(?<![\w:\\/.])\\(?:{_TEX_NAMES})(?![A-Za-z])[^\n]{{0,30}}")


Texts = Sequence[tuple[str, list[HtmlElement]]]
"""The texts of a tree outside of code, each with a sign for every element in it, and these elements."""


def stray_tex_findings(
    texts: Texts, unread: Collection[ShownTex], locate: Locator, path: SourcePath
) -> Iterator[Diagnostic]:
    """A math-unreadable for each text with TeX that belongs to no formula, for instance because a `$` is missing."""
    for text, _elements in texts:
        rest = text if "\\" in text else ""
        for formula in (one.formula for one in unread if rest and one.formula.shown in rest):
            rest = rest.replace(formula.shown, "") if formula.is_closed else ""
        if rest and (match := _TEX.search(rest)):
            problem = f'"{match[0].strip()}" is TeX outside of a formula and is shown as written'
            hint = "put it between two dollars, or write it as code between backticks"
            yield diagnostic("math-unreadable", Location(path, *locate(match[0])), problem, hint)


def raw_mark_findings(tree: HtmlElement, texts: Texts, locate: Locator, path: SourcePath) -> Iterator[Diagnostic]:
    """A markup-unknown for every such mark outside of code, and for code that another program would replace."""
    found: dict[tuple[str, str, str], int] = {}
    written = "\n".join(text for text, _ in texts)
    looked_for = [one for one in _COMPILED if one[0] in written]
    for text, elements in texts if looked_for else ():
        for mark, pattern, what, hint in looked_for:
            if mark not in text:
                continue
            for match in pattern.finditer(text):
                first_line = _written(match, elements).partition("\n")[0]
                if locate.is_escaped(first_line):
                    continue
                kind = (first_line, f"{what} and is shown as text", hint)
                found[kind] = found.get(kind, 0) + 1
                if mark == "<!--":  # whatever follows belongs to it
                    break
    for (first_line, what, hint), number in found.items():
        plain = locate.plain_places(first_line)[:number]  # if there are fewer, the others are escaped
        for line_and_column in plain or [locate(first_line) for _ in range(number)]:
            yield _finding(first_line, what, hint, line_and_column, path)
    yield from _code_findings(tree, locate, path)
    ids = frozenset(ids_in(tree))
    for name in sorted(id_.removeprefix("fn:") for id_ in ids if id_.startswith("fn:")):
        if f"fnref:{name}" not in ids:
            place = Location(path, *locate(f"[^{unescape(name)}]:"))
            problem = f'the footnote "[^{unescape(name)}]" is not used in the text'
            yield diagnostic("markup-unknown", place, problem, "refer to it, or remove it")


def _finding(written: str, what: str, hint: str, place: tuple[int, int], path: SourcePath) -> Diagnostic:
    return diagnostic("markup-unknown", Location(path, *place), f'"{shorten(written, 60)}" is {what}', hint)


def _code_findings(parent: HtmlElement, locate: Locator, path: SourcePath) -> Iterator[Diagnostic]:
    """A finding for each diagram and for each file that should be included, which are shown as code."""
    for child in parent.elements():
        if child.tag != "pre":
            yield from _code_findings(child, locate, path)
            continue
        text = unescape(_text(child))
        language = next((found for one in child.elements() if (found := _language(one))), "")
        if language:
            first_line = text.strip().partition("\n")[0]
            hint = "save a picture of it beside the document, and show that: ![what it says](diagram.svg)"
            what = f'a diagram for "{language}" and is shown as code'
            yield _finding(first_line, what, hint, locate(first_line), path)
        for match in _SNIPPET.finditer(text):
            written = match[0].strip()
            what = "a line that includes another file and is shown as text"
            yield _finding(written, what, _SNIPPET_HINT, locate(written), path)


def _language(code: HtmlElement) -> str:
    match = _DIAGRAM.search(code.attributes.get("class", "")) if code.tag == "code" else None
    return match[1] if match else ""


def _text(element: HtmlElement) -> str:
    return "".join(child if isinstance(child, str) else _text(child) for child in element.children)


def _written(match: re.Match[str], elements: list[HtmlElement]) -> str:
    """What matched, with the text of elements in it; code as in the source."""
    number = match.string.count(_ELEMENT, 0, match.start())
    written = match[0]
    for element in elements[number : number + match[0].count(_ELEMENT)]:
        text = unescape(_text(element))
        written = written.replace(_ELEMENT, f"`{text}`" if element.tag == "code" else text, 1)
    return written


def texts_of(tree: HtmlElement) -> Texts:
    """Of all its elements."""
    return list(_texts(tree))


def _texts(element: HtmlElement) -> Iterator[tuple[str, list[HtmlElement]]]:
    if element.tag in _CODE:
        return
    text, elements = "", []
    for child in element.children:
        if isinstance(child, str):
            text += child
            continue
        if child.tag == "br":
            text += "\n"
            continue
        text += _ELEMENT
        elements.append(child)
        yield from _texts(child)
    if text.strip(_ELEMENT + " \n"):
        yield unescape(text) if "&" in text else text, elements

"""The body of a document: Markdown to context-free HTML, and what other stages need to know about it.

Context-free: nothing in it depends on another file. Links to other documents, files and headings become numbered
references, which are filled in when the page is composed (`references.py`).
"""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import blake2b
from html import escape, unescape
from typing import Final
from urllib.parse import unquote

from site_builder.characters import forbidden_in, name_of_character
from site_builder.config import MarkdownOptions
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.markdown.bounds.count_signs import too_many_signs
from site_builder.markdown.clean_html.stray_markup import ELEMENTS, beginning
from site_builder.markdown.convert import Converted, convert
from site_builder.markdown.extension_inputs import ExtensionInput, watch_body
from site_builder.markdown.own_addresses import OwnAddresses
from site_builder.markdown.raw_marks import raw_mark_findings, stray_tex_findings, texts_of
from site_builder.markdown.reference_places import find_places
from site_builder.markdown.reference_search import Span
from site_builder.markdown.references import Ref, RefKind, numbers_in, shorten
from site_builder.markdown.scanner import Heading, Scanner, image_alt, refused_address
from site_builder.markdown.source_positions import (
    AFTER_NAME,
    AFTER_URL,
    BEFORE_NAME,
    BEFORE_URL,
    Locator,
    line_and_column,
    without_code,
    without_html_code,
)
from site_builder.markdown.syntax.private_comments import (
    PrivateComment,
    blank_private_comments,
    find_private_comments,
    without_private_comments,
)
from site_builder.markdown.syntax.remarks import AS_CODE
from site_builder.markdown.tex.typeset import unreadable_formulas
from site_builder.urls import SourcePath


@dataclass(frozen=True, slots=True)
class Body:
    """What is known about a body, without its HTML."""

    digest: str
    """Digest of the Markdown and its HTML: the key of the HTML in the cache."""
    refs: tuple[Ref, ...] = ()
    headings: tuple[Heading, ...] = ()
    anchors: frozenset[str] = frozenset()
    """All ids."""
    words: int = 0
    excerpt: str = ""
    """Start of the first paragraph, as plain text."""
    outside: tuple[str, ...] = ()
    """Addresses on other sites that it links to, as written, in their order."""


MAX_HTML_BYTES: Final = 200_000
"""Of a text: some 30,000 words, which take two hours to read. Lists that the program makes stay below it as well."""


@dataclass(frozen=True, slots=True)
class RenderedBody:
    """A body with its HTML."""

    body: Body
    html: str
    inputs: tuple[ExtensionInput, ...] = ()
    """What extensions read for it."""


def body_digest(text: str, html: str) -> str:
    """Key of a body's HTML in the cache. The text counts too, because it is published as Markdown."""
    return blake2b(f"{len(text)}\0{text}{html}".encode(), digest_size=16).hexdigest()


def render_body(
    text: str, options: MarkdownOptions, path: SourcePath, first_line: int
) -> tuple[RenderedBody, list[Diagnostic]]:
    """Convert a body from Markdown.

    May report control-character, url-scheme, html-removed, markup-unknown, comment-unclosed, image-alt, image-remote,
    page-heavy, paragraph-too-long, text-too-large and markdown-failed.
    """
    if problem := too_many_signs(text):
        hint = "divide it into several documents; write what is not meant as Markdown as code"
        finding = diagnostic("text-too-large", Location(path, first_line), f"the text {problem}", hint)
        return RenderedBody(Body(body_digest(text, "")), ""), [finding]
    comments = find_private_comments(text)
    visible = blank_private_comments(text, comments)
    locate = Locator(visible, first_line)
    try:
        with watch_body() as inputs_read:
            converted = convert(without_private_comments(text, comments), options.beside(path))
    except (Exception, SystemExit) as error:  # noqa: BLE001 (extensions are the code of others: errors are findings)
        is_deep = isinstance(error, RecursionError)
        problem = "the nesting is too deep" if is_deep else f"{type(error).__name__}: {error}"
        text_ = f"the text could not be read as Markdown: {problem}"
        hint = "nest fewer lists and quotes" if is_deep else ""
        finding = diagnostic("markdown-failed", Location(path, first_line), text_, hint)
        return RenderedBody(Body(body_digest(text, "")), "", inputs_read()), [finding]
    found = [*_unclosed_comments(text, comments, path, first_line), *_sanitizer_diagnostics(converted, locate, path)]
    if converted.held_forbidden:
        found += _forbidden_references(text, locate, path)
    found += unreadable_formulas(converted.unread_formulas, locate, path)
    texts = texts_of(converted.tree)
    found += stray_tex_findings(texts, converted.unread_formulas, locate, path)
    found += raw_mark_findings(converted.tree, texts, locate, path)
    scanner = Scanner(locate, path, options.home)
    markup = scanner.scan(converted.tree)
    markup = _with_titles_in_contents(markup, scanner)
    found += _heavy(markup, Location(path, first_line))
    spans = find_places(text, visible, scanner.refs, partial(_read_marked, options, path))
    left = _left_addresses(visible, OwnAddresses(options.home), spans)
    refs = tuple(_placed(text, first_line, [*scanner.refs, *left.values()], [*spans, *left], locate))
    undescribed = (refs[number] for number in scanner.undescribed)
    found += [image_alt(Location(path, ref.line, ref.column), ref.written, ref.kind) for ref in undescribed]
    body = Body(
        digest=body_digest(text, markup),
        refs=refs,
        headings=tuple(scanner.headings),
        anchors=frozenset(scanner.anchors),
        words=scanner.words,
        excerpt=scanner.excerpt,
        outside=tuple(scanner.outside),
    )
    return RenderedBody(body, markup, inputs_read()), found + scanner.found


_CONTENTS: Final = re.compile(r'<div class="toc">.*?</div>', re.DOTALL)
_ENTRY: Final = re.compile("(<a \x02r([0-9]+)\x03>).*?(?=</a>)", re.DOTALL)


def _with_titles_in_contents(markup: str, scanner: Scanner) -> str:
    """The HTML, with the title of a `[[slug]]` in a heading in its tables of contents too, where the slug stands."""
    titled = {f"#{h.id}": escape(h.text, quote=False) for h in scanner.headings if numbers_in(h.text)}
    if not titled:
        return markup

    def entry(match: re.Match[str]) -> str:
        title = titled.get(unquote(scanner.refs[int(match[2])].written))
        return match[0] if title is None else match[1] + title

    return _CONTENTS.sub(lambda contents: _ENTRY.sub(entry, contents[0]), markup)


def _heavy(markup: str, place: Location) -> Iterator[Diagnostic]:
    """A finding about a text that no reader should have to load at once."""
    if (size := len(markup.encode())) > MAX_HTML_BYTES:
        problem = f"the text makes a page of {size // 1000:,} kB; it should have at most {MAX_HTML_BYTES // 1000} kB"
        yield diagnostic("page-heavy", place, problem, "divide it into several documents that link to each other")


def _read_marked(options: MarkdownOptions, path: SourcePath, marked: str) -> Sequence[Ref]:
    """The references of a text in which some addresses were replaced; none if it cannot be read like this."""
    scanner = Scanner(Locator("", 1), path, options.home)
    try:
        scanner.scan(
            convert(without_private_comments(marked, find_private_comments(marked)), options.beside(path)).tree
        )
    except (Exception, SystemExit):  # noqa: BLE001 (as above)
        return ()
    return scanner.refs


def _placed(
    text: str, first_line: int, refs: Sequence[Ref], spans: Sequence[Span | None], locate: Locator
) -> Iterator[Ref]:
    """The references with their places: exact ones, or else where the text is found that they are made of."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    for ref, span in zip(refs, spans, strict=True):
        if span is not None:
            row = bisect_right(starts, span.start) - 1
            column = span.start - starts[row] + 1
            yield replace(ref, line=first_line + row, column=column, start=span.start, end=span.end)
        else:
            is_wiki = ref.kind.is_wiki or ref.kind is RefKind.EMBED
            line, column = locate(ref.written, *((BEFORE_NAME, AFTER_NAME) if is_wiki else (BEFORE_URL, AFTER_URL)))
            yield replace(ref, line=line, column=column)


def _unclosed_comments(
    text: str, comments: tuple[PrivateComment, ...], path: SourcePath, first_line: int
) -> list[Diagnostic]:
    """A finding about the comment that hides the rest of the file."""
    found = []
    for comment in comments:
        if not comment.is_closed:
            line, column = line_and_column(text, comment.start)
            place = Location(path, first_line + line - 1, column)
            problem = 'a private comment begins with "%%" and has no end; the rest of the file is left out'
            hint = 'close it with "%%"; if it is not a comment, write it as code between backticks, or as "&#37;&#37;"'
            found.append(diagnostic("comment-unclosed", place, problem, hint))
    return found


_CHARACTER_REFERENCE: Final = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,9}));?")


def _forbidden_references(text: str, locate: Locator, path: SourcePath) -> list[Diagnostic]:
    """Findings about references such as `&#7;`, whose characters were removed."""
    found = []
    for match in _CHARACTER_REFERENCE.finditer(without_code(text)):
        point = int(match[1], 16) if match[1] else int(match[2])
        if point <= sys.maxunicode and forbidden_in(unescape(match[0]) or chr(point)):
            problem = f'"{match[0]}" stands for {name_of_character(chr(point))}, which is not allowed; it was removed'
            place = Location(path, *locate(match[0]))
            found.append(diagnostic("control-character", place, problem, "delete it, or write it as code"))
    return found


def _left_addresses(visible: str, own: OwnAddresses, spans: Iterable[Span | None]) -> dict[Span, Ref]:
    """Addresses of the site that the page does not show, such as in an empty link; the Markdown beside it would."""
    places = list(own.find(without_html_code(without_code(visible))))
    known = {span.start for span in spans if span} if places else set()
    return {
        place: Ref(RefKind.CITE, unescape(visible[place.start : place.end]))
        for place in places
        if place.start not in known
    }


_LINE_END: Final = re.compile("\n")
_AFTER_TAG: Final = " \t\n/>]"


def _sanitizer_diagnostics(converted: Converted, locate: Locator, path: SourcePath) -> list[Diagnostic]:
    """Findings about addresses and tags that were changed on the way to clean HTML."""
    found = [
        refused_address(url, Location(path, *locate(url, BEFORE_URL, AFTER_URL))) for url in converted.refused_urls
    ]
    for tag in converted.removed_tags:
        place = Location(path, *locate(beginning(tag), (), _AFTER_TAG))
        text = f"the HTML tag {beginning(tag)}> is not allowed in a body and was removed"
        found.append(diagnostic("html-removed", place, text, "write the text in Markdown"))
    for written in converted.shown:
        place = Location(path, *locate(beginning(written), (), _AFTER_TAG))
        what, hint = "not HTML", AS_CODE
        if beginning(written).strip("</").lower() in ELEMENTS:
            what, hint = "an incomplete HTML element", "close the element, or write it as code between backticks"
        text = f'"{shorten(" ".join(written.split()), 60)}" is {what} and is shown as text'
        found.append(diagnostic("markup-unknown", place, text, hint))
    for remark in converted.remarks:
        line, column = locate(remark.near or remark.written)
        place = Location(path, line, column + max(0, remark.near.rfind(remark.written)))
        first_line = remark.written.partition("\n")[0]
        text = f'"{shorten(first_line, 60)}" is {remark.what}'
        found.append(diagnostic(remark.code, place, text, remark.hint))
    return found

"""Rewrite links in a body in place, and change nothing else.

Markdown has many ways to write a link, and many ways to write something that only looks like one. So places are found
with a simple pattern and verified by rendering the body: its HTML, in which links are only numbers, must not change,
and the links must name what they should. If that fails for all edits together (one place was code, say), each edit is
tried on its own.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from site_builder.config import MarkdownOptions
from site_builder.content.source_parts import split
from site_builder.editing.source_edit import TextEdit, apply_edits, find_front
from site_builder.editing.yaml_edit import CannotEditError
from site_builder.markdown.body import render_body
from site_builder.markdown.references import RefKind
from site_builder.urls import SourcePath

WrittenLink = tuple[RefKind, str]
"""Kind and text of a reference as it is written."""

_HEADING_ID: Final = re.compile(r'(<h[1-6]) id="[^"]*"')
"""The id of `## On [[slug]]` is made from the slug; links to it are checked later with the whole site."""
_CONTENTS: Final = re.compile(r'<div class="toc">.*?</div>', re.DOTALL)
"""A table of contents repeats headings, with the slug instead of the title."""
_URL_START: Final = r"(?:\]\(\s*<?|\]:\s*<?|\b(?:href|src)\s*=\s*[\"']?)"
_URL_END: Final = r"(?=\s*[)>]|\s|[\"']|$)"
_FULL_START: Final = r"(?<![\w+.:/-])"
"""Before an address with its host, which may stand by itself in the text."""
_FULL_END: Final = r"(?=[.,;:!?]*(?:[\s<)\]\"']|$)|[>*_|`])"


def rewrite_links(text: str, path: SourcePath, options: MarkdownOptions, wanted: Mapping[WrittenLink, str]) -> str:
    """Rewrite references in the body of a file: `wanted` maps each to its new spelling.

    Raises CannotEditError if one of them cannot be located reliably.
    """
    if not wanted:
        return text
    body = _Body(path, options)
    before = body.read(text)
    links = [(kind, wanted.get((kind, written), written)) for kind, written in before[1]]
    edits = list(_places(text, find_front(text).body, wanted))
    edited = apply_edits(text, _distinct(edits))
    if body.read(edited) == (before[0], _known(links)):
        return edited
    good = [edit for edit in edits if _is_good(before, body.read(apply_edits(text, [edit])), wanted)]
    edited = apply_edits(text, _distinct(good))
    if body.read(edited) != (before[0], _known(links)):
        left = next((w for (k, w), new in zip(before[1], body.read(edited)[1], strict=False) if (k, w) == new), "")
        raise CannotEditError(f'the link "{left}" in the text cannot be rewritten reliably')
    return edited


_Read = tuple[str, list[WrittenLink]]
"""The HTML of a body without the parts that may change, and its references."""


class _Body:
    """Renders versions of the body of one file."""

    def __init__(self, path: SourcePath, options: MarkdownOptions) -> None:
        self._path, self._options = path, options

    def read(self, text: str) -> _Read:
        source = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        parts, _ = split(source, self._path)
        rendered, _ = render_body(parts.body if parts else "", self._options, self._path, 1)
        refs = [(ref.kind, ref.written) for ref in rendered.body.refs]
        return _HEADING_ID.sub(r"\1", _CONTENTS.sub("", rendered.html)), _known(refs)


def _known(links: list[WrittenLink]) -> list[WrittenLink]:
    """Blank out links within the page: those in a table of contents change with the headings."""
    return [(kind, "" if written.startswith("#") else written) for kind, written in links]


def _places(text: str, start: int, wanted: Mapping[WrittenLink, str]) -> Iterator[TextEdit]:
    """Every place in the body that may be one of the references."""
    for (kind, written), new in wanted.items():
        first, last = _same_ends(written, new)
        middle = written[first : len(written) - last]
        parts = (written[:first], middle, written[len(written) - last :])
        before, changed, after = ("".join(_loose(character) for character in part) for part in parts)
        loose = f"{before}(?P<changed>{changed}){after}"
        if kind.is_wiki or kind is RefKind.EMBED:
            end = r"(?=\s*(?:\\?\|[\dx|\s]*)?\]\])" if kind is RefKind.WIKI_AUTO else r"(?=\s*(?:\\?\||\]\]))"
            pattern = rf"\[\[\s*{loose}{end}"
        elif kind.is_full:
            pattern = rf"{_FULL_START}{loose}{_FULL_END}"
        else:
            pattern = rf"{_URL_START}{loose}{_URL_END}"
        for match in re.compile(pattern, re.MULTILINE).finditer(text, start):
            yield TextEdit(*match.span("changed"), new[first : len(new) - last])


def _same_ends(old: str, new: str) -> tuple[int, int]:
    """Number of characters that two texts share at the start and at the end."""
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    rest = zip(reversed(old[start:]), reversed(new[start:]), strict=False)
    return start, next((n for n, (a, b) in enumerate(rest) if a != b), min(len(old), len(new)) - start)


def _loose(character: str) -> str:
    """A pattern for a character, which may be escaped for Markdown or HTML."""
    if character == "&":
        return r"(?:&amp;|\\?&)"
    if character == " ":
        return r"[\s>]+"  # a link may go on in the next line, which may be of a quotation
    return re.escape(character) if character.isalnum() or character.isspace() else rf"\\?{re.escape(character)}"


def _distinct(edits: list[TextEdit]) -> list[TextEdit]:
    """One edit for each place: an image and a link may look the same."""
    return list({edit.start: edit for edit in edits}.values())


def _is_good(before: _Read, after: _Read, wanted: Mapping[WrittenLink, str]) -> bool:
    """Did the edit change references as intended, and nothing visible?"""
    if before[0] != after[0] or before[1] == after[1] or len(before[1]) != len(after[1]):
        return False
    pairs = zip(before[1], after[1], strict=True)
    return all(new in {old, (old[0], wanted.get(old, old[1]))} for old, new in pairs)

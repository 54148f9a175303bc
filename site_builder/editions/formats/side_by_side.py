"""The editorial diff as one HTML file: each page before and after, beside each other, with the words marked.

The file needs nothing else: no script, no style sheet, no server. Its policy forbids scripts and everything from
elsewhere, so that the texts of people whom nobody knows can be looked at: they are cleaned as those of our pages are.
"""

import base64
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from importlib.resources import files as package_files
from typing import Final
from urllib.parse import unquote

from site_builder.characters import printable
from site_builder.diagnostics import Diagnostic
from site_builder.editions.document_changes import DocumentChange, Effect, FieldChange
from site_builder.editions.edition import DocumentFacts
from site_builder.editions.editorial_diff import EditorialDiff
from site_builder.editions.formats.marked_html import TARGET, Picture, listed, mark_changes, mark_line
from site_builder.editions.formats.phrases_of_changes import (
    HEADINGS,
    NOTHING_DIFFERS,
    circumstances,
    counts,
    embargo_line_of,
    field_parts,
    files_line,
    move_parts,
    notes,
    sentences,
    title_line,
    weight_line,
    words_line,
)
from site_builder.editions.page_texts import PageTexts
from site_builder.editions.side import Side, Sides
from site_builder.markdown.clean_html.clean_svg import SvgError, clean_svg
from site_builder.markdown.references import fill
from site_builder.markdown.syntax.callouts import CALLOUT_WORDS
from site_builder.urls import SourcePath

MOST_PAGES: Final = 300
"""Pages that are shown side by side; the others are listed."""
MOST_PICTURE_BYTES: Final = 500_000
"""Of a picture that is put into the file; a larger one is named."""
MOST_BYTES_OF_PICTURES: Final = 20_000_000
_SIGNATURES: Final = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}
_MOST_LISTED: Final = 500
SHOWN_EFFECTS: Final = (Effect.ADDED, Effect.REMOVED, Effect.CHANGED, Effect.HIDDEN)


def diff_as_html(diff: EditorialDiff, sides: Sides) -> str:
    """The whole file. Raises what `compare_sides` raises, where a text has to be read from a side."""
    style = (package_files("site_builder.editions.formats") / "side_by_side.css").read_text(encoding="utf-8")
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    title = escape(printable(title_line(diff)))
    return "".join(
        (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n',
            '<meta name="viewport" content="width=device-width">\n<meta name="robots" content="noindex">\n',
            f'<meta name="referrer" content="no-referrer">\n<title>{title}</title>\n<style>{style}</style>\n</head>\n',
            f"<body>\n<h1>What readers will see</h1>\n<p>{title}.</p>\n",
            *_overview(diff),
            *_pages(diff, sides),
            *_consequences(diff),
            "</body>\n</html>\n",
        )
    )


def _overview(diff: EditorialDiff) -> Iterator[str]:
    yield listed(map(printable, notes(diff)))
    yield f"<p><strong>{escape(', '.join(counts(diff))) or NOTHING_DIFFERS}</strong></p>\n"
    yield _list("Addresses lost", [f"{one.url}: {one.hint}" for one in diff.lost])
    yield _list("New links that lead nowhere", [_finding(one) for one in diff.broken_links])
    yield _list("Under embargo", [embargo_line_of(one) for one in diff.embargoes])
    yield _list("New redirects", [f"{one.url} → {one.target}" for one in diff.redirects])


def _consequences(diff: EditorialDiff) -> Iterator[str]:
    moved = [f"{one.title} ({one.url}): {sentences(move_parts(one))}" for one in diff.related]
    yield _list("Related lists that move", moved)
    yield _list("New findings", [_finding(one) for one in diff.other_findings])
    spelt = [f"{one.title} ({one.path})" for one in diff.of(Effect.SPELLING)]
    yield _list(HEADINGS[Effect.SPELLING], spelt)
    if diff.files.all:
        yield _list(f"Files of the site: {files_line(diff.files)}", [weight_line(one) for one in diff.weight], False)


def _list(heading: str, lines: list[str], is_counted: bool = True) -> str:
    if not lines:
        return ""
    count = f" ({len(lines):,})" if is_counted else ""
    shown = [
        *lines[:_MOST_LISTED],
        *([f"… and {len(lines) - _MOST_LISTED:,} more"] if len(lines) > _MOST_LISTED else []),
    ]
    return f"<h2>{escape(heading)}{count}</h2>\n{listed(map(printable, shown))}\n"


def _finding(one: Diagnostic) -> str:
    return f"{one.location}: {one.severity}: {one.text} [{one.code}]"


def _pages(diff: EditorialDiff, sides: Sides) -> Iterator[str]:
    before, after = _Shown(sides.base, sides), _Shown(sides.head, sides)
    left = MOST_PAGES
    for effect in SHOWN_EFFECTS:
        changes = diff.of(effect)
        if not changes:
            continue
        yield f"<h2>{HEADINGS[effect]} ({len(changes):,})</h2>\n"
        for one in changes[:left]:
            yield from _page(one, before, after)
        if len(changes) > left:
            yield _list("Not shown here", [f"{one.title} ({one.url})" for one in changes[left:]])
        left -= min(left, len(changes))


def _page(one: DocumentChange, before: "_Shown", after: "_Shown") -> Iterator[str]:
    was, now = before.find(one.former_path or one.path), after.find(one.path)
    if one.former_presence is None:
        was = None
    if one.presence is None:
        now = None
    about = sentences(circumstances(one))
    yield f'<article class="page">\n<header><h3>{escape(printable(one.title))}</h3>\n'
    yield f'<p class="quiet">{escape(printable(one.url))}{f": {escape(printable(about))}" if about else ""}</p>\n'
    yield listed(map(printable, _facts(one)))
    yield '</header>\n<div class="sides">\n'
    titles = mark_line(was.title if was else "", now.title if now else "")
    summaries = mark_line(_summary(was), _summary(now))
    bodies = mark_changes(before.html(was), after.html(now), (before.picture, after.picture))
    columns = zip((was, now), ("Before", "After"), (before, after), titles, summaries, bodies, strict=True)
    for facts, heading, side, title, summary, body in columns:
        yield f"<section><h4>{heading}</h4>\n"
        if facts is None:
            yield '<p class="quiet">There is no such page.</p>\n'
        else:
            yield f'<div lang="{escape(side.language(facts))}" dir="auto"><h3>{title}</h3>\n'
            yield f'<p class="summary">{summary}</p>\n' if summary else ""
            yield f"{body}</div>\n"
        yield "</section>\n"
    yield "</div>\n</article>\n"


def _facts(one: DocumentChange) -> Iterator[str]:
    """What changes besides the words that both columns show."""
    for change in one.fields:
        if change.words is None:
            yield _field(change)
    if one.text:
        yield f"text: {words_line(one.text)}"
    if one.is_text_marked_up_anew:
        yield "text: the same words with other links, pictures or markup"


def _field(change: FieldChange) -> str:
    return f"{change.field}: {field_parts(change)}"


def _summary(one: DocumentFacts | None) -> str:
    return getattr(one.meta_of(), "summary", None) or "" if one else ""


class _Shown:
    """What is shown of one side."""

    def __init__(self, side: Side, sides: Sides) -> None:
        self._side = side
        self._texts = PageTexts(side, sides.cache)
        self._by_path = {one.path: one for one in side.edition.documents}
        self._left = MOST_BYTES_OF_PICTURES
        self.picture: Picture = self._picture

    def find(self, path: SourcePath) -> DocumentFacts | None:
        """The document in a file."""
        return self._by_path.get(path)

    def language(self, one: DocumentFacts) -> str:
        """The language of a document."""
        return getattr(one.meta_of(), "language", None) or self._side.edition.language

    def html(self, one: DocumentFacts | None) -> str:
        """The body of a document, with its references filled in as far as a single file can show them."""
        if one is None:
            return ""

        def attribute(number: int, _is_sized: bool) -> str:
            target = one.targets[number] if number < len(one.targets) else ""
            return f'{TARGET}="{escape(target)}"'

        def name(number: int) -> str:
            return escape(one.names[number]) if number < len(one.names) else ""

        def callout(number: int) -> str:
            return CALLOUT_WORDS[number].removeprefix("callout_").capitalize()

        return fill(self._texts.html(one), attribute, name, callout=callout)

    def _picture(self, url: str) -> str:
        if not url.startswith("/"):
            return ""
        data = self._side.read_file(f"{self._side.edition.content}{unquote(url)}")
        if data is None or len(data) > min(MOST_PICTURE_BYTES, self._left):
            return ""
        kind = next((kind for signature, kind in _SIGNATURES.items() if data.startswith(signature)), "")
        if not kind and url.lower().endswith(".svg"):
            try:
                data, kind = clean_svg(data).data, "image/svg+xml"
            except SvgError:
                return ""
        if not kind:
            return ""
        self._left -= len(data)
        return f"data:{kind};base64,{base64.b64encode(data).decode()}"

"""The editorial diff as Markdown, for the summary of a workflow or a comment on a pull request.

Titles and texts come from the change and may hold anything, so every one is escaped: it makes no link, no picture, and
calls nobody by name.
"""

import re
from collections.abc import Iterator
from typing import Final

from site_builder.characters import printable
from site_builder.diagnostics import Diagnostic
from site_builder.editions.document_changes import DocumentChange, Effect, FieldChange
from site_builder.editions.editorial_diff import EditorialDiff
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
from site_builder.editions.word_changes import TextChange, WordChange

LIMIT_CHARACTERS: Final = 60_000
"""GitHub refuses comments of more than 65,536 characters (docs.github.com, "Issue comments"); what a workflow adds
around it has the rest."""
MOST: Final = 50
"""Entries of a section."""
_LEFT_OUT: Final = "\n\n*More was left out here: `site-builder diff` shows all of it.*\n"


def diff_as_markdown(diff: EditorialDiff, limit: int = LIMIT_CHARACTERS) -> str:
    """All sections, cut after a whole line where they are longer than the limit."""
    lines = ["## What readers will see", "", escaped(title_line(diff)) + ".", *_notes(diff)]
    if diff.is_empty:
        return "\n".join([*lines, "", NOTHING_DIFFERS]) + "\n"
    lines += ["", f"**{', '.join(counts(diff)) or 'Nothing but files that readers do not see'}.**"]
    for section in _sections(diff):
        lines += section
    return _cut("\n".join(lines) + "\n", limit)


def _cut(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    kept = text[: limit - len(_LEFT_OUT)]
    return kept[: kept.rindex("\n")].rstrip() + _LEFT_OUT


def _notes(diff: EditorialDiff) -> Iterator[str]:
    for note in notes(diff):
        yield from ("", f"> {escaped(note)}")


def _sections(diff: EditorialDiff) -> Iterator[list[str]]:
    yield _section("Addresses lost", [[f"{_code(one.url)}: {escaped(one.hint)}"] for one in diff.lost])
    yield _section("New links that lead nowhere", [[_finding(one)] for one in diff.broken_links])
    for effect in (Effect.ADDED, Effect.REMOVED, Effect.CHANGED):
        yield _section(HEADINGS[effect], [_document(one) for one in diff.of(effect)])
    yield _section("Under embargo", [[escaped(embargo_line_of(one))] for one in diff.embargoes])
    yield _section("New redirects", [[f"{_code(one.url)} → {_code(one.target)}"] for one in diff.redirects])
    yield _section("Related lists that move", [[f"{escaped(m.title)} ({_code(m.url)})", *map(escaped, move_parts(m))]
                                               for m in diff.related])  # fmt: skip
    yield _section("New findings", [[_finding(one)] for one in diff.other_findings])
    for effect in (Effect.HIDDEN, Effect.SPELLING):
        yield _section(HEADINGS[effect], [_document(one) for one in diff.of(effect)])
    if diff.files.all:
        weights = [[weight_line(one)] for one in diff.weight]
        yield ["", f"### Files of the site: {files_line(diff.files)}", *_items(weights)]


def _section(heading: str, entries: list[list[str]]) -> list[str]:
    return ["", f"### {heading} ({len(entries):,})", *_items(entries)] if entries else []


def _items(entries: list[list[str]]) -> Iterator[str]:
    yield ""
    for first, *rest in entries[:MOST]:
        yield f"- {first}"
        yield from (f"  - {line}" for line in rest)
    if len(entries) > MOST:
        yield f"- … and {len(entries) - MOST:,} more"


def _document(one: DocumentChange) -> list[str]:
    about = sentences(map(escaped, circumstances(one)))
    return [f"**{escaped(one.title)}** ({_code(one.url)})" + (f": {about}" if about else ""), *_details(one)]


def _details(one: DocumentChange) -> Iterator[str]:
    if one.effect is Effect.ADDED and one.summary:
        yield escaped(one.summary)
    for change in one.fields:
        yield _field(change)
    if one.text:
        yield f"text: {words_line(one.text)}"
        yield from map(_marked, one.text.places)
        if one.text.further_places:
            yield f"… and {one.text.further_places:,} more places"
    if one.is_text_marked_up_anew:
        yield "text: the same words with other links, pictures or markup"


def _field(change: FieldChange) -> str:
    if change.words is None:
        return f"{_code(change.field)}: {escaped(field_parts(change))}"
    return f"{_code(change.field)}: {_in_a_line(change.words)}"


def _in_a_line(change: TextChange) -> str:
    return " · ".join(map(_marked, change.places))


def _marked(place: WordChange) -> str:
    removed = f"<del>{escaped(place.removed)}</del>" if place.removed else ""
    added = f"<ins>{escaped(place.added)}</ins>" if place.added else ""
    return " ".join(part for part in (escaped(place.before), removed, added, escaped(place.after)) if part)


def _finding(one: Diagnostic) -> str:
    place = f"{one.location.path}:{one.location.line}"
    return f"{_code(place)}: {one.severity}: {escaped(one.text)} {_code(one.code)}"


_SIGNS: Final = re.compile(r"[\\`*_\[\]<>~$&|]|^(?:[#+=-]|\d+(?=[.)]))")
_NAMES: Final = re.compile(r"[@#](?=\w)|(?<=\w)://|\bwww\.", re.IGNORECASE)


def escaped(text: str) -> str:
    """A text for the middle of a line of Markdown, or its beginning: every sign that means something is escaped.

    GitHub makes links of addresses and of numbers after a `#`, and calls people whose names follow an `@`, also where
    a backslash is before it: an empty sign in between prevents that.
    """
    shown = "".join(map(_apart, _NAMES.split(printable(text)), [*_NAMES.findall(printable(text)), ""]))
    return shown.replace(_EMPTY, "&#8203;")


_EMPTY: Final = "\u200b"


def _apart(plain: str, name: str) -> str:
    """A piece of text, escaped, and what follows it, taken apart."""
    middle = name[:1] + _EMPTY + name[1:] if name else ""
    return _SIGNS.sub(lambda found: "".join(f"&#{ord(sign)};" for sign in found[0]), plain) + middle


def _code(text: str) -> str:
    """An address, a path or a word of ours between marks for code."""
    shown = printable(text).replace("`", "'")
    return f"`{shown}`"

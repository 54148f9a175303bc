"""The editorial diff as text for a terminal."""

from collections.abc import Iterable, Iterator
from typing import Final

from site_builder.characters import printable
from site_builder.diagnostics import as_text
from site_builder.editions.document_changes import DocumentChange, Effect, FieldChange
from site_builder.editions.editorial_diff import EditorialDiff
from site_builder.editions.formats.phrases_of_changes import (
    HEADINGS,
    NOTHING_DIFFERS,
    circumstances,
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

MOST: Final = 200
"""Entries of a section that are shown; JSON has all."""
_SIGNS: Final = {Effect.ADDED: "+", Effect.REMOVED: "-", Effect.CHANGED: "~", Effect.HIDDEN: "·", Effect.SPELLING: "="}


def diff_as_text(diff: EditorialDiff) -> str:
    """All sections that have something to say."""
    lines = [title_line(diff), *notes(diff)]
    if diff.is_empty:
        return "\n".join([*lines, NOTHING_DIFFERS])
    for effect, heading in HEADINGS.items():
        lines += _section(heading, [list(_document(one)) for one in diff.of(effect)])
    lines += _section("Related lists that move", [[f"  {m.title} ({m.url})", *_indented(move_parts(m))] for m in
                                                  diff.related])  # fmt: skip
    lines += _section("Addresses lost", [[f"  {one.url}", *_indented([f"hint: {one.hint}"])] for one in diff.lost])
    lines += _section("New redirects", [[f"  {one.url} → {one.target}"] for one in diff.redirects])
    lines += _section("Under embargo", [[f"  {embargo_line_of(one)}"] for one in diff.embargoes])
    lines += _findings("New links that lead nowhere", as_text(diff.broken_links))
    lines += _findings("New findings", as_text(diff.other_findings))
    if diff.findings_gone:
        lines += ["", f"Findings that are gone: {len(diff.findings_gone):,}"]
    if diff.files.all:
        lines += ["", f"Files of the site: {files_line(diff.files)}"]
        lines += [f"  {weight_line(one)}" for one in diff.weight]
    return "\n".join(lines)


def _section(heading: str, entries: list[list[str]]) -> Iterator[str]:
    if not entries:
        return
    yield from ("", f"{heading} ({len(entries):,})")
    for entry in entries[:MOST]:
        yield from map(printable, entry)
    if len(entries) > MOST:
        yield f"  … and {len(entries) - MOST:,} more; --format json has all"


def _findings(heading: str, text: str) -> Iterator[str]:
    if text:
        yield from ("", heading, *(f"  {line}" for line in text.splitlines()))


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"      {line}" for line in lines)


def _document(one: DocumentChange) -> Iterator[str]:
    about = sentences(circumstances(one))
    yield f'  {_SIGNS[one.effect]} {one.url}  "{one.title}"' + (f" ({about})" if about else "")
    yield from _indented(_details(one))


def _details(one: DocumentChange) -> Iterator[str]:
    if one.effect is Effect.ADDED and one.summary:
        yield one.summary
    for change in one.fields:
        yield from _field(change)
    if one.text:
        yield f"text: {words_line(one.text)}"
        yield from (f"  {_marked(place)}" for place in one.text.places)
        if one.text.further_places:
            yield f"  … and {one.text.further_places:,} more places"
    if one.is_text_marked_up_anew:
        yield "text: the same words with other links, pictures or markup"


def _field(change: FieldChange) -> Iterator[str]:
    if change.words is None:
        yield f"{change.field}: {field_parts(change)}"
        return
    yield f"{change.field}: {_in_a_line(change.words)}"


def _in_a_line(change: TextChange) -> str:
    return " | ".join(map(_marked, change.places))


def _marked(place: WordChange) -> str:
    """`the [-old-] {+new+} words`"""
    removed = f"[-{place.removed}-]" if place.removed else ""
    added = f"{{+{place.added}+}}" if place.added else ""
    return " ".join(part for part in (place.before, removed, added, place.after) if part)

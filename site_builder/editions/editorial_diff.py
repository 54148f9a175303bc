"""The editorial diff: everything that a change does to the site, in the words of readers and editors.

    diff = compare_sides(sides)
    diff.documents[0].text.added_words

It is plain data; `formats/` turns it into text, JSON, Markdown and one HTML file.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import msgspec

from site_builder.diagnostics import Diagnostic, Location, Severity
from site_builder.editing.lost_urls import PART, FormerAddress, KnownDocument, find_lost_among, is_reached
from site_builder.editions.changed_files import ChangedFile, FileDiff, compare_files
from site_builder.editions.document_changes import (
    DocumentChange,
    Effect,
    Embargo,
    compare_documents,
    compare_embargoes,
    pair_documents,
)
from site_builder.editions.edition import DocumentFacts, Edition
from site_builder.editions.kept_editions import drop_unused_editions
from site_builder.editions.page_texts import PageTexts
from site_builder.editions.related_moves import RelatedMove, compare_related
from site_builder.editions.side import Sides
from site_builder.urls import Permalink, SourcePath

PICTURES: Final = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg", ".avif")
"""Endings of pictures among the files of a site."""
BROKEN: Final = frozenset({"link-missing", "anchor-missing", "image-missing", "target-unpublished", "document-unread"})
"""Codes of findings about links that lead nowhere."""


class SideName(msgspec.Struct, frozen=True):
    """One side, for a heading."""

    label: str
    site_name: str
    site_url: str
    language: str
    errors: int
    """Findings that forbid a build: then its pages and lists are not compared."""
    has_site: bool
    """Whether there is a site."""


class LostAddress(msgspec.Struct, frozen=True):
    """An address that readers had, and that leads nowhere now."""

    url: Permalink
    hint: str
    is_list: bool
    """Whether it is a part of a list, such as that of one month, which may go with its last article."""


class Redirect(msgspec.Struct, frozen=True):
    """An address that leads to another one."""

    url: Permalink
    target: Permalink


class WeightChange(msgspec.Struct, frozen=True):
    """What a kind of files weighs now and did before, as far as they differ."""

    kind: str
    """pages, pictures or data."""
    files: int
    bytes_before: int
    bytes_after: int

    @property
    def difference(self) -> int:
        """Bytes that are more; less than 0 for fewer."""
        return self.bytes_after - self.bytes_before


class EditorialDiff(msgspec.Struct, frozen=True):
    """What a change does to a site."""

    base: SideName
    head: SideName
    date: dt.date
    """The day on which embargoes are judged."""
    documents: tuple[DocumentChange, ...]
    """By path."""
    related: tuple[RelatedMove, ...]
    lost: tuple[LostAddress, ...]
    redirects: tuple[Redirect, ...]
    """New ones, and those that lead elsewhere now."""
    embargoes: tuple[Embargo, ...]
    """All that wait for their day."""
    findings: tuple[Diagnostic, ...]
    """Those that the base does not have."""
    findings_gone: tuple[Diagnostic, ...]
    """Those that only the base has."""
    weight: tuple[WeightChange, ...]
    files: FileDiff

    def of(self, *effects: Effect) -> tuple[DocumentChange, ...]:
        """The documents on which the change has one of these effects."""
        return tuple(one for one in self.documents if one.effect in effects)

    @property
    def broken_links(self) -> tuple[Diagnostic, ...]:
        """New findings about links that lead nowhere."""
        return tuple(one for one in self.findings if one.code in BROKEN)

    @property
    def other_findings(self) -> tuple[Diagnostic, ...]:
        """The other new findings."""
        return tuple(one for one in self.findings if one.code not in BROKEN)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is different, not even in the files of the content folder."""
        is_same_site = (self.base.site_name, self.base.site_url, self.base.language) == (
            self.head.site_name, self.head.site_url, self.head.language,
        )  # fmt: skip
        moved = (self.documents, self.related, self.lost, self.redirects, self.findings, self.findings_gone)
        return is_same_site and not any(moved) and not self.files.all


def compare_sides(sides: Sides) -> EditorialDiff:
    """Compare two sides. Raises SideError where settings cannot be used, GitError where a revision cannot be read."""
    after, before = sides.head.edition, sides.base.edition
    texts, texts_before = PageTexts(sides.head, sides.cache), PageTexts(sides.base, sides.cache)
    pairs = pair_documents(before, after)
    both = [(one, other) for one, other in pairs if one and other]
    moves = {one.url: other.url for one, other in both if one.url != other.url}
    paths = {one.path: other.path for one, other in both}
    new, gone = _findings(before, after, paths)
    is_compared = before.is_sound and after.is_sound
    files = compare_files(sides.base, sides.head, sides.cache) if is_compared else FileDiff(is_exact=False)
    drop_unused_editions(sides.cache, frozenset({sides.base.key, sides.head.key}))
    return EditorialDiff(
        base=_name(sides.base.label, before, files.faults_before),
        head=_name(sides.head.label, after, files.faults_after),
        date=after.date,
        documents=tuple(compare_documents(pairs, before, after, texts.of, texts_before.of)),
        related=compare_related(before, after, moves) if is_compared else (),
        lost=tuple(_lost(before, after, moves)),
        redirects=tuple(
            Redirect(url, target)
            for url, target in sorted(after.redirects.items())
            if before.redirects.get(url) != target
        ),
        embargoes=compare_embargoes(before, after),
        findings=(*new, *files.faults_after),
        findings_gone=(*gone, *files.faults_before),
        weight=tuple(_weight(files)) if files.is_exact else (),
        files=files,
    )


def _name(label: str, edition: Edition, faults: tuple[Diagnostic, ...]) -> SideName:
    errors = sum(one.severity is Severity.ERROR for one in (*edition.findings, *faults))
    return SideName(label, edition.site_name, edition.site_url, edition.language, errors, not edition.is_of_nothing)


def _lost(before: Edition, after: Edition, moves: Mapping[Permalink, Permalink]) -> Iterator[LostAddress]:
    """Pages and redirects that are neither now. Parts of lists come and go with their entries."""
    present = frozenset({*after.pages, *after.redirects})
    places = {one.url: Location(one.path) for one in before.documents}
    former = [
        FormerAddress(url, places.get(url, Location(SourcePath(""))))
        for url in sorted({*before.pages, *before.redirects} - present)
        if not PART.search(url) and not is_reached(url, present)
    ]
    if not former:
        return
    paths = {one.url: one.path for one in after.documents}
    for finding, one in zip(find_lost_among(former, present, map(_known, after.documents)), former, strict=True):
        hint = finding.hint
        if (now := moves.get(one.address)) is not None:
            hint = f'add "{one.address}" to the aliases of {paths[now]}, which is at {now} now'
        yield LostAddress(one.address, hint, finding.code == "list-lost")


def _known(one: DocumentFacts) -> KnownDocument:
    return KnownDocument(one.path, one.kind, one.slug, one.title, one.url, not one.presence.has_page)


def _findings(
    before: Edition, after: Edition, paths: Mapping[SourcePath, SourcePath]
) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
    """Findings of the head alone and of the base alone. That a finding is on another line makes it no other one."""

    def meaning(one: Diagnostic) -> Meaning:
        path = one.location.path
        return one.code, paths.get(path, path), one.text, one.severity

    def meaning_after(one: Diagnostic) -> Meaning:
        return one.code, one.location.path, one.text, one.severity

    old, new = Counter(map(meaning, before.findings)), Counter(map(meaning_after, after.findings))
    return (
        tuple(_beyond(after.findings, meaning_after, old)),
        tuple(_beyond(before.findings, meaning, new)),
    )


Meaning = tuple[str, SourcePath, str, Severity]
"""What a finding says, wherever in its file."""


def _beyond(
    findings: Iterable[Diagnostic], meaning: Callable[[Diagnostic], Meaning], known: Counter[Meaning]
) -> Iterator[Diagnostic]:
    """The findings that are more than those known."""
    left = Counter(known)
    for one in findings:
        if left[meaning(one)]:
            left[meaning(one)] -= 1
        else:
            yield one


def _weight(files: FileDiff) -> Iterator[WeightChange]:
    groups: dict[str, list[ChangedFile]] = {"pages": [], "pictures": [], "data": []}
    for one in files.all:
        kind = "pages" if one.path.endswith(".html") else "pictures" if one.path.endswith(PICTURES) else "data"
        groups[kind].append(one)
    for kind, some in groups.items():
        if some:
            before, after = sum(one.before or 0 for one in some), sum(one.after or 0 for one in some)
            yield WeightChange(kind, len(some), before, after)

"""The safe part of the editor's report, planned as file changes and verified before anything is written.

References to replaced documents get the current slug, misspelled ones are corrected if only one document can be meant,
and repeated entries and self-references are removed. On demand, entities are linked where a text first names them, and
similar articles list each other. The plan is then read as if it had been written: a file in which a link would lead
elsewhere, or that would cause a new finding, is left alone, with a note.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from site_builder.content.document import Document
from site_builder.diagnostics import Diagnostic, diagnostic
from site_builder.editing.change import FileChange
from site_builder.editing.find_fixes import FileFix, FixFinder
from site_builder.editing.link_mentions import MentionableEntities, link_mentions
from site_builder.editing.rewrite_links import rewrite_links
from site_builder.editing.source_edit import (
    FieldPath,
    add_item,
    decode,
    encode,
    field_order,
    get_value,
    remove_item,
    replace_scalar,
)
from site_builder.editing.verify import PlannedChange, verify_changes
from site_builder.editing.yaml_edit import CannotEditError
from site_builder.links.unlinked_mentions import known_entities, mentionable
from site_builder.pipeline import Site
from site_builder.reports.editor_report import SIMILAR_ROOM, one_way
from site_builder.urls import Permalink, SourcePath

SAFE: Final[Mapping[str, str]] = {
    "merged": "references to merged topics and entities (`replaced_by`) name what replaced them",
    "duplicate": "references to duplicates (`duplicate_of`) name the article that is kept",
    "redirect": "`replaced_by` and `duplicate_of` name the end of their chain",
    "spelling": "slugs, paths and addresses in the wrong case or with a former name, if only one document can be meant",
    "repeated": "entries that a list names twice are kept once",
    "self": "documents no longer list themselves",
}
"""Code -> what it does; done unless `only` says otherwise."""
ON_DEMAND: Final[Mapping[str, str]] = {
    "mention": "the first mention of each entity becomes a link, and `entities` lists it",
    "one-way": "similar articles list each other",
}
"""Code -> what it does; done only if it is asked for, because it needs an editor's judgement."""


@dataclass(frozen=True, slots=True)
class FixPlan:
    """A verified plan."""

    changes: tuple[FileChange, ...]
    """By path."""
    notes: tuple[Diagnostic, ...]
    """What is left alone, and why; by place."""


def plan_fixes(site: Site, codes: Collection[str] = tuple(SAFE)) -> FixPlan:
    """Plan the fixes that the codes name. Writes nothing.

    May note fix-rejected, fix-skipped, fix-undecided and fix-unlinkable.
    """
    content = site.content
    finder = FixFinder(site.config.content, content, site.corpus, frozenset(codes), site.config.markdown.home)
    backward = _backward(site) if "one-way" in codes else {}
    listed = frozenset(site.corpus.listed) if "mention" in codes else frozenset()
    editor = _FileEditor(site, finder)
    planned: dict[SourcePath, PlannedChange] = {}
    for document in content.documents:
        fix = finder.fix(document)
        editor.notes += fix.notes
        similar = backward.get(document.path, ())
        if fix or similar or document in listed:
            made = editor.plan(document, fix, similar, document in listed)
            planned |= {document.path: made} if made is not None else {}
    kept, left = verify_changes(site, planned)
    changes = tuple(planned[path].change for path in sorted(kept))
    return FixPlan(changes, tuple(sorted({*editor.notes, *left}, key=Diagnostic.sort_key)))


def _backward(site: Site) -> dict[SourcePath, tuple[Document, ...]]:
    """Path of an article -> the articles that list it and that it will list in return, as far as there is room."""
    found: dict[SourcePath, tuple[Document, ...]] = {}
    for article, other in one_way(site.corpus, site.graph):
        known = found.get(other.path, ())
        if article not in known and len(known) + len(other.meta.similar) < SIMILAR_ROOM:
            found[other.path] = (*known, article)
    return found


class _FileEditor:
    """Makes fixes in the texts of files; what cannot be done becomes a note."""

    def __init__(self, site: Site, finder: FixFinder) -> None:
        self.notes: list[Diagnostic] = []
        self._site = site
        self._config = site.config
        slugs: dict[str, str] = {entity.permalink: finder.shortest(entity) for entity in site.corpus.entities}
        self._entities = MentionableEntities(mentionable(site.corpus), slugs)

    def plan(
        self, document: Document, fix: FileFix, similar: tuple[Document, ...], has_mentions: bool
    ) -> PlannedChange | None:
        """The change of one file, or None if nothing can be done. Each part succeeds or fails on its own."""
        try:
            data = (self._config.root / document.path).read_bytes()
            before = decode(data)
        except (OSError, CannotEditError) as error:
            self._skipped(document, f"the file could not be read: {error}")
            return None
        text, expected = before, set(fix.expected)
        try:
            text = rewrite_links(text, document.path, self._config.markdown, fix.links)
        except CannotEditError as error:
            self._skipped(document, error.reason)
        try:
            text = _with_similar(_with_fields(text, fix), document, similar)
            expected |= {other.permalink for other in similar}
        except CannotEditError as error:
            self._skipped(document, error.reason)
        if has_mentions:
            text = self._with_mentions(text, document, expected)
        if text == before:
            return None
        return PlannedChange(FileChange(document.path, data, encode(text)), frozenset(expected))

    def _skipped(self, document: Document, reason: str) -> None:
        hint = "change it by hand, if it matters"
        self.notes.append(diagnostic("fix-skipped", document.location(), f"left as it is: {reason}", hint))

    def _with_mentions(self, text: str, document: Document, expected: set[Permalink]) -> str:
        known = known_entities(document, self._site.taxonomy, self._site.graph)
        try:
            made = link_mentions(text, document.path, self._config.markdown, self._entities, known)
            changed = made.text
            for permalink in made.done:
                slug = self._site.corpus.by_permalink[Permalink(permalink)].slug
                changed = add_item(changed, "entities", slug, field_order(document.kind))
        except CannotEditError as error:
            self._skipped(document, error.reason)
            return text
        for permalink in made.left:
            entity = self._site.corpus.by_permalink[Permalink(permalink)]
            text_ = f'the name "{entity.title}" is in no place that can become a link'
            self.notes.append(diagnostic("fix-unlinkable", document.location(), text_))
        expected |= {Permalink(permalink) for permalink in made.done}
        return changed


def _with_fields(text: str, fix: FileFix) -> str:
    """Fix the front matter: new values first, because they do not move other entries."""
    for field, index, slug in fix.replaced:
        path: FieldPath = (field,) if index is None else (field, index)
        in_group = field == "similar" and get_value(text, path) is None
        text = replace_scalar(text, (*path, "to") if in_group else path, slug)
    for field, index in sorted(fix.removed, reverse=True):
        text = remove_item(text, field, index)
    return text


def _with_similar(text: str, document: Document, similar: tuple[Document, ...]) -> str:
    for other in similar:
        text = add_item(text, "similar", other.slug, field_order(document.kind))
    return text

"""Rename a document and update every reference to it: planned as file changes, and verified before they are written.

References are front matter fields, `[[wiki links]]`, relative links and addresses in bodies, in published documents and
drafts alike. The old address becomes an alias. The plan is then read as if it had been written: if a link would lead to
a different document, or a finding would be new, the result is a refusal that says why.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from posixpath import dirname, relpath
from typing import Final

from site_builder.config import SiteConfig
from site_builder.content.document import Document, LoadResult, is_a, load_document, permalink_of
from site_builder.content.listing.discover import SourceFile
from site_builder.content.load import Content
from site_builder.content.schema import Article, naming_fields
from site_builder.content.vocabulary import Kind
from site_builder.corpus.corpus import normal_alias
from site_builder.corpus.feed_keys import feed_key
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.editing.change import FileChange
from site_builder.editing.reference_targets import LinkEnds, ReferenceIndex, rewritten
from site_builder.editing.rename_targets import Refusal, find_new, find_old
from site_builder.editing.rewrite_links import WrittenLink, rewrite_links
from site_builder.editing.source_edit import (
    FieldPath,
    add_field,
    add_item,
    decode,
    encode,
    field_order,
    get_value,
    remove_item,
    replace_scalar,
)
from site_builder.editing.verify_links import RetargetedLink, retargeted_links
from site_builder.editing.yaml_edit import CannotEditError
from site_builder.pipeline import Site
from site_builder.urls import HOME, SourcePath, fold

MAX_SHOWN: Final = 5
"""Findings shown with a refusal: more would push the first off the screen."""


@dataclass(frozen=True, slots=True)
class RenamePlan:
    """A verified plan."""

    old: SourceFile
    new: SourceFile
    changes: tuple[FileChange, ...]
    """The renamed document first, then the others by path."""
    note: str = ""
    """What happens to the old address; may be empty."""


def plan_rename(site: Site, old: str, new: str) -> RenamePlan | Refusal:
    """Plan `mv OLD NEW`; each is a slug, `folder/slug` or the path of a file. Writes nothing.

    Refuses with document-unknown, document-ambiguous, document-unread, rename-invalid, rename-taken, rename-retargets,
    edit-impossible, or the findings that the site would have afterwards.
    """
    config, content = site.config, site.content
    source = find_old(content.discovered, config.content, old)
    if isinstance(source, Refusal):
        return source
    target = find_new(content.discovered, config.content, source, new)
    if isinstance(target, Refusal):
        return target
    problem = _unread(config, content, source) or _alias_taken(content, source, target)
    if problem is not None:
        return problem
    plan = _RenameEdits(site, source, target)
    try:
        changes = tuple(plan.changes())
    except _Unwritable as error:
        return error.refusal
    return _verified(plan, changes)


def _unread(config: SiteConfig, content: Content, source: SourceFile) -> Refusal | None:
    """A file with errors cannot be edited: it is in the way if it may refer to the document."""
    read = {document.path for document in content.documents}
    word = re.compile(rf"(?<![\w-]){re.escape(source.slug)}(?![\w-])")
    for other in content.discovered.sources:
        if other.path in read:
            continue
        causes = tuple(d for d in content.diagnostics if d.location.path == other.path)
        if other.path == source.path:
            return _unread_refusal(other.path, "the file has errors", causes)
        try:
            text = (config.root / other.path).read_bytes().decode("utf-8", "replace")
        except OSError:
            return _unread_refusal(other.path, "the file could not be read", causes)
        if word.search(text):
            return _unread_refusal(other.path, f'the file has errors, and it may refer to "{source.slug}"', causes)
    return None


def _unread_refusal(path: SourcePath, text: str, causes: tuple[Diagnostic, ...]) -> Refusal:
    reason = diagnostic("document-unread", Location(path), text, "correct its errors first")
    return Refusal((*causes, reason), is_content=True)


def _alias_taken(content: Content, source: SourceFile, target: SourceFile) -> Refusal | None:
    address = permalink_of(target.kind, target.slug)
    for document in content.documents:
        for written in getattr(document.meta, "aliases", ()):
            if document.path != source.path and fold(normal_alias(written) or "") == fold(address):
                text = f"its alias {written} is the address that the renamed document would get"
                hint = "remove the alias, or choose another name"
                return Refusal.of("rename-taken", document.path, text, hint, is_content=True)
    return None


class _Unwritable(Exception):  # noqa: N818 (it carries a refusal out of a loop and never leaves this module)
    def __init__(self, path: SourcePath, reason: str) -> None:
        super().__init__(reason)
        hint = "change that place by hand, then run the command again"
        self.refusal = Refusal.of("edit-impossible", path, f"it cannot be edited: {reason}", hint, is_content=True)


class _RenameEdits:
    """The edits of one renaming, document by document."""

    def __init__(self, site: Site, source: SourceFile, target: SourceFile) -> None:
        self.site, self.source, self.target = site, source, target
        self.config, self.content = site.config, site.content
        self.before = ReferenceIndex.of(
            site.config.content, site.content.discovered, site.corpus, site.config.markdown.home
        )
        self.after = self.before.renamed(source, target)

    def moved(self, path: SourcePath) -> SourcePath:
        """The path of a file after the renaming."""
        return self.target.path if path == self.source.path else path

    def changes(self) -> Iterator[FileChange]:
        """One change for each file that needs one. Raises _Unwritable."""
        for document in sorted(self.content.documents, key=lambda d: (d.path != self.source.path, d.path)):
            links, fields = self._links(document), list(self._fields(document))
            is_it = document.path == self.source.path
            if not (links or fields or is_it):
                continue
            try:
                data = (self.config.root / document.path).read_bytes()
                text = rewrite_links(decode(data), document.path, self.config.markdown, links)
                for path, value in fields:
                    text = replace_scalar(text, _written_at(text, path), value)
                text = self._feed_id(self._aliases(text, document), document) if is_it else text
            except CannotEditError as error:
                raise _Unwritable(document.path, error.reason) from error
            moved_to = self.target.path if is_it and self.target.path != document.path else None
            yield FileChange(document.path, data, encode(text), moved_to)

    def _links(self, document: Document) -> dict[WrittenLink, str]:
        """References of the body that need a new spelling."""
        found: dict[WrittenLink, str] = {}
        for ref in document.body.refs:
            named = self.before.target(ref.kind, ref.written, document.path)
            if named is not None:
                was = LinkEnds(document.path, named)
                now = LinkEnds(self.moved(document.path), self.moved(named))
                written = rewritten(ref.kind, ref.written, was, now, self.after)
                if written != ref.written:
                    found[(ref.kind, ref.written)] = written
        return found

    def _fields(self, document: Document) -> Iterator[tuple[FieldPath, str]]:
        """Places in the front matter that need a new value."""
        if self.target.slug != self.source.slug:
            for path, slug, kind in _slugs(document):
                if (kind, slug) == (self.source.kind, self.source.slug):
                    yield path, self.target.slug
        image = getattr(document.meta, "image", None)
        if image is not None and document.path == self.source.path:
            file = self.before.image(image.src, document.path)
            if file is not None and self.after.image(image.src, self.target.path) != file:
                yield ("image", "src"), relpath(file, dirname(self.target.path))

    def _feed_id(self, text: str, document: Document) -> str:
        """Write down what feed readers know a published article by, where it is not written yet."""
        is_known = document.permalink in self.site.corpus.by_permalink
        if not is_a(document, Article) or not is_known or document.meta.feed_id or self.target.slug == self.source.slug:
            return text
        key = self.site.context.feed_keys.get(document.permalink) or feed_key(document)
        return add_field(text, "feed_id", key, field_order(document.kind))

    def _aliases(self, text: str, document: Document) -> str:
        """Add the old address to the aliases and remove the new one."""
        old, new = (permalink_of(s.kind, s.slug) for s in (self.source, self.target))
        if self.source.kind is Kind.TOOL or old == new:
            return text
        known = [fold(normal_alias(written) or "") for written in getattr(document.meta, "aliases", ())]
        is_added = fold(old) != fold(new) and fold(old) not in known and old != HOME
        stale = [index for index, alias in enumerate(known) if alias == fold(new)]
        if is_added and stale:
            text = replace_scalar(text, ("aliases", stale.pop(0)), old)
        elif is_added:
            text = add_item(text, "aliases", old, field_order(document.kind))
        for index in reversed(stale):
            text = remove_item(text, "aliases", index)
        return text


def _written_at(text: str, path: FieldPath) -> FieldPath:
    """Where the slug is: an entry of `similar` is a slug, or a group with the slug under `to`."""
    return (*path, "to") if path[0] == "similar" and get_value(text, path) is None else path


def _slugs(document: Document) -> Iterator[tuple[FieldPath, str, Kind]]:
    """Every slug in the front matter, with its place and the kind of document it names."""
    for field in naming_fields(document.meta):
        for index, slug in enumerate(field.slugs):
            yield (field.name, index) if field.is_list else (field.name,), slug, field.kind


def _verified(plan: _RenameEdits, changes: tuple[FileChange, ...]) -> RenamePlan | Refusal:
    """Read the plan as if it had been written, and refuse it if that would do harm."""
    before, after = plan.site, plan.site.with_content(_content_after(plan, changes))
    known = Counter((plan.moved(d.location.path), d.code) for d in before.diagnostics)
    fresh: list[Diagnostic] = []
    for finding in after.diagnostics:
        known[(finding.location.path, finding.code)] -= 1
        if known[(finding.location.path, finding.code)] < 0:
            fresh.append(_at_present_path(plan, finding))
    if fresh:
        return Refusal(tuple(fresh[:MAX_SHOWN]), is_content=True)
    lost = retargeted_links(before, after, plan.moved)
    if lost:
        found = (_at_present_path(plan, _retargeted(after.content, one)) for one in lost[:MAX_SHOWN])
        return Refusal(tuple(found), is_content=True)
    return RenamePlan(plan.source, plan.target, changes, _note(plan))


def _at_present_path(plan: _RenameEdits, finding: Diagnostic) -> Diagnostic:
    """The finding with the path under which the writer still has the file."""
    is_renamed = finding.location.path == plan.target.path
    return replace(finding, location=replace(finding.location, path=plan.source.path)) if is_renamed else finding


def _retargeted(after: Content, lost: RetargetedLink) -> Diagnostic:
    """A finding at the link's place in the text, if it has one."""
    path, written = lost
    refs = next((d.body.refs for d in after.documents if d.path == path), ())
    place = next((Location(path, r.line, r.column) for r in refs if r.written == written), Location(path))
    link = f'the link "{written}"' if written else "a link"
    text = f"{link} would lead somewhere else"
    return diagnostic("rename-retargets", place, text, "rewrite the link first, so that it depends on neither name")


def _note(plan: _RenameEdits) -> str:
    old, new = (permalink_of(s.kind, s.slug) for s in (plan.source, plan.target))
    if old == new:
        return "Its address stays the same."
    if plan.source.kind is Kind.TOOL or old == HOME:
        return ""
    if fold(old) == fold(new):
        return f"{old} differs from {new} only in upper and lower case, so it cannot redirect there."
    return f"{old} now redirects to {new}."


def _content_after(plan: _RenameEdits, changes: Iterable[FileChange]) -> Content:
    content = plan.content
    sources = {s.path: s for s in content.discovered.sources}
    loaded: dict[SourcePath, LoadResult] = {}
    for change in changes:
        source = plan.target if change.path == plan.source.path else sources[change.path]
        loaded[change.path] = load_document(source, change.after, plan.config.markdown)
    documents = (one.document for one in loaded.values() if one.document)
    kept = (d for d in content.documents if d.path not in loaded)
    unchanged = (d for d in content.diagnostics if d.location.path not in loaded)
    renamed = sorted(plan.target if s == plan.source else s for s in content.discovered.sources)
    return replace(
        content,
        documents=tuple(sorted((*documents, *kept), key=lambda d: d.path)),
        discovered=replace(content.discovered, sources=tuple(renamed)),
        diagnostics=(*unchanged, *(d for one in loaded.values() for d in one.diagnostics)),
    )

"""A document under another name, and every reference to it: planned as changes of files, and proved before written.

References are those of the front matter, `[[wiki links]]`, relative links and addresses in bodies, of published
documents and drafts alike. The old address becomes an alias. The plan is then read as if it were written: where a link
would mean another thing, or a finding would be new, there is no plan but a refusal that tells why.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from posixpath import dirname, relpath
from typing import Final

from site_builder.config import SiteConfig
from site_builder.content.discover import SourceFile
from site_builder.content.document import Document, LoadResult, load_document, permalink_of
from site_builder.content.load import Content
from site_builder.content.schema import Article, Kind, Topic
from site_builder.corpus.corpus import build_corpus, normal_alias
from site_builder.diagnostics import Diagnostic
from site_builder.editing.change import FileChange
from site_builder.editing.reference_targets import LinkEnds, ReferenceIndex, rewritten
from site_builder.editing.rename_targets import Refusal, find_new, find_old
from site_builder.editing.rewrite_links import WrittenLink, rewrite_links
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
from site_builder.editing.verify_links import lost_meanings
from site_builder.editing.yaml_edit import CannotEditError
from site_builder.urls import HOME, SourcePath, fold

Check = Callable[[Content], Iterable[Diagnostic]]
"""All findings of a site with this content."""

MAX_SHOWN: Final = 5
"""Findings that a refusal tells; more would hide the first."""


@dataclass(frozen=True, slots=True)
class RenamePlan:
    """A plan that was proved."""

    old: SourceFile
    new: SourceFile
    changes: tuple[FileChange, ...]
    """The renamed document first, then the others by path."""
    note: str = ""
    """What the writer should know of the old address; may be empty."""


def plan_rename(config: SiteConfig, content: Content, old: str, new: str, check: Check) -> RenamePlan | Refusal:
    """Plan `mv OLD NEW`; either is a slug, `folder/slug` or the path of a file. Writes nothing."""
    source = find_old(content.discovered, config.content, old)
    if isinstance(source, Refusal):
        return source
    target = find_new(content.discovered, config.content, source, new)
    if isinstance(target, Refusal):
        return target
    problem = _unread(config, content, source) or _alias_taken(content, source, target)
    if problem is not None:
        return problem
    plan = _RenameEdits(config, content, source, target)
    try:
        changes = tuple(plan.changes())
    except _Unwritable as error:
        return error.refusal
    return _verified(plan, changes, check)


def _unread(config: SiteConfig, content: Content, source: SourceFile) -> Refusal | None:
    """A file with errors cannot be rewritten: it stands in the way if it may name the document."""
    read = {document.path for document in content.documents}
    word = re.compile(rf"(?<![\w-]){re.escape(source.slug)}(?![\w-])")
    for other in content.discovered.sources:
        if other.path in read:
            continue
        found = tuple(d for d in content.diagnostics if d.location.path == other.path)
        hint = "correct what is wrong in it first"
        if other.path == source.path:
            return Refusal(f"{other.path} cannot be read", hint, found, is_content=True)
        try:
            text = (config.root / other.path).read_bytes().decode("utf-8", "replace")
        except OSError:
            return Refusal(f"{other.path} cannot be read", hint, found, is_content=True)
        if word.search(text):
            return Refusal(
                f'{other.path} cannot be read, and it may name "{source.slug}"', hint, found, is_content=True
            )
    return None


def _alias_taken(content: Content, source: SourceFile, target: SourceFile) -> Refusal | None:
    address = permalink_of(target.kind, target.slug)
    for document in content.documents:
        for written in getattr(document.meta, "aliases", ()):
            if document.path != source.path and fold(normal_alias(written) or "") == fold(address):
                text = f"the new address {address} is an alias of {document.path}"
                return Refusal(text, "take the alias out of that document, or choose another name", is_content=True)
    return None


class _Unwritable(Exception):  # noqa: N818 (it carries a refusal up, and leaves this module never)
    def __init__(self, path: SourcePath, reason: str) -> None:
        super().__init__(reason)
        text = f"{path} cannot be changed: {reason}"
        self.refusal = Refusal(text, "change that place by hand, then run this again", is_content=True)


class _RenameEdits:
    """What a renaming changes in each document."""

    def __init__(self, config: SiteConfig, content: Content, source: SourceFile, target: SourceFile) -> None:
        self.config, self.content, self.source, self.target = config, content, source, target
        corpus, _ = build_corpus(content.documents, config.date, config.drafts)
        self.before = ReferenceIndex.of(config.content, content.discovered, corpus)
        self.after = self.before.renamed(source, target)

    def moved(self, path: SourcePath) -> SourcePath:
        """What a file is called afterwards."""
        return self.target.path if path == self.source.path else path

    def changes(self) -> Iterator[FileChange]:
        """One for each file that changes. Raises _Unwritable."""
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
                text = self._aliases(text, document) if is_it else text
            except CannotEditError as error:
                raise _Unwritable(document.path, error.reason) from error
            moved_to = self.target.path if is_it and self.target.path != document.path else None
            yield FileChange(document.path, data, encode(text), moved_to)

    def _links(self, document: Document) -> dict[WrittenLink, str]:
        """References of the body that must be written otherwise."""
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
        """Values of the front matter that must be written otherwise."""
        if self.target.slug != self.source.slug:
            for path, slug, kind in _slugs(document):
                if (kind, slug) == (self.source.kind, self.source.slug):
                    yield path, self.target.slug
        image = getattr(document.meta, "image", None)
        if image is not None and document.path == self.source.path:
            file = self.before.image(image.src, document.path)
            if file is not None and self.after.image(image.src, self.target.path) != file:
                yield ("image", "src"), relpath(file, dirname(self.target.path))

    def _aliases(self, text: str, document: Document) -> str:
        """The old address added, the new one taken out."""
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
    """An entry of `similar` is a slug, or a group with the slug under `to`."""
    return (*path, "to") if path[0] == "similar" and get_value(text, path) is None else path


def _slugs(document: Document) -> Iterator[tuple[FieldPath, str, Kind]]:
    """Every slug in the front matter, its place and the kind that it names."""
    meta = document.meta
    lists: tuple[tuple[str, Iterable[str], Kind], ...] = ()
    single: tuple[tuple[str, str | None, Kind], ...] = ()
    if isinstance(meta, Article):
        lists = (
            ("topics", meta.topics, Kind.TOPIC),
            ("entities", meta.entities, Kind.ENTITY),
            ("similar", (entry.to for entry in meta.similar), Kind.ARTICLE),
            ("unrelated", meta.unrelated, Kind.ARTICLE),
        )
        single = (("duplicate_of", meta.duplicate_of, Kind.ARTICLE),)
    elif isinstance(meta, Topic):
        lists = (("broader", meta.broader, Kind.TOPIC),)
        single = (("replaced_by", meta.replaced_by, Kind.TOPIC),)
    for field, slugs, kind in lists:
        for index, slug in enumerate(slugs):
            yield (field, index), slug, kind
    for field, slug_, kind in single:
        if slug_:
            yield (field,), slug_, kind


def _verified(plan: _RenameEdits, changes: tuple[FileChange, ...], check: Check) -> RenamePlan | Refusal:
    """Read the plan as if it were written."""
    content, config = plan.content, plan.config
    after = _content_after(plan, changes)
    before_count = Counter((plan.moved(d.location.path), d.code) for d in check(content))
    fresh: list[Diagnostic] = []
    for finding in check(after):
        before_count[(finding.location.path, finding.code)] -= 1
        if before_count[(finding.location.path, finding.code)] < 0:
            fresh.append(finding)
    if fresh:
        return Refusal(
            "the site would have findings that it has not now", "", tuple(fresh[:MAX_SHOWN]), is_content=True
        )
    lost = lost_meanings(config, content, after, plan.moved)
    if lost:
        hint = "write these links so that they can mean one document only"
        return Refusal(f"links would lead elsewhere: {', '.join(lost[:MAX_SHOWN])}", hint, is_content=True)
    return RenamePlan(plan.source, plan.target, changes, _note(plan))


def _note(plan: _RenameEdits) -> str:
    old, new = (permalink_of(s.kind, s.slug) for s in (plan.source, plan.target))
    if old == new:
        return "Its address stays the same."
    if plan.source.kind is Kind.TOOL or old == HOME:
        return ""
    if fold(old) == fold(new):
        return f"{old} differs from {new} only in upper and lower case, so it cannot lead there."
    return f"{old} now leads to {new}."


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

"""Verify planned changes by reading them as if they had been written, and leave out those that would do harm.

A change is kept if every link of its document still leads where it led, or where the plan says it will, and if the
site has no new finding. Leaving one file out may bring up another problem, so this repeats until nothing is wrong.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from site_builder.config import SiteConfig
from site_builder.content.document import Document, load_document
from site_builder.content.load import Content
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.editing.change import FileChange
from site_builder.links.target import Outcome, Resolved, Target
from site_builder.pipeline import Site
from site_builder.urls import Permalink, SourcePath


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """A change of one file, and the new targets that its links may have."""

    change: FileChange
    expected: frozenset[Permalink]


def verify_changes(
    site: Site, planned: Mapping[SourcePath, PlannedChange]
) -> tuple[frozenset[SourcePath], list[Diagnostic]]:
    """The files that may change, and a note (fix-rejected) for each that may not."""
    kept = dict(planned)
    notes: list[Diagnostic] = []
    while kept:
        after = site.with_content(_content_after(site.config, site.content, kept))
        wrong = _wrong(site, after, kept)
        for path, reason in wrong.items():
            notes.append(diagnostic("fix-rejected", Location(path), f"left as it is: {reason}"))
            kept.pop(path, None)
        if not wrong:
            break
    return frozenset(kept), notes


def _wrong(old: Site, new: Site, kept: Mapping[SourcePath, PlannedChange]) -> dict[SourcePath, str]:
    """Path of each change that must not be made -> the reason."""
    fresh = list(_fresh(old.content_findings, new.content_findings))
    for finding in fresh:
        if finding.code == "anchor-missing" and (culprits := _with_other_anchors(old, new, kept)):
            return dict.fromkeys(culprits, _reason(finding))  # the documents linking to them are checked again
    found: dict[SourcePath, str] = {}
    then, now = old.graph.references, new.graph.references
    for path, plan in kept.items():
        one, other = old.corpus.by_path.get(path), new.corpus.by_path.get(path)
        if other is None:
            found[path] = "the file could not be read afterwards"
        elif one is not None and not _is_same(then[path], now[path], plan.expected):
            found[path] = "a link would lead elsewhere"
        elif one is not None and old.corpus.moved.get(one.permalink) != new.corpus.moved.get(other.permalink):
            found[path] = "its address would lead elsewhere"
    for finding in fresh:
        path = finding.location.path
        for culprit in [path] if path in kept else kept:
            found.setdefault(culprit, _reason(finding))
    return found


def _reason(finding: Diagnostic) -> str:
    return f"it would cause the finding: {finding.text} [{finding.code}]"


def _with_other_anchors(old: Site, new: Site, kept: Collection[SourcePath]) -> list[SourcePath]:
    """Changes that alter the ids of headings: the one way in which they affect links from other documents."""

    def anchors(site: Site, path: SourcePath) -> frozenset[str]:
        document = site.corpus.by_path.get(path)
        return document.body.anchors if document else frozenset()

    return [path for path in kept if anchors(old, path) != anchors(new, path)]


def _fresh(before: tuple[Diagnostic, ...], after: tuple[Diagnostic, ...]) -> Iterator[Diagnostic]:
    """Findings that are new in a file, or more numerous than before."""
    known = Counter((d.location.path, d.code) for d in before)
    for finding in after:
        known[(finding.location.path, finding.code)] -= 1
        if known[(finding.location.path, finding.code)] < 0:
            yield finding


def _is_same(before: Resolved, after: Resolved, expected: frozenset[Permalink]) -> bool:
    """Do all links lead where they led, in the same order, and new ones only to expected targets?"""
    pairs = zip(_found(before), _found(after), strict=True)
    return all(
        _has_all(then, now) and {url.partition("#")[0] for url in set(now) - set(then)} <= expected
        for then, now in pairs
    )


def _found(resolved: Resolved) -> Iterator[list[str]]:
    yield [_url(target) for target in resolved.refs if target.outcome is Outcome.FOUND]
    for targets in ([s.target for s in resolved.similar], resolved.topics, resolved.entities):
        # Repeated entries count once, as a list shows them.
        yield list(dict.fromkeys(_url(t) for t in targets if t.outcome is Outcome.FOUND))
    yield [resolved.image] if resolved.image else []


def _url(target: Target) -> str:
    return (
        target.document.permalink + "#" * ("#" in target.url) + target.url.partition("#")[2]
        if target.document
        else target.url
    )


def _has_all(then: list[str], now: list[str]) -> bool:
    rest = iter(now)
    return all(url in rest for url in then)


def _content_after(config: SiteConfig, content: Content, planned: Mapping[SourcePath, PlannedChange]) -> Content:
    """The content with the changes in it."""
    loaded = {
        source.path: load_document(source, planned[source.path].change.after, config.markdown)
        for source in content.discovered.sources
        if source.path in planned
    }
    fresh: list[Document] = [one.document for one in loaded.values() if one.document]
    documents = (*fresh, *(d for d in content.documents if d.path not in loaded))
    findings = (
        *(d for d in content.diagnostics if d.location.path not in loaded),
        *(d for one in loaded.values() for d in one.diagnostics),
    )
    return replace(content, documents=tuple(sorted(documents, key=lambda d: d.path)), diagnostics=findings)

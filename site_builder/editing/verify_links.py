"""The target of every link of a site before and after a change, compared."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from site_builder.content.document import Document
from site_builder.content.vocabulary import Kind
from site_builder.links.target import Outcome, Resolved, Target
from site_builder.pipeline import Site
from site_builder.urls import SourcePath

_Meaning = tuple[Outcome, str, str]
"""Outcome, the file or address that it leads to, and the heading there."""


class RetargetedLink(NamedTuple):
    """A link that would have another target afterwards."""

    path: SourcePath
    """Of its document, afterwards."""
    written: str
    """The link as written; "" where a reference would stand twice."""


def retargeted_links(
    before: Site, after: Site, moved: Callable[[SourcePath], SourcePath]
) -> tuple[RetargetedLink, ...]:
    """Links whose target differs afterwards. A page that was missing may have come to exist."""
    old = {moved(path): found for path, found in _meanings(before, moved)}
    lost: list[RetargetedLink] = []
    for path, found in _meanings(after, lambda p: p):
        if len(found) != len(old.get(path, found)):
            lost.append(RetargetedLink(path, ""))
            continue
        for (written, now), (_, then) in zip(found, old.get(path, found), strict=True):
            is_own = written.startswith("#") and now[:2] == then[:2]  # a table of contents follows the headings
            if now != then and then[0] is not Outcome.WANTED and not is_own:
                lost.append(RetargetedLink(path, written))
    return tuple(lost)


def _meanings(
    site: Site, moved: Callable[[SourcePath], SourcePath]
) -> Iterator[tuple[SourcePath, list[tuple[str, _Meaning]]]]:
    for path, document in site.corpus.by_path.items():
        targets = list(_targets(document, site.graph.references[path]))
        yield path, [(written, _meaning(target, moved)) for written, target in targets]


def _targets(document: Document, resolved: Resolved) -> Iterator[tuple[str, Target]]:
    yield from ((ref.written, target) for ref, target in zip(document.body.refs, resolved.refs, strict=True))
    for entry in resolved.similar:
        yield entry.entry.to, entry.target
    yield from ((target.title, target) for target in (*resolved.topics, *resolved.entities))
    if resolved.image is not None:
        yield resolved.image, Target(Outcome.FOUND, asset=resolved.image)


def _meaning(target: Target, moved: Callable[[SourcePath], SourcePath]) -> _Meaning:
    url, _, fragment = target.url.partition("#")
    if target.document is not None:
        part = "" if target.document.kind is Kind.TOOL else fragment
        return target.outcome, moved(target.document.path), part
    if target.outcome is Outcome.FOUND:
        return target.outcome, target.asset or url, ""  # `/tools/#slug` changes with the tool
    return target.outcome, "", ""

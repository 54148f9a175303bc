"""What every link of a site means, before and after a change, so that the two can be held against each other."""

from collections.abc import Callable, Iterator

from site_builder.config import SiteConfig
from site_builder.content.discover import STATIC
from site_builder.content.document import Document
from site_builder.content.load import Content
from site_builder.content.schema import Kind
from site_builder.corpus.corpus import build_corpus
from site_builder.links.resolve import Outcome, Resolved, Resolver, Target
from site_builder.urls import Permalink, SourcePath

_Meaning = tuple[Outcome, str, str]
"""Outcome, the file or address that it leads to, and the heading there."""


def lost_meanings(
    config: SiteConfig, before: Content, after: Content, moved: Callable[[SourcePath], SourcePath]
) -> tuple[str, ...]:
    """Links that mean another thing afterwards, as `path: "link"`. What nobody had written may have become a page."""
    old = {moved(path): found for path, found in _meanings(config, before, moved)}
    lost: list[str] = []
    for path, found in _meanings(config, after, lambda p: p):
        if len(found) != len(old.get(path, found)):
            lost.append(f"{path}: a reference twice")
            continue
        for (written, now), (_, then) in zip(found, old.get(path, found), strict=True):
            is_own = written.startswith("#") and now[:2] == then[:2]  # a table of contents follows the headings
            if now != then and then[0] is not Outcome.WANTED and not is_own:
                lost.append(f'{path}: "{written}"')
    return tuple(lost)


def _meanings(
    config: SiteConfig, content: Content, moved: Callable[[SourcePath], SourcePath]
) -> Iterator[tuple[SourcePath, list[tuple[str, _Meaning]]]]:
    corpus, _ = build_corpus(content.documents, config.date, config.drafts)
    static = frozenset(Permalink(p.removeprefix(f"{config.content}/{STATIC}")) for p in content.discovered.static)
    read = {d.path for d in content.documents}
    unread = {(s.kind, s.slug): s.path for s in content.discovered.sources if s.path not in read}
    resolver = Resolver(corpus, config.content, content.discovered.assets, static, unread)
    for path, document in corpus.by_path.items():
        targets = list(_targets(document, resolver.resolve(document)))
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

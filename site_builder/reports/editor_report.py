"""The editor's report: what a growing site needs next, from what is missing to what could be better.

Takes the linked collection and gives findings that are not mistakes (`check` reports those). Only listed, published
documents appear, because a page of the site shows the report too; the texts of its items are therefore interface texts,
in English for the command. No section compares all pairs of documents. Sections that need texts or hashes of texts are
left out if these are not given.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from site_builder.content.document import Document, permalink_of
from site_builder.content.schema import Article, moved_to
from site_builder.content.vocabulary import Status
from site_builder.corpus.corpus import Corpus, is_unlisted, normal_alias, updated_of
from site_builder.corpus.review_dates import review_date, review_remedy
from site_builder.corpus.taxonomy import Taxonomy
from site_builder.diagnostics import CODES, Diagnostic, Location, Severity
from site_builder.i18n import Translations, english
from site_builder.links.canonical_urls import canonical_url
from site_builder.links.graph import LinkGraph, Wanted
from site_builder.links.target import Outcome
from site_builder.links.unlinked_mentions import find_unlinked
from site_builder.text.simhash import BITS
from site_builder.urls import Permalink, slugify

STALE_DAYS: Final = 365
"""Days without a change or a check of the source: rules, prices and addresses rarely stay the same for longer."""
THIN_ARTICLES: Final = 3
"""A topic with fewer articles is hardly worth opening; it may belong under a broader one."""
SIMILAR_ROOM: Final = 6
"""Maximum length of a list of similar articles that is still extended: readers choose from a handful."""
MAX_FOR_ALL: Final = 3
"""Articles that a section lists one by one even if the site has no others."""
MAX_TITLES: Final = 3
"""Titles that an item names; the rest is given as a number."""


@dataclass(frozen=True, slots=True)
class ReportItem:
    """One thing to look at."""

    finding: Diagnostic
    """What was found where, in words that leave out the title, and what to do about it."""
    title: str
    """Title of the document; for a wanted page, its future title."""
    url: Permalink
    """Where readers see it; for a redirect, its target."""
    weight: int
    """The heavier, the earlier in the report."""

    @property
    def text(self) -> str:
        """What was found."""
        return self.finding.text

    @property
    def titled(self) -> Diagnostic:
        """The finding with the title in its text, as it is printed."""
        return replace(self.finding, text=f'"{self.title}": {self.finding.text}')


@dataclass(frozen=True, slots=True)
class EditorReportSection:
    """Findings of one kind."""

    code: str
    title: str
    why: str
    """Why it matters, in a sentence."""
    items: tuple[ReportItem, ...]
    """Heaviest first, ties by path and place."""


@dataclass(frozen=True, slots=True)
class EditorReport:
    """All sections that were asked for, empty ones too."""

    sections: tuple[EditorReportSection, ...]


@dataclass(frozen=True, slots=True)
class _ReportInput:
    """What the sections are made from."""

    corpus: Corpus
    membership: Taxonomy
    graph: LinkGraph
    date: dt.date
    words: Translations
    texts: Callable[[Document], str] | None
    sketches: Mapping[str, int | None] | None


class _Found(NamedTuple):
    """What a section finds, before it gets the code and severity of the section."""

    place: Location
    title: str
    url: Permalink
    text: str
    hint: str
    weight: int = 0


def build_report(  # noqa: PLR0913 (each argument is an independent input, passed by name)
    corpus: Corpus,
    membership: Taxonomy,
    graph: LinkGraph,
    date: dt.date,
    *,
    texts: Callable[[Document], str] | None = None,
    sketches: Mapping[str, int | None] | None = None,
    only: Collection[str] = (),
    words: Translations | None = None,
    severities: Mapping[str, Severity | None] | None = None,
) -> EditorReport:
    """Build the sections in the order of SECTIONS; with `only`, those codes.

    `texts` gives the plain text of a body (without it there is no section `mention`), `sketches` the path of an article
    -> 128 bits of its wording (without them no `near-duplicate`). `words` are the interface texts of the items, English
    by default; section titles and hints are always in English. `severities` are those of the settings: a section whose
    code is ignored (None) is left out.
    """
    site = _ReportInput(corpus, membership, graph, date, words or english(), texts, sketches)
    levels = {code: CODES[code].severity for code in SECTIONS} | {**(severities or {})}
    missing = {"mention"} if texts is None else set()
    missing |= {"near-duplicate"} if sketches is None else set()
    wanted = [code for code in SECTIONS if (not only or code in only) and code not in missing]
    sections = (
        _section(code, site, level, is_full=code in only) for code in wanted if (level := levels[code]) is not None
    )
    return EditorReport(tuple(sections))


def _section(code: str, site: _ReportInput, severity: Severity, *, is_full: bool) -> EditorReportSection:
    """A section; unless it `is_full`, one that would list every article shows the first and their number."""
    title, why, find = SECTIONS[code]
    found = sorted(find(site), key=_order)
    if not is_full and len(found) > MAX_FOR_ALL and len(found) == _candidates(code, site.corpus):
        text = site.words("report_all", text=found[0].text, count=len(found))
        found = [
            found[0]._replace(text=text, hint=f"{found[0].hint}; site-builder report --only {code} lists them all")
        ]
    items = (ReportItem(Diagnostic(f.place, code, f.text, f.hint, severity), f.title, f.url, f.weight) for f in found)
    return EditorReportSection(code, title, why, tuple(items))


def _candidates(code: str, corpus: Corpus) -> int | None:
    """Number of articles that a section may list; None for a section about something else."""
    if code in {"orphan", "unfiled"}:
        return len(corpus.listed)
    if code in {"dead-end", "stale"}:
        return sum(a.meta.status is not Status.STUB for a in corpus.listed)
    return None


def _order(found: _Found) -> tuple[int, Location, str]:
    return (-found.weight, found.place, found.text)


def _about(document: Document, text: str, hint: str, weight: int = 0, *, field: str = "") -> _Found:
    return _Found(document.location(field), document.title, document.permalink, text, hint, weight)


def _wanted(site: _ReportInput) -> Iterator[_Found]:
    for wanted in site.graph.wanted:
        place = _naming(wanted, site.graph)
        hint = "write it, or remove the name where it is used"
        text = site.words("report_wanted_text", count=len(wanted.sources), names=_titles(wanted.sources, site.words))
        yield _Found(place, wanted.title, Permalink(wanted.url), text, hint, len(wanted.sources))


def _naming(wanted: Wanted, graph: LinkGraph) -> Location:
    """Where the first of its sources names a wanted page."""
    source = wanted.sources[0]
    resolved = graph.resolved[source.permalink]
    for ref, target in zip(source.body.refs, resolved.refs, strict=True):
        if target.url == wanted.url:
            return Location(source.path, ref.line, ref.column)
    fields = {"topics": resolved.topics, "entities": resolved.entities}
    for field, targets in fields.items():
        for index, target in enumerate(targets):
            if target.url == wanted.url:
                return source.location(f"{field}.{index}")
    slugs = [s.entry.to for s in resolved.similar if s.target.url == wanted.url]
    listed = [s.to for s in source.meta.similar] if isinstance(source.meta, Article) else []
    return source.location(f"similar.{listed.index(slugs[0])}") if slugs else source.location()


def _titles(documents: Collection[Document], words: Translations) -> str:
    """`"A" and "B"`, `"A", "B", "C" and 4 more`"""
    names = [f'"{d.title}"' for d in list(documents)[:MAX_TITLES]]
    rest = len(documents) - len(names)
    return words.listed([*names, words("more", count=rest)] if rest else names)


def _orphans(site: _ReportInput) -> Iterator[_Found]:
    hint = "link to it where its subject comes up, or list it as similar"
    for article in site.corpus.listed:
        if not site.graph.backlinks.get(article.permalink):
            yield _about(article, site.words("report_orphan_text"), hint)


def _dead_ends(site: _ReportInput) -> Iterator[_Found]:
    hint = "list similar articles, or link to what the text is about"
    for article in site.corpus.listed:
        resolved = site.graph.resolved[article.permalink]
        targets = (*(s.target for s in resolved.similar), *resolved.refs)
        leads_on = any(t.outcome is Outcome.FOUND and t.document not in {None, article} for t in targets)
        if not leads_on and article.meta.status is not Status.STUB:
            yield _about(article, site.words("report_dead-end_text"), hint)


def _stubs(site: _ReportInput) -> Iterator[_Found]:
    hint = 'write the text and the source, and remove "status: stub"'
    for article in site.corpus.listed:
        if article.meta.status is Status.STUB:
            sources = {link.source.permalink for link in site.graph.backlinks.get(article.permalink, ())}
            text = site.words("report_stub_text", count=len(sources), day=_last_change(article))
            yield _about(article, text, hint, len(sources))


def _last_change(article: Document[Article]) -> dt.date:
    return updated_of(article) or article.meta.date


def _stale(site: _ReportInput) -> Iterator[_Found]:
    limit = site.date - dt.timedelta(days=min(STALE_DAYS, site.date.toordinal() - 1))
    hint = 'read it again, check that its source still exists, and set "updated", or "checked" in "source"'
    for article in site.corpus.listed:
        meta, changed = article.meta, _last_change(article)
        if meta.review is not None or (meta.reviewed is not None and meta.reviewed >= limit):
            continue  # it says itself when it is to be read again, or was read
        checked = meta.source.checked if meta.source else None
        if meta.status is not Status.STUB and changed < limit and (checked is None or checked < limit):
            key = "report_stale_text" if checked else "report_stale_text_unseen"
            text = site.words(key, day=changed, checked=checked)
            yield _about(article, text, hint, (site.date - max(changed, checked or changed)).days)


def _due_reviews(site: _ReportInput) -> Iterator[_Found]:
    for document in site.corpus.documents():
        due = None if is_unlisted(document) else review_date(document)
        if due is not None and due.day <= site.date:
            key = "report_review-due_text_owner" if document.meta.owner else "report_review-due_text"
            text = site.words(key, day=due.day, owner=document.meta.owner)
            weight = (site.date - due.day).days
            yield _about(document, text, review_remedy(document, site.date), weight, field="review")


def _unfiled(site: _ReportInput) -> Iterator[_Found]:
    # A site that has only one of the two does without the other on purpose.
    without_topics = bool(site.corpus.entities) and not site.corpus.topics
    without_entities = bool(site.corpus.topics) and not site.corpus.entities
    for article in site.corpus.listed:
        has_topic = without_topics or bool(site.membership.topics[article.permalink])
        has_entity = without_entities or bool(site.membership.entities[article.permalink])
        if has_topic and has_entity:
            continue
        missing = "both" if not has_topic and not has_entity else "entity" if has_topic else "topic"
        fields = " and ".join(f'"{n}"' for n in ("topics" * (not has_topic), "entities" * (not has_entity)) if n)
        hint = f"list some under {fields}; see site-builder suggest {article.slug}"
        weight = 2 * (not has_topic) + (not has_entity)
        yield _about(article, site.words(f"report_unfiled_text_{missing}"), hint, weight)


def _thin_topics(site: _ReportInput) -> Iterator[_Found]:
    for topic in site.corpus.topics:
        count = len(site.membership.by_topic[topic.slug])
        if count < THIN_ARTICLES:
            hint = 'add articles, or merge it into a broader topic with "replaced_by"'
            words = site.words
            text = words("report_thin-topic_text", count=count) if count else words("report_thin-topic_text_none")
            yield _about(topic, text, hint, THIN_ARTICLES - count)


def _redirects(site: _ReportInput) -> Iterator[_Found]:
    """Redirects to documents that have moved, and the aliases of such documents. Readers reach the end in one step."""
    corpus = site.corpus
    for document in corpus.by_path.values():
        if document.permalink not in corpus.moved or is_unlisted(document):
            continue
        end = corpus.by_permalink[corpus.moved[document.permalink]]
        if is_unlisted(end):
            continue
        field, named = moved_to(document.meta)
        if permalink_of(document.kind, named) in corpus.moved:
            text = site.words("report_redirect_text", field=field, named=named, end=end.slug)
            yield _redirect(document, end, field, text, f'write "{end.slug}"')
        for index, alias in enumerate(getattr(document.meta, "aliases", ())):
            if normal_alias(alias) in corpus.aliases:
                text = site.words("report_redirect_text_alias", alias=alias, end=end.slug)
                yield _redirect(document, end, f"aliases.{index}", text, f"move the alias to {end.path}")


def _redirect(document: Document, end: Document, field: str, text: str, hint: str) -> _Found:
    # Its title is on no page any more.
    return _Found(document.location(field), document.slug, end.permalink, text, hint, 0)


def _near_duplicates(site: _ReportInput) -> Iterator[_Found]:
    hint = 'keep one and set "duplicate_of" in the other, or name the other under "unrelated"'
    from site_builder.text.near_duplicates import find_near_duplicates  # noqa: PLC0415 (numpy takes 0.1 s to import)

    articles, sketches = site.corpus.listed, site.sketches or {}
    for pair in find_near_duplicates([a.title for a in articles], [sketches.get(a.path) for a in articles]):
        one, other, bits = articles[pair.one], articles[pair.other], pair.bits
        if other.slug in one.meta.unrelated or one.slug in other.meta.unrelated:
            continue
        how = "the same title" if bits is None else f"nearly the same text ({bits} of {BITS} bits of it differ)"
        yield _about(one, f'it has {how} as {other.path}, "{other.title}"', hint, 0 if bits is None else BITS - bits)
    yield from _written_stubs(articles)


def _written_stubs(articles: Iterable[Document[Article]]) -> Iterator[_Found]:
    """Stubs of sources that another article summarizes, under another title: those of one title are found by it."""
    by_source: dict[str, Document[Article]] = {}
    stubs: list[tuple[str, Document[Article]]] = []
    for article in articles:
        source = canonical_url(article.meta.source.url if article.meta.source else None)
        if source and article.meta.status is Status.STUB:
            stubs.append((source, article))
        elif source:
            by_source.setdefault(source, article)
    for source, stub in stubs:
        other = by_source.get(source)
        if other is None or other.slug in stub.meta.unrelated or stub.slug in other.meta.unrelated:
            continue
        if slugify(stub.title) != slugify(other.title):
            text = f'it is a stub of the source that {other.path} summarizes: "{other.title}"'
            yield _about(stub, text, f'set "duplicate_of: {other.slug}" in the stub')


def _mentions(site: _ReportInput) -> Iterator[_Found]:
    if site.texts is None:
        return
    for found in find_unlinked(site.corpus, site.membership, site.graph, site.texts):
        article, slug = found.article, found.entity.slug
        often = "" if found.count == 1 else f", {found.count} times"
        text = f"it names {found.text}{often}, without a link: …{found.before}{found.text}{found.after}…"
        link = f'link it as [[{slug}|{found.text}]] and add "{slug}" to "entities"'
        hint = f"{link}: site-builder fix --only mention"
        yield _Found(
            Location(article.path, article.body_line), article.title, article.permalink, text, hint, found.count
        )


def _one_way(site: _ReportInput) -> Iterator[_Found]:
    hint = "list it there too, if that helps readers: site-builder fix --only one-way"
    for article, other in one_way(site.corpus, site.graph):
        index = next(i for i, s in enumerate(article.meta.similar) if s.to == other.slug)
        text = f'it lists {other.path}, "{other.title}", which does not list it'
        yield _about(article, text, hint, field=f"similar.{index}")


def one_way(corpus: Corpus, graph: LinkGraph) -> Iterator[tuple[Document[Article], Document[Article]]]:
    """Pairs of an article and one that it lists, which neither lists it nor links to it but has room in its list."""
    listed = {a.permalink: a for a in corpus.listed}
    reached = {a.permalink: {s.target.url for s in graph.resolved[a.permalink].similar} for a in corpus.listed}
    for article in corpus.listed:
        for similar in graph.resolved[article.permalink].similar:
            other = listed.get(Permalink(similar.target.url))
            if other is None or similar.entry.to != other.slug:
                continue
            has_room = 0 < len(other.meta.similar) < SIMILAR_ROOM
            if has_room and article.permalink not in reached[other.permalink] and not _knows(other, article, graph):
                yield article, other


def _knows(one: Document[Article], other: Document[Article], graph: LinkGraph) -> bool:
    """Does its text link to the other article, or does its curator call them unrelated?"""
    if other.slug in one.meta.unrelated:
        return True
    return any(target.document is other for target in graph.resolved[one.permalink].refs)


SECTIONS: Final[Mapping[str, tuple[str, str, Callable[[_ReportInput], Iterable[_Found]]]]] = {
    "wanted": ("Wanted pages", "Readers see these names, but there is no page behind them.", _wanted),
    "orphan": ("Orphans", "Readers find these articles only through lists and search.", _orphans),
    "dead-end": ("Dead ends", "These articles link to no other article.", _dead_ends),
    "stub": ("Stubs", "These pages promise an article that is not written yet.", _stubs),
    "stale": (
        "Stale articles",
        "Neither these articles nor their sources have been checked for over a year.",
        _stale,
    ),
    "review-due": ("To read again", "The day has come on which these documents should be read again.", _due_reviews),
    "unfiled": ("Without topic or entity", "These articles are missing from the lists that readers browse.", _unfiled),
    "thin-topic": ("Thin topics", "A topic with one or two articles is hardly worth a visit.", _thin_topics),
    "redirect": (
        "Double redirects",
        "The ones in between can be deleted once nothing refers to them.",
        _redirects,
    ),
    "near-duplicate": (
        "Near-duplicates",
        "Two articles on the same story divide its links and readers.",
        _near_duplicates,
    ),
    "mention": ("Unlinked mentions", "Articles name these entities, but do not appear on their pages.", _mentions),
    "one-way": ("One-way similar articles", "Readers of the second article do not learn of the first.", _one_way),
}
"""Code -> title, why it matters, and what finds it; in the order of the report."""

"""The editor's report: what a growing site needs next, from what is missing to what could be better.

Takes the linked collection, gives findings that are no mistakes: `check` tells those. Only listed, published documents
appear, so that a page may show it; what it says of them is therefore in the words of the interface, which are English
for the command. Nothing compares all pairs; texts and sketches are asked for where a section needs
them, and a section whose texts are not given is left out.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from site_builder.content.document import Document, permalink_of
from site_builder.content.schema import Article, Status, Topic
from site_builder.corpus.corpus import Corpus, article_meta, is_unlisted, normal_alias, updated_of
from site_builder.corpus.taxonomy import Taxonomy
from site_builder.diagnostics import Location
from site_builder.i18n import Translations, english
from site_builder.links.graph import LinkGraph, Wanted
from site_builder.links.resolve import Outcome
from site_builder.links.unlinked_mentions import find_unlinked
from site_builder.text.near_duplicates import BITS, find_twins
from site_builder.urls import Permalink

STALE_DAYS: Final = 365
"""Days without a change and without a look at the source: rules, prices and addresses rarely stay longer."""
THIN_ARTICLES: Final = 3
"""Articles below which a topic is no list worth opening; it may belong under a broader one."""
SIMILAR_ROOM: Final = 6
"""Entries up to which a curated list takes one more: a reader chooses among no more."""
SHOWN_NAMES: Final = 3
"""Titles that an entry tells; the number says the rest."""


@dataclass(frozen=True, slots=True)
class ReportItem:
    """One thing to look at."""

    place: Location
    title: str
    """Of the document; of a wanted page, what it will be."""
    url: Permalink
    """Where readers see it; of a redirect, where it leads."""
    text: str
    """What was found."""
    hint: str
    """What to do about it."""
    weight: int
    """The heavier the earlier."""


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


def build_report(  # noqa: PLR0913 (what is asked of it, each by its name)
    corpus: Corpus,
    membership: Taxonomy,
    graph: LinkGraph,
    date: dt.date,
    *,
    texts: Callable[[Document], str] | None = None,
    sketches: Mapping[str, int | None] | None = None,
    only: Collection[str] = (),
    words: Translations | None = None,
) -> EditorReport:
    """Give the sections in the order of SECTIONS; with `only`, those codes.

    `texts` gives the plain text of a body (without it there is no section `mention`), `sketches` the path of an article
    -> 128 bits of its wording (without them no `near-duplicate`). `words` are those of the items, English by default;
    what only the command shows is always in English, as are titles and hints.
    """
    site = _ReportInput(corpus, membership, graph, date, words or english(), texts, sketches)
    left_out = {"mention"} if texts is None else set()
    left_out |= {"near-duplicate"} if sketches is None else set()
    wanted = [code for code in SECTIONS if (not only or code in only) and code not in left_out]
    return EditorReport(tuple(_section(code, site) for code in wanted))


def _section(code: str, site: _ReportInput) -> EditorReportSection:
    title, why, find = SECTIONS[code]
    items = sorted(find(site), key=_order)
    return EditorReportSection(code, title, why, tuple(items))


def _order(item: ReportItem) -> tuple[int, str, int, int, str]:
    return (-item.weight, item.place.path, item.place.line, item.place.column, item.text)


def _item(document: Document, text: str, hint: str, weight: int = 0, *, field: str = "") -> ReportItem:
    return ReportItem(document.location(field), document.title, document.permalink, text, hint, weight)


def _wanted(site: _ReportInput) -> Iterator[ReportItem]:
    for wanted in site.graph.wanted:
        place = _naming(wanted, site.graph)
        hint = "write it, or take the name out of what names it"
        text = site.words("report_wanted_text", count=len(wanted.sources), names=_titles(wanted.sources, site.words))
        yield ReportItem(place, wanted.title, Permalink(wanted.url), text, hint, len(wanted.sources))


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
    names = [f'"{d.title}"' for d in list(documents)[:SHOWN_NAMES]]
    rest = len(documents) - len(names)
    return words.listed([*names, words("more", count=rest)] if rest else names)


def _orphans(site: _ReportInput) -> Iterator[ReportItem]:
    hint = "link to it where the subject comes up, or list it as similar"
    for article in site.corpus.listed:
        if not site.graph.backlinks.get(article.permalink):
            yield _item(article, site.words("report_orphan_text"), hint)


def _dead_ends(site: _ReportInput) -> Iterator[ReportItem]:
    hint = "list similar articles, or link to what the text speaks of"
    for article in site.corpus.listed:
        resolved = site.graph.resolved[article.permalink]
        targets = (*(s.target for s in resolved.similar), *resolved.refs)
        leads_on = any(t.outcome is Outcome.FOUND and t.document not in {None, article} for t in targets)
        if not leads_on and article_meta(article).status is not Status.STUB:
            yield _item(article, site.words("report_dead-end_text"), hint)


def _stubs(site: _ReportInput) -> Iterator[ReportItem]:
    hint = 'write the text and the source, and take "status: stub" out'
    for article in site.corpus.listed:
        if article_meta(article).status is Status.STUB:
            sources = {link.source.permalink for link in site.graph.backlinks.get(article.permalink, ())}
            text = site.words("report_stub_text", count=len(sources), day=_last_change(article))
            yield _item(article, text, hint, len(sources))


def _last_change(article: Document) -> dt.date:
    return updated_of(article) or article_meta(article).date


def _stale(site: _ReportInput) -> Iterator[ReportItem]:
    limit = site.date - dt.timedelta(days=min(STALE_DAYS, site.date.toordinal() - 1))
    hint = 'read it again, see that its source is still there, and set "updated" or "checked" in "source"'
    for article in site.corpus.listed:
        meta, changed = article_meta(article), _last_change(article)
        checked = meta.source.checked if meta.source else None
        if meta.status is not Status.STUB and changed < limit and (checked is None or checked < limit):
            key = "report_stale_text" if checked else "report_stale_text_unseen"
            text = site.words(key, day=changed, checked=checked)
            yield _item(article, text, hint, (site.date - max(changed, checked or changed)).days)


def _unfiled(site: _ReportInput) -> Iterator[ReportItem]:
    for article in site.corpus.listed:
        has_topic = bool(site.membership.topics[article.permalink])
        has_entity = bool(site.membership.entities[article.permalink])
        if has_topic and has_entity:
            continue
        missing = "both" if not has_topic and not has_entity else "entity" if has_topic else "topic"
        fields = " and ".join(f'"{n}"' for n in ("topics" * (not has_topic), "entities" * (not has_entity)) if n)
        hint = f"name them under {fields}; site-builder suggest {article.slug} proposes some"
        weight = 2 * (not has_topic) + (not has_entity)
        yield _item(article, site.words(f"report_unfiled_text_{missing}"), hint, weight)


def _thin_topics(site: _ReportInput) -> Iterator[ReportItem]:
    for topic in site.corpus.topics:
        count = len(site.membership.by_topic[topic.slug])
        if count < THIN_ARTICLES:
            hint = 'add articles, or merge it into a wider one with "replaced_by"'
            words = site.words
            text = words("report_thin-topic_text", count=count) if count else words("report_thin-topic_text_none")
            yield _item(topic, text, hint, THIN_ARTICLES - count)


def _redirects(site: _ReportInput) -> Iterator[ReportItem]:
    """Names of what has moved itself, and old addresses of it. Readers are led to the end at once all the same."""
    corpus = site.corpus
    for document in corpus.by_path.values():
        if document.permalink not in corpus.moved or is_unlisted(document):
            continue
        end = corpus.by_permalink[corpus.moved[document.permalink]]
        if is_unlisted(end):
            continue
        field, named = moved_to(document)
        if permalink_of(document.kind, named) in corpus.moved:
            text = site.words("report_redirect_text", field=field, named=named, end=end.slug)
            yield _redirect(document, end, field, text, f'write "{end.slug}"')
        for index, alias in enumerate(getattr(document.meta, "aliases", ())):
            if normal_alias(alias) in corpus.aliases:
                text = site.words("report_redirect_text_alias", alias=alias, end=end.slug)
                yield _redirect(document, end, f"aliases.{index}", text, f"move the alias to {end.path}")


def _redirect(document: Document, end: Document, field: str, text: str, hint: str) -> ReportItem:
    return ReportItem(document.location(field), document.title, end.permalink, text, hint, 0)


def moved_to(document: Document) -> tuple[str, str]:
    """The field that says what stands for a document now, and the slug in it; "" where there is none."""
    meta = document.meta
    if isinstance(meta, Article):
        return "duplicate_of", meta.duplicate_of or ""
    return "replaced_by", (meta.replaced_by or "") if isinstance(meta, Topic) else ""


def _near_duplicates(site: _ReportInput) -> Iterator[ReportItem]:
    hint = 'keep one and set "duplicate_of" in the other, or name the other under "unrelated"'
    for twins in find_twins(site.corpus.listed, site.sketches or {}):
        one, other, bits = twins.one, twins.other, twins.bits
        if other.slug in article_meta(one).unrelated or one.slug in article_meta(other).unrelated:
            continue
        how = "the same title" if bits is None else f"nearly the same text ({bits} of {BITS} bits of it differ)"
        yield _item(one, f'it has {how} as "{other.title}" ({other.path})', hint, 0 if bits is None else BITS - bits)


def _mentions(site: _ReportInput) -> Iterator[ReportItem]:
    if site.texts is None:
        return
    for found in find_unlinked(site.corpus.listed, site.corpus.entities, site.membership, site.graph, site.texts):
        article, slug = found.article, found.entity.slug
        often = "" if found.count == 1 else f", {found.count} times"
        text = f"it names {found.text}{often}, without a link: …{found.before}{found.text}{found.after}…"
        link = f'link it as [[{slug}|{found.text}]] and add "{slug}" to "entities"'
        hint = f"{link}: site-builder fix --only mention"
        yield ReportItem(
            Location(article.path, article.body_line), article.title, article.permalink, text, hint, found.count
        )


def _one_way(site: _ReportInput) -> Iterator[ReportItem]:
    hint = "list it there as well, if it leads readers on: site-builder fix --only one-way"
    for article, other in one_way(site.corpus, site.graph):
        index = next(i for i, s in enumerate(article_meta(article).similar) if s.to == other.slug)
        text = f'it lists "{other.title}", which does not list it ({other.path})'
        yield _item(article, text, hint, field=f"similar.{index}")


def one_way(corpus: Corpus, graph: LinkGraph) -> Iterator[tuple[Document, Document]]:
    """Article -> one that it lists, and that neither lists it nor links to it, though it lists others and has room."""
    listed = {a.permalink: a for a in corpus.listed}
    reached = {a.permalink: {s.target.url for s in graph.resolved[a.permalink].similar} for a in corpus.listed}
    for article in corpus.listed:
        for similar in graph.resolved[article.permalink].similar:
            other = listed.get(Permalink(similar.target.url))
            if other is None or similar.entry.to != other.slug:
                continue
            has_room = 0 < len(article_meta(other).similar) < SIMILAR_ROOM
            if has_room and article.permalink not in reached[other.permalink] and not _knows(other, article, graph):
                yield article, other


def _knows(one: Document, other: Document, graph: LinkGraph) -> bool:
    """Does its text link to the other, or its curator want it nowhere near?"""
    if other.slug in article_meta(one).unrelated:
        return True
    return any(target.document is other for target in graph.resolved[one.permalink].refs)


SECTIONS: Final[Mapping[str, tuple[str, str, Callable[[_ReportInput], Iterable[ReportItem]]]]] = {
    "wanted": ("Wanted pages", "Readers see these names and find no page behind them.", _wanted),
    "orphan": ("Orphans", "Only lists and search lead to these articles.", _orphans),
    "dead-end": ("Dead ends", "From these articles a reader cannot go on to another.", _dead_ends),
    "stub": ("Stubs that wait", "These pages promise an article that nobody has written.", _stubs),
    "stale": ("Stale articles", "Nobody has looked at these or at their sources for a year or more.", _stale),
    "unfiled": ("Without topic or entity", "These articles are missing from the lists where readers look.", _unfiled),
    "thin-topic": ("Thin topics", "A topic of one or two articles leads readers nowhere.", _thin_topics),
    "redirect": ("Double redirects", "What stands in between can be deleted only when nothing names it.", _redirects),
    "near-duplicate": ("Near-duplicates", "The same story twice splits its links and its readers.", _near_duplicates),
    "mention": ("Unlinked mentions", "Texts name these entities, and their pages do not know.", _mentions),
    "one-way": ("One-way similar articles", "A reader of the second article does not learn of the first.", _one_way),
}
"""Code -> title, why it matters, and what finds it; in the order of the report."""

"""The corpus to related lists: for published articles, without what the curators decided.

The rest of the program asks here: `build_related` gives the lists of all articles, `related_of` the list of one,
`explain_pair` the parts of a pair's score. Curated entries and vetoes (`unrelated`) stay out of the lists. The state of
the last run is kept in the cache, so that one edit costs a fraction of the whole; without it the lists are the same.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from site_builder.cache import Cache
from site_builder.content.document import Document
from site_builder.content.schema import Article
from site_builder.content.vocabulary import Kind
from site_builder.corpus.corpus import Corpus, ReadTexts, date_of
from site_builder.corpus.taxonomy import Taxonomy
from site_builder.i18n import Translations
from site_builder.links.related_article import RelatedArticle
from site_builder.links.target import Resolved
from site_builder.parallel import Executors
from site_builder.related.release_memory import release_memory
from site_builder.urls import Permalink

# Late imports: numpy takes 0.1 s, and only what ranks needs it.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from site_builder.related.neighbours import Explanation, RelatedState

STATE_KEY = b"related"
"""The one row of its table: the state checks by itself whether it still fits."""


@dataclass(frozen=True, slots=True)
class RelatedSettings:
    """The settings of related lists."""

    limit: int
    """Entries of a list; 0 for no lists."""
    threshold: float
    """Least score of an entry,"""
    threshold_text: float
    """and of one with nothing but words and dates in common."""
    weights: Mapping[str, Any]
    """Signal -> what it adds at most."""
    jobs: int | Executors
    """Processes at most, or where the work of a run is done."""


def build_related(
    corpus: Corpus,
    taxonomy: Taxonomy,
    resolved: Mapping[Permalink, Resolved],
    settings: RelatedSettings,
    words: Translations,
    cache: Cache,
    texts: ReadTexts,
) -> Mapping[Permalink, tuple[RelatedArticle, ...]]:
    """Article -> its related articles, best first, with reasons in these words.

    `texts` is asked only for articles whose text is new.
    """
    if not settings.limit or len(corpus.listed) < 2:
        return {}
    from site_builder.config.option_values import Weights
    from site_builder.related.neighbours import update_related
    from site_builder.related.reasons import reason_phrases

    state = _load_state(cache)
    lists, after = update_related(
        state,
        _documents(corpus, taxonomy, resolved),
        limit=settings.limit,
        threshold=settings.threshold,
        threshold_alone=settings.threshold_text,
        exclude=_excluded(corpus, resolved),
        weights=Weights(**settings.weights),
        phrases=reason_phrases(words),
        read_bodies=_bodies(corpus, texts),
        jobs=settings.jobs,
    )
    if state is None or after.snapshot.digests != state.snapshot.digests or after.lists != state.lists:
        cache.put("related", {STATE_KEY: after.to_bytes()})
    release_memory()
    by_slug = _by_slug(corpus)
    return {by_slug[slug].permalink: _articles(by_slug, entries) for slug, entries in lists.items()}


def related_of(  # noqa: PLR0913, PLR0917 (an article, and the arguments of `build_related`)
    article: Document[Article],
    corpus: Corpus,
    taxonomy: Taxonomy,
    resolved: Mapping[Permalink, Resolved],
    settings: RelatedSettings,
    words: Translations,
    cache: Cache,
    texts: ReadTexts,
) -> tuple[RelatedArticle, ...]:
    """The list that `build_related` gives for one article, without the others' lists; empty for an unlisted one.

    The state of the last run is read and left as it is. Where there is none, all lists are made and kept: the next call
    needs them as much.
    """
    if not settings.limit or len(corpus.listed) < 2 or article not in corpus.listed:
        return ()
    state = _load_state(cache)
    if state is None:
        return build_related(corpus, taxonomy, resolved, settings, words, cache, texts)[article.permalink]
    from site_builder.config.option_values import Weights
    from site_builder.related.neighbours import related_to
    from site_builder.related.reasons import reason_phrases

    entries = related_to(
        article.slug,
        state,
        _documents(corpus, taxonomy, resolved),
        limit=settings.limit,
        threshold=settings.threshold,
        threshold_alone=settings.threshold_text,
        exclude=_excluded(corpus, resolved).get(article.slug, ()),
        weights=Weights(**settings.weights),
        phrases=reason_phrases(words),
        read_bodies=_bodies(corpus, texts),
        jobs=settings.jobs,
    )
    return _articles(_by_slug(corpus), entries)


def explain_pair(
    one: Document[Article],
    other: Document[Article],
    corpus: Corpus,
    taxonomy: Taxonomy,
    resolved: Mapping[Permalink, Resolved],
    settings: RelatedSettings,
    texts: ReadTexts,
) -> "Explanation":
    """Take the score of two listed articles apart, with the arithmetic of the lists; reasons are in English."""
    from site_builder.config.option_values import Weights
    from site_builder.related.neighbours import explain

    documents = _documents(corpus, taxonomy, resolved)
    weights = Weights(**settings.weights)
    return explain(documents, one.slug, other.slug, weights=weights, read_bodies=_bodies(corpus, texts))


def vetoed_by(one: Document[Article], other: Document[Article], corpus: Corpus) -> tuple[str, ...]:
    """Slugs of those of two articles that call the other unrelated; either veto holds for both."""
    pairs = ((one, other), (other, one))
    return tuple(a.slug for a, b in pairs if any(corpus.find(Kind.ARTICLE, slug) is b for slug in a.meta.unrelated))


def _load_state(cache: Cache) -> "RelatedState | None":
    from site_builder.related.neighbours import RelatedState

    stored = cache.get("related", [STATE_KEY]).get(STATE_KEY)
    state = RelatedState.from_bytes(stored) if stored is not None else None
    if stored is not None and state is None:
        cache.reject("related", STATE_KEY)
    return state


def _documents(corpus: Corpus, taxonomy: Taxonomy, resolved: Mapping[Permalink, Resolved]) -> list[dict[str, Any]]:
    """Listed articles in the form that ranking takes, with digests for bodies."""
    return [
        {
            "id": a.slug,
            "title": a.title,
            "summary": a.meta.summary,
            "body_digest": a.body.digest,
            "topics": [t.title for t in taxonomy.topics[a.permalink]],
            "entities": [e.title for e in taxonomy.entities[a.permalink]],
            "date": date_of(a),
            "links": _links(resolved[a.permalink]),
        }
        for a in corpus.listed
    ]


def _bodies(corpus: Corpus, texts: ReadTexts) -> Callable[[Sequence[str]], Mapping[str, str]]:
    """How ranking gets the bodies that it needs: slugs -> slug -> plain text."""
    by_slug = _by_slug(corpus)

    def read(slugs: Sequence[str]) -> Mapping[str, str]:
        found = texts([by_slug[slug] for slug in slugs])
        return {slug: found.get(by_slug[slug].path, "") for slug in slugs}

    return read


def _by_slug(corpus: Corpus) -> dict[str, Document[Article]]:
    return {a.slug: a for a in corpus.listed}


def _articles(
    by_slug: Mapping[str, Document[Article]], entries: Sequence[tuple[str, float, tuple[str, ...]]]
) -> tuple[RelatedArticle, ...]:
    return tuple(RelatedArticle(by_slug[slug], score, reasons) for slug, score, reasons in entries)


def _links(resolved: Resolved) -> list[str]:
    """Slugs of the articles that one leads to, curated or in text."""
    targets = (*(s.target for s in resolved.similar), *resolved.refs)
    found = (t.document for t in targets if t.document is not None and t.document.kind is Kind.ARTICLE)
    return list(dict.fromkeys(d.slug for d in found))


def _excluded(corpus: Corpus, resolved: Mapping[Permalink, Resolved]) -> dict[str, set[str]]:
    """Slug -> articles never to propose there: curated ones, which stand apart, and vetoes, which hold both ways."""
    found: dict[str, set[str]] = defaultdict(set)
    for article in corpus.listed:
        for similar in resolved[article.permalink].similar:
            if similar.target.document is not None:
                found[article.slug].add(similar.target.document.slug)
        for slug in article.meta.unrelated:
            other = corpus.find(Kind.ARTICLE, slug)
            if other is not None:
                found[article.slug].add(other.slug)
                found[other.slug].add(article.slug)
    return dict(found)

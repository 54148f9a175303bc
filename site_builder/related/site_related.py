"""The corpus to related lists: what `related` works out, for published articles, without what the curators decided.

Curated entries and vetoes (`unrelated`) stay out of the lists. The state of the last run is kept in the cache, so that
one edit costs a fraction of the whole; without it the lists are the same.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from site_builder.cache import Cache
from site_builder.content.document import Document
from site_builder.content.schema import Article, Kind
from site_builder.corpus.corpus import Corpus, article_meta, date_of
from site_builder.corpus.taxonomy import Taxonomy
from site_builder.i18n import Translations
from site_builder.links.related_article import RelatedArticle
from site_builder.links.resolve import Resolved
from site_builder.memory import give_back
from site_builder.urls import Permalink

STATE_KEY = b"related"
"""The one row of its table: the state checks by itself whether it still fits."""


def related_documents(
    corpus: Corpus, membership: Taxonomy, resolved: Mapping[Permalink, Resolved], texts: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Listed articles in the form that ranking takes. `texts`: path -> plain text of the body."""
    return [
        {
            "id": a.slug,
            "title": a.title,
            "summary": article_meta(a).summary,
            "body": texts.get(a.path, ""),
            "topics": [t.title for t in membership.topics[a.permalink]],
            "entities": [e.title for e in membership.entities[a.permalink]],
            "date": date_of(a),
            "links": _links(resolved[a.permalink]),
        }
        for a in corpus.listed
    ]


def build_related(
    corpus: Corpus,
    membership: Taxonomy,
    resolved: Mapping[Permalink, Resolved],
    settings: "RelatedSettings",
    words: Translations,
    cache: Cache,
    texts: Callable[[], Mapping[str, str]],
) -> Mapping[Permalink, tuple[RelatedArticle, ...]]:
    """Article -> its related articles, best first, with reasons in these words.

    `texts` is asked only where something is ranked.
    """
    if not settings.limit or len(corpus.listed) < 2:
        return {}
    documents = related_documents(corpus, membership, resolved, texts())
    from site_builder.related.neighbours import RelatedState, update_related  # noqa: PLC0415 (as above)
    from site_builder.related.reasons import reason_phrases  # noqa: PLC0415 (numpy, only where something is ranked)
    from site_builder.related.vectors import Weights  # noqa: PLC0415 (as above)

    give_back()
    stored = cache.get("related", [STATE_KEY]).get(STATE_KEY)
    state = RelatedState.from_bytes(stored) if stored else None
    lists, after = update_related(
        state,
        documents,
        limit=settings.limit,
        threshold=settings.threshold,
        threshold_alone=settings.threshold_text,
        exclude=_excluded(corpus, resolved),
        weights=Weights(**settings.weights),
        phrases=reason_phrases(words),
        jobs=settings.jobs,
    )
    if state is None or after.kept.digests != state.kept.digests or after.lists != state.lists:
        cache.put("related", {STATE_KEY: after.to_bytes()})
    by_slug: dict[str, Document[Article]] = {a.slug: a for a in corpus.listed}
    return {
        by_slug[slug].permalink: tuple(
            RelatedArticle(by_slug[other], score, reasons) for other, score, reasons in entries
        )
        for slug, entries in lists.items()
    }


@dataclass(frozen=True, slots=True)
class RelatedSettings:
    """What the settings say of related lists."""

    limit: int
    threshold: float
    threshold_text: float
    weights: Mapping[str, Any]
    jobs: int


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
        for slug in article_meta(article).unrelated:
            other = corpus.find(Kind.ARTICLE, slug)
            if other is not None:
                found[article.slug].add(other.slug)
                found[other.slug].add(article.slug)
    return dict(found)

"""Where to begin with a topic, and what is new in it: a few of its articles, chosen by rules.

**To begin with** are those that the editors' introduction links to, in its order; of more than MAX_BEGIN, those that
the site leans on most. If they are fewer, the topic's own articles follow that most pages link to, from MIN_LINKING
pages on. A page that lists an article as background counts BACKGROUND times.
"""

from collections.abc import Iterator
from typing import Final

from site_builder.content.document import Document, is_a
from site_builder.content.schema import Article, Relation, Topic
from site_builder.content.vocabulary import Status
from site_builder.corpus.corpus import is_unlisted
from site_builder.pages.context import PageContext, newest_first

MIN_ARTICLES: Final = 6
"""Below this number, the list of all articles says as much."""
MAX_BEGIN: Final = 5
MAX_NEW: Final = 4
MIN_LINKING: Final = 2
"""Pages that link to an article which no introduction names; that one does may be chance."""
BACKGROUND: Final = 3
"""As many pages as one that lists the article as background to itself: that is what a beginner needs."""


def begin_with(context: PageContext, topic: Document[Topic]) -> tuple[Document[Article], ...]:
    """At most MAX_BEGIN full articles for somebody who is new to a topic; () where the topic is small."""
    members = context.taxonomy.by_topic[topic.slug]
    if len(members) < MIN_ARTICLES:
        return ()
    named = tuple(dict.fromkeys(_named(context, topic)))
    if len(named) > MAX_BEGIN:
        best = set(sorted(named, key=lambda a: (-_weight(context, a), named.index(a)))[:MAX_BEGIN])
        return tuple(a for a in named if a in best)
    known = set(named)
    weighed = [(_weight(context, a), a) for a in members if a not in known and _is_full(a)]
    cited = sorted((pair for pair in weighed if pair[0] >= MIN_LINKING), key=lambda pair: -pair[0])
    return (*named, *(a for _, a in cited))[:MAX_BEGIN]


def new_in(context: PageContext, topic: Document[Topic]) -> tuple[Document[Article], ...]:
    """The MAX_NEW full articles that were added last, newest first; () where the topic is small."""
    is_small = len(context.taxonomy.by_topic[topic.slug]) < MIN_ARTICLES
    return () if is_small else newest_full(context, topic)[:MAX_NEW]


def newest_full(context: PageContext, topic: Document[Topic]) -> tuple[Document[Article], ...]:
    """All full articles of a topic, those added last first."""
    return newest_first(a for a in context.taxonomy.by_topic[topic.slug] if _is_full(a))


def broad_topics(context: PageContext, limit: int) -> list[Document[Topic]]:
    """The largest topics without a broader one, or below a single one; those with MIN_ARTICLES or more."""
    parents, children = context.taxonomy.parents, context.taxonomy.children
    level = [t for t in context.corpus.topics if not parents[t.slug]]
    while len(level) == 1 and children[level[0].slug]:
        level = list(children[level[0].slug])
    large = [t for t in level if context.count_articles(t) >= MIN_ARTICLES]
    return sorted(large, key=lambda t: -context.count_articles(t))[:limit]


def _named(context: PageContext, topic: Document[Topic]) -> Iterator[Document[Article]]:
    """The full articles that the introduction links to, in its order."""
    for target in context.graph.resolved[topic.permalink].refs:
        document = target.document
        if document and is_a(document, Article) and _is_full(document):
            yield document


def _is_full(article: Document[Article]) -> bool:
    return article.meta.status is not Status.STUB and not is_unlisted(article)


def _weight(context: PageContext, article: Document[Article]) -> int:
    """How many pages link to an article, those to which it is background BACKGROUND times."""
    weights: dict[str, int] = {}
    for link in context.graph.backlinks.get(article.permalink, ()):
        weight = BACKGROUND if link.relation is Relation.BACKGROUND else 1
        weights[link.source.permalink] = max(weight, weights.get(link.source.permalink, 0))
    return sum(weights.values())

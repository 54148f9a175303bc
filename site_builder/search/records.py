"""The corpus to the files of the search index: listed documents with their names, texts and facets.

Weighing a text takes most of the time, so a document's weights are kept in the cache under a digest of all that they
are made from.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Final, TypeAlias

import msgspec

from site_builder.cache import Cache
from site_builder.content.document import Document, is_a
from site_builder.content.schema import Article, Entity, FreePage, Tool, Topic
from site_builder.content.vocabulary import Status
from site_builder.corpus.corpus import Corpus, ReadTexts, date_of, is_unlisted
from site_builder.corpus.taxonomy import Taxonomy
from site_builder.parallel import Executors, chunked, map_chunks
from site_builder.search.index import build_index
from site_builder.search.search_record import PackedWeights, SearchRecord, pack, weigh
from site_builder.urls import HOME

CHUNK_RECORDS: Final = 200


def search_files(
    corpus: Corpus, taxonomy: Taxonomy, cache: Cache, texts: ReadTexts, executors: Executors | None = None
) -> dict[str, bytes]:
    """Path below `/search/` -> content. `texts` is asked only for documents that have changed."""
    found = list(_records(corpus, taxonomy))
    keys = [_key(document, record) for document, record in found]
    known = cache.get("search", keys)
    fresh = [pair for pair, key in zip(found, keys, strict=True) if key not in known]
    if fresh:
        weighed = _weighed(_with_texts(fresh, texts), len(fresh), executors or Executors())
        made = dict(zip((_key(d, r) for d, r in fresh), weighed, strict=True))
        cache.put("search", made)
        known = {**known, **made}
    cache.sweep("search", frozenset(keys))

    def weights() -> Iterator[PackedWeights]:
        decode = msgspec.msgpack.Decoder(PackedWeights).decode
        for (document, record), key in zip(found, keys, strict=True):
            try:
                yield decode(known[key])
            except msgspec.MsgspecError:
                cache.reject("search", key)
                yield pack(weigh(replace(record, text=texts([document]).get(document.path, ""))))

    return build_index([record for _, record in found], weights())


def _with_texts(fresh: Iterable[tuple[Document, SearchRecord]], texts: ReadTexts) -> Iterator[SearchRecord]:
    """The records with their texts, of which a few are in memory at a time."""
    for part in chunked(fresh, CHUNK_RECORDS):
        read = texts([document for document, _ in part])
        yield from (replace(record, text=read.get(document.path, "")) for document, record in part)


def _weighed(records: Iterable[SearchRecord], count: int, executors: Executors) -> Iterator[bytes]:
    """Weights of every record, packed, in several processes where there are many."""
    chunks = chunked(records, executors.batch(CHUNK_RECORDS))
    for part in map_chunks(_weigh, chunks, executors.for_items(count)):
        yield from part


def _weigh(records: Sequence[SearchRecord]) -> list[bytes]:
    """A work unit for a pool."""
    return [msgspec.msgpack.encode(pack(weigh(record))) for record in records]


def _key(document: Document, record: SearchRecord) -> bytes:
    parts = (record.title, record.names, record.summary, document.body.digest)
    return blake2b(msgspec.msgpack.encode(parts), digest_size=16).digest()


_Other: TypeAlias = Topic | Entity | Tool | FreePage


def _records(corpus: Corpus, taxonomy: Taxonomy) -> Iterator[tuple[Document, SearchRecord]]:
    """Records without their texts."""
    wider: dict[str, list[Document]] = {}
    for topic in corpus.topics:
        for article in taxonomy.by_topic[topic.slug]:
            wider.setdefault(article.permalink, []).append(topic)
    for article in corpus.listed:
        own = taxonomy.topics[article.permalink]
        topics = list(dict.fromkeys((*own, *wider.get(article.permalink, ()))))
        yield article, _article(article, topics, taxonomy.entities[article.permalink])
    others: tuple[Document[_Other], ...] = (*corpus.topics, *corpus.entities, *corpus.tools, *corpus.pages)
    for document in others:
        if not is_unlisted(document) and document.permalink != HOME:
            yield document, _other(document, corpus)


def _article(
    article: Document[Article], of_topics: Sequence[Document], of_entities: Sequence[Document]
) -> SearchRecord:
    meta = article.meta
    topics = tuple((t.slug, t.title) for t in of_topics)
    entities = tuple((e.slug, e.title) for e in of_entities)
    source = meta.source.name if meta.source else ""
    return SearchRecord(
        url=article.permalink,
        kind="article",
        title=meta.title,
        names=" ".join([*(name for _, name in (*topics, *entities)), source]),
        summary=meta.summary,
        text="",
        date=date_of(article).isoformat(),
        source=source,
        language=meta.language or "",
        topics=topics,
        entities=entities,
        is_stub=meta.status is Status.STUB,
    )


def _other(document: Document[_Other], corpus: Corpus) -> SearchRecord:
    meta = document.meta
    names: tuple[str, ...] = ()
    if is_a(document, Entity):
        names = corpus.entity_names(document)[1:]
    elif isinstance(meta, Topic):
        names = meta.synonyms
    elif isinstance(meta, Tool):
        names = meta.tags
    return SearchRecord(
        url=document.permalink,
        kind=str(document.kind),
        title=document.title,
        names=" ".join(names),
        summary=meta.summary or "",
        text="",
        date="",
        source="",
        language=getattr(meta, "language", None) or "",
    )

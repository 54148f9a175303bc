"""Titles and descriptions that are unique over all documents: browser tabs and search results show nothing else.

Takes all documents that have a page; gives address -> what is added to the title, for those that share theirs.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from site_builder.content.document import Document, is_a
from site_builder.content.schema import Article, Entity, FreePage
from site_builder.content.vocabulary import Kind
from site_builder.corpus.corpus import date_of
from site_builder.i18n import Translations
from site_builder.urls import Permalink


def title_marks(documents: Iterable[Document], words: Translations) -> Mapping[Permalink, str]:
    """What distinguishes each document from others of the same title: its date or kind, its language, or its slug."""
    marks_of: dict[Permalink, str] = {}
    for group in _same(documents, lambda document: document.title.casefold()):
        for way in (_mark, _mark_and_language):
            marks = {d.permalink: way(d, words) for d in group}
            if len(set(marks.values())) == len(group):
                break
        else:
            marks = {d.permalink: words.listed_plainly([_mark(d, words), d.slug]) for d in group}
        marks_of |= marks
    return marks_of


def shared_descriptions(documents: Iterable[Document]) -> frozenset[str]:
    """Summaries that several documents have."""
    groups = _same(documents, lambda document: getattr(document.meta, "summary", "") or "")
    return frozenset(str(getattr(group[0].meta, "summary", "")) for group in groups)


def _same(documents: Iterable[Document], key: Callable[[Document], str]) -> Iterable[list[Document]]:
    """Groups of several documents with one key; "" is none."""
    groups: defaultdict[str, list[Document]] = defaultdict(list)
    for document in documents:
        groups[key(document)].append(document)
    return (group for name, group in groups.items() if name and len(group) > 1)


def _mark(document: Document, words: Translations) -> str:
    if is_a(document, Article):
        return words.day(date_of(document))
    if isinstance(document.meta, Entity):
        return words(f"kind_{document.meta.kind}")
    return words("topic") if document.kind is Kind.TOPIC else document.slug


def _mark_and_language(document: Document, words: Translations) -> str:
    language = document.meta.language if isinstance(document.meta, Article | FreePage) else None
    parts = [_mark(document, words), *([words.language(language)] if language else [])]
    return words.listed_plainly(parts)

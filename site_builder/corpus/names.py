"""Names by which people refer to documents: title, name, synonyms, slug and old addresses.

Two spellings are the same name if they differ in case, in composed or decomposed letters, in curly or straight quotes,
or in hyphens for spaces. Other signs count: `C++` is not `C`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Self

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Tool
from site_builder.content.vocabulary import Kind
from site_builder.urls import fold

_STRAIGHT: Final = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "–": "-", "—": "-"})  # noqa: RUF001 (that is the point)


class NameIndex(msgspec.Struct, frozen=True):
    """All documents, published or not, by kind and name."""

    by_name: Mapping[tuple[Kind, str], tuple[Document, ...]] = msgspec.field(default_factory=dict)

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Self:
        """Collect the names of documents."""
        found: dict[tuple[Kind, str], dict[Document, None]] = defaultdict(dict)
        for document in documents:
            for name in (document.slug, *spoken_names(document), *_old_names(document)):
                found[document.kind, _plain(name)][document] = None
        return cls({key: tuple(documents) for key, documents in found.items() if key[1]})

    def called(self, kind: Kind, name: str) -> tuple[Document, ...]:
        """The documents with that name."""
        return self.by_name.get((kind, _plain(name)), ())


def spoken_names(document: Document) -> tuple[str, ...]:
    """The names of a document that can stand in a sentence: its title or name, and its synonyms."""
    return (document.title, *getattr(document.meta, "synonyms", ()))


def _old_names(document: Document) -> Iterator[str]:
    """`2026/06/mayo` and `mayo` of an alias `/2026/06/mayo/`."""
    if isinstance(document.meta, Tool):
        return
    for alias in document.meta.aliases:
        path = alias.strip("/").removesuffix(".html")
        yield path
        yield path.rpartition("/")[2]


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "-", fold(name.strip()).translate(_STRAIGHT)).strip("-")

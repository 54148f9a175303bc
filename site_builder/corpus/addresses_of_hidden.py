"""Front matter without addresses of one's own site that lead to what readers may not see yet.

`source.url: https://our.site/articles/embargoed/` would tell everybody that it exists, and by which name.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any, Final

from site_builder.content.document import Document
from site_builder.content.schema import Article, Entity, Tool
from site_builder.diagnostics import Diagnostic, diagnostic
from site_builder.urls import Permalink, own_address

_FIELDS: Final = {Article: ("source.url", "source.archive"), Entity: ("same_as",), Tool: ("url",)}
"""Those of the models that hold web addresses."""


def without_addresses_of(
    document: Document, hidden: Collection[Permalink], home: str
) -> tuple[Document, list[Diagnostic]]:
    """The document, or a copy without such addresses. May report target-unpublished.

    `home` is the address of the site; "" where it is not known, and nothing can be told.
    """
    found: list[Diagnostic] = []
    meta: Any = document.meta
    for field in _FIELDS.get(type(meta), ()) if home else ():
        *path, name = field.split(".")
        holder = getattr(meta, path[0]) if path else meta
        value = getattr(holder, name) if holder is not None else None
        urls = value if isinstance(value, tuple) else (value,)
        kept = tuple(url for url in urls if not url or not _leads_to(url, hidden, home))
        if len(kept) == len(urls):
            continue
        text = f'"{field}" is the address of a document that is not published yet, so readers will not see it'
        found.append(
            diagnostic(
                "target-unpublished",
                document.location(field if field in document.positions else path[0] if path else ""),
                text,
            )
        )
        holder = replace(holder, **{name: kept if isinstance(value, tuple) else None})
        meta = replace(meta, **{path[0]: holder}) if path else holder
    return (document if not found else _with_meta(document, meta)), found


def _leads_to(url: str, hidden: Collection[Permalink], home: str) -> bool:
    address = own_address(url, home)
    if address is None:
        return False
    path = f"{address.partition('?')[0].removesuffix('index.html').rstrip('/')}/"
    return path in hidden or f"{path.partition('#')[0].rstrip('/')}/" in hidden


def _with_meta(document: Document, meta: Any) -> Document:
    return Document(
        document.path,
        document.kind,
        document.slug,
        document.permalink,
        meta,
        document.body,
        document.positions,
        document.body_line,
    )

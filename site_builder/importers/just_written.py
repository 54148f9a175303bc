"""Add the drafts of one source to what exists, for the next source of the same run: a copy of it is then recognised.

Plans in, content out; nothing is read from the disk again.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from site_builder.content.document import Document, permalink_of
from site_builder.content.front_matter import parse
from site_builder.content.schema import Article
from site_builder.content.source_parts import split
from site_builder.content.vocabulary import Kind
from site_builder.importers.draft import NewFile
from site_builder.importers.existing_content import ExistingContent
from site_builder.markdown.body import Body
from site_builder.urls import Slug, SourcePath


def with_drafts(content: ExistingContent, drafts: Iterable[tuple[Path, NewFile]]) -> ExistingContent:
    """The content with these drafts among its articles: unpublished, and without a text of their own."""
    documents = [d for path, file in drafts if (d := _document(path, file, content.root))]
    sketches: dict[str, int | None] = {
        d.path: int(p.sketch, 16) for d in documents if (p := d.meta.provenance) and p.sketch
    }
    return replace(
        content,
        articles=(*content.articles, *documents),
        sketches={**content.sketches, **sketches},
        unpublished=content.unpublished | {d.slug for d in documents},
    )


def _document(path: Path, file: NewFile, root: Path) -> Document[Article] | None:
    here, top = path.absolute(), root.absolute()
    name = SourcePath(str(here.relative_to(top) if here.is_relative_to(top) else here))
    parts, _ = split(file.text, name)
    front, _ = parse(parts.yaml, Kind.ARTICLE, name) if parts else (None, [])
    if front is None or not isinstance(front.meta, Article):
        return None
    slug = Slug(file.slug)
    return Document(name, Kind.ARTICLE, slug, permalink_of(Kind.ARTICLE, slug), front.meta, Body(""), {}, 1)

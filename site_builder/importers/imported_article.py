"""What was read from one page of another site, whatever its form.

Every reader (text, HTML, feeds) returns an ImportedArticle; duplicates, suggestions, drafts and JSON start from one.
A value that the page does not state stays None: nothing here is guessed without a finding that says so.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from site_builder.diagnostics import Diagnostic
from site_builder.urls import SourcePath

UNNAMED: Final = SourcePath("-")
"""The path in findings about a page without a name, as of standard input."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a page comes from."""

    name: str | None = None
    """Publisher, as the page names it."""
    url: str | None = None
    """Canonical address, http or https, without tracking parameters."""


@dataclass(frozen=True, slots=True)
class LeadPicture:
    """The lead image, as far as the page describes it."""

    credit: str | None = None
    """Its owner, without a label such as "Image source:"."""
    src: str | None = None
    """Absolute address."""
    alt: str | None = None


@dataclass(frozen=True, slots=True)
class SimilarCard:
    """One entry of a block of similar articles."""

    title: str
    date: dt.date | None = None
    summary: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ToolCard:
    """An advertised tool."""

    name: str
    pricing: str | None = None
    """As written: "Free", "Freemium"."""
    summary: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedArticle:
    """One page, read."""

    title: str | None = None
    date: dt.date | None = None
    """When it was published: not when it was updated."""
    summary: str | None = None
    """The page's own dek, word for word."""
    body: str = ""
    """The whole text, once, as Markdown."""
    source: Origin = field(default_factory=Origin)
    image: LeadPicture = field(default_factory=LeadPicture)
    author: str | None = None
    language: str | None = None
    """BCP 47 tag."""
    similar: tuple[SimilarCard, ...] = ()
    """In the page's order, without repeats and without the page itself."""
    tools: tuple[ToolCard, ...] = ()
    keywords: tuple[str, ...] = ()
    """The page's own tags and section names, where it marks them up as such."""
    findings: tuple[Diagnostic, ...] = ()
    """What the editor must know about the page and its reading."""


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """An article that is there already, by which a feed's entry is known."""

    url: str | None
    """Address of its source."""
    title: str
    date: dt.date | None = None


def article_as_json(
    article: ImportedArticle, topics: Sequence[str] = (), findings: Iterable[Diagnostic] = ()
) -> Mapping[str, Any]:
    """The object that `import --json` prints: dates ISO, absent values null, findings as sentences with their code.

    `topics` and `findings` are those that depend on the site.
    """

    def day(date: dt.date | None) -> str | None:
        return date.isoformat() if date else None

    return {
        "title": article.title,
        "date": day(article.date),
        "summary": article.summary,
        "body": article.body,
        "source": {"name": article.source.name, "url": article.source.url},
        "image": {"credit": article.image.credit, "src": article.image.src, "alt": article.image.alt},
        "author": article.author,
        "language": article.language,
        "similar": [
            {"title": c.title, "date": day(c.date), "summary": c.summary, "url": c.url} for c in article.similar
        ],
        "tools": [
            {"name": t.name, "pricing": t.pricing, "summary": t.summary, "tags": list(t.tags)} for t in article.tools
        ],
        "topics": list(topics),
        "entities": [],
        "warnings": [f"{d.text} [{d.code}]" for d in (*article.findings, *findings)],
    }

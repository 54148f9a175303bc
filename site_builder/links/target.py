"""What a reference means: the page, the file or the address that it leads to, or why it leads nowhere."""

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Similar
from site_builder.content.vocabulary import Kind
from site_builder.urls import Permalink, SourcePath, slugify


class Outcome(StrEnum):
    """What became of a reference."""

    FOUND = "found"
    WANTED = "wanted"
    """Named, but not written yet."""
    HIDDEN = "hidden"
    """It exists, but readers may not see it yet."""
    BROKEN = "broken"
    ELSEWHERE = "elsewhere"
    """Below the address of the site, but not made by it; the address stays as it is written."""


class Target(msgspec.Struct, frozen=True):
    """What a reference means."""

    outcome: Outcome
    url: str = ""
    """Permalink, with `#fragment` where there is one; "" for what has no address."""
    title: str = ""
    """What to call it where the writer gave no text."""
    document: Document | None = None
    asset: SourcePath | None = None
    """The file to publish, if it is one."""
    is_picture: bool = False
    """Whether the file is shown, not linked."""


class ResolvedSimilar(msgspec.Struct, frozen=True):
    """One curated entry with its target."""

    entry: Similar
    target: Target


class Resolved(msgspec.Struct, frozen=True):
    """Every reference of one document."""

    refs: tuple[Target, ...] = ()
    """Of the body, in the order of `Body.refs`."""
    named: Mapping[str, tuple[Target, ...]] = msgspec.field(default_factory=dict)
    """Field of the front matter that names documents -> its targets, in the order written."""
    similar: tuple[ResolvedSimilar, ...] = ()
    """Those of the entries that a page can show."""
    image: SourcePath | None = None
    """The picture above an article."""

    @property
    def topics(self) -> tuple[Target, ...]:
        """Of an article."""
        return self.named.get("topics", ())

    @property
    def entities(self) -> tuple[Target, ...]:
        """Of an article."""
        return self.named.get("entities", ())

    @property
    def assets(self) -> tuple[SourcePath, ...]:
        """Files that must be published with the document."""
        used = [t.asset for t in self.refs if t.asset] + ([self.image] if self.image else [])
        return tuple(dict.fromkeys(used))

    @property
    def pictures(self) -> tuple[SourcePath, ...]:
        """Those of the files that the document shows."""
        shown = [t.asset for t in self.refs if t.asset and t.is_picture] + ([self.image] if self.image else [])
        return tuple(dict.fromkeys(shown))


def asset_address(path: SourcePath, content: str) -> Permalink:
    """Where a file of the content folder is published: at the same path below the root."""
    return Permalink(path.removeprefix(content))


def asset_link(path: SourcePath, content: str) -> str:
    """Where to link to such a file: what a URL would take for its own signs is encoded."""
    return asset_address(path, content).replace("%", "%25").replace("#", "%23").replace("?", "%3F")


def anchor_of(kind: Kind, slug: str) -> str:
    """The id of a wanted page's entry on `/wanted/`."""
    return f"{kind}-{slugify(slug) or 'x'}"


def humanise(slug: str) -> str:
    """A slug as words: `ai-act` -> `ai act`."""
    return slug.replace("-", " ").replace("_", " ").strip() or slug

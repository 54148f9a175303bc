"""What the last build was made from, input by input, as short digests: so that `build --explain` can name what changed.

Kept beside the manifest after each build, for any later one that is asked to explain itself. A digest stands for each
field of each published document, for each template, each setting, and each part of what every page shows of the site.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import msgspec

from site_builder.cache import CacheDamage
from site_builder.config import SiteConfig
from site_builder.config.link_states import LINKS_FILE
from site_builder.content.document import Document
from site_builder.output.manifest import kept_path
from site_builder.output.usable_cache import keep, load_kept
from site_builder.pipeline import Site
from site_builder.urls import SourcePath

_SETTINGS: Final[Mapping[str, str]] = {
    "name": "site_name",
    "url": "site_url",
    "description": "site_description",
    "author": "site_author",
    "copyright": "copyright",
    "repo_url": "repo_url",
    "edit_url": "edit_uri",
    "template_dirs": "theme",
    "drafts": "--drafts",
    "dead_links": LINKS_FILE,
}
"""Field of SiteConfig -> what users call it. On the others no view depends, or they decide which documents exist."""


class InputSnapshot(msgspec.Struct, frozen=True):
    """The inputs of a build: name -> digest, or what it says."""

    documents: Mapping[SourcePath, tuple[str, msgspec.Raw]]
    """Path of a published document -> the digest of its body, and its front matter as JSON."""
    templates: Mapping[str, str]
    """Those that any page reaches, by name."""
    settings: Mapping[str, str]
    day: str
    """The day of the build."""
    site: Mapping[str, str]
    """Field of SiteView, which every page sees."""
    words: Mapping[str, str]
    """Texts of the interface, by key."""


def take_snapshot(site: Site) -> InputSnapshot:
    """The inputs of a site whose pages have been composed."""
    context = site.render_context
    return InputSnapshot(
        {d.path: (d.body.digest[:8], msgspec.Raw(msgspec.json.encode(d.meta))) for d in _published(site)},
        {name: digest.hex()[:8] for name, digest in site.templates.own().items()},
        dict(_settings(site.config)),
        site.config.date.isoformat(),
        {name: _digest(value) for name, value in msgspec.structs.asdict(context.site).items()},
        {key: _digest(text) for key, text in context.words.texts.items()},
    )


def _published(site: Site) -> Iterator[Document]:
    """Every document that a page shows or redirects to."""
    corpus = site.corpus
    yield from corpus.documents()
    yield from (d for d in corpus.by_path.values() if d.permalink in corpus.moved)


def _settings(config: SiteConfig) -> Iterator[tuple[str, str]]:
    for option in fields(config.options):
        yield option.name, _digest(repr(getattr(config.options, option.name)))
    for field, name in _SETTINGS.items():  # after the options, of which `site_name` may be one
        yield name, _digest(str(getattr(config, field)))
    yield "markdown_extensions", _digest(config.markdown.key())


def _digest(value: object) -> str:
    return blake2b(msgspec.json.encode(value), digest_size=4).hexdigest()


def fields_of(document: tuple[str, msgspec.Raw]) -> dict[str, str]:
    """Field of a document, or `text` for its body -> what it says, as JSON. Fields that say nothing are left out."""
    text, meta = document
    fields = msgspec.json.decode(meta, type=dict[str, Any])
    return {**{name: repr(value) for name, value in fields.items() if value}, "text": text}


def load_snapshot(config: SiteConfig, damage: CacheDamage) -> InputSnapshot | None:
    """The inputs of the last build of this site folder; None where nothing is known."""
    return load_kept(_path(config), InputSnapshot, damage)


def save_snapshot(config: SiteConfig, snapshot: InputSnapshot) -> OSError | None:
    """Remember the inputs of a build that is finished."""
    return keep(_path(config), snapshot)


def forget_snapshot(config: SiteConfig) -> None:
    """Forget the inputs of the last build, because another one's files take the place of its files."""
    with suppress(OSError):  # there is none, or it is none of ours
        _path(config).unlink()


def _path(config: SiteConfig) -> Path:
    return kept_path(config.cache_dir, config.site_dir, ".inputs.json")

"""What an output format is: a way to turn one kind of view into the bytes of a file.

Every other module here that writes files holds one format. A format is frozen and picklable, so that another process
can render with it, and it takes everything that it needs as arguments.
"""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Generic, TypeVar

import msgspec

from site_builder.diagnostics import Diagnostic
from site_builder.i18n import Translations
from site_builder.render.site_view import Label, SiteView
from site_builder.urls import Permalink

V_contra = TypeVar("V_contra", contravariant=True)


class RefView(msgspec.Struct, frozen=True):
    """A reference in a body: `url` is "" where it has no target."""

    url: str
    title: str
    is_image: bool = False
    is_wanted: bool = False
    size: tuple[int, int] | None = None
    """Width and height of an image, in pixels."""
    summary: str = ""
    """What an embedded note is quoted with."""
    is_full: bool = False
    """Whether `url` is a full address, which is the same on every page."""


class DeadLinkView(msgspec.Struct, frozen=True):
    """An address elsewhere that readers will not reach."""

    url: str
    """Without a fragment."""
    since: dt.date
    """The first day on which it was not reached."""
    archive: str = ""
    """The address of an archived copy; "" if none is known."""


class BodyView(msgspec.Struct, frozen=True):
    """A body, named by the digest of its HTML, with the targets of its references."""

    digest: str
    path: str
    """Its source file, from which the HTML can be made again."""
    refs: tuple[RefView, ...]
    mentions: tuple[Label, ...] = ()
    """Names in the text, as written, of which the first occurrence becomes a link."""
    ids: tuple[tuple[str, str], ...] = ()
    """Ids of headings that would name a document which readers may not see, each with the one in its place."""
    dead: tuple[DeadLinkView, ...] = ()
    """The addresses elsewhere to which it links and that are dead."""


def bodies_in(value: object) -> Iterator[BodyView]:
    """The bodies in a view, wherever they are in it."""
    if isinstance(value, BodyView):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from bodies_in(getattr(value, name))
    elif isinstance(value, tuple | list):
        for one in value:
            yield from bodies_in(one)
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from bodies_in(one)


BodySource = Callable[[BodyView], str]
"""Gives the HTML of a body, with its references still open."""


class RenderContext(msgspec.Struct, frozen=True):
    """What rendering needs besides the page: the same for every page of a build."""

    root: Path
    site: SiteView
    words: Translations
    template_dirs: tuple[Path, ...]
    templates: bytes
    """Digest of all templates, as `templates_version` gives it."""


class Format(ABC, Generic[V_contra]):
    """Turns views of one type into bytes."""

    @property
    @abstractmethod
    def name(self) -> str:
        """The template or the file to copy, for messages and fingerprints; "" where the format needs neither."""

    @abstractmethod
    def render(self, view: V_contra, url: Permalink, context: RenderContext, body_html: BodySource) -> bytes:
        """The bytes of the file at `url`.

        Raises RenderError where a template fails, and OSError where a file or a body cannot be read.
        """


class RenderError(Exception):
    """A template failed on a page; carries the finding."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(str(finding))
        self.diagnostic = finding

    def __reduce__(self) -> tuple[type["RenderError"], tuple[Diagnostic]]:
        return (RenderError, (self.diagnostic,))

"""Files whose bytes already exist: copied from the disk, cleaned if they are SVG pictures, or part of the view."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from site_builder.markdown.clean_html.clean_svg import EMPTY, SvgError, clean_svg
from site_builder.render.format import BodySource, Format, RenderContext
from site_builder.urls import Permalink


@dataclass(frozen=True, slots=True)
class Copy(Format[None]):
    """A file as it is. It has no view."""

    name: str
    """Path of the file: absolute for the theme's, otherwise relative to the root of the site's sources."""

    def render(self, view: None, url: Permalink, context: RenderContext, body_html: BodySource) -> bytes:  # noqa: ARG002
        """The file's bytes. Raises OSError where it is gone."""
        return self.read(context.root)

    def read(self, root: Path) -> bytes:
        """The file on the disk. Raises OSError where it is gone."""
        return (root / self.name).read_bytes()

    def published(self, data: bytes) -> bytes:
        """What is published of those bytes: all."""
        return data


@dataclass(frozen=True, slots=True)
class SvgPicture(Format[None]):
    """An SVG that pages show, without what could run or load something. It has no view."""

    name: str
    """Path of the file, relative to the root of the site's sources."""

    def render(self, view: None, url: Permalink, context: RenderContext, body_html: BodySource) -> bytes:  # noqa: ARG002
        """The picture; an empty one in place of a file that is no SVG. Raises OSError where it is gone."""
        return self.published(self.read(context.root))

    def read(self, root: Path) -> bytes:
        """The file on the disk. Raises OSError where it is gone."""
        return (root / self.name).read_bytes()

    def published(self, data: bytes) -> bytes:
        """What is published of those bytes."""
        try:
            return clean_svg(data).data
        except SvgError:
            return EMPTY


class BytesView(msgspec.Struct, frozen=True):
    """The contents of a file."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Bytes(Format[BytesView]):
    """A file whose bytes are the view."""

    @property
    def name(self) -> str:
        """None is needed."""
        return ""

    def render(self, view: BytesView, url: Permalink, context: RenderContext, body_html: BodySource) -> bytes:  # noqa: ARG002
        """The view's bytes."""
        return view.data

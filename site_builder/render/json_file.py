"""A view as canonical JSON: sorted keys, no spaces, one line."""

from dataclasses import dataclass

import msgspec

from site_builder.render.format import BodySource, Format, RenderContext
from site_builder.urls import Permalink


@dataclass(frozen=True, slots=True)
class Json(Format[object]):
    """The view itself, field by field, as JSON."""

    @property
    def name(self) -> str:
        """None is needed."""
        return ""

    def render(self, view: object, url: Permalink, context: RenderContext, body_html: BodySource) -> bytes:  # noqa: ARG002
        """One line in UTF-8; the same view gives the same bytes."""
        return msgspec.json.encode(view, order="sorted") + b"\n"

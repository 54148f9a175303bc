"""A smaller copy of a picture for the place where a page shows it, without what cameras write into files.

Pillow makes it; the same file gives the same bytes. What Pillow cannot read is published as it is and reported as
`image-broken`.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

import msgspec

from site_builder.render.format import BodySource, Format, RenderContext
from site_builder.urls import Permalink

if TYPE_CHECKING:
    from PIL.Image import Image

QUALITY: Final = 80
"""Of JPEG and WebP: below it, faces and letters in photos begin to suffer."""
MODES: Final = {"JPEG": ("L", "RGB"), "PNG": ("L", "LA", "RGB", "RGBA"), "WEBP": ("RGB", "RGBA")}
"""What is written as it is; everything else becomes the last."""


class ScaledPictureView(msgspec.Struct, frozen=True):
    """Which picture, and how wide its copy is."""

    path: str
    """Of the file, relative to the root of the site's sources."""
    digest: str
    """Of its bytes."""
    width: int
    made_by: str
    """The versions of what scales and packs it, because others may give other bytes."""


@dataclass(frozen=True, slots=True)
class ScaledPicture(Format[ScaledPictureView]):
    """A smaller copy of a JPEG, PNG or WebP file, in the same format."""

    @property
    def name(self) -> str:
        """None is needed."""
        return ""

    def render(self, view: ScaledPictureView, url: Permalink, context: RenderContext, body_html: BodySource) -> bytes:  # noqa: ARG002
        """The bytes of the copy. Raises OSError where the file is gone."""
        return scale((context.root / view.path).read_bytes(), view.width)


def scale(data: bytes, width: int) -> bytes:
    """A picture at this width, turned as its Exif data say; the bytes themselves where they are broken."""
    from PIL import Image, ImageOps  # noqa: PLC0415 (a site without pictures may do without)

    try:
        with Image.open(BytesIO(data), formats=tuple(MODES)) as image:
            turned = ImageOps.exif_transpose(image)
            size = (width, max(1, round(turned.height * width / turned.width)))
            small = _plain(turned, image.format or "").resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
            return _packed(small, image.format or "", image.info.get("icc_profile"))
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        return data


def _plain(image: "Image", format_: str) -> "Image":
    modes = MODES[format_]
    if image.mode in modes:
        return image
    is_clear = image.mode in {"LA", "PA", "RGBA", "RGBa", "La"} or "transparency" in image.info
    return image.convert(modes[-1] if is_clear else "RGB")


def _packed(image: "Image", format_: str, profile: bytes | None) -> bytes:
    out = BytesIO()
    if format_ == "PNG":
        image.save(out, format_, optimize=True, icc_profile=profile)
    elif format_ == "JPEG":
        image.save(out, format_, quality=QUALITY, optimize=True, progressive=True, icc_profile=profile)
    else:
        image.save(out, format_, quality=QUALITY, icc_profile=profile or b"")
    return out.getvalue()

"""A smaller copy of a picture for the place where a page shows it, without what cameras write into files.

Pillow makes it; the same file gives the same bytes. What Pillow cannot read is published as it is and reported as
`image-broken`.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

import msgspec

from site_builder.render.format import BodySource, Format, RenderContext
from site_builder.render.raster.source_picture import UNREADABLE, opened, scaled_format, turn_of
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
    from PIL.Image import Resampling  # noqa: PLC0415 (a site without pictures may do without)

    try:
        with opened(data) as image:
            format_, profile = scaled_format(image), image.info.get("icc_profile")
            turned = _turned(image)
            size = (width, max(1, round(turned.height * width / turned.width)))
            plain = _plain(turned, format_, profile)
            small = plain.resize(size, Resampling.LANCZOS, reducing_gap=3)
            return _packed(small, format_, profile if _is_of(profile, plain.mode) else None)
    except UNREADABLE:
        return data


def _turned(image: "Image") -> "Image":
    """Not by Pillow's `exif_transpose`, which writes the Exif data anew and fails where they are damaged."""
    from PIL.Image import Transpose  # noqa: PLC0415

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    turn = turn_of(image)
    image.load()
    return image.transpose(turns[turn]) if turn in turns else image


def _plain(image: "Image", format_: str, profile: bytes | None) -> "Image":
    modes = MODES[format_]
    if image.mode in modes:
        return image
    if image.mode == "CMYK":
        return _on_screen(image, profile)
    if image.mode.startswith("I"):  # greys of 16 bits, of which Pillow would keep the wrong eight
        return image.convert("I").point(lambda grey: grey * (1 / 256)).convert(modes[0])
    if image.mode == "1" and "transparency" not in image.info:
        return image.convert(modes[0])
    is_clear = image.mode in {"LA", "PA", "RGBA", "RGBa", "La"} or "transparency" in image.info
    return image.convert(modes[-1] if is_clear else "RGB")


def _on_screen(image: "Image", profile: bytes | None) -> "Image":
    """A picture in the colours of print as its profile says they look."""
    from PIL import ImageCms  # noqa: PLC0415

    if profile and _is_of(profile, image.mode):
        try:
            screen = ImageCms.createProfile("sRGB")
            found = ImageCms.profileToProfile(image, BytesIO(profile), screen, outputMode="RGB")
        except (ImportError, *UNREADABLE, ImageCms.PyCMSError):
            return image.convert("RGB")
        return found or image.convert("RGB")
    return image.convert("RGB")


def _is_of(profile: bytes | None, mode: str) -> bool:
    """Whether a profile (ICC.1, 7.2.6) is for the colours of a picture; another one would show it in wrong ones."""
    kind = {"L": b"GRAY", "LA": b"GRAY", "CMYK": b"CMYK"}.get(mode, b"RGB ")
    return profile is not None and profile[16:20] == kind


def _packed(image: "Image", format_: str, profile: bytes | None) -> bytes:
    out = BytesIO()
    if format_ == "PNG":
        image.save(out, format_, optimize=True, icc_profile=profile)
    elif format_ == "JPEG":
        image.save(out, format_, quality=QUALITY, optimize=True, progressive=True, icc_profile=profile)
    else:
        image.save(out, format_, quality=QUALITY, icc_profile=profile or b"")
    return out.getvalue()

"""Pictures of articles, with smaller copies for the places where pages show them.

A copy is made for each of WIDTHS that is clearly below the picture's own, under a name made from the bytes of the
picture: a browser may keep it for ever, and an unchanged picture is scaled once.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from site_builder.content.document import Document
from site_builder.content.schema import Article
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.images import is_broken
from site_builder.links.target import asset_link
from site_builder.pages.context import PageContext
from site_builder.pages.route import AnyRoute, Route, RouteFamily
from site_builder.render.raster.scaled_picture import ScaledPicture, ScaledPictureView
from site_builder.render.raster.source_picture import Picture
from site_builder.render.social_card import made_by
from site_builder.urls import Permalink, SourcePath

WIDTHS: Final = (400, 800, 1200)
"""Pixels: a phone, a phone with a fine screen or half a column, the column of a text on a fine screen (608 pixels)."""
MUCH_WIDER: Final = 1.25
"""A picture of nearly the width of a copy needs none."""
BASE: Final = "/assets/scaled/"


class PictureCopy(msgspec.Struct, frozen=True):
    """A file with the picture at some width."""

    url: str
    width: int


class PictureView(msgspec.Struct, frozen=True):
    """The picture of an article."""

    url: str
    alt: str
    credit: str
    size: tuple[int, int] | None
    copies: tuple[PictureCopy, ...] = ()
    """From the narrowest on; the picture itself comes last where it is not much wider than the widest copy. Empty where
    it is shown as it is."""


def picture_of(context: PageContext, article: Document[Article], *, or_in_text: bool = False) -> PictureView | None:
    """The picture above an article; `or_in_text`: otherwise the first one in its text, if that is on this site."""
    own, path = article.meta.image, context.graph.resolved[article.permalink].image
    if path is None and or_in_text:
        context.note_text(article)
        targets = zip(article.body.refs, context.graph.resolved[article.permalink].refs, strict=True)
        path = next((target.asset for ref, target in targets if ref.kind.is_image and target.asset), None)
        own = None
    if path is None:
        return None
    url, picture = asset_link(path, context.config.content), context.pictures[path]
    copies = _copies(picture, url) if picture else ()
    size = (picture.width, picture.height) if picture and copies else context.image_size(path)
    return PictureView(url, own.alt if own else "", (own.credit if own else "") or "", size, copies)


def _copies(picture: Picture, url: str) -> tuple[PictureCopy, ...]:
    copies = [PictureCopy(_address(picture, width), width) for width in _widths(picture)]
    if copies and picture.is_shown_turned and picture.width < WIDTHS[-1] * MUCH_WIDER:
        copies.append(PictureCopy(url, picture.width))
    return tuple(copies)


def _widths(picture: Picture) -> list[int]:
    return [width for width in WIDTHS if width * MUCH_WIDER <= picture.width]


def _address(picture: Picture, width: int) -> Permalink:
    return Permalink(f"{BASE}{picture.digest}-{width}{picture.suffix}")


def scaled_pictures(context: PageContext, leading: Callable[[PageContext], Iterable[Document[Article]]]) -> RouteFamily:
    """The copies of all pictures above articles, and of those that the home page shows; `leading`: its articles."""
    return RouteFamily(BASE, context.remember(partial(_routes, context, leading)))


def _routes(
    context: PageContext, leading: Callable[[PageContext], Iterable[Document[Article]]]
) -> tuple[AnyRoute, ...]:
    views = [picture_of(context, article) for article in context.corpus.articles]
    views += [picture_of(context, article, or_in_text=True) for article in leading(context)]
    shown = {view.url for view in views if view and view.copies}
    used = sorted({path for one in context.graph.resolved.values() for path in one.assets})
    shown_paths = (path for path in used if asset_link(path, context.config.content) in shown)
    routes: dict[Permalink, AnyRoute] = {}
    for path, picture in ((path, context.pictures[path]) for path in shown_paths):
        if picture is None:
            continue
        for width in _widths(picture):
            url, view = _address(picture, width), ScaledPictureView(path, picture.digest, width, made_by())
            routes.setdefault(url, Route(url, ScaledPicture(), partial(_same, view), (path,)))
    return tuple(routes.values())


def _same(view: ScaledPictureView) -> ScaledPictureView:
    return view


def broken_pictures(root: Path, shown: Iterable[SourcePath]) -> Iterator[Diagnostic]:
    """image-broken, for each picture of a page that no browser can show."""
    for path in sorted(shown):
        if is_broken(root / path):
            hint = "save it again with the program that made it, or put another file in its place"
            yield diagnostic("image-broken", Location(path), f'"{path}" cannot be read as a picture', hint)

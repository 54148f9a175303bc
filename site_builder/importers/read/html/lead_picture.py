"""The lead picture of a page: its address, what it shows, and its credit. Needs the tree with its images."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from site_builder.importers.imported_article import LeadPicture
from site_builder.importers.read.html.page_tree import Element, names_of, squeeze, text_of
from site_builder.importers.read.phrases import MAX_CREDIT_CHARACTERS, phrases
from site_builder.links.canonical_urls import absolute_url

_CAPTION_CHARACTERS: Final = 300
"""The end of a caption, in which its credit stands."""
MAX_FIGURES: Final = 12
"""A lead picture is among the first of a page."""
_SIZES: Final = re.compile(r"[-_]\d{2,4}x\d{2,4}|\.\w{3,4}\Z|[?#].*")


def lead_picture(root: Element, src: str | None, alt: str | None, credit: str | None, base: str | None) -> LeadPicture:
    """The picture that the page names, completed from the figure that shows it; without a name, the first figure's."""
    figures = list(_figures(root))
    figure = next((f for f in figures if src and _stem(_source(f, base)) == _stem(src)), None)
    if figure is None and figures and (src is None or len(figures) == 1):
        figure = figures[0]
    if figure is None:
        return LeadPicture(credit_name(credit) if credit else None, src, alt)
    shown = _source(figure, base)
    image = next(figure.iter("img"), None)
    text = squeeze(image.get("alt") or "") if image is not None else ""
    return LeadPicture(
        _figure_credit(figure) or (credit_name(credit) if credit else None), src or shown, alt or text or None
    )


def credit_of_lines(lines: Sequence[str]) -> str | None:
    """The credit on a line of its own: "Image Source: Mayo Clinic"."""
    for line in lines:
        match = phrases().picture_credit_label.match(line)
        if match and len(line) <= MAX_CREDIT_CHARACTERS and (name := credit_name(line)):
            return name
    return None


def credit_name(text: str) -> str | None:
    """A credit without its label and brackets, None where nothing is left."""
    bare = squeeze(text).strip("()[] ")
    while match := phrases().picture_credit_label.match(bare):
        bare = bare[match.end() :].strip()
    bare = bare.strip(" .:|–—-()[]©")
    return bare if 1 < len(bare) <= MAX_CREDIT_CHARACTERS else None


def _figures(root: Element) -> Iterator[Element]:
    """The first figures of the article, outside of lists and side columns."""
    count = 0
    for figure in root.iter("figure"):
        if next(figure.iter("img"), None) is None or any(
            e.tag in {"aside", "nav", "footer", "li"} for e in figure.iterancestors()
        ):
            continue
        count += 1
        if count > MAX_FIGURES:
            return
        yield figure


def _source(figure: Element, base: str | None) -> str | None:
    """The address of a figure's image; placeholders of lazy loading are skipped."""
    for image in figure.iter("img"):
        sets = (image.get("srcset") or image.get("data-srcset") or "").split(",")[0].split()
        for given in (image.get("data-src"), image.get("data-lazy-src"), image.get("src"), *sets[:1]):
            if given and not given.startswith("data:") and (address := absolute_url(given, base)):
                return address
    return None


def _stem(address: str | None) -> str:
    """The file's name without size and ending, which is the same for all renditions of a picture."""
    return _SIZES.sub("", _SIZES.sub("", (address or "").rsplit("/", 1)[-1])).lower()


def _figure_credit(figure: Element) -> str | None:
    for element in figure.iterdescendants():
        if isinstance(element.tag, str) and not phrases().credit_names.isdisjoint(names_of(element)):
            text = text_of(element)
            if 0 < len(text) <= MAX_CREDIT_CHARACTERS:
                return credit_name(text)
    caption = next(figure.iter("figcaption"), None)
    end = text_of(caption)[-_CAPTION_CHARACTERS:] if caption is not None else ""
    match = phrases().picture_credit_at_end.search(end)
    return credit_name(match.group("who")) if match else None

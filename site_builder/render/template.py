"""A planned page to its bytes. Pure: the page, the site's view and the bodies' HTML in, bytes out."""

import json
import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from unicodedata import normalize
from urllib.parse import urlsplit

import msgspec
from jinja2 import TemplateError
from markupsafe import Markup

from site_builder.content.document import read_source
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.i18n import Translations
from site_builder.links.graph_export import Network
from site_builder.markdown.body import fill
from site_builder.pages.data.markdown_alternate import compose_text
from site_builder.pages.parts import (
    BodyView,
    BytesView,
    CiteView,
    FeedView,
    Label,
    PictureView,
    RefView,
    SiteView,
    TextView,
)
from site_builder.pages.route import Page, Recipe
from site_builder.render.citations import bibtex, csl_json
from site_builder.render.environment import environment, rfc3339
from site_builder.render.graphml import graphml
from site_builder.render.json_ld import structured as describe
from site_builder.render.social_card import draw_picture
from site_builder.urls import Permalink, SourcePath, absolute_url, encode, relative_url

NOT_FOUND = Permalink("/404.html")
CITATIONS = {Recipe.BIBTEX: bibtex, Recipe.CSL_JSON: csl_json}


@dataclass(frozen=True, slots=True)
class RenderContext:
    """What rendering needs beside the page: the same for every page of a build."""

    root: Path
    site: SiteView
    words: Translations
    template_dirs: tuple[Path, ...]
    templates: bytes
    """Digest of all templates, as `pages.templates` gives it."""


class RenderError(Exception):
    """A template failed on a page; carries the finding."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(str(finding))
        self.diagnostic = finding

    def __reduce__(self) -> tuple[type["RenderError"], tuple[Diagnostic]]:
        return (RenderError, (self.diagnostic,))


def render_page(page: Page, context: RenderContext, body_html: Callable[[BodyView], str]) -> bytes:
    """Make a page's bytes. Raises RenderError where a template fails, OSError where a file to copy is gone."""
    if page.recipe is Recipe.COPY:
        return (context.root / page.name).read_bytes()
    if page.recipe is Recipe.JSON_FEED:
        assert isinstance(page.view, FeedView)  # noqa: S101 (tells the type checker what the plan knows)
        return render_json_feed(page.view, page.url, context.site).encode()
    if page.recipe is Recipe.JSON:
        return msgspec.json.encode(page.view, order="sorted") + b"\n"
    if page.recipe in CITATIONS:
        assert isinstance(page.view, CiteView)  # noqa: S101 (as above)
        return CITATIONS[page.recipe](page.view).encode()
    if page.recipe is Recipe.BYTES:
        assert isinstance(page.view, BytesView)  # noqa: S101 (as above)
        return page.view.data
    if page.recipe is Recipe.PICTURE:
        assert isinstance(page.view, PictureView)  # noqa: S101 (as above)
        return draw_picture(page.view)
    if page.recipe is Recipe.GRAPHML:
        assert isinstance(page.view, Network)  # noqa: S101 (as above)
        return graphml(page.view.nodes, page.view.edges).encode()
    try:
        template = environment(context.template_dirs, context.templates).get_template(page.name)
        # One way to write each letter (W3C charmod-norm): what people paste may hold "u" and a diaeresis apart.
        return normalize("NFC", template.render(_names(page, context, body_html))).encode()
    except (
        TemplateError,
        TypeError,
        AttributeError,
        ValueError,
        LookupError,
        ArithmeticError,
        RecursionError,
    ) as error:
        raise RenderError(_template_error(page, context, error)) from error


def _names(page: Page, context: RenderContext, body_html: Callable[[BodyView], str]) -> dict[str, Any]:
    site = context.site
    mount = urlsplit(site.url).path.rstrip("/") if site.url else ""

    def href(target: str) -> str:
        """A link from this page; from 404.html, which is shown at any depth, one that starts at the root."""
        return mount + encode(target) if page.url == NOT_FOUND else relative_url(page.url, target)

    def absolute(target: str) -> str:
        """The full URL of an address, for feeds, canonical links and the sitemap."""
        return absolute_url(site.url, target)

    def html(body: BodyView) -> Markup:
        """A body as HTML that is already clean, with its links filled in for this page."""
        text = link_mentions(body_html(body), body.mentions, href)
        return Markup(compose_body(text, body.refs, href))  # noqa: S704 (the body is cleaned HTML)

    def markdown(text: TextView) -> str:
        """A body as Markdown, with its links led where the page's lead."""
        path = SourcePath(text.path)
        body, line = read_source((context.root / path).read_bytes(), path)
        return compose_text(body, line, text, absolute if site.url else href)

    def structured() -> Markup:
        """What the page says of itself to programs, as JSON-LD; "" where the site has no address."""
        return describe(page.view, page.url, site)

    return {
        "site": site,
        "page": page.view,
        "url": page.url,
        "t": context.words,
        "href": href,
        "absolute": absolute,
        "html": html,
        "markdown": markdown,
        "structured": structured,
    }


def compose_body(html: str, refs: tuple[RefView, ...], href: Callable[[str], str]) -> str:
    """Context-free HTML with its references filled in for one page."""

    def attribute(number: int, is_sized: bool) -> str:
        ref = refs[number]
        if not ref.url:
            return "data-missing" if not ref.is_image else 'src=""'
        url = escape(href(ref.url))
        if ref.is_image:
            size = f' width="{ref.size[0]}" height="{ref.size[1]}"' if ref.size and not is_sized else ""
            return f'src="{url}"{size}'
        return f'href="{url}"' + (" data-wanted" if ref.is_wanted else "")

    return fill(html, attribute, lambda number: escape(refs[number].title))


_PIECES = re.compile(r"(<[^>]*>)")
_CLOSED_TO_LINKS = frozenset("a code pre kbd samp h1 h2 h3 h4 h5 h6 button summary".split())


def link_mentions(html: str, mentions: tuple[Label, ...], href: Callable[[str], str]) -> str:
    """Link each name where it first stands in running text: not in a link, in code or in a heading."""
    waiting = {escape(m.title, quote=False): m.url for m in mentions}
    if not waiting:
        return html
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(n)}(?!\w)" for n in sorted(waiting, key=len, reverse=True)))
    closed = 0

    def linked(match: re.Match[str]) -> str:
        url = waiting.pop(match.group(), None)
        return match.group() if url is None else f'<a href="{escape(href(url))}">{match.group()}</a>'

    out: list[str] = []
    for piece in _PIECES.split(html):
        if piece.startswith("<"):
            name = piece.strip("</> ").partition(" ")[0].lower()
            if name in _CLOSED_TO_LINKS:
                closed += -1 if piece.startswith("</") else 1
            out.append(piece)
        else:
            out.append(pattern.sub(linked, piece) if not closed and waiting else piece)
    return "".join(out)


def render_json_feed(view: FeedView, url: Permalink, site: SiteView) -> str:
    """JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    items = [
        {
            "id": absolute_url(site.url, item.url),
            "url": absolute_url(site.url, item.url),
            "title": item.title,
            "summary": item.summary,
            "content_text": item.summary,
            **({"content_html": item.html} if item.html else {}),
            "date_published": rfc3339(item.added),
            "date_modified": rfc3339(item.updated),
            **({"external_url": item.source_url} if item.source_url else {}),
            **({"authors": [{"name": item.curator}]} if item.curator else {}),
            **({"tags": list(item.topics)} if item.topics else {}),
        }
        for item in view.items
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.title,
        "description": view.description,
        "home_page_url": absolute_url(site.url, view.home),
        "feed_url": absolute_url(site.url, url),
        "language": site.language,
        "authors": [{"name": site.author or site.name}],
        "items": items,
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _template_error(page: Page, context: RenderContext, error: Exception) -> Diagnostic:
    """The finding for an exception, at the deepest line of a template that it passed through."""
    place = Location(SourcePath(f"templates/{page.name}"))
    for frame in traceback.extract_tb(error.__traceback__):
        for folder in context.template_dirs:
            file = Path(frame.filename)
            if file.is_relative_to(folder):
                name = file.relative_to(folder).as_posix()
                place = Location(SourcePath(f"templates/{name}"), frame.lineno or 1)
    line = getattr(error, "lineno", None)
    if line and getattr(error, "name", None):
        place = Location(SourcePath(f"templates/{error.name}"), line)  # type: ignore[attr-defined]
    text = f"the template failed on {page.url}: {str(error) or type(error).__name__}"
    return diagnostic("template-error", place, text, "templates see what docs/reference/templates.md lists")

"""Pages made by a Jinja2 template: the names that a template sees, and what is reported where one fails."""

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic
from unicodedata import normalize
from urllib.parse import urlsplit

from markupsafe import Markup

from site_builder.content.document import read_source
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.render.bodies import compose_html, link_mentions, with_other_ids
from site_builder.render.format import BodySource, BodyView, DeadLinkView, Format, RenderContext, RenderError, V_contra
from site_builder.render.json_ld import script_json
from site_builder.render.markdown_twin import TextView, compose_markdown
from site_builder.render.site_view import SiteView
from site_builder.render.templating.dead_mark import dead_mark, mark_dead
from site_builder.render.templating.template_set import TemplateSet, template_set
from site_builder.urls import Permalink, SourcePath, absolute_url, encode

NOT_FOUND: Final = Permalink("/404.html")
"""The page that a server shows for every address that does not exist."""
Describe = Callable[[V_contra, Permalink, SiteView], Mapping[str, object]]
"""Gives the structured data of a page, as a JSON-LD document: see `json_ld.PageGraph`."""


@dataclass(frozen=True, slots=True)
class Template(Format[V_contra], Generic[V_contra]):
    """A file made by a template from a view."""

    name: str
    """File name of the template."""
    structured: Describe[V_contra] | None = None
    """A function of a module, so that it can be pickled; none for files without structured data."""

    def render(self, view: V_contra, url: Permalink, context: RenderContext, body_html: BodySource) -> bytes:
        """The text in UTF-8, with each letter written in one way (NFC).

        What people paste may hold "u" and a diaeresis apart (W3C, Character Model: String Matching).
        """
        try:
            templates = template_set(context)
            template = templates.environment.get_template(self.name)
            names = self._names(view, url, templates, body_html)
            return normalize("NFC", _with_styles(template.render(names), names["href"])).encode()
        except (OSError, MemoryError):
            raise
        except Exception as error:  # a template is code of the site: it may raise anything
            raise RenderError(_template_error(self.name, url, context, error)) from error

    def _names(self, view: V_contra, url: Permalink, templates: TemplateSet, body_html: BodySource) -> dict[str, Any]:
        context = templates.context
        site = context.site
        relative = templates.href(url)
        mount = urlsplit(site.url).path.rstrip("/") if site.url else ""

        def href(target: str) -> str:
            """A link from this page; in 404.html, which is shown at any depth, a link from the root."""
            return mount + encode(target) if url == NOT_FOUND else relative(target)

        def absolute(target: str) -> str:
            """The full URL of an address, for feeds, canonical links and the sitemap."""
            return absolute_url(site.url, target)

        def dead(link: DeadLinkView | None) -> Markup:
            """What stands after a link that is dead, such as `page.dead_source`; nothing for `none`."""
            language = getattr(getattr(view, "head", None), "language", "")
            other = site.language if language and language != site.language else ""
            return Markup(dead_mark(link, context.words, other) if link else "")  # noqa: S704 (escaped there)

        def html(body: BodyView) -> Markup:
            """A body as clean HTML, with its links filled in for this page."""
            text = link_mentions(body_html(body), body.mentions, href)
            text = with_other_ids(compose_html(text, body.refs, href, context.words), body.ids)
            text = mark_dead(text, body.dead, dead)
            return Markup(text)  # noqa: S704 (the body is cleaned HTML)

        def markdown(text: TextView) -> str:
            """A body as Markdown, with the same link targets as on the page."""
            path = SourcePath(text.path)
            body, _line = read_source((context.root / path).read_bytes(), path)
            return compose_markdown(body, text, body_html(text.body), absolute if site.url else href)

        def structured() -> Markup:
            """The page's structured data, as JSON-LD; "" where the site has no address."""
            if not site.url or self.structured is None:
                return Markup("")
            return script_json(self.structured(view, url, site))

        def more_styles() -> Markup:
            """Links to the style sheets that only some bodies need, such as those with code; for the head."""
            return _MORE_STYLES

        def shared(name: str, **values: object) -> Markup:
            """A part that pages share: `header`, `footer`, or `card`, which depends on their `values` alone."""
            return templates.fragment(name, values, names) if values else templates.part(name, url, names)

        names = {
            "site": site,
            "page": view,
            "url": url,
            "t": context.words,
            "href": href,
            "absolute": absolute,
            "html": html,
            "dead": dead,
            "markdown": markdown,
            "structured": structured,
            "more_styles": more_styles,
            "shared": shared,
        }
        return names


_MORE_STYLES: Final = Markup("\x02styles\x03")
_SHEETS: Final = (
    ("/assets/lists.css", ('class="sb-filters"', 'class="sb-rows"')),
    (
        "/assets/overview.css",
        ('sb-topic"', *(f'class="sb-{name}"' for name in "about index intro map wanted years".split())),
    ),
    ("/assets/digest.css", ('class="sb-issue"',)),
    ("/assets/atlas.css", ('class="sb-atlas',)),
    (
        "/assets/blocks.css",
        ('class="admonition', 'class="embed', 'class="footnote"', 'class="tab', "task-list-item", "<kbd"),
    ),
    ("/assets/formulas.css", ("<math",)),
    ("/assets/code.css", ('class="highlight', 'class="codehilite')),
)
"""The style sheets that few pages need, and the signs of such a page."""


def _with_styles(text: str, href: Callable[[str], str]) -> str:
    """The page with the style sheets of what it contains, where its template has `more_styles`."""
    if _MORE_STYLES not in text:
        return text
    sheets = (sheet for sheet, signs in _SHEETS if any(sign in text for sign in signs))
    links = "".join(f'\n<link rel="stylesheet" href="{href(sheet)}">' for sheet in sheets)
    return text.replace(_MORE_STYLES, links)


def _template_error(name: str, url: Permalink, context: RenderContext, error: Exception) -> Diagnostic:
    """The finding for an exception, at the deepest line of a template that it passed through."""
    place = Location(SourcePath(f"templates/{name}"))
    for frame in traceback.extract_tb(error.__traceback__):
        for folder in context.template_dirs:
            file = Path(frame.filename)
            if file.is_relative_to(folder):
                inner = file.relative_to(folder).as_posix()
                place = Location(SourcePath(f"templates/{inner}"), frame.lineno or 1)
    line, included = getattr(error, "lineno", None), getattr(error, "name", None)
    if line and included:
        place = Location(SourcePath(f"templates/{included}"), line)
    text = f"the template failed on {url}: {str(error) or type(error).__name__}"
    return diagnostic("template-error", place, text, "templates see what docs/reference/templates.md lists")

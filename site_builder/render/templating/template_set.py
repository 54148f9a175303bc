"""The templates of a site, compiled once for all its pages, with what their pages share.

Header and footer are the same on all pages of a folder, but for the mark of the current page. Where they are the
theme's own, they are rendered once for each folder and put in as text; those of a site may show anything, so they are
rendered for every page.
"""

from collections.abc import Callable, Hashable, Mapping
from itertools import chain
from typing import Any, Final
from unicodedata import normalize

from jinja2 import Environment, nodes
from markupsafe import Markup

from site_builder.render.format import RenderContext
from site_builder.render.site_view import SiteView
from site_builder.render.templating.constant_parts import settle
from site_builder.render.templating.environment import environment
from site_builder.render.templating.quick_calls import QuickCalls, escaped
from site_builder.theme import theme_dir
from site_builder.urls import HOME, Permalink, link_to_file
from site_builder.urls import relative_url as link_to_page

MAX_FRAGMENTS: Final = 20_000
"""Parts that are remembered."""
MAX_LINKS: Final = 100_000
"""Links that are remembered for the pages of one folder."""


class TemplateSet:
    """Compiled templates, and the parts and links that pages share. Belongs to one process."""

    def __init__(self, context: RenderContext) -> None:
        words, site = context.words, context.site

        class SiteEnvironment(Environment):
            """Compiles what is the same on every page of the site as constants."""

            constants = (words.texts, site)
            code_generator_class = QuickCalls
            escaped = staticmethod(escaped)

            def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
                return settle(super()._parse(source, name, filename), words, site)

        self.context = context
        self.environment = environment(context.template_dirs, SiteEnvironment)
        self._parts: dict[tuple[str, str], Markup] = {}
        self._fragments: dict[Hashable, _Pieces] = {}
        self._links: dict[str, dict[str, str]] = {}
        self._marked = _addresses_with_a_mark(site)
        theme = theme_dir().resolve()
        self._is_own = {name: _file(self.environment, name).startswith(f"{theme}/") for name in SHARED}

    def fragment(self, name: str, values: Mapping[str, Any], names: Mapping[str, Any]) -> Markup:
        """A part that depends on the values alone, from `partials/<name>.html`, with its links made for this page."""
        if not self._is_own[name]:
            return self._render(name, {**names, **values})
        key = (name, *values.values())
        pieces = self._fragments.get(key)
        if pieces is None:
            if len(self._fragments) >= MAX_FRAGMENTS:
                self._fragments.clear()
            pieces = self._fragments[key] = self._pieces(name, values, names)
        texts, targets = pieces
        href = names["href"]
        links = (escaped(href(target)) for target in targets)
        return Markup("".join(chain.from_iterable(zip(texts, (*links, ""), strict=True))))  # noqa: S704 (a template's)

    def _pieces(self, name: str, values: Mapping[str, Any], names: Mapping[str, Any]) -> "_Pieces":
        targets: list[str] = []

        def href(target: str) -> str:
            targets.append(target)
            return _LINK

        own = {"site": names["site"], "t": names["t"], "href": href, **values}
        return str(self._render(name, own)).split(_LINK), tuple(targets)

    def part(self, name: str, url: Permalink, names: Mapping[str, Any]) -> Markup:
        """A part of the page that is the same for its whole folder, from `partials/<name>.html`."""
        key = (name, _folder_above(url))
        if url in self._marked or not key[1] or not self._is_own[name]:
            return self._render(name, names)
        if key not in self._parts:
            self._parts[key] = self._render(name, names)
        return self._parts[key]

    def _render(self, name: str, names: Mapping[str, Any]) -> Markup:
        return Markup(self.environment.get_template(f"partials/{name}.html").render(names))  # noqa: S704 (a template's)

    def href(self, url: Permalink) -> Callable[[str], str]:
        """Makes relative links from a page. Those to other folders are the same on all pages beside it."""
        above = _folder_above(url)
        relative_url = link_to_file if self.context.site.has_index_links else link_to_page
        if not above:
            return lambda target: relative_url(url, target)
        own = url[: url.rindex("/") + 1]
        known = self._links.setdefault(above, {})

        def href(target: str) -> str:
            if target.startswith(own):
                return relative_url(url, target)
            link = known.get(target)
            if link is None:
                if len(known) >= MAX_LINKS:
                    known.clear()
                link = known[target] = relative_url(url, target)
            return link

        return href


SHARED: Final = ("header", "footer", "card", "row")
"""The parts in `partials/` that pages share."""
_Pieces = tuple[list[str], tuple[str, ...]]
"""The text between links, and what these lead to."""
_LINK: Final = "\x02link\x03"
"""In place of an address; no text may hold such characters."""


def template_set(context: RenderContext) -> TemplateSet:
    """The set for a context; that of the last one is kept, as a build has one context for all pages."""
    last = _kept[0] if _kept else None
    if last is None or (last.context is not context and last.context != context):
        _kept[:] = [TemplateSet(context)]
    return _kept[0]


_kept: Final[list[TemplateSet]] = []


def forget_templates() -> None:
    """Let the next page start from the files again, as in a new process."""
    _kept.clear()


def _folder_above(url: Permalink) -> str:
    """`/articles/` for `/articles/a/` and the files in it; "" for the files at the root."""
    folder = url[: url.rindex("/")]
    return folder[: folder.rindex("/") + 1] if folder else ""


def _addresses_with_a_mark(site: SiteView) -> frozenset[str]:
    """The pages that header and footer link to: there they mark the current one."""
    lists = (*site.menu, *site.pages, *site.follow)
    return frozenset({HOME, "/search/", "/wanted/", *(label.url for label in lists)})


def _file(environment: Environment, name: str) -> str:
    """The file of a part."""
    template = environment.get_template(f"partials/{name}.html")
    return normalize("NFC", template.filename or "")

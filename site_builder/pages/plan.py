"""The table of all addresses of a site, planned from its documents without composing, ranking or indexing anything."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from site_builder.config.plugin_options import MenuLink
from site_builder.content.listing.discover import Discovered
from site_builder.corpus.corpus import is_unlisted
from site_builder.corpus.feed_keys import feed_keys
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.form.pinned_packages import form_findings
from site_builder.pages.address_clashes import TakenFiles
from site_builder.pages.context import SITE_CARD, PageContext
from site_builder.pages.data.llms import LLMS_TXT
from site_builder.pages.data.markdown_alternate import markdown_routes
from site_builder.pages.data.sitemap import ROBOTS_TXT, sitemap_routes
from site_builder.pages.data.social_images import missing_pillow, undrawable_texts
from site_builder.pages.lists.graph_page import has_graph_page
from site_builder.pages.lists.home import leading
from site_builder.pages.lists.linked_from import linked_from
from site_builder.pages.lists.search_page import search_index
from site_builder.pages.lists.subscribe import follow_labels, reader_forms
from site_builder.pages.lists.wanted import further_wanted
from site_builder.pages.pictures import scaled_pictures
from site_builder.pages.planners import page_planners
from site_builder.pages.route import AnyRoute, RouteFamily
from site_builder.pages.site_files import static_routes, theme_asset_routes, used_assets
from site_builder.render.site_view import FAVICON, Label, SiteView
from site_builder.render.templating.template import Template
from site_builder.routes import ACCENT, Section
from site_builder.urls import HOME, Permalink, top_of

REPLACEABLE: Final = frozenset({ROBOTS_TXT, LLMS_TXT})
"""Generated files that a file in `content/static/` may replace."""


class SiteRoutes:
    """Every address of a site, with the way to its bytes."""

    def __init__(self, taken: TakenFiles, families: tuple[RouteFamily, ...]) -> None:
        """`taken` holds the fixed routes."""
        self._taken = taken
        self._families = families
        self._members: dict[int, Mapping[Permalink, AnyRoute]] = {}
        self.fixed: Mapping[Permalink, AnyRoute] = dict(sorted((route.url, route) for route in taken.routes))
        """The routes that are known from the documents alone, by address."""

    def is_linkable(self, url: Permalink) -> bool:
        """Whether a body may link to an address: to any page or file that is known from the documents alone."""
        return url in self.fixed

    def templates(self) -> frozenset[str]:
        """The names of all templates that routes use."""
        return frozenset(r.format.name for r in self.fixed.values() if isinstance(r.format, Template))

    def find(self, url: Permalink) -> AnyRoute | None:
        """The route of an address. Expands a family only where the address may be one of its members."""
        if url in self.fixed:
            return self.fixed[url]
        families = (family for family in self._families if family.may_hold(url))
        return next((route for family in families if (route := self._of(family).get(url))), None)

    def __contains__(self, url: object) -> bool:
        return isinstance(url, str) and self.find(Permalink(url)) is not None

    def __getitem__(self, url: str) -> AnyRoute:
        route = self.find(Permalink(url))
        if route is None:
            raise KeyError(url)
        return route

    def all(self) -> Mapping[Permalink, AnyRoute]:
        """Every route, by address. Expands all families."""
        members = (item for family in self._families for item in self._of(family).items())
        return dict(sorted({**dict(members), **self.fixed}.items()))

    def listed(self) -> Mapping[Permalink, AnyRoute]:
        """Every route that is fixed or may be in the sitemap, by address; costlier families are not expanded."""
        members = (item for family in self._families if family.is_in_sitemap for item in self._of(family).items())
        return dict(sorted({**dict(members), **self.fixed}.items()))

    def _of(self, family: RouteFamily) -> Mapping[Permalink, AnyRoute]:
        if id(family) not in self._members:
            self._members[id(family)] = {route.url: route for route in family.expand()}
        return self._members[id(family)]

    def forget_texts(self) -> None:
        """Forget what is known of families, which follow from the texts."""
        self._members.clear()
        self.__dict__.pop("family_clashes", None)

    @cached_property
    def family_clashes(self) -> tuple[Diagnostic, ...]:
        """Clashes of members of families with other routes: address-clash, address-case and alias-clash.

        Asks for the links. The search index is made only where another file is below `/search/`.
        """
        found: list[Diagnostic] = []
        taken = self._taken.copy()
        for family in self._families:
            if taken.has_file_below(family.prefix):
                found += taken.add(self._of(family).values())
        return tuple(found)


def plan_site(context: PageContext, discovered: Discovered) -> tuple[SiteRoutes, list[Diagnostic]]:
    """Plan every address of the site.

    May report address-clash, address-case, address-unknown, alias-clash, feed-id-repeated, form-changed, form-missing,
    images-missing and social-image-signs.
    Clashes with addresses that are not known yet are in `SiteRoutes.family_clashes`.
    """
    families = (
        scaled_pictures(context, leading),
        used_assets(context, discovered),
        further_wanted(context),
        linked_from(context),
        *search_index(context),
    )
    routes = [route for planner in page_planners() for route in planner(context)]
    routes += markdown_routes(context, routes)
    routes += sitemap_routes(context, routes, families)
    static = list(static_routes(context.config, discovered))
    replaced = {route.url for route in static} & REPLACEABLE
    routes = [route for route in routes if route.url not in replaced]
    taken = TakenFiles(context)
    clashes = list(taken.add((*routes, *static, *theme_asset_routes(context.config))))
    _, repeated = feed_keys(context.corpus.listed)
    pictures = [*missing_pillow(context.config), *undrawable_texts(context)]
    config = context.config
    form = form_findings(config.root, config.content, config.form, config.file)
    site_routes = SiteRoutes(taken, families)
    return site_routes, [*clashes, *repeated, *pictures, *form, *_unknown_links(context, site_routes)]


def _unknown_links(context: PageContext, routes: SiteRoutes) -> Iterator[Diagnostic]:
    """Links of the settings to pages that the site does not have."""
    options = context.config.options
    for key, links in (("menu", options.menu), ("footer_links", options.footer_links)):
        for link in links:
            if isinstance(link, MenuLink) and link.url.startswith("/") and not routes.is_linkable(_page_of(link.url)):
                text = f'"{key}" links to "{link.url}", and no page has that address'
                hint = "write it as the browser shows it, from the root of the site, such as /about/"
                yield diagnostic("address-unknown", Location(context.config.file), text, hint)


def _page_of(url: str) -> Permalink:
    return Permalink(url.partition("#")[0].partition("?")[0])


def site_view(context: PageContext) -> SiteView:
    """What every page shows of the site: its name, its lists, its free pages."""
    config, corpus, words = context.config, context.corpus, context.translations
    # An empty section has an address, and no place in the menu.
    lists = (
        *([Label(words("articles"), Section.ARTICLES.url)] if corpus.listed else []),
        *([Label(words("topics"), Section.TOPICS.url)] if corpus.topics else []),
        *([Label(words("entities"), Section.ENTITIES.url)] if corpus.entities else []),
        *([Label(words("timeline"), Section.TIMELINE.url)] if corpus.listed else []),
        *([Label(words("graph"), Section.GRAPH.url)] if has_graph_page(context) else []),
        *([Label(words("tools"), Section.TOOLS.url)] if corpus.tools else []),
    )
    options, look = config.options, config.look
    return SiteView(
        config.name,
        config.description,
        config.url,
        config.author,
        config.copyright,
        config.options.language,
        config.repo_url,
        menu=_menu(options.menu, lists),
        pages=tuple(Label(p.title, p.permalink) for p in corpus.pages if p.permalink != HOME and not is_unlisted(p)),
        has_feeds=context.has_feeds,
        follow=follow_labels(context),
        newsletter_action=config.options.newsletter_action,
        newsletter_field=config.options.newsletter_field,
        suggest=reader_forms(context),
        image=SITE_CARD if context.has_social_cards else "",
        has_search=context.has_search,
        has_wanted=context.has_wanted,
        logo=look.logo,
        favicon=look.favicon or FAVICON,
        styles=(*((ACCENT,) if options.accent else ()), *look.styles),
        scripts=look.scripts,
        has_web_font=options.web_font,
        footer=options.footer.strip(),
        footer_links=tuple(Label(link.title, link.url) for link in options.footer_links),
        has_index_links=config.index_links,
        whole=_whole_site(context),
    )


def _menu(wanted: Sequence[str | MenuLink], lists: Sequence[Label]) -> tuple[Label, ...]:
    """The lists and links that the settings name, in their order; all lists where they name nothing."""
    if not wanted:
        return tuple(lists)
    known = {label.url: label for label in lists}
    found = (known.get(Section(item).url) if isinstance(item, str) else Label(item.title, item.url) for item in wanted)
    return tuple(label for label in found if label is not None)


def _whole_site(context: PageContext) -> Label | None:
    """A link to the site of which ours is a folder; both may have the same name."""
    config = context.config
    if not config.options.folder:
        return None
    title = context.translations("whole_site") if config.whole_name == config.name else config.whole_name
    return Label(title, f"{top_of(config.options.folder)}/")

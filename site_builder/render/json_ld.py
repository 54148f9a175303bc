"""Structured data: what a page is and names, as JSON-LD in the vocabulary of schema.org, for search engines.

Every page has one `@graph`: the site and its publisher, the page itself, where it stands, and what it is about. All of
it is in the page's view, and nothing is said that is not known. Our summary is the `Article`; the page that it sums up
is a work of its own, under `isBasedOn`. Addresses are absolute, so without `site_url` there is none.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec
from markupsafe import Markup

from site_builder.content.schema import EntityKind, Pricing, Source
from site_builder.pages.authors import is_group
from site_builder.pages.parts import (
    ArticlesView,
    ArticleView,
    Card,
    DigestsView,
    DigestView,
    EntityView,
    FreePageView,
    HomeView,
    Label,
    NotFoundView,
    Pagination,
    SiteView,
    TermsView,
    Thing,
    TimelineView,
    ToolsView,
    ToolView,
    TopicPartView,
    TopicView,
    YearView,
)
from site_builder.urls import Permalink, absolute_url

Node = dict[str, Any]

TYPES: Final[Mapping[str, str]] = {
    EntityKind.ORGANISATION: "Organization",
    EntityKind.PERSON: "Person",
    EntityKind.LAW: "Legislation",
    EntityKind.PRODUCT: "Product",
    # Papers, but standards, guidelines and data sets as well: all of them are works, not all are scholarly articles.
    EntityKind.PAPER: "CreativeWork",
}
"""Kind of an entity -> its type."""

WEBSITE: Final = "/#website"
PUBLISHER: Final = "/#publisher"
TOPICS: Final = "/topics/"
SET: Final = f"{TOPICS}#set"
IMAGE_SIZE: Final = (1200, 630)


def structured(view: object, url: Permalink, site: SiteView) -> Markup:
    """The content of a page's `<script type="application/ld+json">`; "" for the page that stands at no address."""
    if not site.url or isinstance(view, NotFoundView):
        return Markup("")
    return script_json({"@context": "https://schema.org", "@graph": list(_Graph(view, url, site).nodes())})


_ESCAPES: Final = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})


def script_json(data: object) -> Markup:
    """JSON that may stand in a script element: no text in it can end the element or begin a comment.

    See html.spec.whatwg.org, "Restrictions for contents of script elements".
    """
    return Markup(msgspec.json.encode(data).decode().translate(_ESCAPES))  # noqa: S704 (nothing is left of markup)


def full(node: Mapping[str, Any]) -> Node:
    """A node without what is not known."""
    return {key: value for key, value in node.items() if value not in ("", None, (), [], {})}


class _Graph:
    """The nodes of one page."""

    def __init__(self, view: Any, url: Permalink, site: SiteView) -> None:
        self._view, self._url, self._site = view, url, site
        self._language = view.head.language or site.language
        self._has_terms = self._has_set = False

    def nodes(self) -> Iterator[Node]:
        """The site, the page, and what belongs to it."""
        yield self._website()
        yield self._publisher()
        yield from _BY_VIEW.get(type(self._view), _Graph.plain)(self)
        if self._has_terms and not self._has_set:
            yield self._set()
        if self._url != "/":
            yield self._breadcrumbs()

    def _at(self, address: str) -> str:
        return absolute_url(self._site.url, address)

    def _ref(self, address: str) -> Node:
        return {"@id": self._at(address)}

    def _publisher(self) -> Node:
        return {"@type": "Organization", "@id": self._at(PUBLISHER), "name": self._site.name, "url": self._site.url}

    def _website(self) -> Node:
        site = self._site
        node = {
            "@type": "WebSite",
            "@id": self._at(WEBSITE),
            "name": site.name,
            "url": site.url,
            "description": site.description,
            "inLanguage": site.language,
            "publisher": self._ref(PUBLISHER),
        }
        return full(node)

    def _page(self, kind: str, **more: Any) -> Node:
        head = self._view.head
        node = {
            "@type": kind,
            "@id": self._at(self._url),
            "url": self._at(self._url),
            "name": head.title,
            "description": head.description,
            "inLanguage": self._language,
            "isPartOf": self._ref(WEBSITE),
            "primaryImageOfPage": self._picture(),
            "breadcrumb": self._ref(f"{self._url}#breadcrumbs") if self._url != "/" else None,
            **more,
        }
        return full(node)

    def _picture(self) -> Node | None:
        address = self._view.head.image or self._site.image
        width, height = IMAGE_SIZE
        return {"@type": "ImageObject", "url": self._at(address), "width": width, "height": height} if address else None

    def _breadcrumbs(self) -> Node:
        """The way here, from the home page: through the list that the menu names, and what the page belongs to."""
        steps = [Label(self._site.name, "/"), *self._way(), Label(self._view.head.title, self._url)]
        items = [
            {"@type": "ListItem", "position": n, "name": step.title, "item": self._at(step.url)}
            for n, step in enumerate(steps, 1)
        ]
        return {"@type": "BreadcrumbList", "@id": self._at(f"{self._url}#breadcrumbs"), "itemListElement": items}

    def _way(self) -> Iterator[Label]:
        view, base = self._view, self._url
        if isinstance(view, ArticleView) and view.topics:
            base = Permalink(view.topics[0].url)
        yield from (item for item in self._site.menu if base.startswith(item.url) and item.url != self._url)
        if isinstance(view, ArticleView):
            yield from view.topics[:1]
        elif isinstance(view, TopicPartView):
            yield view.topic
        elif isinstance(view, TopicView):
            yield from view.parents[:1]
        elif isinstance(view, ArticlesView) and view.up:
            yield view.up

    def plain(self) -> Iterator[Node]:
        yield self._page("WebPage")

    def free(self) -> Iterator[Node]:
        view: FreePageView = self._view
        kind = "AboutPage" if self._url == "/about/" else "WebPage"
        yield self._page(kind, dateModified=_day(view.updated) if view.updated else None)

    def home(self) -> Iterator[Node]:
        view: HomeView = self._view
        cards = ((view.lead,) if view.lead else ()) + view.second + view.latest
        yield self._page("CollectionPage", mainEntity=self._list(_cards(cards)), about=self._ref(PUBLISHER))

    def articles(self) -> Iterator[Node]:
        yield self._page("CollectionPage", mainEntity=self._list(_cards(self._view.cards)))

    def digest(self) -> Iterator[Node]:
        cards = [card for group in self._view.groups for card in group.cards]
        yield self._page("CollectionPage", mainEntity=self._list(_cards(cards)))

    def digests(self) -> Iterator[Node]:
        view: DigestsView = self._view
        labels = (*view.weeks, *(month for year in view.years for month in year.months))
        yield self._page("CollectionPage", mainEntity=self._list(labels))

    def timeline(self) -> Iterator[Node]:
        yield self._page("CollectionPage", mainEntity=self._list(year.label for year in self._view.years))

    def year(self) -> Iterator[Node]:
        yield self._page("CollectionPage", mainEntity=self._list(month.label for month in self._view.months))

    def terms(self) -> Iterator[Node]:
        view: TermsView = self._view
        labels = [term.label for group in view.groups for term in group.terms]
        is_topics = self._url.startswith(TOPICS)
        about = self._ref(SET) if is_topics else None
        yield self._page("CollectionPage", mainEntity=self._list(labels), about=about)
        if is_topics:
            terms = [self._term(label) for label in labels]
            yield self._set() | {"hasDefinedTerm": terms}

    def _set(self) -> Node:
        self._has_set = True
        return {"@type": "DefinedTermSet", "@id": self._at(SET), "name": self._list_name(), "url": self._at(TOPICS)}

    def _list_name(self) -> str:
        """What the menu calls the list of topics."""
        return next((item.title for item in self._site.menu if item.url == TOPICS), self._site.name)

    def _term(self, label: Label) -> Node:
        self._has_terms = True
        return {
            "@type": "DefinedTerm",
            "@id": self._at(f"{label.url}#term"),
            "name": label.title,
            "url": self._at(label.url),
            "inDefinedTermSet": self._at(SET),
        }

    def topic(self) -> Iterator[Node]:
        view: TopicView = self._view
        term = self._term(Label(view.title, self._first(view.pagination)))
        items = self._list(_cards(view.cards))
        yield self._page("CollectionPage", mainEntity=items, about={"@id": term["@id"]})
        yield full(term | {"description": view.summary, "alternateName": view.synonyms})

    def topic_part(self) -> Iterator[Node]:
        view: TopicPartView = self._view
        about = self._ref(f"{view.topic.url}#term")
        yield self._page("CollectionPage", mainEntity=self._list(_cards(view.cards)), about=about)
        yield self._term(view.topic)

    def entity(self) -> Iterator[Node]:
        view: EntityView = self._view
        thing = self._thing(Thing(view.title, view.kind, self._first(view.pagination), view.same_as))
        items = self._list(_cards(view.cards))
        yield self._page("CollectionPage", mainEntity=items, about={"@id": thing["@id"]})
        yield full(thing | {"description": view.summary, "alternateName": view.synonyms})

    def _first(self, where: Pagination) -> str:
        """Address of the first part of a list that has several."""
        return self._url.removesuffix(f"page/{where.number}/") if where.number > 1 else self._url

    def _thing(self, thing: Thing) -> Node:
        """An entity, under the same name on every page."""
        node = {
            "@type": TYPES.get(thing.kind, "Thing"),
            "@id": self._at(f"{thing.url}#thing"),
            "name": thing.name,
            "url": self._at(thing.url),
            "sameAs": thing.same_as,
        }
        return full(node)

    def tools(self) -> Iterator[Node]:
        view: ToolsView = self._view
        labels = [Label(tool.name, f"{self._url}#{tool.id}") for tool in view.tools]
        yield self._page("CollectionPage", mainEntity=self._list(labels))
        yield from (self._tool(tool) for tool in view.tools)

    def _tool(self, tool: ToolView) -> Node:
        """What it costs we know in words; only nothing is a price."""
        offer: Node = {"@type": "Offer", "category": tool.pricing}
        if tool.pricing == Pricing.FREE:
            offer |= {"price": 0, "priceCurrency": "USD"}
        node = {
            "@type": "SoftwareApplication",
            "@id": self._at(f"{self._url}#{tool.id}"),
            "name": tool.name,
            "description": tool.summary,
            "url": tool.url,
            "keywords": tool.tags,
            "isAccessibleForFree": {Pricing.FREE: True, Pricing.PAID: False}.get(Pricing(tool.pricing)),
            "offers": offer,
        }
        return full(node)

    def article(self) -> Iterator[Node]:
        view: ArticleView = self._view
        yield self._page("WebPage", mainEntity=self._ref(f"{self._url}#article"))
        source = _source(view.source, view.date) if view.source else None
        node = {
            "@type": "Article",
            "@id": self._at(f"{self._url}#article"),
            "headline": view.title,
            "description": view.summary,
            "url": self._at(self._url),
            "mainEntityOfPage": self._ref(self._url),
            "datePublished": _day(view.added),
            "dateModified": _day(view.updated),
            "author": self._author(view.author),
            "publisher": self._ref(PUBLISHER),
            "isPartOf": self._ref(WEBSITE),
            "inLanguage": self._language,
            "image": self._images(view),
            "articleSection": view.topics[0].title if view.topics else None,
            "keywords": [topic.title for topic in view.topics],
            "about": [self._term(topic) for topic in view.topics],
            "mentions": [self._thing(thing) for thing in view.things],
            "isBasedOn": source,
            "citation": source,
        }
        yield full(node)

    def _author(self, author: Thing) -> Node:
        if not author.kind:
            return self._publisher()
        node = {
            "@type": TYPES[author.kind],
            "name": author.name,
            "url": self._at(author.url),
            "sameAs": author.same_as,
        }
        return full(node)

    def _images(self, view: ArticleView) -> list[Node]:
        own: list[Node] = []
        if view.image:
            width, height = view.image.size or (None, None)
            own = [full({"@type": "ImageObject", "url": self._at(view.image.url), "width": width, "height": height,
                         "caption": view.image.alt, "creditText": view.image.credit})]  # fmt: skip
        drawn = self._picture()
        return [*own, *([drawn] if drawn else [])]

    def _list(self, labels: Iterable[Label]) -> Node | None:
        """What the page lists, in its order."""
        items = [
            {"@type": "ListItem", "position": n, "name": label.title, "url": self._at(label.url)}
            for n, label in enumerate(labels, 1)
        ]
        return {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items} if items else None


_BY_VIEW: Final[Mapping[type, Callable[[_Graph], Iterator[Node]]]] = {
    ArticleView: _Graph.article,
    ArticlesView: _Graph.articles,
    DigestView: _Graph.digest,
    DigestsView: _Graph.digests,
    EntityView: _Graph.entity,
    FreePageView: _Graph.free,
    HomeView: _Graph.home,
    TermsView: _Graph.terms,
    TimelineView: _Graph.timeline,
    ToolsView: _Graph.tools,
    TopicPartView: _Graph.topic_part,
    TopicView: _Graph.topic,
    YearView: _Graph.year,
}
"""What is said of a page beside that it is one."""


def _source(source: Source, day: dt.date) -> Node:
    """The outside work. Its own title is not known: the page calls it by who published it, and so do we."""
    node = {
        "@type": "CreativeWork",
        "name": source.name,
        "url": source.url,
        "datePublished": day.isoformat(),
        "author": agent(source.author) if source.author else None,
        "publisher": {"@type": "Organization", "name": source.name},
        "inLanguage": source.language,
        "archivedAt": source.archive,
    }
    return full(node)


def agent(name: str) -> Node:
    """Somebody of whom only the name is known."""
    return {"@type": "Organization" if is_group(name) else "Person", "name": name}


def _cards(cards: Iterable[Card]) -> Iterator[Label]:
    return (Label(card.title, card.url) for card in cards)


def _day(day: dt.date) -> str:
    """Midnight UTC: Google wants a time zone."""
    return f"{day.isoformat()}T00:00:00Z"

"""Structured data: what a page is and what it names, as JSON-LD in the vocabulary of schema.org, for search engines.

Every page has one `@graph`: the site and its publisher, the page itself, its breadcrumbs, and its subjects. This module
holds what pages share; what describes one type of page is beside its view, as a function that its route names. Only
what is known is stated. Our summary is the `Article`; the page that it summarises is a work of its own, under
`isBasedOn`. Addresses are absolute, so without `site_url` there is no structured data.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final, Protocol

import msgspec
from markupsafe import Markup

from site_builder.content.schema import EntityKind
from site_builder.render.site_view import Head, Label, SiteView
from site_builder.routes import Section
from site_builder.urls import Permalink, absolute_url

JsonNode = dict[str, Any]

TYPES: Final[Mapping[str, str]] = {
    EntityKind.ORGANISATION: "Organization",
    EntityKind.PERSON: "Person",
    EntityKind.LAW: "Legislation",
    EntityKind.PRODUCT: "Product",
    # Standards, guidelines and data sets as well as papers: all of them are works, but not all are scholarly articles.
    EntityKind.PAPER: "CreativeWork",
}
"""Kind of an entity -> its type."""

WEBSITE: Final = "/#website"
PUBLISHER: Final = "/#publisher"
TOPICS: Final = Section.TOPICS.url
TOPIC_SET: Final = f"{TOPICS}#set"
IMAGE_SIZE: Final = (1200, 630)
"""Pixels of a social card."""

GROUP_WORDS: Final = frozenset(
    "board committee desk editor editorial editors newsroom office redaktion staff team".split()
)
"""Words by which the name of a group is recognised."""


class Thing(msgspec.Struct, frozen=True):
    """An entity or author, for programs."""

    name: str
    kind: str
    """organisation, person, law, product or paper; "" for the site itself."""
    url: str
    """Its page on this site."""
    same_as: tuple[str, ...] = ()


class HasHead(Protocol):
    """A view of a page with a `<head>`."""

    @property
    def head(self) -> Head:
        """The contents of the head."""


_ESCAPES: Final = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})


def script_json(data: object) -> Markup:
    """JSON that is safe in a script element: no text in it can end the element or begin a comment.

    See html.spec.whatwg.org, "Restrictions for contents of script elements".
    """
    return Markup(msgspec.json.encode(data).decode().translate(_ESCAPES))  # noqa: S704 (nothing is left of markup)


def without_unknown(node: Mapping[str, Any]) -> JsonNode:
    """A node without its empty values."""
    return {key: value for key, value in node.items() if value not in ("", None, (), [], {})}


def plain_page(view: HasHead, url: Permalink, site: SiteView) -> JsonNode:
    """Describe a page of which there is nothing more to say than that it is one."""
    graph = PageGraph(view.head, url, site)
    return graph.document(graph.page("WebPage"))


class PageGraph:
    """Makes the nodes that describe one page."""

    def __init__(self, head: Head, url: Permalink, site: SiteView) -> None:
        self._head, self._url, self._site = head, url, site
        self.language = head.language or site.language

    def document(
        self,
        *nodes: JsonNode,
        has_terms: bool = False,
        trail: Iterable[Label] = (),
        section: str = "",
    ) -> JsonNode:
        """The whole document: the site, the page's own nodes, and its breadcrumbs.

        `has_terms`: the nodes name topics, so the set of all topics is described too.
        `trail`: what the page belongs to, between the list in the menu and the page itself.
        `section`: an address by which that list is found, if the page's own address is not below it.
        """
        graph = [self._website(), self._publisher(), *nodes]
        if has_terms:
            graph.append(self.topic_set())
        if self._url != "/":
            graph.append(self._breadcrumbs(trail, section or self._url))
        return {"@context": "https://schema.org", "@graph": graph}

    def at(self, address: str) -> str:
        """The full URL of an address."""
        return absolute_url(self._site.url, address)

    def ref(self, address: str) -> JsonNode:
        """A node that is described elsewhere."""
        return {"@id": self.at(address)}

    def _publisher(self) -> JsonNode:
        return {"@type": "Organization", "@id": self.at(PUBLISHER), "name": self._site.name, "url": self._site.url}

    def _website(self) -> JsonNode:
        site = self._site
        node = {
            "@type": "WebSite",
            "@id": self.at(WEBSITE),
            "name": site.name,
            "url": site.url,
            "description": site.description,
            "inLanguage": site.language,
            "publisher": self.ref(PUBLISHER),
        }
        return without_unknown(node)

    def page(self, kind: str, **more: Any) -> JsonNode:
        """The page itself: a WebPage, CollectionPage or the like."""
        node = {
            "@type": kind,
            "@id": self.at(self._url),
            "url": self.at(self._url),
            "name": self._head.title,
            "description": self._head.description,
            "inLanguage": self.language,
            "isPartOf": self.ref(WEBSITE),
            "primaryImageOfPage": self.social_card(),
            "breadcrumb": self.ref(f"{self._url}#breadcrumbs") if self._url != "/" else None,
            **more,
        }
        return without_unknown(node)

    def social_card(self) -> JsonNode | None:
        """The image that other sites show for the page."""
        address = self._head.image or self._site.image
        width, height = IMAGE_SIZE
        return {"@type": "ImageObject", "url": self.at(address), "width": width, "height": height} if address else None

    def _breadcrumbs(self, trail: Iterable[Label], section: str) -> JsonNode:
        """The way from the home page: through the list in the menu, and through what the page belongs to."""
        lists = (item for item in self._site.menu if section.startswith(item.url) and item.url != self._url)
        steps = [Label(self._site.name, "/"), *lists, *trail, Label(self._head.title, self._url)]
        items = [
            {"@type": "ListItem", "position": n, "name": step.title, "item": self.at(step.url)}
            for n, step in enumerate(steps, 1)
        ]
        return {"@type": "BreadcrumbList", "@id": self.at(f"{self._url}#breadcrumbs"), "itemListElement": items}

    def topic_set(self) -> JsonNode:
        """The set of all topics, which has the name of their list in the menu."""
        name = next((item.title for item in self._site.menu if item.url == TOPICS), self._site.name)
        return {"@type": "DefinedTermSet", "@id": self.at(TOPIC_SET), "name": name, "url": self.at(TOPICS)}

    def term(self, label: Label) -> JsonNode:
        """A topic, under the same id on every page."""
        return {
            "@type": "DefinedTerm",
            "@id": self.at(f"{label.url}#term"),
            "name": label.title,
            "url": self.at(label.url),
            "inDefinedTermSet": self.at(TOPIC_SET),
        }

    def thing(self, thing: Thing) -> JsonNode:
        """An entity, under the same id on every page."""
        node = {
            "@type": TYPES.get(thing.kind, "Thing"),
            "@id": self.at(f"{thing.url}#thing"),
            "name": thing.name,
            "url": self.at(thing.url),
            "sameAs": thing.same_as,
        }
        return without_unknown(node)

    def author(self, author: Thing) -> JsonNode:
        """Who wrote a summary; the publisher where that is the site itself."""
        if not author.kind:
            return self._publisher()
        node = {
            "@type": TYPES[author.kind],
            "name": author.name,
            "url": self.at(author.url),
            "sameAs": author.same_as,
        }
        return without_unknown(node)

    def item_list(self, labels: Iterable[Label]) -> JsonNode | None:
        """What the page lists, in its order."""
        items = [
            {"@type": "ListItem", "position": n, "name": label.title, "url": self.at(label.url)}
            for n, label in enumerate(labels, 1)
        ]
        return {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items} if items else None


def agent(name: str) -> JsonNode:
    """A person or group of whom only the name is known."""
    return {"@type": "Organization" if is_group(name) else "Person", "name": name}


def is_group(name: str) -> bool:
    """Whether a name is that of a group ("The editors"); any other name is taken to be a person's."""
    words = name.casefold().replace(",", " ").split()
    return words[:1] == ["the"] or not GROUP_WORDS.isdisjoint(words)


def midnight_utc(day: dt.date) -> str:
    """A day as a time: Google expects a time zone."""
    return f"{day.isoformat()}T00:00:00Z"

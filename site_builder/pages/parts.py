"""What templates may see: frozen data, addresses as permalinks, nothing to call and nothing to look up.

A page's fingerprint is made from its view, so a view holds all that its page depends on and nothing else.
"""

import datetime as dt
from dataclasses import dataclass

from site_builder.content.schema import Source
from site_builder.urls import Permalink


@dataclass(frozen=True, slots=True)
class Label:
    """A link with its text."""

    title: str
    url: str
    count: int | None = None
    """Articles behind it, where that is worth saying."""


@dataclass(frozen=True, slots=True)
class Card:
    """An article in a list."""

    url: Permalink
    title: str
    summary: str
    date: dt.date
    is_stub: bool
    source: str
    """Name of the source; "" where a stub has none."""
    topic: Label | None
    """The main topic."""
    language: str = ""
    """Where it is not the site's."""


@dataclass(frozen=True, slots=True)
class Suggest:
    """Addresses of forms for readers, all of another site."""

    article: str
    tool: str
    mistake: str
    is_form: bool
    """GitHub's: the title of the page is added to `mistake`, and its address as `&page=`."""


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page knows of the whole site."""

    name: str
    description: str
    url: str
    author: str
    copyright: str
    language: str
    repo_url: str
    menu: tuple[Label, ...]
    """The lists."""
    pages: tuple[Label, ...]
    """The free pages."""
    has_feeds: bool
    """Feeds need `site_url`."""
    follow: tuple[Label, ...] = ()
    """Ways to hear of what is new: feeds, digests."""
    newsletter_action: str = ""
    """Where the newsletter's form is sent; "" for no form."""
    newsletter_field: str = ""
    """Name that the form gives to the reader's address."""
    suggest: Suggest | None = None
    """Where readers suggest articles and tools and report mistakes."""
    image: str = ""
    """Address of the picture that stands for the site elsewhere; "" where none is drawn."""
    has_search: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """What goes into a page's head."""

    title: str
    description: str
    feeds: tuple[Label, ...] = ()
    """Folders that hold feeds: the site's, and the page's own."""
    is_indexed: bool = True
    language: str = ""
    """Where it is not the site's."""
    previous: str = ""
    """Address of the part before this one in a list of several parts,"""
    next: str = ""
    """and of the part after it."""
    image: str = ""
    """Address of the picture that stands for the page on other sites; "" where that is the site's."""
    twin: str = ""
    """Address of the page as Markdown; "" where there is none."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What an entity or author is, for programs."""

    name: str
    kind: str
    """organisation, person, law, product or paper; "" for the site itself."""
    url: str
    """Its page here."""
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextLink:
    """A reference in the Markdown of a body, and where it leads."""

    line: int
    """In the file, from 1."""
    column: int
    written: str
    kind: str
    """path, wiki, wiki-auto or image."""
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class TextView:
    """A body as it is written."""

    path: str
    digest: str
    """Of the body, on which the page depends."""
    links: tuple[TextLink, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """`/search/`."""

    head: Head
    title: str
    topics: tuple[Label, ...]
    entities: tuple[Label, ...]
    """The largest ones."""


@dataclass(frozen=True, slots=True)
class BytesView:
    """A file that is finished."""

    data: bytes


@dataclass(frozen=True, slots=True)
class LlmsTopic:
    """A topic in `/llms.txt`."""

    title: str
    url: str
    summary: str


@dataclass(frozen=True, slots=True)
class LlmsView:
    """`/llms.txt` (llmstxt.org): where a program that reads text finds what; addresses are those of Markdown files."""

    topics: tuple[LlmsTopic, ...]
    latest: tuple[Card, ...]
    pages: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class PictureView:
    """What the picture of a page on other sites says."""

    title: str
    kicker: str
    """Above the title: the main topic."""
    meta: str
    """Below it: source and date, or how many articles."""
    site: str
    made_by: str = ""
    """The version of what draws it, on which its bytes depend."""


@dataclass(frozen=True, slots=True)
class RefView:
    """A reference of a body: `url` is "" where it leads nowhere."""

    url: str
    title: str
    is_image: bool = False
    is_wanted: bool = False
    size: tuple[int, int] | None = None
    """Width and height of an image, in pixels."""


@dataclass(frozen=True, slots=True)
class BodyView:
    """A body by the digest of its HTML, with what its references mean."""

    digest: str
    path: str
    """Its source, should the cache have lost the HTML."""
    refs: tuple[RefView, ...]
    mentions: tuple[Label, ...] = ()
    """Names in the text, as written, to be linked where they first stand."""


@dataclass(frozen=True, slots=True)
class HeadingView:
    """An entry of a table of contents."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Pagination:
    """Where a page stands in a list of several parts."""

    number: int
    count: int
    previous: str
    next: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart; it stands on the bottom line."""

    title: str
    count: int
    x: int
    height: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Articles over time."""

    unit: str
    """month or year"""
    bars: tuple[Bar, ...]
    """Without gaps, oldest first; empty ones have no height."""
    width: int
    height: int
    first: str
    last: str
    top: str
    """The first bar with the most articles,"""
    most: int
    """and how many these are."""


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """Years, newest first; entities or sources, most frequent first."""

    title: str
    ways: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """Ways to narrow a topic's list: plain links to pages of their own."""

    all: Label
    groups: tuple[FilterGroup, ...]


@dataclass(frozen=True, slots=True)
class SimilarView:
    """A curated entry: an article, a stub, or a page that nobody has written."""

    title: str
    url: str
    why: str
    relation: str
    """background, follow-up, rebuts, same-story, update or ""."""
    card: Card | None
    """None where the page is wanted."""


@dataclass(frozen=True, slots=True)
class RelatedView:
    """An article that the program proposes."""

    card: Card
    score: float
    """0..1"""
    reasons: tuple[str, ...]
    """Why, as phrases."""


@dataclass(frozen=True, slots=True)
class BacklinkView:
    """A page that leads here: once, though it may list this page and name it in its text as well."""

    title: str
    url: str
    why: str
    """What its curator says of this page; "" where nothing is said."""
    before: str
    """The sentence around the link in its text, in three parts; all "" where the text does not name this page."""
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class BacklinkGroup:
    """Pages that lead here in one way."""

    title: str
    """What joins them, as a heading: "This follows up on"."""
    items: tuple[BacklinkView, ...]
    again: tuple[Label, ...] = ()
    """Those that the page lists already, among what to read next."""


@dataclass(frozen=True, slots=True)
class NeighbourGroup:
    """Neighbours of one sort."""

    name: str
    labels: tuple[Label, ...]
    is_above: bool = False
    """What the page belongs to, rather than where it leads."""
    is_chosen: bool = False
    """By people, as what to read next."""


@dataclass(frozen=True, slots=True)
class NeighbourhoodView:
    """What lies around an article or topic; the filter `draw` makes a picture of it."""

    title: str
    """Of the page itself."""
    groups: tuple[NeighbourGroup, ...]
    """Each neighbour stands in one of them."""
    ties: tuple[tuple[int, int], ...]
    """Neighbours, counted from 0 through all groups, of which the first leads to the second."""

    @property
    def labels(self) -> tuple[Label, ...]:
        """Every neighbour."""
        return tuple(label for group in self.groups for label in group.labels)


@dataclass(frozen=True, slots=True)
class ImageView:
    """A picture above an article."""

    url: str
    alt: str
    credit: str
    size: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Reference:
    """What a citation names; "" for what is not known."""

    key: str
    """The same for ever: the slug, and `<slug>:source`."""
    title: str
    is_title_supplied: bool
    """The headline is ours, not that of the work."""
    author: str
    publisher: str
    """The site, or the name of the source."""
    date: dt.date
    url: str
    language: str
    abstract: str = ""


@dataclass(frozen=True, slots=True)
class CiteView:
    """How an article and its source are cited; the filters `cited`, `bibtex` and `csl_json` write it out."""

    summary: Reference
    source: Reference | None


@dataclass(frozen=True, slots=True)
class EmbedView:
    """`/embed/<slug>/`: an article as a card for a frame on another site."""

    head: Head
    card: Card


@dataclass(frozen=True, slots=True)
class OembedView:
    """`oembed.json` beside an article (oembed.com, type "rich")."""

    title: str
    author_name: str
    provider_name: str
    provider_url: str
    width: int
    height: int
    """In CSS pixels."""
    html: str
    """The frame, to be put into a page."""
    type: str = "rich"
    version: str = "1.0"


@dataclass(frozen=True, slots=True)
class ArticleView:
    """`/articles/<slug>/`"""

    head: Head
    title: str
    summary: str
    date: dt.date
    added: dt.date
    updated: dt.date
    curator: str
    is_stub: bool
    source: Source | None
    image: ImageView | None
    body: BodyView
    headings: tuple[HeadingView, ...]
    topics: tuple[Label, ...]
    wanted_topics: tuple[str, ...]
    entities: tuple[Label, ...]
    wanted_entities: tuple[str, ...]
    author: Thing
    """Who wrote the summary, as far as that is known."""
    things: tuple[Thing, ...]
    """The entities once more, with their kinds."""
    similar: tuple[SimilarView, ...]
    related: tuple[RelatedView, ...]
    """Beside the curated list, best first."""
    backlinks: tuple[BacklinkGroup, ...]
    newer: Label | None
    """Next newer article of the main topic."""
    older: Label | None
    edit_url: str
    neighbourhood: NeighbourhoodView | None
    """None where there is little around it."""
    cite: CiteView
    embed: str
    """HTML that shows the article's card on another site; "" where no address is known."""


@dataclass(frozen=True, slots=True)
class ArticlesView:
    """`/articles/`, part by part; `/timeline/2026/06/` too."""

    head: Head
    title: str
    total: int
    cards: tuple[Card, ...]
    pagination: Pagination
    up: Label | None = None
    newer: Label | None = None
    older: Label | None = None


@dataclass(frozen=True, slots=True)
class TopicView:
    """`/topics/<slug>/`, part by part."""

    head: Head
    title: str
    summary: str
    synonyms: tuple[str, ...]
    body: BodyView | None
    """The introduction; on the first part only."""
    parents: tuple[Label, ...]
    children: tuple[Label, ...]
    neighbours: tuple[Label, ...]
    """Topics that share articles with it more than chance would, each with how many."""
    words: tuple[str, ...]
    """Words that mark its articles."""
    entities: tuple[Label, ...]
    """Those that its articles name most."""
    chart: Chart | None
    filters: Filters | None
    """None where there is nothing to choose."""
    total: int
    cards: tuple[Card, ...]
    pagination: Pagination
    backlinks: tuple[BacklinkGroup, ...]
    edit_url: str
    neighbourhood: NeighbourhoodView | None
    """None where there is little around it."""


@dataclass(frozen=True, slots=True)
class TopicPartView:
    """`/topics/<slug>/2024/`, `…/entity/<slug>/` and `…/source/<name>/`: a topic's list, narrowed."""

    head: Head
    title: str
    topic: Label
    chosen: str
    """Address of the filter that is in force."""
    filters: Filters
    total: int
    cards: tuple[Card, ...]
    pagination: Pagination


@dataclass(frozen=True, slots=True)
class EntityView:
    """`/entities/<slug>/`, part by part."""

    head: Head
    title: str
    kind: str
    summary: str
    synonyms: tuple[str, ...]
    same_as: tuple[str, ...]
    body: BodyView | None
    topics: tuple[Label, ...]
    """Those of its articles, most frequent first."""
    entities: tuple[Label, ...]
    """Those that its articles name too, each with in how many."""
    chart: Chart | None
    total: int
    cards: tuple[Card, ...]
    pagination: Pagination
    backlinks: tuple[BacklinkGroup, ...]
    edit_url: str


@dataclass(frozen=True, slots=True)
class TermView:
    """A topic or entity in an index."""

    label: Label
    summary: str
    children: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class TermGroup:
    """A part of an index: entities of one kind, or topics without a parent."""

    name: str
    id: str
    """Of its heading."""
    terms: tuple[TermView, ...]
    """Those that stand on this part of the index."""


@dataclass(frozen=True, slots=True)
class TermsView:
    """`/topics/` and `/entities/`, part by part."""

    head: Head
    title: str
    groups: tuple[TermGroup, ...]
    kinds: tuple[Label, ...]
    """All groups of the index, each with the address at which it begins."""
    total: int
    pagination: Pagination


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the timeline."""

    label: Label
    cards: tuple[Card, ...]
    """The first of them; all are on the month's own page."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the timeline."""

    label: Label
    months: tuple[Label, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True)
class TimelineView:
    """`/timeline/`"""

    head: Head
    title: str
    years: tuple[Year, ...]
    total: int


@dataclass(frozen=True, slots=True)
class YearView:
    """`/timeline/2026/`"""

    head: Head
    title: str
    months: tuple[Month, ...]
    total: int
    newer: Label | None
    older: Label | None


@dataclass(frozen=True, slots=True)
class ToolView:
    """A card on `/tools/`."""

    id: str
    name: str
    pricing: str
    summary: str
    tags: tuple[str, ...]
    url: str
    body: BodyView


@dataclass(frozen=True, slots=True)
class ToolsView:
    """`/tools/`"""

    head: Head
    title: str
    tools: tuple[ToolView, ...]


@dataclass(frozen=True, slots=True)
class WantedEntry:
    """A page that is named and not written."""

    id: str
    title: str
    sources: tuple[Label, ...]
    """Who names it; the first few."""
    count: int


@dataclass(frozen=True, slots=True)
class WantedView:
    """`/wanted/`, part by part."""

    head: Head
    title: str
    total: int
    entries: tuple[WantedEntry, ...]
    stubs: tuple[Card, ...]
    """Articles that are only a stub yet; on the first part only."""
    stubs_total: int
    pagination: Pagination


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A section of the editor's report."""

    code: str
    title: str
    why: str
    total: int
    items: tuple[tuple[Label, str], ...]
    """The first of them: a page, and what was found."""


@dataclass(frozen=True, slots=True)
class ReportView:
    """`/report/`"""

    head: Head
    title: str
    total: int
    sections: tuple[ReportSection, ...]
    """Those that found something."""


@dataclass(frozen=True, slots=True)
class HomeView:
    """`/`"""

    head: Head
    title: str
    body: BodyView | None
    lead: Card | None
    second: tuple[Card, ...]
    """Those that follow it, with their summaries as well."""
    latest: tuple[Card, ...]
    """And those after them."""
    linked: tuple[Label, ...]
    """Articles that most pages lead to, with how many do."""
    topics: tuple[Label, ...]
    tools: tuple[ToolView, ...]
    """The first few."""
    tools_total: int
    total: int


@dataclass(frozen=True, slots=True)
class PreviewView:
    """`card.json` beside an article, topic or entity: what a card on a link to it says; "" for nothing."""

    title: str
    summary: str
    meta: str
    """Its date, or how many articles it has."""
    topics: str = ""
    mark: str = ""
    """"Stub", in the site's words."""
    language: str = ""
    """Where it is not the site's."""


@dataclass(frozen=True, slots=True)
class FreePageView:
    """`/<slug>/`"""

    head: Head
    title: str
    summary: str
    body: BodyView
    headings: tuple[HeadingView, ...]
    updated: dt.date | None
    backlinks: tuple[BacklinkGroup, ...]
    edit_url: str


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """`/404.html`"""

    head: Head
    title: str


@dataclass(frozen=True, slots=True)
class RedirectView:
    """An old address."""

    head: Head
    title: str
    target: Permalink


@dataclass(frozen=True, slots=True)
class FeedItem:
    """An article in a feed."""

    url: Permalink
    title: str
    summary: str
    date: dt.date
    added: dt.date
    updated: dt.date
    topics: tuple[str, ...]
    source: str
    source_url: str
    curator: str
    html: str = ""
    """More than the summary, where there is more: a digest."""


@dataclass(frozen=True, slots=True)
class FeedView:
    """One feed; the three formats share it."""

    title: str
    description: str
    home: Permalink
    """The page that the feed follows."""
    updated: dt.date
    items: tuple[FeedItem, ...]


@dataclass(frozen=True, slots=True)
class DigestGroup:
    """New articles of one main topic; None for those without."""

    topic: Label | None
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class DigestView:
    """`/digest/2026-W48/` and `/digest/2026-11/`, part by part."""

    head: Head
    title: str
    days: str
    """The first and the last."""
    groups: tuple[DigestGroup, ...]
    """The topic with the most new articles first."""
    updated: tuple[Card, ...]
    """Added in an earlier week or month, changed in this one; on the first part only, as are the stubs."""
    stubs: tuple[Card, ...]
    counts: tuple[int, int, int]
    """New, updated, stubs."""
    newer: Label | None
    older: Label | None
    around: tuple[Label, ...]
    """The months of a week, the weeks of a month."""
    pagination: Pagination


@dataclass(frozen=True, slots=True)
class DigestYear:
    """A year of `/digest/`."""

    title: str
    months: tuple[Label, ...]
    """Newest first."""


@dataclass(frozen=True, slots=True)
class DigestsView:
    """`/digest/`"""

    head: Head
    title: str
    weeks: tuple[Label, ...]
    """The latest, newest first."""
    years: tuple[DigestYear, ...]


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """Feeds of one sort; `Label.url` is the folder that holds the three formats."""

    title: str
    feeds: tuple[Label, ...]
    total: int
    """How many there are; a page shows the largest only."""
    all: str = ""
    """Address of the list of all."""


@dataclass(frozen=True, slots=True)
class FollowView:
    """`/feeds/` and `/feeds.opml`"""

    head: Head
    title: str
    groups: tuple[FeedGroup, ...]


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One address of the sitemap."""

    url: Permalink
    lastmod: dt.date | None


@dataclass(frozen=True, slots=True)
class SitemapView:
    """`/sitemap.xml`, or a part of it where there are too many addresses for one file."""

    entries: tuple[SitemapEntry, ...]


@dataclass(frozen=True, slots=True)
class ArcLabel:
    """A topic in the picture of all topics."""

    label: Label
    x: int
    y: int
    """Base line."""
    text: str
    """Its title, as far as there is room."""


@dataclass(frozen=True, slots=True)
class ArcsView:
    """Topics one below the other, and bows between those that go together; paths are in the notation of SVG."""

    width: int
    height: int
    labels: tuple[ArcLabel, ...]
    bows: tuple[str, ...]
    """The weak, the middling and the strong ones."""


@dataclass(frozen=True, slots=True)
class TopicTie:
    """Two topics that go together."""

    one: Label
    other: Label
    shared: int
    """Articles that belong to both."""
    links: int
    """Links from articles of either to articles of the other."""


@dataclass(frozen=True, slots=True)
class GraphGroup:
    """A topic that is part of no other, with those below it that stand on this part of the page."""

    topic: Label
    narrower: tuple[Label, ...]
    company: tuple[Label, ...]
    """Topics that share articles with it, each with how many."""


@dataclass(frozen=True, slots=True)
class GraphView:
    """`/graph/`, part by part."""

    head: Head
    title: str
    articles: int
    topics: int
    entities: int
    links: int
    """Edges of all kinds."""
    picture: ArcsView | None
    """On the first part only, as are the ties."""
    ties: tuple[TopicTie, ...]
    """The strongest first."""
    groups: tuple[GraphGroup, ...]
    pagination: Pagination


@dataclass(frozen=True, slots=True)
class RobotsView:
    """`/robots.txt`"""

    sitemap: Permalink | None


@dataclass(frozen=True, slots=True)
class TwinView:
    """`index.md`: a page as Markdown."""

    kind: str
    """article, topic, entity or page."""
    page: ArticleView | TopicView | EntityView | FreePageView
    """What the page itself says."""
    text: TextView

"""Pages that every site has once: home, tools, wanted pages, 404; and the free pages and redirects."""

from collections.abc import Iterator, Sequence
from typing import Final

from site_builder.content.document import Document
from site_builder.content.schema import FreePage, Status
from site_builder.corpus.corpus import added_of, article_meta, date_of, is_unlisted, updated_of
from site_builder.pages.context import PageContext, newest_change, paginate
from site_builder.pages.parts import (
    FreePageView,
    Head,
    HomeView,
    Label,
    NotFoundView,
    RedirectView,
    ToolsView,
    WantedEntry,
    WantedView,
)
from site_builder.pages.route import Page, template_page
from site_builder.urls import HOME, Permalink

WANTED_SOURCES: Final = 10
"""Pages shown that name a wanted page."""
WANTED_STUBS: Final = 100
HOME_TOPICS: Final = 24
HOME_TOOLS: Final = 6
HOME_SECOND: Final = 2
"""Of the latest articles, those that are shown with their summary beside the first."""
HOME_LINKED: Final = 5


def latest(knowledge: PageContext) -> list[Document]:
    """Listed articles by the day they entered the site, newest first, then by the date of their source."""
    return sorted(knowledge.corpus.listed, key=lambda a: (added_of(a), date_of(a)), reverse=True)


def plan_home(knowledge: PageContext) -> Iterator[Page]:
    """`/`: the latest full articles, those most linked, topics by size, tools. Stubs wait where others link to them."""
    corpus, config = knowledge.corpus, knowledge.config
    text = corpus.by_permalink.get(HOME)
    articles = [a for a in latest(knowledge) if article_meta(a).status is not Status.STUB]
    shown = articles[: 1 + config.options.home_items]
    lead, second, others = shown[:1], shown[1 : 1 + HOME_SECOND], shown[1 + HOME_SECOND :]
    topics = sorted(corpus.topics, key=lambda t: -len(knowledge.membership.by_topic[t.slug]))
    view = HomeView(
        head=knowledge.head(config.name, config.description or _counts(knowledge)),
        title=text.title if text else config.name,
        body=knowledge.body(text) if text else None,
        lead=knowledge.card(lead[0]) if lead else None,
        second=knowledge.cards(second),
        latest=knowledge.cards(others),
        linked=_most_linked(knowledge, lead + second),
        topics=tuple(knowledge.topic_label(t) for t in topics[:HOME_TOPICS]),
        tools=tuple(knowledge.tool(t) for t in corpus.tools[:HOME_TOOLS]),
        tools_total=len(corpus.tools),
        total=len(knowledge.corpus.listed),
    )
    sources = (text.path,) if text else ()
    yield template_page("/", "home.html", view, sources=sources, lastmod=newest_change(knowledge.corpus.listed))


def _most_linked(knowledge: PageContext, shown: Sequence[Document]) -> tuple[Label, ...]:
    """Full articles that most pages lead to, with how many do: what the site keeps coming back to."""
    known = {article.permalink for article in shown}
    found = []
    for article in knowledge.corpus.listed:
        if article.permalink not in known and article_meta(article).status is not Status.STUB:
            links = knowledge.graph.backlinks.get(article.permalink, ())
            found.append(Label(article.title, article.permalink, len({link.source.permalink for link in links})))
    found.sort(key=lambda label: -(label.count or 0))
    return tuple(label for label in found[:HOME_LINKED] if (label.count or 0) > 1)


def _counts(knowledge: PageContext) -> str:
    """What the site holds, where the settings do not describe it."""
    corpus, words = knowledge.corpus, knowledge.words
    return words(
        "home_description",
        name=knowledge.config.name,
        articles=words("count_articles", count=len(corpus.listed)),
        topics=words("count_topics", count=len(corpus.topics)),
        entities=words("count_entities", count=len(corpus.entities)),
    )


def plan_tools(knowledge: PageContext) -> Iterator[Page]:
    """`/tools/`, where there are any."""
    if not knowledge.corpus.tools:
        return
    title = knowledge.words("tools")
    head = knowledge.head(title, knowledge.words("tools_description"))
    view = ToolsView(head, title, tuple(knowledge.tool(t) for t in knowledge.corpus.tools))
    sources = tuple(t.path for t in knowledge.corpus.tools[:1])
    yield template_page("/tools/", "tools.html", view, sources=sources)


def plan_wanted(knowledge: PageContext) -> Iterator[Page]:
    """`/wanted/`: what is named and not written, by demand, and the stubs that wait."""
    entries = tuple(
        WantedEntry(
            w.url.partition("#")[2],
            w.title,
            tuple(Label(d.title, d.permalink) for d in w.sources[:WANTED_SOURCES]),
            len(w.sources),
        )
        for w in knowledge.graph.wanted
    )
    stubs = [a for a in knowledge.corpus.listed if article_meta(a).status is Status.STUB]
    title = knowledge.words("wanted")
    for url, part, where in paginate(entries, knowledge.config.options.per_page, "/wanted/"):
        head = knowledge.head(title, knowledge.words("wanted_description"), parts=where)
        shown = knowledge.cards(stubs[:WANTED_STUBS]) if where.number == 1 else ()
        view = WantedView(head, title, len(entries), tuple(part), shown, len(stubs), where)
        yield template_page(url, "wanted.html", view)


def plan_free_pages(knowledge: PageContext) -> Iterator[Page]:
    """`/<slug>/` for every file under `pages/` but `index.md`."""
    for document in knowledge.corpus.pages:
        if document.permalink == HOME:
            continue
        assert isinstance(document.meta, FreePage)  # noqa: S101
        view = FreePageView(
            head=knowledge.head(
                document.title, document.meta.summary or knowledge.excerpt(document), document=document
            ),
            title=document.title,
            summary=document.meta.summary or "",
            body=knowledge.body(document),
            headings=knowledge.headings(document),
            updated=updated_of(document),
            backlinks=knowledge.backlinks(document),
            edit_url=knowledge.edit_url(document),
        )
        yield template_page(
            document.permalink,
            "page.html",
            view,
            sources=(document.path,),
            lastmod=updated_of(document),
            is_in_sitemap=not is_unlisted(document),
        )


def plan_not_found(knowledge: PageContext) -> Iterator[Page]:
    """`/404.html`, which a server shows at any depth: its links start at the root."""
    title = knowledge.words("not_found")
    view = NotFoundView(Head(title, "", knowledge.head(title).feeds, is_indexed=False), title)
    yield template_page("/404.html", "404.html", view, is_in_sitemap=False)


def plan_redirects(knowledge: PageContext) -> Iterator[Page]:
    """Every alias, duplicate and merged topic: a page that leads on without a script."""
    corpus = knowledge.corpus
    for old, new in sorted({**corpus.aliases, **corpus.moved}.items()):
        target = corpus.by_permalink[new]
        head = Head(target.title, "", is_indexed=False)
        view = RedirectView(head, target.title, Permalink(new))
        yield template_page(old, "redirect.html", view, sources=(target.path,), is_in_sitemap=False)

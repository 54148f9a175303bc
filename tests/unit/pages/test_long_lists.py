"""Where one thing is there far too often, pages stay light: they show the first, count the rest and lead to all."""

import re
from typing import Any

import pytest

from site_builder.content import schema
from site_builder.pages.data import feeds, llms
from site_builder.pages.documents import article as article_page
from site_builder.pages.documents import entity as entity_page
from site_builder.pages.documents import narrower_topics
from site_builder.pages.documents import topic as topic_page
from site_builder.pages.lists import subscribe, term_indexes
from site_builder.pages.parts import MAX_SUMMARY_BYTES, MAX_TITLE_BYTES, paginate_weighed
from site_builder.pipeline import Site
from tests.helpers.growth import assert_cost_ratio
from tests.helpers.site import MKDOCS_YML, MakeSite, article, codes, entity, load, topic

MODULES = (schema, article_page, entity_page, narrower_topics, topic_page, term_indexes, feeds)


@pytest.fixture
def three_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page shows three names of a kind."""
    for module in MODULES:
        monkeypatch.setattr(module, "MAX_LISTED", 3)


def narrower(count: int, of: str = "top") -> dict[str, str]:
    return {f"content/topics/n{n}.md": topic(f"N{n}", broader=[of]) for n in range(count)}


@pytest.mark.usefixtures("three_names")
def test_a_topic_with_many_narrower_ones_leads_to_a_list_of_them(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(narrower_topics, "TOPICS_PER_PART", 4)
    site = load(make_site({"content/topics/top.md": topic("Top"), **narrower(10)}))
    html = site.render("/topics/top/").decode()
    assert '<a href="narrower/">All 10 narrower topics</a>' in html
    assert re.findall(r'<a href="\.\./(n\d)/">', html) == [f"n{n}" for n in range(8)], "the cards"
    assert (
        "All 10 narrower topics](https://example.org/x/y/topics/top/narrower/)"
        in site.render("/topics/top/index.md").decode()
    )
    parts = [url for url in site.routes.all() if "/narrower/" in url]
    assert parts == [f"/topics/top/narrower/{part}" for part in ("", "page/2/", "page/3/")]
    listed = [re.findall(r"topics/top/|/(n\d)/", site.render(url).decode()) for url in parts]
    assert [name for part in listed for name in part if name] == [f"n{n}" for n in range(10)]
    assert b"/narrower/" not in site.render("/sitemap.xml")


def test_a_topic_that_shows_all_has_no_such_list(make_site: MakeSite):
    site = load(make_site({"content/topics/top.md": topic("Top"), **narrower(10)}))
    assert "narrower/" not in site.render("/topics/top/").decode()
    assert not [url for url in site.routes.all() if "/narrower/" in url]


@pytest.mark.usefixtures("three_names")
def test_the_index_of_topics_is_cut_where_there_is_enough_on_a_part(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(term_indexes, "MAX_WEIGHT", 2 * (term_indexes.WEIGHT_OF_TERM + 3))
    tops = {f"content/topics/top{n}.md": topic(f"Top {n}") for n in range(3)}
    below = {f"content/topics/n{n}.md": topic(f"N{n}", broader=[f"top{n // 5}"]) for n in range(15)}
    site = load(make_site(tops | below))
    first = site.render("/topics/").decode()
    assert re.findall(r"<h2><a [^>]*>(.*?)</a>", first) == ["Top 0", "Top 1"]
    assert '<a href="top0/">2 more</a>' in first
    assert "Top 2" in site.render("/topics/page/2/").decode()


def test_a_list_is_divided_by_weight_and_nothing_is_left_out():
    weights = [5, 1, 1, 9, 20, 2, 2]
    parts = [list(part) for _url, part, _place in paginate_weighed(weights, lambda w: w, 10, "/a/")]
    assert parts == [[5, 1, 1], [9], [20], [2, 2]]
    (only,) = paginate_weighed(list[int](), lambda w: w, 10, "/a/")
    assert only[:2] == ("/a/", [])


@pytest.mark.usefixtures("three_names")
def test_an_article_shows_the_first_of_many_names_and_counts_the_others(make_site: MakeSite):
    slugs = [f"x{n}" for n in range(5)]
    files = {
        "content/articles/a.md": article("A", topics=slugs, entities=slugs, similar=[f"b{n}" for n in range(5)]),
        **{f"content/articles/b{n}.md": article(f"B{n}") for n in range(5)},
        **{f"content/topics/{s}.md": topic(s) for s in slugs},
        **{f"content/entities/{s}.md": entity(s) for s in slugs},
    }
    site = load(make_site(files))
    html = site.render("/articles/a/").decode()
    assert html.count(">2 more<") == 3
    assert "../../topics/x2/" in html
    assert "../../topics/x3/" not in html
    assert b"<category>x3" not in site.render("/feed.xml")


@pytest.mark.usefixtures("three_names")
def test_many_synonyms_are_counted(make_site: MakeSite):
    names = [f"Name {n}" for n in range(5)]
    files = {
        "content/entities/e.md": entity("E", synonyms=names),
        "content/topics/t.md": topic("T", synonyms=names),
    }
    site = load(make_site(files))
    for url in ("/entities/e/", "/topics/t/"):
        assert "Also: Name 0, Name 1, Name 2 and 2 more" in site.render(url).decode()


def test_a_long_title_and_summary_are_cut_in_lists_only(make_site: MakeSite):
    title, summary = "Word " * 2_000, "Sentence. " * 1_000
    site = load(make_site({"content/articles/a.md": article(title.strip(), summary=summary.strip())}))
    card = site.context.card(site.corpus.listed[0])
    assert len(card.title.encode()) <= MAX_TITLE_BYTES
    assert len(card.summary.encode()) <= MAX_SUMMARY_BYTES
    assert card.title.endswith("Word…")
    assert f"<h1>{title.strip()}</h1>" in site.render("/articles/a/").decode()


def test_a_table_of_contents_has_an_end(make_site: MakeSite):
    body = "\n\n".join(f"## Part {n}\n\nText." for n in range(250))
    html = load(make_site({"content/articles/a.md": article("A", body)})).render("/articles/a/").decode()
    assert html.count('<li class="sb-l2">') == 200
    assert "<p>50 more</p>" in html


def test_the_file_of_all_feeds_and_llms_txt_have_the_largest_topics(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(subscribe, "MAX_IN_OPML", 2)
    monkeypatch.setattr(llms, "MAX_TOPICS", 2)
    topics = {f"content/topics/t{n}.md": topic(f"T{n}") for n in range(4)}
    articles = {f"content/articles/a{n}.md": article(f"A{n}", topics=[f"t{m}" for m in range(n + 1)]) for n in range(4)}
    settings = {"mkdocs.yml": MKDOCS_YML.replace("- site_builder", "- site_builder: {feed_articles: 1}")}
    site = load(make_site(settings | topics | articles))
    opml, overview = site.render("/feeds.opml").decode(), site.render("/llms.txt").decode()
    assert re.findall(r'text="(T\d)"', opml) == ["T0", "T1"]
    assert re.findall(r"\[(T\d)\]", overview) == ["T0", "T1"]
    assert "- [2 more](https://example.org/x/y/topics/)" in overview
    assert "the 4 feeds that have most articles" in site.render("/feeds/").decode()


@pytest.mark.parametrize("field", ["topics", "entities", "similar"])
def test_a_list_that_no_page_shows_is_reported(field: str, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("site_builder.links.resolve.MAX_LISTED", 2)
    folder = "articles" if field == "similar" else field
    made = {"articles": article, "topics": topic, "entities": entity}[folder]
    named = {f"content/{folder}/x{n}.md": made(f"X{n}") for n in range(3)}
    lists: dict[str, Any] = {field: ["x0", "x1", "x2"]}
    root = make_site({"content/articles/a.md": article("A", **lists), **named})
    assert codes(root) == ["list-long"]


def articles_of_a_day(count: int) -> dict[str, str]:
    files = {f"content/articles/a{n}.md": article(f"A{n}", topics=["t"], entities=["e"]) for n in range(count)}
    return files | {"content/topics/t.md": topic("T"), "content/entities/e.md": entity("E")}


def test_each_part_of_a_digest_says_which_it_is_on_paper_too(make_site: MakeSite):
    site = made_site(make_site, 2)
    pages = [url for url in site.routes.all() if re.fullmatch(r"/digest/\d{4}-W\d+/(page/2/)?", url)]
    told = [
        re.findall(r'<p class="sb-sum">[^<]+ · (Part \d of \d)</p>', site.render(url).decode()) for url in sorted(pages)
    ]
    assert told == [["Part 1 of 2"], ["Part 2 of 2"]]


def test_the_parts_of_a_list_cost_what_their_number_does(make_site: MakeSite):
    """Composed one by one, each part does not go through the whole list again."""
    small, large = (made_site(make_site, count) for count in (100, 400))
    assert_cost_ratio(lambda: compose_parts(small), lambda: compose_parts(large), 9.0)


def made_site(make_site: MakeSite, count: int) -> Site:
    settings = (
        "site_name: X\nsite_url: https://example.org/\ndocs_dir: content\ntheme: site_builder\n"
        "plugins:\n  - site_builder: {per_page: 1}\n"
    )
    site = load(make_site({"mkdocs.yml": settings, **articles_of_a_day(count)}))
    assert site.routes.fixed
    assert site.context.graph.resolved
    return site


def compose_parts(site: Site) -> None:
    prefixes = ("/topics/t/", "/entities/e/", "/digest/")
    for url, route in site.routes.fixed.items():
        if url.startswith(prefixes) and "/page/" in url:
            route.page()

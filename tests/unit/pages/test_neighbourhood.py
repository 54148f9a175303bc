"""Who is shown around an article or topic, and that the words tell what the picture shows."""

import re
from xml.etree import ElementTree as ET

import pytest

from site_builder.pages.documents.article import ArticleView
from site_builder.pages.documents.topic import TopicView
from site_builder.pages.neighbourhood import MAX_NEIGHBOURS, _limits
from site_builder.pipeline import Site
from site_builder.render.svg.neighbourhood_svg import NeighbourhoodView
from tests.helpers.output import build, files
from tests.helpers.site import Files, MakeSite, article, entity, load, topic

RIVERS: Files = {
    "content/articles/a.md": article(
        "Alder", topics=["water", "law"], entities=["council"], similar=["b", "nobody", "hidden", {"to": "c"}]
    ),
    "content/articles/b.md": article("Birch", "[[c]]", topics=["water"], date="2026-05-01"),
    "content/articles/c.md": article("Cedar", "[[a]] [[b]]", topics=["water"], date="2026-04-01"),
    "content/articles/d.md": article("Dogwood", "[[a]]", topics=["law"], entities=["council"], date="2020-01-01"),
    "content/articles/hidden.md": article("Hidden hazel", "[[a]]", unlisted=True, similar=["a", "b", "c", "d"],
                                          topics=["water", "law"]),
    "content/articles/draft.md": article("Secret draft", "[[a]]", status="draft", topics=["water"]),
    "content/articles/later.md": article("Secret embargo", "[[a]]", publish="2027-01-01", topics=["water"]),
    "content/topics/water.md": topic("Water", broader=["nature"]),
    "content/topics/nature.md": topic("Nature", "[[a]]"),
    "content/topics/law.md": topic("Law <&>"),
    "content/entities/council.md": entity("Council"),
}  # fmt: skip


def shown(view: NeighbourhoodView | None) -> dict[str, list[str]]:
    assert view is not None
    return {group.name: [label.title for label in group.labels] for group in view.groups}


def around(site: Site, url: str) -> NeighbourhoodView | None:
    view = site.view(url)
    assert isinstance(view, ArticleView | TopicView)
    return view.neighbourhood


def figure(site: Site, url: str) -> tuple[str, ET.Element]:
    """The section around a picture, and the picture."""
    html = re.search(r'<h2 id="sb-around">.*?</section>', site.render(url).decode(), re.DOTALL)
    assert html is not None
    drawn = re.search(r"<svg.*?</svg>", html[0], re.DOTALL)
    assert drawn is not None
    return html[0], ET.fromstring(drawn[0])


def test_an_article_shows_what_it_belongs_to_and_where_it_leads(make_site: MakeSite):
    view = around(load(make_site(RIVERS)), "/articles/a/")
    found = shown(view)
    related = found.pop("Related", [])
    assert found | {"Linked from": []} == {
        "Topics": ["Water", "Law <&>"],
        "Mentioned here": ["Council"],
        "Read next": ["Birch", "Cedar"],
        "Linked from": [],
    }
    assert sorted(related + found.get("Linked from", [])) == ["Dogwood", "Nature"]
    assert view is not None
    titles = [label.title for label in view.labels]
    assert [(titles[a], titles[b]) for a, b in view.ties] == [("Water", "Nature"), ("Birch", "Cedar")]


def test_a_topic_shows_its_place_and_its_articles(make_site: MakeSite):
    more = {
        f"content/articles/e{n}.md": article(f"Elm {n}", "[[a]]", topics=["water"], entities=["council"])
        for n in range(3)
    }
    found = shown(around(load(make_site({**RIVERS, **more})), "/topics/water/"))
    assert found["Broader topics"] == ["Nature"]
    assert found["Most linked"] == ["Alder", "Birch", "Cedar"]
    assert found["Often mentioned"] == ["Council"]


def test_few_neighbours_make_no_picture(make_site: MakeSite):
    site = load(make_site({"content/articles/a.md": article("A", "[[b]]"), "content/articles/b.md": article("B")}))
    assert around(site, "/articles/a/") is None
    assert b"sb-around" not in site.render("/articles/a/")


def test_the_unlisted_is_nobodys_neighbour_and_has_none(make_site: MakeSite):
    site = load(make_site(RIVERS))
    assert around(site, "/articles/hidden/") is None
    for url in site.routes.fixed:
        view = site.view(url)
        if isinstance(view, ArticleView | TopicView) and view.neighbourhood:
            titles = [label.title for label in view.neighbourhood.labels]
            assert not {"Hidden hazel", "Secret draft", "Secret embargo"} & set(titles), url


@pytest.mark.parametrize("url", ["/articles/a/", "/topics/water/"])
def test_the_words_name_every_neighbour_and_the_links_lead_there(make_site: MakeSite, url: str):
    site = load(make_site(RIVERS))
    view = around(site, url)
    assert view is not None
    html, svg = figure(site, url)
    words = ET.fromstring(html[html.index("<figcaption>") : html.index("</figcaption>")] + "</figcaption>")
    told = " ".join(words.itertext())
    assert [label.title for label in view.labels if label.title not in told] == []
    drawn = [a.get("href", "") for a in svg.iter("a")]
    assert len(drawn) == len(set(drawn)) == len(view.labels) >= 5
    slugs = {label.url.strip("/").rsplit("/", 1)[1] for label in view.labels}
    assert {href.strip("/").rsplit("/", 1)[-1] for href in drawn} == slugs
    assert svg.get("role") == "group"
    assert f'id="{svg.get("aria-labelledby")}"' in html


def test_a_picture_is_small(make_site: MakeSite):
    """6 kB of a page of 60 at most."""
    long = {
        f"content/articles/long-{n}.md": article(
            f"A long title, number {n}, that needs all of its three lines and more"
        )
        for n in range(20)
    }
    here = article("Here", "[[long-9]]", similar=[f"long-{n}" for n in range(8)], topics=["water"])
    html, svg = figure(load(make_site({**RIVERS, **long, "content/articles/x.md": here})), "/articles/x/")
    assert len(list(svg.iter("a"))) >= 6
    assert len(html[html.index("<svg") : html.index("</svg>")]) < 6000


def test_two_builds_give_the_same_bytes(make_site: MakeSite):
    root = make_site(RIVERS)
    build(root, site_dir=root / "one")
    build(root, site_dir=root / "other")
    assert files(root / "one") == files(root / "other")


@pytest.mark.parametrize(
    ("counts", "expected"),
    [([3, 3, 2, 1, 0], [3, 3, 2, 1, 0]), ([3, 3, 5, 4, 3], [3, 3, 2, 2, 2]), ([0, 0, 5, 4, 3], [0, 0, 5, 4, 3])],
    ids=["all", "the-longest-give-way", "just-enough"],
)
def test_limits(counts: list[int], expected: list[int]):
    assert _limits(counts) == expected
    assert sum(expected) <= MAX_NEIGHBOURS

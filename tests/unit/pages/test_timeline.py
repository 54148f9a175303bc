"""The picture on `/timeline/`: which lane an article is in, and what of it the page writes."""

import re

import pytest

from site_builder.pages.lists.timeline import TimelineView
from site_builder.pipeline import Site
from site_builder.urls import Permalink
from tests.helpers.site import MKDOCS_YML, Files, MakeSite, article, load, topic


def timeline(site: Site) -> TimelineView:
    view = site.routes[Permalink("/timeline/")].page().view
    assert isinstance(view, TimelineView)
    return view


def lanes(site: Site) -> dict[str, int | None]:
    picture = timeline(site).picture
    assert picture is not None
    return {label.title: label.count for label in picture.topics}


def articles(*topics: str | None) -> Files:
    return {
        f"content/articles/a{n}.md": article(f"A {n}", date=f"2026-03-{n + 1:02}", topics=[slug] if slug else [])
        for n, slug in enumerate(topics)
    }


TREE: Files = {
    "content/topics/law.md": topic("Law"),
    "content/topics/eu.md": topic("EU law", broader=["law"]),
    "content/topics/us.md": topic("US law", broader=["law"]),
    "content/topics/water.md": topic("Water"),
}


@pytest.mark.parametrize(
    ("topics", "expected"),
    [
        (("eu", "us", "water"), {"Law": 2, "Water": 1}),
        (("eu", "us", "us"), {"US law": 2, "EU law": 1}),
        (("eu", "eu", "eu"), {"EU law": 3}),
        (("law", "eu", "us", None), {"Law": 3, "Other topics": 1}),
        ((None, None, None), {"Articles": 3}),
    ],
    ids=["broadest topics", "below a single one", "one topic", "without a topic", "no topics"],
)
def test_lanes(make_site: MakeSite, topics: tuple[str | None, ...], expected: dict[str, int]):
    assert lanes(load(make_site({**TREE, **articles(*topics)}))) == expected


def test_small_topics_share_a_lane(make_site: MakeSite):
    names = [f"t{n}" for n in range(8)]
    files = {**articles(*names, "t7"), **{f"content/topics/{n}.md": topic(n.upper()) for n in names}}
    assert lanes(load(make_site(files))) == {"T7": 2, "T0": 1, "T1": 1, "T2": 1, "T3": 1, "Other topics": 3}


def test_each_mark_is_a_link_with_its_title_and_day_in_both_forms(make_site: MakeSite):
    files = {
        **articles("eu", "us", "water"),
        "content/articles/z.md": article("Über <b>", date="1789-07-14", language="de"),
    }
    html = load(make_site({**TREE, **files})).render("/timeline/").decode()
    label = 'aria-label="Über &lt;b&gt;, 14 July 1789" lang="de"'
    assert html.count(f'<a href="../articles/z/" {label}>') == 2
    assert len(re.findall(r'<a href="\.\./articles/a\d/" aria-label', html)) == 6
    assert "Years without articles are left out." in html


def test_few_articles_need_no_picture(make_site: MakeSite):
    site = load(make_site({**TREE, **articles("eu", "us")}))
    assert timeline(site).picture is None
    assert '<svg class="sb-lanes' not in site.render("/timeline/").decode()


def test_words_in_german(make_site: MakeSite):
    files = {"mkdocs.yml": MKDOCS_YML + "      language: de\n", **TREE, **articles("eu", "water", None)}
    files["mkdocs.yml"] = MKDOCS_YML.replace("  - site_builder\n", "  - site_builder:\n      language: de\n")
    html = load(make_site(files)).render("/timeline/").decode()
    assert "Andere Themen" in html
    assert "Jede Marke ist ein Artikel." in html
    assert 'aria-label="A 0, 1. März 2026"' in html

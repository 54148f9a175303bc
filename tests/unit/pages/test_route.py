"""Routes are cheap, and a page is all that another process needs."""

import pickle
from pathlib import Path
from typing import Any, NoReturn

import pytest

from site_builder.pages import context as context_module
from site_builder.pages.context import PageContext
from site_builder.pages.plan import SiteRoutes, plan_site
from site_builder.pipeline import Site
from site_builder.urls import Permalink
from tests.helpers.site import MakeSite, article, load, topic
from tests.helpers.sites import copy_golden


def refuse(*_: Any) -> NoReturn:
    raise AssertionError("planning asked for more than the documents")


def planned(site: Site, **given: Any) -> SiteRoutes:
    """The routes of a site, planned again; what is not given is refused."""
    known = site.context
    stages = {name: given.get(name, refuse) for name in ("graph", "related", "mentions", "search")}
    context = PageContext(known.config, known.corpus, known.taxonomy, known.translations, **stages)
    return plan_site(context, site.content.discovered)[0]


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return load(copy_golden("tiny", tmp_path_factory.mktemp("routes") / "tiny"))


def test_planning_asks_for_the_documents_only(golden: Site, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(context_module, "image_size", refuse)
    routes = planned(golden)
    assert {"/", "/articles/", "/sitemap.xml", "/api/graph.json", "/wanted/"} <= set(routes.fixed)
    assert routes.find(Permalink("/articles/")) is not None
    assert routes.find(Permalink("/articles/no-such-article/")) is None
    assert {"article.html", "twin.md", "sitemap.xml"} <= routes.templates()


def test_a_family_is_expanded_for_its_own_addresses_only(golden: Site):
    routes = planned(golden, graph=lambda: golden.context.graph)
    assert routes.find(Permalink("/wanted/page/99/")) is None
    assert routes.find(Permalink("/articles/2026/hollen.png")) is not None
    assert "/articles/2026/hollen.png" in routes
    with pytest.raises(AssertionError, match="planning asked"):
        routes.find(Permalink("/search/index.json"))
    searched = planned(golden, search=lambda: golden.context.search)
    assert searched[Permalink("/search/index.json")].page().render is not None
    assert not searched.is_linkable(Permalink("/search/index.json"))
    assert searched.is_linkable(Permalink("/search/"))


def test_an_address_is_found_exactly_if_it_is_in_the_list_of_all(golden: Site):
    every = golden.routes.all()
    assert list(every) == sorted(every)
    assert set(golden.routes.fixed) < set(every)
    assert all(golden.routes.find(url) is route for url, route in every.items())
    with pytest.raises(KeyError):
        golden.routes["/nothing/"]


def test_a_page_survives_the_way_to_another_process(golden: Site):
    for url, route in golden.routes.all().items():
        page = pickle.loads(pickle.dumps(route.page()))
        assert page.render(golden.render_context, golden.bodies) == golden.render(url), url


def test_every_part_of_wanted_is_in_the_sitemap(make_site: MakeSite):
    links = " ".join(f"[[missing-{number}]]" for number in range(60))
    site = load(make_site({"content/articles/a.md": article("A", links)}))
    assert Permalink("/wanted/page/2/") in site.routes
    sitemap = site.render("/sitemap.xml").decode()
    assert "/wanted/</loc>" in sitemap
    assert "/wanted/page/2/</loc>" in sitemap


@pytest.mark.parametrize(
    ("path", "code"),
    [
        pytest.param("content/static/search/index.json", "address-clash", id="search-index"),
        pytest.param("content/static/Search/Index.json", "address-case", id="search-index-case"),
        pytest.param("content/static/wanted/page/2/index.html", "address-clash", id="wanted-part"),
        pytest.param("content/static/wanted/page", "address-clash", id="wanted-parts-folder"),
        pytest.param("content/static/search/other.json", "", id="free"),
        pytest.param("content/static/wanted/page/9/index.html", "", id="no-such-part"),
    ],
)
def test_a_file_in_the_place_of_a_family_member_is_reported(make_site: MakeSite, path: str, code: str):
    links = " ".join(f"[[missing-{number}]]" for number in range(60))
    site = load(make_site({"content/articles/a.md": article("A", links), path: "x"}))
    found = [d for d in site.diagnostics if d.code not in {"target-wanted", "file-can-run"}]
    assert [d.code for d in found] == ([code] if code else [])
    if not code:
        assert site.render(path.removeprefix("content/static")) == b"x"


def test_no_search_index_is_made_to_look_for_clashes(golden: Site):
    routes = planned(golden, graph=lambda: golden.context.graph)
    assert routes.family_clashes == ()


def test_views_that_routes_share_are_composed_once(make_site: MakeSite, tmp_path: Path):
    site = load(
        make_site({"content/articles/a.md": article("A", topics=["t"]), "content/topics/t.md": topic("T", feed=True)})
    )
    routes = planned(site, graph=lambda: site.context.graph, related=dict, mentions=lambda _document: ())
    article_view = routes["/articles/a/"].page().view
    assert routes["/articles/a/index.md"].page().view.page is article_view
    assert routes["/topics/t/feed.xml"].page().view is routes["/topics/t/atom.xml"].page().view


def test_the_list_of_addresses_needs_no_search_index(make_site: MakeSite):
    links = " ".join(f"[[missing-{number}]]" for number in range(60))
    site = load(make_site({"content/articles/a.md": article("A", links)}))
    listed = planned(site, graph=lambda: site.context.graph).listed()
    assert "/wanted/page/2/" in listed
    assert set(listed) == {url for url in site.routes.all() if not url.startswith("/search/") or url == "/search/"}

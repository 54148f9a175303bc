"""The graph as files and as a page: its form, its parts, and nothing in it that readers may not find."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.links import graph_export as network
from site_builder.pages import topic_maps
from site_builder.pages.data import graph_data
from site_builder.pages.lists.graph_page import GraphView
from site_builder.pipeline import Site
from site_builder.urls import Permalink
from tests.helpers.site import Files, MakeSite, article, entity, load, topic

SITE: Files = {
    "content/articles/a.md": article("Alder", "[[b]]", topics=["water", "law"], entities=["council"],
                                     similar=[{"to": "b", "why": "why & how"}]),
    "content/articles/b.md": article("Birch", topics=["law", "water"]),
    "content/articles/c.md": article("Cedar", topics=["mills"]),
    "content/articles/d.md": article("Dogwood", topics=["dust"]),
    "content/articles/hidden.md": article("Secret hazel", "[[a]]", unlisted=True, topics=["water"], similar=["a"]),
    "content/articles/draft.md": article("Secret draft", "[[a]]", status="draft", topics=["water"], similar=["a"]),
    "content/articles/later.md": article("Secret embargo", "[[a]]", publish="2027-01-01", topics=["water"]),
    "content/topics/water.md": topic("Water"),
    "content/topics/mills.md": topic("Mills", broader=["water"]),
    "content/topics/law.md": topic("Law"),
    "content/topics/dust.md": topic("Dust"),
    "content/entities/council.md": entity("Council"),
}  # fmt: skip


def data(site: Site, url: str) -> Any:
    return json.loads(site.render(url))


def test_the_index_leads_to_every_shard(make_site: MakeSite):
    site = load(make_site(SITE))
    index = data(site, "/api/graph.json")
    total = sum(index["edges"].values())
    assert index == {
        "version": 1,
        "site": "https://example.org/x/y/",
        "hash": "first 16 bits of SHA-256 of the id in UTF-8",
        "nodes": {"article": 4, "entity": 1, "topic": 4},
        "edges": index["edges"],
        "graphml": ["/api/graph.graphml"],
        "shards": [{"address": "/api/graph/0.json", "first": "0000", "last": "ffff", "nodes": 9, "edges": total}],
    }
    shard = data(site, "/api/graph/0.json")
    assert len(shard["edges"]) == total
    assert shard["nodes"][0] == {"id": "/articles/a/", "kind": "article", "title": "Alder", "date": "2026-06-03"}
    assert {"source": "/articles/a/", "target": "/articles/b/", "kind": "similar", "why": "why & how"} in shard["edges"]


def test_the_bytes_are_canonical(make_site: MakeSite):
    for url in ("/api/graph.json", "/api/graph/0.json"):
        made = load(make_site(SITE)).render(url)
        assert (
            made
            == json.dumps(json.loads(made), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        )


def test_an_edit_changes_one_shard_and_the_index_tells_their_ranges(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(graph_data, "IN_SHARD", 10)
    many = {f"content/articles/n{n}.md": article(f"N{n}", topics=["water"]) for n in range(60)}
    before = load(make_site({**SITE, **many}))
    changed = {**SITE, **many, "content/articles/n7.md": article("N7", "[[a]]", topics=["dust"], similar=["b"])}
    after = load(make_site(changed))
    shards = data(before, "/api/graph.json")["shards"]
    assert len(shards) >= 7
    assert [s["nodes"] for s in shards] == [s["nodes"] for s in data(after, "/api/graph.json")["shards"]]
    different = []
    for shard in shards:
        one, other = (_without_proposals(data(site, shard["address"])) for site in (before, after))
        if one != other:
            different.append(shard)
    (found,) = different
    assert int(found["first"], 16) <= network.place_of(Permalink("/articles/n7/")) <= int(found["last"], 16)


def test_graphml_is_cut_where_it_is_too_large_for_one_file(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    root = make_site(SITE)
    whole = ET.fromstring(load(root).render("/api/graph.graphml"))
    assert data(load(root), "/api/graph.json")["graphml"] == ["/api/graph.graphml"]
    monkeypatch.setattr(graph_data, "IN_GRAPHML", 3)
    site = load(root)
    files = data(site, "/api/graph.json")["graphml"]
    assert files == [f"/api/graph{end}.graphml" for end in ("", *(f"-{n}" for n in range(2, len(files) + 1)))]
    assert len(files) > 1
    assert files == sorted((url for url in site.routes.all() if url.endswith(".graphml")), key=files.index)
    nodes: set[str] = set()
    edges: list[str] = []
    for url in files:
        part = ET.fromstring(site.render(url))
        own = {str(node.get("id")) for node in part.iter(f"{SPACE}node")}
        assert all(edge.get(end) in own for edge in part.iter(f"{SPACE}edge") for end in ("source", "target"))
        nodes |= own
        edges += [ET.tostring(edge, "unicode").strip() for edge in part.iter(f"{SPACE}edge")]
    assert nodes == {node.get("id") for node in whole.iter(f"{SPACE}node")}
    assert sorted(edges) == sorted(ET.tostring(edge, "unicode").strip() for edge in whole.iter(f"{SPACE}edge"))


SPACE = "{http://graphml.graphdrawing.org/xmlns}"


def _without_proposals(shard: dict[str, Any]) -> dict[str, Any]:
    """Which articles are related depends on all of them."""
    return {**shard, "edges": [e for e in shard["edges"] if e["kind"] != "related"]}


def test_nothing_leaks(make_site: MakeSite):
    site = load(make_site(SITE))
    urls = [url for url in site.routes.all() if url.startswith(("/api/graph", "/graph/"))]
    assert len(urls) == 4
    for url in urls:
        text = site.render(url).decode()
        assert "Secret" not in text, url
        assert not [name for name in ("hidden", "draft", "later") if f"/articles/{name}/" in text], url


def test_no_page_loads_the_data(make_site: MakeSite):
    site = load(make_site(SITE))
    named = [
        url
        for url in site.routes.all()
        if url.endswith("/") and any(f'{how}="../api/' in site.render(url).decode() for how in ("src", "data-src"))
    ]
    assert named == []


def test_the_page_shows_topics_with_their_ties(make_site: MakeSite):
    site = load(make_site(SITE))
    view = site.view("/graph/")
    assert isinstance(view, GraphView)
    (tie,) = view.ties
    assert (tie.one.title, tie.other.title, tie.shared, tie.links) == ("Law", "Water", 2, 4)
    html = site.render("/graph/").decode().split("<main")[1]
    assert "2 articles in both, 4 links between their articles" in html
    assert site.routes[Permalink("/graph/")].is_in_sitemap
    assert '<li><a href="../graph/"' in site.render("/topics/").decode()
    assert '<a href="graph/">Map of all topics</a>' in site.render("/").decode()


def pictures(html: str) -> list[ET.Element]:
    """The maps of a page: well-formed as XML too."""
    return [ET.fromstring(part.split("</svg>")[0] + "</svg>") for part in _maps(html)]


def _maps(html: str) -> list[str]:
    main = html.split("<main")[1]
    return ["<svg" + part for part in main.split("<svg")[1:] if part.startswith(' class="sb-atlas')]


def addresses(picture: ET.Element) -> list[str | None]:
    return [a.get("href") for a in picture.iter("a")]


def test_the_map_shows_every_topic_and_article_once_in_both_widths(make_site: MakeSite):
    html = load(make_site(SITE)).render("/graph/").decode()
    wide, tall = pictures(html)
    assert (wide.get("width"), tall.get("width")) == ("1024", "340")
    shown = [*(f"../topics/{s}/" for s in ("water", "mills", "dust", "law")), *(f"../articles/{s}/" for s in "abcd")]
    for picture in (wide, tall):
        assert sorted(map(str, addresses(picture))) == sorted(shown)


def test_the_list_says_what_the_map_shows(make_site: MakeSite):
    html = load(make_site(SITE)).render("/graph/").decode()
    listed = html.split('<ul class="sb-outline">')[1].split("</details>")[0]
    assert {str(one) for one in addresses(pictures(html)[0])} <= set(re.findall(r'href="([^"]*)"', listed))
    water = listed.split("../topics/water/")[1]
    assert water.index("../articles/a/") < water.index("../topics/mills/") < water.index("../articles/c/")


def test_an_article_stands_in_the_first_of_its_topics_and_a_name_between_those_it_joins(make_site: MakeSite):
    files = {
        **SITE,
        "content/articles/e.md": article("Elder", topics=["dust"], entities=["council"]),
        "content/articles/f.md": article("Fir", topics=["law"], entities=["council"]),
    }
    view = load(make_site(files)).view("/graph/")
    assert isinstance(view, GraphView)
    assert view.map is not None
    ground = view.map.ground
    areas = {area.label.title: area for area in ground.areas}
    assert [s.label.title for s in areas["Law"].spots] == ["Birch", "Fir"]
    assert [s.label.title for s in areas["Water"].spots] == ["Alder"]
    assert [(one.label.title, len(one.spots)) for one in areas["Water"].inner] == [("Mills", 1)]
    (bridge,) = ground.bridges
    assert bridge.label.title == "Council"
    assert {ground.areas[end].label.title for end in bridge.ends} == {"Law", "Dust", "Water"}


def test_of_many_articles_the_most_cited_and_the_newest_are_drawn(make_site: MakeSite):
    many = {
        f"content/articles/n{n}.md": article(
            f"N{n}", f"[[n{n // 30}]]", topics=[f"t{n % 3}"], date=f"20{n // 10:02}-01-01"
        )
        for n in range(200)
    }
    topics = {f"content/topics/t{n}.md": topic(f"T{n}") for n in range(3)}
    site = load(make_site({**many, **topics}))
    view = site.view("/graph/")
    assert isinstance(view, GraphView)
    assert view.map is not None
    assert view.wide is not None
    assert not view.map.is_whole
    drawn = {point.label.title for point in view.wide.points}
    assert {f"N{n}" for n in range(7)} | {f"N{n}" for n in range(190, 200)} <= drawn
    assert len(drawn) <= 2 * topic_maps.NOTABLE
    assert {label.url for label in view.map.key} == {f"/articles/n{n}/" for n in range(7)}
    html = site.render("/graph/").decode()
    assert f"{len(drawn)} of 200" in html


def test_titles_are_escaped(make_site: MakeSite):
    files = {
        "content/articles/a.md": article("Is <b> bolder & better?", topics=["x"]),
        "content/topics/x.md": topic("R&D <i>"),
    }
    html = load(make_site(files)).render("/graph/").decode()
    wide, _tall = pictures(html)
    texts = ["".join(text.itertext()) for text in wide.iter("text")]
    assert "R&D <i> 1" in texts
    assert "Is <b> bolder & better?" in texts


def test_a_topic_with_narrower_ones_has_its_own_map(make_site: MakeSite):
    files = {
        "content/topics/wide.md": topic("Wide"),
        "content/topics/one.md": topic("One", broader=["wide"]),
        "content/topics/two.md": topic("Two", broader=["wide"]),
        **{f"content/articles/o{n}.md": article(f"O{n}", topics=["one"]) for n in range(4)},
        **{f"content/articles/t{n}.md": article(f"T{n}", topics=["two", "wide"]) for n in range(4)},
        "content/articles/w.md": article("W", topics=["wide"]),
    }
    site = load(make_site(files))
    (picture,) = pictures(site.render("/topics/wide/").decode())
    found = addresses(picture)
    assert {"../one/", "../two/", "./", "../../articles/w/", "../../articles/t0/"} <= set(found)
    assert len(found) == 3 + 9
    assert pictures(site.render("/topics/one/").decode()) == []
    assert "atlas.css" not in site.render("/topics/one/").decode()


def test_below_a_single_broadest_topic_the_map_begins_with_the_next(make_site: MakeSite):
    files = {
        "content/topics/all.md": topic("All"),
        "content/topics/one.md": topic("One", broader=["all"]),
        "content/topics/two.md": topic("Two", broader=["all"]),
        "content/articles/a.md": article("A", topics=["all"]),
        "content/articles/b.md": article("B", topics=["all", "one"]),
        "content/articles/c.md": article("C", topics=["two"]),
    }
    view = load(make_site(files)).view("/graph/")
    assert isinstance(view, GraphView)
    assert view.map is not None
    shown = [(a.label.title, a.label.count, [s.label.title for s in a.spots]) for a in view.map.ground.areas]
    assert shown == [("One", 1, ["B"]), ("Two", 1, ["C"]), ("All", None, ["A"])]


def test_a_broadest_topic_is_sized_by_the_articles_in_no_other_one(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(topic_maps, "MAX_SPOTS", 5)
    files = {
        "content/topics/all.md": topic("All"),
        "content/topics/one.md": topic("One", broader=["all"]),
        "content/articles/b.md": article("B", topics=["one"]),
        **{f"content/articles/a{n}.md": article(f"A{n}", topics=["all"]) for n in range(20)},
    }
    view = load(make_site(files)).view("/graph/")
    assert isinstance(view, GraphView)
    assert view.map is not None
    assert view.wide is not None
    assert [(a.label.title, a.label.count, a.weight) for a in view.map.ground.areas] == [
        ("One", 1, 1),
        ("All", None, 20),
    ]
    one, whole = view.wide.areas
    assert whole.width > 3 * one.width


def test_a_broadest_topic_stands_alone_where_those_below_it_are_empty(make_site: MakeSite):
    files = {
        "content/topics/all.md": topic("All"),
        "content/topics/one.md": topic("One", broader=["all"]),
        "content/articles/a.md": article("A", topics=["all"]),
    }
    view = load(make_site(files)).view("/graph/")
    assert isinstance(view, GraphView)
    assert view.map is not None
    assert [(a.label.title, a.label.count) for a in view.map.ground.areas] == [("All", 1)]
    assert view.drawn == (1, 1)


def test_the_caption_says_how_many_topics_are_not_drawn(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    files = {
        **{f"content/topics/t{n}.md": topic(f"T{n}") for n in range(3)},
        **{f"content/articles/a{n}.md": article(f"A{n}", topics=[f"t{n}"]) for n in range(3)},
    }
    root = make_site(files)
    assert "topics are drawn" not in load(root).render("/graph/").decode()
    monkeypatch.setattr(topic_maps, "MAX_REGIONS", 2)
    assert "2 of 3 topics are drawn." in load(root).render("/graph/").decode()


def test_the_keyboard_can_skip_the_map(make_site: MakeSite):
    plain = {"content/articles/a.md": article("A", topics=["t"]), "content/topics/t.md": topic("T")}
    before, _, after = load(make_site(plain)).render("/graph/").decode().partition("<svg class=")
    assert '<a class="sb-skip" href="#sb-after-map">Skip the map</a>' in before
    assert ' id="sb-after-map"' in after


def test_topics_without_articles_have_no_map(make_site: MakeSite):
    site = load(make_site({"content/articles/a.md": article("A"), "content/topics/t.md": topic("T")}))
    html = site.render("/graph/").decode()
    assert pictures(html) == []
    assert 'href="../topics/"' in html


def test_the_caption_names_what_there_is(make_site: MakeSite):
    plain = {"content/articles/a.md": article("A", topics=["t"]), "content/topics/t.md": topic("T")}
    html = load(make_site(plain)).render("/graph/").decode()
    assert "narrower topics lie inside" in html
    assert "band" not in html.split("<figcaption>")[1]
    assert "italics" not in html


def test_without_topics_there_is_only_the_data(make_site: MakeSite):
    site = load(make_site({"content/articles/a.md": article("A")}))
    assert Permalink("/graph/") not in site.routes
    assert "/graph/" not in site.render("/articles/a/").decode()
    assert data(site, "/api/graph.json")["nodes"] == {"article": 1}
    assert data(load(make_site({})), "/api/graph.json")["shards"] == []


def test_the_command_writes_what_the_site_has(make_site: MakeSite, tmp_path: Path):
    root = make_site(SITE)
    out = tmp_path / "out.graphml"
    options = ["graph", "-f", str(root / "mkdocs.yml"), "--date", "2026-07-01", "--graphml"]
    result = CliRunner().invoke(main, [*options, str(out)])
    assert result.exit_code == 0, result.output
    assert out.read_bytes() == load(root).render("/api/graph.graphml")
    assert result.stderr.startswith("Wrote 9 nodes and ")
    piped = CliRunner().invoke(main, [*options, "-"])
    assert piped.stdout_bytes == out.read_bytes()


def test_the_command_refuses_content_with_errors(make_site: MakeSite, tmp_path: Path):
    root = make_site({"content/articles/a.md": "---\ntitle: [\n---\n"})
    out = tmp_path / "out.graphml"
    result = CliRunner().invoke(main, ["graph", "-f", str(root / "mkdocs.yml"), "--graphml", str(out)])
    assert result.exit_code == 1
    assert "Nothing was written" in result.stderr
    assert not out.exists()

"""The graph as files and as a page: its form, its parts, and nothing in it that readers may not find."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.links import graph_export as network
from site_builder.pages.data import graph_data
from site_builder.pages.lists import graph_page as graph
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


def test_the_overview_shows_topics_with_their_ties(make_site: MakeSite):
    site = load(make_site(SITE))
    view = site.view("/graph/")
    assert isinstance(view, GraphView)
    assert [(g.topic.title, [n.title for n in g.narrower], [c.title for c in g.company]) for g in view.groups] == [
        ("Dust", [], []),
        ("Law", [], ["Water"]),
        ("Water", ["Mills"], ["Law"]),
    ]
    (tie,) = view.ties
    assert (tie.one.title, tie.other.title, tie.shared, tie.links) == ("Law", "Water", 2, 4)
    assert view.picture is not None
    assert [label.text for label in view.picture.labels] == ["Dust", "Law", "Water", "Mills"]
    html = site.render("/graph/").decode().split("<main")[1]
    svg = ET.fromstring(html[html.index("<svg") : html.index("</svg>") + 6])
    assert [a.get("href") for a in svg.iter("a")] == [f"../topics/{s}/" for s in ("dust", "law", "water", "mills")]
    assert "2 articles in both, 4 links between their articles" in html
    assert site.routes[Permalink("/graph/")].is_in_sitemap
    assert '<li><a href="../graph/"' in site.render("/topics/").decode()


def test_the_overview_goes_by_parts(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(graph, "TOPICS_PER_PART", 2)
    monkeypatch.setattr(graph, "MAX_TOPICS_DRAWN", 2)
    site = load(make_site({**SITE, "content/topics/ponds.md": topic("Ponds", broader=["water", "law"])}))
    parts = [site.view(url) for url in ("/graph/", "/graph/page/2/", "/graph/page/3/")]
    shown = []
    for part in parts:
        assert isinstance(part, GraphView)
        shown.append([(g.topic.title, [n.title for n in g.narrower]) for g in part.groups])
    assert shown == [[("Dust", []), ("Law", [])], [("Law", ["Ponds"]), ("Water", [])], [("Water", ["Mills", "Ponds"])]]
    first, second = parts[:2]
    assert isinstance(first, GraphView)
    assert isinstance(second, GraphView)
    assert first.picture is not None
    assert [label.text for label in first.picture.labels] == ["Law", "Water"]
    assert (second.picture, second.ties) == (None, ())
    assert b"Page 2 of 3" in site.render("/graph/page/2/")


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

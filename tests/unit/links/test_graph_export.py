"""The link graph as data: what is in it, how it is cut, and GraphML that other programs can read."""

from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.content.vocabulary import Kind
from site_builder.links.graph_export import Edge, EdgeKind, Network, Node, build_network, count_kinds, cut, place_of
from site_builder.links.related_article import RelatedArticle
from site_builder.render.graphml import graphml
from site_builder.urls import Permalink
from tests.helpers.site import Files, MakeSite, article, entity, load, page, tool, topic

SPACE = "{http://graphml.graphdrawing.org/xmlns}"

SITE: Files = {
    "content/articles/a.md": article(
        "A", "[[b]] and [[b|again]], [[law]], [[hidden]], [[about]].", topics=["fine"], entities=["law"],
        similar=[{"to": "b", "why": "came first", "kind": "background"}, "hidden", "nobody"],
    ),
    "content/articles/b.md": article("B", date="2026-05-01", topics=["fine", "wide"]),
    "content/articles/hidden.md": article("Hidden", "[[a]]", unlisted=True, similar=["b"], topics=["fine"]),
    "content/articles/draft.md": article("Secret draft", "[[a]]", status="draft", similar=["a"]),
    "content/articles/later.md": article("Secret embargo", "[[a]]", publish="2027-01-01"),
    "content/topics/fine.md": topic("Fine", "See [[a]].", broader=["wide"]),
    "content/topics/wide.md": topic("Wide"),
    "content/entities/law.md": entity("Law"),
    "content/tools/hammer.md": tool("Hammer", "[[a]]"),
    "content/pages/about.md": page("About", "[[a]]"),
}  # fmt: skip


def network(make_site: MakeSite, files: Files = SITE) -> Network:
    known = load(make_site(files)).context
    return build_network(known.corpus, known.taxonomy, known.graph, {})


def test_nodes_are_what_readers_may_find(make_site: MakeSite):
    found = network(make_site)
    assert [(n.id, str(n.kind), n.title, n.date and n.date.isoformat()) for n in found.nodes] == [
        ("/articles/a/", "article", "A", "2026-06-03"),
        ("/articles/b/", "article", "B", "2026-05-01"),
        ("/entities/law/", "entity", "Law", None),
        ("/topics/fine/", "topic", "Fine", None),
        ("/topics/wide/", "topic", "Wide", None),
    ]


def test_edges_tell_what_leads_where_and_why(make_site: MakeSite):
    found = network(make_site)
    assert [(e.source, e.target, str(e.kind), e.relation and str(e.relation), e.why) for e in found.edges] == [
        ("/articles/a/", "/articles/b/", "similar", "background", "came first"),
        ("/articles/a/", "/articles/b/", "text", None, ""),
        ("/articles/a/", "/entities/law/", "text", None, ""),
        ("/articles/a/", "/topics/fine/", "topic", None, ""),
        ("/articles/a/", "/entities/law/", "entity", None, ""),
        ("/articles/b/", "/topics/fine/", "topic", None, ""),
        ("/articles/b/", "/topics/wide/", "topic", None, ""),
        ("/topics/fine/", "/articles/a/", "text", None, ""),
        ("/topics/fine/", "/topics/wide/", "broader", None, ""),
    ]
    assert count_kinds(found.edges) == {"broader": 1, "entity": 1, "similar": 1, "text": 3, "topic": 3}


def test_proposals_are_edges_with_their_reasons(make_site: MakeSite):
    known = load(make_site(SITE)).context
    a, b = (next(d for d in known.corpus.articles if d.slug == slug) for slug in "ab")
    related = {b.permalink: (RelatedArticle(a, 0.5, ("both discuss rivers", "published the same week")),)}
    found = build_network(known.corpus, known.taxonomy, known.graph, related)
    proposed = [e for e in found.edges if e.kind is EdgeKind.RELATED]
    why = "both discuss rivers; published the same week"
    assert proposed == [Edge(b.permalink, a.permalink, EdgeKind.RELATED, None, why)]


def many(names: list[str]) -> Network:
    ids = sorted({Permalink(f"/articles/{name}/") for name in names})
    edges = [Edge(one, other, EdgeKind.TEXT) for one in ids for other in ids[:3] if one != other]
    return Network(tuple(Node(i, Kind.ARTICLE, i) for i in ids), tuple(edges))


@settings(deadline=None)
@given(st.lists(st.text("abcdefgh", min_size=1), max_size=60), st.integers(2, 20))
def test_shards_hold_everything_once(names: list[str], size: int):
    found = many(names)
    shards = cut(found, size)
    assert sorted(n.id for s in shards for n in s.nodes) == [n.id for n in found.nodes]
    assert sorted((e.source, e.target) for s in shards for e in s.edges) == sorted(
        (e.source, e.target) for e in found.edges
    )
    for shard in shards:
        assert 0 < len(shard.nodes) <= size
        assert all(shard.first <= place_of(n.id) <= shard.last for n in shard.nodes)
        assert {e.source for e in shard.edges} <= {n.id for n in shard.nodes}


def test_an_edit_changes_one_shard():
    before = many([f"n{n}" for n in range(500)])
    nodes = tuple(Node(n.id, n.kind, "New" if n.id == "/articles/n77/" else n.title) for n in before.nodes)
    after = Network(nodes, tuple(e for e in before.edges if e.source != "/articles/n77/"))
    one, other = cut(before, 40), cut(after, 40)
    assert len(one) == len(other) >= 16
    assert sum(a != b for a, b in zip(one, other, strict=True)) == 1


def test_a_place_among_the_shards_is_what_the_index_says():
    """`printf /articles/a/ | sha256sum`"""
    assert f"{place_of(Permalink('/articles/a/')):04x}" == "f7a9"


def test_graphml_is_well_formed_and_complete(make_site: MakeSite):
    files = {**SITE, "content/articles/b.md": article('B & "C" <d>', topics=["fine"])}
    found = network(make_site, files)
    root = ET.fromstring(graphml(found.nodes, found.edges))
    assert root.tag == f"{SPACE}graphml"
    keys = {key.get("id"): key.get("for") for key in root.iter(f"{SPACE}key")}
    nodes = {n.get("id"): n for n in root.iter(f"{SPACE}node")}
    edges = list(root.iter(f"{SPACE}edge"))
    assert list(nodes) == [n.id for n in found.nodes]
    assert len(edges) == len(found.edges)
    assert {e.get(end) for e in edges for end in ("source", "target")} <= set(nodes)
    for what, elements in (("node", nodes.values()), ("edge", edges)):
        assert {keys[str(d.get("key"))] for e in elements for d in e} == {what}
    told = {d.get("key"): d.text for d in nodes["/articles/b/"]}
    assert told == {"node-kind": "article", "node-title": 'B & "C" <d>', "node-date": "2026-06-03"}
    assert {d.get("key"): d.text for d in edges[0]} == {
        "edge-kind": "similar",
        "edge-relation": "background",
        "edge-why": "came first",
    }

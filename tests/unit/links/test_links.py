"""References to targets, and links seen from both their ends."""

import pytest

from site_builder.links.graph import LinkGraph, LinkKind
from site_builder.links.resolve import Outcome
from tests.helpers.site import MakeSite, article, check, codes, entity, load, page, tool, topic

SITE = {
    "content/articles/b.md": article("The B", "## Part one\n\nText.\n"),
    "content/articles/2026/c.md": article("The C"),
    "content/articles/draft.md": article("Draft", status="draft"),
    "content/topics/law.md": topic("Law"),
    "content/topics/b.md": topic("Topic B"),
    "content/entities/mayo.md": entity("Mayo"),
    "content/tools/lens.md": tool("Lens"),
    "content/pages/about.md": page("About"),
    "content/pages/index.md": page("Home"),
    "content/articles/plan.pdf": "x",
    "content/assets/all.pdf": "x",
    "content/static/robots.json": "{}",
}


@pytest.mark.parametrize(
    ("body", "url", "title"),
    [
        ("[[b]]", "/articles/b/", "The B"),
        ("[[topics/b]]", "/topics/b/", "Topic B"),
        ("[[law]]", "/topics/law/", "Law"),
        ("[[mayo]]", "/entities/mayo/", "Mayo"),
        ("[[lens]]", "/tools/#lens", "Lens"),
        ("[[about]]", "/about/", "About"),
        ("[[b#part-one]]", "/articles/b/#part-one", "Part one"),
        ("[[b#Part one]]", "/articles/b/#part-one", "Part one"),
        ("[x](b.md)", "/articles/b/", "The B"),
        ("[x](./b.md#part-one)", "/articles/b/#part-one", "The B"),
        ("[x](2026/c.md)", "/articles/c/", "The C"),
        ("[x](../topics/law.md)", "/topics/law/", "Law"),
        ("[x](../pages/index.md)", "/", "Home"),
        ("[x](plan.pdf)", "/articles/plan.pdf", "plan.pdf"),
        ("[x](../assets/all.pdf)", "/assets/all.pdf", "all.pdf"),
        ("[x](/assets/all.pdf)", "/assets/all.pdf", "all.pdf"),
        ("[x](../static/robots.json)", "/robots.json", "robots.json"),
        ("[x](/robots.json)", "/robots.json", "robots.json"),
        ("[x](/articles/b/)", "/articles/b/", "The B"),
        ("[x](/articles/b)", "/articles/b/", "The B"),
        ("[x](/topics/)", "/topics/", "topics"),
        ("## Here\n\n[x](#here)", "/articles/a/#here", "A"),
        ("[[nobody]]", "/wanted/#article-nobody", "nobody"),
        ("[[topics/new law]]", "/wanted/#topic-new-law", "new law"),
        ("[[draft]]", "", "draft"),
        ("[x](draft.md)", "", "draft"),
    ],
)
def test_targets(make_site: MakeSite, body: str, url: str, title: str):
    site = load(make_site({**SITE, "content/articles/a.md": article("A", body)}))
    (target,) = site.knowledge.graph.resolved["/articles/a/"].refs  # type: ignore[index]
    assert (target.url, target.title) == (url, title)
    assert "error" not in {d.severity for d in site.diagnostics}


def graph(make_site: MakeSite, **articles: str) -> LinkGraph:
    return load(make_site({f"content/articles/{slug}.md": text for slug, text in articles.items()})).knowledge.graph


def test_backlinks_are_the_links_reversed(make_site: MakeSite):
    made = graph(
        make_site,
        a=article("A", "One [[b]], two [[b]], and [[c]].", date="2026-01-01", similar=["c"]),
        b=article("B", "See [the C](c.md).", date="2026-01-02", similar=["a", "c"]),
        c=article("C", "[[c]] [[a#x]] [[gone]]\n\n<i id='x'></i>", date="2026-01-03"),
        d=article("D", "[[a]]", unlisted=True),
        e=article("E", "[[a]]", status="draft"),
    )
    seen = {(link.source.slug, target, link.kind) for target, links in made.backlinks.items() for link in links}
    assert seen == {
        ("a", "/articles/b/", LinkKind.TEXT),
        ("a", "/articles/c/", LinkKind.TEXT),
        ("a", "/articles/c/", LinkKind.SIMILAR),
        ("b", "/articles/c/", LinkKind.TEXT),
        ("b", "/articles/a/", LinkKind.SIMILAR),
        ("b", "/articles/c/", LinkKind.SIMILAR),
    } | {("c", "/articles/a/", LinkKind.TEXT)} - {("c", "/articles/a/", LinkKind.TEXT)}

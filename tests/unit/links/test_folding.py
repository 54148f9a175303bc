"""Duplicates and merged topics are one with what stands for them: in lists, memberships and backlinks, once."""

from typing import Final

from site_builder.pipeline import Site
from site_builder.urls import Permalink, Slug
from tests.helpers.site import Files, MakeSite, article, load, topic

SITE: Final = {
    "content/articles/b.md": article("B", topics=["new"], date="2026-06-05"),
    "content/articles/old.md": article("Old B", duplicate_of="b", topics=["old"], similar=["a"], aliases=["/was/"]),
    "content/articles/older.md": article("Older B", duplicate_of="old"),
    "content/topics/new.md": topic("New"),
    "content/topics/old.md": topic("Old", replaced_by="new"),
}


def linked(make_site: MakeSite, files: Files) -> Site:
    return load(make_site(files))


def test_a_duplicate_is_in_no_list(make_site: MakeSite):
    site = linked(make_site, {**SITE, "content/articles/a.md": article("A", topics=["old", "new"])})
    assert [d.slug for d in site.corpus.articles] == [d.slug for d in site.corpus.listed] == ["b", "a"]
    assert [d.slug for d in site.taxonomy.by_topic[Slug("new")]] == ["b", "a"]
    assert [d.slug for d in site.taxonomy.topics[Permalink("/articles/a/")]] == ["new"]
    assert site.corpus.aliases == {"/was/": "/articles/b/"}
    assert set(site.corpus.moved.values()) == {"/articles/b/", "/topics/new/"}


def test_backlinks_through_duplicates_count_once(make_site: MakeSite):
    text = "See [[old]], [it](older.md), [there](/articles/old/) and [[b]].\n"
    site = linked(make_site, {**SITE, "content/articles/a.md": article("A", text, similar=["older", "b", "old"])})
    links = site.graph.backlinks[Permalink("/articles/b/")]
    assert [(str(link.source.slug), str(link.kind)) for link in links] == [("a", "similar"), ("a", "text")]
    similar = site.graph.resolved[Permalink("/articles/a/")].similar
    assert [s.target.url for s in similar] == ["/articles/b/"]
    assert "/articles/a/" not in site.graph.backlinks, "a duplicate leads on, it is no source of links"
    assert [d.code for d in site.content_findings] == []

"""A document gets another name: every form of reference, every reason to refuse, and sites at random."""

import re
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.cache import Cache
from site_builder.content.load import load_content
from site_builder.editing.change import write_changes
from site_builder.editing.rename import RenamePlan, plan_rename
from site_builder.editing.rename_targets import Refusal
from site_builder.editing.verify_links import retargeted_links
from site_builder.pipeline import Site
from site_builder.urls import SourcePath
from tests.helpers.output import files
from tests.helpers.site import (
    MKDOCS_YML,
    MakeSite,
    article,
    codes,
    entity,
    load_settings,
    page,
    tool,
    topic,
    write_files,
    write_site,
)

EXTENSIONS: Final = f"{MKDOCS_YML}markdown_extensions: [toc, tables, fenced_code, footnotes, attr_list]\n"


def plan(root: Path, old: str, new: str, **given: Any) -> RenamePlan | Refusal:
    with closing(in_memory(root, **given)) as site:
        return plan_rename(site, old, new)


def in_memory(root: Path, **given: Any) -> Site:
    """The site in a folder, without the folder's cache."""
    config, found = load_settings(root, **given)
    cache = Cache(None)
    return Site(config, load_content(config, cache), cache, found)


def rename(root: Path, old: str, new: str, **given: Any) -> RenamePlan:
    result = plan(root, old, new, **given)
    assert isinstance(result, RenamePlan), result
    write_changes(root, result.changes)
    return result


def refused(root: Path, old: str, new: str) -> Refusal:
    before = files(root)
    result = plan(root, old, new)
    assert isinstance(result, Refusal)
    assert files(root) == before
    return result


def body_after(make_site: MakeSite, body: str, old: str = "old", new: str = "new", **others: str) -> str:
    """The body of an article beside a renamed one."""
    root = make_site(
        {
            "mkdocs.yml": EXTENSIONS,
            "content/articles/old.md": article("Old", "## Part\n"),
            "content/articles/by.md": article("By", body),
            **{path.replace("__", "/").replace("_md", ".md"): text for path, text in others.items()},
        }
    )
    rename(root, old, new)
    return (root / "content/articles/by.md").read_bytes().decode().split("---\n", 2)[2]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("See [[old]].\n", "See [[new]].\n"),
        ("See [[ old | the text ]].\n", "See [[ new | the text ]].\n"),
        ("See [[old#part]] and [[old#Part|p]].\n", "See [[new#part]] and [[new#Part|p]].\n"),
        ("See [[articles/old]].\n", "See [[articles/new]].\n"),
        ("a | b\n--|--\n[[old\\|x]] | y\n", "a | b\n--|--\n[[new\\|x]] | y\n"),
        ("a | b\n--|--\n[[old|x]] | y\n", "a | b\n--|--\n[[new|x]] | y\n"),
        ("See [[old|two\nwords]] and [[old|]].\n", "See [[new|two\nwords]] and [[new|]].\n"),
        ("[x](old.md)\n", "[x](new.md)\n"),
        ("[x](./old.md#part)\n", "[x](./new.md#part)\n"),
        ("[x](../articles/old.md 'old.md')\n", "[x](../articles/new.md 'old.md')\n"),
        ("[x](<old.md>) [y][r]\n\n[r]: old.md#part 'title'\n", "[x](<new.md>) [y][r]\n\n[r]: new.md#part 'title'\n"),
        ("[x](/articles/old/) [y](/articles/old#part)\n", "[x](/articles/new/) [y](/articles/new#part)\n"),
        ("[x](/articles/old/index.html?q#part)\n", "[x](/articles/new/index.html?q#part)\n"),
        ("<p>raw <a href='old.md'>x</a> <a href=\"old.md#part\">y</a></p>\n",
         "<p>raw <a href='new.md'>x</a> <a href=\"new.md#part\">y</a></p>\n"),
        ("`[[old]]` and [[old]]\n", "`[[old]]` and [[new]]\n"),
        ("```\n[x](old.md)\n```\n\n[x](old.md)\n", "```\n[x](old.md)\n```\n\n[x](new.md)\n"),
        ("    [[old]]\n\n[[old]]\n", "    [[old]]\n\n[[new]]\n"),
        ("\\[[old]] and [[old]]\n", "\\[[old]] and [[new]]\n"),
        ("[[older]] [[old]] https://x.org/old.md\n", "[[older]] [[new]] https://x.org/old.md\n"),
        ("Note[^1].\n\n[^1]: See [[old]].\n", "Note[^1].\n\n[^1]: See [[new]].\n"),
        ("## On [[old]]\n", "## On [[new]]\n"),
        ("[TOC]\n\n## On [[old]]\n", "[TOC]\n\n## On [[new]]\n"),
        ("## On [[old]] {#x}\n\n[x](#x)\n", "## On [[new]] {#x}\n\n[x](#x)\n"),
        ("> - [[old]]\r\n> - *[x](old.md)*\r\n", "> - [[new]]\r\n> - *[x](new.md)*\r\n"),
        ("[x](ol&#100;.md)\n", None),
        ("[y](old.md?x=1&amp;y=2#part) [z](\\.\\./articles/old.md)\n",
         "[y](new.md?x=1&amp;y=2#part) [z](\\.\\./articles/new.md)\n"),
        ("[x](o%6Cd.md)\n", "[x](new.md)\n"),
        ("old.md is not [old](old.md)\n", "old.md is not [old](new.md)\n"),
    ],
)  # fmt: skip
def test_links_in_a_body(written: str, expected: str | None, make_site: MakeSite):
    if expected is None:
        root = make_site({"content/articles/old.md": article("Old"), "content/articles/by.md": article("By", written)})
        (finding,) = refused(root, "old", "new").findings
        assert (finding.code, "cannot be rewritten" in finding.text) == ("edit-impossible", True)
    else:
        assert body_after(make_site, written) == expected


FIELDS: Final = {
    "content/articles/old.md": article("Old", similar=["b"]),
    "content/articles/b.md": """\
---
title: B   # a comment
date: 2026-06-03
summary: 'About B'
source: {name: "A paper"}
topics: [ old, t ]  # the topic stays
entities: [old]
similar:
    - old # first
    - {why: "so: good", to: old2, kind: background}
    - to:   'old'
      why: twice
unrelated: ["old"]
---
""",
    "content/articles/draft.md": article("Draft", "[[old]] [x](old.md)\n", status="draft", similar=[{"to": "old"}]),
    "content/articles/copy.md": article("Copy", duplicate_of="old"),
    "content/articles/old2.md": article("Second", "A text of [[topics/old]], not of [[old]].\n"),
    "content/topics/old.md": topic("Old topic", "[[old]] and [[topics/old|this]]\n"),
    "content/topics/t.md": topic("T", broader=["old"]),
    "content/topics/merged.md": topic("M", replaced_by="old"),
    "content/entities/old.md": entity("Old entity"),
    "content/entities/merged.md": entity("Former entity", replaced_by="old"),
    "content/tools/tool.md": tool("Tool", "[[articles/old]] [c](/articles/old/)\n"),
    "content/pages/about.md": page("About", "[a](../articles/old.md) [[entities/old]]\n"),
}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[x](cafe\u0301.md)", "[x](new.md)"),
        ("[x](caf\u00e9.md#Part)", "[x](new.md#Part)"),
        ("[x](/articles/cafe\u0301/)", "[x](/articles/new/)"),
        ("[[caf\u00e9]]", "[[new]]"),
        ("[[The Café]] [[café#PART]]", "[[The Café]] [[new#PART]]"),
    ],
)
def test_a_file_with_decomposed_accents(written: str, expected: str, make_site: MakeSite):
    files = {"content/articles/cafe\u0301.md": article("The Café", "## Part\n")}
    root = make_site({**files, "content/articles/by.md": article("By", written)})
    rename(root, "café", "new")
    assert (root / "content/articles/by.md").read_text(encoding="utf-8").endswith(expected)
    assert codes(root) == []


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[[2026/old]] [[old.md|x]]", "[[articles/new]] [[new.md|x]]"),
        ("[[articles/2026/Old.md#Part]]", "[[articles/new.md#Part]]"),
        ("[[2025/old]] [[2026/old]]", "[[2025/old]] [[articles/new]]"),
    ],
)
def test_wiki_links_by_the_end_of_a_path(written: str, expected: str, make_site: MakeSite):
    other = {"content/topics/2025/old.md": topic("Other")}
    files = {"content/articles/2026/old.md": article("Old", "## Part\n"), **other}
    root = make_site({**files, "content/articles/by.md": article("By", written)})
    rename(root, "articles/old", "new")
    assert (root / "content/articles/by.md").read_text(encoding="utf-8").endswith(expected)
    assert codes(root) == []


def test_front_matter_of_every_kind(make_site: MakeSite):
    root = make_site(FIELDS)
    before = codes(root)
    rename(root, "articles/old", "new")
    text = (root / "content/articles/b.md").read_text()
    assert text == (
        FIELDS["content/articles/b.md"]
        .replace("- old # first", "- new # first")
        .replace("to:   'old'", "to:   'new'")
        .replace('unrelated: ["old"]', 'unrelated: ["new"]')
    )
    assert "duplicate_of: new" in (root / "content/articles/copy.md").read_text()
    assert (root / "content/articles/draft.md").read_text().endswith("[[new]] [x](new.md)\n")
    assert (root / "content/articles/old2.md").read_text().endswith("of [[topics/old]], not of [[new]].\n")
    assert (root / "content/tools/tool.md").read_text().endswith("[[articles/new]] [c](/articles/new/)\n")
    assert (root / "content/pages/about.md").read_text().endswith("[a](../articles/new.md) [[entities/old]]\n")
    assert (root / "content/articles/new.md").read_text() == FIELDS["content/articles/old.md"].replace(
        "similar:\n- b\n", "similar:\n- b\naliases: [/articles/old/]\nfeed_id: old\n"
    )
    assert codes(root) == before


def test_a_topic(make_site: MakeSite):
    root = make_site(FIELDS)
    rename(root, "topics/old", "new")
    assert "topics: [ new, t ]  # the topic stays\nentities: [old]" in (root / "content/articles/b.md").read_text()
    assert "broader:\n- new" in (root / "content/topics/t.md").read_text()
    assert "replaced_by: new" in (root / "content/topics/merged.md").read_text()
    assert (root / "content/topics/new.md").read_text().endswith("[[old]] and [[topics/new|this]]\n")


def test_an_entity(make_site: MakeSite):
    root = make_site(FIELDS)
    rename(root, "entities/old", "new")
    assert "replaced_by: new" in (root / "content/entities/merged.md").read_text()


def test_a_name_that_a_bare_slug_would_not_mean(make_site: MakeSite):
    """An article called like a topic comes first, so the links to either say which is meant."""
    root = make_site(
        {
            "content/articles/a.md": article("A", "[[t]] [[u]] [[a#x]] [[u|you]]\n"),
            "content/articles/b.md": article("B", "[[a]]\n"),
            "content/topics/t.md": topic("T"),
            "content/topics/u.md": topic("U"),
        }
    )
    write_files(root, {"content/articles/a.md": article("A", "## X\n[[t]] [[u]] [[a#x]] [[u|you]]\n")})
    rename(root, "a", "u")
    assert (root / "content/articles/u.md").read_text().endswith("[[t]] [[topics/u]] [[u#x]] [[topics/u|you]]\n")
    rename(root, "topics/t", "b")
    assert (root / "content/articles/u.md").read_text().endswith("[[topics/b]] [[topics/u]] [[u#x]] [[topics/u|you]]\n")


def test_into_another_folder(make_site: MakeSite):
    """Its own links and pictures keep their files; those that lead to it find it there."""
    body = "![p](p.png) ![q](pic/q.png) [b](b.md) [t](../topics/t.md?x#y) [s](../static/s.txt) [me](a.md#y)\n\n## Y\n"
    root = make_site(
        {
            "content/articles/a.md": article("A", body, image={"src": "p.png", "alt": "P"}),
            "content/articles/b.md": article("B", "[a](a.md#y)\n"),
            "content/articles/p.png": b"x",
            "content/assets/pic/q.png": b"x",
            "content/static/s.txt": "s",
            "content/topics/t.md": topic("T", "## Y\n"),
        }
    )
    result = rename(root, "a", "articles/2026/06/c.md")
    text = (root / "content/articles/2026/06/c.md").read_text()
    assert text.endswith(
        "![p](../../p.png) ![q](pic/q.png) [b](../../b.md) [t](../../../topics/t.md?x#y) "
        "[s](../../../static/s.txt) [me](c.md#y)\n\n## Y\n"
    )
    assert "src: ../../p.png" in text
    assert (root / "content/articles/b.md").read_text().endswith("[a](2026/06/c.md#y)\n")
    assert result.note == "/articles/a/ now redirects to /articles/c/."
    result = rename(root, "c", "content/articles/")
    assert result.note == "Its address stays the same."
    assert (root / "content/articles/c.md").read_text().endswith(body.replace("a.md", "c.md"))


@pytest.mark.parametrize("new", ["articles/deep/a.md", "articles/deep/new.md", "new"])
@pytest.mark.parametrize("link", ["../articles/a.md#y", "./a.md#y", "a.md", "../../content/articles/a.md"])
def test_a_link_to_itself_keeps_its_form(link: str, new: str, make_site: MakeSite):
    root = make_site({"content/articles/a.md": article("A", f"[me]({link})\n\n## Y\n")})
    before = _aliasless(files(root / "content")["articles/a.md"])
    result = rename(root, "a", new)
    assert codes(root) == ([] if "#" in link else ["link-self"])
    rename(root, result.new.path, "content/articles/a.md")
    assert _aliasless(files(root / "content")["articles/a.md"]) == before


def test_aliases(make_site: MakeSite):
    root = make_site({"content/articles/a.md": article("A", aliases=["/x/"]), "content/tools/a.md": tool("T")})
    rename(root, "articles/a", "b")
    assert "aliases:\n- /x/\n- /articles/a/\n" in (root / "content/articles/b.md").read_text()
    rename(root, "b", "a")
    assert "aliases:\n- /x/\n- /articles/b/\n" in (root / "content/articles/a.md").read_text()
    rename(root, "articles/a", "A")
    assert "aliases:\n- /x/\n- /articles/b/\n" in (root / "content/articles/A.md").read_text()
    rename(root, "tools/a", "b")
    assert (root / "content/tools/b.md").read_text() == tool("T")


def test_what_feed_readers_know_an_article_by(make_site: MakeSite):
    root = make_site(
        {
            "content/articles/a.md": article("A"),
            "content/articles/kept.md": article("Kept", feed_id="https://old.example/?p=7"),
            "content/articles/was.md": article("Was", aliases=["/x/", "/articles/first/", "/articles/second/"]),
            "content/articles/draft.md": article("Draft", status="draft"),
            "content/articles/2026.md": article("Year"),
        }
    )
    for old, new in (("a", "b"), ("b", "c"), ("c", "a"), ("kept", "k"), ("was", "w"), ("draft", "d"), ("2026", "y")):
        rename(root, old, new)
    written = {
        name: next((line for line in text.splitlines() if line.startswith("feed_id")), "")
        for name in "akwdy"
        if (text := (root / f"content/articles/{name}.md").read_text())
    }
    assert written == {
        "a": "feed_id: a",
        "k": "feed_id: https://old.example/?p=7",
        "w": "feed_id: first",
        "d": "",
        "y": 'feed_id: "2026"',
    }


def test_a_slug_that_another_article_had_is_no_obstacle(make_site: MakeSite):
    root = make_site({"content/articles/a.md": article("A")})
    rename(root, "a", "b")
    write_files(root, {"content/articles/b.md": article("A", feed_id="a"), "content/articles/a.md": article("New")})
    assert codes(root) == []
    rename(root, "a", "c")
    assert "feed_id: a~2026-06-03\n" in (root / "content/articles/c.md").read_text()
    assert codes(root) == []


def test_line_ends_and_byte_order_mark_stay(make_site: MakeSite):
    text = "\ufeff" + article("A", "Old [[a]] and [[b]].\n", similar=["b"]).replace("\n", "\r\n")
    root = make_site({"content/articles/a.md": text.replace("[[a]]", "x"), "content/articles/b.md": article("B")})
    rename(root, "b", "c")
    expected = text.replace("[[a]]", "x").replace("[[b]]", "[[c]]").replace("- b\r\n", "- c\r\n")
    assert (root / "content/articles/a.md").read_bytes().decode() == expected


@pytest.mark.parametrize(
    ("old", "new", "text", "hint"),
    [
        ("draf", "x", 'there is no document called "draf"', 'did you mean "draft"?'),
        ("topics/draft", "x", 'there is no topic called "draft"', ""),
        ("topic/t", "a b", '"a b" cannot be part of an address', 'write "a-b"'),
        ("old", "x", '"old" is the slug of several documents', "write one of articles/old, entities/old, topics/old"),
        ("draft", "b", 'the article "b" already exists: content/articles/b.md', "choose another name"),
        ("draft", "B", 'the article "B" already exists: content/articles/b.md', "choose another name"),
        ("draft", "topics/x", "content/articles/draft.md is of the kind article, not topic",
         "a document keeps its kind; write a new one, and redirect the old one to it"),
        ("draft", "things/x", '"things" is not a kind of document',
         'write one of articles, topics, entities, tools, pages before "/", or a path ending in .md'),
        ("draft", "../x.md", '"../x.md" is not in a folder for documents',
         "these are content/articles/, content/topics/, content/entities/, content/tools/, content/pages/"),
        ("draft", "index", 'the site itself uses the address that "index" would take', "choose another name"),
        ("draft", "readme", '"content/articles/readme.md" would not be read as a document', "choose another name"),
        ("draft", "draft", "content/articles/draft.md already has that name", "choose another name"),
        ("tools/tol", "x", 'there is no tool called "tol"', 'did you mean "tool"?'),
    ],
)  # fmt: skip
def test_wrong_usage(old: str, new: str, text: str, hint: str, make_site: MakeSite):
    refusal = refused(make_site(FIELDS), old, new)
    assert [(d.text, d.hint) for d in refusal.findings] == [(text, hint)]
    assert not refusal.is_content


REPEATED: Final = (
    article("B", similar=["old"]).replace("summary:", "summary: &s").replace("source:", "curator: *s\nsource:")
)


@pytest.mark.parametrize(
    ("site", "codes"),
    [
        ({"content/articles/b.md": article("B", aliases=["/articles/new/"])},
         ["rename-taken"]),
        ({"content/articles/b.md": "---\ntitle: [\n---\n[[old]]\n"},
         ["front-matter-yaml", "document-unread"]),
        ({"content/articles/b.md": article("B", similar=["old", "new"])},
         ["target-repeated"]),
        ({"content/articles/b.md": article("B", "[[new#part]]\n")}, ["anchor-missing"]),
        ({"content/static/articles/new/index.html": "x"}, ["address-clash"]),
        ({"content/articles/b.md": REPEATED}, ["edit-impossible"]),
        ({"content/articles/b.md": article("B", "[x](/articles/new/)\n")}, ["rename-retargets"]),
    ],
    ids=["alias", "unread", "twice", "heading", "static", "yaml-alias", "retargeted"],
)  # fmt: skip
def test_content_in_the_way(site: dict[str, str], codes: list[str], make_site: MakeSite):
    root = make_site({"content/articles/old.md": article("Old"), **site})
    refusal = refused(root, "old", "new")
    assert [d.code for d in refusal.findings] == codes
    assert refusal.is_content
    assert all((root / d.location.path).is_file() for d in refusal.findings)


SLUGS: Final = ("a", "b", "c", "d-e")
KINDS: Final = {"articles": article, "topics": topic, "entities": entity, "tools": tool, "pages": page}
LINK: Final = st.sampled_from([
    "[[{s}]]", "[[{s}|text]]", "[[{k}/{s}]]", "[[{s}#part]]", "[x]({up}/{k}/{s}.md)", "[x]({up}/{k}/{s}.md#part)",
    "`[[{s}]]`", "[x][{s}]\n\n[{s}]: {up}/{k}/{s}.md", "<a href=\"{up}/{k}/{s}.md\">x</a>", "[x](/{k}/{s}/)",
    "```\n[[{s}]] [x]({up}/{k}/{s}.md)\n```", "[nobody]({s}.md)", "![p]({up}/articles/p.png)", "- {s} [[{s}|a\\|b]]",
    "\\[[{s}]]", "{s}.md", "## About [[{s}]]",
])  # fmt: skip


@st.composite
def sites(draw: st.DrawFn) -> dict[str, str | bytes]:
    """A few documents of every kind that name one another in every way."""
    names = draw(
        st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.sampled_from(SLUGS)), min_size=2, max_size=8, unique=True)
    )
    slugs = st.lists(st.sampled_from(SLUGS), max_size=3, unique=True)
    made: dict[str, str | bytes] = {"mkdocs.yml": EXTENSIONS, "content/articles/p.png": b"x"}
    for folder, slug in names:
        deep = draw(st.sampled_from(["", "", "deep/"]))
        links = draw(st.lists(st.tuples(LINK, st.sampled_from(SLUGS), st.sampled_from(sorted(KINDS))), max_size=5))
        up = "../.." if deep else ".."
        body = "\n\n".join(link.format(s=s, k=k, up=up) for link, s, k in links) + "\n\n## Part\n"
        fields: dict[str, Any] = {}
        if folder == "articles":
            fields = {name: draw(slugs) for name in ("topics", "entities", "unrelated")}
            fields["similar"] = [draw(st.sampled_from([s, {"to": s, "why": s}])) for s in draw(slugs)]
            fields["status"] = draw(st.sampled_from(["published", "draft", "stub"]))
            fields["duplicate_of"] = draw(st.sampled_from([None, None, None, *SLUGS]))
        elif folder == "topics":
            fields = {"broader": draw(slugs), "replaced_by": draw(st.sampled_from([None, None, *SLUGS]))}
        fields = {name: value for name, value in fields.items() if value}
        text = KINDS[folder](f"The {slug}", body, **fields)
        made[f"content/{folder}/{deep}{slug}.md"] = text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
    return made


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(site=sites(), data=st.data())
def test_any_site(site: Mapping[str, str | bytes], data: st.DataObject):
    """Links mean what they meant, nothing new is found, other bytes stay, and back is back."""
    with tempfile.TemporaryDirectory() as folder:
        root = write_site(Path(folder), site)
        before = files(root / "content")
        site_before = in_memory(root)
        site_before.graph  # noqa: B018 (computed before the files change)
        documents = [path for path in site if path.endswith(".md")]
        old = data.draw(st.sampled_from(documents))
        kind = old.split("/")[1]
        slug = old.rsplit("/", 1)[1]
        new = data.draw(st.sampled_from(["new", "b", "f/new.md", f"deep/{slug}", "D-E", "new_x"]))
        new = f"content/{kind}/{new}" if new.endswith(".md") else new
        result = plan(root, old, new)
        if isinstance(result, Refusal):
            return
        write_changes(root, result.changes)
        site_after = in_memory(root)
        moved = {result.old.path: result.new.path}
        assert retargeted_links(site_before, site_after, lambda p: moved.get(p, p)) == ()
        assert len(site_after.diagnostics) <= len(site_before.diagnostics)
        site_before.close()
        site_after.close()
        for path, text in before.items():
            place = moved.get(SourcePath(f"content/{path}"), SourcePath(f"content/{path}"))
            now = (root / place).read_bytes()
            assert _shape(now) == _shape(text)
            lines = zip(_aliasless(now).split(b"\n"), _aliasless(text).split(b"\n"), strict=True)
            words = (slug.removesuffix(".md"), result.new.slug, ".md", "p.png")
            assert all(one == two or any(word.encode() in two for word in words) for one, two in lines)
        back = plan(root, result.new.path, result.old.path)
        if isinstance(back, RenamePlan) and result.new.slug not in SLUGS:  # what was only named may mean it now
            write_changes(root, back.changes)
            restored = files(root / "content")
            assert restored.keys() == before.keys()
            for path, text in before.items():
                to_itself = f"../{kind}/" if f"content/{path}" == old else ""
                assert _without(to_itself, restored[path]) == _without(to_itself, text)


def _without(detour: str, data: bytes) -> bytes:
    """A file without aliases, and without the detour by which a document may link to itself: it is lost on the way."""
    return _aliasless(data).replace(detour.encode(), b"")


def _shape(data: bytes) -> str:
    """A file with every word and path the same: a renaming may change no other character."""
    return re.sub(r"[\w./-]+", "x", _aliasless(data).decode())


def _aliasless(data: bytes) -> bytes:
    return b"\n".join(line for line in data.split(b"\n") if not line.startswith((b"aliases:", b"feed_id:")))

"""What is found and what is not; a site may go without."""

import json
from typing import Any

from site_builder.urls import Permalink
from tests.helpers.site import MakeSite, article, document, entity, load, tool, topic


def test_all_that_is_listed_is_in_it_and_nothing_else(make_site: MakeSite):
    files = {
        "content/articles/a.md": article(
            "Alpha", "Body.\n", topics=["t"], entities=["e"], source={"name": "The Paper"}
        ),
        "content/articles/s.md": article("Sigma", status="stub", source=None, language="el"),
        "content/articles/hidden.md": article("Hidden", unlisted=True),
        "content/articles/draft.md": article("Draft", status="draft"),
        "content/articles/later.md": article("Later", publish="2030-01-01"),
        "content/topics/t.md": topic("Tau", synonyms=["Taf"]),
        "content/entities/e.md": entity("Epsilon"),
        "content/tools/l.md": tool("Lambda"),
        "content/pages/p.md": document("Text.\n", title="Pi"),
        "content/pages/index.md": document("Text.\n", title="Home"),
    }
    site = load(make_site(files))
    shown: dict[str, Any] = {}
    data = b""
    for url in site.routes.all():
        if url.startswith("/search/") and url.endswith(".json"):
            data += site.render(url)
        if url == "/search/index.json":
            shown |= {record["t"]: record for record in json.loads(site.render(url))["records"].values()}
    assert sorted(shown) == ["Alpha", "Epsilon", "Lambda", "Pi", "Sigma", "Tau"]
    assert shown["Alpha"] == {
        "u": "/articles/a/",
        "k": "article",
        "t": "Alpha",
        "s": "About Alpha.",
        "d": "2026-06-03",
        "o": "The Paper",
        "c": "Tau",
    }
    assert (shown["Sigma"]["b"], shown["Sigma"]["l"]) == (1, "el")
    assert shown["Lambda"]["u"] == "/tools/#l"
    for word in (b"idden", b"draft", b"later"):
        assert word not in data.replace(b"stub", b"")
    terms = json.loads(site.render("/search/t/_.json"))["terms"]
    assert {"tau", "taf", "the"} <= terms.keys()


def test_an_edit_gives_what_a_fresh_build_gives(make_site: MakeSite):
    root = make_site({"content/articles/a.md": article("A", "Old words.\n"), "content/articles/b.md": article("B")})
    load(root).close()
    (root / "content/articles/a.md").write_text(article("A", "New sentence.\n"), encoding="utf-8")
    edited = load(root)
    fresh = load(
        make_site({"content/articles/a.md": article("A", "New sentence.\n"), "content/articles/b.md": article("B")})
    )
    for url in fresh.routes.all():
        if url.startswith("/search/"):
            assert edited.render(url) == fresh.render(url), url


def test_a_site_may_go_without(make_site: MakeSite):
    settings = (
        "site_name: S\ndocs_dir: content\ntheme: site_builder\nplugins:\n  - site_builder:\n      search: false\n"
    )
    site = load(make_site({"mkdocs.yml": settings, "content/articles/a.md": article("A")}))
    assert not [url for url in site.routes.all() if url.startswith("/search/")]
    assert b"sb-find" not in site.render("/")
    assert Permalink("/search/") in load(make_site({"content/articles/a.md": article("A")})).routes

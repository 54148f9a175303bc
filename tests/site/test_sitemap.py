"""The sitemap names exactly the pages that search engines may list, with the day of their last real change."""

import datetime as dt
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from site_builder.pages.data import sitemap
from tests.helpers.links import Tree
from tests.helpers.output import build
from tests.helpers.site import MakeSite, article
from tests.helpers.sites import source_of

XMLNS: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(tree: Tree, path: str = "sitemap.xml") -> dict[str, str | None]:
    """Address -> lastmod."""
    entries = list(ET.fromstring(tree.read(path)))
    found = {entry.findtext(f"{XMLNS}loc", ""): entry.findtext(f"{XMLNS}lastmod") for entry in entries}
    assert len(found) == len(entries)
    return found


def changes(source: Path) -> dict[str, dt.date | None]:
    """Path of a page -> last real change, as the front matter of its document says."""
    found: dict[str, dt.date | None] = {}
    for file in sorted((source / "content").rglob("*.md")):
        meta: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8").split("---\n")[1])
        folder = file.relative_to(source / "content").parts[0]
        day = meta.get("updated") or meta.get("added") or meta.get("date")
        found[f"{'' if folder == 'pages' else folder + '/'}{file.stem}/index.html"] = day
    return found


@pytest.fixture(params=["demonstration", "golden"])
def site(request: pytest.FixtureRequest) -> tuple[Tree, Path]:
    tree: Tree = request.getfixturevalue(request.param)
    return tree, source_of(tree)


def test_names_the_indexable_pages(any_tree: Tree):
    assert sorted(locations(any_tree)) == sorted(any_tree.address(path) for path in any_tree.indexable)


def test_articles_and_free_pages_tell_their_last_change(site: tuple[Tree, Path]):
    tree, source = site
    told, day_of = locations(tree), changes(source)
    documents = [p for p in tree.indexable if p in day_of and not p.startswith(("topics/", "entities/"))]
    assert len(documents) > 3
    for path in documents:
        day = day_of[path]
        assert told[tree.address(path)] == (day.isoformat() if day else None), path


def test_lists_change_with_what_they_name(site: tuple[Tree, Path]):
    """The day of a list is that of its own document, or of one that it links to."""
    tree, source = site
    told, day_of = locations(tree), changes(source)
    for path, page in tree.indexable.items():
        day = told[tree.address(path)]
        named = [tree.resolve(path, link.url) for link in page.links if link.tag == "a"]
        days = {day_of.get(other) for other in (path, *(n for n in named if n))}
        is_wide = path == "index.html" or path.count("/") == 1 or path.startswith("timeline/")
        assert day is None or dt.date.fromisoformat(day) in (set(day_of.values()) if is_wide else days), path


def test_no_date_lies_ahead(site: tuple[Tree, Path]):
    tree, source = site
    newest = max(day for day in changes(source).values() if day)
    assert all(dt.date.fromisoformat(day) <= newest for day in locations(tree).values() if day)


def test_robots_names_it(any_tree: Tree):
    lines = any_tree.read("robots.txt").splitlines()
    assert f"Sitemap: {any_tree.site_url}sitemap.xml" in lines
    assert lines[:2] == ["User-agent: *", "Disallow:"]


def test_splits_where_it_is_too_long(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sitemap, "MAX_ADDRESSES", 10)
    root = make_site({f"content/articles/a{n}.md": article(f"A {n}", date=f"2026-05-{n:02}") for n in range(1, 29)})
    build(root)
    tree = Tree(root / "site", "https://example.org/x/y/")

    index = locations(tree)

    parts = [locations(tree, url.removeprefix(tree.site_url)) for url in index]
    assert [url.removeprefix(tree.site_url) for url in index] == [f"sitemap-{n}.xml" for n in range(1, len(parts) + 1)]
    assert [len(part) for part in parts[:-1]] == [10] * (len(parts) - 1)
    assert 0 < len(parts[-1]) <= 10
    assert sorted(url for part in parts for url in part) == sorted(tree.address(path) for path in tree.indexable)
    assert list(index.values()) == [max((d for d in part.values() if d), default=None) for part in parts]
    assert ET.fromstring(tree.read("sitemap.xml")).tag == f"{XMLNS}sitemapindex"


def test_no_index_where_it_just_fits(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    root = make_site({"content/articles/a.md": article("A")})
    build(root)
    count = len(Tree(root / "site", "https://example.org/x/y/").indexable)
    monkeypatch.setattr(sitemap, "MAX_ADDRESSES", count)
    build(root, site_dir=root / "again")
    assert not list((root / "again").glob("sitemap-*.xml"))

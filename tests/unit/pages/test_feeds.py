"""Which topics and entities have feeds of their own, and what is said when one loses them."""

from pathlib import Path
from typing import Any

import pytest

from site_builder.build import build_site
from site_builder.diagnostics import Diagnostic
from tests.helpers.site import MKDOCS_YML, MakeSite, article, entity, load, load_settings, topic


def files(count: int, **fields: Any) -> dict[str, str]:
    articles = {f"content/articles/a{n}.md": article(f"A{n}", topics=["t"], entities=["e"]) for n in range(count)}
    return {**articles, "content/topics/t.md": topic("T", **fields), "content/entities/e.md": entity("E", **fields)}


@pytest.mark.parametrize(
    ("count", "feed", "has_feed"),
    [(2, None, False), (3, None, True), (1, True, True), (9, False, False), (0, True, False)],
)
def test_a_term_has_feeds_from_three_articles_on_or_as_it_says(
    make_site: MakeSite, count: int, feed: bool | None, has_feed: bool
):
    site = load(make_site(files(count, **({} if feed is None else {"feed": feed}))))
    for folder in ("/topics/t/", "/entities/e/"):
        own = [f"{folder}{name}" for name in ("atom.xml", "feed.json", "feed.xml")]
        assert [url for url in own if url in site.routes] == (own if has_feed else [])
        assert (f'href="{own[2].rpartition("/")[2]}"' in site.render(folder).decode()) == has_feed
    if count:
        assert ("/topics/t/feed.xml" in site.render("/feeds.opml").decode()) == has_feed


def test_the_number_is_a_setting(make_site: MakeSite):
    settings = MKDOCS_YML.replace("- site_builder", "- site_builder: {feed_articles: 1}")
    assert "/topics/t/feed.xml" in load(make_site({"mkdocs.yml": settings, **files(1)})).routes


def build(root: Path) -> list[Diagnostic]:
    return [d for d in build_site(load_settings(root)[0]).diagnostics if d.code == "feed-lost"]


def test_feeds_that_were_published_do_not_go_in_silence(make_site: MakeSite):
    root = make_site(files(3))
    assert build(root) == []
    (root / "content/articles/a0.md").unlink()
    lost = build(root)
    assert [(d.location.path, d.severity.value) for d in lost] == [
        ("content/entities/e.md", "warning"),
        ("content/topics/t.md", "warning"),
    ]
    assert build(root) == [], "it is said once: the site folder no longer has them"
    for path, text in files(0, feed=True).items():
        (root / path).write_text(text, encoding="utf-8")
    build(root)
    assert (root / "site/topics/t/feed.xml").is_file()
    for path, text in files(0, feed=False).items():
        (root / path).write_text(text, encoding="utf-8")
    assert build(root) == []
    assert not (root / "site/topics/t/feed.xml").exists()

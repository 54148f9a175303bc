"""What bodies and lists say of the things that they name."""

import re

from tests.helpers.output import build
from tests.helpers.site import MKDOCS_YML, MakeSite, article, entity, load, topic

PAGED = MKDOCS_YML.replace("- site_builder", "- site_builder: {per_page: 1}")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>'


def test_link_to_a_picture_is_a_link(make_site: MakeSite):
    root = make_site(
        {"content/articles/a.md": article("A", "[map](m.svg) ![map](m.svg)"), "content/articles/m.svg": SVG}
    )
    build(root)
    html = (root / "site/articles/a/index.html").read_text(encoding="utf-8")
    assert '<a href="../m.svg">map</a>' in html
    assert re.search(r'<img[^>]* src="\.\./m\.svg" width="4" height="3"', html)


def test_picture_that_cannot_be_measured_is_a_picture(make_site: MakeSite):
    root = make_site({"content/articles/a.md": article("A", "![map](m.avif)"), "content/articles/m.avif": b"?"})
    build(root)
    html = (root / "site/articles/a/index.html").read_text(encoding="utf-8")
    assert re.search(r'<img[^>]* src="\.\./m\.avif"', html)


def test_wanted_page_is_linked_on_the_part_where_it_stands(make_site: MakeSite):
    bodies = {"a": "[[asked-twice]] [[asked-once]]", "b": "[[asked-twice]]"}
    files = {f"content/articles/{slug}.md": article(slug, body) for slug, body in bodies.items()}
    root = make_site({"mkdocs.yml": PAGED, **files})
    build(root)
    html = (root / "site/articles/a/index.html").read_text(encoding="utf-8")
    assert 'href="../../wanted/#article-asked-twice"' in html
    assert 'href="../../wanted/page/2/#article-asked-once"' in html


def test_what_only_an_unlisted_article_wants_has_no_entry(make_site: MakeSite):
    root = make_site({"content/articles/a.md": article("A", "[[x]]", unlisted=True, similar=["y"])})
    build(root)
    html = (root / "site/articles/a/index.html").read_text(encoding="utf-8")
    assert "../../wanted/#" not in html
    assert 'href="../../wanted/"' in html


def test_pages_of_the_same_name_are_told_apart_in_their_titles(make_site: MakeSite):
    site = load(
        make_site(
            {
                "content/articles/a.md": article("Water", date="2026-06-03"),
                "content/articles/b.md": article("water", date="2025-01-02"),
                "content/articles/c.md": article("Alone"),
                "content/topics/water.md": topic("Water"),
                "content/entities/water.md": entity("Water", kind="law"),
            }
        )
    )
    titles = {
        url: site.render(url).decode().partition("<title>")[2].partition("</title>")[0]
        for url in ("/articles/a/", "/articles/b/", "/articles/c/", "/topics/water/", "/entities/water/")
    }
    assert list(titles.values()) == [
        "Water (3 June 2026) · Test site",
        "water (2 January 2025) · Test site",
        "Alone · Test site",
        "Water (Topic) · Test site",
        "Water (Law) · Test site",
    ]
    assert b"<h1>Water</h1>" in site.render("/topics/water/")

"""The card for other sites: its page, and the HTML to copy."""

import re
from html import unescape

from site_builder.urls import Permalink
from tests.helpers.links import parse_page
from tests.helpers.site import MKDOCS_YML, MakeSite, article, load, topic

FILES = {
    "content/articles/a.md": article('A "good" <one>', topics=["t"], curator="C"),
    "content/articles/hidden.md": article("Hidden", unlisted=True),
    "content/topics/t.md": topic("Topic"),
}


def test_the_article_offers_the_frame(make_site: MakeSite):
    site = load(make_site(FILES))
    shown = re.search(r'<pre id="sb-embed">(.*?)</pre>', site.render("/articles/a/").decode())
    assert shown
    frame = unescape(shown.group(1))
    assert 'src="https://example.org/x/y/embed/a/"' in frame
    assert 'title="A &quot;good&quot; &lt;one&gt;"' in frame


def test_an_article_has_a_page_its_markdown_and_a_card_and_no_other_file(make_site: MakeSite):
    """Citations are texts of the page, and cards on links are read from it."""
    site = load(make_site(FILES))
    own = {url for url in site.routes.all() if url.startswith(("/articles/a/", "/embed/a/"))}
    assert own == {"/articles/a/", "/articles/a/index.md", "/embed/a/"}


def test_the_card_opens_links_in_the_window_around_it_and_is_not_indexed(make_site: MakeSite):
    site = load(make_site(FILES))
    text = site.render("/embed/a/").decode()
    page = parse_page(text)
    assert '<base target="_top">' in text
    assert page.robots == "noindex"
    assert page.canonical == "https://example.org/x/y/articles/a/"
    assert {link.url for link in page.links if link.tag == "a"} == {"../../topics/t/", "../../articles/a/", "../../"}
    assert Permalink("/embed/a/") not in {p.url for p in site.routes.all().values() if p.is_in_sitemap}


def test_an_unlisted_article_has_no_card_for_others(make_site: MakeSite):
    site = load(make_site(FILES))
    assert "/embed/hidden/" not in site.routes
    page = site.render("/articles/hidden/").decode()
    assert "sb-embed" not in page
    assert "{{[Hidden]}}" in page


def test_without_an_address_there_is_no_card(make_site: MakeSite):
    settings = MKDOCS_YML.replace("site_url: https://example.org/x/y/\n", "")
    site = load(make_site({**FILES, "mkdocs.yml": settings}))
    assert [url for url in site.routes.all() if "embed" in url and not url.startswith("/assets/")] == []
    assert "sb-embed" not in site.render("/articles/a/").decode()


def test_the_frame_grows_with_the_text(make_site: MakeSite):
    files = {"content/articles/a.md": article("A"), "content/articles/b.md": article("B", summary="Word " * 60)}
    site = load(make_site(files))
    pages = [unescape(site.render(f"/articles/{slug}/").decode()) for slug in "ab"]
    heights = [int(re.findall(r'<iframe [^>]*height="(\d+)"', page)[0]) for page in pages]
    assert heights[1] - heights[0] > 80

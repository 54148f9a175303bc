"""The card for other sites: its page, its oEmbed description, the HTML to copy."""

import json
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


def test_oembed_describes_the_frame(make_site: MakeSite):
    """oembed.com, 2.3.4.4: a rich type needs html, width and height."""
    site = load(make_site(FILES))
    told = json.loads(site.render("/articles/a/oembed.json"))
    assert (told["version"], told["type"]) == ("1.0", "rich")
    assert (told["title"], told["author_name"]) == ('A "good" <one>', "C")
    assert (told["provider_name"], told["provider_url"]) == ("Test site", "https://example.org/x/y/")
    assert 'src="https://example.org/x/y/embed/a/"' in told["html"]
    assert 'title="A &quot;good&quot; &lt;one&gt;"' in told["html"]
    assert f'width="{told["width"]}" height="{told["height"]}"' in told["html"]


def test_the_article_offers_both(make_site: MakeSite):
    site = load(make_site(FILES))
    html = site.render("/articles/a/").decode()
    assert 'type="application/json+oembed"' in html
    assert 'href="https://example.org/x/y/articles/a/oembed.json"' in html
    shown = re.search(r'<pre id="sb-embed">(.*?)</pre>', html)
    assert shown
    assert unescape(shown.group(1)) == json.loads(site.render("/articles/a/oembed.json"))["html"]


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
    assert "/articles/hidden/oembed.json" not in site.routes
    assert "oembed" not in site.render("/articles/hidden/").decode()
    assert b"Hidden" in site.render("/articles/hidden/cite.bib")


def test_without_an_address_there_is_no_card(make_site: MakeSite):
    settings = MKDOCS_YML.replace("site_url: https://example.org/x/y/\n", "")
    site = load(make_site({**FILES, "mkdocs.yml": settings}))
    assert [url for url in site.routes.all() if "embed" in url and not url.startswith("/assets/")] == []
    assert "sb-embed" not in site.render("/articles/a/").decode()


def test_the_frame_grows_with_the_text(make_site: MakeSite):
    files = {"content/articles/a.md": article("A"), "content/articles/b.md": article("B", summary="Word " * 60)}
    site = load(make_site(files))
    heights = [json.loads(site.render(f"/articles/{slug}/oembed.json"))["height"] for slug in "ab"]
    assert heights[1] - heights[0] > 80

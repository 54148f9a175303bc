"""What leads to a page: told once, and in full only where the page does not list it already."""

import re

import pytest

from site_builder.pipeline import Site
from tests.helpers.site import MKDOCS_YML, MakeSite, article, codes, load

SHARED = {"topics": ["t"]}


def linked_from(make_site: MakeSite, files: dict[str, str], slug: str) -> str:
    html = load(make_site(files)).render(f"/articles/{slug}/").decode()
    return html.partition("<h2>Linked from</h2>")[2].partition("</section>")[0]


def test_what_the_curator_lists_as_well_is_only_named(make_site: MakeSite):
    files = {
        "content/articles/a.md": article("A", similar=[{"to": "b", "why": "a goes on"}]),
        "content/articles/b.md": article("B", similar=[{"to": "a", "why": "b goes on"}]),
        "content/articles/c.md": article("C", similar=[{"to": "a", "why": "c goes on"}]),
    }
    section = linked_from(make_site, files, "a")
    assert "c goes on" in section
    assert '<a href="../b/">B</a>' in section
    assert "b goes on" not in section


def test_a_sentence_around_the_link_is_kept(make_site: MakeSite):
    files = {
        "content/articles/a.md": article("A", similar=["b"]),
        "content/articles/b.md": article("B", "Words before [[a|the link]] and after."),
    }
    assert "Words before <mark>the link</mark> and after." in linked_from(make_site, files, "a")


def site_with_many_links(make_site: MakeSite, count: int, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Half of the articles list `a` as similar as well; a page shows three, a part of a list four."""
    monkeypatch.setattr("site_builder.pages.context.MAX_BACKLINKS", 3)
    files = {
        f"content/articles/b{n}.md": article(f"B{n}", "As [[a]] says.", similar=["a"] if n % 2 else [])
        for n in range(count)
    }
    settings = f"{MKDOCS_YML}      per_page: 4\n".replace("- site_builder\n", "- site_builder:\n")
    return load(make_site({"mkdocs.yml": settings, "content/articles/a.md": article("A"), **files}))


def test_a_page_says_how_many_link_to_it_and_leads_to_all(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    site = site_with_many_links(make_site, 10, monkeypatch)
    html = site.render("/articles/a/").decode()
    assert '<a href="linked-from/">All 10 pages that link here</a>' in html
    parts = [url for url in site.routes.all() if "/linked-from/" in url]
    assert parts == [f"/articles/a/linked-from/{part}" for part in ("", "page/2/", "page/3/")]
    linking = [re.findall(r'<li>\n?<a href="[./]*/(b\d)/">', site.render(url).decode()) for url in parts]
    assert sorted(slug for part in linking for slug in part) == [f"b{n}" for n in range(10)]
    assert [len(part) for part in linking] == [4, 4, 2]
    assert "Recommended by" in site.render(parts[0]).decode()
    assert "Recommended by" not in site.render(parts[2]).decode()


def test_the_markdown_of_a_page_says_so_too(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    twin = site_with_many_links(make_site, 10, monkeypatch).render("/articles/a/index.md").decode()
    assert "- [All 10 pages that link here](https://example.org/x/y/articles/a/linked-from/)" in twin


def test_a_page_that_shows_all_links_has_no_list_of_them(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    site = site_with_many_links(make_site, 3, monkeypatch)
    assert "linked-from" not in site.render("/articles/a/").decode()
    assert not [url for url in site.routes.all() if "linked-from" in url]


def test_the_list_is_for_readers_of_the_page_and_not_for_search_engines(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
):
    site = site_with_many_links(make_site, 5, monkeypatch)
    assert '<meta name="robots" content="noindex">' in site.render("/articles/a/linked-from/").decode()
    assert b"linked-from" not in site.render("/sitemap.xml")


def test_a_file_of_the_writer_in_the_place_of_the_list_is_reported(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("site_builder.pages.context.MAX_BACKLINKS", 1)
    files = {f"content/articles/b{n}.md": article(f"B{n}", "As [[a]] says.") for n in range(2)}
    taken = {"content/static/articles/a/linked-from/index.html": "<p>Mine"}
    root = make_site({"content/articles/a.md": article("A"), **files, **taken})
    assert "address-clash" in codes(root)


def entries(make_site: MakeSite, count: int) -> str:
    """The section of a page to which `count` texts lead; one of them is a follow-up."""
    files = {f"content/articles/b{n}.md": article(f"B{n}", f"As [[a]] says {n}.") for n in range(count - 1)}
    files["content/articles/c.md"] = article("C", similar=[{"to": "a", "kind": "follow-up", "why": "it goes on"}])
    return linked_from(make_site, {"content/articles/a.md": article("A"), **files}, "a")


def test_six_links_are_one_list_with_the_sentence_on_demand(make_site: MakeSite):
    section = entries(make_site, 6)
    assert section.count("<li>") == 6
    assert "<h3" not in section
    assert '>C</a> <span class="sb-count">This follows up on</span>' in section
    assert section.count("<details><summary>Context</summary>") == 6
    assert "<p>it goes on</p></details>" in section


def test_of_more_than_six_the_others_are_grouped_below(make_site: MakeSite):
    section = entries(make_site, 9)
    first, _, rest = section.partition("<summary>More, by kind</summary>")
    assert (first.count("<li>"), rest.count("<li>")) == (6, 3)
    assert "This follows up on" in first
    assert re.findall(r"<h3[^>]*>(.*)</h3>", rest) == ["Mentioned in"]

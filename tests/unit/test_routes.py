"""The table of routes is the only list of the site's addresses: links, reserved names and files agree with it."""

from contextlib import closing
from typing import Final

import pytest

from site_builder.routes import RESERVED_PAGE_SLUGS, Section
from site_builder.urls import Permalink
from tests.helpers.site import MKDOCS_YML, Files, MakeSite, article, check, entity, load, page, tool, topic, write_site

FULL: Final[Files] = {
    "content/articles/a.md": article("A", topics=["t"], entities=["e"], date="2025-12-31", added="2026-01-02"),
    "content/articles/b.md": article("B", topics=["t"], entities=["e"], similar=["a"]),
    "content/topics/t.md": topic("T"),
    "content/entities/e.md": entity("E"),
    "content/tools/l.md": tool("L"),
    "content/pages/about.md": page("About"),
    "content/static/robots.txt": "User-agent: *\n",
    "content/static/feed.txt": "Not a feed.\n",
}


def without(*folders: str) -> Files:
    """The full site without the documents of some folders, and without the names of these."""
    files = {name: text for name, text in FULL.items() if name.split("/")[1] not in folders}
    fields = {"topics": "topics:\n- t\n", "entities": "entities:\n- e\n"}
    for name, text in files.items():
        for folder in folders:
            files[name] = str(text).replace(fields.get(folder, "\0"), "")
    return files


def with_options(options: str, files: Files = FULL) -> Files:
    return {**files, "mkdocs.yml": MKDOCS_YML.replace("  - site_builder\n", f"  - site_builder: {{{options}}}\n")}


SITES: Final[dict[str, Files]] = {
    "full": FULL,
    "no tools": without("tools"),
    "no topics": without("topics"),
    "no entities": without("entities"),
    "no articles": without("articles"),
    "no search": with_options("search: false"),
    "no address": {**FULL, "mkdocs.yml": MKDOCS_YML.replace("site_url: https://example.org/x/y/\n", "")},
    "newsletter, no address": {
        **with_options("newsletter_action: 'https://example.org/join'"),
        "mkdocs.yml": with_options("newsletter_action: 'https://example.org/join'")["mkdocs.yml"]
        .replace("site_url: https://example.org/x/y/\n", ""),  # type: ignore[arg-type]
    },
    "empty": {},
}  # fmt: skip


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> tuple[Permalink, ...]:
    """Every address that any of the sites has and a body may link to."""
    found: set[Permalink] = set()
    for number, files in enumerate(SITES.values()):
        root = tmp_path_factory.mktemp(f"site{number}")
        site = load(write_site(root, files))
        found |= set(site.routes.fixed)
        site.close()
    return tuple(sorted(found))


@pytest.mark.parametrize("name", SITES)
def test_a_link_to_an_address_is_found_exactly_where_the_site_has_it(
    name: str, make_site: MakeSite, addresses: tuple[Permalink, ...]
) -> None:
    assert {"/", "/digest/", "/search/", "/feeds/", "/timeline/2026/", "/tools/", "/graph/"} <= set(addresses)
    links = "\n".join(f"- [{url}]({url})" for url in addresses)
    root = make_site({**SITES[name], "content/pages/links.md": page("Links", f"{links}\n")})
    site = load(root)
    there = set(site.routes.all())
    unknown = {d.text.split('"')[1] for d in site.diagnostics if d.code == "address-unknown"}
    site.close()
    assert {url for url in addresses if url not in there} == unknown


@pytest.mark.parametrize("name", SITES)
def test_every_section_of_a_site_is_reserved(name: str, make_site: MakeSite) -> None:
    """No free page can take an address of the site's own: the first part of each is in the table."""
    site = load(make_site(SITES[name]))
    own = [route for route in site.routes.all().values() if not route.sources and route.url.count("/") > 1]
    site.close()
    assert {route.url.split("/")[1] for route in own} <= set(Section)


def test_a_full_site_uses_every_section(make_site: MakeSite) -> None:
    site = load(make_site(FULL))
    used = {url.split("/")[1] for url in site.routes.all() if url.count("/") > 1}
    site.close()
    assert set(Section) <= used


@pytest.mark.parametrize("slug", sorted(RESERVED_PAGE_SLUGS - {"index"}))
def test_a_free_page_cannot_take_a_reserved_name(slug: str, make_site: MakeSite) -> None:
    found = check(make_site({f"content/pages/{slug}.md": page("P", "Text.\n")}))
    assert any("[slug-reserved]" in finding for finding in found)


def test_an_empty_section_is_in_no_menu_sitemap_or_search_engine(make_site: MakeSite) -> None:
    """Its address exists, so that no link breaks; nothing leads there."""
    site = load(make_site(without("entities")))
    home, sitemap = site.render("/").decode(), site.render("/sitemap.xml").decode()
    assert 'href="entities/"' not in home
    assert "/entities/</loc>" not in sitemap
    assert '<meta name="robots" content="noindex' in site.render("/entities/").decode()
    assert "/topics/</loc>" in sitemap
    site.close()


@pytest.mark.parametrize(
    ("files", "is_shown"),
    [
        ({}, False),
        ({"content/articles/b.md": article("B", similar=["missing"])}, True),
        ({"content/articles/b.md": article("B", status="stub", source=None)}, True),
        ({"content/articles/b.md": article("B", similar=["missing"], unlisted=True)}, False),
    ],
)
def test_wanted_pages_are_in_the_footer_where_any_page_is_wanted(
    files: Files, is_shown: bool, make_site: MakeSite
) -> None:
    with closing(load(make_site({"content/articles/a.md": article(), **files}))) as site:
        assert ('href="wanted/"' in site.render("/").decode()) is is_shown
        assert ("/wanted/</loc>" in site.render("/sitemap.xml").decode()) is is_shown
        assert ("noindex" in site.render("/wanted/").decode()) is not is_shown

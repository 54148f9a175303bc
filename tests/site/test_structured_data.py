"""What the pages say of themselves to programs: JSON-LD that holds together, and tags that name what is there."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import pytest

from tests.helpers.links import Tree

SCRIPT: Final = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
META: Final = re.compile(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">')
ARTICLE: Final = {
    "about", "author", "citation", "dateModified", "datePublished", "description", "headline", "image", "inLanguage",
    "isBasedOn", "keywords", "mainEntityOfPage", "mentions", "publisher", "url",
}  # fmt: skip
"""What Google recommends for an article, and what the vocabulary has for a summary of something else."""


def graph(html: str) -> list[dict[str, Any]]:
    """The nodes that a page describes."""
    scripts = SCRIPT.findall(html)
    assert len(scripts) == 1
    nodes: list[dict[str, Any]] = json.loads(scripts[0])["@graph"]
    return nodes


def named(node: object) -> Iterator[str]:
    """Every id that is referred to and not described where it stands."""
    if isinstance(node, dict):
        if node.keys() == {"@id"}:
            yield node["@id"]
        for value in node.values():
            yield from named(value)
    elif isinstance(node, list):
        for value in node:
            yield from named(value)


def described(node: object) -> Iterator[str]:
    """Every id with something said of it."""
    if isinstance(node, dict):
        if "@id" in node and len(node) > 1:
            yield node["@id"]
        for value in node.values():
            yield from described(value)
    elif isinstance(node, list):
        for value in node:
            yield from described(value)


def pages(tree: Tree) -> Iterator[tuple[str, str]]:
    """Pages of the site proper: neither redirects nor cards for other sites."""
    for path in tree.pages:
        html = tree.read(path)
        if 'http-equiv="refresh"' not in html and not path.startswith("embed/") and path != "404.html":
            yield path, html


def test_every_page_describes_itself_and_what_it_names(tree: Tree):
    for path, html in pages(tree):
        nodes = graph(html)
        url = tree.site_url + path.removesuffix("index.html")
        assert any(node["@id"] == url and node["url"] == url for node in nodes if "@id" in node), path
        types = {str(node["@type"]) for node in nodes}
        assert {"WebSite", "Organization"} <= types, path
        assert "BreadcrumbList" in types or path == "index.html", path
        here = set(described(nodes))
        elsewhere = {name.partition("#")[0] for name in set(named(nodes)) - here}
        assert {address for address in elsewhere if not exists(tree, address)} == set(), path


def exists(tree: Tree, address: str) -> bool:
    """Is there such a page of the site?"""
    inside = address.removeprefix(tree.site_url)
    return address.startswith(tree.site_url) and (tree.folder / inside / "index.html").is_file()


def test_local_addresses_in_it_are_pages_or_files(tree: Tree):
    for path, html in pages(tree):
        for address in re.findall(r'"(?:url|item)":"([^"]+)"', SCRIPT.findall(html)[0]):
            if address.startswith(tree.site_url):
                inside = address.partition("#")[0].removeprefix(tree.site_url)
                assert (tree.folder / inside).is_file() or exists(tree, address.partition("#")[0]), (path, address)


def test_articles_say_all_that_is_recommended(demonstration: Tree):
    html = demonstration.read("articles/microsoft-nuance/index.html")
    [node] = [node for node in graph(html) if node["@type"] == "Article"]
    assert node.keys() >= ARTICLE
    assert node["isBasedOn"]["name"]
    assert node["isBasedOn"]["url"].startswith("http")
    assert {"name", "url", "@type"} <= node["author"].keys()
    assert all(thing["@type"] == "DefinedTerm" for thing in node["about"])
    assert {"Microsoft", "Nuance"} <= {thing["name"] for thing in node["mentions"]}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", node["datePublished"])


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("topics/privacy/", "DefinedTerm"),
        ("topics/", "DefinedTermSet"),
        ("entities/microsoft/", "Organization"),
        ("entities/sam-altman/", "Person"),
        ("entities/gdpr/", "Legislation"),
        ("articles/", "ItemList"),
        ("tools/", "SoftwareApplication"),
        ("timeline/2024/", "CollectionPage"),
        ("", "CollectionPage"),
        ("about/", "AboutPage"),
    ],
)
def test_each_kind_of_page_has_its_type(demonstration: Tree, path: str, kind: str):
    assert f'"@type":"{kind}"' in demonstration.read(f"{path}index.html")


def test_tags_for_other_sites_are_complete_and_their_image_exists(tree: Tree):
    for path, html in pages(tree):
        tags = dict(META.findall(html))
        wanted = {f"og:{name}" for name in ("title", "type", "url", "site_name", "locale", "image", "image:alt")}
        wanted |= {f"twitter:{name}" for name in ("card", "title", "image", "image:alt")}
        assert wanted <= tags.keys(), path
        assert all(tags[name] for name in wanted), path
        assert (tree.folder / tags["og:image"].removeprefix(tree.site_url)).is_file(), path


def test_a_text_cannot_end_the_script(demonstration: Tree):
    for path, html in pages(demonstration):
        assert "<" not in SCRIPT.findall(html)[0], path

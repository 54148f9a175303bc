"""Addresses of MkDocs' files beside a folder of ours, and what documents there may call them."""

from pathlib import Path

import pytest

from site_builder.content.listing.files_beside import files_beside
from site_builder.links.addresses_beside import AddressesBeside
from site_builder.urls import Permalink, SourcePath, absolute_url, relative_url
from tests.helpers.site import MakeSite

FILES = {
    "docs/index.md": "",
    "docs/guide/README.md": "",
    "docs/guide/stones.markdown": "",
    "docs/guide/50% more#1.md": "",
    "docs/guide/Größe.md": "",
    "docs/logo.svg": "",
    "docs/.nav.yml": "",
    "docs/.hidden/a.md": "",
    "docs/templates/main.html": "",
    "docs/left.md": "",
    "docs/kb/articles/a.md": "",
}


def beside(root: Path, *, directory_urls: bool = True) -> dict[str, str]:
    found = files_beside(
        root, "docs", "docs/kb", directory_urls=directory_urls, is_excluded=lambda path: path == "docs/left.md"
    )
    return {str(path): str(address) for path, address in found.items()}


def test_addresses_are_those_of_mkdocs(make_site: MakeSite) -> None:
    root = make_site(FILES)
    assert beside(root) == {
        "docs/index.md": "/../",
        "docs/guide/README.md": "/../guide/",
        "docs/guide/stones.markdown": "/../guide/stones/",
        "docs/guide/50% more#1.md": "/../guide/50% more#1/",
        "docs/guide/Größe.md": "/../guide/Größe/",
        "docs/logo.svg": "/../logo.svg",
    }
    flat = beside(root, directory_urls=False)
    assert flat["docs/index.md"] == "/../index.html"
    assert flat["docs/guide/README.md"] == "/../guide/index.html"
    assert flat["docs/guide/stones.markdown"] == "/../guide/stones.html"


def test_nothing_is_beside_a_whole_site(make_site: MakeSite) -> None:
    found = files_beside(make_site(FILES), "docs", "docs", directory_urls=True, is_excluded=lambda _path: False)
    assert not found


ADDRESSES = AddressesBeside(
    {
        SourcePath("docs/index.md"): Permalink("/../../"),
        SourcePath("docs/guide/stones.md"): Permalink("/../../guide/stones/"),
        SourcePath("docs/guide/50%#1.md"): Permalink("/../../guide/50%#1/"),
        SourcePath("docs/guide/Gro\u0308ße.md"): Permalink("/../../guide/Gro\u0308ße/"),
    },
    "deep/kb",
)


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("docs/guide/stones.md", "/../../guide/stones/"),
        ("docs/guide/50%#1.md", "/../../guide/50%25%231/"),
        ("docs/guide/Größe.md", "/../../guide/Gro\u0308ße/"),
        ("docs/guide/gone.md", None),
    ],
)
def test_of_file(path: str, link: str | None) -> None:
    assert ADDRESSES.of_file(path) == link


@pytest.mark.parametrize(
    ("url", "link"),
    [("/guide/stones/", "/../../guide/stones/"), ("/guide/stones", "/../../guide/stones/"), ("/", "/../../"),
     ("/x/", None)],
)  # fmt: skip
def test_of_address(url: str, link: str | None) -> None:
    assert ADDRESSES.of_address(url) == link
    assert AddressesBeside().of_address(url) is None


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        ("/deep/kb/articles/a/", "/articles/a/"),
        ("/deep/kb/", "/"),
        ("/deep/kb", "/"),
        ("/deep/kbx/", None),
        ("/", None),
    ],
)
def test_inside(url: str, inside: str | None) -> None:
    assert ADDRESSES.inside(url) == inside
    assert AddressesBeside().inside(url) is None


@pytest.mark.parametrize(
    ("source", "target", "relative"),
    [
        ("/articles/a/", "/../guide/", "../../../guide/"),
        ("/", "/../", "../"),
        ("/", "/../../guide/a.html#b", "../../guide/a.html#b"),
        ("/feed.xml", "/../logo.svg", "../logo.svg"),
    ],
)
def test_relative_url_of_an_address_above_the_root(source: str, target: str, relative: str) -> None:
    assert relative_url(Permalink(source), target) == relative


@pytest.mark.parametrize(
    ("site_url", "target", "absolute"),
    [
        ("https://example.org/mill/kb/", "/../guide/", "https://example.org/mill/guide/"),
        ("https://example.org/mill/deep/kb/", "/../../", "https://example.org/mill/"),
        ("https://example.org/kb/", "/articles/a/", "https://example.org/kb/articles/a/"),
    ],
)
def test_absolute_url_of_an_address_above_the_root(site_url: str, target: str, absolute: str) -> None:
    assert absolute_url(site_url, target) == absolute

"""Every address in every page leads somewhere, without a detour; every page can be reached."""

from pathlib import Path

import pytest

from tests.helpers.links import Fault, Tree, clicks, find_faults
from tests.helpers.output import build
from tests.helpers.sites import copy_golden

CLICKS = 3
"""A reader comes from the home page to any other with so many links at most."""


def test_every_address_leads_somewhere(any_tree: Tree):
    assert find_faults(any_tree) == []


def test_site_without_an_address_hangs_together(tmp_path: Path):
    """No feeds, sitemap and canonical links, and nothing that leads to them."""
    root = copy_golden("tiny", tmp_path / "tiny")
    build(root, site_url="")
    tree = Tree(root / "site", "https://anywhere.example/")
    assert find_faults(tree) == []
    assert [path for path in tree.files if "feed" in path or "sitemap" in path or "atom" in path] == []


def test_every_page_is_near_the_home_page(tree: Tree):
    steps = clicks(tree)
    far = {path: steps.get(path) for path in tree.indexable if steps.get(path, CLICKS + 1) > CLICKS}
    assert far == {}


@pytest.mark.parametrize(
    ("kind", "html"),
    [
        pytest.param("broken", '<a href="gone/">x</a>', id="link"),
        pytest.param("broken", '<img src="gone.png" alt="">', id="image"),
        pytest.param("broken", '<img src="b/c.txt" srcset="b/c.txt 1x, gone.png 2x" alt="">', id="srcset"),
        pytest.param("broken", '<link rel="canonical" href="https://example.org/k/gone/">', id="own-absolute"),
        pytest.param("broken", '<meta http-equiv="refresh" content="0; url=gone/">', id="refresh"),
        pytest.param("broken", '<a href="B/">x</a>', id="case"),
        pytest.param("broken fragment", '<a href="#gone">x</a>', id="fragment-here"),
        pytest.param("broken fragment", '<a href="b/#gone">x</a>', id="fragment-there"),
        pytest.param("leaves the site", '<a href="/b/">x</a>', id="root-relative"),
        pytest.param("leaves the site", '<a href="../../">x</a>', id="too-far-up"),
        pytest.param("needs a redirect", '<a href="b">x</a>', id="no-slash"),
        pytest.param("leads to a redirect", '<a href="old/">x</a>', id="to-redirect"),
        pytest.param("duplicate id", '<p id="a"></p><p id="a"></p>', id="duplicate-id"),
        pytest.param("loaded from elsewhere", '<img src="https://example.net/a.png" alt="">', id="remote-image"),
        pytest.param("loaded from elsewhere", '<script src="//example.net/a.js"></script>', id="remote-script"),
        pytest.param("loaded from elsewhere", '<link rel="stylesheet" href="https://example.net/a.css">', id="sheet"),
        pytest.param("strange scheme", '<a href="javascript:x()">x</a>', id="scheme"),
    ],
)
def test_the_checker_finds(kind: str, html: str, tmp_path: Path):
    assert [fault.kind for fault in find_faults(_small(tmp_path, html))] == [kind]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="b/">x</a> <a href="./">x</a> <a href="b/c.txt">x</a> <a href="b/?q=1#here">x</a>',
        '<a href="https://example.net/">x</a> <a href="mailto:a@example.net">x</a>',
        '<a href="/k/b/#here">x</a> <p id="top"></p><a href="#top">x</a> <a href="b/%63.txt#page=2">x</a>',
    ],
)
def test_the_checker_accepts(html: str, tmp_path: Path):
    assert find_faults(_small(tmp_path, html)) == []


def test_the_checker_reads_style_sheets(tmp_path: Path):
    tree = _small(tmp_path, "")
    (tree.folder / "a.css").write_text('@import "b.css"; p { background: url(//example.net/a.png) }', encoding="utf-8")
    assert find_faults(Tree(tree.folder, tree.site_url)) == [
        Fault("broken", "a.css", "b.css"),
        Fault("loaded from elsewhere", "a.css", "//example.net/a.png"),
    ]


def test_not_found_page_is_looked_at_from_anywhere(tmp_path: Path):
    tree = _small(tmp_path, "")
    (tree.folder / "404.html").write_text('<a href="b/">x</a>', encoding="utf-8")
    assert find_faults(Tree(tree.folder, tree.site_url)) == [Fault("broken", "404.html", "b/")]


def _small(folder: Path, html: str) -> Tree:
    """A site with a home page of that HTML, a page, a file and a redirect."""
    made = {
        "index.html": html,
        "b/index.html": '<p id="here"></p>',
        "b/c.txt": "",
        "old/index.html": '<meta http-equiv="refresh" content="0; url=../b/">',
    }
    for path, text in made.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return Tree(folder, "https://example.org/k/")

"""The bench of the gates: it passes a sound site, and each fault that it looks for makes it fail."""

from pathlib import Path

import pytest

from bench.gates import files, sample
from bench.gates.gate import at_least, at_most, none_of
from tests.helpers.links import Tree
from tests.helpers.output import build
from tests.helpers.site import MKDOCS_YML, MakeSite, article, topic

URL = "https://example.org/x/y/"


@pytest.fixture
def tree(make_site: MakeSite) -> Tree:
    root = make_site(
        {
            **{f"content/articles/a{n}.md": article(f"Item {n}", topics=["t"]) for n in range(4)},
            "content/topics/t.md": topic("T"),
            "mkdocs.yml": MKDOCS_YML.replace("- site_builder\n", "- site_builder: {social_images: true}\n"),
        }
    )
    build(root)
    return Tree(root / "site", URL)


def missed(tree: Tree) -> set[str]:
    """Gates that the site does not pass, without the Nu checker: tests/site has it."""
    return {gate.name for gate in files.find(Tree(tree.folder, URL)) if not gate.is_met and "Nu" not in gate.name}


def change(tree: Tree, path: str, old: str, new: str) -> None:
    file = Path(tree.folder / path)
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_sound_site_passes(tree: Tree, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "JAR", Path("nowhere"))
    assert missed(tree) == set()


@pytest.mark.parametrize(
    ("path", "old", "new", "gate"),
    [
        ("topics/t/index.html", 'href="../../articles/a1/"', 'href="../../articles/gone/"', "addresses and fragments"),
        ("articles/a1/index.html", "og:image", "og:picture", "metadata"),
        ("articles/a1/index.html", '"headline"', '"title"', "metadata"),
        ("articles/a1/index.html", "<h1>", "<h1></h1><h1>", "metadata"),
        ("articles/a1/index.html", "<title>Item 1", "<title>Item 2", "the same twice: title, description, canonical"),
        ("robots.txt", "Sitemap:", "Map:", "sitemap and robots.txt"),
        ("sitemap.xml", "/articles/a1/", "/articles/a2/", "sitemap and robots.txt"),
        ("articles/a1/index.html", "<body>", '<body onload="x()">', "script or style in a page"),
    ],
)
def test_each_fault_fails_its_gate(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, path: str, old: str, new: str, gate: str
):
    monkeypatch.setattr(files, "JAR", Path("nowhere"))
    change(tree, path, old, new)
    assert gate in missed(tree)


def test_a_page_that_nothing_leads_to_is_an_orphan(tree: Tree, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "JAR", Path("nowhere"))
    (tree.folder / "alone").mkdir()
    (tree.folder / "alone/index.html").write_text((tree.folder / "index.html").read_text("utf-8"), encoding="utf-8")
    assert {"orphans", "sitemap and robots.txt"} <= missed(tree)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "home"),
        ("404.html", "404.html"),
        ("search/index.html", "search"),
        ("articles/a/index.html", "articles/…"),
        ("topics/t/2024/index.html", "topics/…/…"),
    ],
)
def test_a_page_is_of_a_kind(path: str, kind: str):
    assert sample.kind_of(path) == kind


def test_the_sample_has_every_kind_and_is_spread(tree: Tree):
    picked = sample.pick(tree, 2)
    assert picked["articles/…"] == ("articles/a0/index.html", "articles/a2/index.html")
    assert {"home", "search", "topics/…", "timeline/…/…"} <= picked.keys()


def test_a_gate_that_cannot_be_measured_is_not_met(tree: Tree, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "JAR", Path("nowhere"))
    first = next(iter(files.find(tree)))
    assert (first.name, first.found, first.is_met) == ("Nu checker, all pages", "not run", False)


def test_gates_are_met_at_their_bar():
    assert at_most("x", 8, 8).is_met
    assert not at_most("x", 8.1, 8).is_met
    assert at_least("x", 99, 99).is_met
    assert not at_least("x", 98.9, 99).is_met
    assert none_of("x", []).is_met
    assert none_of("x", ["here"]).where == ("here",)

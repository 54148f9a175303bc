"""The recipes of docs/how-to-extend.md, followed word for word: their files are written beside the package's own."""

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import site_builder.pages.data
import site_builder.pages.lists
import site_builder.render
from tests.helpers.site import MakeSite, article, load, write_files
from tests.helpers.sites import ROOT

GUIDE = ROOT / "docs" / "how-to-extend.md"
FILE = re.compile(r"```\w+\n(?:# |<!-- )(\S+)(?: -->)?\n(.*?)```", re.DOTALL)
FOLDERS = (site_builder.pages.lists, site_builder.pages.data, site_builder.render)


def files() -> dict[str, str]:
    """Path -> text of every file in the guide."""
    return dict(FILE.findall(GUIDE.read_text(encoding="utf-8")))


@pytest.fixture
def extended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """The package with the guide's modules; gives the files of a site with its templates."""
    write_files(tmp_path, {path: text for path, text in files().items() if path.endswith(".py")})
    for package in FOLDERS:
        folder = str(tmp_path / package.__name__.replace(".", "/"))
        monkeypatch.setattr(package, "__path__", [*package.__path__, folder])
    importlib.invalidate_caches()
    known = set(sys.modules)
    yield {path: text for path, text in files().items() if not path.endswith(".py")}
    for name in set(sys.modules) - known:
        if name.startswith("site_builder."):
            del sys.modules[name]


def test_the_guide_has_the_files_that_it_speaks_of() -> None:
    assert set(files()) == {
        "site_builder/pages/lists/colophon.py",
        "templates/colophon.html",
        "site_builder/render/csv_table.py",
        "site_builder/pages/data/table_of_articles.py",
    }


def test_a_page_type_is_a_module_and_a_template(extended: dict[str, str], make_site: MakeSite) -> None:
    site = load(make_site({"content/articles/a.md": article("A"), **extended}))
    html = site.render("/colophon/").decode()
    assert "<h1>Colophon</h1>" in html
    assert "<p>1 articles</p>" in html
    assert "/colophon/</loc>" in site.render("/sitemap.xml").decode()
    assert site.diagnostics == ()
    site.close()


def test_an_output_format_is_a_class_and_a_page(extended: dict[str, str], make_site: MakeSite) -> None:
    site = load(make_site({"content/articles/a.md": article("A, or B"), **extended}))
    assert site.render("/api/articles.csv") == b'2026-06-03,"A, or B",/articles/a/\r\n'
    site.close()


def test_without_the_recipes_the_pages_are_not_there(make_site: MakeSite) -> None:
    site = load(make_site({"content/articles/a.md": article("A")}))
    assert site.routes.find(site.corpus.articles[0].permalink) is not None
    assert "/colophon/" not in site.routes
    site.close()

"""Which of several routes want the same file, and which of them the finding names."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from site_builder.pages.address_clashes import TakenFiles
from site_builder.pages.context import PageContext
from site_builder.pages.route import Route
from site_builder.render.copy_file import Copy
from site_builder.urls import Permalink, SourcePath

CONTEXT = cast(
    PageContext,
    SimpleNamespace(config=SimpleNamespace(file=SourcePath("mkdocs.yml")), corpus=SimpleNamespace(aliases={})),
)


def route(url: str) -> Route[Any]:
    """A route of the site's own, or of a file: `/a/ a.md`."""
    address, _, source = url.partition(" ")
    return Route(Permalink(address), Copy(""), lambda: None, (SourcePath(source),) if source else ())


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        pytest.param(["/a/", "/b/ b.md", "/c"], [], id="none"),
        pytest.param(["/a/ a.md", "/a/index.html s"], ["s address-clash"], id="one-file"),
        pytest.param(["/a/ a.md", "/a/"], ["a.md address-clash"], id="our-own-second"),
        pytest.param(["/a/ a.md", "/A/"], ["a.md address-case"], id="our-own-second-case"),
        pytest.param(["/a", "/a/b/ b.md"], ["b.md address-clash"], id="our-own-file-as-folder"),
        pytest.param(["/a/", "/a/"], ["mkdocs.yml address-clash"], id="both-our-own"),
        pytest.param(["/a/ a.md", "/A/ b.md"], ["b.md address-case"], id="case"),
        pytest.param(["/a/b/ b.md", "/a s"], ["s address-clash"], id="file-as-folder"),
        pytest.param(["/a s", "/a/b/ b.md", "/a/c/ c.md"], ["s address-clash"], id="folder-as-file"),
        pytest.param(["/a s", "/A/b/ b.md"], ["s address-clash"], id="folder-as-file-case"),
        pytest.param(["/a/ 1", "/a/ 2", "/a/ 3"], ["2 address-clash", "3 address-clash"], id="three"),
    ],
)
@pytest.mark.parametrize("in_one_go", [True, False], ids=["together", "one-by-one"])
def test_clashes(urls: list[str], expected: list[str], in_one_go: bool):
    taken = TakenFiles(CONTEXT)
    routes = [route(url) for url in urls]
    steps = [routes] if in_one_go else [[one] for one in routes]
    found = [diagnostic for step in steps for diagnostic in taken.add(step)]
    assert sorted(f"{d.location.path} {d.code}" for d in found) == expected
    assert next(iter(taken.routes)) is routes[0]


def test_a_folder_holds_files_besides_its_own_page():
    taken = TakenFiles(CONTEXT)
    list(taken.add([route("/search/"), route("/Other/x")]))
    assert not taken.has_file_below("/search/")
    assert taken.has_file_below("/other/")
    assert taken.has_file_below("/")
    assert taken.has_file_below("/other/x/")

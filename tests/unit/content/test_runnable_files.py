"""Files that a browser would run on the site's own address are reported, unless the settings allow them."""

import pytest

from site_builder.content.runnable_files import runnable_files
from site_builder.urls import SourcePath
from tests.helpers.site import MKDOCS_YML, MakeSite, article, codes

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"{}>{}</svg>'


@pytest.mark.parametrize("name", ["a.html", "A.HTM", "a.xhtml", "a.xml", "a.js", "a.mjs", "a.svgz"])
def test_files_that_run(make_site: MakeSite, name: str):
    root = make_site({f"content/static/{name}": "x"})
    (finding,) = runnable_files(root, "content", [SourcePath(f"content/static/{name}")], ())
    assert (finding.code, finding.location.path) == ("file-can-run", f"content/static/{name}")


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.png", "CNAME", "a.json", "a.css", "html"])
def test_files_that_do_not(make_site: MakeSite, name: str):
    root = make_site({f"content/static/{name}": "x"})
    assert not list(runnable_files(root, "content", [SourcePath(f"content/static/{name}")], ()))


@pytest.mark.parametrize(
    ("attributes", "inside", "runs"),
    [
        ("", '<path d="M0 0"/><text>on load</text><a href="https://example.org/"><circle r="1"/></a>', False),
        ("", "<style>.a { fill: url(#b) }</style>", False),
        ("", '<image href="data:image/png;base64,AAAA"/>', False),
        ("", "<script>x()</script>", True),
        (' onload="x()"', "", True),
        ("", '<a xlink:href=" javascript:x()"><circle r="1"/></a>', True),
        ("", '<image href="https://example.org/x.png"/>', True),
        ("", '<use href="data:image/svg+xml;base64,AAAA"/>', True),
        ("", "<foreignObject><p/></foreignObject>", True),
        ("", "<style>@import 'x.css';</style>", True),
        ("", "<g>", True),
    ],
)
def test_pictures(make_site: MakeSite, attributes: str, inside: str, runs: bool):
    root = make_site({"content/articles/a.svg": SVG.format(attributes, inside)})
    assert bool(list(runnable_files(root, "content", [SourcePath("content/articles/a.svg")], ()))) is runs


def test_only_what_is_published_counts_and_the_settings_allow_files(make_site: MakeSite):
    files = {
        "content/articles/a.md": article("A", "See [it](used.html)."),
        "content/articles/used.html": "x",
        "content/articles/unused.html": "x",
        "content/static/google1.html": "x",
    }
    assert sorted(codes(make_site(files))) == ["asset-unused", "file-can-run", "file-can-run"]
    allowed = MKDOCS_YML.replace("- site_builder", '- site_builder: {allow_files: ["static/google*.html", used.html]}')
    assert codes(make_site({**files, "mkdocs.yml": allowed})) == ["asset-unused"]

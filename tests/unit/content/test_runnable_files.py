"""Files that a browser would run on the site's own address are reported, unless the settings allow them."""

from pathlib import Path

import pytest

from site_builder.content.runnable_files import runnable_files
from site_builder.urls import SourcePath
from tests.helpers.output import build, clean_pages
from tests.helpers.site import MKDOCS_YML, MakeSite, article, codes, load

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"{}>{}</svg>'


@pytest.mark.parametrize(
    "name", ["a.html", "A.HTM", "a.xhtml", "a.xml", "a.js", "a.mjs", "a.cjs", "a.svgz", "a.rss", "a.PHP", "a/_headers"]
)
def test_files_that_run(make_site: MakeSite, name: str):
    root = make_site({f"content/static/{name}": "x"})
    (finding,) = runnable_files(root, "content", [SourcePath(f"content/static/{name}")], (), ())
    assert (finding.code, finding.location.path) == ("file-can-run", f"content/static/{name}")


@pytest.mark.parametrize(
    "data", ["<!DOCTYPE html>", "\n <SCRIPT>x()</script>", "\ufeff<?xml version='1.0'?>", "<!-- x -->"]
)
def test_files_that_browsers_take_for_pages(make_site: MakeSite, data: str):
    """Where the server gives no type, as for a name without an ending."""
    root = make_site({"content/static/LICENSE": data, "content/static/a.unknown": data, "content/static/a.png": data})
    found = runnable_files(
        root, "content", [SourcePath(f"content/static/{n}") for n in ("LICENSE", "a.unknown", "a.png")], (), ()
    )
    assert [d.location.path for d in found] == ["content/static/LICENSE", "content/static/a.unknown"]


@pytest.mark.parametrize(
    "name", ["a.txt", "a.pdf", "a.png", "CNAME", "_headers", "_redirects", "a.json", "a.css", "html"]
)
def test_files_that_do_not(make_site: MakeSite, name: str):
    root = make_site({f"content/static/{name}": "x"})
    assert not list(runnable_files(root, "content", [SourcePath(f"content/static/{name}")], (), ()))


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
    assert bool(list(runnable_files(root, "content", [SourcePath("content/articles/a.svg")], (), ()))) is runs


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


def test_pictures_are_cleaned_where_pages_show_them_and_nowhere_else(make_site: MakeSite):
    svg = SVG.format("", "<script>x()</script><g/>")
    names = ("body.svg", "TOP.SVG", "embed.svg", "html.svg", "both.svg", "linked.svg", "allowed.svg", "ill.svg")
    body = "![a](body.svg) ![[embed.svg|a]] <img src='html.svg' alt='a'> ![a](both.svg) [b](both.svg) [b](linked.svg)"
    shows = article("A", f"{body} ![a](allowed.svg) ![a](ill.svg)", image={"src": "TOP.SVG", "alt": "a"})
    files = {"content/articles/a.md": shows, "content/static/static.svg": svg}
    files |= {f"content/articles/{name}": svg if name != "ill.svg" else f"{svg}<" for name in names}
    settings = MKDOCS_YML.replace("- site_builder", "- site_builder: {allow_files: [allowed.svg]}")
    root = make_site({**files, "mkdocs.yml": settings})
    found = {Path(d.location.path).name: d.code for d in load(root).diagnostics}
    assert found == {
        **dict.fromkeys(("body.svg", "TOP.SVG", "embed.svg", "html.svg", "both.svg", "ill.svg"), "svg-cleaned"),
        **dict.fromkeys(("linked.svg", "static.svg"), "file-can-run"),
    }
    build(root, site_dir=root / "out")
    files_there = (path for path in (root / "out/articles").iterdir() if path.suffix.lower() == ".svg")
    written = {path.name: b"script" in path.read_bytes() for path in files_there}
    assert {name for name, runs in written.items() if runs} == {"linked.svg", "allowed.svg"}
    assert written.keys() == {*names}
    pages = clean_pages(root)
    assert pages is not None
    assert pages[0]["articles/body.svg"] == (root / "out/articles/body.svg").read_bytes()

"""`mv` and `urls` as commands: what they say, their exit codes, and that no address is lost by a renaming."""

import gzip
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from site_builder.cli import main
from site_builder.diagnostics import Location
from site_builder.editing.lost_urls import ListedAddress, SitemapError, former_addresses, read_sitemap
from site_builder.urls import SourcePath
from tests.helpers.output import build, files
from tests.helpers.site import DATE, MKDOCS_YML, MakeSite, article, page, topic, write_files

SITE: Final = {
    "content/articles/tree-search.md": article("Tree search", "See [[paths|them]].\n", topics=["graphs"]),
    "content/articles/paths.md": article("Shortest paths", "[Back](tree-search.md).\n", similar=["tree-search"]),
    "content/articles/plain.md": article("Plain"),
    "content/topics/graphs.md": topic("Graphs"),
    "content/pages/café.md": page("Café"),
}


def test_full_addresses_of_the_site_follow(make_site: MakeSite):
    full = "https://example.org/x/y/articles/paths/"
    body = f"<{full}> [x]({full}?a#b) <q cite='{full}'>So</q>. https://example.org/x/y/articles/paths/ `<{full}>`\n"
    root = make_site({**SITE, "content/articles/full.md": article("Full", body)})
    result = run(root, "mv", "paths", "ways")
    assert result.exit_code == 0, result.output
    now = (root / "content/articles/full.md").read_text(encoding="utf-8").splitlines()[-1]
    new = full.replace("paths", "ways")
    assert now == f"<{new}> [x]({new}?a#b) <q cite='{new}'>So</q>. {new} `<{full}>`"


MOVED: Final = """\
content/articles/tree-search.md is now content/articles/graph-search.md. /articles/tree-search/ now redirects to \
/articles/graph-search/.
1 other file changed:
  content/articles/paths.md
"""
DIFF: Final = """\
rename from content/articles/paths.md
rename to content/articles/ways.md
--- a/content/articles/paths.md
+++ b/content/articles/ways.md
@@ -6,5 +6,7 @@
   name: A paper
 similar:
 - tree-search
+aliases: [/articles/paths/]
+feed_id: paths
 ---
 [Back](tree-search.md).
--- a/content/articles/tree-search.md
+++ b/content/articles/tree-search.md
@@ -7,4 +7,4 @@
 topics:
 - graphs
 ---
-See [[paths|them]].
+See [[ways|them]].
"""
ADD: Final = 'add "{}" to the aliases of'
PUBLISH: Final = 'again, or add "{}" to the aliases of another document'
UNKNOWN: Final = """\
content:1:1: error: there is no document called "tree-serch" [document-unknown]
  hint: did you mean "tree-search"?
Nothing was changed.
"""
TAKEN: Final = """\
content/articles/plain.md:1:1: error: the article "plain" already exists: content/articles/plain.md [rename-taken]
  hint: choose another name
Nothing was changed.
"""
FINDING: Final = """\
content/articles/about.md:8:3: error: "content/articles/wanted.md" has no heading "#part" [anchor-missing]
  hint: it has no headings
Nothing was changed.
"""


def run(root: Path, *arguments: str) -> Result:
    before = Path.cwd()
    os.chdir(root)
    try:
        result = CliRunner().invoke(main, [arguments[0], "--date", str(DATE), "--jobs", "1", *arguments[1:]])
    finally:
        os.chdir(before)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def sources(root: Path) -> Mapping[str, bytes]:
    return files(root / "content")


def test_mv_tells_what_changed(make_site: MakeSite):
    root = make_site(SITE)
    result = run(root, "mv", "tree-search", "graph-search")
    assert (result.exit_code, result.stdout, result.stderr) == (0, MOVED, "")
    assert run(root, "check").stdout == "nothing to report in 5 files\n"
    text = (root / "content/articles/paths.md").read_text(encoding="utf-8")
    assert text == SITE["content/articles/paths.md"].replace("tree-search", "graph-search")


def test_mv_shows_a_diff_and_writes_nothing(make_site: MakeSite):
    root = make_site(SITE)
    before = sources(root)
    result = run(root, "mv", "paths", "ways", "--dry-run")
    assert result.exit_code == 0
    assert result.stdout == DIFF
    assert sources(root) == before


@pytest.mark.parametrize(
    ("arguments", "code", "stderr"),
    [
        (["tree-serch", "x"], 2, UNKNOWN),
        (["paths", "plain"], 2, TAKEN),
        (["paths", "wanted"], 1, FINDING),
    ],
    ids=["unknown", "taken", "finding"],
)
def test_mv_refuses(arguments: list[str], code: int, stderr: str, make_site: MakeSite):
    root = make_site({**SITE, "content/articles/about.md": article("About", "[[wanted#part]]\n")})
    before = sources(root)
    result = run(root, "mv", *arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", stderr)
    assert sources(root) == before


@pytest.mark.parametrize(
    ("arguments", "found"), [(["paths", "plain"], ["rename-taken"]), (["paths", "ways"], [])], ids=["refused", "done"]
)
@pytest.mark.parametrize("dry", [[], ["--dry-run"]], ids=["write", "dry"])
def test_mv_for_programs(arguments: list[str], found: list[str], dry: list[str], make_site: MakeSite):
    """Standard output holds the findings only."""
    result = run(make_site(SITE), "mv", *arguments, *dry, "--format", "json")
    assert [d["code"] for d in json.loads(result.stdout)] == found
    assert result.exit_code == (2 if found else 0)
    assert result.stderr != ""


def test_urls_lists_pages_and_where_old_ones_lead(make_site: MakeSite):
    root = make_site({**SITE, "content/articles/copy.md": article("Copy", duplicate_of="plain", aliases=["/c/"])})
    lines = run(root, "urls").stdout.splitlines()
    assert "/articles/paths/" in lines
    assert "/articles/copy/ -> /articles/plain/" in lines
    assert "/c/ -> /articles/plain/" in lines
    assert "/café/" in lines
    assert not any(line.endswith((".xml", ".css", ".html")) for line in lines)


def test_nothing_is_lost_by_a_renaming(make_site: MakeSite):
    root = make_site(SITE)
    build(root)
    for old, new in (("tree-search", "graph-search"), ("graphs", "networks"), ("café", "bar"), ("plain", "plain-text")):
        assert run(root, "mv", old, new).exit_code == 0
    result = run(root, "urls", "--since", "site")
    total = (root / "site/sitemap.xml").read_text(encoding="utf-8").count("<loc>")
    assert (result.exit_code, result.stdout) == (0, f"All {total} earlier addresses are pages or redirects.\n")


def test_parts_of_a_list_come_and_go(make_site: MakeSite):
    settings = MKDOCS_YML.replace("- site_builder\n", "- site_builder:\n      per_page: 1\n")
    more = {f"content/articles/x{n}.md": article(f"X{n}", topics=["graphs"]) for n in range(3)}
    root = make_site({**SITE, **more, "mkdocs.yml": settings})
    build(root)
    assert "/topics/graphs/page/2/" in (root / "site/sitemap.xml").read_text(encoding="utf-8")
    assert run(root, "mv", "graphs", "networks").exit_code == 0
    (root / "content/articles/x0.md").write_text(article("X0", aliases=["/x/"]), encoding="utf-8")
    assert run(root, "urls", "--since", "site").exit_code == 0
    (root / "content/articles/x0.md").write_text(article("X0", date="2026-05-01"), encoding="utf-8")
    build(root)
    (root / "content/articles/x0.md").unlink()
    result = run(root, "urls", "--since", "site")
    assert (
        "/timeline/2026/05/ was published but is neither a page nor a redirect now [list-lost]\n  hint: the list"
        in result.stdout
    )


def test_what_is_lost_is_told(make_site: MakeSite):
    root = make_site(SITE)
    build(root)
    (root / "content/articles/tree-search.md").unlink()
    (root / "content/pages/café.md").unlink()
    write_files(
        root,
        {
            "content/articles/paths.md": article("Shortest paths"),
            "content/articles/trees.md": article("Tree searches"),
            "content/articles/plain.md": article("Plain", status="draft"),
        },
    )
    result = run(root, "urls", "--since", "site/sitemap.xml")
    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    source = (root / "site/sitemap.xml").read_text(encoding="utf-8").splitlines()
    expected = []
    for address, end, hint in (
        ("/articles/plain/", "articles/plain/", f"publish content/articles/plain.md {PUBLISH}"),
        ("/articles/tree-search/", "articles/tree-search/", f"{ADD} content/articles/trees.md"),
        ("/café/", "caf%C3%A9/", f"{ADD} the document that replaces it"),
    ):
        line = next(number for number, text in enumerate(source, 1) if f"{end}</loc>" in text)
        place = f"site/sitemap.xml:{line}:1"
        expected.append(f"{place}: error: {address} was published but is neither a page nor a redirect now [url-lost]")
        expected.append(f"  hint: {hint.format(address)}")
    assert lines[:-1] == expected
    assert lines[-1] == f"3 of {len([line for line in source if '<loc>' in line])} addresses would be lost."
    as_json = json.loads(run(root, "urls", "--since", "site", "--format", "json").stdout)
    assert [d["code"] for d in as_json] == ["url-lost"] * 3
    settings = MKDOCS_YML.replace("- site_builder\n", "- site_builder:\n      severities: {url-lost: warning}\n")
    write_files(root, {"mkdocs.yml": settings})
    assert run(root, "urls", "--since", "site").exit_code == 0


def test_only_upper_and_lower_case(make_site: MakeSite):
    root = make_site(SITE)
    build(root)
    result = run(root, "mv", "plain", "Plain")
    assert "differs from /articles/Plain/ only in upper and lower case" in result.stdout
    result = run(root, "urls", "--since", "site")
    assert result.exit_code == 1
    assert "hint: /articles/Plain/ differs only in upper and lower case; rename the file back" in result.stdout


XML: Final = '<?xml version="1.0"?>\n<{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{1}\n</{0}>\n'


def sitemap(*urls: str) -> str:
    return XML.format("urlset", "\n".join(f"<url><loc>{url}</loc><lastmod>2026-01-01</lastmod></url>" for url in urls))


def index(*urls: str) -> str:
    return XML.format("sitemapindex", "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls))


BASE: Final = "https://example.org/x/y/"


@pytest.mark.parametrize("compressed", [False, True])
def test_an_index_with_its_parts(compressed: bool, tmp_path: Path):
    end = ".gz" if compressed else ""
    parts = {
        "sitemap.xml": index(f"{BASE}sitemap-1.xml{end}", f"{BASE}maps/2.xml"),
        "sitemap-1.xml": sitemap(BASE, f"{BASE}a/"),
        "maps/2.xml": sitemap(f"{BASE}b/?x=1&amp;y=2", f"{BASE}caf%C3%A9/"),
    }
    for name, text in parts.items():
        write_files(tmp_path, {f"{name}{end}": gzip.compress(text.encode()) if compressed else text})
    listed = read_sitemap(tmp_path)
    assert [entry.url for entry in listed] == [BASE, f"{BASE}a/", f"{BASE}b/?x=1&y=2", f"{BASE}caf%C3%A9/"]
    assert [entry.place.line for entry in listed] == [3, 4, 3, 4]
    assert [former.address for former in former_addresses(listed, BASE)] == ["/", "/a/", "/b/", "/café/"]


@pytest.mark.parametrize(
    ("site_url", "urls", "expected"),
    [
        (BASE, [BASE, f"{BASE}a/"], ["/", "/a/"]),
        ("https://other.org/", [BASE, f"{BASE}a/"], ["/", "/a/"]),
        ("", [f"{BASE}a/", BASE], ["/a/", "/"]),
        (BASE, [f"{BASE}a/"], ["/a/"]),
        ("https://example.org/", [BASE, f"{BASE}a/"], ["/x/y/", "/x/y/a/"]),
        (BASE, [], []),
    ],
    ids=["site", "moved", "unknown", "no-home", "root", "empty"],
)
def test_the_root_of_the_site(site_url: str, urls: list[str], expected: list[str]):
    listed = tuple(ListedAddress(url, Location(SourcePath("s.xml"))) for url in urls)
    assert [former.address for former in former_addresses(listed, site_url)] == expected


def test_addresses_of_several_sites():
    listed = tuple(ListedAddress(url, Location(SourcePath("s.xml"))) for url in ("https://a.org/", "https://b.org/x/"))
    with pytest.raises(SitemapError):
        former_addresses(listed, BASE)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({}, "has no sitemap.xml"),
        ({"sitemap.xml": "<html></html>"}, "it is a <html>"),
        ({"sitemap.xml": "text"}, "is not a sitemap: "),
        ({"sitemap.xml": '<!DOCTYPE urlset [<!ENTITY a "b">]><urlset/>'}, "declares a document type"),
        ({"sitemap.xml": index(f"{BASE}gone.xml")}, "names the part https://example.org/x/y/gone.xml"),
        ({"sitemap.xml": index("../../gone.xml")}, "names the part"),
        ({"sitemap.xml": b"\x1f\x8bxx"}, "is not a sitemap"),
    ],
)
def test_what_is_no_sitemap(given: dict[str, str | bytes], problem: str, make_site: MakeSite):
    root = make_site(SITE)
    (root / "before").mkdir()
    write_files(root, {f"before/{name}": text for name, text in given.items()})
    result = run(root, "urls", "--since", "before")
    assert result.exit_code == 2
    assert problem in result.stderr

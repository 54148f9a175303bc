"""A Material site in which one folder is ours: MkDocs keeps its pages, and each side can link to the other."""

import contextlib
import gzip
import json
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from tests.helpers.mkdocs_commands import environ, fetch, run, run_here, run_well, served, wait_for
from tests.helpers.output import files, stamps
from tests.helpers.site import DATE, Files, MakeSite, article, check, load, page, tool, topic, write_files

pytestmark = pytest.mark.skipif(find_spec("material") is None, reason="mkdocs-material is not installed")

MATERIAL: Final = """\
site_name: Mill handbook
site_url: https://example.org/mill/
copyright: Copyright &copy; 2026 <a href="https://example.org/">The millers</a>
repo_url: https://github.com/millers/handbook
edit_uri: edit/main/docs/
theme:
  name: material
  features: [navigation.footer, navigation.indexes]
  palette: {primary: teal}
extra_css: [extra.css]
markdown_extensions: [admonition]
plugins:
  - search
  - tags
"""
OURS: Final = "  - site_builder: {folder: kb}\n"
NAV: Final = "nav: [index.md, {Stones: guide/stones.md}]\n"
GUIDE: Final[Files] = {
    "docs/index.md": "# The mill\n\nRead about the [stones](guide/stones.md).\n",
    "docs/guide/stones.md": "---\ntags: [stone]\n---\n# Stones\n\n!!! note\n    Dress them twice a year.\n\n## How\n",
    "docs/guide/wheel.md": "# The wheel\n",
    "docs/extra.css": "body { margin: 0 }\n",
    "docs/picture.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>\n',
}
KNOWLEDGE: Final[Files] = {
    "docs/kb/articles/grist.md": article("Grist", "See [[tolls]].\n\n## Sorting\n\nBy hand.\n", topics=["trade"]),
    "docs/kb/articles/tolls.md": article("Tolls", aliases=["/old-tolls/"]),
    "docs/kb/topics/trade.md": topic("Trade"),
    "docs/kb/tools/sieve.md": tool("Sieve"),
    "docs/kb/pages/about.md": page("About", "Who writes this.\n"),
    "docs/kb/static/table.csv": "a,b\n",
}
SITE: Final[Files] = {"mkdocs.yml": f"{MATERIAL}{OURS}{NAV}", **GUIDE, **KNOWLEDGE}


class Links(HTMLParser):
    """The address and the text of every link."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._open = dict(attrs).get("href") or ""
            self.found.append((self._open, ""))

    def handle_data(self, data: str) -> None:
        if self._open and self.found:
            self.found[-1] = (self._open, self.found[-1][1] + data.strip())

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._open = ""


def links(built: dict[str, bytes], path: str) -> dict[str, str]:
    """Text -> where the link leads, from the root of the site."""
    base = f"https://e/{path.removesuffix('index.html')}"
    return {text: urljoin(base, href).removeprefix("https://e") for href, text in Links(built[path].decode()).found}


def build(root: Path, out: str = "site", *arguments: str) -> dict[str, bytes]:
    run_well("mkdocs", root, "build", "-q", "-d", out, *arguments)
    return files(root / out)


def outside(built: dict[str, bytes], folder: str = "kb") -> dict[str, bytes]:
    """What MkDocs wrote, without its own indexes."""
    own = {"sitemap.xml", "sitemap.xml.gz", "search/search_index.json"}
    return {path: data for path, data in built.items() if not path.startswith(f"{folder}/") and path not in own}


def test_mkdocs_keeps_its_pages(make_site: MakeSite) -> None:
    """The same bytes as without the plugin, whose folder MkDocs then renders too."""
    root = make_site(SITE)
    built = build(root)
    (root / "mkdocs.yml").write_text(f"{MATERIAL}{NAV}", encoding="utf-8")
    assert outside(built) == outside(build(root, "without"))
    assert {"guide/stones/index.html", "guide/wheel/index.html", "extra.css", "404.html"} <= built.keys()
    ours = {path.removeprefix("kb/") for path in built if path.startswith("kb/")}
    assert {"index.html", "articles/grist/index.html", "old-tolls/index.html", "table.csv", "search/index.html"} <= ours
    assert "articles/grist.md" not in ours
    assert "robots.txt" not in ours, "robots look at the root of a host only"


def test_without_nav_the_folder_is_not_in_it(make_site: MakeSite) -> None:
    root = make_site({**SITE, "mkdocs.yml": f"{MATERIAL}{OURS}"})
    built = build(root)
    assert not [href for href in links(built, "guide/stones/index.html").values() if "/kb/" in href]
    shutil.rmtree(root / "docs/kb")
    (root / "mkdocs.yml").write_text(MATERIAL, encoding="utf-8")
    assert outside(built) == outside(build(root, "without"))


def test_site_builder_writes_the_same_folder(make_site: MakeSite) -> None:
    root = make_site(SITE)
    theirs = {p.removeprefix("kb/"): data for p, data in build(root, "theirs").items() if p.startswith("kb/")}
    for arguments, folder in (([], "site/kb"), (["--out", "own"], "own")):
        with contextlib.chdir(root):
            done = CliRunner().invoke(main, ["build", "--strict", "--date", str(DATE), *arguments])
        assert done.exit_code == 0, done.output
        assert files(root / folder) == theirs
    assert not list(root.rglob(".*-staging-*"))


def test_nav_may_name_our_pages(make_site: MakeSite) -> None:
    nav = """\
nav:
  - index.md
  - Knowledge:
    - kb/index.md
    - kb/articles/grist.md
    - Duties: kb/articles/tolls.md
    - kb/topics/
    - All of them: kb/articles/index.md
    - Feed: kb/feed.xml
    - Sieves: kb/tools/sieve.md
"""
    root = make_site({**SITE, "mkdocs.yml": f"{MATERIAL}{OURS}{nav}"})
    built = build(root, "site", "--strict")
    found = links(built, "guide/stones/index.html")
    assert found["Grist"] == "/kb/articles/grist/"
    assert found["Duties"] == "/kb/articles/tolls/"
    assert found["Topics"] == "/kb/topics/"
    assert found["All of them"] == "/kb/articles/"
    assert found["Feed"] == "/kb/feed.xml"
    assert found["Sieves"] == "/kb/tools/#sieve"
    assert "/kb/" in found.values()
    assert "None" not in found


def test_nav_with_a_page_that_is_not_there(make_site: MakeSite) -> None:
    hidden = article("Not yet", status="draft")
    nav = "nav: [index.md, {Gone: kb/articles/gone.md}, {Hidden: kb/articles/hidden.md}]\n"
    root = make_site({**SITE, "docs/kb/articles/hidden.md": hidden, "mkdocs.yml": f"{MATERIAL}{OURS}{nav}"})
    done = run("mkdocs", root, "build", "--strict")
    assert done.returncode == 1
    assert "'kb/articles/gone.md' is included in the 'nav'" in done.stderr
    assert "'kb/articles/hidden.md' is included in the 'nav'" in done.stderr
    assert "Traceback" not in done.stderr


def test_pages_of_mkdocs_link_to_ours(make_site: MakeSite) -> None:
    text = """# Wheel

[article](../kb/articles/grist.md), [part](../kb/articles/grist.md#sorting), [tool](../kb/tools/sieve.md),
[home](../kb/), [list](../kb/articles/), [table](../kb/static/table.csv), [by address](../kb/articles/tolls/)
"""
    root = make_site({**SITE, "docs/guide/wheel.md": text})
    found = links(build(root, "site", "--strict"), "guide/wheel/index.html")
    assert found["article"] == found["part"].removesuffix("#sorting") == "/kb/articles/grist/"
    assert found["tool"] == "/kb/tools/#sieve"
    assert found["home"] == "/kb/"
    assert found["list"] == "/kb/articles/"
    assert found["table"] == "/kb/table.csv"
    assert found["by address"] == "/kb/articles/tolls/"
    write_files(root, {"docs/guide/wheel.md": "[a](../kb/articles/grist.md#nowhere) [b](../kb/articles/gone.md)\n"})
    said = run_well("mkdocs", root, "build")
    assert "does not contain an anchor '#nowhere'" in said
    assert "'kb/articles/gone.md' is not found" in said


@pytest.mark.parametrize("directory_urls", [True, False])
@pytest.mark.parametrize("folder", ["kb", "deep/er"])
def test_our_pages_link_to_those_of_mkdocs(folder: str, directory_urls: bool, make_site: MakeSite) -> None:
    up = "../" * (folder.count("/") + 2)
    body = f"""[file]({up}guide/stones.md#how), [home]({up}index.md), [style]({up}extra.css),
[whole](/guide/stones/),
[own](/{folder}/articles/tolls/), ![picture]({up}picture.svg)
"""
    moved = {path.replace("docs/kb/", f"docs/{folder}/"): text for path, text in KNOWLEDGE.items()}
    settings = f"{MATERIAL}  - site_builder: {{folder: {folder}}}\nuse_directory_urls: {str(directory_urls).lower()}\n"
    if not directory_urls:
        body = body.replace("/guide/stones/)", "/guide/stones.html)")
    root = make_site(
        {**GUIDE, **moved, f"docs/{folder}/articles/ways.md": article("Ways", body), "mkdocs.yml": settings}
    )
    assert check(root) == []
    built = build(root, "site", "--strict")
    found = links(built, f"{folder}/articles/ways/index.html")
    stones = "/guide/stones/" if directory_urls else "/guide/stones.html"
    assert found["file"] == f"{stones}#how"
    assert found["whole"] == stones
    assert found["home"] == ("/" if directory_urls else "/index.html")
    assert found["style"] == "/extra.css"
    assert found["own"] == f"/{folder}/articles/tolls/"
    for address in ("file", "home", "style", "own"):
        path = found[address].removeprefix("/").partition("#")[0]
        assert (f"{path}index.html" if path.endswith("/") or not path else path) in built
    assert f'src="{"../" * (folder.count("/") + 3)}picture.svg"' in built[f"{folder}/articles/ways/index.html"].decode()
    assert f"https://example.org/mill{stones}" in built[f"{folder}/articles/ways/index.md"].decode()


def test_a_page_that_is_gone_or_excluded_is_a_finding(make_site: MakeSite) -> None:
    body = "[a](../../guide/gone.md), [b](../../guide/wheel.md)\n"
    root = make_site({**SITE, "docs/kb/articles/ways.md": article("Ways", body)})
    write_files(root, {"mkdocs.yml": f"{MATERIAL}{OURS}{NAV}exclude_docs: guide/wheel.md\n"})
    found = check(root)
    assert len(found) == 2
    assert 'no file "docs/guide/gone.md" [link-missing]' in found[0]
    assert 'no file "docs/guide/wheel.md" [link-missing]' in found[1]


MOVING: Final = """
def on_files(files, config):
    files.get_file_from_path("guide/wheel.md").dest_uri = "elsewhere/index.html"
    return files
"""
"""What a plugin does that gives pages other addresses, as those for blogs and languages do."""


def test_a_page_that_another_plugin_moved_is_a_warning(make_site: MakeSite) -> None:
    body = "A [link](../../guide/wheel.md), [another](../../guide/stones.md).\n"
    root = make_site({**SITE, "docs/kb/articles/ways.md": article("Ways", body), "hook.py": MOVING})
    write_files(root, {"mkdocs.yml": f"{MATERIAL}{OURS}{NAV}hooks: [hook.py]\n"})
    assert check(root) == []
    done = run("mkdocs", root, "build", "--strict")
    assert done.returncode == 1
    assert done.stderr.count("did not publish") == 1
    assert 'docs/kb/articles/ways.md:8:10: this links to "guide/wheel/index.html"' in done.stderr


def test_incremental_builds_follow_the_pages_of_mkdocs(make_site: MakeSite) -> None:
    root = make_site({**SITE, "docs/kb/articles/ways.md": article("Ways", "[a](../../guide/wheel.md)\n")})
    assert check(root) == []
    (root / "docs/guide/wheel.md").unlink()
    with contextlib.chdir(root):
        done = CliRunner().invoke(main, ["build"])
    assert done.exit_code == 1
    assert "[link-missing]" in done.output


def test_sitemap_and_search_of_the_whole_site(make_site: MakeSite) -> None:
    hidden = {"docs/kb/articles/quiet.md": article("Quiet", unlisted=True)}
    built = build(make_site({**SITE, **hidden, "docs/kb/articles/signs.md": article("A < B & C")}))
    sitemap = built["sitemap.xml"].decode()
    assert gzip.decompress(built["sitemap.xml.gz"]).decode() == sitemap
    addresses = re.findall(r"<loc>(.*?)</loc>", sitemap)
    assert len(addresses) == len(set(addresses))
    assert {"https://example.org/mill/guide/wheel/", "https://example.org/mill/kb/articles/grist/"} <= set(addresses)
    assert not [a for a in addresses if "quiet" in a]
    own = re.findall(r"<loc>(.*?)</loc>", built["kb/sitemap.xml"].decode())
    assert set(own) <= set(addresses)
    entries = {e["location"]: e for e in json.loads(built["search/search_index.json"])["docs"]}
    assert entries["kb/articles/grist/"]["title"] == "Grist"
    assert "By hand." in entries["kb/articles/grist/"]["text"]
    assert entries["kb/articles/signs/"]["title"] == "A &lt; B &amp; C", "Material shows it as HTML"
    assert "kb/articles/quiet/" not in entries
    assert "Sieve" in entries["kb/tools/"]["text"]
    assert [e for e in entries if "#" in e and e.partition("#")[0] not in entries] == [], "Material's search needs both"
    assert "guide/wheel/" in entries


def test_sitemap_that_pages_of_the_theme_read(make_site: MakeSite) -> None:
    """Material loads the pages in it without a reload, which works with its own pages only."""
    settings = f"{MATERIAL}{OURS}".replace("navigation.footer", "navigation.instant")
    built = build(make_site({**SITE, "mkdocs.yml": settings}))
    assert b"/kb/" not in built["sitemap.xml"]
    assert b"/kb/articles/grist/" in built["kb/sitemap.xml"]


def test_without_search_of_ours_theirs_does_not_find_our_pages(make_site: MakeSite) -> None:
    settings = f"{MATERIAL}  - site_builder: {{folder: kb, search: false}}\n"
    built = build(make_site({**SITE, "mkdocs.yml": settings}))
    assert "kb/" not in built["search/search_index.json"].decode()


def test_settings(make_site: MakeSite) -> None:
    """Those of MkDocs count for MkDocs; the folder has a name of its own."""
    own = "  - site_builder:\n      folder: kb/\n      site_name: Mill knowledge\n      site_description: On mills.\n"
    root = make_site({**SITE, "mkdocs.yml": f"{MATERIAL}{own}{NAV}extra: {{social: []}}\nuse_directory_urls: false\n"})
    assert check(root) == []
    site = load(root)
    config = site.config
    site.close()
    assert (config.content, config.docs) == ("docs/kb", "docs")
    assert config.url == "https://example.org/mill/kb/"
    assert (config.name, config.description) == ("Mill knowledge", "On mills.")
    assert config.copyright == "Copyright © 2026 The millers"
    shown = build(root)["kb/articles/grist/index.html"].decode()
    assert "https://github.com/millers/handbook/edit/main/docs/kb/articles/grist.md" in shown


def test_patterns_are_relative_to_docs_dir(make_site: MakeSite) -> None:
    settings = f"{MATERIAL}{OURS}exclude_docs: |\n  kb/articles/tolls.md\n  articles/grist.md\ndraft_docs: kb/pages/\n"
    root = make_site({**SITE, "docs/kb/articles/grist.md": article("Grist"), "mkdocs.yml": settings})
    site = load(root)
    known = {d.permalink for d in site.corpus.documents()}
    site.close()
    assert "/articles/grist/" in known
    assert not {"/articles/tolls/", "/about/"} & known


def test_templates_of_the_other_theme_are_not_ours(make_site: MakeSite) -> None:
    override = '{% extends "base.html" %}{% block announce %}Closed on Sundays{% endblock %}'
    settings = MATERIAL.replace("  name: material\n", "  name: material\n  custom_dir: templates\n")
    root = make_site(
        {**SITE, "templates/main.html": override, "templates/404.html": "gone", "mkdocs.yml": settings + OURS}
    )
    built = build(root)
    assert b"Closed on Sundays" in built["guide/wheel/index.html"]
    assert built["kb/404.html"] != b"gone"
    assert b"Closed on Sundays" not in built["kb/articles/grist/index.html"]


def test_own_templates_change_the_folder_only(make_site: MakeSite) -> None:
    root = make_site({**SITE, "templates/topic.html": "<body>{{ page.title }} of ours</body>"})
    assert build(root)["kb/topics/trade/index.html"] == b"<body>Trade of ours</body>"


BROKEN: Final = {"docs/kb/articles/broken.md": article("Broken", "[x](nothing.md)\n")}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (BROKEN, "docs/kb/articles/broken.md:8:5: error:"),
        ({"docs/kb.md": "# Knowledge\n"}, '"docs/kb.md" would be published at "kb/"'),
        ({"mkdocs.yml": MATERIAL + OURS.replace("kb", "k")}, 'there is no folder "docs/k"'),
        ({"mkdocs.yml": MATERIAL + OURS.replace("kb", "docs/kb")}, 'write "kb"'),
        ({"mkdocs.yml": MATERIAL + OURS.replace("kb", "guide")}, "[documents-missing]"),
        ({"mkdocs.yml": f"{MATERIAL}  - site_builder\n"}, 'mkdocs.yml:7:3: error: the theme is "material"'),
        ({"mkdocs.yml": "site_name: A\nplugins: [site_builder]\n"}, "[documents-missing]"),
        ({"mkdocs.yml": f"{MATERIAL}{OURS}exclude_docs: kb/\n"}, "docs/kb/ has no documents"),
        ({"mkdocs.yml": f"{MATERIAL}{OURS}  - site_builder: {{folder: guide}}\n"}, "is listed 2 times"),
        ({"mkdocs.yml": MATERIAL + OURS.replace("kb", "..")}, "which is not the name of a folder inside docs_dir"),
    ],
)  # fmt: skip
def test_what_is_wrong_stops_it_before_anything_is_emptied(changed: Files, said: str, make_site: MakeSite) -> None:
    root = make_site({**SITE, "site/index.html": "before"})
    before = stamps(root / "site")
    write_files(root, changed)
    done = run_here(root, "build", "-q")
    assert done.exit_code == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert stamps(root / "site") == before
    with contextlib.chdir(root):
        ours = CliRunner().invoke(main, ["check"])
    assert ours.exit_code != 0
    assert said in ours.output


def test_a_file_in_the_place_of_the_site_is_a_finding(make_site: MakeSite) -> None:
    root = make_site({**SITE, "site": "in the way"})
    done = run("mkdocs", root, "build", "-q")
    assert done.returncode == 1
    assert 'the site cannot be written to "site": "site" is not a folder' in done.stderr
    assert "Traceback" not in done.stderr


def test_a_cache_in_the_way_is_a_warning(make_site: MakeSite) -> None:
    root = make_site({**SITE, ".cache": "in the way"})
    assert run("mkdocs", root, "build").stderr.count("[cache-unwritable]") == 1
    assert (root / "site/kb/index.html").is_file()


def test_stray_markdown_in_a_site_of_ours_stays_a_warning(make_site: MakeSite) -> None:
    root = make_site({"content/index.md": "# Not ours\n", "content/articles/a.md": article("A")})
    (found,) = check(root)
    assert found.startswith('content/index.md:1:1: warning: "content/index.md" is not in a folder for documents')


def test_strict_counts_our_warnings(make_site: MakeSite) -> None:
    root = make_site({**SITE, "docs/kb/articles/wanting.md": article("Wanting", "[[nobody]]\n")})
    done = run("mkdocs", root, "build", "--strict")
    assert done.returncode == 1
    assert "[target-wanted]" in done.stderr
    assert not (root / "site").exists()


CLASHING: Final = """
from mkdocs.structure.files import File

def on_files(files, config):
    files.append(File.generated(config, "kb/articles/tolls.md", content="# Mine"))
    files.append(File.generated(config, "kb/reports/year.md", content="# The year"))
    return files
"""


def test_what_other_plugins_generate_in_the_folder(make_site: MakeSite) -> None:
    root = make_site({**SITE, "hook.py": CLASHING, "mkdocs.yml": f"{MATERIAL}{OURS}hooks: [hook.py]\n"})
    said = run_well("mkdocs", root, "build")
    assert "'kb/articles/tolls.md' is replaced by a page of ours at 'kb/articles/tolls/index.html'" in said
    built = files(root / "site")
    assert b"Mine" not in built["kb/articles/tolls/index.html"]
    assert b"The year" in built["kb/reports/year/index.html"]


def test_commands_edit_the_folder(make_site: MakeSite) -> None:
    root = make_site(SITE)
    with contextlib.chdir(root):
        moved = CliRunner().invoke(main, ["mv", "tolls", "duties"])
        assert moved.exit_code == 0, moved.output
        urls = CliRunner().invoke(main, ["urls"])
    assert "[[duties]]" in (root / "docs/kb/articles/grist.md").read_text(encoding="utf-8")
    assert "/articles/tolls/ -> /articles/duties/" in urls.output


def test_urls_of_the_folder_in_a_sitemap_of_the_whole_site(make_site: MakeSite) -> None:
    root = make_site(SITE)
    build(root)
    elsewhere = ["--site-url", "https://millers.example/"]
    with contextlib.chdir(root):
        for since in ("site", "site/kb"):
            for arguments in ([], elsewhere):
                done = CliRunner().invoke(main, ["urls", "--since", since, *arguments])
                assert "earlier addresses are pages or redirects" in done.output
        (root / "docs/kb/articles/tolls.md").unlink()
        done = CliRunner().invoke(main, ["urls", "--since", "site"])
    assert "error: /articles/tolls/ was published but is neither a page nor a redirect now" in done.output
    assert "1 of " in done.output


def test_serve_follows_edits_in_both_parts(make_site: MakeSite, tmp_path: Path) -> None:
    root = make_site(SITE)
    log = tmp_path / "log.txt"
    with served("mkdocs", root, log, "mill/") as url:
        wait_for(lambda: "Grist" in fetch(f"{url}kb/articles/grist/"), "the first page")
        assert "Dress them twice" in fetch(f"{url}guide/stones/")
        write_files(root, {"docs/kb/articles/grist.md": article("Finer grist")})
        wait_for(lambda: "Finer grist" in fetch(f"{url}kb/articles/grist/"), "an edit of ours")
        write_files(root, {"docs/guide/stones.md": "# Stones\n\nDress them weekly.\n"})
        wait_for(lambda: "Dress them weekly" in fetch(f"{url}guide/stones/"), "an edit of theirs")
        write_files(root, BROKEN)
        wait_for(lambda: "[link-missing]" in log.read_text(encoding="utf-8"), "a finding")
    assert "Traceback" not in log.read_text(encoding="utf-8")


def test_our_server_has_the_folder_at_its_address(make_site: MakeSite) -> None:
    from site_builder.config import Overrides
    from site_builder.serve.live import Live

    live = Live(make_site(SITE) / "mkdocs.yml", Overrides(site_url="http://127.0.0.1/", date=DATE, jobs=1))
    live.load()
    for url, to in (("/", b"/kb/"), ("/kb", b"/kb/"), ("/kb/articles/grist", b"/kb/articles/grist/")):
        answer = live.answer(url)
        assert (answer.status, answer.data) == (301, to)
    assert b"Grist" in live.answer("/kb/articles/grist/").data
    assert live.answer("/guide/stones/").status == 404


def git(root: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
    command = ["git", *identity, *arguments]
    return subprocess.run(command, cwd=root, capture_output=True, timeout=60, check=True, text=True).stdout


def deploy(root: Path, day: int = 0) -> int:
    """`mkdocs gh-deploy` some days later; the number of commits there are then."""
    epoch = str(int(environ()["SOURCE_DATE_EPOCH"]) + day * 86_400)
    identity = {f"GIT_{who}_{what}": "t@e.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "gh-deploy", "--force", "-q"],
        cwd=root, env={**environ(), **identity, "SOURCE_DATE_EPOCH": epoch},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return int(git(root, "--git-dir", str(root.parent / "bare.git"), "rev-list", "--count", "gh-pages"))


def test_gh_deploy_of_an_unchanged_site_adds_no_commit(make_site: MakeSite) -> None:
    root = make_site({**SITE, ".gitignore": "site/\n.cache/\n"})
    bare = root.parent / "bare.git"
    git(root, "init", "--quiet", "--bare", str(bare))
    git(root, "init", "--quiet")
    git(root, "remote", "add", "origin", str(bare))
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "start")
    git(root, "push", "--quiet", "origin", "HEAD:main")
    assert [deploy(root), deploy(root), deploy(root, day=1)] == [1, 1, 1]
    write_files(root, {"docs/guide/wheel.md": "# The wheel turns\n"})
    assert [deploy(root), deploy(root)] == [2, 2]
    (root / "docs/kb/articles/tolls.md").unlink()
    write_files(root, {"docs/kb/articles/grist.md": article("Grist", topics=["trade"])})
    assert [deploy(root), deploy(root)] == [3, 3]
    git(root, "--git-dir", str(bare), "update-ref", "refs/heads/gh-pages", "gh-pages~1")  # somebody took it back
    assert deploy(root) > 2
    shallow = root.parent / "shallow"
    git(root, "clone", "--quiet", "--depth=1", "--single-branch", "--branch=main", bare.as_uri(), str(shallow))
    write_files(
        shallow, {path: (root / path).read_text() for path in ("docs/guide/wheel.md", "docs/kb/articles/grist.md")}
    )
    (shallow / "docs/kb/articles/tolls.md").unlink()
    count = deploy(root)
    assert deploy(shallow) == count
    assert "gh-pages" not in git(shallow, "branch", "--all")

"""`diff`: what a change does to the site, told from revisions and folders, in every format."""

import json
import os
import re
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest
from click.testing import CliRunner, Result

from site_builder.cli import main
from tests.helpers.output import files
from tests.helpers.site import DATE, MKDOCS_YML, MakeSite, article, page, topic, write_files
from tests.helpers.sites import png

BODY: Final = "One two three four five. See [[b]].\n\n![A square](square.png)\n"
SITE: Final[dict[str, str | bytes]] = {
    "content/articles/a.md": article("Alpha", BODY, topics=["t"], similar=["b"]),
    "content/articles/b.md": article("Beta", "Another text about something else.\n", topics=["t"]),
    "content/articles/c.md": article("Gamma", topics=["t"]),
    "content/articles/square.png": png(4, 4),
    "content/topics/t.md": topic("Tee"),
    "content/topics/u.md": topic("You"),
}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def commit(root: Path) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "A")


@pytest.fixture
def site(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in {"CONFIG_GLOBAL": os.devnull, "CONFIG_SYSTEM": os.devnull}.items():
        monkeypatch.setenv(f"GIT_{name}", value)
    root = make_site({**SITE, ".gitignore": "/.cache/\n/site/\n"})
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "config", "user.name", "A")
    git(root, "config", "user.email", "a@example.org")
    commit(root)
    monkeypatch.chdir(root)
    return root


def diff(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["diff", "--date", str(DATE), "--jobs", "1", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def as_json(*arguments: str) -> Any:
    result = diff("--format", "json", *arguments)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def changed(found: Any, effect: str) -> dict[str, Any]:
    return {one["url"]: one for one in found["documents"] if one["effect"] == effect}


def test_nothing_changed(site: Path):
    assert "Readers will see no difference." in diff().stdout
    assert as_json()["is_empty"]
    assert git(site, "status", "--porcelain") == ""


def test_says_in_words_what_changed(site: Path):
    fields = {"topics": ["u"], "similar": ["c", {"to": "b", "why": "it is newer"}], "date": "2026-06-04"}
    write_files(site, {"content/articles/a.md": article("Alpha", BODY.replace("three", "3 and"), **fields)})
    one = changed(as_json(), "changed")["/articles/a/"]
    assert one["text"]["places"] == [
        {"before": "One two", "removed": "three", "added": "3 and", "after": "four five. See Beta."}
    ]
    said = {f["field"]: (f["removed"], f["added"]) for f in one["fields"]}
    assert said == {
        "date": (["2026-06-03"], ["2026-06-04"]),
        "topics": (["Tee"], ["You"]),
        "similar": (["Beta"], ["Gamma", "Beta (it is newer)"]),
    }
    text = diff().stdout
    assert "One two [-three-] {+3 and+} four five. See Beta." in text
    assert "topics: Tee → You" in text


def test_pages_come_and_go_for_a_reason(site: Path):
    write_files(
        site,
        {
            "content/articles/a.md": article("Alpha", BODY, status="draft"),
            "content/articles/d.md": article("Delta"),
            "content/articles/e.md": article("Epsilon", publish="2026-07-09"),
            "content/pages/about.md": page("About", status="draft"),
        },
    )
    (site / "content/articles/c.md").unlink()
    found = as_json()
    assert set(changed(found, "added")) == {"/articles/d/"}
    assert {url: one["presence"] for url, one in changed(found, "removed").items()} == {
        "/articles/a/": "draft",
        "/articles/c/": None,
    }
    assert {one["url"] for one in found["lost"]} >= {"/articles/a/", "/articles/c/"}
    assert [(one["url"], one["day"], one["is_new"]) for one in found["embargoes"]] == [
        ("/articles/e/", "2026-07-09", True)
    ]
    assert set(changed(found, "hidden")) == {"/articles/e/", "/about/"}
    assert "content/articles/b.md" not in {one["path"] for one in found["documents"]}
    text = diff().stdout
    assert '"Alpha" (it is a draft now)' in text
    assert '"Gamma" (the file was deleted)' in text
    assert "appears on 2026-07-09 (new)" in text
    assert re.search(r"hint: publish content/articles/a\.md again", text)


@pytest.mark.parametrize("by", ["redirect", "text", "title"])
def test_a_renamed_page_is_one_that_changed(site: Path, by: str):
    text = " ".join(f"word{n}" for n in range(30))
    write_files(site, {"content/articles/old.md": article("Old", text)})
    commit(site)
    (site / "content/articles/old.md").unlink()
    new = {
        "redirect": article("Another", "Something else.\n", aliases=["/articles/old/"]),
        "text": article("Another", text),
        "title": article("Old", "Something else.\n"),
    }
    write_files(site, {"content/articles/new.md": new[by]})
    found = as_json()
    assert changed(found, "changed")["/articles/new/"]["former_url"] == "/articles/old/"
    assert not changed(found, "added")
    assert not changed(found, "removed")
    assert ("/articles/old/" in {one["url"] for one in found["lost"]}) == (by != "redirect")
    assert bool(found["redirects"]) == (by == "redirect")
    hints = {one["url"]: one["hint"] for one in found["lost"]}
    expected = 'add "/articles/old/" to the aliases of content/articles/new.md, which is at /articles/new/ now'
    assert hints.get("/articles/old/", expected) == expected


def test_an_address_that_a_server_answers_in_another_way_is_not_lost(site: Path):
    write_files(site, {"content/articles/b.md": article("Beta", aliases=["/old/index.html", "/gone/"])})
    commit(site)
    write_files(site, {"content/articles/b.md": article("Beta"), "content/pages/old.md": page("Old")})
    assert [one["url"] for one in as_json()["lost"]] == ["/gone/"]


def test_a_redirect_that_goes_is_an_address_lost(site: Path):
    write_files(site, {"content/articles/b.md": article("Beta", aliases=["/old/"])})
    commit(site)
    write_files(site, {"content/articles/b.md": article("Beta")})
    assert [one["url"] for one in as_json()["lost"]] == ["/old/"]


def test_another_spelling_of_front_matter_is_no_change_for_readers(site: Path):
    file = site / "content/articles/b.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("date: '2026-06-03'", "date: 2026-06-03 # checked"), encoding="utf-8")
    assert file.read_text(encoding="utf-8") != text
    found = as_json()
    assert [one["effect"] for one in found["documents"]] == ["spelling"]
    assert found["files"]["changed"] == []


def test_findings_on_other_lines_are_not_new(site: Path):
    write_files(site, {"content/articles/b.md": article("Beta", "[[nobody]]\n")})
    commit(site)
    write_files(site, {"content/articles/b.md": article("Beta", "Before.\n\n[[nobody]] [x](gone.md)\n")})
    found = as_json()
    assert [one["code"] for one in found["findings"]] == ["link-missing"]
    assert "this folder has 1 error" in diff().stdout
    assert not found["files"]["is_exact"]
    write_files(site, {"content/articles/b.md": article("Beta", "Text.\n")})
    assert [one["code"] for one in as_json()["findings_gone"]] == ["target-wanted"]


def test_related_lists_that_move(site: Path):
    words = "hospital algorithm triage deterioration radiology sepsis oncology cardiology registry cohort " * 4
    write_files(site, {f"content/articles/r{n}.md": article(f"R{n}", words, topics=["t"]) for n in range(3)})
    commit(site)
    write_files(site, {"content/articles/r3.md": article("R3", f"{words} ward.\n", topics=["t"])})
    (site / "content/articles/r0.md").unlink()
    moves = {one["url"]: one for one in as_json()["related"]}
    assert [(one["title"], one["cause"]) for one in moves["/articles/r1/"]["came"]] == [
        ("R2", "other articles have changed")
    ]
    assert moves["/articles/r1/"]["came"][0]["reasons"]
    assert [(one["title"], one["cause"]) for one in moves["/articles/r1/"]["left"]] == [
        ("R0", "it is no longer on the site")
    ]
    git(site, "checkout", "--quiet", "content")
    write_files(site, {"content/articles/r1.md": article("R1", words, topics=["t"], similar=["r0"])})
    moves = {one["url"]: one for one in as_json()["related"]}
    assert ("R0", "the editor lists it under similar now") in {
        (one["title"], one["cause"]) for one in moves["/articles/r1/"]["left"]
    }


def test_settings_that_change(site: Path):
    write_files(site, {"mkdocs.yml": MKDOCS_YML.replace("example.org", "other.example") + "site_author: Me\n"})
    found = as_json()
    assert found["base"]["site_url"] != found["head"]["site_url"]
    assert found["documents"] == []
    assert "articles/a/index.html" in {one["path"] for one in found["files"]["changed"]}
    assert "The address of the site changes" in diff().stdout
    assert as_json("--site-url", "https://one.example/")["head"]["site_url"] == "https://one.example/"


def test_sides_may_be_revisions_or_folders(site: Path, tmp_path_factory: pytest.TempPathFactory):
    write_files(site, {"content/articles/d.md": article("Delta")})
    commit(site)
    expected = as_json("HEAD~1", "HEAD")["documents"]
    assert [one["url"] for one in expected] == ["/articles/d/"]
    folder = tmp_path_factory.mktemp("before")
    write_files(folder, {"mkdocs.yml": MKDOCS_YML, **SITE})
    assert as_json(str(folder), ".")["documents"] == expected
    assert as_json(str(folder), "main")["documents"] == expected
    git(site, "checkout", "--quiet", "-b", "other", "HEAD~1")
    assert as_json("--merge-base", "main")["documents"] == []
    assert [one["effect"] for one in as_json("main")["documents"]] == ["removed"]


def test_a_revision_without_a_site(site: Path):
    git(site, "checkout", "--quiet", "--orphan", "empty")
    git(site, "rm", "--quiet", "-r", "--cached", ".")
    git(site, "commit", "--quiet", "--allow-empty", "-m", "Nothing")
    result = diff("empty", "main")
    assert "There is no site in empty" in result.stdout
    assert set(changed(as_json("empty", "main"), "added")) >= {"/articles/a/", "/topics/t/"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], 'the repository has no revision "nowhere"'),
        (["mian"], 'did you mean "main"?'),
        (["content"], 'the folder "content" has no mkdocs.yml'),
        (["./gone"], 'has no revision "./gone"'),
        (["--merge-base", "main", "./"], "--merge-base is about two revisions"),
        (["--format", "yaml"], "Invalid value"),
        (["HEAD~7"], 'has no revision "HEAD~7"'),
    ],
)
def test_what_cannot_be_compared_is_said(site: Path, arguments: list[str], said: str):
    assert (site / "mkdocs.yml").is_file()
    result = diff(*arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())


def test_settings_of_a_revision_that_cannot_be_used(site: Path):
    write_files(site, {"mkdocs.yml": "site_name: [\n"})
    commit(site)
    write_files(site, {"mkdocs.yml": MKDOCS_YML})
    result = diff()
    assert result.exit_code == 2
    assert "[settings]" in result.output
    assert "the settings of HEAD" in result.output


def test_without_git_folders_are_compared(site: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    assert diff(".", ".").exit_code == 0
    output = diff().output
    assert "Git is not installed" in output
    assert "compare two folders" in output
    assert (site / ".git").exists()


def test_a_known_revision_is_not_read_again(site: Path, monkeypatch: pytest.MonkeyPatch):
    write_files(site, {"content/articles/d.md": article("Delta")})
    before = as_json()

    def refuse(*_: object, **__: object) -> Path:
        raise AssertionError("a revision was written to the disk")

    monkeypatch.setattr("site_builder.editions.side.write_revision", refuse)
    assert as_json() == before


def test_few_editions_are_kept_and_that_of_the_base_among_them(site: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("site_builder.editions.kept_editions.MOST", 3)
    for number in range(4):
        write_files(site, {"content/articles/d.md": article(f"Delta {number}")})
        diff()
        if number == 0:
            monkeypatch.setattr("site_builder.editions.side.write_revision", lambda *_, **__: pytest.fail("read again"))
    (database,) = (site / ".cache/site_builder").glob("memo-*.sqlite")
    with closing(sqlite3.connect(database)) as opened:
        assert opened.execute("SELECT count(*) FROM editions").fetchone()[0] <= 4


def test_what_the_environment_says_is_read_each_time(site: Path, monkeypatch: pytest.MonkeyPatch):
    write_files(site, {"mkdocs.yml": MKDOCS_YML.replace("Test site", "!ENV [NAME, 'None']")})
    commit(site)
    monkeypatch.setenv("NAME", "First")
    assert as_json()["base"]["site_name"] == "First"
    monkeypatch.setenv("NAME", "Second")
    assert as_json()["base"]["site_name"] == "Second"


def test_the_checkout_and_the_site_folder_stay_as_they_are(site: Path):
    write_files(site, {"content/articles/d.md": article("Delta")})
    before = {k: v for k, v in files(site).items() if not k.startswith(".cache/")}
    diff("--html", str(site.parent / "out.html"))
    assert {k: v for k, v in files(site).items() if not k.startswith(".cache/")} == before
    assert git(site, "worktree", "list").count("\n") == 0


HOSTILE: Final = (
    '<script>alert(1)</script> <img src=x onerror="alert(1)"> <a href="javascript:alert(1)">x</a>'
    ' <svg onload="alert(1)"></svg> <iframe src="https://evil.example/"></iframe> <style>body{display:none}</style>\n\n'
    "![p](https://evil.example/p.png) <form action=x><input></form> </div></section></article></body>\n"
)


class TestHtml:
    def written(self, site: Path, *arguments: str) -> str:
        file = site.parent / "made/changes.html"
        result = diff("--html", str(file), *arguments)
        assert result.exit_code == 0, result.output
        return file.read_text(encoding="utf-8")

    def test_shows_each_page_before_and_after(self, site: Path):
        write_files(site, {"content/articles/a.md": article("Alpha two", BODY.replace("three", "3"), topics=["t"])})
        html = self.written(site)
        assert "<h3>Alpha</h3>" in html
        assert "<h3>Alpha <ins>two</ins></h3>" in html
        assert "<p>One two <del>three</del> four five." in html
        assert "<p>One two <ins>3</ins> four five." in html
        assert html.count('<img src="data:image/png;base64,') == 2
        assert 'title="/articles/b/">Beta</a>' in html

    def test_needs_nothing_else(self, site: Path):
        write_files(site, {"content/articles/a.md": article("Alpha", "New.\n")})
        html = self.written(site)
        assert not re.findall(r'(?:src|href|srcset)="(?!data:)[^"]*"|@import|url\(', html)
        assert "<script" not in html
        assert "prefers-color-scheme: dark" in html

    def test_what_others_write_does_not_run(self, site: Path):
        write_files(
            site, {"content/articles/a.md": article("<script>alert(2)</script>", HOSTILE, summary="<b onclick=x>")}
        )
        html = self.written(site, "--untrusted")
        tags = re.findall(r"<(?!/)[^>]*>", html.partition("</style>")[2])
        assert not [tag for tag in tags if re.match(r"<(?:script|iframe|form|input|style|svg|link|base|object)\b", tag)]
        assert not [tag for tag in tags if re.search(r"\son\w+=|javascript:|\ssrc=\"?http", tag)]
        assert html.count("</article>") == html.count("<article ")
        assert "default-src 'none'; style-src 'sha256-" in html
        assert "&lt;script&gt;" in html

    def test_a_folder_that_leads_out_is_refused(self, site: Path):
        (site / "out").symlink_to(site.parent)
        result = diff("--untrusted", "--html", "out/changes.html")
        assert result.exit_code == 2
        assert "[untrusted-path]" in result.output
        assert not (site.parent / "changes.html").exists()


def test_an_untrusted_revision_runs_no_code(site: Path, tmp_path_factory: pytest.TempPathFactory):
    mark = tmp_path_factory.mktemp("mark") / "ran"
    write_files(site, {"mkdocs.yml": MKDOCS_YML + f"extra: !!python/object/apply:os.system ['touch {mark}']\n"})
    commit(site)
    write_files(site, {"mkdocs.yml": MKDOCS_YML})
    result = diff("--untrusted")
    assert result.exit_code == 2
    assert "[untrusted-code]" in result.output
    assert not mark.exists()

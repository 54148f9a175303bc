"""The browser form in Chromium, in front of an API like GitHub's: an editor signs in, changes an article and saves it.

What is saved passes `check`, and no byte changes that the editor did not.
"""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from site_builder.cli import main
from site_builder.content.schema import folder_of
from site_builder.content.vocabulary import Kind
from tests.helpers.browser import serve
from tests.helpers.fake_github import BRANCH, REPOSITORY, TOKEN, FakeGitHub, fake_github
from tests.helpers.form_package import form_archives
from tests.helpers.links import Tree
from tests.helpers.site import article, check, topic, write_site

SECONDS: Final = 30
"""A commit is there within two on a quiet machine."""
ONE: Final = """\
---
title: "Yes"   # not the answer
# the day of the talk
date: 2026-06-03   # of the source
summary: 'One: two #3'
source: {name: "12:30", url: https://example.org/a, language: "no"}
topics: [privacy]
similar: [two, {to: three, why: "because: it", kind: background}]   # by hand
aliases: [/2026/06/old/]
feed_id: "0123"
status:   published
provenance: {sha256: abc}
---

Body with [[two]] and [[three|x]], $a_b$, `code`.

| a | b |
|---|---|
| 1 | 2 |

* list
    * deeper

The end.
"""
SETTINGS: Final = """\
site_name: A site
site_url: https://example.org/kb/
docs_dir: content
theme: site_builder
plugins:
  - site_builder:
      form: {{backend: github, repo: {repo}, branch: {branch}, api: "{api}/api/v3", review: {review}}}
"""


@dataclass
class Editing:
    """A site with a form in a browser, and the repository behind it."""

    page: Page
    base: str
    github: FakeGitHub
    asked: list[str]
    """Origins of all requests that were not blocked."""

    @property
    def root(self) -> Path:
        return self.github.folder

    def open(self, path: str) -> None:
        """Open a document. The form may still be on its way to its first page, and then goes there."""
        for _ in range(5):
            self.page.goto(f"{self.base}admin/#/collections/{path}")
            try:
                self.field("title").wait_for(timeout=5_000)
            except TooLate:
                self.page.goto(f"{self.base}admin/#/collections/topics")
            else:
                return

    def field(self, path: str) -> Any:
        return self.page.locator(f'.field[data-key-path="{path}"]')

    def save(self) -> None:
        """Save, and wait until the commit, or the pull request with its label, is there."""
        self.page.get_by_role("button", name="Save").first.click()
        number, until = len(self.github.commits) + 1, time.monotonic() + SECONDS
        while len(self.github.commits) < number or not self.is_pull_made():
            assert time.monotonic() < until, self.page.inner_text("body")
            self.page.wait_for_timeout(50)

    def is_pull_made(self) -> bool:
        """Whether the last commit is on the branch, or in a pull request with its label."""
        is_reviewed = self.github.commits[-1]["branch"]["branchName"] != BRANCH
        return not is_reviewed or any(pull["labels"] for pull in self.github.pulls)

    def file(self, name: str, revision: str = BRANCH) -> str:
        return self.github.git("show", f"{revision}:{name}")


Edit = Callable[..., Editing]


@pytest.fixture
def edit(browser: Browser, tmp_path: Path) -> Iterator[Edit]:
    """Start editing a site of three articles; `edit(review=True)` with pull requests."""
    with ExitStack() as stack:

        def start(*, review: bool = False) -> Editing:
            root = tmp_path / "site"
            root.mkdir()
            files = {
                ".gitignore": "/site/\n/.cache/\n",
                "content/articles/one.md": ONE,
                "content/articles/2026/two.md": article("Two"),
                "content/articles/three.md": article("Three"),
                "content/topics/privacy.md": topic("Privacy", summary="Who sees what."),
                "content/topics/health.md": topic("Health & care", summary="What heals."),
            }
            write_site(root, files)
            github = stack.enter_context(fake_github(root))
            said = "true" if review else "false"
            settings = SETTINGS.format(repo=REPOSITORY, branch=BRANCH, api=github.address, review=said)
            (root / "mkdocs.yml").write_text(settings)
            archives = [part for path in form_archives() for part in ("--from", str(path))]
            for command in (["form", "--install", *archives], ["build", "--strict"]):
                done = CliRunner().invoke(main, [*command, "-f", str(root / "mkdocs.yml")])
                assert done.exit_code == 0, done.output
            github.git("add", "--all")
            github.git("commit", "--quiet", "--message", "With a form")
            base = stack.enter_context(serve(Tree(root / "site", "/kb/")))
            context = browser.new_context(viewport={"width": 1400, "height": 5000})
            stack.callback(context.close)
            page = context.new_page()
            asked: list[str] = []
            page.on("requestfinished", lambda request: asked.append(request.url))
            page.goto(f"{base}admin/")
            stored = json.dumps({"backendName": "github", "token": TOKEN})
            page.evaluate("user => localStorage.setItem('sveltia-cms.user', user)", stored)
            page.reload()
            expect(page.get_by_text("Three").first).to_be_visible(timeout=30_000)
            return Editing(page, base, github, asked)

        yield start


def test_an_article_is_changed_and_saved(edit: Edit) -> None:
    editing = edit()
    editing.open("articles/entries/one")
    editing.field("title").locator("input").fill("Yes, again")
    editing.save()
    saved = editing.file("content/articles/one.md")
    assert saved == ONE.replace('"Yes"   # not the answer', '"Yes, again"')
    assert check(editing.root) == []
    assert editing.github.git("log", "-1", "--format=%s", BRANCH) == "Change article one\n"
    assert editing.github.unknown == []
    hosts = {url.partition("//")[2].partition("/")[0] for url in editing.asked if url.startswith("http")}
    assert {host.partition(":")[0] for host in hosts} == {"127.0.0.1"}  # no font, script or picture from elsewhere


def test_pickers_lists_and_the_text(edit: Edit) -> None:
    editing = edit()
    editing.open("articles/entries/one")
    expect(editing.field("similar")).to_contain_text("Two")  # by its title, though it is in a sub-folder
    editing.field("topics").get_by_role("combobox").click()
    editing.page.get_by_role("option", name="Health & care").click()
    editing.field("similar.1.why").locator("input").fill('so: "there"')
    text = editing.field("body").locator("textarea")
    text.fill(f"{text.input_value()} And more.")
    editing.save()
    before, after = ONE.splitlines(), editing.file("content/articles/one.md").splitlines()
    assert [line for line in after if line not in before] == [
        "topics: [privacy, health]",
        "similar:",
        "  - two",
        '  - {to: three, why: "so: \\"there\\"", kind: background}',
        "The end. And more.",
    ]
    assert [line for line in before if line not in after] == [
        "topics: [privacy]",
        'similar: [two, {to: three, why: "because: it", kind: background}]   # by hand',
        "The end.",
    ]
    assert check(editing.root) == []


def test_a_new_article_is_a_draft_in_a_pull_request(edit: Edit) -> None:
    editing = edit(review=True)
    editing.open("articles/new")
    editing.field("title").locator("input").fill("Größe & Maß: eine Übersicht")
    editing.field("date").locator("input").fill("2026-06-09")
    editing.field("summary").locator("textarea").fill("Line one.\nno")
    editing.save()
    (pull,) = editing.github.pulls
    assert (pull["base"], pull["labels"]) == (BRANCH, ["sveltia-cms/draft"])
    (path,) = [added["path"] for added in editing.github.commits[0]["fileChanges"]["additions"]]
    assert editing.file(path, pull["head"]) == (
        '---\ntitle: "Größe & Maß: eine Übersicht"\ndate: 2026-06-09\nsummary: "Line one.\\nno"\nstatus: draft\n---\n'
    )
    editing.github.git("checkout", "--quiet", pull["head"])
    assert check(editing.root) == []
    assert editing.github.unknown == []


SUGGESTED: Final = """\
### Address of the source

https://news.example.org/larkfield

### Text of the page

A clinic asks its patients first

June 9, 2026

The clinic in Larkfield has begun to ask its patients whether a program may learn from their records. Nine of ten say
yes, the clinic reported on Tuesday. Before, nobody had been asked.
"""


def test_three_ways_to_the_same_kind_of_commit(edit: Edit) -> None:
    """The form, the text of an issue, and a text editor: one Markdown file each, and a site that passes `check`."""
    editing = edit()
    git, root = editing.github.git, editing.root
    editing.open("articles/entries/three")
    editing.field("summary").locator("textarea").fill("About three things.")
    editing.save()
    file = root / "content/articles/2026/two.md"
    file.write_text(file.read_text().replace("About Two.", "About two things."))
    git("commit", "--quiet", "--all", "--message", "Change two")
    (root.parent / "issue.md").write_text(SUGGESTED)
    done = CliRunner().invoke(
        main, ["import", "-f", str(root / "mkdocs.yml"), "--untrusted", "--issue", str(root.parent / "issue.md")]
    )
    assert done.exit_code == 0, done.output
    git("add", "--all")
    git("commit", "--quiet", "--message", "Draft the article suggested in #7")
    commits = git("log", "-3", "--format=%H").split()
    assert [git("show", "--format=", "--numstat", commit).split()[:2] for commit in commits[1:]] == [["1", "1"]] * 2
    for commit in commits:
        (path,) = git("show", "--format=", "--name-only", commit).split()
        assert path.startswith("content/articles/")
        git("checkout", "--quiet", commit)
        assert [line for line in check(root) if ": error" in line] == []


@pytest.fixture(scope="module")
def reading(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page with `format`, as documents are read and written, for `evaluate`."""
    root = tmp_path_factory.mktemp("reading")
    write_site(
        root, {"mkdocs.yml": SETTINGS.format(repo=REPOSITORY, branch=BRANCH, api="https://x.org", review="false")}
    )
    archives = [part for path in form_archives() for part in ("--from", str(path))]
    assert CliRunner().invoke(main, ["form", "--install", "-f", str(root / "mkdocs.yml"), *archives]).exit_code == 0
    assert CliRunner().invoke(main, ["build", "-f", str(root / "mkdocs.yml")]).exit_code == 0
    shutil.move(root / "site/admin/index.html", root / "site/admin/form.html")
    (root / "site/admin/index.html").write_text("<!doctype html><title>Nothing runs here</title>")
    context = browser.new_context()
    with serve(Tree(root / "site", "/")) as base:
        page = context.new_page()
        page.goto(f"{base}admin/")
        page.evaluate(
            """async () => {
              const { load } = await import("./js-yaml/dist/browser/js-yaml.esm.min.js");
              const { format } = await import("./documents.js");
              const { site_builder: ours, ...config } = load(await (await fetch("config.yml")).text());
              window.formats = Object.fromEntries(config.collections.map((one) => [one.name, format(one, ours)]));
              window.change = ([folder, text, changes]) => {
                const { fromFile, toFile } = window.formats[folder];
                return toFile({ ...fromFile(text), ...changes });
              };
            }"""
        )
        yield page
    context.close()


def changed(page: Page, folder: str, text: str, **changes: Any) -> str:
    saved: str = page.evaluate("given => window.change(given)", [folder, text, changes])
    return saved


def head_of(text: str) -> Any:
    return yaml.safe_load(text.split("---\n")[1])


CONTENT: Final = Path(__file__).parents[2] / "content"


@pytest.mark.parametrize("kind", Kind)
def test_what_was_not_changed_keeps_its_bytes(kind: Kind, reading: Page) -> None:
    """Every document of the demonstration site."""
    files = sorted((CONTENT / folder_of(kind)).rglob("*.md"))
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert changed(reading, folder_of(kind), text) == text, file
        saved = changed(reading, folder_of(kind), text, summary='A "new" one: yes')
        assert {**head_of(text), "summary": 'A "new" one: yes'} == head_of(saved), file
        assert len(set(saved.splitlines()) - set(text.splitlines())) == 1, file


HEAD: Final = "---\ntitle: A\ndate: 2026-06-03\nsummary: S.\nsource: {name: B}\n---\n\nText.\n"


@pytest.mark.parametrize(
    "value",
    [
        "no", "Yes", "null", "~", "1e3", "0x1f", "12:30", "2026-06-03", "1_000", "- a", "# b", "a # b", "a: b", "a:",
        "'", '"', "\\", "{a}", "[a]", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a`", "a, b", "?", "-", "---", "...",
        "<<", "=", "x\ny", "x\n\n  y\n", "tab\there", "\u2028x", "x\u0085y", "\ufeffx", "\u00a0x", "é ß 漢字", "😀",
        "\x7f", "a – b", "https://example.org/a?b=c#d", "https://example.org/a, b", "http://x:", "x" * 300,
        "O'Brien", "C++",
    ],
)  # fmt: skip
def test_any_text_is_read_as_it_was_entered(value: str, reading: Page) -> None:
    saved = changed(reading, "articles", HEAD, title=value, source={"name": value, "author": value}, aliases=[value])
    found = head_of(saved)
    assert (found["title"], found["aliases"]) == (value, [value])
    assert found["source"] == {"name": value, "author": value}


@pytest.mark.parametrize(
    ("text", "changes", "wanted"),
    [
        (HEAD, {"topics": ["a", "x/b", "b"]}, HEAD.replace("{name: B}\n", "{name: B}\ntopics: [a, b]\n")),
        (HEAD, {"source": None}, HEAD.replace("source: {name: B}\n", "")),
        (HEAD, {"unlisted": False}, HEAD),
        (HEAD, {"unlisted": True}, HEAD.replace("{name: B}\n", "{name: B}\nunlisted: true\n")),
        (HEAD.replace("date", "unlisted: true\ndate"), {"unlisted": False},
         HEAD.replace("date", "unlisted: false\ndate")),
        (HEAD.replace("title: A\n", "title: A\n# why\n\n# so\n"), {"title": "B"},
         HEAD.replace("title: A\n", "title: B\n# why\n\n# so\n")),
        (HEAD.replace("S.", ">-\n  Long\n  text.\n  # no comment"), {"title": "B"},
         HEAD.replace("S.", ">-\n  Long\n  text.\n  # no comment").replace(": A", ": B")),
        (HEAD.replace("S.", ">-\n  Long\n  text."), {"summary": "Short."}, HEAD.replace("S.", "Short.")),
        (HEAD, {"body": "Other.\n\nText"}, HEAD.replace("Text.", "Other.\n\nText")),
        (HEAD, {"body": ""}, HEAD.removesuffix("\nText.\n")),
        (HEAD.replace("title: A", "review: 6 months\ntitle: A"), {"title": "B"},
         HEAD.replace("title: A", "review: 6 months\ntitle: B")),
        (HEAD.replace("title: A", '"title" : A'), {"title": "B"}, HEAD.replace(": A", ": B")),
        ("Only text.\n", {"title": "B"}, "---\ntitle: B\n---\nOnly text.\n"),
        ("---\n# none\n---\nText.\n", {"title": "B"}, "---\n# none\ntitle: B\n---\nText.\n"),
        ("---\n---\nText.\n", {"title": "B"}, "---\ntitle: B\n---\nText.\n"),
    ],
)  # fmt: skip
def test_changes(text: str, changes: dict[str, Any], wanted: str, reading: Page) -> None:
    assert changed(reading, "articles", text, **changes) == wanted


def test_fields_that_lean_on_each_other_are_written_anew(reading: Page) -> None:
    text = HEAD.replace("title: A", "title: &t A").replace("{name: B}", "{name: *t}")
    assert head_of(changed(reading, "articles", text, title="New")) == {**head_of(text), "title": "New"}


def test_what_is_not_yaml_cannot_be_opened(reading: Page) -> None:
    with pytest.raises(Exception, match="YAMLException"):
        changed(reading, "articles", HEAD.replace("title: A", "title: [A"))

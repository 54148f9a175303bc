"""`mkdocs` and `properdocs` give what `site-builder build` gives: same bytes, same findings, same care."""

import contextlib
import fcntl
import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from tests.helpers.mkdocs_commands import fetch, run, run_here, run_well, served, wait_for
from tests.helpers.output import build, files, stamps
from tests.helpers.site import DATE, MKDOCS_YML, MakeSite, article, load, load_settings, page, topic, write_files
from tests.helpers.sites import copy_golden, png
from tests.helpers.templates import own_templates

REPOSITORY: Final = Path(__file__).parents[2]
SITE: Final[dict[str, str | bytes]] = {
    "content/articles/a.md": article("Alpha", "See [[b]].\n\n![p](p.png)\n", topics=["t"]),
    "content/articles/b.md": article("Beta", aliases=["/old/"]),
    "content/articles/p.png": png(1, 1),
    "content/articles/later.md": article("Later", status="draft"),
    "content/topics/t.md": topic("Tee"),
    "content/pages/about.md": page("About", "Us.\n"),
    "content/static/CNAME": "example.org\n",
    "content/README.md": "For editors.\n",
}
COMMANDS: Final = ("mkdocs", "properdocs")

HOOK: Final = """
from {name}.structure.files import File

def on_files(files, config):
    files.append(File.generated(config, "reference/api.md", content="# The interface\\n\\nSee *this*.\\n"))
    files.append(File.generated(config, "reference/data.json", content="{{}}"))
    return files
"""
"""What a plugin that generates pages does."""


def assert_let_go(root: Path) -> None:
    """Nobody holds the lock, and no staging folder is left."""
    config, _ = load_settings(root)
    if config.site_dir.is_dir():
        folder = os.open(config.site_dir, os.O_RDONLY)
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(folder)
    assert not list(root.glob(".*-staging-*"))


@pytest.mark.parametrize("command", COMMANDS)
def test_same_as_site_builder(command: str, make_site: MakeSite) -> None:
    root = make_site(SITE)
    build(root)
    ours = files(root / "site")
    assert run_well(command, root, "build", "-q", "-d", "theirs") == ""
    assert files(root / "theirs") == ours
    assert_let_go(root)


def test_same_on_the_demonstration(tmp_path: Path) -> None:
    for name in ("content", "mkdocs.yml"):
        source = REPOSITORY / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    build(tmp_path)
    ours = files(tmp_path / "site")
    assert len(ours) > 400
    for command in COMMANDS:
        run_well(command, tmp_path, "build", "-q", "-d", command)
        assert files(tmp_path / command) == ours


def test_every_field_of_every_view_in_templates_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site's templates may use what the reference lists: in `render`, in `build` with other processes, in MkDocs."""
    root = copy_golden("tiny", tmp_path / "tiny")
    write_files(root, own_templates())
    monkeypatch.setattr("site_builder.parallel.WORTH_PROCESSES", 1)
    assert build(root, jobs=2).is_built
    ours = files(root / "site")
    site = load(root)
    for url, route in site.routes.all().items():
        assert site.render(url) == ours[route.path], url
    site.close()
    run_well("mkdocs", root, "build", "-q", "-d", "theirs")
    assert files(root / "theirs") == ours


def test_the_two_take_turns_on_one_folder(make_site: MakeSite) -> None:
    """What one wrote the other knows: no page is made twice, no file is taken for a foreign one."""
    root = make_site(SITE)
    run_well("mkdocs", root, "build", "-q")
    report = build(root)
    assert not [d for d in report.diagnostics if d.code == "output-foreign"]
    (root / "content/articles/b.md").unlink()
    write_files(root, {"content/articles/a.md": article("New")})
    build(root)
    ours = files(root / "site")
    run_well("mkdocs", root, "build", "-q")
    assert files(root / "site") == ours
    assert "articles/b/index.html" not in ours


def test_dirty_and_clean_builds_are_the_same(make_site: MakeSite) -> None:
    root = make_site(SITE)
    run_well("mkdocs", root, "build", "-q", "--dirty")
    before = stamps(root / "site")
    run_well("mkdocs", root, "build", "-q", "--dirty")
    assert stamps(root / "site") == before


BROKEN: Final = {"content/articles/c.md": article("Gamma", "[x](nothing.md)\n")}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "broken",
    [
        BROKEN,
        {"templates/topic.html": "{{ page.no_such_thing }}"},
        {"templates/topic.html": "{% if %}"},
        {"mkdocs.yml": MKDOCS_YML.replace("- site_builder", "- site_builder: {per_page: many}")},
    ],
    ids=["content", "template-at-render-time", "template-syntax", "settings"],
)
def test_errors_stop_it_before_anything_is_touched(command: str, broken: dict[str, str], make_site: MakeSite) -> None:
    root = make_site(SITE)
    build(root)
    before = files(root / "site"), stamps(root / "site")
    write_files(root, broken)
    with contextlib.chdir(root):
        ours = CliRunner().invoke(main, ["build", "--date", str(DATE)])
    if command == "mkdocs":
        here = run_here(root, "build", "-q")
        code, said = here.exit_code, here.stderr
    else:
        theirs = run(command, root, "build", "-q")
        code, said = theirs.returncode, theirs.stderr
    assert code == 1
    findings = ours.stderr[: ours.stderr.rindex("\n1 error") + 1]
    assert "error: " in findings
    assert findings in said
    assert "Traceback" not in said
    assert (files(root / "site"), stamps(root / "site")) == before
    if "mkdocs.yml" not in broken:
        assert_let_go(root)


@pytest.mark.parametrize("command", COMMANDS)
def test_strict(command: str, make_site: MakeSite) -> None:
    root = make_site({**SITE, "content/articles/c.md": article("Gamma", "[[nobody]]\n")})
    done = run(command, root, "build", "--strict")
    assert done.returncode == 1
    assert 'nothing is called "nobody" yet [target-wanted]' in done.stderr
    assert not (root / "site").exists()
    done = run(command, root, "build")
    assert done.returncode == 0
    assert 'nothing is called "nobody" yet [target-wanted]' in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_what_other_plugins_generate(command: str, make_site: MakeSite) -> None:
    root = make_site({**SITE, "hook.py": HOOK.format(name=command)})
    build(root)
    ours = files(root / "site")
    write_files(root, {"mkdocs.yml": f"{MKDOCS_YML}hooks: [hook.py]\n"})
    run_well(command, root, "build", "-d", "theirs")
    theirs = files(root / "theirs")
    assert {name: theirs[name] for name in ours} == ours
    assert set(theirs) - set(ours) == {"reference/api/index.html", "reference/data.json"}
    shown = theirs["reference/api/index.html"].decode()
    assert "<em>this</em>" in shown
    assert "The interface" in shown
    assert "assets/style.css" in shown, "it is rendered with our main.html"


FAILING: Final = """
def {event}(*arguments, **options):
    raise {error}("the other plugin failed")
"""


@pytest.mark.parametrize("event", ["on_pre_build", "on_files", "on_post_build"])
@pytest.mark.parametrize("error", ["ValueError", "SystemExit", "KeyboardInterrupt"])
def test_lock_and_staging_folder_are_let_go_when_another_plugin_fails(
    event: str, error: str, make_site: MakeSite
) -> None:
    root = make_site({**SITE, "hook.py": FAILING.format(event=event, error=error)})
    write_files(root, {"mkdocs.yml": f"{MKDOCS_YML}hooks: [hook.py]\n"})
    assert run_here(root, "build", "-q").exit_code == 1
    write_files(root, {"mkdocs.yml": MKDOCS_YML})
    assert_let_go(root)
    build(root)
    half = files(root / "site")
    shutil.rmtree(root / "site")
    build(root)
    assert files(root / "site") == half


def test_our_own_fault_lets_go_too(make_site: MakeSite) -> None:
    """The disk refuses while pages are moved into place."""
    failing = """
from site_builder.output import write

def on_startup(**options):
    def save_manifest(*arguments):
        raise OSError("disk full")
    write.save_manifest = save_manifest
"""
    root = make_site({**SITE, "hook.py": failing})
    write_files(root, {"mkdocs.yml": f"{MKDOCS_YML}hooks: [hook.py]\n"})
    done = run("mkdocs", root, "build", "-q")
    assert done.returncode == 1
    assert "disk full" in done.stderr
    write_files(root, {"mkdocs.yml": MKDOCS_YML})
    assert_let_go(root)


@pytest.mark.parametrize("command", COMMANDS)
def test_serve_follows_edits(command: str, make_site: MakeSite, tmp_path: Path) -> None:
    root = make_site({**SITE, "templates/partials/none.html": ""})
    log = tmp_path / "log.txt"

    def said() -> str:
        return log.read_text(encoding="utf-8")

    with served(command, root, log) as url:
        wait_for(lambda: "Alpha" in fetch(f"{url}articles/a/"), f"the first page; it said {said()}")
        assert "livereload" in fetch(url), "pages reload themselves"
        assert "Page not found" in fetch(f"{url}nowhere/") or "404" in fetch(f"{url}nowhere/")
        write_files(root, {"content/articles/a.md": article("Retitled")})
        wait_for(lambda: "Retitled" in fetch(f"{url}articles/a/"), "an edit of the content")
        write_files(root, BROKEN)
        wait_for(lambda: "[link-missing]" in said(), "a finding")
        (root / "content/articles/c.md").unlink()
        write_files(root, {"templates/article.html": "<body>own {{ page.title }}</body>"})
        wait_for(lambda: "own Retitled" in fetch(f"{url}articles/a/"), "an edit of a template")
        write_files(root, {"mkdocs.yml": MKDOCS_YML.replace("Test site", "Renamed site")})
        wait_for(lambda: "Renamed site" in fetch(url), "an edit of the settings")
    assert "Traceback" not in said()
    assert not list((root / ".cache/site_builder").glob("site-*")), "its temporary folder is forgotten"


ADDING_HOOK: Final = """
from pathlib import Path
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

class Words(Preprocessor):
    def run(self, lines):
        return [*lines, "", "The word: " + Path("word.txt").read_text()]

class Adding(Extension):
    def __init__(self):
        super().__init__()
        self.bound = lambda: None

    def extendMarkdown(self, md):
        md.preprocessors.register(Words(md), "words", 40)

def on_config(config):
    config.markdown_extensions.append(Adding())
    return config
"""


def test_an_extension_that_a_hook_makes(make_site: MakeSite) -> None:
    """It cannot go to another process, so what it has read is not known, and each build converts again."""
    root = make_site({**SITE, "hook.py": ADDING_HOOK, "mkdocs.yml": f"{MKDOCS_YML}hooks: [hook.py]\n"})
    for word in ("first", "other"):
        write_files(root, {"word.txt": word})
        run_well("mkdocs", root, "build", "-q")
        assert f"The word: {word}" in (root / "site/articles/a/index.html").read_text(encoding="utf-8")


INCLUDING: Final = """\
from pathlib import Path

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor


class Words(Preprocessor):
    def run(self, lines):
        return [*lines, "", "The word: " + Path(__file__).with_name("word.txt").read_text()]


class Adding(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Words(md), "words", 40)


def makeExtension(**options):
    return Adding(**options)
"""


@pytest.mark.parametrize("command", COMMANDS)
def test_serve_follows_what_extensions_read(command: str, make_site: MakeSite, tmp_path: Path) -> None:
    root = make_site({**SITE, "added_word.py": INCLUDING, "word.txt": "first"})
    write_files(root, {"mkdocs.yml": f"{MKDOCS_YML}markdown_extensions: [added_word]\n"})
    log = tmp_path / "log.txt"
    with served(command, root, log) as url:
        wait_for(lambda: "The word: first" in fetch(f"{url}articles/a/"), "the first page")
        write_files(root, {"word.txt": "second", "serve.log": "x"})
        wait_for(lambda: "The word: second" in fetch(f"{url}articles/a/"), "an edit of a file that is read")
        write_files(root, {"added_word.py": INCLUDING.replace("The word", "Its word")})
        wait_for(lambda: "Its word: second" in fetch(f"{url}articles/a/"), "an edit of the extension")
        write_files(root, {"templates/words/en.yml": "skip: Go to the text\n"})
        wait_for(lambda: "Go to the text" in fetch(url), "a folder of templates that was not there before")
        builds = log.read_text(encoding="utf-8").count("Detected file changes")
        write_files(root, {"serve.log": "y", ".mkdocs.yml.swp": "z"})
        write_files(root, {"content/articles/a.md": article("Retitled")})
        wait_for(lambda: "Retitled" in fetch(f"{url}articles/a/"), "an edit of the content")
        assert log.read_text(encoding="utf-8").count("Detected file changes") == builds + 1
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_gh_deploy_pushes_the_same_tree(command: str, make_site: MakeSite, tmp_path: Path) -> None:
    root = make_site(SITE)

    def git(*arguments: str) -> bytes:
        identity = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "init.defaultBranch=main"]
        command = ["git", *identity, *arguments]
        return subprocess.run(command, cwd=root, capture_output=True, timeout=60, check=True).stdout

    bare = tmp_path / "bare.git"
    git("init", "--quiet", "--bare", str(bare))
    git("init", "--quiet")
    git("config", "user.name", "T")
    git("config", "user.email", "t@example.org")
    git("remote", "add", "origin", str(bare))
    write_files(root, {".gitignore": "site/\n.cache/\n"})
    git("add", ".")
    git("commit", "--quiet", "-m", "start")
    run_well(command, root, "gh-deploy", "--force", "-q")
    git("clone", "--quiet", "--branch", "gh-pages", str(bare), str(tmp_path / "pushed"))
    pushed = {n: data for n, data in files(tmp_path / "pushed").items() if not n.startswith(".git/")}
    assert pushed.pop(".nojekyll") == b""
    build(root)
    assert pushed == {n: data for n, data in files(root / "site").items() if n != ".nojekyll"}


def test_names_of_plugin_options_are_checked_once(make_site: MakeSite) -> None:
    root = make_site({**SITE, "mkdocs.yml": MKDOCS_YML.replace("- site_builder", "- site_builder: {per_pag: 3}")})
    done = run("mkdocs", root, "build")
    assert done.stderr.count('"per_pag" is not an option of site_builder') == 1
    assert done.returncode == 1

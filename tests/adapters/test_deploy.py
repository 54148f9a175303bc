"""`deploy`: the site on a branch of another repository, and nothing else changed."""

import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder.cli import main
from site_builder.deployment import git_branch
from site_builder.disk.git_command import GitError
from tests.helpers.links import Tree, find_faults
from tests.helpers.site import DATE, MakeSite, article, topic

IDENTITY = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
URL = "https://someone.example/kb/"
SITE = {
    "content/articles/a.md": article("Alpha", "See [[b]].\n", topics=["t"]),
    "content/articles/b.md": article("Beta", topics=["t"]),
    "content/topics/t.md": topic("Tee"),
    "content/static/CNAME": "kb.example.org\n",
    "content/static/.well-known/security.txt": "Contact: mailto:a@example.org\n",
    ".gitattributes": "* text eol=crlf\n",
}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def site(make_site: MakeSite, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site in a repository of which nobody has told Git who they are, with an empty remote."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    root = make_site(SITE)
    bare = tmp_path_factory.mktemp("remote")
    git(bare, "init", "--quiet", "--bare")
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "config", "user.useConfigOnly", "true")
    git(root, "remote", "add", "origin", str(bare))
    monkeypatch.chdir(root)
    return root


def deploy(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["deploy", "--date", str(DATE), "--jobs", "1", "--site-url", URL, *arguments])


def checked_out(root: Path, to: Path) -> Path:
    """The files that are on the branch of the remote now."""
    git(to, "clone", "--quiet", "--branch", "gh-pages", git(root, "remote", "get-url", "origin"), "published")
    return to / "published"


def test_the_branch_holds_the_site_and_every_link_leads_somewhere(site: Path, tmp_path: Path):
    result = deploy()
    assert result.exit_code == 0, result.output
    published = checked_out(site, tmp_path)
    names = {str(path.relative_to(published)) for path in published.rglob("*") if path.is_file()}
    names = {name for name in names if not name.startswith(".git/")}
    built = {str(path.relative_to(site / "site")) for path in (site / "site").rglob("*") if path.is_file()}
    assert names == built - {".site-builder"} | {".nojekyll"}
    assert all((published / name).read_bytes() == (site / "site" / name).read_bytes() for name in names & built)
    assert (published / "CNAME").read_text() == "kb.example.org\n"
    assert (published / ".well-known/security.txt").is_file()
    git(published, "rm", "--quiet", "-r", "--cached", ".")
    (published / ".git").rename(tmp_path / "git")
    assert find_faults(Tree(published, URL)) == []


def test_what_did_not_change_is_not_published_again(site: Path):
    assert "Published" in deploy().output
    assert "has this site already" in deploy().output
    bare = Path(git(site, "remote", "get-url", "origin"))
    assert git(bare, "rev-list", "--count", "gh-pages") == "1"
    (site / "content/articles/b.md").unlink()
    (site / "content/articles/a.md").write_text(article("Alpha", topics=["t"]))
    assert "Published" in deploy("-m", "Without b").output
    assert git(bare, "log", "--format=%s", "gh-pages").splitlines() == ["Without b", "Publish the site"]
    assert "articles/b/index.html" not in git(bare, "ls-tree", "-r", "--name-only", "gh-pages")


def test_the_checkout_stays_as_it_is(site: Path):
    git(site, "add", "content")
    before = git(site, "status", "--porcelain", "--untracked-files=no"), git(site, "branch")
    deploy()
    assert (git(site, "status", "--porcelain", "--untracked-files=no"), git(site, "branch")) == before


def test_a_commit_of_somebody_else_is_continued(site: Path, tmp_path: Path):
    deploy()
    other = checked_out(site, tmp_path)
    git(
        other,
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.org",
        "commit",
        "--quiet",
        "--allow-empty",
        "-m",
        "Theirs",
    )
    git(other, "push", "--quiet")
    (site / "content/articles/b.md").write_text(article("Gamma", topics=["t"]))
    assert deploy().exit_code == 0
    git(other, "pull", "--quiet")
    assert git(other, "log", "--format=%s").splitlines()[1] == "Theirs"


def test_a_branch_that_holds_something_else_is_left_alone(site: Path):
    git(site, "add", "content")
    git(site, *IDENTITY, "commit", "--quiet", "-m", "Sources")
    git(site, "push", "--quiet", "origin", "main")
    before = git(site, "ls-remote", "origin")
    result = deploy("--branch", "main")
    assert result.exit_code == 1
    assert 'the branch "main" holds no site' in result.output
    assert git(site, "ls-remote", "origin") == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--remote", "nowhere"], "git remote add nowhere ADDRESS"),
        (["--branch", "a..b"], '"a..b" cannot be the name of a branch'),
        (["--drafts"], "not for publishing it"),
    ],
)
def test_what_cannot_be_published_is_said(site: Path, arguments: list[str], said: str):
    result = deploy(*arguments)
    assert result.exit_code in {1, 2}
    assert said in " ".join(result.output.split())


def test_errors_in_the_content_publish_nothing(site: Path):
    (site / "content/articles/b.md").write_text("---\ntitle: [\n---\n")
    result = deploy()
    assert result.exit_code == 1
    assert git(site, "ls-remote", "origin") == ""


def test_without_git_it_says_so(site: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(GitError, match="Git is not installed") as raised:
        git_branch.push_site(site, site / "site", "origin", "gh-pages")
    assert "copy the site folder" in raised.value.hint

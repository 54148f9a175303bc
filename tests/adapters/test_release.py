"""What a release takes: one version everywhere, its changes, and a workflow of commands that run here."""

import os
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from site_builder import __version__
from tools.changelog import CHANGELOG, changes_of, versions

ROOT = Path(__file__).parents[2]
TEXT = CHANGELOG.read_text(encoding="utf-8")


def test_the_version_is_one():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__


def test_the_changelog_has_the_changes_of_this_version_first():
    assert versions(TEXT)[0] == __version__
    assert "\n## [" not in changes_of(__version__, TEXT)


def test_a_version_without_changes_is_none():
    text = "# Changelog\n\n## [Unreleased]\n\n- a\n\n## [2.0] - 2026-06-03\n\n- b\n\n## [1.0]\n\n"
    assert versions(text) == ["2.0", "1.0"]
    assert changes_of("2.0", text) == "- b\n"
    for version in ("1.0", "3.0"):
        with pytest.raises(KeyError):
            changes_of(version, text)


def test_links_of_the_changes_lead_to_the_repository():
    done = subprocess.run(
        [ROOT / ".venv/bin/python", "-m", "tools.changelog", __version__], cwd=ROOT, check=True, capture_output=True,
        text=True, env=os.environ | {"PROJECT_URL": "https://code.example/us/kb/"},
    )  # fmt: skip
    assert f"(https://code.example/us/kb/blob/v{__version__}/docs/links.md)" in done.stdout
    assert "](docs/" not in done.stdout


def steps(job: str) -> dict[str, dict[str, Any]]:
    """The steps of the release workflow that are commands, by name."""
    jobs = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))["jobs"]
    return {step["name"]: step for step in jobs[job]["steps"] if "run" in step}


@pytest.mark.parametrize(("tag", "code"), [(f"v{__version__}", 0), ("v0.0.1", 1), (__version__, 1), ("v1.0.0 --x", 1)])
def test_a_tag_that_is_not_the_version_stops_the_release(tmp_path: Path, tag: str, code: int):
    for name in (".venv", "site_builder", "tools", "CHANGELOG.md", "hatch_build.py"):
        (tmp_path / name).symlink_to(ROOT / name)
    command = steps("build")["Is the tag the version, and has it changes?"]["run"]
    done = subprocess.run(["bash", "-ec", command], cwd=tmp_path, env=os.environ | {"TAG": tag}, check=False)
    assert done.returncode == code
    assert (tmp_path / "dist/changes.md").is_file() == (code == 0)


@pytest.mark.parametrize(
    ("tag", "kind"),
    [("v1.0.0rc1", "--prerelease"), ("v1.2.0b3", "--prerelease"), ("v2.0a1", "--prerelease"), ("v1.0.0", "--latest")],
)
def test_the_release_has_packages_changes_and_sbom(tmp_path: Path, tag: str, kind: str):
    (tmp_path / "dist").mkdir()
    for name in ("a.whl", "a.tar.gz", "site-builder.cdx.json", "changes.md"):
        (tmp_path / "dist" / name).touch()
    (tmp_path / "gh").write_text('#!/bin/sh\necho "$*"\n', encoding="utf-8")
    (tmp_path / "gh").chmod(0o755)
    given = os.environ | {"TAG": tag, "REPOSITORY": "us/kb", "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    command = steps("announce")["Make the release"]["run"]
    done = subprocess.run(
        ["bash", "-ec", command], cwd=tmp_path, env=given, check=True, capture_output=True, text=True
    )  # fmt: skip
    assert done.stdout.split() == [
        *("release", "create", tag, "--repo", "us/kb", "--verify-tag", kind, "--title", tag),
        *("--notes-file", "dist/changes.md", "dist/a.whl", "dist/a.tar.gz", "dist/site-builder.cdx.json"),
    ]


def test_packages_are_published_without_a_token():
    workflow = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))
    (upload,) = (s for s in workflow["jobs"]["publish"]["steps"] if "pypi-publish" in str(s.get("uses")))
    assert upload["with"] == {"packages-dir": "packages/"}
    assert workflow[True] == {"push": {"tags": ["v*"]}}

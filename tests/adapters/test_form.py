"""`site-builder form`: what it fetches, that only the pinned files are installed, and what a site then publishes."""

import io
import json
import os
import tarfile
from base64 import b64encode
from hashlib import sha256, sha512
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from site_builder.cli import main
from site_builder.form import pinned_packages
from site_builder.form.pinned_packages import PinnedPackage, pinned_files
from tests.helpers.form_package import form_archives
from tests.helpers.site import MKDOCS_YML, MakeSite, article, check

WITH_FORM: Final = MKDOCS_YML.replace(
    "  - site_builder\n", "  - site_builder:\n      form: {backend: github, repo: owner/name}\n"
)
FILES: Final = {"LICENSE": b"Do as you like.\n", "dist/main.mjs": b"export const a = 1;\n"}
EXTRA: Final = {"package/dist/main.mjs.map": b"{}", "package/../../outside.txt": b"x", "package/package.json": b"{}"}


def archive(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as made:
        for name, data in {**{f"package/{path}": data for path, data in files.items()}, **EXTRA}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            made.addfile(entry, io.BytesIO(data))
    return stream.getvalue()


ARCHIVE: Final = archive(FILES)
PACKAGE: Final = PinnedPackage(
    "@someone/form", "1.2.3", "MIT", f"sha512-{b64encode(sha512(ARCHIVE).digest()).decode()}", "form",
    {path: sha256(data).hexdigest() for path, data in FILES.items()},
)  # fmt: skip
INSTALLED: Final = {"form/LICENSE": FILES["LICENSE"], "form/dist/main.js": FILES["dist/main.mjs"]}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """One package of two files in the place of the real ones."""
    monkeypatch.setattr(pinned_packages, "pinned_packages", lambda: (PACKAGE,))


def install(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["form", "--install", "-f", str(root / "mkdocs.yml"), *arguments])


def installed(root: Path) -> dict[str, bytes]:
    place = root / "content/static/admin"
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


@pytest.mark.usefixtures("small")
def test_install_from_an_archive(make_site: MakeSite, tmp_path: Path) -> None:
    root = make_site({"mkdocs.yml": WITH_FORM, "content/articles/a.md": article()})
    assert [line.split("[")[-1] for line in check(root)] == ["form-missing]\n  hint: run: site-builder form --install"]
    (tmp_path / "form.tgz").write_bytes(ARCHIVE)
    done = install(root, "--from", str(tmp_path / "form.tgz"))
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Wrote 2 files" in done.stdout
    assert "saves to the default branch of owner/name (github), as pull requests." in done.stdout
    assert installed(root) == INSTALLED
    assert check(root) == []  # scripts that are known are no findings
    assert not list(tmp_path.rglob("outside.txt"))
    assert "has the form's program already" in install(root, "--from", str(tmp_path / "form.tgz")).stdout


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("place", ["", "@someone/form", "node_modules/@someone/form"])
def test_install_from_a_folder(place: str, make_site: MakeSite, tmp_path: Path) -> None:
    for path, data in FILES.items():
        file = tmp_path / "given" / place / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    root = make_site({"mkdocs.yml": WITH_FORM})
    assert install(root, "--from", str(tmp_path / "given")).exit_code == 0
    assert installed(root) == INSTALLED


@pytest.mark.usefixtures("small")
def test_what_is_not_the_pinned_package_is_not_installed(make_site: MakeSite, tmp_path: Path) -> None:
    root = make_site({"mkdocs.yml": WITH_FORM})
    (tmp_path / "other.tgz").write_bytes(archive({**FILES, "LICENSE": b"Do not.\n"}))
    done = install(root, "--from", str(tmp_path / "other.tgz"))
    assert (done.exit_code, installed(root)) == (1, {})
    assert "other.tgz is not @someone/form 1.2.3: its digest differs" in done.stderr
    assert "hint:" in done.stderr
    folder = tmp_path / "folder"
    (folder / "dist").mkdir(parents=True)
    (folder / "LICENSE").write_bytes(FILES["LICENSE"])
    assert "is not in" in install(root, "--from", str(folder)).stderr
    (folder / "dist/main.mjs").write_bytes(b"export const a = 2;\n")
    changed = install(root, "--from", str(folder))
    assert "dist/main.mjs of @someone/form is not the file of version 1.2.3" in changed.stderr
    assert installed(root) == {}


NPM: Final = """#!/bin/sh
printf '%s\\n' "$@" > "{told}"; pwd >> "{told}"
for last; do :; done
{does}
"""


def fake_npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> Path:
    """An `npm` that notes its arguments and folder; `$last` is the folder that it should fill."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "npm").write_text(NPM.format(told=tmp_path / "told", does=does))
    (folder / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return tmp_path / "told"


@pytest.mark.usefixtures("small")
def test_npm_fetches_the_archive(make_site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "form.tgz").write_bytes(ARCHIVE)
    told = fake_npm(tmp_path, monkeypatch, f'cp "{tmp_path / "form.tgz"}" "$last/someone-form-1.2.3.tgz"')
    root = make_site({"mkdocs.yml": WITH_FORM, ".npmrc": "registry=http://127.0.0.1:9/\n"})
    assert install(root).exit_code == 0
    assert installed(root) == INSTALLED
    arguments = told.read_text().splitlines()
    assert arguments[:3] == ["pack", "@someone/form@1.2.3", "--ignore-scripts"]
    assert str(root) not in arguments[-1]  # whose settings for npm may name any registry


@pytest.mark.usefixtures("small")
def test_npm_may_fail(make_site: MakeSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_site({"mkdocs.yml": WITH_FORM})
    fake_npm(tmp_path, monkeypatch, "echo 'no such host' >&2; exit 1")
    done = install(root)
    assert (done.exit_code, installed(root)) == (1, {})
    assert "npm could not fetch @someone/form@1.2.3: no such host" in done.stderr
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    assert "npm is needed" in install(root).stderr


def test_a_changed_file_stops_the_build(make_site: MakeSite) -> None:
    path = next(path for path in pinned_files() if path.endswith("npm/index.js"))
    root = make_site({"mkdocs.yml": WITH_FORM, f"content/{path}": "fetch('https://evil.example/');\n"})
    found = check(root)
    assert any("[form-changed]" in line and f"content/{path}:1:1: error" in line for line in found)
    assert any("[file-can-run]" in line for line in found)


def test_without_the_setting_there_is_no_form(make_site: MakeSite, tmp_path: Path) -> None:
    root = make_site({"content/articles/a.md": article(), "content/pages/admin.md": "---\ntitle: Admin\n---\n"})
    done = CliRunner().invoke(main, ["form", "-f", str(root / "mkdocs.yml")])
    assert done.exit_code == 0
    assert "The settings do not ask for a form." in done.stdout
    assert CliRunner().invoke(main, ["build", "-f", str(root / "mkdocs.yml")]).exit_code == 0
    assert "Admin" in (root / "site/admin/index.html").read_text()
    assert not (root / "site/admin/config.yml").exists()


def test_the_form_is_in_nothing_that_lists_pages(make_site: MakeSite) -> None:
    root = make_site({"mkdocs.yml": WITH_FORM, "content/articles/a.md": article()})
    done = install(root, *(part for path in form_archives() for part in ("--from", str(path))))
    assert done.exit_code == 0, done.output
    assert CliRunner().invoke(main, ["build", "--strict", "-f", str(root / "mkdocs.yml")]).exit_code == 0
    site = root / "site"
    pages = [path for path in site.rglob("*") if path.is_file() and "admin" not in path.relative_to(site).parts]
    assert [
        path.name
        for path in pages
        if path.name != ".site-builder" and (b"/admin" in path.read_bytes() or b"admin/" in path.read_bytes())
    ] == []
    policies = {path: path.read_text().partition("Content-Security-Policy")[2][:500] for path in site.rglob("*.html")}
    assert [path for path, rules in policies.items() if "unsafe-inline" in rules or "api.github.com" in rules] == [
        site / "admin/index.html"
    ]


@pytest.mark.usefixtures("small")
def test_a_new_site_with_a_form(tmp_path: Path) -> None:
    (tmp_path / "form.tgz").write_bytes(ARCHIVE)
    made = ["new", str(tmp_path / "kb"), "--form", "--from", str(tmp_path / "form.tgz")]
    refused = CliRunner().invoke(main, made)
    assert (refused.exit_code, (tmp_path / "kb").exists()) == (2, False)
    assert "--repo https://github.com/owner/name" in refused.stderr
    unclear = CliRunner().invoke(main, [*made, "--repo", "https://git.example.org/me/kb"])
    assert (unclear.exit_code, (tmp_path / "kb").exists()) == (2, False)
    done = CliRunner().invoke(main, [*made, "--repo", "https://github.com/me/kb/"])
    assert done.exit_code == 0, done.output
    assert installed(tmp_path / "kb") == INSTALLED
    assert [line for line in check(tmp_path / "kb") if ": error" in line] == []
    told = CliRunner().invoke(main, ["form", "-f", str(tmp_path / "kb/mkdocs.yml")])
    assert "saves to the branch main of me/kb (github), as pull requests." in told.stdout


def test_pinned_is_whole() -> None:
    for package in pinned_packages.pinned_packages():
        assert any("LICENSE" in path for path in package.files)
        assert not any(path.endswith(".map") for path in package.files)
        assert package.integrity.startswith("sha512-")
        assert package.licence == "MIT"
    text = Path(pinned_packages.__file__).with_name("pinned.json").read_text(encoding="utf-8")
    assert "://" not in text
    assert json.loads(text)

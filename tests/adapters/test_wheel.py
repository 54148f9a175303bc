"""The wheel stands on its own: built offline and installed beside the dependencies, it needs no checkout."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Final

import pytest
import trove_classifiers

from site_builder import __version__
from tests.helpers.output import build, files
from tests.helpers.site import DATE, MakeSite, article, topic

REPOSITORY: Final = Path(__file__).parents[2]
SITE: Final = {"content/articles/a.md": article("Alpha", topics=["t"]), "content/topics/t.md": topic("Tee")}


SOURCES: Final = (
    "pyproject.toml",
    "hatch_build.py",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
    "site_builder",
    "templates",
)


def run(cwd: Path, *command: str | Path, **environment: str) -> str:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV", "PROJECT_URL"))}
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd, env={**kept, "SOURCE_DATE_EPOCH": "1782900000", "NO_MKDOCS_2_WARNING": "1", **environment},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that nothing in the checkout is touched."""
    copy = copied(tmp_path_factory.mktemp("checkout"))
    run(copy, sys.executable, "-m", "hatchling", "build", "-t", "wheel")
    (made,) = (copy / "dist").glob("*.whl")
    return made


def copied(folder: Path) -> Path:
    """The files of the checkout that a package is made of."""
    for name in SOURCES:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` folder of an environment that has the wheel, and of this environment the dependencies only."""
    home = tmp_path_factory.mktemp("venv")
    venv.create(home, with_pip=False, symlinks=True)
    bin_ = home / ("Scripts" if os.name == "nt" else "bin")
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site_packages = Path(run(home, bin_ / "python", "-c", ask).strip())
    run(home, sys.executable, "-m", "pip", "--python", bin_ / "python", "install", "-qq", "--disable-pip-version-check",
        "--no-index", "--no-deps", wheel)  # fmt: skip
    ours = Path(sysconfig.get_path("purelib"))
    for path in ours.iterdir():
        if "site_builder" not in path.name and path.suffix != ".pth" and path.name != "__pycache__":
            target = site_packages / path.name
            if not target.exists():
                target.symlink_to(path)
    return bin_


def test_the_wheel_holds_the_package_and_the_theme_only(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        names = opened.namelist()
    theme = set(files(REPOSITORY / "templates"))
    assert {n.removeprefix("site_builder/theme_files/") for n in names if "/theme_files/" in n} == theme
    package = REPOSITORY / "site_builder"
    fonts = next(package.rglob("fonts")).iterdir()
    of_serve = (package / "serve/browser").iterdir()
    styles = (package / "editions").rglob("*.css")
    of_starter = (path for path in (package / "starter/files").rglob("*") if path.is_file())
    others = (*fonts, *of_serve, *styles, package / "py.typed", package / "form/pinned.json")
    kept = [*of_starter, *package.rglob("*.py"), *package.rglob("*.toml"), *others]
    wanted = {path.relative_to(REPOSITORY).as_posix() for path in kept}
    assert {n for n in names if "/theme_files/" not in n and ".dist-info/" not in n} == wanted


def test_both_commands_build_a_site_with_the_theme_of_the_wheel(installed: Path, make_site: MakeSite) -> None:
    root = make_site(SITE)
    where = run(root, installed / "python", "-c", "import site_builder.theme as t; print(t.theme_dir())").strip()
    assert Path(where).name == "theme_files"
    assert Path(where).is_relative_to(installed.parent)
    run(root, installed / "site-builder", "build", "--date", str(DATE), "--strict")
    run(root, installed / "python", "-m", "mkdocs", "build", "-q", "-d", "theirs")
    ours = files(root / "site")
    assert files(root / "theirs") == ours
    shutil.rmtree(root / "site")
    build(root)
    assert files(root / "site") == ours, "the checkout gives the same"


def packages(folder: Path, **environment: str) -> dict[str, bytes]:
    """Name and bytes of each package that is built there."""
    run(folder, sys.executable, "-m", "hatchling", "build", **environment)
    return {path.name: path.read_bytes() for path in (folder / "dist").iterdir()}


def test_packages_have_the_same_bytes_wherever_they_are_built(tmp_path: Path) -> None:
    """Under another path, with files of other times, in another order and by somebody with another umask."""
    here, there = (tmp_path / name for name in ("here", "there"))
    for folder in (here, there):
        folder.mkdir()
        copied(folder)
    for number, path in enumerate(sorted(there.rglob("*"), reverse=True)):
        if path.is_file():
            path.chmod(0o600)
            os.utime(path, (number * 1000, number * 1000))
    built = packages(here)
    assert sorted(Path(name).suffix for name in built) == [".gz", ".whl"]
    before = os.umask(0o077)
    try:
        assert packages(there, TZ="Asia/Tokyo", LC_ALL="C") == built
    finally:
        os.umask(before)
    sdist = next(path for path in (here / "dist").iterdir() if path.suffix == ".gz")
    shutil.unpack_archive(sdist, tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    assert packages(unpacked) == built, "the sdist holds all that its wheel is made of"


def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as opened:
        (name,) = (n for n in opened.namelist() if n.endswith(".dist-info/METADATA"))
        return message_from_bytes(opened.read(name))


def test_the_metadata_are_complete(wheel: Path) -> None:
    told = metadata(wheel)
    assert (told["Name"], told["Version"], told["License-Expression"]) == ("site-builder", __version__, "MIT")
    assert told.get_all("Project-URL") is None, "no address is known in a checkout"
    assert set(told.get_all("Classifier", ())) <= trove_classifiers.classifiers
    assert "A folder of curated summaries becomes a site" in str(told.get_payload())


def test_a_release_names_its_repository(tmp_path: Path) -> None:
    packages(copied(tmp_path), PROJECT_URL="https://code.example/us/kb")
    told = metadata(next((tmp_path / "dist").glob("*.whl")))
    below = f"https://code.example/us/kb/blob/v{__version__}/"
    assert f"Changelog, {below}CHANGELOG.md" in told.get_all("Project-URL", ())
    links = re.findall(r"\]\(([^)\s]+)\)", str(told.get_payload()))
    assert len(links) > 10
    assert [link for link in links if not link.startswith(("https://", "#"))] == []
    for link in links:
        if link.startswith(below):
            assert (REPOSITORY / link.removeprefix(below).partition("#")[0]).exists(), link

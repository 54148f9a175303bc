"""The wheel stands on its own: built offline and installed beside the dependencies, it needs no checkout."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from typing import Final

import pytest

from tests.helpers.output import build, files
from tests.helpers.site import DATE, MakeSite, article, topic

REPOSITORY: Final = Path(__file__).parents[2]
SITE: Final = {"content/articles/a.md": article("Alpha", topics=["t"]), "content/topics/t.md": topic("Tee")}


def run(cwd: Path, *command: str | Path) -> str:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd, env={**kept, "SOURCE_DATE_EPOCH": "1782900000", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that nothing in the checkout is touched."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in ("pyproject.toml", "README.md", "LICENSE", "site_builder", "templates"):
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / name)
    run(copy, sys.executable, "-m", "hatchling", "build", "-t", "wheel")
    (made,) = (copy / "dist").glob("*.whl")
    return made


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
    of_starter = (path for path in (package / "starter/files").rglob("*") if path.is_file())
    kept = [*of_starter, *package.rglob("*.py"), *package.rglob("*.toml"), *fonts, *of_serve]
    kept += [package / "py.typed", package / "form/pinned.json"]
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

"""The environment that the peers run in: made by itself, apart from ours, from `requirements/peers.lock`.

It lives in `.venv-peers/` and is made again when the lock changes. Where the whole lock cannot be installed, each of
its packages is tried by itself: a program that has no build for this system does not take the others with it.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
LOCK: Final = ROOT / "requirements/peers.lock"
FOLDER: Final = ROOT / ".venv-peers"
_STAMP: Final = ".installed"
"""In the folder: the lock that was installed in full."""
_BLOCK: Final = re.compile(r"^([\w.-]+)==.*(?:\n .*)*", re.MULTILINE)
"""A package of the lock with its hashes."""


@dataclass(frozen=True)
class Environment:
    """Where the peers are installed. Nothing tells whether they are: see `versions`."""

    folder: Path

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.script("python")

    def script(self, name: str) -> Path:
        """A command that a package installed."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin") / name

    def find(self, pattern: str) -> Path | None:
        """A file of an installed package."""
        place = "Lib/site-packages" if os.name == "nt" else "lib/python*/site-packages"
        return next(iter(sorted(self.folder.glob(f"{place}/{pattern}"))), None)

    def versions(self, names: Iterable[str]) -> dict[str, str]:
        """Name -> version, of those packages that are installed."""
        found: dict[str, str] = {}
        for name in names:
            folder = self.find(f"{name.replace('-', '_')}-[0-9]*.dist-info")
            if folder is not None:
                found[name] = folder.name.removesuffix(".dist-info").rpartition("-")[2]
        return found


def prepare(names: Iterable[str], say: Callable[[str], None], folder: Path = FOLDER, lock: Path = LOCK) -> Environment:
    """Make the environment if it is missing or of another lock. What cannot be installed is said, not raised."""
    environment = Environment(folder)
    text = lock.read_text(encoding="utf-8")
    stamp = folder / _STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == text:
        return environment
    say(f"Installing {lock.name} into {folder.name}/ …")
    venv = [sys.executable, "-m", "venv", "--clear", "--without-pip", str(folder)]
    made = subprocess.run(venv, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        say(f"No environment could be made: {_last_line(made.stdout + made.stderr)}")
        return environment
    error = _install(environment, text)
    if error is None:
        stamp.write_text(text, encoding="utf-8")
    else:
        say(f"Not all of it can be installed: {error}")
        _install_each(environment, text, frozenset(names))
    return environment


def _install_each(environment: Environment, text: str, names: frozenset[str]) -> None:
    """Each package by itself; the peers first: if none of them can be had, nothing can."""
    own = [block[0] for block in _BLOCK.finditer(text) if block[1] in names]
    rest = [block[0] for block in _BLOCK.finditer(text) if block[1] not in names]
    if sum(_install(environment, block) is None for block in own):
        for block in rest:
            _install(environment, block)


def _install(environment: Environment, text: str) -> str | None:
    """Install pinned packages with our own pip; the last line of what it says if it cannot."""
    with tempfile.TemporaryDirectory() as folder:
        requirements = Path(folder) / "requirements.txt"
        requirements.write_text(text, encoding="utf-8")
        options = ("--require-hashes", "--no-deps", "--no-input", "--retries=0", "--timeout=20", "-qq")
        done = subprocess.run(
            [sys.executable, "-m", "pip", "--python", environment.python, "install", *options, "-r", requirements],
            capture_output=True,
            text=True,
            check=False,
        )
    return None if done.returncode == 0 else _last_line(done.stdout + done.stderr)


def _last_line(text: str) -> str:
    return next(reversed(text.strip().splitlines()), "no reason given")

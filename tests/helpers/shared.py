"""What several tests only look at is made once for a whole run, also when xdist spreads them over processes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest
from filelock import FileLock

MAX_SECONDS: Final = 600
"""How long a process waits for another that is making the same thing: the largest takes a tenth, on a slow machine."""


def shared_folder(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that `make` fills, once in a run; `name` tells it from others. Nobody may change it afterwards."""
    home = _run_folder(factory)
    folder, mark = home / name, home / f"{name}.made"
    with FileLock(home / f"{name}.lock", timeout=MAX_SECONDS):
        if not mark.exists():
            folder.mkdir()
            make(folder)
            mark.touch()
    return folder


def shared_result(factory: pytest.TempPathFactory, name: str, make: Callable[[], Any]) -> Any:
    """What `make` gives, once in a run, handed from process to process as JSON."""

    def save(folder: Path) -> None:
        (folder / "result.json").write_text(json.dumps(make()), encoding="utf-8")

    return json.loads((shared_folder(factory, name, save) / "result.json").read_text(encoding="utf-8"))


def _run_folder(factory: pytest.TempPathFactory) -> Path:
    """The temporary folder that all processes of a run share; that of an xdist worker lies in it."""
    base = factory.getbasetemp()
    return base.parent if base.name.startswith("popen-") else base

"""Every step of a command that changes the disk, one by one: to kill it there, or to let that step fail.

The command runs in a forked child, so that nothing has to be imported again, and nothing that is replaced here lasts.
"""

import builtins
import errno
import functools
import io
import os
import signal
import sqlite3
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

# Loaded here, once: the commands would load them in each child.
import site_builder.editing.plan_fixes
import site_builder.editing.rename
import site_builder.importers.existing_content
import site_builder.importers.plan_import  # noqa: F401
from site_builder.cache import program_digest
from site_builder.cli import main
from tests.helpers.compiled_templates import keep_compiled_templates
from tests.helpers.output import build
from tests.helpers.site import article, topic, write_site

Step = Callable[[str, object], None]
"""Called before each step with its name and the path that it changes, if it has one."""

_CALLS: Final = ("rename", "replace", "unlink", "remove", "mkdir", "rmdir", "link", "truncate", "chmod")
"""Functions of `os` whose (last) path is changed."""


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    """Exit code; negative for a signal."""
    told: str
    """Standard output and standard error."""


def run(root: Path, arguments: Sequence[str], step: Step | None = None, setup: Callable[[], object] = int) -> Ended:
    """Run `site-builder` in a child of this process."""
    _warm_up()
    log = root.with_name(f"{root.name}.log")
    sys.stdout.flush()
    sys.stderr.flush()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forks while threads run: these are pytest's
        child = os.fork()
    if child == 0:
        try:
            _run_here(root, arguments, log, step, setup)
        finally:
            os._exit(99)
    _, status = os.waitpid(child, 0)
    return Ended(os.waitstatus_to_exitcode(status), log.read_text(encoding="utf-8", errors="replace"))


@functools.cache
def _warm_up() -> None:
    """Load and compute what each child would load and compute again."""
    program_digest()
    keep_compiled_templates()
    with tempfile.TemporaryDirectory() as folder:
        texts = dict.fromkeys(("content/articles/a.md", "content/articles/b.md"), article(topics=["t"]))
        build(write_site(Path(folder), {**texts, "content/topics/t.md": topic()}))


def _run_here(root: Path, arguments: Sequence[str], log: Path, step: Step | None, setup: Callable[[], object]) -> None:
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(output, 1)
    os.dup2(output, 2)
    sys.stdin = io.TextIOWrapper(io.BytesIO())
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w"), encoding="utf-8", write_through=True)
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w"), encoding="utf-8", write_through=True)
    os.chdir(root)
    code: object = 98
    try:
        setup()
        if step is not None:
            _replace_all(step)
        main(list(arguments), prog_name="site-builder")
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001 (this process ends here)
        os.write(2, traceback.format_exc().encode("utf-8", "backslashreplace"))
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)


def _replace_all(step: Step) -> None:
    for name in _CALLS:
        setattr(os, name, _told(step, name, getattr(os, name)))
    os.fsync = _told(step, "fsync", os.fsync)
    os.open = _told_open(step, os.open)
    builtins.open = io.open = _told_file(step, io.open)
    sqlite3.connect = _told_database(step, sqlite3.connect)  # type: ignore[assignment]


def _told(step: Step, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def call(*given: Any, **named: Any) -> Any:
        paths = [one for one in given[:2] if isinstance(one, (str, bytes, os.PathLike))]
        step(name, paths[-1] if paths else None)
        return real(*given, **named)

    return call


def _told_open(step: Step, real: Callable[..., int]) -> Callable[..., int]:
    def call(path: Any, flags: int, *given: Any, **named: Any) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            step("open", path)
        return real(path, flags, *given, **named)

    return call


def _told_file(step: Step, real: Callable[..., Any]) -> Callable[..., Any]:
    def call(file: Any, mode: str = "r", *given: Any, **named: Any) -> Any:
        if not set(mode) & set("wax+"):
            return real(file, mode, *given, **named)
        step("open", file)
        return _File(step, real(file, mode, *given, **named))

    return call


class _File:
    """A file whose writes come in two halves, each a step."""

    def __init__(self, step: Step, real: Any) -> None:
        self._step, self._real = step, real

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._real.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def write(self, data: Any) -> int:
        half = len(data) // 2
        for part in (data[:half], data[half:]):
            self._step("write", None)
            self._real.write(part)
            self._real.flush()
        return len(data)


def _told_database(step: Step, real: Callable[..., sqlite3.Connection]) -> Callable[..., sqlite3.Connection]:
    class Connection(sqlite3.Connection):
        def execute(self, *given: Any) -> sqlite3.Cursor:
            step("execute", None)
            return super().execute(*given)

        def executemany(self, *given: Any) -> sqlite3.Cursor:
            step("execute", None)
            return super().executemany(*given)

        def commit(self) -> None:
            step("commit", None)
            super().commit()

        def __exit__(self, *given: Any) -> Any:  # noqa: PYI036 (handed on)
            step("commit", None)
            return super().__exit__(*given)

    def call(path: Any, *given: Any, **named: Any) -> sqlite3.Connection:
        if path == ":memory:":
            return real(path, *given, **named)
        step("connect", path)
        return real(path, *given, factory=Connection, **named)

    return call


class Counted:
    """Steps that are counted into a file, which outlives the child."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __call__(self, name: str, path: object) -> None:
        handle = _OPEN(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.write(handle, f"{name} {path!r}\n".encode("utf-8", "backslashreplace"))
        os.close(handle)

    def steps(self) -> list[str]:
        """What was done, in order."""
        return self._file.read_text(encoding="utf-8").splitlines()


_OPEN: Final = os.open


class KilledAt:
    """The process is killed before a step, numbered from 0."""

    def __init__(self, number: int) -> None:
        self._left = number

    def __call__(self, name: str, path: object) -> None:
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self._left -= 1


class FailsFrom:
    """A step fails, and with `stays` every later one that would put something on the disk."""

    GROWS: Final = frozenset({"write", "open", "mkdir", "fsync", "link"})

    def __init__(self, number: int, code: int, *, stays: bool = True) -> None:
        self._left, self._code, self._stays = number, code, stays

    def __call__(self, name: str, path: object) -> None:
        self._left -= 1
        if name in {"execute", "commit", "connect"}:
            if self._left < 0 and (self._stays or self._left == -1) and name != "connect":
                raise sqlite3.OperationalError("database or disk is full")
            return
        if self._left == -1 or (self._left < -1 and self._stays and name in self.GROWS):
            named = () if path is None or isinstance(path, int) else (os.fspath(path),)  # type: ignore[call-overload]
            raise OSError(self._code, os.strerror(self._code), *named)


FAULTS: Final = (
    errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT, errno.EMFILE, errno.ENAMETOOLONG, errno.EIO,
)  # fmt: skip

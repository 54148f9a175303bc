"""What Markdown extensions read while they work: files, folders, what they looked for in vain, and their own code.

Python reports each file that is opened and each folder that is listed to an audit hook (PEP 578). What an extension
merely asks about, such as a snippet that does not exist yet, passes through `os.stat`, which is replaced meanwhile.
Every input is kept with its state at that moment; a body may be used again while all its inputs are as they were.

Code may read a file once and remember it. So what it reads belongs to every body that its process converts from then
on, except for the files that Python-Markdown and PyMdown Extensions open: these are read for the body at hand. All
other code runs in worker processes, which `watch_process` watches from their start: its import counts too.
"""

import os
import stat
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from importlib.util import source_from_cache
from pathlib import Path
from types import FrameType
from typing import Any, Final, Literal

import msgspec

KNOWN: Final = frozenset({"markdown", "pymdownx", "pygments"})
"""Packages that remember no file that they read, and whose versions are part of the cache's name."""

InputKind = Literal["bytes", "names", "type", "here", "outside"]
"""The bytes of a file; the names in a folder; whether there is a file, a folder or nothing; the current folder; what
came from a program or from the network."""


class ExtensionInput(msgspec.Struct, array_like=True, frozen=True, order=True):
    """One thing that an extension has read, and its state then."""

    kind: InputKind
    path: str
    """Absolute; "" where the kind needs none."""
    state: str


UNREPEATABLE: Final = ExtensionInput("outside", "", "unknown")
"""What no later run can compare: a body that depends on it is converted in every run."""


def state_of(kind: InputKind, path: str) -> str:
    """The state of an input now; "" for what is not there."""
    with suppress(OSError, ValueError):
        if kind == "here":
            return "here" if Path.cwd() == Path(path) else ""
        if kind == "names":
            with os.scandir(path) as entries:
                return _digest("\0".join(sorted(entry.name for entry in entries)).encode(errors="surrogateescape"))
        if kind == "type":
            mode = _REAL_STAT(path).st_mode
            return "folder" if stat.S_ISDIR(mode) else "file" if stat.S_ISREG(mode) else "other"
        if kind == "bytes" and stat.S_ISREG(_REAL_STAT(path).st_mode):
            return _digest(Path(path).read_bytes())
    return ""


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


_REAL_STAT: Final = os.stat

_Inputs = dict[tuple[InputKind, str], str]


class _Watch:
    """What the code of this process has read, as far as it was watched."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        """Held while a body is converted."""
        self.body: _Inputs | None = None
        """Inputs of the body that is being converted."""
        self.process: _Inputs = {}
        """Inputs of all bodies that this process converts."""
        self.packages: frozenset[str] = frozenset()
        """Top-level packages whose code counts, although they are installed."""
        self.thread: int | None = None
        """The thread that is watched; None for none."""
        self.is_hooked = False
        self.is_busy = False
        """Is this very module reading something?"""
        self.written: set[str] = set()
        """Files that an extension writes, which are no input."""

    def add(self, kind: InputKind, path: str, inputs: _Inputs) -> None:
        if path not in self.written and (kind, path) not in inputs:
            inputs[kind, path] = state_of(kind, path)
            inputs.setdefault(("here", str(Path.cwd())), "here")


_WATCH: Final = _Watch()
"""There is one for each process, as there is one audit hook."""


def watch_process(packages: frozenset[str]) -> None:
    """Watch everything that the present thread does from now on, imports included; for a worker process.

    `packages` are those of the extensions: their code counts wherever it is.
    """
    _WATCH.packages = packages
    _begin()
    os.stat = _watched_stat


def forget_outdated_inputs() -> bool:
    """Whether something has changed that code in this process may remember. Then it is forgotten, and so must they."""
    with _WATCH.lock:
        is_outdated = any(state_of(kind, path) != state for (kind, path), state in _WATCH.process.items())
        if is_outdated:
            _WATCH.process.clear()
        return is_outdated


def inputs_of_process() -> tuple[ExtensionInput, ...]:
    """What was read that may matter to every body that was converted so far."""
    return _sorted(_WATCH.process)


@contextmanager
def watch_body() -> Iterator[Callable[[], tuple[ExtensionInput, ...]]]:
    """Watch the conversion of one body; what is given tells what it has read. One body at a time, in any thread."""
    with _WATCH.lock:
        was_watched, real = _WATCH.thread, os.stat
        inputs: _Inputs = {}
        _WATCH.body = inputs
        _begin()
        os.stat = _watched_stat
        try:
            yield lambda: _sorted(inputs)
        finally:
            os.stat = real
            _WATCH.body, _WATCH.thread = None, was_watched


def _begin() -> None:
    _WATCH.thread = threading.get_ident()
    if not _WATCH.is_hooked:
        sys.addaudithook(_hook)
        _WATCH.is_hooked = True


def _sorted(inputs: _Inputs) -> tuple[ExtensionInput, ...]:
    return tuple(sorted(ExtensionInput(kind, path, state) for (kind, path), state in inputs.items()))


_OUTSIDE: Final = frozenset(
    "subprocess.Popen os.system os.exec os.posix_spawn socket.connect socket.getaddrinfo socket.gethostbyname".split()
)


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _WATCH.thread is None or _WATCH.is_busy or _WATCH.thread != threading.get_ident():
        return
    if event in {"open", "sqlite3.connect"}:
        _opened(arguments)
    elif event in {"os.listdir", "os.scandir"}:
        _seen("names", arguments[0] if arguments[0] is not None else ".")
    elif event in _OUTSIDE:
        reader = _reader(sys._getframe(1))  # noqa: SLF001 (`inspect` does the same, and is much slower)
        if reader not in _NO_EXTENSION:
            # PyMdown Extensions remember what they download; others run a program for each diagram, say.
            of_body = _WATCH.body if reader not in KNOWN else None
            inputs = _WATCH.process if of_body is None else of_body
            inputs.setdefault((UNREPEATABLE.kind, ""), UNREPEATABLE.state)


def _opened(arguments: tuple[Any, ...]) -> None:
    path = _absolute(arguments[0])
    flags = arguments[2] if len(arguments) > 2 and isinstance(arguments[2], int) else 0
    if path and flags & (os.O_WRONLY | os.O_RDWR):
        _WATCH.written.add(path)
    elif path:
        _seen("bytes", path)


def _watched_stat(path: Any, *arguments: Any, **options: Any) -> os.stat_result:
    if _WATCH.thread == threading.get_ident() and not _WATCH.is_busy:
        _seen("type", path)
    return _REAL_STAT(path, *arguments, **options)


def _seen(kind: InputKind, path: Any) -> None:
    """Keep an input. Raises OSError for the bytecode of an extension, so that Python compiles the source instead."""
    reader = _reader(sys._getframe(1))  # noqa: SLF001 (as above)
    if reader in _NO_EXTENSION or (reader == _IMPORT and kind != "bytes"):  # the folders that are searched for modules
        return
    _WATCH.is_busy = True
    try:
        name, source = _absolute(path), ""
        if not name or _is_library(name):
            return
        if reader == _IMPORT:
            with suppress(ValueError, NotImplementedError):
                source = source_from_cache(name)
            if not state_of(kind, source or name):  # an archive in which Python looks for modules
                return
        of_body = _WATCH.body if reader in KNOWN and kind == "bytes" else None
        _WATCH.add(kind, source or name, _WATCH.process if of_body is None else of_body)
    finally:
        _WATCH.is_busy = False
    if source:  # Python trusts bytecode by the second and the size of its source, which another source may share
        raise OSError(name)


_IMPORT: Final = "importlib"
_NO_EXTENSION: Final = frozenset({"", "site_builder", "ctypes", "platform", "uuid"})
"""Readers that are no extension: we ourselves, and modules of Python that ask about the machine."""


def _reader(frame: FrameType | None) -> str:
    """The package of the code that reads, past the standard library; `_IMPORT` where Python imports a module."""
    while frame is not None:
        names = frame.f_globals
        module = str(names.get("__name__", ""))
        package = module.partition(".")[0]
        if module.startswith("importlib.metadata"):  # looks for installed packages
            return ""
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return _IMPORT
        if names is not globals() and (package in _NO_EXTENSION or package not in sys.stdlib_module_names):
            return package
        frame = frame.f_back
    return ""


def _absolute(path: Any) -> str:
    """The path as a text; "" for what is none, such as the number of an open file."""
    with suppress(TypeError, ValueError, OSError):
        return os.path.abspath(os.fsdecode(os.fspath(path)))  # noqa: PTH100 (pathlib keeps "..")
    return ""


@cache
def _libraries() -> tuple[str, ...]:
    """Folders with code whose versions are part of the cache's name, and our own."""
    paths = sysconfig.get_paths()
    folders = {paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    folders |= {folder for folder in sys.path if folder.endswith(("site-packages", "dist-packages"))}
    folders.add(str(Path(__file__).resolve().parents[1]))
    return tuple(sorted(f"{folder}{os.sep}" for folder in folders))


def _is_library(path: str) -> bool:
    for folder in _libraries():
        if path.startswith(folder):
            top = path[len(folder) :].partition(os.sep)[0].partition(".")[0]
            return top not in _WATCH.packages
    return path.startswith(("/proc/", "/sys/"))

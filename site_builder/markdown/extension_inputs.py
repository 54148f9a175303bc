"""What Markdown extensions read while they work: files, folders, what they looked for and did not find, and their code.

Python reports each file that is opened and each folder that is listed to an audit hook (PEP 578). What an extension
merely asks about, such as a snippet that does not exist yet, passes through `os.stat`, which is replaced meanwhile.
Modules that it tries to import count too, wherever they might be made.
Every input is kept with its state at that moment; a body may be used again while all its inputs are as they were.

Code may read a file once and remember it. So what it reads belongs to every body that its process converts from then
on, except for the files that Python-Markdown and PyMdown Extensions open: these are read for the body at hand. All
other code runs in worker processes, which `watch_process` watches from their start: its import counts too.
"""

import os
import re
import stat
import sys
import sysconfig
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, wraps
from hashlib import blake2b
from importlib.util import source_from_cache
from pathlib import Path
from types import FrameType
from typing import Any, Final, Literal, TypeVar
from urllib.parse import unquote

import msgspec

T = TypeVar("T")

KNOWN: Final = frozenset({"markdown", "pymdownx", "pygments"})
"""Packages that remember no file that they read, and whose versions are part of the cache's name."""

InputKind = Literal["bytes", "names", "type", "link", "here", "outside"]
"""The bytes of a file; the names in a folder; whether there is a file (of what size), a folder or nothing; where a
symbolic link leads, or the same for what is none; the current folder; what came from a program or from the network."""


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
        if kind == "link":
            with suppress(OSError):
                return f"link {_READLINK(path)}"
        if kind in {"type", "link"}:
            found = _STAT(path)
            is_file = stat.S_ISREG(found.st_mode)
            return f"file {found.st_size}" if is_file else "folder" if stat.S_ISDIR(found.st_mode) else "other"
        if kind == "bytes" and stat.S_ISREG(_STAT(path).st_mode):
            return _digest(Path(path).read_bytes())
    return ""


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


_STAT: Final = os.stat
_READLINK: Final = os.readlink

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
        """The thread that is watched; None for none, or all."""
        self.is_worker = False
        """Are all threads watched, always?"""
        self.is_hooked = False
        self.reading: set[int] = set()
        """Threads in which this very module is reading something."""
        self.written: set[str] = set()
        """Files that an extension writes, which are no input."""

    def is_on(self) -> bool:
        """Is the present thread watched?"""
        thread = threading.get_ident()
        return (self.is_worker or self.thread == thread) and thread not in self.reading

    def add(self, kind: InputKind, path: str, inputs: _Inputs) -> None:
        if path not in self.written and (kind, path) not in inputs:
            inputs[kind, path] = state_of(kind, path)
            inputs.setdefault(("here", str(Path.cwd())), "here")


_WATCH: Final = _Watch()
"""There is one for each process, as there is one audit hook."""


def watch_process(packages: frozenset[str]) -> None:
    """Watch everything that this process does from now on, imports included; for a worker process.

    `packages` are those of the extensions: their code counts wherever it is.
    """
    _WATCH.packages = packages
    _WATCH.is_worker = True
    _begin()


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
        inputs: _Inputs = {}
        _WATCH.body, _WATCH.thread = inputs, threading.get_ident()
        _begin()
        try:
            yield lambda: _sorted(inputs)
        finally:
            _WATCH.body, _WATCH.thread = None, None
            if not _WATCH.is_worker:
                for name, (real, _) in _ASKING.items():
                    setattr(os, name, real)


def _begin() -> None:
    _libraries()  # now, because `sysconfig` imports modules the first time, and the hook must not ask it meanwhile
    for name, (_, watched) in _ASKING.items():
        setattr(os, name, watched)
    if not _WATCH.is_hooked:
        sys.addaudithook(_hook)
        _WATCH.is_hooked = True


def _watched(real: Callable[..., T], kind: InputKind) -> Callable[..., T]:
    """A function of `os` that asks about a path, and keeps what was asked for."""

    @wraps(real)
    def asking(path: Any, *arguments: Any, **options: Any) -> T:
        if _WATCH.is_on() and options.get("dir_fd") is None:
            _seen(kind, path)
        return real(path, *arguments, **options)

    return asking


_KINDS: Final[dict[str, InputKind]] = {"stat": "type", "access": "type", "lstat": "link", "readlink": "link"}
_ASKING: Final = {name: (getattr(os, name), _watched(getattr(os, name), kind)) for name, kind in _KINDS.items()}


def _sorted(inputs: _Inputs) -> tuple[ExtensionInput, ...]:
    return tuple(sorted(ExtensionInput(kind, path, state) for (kind, path), state in inputs.items()))


_OUTSIDE: Final = frozenset(
    "subprocess.Popen os.system os.exec os.posix_spawn socket.connect socket.getaddrinfo socket.gethostbyname".split()
)


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if not _WATCH.is_on():
        return
    if event == "open":
        _opened(*arguments)
    elif event == "sqlite3.connect":
        _opened(re.sub(r"^file:|\?.*", "", unquote(os.fsdecode(arguments[0]))), None, os.O_RDONLY)
    elif event in {"os.listdir", "os.scandir"}:
        _seen("names", arguments[0] if arguments[0] is not None else ".")
    elif event == "import" and _WATCH.is_worker:
        _sought(arguments[0])
    elif event in _OUTSIDE:
        reader, _ = _reader(sys._getframe(1))  # noqa: SLF001 (`inspect` does the same, and is much slower)
        if reader not in _NO_EXTENSION:
            # PyMdown Extensions remember what they download; others run a program for each diagram, say.
            of_body = _WATCH.body if reader not in KNOWN else None
            inputs = _WATCH.process if of_body is None else of_body
            inputs.setdefault((UNREPEATABLE.kind, ""), UNREPEATABLE.state)


def _opened(path: Any, _mode: object, flags: int) -> None:
    if flags & (os.O_WRONLY | os.O_RDWR):
        _WATCH.written.add(_absolute(path))
    else:
        _seen("bytes", path)


def _sought(module: str) -> None:
    """Keep the places of a module that code of the site imports: one made there later would be another module."""
    _, code = _reader(sys._getframe(1), past_import=True)  # noqa: SLF001 (as above)
    if not code or code.startswith("<") or _is_library(code):
        return
    package, _, name = module.rpartition(".")
    folders = getattr(sys.modules.get(package), "__path__", ()) if package else sys.path
    for folder in folders:
        with _reading():
            place = _absolute(os.path.join(folder, name))  # noqa: PTH118 (for "", the current folder)
            if not _is_library(place) and os.path.isdir(folder or "."):  # noqa: PTH112 (as above)
                _WATCH.add("type", place, _WATCH.process)
                _WATCH.add("type", f"{place}.py", _WATCH.process)


def _seen(kind: InputKind, path: Any) -> None:
    """Keep an input. Raises OSError for the bytecode of an extension, so that Python compiles the source instead."""
    reader, _ = _reader(sys._getframe(1))  # noqa: SLF001 (as above)
    if reader in _NO_EXTENSION or (reader == _IMPORT and kind != "bytes"):  # the folders that are searched for modules
        return
    with _reading():
        name, source = _absolute(path), ""
        if reader == _IMPORT:
            with suppress(ValueError, NotImplementedError):
                source = source_from_cache(name)
        if not name or _is_library(source or name):
            return
        if reader == _IMPORT and not state_of(kind, source or name):  # an archive in which Python looks for modules
            return
        of_body = _WATCH.body if reader in KNOWN and kind == "bytes" else None
        _WATCH.add(kind, source or name, _WATCH.process if of_body is None else of_body)
    if source:  # Python trusts bytecode by the second and the size of its source, which another source may share
        raise OSError(name)


@contextmanager
def _reading() -> Iterator[None]:
    """What this module itself reads does not count."""
    thread = threading.get_ident()
    _WATCH.reading.add(thread)
    try:
        yield
    finally:
        _WATCH.reading.discard(thread)


_IMPORT: Final = "importlib"
_NO_EXTENSION: Final = frozenset({"", "site_builder", "coverage", "ctypes", "debugpy", "platform", "pydevd", "uuid"})
"""Readers that are no extension: we ourselves, modules of Python that ask about the machine, tools that watch code."""


def _reader(frame: FrameType | None, *, past_import: bool = False) -> tuple[str, str]:
    """The package of the code that reads, past the standard library, and its file.

    `_IMPORT` where Python imports a module; with `past_import`, the code that asked for it.
    """
    while frame is not None:
        names, file = frame.f_globals, frame.f_code.co_filename
        module = str(names.get("__name__", ""))
        package = module.partition(".")[0]
        if module.startswith("importlib.metadata"):  # looks for installed packages
            return "", file
        if file.startswith("<frozen importlib") and not past_import:
            return _IMPORT, file
        if names is not globals() and (package in _NO_EXTENSION or package not in sys.stdlib_module_names):
            return package, file
        frame = frame.f_back
    return "", ""


def _absolute(path: Any) -> str:
    """The path as a text; "" for what is none, such as the number of an open file."""
    with suppress(TypeError, ValueError, OSError):
        return os.path.abspath(os.fsdecode(os.fspath(path)))  # noqa: PTH100 (pathlib keeps "..")
    return ""


@cache
def _libraries() -> tuple[str, ...]:
    """Folders with code whose versions are part of the cache's name, and our own; inner ones before outer ones."""
    paths = sysconfig.get_paths()
    folders = {paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")}
    folders |= {folder for folder in sys.path if folder.endswith(("site-packages", "dist-packages"))}
    folders.add(str(Path(__file__).resolve().parents[1]))
    return tuple(sorted((f"{folder}{os.sep}" for folder in folders), key=len, reverse=True))


def _is_library(path: str) -> bool:
    for folder in _libraries():
        if path.startswith(folder):
            top = path[len(folder) :].partition(os.sep)[0].partition(".")[0]
            return top not in _WATCH.packages
    return path.startswith(("/proc/", "/sys/"))

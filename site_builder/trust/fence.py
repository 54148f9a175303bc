"""A fence around code that untrusted settings direct: MkDocs while it validates them, and Markdown extensions.

These are installed packages, but the settings say what they do: an option of a formatter writes a file, a class that
the settings name as an extension may be any callable. While the fence is up, an audit hook of Python (PEP 578) lets
the present thread read the site, installed code and nothing else, and forbids it to write, to start programs, and to
use the network. Code of the repository is not compiled, imported or run.
"""

import _thread
import os
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, wraps
from pathlib import Path
from types import FrameType
from typing import Any, Final, Literal

from site_builder.theme import theme_dir
from site_builder.trust.installed_code import is_below, is_installed, repository_of

_Actor = Literal["program", "import", "other"]

_HARMLESS: Final = ("/dev/null", "/dev/urandom", "/usr/share/zoneinfo")
_FORBIDDEN: Final = frozenset(
    "os.chflags os.chmod os.chown os.exec os.fork os.forkpty os.link os.lockf os.mkdir os.posix_spawn os.putenv"
    " os.remove os.removexattr os.rename os.rmdir os.setxattr os.spawn os.startfile os.symlink os.system os.truncate"
    " os.unsetenv os.utime pty.spawn shutil.rmtree subprocess.Popen webbrowser.open _thread.start_new_thread"
    " ctypes.dlopen".split()
)
_NETWORK: Final = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "poplib.", "imaplib.", "telnetlib.")

_fenced: Final[dict[int, tuple[str, str]]] = {}
"""Thread -> the folder of its site, and the repository around that."""


@contextmanager
def fenced(root: str) -> Iterator[None]:
    """Hold the present thread to the site in that folder; "" holds it to nothing."""
    thread = threading.get_ident()
    if not root or thread in _fenced:
        yield
        return
    _install()
    _fenced[thread] = (root, str(repository_of(Path(root))))
    try:
        yield
    finally:
        del _fenced[thread]


@cache
def _install() -> None:
    sys.addaudithook(_hook)
    if sys.version_info < (3, 12):  # which has no event for a new thread; one would be outside of the fence
        start = _thread.start_new_thread

        @wraps(start)
        def start_new_thread(*arguments: Any, **options: Any) -> int:
            sys.audit("_thread.start_new_thread", *arguments)
            return start(*arguments, **options)

        for module, name in ((_thread, "start_new_thread"), (threading, "_start_new_thread")):
            setattr(module, name, start_new_thread)


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    held = _fenced.get(threading.get_ident())
    if held is None:
        return
    if event in _FORBIDDEN or event.startswith(_NETWORK):
        if _actor(sys._getframe(1)) == "other":  # noqa: SLF001 (`inspect` does the same, and is much slower)
            raise PermissionError(f"an untrusted run does not allow {event}")
    elif judge := _JUDGES.get(event):
        thread = threading.get_ident()
        del _fenced[thread]  # what judging reads itself is no matter
        try:
            judge(*held, *arguments)
        finally:
            _fenced[thread] = held


def _opened(root: str, repository: str, path: Any, _mode: object = None, flags: int = os.O_RDONLY) -> None:
    name, actor = _name_of(path), _actor(sys._getframe(2))  # noqa: SLF001 (as above)
    if not name or actor == "program":
        return
    if actor == "import":  # bytecode is written too
        _forbid_code(root, repository, name)
    elif flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC) and name != os.devnull:
        raise PermissionError(f"an untrusted run does not allow writing: {name}")
    else:
        _seen(root, name)


def _listed(root: str, _repository: str, path: Any = None) -> None:
    name, actor = _name_of("." if path is None else path), _actor(sys._getframe(2))  # noqa: SLF001 (as above)
    if name and actor == "other":
        _seen(root, name)


def _seen(root: str, name: str) -> None:
    is_private = ".git" in Path(os.path.relpath(os.path.realpath(name), os.path.realpath(root))).parts
    is_inside = is_below(name, root) and not is_private
    if not is_inside and not is_installed(name) and not _is_harmless(name):
        raise PermissionError(f"an untrusted run does not allow reading outside of the site: {name}")


def _is_harmless(name: str) -> bool:
    places = (*_HARMLESS, str(theme_dir()), *(entry for entry in sys.path if entry))
    return any(is_below(name, place) for place in places)


def _executed(root: str, repository: str, code: Any) -> None:
    _forbid_code(root, repository, str(getattr(code, "co_filename", "")))


def _compiled(root: str, repository: str, _source: Any, name: Any) -> None:
    _forbid_code(root, repository, _name_of(name))


def _imported(root: str, repository: str, _module: Any, name: Any = None, *_rest: Any) -> None:
    _forbid_code(root, repository, _name_of(name))


def _forbid_code(_root: str, repository: str, name: str) -> None:
    is_file = name and not name.startswith("<")
    if is_file and is_below(name, repository) and not is_installed(name):
        raise PermissionError(f"an untrusted run does not run code of the repository: {name}")


_JUDGES: Final[Mapping[str, Callable[..., None]]] = {
    "open": _opened, "os.listdir": _listed, "os.scandir": _listed, "glob.glob": _listed, "sqlite3.connect": _opened,
    "exec": _executed, "compile": _compiled, "import": _imported,
}  # fmt: skip


def _name_of(path: Any) -> str:
    """The path as a text; "" for what is none, such as the number of an open file."""
    if isinstance(path, int) or path is None:
        return ""
    try:
        return os.fsdecode(os.fspath(path))
    except TypeError:
        return ""


def _actor(frame: FrameType | None) -> _Actor:
    """Who does something, past the standard library: this program, Python's import, or somebody else."""
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return "import"
        package = str(frame.f_globals.get("__name__", "")).partition(".")[0]
        if frame.f_globals is not globals() and package not in sys.stdlib_module_names:
            return "program" if package == "site_builder" else "other"
        frame = frame.f_back
    return "program"

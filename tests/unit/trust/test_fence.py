"""What an extension may do while the fence is up, and what this program itself still can."""

import sys
import threading
from pathlib import Path

import pytest

from site_builder.trust.fence import fenced
from tests.helpers.site import write_files

FORBIDDEN = {
    "write": "open(ROOT + '/new.txt', 'w')",
    "append": "open(ROOT + '/in.txt', 'a')",
    "write outside": "open(OUTSIDE + '/new.txt', 'w')",
    "os.open": "import os; os.open(ROOT + '/new.txt', os.O_CREAT | os.O_WRONLY)",
    "read outside": "open(OUTSIDE + '/out.txt').read()",
    "read outside by a relative path": "import os; open(os.path.relpath(OUTSIDE + '/out.txt')).read()",
    "read a link": "open(ROOT + '/link.txt').read()",
    "read behind a linked folder": "open(ROOT + '/folder/out.txt').read()",
    "read .git": "open(ROOT + '/.git/config').read()",
    "pathlib": "from pathlib import Path; Path(OUTSIDE, 'out.txt').read_bytes()",
    "linecache": "import linecache; assert linecache.getline(OUTSIDE + '/out.txt', 1) == ''; raise PermissionError",
    "list a folder outside": "import os; os.listdir(OUTSIDE)",
    "walk outside": "import os; next(os.scandir(OUTSIDE))",
    "a database outside": "import sqlite3; sqlite3.connect(OUTSIDE + '/out.db')",
    "remove": "import os; os.remove(ROOT + '/in.txt')",
    "rename": "import os; os.rename(ROOT + '/in.txt', ROOT + '/x.txt')",
    "make a folder": "import os; os.mkdir(ROOT + '/new')",
    "link": "import os; os.symlink(OUTSIDE, ROOT + '/new')",
    "permissions": "import os; os.chmod(ROOT + '/in.txt', 0o777)",
    "remove a tree": "import shutil; shutil.rmtree(ROOT)",
    "copy": "import shutil; shutil.copy(ROOT + '/in.txt', OUTSIDE + '/new.txt')",
    "program": "import subprocess; subprocess.run(['true'])",
    "shell": "import os; os.system('true')",
    "fork": "import os; os.fork()",
    "spawn": "import os; os.posix_spawn('/bin/true', ['true'], {})",
    "thread": "import threading; threading.Thread(target=print).start()",
    "address": "import socket; socket.getaddrinfo('localhost', 80)",
    "connection": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "download": "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')",
    "run a file": "import runpy; runpy.run_path(ROOT + '/code.py')",
    "compile a file": "exec(compile('X = 1', ROOT + '/code.py', 'exec'), {})",
    "import": "import sys; sys.path.insert(0, ROOT); import code_of_site",
    "import a package": "import sys; sys.path.insert(0, ROOT); import package_of_site.inner",
    "pickle": "import pickle; pickle.loads(b\"cos\\nsystem\\n(S'true'\\ntR.\")",
}

ALLOWED = {
    "read the site": "from pathlib import Path; assert Path(ROOT, 'in.txt').read_text() == 'in'",
    "read with a relative path": "import os; open(os.path.relpath(ROOT + '/in.txt')).close()",
    "list the site": "import os; assert 'in.txt' in os.listdir(ROOT)",
    "import a library": "import colorsys",
    "read a library": "import os; open(os.__file__).close()",
    "read a package": "import markdown; open(markdown.__file__).close()",
    "make code": "exec(compile('x = 1', '<made>', 'exec'))",
    "named tuples": "from collections import namedtuple; namedtuple('A', 'b')",
    "nothing": "import os; open(os.devnull, 'w').close()",
    "distributions": "from importlib.metadata import entry_points; entry_points(group='markdown.extensions')",
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_files(tmp_path, {
        "site/in.txt": "in", "site/.git/config": "token", "site/code.py": "X = 1\n", "site/code_of_site.py": "X = 1\n",
        "site/package_of_site/inner.py": "X = 1\n", "outside/out.txt": "out",
    })  # fmt: skip
    (tmp_path / "site/link.txt").symlink_to(tmp_path / "outside/out.txt")
    (tmp_path / "site/folder").symlink_to(tmp_path / "outside")
    monkeypatch.setattr(sys, "path", [*sys.path])
    return tmp_path / "site"


def run(code: str, root: Path) -> None:
    """Run code as that of an installed extension."""
    names = {"__name__": "an_extension", "ROOT": str(root), "OUTSIDE": str(root.parent / "outside")}
    compiled = compile(code, "<extension>", "exec")
    with fenced(str(root)):
        exec(compiled, names)


@pytest.mark.parametrize("name", FORBIDDEN)
def test_forbidden(name: str, root: Path):
    before = sorted(root.parent.rglob("*"))
    with pytest.raises((PermissionError, ImportError)):
        run(FORBIDDEN[name], root)
    assert sorted(root.parent.rglob("*")) == before
    assert (root / "in.txt").read_text() == "in"


@pytest.mark.parametrize("name", ALLOWED)
def test_allowed(name: str, root: Path):
    run(ALLOWED[name], root)


def test_it_ends_with_the_block_and_holds_one_thread(root: Path):
    text: list[str] = []
    code = compile("with open(OUTSIDE) as file: text.append(file.read())", "<extension>", "exec")
    names = {"__name__": "an_extension", "OUTSIDE": str(root.parent / "outside/out.txt"), "text": text}
    is_up, is_done = threading.Event(), threading.Event()

    def other() -> None:
        is_up.wait()
        exec(code, names)
        is_done.set()

    helper = threading.Thread(target=other)
    helper.start()
    with fenced(str(root)):
        is_up.set()
        is_done.wait()
    helper.join()
    exec(code, names)
    assert text == ["out", "out"]
    with pytest.raises(PermissionError):
        run("open(OUTSIDE + '/out.txt')", root)


def test_without_a_folder_nothing_is_held(root: Path):
    with fenced(""):
        exec("open(ROOT + '/new.txt', 'w').close()", {"__name__": "an_extension", "ROOT": str(root)})
    assert (root / "new.txt").exists()

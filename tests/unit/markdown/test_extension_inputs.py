"""What code of an extension reads is noticed, however it reads it."""

import gzip
import py_compile
import sqlite3
import zipfile
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from site_builder.markdown import extension_inputs
from site_builder.markdown.extension_inputs import (
    UNREPEATABLE,
    ExtensionInput,
    inputs_of_process,
    state_of,
    watch_process,
)
from site_builder.parallel import WorkerPool
from tests.helpers.site import write_files


def inputs(code: str, folder: Path) -> tuple[ExtensionInput, ...]:
    """Run code as that of an extension is run, in the folder of its site; what it reads."""
    start = f"import os, sys; os.chdir({str(folder)!r}); sys.path.insert(0, {str(folder)!r})\n"
    with WorkerPool(1, partial(watch_process, frozenset({"an_extension"}))) as pool:
        compiled = f"exec(compile({code!r}, 'extension.py', 'exec'))"
        pool.submit(exec, start + compiled, {"__name__": "an_extension"}).result()
        return pool.submit(inputs_of_process).result()


READS = {
    "open": "open('data.txt').read()",
    "pathlib": "from pathlib import Path; Path('data.txt').read_bytes()",
    "os.open": "import os; os.close(os.open('data.txt', os.O_RDONLY))",
    "linecache": "import linecache; linecache.getline('data.txt', 1)",
    "thread": "import threading; t = threading.Thread(target=lambda: open('data.txt').close()); t.start(); t.join()",
    "configparser": "import configparser; configparser.ConfigParser().read(['data.txt'])",
    "runpy": "import runpy; runpy.run_path('data.txt')",
    "runs code": "exec(compile(open('data.txt').read(), 'data.txt', 'exec'), {})",
    "gzip": "import gzip; gzip.open('data.gz').read()",
    "zip": "import zipfile; zipfile.ZipFile('data.zip').read('x')",
    "sqlite": "import sqlite3; sqlite3.connect('data.db').close()",
    "sqlite address": "import sqlite3; sqlite3.connect('file:data.db?mode=ro', uri=True).close()",
    "import": "import data_module",
    "import of a package": "from data_package.inner import X",
}


@pytest.mark.parametrize("name", READS)
def test_a_file_is_an_input(name: str, tmp_path: Path) -> None:
    write_files(tmp_path, {
        "data.txt": "['x']\n",
        "data.gz": gzip.compress(b"x"),
        "data_module.py": "X = 1\n",
        "data_package/__init__.py": "",
        "data_package/inner.py": "X = 1\n",
    })  # fmt: skip
    with zipfile.ZipFile(tmp_path / "data.zip", "w") as archive:
        archive.writestr("x", "y")
    with closing(sqlite3.connect(tmp_path / "data.db")) as database:
        database.execute("CREATE TABLE t (x)")
    read = {one for one in inputs(READS[name], tmp_path) if one.kind == "bytes"}
    assert {Path(one.path).name.split(".")[0].split("_")[0] for one in read} <= {"data", "__init__", "inner", ""}
    assert read
    assert all(state_of(one.kind, one.path) == one.state for one in read)
    for one in read:
        Path(one.path).write_bytes(Path(one.path).read_bytes() + b" ")
        assert state_of(one.kind, one.path) != one.state


ASKS = {
    "exists": "from pathlib import Path; Path('later').exists()",
    "isdir": "import os; os.path.isdir('later')",
    "lexists": "import os; os.path.lexists('later')",
    "access": "import os; os.access('later', os.R_OK)",
    "open in vain": "try: open('later')\nexcept OSError: pass",
    "listdir": "import os; os.listdir('.')",
    "glob": "import glob; glob.glob('*.x')",
    "walk": "import os; list(os.walk('.'))",
    "import in vain": "try: import later\nexcept ImportError: pass",
}


@pytest.mark.parametrize("name", ASKS)
def test_what_is_not_there_yet_is_an_input(name: str, tmp_path: Path) -> None:
    asked = [one for one in inputs(ASKS[name], tmp_path) if one.kind != "here"]
    assert all(state_of(one.kind, one.path) == one.state for one in asked)
    (tmp_path / "later").write_text("x", encoding="utf-8")
    assert any(state_of(one.kind, one.path) != one.state for one in asked)


LINKS = {
    "readlink": "import os; os.readlink('link')",
    "pathlib": "from pathlib import Path; Path('link').readlink()",
    "realpath": "import os; os.path.realpath('link/x')",
    "resolve": "from pathlib import Path; Path('link').resolve()",
    "islink": "import os; os.path.islink('link')",
}


@pytest.mark.parametrize("name", LINKS)
def test_where_a_symbolic_link_leads_is_an_input(name: str, tmp_path: Path) -> None:
    for folder in ("old", "new"):
        (tmp_path / folder).mkdir()
    (tmp_path / "link").symlink_to("old")
    asked = [one for one in inputs(LINKS[name], tmp_path) if one.kind != "here"]
    assert all(state_of(one.kind, one.path) == one.state for one in asked)
    (tmp_path / "link").unlink()
    (tmp_path / "link").symlink_to("new")
    assert any(state_of(one.kind, one.path) != one.state for one in asked)


OUTSIDE = {
    "program": "import subprocess, sys; subprocess.run([sys.executable, '-c', ''])",
    "shell": "import os; os.system(':')",
    "network": "import socket\ntry: socket.create_connection(('127.0.0.1', 9), 0.1)\nexcept OSError: pass",
}


@pytest.mark.parametrize("name", OUTSIDE)
def test_what_comes_from_elsewhere_cannot_be_repeated(name: str, tmp_path: Path) -> None:
    assert UNREPEATABLE in inputs(OUTSIDE[name], tmp_path)
    assert state_of(UNREPEATABLE.kind, UNREPEATABLE.path) != UNREPEATABLE.state


def test_what_python_itself_reads_is_no_input(tmp_path: Path) -> None:
    code = "import json, http.client, importlib.metadata, platform; importlib.metadata.version('markdown'); 1"
    assert [one for one in inputs(code, tmp_path) if one.kind in {"bytes", "names", "outside"}] == []


def test_an_installed_module_counts_with_its_bytecode_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    installed = tmp_path / "site-packages"
    write_files(installed, {"an_extension.py": "X = 1\n"})
    py_compile.compile(str(installed / "an_extension.py"))
    monkeypatch.syspath_prepend(str(installed))
    read = {Path(one.path).name for one in inputs("import an_extension", tmp_path) if one.kind == "bytes"}
    assert read == {"an_extension.py"}


def test_where_relative_paths_begin_is_an_input(tmp_path: Path) -> None:
    write_files(tmp_path, {"data.txt": "x"})
    (here,) = [one for one in inputs(READS["open"], tmp_path) if one.kind == "here"]
    assert here.path == str(tmp_path)
    assert state_of(here.kind, here.path) == "", "this process is in another folder"


@pytest.mark.parametrize("place", ["site-packages", "lib/python3/dist-packages"])
def test_an_installed_extension_counts_without_its_libraries(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its version may stay the same while somebody works on it; those of other packages are in the cache's name."""
    installed = tmp_path / place
    write_files(installed, {
        "an_extension/__init__.py": "from an_extension.words import X\n",
        "an_extension/words.py": "from pathlib import Path\nimport a_library\n"
        "X = Path(__file__).with_name('words.txt').read_text()\n",
        "an_extension/words.txt": "x",
        "a_library.py": "import os\nos.listdir(os.path.dirname(__file__))\nopen(__file__).close()\n",
    })  # fmt: skip
    monkeypatch.syspath_prepend(str(installed))
    read = {Path(one.path).name for one in inputs("import an_extension", tmp_path) if one.kind == "bytes"}
    assert read == {"__init__.py", "words.py", "words.txt"}


def test_where_the_libraries_are_is_known_before_anything_is_watched() -> None:
    """`sysconfig` imports modules when it is first asked, and cannot be asked again meanwhile (Python 3.13)."""
    extension_inputs._libraries.cache_clear()
    with extension_inputs.watch_body():
        assert extension_inputs._libraries.cache_info().currsize == 1

"""The same content gives the same bytes wherever it is built: locale, time zone, seed of hashes, order of files …

`make torture` tries every environment; by default some are tried.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest

from tests.helpers.output import files
from tests.helpers.site import MKDOCS_YML, article, entity, topic, write_site
from tests.helpers.torture import sample

pytestmark = pytest.mark.torture

SEEDED: Final = """\
import os
import random

if "SHUFFLE" in os.environ:
    order = random.Random(os.environ["SHUFFLE"])
    listdir, scandir = os.listdir, os.scandir

    class Shuffled:
        def __init__(self, *given):
            with scandir(*given) as found:
                self.entries = list(found)
            order.shuffle(self.entries)

        def __iter__(self):
            return self

        def __next__(self):
            if not self.entries:
                raise StopIteration
            return self.entries.pop()

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

        def close(self):
            pass

    def shuffled(*given):
        names = listdir(*given)
        order.shuffle(names)
        return names

    os.listdir, os.scandir = shuffled, Shuffled
if "EAGER" in os.environ:  # processes even for a few documents
    import site_builder.parallel

    site_builder.parallel.WORTH_PROCESSES = 1
"""
TITLE: Final = "İstanbul'da IRMAK ve \N{LATIN SMALL LETTER DOTLESS I}l\N{LATIN SMALL LETTER DOTLESS I}k su"
"""Letters that other locales write in upper and lower case in their own way."""
TRUST: Final = "Ç\N{LATIN SMALL LETTER DOTLESS I}nar Trust"
SITE: Final[Mapping[str, str | bytes]] = {
    "mkdocs.yml": MKDOCS_YML,
    "content/articles/istanbul.md": article(
        TITLE, f"Über straße, ﬁn, [[weir]]. {TITLE}. ![Bild](bild-ä.png)\n", topics=["rivers"], entities=["trust"],
        similar=[{"to": "weir", "why": "Ähnlich"}], date="2026-05-01",
    ),
    **{
        f"content/articles/{name}.md": article(
            name.title(), f"On {name}, the sluice and [[istanbul]].\n", topics=["rivers"], date=f"2026-0{number}-03"
        )
        for number, name in enumerate(("weir", "sluice", "gate", "lock", "flood", "pond"), 1)
    },
    "content/articles/bild-ä.png": b"\x89PNG\r\n\x1a\n" + bytes(40),
    "content/topics/rivers.md": topic("Rivers", "All about them.\n"),
    "content/entities/trust.md": entity(TRUST, synonyms=["ÇINAR"]),
    "content/static/robots.txt": "User-agent: *\n",
}  # fmt: skip


@dataclass(frozen=True)
class Surroundings:
    """How a build is started."""

    env: Mapping[str, str] = field(default_factory=dict)
    options: Sequence[str] = ("-j", "1")
    umask: int = 0o022
    folder: str = "kb"
    is_elsewhere: bool = False
    """Started in another folder."""
    is_read_only: bool = False


CASES: Final = {
    "C": Surroundings({"LC_ALL": "C"}),
    "shuffled": Surroundings({"SHUFFLE": "1"}),
    "four processes": Surroundings({"EAGER": "1"}, ("-j", "4")),
    "POSIX": Surroundings({"LC_ALL": "POSIX", "PYTHONCOERCECLOCALE": "0"}),
    "de_DE": Surroundings({"LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de"}),
    "tr_TR": Surroundings({"LC_ALL": "tr_TR.UTF-8"}),
    "not a locale": Surroundings({"LC_ALL": "xx_XX"}),
    "no UTF-8 mode": Surroundings({"PYTHONUTF8": "0", "LC_ALL": "C.UTF-8"}),
    "ASCII": Surroundings({"PYTHONUTF8": "0", "LC_ALL": "C"}),
    "UTF-8 mode": Surroundings({"PYTHONUTF8": "1", "LC_ALL": "C"}),
    "east": Surroundings({"TZ": "Pacific/Kiritimati"}),
    "west": Surroundings({"TZ": "America/Adak"}),
    "seed 0": Surroundings({"PYTHONHASHSEED": "0"}),
    "seed 4242": Surroundings({"PYTHONHASHSEED": "4242"}),
    "private": Surroundings(umask=0o077),
    "open": Surroundings(umask=0),
    "shuffled again": Surroundings({"SHUFFLE": "2"}),
    "two processes": Surroundings({"EAGER": "1", "SHUFFLE": "3"}, ("-j", "2")),
    "elsewhere": Surroundings(is_elsewhere=True),
    "a path": Surroundings(folder="my knowledge bäse [1]"),
    "read only": Surroundings(is_read_only=True),
    "optimised": Surroundings({"PYTHONOPTIMIZE": "1"}),
    "no docstrings": Surroundings({"PYTHONOPTIMIZE": "2"}),
    "no home": Surroundings({"HOME": "/nonexistent", "TMPDIR": "/nonexistent"}),
    "narrow": Surroundings({"COLUMNS": "20", "NO_COLOR": "1", "TERM": "dumb"}),
    "all at once": Surroundings(
        {"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "7", "SHUFFLE": "4", "EAGER": "1"},
        ("-j", "3"), 0o077, "ein Ordner", is_elsewhere=True,
    ),
}  # fmt: skip


def built(home: Path, how: Surroundings) -> dict[str, bytes]:
    """A site that is built in some surroundings, in a new process."""
    root = home / how.folder
    root.mkdir()
    write_site(root, SITE)
    (home / "hooks").mkdir()
    (home / "hooks/sitecustomize.py").write_text(SEEDED, encoding="utf-8")
    path = os.pathsep.join([str(home / "hooks"), *filter(None, sys.path)])
    base = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON", "TZ"))}
    command = [sys.executable, "-m", "site_builder", "build", "--date", "2026-07-01", *how.options]
    if how.is_read_only:
        for one in (root / "content").rglob("*"):
            one.chmod(0o555 if one.is_dir() else 0o444)
        (root / "content").chmod(0o555)
    done = subprocess.run(
        [*command, *(["-f", str(root / "mkdocs.yml")] if how.is_elsewhere else [])],
        cwd=home if how.is_elsewhere else root, umask=how.umask, env={**base, "PYTHONPATH": path, **how.env},
        capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return files(root / "site")


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return built(tmp_path_factory.mktemp("usual"), Surroundings({"LC_ALL": "C.UTF-8", "TZ": "UTC"}))


@pytest.mark.parametrize("name", sample(list(CASES), 2))
def test_the_same_bytes(tmp_path: Path, usual: dict[str, bytes], name: str):
    made = built(tmp_path, CASES[name])
    assert made.keys() == usual.keys()
    assert [path for path in made if made[path] != usual[path]] == []
    shutil.rmtree(tmp_path, ignore_errors=True)

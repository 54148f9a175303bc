"""`site-builder serve` as an editor runs it: a process of its own, whose output goes to a file beside the settings."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from tests.helpers.site import MKDOCS_YML, MakeSite, article, write_files

WAIT_SECONDS: Final = 60
"""After which something will not happen any more; far more than any machine needs."""

EXTENSION: Final = """\
from pathlib import Path

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor


class Words(Preprocessor):
    def run(self, lines):
        return [line.replace("WORD", Path(__file__).with_name("word.txt").read_text() + "!") for line in lines]


class Replacing(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Words(md), "words", 40)


def makeExtension(**options):
    return Replacing(**options)
"""
FILES: Final = {
    "mkdocs.yml": f"{MKDOCS_YML}markdown_extensions: [served_words]\n",
    "served_words.py": EXTENSION,
    "word.txt": "first",
    **{f"content/articles/n{number}.md": article(f"N{number}", "A WORD.\n") for number in range(8)},
}


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def served(root: Path, *before: str) -> Iterator[str]:
    """The address of a running server, which is stopped at the end."""
    port = free_port()
    command = [*before, sys.executable, "-m", "site_builder", "serve", "--port", str(port)]
    with (
        (root / "serve.log").open("wb") as log,
        subprocess.Popen(
            command, cwd=root, stdout=log, stderr=log, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        ) as process,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            eventually(lambda: "Serving at" in read_log(root))
            yield address
        finally:
            process.terminate()


def read_log(root: Path) -> str:
    return (root / "serve.log").read_text(encoding="utf-8")


def get(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return str(answer.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return error.read().decode()


def eventually(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + WAIT_SECONDS
    while not holds():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def version(page: str) -> str:
    return page.partition('data-version="')[2].partition('"')[0]


@pytest.mark.parametrize("before", [(), ("nohup",)], ids=["plain", "nohup"])
def test_it_follows_what_the_site_is_made_from_and_nothing_else(before: tuple[str, ...], make_site: MakeSite) -> None:
    root = make_site(FILES)
    with served(root, *before) as address:
        home, page = f"{address}/", f"{address}/articles/n1/"
        assert "A first!." in get(page)
        log = read_log(root)
        assert len(log.splitlines()) == 2 + len([line for line in log.splitlines() if "nohup" in line])
        write_files(root, {".mkdocs.yml.swp": "x", "4913": "", "other.log": "y", "site/index.html": "z"})
        assert version(get(page)) == "1"

        write_files(root, {"templates/words/en.yml": "latest: What is new\n"})
        eventually(lambda: "What is new" in get(home))
        write_files(root, {"templates/words/en.yml": "latest: What is newer\n"})
        eventually(lambda: "What is newer" in get(home))

        write_files(root, {"word.txt": "second"})
        eventually(lambda: "A second!." in get(page))
        write_files(root, {"served_words.py": EXTENSION.replace('"!"', '"?"')})
        eventually(lambda: "A second?." in get(page))

        write_files(root, {"content/articles/n1.md": article("N1", tittle="x")})
        eventually(lambda: "<code>key-unknown</code>" in get(page))
        eventually(lambda: "1 error" in read_log(root))
        write_files(root, {"content/articles/n1.md": article("N1", "It is mended: WORD.\n")})
        eventually(lambda: "It is mended: second?." in get(page))

        write_files(root, {"mkdocs.yml": "site_name: [\n"})
        eventually(lambda: "mkdocs.yml:" in get(f"{address}/__site-builder/state?page=/"))
        write_files(root, {"mkdocs.yml": FILES["mkdocs.yml"].replace("Test site", "Renamed")})
        eventually(lambda: "Renamed" in get(home))
        eventually(lambda: read_log(root).count("nothing to report") == 3)
        assert "Traceback" not in read_log(root)
        assert read_log(root).count("[key-unknown]") == 1

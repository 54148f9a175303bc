"""The tutorial, from nothing to a published site: every command runs, in its order, and every file is as it says.

The repository at GitHub is a bare one on this machine, and the program is not installed but there; all else is as it is
written. `serve`, which does not end, is asked for a page and then stopped.
"""

import os
import re
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.helpers.links import Tree, find_faults

ROOT: Final = Path(__file__).parents[2]
TUTORIAL: Final = ROOT / "docs/tutorial.md"
REMOTE: Final = "https://github.com/YOU/care-and-code.git"
NOT_HERE: Final = ("python3 -m venv", ".venv/bin/pip install", ". .venv/bin/activate")
"""Commands that install the program."""
SECONDS: Final = 60


def blocks() -> list[tuple[str, str, str]]:
    """Language, file and text of each block of code, in their order."""
    text = TUTORIAL.read_text(encoding="utf-8")
    return re.findall(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands() -> Iterator[str]:
    return (line for language, _, text in blocks() if language == "sh" for line in text.splitlines())


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A person who has Git and the program, and a repository that is reached by its address at GitHub."""
    bare = tmp_path / "github.git"
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch", "main", str(bare)], check=True)
    settings = {"user.name": "You", "user.email": "you@example.org", f"url.{bare}.insteadOf": REMOTE}
    numbered = enumerate(settings.items())
    given = {
        f"GIT_CONFIG_{part}_{n}": word
        for n, pair in numbered
        for part, word in zip(("KEY", "VALUE"), pair, strict=True)
    }
    path = f"{ROOT / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"
    return os.environ | given | {"GIT_CONFIG_COUNT": str(len(settings)), "PATH": path, "GIT_CONFIG_GLOBAL": os.devnull}


def run(command: str, folder: Path, environment: dict[str, str]) -> str:
    done = subprocess.run(command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout


def serve_and_stop(folder: Path, environment: dict[str, str]) -> str:
    """The home page, as `serve` shows it."""
    command = ["site-builder", "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        try:
            until = time.monotonic() + SECONDS
            address = None
            while address is None and time.monotonic() < until:
                address = re.search(r"http://\S+", process.stdout.readline())
            assert address is not None
            with urllib.request.urlopen(address[0].rstrip(".,")) as answer:
                page: str = answer.read().decode()
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=SECONDS)
    return page


def test_every_step(tmp_path: Path, environment: dict[str, str]) -> None:
    folder, said = tmp_path, ""
    ran = 0
    for language, name, text in blocks():
        if language == "sh":
            for command in text.splitlines():
                ran += 1
                if command.startswith("cd "):
                    folder /= command.removeprefix("cd ")
                elif command == "site-builder serve":
                    assert "<title>Care and code</title>" in serve_and_stop(folder, environment)
                elif not command.startswith(NOT_HERE):
                    said = run(command, folder, environment)
        elif name == "mkdocs.yml":
            assert (folder / name).read_text(encoding="utf-8").rstrip().endswith("language: en")
            with (folder / name).open("a", encoding="utf-8") as settings:
                settings.write(text)
        elif name:
            assert (folder / name).exists() is ("hospitals" in name)  # `add` has begun that one
            (folder / name).parent.mkdir(exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        else:
            assert text == said
    assert ran == len(list(commands()))
    published = tmp_path / "published"
    for branch, place in (("main", tmp_path / "clone"), ("gh-pages", published)):
        run(f"git clone --quiet --branch {branch} {REMOTE} {place}", tmp_path, environment)
    assert not (tmp_path / "clone/.venv").exists()
    assert (tmp_path / "clone/content/articles/a-clinic-asks-its-patients-first.md").exists()
    assert run("git log --format=%s", tmp_path / "clone", environment).splitlines()[-1] == "A site about care and code"
    article = (published / "articles/hospitals-share-fewer-records-than-they-could/index.html").read_text()
    assert "Forty hospitals were asked" in article
    assert "https://github.com/YOU/care-and-code/edit/main/content/articles/hospitals" in article
    assert "Write to us" in article
    assert not (published / "articles/a-clinic-asks-its-patients-first").exists()
    shutil.rmtree(published / ".git")
    assert find_faults(Tree(published, "https://YOU.github.io/care-and-code/")) == []


def test_the_commands_are_those_of_a_person_with_our_program_and_git() -> None:
    programs = {command.split()[0] for command in commands()}
    assert programs == {"mkdir", "cd", "python3", ".venv/bin/pip", ".", "site-builder", "git"}

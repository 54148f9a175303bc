"""What the documentation names is there: files, headings, commands and their options."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
import pytest

from site_builder.cli import main
from site_builder.urls import scheme
from tools.reference import ROOT

TOP: Final = [ROOT / "README.md", ROOT / "CONTRIBUTING.md"]
PAGES: Final = [*TOP, *sorted((ROOT / "docs").rglob("*.md"))]
LINK: Final = re.compile(r"(?<!\\)!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(<?([^)\s>]+)>?(?: \"[^\"]*\")?\)")
TARGETS: Final = frozenset(
    re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
)


def shown(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """The text without fenced code and code spans."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"`[^`\n]*`", "``", text)


def anchors(page: Path) -> set[str]:
    """Ids of headings, as GitHub makes them."""
    without_code = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ +(.+?)\s*$", without_code, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_links_resolve(page: Path):
    broken = []
    for link in LINK.findall(prose(page)):
        if scheme(link):
            continue
        path, _, fragment = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        is_there = target.exists() and target.is_relative_to(ROOT)
        if not is_there or (fragment and target.suffix == ".md" and fragment not in anchors(target)):
            broken.append(link)
    assert broken == []


def commands(page: Path) -> Iterator[list[str]]:
    """Every `make …` and `site-builder …` in code, as words; a comment, or a column of notes, after it is left out."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:sh|bash|console|shell|text)?\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines()]
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    for line in (*lines, *spans):
        if re.match(r"(make|site-builder|\.venv/bin/site-builder) ", line):
            yield shlex.split(re.split(r" {3,}", line)[0].replace("…", ""), comments=True)


@pytest.mark.parametrize("page", PAGES, ids=shown)
def test_commands_exist(page: Path):
    wrong = [" ".join(words) for words in commands(page) if not exists(words)]
    assert wrong == []


def exists(words: list[str]) -> bool:
    """Is there such a target of make, or such a command with such options?"""
    program, *rest = words
    if program == "make":
        return all(word in TARGETS for word in rest if "=" not in word and not word.startswith("-"))
    command: click.Command = main
    for word in rest:
        if isinstance(command, click.Group) and not word.startswith("-"):
            found = command.get_command(click.Context(command), word)
            if found is None:
                return False
            command = found
        elif word.startswith("-") and word != "-":
            known = {option for parameter in command.params for option in parameter.opts} | {"--help", "-h"}
            if word.partition("=")[0] not in known:
                return False
    return True


@pytest.mark.parametrize(
    ("command", "is_there"),
    [
        ("make site", True),
        ("make nonsense", False),
        ("make test ARGS=-x", True),
        ("site-builder build --strict", True),
        ("site-builder --version", True),
        ("site-builder build --nonsense", False),
        ("site-builder nonsense", False),
    ],
)
def test_the_test_knows_commands(command: str, is_there: bool):
    assert exists(command.split()) is is_there

"""A new site: settings, one article with its topic and entity, a workflow and a README, as files to be written.

    files = starter_files(SiteAnswers("Care and code", "https://example.org/"), dt.date(2026, 6, 3))
    write_site(Path("care"), files)

The files lie in `files/` as they are written, but for the words in capitals that `_fill` replaces, and for the dot at
the beginning of a name, which is `dot-` there.
"""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files as package_files
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from site_builder import __version__
from site_builder.disk.faults import write_new
from site_builder.importers.draft import said, scalar
from site_builder.importers.read.markdown_escape import escape_line
from site_builder.starter.settings_schema import settings_schema

SETTINGS = PurePosixPath("mkdocs.yml")
SCHEMA = PurePosixPath(".vscode/mkdocs.schema.json")
CONTENT = "content"
_EDIT_URIS: Final = {"github.com": "edit/main/", "gitlab.com": "-/edit/main/"}
"""How addresses for editing continue. MkDocs' own default names the branch `master`."""


@dataclass(frozen=True, slots=True)
class SiteAnswers:
    """What the command line says about a new site."""

    name: str
    url: str
    description: str = ""
    repository: str = ""
    """Address of the repository at its host; "" where it has none yet."""
    has_form: bool = False
    """Whether it has a form for browsers, which saves to that repository."""


@dataclass(frozen=True, slots=True)
class StarterFile:
    """A file of a new site."""

    path: PurePosixPath
    """Relative to the folder of the site."""
    text: str


def starter_files(answers: SiteAnswers, today: dt.date) -> tuple[StarterFile, ...]:
    """All files of a new site, by their paths."""
    found = [
        StarterFile(path, _fill(entry.read_text(encoding="utf-8"), path, answers, today))
        for path, entry in _entries(package_files("site_builder.starter") / "files", PurePosixPath())
    ]
    schema = json.dumps(settings_schema(), indent=2, ensure_ascii=False) + "\n"
    found.append(StarterFile(SCHEMA, schema))
    return tuple(sorted(found, key=lambda file: file.path))


def write_site(folder: Path, files: Sequence[StarterFile]) -> tuple[list[PurePosixPath], list[PurePosixPath]]:
    """Write the files; give the paths of those that were written, and of those that were there and stay as they are.

    Where the content folder holds something, none of the content is written. Raises OSError, which names the file.
    """
    has_content = any((folder / CONTENT).glob("*"))
    written: list[PurePosixPath] = []
    kept: list[PurePosixPath] = []
    for file in files:
        if has_content and file.path.parts[0] == CONTENT:
            continue
        try:
            write_new(folder / file.path, file.text.encode())
        except FileExistsError:
            kept.append(file.path)
        else:
            written.append(file.path)
    return written, kept


def _entries(folder: Traversable, path: PurePosixPath) -> list[tuple[PurePosixPath, Traversable]]:
    found: list[tuple[PurePosixPath, Traversable]] = []
    for entry in folder.iterdir():
        name = f".{entry.name[4:]}" if entry.name.startswith("dot-") else entry.name
        found += _entries(entry, path / name) if entry.is_dir() else [(path / name, entry)]
    return found


def _fill(text: str, path: PurePosixPath, answers: SiteAnswers, today: dt.date) -> str:
    is_yaml = path.suffix == ".yml"
    description = answers.description or f"Curated summaries by the editors of {answers.name}."
    values = {
        "SITE_NAME": scalar(answers.name) if is_yaml else escape_line(said(answers.name)),
        "SITE_URL": scalar(answers.url),
        "SITE_DESCRIPTION": scalar(description),
        "TODAY": today.isoformat(),
        "VERSION": __version__,
    }
    if path.parts[0] == ".github":
        return text  # SITE_URL is a variable of the shell there
    for word, value in values.items():
        text = text.replace(word, value)
    text = text.replace("REPOSITORY\n", _repository(answers.repository))
    return text.replace("FORM\n", "      form: true\n" if answers.has_form else "")


def _repository(address: str) -> str:
    """The settings by which pages link to their source, or none."""
    host = urlsplit(address).hostname or ""
    branch = next((uri for known, uri in _EDIT_URIS.items() if host == known), "")
    settings = {"repo_url": address, "edit_uri": f"{branch}{CONTENT}/" if branch else ""}
    return "".join(f"{key}: {scalar(value)}\n" for key, value in settings.items() if value)

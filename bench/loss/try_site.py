"""A folder of Markdown, of any program, as a site of ours: what `check` says of it, and the pages that are built.

Every document becomes an article with new front matter; what the old one said is left out, and the body stays as it is.
Files whose name cannot be part of an address, or is taken, get another name, and links to them as well.
"""

import json
import os
import posixpath
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

import yaml

from bench.loss.reference import first_heading, split_front_matter
from site_builder.diagnostics import CODES, Severity
from site_builder.routes import RESERVED_SLUGS
from site_builder.urls import fold, is_slug, slugify

_MARKDOWN: Final = frozenset({".md", ".markdown", ".mdown", ".mdx", ".qmd"})
_SKIPPED: Final = frozenset({"node_modules", "vendor", "site-packages", "__pycache__"})
_ASSET_LIMIT: Final = 200_000
"""Bytes up to which a file beside the documents is copied, so that a picture in a text is found."""
_SETTINGS: Final = {
    "site_name": "Loss",
    "site_url": "https://example.org/",
    "docs_dir": "content",
    "theme": "site_builder",
}
_FRONT_MATTER: Final = """\
---
title: {title}
date: 2020-01-01
summary: A document.
source: {{name: Source, url: https://example.org/source}}
---
"""
_ADDRESS: Final = re.compile(
    r"(?P<before>\]\(<?|^[ ]{0,3}\[[^\]\n]+\]:[ ]*<?)(?P<address>[^\s()<>#?:]+\.\w+)(?=[#?)\s>])", re.MULTILINE
)
"""Of a link, in the line or below the text."""
_OFFSET: Final = _FRONT_MATTER.count("\n")


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of the program, with the line of the original file."""

    line: int
    severity: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """One document as its author wrote it."""

    path: str
    """Relative to the measured folder."""
    slug: str
    title: str
    body: str
    lines_above: int
    """Lines of its own front matter."""


@dataclass(slots=True)
class Tried:
    """What the program made of a folder."""

    documents: list[Written]
    findings: dict[str, list[Finding]] = field(default_factory=dict)
    """By the path of the document; "" has those that belong to none."""
    pages: dict[str, str] = field(default_factory=dict)
    """Title and body of each page as HTML, by the path of the document."""
    tracebacks: list[str] = field(default_factory=list)


def try_folder(source: Path, work: Path, extensions: object = None) -> Tried:
    """Make a site below `work`, check it as it is, and build it with errors in its texts as warnings."""
    documents = list(_documents(source))
    tried = Tried(documents)
    names = {d.path: posixpath.join(posixpath.dirname(d.path), f"{d.slug}.md") for d in documents}
    articles = work / "content/articles"
    _copy_assets(source, articles)
    for document in documents:
        target = articles / names[document.path]
        target.parent.mkdir(parents=True, exist_ok=True)
        head = _FRONT_MATTER.format(title=json.dumps(document.title, ensure_ascii=False))
        target.write_text(head + _with_new_names(document, names), encoding="utf-8", newline="")
    _write_settings(work, extensions, {})
    checked = run_command(work, tried, "check", "--format", "json")
    by_name = {f"content/articles/{name}": path for path, name in names.items()}
    above = {d.path: d.lines_above for d in documents}
    for found in checked:
        path = by_name.get(str(found["path"]), "")
        line = int(found["line"]) - _OFFSET + above.get(path, 0)
        finding = Finding(line, str(found["severity"]), str(found["code"]), str(found["text"]))
        tried.findings.setdefault(path, []).append(finding)
    errors = [code for code, kind in CODES.items() if kind.severity is Severity.ERROR]
    _write_settings(work, extensions, {"severities": dict.fromkeys(errors, "warning")})
    run_command(work, tried, "build", "--format", "json")
    for document in documents:
        page = work / "site/articles" / document.slug / "index.html"
        if page.is_file():
            tried.pages[document.path] = _body_of(page.read_text(encoding="utf-8"))
    return tried


def _with_new_names(document: Written, names: Mapping[str, str]) -> str:
    """The body with the new names of files in its links: their old ones would be reported."""
    folder = posixpath.dirname(document.path)

    def renamed(match: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(folder, unquote(match["address"])))
        if names.get(path, path) == path:
            return match[0]
        return match["before"] + quote(posixpath.relpath(names[path], folder or "."))

    return _ADDRESS.sub(renamed, document.body)


def _documents(source: Path) -> Iterator[Written]:
    slugs: set[str] = set()
    for path in _walk(source):
        if path.suffix.lower() not in _MARKDOWN:
            continue
        relative = path.relative_to(source).as_posix()
        text = path.read_bytes().decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
        head, body, above = split_front_matter(text)
        slug = _slug(path.relative_to(source), slugs)
        slugs.add(fold(slug))
        title = _title_in(head) or first_heading(body) or path.stem.replace("-", " ").replace("_", " ").strip() or "x"
        yield Written(relative, slug, title, body, above)


def _walk(source: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(source):
        names[:] = sorted(name for name in names if not name.startswith(".") and name not in _SKIPPED)
        for name in sorted(files):
            if not (Path(folder) / name).is_symlink():
                yield Path(folder) / name


def _slug(path: Path, taken: set[str]) -> str:
    """The file's name if it can be a slug; else with the names of its folders, else with a number."""
    choices = [path.stem, *("-".join(path.with_suffix("").parts[-n:]) for n in range(1, len(path.parts) + 1))]
    slugs = [slugify(choice)[:150].strip("-") for choice in choices]
    slugs += [f"{slugs[-1] or 'document'}-{n}" for n in range(2, 10_000)]
    forbidden = {*RESERVED_SLUGS, "readme", ""}
    if is_slug(path.stem):
        slugs.insert(0, path.stem)
    return next(slug for slug in slugs if fold(slug) not in taken and fold(slug) not in forbidden)


def _title_in(head: str) -> str:
    try:
        fields = yaml.safe_load(head)
    except yaml.YAMLError:
        fields = None
    if isinstance(fields, Mapping) and isinstance(fields.get("title"), str | int | float):
        return " ".join(str(fields["title"]).split())
    match = re.search(r"^title\s*[:=]\s*[\"']?(.*?)[\"']?\s*$", head, re.MULTILINE)
    return match[1] if match else ""


def _copy_assets(source: Path, target: Path) -> None:
    for path in _walk(source):
        if path.suffix.lower() in _MARKDOWN or path.name.startswith(".") or path.stat().st_size > _ASSET_LIMIT:
            continue
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


def _write_settings(work: Path, extensions: object, options: Mapping[str, object]) -> None:
    ours = {"search": False, "related_items": 0, **options}
    settings: dict[str, object] = {**_SETTINGS, "plugins": [{"site_builder": ours}]}
    if extensions:
        settings["markdown_extensions"] = extensions
    (work / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")


def run_command(work: Path, tried: Tried, *arguments: str) -> list[dict[str, str | int]]:
    """Run a command; its findings. What is no finding is a fault of the program."""
    command = [sys.executable, "-m", "site_builder", *arguments]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    try:
        findings = json.loads(done.stdout or "[]")
    except ValueError:
        findings = None
    if "Traceback" in done.stderr or done.returncode not in {0, 1} or not isinstance(findings, list):
        tried.tracebacks.append(f"{arguments[0]}: {done.stderr.strip()[-2000:]}")
        return []
    return findings


_TITLE: Final = re.compile(r"<h1[ >].*?</h1>", re.DOTALL)
_BODY: Final = '<div class="sb-body">'


def _body_of(page: str) -> str:
    """The title and the text, which is one `div` of HTML that our writer closed."""
    start = page.find(_BODY)
    if start < 0:
        raise ValueError(f"a page without {_BODY}")
    depth, end = 0, len(page)
    for match in re.finditer(r"<(/?)div\b", page[start:]):
        depth += -1 if match[1] else 1
        if depth == 0:
            end = start + match.start()
            break
    title = _TITLE.search(page)
    return (title[0] if title else "") + page[start:end]

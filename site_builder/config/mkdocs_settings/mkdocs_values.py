"""Values of MkDocs in the form that we use: patterns, plain texts, addresses and its findings."""

import os
import re
from html import unescape
from pathlib import Path
from typing import Any, Final
from urllib.parse import urljoin

import nh3

from site_builder.config.positions import Positions
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.urls import SourcePath, encode


def patterns(spec: Any) -> str:
    """The lines from which MkDocs made a pathspec; None where there are none."""
    return "\n".join(p.pattern for p in spec.patterns if p.include is not None) if spec else ""


def plain_text_of(html: str) -> str:
    """A text that MkDocs takes as HTML, without its marks."""
    return unescape(nh3.clean(html, tags=set())) if re.search(r"<\w|&[#\w]+;", html) else html


def home_address(site_url: str, folder: str) -> str:
    """The address of our home page, with a slash at its end; "" where the site's is not known."""
    whole = site_url.rstrip("/") + "/" if site_url else ""
    return f"{whole}{encode(folder)}/" if whole and folder else whole


def edit_address(settings: Any, folder: str) -> str:
    """The address at which a source is edited, with `{path}`; "" for none."""
    template: str = settings.edit_uri_template or (f"{settings.edit_uri}{{path}}" if settings.edit_uri else "")
    template = template.replace("{path}", f"{folder}/{{path}}") if folder else template
    if not template or not settings.repo_url:
        return template if "://" in template else ""
    return urljoin(f"{settings.repo_url.rstrip('/')}/", template)


_INSTALLED: Final = re.compile(r"(installed \w+ are: )([\w-]+(?:, [\w-]+)*)")
"""What MkDocs lists in the order in which the disk has it."""


def mkdocs_finding(
    name: SourcePath,
    positions: Positions,
    key: str,
    problem: object,
    code: str,
    path: Path,
    hint: str = "",
) -> Diagnostic:
    """A finding of MkDocs, on one line and without the absolute path of the site."""
    lines = str(problem).strip().splitlines()
    if any("Traceback" in line for line in lines):
        lines = [lines[0], lines[-1]]
    root = str(path.resolve().parent)
    text = " ".join(" ".join(lines).split()).replace(f"{root}{os.sep}", "").replace(root, ".")
    text = _INSTALLED.sub(lambda match: match[1] + ", ".join(sorted(match[2].split(", "))), text)
    return diagnostic(code, Location(name, *positions.get(key, (1, 1))), f'"{key}": {text}', hint)

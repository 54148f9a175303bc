"""The files of others that the browser form needs: which ones, in which version, and whether a site has them unchanged.

They are no part of this program. `pinned.json` names two npm packages with the integrity of their archives (SHA-512, as
npm writes it) and of each file that is used (SHA-256). No file is changed; source maps and what this configuration
never loads stay behind.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files as package_files
from pathlib import Path
from typing import Final

from site_builder.config.form_backend import FormBackend
from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.urls import SourcePath

PLACE: Final = "static/admin"
"""Below the content folder: the files are published as they are, at `/admin/`."""
INSTALL: Final = "run: site-builder form --install"


@dataclass(frozen=True, slots=True)
class PinnedPackage:
    """A package of npm."""

    name: str
    version: str
    licence: str
    integrity: str
    """Of its archive."""
    folder: str
    """Where its files go, below PLACE."""
    files: Mapping[str, str]
    """Path in the package -> SHA-256."""

    def target(self, path: str) -> str:
        """Where a file of the package goes, below the content folder.

        `.mjs` becomes `.js`, because some servers know no type for it and browsers then refuse the module.
        """
        return f"{PLACE}/{self.folder}/{path.removesuffix('.mjs') + '.js' if path.endswith('.mjs') else path}"


@cache
def pinned_packages() -> tuple[PinnedPackage, ...]:
    """Those that the form needs."""
    text = (package_files("site_builder.form") / "pinned.json").read_text(encoding="utf-8")
    return tuple(PinnedPackage(**one) for one in json.loads(text))


def pinned_files() -> dict[str, str]:
    """Path below the content folder -> SHA-256, for all files."""
    return {package.target(path): digest for package in pinned_packages() for path, digest in package.files.items()}


def unchanged_files(content: Path) -> frozenset[str]:
    """Those of the files that a content folder has, byte for byte; as paths below it."""
    return frozenset(path for path, digest in pinned_files().items() if _digest(content / path) == digest)


def form_findings(root: Path, content: str, backend: FormBackend | None, settings: SourcePath) -> Iterator[Diagnostic]:
    """Which files are missing or changed, where there is a form. May report form-missing and form-changed."""
    if backend is None:
        return
    missing: list[str] = []
    for path, digest in pinned_files().items():
        found = _digest(root / content / path)
        if not found:
            missing.append(path)
        elif found != digest:
            text = f'"{content}/{path}" is not the file that belongs to the form; it runs where editors are signed in'
            yield diagnostic("form-changed", Location(SourcePath(f"{content}/{path}")), text, INSTALL)
    if missing:
        number = f"{len(missing)} files" if len(missing) > 1 else f'the file "{missing[0]}"'
        text = f"the form lacks {number} in {content}/{PLACE}/"
        yield diagnostic("form-missing", Location(settings), text, INSTALL)


def _digest(file: Path) -> str:
    """SHA-256 of a file; "" where there is none."""
    try:
        return sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""

"""Whether `mkdocs gh-deploy` would publish what is published already; then it needs no commit."""

import hashlib
import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_NO_JEKYLL: Final = ".nojekyll"
"""MkDocs adds it, empty if the site has none."""
_SITEMAP: Final = "sitemap.xml"
_DAYS: Final = re.compile(rb"<lastmod>[^<]*</lastmod>")
"""MkDocs writes the day of the build there; a later day alone is no change."""


def is_published(site_dir: Path, remote: str, branch: str) -> bool:
    """Whether the branch holds exactly the files of the site folder; no if Git cannot tell.

    No branch of the repository is changed; a commit that it lacks is fetched.
    """
    try:
        commit = _remote_commit(remote, branch)
        return commit is not None and _is_same(_files_of(commit), _files_in(site_dir))
    except (OSError, subprocess.SubprocessError):
        return False


def _git(*arguments: str) -> bytes:
    """What a Git command says, in the current folder, as MkDocs itself runs it."""
    return subprocess.run(["git", *arguments], capture_output=True, check=True).stdout  # noqa: S607 (as in PATH)


def _remote_commit(remote: str, branch: str) -> str | None:
    """The commit that the branch has on the remote now."""
    listed = _git("ls-remote", remote, f"refs/heads/{branch}").decode().split()
    if not listed:
        return None
    commit = listed[0]
    try:
        _git("cat-file", "-e", f"{commit}^{{commit}}")
    except subprocess.CalledProcessError:
        is_shallow = _git("rev-parse", "--is-shallow-repository").strip() == b"true"
        depth = ["--depth=1"] if is_shallow else []
        _git("fetch", "--quiet", "--no-tags", "--refmap=", *depth, remote, f"refs/heads/{branch}")
    return commit


def _files_of(commit: str) -> dict[str, str]:
    """Path -> Git's name of its bytes, in a commit."""
    entries = (entry.partition("\t") for entry in _git("ls-tree", "-r", "-z", commit).decode().split("\0") if entry)
    return {path: head.split()[2] for head, _, path in entries}


def _files_in(site_dir: Path) -> dict[str, Path]:
    """Path below the site folder -> file, for every file that MkDocs would publish."""
    files = {}
    for folder, _, names in os.walk(site_dir):
        for name in names:
            path = Path(folder) / name
            files[path.relative_to(site_dir).as_posix()] = path
    return files


def _is_same(published: Mapping[str, str], files: Mapping[str, Path]) -> bool:
    if published.keys() != files.keys() | {_NO_JEKYLL}:
        return False
    changed = {path for path, name in published.items() if not _is_named(_bytes(files.get(path)), name)}
    if _SITEMAP not in changed:
        return changed <= {f"{_SITEMAP}.gz"}  # which has the moment of the build
    if not changed <= {_SITEMAP, f"{_SITEMAP}.gz"}:
        return False
    before = _git("cat-file", "blob", published[_SITEMAP])
    return _DAYS.sub(b"", before) == _DAYS.sub(b"", _bytes(files[_SITEMAP]))


def _bytes(file: Path | None) -> bytes:
    return file.read_bytes() if file else b""


def _is_named(data: bytes, name: str) -> bool:
    """Whether Git gives this name to these bytes: SHA-1, or SHA-256 in repositories that use it."""
    algorithm = hashlib.sha1 if len(name) == 40 else hashlib.sha256
    return algorithm(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest() == name

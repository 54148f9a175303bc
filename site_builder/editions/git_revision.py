"""A revision of a Git repository as a folder of files, made beside the checkout: nothing in the checkout changes.

    revision = find_revision(Path("."), "origin/main")
    write_revision(revision, folder)    # gives the place of the site in that folder

Files are read as objects (`git ls-tree`, `git cat-file`), so no hook runs, and neither the index nor the list of
working trees is touched. Trees may come from anybody: what names a place outside of the folder, or `.git`, is left out,
and symbolic links are made last, when no file is written through one any more.
"""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from site_builder.diagnostics import did_you_mean
from site_builder.disk.faults import write_new
from site_builder.disk.git_command import ONLY_READ, GitError, ask_git
from site_builder.parallel import chunked

AT_ONCE: Final = 500
"""Files that are read with one command, and are in memory together."""
_LINK: Final = b"120000"
_FILES: Final = frozenset({b"100644", b"100755", b"100664"})
"""Modes of what is a file; the last is of old repositories."""
_SETTINGS_NAMES: Final = (".yml", ".yaml")
_ask: Final = partial(ask_git, settings=ONLY_READ, without="compare two folders")


class NoSiteError(GitError):
    """A revision has no settings file, so there is no site in it."""


@dataclass(frozen=True, slots=True)
class GitRevision:
    """A commit of the repository around a site."""

    repository: Path
    """The top folder of the checkout."""
    prefix: str
    """The site's folder below it, with a `/` at its end; "" for the top folder."""
    name: str
    """As it was asked for."""
    commit: str
    tree: str
    """Name of the tree of the whole repository: equal trees hold equal files."""

    @property
    def short(self) -> str:
        """The name with the beginning of the commit's: `main (1f3c2ab)`; of a commit's own name, the beginning."""
        short = self.commit[:10]
        return short if self.commit.startswith(self.name) else f"{self.name} ({short})"


@dataclass(frozen=True, slots=True)
class _Entry:
    mode: bytes
    blob: bytes
    path: str


def find_revision(folder: Path, name: str, *, parted_from: str = "") -> GitRevision:
    """The commit that a name means, in the repository around a folder. Raises GitError.

    With `parted_from`, the commit at which the history of that revision and this one parted.
    """
    if not folder.is_dir():
        raise GitError(f'"{folder}" is not a folder')
    hint = "compare two folders, or run this in a Git repository"
    text = f'"{folder.resolve()}" is in no Git repository, so there is no revision "{name}"'
    shown = _ask(folder, "rev-parse", "--show-toplevel", "--show-prefix", text=text, hint=hint)
    top, _, prefix = os.fsdecode(shown).partition("\n")
    commit = _commit(folder, name)
    if parted_from:
        text = f'"{name}" and "{parted_from}" have no common commit'
        shallow = _shallow_hint(folder)
        commit = _line(folder, "merge-base", commit, _commit(folder, parted_from), text=text, hint=shallow)
    tree = _line(folder, "rev-parse", f"{commit}^{{tree}}")
    return GitRevision(Path(top), prefix.rstrip("\n"), name, commit, tree)


def _commit(folder: Path, name: str) -> str:
    text = f'the repository has no revision "{name}"'
    try:
        return _line(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}", text=text)
    except GitError:
        raise GitError(text, _shallow_hint(folder) or _name_hint(folder, name)) from None


def _shallow_hint(folder: Path) -> str:
    """What to do where the history is cut; "" where it is whole."""
    if _line(folder, "rev-parse", "--is-shallow-repository") != "true":
        return ""
    return (
        'this clone has a part of the history only: run "git fetch --unshallow", or give checkout a larger fetch-depth'
    )


def _name_hint(folder: Path, name: str) -> str:
    listed = _line(folder, "for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes", "refs/tags")
    if near := did_you_mean(name, listed.splitlines()):
        return near
    if not listed:
        return "nothing was committed yet"
    return "name a branch, a tag or a commit, such as HEAD~1 or origin/main, or a folder that holds a site"


def _line(folder: Path, *arguments: str, text: str = "", hint: str = "") -> str:
    return os.fsdecode(_ask(folder, *arguments, text=text, hint=hint)).strip()


def write_revision(revision: GitRevision, folder: Path, settings: str, *, is_untrusted: bool = False) -> Path:
    """Write the files of the site, and give the site's folder in it. Raises GitError, and OSError which names a file.

    `settings` is the name of the settings file. What is outside of the site's folder is written only if the settings
    lead there (`INHERIT: ../base.yml`). In a trusted run, files are as a checkout would make them: line ends and Git
    LFS, by the filters of the user's own Git settings. An untrusted run starts no filter.
    """
    entries = list(_entries(revision))
    if revision.prefix:
        inside = [e for e in entries if e.path.startswith(revision.prefix)]
        if not any(_leads_out(revision, e) for e in inside):
            entries = inside
    root = folder / revision.prefix
    wanted = f"{revision.prefix}{settings}"
    if not any(entry.path == wanted for entry in entries):
        raise NoSiteError(
            f'{revision.short} has no file "{wanted}"', "name the settings file of the site with --config"
        )
    files = [entry for entry in entries if entry.mode in _FILES]
    for entry, data in _read(revision, files, is_untrusted=is_untrusted):
        with suppress(FileExistsError):  # names that differ in case, on a disk that does not tell them apart
            write_new(folder / entry.path, data)
    links = [entry for entry in entries if entry.mode == _LINK]
    for entry, data in _read(revision, links, is_untrusted=True):
        place = folder / entry.path
        place.parent.mkdir(parents=True, exist_ok=True)
        with suppress(OSError, ValueError):  # a link that this system cannot have is missing, as in a checkout
            place.symlink_to(os.fsdecode(data))
    return root


def read_revision_file(revision: GitRevision, path: str) -> bytes | None:
    """The bytes of a file below the site's folder, as they are stored; None for one that is not there."""
    try:
        return _ask(revision.repository, "cat-file", "blob", f"{revision.commit}:{revision.prefix}{path}")
    except GitError:
        return None


def _entries(revision: GitRevision) -> Iterator[_Entry]:
    """The files and links of a revision that have a place below a folder."""
    listed = _ask(revision.repository, "ls-tree", "-r", "-z", "--full-tree", revision.commit)
    for row in listed.split(b"\0"):
        about, _, path = row.partition(b"\t")
        if not path:
            continue
        mode, _kind, blob = about.split()
        name = os.fsdecode(path)
        if mode in {*_FILES, _LINK} and _is_place_below(name):  # what is left is a repository of its own
            yield _Entry(mode, blob, name)


def _is_place_below(path: str) -> bool:
    """Whether a path of a tree can be written below a folder. Git refuses others too, but who made the tree may not."""
    steps = path.replace("\\", "/").split("/") if os.sep == "\\" else path.split("/")
    odd = {"", ".", ".."}
    return not path.startswith("/") and not any(step in odd or step.casefold() == ".git" for step in steps)


def _leads_out(revision: GitRevision, entry: _Entry) -> bool:
    """Whether a settings file, or a link, names something above it."""
    if entry.mode == _LINK:
        return True
    below = entry.path.removeprefix(revision.prefix)
    if "/" in below or not below.endswith(_SETTINGS_NAMES):
        return False
    return b".." in _ask(revision.repository, "cat-file", "blob", entry.blob.decode())


def _read(revision: GitRevision, entries: Sequence[_Entry], *, is_untrusted: bool) -> Iterator[tuple[_Entry, bytes]]:
    """Each entry with its bytes. Raises GitError where the repository lacks one, as in a partial clone.

    Git gives the size before its filters only, so a word that nobody can know stands between the files.
    """
    mark = secrets.token_hex(16)
    options = [f"--batch={mark} %(objectname)", *([] if is_untrusted else ["--filters"])]
    env = {"GIT_NO_LAZY_FETCH": "1"} if is_untrusted else {}
    for some in chunked(entries, AT_ONCE):
        rows = (e.blob if is_untrusted else e.blob + b" " + _on_a_line(e.path) for e in some)
        asked = b"".join(row + b"\n" for row in rows)
        out = b"\n" + _ask(revision.repository, "cat-file", *options, given=asked, env=env)
        heads = [b"\n%s %s\n" % (mark.encode(), entry.blob) for entry in some]
        at = 0
        for number, entry in enumerate(some):
            start = at + len(heads[number])
            at = out.find(heads[number + 1], start) if number + 1 < len(some) else len(out) - 1
            if out[start - len(heads[number]) : start] != heads[number] or at < 0:
                hint = "fetch it: this clone does not have all files of its history"
                lacking = entry if at >= 0 else some[number + 1]
                raise GitError(f'the repository lacks the file "{lacking.path}" of {revision.short}', hint)
            yield entry, out[start:at]


def _on_a_line(path: str) -> bytes:
    """The path, by which Git chooses the filters of a file; one with a line end has none."""
    return b"-" if "\n" in path else os.fsencode(path)

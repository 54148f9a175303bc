"""A built site as a branch of a Git repository, from which GitHub Pages and others publish.

    deployed = push_site(Path("."), Path("site"), "origin", "gh-pages")
    deployed.commit     # "" where the branch has these very files already

The commit is made beside the checkout: no file, no index and no branch of it changes. Bytes are stored as they are,
whatever `.gitattributes` and `core.autocrlf` say. History stays, and nothing is forced: a push that would lose a commit
of somebody else is refused by the remote.
"""

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from site_builder.disk.git_command import GitError, ask_git
from site_builder.output.site_list import LIST_NAME

_NO_JEKYLL: Final = ".nojekyll"
"""Without it, GitHub Pages leaves out what begins with a dot or an underscore."""
_NOBODY: Final = {"NAME": "site-builder", "EMAIL": "site-builder@localhost"}
"""Who commits where Git knows nobody, as on a machine that only publishes."""


@dataclass(frozen=True, slots=True)
class Deployed:
    """What was published."""

    commit: str
    """Name of the new commit; "" where the branch had these files already."""
    files: int
    """Number of files on the branch."""


def push_site(root: Path, site_dir: Path, remote: str, branch: str, message: str = "") -> Deployed:
    """Put the files of a site folder on a branch of a remote, and nothing else.

    `root` is a folder of the repository. The list of our own files stays at home. Raises GitError.
    """
    elsewhere, hint = "copy the site folder to a web server", 'run "git init", then "git remote add origin ADDRESS"'
    ask_git(root, "rev-parse", "--git-dir", hint=hint, without=elsewhere)
    ask_git(root, "check-ref-format", f"refs/heads/{branch}", text=f'"{branch}" cannot be the name of a branch')
    ask_git(root, "remote", "get-url", remote, hint=f'run "git remote add {remote} ADDRESS"')
    paths = _paths(site_dir)
    tree = _tree(root, site_dir, paths)
    parent = _published(root, remote, branch)
    if parent and _line(root, "rev-parse", f"{parent}^{{tree}}") == tree:
        return Deployed("", len(paths) + 1)
    if parent and not _is_site(root, parent):
        hint = "name another branch with --branch; publishing there would remove everything that it holds"
        raise GitError(f'the branch "{branch}" holds no site: it has no index.html', hint)
    parents = ["-p", parent] if parent else []
    about = message or f"Publish {_source(root)}"
    commit = _line(root, "commit-tree", tree, *parents, "-m", about, env=_committer(root))
    hint = "if somebody else has published meanwhile, run the command again"
    ask_git(root, "push", "--quiet", remote, f"{commit}:refs/heads/{branch}", hint=hint)
    return Deployed(commit, len(paths) + 1)


def _paths(site_dir: Path) -> list[str]:
    """The files to publish, relative to the site folder, without `.nojekyll` and our own list."""
    found = []
    for folder, names, files in os.walk(site_dir):
        names[:] = sorted(name for name in names if name != ".git")
        for name in sorted(files):
            path = Path(folder, name)
            if not path.is_symlink() and path.is_file():
                found.append(path.relative_to(site_dir).as_posix())
    return [path for path in found if not path.startswith(LIST_NAME) and path != _NO_JEKYLL]


def _tree(root: Path, site_dir: Path, paths: Sequence[str]) -> str:
    """Store the files, and give the name of the tree that holds them."""
    if odd := next((path for path in paths if "\n" in path), None):
        raise GitError(f"the name of {odd!r} has a line end, which Git's lists cannot hold", "rename the file")
    listed = "".join(f"{site_dir.resolve() / path}\n" for path in paths)
    blobs = ask_git(root, "hash-object", "-w", "--no-filters", "--stdin-paths", given=os.fsencode(listed)).split()
    nothing = ask_git(root, "hash-object", "-w", "--stdin", given=b"").split()
    entries = zip([*paths, _NO_JEKYLL], [*blobs, *nothing], strict=True)
    index = b"".join(b"100644 %s\t%s\0" % (blob, os.fsencode(path)) for path, blob in entries)
    with tempfile.TemporaryDirectory(prefix="site-builder-") as folder:
        env = {"GIT_INDEX_FILE": os.path.join(folder, "index")}  # noqa: PTH118 (a text for the environment)
        ask_git(root, "update-index", "-z", "--index-info", given=index, env=env)
        return _line(root, "write-tree", env=env)


def _published(root: Path, remote: str, branch: str) -> str:
    """The commit that the branch has on the remote now; "" where there is no such branch."""
    listed = _line(root, "ls-remote", remote, f"refs/heads/{branch}", hint="is the address right, and may you read it?")
    commit = listed.partition("\t")[0]
    if commit and not _has(root, f"{commit}^{{commit}}"):
        ask_git(root, "fetch", "--quiet", "--no-tags", "--depth=1", remote, f"refs/heads/{branch}")
    return commit


def _is_site(root: Path, commit: str) -> bool:
    return _has(root, f"{commit}:index.html") or not ask_git(root, "ls-tree", commit)


def _has(root: Path, name: str) -> bool:
    try:
        ask_git(root, "cat-file", "-e", name)
    except GitError:
        return False
    return True


def _source(root: Path) -> str:
    """The commit that the site was built from, as far as Git can tell."""
    try:
        return _line(root, "rev-parse", "--short", "HEAD")
    except GitError:
        return "the site"


def _committer(root: Path) -> dict[str, str]:
    try:
        ask_git(root, "var", "GIT_COMMITTER_IDENT")
    except GitError:
        return {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in _NOBODY.items()}
    return {}


def _line(root: Path, *arguments: str, hint: str = "", env: Mapping[str, str] | None = None) -> str:
    return os.fsdecode(ask_git(root, *arguments, hint=hint, env=env)).strip()

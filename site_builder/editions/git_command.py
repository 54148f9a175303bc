"""Run Git, and turn what goes wrong into a sentence with a remedy.

Only commands that read or write objects are run here: none of them looks at the working tree, so no hook, no file
system monitor and no pager of anybody's settings is started. A folder that only looks like a bare repository, as a
commit may hold one, is not used as one (git-config: safe.bareRepository).
"""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_SETTINGS: Final = tuple(
    word
    for setting in ("safe.bareRepository=explicit", "core.fsmonitor=false", "core.hooksPath=/dev/null")
    for word in ("-c", setting)
)
_ENVIRONMENT: Final = {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
"""Nobody is asked for a password, and what Git says is in English."""


class GitError(Exception):
    """What Git could not do, and what to do about it."""

    def __init__(self, text: str, hint: str = "") -> None:
        super().__init__(text)
        self.text, self.hint = text, hint


def ask_git(
    folder: Path,
    *arguments: str,
    given: bytes | None = None,
    text: str = "",
    hint: str = "",
    env: Mapping[str, str] | None = None,
) -> bytes:
    """What a Git command prints. Raises GitError, with Git's own words unless `text` says it better."""
    try:
        done = subprocess.run(
            ["git", *_SETTINGS, *arguments],  # noqa: S607 (as in PATH)
            cwd=folder, input=given, capture_output=True, check=False,
            env=os.environ | _ENVIRONMENT | dict(env or {}),
        )  # fmt: skip
    except FileNotFoundError:
        raise GitError("Git is not installed", "install it, or compare two folders") from None
    except NotADirectoryError:
        raise GitError(f'"{folder}" is not a folder') from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip() or f"exit code {done.returncode}"
        raise GitError(text or f'"git {arguments[0]}" said: {said}', hint)
    return done.stdout

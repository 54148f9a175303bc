"""Run Git, and turn what goes wrong into a sentence with a remedy."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

ONLY_READ: Final = ("safe.bareRepository=explicit", "core.fsmonitor=false", "core.hooksPath=/dev/null")
"""Settings for commands that read or write objects and do not look at the working tree: no hook and no file system
monitor of anybody's settings is started. A folder that only looks like a bare repository, as a commit may hold one, is
not used as one (git-config: safe.bareRepository)."""
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
    settings: Sequence[str] = (),
    given: bytes | None = None,
    text: str = "",
    hint: str = "",
    env: Mapping[str, str] | None = None,
    without: str = "",
) -> bytes:
    """What a Git command prints, with settings ("name=value") beside those of the repository and its user.

    `without` says what to do where Git is not installed, beside installing it.
    Raises GitError, with Git's own words unless `text` says it better.
    """
    options = (word for setting in settings for word in ("-c", setting))
    try:
        done = subprocess.run(
            ["git", *options, *arguments],  # noqa: S607 (as in PATH)
            cwd=folder, input=given, capture_output=True, check=False,
            env=os.environ | _ENVIRONMENT | dict(env or {}),
        )  # fmt: skip
    except FileNotFoundError:
        raise GitError("Git is not installed", f"install it, or {without}" if without else "install it") from None
    except NotADirectoryError:
        raise GitError(f'"{folder}" is not a folder') from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip() or f"exit code {done.returncode}"
        raise GitError(text or f'"git {arguments[0]}" said: {said}', hint)
    return done.stdout

"""Runs `mkdocs` and `properdocs` as an editor would, and asks their servers for pages."""

import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from click.testing import CliRunner, Result
from mkdocs.__main__ import cli as mkdocs_command

from tests.helpers.site import DATE

EPOCH: Final = str(int(time.mktime((DATE.year, DATE.month, DATE.day, 12, 0, 0, 0, 0, 0)) - time.timezone))
"""Noon of DATE: MkDocs has no `--date`."""


def environ(**more: str) -> dict[str, str]:
    """ProperDocs and MkDocs tell of each other at length unless told not to."""
    return {
        **os.environ,
        "SOURCE_DATE_EPOCH": EPOCH,
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        **more,
    }


def run(command: str, root: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", command, *arguments],
        cwd=root, env=environ(), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def run_here(root: Path, *arguments: str) -> Result:
    """`mkdocs` in this process, which lives on: what it does not let go stays held, and nothing has to be imported."""
    log = logging.getLogger("mkdocs.commands.build")
    with contextlib.chdir(root), warnings.catch_warnings():
        done = CliRunner(env=environ()).invoke(mkdocs_command, arguments)
    log.filters.clear()  # MkDocs says nothing twice, in all runs of a process
    return done


def run_well(command: str, root: Path, *arguments: str) -> str:
    """What a command that must succeed says."""
    done = run(command, root, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


def fetch(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
        return f"no answer: {error}"


def wait_for(is_so: Callable[[], bool], what: str, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.1)


@contextlib.contextmanager
def served(command: str, root: Path, log: Path, mount: str = "x/y/") -> Iterator[str]:
    """The address of a running `mkdocs serve`, with its end."""
    port = free_port()
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", command, "serve", "-a", f"127.0.0.1:{port}"],
            cwd=root, env=environ(PYTHONUNBUFFERED="1"), stdout=stream, stderr=stream,
        )  # fmt: skip
        try:
            yield f"http://127.0.0.1:{port}/{mount}"
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            finally:
                process.kill()

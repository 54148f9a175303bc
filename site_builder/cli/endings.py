"""How a command ends that did not get to its end: one line and an exit code, never a traceback.

Asked to end (SIGTERM, SIGHUP, Ctrl-C), it leaves as it would after an error: its workers end, and temporary files and
the staging folder go. The exit code is the shell's, 128 and the number of the signal. What the disk refuses names the
file, with exit code 1.
"""

import errno
import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

import click

from site_builder.characters import printable_lines
from site_builder.disk.faults import refusal
from site_builder.disk.interruption import AskedToEndError, end_when_asked


class OrderlyGroup(click.Group):
    """Commands that end in order, whatever ends them."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run as a program."""
        start_with_utf8()
        return super().main(*arguments, **options)

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        """Read the arguments."""
        with printable_refusal():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        with printable_refusal(), orderly_end():
            return super().invoke(ctx)


_COMMAND_LINE: Final = re.compile(r"\n(?=\s*(?:::|##\[))")
"""The end of a line before one that a workflow would take for a command."""


@contextmanager
def printable_refusal() -> Iterator[None]:
    """What is wrong with an argument quotes it: it may hold what must not reach a terminal."""
    try:
        yield
    except click.ClickException as error:
        message = _COMMAND_LINE.sub(r"\\n", printable_lines(error.message))
        error.message = message  # type: ignore[misc]  # click prints it after this
        raise


def start_with_utf8() -> None:
    """Start again with UTF-8 for the names of files, where the locale has made Python choose something else.

    They are UTF-8 on the disk, and would all be read as something else.
    """
    is_utf8 = sys.getfilesystemencoding().lower() in {"utf-8", "utf8"}
    if is_utf8 or sys.flags.ignore_environment or not sys.executable or sys.platform == "win32":
        return
    os.environ["PYTHONUTF8"] = "1"
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 (the same command)


@contextmanager
def orderly_end() -> Iterator[None]:
    """Give what ends a command early a line and an exit code."""
    try:
        with end_when_asked():
            yield
            sys.stdout.flush()
    except AskedToEndError as ended:
        _last_line(ended.line)
        raise
    except KeyboardInterrupt:
        _last_line("\nInterrupted.")
        sys.exit(128 + signal.SIGINT)
    except OSError as error:
        if error.errno == errno.EPIPE:  # click ends quietly where nobody reads on
            raise
        raise click.ClickException(refusal(error)) from None
    except RuntimeError as error:
        from site_builder.parallel import WorkerLostError  # noqa: PLC0415 (so that `--help` answers at once)

        if not isinstance(error, WorkerLostError):
            raise
        hint = "perhaps memory ran out; --jobs 1 needs less"
        raise click.ClickException(f"{error}; {hint}") from None


def _last_line(text: str) -> None:
    with suppress(OSError):  # the terminal may be gone
        click.echo(text, err=True)

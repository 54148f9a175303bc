"""Commands that are killed or asked to end while they work: their workers end too, and nothing lies about."""

import os
import signal
import socket
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.helpers.processes import of_session, started, until
from tests.helpers.site import MKDOCS_YML, MakeSite, article, write_files

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")

EXTENSION: Final = """\
import os
import time
from pathlib import Path

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor


class Slow(Preprocessor):
    def run(self, lines):
        if Path(__file__).with_name("quick").exists():
            return lines
        Path(__file__).with_name(f"worker-{os.getpid()}").touch()
        end = time.monotonic() + 600
        while time.monotonic() < end:  # it works, and is not only asleep
            sum(range(1000))
            time.sleep(0.01)
        return lines


class Slowing(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Slow(md), "slow", 40)


def makeExtension(**options):
    return Slowing(**options)
"""
FILES: Final = {
    "mkdocs.yml": f"{MKDOCS_YML}markdown_extensions: [slow_words]\n",
    "slow_words.py": EXTENSION,
    "page.txt": "A title\n\nSome words of a page, which somebody has copied.\n",
    **{f"content/articles/n{number}.md": article(f"N{number}") for number in range(60)},
}
COMMANDS: Final = {
    "build": ["site_builder", "build", "-j", "2"],
    "check": ["site_builder", "check", "-j", "2"],
    "render": ["site_builder", "render", "/", "-j", "2"],
    "report": ["site_builder", "report", "-j", "2"],
    "serve": ["site_builder", "serve", "-j", "2", "--port", "0"],
    "import": ["site_builder", "import", "page.txt"],
    "mkdocs": ["mkdocs", "build"],
}


@pytest.mark.parametrize(
    ("command", "sign"),
    [
        ("build", "KILL"), ("build", "TERM"), ("build", "INT"), ("check", "HUP"), ("serve", "KILL"), ("import", "INT"),
        ("mkdocs", "TERM"),
    ],
)  # fmt: skip
def test_workers_end_with_their_command(make_site: MakeSite, tmp_path: Path, command: str, sign: str):
    root = make_site(FILES)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    number = int(signal.Signals[f"SIG{sign}"])
    with started(COMMANDS[command], root, {"TMPDIR": str(temporary)}) as process:
        assert until(lambda: [*root.glob("worker-*")] or process.poll() is not None)
        assert len(of_session(process.pid)) > 1, process.communicate()
        os.kill(process.pid, number)
        assert until(lambda: not of_session(process.pid), 30), "processes are left"
        _, told = process.communicate()
    assert "Traceback" not in told
    if sign != "KILL":
        assert process.returncode == 128 + number
        assert told.endswith("Interrupted.\n" if sign == "INT" else f"Interrupted by SIG{sign}.\n")
        assert [*temporary.iterdir()] == []
        assert [p.name for p in root.iterdir() if p.name.startswith(".site")] == []


def test_a_server_ends_with_clients_attached_and_a_reload_under_way(make_site: MakeSite):
    root = make_site({**FILES, "quick": ""})
    with started(COMMANDS["serve"], root) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        port = int(next(line for line in lines if "Serving at" in line).partition("127.0.0.1:")[2].partition("/")[0])
        with socket.create_connection(("127.0.0.1", port)) as waiting, socket.create_connection(("127.0.0.1", port)):
            waiting.sendall(b"GET /__site-builder/state?version=1&findings=1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
            (root / "quick").unlink()
            write_files(root, {f"content/articles/n{number}.md": article("New") for number in range(60)})
            assert until(lambda: [*root.glob("worker-*")])
            os.kill(process.pid, signal.SIGINT)
            assert until(lambda: not of_session(process.pid), 30), "processes are left"
        out, told = process.communicate()
    assert (process.returncode, out.endswith("Done.\n"), told) == (0, True, "")


def test_a_signal_that_is_to_be_ignored_is_ignored(make_site: MakeSite):
    """As `nohup` asks for."""
    root = make_site(FILES)
    code = (
        "import os, signal; signal.signal(signal.SIGHUP, signal.SIG_IGN);"
        "from site_builder.disk.interruption import end_when_asked\n"
        "with end_when_asked(): os.kill(os.getpid(), signal.SIGHUP); print('goes on')"
    )
    (root / "ignoring.py").write_text(code, encoding="utf-8")
    with started(["ignoring"], root, {"PYTHONPATH": os.pathsep.join([str(root), *filter(None, sys.path)])}) as process:
        assert process.communicate()[0] == "goes on\n"


def test_a_clean_up_that_takes_for_ever_is_given_up(tmp_path: Path):
    code = (
        "import os, signal, time; from site_builder.disk import interruption\n"
        "interruption.GRACE_SECONDS = 0.1\n"
        "with interruption.end_when_asked():\n"
        "    try: os.kill(os.getpid(), signal.SIGTERM)\n"
        "    finally:\n"
        "        os.kill(os.getpid(), signal.SIGTERM)  # the same request again\n"
        "        time.sleep(600)\n"
    )
    (tmp_path / "hanging.py").write_text(code, encoding="utf-8")
    more = {"PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, sys.path)])}
    with started(["hanging"], tmp_path, more) as process:
        assert process.wait(60) == 143

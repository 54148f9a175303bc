"""How long `serve` lets its editor wait: `python -m bench.serve [ARTICLES] [--edits N] [--site FOLDER]`.

Prints the seconds from the start of the command to the first page, as text and in Chromium, with the pages that an
earlier session left; the milliseconds from saving an article to its fresh page on the screen of Chromium, half and 95 %
of the edits; and the most memory that the server held. Each edit adds a sentence to the same article; a pause of a
third of a second follows, in which the server does what comes after the page.

Without `--site` a synthetic one is made in a temporary folder, and its cache is filled by `check`.
"""

import argparse
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, sync_playwright

from bench.synthetic import make_site

COMMANDS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PAUSE_SECONDS: Final = 0.33
SETTLE_SECONDS: Final = 4.0
"""Without an edit, at most that long until the server keeps its pages for the next session."""
LONGEST_SECONDS: Final = 600


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.serve", description=str(__doc__).split("\n", 1)[0])
    parser.add_argument("articles", nargs="?", type=int, default=1000, help="of the synthetic site (1000)")
    parser.add_argument("--edits", type=int, default=50, help="of one article (50)")
    parser.add_argument("--site", type=Path, help="a folder with mkdocs.yml and articles; one of them is edited")
    given = parser.parse_args(arguments)
    command = next(filter(None, map(shutil.which, COMMANDS)), None)
    if command is None:
        sys.exit("There is no Chromium here: on Debian and Ubuntu, apt-get install chromium.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        root = given.site or Path(folder)
        if given.site is None:
            make_site(root, given.articles)
        subprocess.run([sys.executable, "-m", "site_builder", "check"], cwd=root, stdout=subprocess.DEVNULL, check=True)
        page = driver.chromium.launch(executable_path=command, args=["--no-sandbox", "--disable-gpu"]).new_page()
        article = min((root / "content/articles").glob("*.md"))
        address = f"/articles/{article.stem}/"
        with _served(root) as (home, process, started):
            _first_page(home)
            print(f"first page, cache of check only: {time.perf_counter() - started:6.2f} s")
            for url in (address, "/"):
                page.goto(home + url.removeprefix("/"))
            _settle(process)
        with _served(root) as (home, process, started):
            _first_page(home)
            text = time.perf_counter() - started
            page.goto(home)
            print(
                f"first page, of an earlier session: {text:6.2f} s; in Chromium {time.perf_counter() - started:.2f} s"
            )
            page.goto(home + address.removeprefix("/"))
            _settle(process)
            taken = sorted(_edits(page, article, given.edits))
            late = taken[min(len(taken) - 1, round(0.95 * len(taken)))]
            print(f"edit to fresh page: half in {statistics.median(taken):.0f} ms, 95 % in {late:.0f} ms")
            print(f"memory at most: {_peak_megabytes(process):.0f} MB")


@contextmanager
def _served(root: Path) -> Iterator[tuple[str, "subprocess.Popen[bytes]", float]]:
    """The address of the home page, the process, and when it was started."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.perf_counter()
    command = [sys.executable, "-m", "site_builder", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}/", process, started
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def _first_page(home: str) -> None:
    end = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < end:
        with suppress(urllib.error.URLError, ConnectionError), urllib.request.urlopen(home, timeout=300) as answer:  # noqa: S310 (our own server)
            answer.read()
            return
        time.sleep(0.005)
    sys.exit("the server has not answered")


def _settle(process: "subprocess.Popen[bytes]") -> None:
    """Wait until the server has nothing to do any more."""
    before = -1.0
    end = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < end and (now := _cpu_seconds(process)) - before > 0.02:
        before = now
        time.sleep(SETTLE_SECONDS)


def _cpu_seconds(process: "subprocess.Popen[bytes]") -> float:
    stat = Path(f"/proc/{process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


def _peak_megabytes(process: "subprocess.Popen[bytes]") -> float:
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    found = re.search(r"VmHWM:\s+(\d+)", status)
    return int(found[1]) / 1024 if found else 0.0


def _edits(page: Page, article: Path, count: int) -> Iterator[float]:
    """Milliseconds from each edit to the page that shows it."""
    text = article.read_text(encoding="utf-8")
    try:
        for number in range(count):
            mark = f"edit-number-{number}-of-{count}."
            started = time.perf_counter()
            article.write_text(f"{text}\nThis is {mark}\n", encoding="utf-8")
            page.get_by_text(mark).wait_for(timeout=LONGEST_SECONDS * 1000)
            yield 1000 * (time.perf_counter() - started)
            time.sleep(PAUSE_SECONDS)
    finally:
        article.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

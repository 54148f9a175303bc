"""`check --watch`: again after every change, of the content and of the settings."""

import queue
import threading

import pytest

from site_builder.config import Overrides
from site_builder.diagnostics import Diagnostic
from site_builder.serve import check_again as module
from tests.helpers.site import DATE, MakeSite, article

PATIENCE = 30
"""Seconds until an event must have been seen, on a machine with much else to do."""


class Ended(BaseException):
    """As Ctrl-C would."""


def test_every_change_is_checked(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "SETTLE_SECONDS", 0.02)
    root = make_site({"content/articles/a.md": article("A")})
    reports: queue.Queue[tuple[list[str], int]] = queue.Queue()
    is_over = threading.Event()

    def begin() -> None:
        if is_over.is_set():
            raise Ended

    def report(findings: tuple[Diagnostic, ...], files: int) -> None:
        reports.put(([finding.code for finding in findings], files))

    def run() -> None:
        with pytest.raises(Ended):
            module.check_again(root / "mkdocs.yml", Overrides(date=DATE, jobs=1), begin, report)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        assert reports.get(timeout=PATIENCE) == ([], 1)
        (root / "content/articles/b.md").write_text(article("B", "[[nobody]]\n"), encoding="utf-8")
        assert until(reports, (["target-wanted"], 2))
        settings = root / "mkdocs.yml"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(f"{text}nonsense: [\n", encoding="utf-8")
        assert until(reports, (["settings"], 1))
        settings.write_text(text, encoding="utf-8")
        assert until(reports, (["target-wanted"], 2))
    finally:
        is_over.set()
        (root / "content/articles/a.md").unlink()
        (root / "mkdocs.yml").write_text("site_name: over\n", encoding="utf-8")
        thread.join(PATIENCE)
    assert not thread.is_alive()


def until(reports: "queue.Queue[tuple[list[str], int]]", wanted: tuple[list[str], int]) -> bool:
    """Whether a report comes; a file that is written in two steps may be checked half-way."""
    while True:
        try:
            if reports.get(timeout=PATIENCE) == wanted:
                return True
        except queue.Empty:
            return False

"""When the edits of a file count as finished."""

import threading
from pathlib import Path

import pytest

from site_builder.serve import edits as module
from site_builder.serve.edits import Edits

A, B = Path("a"), Path("b")


def test_closed_files_are_taken_at_once_and_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SETTLE_SECONDS", 1e6)
    monkeypatch.setattr(module, "MOST_SECONDS", 1e6)
    edits = Edits()
    edits.add([A], is_finished=False)
    edits.add([A, B], is_finished=True)
    assert edits.take() == {A, B}
    assert not edits.wait(0)


def test_a_file_that_is_being_written_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SETTLE_SECONDS", 60)
    monkeypatch.setattr(module, "MOST_SECONDS", 60)
    edits = Edits()
    edits.add([A], is_finished=False)
    taken: list[frozenset[Path]] = []
    thread = threading.Thread(target=lambda: taken.append(edits.take()), daemon=True)
    thread.start()
    thread.join(0.1)
    assert thread.is_alive()
    edits.add([B], is_finished=True)
    edits.add([A], is_finished=True)
    thread.join(30)
    assert taken == [{A, B}]

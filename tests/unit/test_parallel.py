"""Work in other processes: whoever asks for it, from whatever script."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from site_builder import parallel
from site_builder.parallel import make_executor, map_chunks

SCRIPT = """
import sys
from site_builder.related.neighbours import rank

print("begun")
texts = [f"word{i % 7}a word{i % 11}b word{i % 13}c" for i in range(1600)]
print(len(rank([{"id": str(i), "body": text} for i, text in enumerate(texts)], jobs=2)))
print("no pool" if "multiprocessing.util" not in sys.modules else "a pool")
"""
"""A script as people write it: without `if __name__ == "__main__"`."""
ROOT = Path(parallel.__file__).parents[1]


def output(arguments: list[str], given: str | None = None) -> list[str]:
    command = [sys.executable, *arguments]
    done = subprocess.run(command, input=given, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1]


def test_a_script_may_ask_for_processes_at_its_top(tmp_path: Path):
    file = tmp_path / "script.py"
    file.write_text(SCRIPT)
    assert output([str(file)]) == ["begun", "1600", "a pool"]
    assert output(["-c", SCRIPT]) == ["begun", "1600", "a pool"]
    assert output(["-"], SCRIPT) == ["begun", "1600", "a pool"]


def test_a_process_that_may_have_no_children_works_alone():
    code = f"""
import multiprocessing
def work(queue):
    exec({SCRIPT!r}, {{}})
if __name__ == "__main__":
    process = multiprocessing.get_context("fork").Process(target=work, args=(None,), daemon=True)
    process.start()
    process.join()
    assert process.exitcode == 0
"""
    assert output(["-W", "ignore", "-c", code])[:2] == ["begun", "1600"]


def test_where_no_process_can_be_started_there_is_no_pool(monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: Any) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(parallel._context().Process, "start", refuse)
    assert make_executor(2, 1000) is None


def test_chunks_come_in_order():
    with make_executor(2, 1000) as executor:  # type: ignore[union-attr]
        assert list(map_chunks(sum, ([n, n] for n in range(20)), executor, ahead=3)) == [2 * n for n in range(20)]
    assert make_executor(1, 1000) is None
    assert make_executor(2, 10) is None

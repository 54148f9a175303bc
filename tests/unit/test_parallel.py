"""Work in other processes: from any script, and none of them outlives the one that started it."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from site_builder import parallel
from site_builder.parallel import Executors, WorkerLostError, make_executor, map_chunks

SCRIPT = """
import os
from site_builder.parallel import make_executor
from site_builder.related.neighbours import rank

print("begun")
texts = [f"word{i % 7}a word{i % 11}b word{i % 13}c" for i in range(1600)]
print(len(rank([{"id": str(i), "body": text} for i, text in enumerate(texts)], jobs=2)))
with make_executor(2, 1000) as executor:
    print("another process" if executor.submit(os.getpid).result() != os.getpid() else "the same process")
"""
"""A script as people write it: without `if __name__ == "__main__"`."""
OUTPUT = ["begun", "1600", "another process"]
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
    assert output([str(file)]) == OUTPUT
    assert output(["-c", SCRIPT]) == OUTPUT
    assert output(["-"], SCRIPT) == OUTPUT


def test_a_daemonic_process_may_ask_for_processes():
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
    assert output(["-W", "ignore", "-c", code]) == OUTPUT


def test_where_no_process_can_be_started_there_is_no_pool(monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert make_executor(2, 1000) is None


def test_where_a_process_cannot_work_there_is_no_pool(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(parallel, "_BOOTSTRAP", "raise SystemExit(3)")
    assert make_executor(2, 1000) is None


def test_chunks_come_in_order():
    with make_executor(2, 1000) as executor:  # type: ignore[union-attr]
        assert list(map_chunks(sum, ([n, n] for n in range(20)), executor, ahead=3)) == [2 * n for n in range(20)]
    assert make_executor(1, 1000) is None
    assert make_executor(2, 10) is None


def test_what_a_function_raises_is_raised_and_what_it_prints_disturbs_nothing():
    with make_executor(2, 1000) as executor:  # type: ignore[union-attr]
        with pytest.raises(ZeroDivisionError) as caught:
            executor.submit(divmod, 1, 0).result()
        assert "divmod" in caught.value.__notes__[0] or "answer_call" in caught.value.__notes__[0]
        assert executor.submit(print, "printed").result() is None
        assert executor.submit(pow, 2, 3).result() == 8


def test_one_pool_serves_all_stages_and_a_function_is_unpickled_once():
    with Executors(2) as executors:
        assert executors.for_items(10) is None
        pool = executors.for_items(1000)
        assert pool is not None
        assert executors.for_items(10) is None, "too few are done here, though there is a pool"
        assert executors.for_items(2000) is pool
        numbers = list(map_chunks(partial(next, count()), range(100, 120), pool))
        assert len(set(numbers)) > 2, "each process counts on, with the counter that it has unpickled once"
    assert executors.for_items(10) is None


def test_processes_that_run_already_get_less_work_than_is_worth_starting_them():
    with Executors(2) as executors:
        assert executors.for_items(1000, worth=1500) is None
        pool = executors.for_items(1500, worth=1500)
        assert pool is not None
        assert executors.for_items(1000, worth=1500) is pool
        assert executors.for_items(10, worth=1500) is None


def test_what_nobody_waits_for_is_not_begun():
    with Executors(2) as executors:
        results = map_chunks(time.sleep, [0, *[10] * 50], executors.for_items(1000), ahead=50)
        next(results)
        results.close()  # type: ignore[attr-defined]
        started = time.monotonic()
        executors.close()
        assert time.monotonic() - started < 100, "the naps would take 250 s"


def test_a_lost_process_is_an_error_and_no_wait():
    with make_executor(2, 1000) as executor, pytest.raises(WorkerLostError, match="exit status 7"):  # type: ignore[union-attr]
        executor.submit(os._exit, 7).result()


def test_what_works_for_ever_ends_with_an_exception_here():
    executor = make_executor(2, 1000)
    assert executor is not None
    waiting = executor.submit(exec, "import time\nwhile True: time.sleep(0.001)")
    while not waiting.running():
        time.sleep(0.001)
    executor.__exit__(KeyError, KeyError(), None)
    assert isinstance(waiting.exception(), WorkerLostError)


def test_a_function_reads_nothing_of_the_calls():
    with make_executor(2, 1000) as executor:  # type: ignore[union-attr]
        assert [executor.submit(os.read, 0, 10).result() for _ in range(4)] == [b""] * 4


ORPHANS = """
import os, signal, sys, time
from site_builder.parallel import make_executor
executor = make_executor(2, 1000)
print(*{executor.submit(os.getpid).result() for _ in range(20)}, flush=True)
if sys.argv[1:]:
    calls = [executor.submit(exec, "import time\\nwhile True: time.sleep(0.001)") for _ in range(2)]
    time.sleep(0.2)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
@pytest.mark.parametrize("at_work", [[], ["busy"]], ids=["waiting", "busy"])
def test_no_process_outlives_the_one_that_started_it(at_work: list[str]):
    command = [sys.executable, "-c", ORPHANS, *at_work]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    workers = [int(number) for number in done.stdout.split()]
    assert workers
    end = time.monotonic() + 30
    while workers and time.monotonic() < end:
        workers = [number for number in workers if _runs(number)]
        time.sleep(0.05)
    assert workers == []


def _runs(number: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(number, 0)
        state = Path(f"/proc/{number}/stat")
        return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
    return False

"""Map a pure function over chunks of work, in processes where there is enough of it; results in input order.

Work units are picklable and need nothing but their arguments, so any `concurrent.futures.Executor` can run them. They
need nothing of the script that was started either, so processes do not run it again, as those of `multiprocessing` do:
a script may call us without `if __name__ == "__main__"`.
"""

import multiprocessing
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any, Final, TypeVar

A = TypeVar("A")
B = TypeVar("B")

WORTH_PROCESSES: Final = 400
"""Items below which starting processes (0.3 s each) costs more than it saves."""


def chunked(items: Iterable[A], size: int) -> Iterator[Sequence[A]]:
    """Cut into lists of at most `size`."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def make_executor(jobs: int, count: int) -> Executor | None:
    """A pool of processes where `count` items are worth one, else None: then work in this process.

    None too where no process can be started: in a daemonic process, or where the system forbids it.
    """
    if jobs < 2 or count < WORTH_PROCESSES or multiprocessing.current_process().daemon:
        return None
    executor = ProcessPoolExecutor(jobs, mp_context=_context())
    try:
        executor.submit(_nothing).result()
    except (OSError, RuntimeError, BrokenProcessPool):
        executor.shutdown(wait=False, cancel_futures=True)
        return None
    return executor


def _nothing() -> None:
    pass


@contextmanager
def _script_hidden() -> Iterator[None]:
    """A process that is started meanwhile does not learn which script this one runs."""
    main = sys.modules["__main__"]
    hidden = {name: getattr(main, name) for name in ("__file__", "__spec__") if hasattr(main, name)}
    for name in hidden:
        setattr(main, name, None)
    try:
        yield
    finally:
        for name, value in hidden.items():
            setattr(main, name, value)


class _SpawnProcess(SpawnProcess):
    def start(self) -> None:
        with _script_hidden():
            super().start()


class _SpawnContext(SpawnContext):
    Process = _SpawnProcess


if sys.platform in {"win32", "darwin"}:

    def _context() -> SpawnContext:
        return _SpawnContext()

else:
    from multiprocessing.context import ForkServerContext, ForkServerProcess

    class _ForkServerProcess(ForkServerProcess):
        def start(self) -> None:
            with _script_hidden():
                super().start()

    class _ForkServerContext(ForkServerContext):
        Process = _ForkServerProcess

    def _context() -> Any:
        return _ForkServerContext()


def map_chunks(
    function: Callable[[Sequence[A]], B], chunks: Iterable[Sequence[A]], executor: Executor | None, ahead: int = 8
) -> Iterator[B]:
    """Apply the function to every chunk, at most `ahead` of them waiting, so that memory stays bounded."""
    if executor is None:
        yield from map(function, chunks)
        return
    iterator = iter(chunks)
    waiting = [executor.submit(function, chunk) for chunk in islice(iterator, ahead)]
    while waiting:
        yield waiting.pop(0).result()
        waiting += [executor.submit(function, chunk) for chunk in islice(iterator, 1)]

"""Map a pure function over chunks of work, in processes where there is enough of it; results in input order.

Work units are picklable and need nothing but their arguments, so any `concurrent.futures.Executor` can run them.
"""

import multiprocessing
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from itertools import islice
from typing import Final, TypeVar

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
    """A pool of processes where `count` items are worth one, else None: then work in this process."""
    if jobs < 2 or count < WORTH_PROCESSES:
        return None
    method = "spawn" if sys.platform in {"win32", "darwin"} else "forkserver"
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context(method))


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

"""Map a pure function over chunks of work, in processes where there is enough of it; results in input order.

A unit of work is a picklable function with picklable arguments, so any `concurrent.futures.Executor` can run it: none
(the work is done here), a `WorkerPool`, or a cluster (`cluster.py`). `Executors` says which.

The worker processes are plain subprocesses that read pickled calls from standard input. Those of `multiprocessing`
would import the script that was started, and a script may call us without `if __name__ == "__main__"`. A worker ends
with its standard input, which the system closes however the process at the other end ends, also in the midst of a call.
"""

import os
import pickle
import subprocess
import sys
import threading
import traceback
from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, suppress
from functools import lru_cache
from itertools import islice
from pathlib import Path
from queue import Queue, SimpleQueue
from typing import IO, Any, Final, Generic, ParamSpec, Self, TypeVar, cast
from weakref import WeakSet

from site_builder.disk.temporary import temporary_folder

A = TypeVar("A")
B = TypeVar("B")
P = ParamSpec("P")

WORTH_PROCESSES: Final = 400
"""Items below which starting processes (0.3 s each) costs more than it saves."""
_BOOTSTRAP: Final = """\
import os, pickle, sys
calls = os.fdopen(os.dup(0), "rb")
try:
    path, home = pickle.loads(pickle.load(calls))
except (EOFError, pickle.UnpicklingError):  # the parent has ended
    sys.exit(1)
sys.path[:] = [*path, home]
from site_builder.parallel import serve_calls
sys.path[:] = path
serve_calls(calls)
"""
_HOME: Final = str(Path(__file__).resolve().parents[1])
"""Where a process finds this package, which may be no place to import anything else from."""


def chunked(items: Iterable[A], size: int) -> Iterator[Sequence[A]]:
    """Cut into lists of at most `size`."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def make_executor(jobs: int, count: int) -> Executor | None:
    """A pool of processes where `count` items are worth one, else None: the caller then works in this process.

    None too where no process can be started.
    """
    if jobs < 2 or count < WORTH_PROCESSES or not sys.executable:
        return None
    try:
        return WorkerPool(jobs)
    except OSError:
        return None


def map_chunks(
    function: Callable[[A], B], chunks: Iterable[A], executor: Executor | None, ahead: int = 8
) -> Iterator[B]:
    """Apply the function to every chunk, with at most `ahead` of them waiting, so that memory stays bounded.

    On a cluster, as many wait as its workers need. What waits when nobody wants results any more is not begun.
    """
    if executor is None:
        yield from map(function, chunks)
        return
    iterator = iter(chunks)
    packed = _Packed(function)
    if isinstance(executor, Remote):
        ahead = max(ahead, 2 * executor.workers)
    waiting = [executor.submit(packed, chunk) for chunk in islice(iterator, ahead)]
    try:
        while waiting:
            yield waiting.pop(0).result()
            waiting += [executor.submit(packed, chunk) for chunk in islice(iterator, 1)]
    finally:
        for future in waiting:
            future.cancel()


class _Packed(Generic[A, B]):
    """A function, pickled once for all chunks and unpickled once in each process: it may hold much that they share."""

    def __init__(self, function: Callable[[A], B]) -> None:
        self._data = pickle.dumps(function, pickle.HIGHEST_PROTOCOL)

    def __call__(self, chunk: A) -> B:
        return cast(B, _unpacked(self._data)(chunk))


@lru_cache(maxsize=4)
def _unpacked(data: bytes) -> Callable[[Any], object]:
    return cast(Callable[[Any], object], pickle.loads(data))  # noqa: S301 (from our own parent)


class Remote(Executor):
    """An executor whose workers may be on other machines. They see a folder that this process sees too."""

    workers: int
    """How many there are."""

    @abstractmethod
    def shared_folder(self) -> AbstractContextManager[Path]:
        """A new folder that all workers see, removed at the end."""


REMOTE_BATCH: Final = 500
"""Least number of items in a unit of work for a cluster: handing one round costs milliseconds, and doing it seconds."""


class Executors:
    """Where a run does its work. One pool serves all stages: it starts when first needed and ends with `close`."""

    def __init__(self, jobs: int = 1, remote: Remote | None = None) -> None:
        """`jobs`: processes at most. With `remote`, all work goes there; who made that ends it."""
        self._jobs = jobs
        self._remote = remote
        self._pool: Executor | None = None

    @property
    def is_remote(self) -> bool:
        """Whether the work is done by processes that may see nothing of this machine but the shared folders."""
        return self._remote is not None

    @property
    def jobs(self) -> int:
        """Processes at most, on this machine."""
        return self._jobs

    def for_items(self, count: int, worth: int | None = None) -> Executor | None:
        """Where to do the work on so many items; None for this process.

        `worth`: items that are worth starting processes; where these run already, fewer are.
        """
        if self._remote is not None:
            return self._remote if count else None
        least = WORTH_PROCESSES if worth is None or self._pool is not None else worth
        if count < least:
            return None
        if self._pool is None:
            self._pool = make_executor(self._jobs, count)
        return self._pool

    def batch(self, usual: int) -> int:
        """Items in one unit of work, of which `usual` are best for a process of this machine."""
        return max(usual, REMOTE_BATCH) if self._remote is not None else usual

    def shared_folder(self) -> AbstractContextManager[Path]:
        """A folder that all workers see, removed at the end."""
        return temporary_folder() if self._remote is None else self._remote.shared_folder()

    def close(self) -> None:
        """End the processes, in the midst of their calls if there are any left: nobody waits for them any more."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class WorkerLostError(RuntimeError):
    """A worker process ended before it answered: it was killed, or it crashed."""

    def __init__(self, status: int) -> None:
        super().__init__(f"a worker process ended unexpectedly, with exit status {status}")


_POOLS: Final["WeakSet[WorkerPool]"] = WeakSet()


def end_workers() -> None:
    """End all worker processes of this one, in the midst of their calls: where another thread still waits for them."""
    for pool in tuple(_POOLS):
        pool.shutdown(cancel_futures=True)


class WorkerPool(Executor):
    """Worker processes, and one thread for each that hands it calls and waits for the answers."""

    def __init__(self, jobs: int, first: Callable[[], object] = os.getpid) -> None:
        """Start the processes, each with a first call. Raises OSError where that is not possible."""
        self._workers: list[_Worker] = []
        try:
            for _ in range(jobs):
                self._workers.append(_Worker())
            for worker in self._workers:
                worker.call(first, (), {})  # a process may start and still not be able to work
        except BaseException as error:
            self._end()
            self._close()
            if isinstance(error, WorkerLostError):
                raise OSError(str(error)) from error
            raise
        self._free: SimpleQueue[_Worker] = SimpleQueue()
        for worker in self._workers:
            self._free.put(worker)
        self._threads = ThreadPoolExecutor(jobs)
        _POOLS.add(self)

    def submit(self, function: Callable[P, B], /, *args: P.args, **kwargs: P.kwargs) -> Future[B]:
        """Schedule a call in any of the processes."""
        return self._threads.submit(self._call, function, args, kwargs)

    def _call(self, function: Callable[..., B], args: tuple[Any, ...], kwargs: dict[str, Any]) -> B:
        worker = self._free.get()
        try:
            return worker.call(function, args, kwargs)
        finally:
            self._free.put(worker)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """End the processes: once all calls are done, or now, with `cancel_futures` or if the wait is interrupted."""
        try:
            if not cancel_futures:
                self._threads.shutdown(wait=True)
        finally:
            self._end()
            self._threads.shutdown(wait=True, cancel_futures=True)
            self._close()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """After an exception nobody waits for answers."""
        self.shutdown(cancel_futures=kind is not None)

    def _end(self) -> None:
        for worker in self._workers:
            worker.end()

    def _close(self) -> None:
        """Once no thread reads answers any more: one that is closed while it is read fails in ways of its own."""
        for worker in self._workers:
            worker.answers.close()


class _Worker:
    """One process that runs `serve_calls`. It ends when its input does, so none outlives this process."""

    def __init__(self) -> None:
        warnings = [f"-W{option}" for option in sys.warnoptions]
        # -P: a file in the current folder, such as pickle.py, must not stand in for a module of Python.
        command = [sys.executable, "-P", *warnings, "-c", _BOOTSTRAP]
        self._process = _start(command)
        self._calls = cast(IO[bytes], self._process.stdin)
        self.answers = cast(IO[bytes], self._process.stdout)
        self._is_busy = True  # until it has answered for the first time
        with suppress(WorkerLostError):  # noticed by the first call
            self._send((sys.path, _HOME))

    def call(self, function: Callable[..., B], args: tuple[Any, ...], kwargs: dict[str, Any]) -> B:
        """Run the function there. Raises what it raises, and WorkerLostError."""
        self._is_busy = True
        self._send((function, args, kwargs))
        try:
            result, error = pickle.load(self.answers)  # noqa: S301 (from our own process)
        except (EOFError, pickle.UnpicklingError):  # it ended before its answer, or in the midst of it
            raise WorkerLostError(self._process.wait()) from None
        self._is_busy = False
        if error is not None:
            raise error
        return cast(B, result)

    def _send(self, message: object) -> None:
        data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
        try:
            self._calls.write(pickle.dumps(data))  # as bytes, so that what cannot be unpickled there is an answer too
            self._calls.flush()
        except BrokenPipeError:
            raise WorkerLostError(self._process.wait()) from None

    def end(self) -> None:
        """Let the process end, in the midst of its call if there is one, and wait for it."""
        if self._is_busy:
            self._process.kill()
        with suppress(BrokenPipeError):  # where it has ended already
            self._calls.close()
        self._process.wait()


def _start(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start a process that Ctrl-C, which reaches a whole group, does not reach: the parent decides what it means."""
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, creationflags=flags)
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, process_group=0)


def serve_calls(calls: IO[bytes]) -> None:
    """Answer the calls of a `_Worker` until there are no more. What the functions print goes to standard error.

    Nothing else reads the calls: what a function starts, or asks for itself, finds an empty standard input.
    """
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    waiting: Queue[bytes | None] = Queue()
    threading.Thread(target=_receive, args=(calls, waiting), daemon=True).start()
    with suppress(BrokenPipeError), os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        while (call := waiting.get()) is not None:
            answers.write(answer_call(call))
            answers.flush()
            waiting.task_done()


def _receive(calls: IO[bytes], waiting: "Queue[bytes | None]") -> None:
    """Hand the calls on. After the last one the parent has ended, or wants no answer any more: neither does anybody."""
    with suppress(EOFError, pickle.UnpicklingError):
        while True:
            waiting.put(pickle.load(calls))  # noqa: S301 (from our own parent)
    if waiting.unfinished_tasks:
        os._exit(1)
    waiting.put(None)


def answer_call(call: bytes) -> bytes:
    """The pickled result and error of a pickled call, one of which is None."""
    try:
        function, args, kwargs = pickle.loads(call)  # noqa: S301 (as above)
        return pickle.dumps((function(*args, **kwargs), None), pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # noqa: BLE001 (raised again by the caller)
        error.add_note(traceback.format_exc())
        return pickle.dumps((None, error), pickle.HIGHEST_PROTOCOL)

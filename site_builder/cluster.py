"""The work of a build on a Dask cluster: the same functions over batches that processes of one machine get.

Only names go through the scheduler. A batch is a file in a folder that all machines see, `<number>.call`; the worker
that does it writes `<number>.answer` under another name and renames it once. So a batch may be done twice, or again
elsewhere because a worker was lost, with the same result, and the scheduler holds a few hundred bytes for each.

The folders of the project, of the cache and of the site must be at the same paths on all workers, who must run the same
program with the same libraries. Both are checked before any work is sent, and the program again with each batch.
"""

import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeAlias, TypeVar
from uuid import uuid4

from site_builder.cache import prepare_folder, program_digest
from site_builder.parallel import Remote, answer_call

# Late imports: distributed is an extra, and takes a second.
# ruff: noqa: PLC0415

_Client: TypeAlias = Any
"""A `distributed.Client`, most of which has no types."""
B = TypeVar("B")
P = ParamSpec("P")

CONNECT_SECONDS: Final = 10
"""Time in which a scheduler must answer."""
WORKERS_SECONDS: Final = 30
"""Time for which a cluster may be without any worker: at the start, and while new ones replace lost ones."""
TRIES: Final = 3
"""How often a batch is given to another worker after its worker was lost: perhaps it is the batch that kills them."""
LOOK_SECONDS: Final = 1.0
"""Time between two looks at whether there are workers."""
_QUIET: Final = dict.fromkeys(("distributed", "distributed.client", "distributed.core", "tornado"), "critical")
"""Levels of the logs in this process: what a cluster lacks is a finding. Workers write their own logs."""
_FOLDER: Final = "cluster-"
_OLD_SECONDS: Final = 7 * 24 * 3600
"""Age of a folder from which it was surely left by a build that was killed."""


class ClusterError(RuntimeError):
    """A cluster cannot do the work, and what to do about it."""

    def __init__(self, text: str, hint: str = "") -> None:
        super().__init__(text, hint)
        self.text = text
        self.hint = hint

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Places:
    """What the workers must see as this process does."""

    settings: Path
    """The settings file of the site."""
    cache_dir: Path
    site_home: Path
    """The folder that holds the site folder: pages are rendered there before they are moved into place."""


@contextmanager
def open_cluster(address: str, places: Places) -> Iterator["Cluster"]:
    """Connect to a scheduler, or start `local:N` workers on this machine. Raises ClusterError where that cannot be."""
    try:
        import dask

        with dask.config.set({"logging": _QUIET}):
            import distributed  # noqa: F401
    except ImportError:
        text = "--scheduler needs the package distributed, which is not installed"
        raise ClusterError(text, "pip install 'site-builder[dask]'") from None
    with ExitStack() as opened:
        processes: tuple[subprocess.Popen[bytes], ...] = ()
        wanted = 1
        if address.startswith("local:"):
            wanted = int(address.removeprefix("local:"))
            address, processes = opened.enter_context(_local_workers(wanted))
        client = opened.enter_context(_connected(address))
        prepare_folder(places.cache_dir)
        _remove_old(places.cache_dir)
        folder = Path(tempfile.mkdtemp(prefix=_FOLDER, dir=places.cache_dir))
        opened.callback(shutil.rmtree, folder, ignore_errors=True)
        _wait_for_workers(client, address, wanted)
        _check(client, folder, places)
        cluster = Cluster(client, address, folder, processes)
        opened.callback(cluster.shutdown, cancel_futures=True)
        yield cluster


class Cluster(Remote):
    """An executor whose workers are those of a scheduler."""

    def __init__(
        self, client: _Client, address: str, folder: Path, processes: tuple["subprocess.Popen[bytes]", ...] = ()
    ) -> None:
        self.address = address
        self.processes = processes
        """The workers, where they were started here."""
        self.workers = len(_workers(client))
        self.batches = self.sent_bytes = self.answered_bytes = 0
        """What went through the folder so far."""
        self._client = client
        self._folder = folder
        self._job = uuid4().hex
        self._numbers = count()
        self._open: dict[Future[Any], Any] = {}
        """Each answer that somebody waits for, and the task that gives it."""
        self._lock = threading.Lock()
        self._is_over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def submit(self, function: Callable[P, B], /, *args: P.args, **kwargs: P.kwargs) -> Future[B]:
        """Schedule a call on any of the workers."""
        number = next(self._numbers)
        call = self._folder / f"{number}.call"
        self.batches += 1
        self.sent_bytes += call.write_bytes(pickle.dumps((function, args, kwargs), pickle.HIGHEST_PROTOCOL))
        answer: Future[B] = Future()
        task = self._client.submit(
            do_batch, str(self._folder), number, program_digest(), key=f"site-builder-{self._job}-{number}", pure=False
        )
        with self._lock:
            self._open[answer] = task
        answer.add_done_callback(self._forget)  # also when it is cancelled
        task.add_done_callback(partial(self._settle, answer, number))
        return answer

    def _settle(self, answer: Future[Any], number: int, task: Any) -> None:
        """Hand on what became of a batch. In a thread of the client."""
        if answer.done() or self._is_over.is_set():
            return
        error: Exception | None = None
        result = None
        if task.status == "finished":
            try:
                result, error = self._answer(number)
            except (OSError, EOFError, pickle.UnpicklingError) as fault:
                text = f"a worker has finished a batch whose result cannot be read here: {fault}"
                error = ClusterError(text, "is the cache folder on a file system that shows all machines the same?")
        elif task.status == "error":
            error = _why(task.exception())
        else:
            error = self._lost_scheduler()
        with suppress(Exception):  # it was cancelled meanwhile
            if error is not None:
                answer.set_exception(error)
            else:
                answer.set_result(result)

    def _answer(self, number: int) -> tuple[Any, Exception | None]:
        """The result or the error of a batch, which is then no longer needed."""
        file = self._folder / f"{number}.answer"
        data = file.read_bytes()
        self.answered_bytes += len(data)
        result, error = pickle.loads(data)  # noqa: S301 (from our own workers)
        for ending in ("answer", "call"):
            with suppress(OSError):
                (self._folder / f"{number}.{ending}").unlink()
        return result, error

    def _forget(self, answer: Future[Any]) -> None:
        with self._lock:
            task = self._open.pop(answer, None)
        if task is not None and (answer.cancelled() or not task.done()) and not self._is_over.is_set():
            with suppress(Exception):  # the scheduler may be gone
                task.cancel()

    def _lost_scheduler(self) -> ClusterError:
        return ClusterError(f"the scheduler at {self.address} has ended or cannot be reached any more")

    def _watch(self) -> None:
        """Let nobody wait for ever: end all calls once there has been no worker for too long."""
        seen = time.monotonic()
        while not self._is_over.wait(LOOK_SECONDS):
            error = None
            try:
                if _workers(self._client):
                    seen = time.monotonic()
            except Exception:  # noqa: BLE001 (whatever a broken connection raises)
                error = self._lost_scheduler()
            if time.monotonic() - seen > WORKERS_SECONDS:
                text = f"no worker of the scheduler at {self.address} is left"
                error = ClusterError(text, "start workers, or look at why they ended")
            if error is not None and not self._is_over.is_set():
                with self._lock:
                    waiting = list(self._open)
                for answer in waiting:
                    with suppress(Exception):  # it is done
                        answer.set_exception(error)

    @contextmanager
    def shared_folder(self) -> Iterator[Path]:
        """A new folder that all workers see, removed at the end."""
        folder = Path(tempfile.mkdtemp(prefix="shared-", dir=self._folder))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        """Want no answers any more. Workers finish the batch that they are at, and no other."""
        self._is_over.set()
        with self._lock:
            tasks = list(self._open.values())
            self._open.clear()
        with suppress(Exception):  # the scheduler may be gone
            self._client.cancel(tasks, force=True)
        self._watcher.join()


_ONE_AT_A_TIME: Final = threading.Lock()
"""A worker may have several threads; what a process keeps, such as compiled templates, is made for one."""


def do_batch(folder: str, number: int, program: str) -> None:
    """Do one call, on a worker. A batch that was done already is not done again."""
    answer = Path(folder, f"{number}.answer")
    with _ONE_AT_A_TIME:
        if answer.exists():
            return
        if program_digest() != program:
            raise ClusterError(*_OTHER_PROGRAM)
        # Beside the call, so that the last step is one rename; a name that no other worker uses.
        made = answer.with_name(f"{number}.answer-{uuid4().hex}")
        made.write_bytes(answer_call(Path(folder, f"{number}.call").read_bytes()))
        made.replace(answer)


_OTHER_PROGRAM: Final = (
    "workers of the cluster run another version of the program, of Python or of a library",
    "install the same lock file everywhere, and start the workers again",
)


def look(folder: str, settings: str, site_home: str, program: str) -> str:
    """What keeps a worker from taking part: `program`, a folder that it does not see or cannot write, or ""."""
    if program_digest() != program:
        return "program"
    mark = uuid4().hex
    for place in (folder, site_home):
        try:
            if place == folder:
                Path(folder, "mark").read_bytes()
            else:
                Path(site_home, Path(folder).name).read_bytes()
            file = Path(folder, mark) if place == folder else Path(site_home, f"{Path(folder).name}-{mark}")
            file.touch()
            if place != folder:
                file.unlink()
        except OSError:
            return place
    return "" if Path(settings).is_file() else settings


def _check(client: _Client, folder: Path, places: Places) -> None:
    """Refuse workers with another program, and workers that do not see the folders."""
    (folder / "mark").touch()
    mark = places.site_home / folder.name
    places.site_home.mkdir(parents=True, exist_ok=True)
    mark.touch()
    try:
        found = client.run(
            look, str(folder), str(places.settings), str(places.site_home), program_digest(), on_error="return"
        )
    finally:
        mark.unlink()
    problems = {worker: problem for worker, problem in found.items() if problem}
    if not problems:
        return
    worker, problem = next(iter(sorted(problems.items(), key=lambda item: item[0])))
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    if isinstance(problem, ImportError):
        raise ClusterError(f"the worker {worker}{more} lacks site-builder: {problem}", _OTHER_PROGRAM[1])
    if isinstance(problem, BaseException):
        raise ClusterError(f"the worker {worker}{more} cannot work: {problem}")
    if problem == "program":
        raise ClusterError(*_OTHER_PROGRAM)
    text = f"the worker {worker}{more} does not see {problem} as this machine does, or may not write there"
    hint = "the folders of the project, of the cache and of the site must be at the same paths on all machines"
    raise ClusterError(text, hint)


def _workers(client: _Client) -> Sequence[str]:
    """Addresses of the workers."""
    return list(client.scheduler_info(n_workers=-1)["workers"])


def _why(error: BaseException | None) -> Exception:
    """The error of a task, in our words."""
    from distributed.scheduler import KilledWorker, NoValidWorkerError

    if isinstance(error, KilledWorker | NoValidWorkerError):
        text = f"a batch was given up after {TRIES} workers were lost at it"
        return ClusterError(text, "perhaps they run out of memory: look at their logs")
    if isinstance(error, Exception):
        return error
    return ClusterError(f"a batch failed: {error}")


@contextmanager
def _connected(address: str) -> Iterator[_Client]:
    import dask
    from distributed import Client

    with dask.config.set({"distributed.scheduler.allowed-failures": TRIES}):
        try:
            client: _Client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, TimeoutError, ValueError, RuntimeError) as error:
            text = f"no scheduler answers at {address}"
            hint = "start one with `dask scheduler`, or use --scheduler local:4 for processes of this machine"
            raise ClusterError(text, hint) from error
        try:
            yield client
        finally:
            with suppress(Exception):  # the scheduler may be gone
                client.close(timeout=5)


def _wait_for_workers(client: _Client, address: str, wanted: int) -> None:
    try:
        client.wait_for_workers(wanted, timeout=WORKERS_SECONDS)
    except TimeoutError:
        hint = f"start some with `dask worker {address} --nthreads 1`"
        raise ClusterError(f"the scheduler at {address} has no workers", hint) from None


@contextmanager
def _local_workers(number: int) -> Iterator[tuple[str, tuple["subprocess.Popen[bytes]", ...]]]:
    """A scheduler in this process and workers beside it, which end when it does. Gives its address, and the workers.

    Plain subprocesses, as in `parallel.py`: those of `multiprocessing` would import the script that was started.
    """
    import dask

    with dask.config.set({"distributed.scheduler.allowed-failures": TRIES}):
        from distributed import LocalCluster

        with (
            LocalCluster(  # type: ignore[no-untyped-call]
                n_workers=0,
                processes=False,
                protocol="tcp://",
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
                silence_logs=60,
            ) as cluster,
            tempfile.TemporaryDirectory(prefix="site-builder-") as folder,
        ):
            address = str(cluster.scheduler_address)
            command = [sys.executable, "-P", "-m", "distributed.cli.dask_worker", address]
            command += ["--no-nanny", "--no-dashboard", "--nthreads", "1", "--memory-limit", "0"]
            command += ["--death-timeout", str(WORKERS_SECONDS), "--local-directory", folder]
            environment = {**os.environ, "DASK_LOGGING__DISTRIBUTED": "critical"}
            processes: list[subprocess.Popen[bytes]] = []
            try:
                processes.extend(_start(command, environment) for _ in range(number))
                yield address, tuple(processes)
            finally:
                for process in processes:
                    process.kill()
                for process in processes:
                    process.wait()


def _start(command: Sequence[str], environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    """Start a worker that Ctrl-C does not reach, as in `parallel.py`."""
    quiet: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "env": environment}
    if sys.platform == "win32":
        return subprocess.Popen(command, creationflags=subprocess.CREATE_NEW_PROCESS_GROUP, **quiet)
    return subprocess.Popen(command, process_group=0, **quiet)


def _remove_old(cache_dir: Path) -> None:
    """Remove what builds that were killed have left."""
    for old in cache_dir.glob(f"{_FOLDER}????????"):
        with suppress(OSError):
            if time.time() - old.stat().st_mtime > _OLD_SECONDS:
                shutil.rmtree(old, ignore_errors=True)

"""Builds in one process and on two workers of Dask, one of which may be killed half-way: the bytes must be the same.

What goes through the shared folder is counted; `docs/cluster.md` reckons with it. Needs the extra `dask`.
"""

import datetime as dt
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.growth import DATE
from bench.process import run
from bench.sites import digest
from bench.synthetic import make_site
from site_builder.build import build_site
from site_builder.cluster import Cluster, Places, open_cluster
from site_builder.config import Overrides, load_config

WORKERS: Final = 2


def measure(sizes: Sequence[int]) -> bool:
    """Print three rows for each size. Whether the bytes were the same."""
    are_same = True
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            make_site(root, size)
            are_same = _measure(root, size) and are_same
    return are_same


def _measure(root: Path, size: int) -> bool:
    command = ("-m", "site_builder", "build", "-f", str(root / "mkdocs.yml"), "--jobs", "1", "--date", DATE)
    one = run((sys.executable, *command), root)
    expected = digest(root / "site")
    print(f"{size:,} articles, one process: {one.wall_seconds:.1f} s, {one.cpu_seconds:.1f} s of CPU")
    are_same = True
    for is_killed in (False, True):
        shutil.rmtree(root / "site")
        shutil.rmtree(root / ".cache")
        line = _build(root, is_killed=is_killed)
        is_same = digest(root / "site") == expected
        are_same = are_same and is_same
        print(f"{line}, bytes {'same' if is_same else 'DIFFER'}", flush=True)
    return are_same


def _build(root: Path, *, is_killed: bool) -> str:
    """Build on two workers; kill one of them once the first pages are made."""
    overrides = Overrides(date=dt.date.fromisoformat(DATE))
    config, findings = load_config(root / "mkdocs.yml", overrides)
    if config is None or config.cache_dir is None:
        raise SystemExit("the settings of the synthetic site are wrong")
    started = time.perf_counter()
    with open_cluster(f"local:{WORKERS}", Places(root / "mkdocs.yml", config.cache_dir, root)) as cluster:

        def watch(step: str, done: int, _of: int) -> None:
            if is_killed and step == "Writing" and done and cluster.processes[0].poll() is None:
                cluster.processes[0].kill()

        build_site(config, tuple(findings), watch, remote=cluster)
        line = _moved(cluster)
    seconds = time.perf_counter() - started
    what = "one of two workers killed" if is_killed else "two workers"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{what}: {seconds:.1f} s, {line}, the client holds {peak:.0f} MB"


def _moved(cluster: Cluster) -> str:
    sent, answered = cluster.sent_bytes / 1e6, cluster.answered_bytes / 1e6
    return f"{cluster.batches} batches, {sent:.1f} MB to workers, {answered:.1f} MB back"

"""Builds on a Dask cluster: the bytes of one process, also where a worker is killed; and what is refused."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from site_builder import cluster as subject
from site_builder import parallel
from site_builder.build import build_site
from site_builder.cache import program_digest
from site_builder.cli import main
from site_builder.cluster import Cluster, ClusterError, Places, do_batch, look, open_cluster
from site_builder.config import SiteConfig, load_config
from site_builder.parallel import answer_call, map_chunks
from tests.helpers.site import MakeSite, article, entity, overrides, topic, write_site

pytest.importorskip("distributed", reason="the extra dask is not installed: pip install 'site-builder[dask]'")
pytestmark = [
    pytest.mark.cluster,
    pytest.mark.xdist_group("cluster"),
    # Of the event loop that Dask runs in a thread of its own.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]

ARTICLES = 300
FILES: dict[str, str | bytes] = {
    "content/topics/law.md": topic("Law"),
    "content/topics/taxes.md": topic("Taxes", broader=["law"]),
    "content/entities/acme.md": entity("Acme"),
    **{
        f"content/articles/n{i}.md": article(
            f"Note {i}",
            f"Acme and *word{i % 7}*, after [[n{(i + 1) % ARTICLES}]].\n\n## Part {i}\n\nword{i % 11} word{i % 13}.\n",
            topics=[("law", "taxes")[i % 2]],
            entities=["acme"],
        )
        for i in range(ARTICLES)
    },
}


def config_of(root: Path) -> SiteConfig:
    config, _ = load_config(root / "mkdocs.yml", overrides())
    assert config is not None
    return config


def places_of(config: SiteConfig) -> Places:
    assert config.cache_dir is not None
    return Places(config.root / config.file, config.cache_dir, config.whole_site_dir.parent)


def files(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster that the tests share: its workers take a second to start."""
    home = tmp_path_factory.mktemp("cluster")
    (home / "mkdocs.yml").touch()
    with open_cluster("local:2", Places(home / "mkdocs.yml", home / "cache", home)) as opened:
        yield opened


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> SiteConfig:
    """The site, built in one process."""
    config = config_of(write_site(tmp_path_factory.mktemp("alone"), FILES))
    assert build_site(config).is_built
    return config


@pytest.fixture(scope="module", autouse=True)
def small_batches() -> Iterator[None]:
    """More of them, so that there is a half-way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parallel, "REMOTE_BATCH", 100)
        yield


def test_workers_give_the_bytes_of_one_process(make_site: MakeSite, alone: SiteConfig, two_workers: Cluster) -> None:
    together = config_of(make_site(FILES))
    with open_cluster(two_workers.address, places_of(together)) as cluster:
        assert cluster.workers == 2
        report = build_site(together, remote=cluster)
    assert report.is_built
    assert report.diagnostics == build_site(alone).diagnostics
    assert files(together.site_dir) == files(alone.site_dir)
    assert not list(together.root.glob("cluster-*"))
    assert together.cache_dir is not None
    assert not list(together.cache_dir.glob("cluster-*")), "nothing is left of the batches"

    # An edit, on the cluster again: only what changed is made, with bodies from the cache of the first build.
    article_of = together.root / "content/articles/n7.md"
    before = article_of.read_text()
    article_of.write_text(before.replace("Part 7", "Part 8"))
    with open_cluster(two_workers.address, places_of(together)) as cluster:
        assert 0 < build_site(together, remote=cluster).written < report.pages / 2
        article_of.write_text(before)
        assert build_site(together, remote=cluster).is_built
    assert files(together.site_dir) == files(alone.site_dir)


def test_a_worker_killed_half_way_changes_nothing(make_site: MakeSite, alone: SiteConfig) -> None:
    together = config_of(make_site(FILES))
    with open_cluster("local:2", places_of(together)) as cluster:
        victim, other = cluster.processes

        def kill_once(step: str, done: int, _of: int) -> None:
            if step == "Writing" and done and victim.poll() is None:
                victim.kill()
                victim.wait()

        report = build_site(together, watch=kill_once, remote=cluster)
        assert victim.poll() is not None
        assert other.poll() is None
    assert report.is_built
    assert files(together.site_dir) == files(alone.site_dir)
    assert other.poll() is not None, "no worker outlives the build"


def test_without_any_worker_nobody_waits_for_ever(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = config_of(make_site({}))
    with open_cluster("local:1", places_of(config)) as cluster:
        monkeypatch.setattr(subject, "WORKERS_SECONDS", 0.5)
        monkeypatch.setattr(subject, "LOOK_SECONDS", 0.1)
        answer = cluster.submit(time.sleep, 60)
        cluster.processes[0].kill()
        with pytest.raises(ClusterError, match=r"no worker of the scheduler at tcp://.* is left"):
            answer.result(timeout=30)


def test_results_come_in_order_and_errors_come_back(two_workers: Cluster) -> None:
    assert list(map_chunks(sum, ([n, n] for n in range(12)), two_workers)) == [2 * n for n in range(12)]
    with pytest.raises(ZeroDivisionError):
        two_workers.submit(divmod, 1, 0).result(timeout=30)
    assert two_workers.submit(os.getpid).result(timeout=30) != os.getpid()
    with two_workers.shared_folder() as folder:
        assert two_workers.submit(os.path.isdir, folder).result(timeout=30)
    assert not folder.exists()


def test_a_batch_is_done_once(tmp_path: Path) -> None:
    import pickle

    (tmp_path / "0.call").write_bytes(pickle.dumps((os.mkdir, (str(tmp_path / "made"),), {})))
    for _ in range(2):
        do_batch(str(tmp_path), 0, program_digest())
    assert pickle.loads((tmp_path / "0.answer").read_bytes()) == (None, None), "a second time would raise"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["0.answer", "0.call", "made"]
    with pytest.raises(ClusterError, match="another version"):
        do_batch(str(tmp_path), 1, "another")
    assert answer_call(b"") != b""


def test_workers_that_cannot_work_are_refused(
    make_site: MakeSite, two_workers: Cluster, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = config_of(make_site({}))
    missing = places_of(config)
    missing = Places(config.root / "gone.yml", missing.cache_dir, missing.site_home)
    with (
        pytest.raises(ClusterError, match=r"and 1 more\) does not see .*gone.yml") as caught,
        open_cluster(two_workers.address, missing),
    ):
        pass
    assert "same paths on all machines" in caught.value.hint
    program = program_digest()
    here = places_of(config)
    assert look(str(tmp_path / "gone"), str(here.settings), str(here.site_home), program) == str(tmp_path / "gone")
    monkeypatch.setattr(subject, "program_digest", lambda: "another")
    with pytest.raises(ClusterError, match="another version"), open_cluster(two_workers.address, here):
        pass
    assert not [p for p in config.root.iterdir() if p.name.startswith("cluster-")]


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (
            ["--scheduler", "tcp://127.0.0.1:1"],
            1,
            "error: no scheduler answers at tcp://127.0.0.1:1 [cluster-unusable]",
        ),
        (["--scheduler", "here"], 2, '"here" is neither an address such as tcp://10.0.0.5:8786 nor local:N'),
        (["--scheduler", "local:0"], 2, "nor local:N"),
        (["--scheduler", "local:2", "--untrusted"], 2, "--untrusted"),
    ],
    ids=["unreachable", "no-address", "no-workers", "untrusted"],
)
def test_what_the_command_refuses(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, arguments: list[str], exit_code: int, said: str
) -> None:
    monkeypatch.setattr(subject, "CONNECT_SECONDS", 0.5)
    root = make_site({})
    done = CliRunner().invoke(main, ["build", "-f", str(root / "mkdocs.yml"), *arguments])
    assert done.exit_code == exit_code, done.output
    assert said in " ".join(done.output.split())
    assert not (root / "site").exists()


def test_without_the_extra_the_remedy_is_named(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    root = make_site({})
    done = CliRunner().invoke(main, ["build", "-f", str(root / "mkdocs.yml"), "--scheduler", "local:2"])
    assert done.exit_code == 1
    assert "hint: pip install 'site-builder[dask]'" in done.output


def test_what_a_scheduler_says_is_said_in_our_words() -> None:
    from distributed.scheduler import KilledWorker

    killed: Any = KilledWorker("key", None, 4)  # type: ignore[arg-type]
    assert "after 3 workers were lost" in str(subject._why(killed))
    assert isinstance(subject._why(ValueError("x")), ValueError)

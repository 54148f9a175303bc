"""What a server follows, and what it does not."""

import errno
import logging
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from watchdog.observers import Observer

from site_builder.config.link_states import LINKS_FILE
from site_builder.serve.follow import Follower, Sources, settings_files, sources_of
from tests.helpers.site import MKDOCS_YML, MakeSite, article, load, write_files

WAIT: float = 30
"""Seconds after which an event will not come any more."""


@pytest.fixture
def sources(make_site: MakeSite) -> tuple[Path, Sources]:
    root = make_site(
        {
            "mkdocs.yml": "INHERIT: base/shared.yml\nmarkdown_extensions:\n  - pymdownx.snippets:\n"
            "      base_path: [!relative $config_dir, !relative $config_dir/parts]\n",
            "base/shared.yml": MKDOCS_YML,
            "content/articles/a.md": article("A", '--8<-- "one.md"\n\n--8<-- "missing.md"\n'),
            "parts/one.md": "One.\n",
        }
    )
    with closing(load(root)) as site:
        return root, sources_of(site.config, site.content.inputs)


FOLLOWED = (
    "content/articles/a.md",
    "content/articles/new.md",
    "content/static/x.bin",
    "content/static/.well-known/x",
    "content",
    "templates",
    "templates/words/en.yml",
    "mkdocs.yml",
    "base/shared.yml",
    "parts/one.md",
    "parts/missing.md",
    "missing.md",
    "parts",
)
NOT_FOLLOWED = (
    "serve.log",
    "nohup.out",
    ".mkdocs.yml.swp",
    "4913",
    "mkdocs.yml~",
    "site/index.html",
    ".cache/site_builder/memo.sqlite",
    ".git/index",
    "base/other.yml",
    "parts/other.md",
    "content/articles/.a.md.swp",
    "content/articles/a.md~",
    "content/articles/.#a.md",
    "contents/a.md",
)


@pytest.mark.parametrize("name", FOLLOWED)
def test_followed(name: str, sources: tuple[Path, Sources]) -> None:
    root, followed = sources
    assert followed.include(root / name)


@pytest.mark.parametrize("name", NOT_FOLLOWED)
def test_not_followed(name: str, sources: tuple[Path, Sources]) -> None:
    root, followed = sources
    assert not followed.include(root / name)


def test_settings_that_inherit_from_each_other(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.yml": "INHERIT: 'b.yml'\n", "b.yml": "x: 1\nINHERIT: a.yml\n"})
    assert settings_files(tmp_path / "a.yml") == (tmp_path / "a.yml", tmp_path / "b.yml")
    assert settings_files(tmp_path / "none.yml") == (tmp_path / "none.yml",)


@pytest.fixture
def seen() -> threading.Event:
    return threading.Event()


@pytest.fixture
def follower(seen: threading.Event) -> Iterator[Follower]:
    made = Follower(lambda _paths, _is_finished: seen.set())
    yield made
    made.stop()


def happens(seen: threading.Event) -> bool:
    happened = seen.wait(WAIT)
    seen.clear()
    return happened


def test_a_folder_made_later_is_followed(tmp_path: Path, follower: Follower, seen: threading.Event) -> None:
    tree = tmp_path / "templates"
    follower.follow(Sources(frozenset({tree}), frozenset()))
    write_files(tmp_path, {"other/x": "1", "x.log": "1"})
    tree.mkdir()
    assert happens(seen)
    assert follower.again(), "now there is a folder to watch"
    seen.clear()
    write_files(tree, {"words/en.yml": "a: b\n"})
    assert happens(seen)


def test_folders_made_at_once(tmp_path: Path, follower: Follower, seen: threading.Event) -> None:
    """watchdog warns of these, and a warning is an error here."""
    (tmp_path / "content").mkdir()
    follower.follow(Sources(frozenset({tmp_path / "content"}), frozenset()))
    for number in range(20):
        (tmp_path / f"content/{number}/deep/er").mkdir(parents=True)
    assert happens(seen)
    write_files(tmp_path, {"content/19/deep/er/a.md": "1"})
    assert happens(seen)


def test_a_folder_that_is_replaced_is_followed(tmp_path: Path, follower: Follower, seen: threading.Event) -> None:
    """As by `git checkout`, or by a program that writes a folder anew."""
    write_files(tmp_path, {"content/a.md": "1", "new/a.md": "2"})
    follower.follow(Sources(frozenset({tmp_path / "content"}), frozenset()))
    (tmp_path / "content").rename(tmp_path / "old")
    (tmp_path / "new").rename(tmp_path / "content")
    assert happens(seen)
    follower.again()
    seen.clear()
    write_files(tmp_path, {"content/a.md": "3"})
    assert happens(seen)


def test_a_file_in_a_folder_that_is_not_there_yet(tmp_path: Path, follower: Follower, seen: threading.Event) -> None:
    wanted = tmp_path / "deep/er/one.md"
    follower.follow(Sources(frozenset(), frozenset({wanted})))
    (tmp_path / "deep").mkdir()
    assert happens(seen)
    follower.again()
    (tmp_path / "deep/er").mkdir()
    assert happens(seen)
    follower.again()
    seen.clear()
    wanted.touch()
    assert happens(seen)


def test_a_file_that_an_editor_replaces(tmp_path: Path, follower: Follower, seen: threading.Event) -> None:
    write_files(tmp_path, {"mkdocs.yml": "1", "other": "2"})
    follower.follow(Sources(frozenset(), frozenset({tmp_path / "mkdocs.yml"})))
    for text in ("3", "4"):
        write_files(tmp_path, {"other": text})
        (tmp_path / "other").replace(tmp_path / "mkdocs.yml")
        assert happens(seen)


def test_without_watches_of_the_system(
    tmp_path: Path, follower: Follower, seen: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "inotify watch limit reached")

    monkeypatch.setattr(Observer, "schedule", full)
    write_files(tmp_path, {"content/a.md": "1"})
    follower.follow(Sources(frozenset({tmp_path / "content"}), frozenset()))
    write_files(tmp_path, {"content/a.md": "3"})
    assert happens(seen)


def test_what_is_known_of_links_elsewhere_is_followed_before_it_is_there(make_site: MakeSite) -> None:
    root = make_site({"content/articles/a.md": article()})
    with closing(load(root)) as site:
        assert sources_of(site.config, ()).include(root / LINKS_FILE)
        assert not sources_of(site.config, ()).include(root / "other.json")


def test_an_event_while_following_ends_is_not_told(caplog):
    Follower(lambda paths, is_finished: None).stop()
    logger = logging.getLogger("watchdog.observers.inotify")
    logger.error("InotifyEmitter.queue_events() called when the thread is inactive")
    logger.warning("Inotify queue overflowed")
    assert [record.getMessage() for record in caplog.records] == ["Inotify queue overflowed"]

"""A damaged cache costs time and one warning: the next build exits as ever and gives the bytes of a clean one.

Each case is made from its number alone. A few run with the other tests; `make torture` runs hundreds, and
`make torture ARGS="-k cache_damage"` these alone.
"""

import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from site_builder.cache import program_digest
from site_builder.cli import main
from site_builder.output.site_list import LIST_NAME
from tests.helpers.output import files
from tests.helpers.site import MKDOCS_YML, article, entity, page, topic, write_site
from tests.helpers.torture import sample

pytestmark = pytest.mark.torture

COUNT: Final = len(sample(range(500), 22))
SITE: Final = {
    "mkdocs.yml": MKDOCS_YML.replace("- site_builder\n", "- site_builder:\n      link_mentions: true\n"),
    "content/articles/weir.md": article("Weir", "A weir holds the river. See [[sluice]].\n", topics=["water"]),
    "content/articles/sluice.md": article(
        "Sluice", "A gate in a *weir* of Acme.\n", topics=["water"], entities=["acme"]
    ),
    "content/articles/canal.md": article("Canal", "Boats rise.\n\n![A lock](lock.svg)\n", topics=["water"]),
    "content/articles/lock.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "content/articles/draft.md": article("Zqdraft", "Zqdraft words.\n", status="draft"),
    "content/topics/water.md": topic("Water", "All of it.\n"),
    "content/entities/acme.md": entity("Acme"),
    "content/pages/about.md": page("About", "Who we are.\n"),
}
FOREIGN: Final = {
    "site/CNAME": "example.org",
    "site/mine/x.txt": "mine",
    ".cache/site_builder/memo-mine.sqlite": "mine",
}
"""Files of others, which stay whatever happens."""

Damage = Callable[[random.Random, Path], object]
"""Changes a site folder with its cache; gives False if there is nothing to change."""


def state(root: Path) -> list[Path]:
    """The files of the cache, and the list in the site folder."""
    kept = [path for path in sorted((root / ".cache/site_builder").iterdir()) if path.is_file()]
    listed = [root / "site" / LIST_NAME]
    return [path for path in (*kept, *listed) if path.name not in {".gitignore", "memo-mine.sqlite"} and path.is_file()]


def database(root: Path) -> Path:
    return root / f".cache/site_builder/memo-{program_digest()}.sqlite"


def one_file(dice: random.Random, root: Path) -> tuple[Path, bytearray]:
    """A file that is not empty, and its bytes."""
    path = dice.choice([path for path in state(root) if path.stat().st_size])
    return path, bytearray(path.read_bytes())


def flip_bits(dice: random.Random, root: Path) -> None:
    path, data = one_file(dice, root)
    for _ in range(dice.choice((1, 1, 8, 200))):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    path.write_bytes(data)


def flip_in_values(dice: random.Random, root: Path) -> None:
    """Bits of a single value: those of the file are mostly of none."""
    change_values(dice, root, lambda value: bytes([*value[:20], value[20] ^ 4, *value[21:]]) if value[20:] else b"x")


def truncate(dice: random.Random, root: Path) -> None:
    path, data = one_file(dice, root)
    path.write_bytes(data[: dice.randrange(len(data))])


def zero_pages(dice: random.Random, root: Path) -> None:
    path, data = one_file(dice, root)
    size = dice.choice((16, 512, 4096))
    start = dice.randrange(0, len(data), size)
    data[start : start + size] = bytes(min(size, len(data) - start))
    path.write_bytes(data)


def random_bytes(dice: random.Random, root: Path) -> None:
    path, data = one_file(dice, root)
    path.write_bytes(dice.randbytes(dice.choice((1, 100, len(data)))))


def append(dice: random.Random, root: Path) -> None:
    path, data = one_file(dice, root)
    path.write_bytes(bytes(data) + dice.choice((b"\0", b"../x\n", b"left over" * 1000)))


def empty(dice: random.Random, root: Path) -> None:
    one_file(dice, root)[0].write_bytes(b"")


def remove(dice: random.Random, root: Path) -> None:
    for path in dice.sample(state(root), dice.randint(1, len(state(root)))):
        path.unlink()


def folder_in_place(dice: random.Random, root: Path) -> None:
    path = dice.choice([path for path in state(root) if path.name != LIST_NAME])
    path.unlink()
    (path / "inside").mkdir(parents=True)


def link_in_place(dice: random.Random, root: Path) -> None:
    path = dice.choice(state(root))
    path.unlink()
    path.symlink_to(root / dice.choice(("outside.txt", "missing.txt", ".", path.name)))


def pipe_in_place(dice: random.Random, root: Path) -> None:
    path = dice.choice(state(root))
    path.unlink()
    os.mkfifo(path)


def leftovers(dice: random.Random, root: Path) -> None:
    """Journals and temporary files of a build that was killed."""
    for ending in dice.sample(("-wal", "-shm", "-journal", ".tmp"), 2):
        for path in state(root):
            path.with_name(path.name + ending).write_bytes(
                dice.choice((b"", b"left over" * 100, path.read_bytes()[:999]))
            )


def link_where_a_temporary_file_goes(_: random.Random, root: Path) -> None:
    for path in state(root):
        path.with_name(f"{path.name}.tmp").symlink_to(root / "outside.txt")


def lone_journal(dice: random.Random, root: Path) -> None:
    """A database that is gone, with its journal left."""
    database(root).rename(f"{database(root)}{dice.choice(('-wal', '-journal'))}")


def older_version(_: random.Random, root: Path) -> None:
    """Files of other versions, and of others."""
    database(root).rename(database(root).with_name("memo-0123456789abcdef.sqlite"))
    for path in state(root):
        if path.suffix == ".json":
            path.write_text('{"version": 0, "outputs": {"../outside.txt": []}}')


def change_values(dice: random.Random, root: Path, change: Callable[[bytes], object]) -> None:
    """Change some values of one table."""
    with closing(sqlite3.connect(database(root))) as base, base:
        tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        rows = {table: base.execute(f"SELECT key, value FROM {table}").fetchall() for table in tables}
        table = dice.choice([table for table in tables if rows[table]])
        for key, value in dice.sample(rows[table], dice.randint(1, len(rows[table]))):
            base.execute(f"UPDATE {table} SET value = ? WHERE key = ?", (change(value), key))


def odd_values(dice: random.Random, root: Path) -> None:
    change_values(dice, root, lambda _: dice.choice((None, 7, 1.5, "text", b"", dice.randbytes(99))))


def planted_words(dice: random.Random, root: Path) -> None:
    words = dice.choice(
        (b"<script>alert(1)</script>", b"../../../outside.txt", b"/etc/hostname", b"javascript:alert(1)")
    )
    change_values(dice, root, lambda value: value.replace(b"weir", words).replace(b"Weir", words) + words)


def swapped_values(dice: random.Random, root: Path) -> None:
    """Values under the keys of others."""
    with closing(sqlite3.connect(database(root))) as base, base:
        table = dice.choice(("record", "body", "search", "rendered"))
        keys, values = zip(*base.execute(f"SELECT key, value FROM {table} ORDER BY key"), strict=True)
        for key, value in zip(keys, (*values[1:], values[0]), strict=True):
            base.execute(f"UPDATE {table} SET value = ? WHERE key = ?", (value, key))


def other_tables(dice: random.Random, root: Path) -> None:
    with closing(sqlite3.connect(database(root))) as base, base:
        table = dice.choice(("record", "body", "inputs", "related", "search", "rendered", "listing"))
        other = dice.choice((
            "", f"CREATE TABLE {table} (one INTEGER, two TEXT)", f"CREATE VIEW {table} AS SELECT 1 AS key, 2 AS value",
            f"CREATE TABLE {table} (key TEXT, value TEXT); INSERT INTO {table} VALUES ('a', 'b')",
            f"CREATE TRIGGER t AFTER INSERT ON sketch BEGIN DELETE FROM sketch; END; CREATE TABLE {table} (key, value)",
        ))  # fmt: skip
        base.executescript(f"DROP TABLE {table}; {other}")


def planted_json(dice: random.Random, root: Path) -> None:
    """What is JSON, but not as it was written."""
    path = dice.choice([path for path in state(root) if path.suffix == ".json"])
    data = json.loads(path.read_bytes())
    planted = (
        "../outside.txt",
        "/etc/hostname",
        "CNAME",
        "mine/x.txt",
        "a/../../content/articles/weir.md",
        "\ud800",
        "",
    )
    odd: object = dice.choice(
        ([], {}, 7, None, "text", {"version": 1}, {"version": 1, "digest": 7, "content": {}}, [[]] * 9)
    )
    content = data["content"]
    if "index.html" in content and dice.random() < 0.7:
        content.update(dict.fromkeys(planted, content["index.html"]))
        odd = data
    elif dice.random() < 0.5:
        data["content"] = dice.choice((odd, {"inputs": 1}, {"inputs": "x", "diagnostics": [["a"]]}))
        odd = data
    path.write_text(json.dumps(odd))


def swapped_files(dice: random.Random, root: Path) -> None:
    one, other = dice.sample([path for path in state(root) if path.suffix == ".json"], 2)
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)


def planted_lines(dice: random.Random, root: Path) -> None:
    """Lines in the list of our files, in place of others or with them."""
    path = root / "site" / LIST_NAME
    lines = path.read_text().split("\n")
    planted = ["../outside.txt", "CNAME", "mine/x.txt", "/etc/hostname", "00000000 CNAME", f"{lines[1][:9]}mine/x.txt"]
    lines[dice.choice((0, 1, 5, len(lines))) : dice.choice((1, 5, len(lines)))] = planted
    path.write_text("\n".join(lines))


DAMAGES: Final[tuple[Damage, ...]] = (
    flip_bits, flip_in_values, truncate, zero_pages, random_bytes, append, empty, remove, folder_in_place,
    link_in_place, pipe_in_place, leftovers, link_where_a_temporary_file_goes, lone_journal, older_version,
    odd_values, planted_words, swapped_values, other_tables, planted_json, swapped_files, planted_lines,
)  # fmt: skip
EDITS: Final[tuple[tuple[str, str | None], ...]] = (
    ("content/articles/weir.md", None),
    ("content/articles/weir.md", article("Weir", "A weir holds the river, retold.\n", topics=["water"])),
    ("content/articles/sluice.md", article("Sluice", "Retracted.\n", status="draft")),
)
"""What happens to the content at the same time: a document goes, changes or is retracted."""


def run(root: Path, *command: str) -> tuple[int, str]:
    """Exit code and all that a command prints; what it raises fails the test."""
    done = CliRunner().invoke(
        main, [*command, "--config", str(root / "mkdocs.yml"), "--date", "2026-07-01", "--jobs", "1"]
    )
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    assert "Traceback" not in done.output
    return done.exit_code, done.output


def around(root: Path) -> dict[str, bytes]:
    """Every file that is neither the site's nor the cache's."""
    return {
        p.relative_to(root).as_posix(): p.read_bytes()
        for p in sorted(root.rglob("*"))
        if p.is_file() and not p.is_relative_to(root / "site") and not p.is_relative_to(root / ".cache")
    }


def lists(root: Path) -> list[bytes | None]:
    """The two lists of our files, in the cache and in the site folder."""
    kept = (
        next((root / ".cache/site_builder").glob("site-*.outputs.json"), None)
        if database(root).parent.is_dir()
        else None
    )
    paths = (kept, root / "site" / LIST_NAME)
    return [
        path.read_bytes() if path is not None and not path.is_symlink() and path.is_file() else None for path in paths
    ]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of a site that was built, with its cache."""
    root = tmp_path_factory.mktemp("torture") / "kept"
    root.mkdir()
    write_site(root, {**SITE, **FOREIGN, "outside.txt": "mine"})
    assert run(root, "build", "--strict")[0] == 0
    yield shutil.copytree(root, root.with_name("vault"))
    shutil.rmtree(root.parent)


@pytest.mark.parametrize("number", range(COUNT))
def test_the_next_build_is_that_of_a_clean_one(number: int, sound: Path, tmp_path: Path):
    dice = random.Random(number)
    damage = DAMAGES[number % len(DAMAGES)]
    root = sound.with_name("kept")  # always the same place, which the cache knows
    shutil.rmtree(root)
    shutil.copytree(sound, root)
    if dice.random() < 0.4:
        path, text = dice.choice(EDITS)
        (root / path).write_text(text) if text is not None else (root / path).unlink()
    clean = tmp_path / "clean"
    shutil.copytree(root, clean, ignore=shutil.ignore_patterns(".cache", "site"))
    wanted = run(clean, "build", "--strict")[0]
    told = lists(root)
    damage(dice, root)
    if dice.random() < 0.2:  # the list in the site folder alone tells what is ours
        shutil.rmtree(database(root).parent)
    elif dice.random() < 0.3:
        shutil.rmtree(root / "site")
    is_known = any(now == then and now is not None for now, then in zip(lists(root), told, strict=True))
    before = around(root)
    for command in (("check", "--strict"), ("build", "--strict"), ("build", "--strict"))[: 3 if number % 3 else 2]:
        exit_code, output = run(root, *command)
        assert exit_code == wanted, output
        assert output.count("cache-damaged") + output.count("cache-unwritable") <= 1, output
    assert around(root) == before
    made = files(root / "site")
    mine = {path.removeprefix("site/") for path in FOREIGN if (root / path).is_file()}
    wanted_files = files(clean / "site")
    others = made.keys() - mine - wanted_files.keys()
    assert {path: made.get(path) for path in wanted_files} == wanted_files
    assert not others or not is_known, "what was retracted is still there, although one list told that it is ours"

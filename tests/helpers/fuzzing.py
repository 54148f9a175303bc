"""What must hold for any project: sites written from data that a corpus can keep, and the promises they are held to.

    hold({"content/articles/a.md": "---\\ntitle: [\\n---\\n"})

A tree maps a path below the project to what is there: a text, or a mapping with one key: `base64` for bytes, `link` for
a symbolic link and its target, `folder` and `pipe`. So every case is one JSON file (`tests/fuzz/corpus/`), whatever
odd characters or bytes it has.
"""

import base64
import contextlib
import hashlib
import json
import os
import signal
import sqlite3
import stat
import tempfile
import traceback
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

from hypothesis import HealthCheck, settings

from site_builder.build import build_site
from site_builder.cache import _seal
from site_builder.config import SiteConfig, load_config
from site_builder.diagnostics import CODES, FORMATS, Diagnostic, has_errors
from site_builder.output.opened_build import Report
from site_builder.pipeline import Site
from tests.helpers.site import MKDOCS_YML, article, entity, overrides, page, tool, topic

Tree = Mapping[str, Any]
Harm = tuple[str, str, Any]
"""What happens to a cache: `file`, a pattern and bytes in base64, or `table`, its name and bytes for all its values."""

CORPUS: Final = Path(__file__).parent.parent / "fuzz" / "corpus"
EXAMPLES: Final = int(os.environ.get("SITE_BUILDER_FUZZ_EXAMPLES", "0"))
"""Times the usual number of examples; 0 for the default suite, whose examples are the same in every run."""
MAX_SECONDS: Final = 60.0
"""Processor time for one case, far more than any takes: a loop without an end fails instead of running for ever."""

_ONLY_BUILD: Final = {
    "template-error",
    "output-foreign",
    "output-blocked",
    "cache-damaged",
    "cache-unwritable",
    "social-image-signs",
    "text-cut",
}
"""Codes that a build finds and a check cannot, because they need a page to be rendered, or the disk."""


def sized(examples: int) -> settings:
    """Settings for a test with so many examples in the default suite, the same ones each time."""
    return settings(
        max_examples=examples * max(EXAMPLES, 1),
        derandomize=not EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def sound_site() -> dict[str, Any]:
    """A small site without a finding but `site-url-missing`'s absence: something of every kind, linked together."""
    return {
        "mkdocs.yml": MKDOCS_YML,
        "content/articles/a.md": article(
            "Alpha", "See [[b]] and [the topic](../topics/t.md).\n\n## Part\n\nMore.\n",
            topics=["t"], entities=["o"], similar=[{"to": "b", "why": "it is newer", "kind": "update"}],
        ),
        "content/articles/b.md": article("Beta", "Back to [a](a.md#part).\n", topics=["t"], similar=["a"]),
        "content/topics/t.md": topic("Tee", "About [[a]].\n"),
        "content/entities/o.md": entity("Org", "Known from [[b]].\n"),
        "content/tools/l.md": tool("Lever", "For [[a]].\n"),
        "content/pages/about.md": page("About", "We write [[a]].\n"),
    }  # fmt: skip


def difference(tree: Tree) -> dict[str, Any]:
    """What a tree has otherwise than the sound site, None for what it lacks: all that the corpus needs to keep."""
    base = sound_site()
    return {name: tree.get(name) for name in (*base, *tree) if tree.get(name) != base.get(name)}


def data_of(entry: Any) -> bytes:
    """The bytes of a text or of bytes in a tree."""
    return base64.b64decode(entry["base64"]) if isinstance(entry, Mapping) else entry.encode("utf-8", "surrogatepass")


def as_entry(data: bytes) -> Any:
    """Bytes as an entry of a tree, as text where they are text."""
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode()
    return {"base64": base64.b64encode(data).decode()}


def write_tree(root: Path, tree: Tree) -> None:
    """Write a tree; what this disk cannot hold is left out."""
    for name, entry in tree.items():
        path = root / name
        with contextlib.suppress(OSError, ValueError):
            if entry is None:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(entry, Mapping) and "link" in entry:
                path.symlink_to(entry["link"])
            elif isinstance(entry, Mapping) and "folder" in entry:
                path.mkdir(exist_ok=True)
            elif isinstance(entry, Mapping) and "pipe" in entry:
                os.mkfifo(path)
            else:
                path.write_bytes(data_of(entry))


def hold(tree: Tree, harm: Sequence[Harm] = ()) -> list[Diagnostic]:
    """Check and build a project, and fail if a promise is broken; gives the findings of the check."""
    with watched("site", {"tree": difference(tree), "harm": harm}), tempfile.TemporaryDirectory() as folder:
        outside = Path(folder)
        (outside / "of-others.txt").write_text("x\n", encoding="utf-8")
        root = outside / "project"
        root.mkdir()
        write_tree(root, tree)
        if harm:
            config, found = settings_in(root)
            assert config is not None, found
            build_site(config, tuple(found))
            for one in harm:
                _harm(root, *one)
        before = _state(outside)
        config, found = settings_in(root)
        if config is None:
            assert has_errors(found, strict=False), "no settings, and no error"
            _well_formed(root, found)
            return found
        checked = _check(config, found)
        _well_formed(root, checked)
        try:
            report = _build(config, found)
        except OSError as error:  # the command says so, and ends with 1: what is in the way is not ours to remove
            if error.filename and any(name.startswith("site") for name in tree):
                return checked
            raise
        _well_formed(root, report.diagnostics)
        of_build = [d for d in report.diagnostics if d.code not in _ONLY_BUILD]
        of_check = [d for d in checked if d.code not in _ONLY_BUILD]
        assert of_build == of_check, f"check and build disagree: {set(of_build) ^ set(of_check)}"
        failed = any(d.code in _ONLY_BUILD for d in report.diagnostics)
        assert report.is_built or has_errors(checked, strict=False) or failed, "a sound site was not built"
        assert not (report.is_built and has_errors(checked, strict=False)), "a site with errors was built"
        if report.is_built:
            if not any(name.startswith("templates") for name in tree):  # of its own, a site may make anything
                _parsable(config)
            again = _build(config, found)
            if any(d.code == "cache-unwritable" for d in again.diagnostics):
                return checked  # every build makes all pages again
            assert (again.written, again.removed) == (0, 0), f"a second build wrote {again.written} files"
        after = _state(outside)
        ours = (config.whole_site_dir, *((config.cache_dir,) if config.cache_dir else ()))
        changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        foreign = [p for p in changed if not any(p == o or p.is_relative_to(o) or o.is_relative_to(p) for o in ours)]
        assert not foreign, f"written where nothing is ours: {foreign}"
        return checked


def settings_in(root: Path) -> tuple[SiteConfig | None, list[Diagnostic]]:
    """The settings as a command reads them that is started in the project."""
    with contextlib.chdir(root):
        return load_config("mkdocs.yml", overrides())


def check_in(root: Path) -> list[Diagnostic]:
    """The findings of `check` in a project."""
    config, found = settings_in(root)
    return found if config is None else _check(config, found)


def _check(config: SiteConfig, found: list[Diagnostic]) -> list[Diagnostic]:
    with contextlib.closing(Site.load(config, found)) as site:
        return list(site.diagnostics)


def _build(config: SiteConfig, found: list[Diagnostic]) -> Report:
    return build_site(config, tuple(found))


def _well_formed(root: Path, found: Iterable[Diagnostic]) -> None:
    """Every finding has a registered code, a place that exists and one line of text; each format can show it."""
    found = list(found)
    for one in found:
        assert one.code in CODES, f"not registered: {one}"
        assert one.location.path, f"no path: {one}"
        assert not one.location.path.startswith("/"), f"an absolute path: {one}"
        assert one.location.line >= 1, f"no line: {one}"
        assert one.location.column >= 1, f"no column: {one}"
        assert one.text.strip(), f"no text: {one}"
        if one.location.path != "mkdocs.yml":  # a site folder that is in the way may be anywhere
            assert str(root) not in f"{one.text}{one.hint}", f"names a folder of this machine: {one}"
        shown = str(one).split("\n")
        assert len(shown) == 1 + bool(one.hint), f"more than a line: {one}"
        assert len(shown[0]) < 5_000, f"a finding of {len(shown[0])} characters"
        with contextlib.suppress(OSError, ValueError):
            file = root / one.location.path
            if stat.S_ISREG(file.stat().st_mode):
                lines = file.read_bytes().decode("utf-8", "replace")
                last = max(lines.count("\n"), len(lines.splitlines())) + 1
                assert one.location.line <= last, f"the file has {last} lines: {one}"
    for name, show in FORMATS.items():
        text = show(tuple(found))
        if name in {"json", "sarif"}:
            json.loads(text)
        text.encode()


def _parsable(config: SiteConfig) -> None:
    """Every XML and JSON file that we made can be read by any reader."""
    published = config.root / config.content
    copied = {p.name for p in published.rglob("*") if p.suffix != ".md"}
    for path in config.site_dir.rglob("*"):
        if not path.is_file() or path.name in copied:
            continue
        if path.suffix in {".xml", ".opml", ".graphml", ".svg"}:
            ET.fromstring(path.read_bytes())
        elif path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))


def _state(folder: Path) -> dict[Path, str]:
    """Every path below a folder with what is there."""
    found = {}
    for parent, folders, files in os.walk(folder):
        for name in (*folders, *files):
            path = Path(parent, name)
            mode = path.lstat().st_mode
            is_file = stat.S_ISREG(mode)
            digest = hashlib.blake2b(path.read_bytes()).hexdigest() if is_file else ""
            found[path] = f"{stat.S_IFMT(mode)} {path.readlink() if stat.S_ISLNK(mode) else digest}"
    return found


def _harm(root: Path, what: str, where: str, data: Any) -> None:
    if what == "file":
        for path in (root / ".cache").rglob(where):
            path.write_bytes(data_of(data))
        return
    for path in (root / ".cache").rglob("memo-*.sqlite"):
        with (
            contextlib.suppress(sqlite3.DatabaseError),  # an earlier harm has left no database
            contextlib.closing(sqlite3.connect(path)) as connection,
            connection,
        ):
            for (key,) in connection.execute(f"SELECT key FROM {where}").fetchall():
                sealed = _seal(where, key, data_of(data)) + data_of(data)  # type: ignore[arg-type]
                connection.execute(f"UPDATE {where} SET value = ? WHERE key = ?", (sealed, key))


@contextlib.contextmanager
def watched(kind: str, case: Mapping[str, Any]) -> Iterator[None]:
    """Fail after MAX_SECONDS of processor time; keep a case that fails. What code says of itself is no finding."""

    def stop(_signal: int, _frame: object) -> None:
        raise AssertionError(f"more than {MAX_SECONDS:.0f} seconds of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, MAX_SECONDS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except BaseException as error:
        if EXAMPLES and not isinstance(error, KeyboardInterrupt):
            keep(kind, case, error)
        raise
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def keep(kind: str, case: Mapping[str, Any], error: BaseException) -> None:
    """Write a failing case into the corpus. Of one fault the last is kept, the smallest that was found."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "site_builder/" in f.filename]
    place = f"{Path(frames[-1].filename).stem}-{frames[-1].name}" if frames else "promise"
    text = str(error).partition(":")[0][:40] if not frames or isinstance(error, AssertionError) else ""
    name = "-".join(filter(str.isalnum, f"{kind} {type(error).__name__} {place} {text}".replace("-", " ").split(" ")))
    why = f"{type(error).__name__}: {error}"[:500]
    folder = CORPUS / "found"
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"why": why, "kind": kind, **case}, indent=1, default=str)
    (folder / f"{name or 'case'}.json").write_text(text + "\n", encoding="utf-8")

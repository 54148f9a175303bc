"""A fast build is never a wrong one: whatever was edited, and in what order, it gives the bytes of a clean build."""

import datetime as dt
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import site_builder.build
import site_builder.parallel
from site_builder.config.link_states import LINKS_FILE, LinkState, LinkStates, format_link_states
from site_builder.disk.staging_folder import staging_folder
from site_builder.output import write
from site_builder.output.site_list import LIST_NAME
from site_builder.pipeline import Site
from site_builder.render.templating.template_set import forget_templates
from site_builder.theme import theme_dir
from tests.helpers.output import build, clean_pages, files, stamps, try_build
from tests.helpers.site import (
    DATE,
    MKDOCS_YML,
    MakeSite,
    article,
    document,
    entity,
    page,
    tool,
    topic,
    write_files,
    write_site,
)

PNG: Final = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (3).to_bytes(4, "big") + (2).to_bytes(4, "big")
"""As much of a picture as its size needs."""

SLUGS: Final = ("a", "b", "c", "d", "e")
START: Final[dict[str, str | bytes]] = {
    "content/articles/a.md": article(
        "Alpha", "See [[b]] and [[c|the third]].\n\n## Part\n", topics=["t"], similar=["b"]
    ),
    "content/articles/b.md": article("Beta", "Back to [a](a.md#part).\n", topics=["u"], entities=["o"]),
    "content/articles/c.md": article(
        "Gamma", "![p](p.png)\n", topics=["t", "u"], similar=[{"to": "b", "why": "older"}]
    ),
    "content/articles/p.png": PNG,
    "content/topics/t.md": topic("Tee", "About [[a]]."),
    "content/topics/u.md": topic("You", broader=["t"]),
    "content/entities/o.md": entity("Org", "Known from [[b]]."),
    "content/entities/n.md": entity("Bureau"),
    "content/tools/l.md": tool("Lever", "For [[a]]."),
    "content/pages/about.md": page("About", "We write [[a]] and [[nothing-yet]]."),
    "content/static/robots-extra.txt": "x\n",
}
INCLUDED: Final[dict[str, str | bytes]] = {
    "content/articles/f.md": article("Foxtrot", 'Before.\n\n--8<-- "one.md"\n', topics=["t"]),
    "parts/one.md": 'One, as the WHO says. [[a]]\n\n--8<-- "two.md"\n',
    "parts/end.md": "*[WHO]: Health body\n",
}
OWN: Final = "own_words_of_a_test"
"""Name of the site's own extension."""
OWN_EXTENSION: Final = """\
from pathlib import Path

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor


class Words(Preprocessor):
    def run(self, lines):
        file = Path(__file__).with_name("words.txt")
        return [*lines, "", "{} " + (file.read_text(encoding="utf-8") if file.exists() else "no word")]


def makeExtension(**options):
    extension = Extension()
    extension.extendMarkdown = lambda md: md.preprocessors.register(Words(md), "words", 40)
    return extension
"""
START_SETTINGS: Final = {"per_page": 2, "feed_items": 2, "home_items": 2}
OPTIONS: Final = {*START_SETTINGS, "link_mentions", "list_articles", "related_items"}


class World:
    """A site on disk that edits change, with the options that its next build gets."""

    def __init__(self, root: Path, extra: Mapping[str, str | bytes], extensions: list[Any]) -> None:
        self.root = write_site(root, {**START, **extra})
        self.date = DATE
        self.site_url: str | None = None
        self.drafts = False
        self.settings: dict[str, Any] = {
            **yaml.safe_load(MKDOCS_YML),
            "plugins": [{"site_builder": dict(START_SETTINGS)}],
            "markdown_extensions": ["toc", *extensions],
        }
        self.save_settings()

    def save_settings(self) -> None:
        write_files(self.root, {"mkdocs.yml": yaml.safe_dump(self.settings)})

    def options(self) -> dict[str, Any]:
        return {"date": self.date, "drafts": self.drafts, "site_url": self.site_url}

    def read(self, name: str) -> tuple[dict[str, Any], str]:
        _, front, body = (self.root / name).read_text(encoding="utf-8").split("---\n", 2)
        return yaml.safe_load(front), body

    def change(self, name: str, /, body: str | None = None, **fields: Any) -> None:
        if (self.root / name).is_file() and (self.root / name).read_text(encoding="utf-8").startswith("---\n"):
            front, old = self.read(name)
            front = {k: v for k, v in {**front, **fields}.items() if v is not None}
            write_files(self.root, {name: document(old if body is None else body, **front)})

    def outputs(self) -> list[Path]:
        return sorted(p for p in (self.root / "site").rglob("*") if p.is_file() and p.name != LIST_NAME)


Edit = tuple[Any, ...]
"""A function with what it takes beside the world."""


def edit(function: Callable[..., None], *choices: Any) -> st.SearchStrategy[Edit]:
    return st.tuples(st.just(function), *map(st.sampled_from, choices))


def _field(world: World, slug: str, field: tuple[str, Any]) -> None:
    world.change(f"content/articles/{slug}.md", **dict([field]))


def _body(world: World, name: str, body: str) -> None:
    world.change(name, body=body)


def _other(world: World, change: tuple[str, str, Any]) -> None:
    name, key, value = change
    world.change(name, **{key: value})


def _add(world: World, slug: str) -> None:
    write_files(world.root, {f"content/articles/{slug}.md": article(slug.upper(), topics=["t"])})


def _delete(world: World, name: str) -> None:
    (world.root / name).unlink(missing_ok=True)


def _rename(world: World, old: str, new: str) -> None:
    file = world.root / f"content/articles/{old}.md"
    if file.exists():
        file.replace(file.with_name(f"{new}.md"))


def _write(world: World, name: str, content: str | bytes) -> None:
    write_files(world.root, {name: content})


def _template(world: World, name: str, words: str) -> None:
    theirs = (theme_dir() / name).read_text(encoding="utf-8")
    write_files(world.root, {f"templates/{name}": theirs.replace("<main", f"<!-- {words} --><main") + words})


def _setting(world: World, setting: tuple[str, Any]) -> None:
    key, value = setting
    if key in OPTIONS:
        world.settings["plugins"][0]["site_builder"][key] = value
    else:
        world.settings[key] = value
    world.save_settings()


def _option(world: World, option: tuple[str, Any]) -> None:
    setattr(world, *option)


def _harm(world: World, how: str, number: int) -> None:
    if outputs := world.outputs():
        victim = outputs[number % len(outputs)]
        if how == "delete":
            victim.unlink()
        elif how == "corrupt":
            victim.write_bytes(b"x" * number)
        else:
            shutil.rmtree(victim.parent)


def _lose_site(world: World) -> None:
    """As in CI, where only the cache is restored."""
    shutil.rmtree(world.root / "site", ignore_errors=True)


def _lose_cache(world: World) -> None:
    shutil.rmtree(world.root / ".cache", ignore_errors=True)


def _damage_cache(world: World, pattern: str, kept: int) -> None:
    for path in (world.root / ".cache").rglob(pattern):
        data = path.read_bytes()
        path.write_bytes(data[:kept] + b"\0" * (len(data) - kept))


FIELDS: Final = (
    ("title", "Retitled"),
    ("title", "Ünïcode & <tags>"),
    ("summary", "Says otherwise."),
    ("date", "2026-05-01"),
    ("updated", "2026-06-20"),
    ("topics", ["u"]),
    ("topics", ["t", "wanted-topic"]),
    ("entities", ["o"]),
    ("entities", ["n"]),
    ("similar", None),
    ("similar", ["a", {"to": "d", "why": "it is newer", "kind": "update"}]),
    ("similar", ["nobody-wrote-this"]),
    ("aliases", ["/old/"]),
    ("aliases", ["/2026/x.html"]),
    ("aliases", None),
    ("status", "draft"),
    ("status", "stub"),
    ("status", "published"),
    ("publish", "2026-07-02"),
    ("publish", None),
    ("unlisted", True),
    ("unlisted", False),
    ("duplicate_of", "b"),
    ("duplicate_of", None),
    ("image", {"src": "p.png", "alt": "P", "credit": "Us"}),
    ("language", "de"),
    ("title", "Beta"),
    ("title", "Tee"),
    ("summary", "A summary of Beta."),
    ("summary", "Others say the same."),
    ("curator", "Org"),
    ("curator", "Bureau"),
    ("added", "2026-06-29"),
    ("source", {"name": "Another paper", "url": "https://example.test/other"}),
    ("feed_id", "first-of-all"),
    ("review", "2026-07-02"),
    ("owner", "Ida"),
)
OTHERS: Final = (
    ("content/topics/t.md", "title", "Tea"),
    ("content/topics/t.md", "replaced_by", "u"),
    ("content/topics/t.md", "replaced_by", None),
    ("content/topics/u.md", "broader", None),
    ("content/topics/u.md", "synonyms", ["yew"]),
    ("content/entities/o.md", "name", "Organisation"),
    ("content/entities/o.md", "aliases", ["/old/"]),
    ("content/entities/n.md", "replaced_by", "o"),
    ("content/entities/n.md", "replaced_by", None),
    ("content/entities/n.md", "synonyms", ["Beta"]),
    ("content/tools/l.md", "pricing", "paid"),
    ("content/tools/l.md", "status", "draft"),
    ("content/topics/u.md", "broader", ["t"]),
    ("content/topics/u.md", "title", "Beta"),
    ("content/topics/u.md", "summary", "Others say the same."),
    ("content/topics/t.md", "feed", True),
    ("content/entities/o.md", "kind", "person"),
    ("content/entities/o.md", "same_as", ["https://example.test/org"]),
    ("content/tools/l.md", "name", "Crowbar"),
    ("content/pages/about.md", "title", "About us"),
    ("content/pages/about.md", "status", "draft"),
    ("content/pages/about.md", "unlisted", True),
)
BODIES: Final = (
    "",
    "Only [[a]].\n",
    "# H\n\n[[d]], [b](b.md) and `code`.\n",
    "![p](p.png) [f](p.png)\n",
    "[[a#part]] [[t]] [[o]] [[l]]",
    "[x](https://example.test/other#part)\n",
)
DEAD: Final = format_link_states(
    LinkStates(DATE, {f"https://example.test/{p}": LinkState(failing=DATE, dead=DATE) for p in ("other", "org")})
)
"""What is known of the addresses elsewhere: they are dead."""
ARTICLE_FILES: Final = tuple(f"content/articles/{slug}.md" for slug in SLUGS)

EDITS: Final = st.one_of(
    edit(_field, SLUGS, FIELDS),
    edit(_field, SLUGS, FIELDS),
    edit(_body, (*ARTICLE_FILES, "content/topics/t.md", "content/tools/l.md", "content/pages/about.md"), BODIES),
    edit(_other, OTHERS),
    edit(_add, SLUGS),
    edit(_rename, SLUGS, SLUGS),
    edit(_delete, (*ARTICLE_FILES, *(f for f in START if f not in ARTICLE_FILES), "content/static/old")),
    edit(_write, ("content/static/robots-extra.txt", "content/static/old"), ("y\n", "z\n")),
    edit(_write, ("content/articles/p.png",), (PNG + b"more", PNG[:-4] + b"\0\0\0\x09")),
    edit(_write, ("content/pages/index.md",), (page("Welcome", "Start at [[a]]."), page("Hello"))),
    edit(_write, ("content/articles/e.md",), ("no front matter", article("E", aliases=["/articles/a/"]))),
    edit(_write, (LINKS_FILE,), (DEAD, "{")),
    edit(_delete, (LINKS_FILE,)),
    edit(_template, ("article.html", "base.html", "topic.html", "partials/macros.html", "feed.xml"), ("one", "two")),
    edit(_write, ("templates/article.html",), ("{% if", "{{ page.no_such_thing }}", "{{ site.name }}")),
    edit(_delete, ("templates/article.html", "templates/base.html", "templates/assets/style.css")),
    edit(_write, ("templates/assets/style.css", "templates/assets/more/own.js"), ("/* 1 */", "/* 2 */")),
    edit(_setting, (("site_name", "Renamed"), ("site_name", "Test site"), ("per_page", 1), ("per_page", 50),
                    ("feed_items", 1), ("home_items", 1), ("link_mentions", True), ("list_articles", 1),
                    ("related_items", 0), ("site_url", "https://example.com/"), ("site_url", ""),
                    ("markdown_extensions", ["toc", "attr_list"]), ("copyright", "Us"), ("repo_url", "https://x.test/r"))),
    edit(_option, (("date", dt.date(2026, 7, 2)), ("date", DATE), ("drafts", True), ("drafts", False),
                   ("site_url", "https://cli.example/"), ("site_url", None))),
    edit(_harm, ("delete", "corrupt", "delete folder"), range(0, 200, 7)),
    edit(_lose_cache),
    edit(_lose_site),
    edit(_damage_cache, ("memo-*.sqlite", "site-*.json"), (0, 50, 5000)),
)  # fmt: skip
INCLUDED_EDITS: Final = st.one_of(
    edit(_write, ("parts/one.md", "parts/two.md", "parts/end.md"),
         ("Of the WHO.\n", "[[b]] *of* it\n", "*[WHO]: A body\n", '--8<-- "two.md"', "<script>x</script>\n")),
    edit(_delete, ("parts/one.md", "parts/two.md", "parts/end.md", "content/articles/f.md")),
)  # fmt: skip
OWN_EDITS: Final = st.one_of(
    edit(_write, (f"{OWN}.py",), (OWN_EXTENSION.format("now"), OWN_EXTENSION.format("old"), "not Python")),
    edit(_write, ("words.txt",), ("ab [[a]]", "cd [[b]]")),
    edit(_delete, ("words.txt",)),
)


@settings(
    max_examples=20,
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(st.one_of(EDITS, INCLUDED_EDITS), min_size=1, max_size=10))
def test_any_edits(edits: list[Edit]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "root"
        snippets = [{"pymdownx.snippets": {"base_path": [str(root / "parts")], "auto_append": ["end.md"]}}]
        _assert_as_clean(World(root, INCLUDED, snippets), edits)


@settings(
    max_examples=6,
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(st.one_of(EDITS, OWN_EDITS, OWN_EDITS), min_size=1, max_size=6))
def test_any_edits_with_an_extension_of_the_site(edits: list[Edit]) -> None:
    """Fewer than above, because each build converts in a process of its own."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        root = Path(folder) / "root"
        patch.syspath_prepend(str(root))
        try:
            _assert_as_clean(World(root, {f"{OWN}.py": OWN_EXTENSION.format("now")}, [OWN]), edits)
        finally:
            sys.modules.pop(OWN, None)


def _assert_as_clean(world: World, edits: list[Edit]) -> None:
    """After each edit, a build gives what a clean one would."""
    site = world.root / "site"
    told = {"feed-lost", "output-foreign"}
    build(world.root)
    for change in edits:
        function, *chosen = change
        function(world, *chosen)
        before = (files(site), stamps(site)) if site.exists() else None
        report = try_build(world.root, **world.options())
        expected = clean_pages(world.root, **world.options())
        assert report.is_built == (expected is not None)
        if expected is None:
            assert before == ((files(site), stamps(site)) if site.exists() else None)
            continue
        pages, diagnostics = expected
        assert files(site) == pages
        told |= {"cache-damaged"} if function is _damage_cache else set()  # by this build, or by one that reads more
        assert tuple(d for d in report.diagnostics if d.code not in told) == diagnostics
    shutil.rmtree(site, ignore_errors=True)
    shutil.rmtree(world.root / ".cache", ignore_errors=True)
    forget_templates()
    if expected is not None:
        build(world.root, **world.options())
        assert files(site) == expected[0]


def test_a_second_build_writes_nothing(make_site: MakeSite) -> None:
    root = make_site(START)
    first = build(root)
    assert (first.written, first.removed, first.pages) == (len(files(root / "site")), 0, len(files(root / "site")))
    before = stamps(root / "site")
    second = build(root)
    assert (second.written, second.removed, second.stale) == (0, 0, ())
    assert stamps(root / "site") == before
    assert second.total_bytes == sum(map(len, files(root / "site").values()))


def test_only_what_changed_is_written(make_site: MakeSite) -> None:
    root = make_site(START)
    build(root)
    before = stamps(root / "site")
    World.change(_world_of(root), "content/articles/c.md", body="Another body.\n")
    report = build(root)
    now = stamps(root / "site")
    changed = {name for name in now if name.endswith((".html", ".xml", ".json")) and now[name] != before.get(name)}
    assert "articles/c/index.html" in changed
    assert "articles/a/index.html" not in changed
    assert report.written < 5


def test_a_page_that_comes_out_the_same_is_left_alone(make_site: MakeSite) -> None:
    root = make_site({**START, "templates/article.html": "{% extends 'page.html' %}{# one #}"})
    write_files(root, {"templates/article.html": "<p>{{ page.title }}</p>{# one #}\n"})
    build(root)
    before = stamps(root / "site")
    write_files(root, {"templates/article.html": "<p>{{ page.title }}</p>{# two #}\n"})
    report = build(root)
    assert len(report.stale) > 0
    assert (report.written, stamps(root / "site")) == (0, before)


def test_an_override_that_appears_while_the_program_runs(make_site: MakeSite) -> None:
    """Jinja2 alone would go on with the theme's file, which did not change."""
    root = make_site({**START, "templates/partials/none.html": ""})
    build(root)
    write_files(root, {"templates/article.html": "own {{ page.title }}"})
    build(root)
    assert files(root / "site")["articles/a/index.html"] == b"own Alpha"
    (root / "templates/article.html").unlink()
    build(root)
    forget_templates()
    assert files(root / "site") == clean_pages(root)[0]  # type: ignore[index]


def _world_of(root: Path) -> World:
    world = World.__new__(World)
    world.root = root
    return world


def test_one_process_gives_what_two_give(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    many = {
        f"content/articles/n{i}.md": article(f"N {i}", f"[[n{i - 1}]] [[a]]\n", topics=["t"]) for i in range(1, 150)
    }
    root, other = make_site({**START, **many}), make_site({**START, **many})
    monkeypatch.setattr(site_builder.parallel, "WORTH_PROCESSES", 1)
    started: list[int] = []
    pool = site_builder.parallel.WorkerPool

    def counted(jobs: int) -> Any:
        started.append(jobs)
        return pool(jobs)

    monkeypatch.setattr(site_builder.parallel, "WorkerPool", counted)
    alone, together = build(root, jobs=1), build(other, jobs=2)
    assert started == [2], "one pool reads, weighs words for the search, and renders"
    assert files(root / "site") == files(other / "site")
    assert alone.diagnostics == together.diagnostics
    assert alone.stale == together.stale


def test_errors_of_a_template_come_back_from_other_processes(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_site({**START, "templates/article.html": "{{ page.title }}\n{{ page.no_such_thing }}\n"})
    monkeypatch.setattr(site_builder.parallel, "WORTH_PROCESSES", 1)
    alone, together = try_build(root, jobs=1), try_build(root, jobs=2)
    assert not alone.is_built
    assert alone.diagnostics == together.diagnostics
    (told,) = [d for d in alone.diagnostics if d.code == "template-error"]
    assert str(told.location) == "templates/article.html:2:1"
    assert ", and on 2 more pages: " in told.text, "one fault is told once, however many pages show it"


def test_a_document_deleted_during_the_build_is_reported_once(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_site(START)
    real = write.stage

    def late(site: Site, *arguments: Any) -> write.Staging:
        (root / "content/articles/b.md").unlink()
        with sqlite3.connect(next((root / ".cache").rglob("memo-*.sqlite"))) as cache:
            cache.execute("DELETE FROM body")
        cache.close()
        return real(site, *arguments)

    monkeypatch.setattr(site_builder.build, "stage", late)
    report = try_build(root)
    assert not report.is_built
    (found,) = [d for d in report.diagnostics if d.code == "file-unreadable"]
    assert str(found.location) == "content/articles/b.md:1:1"
    assert "more page" not in found.text, "the finding names the file, so the number of its pages does not matter"


def test_the_order_of_files_on_disk_does_not_matter(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    root, other = make_site(START), make_site(dict(reversed(START.items())))
    build(root)
    shuffle = random.Random(1)  # the same order in every run
    walk, rglob = os.walk, Path.rglob

    def shuffled_walk(top: Path, **options: Any) -> Iterator[tuple[str, list[str], list[str]]]:
        for folder, folders, names in walk(top, **options):
            shuffle.shuffle(folders)
            shuffle.shuffle(names)
            yield folder, folders, names

    def shuffled_rglob(path: Path, pattern: str) -> list[Path]:
        found = list(rglob(path, pattern))
        shuffle.shuffle(found)
        return found

    monkeypatch.setattr(os, "walk", shuffled_walk)
    monkeypatch.setattr(Path, "rglob", shuffled_rglob)
    build(other)
    monkeypatch.undo()
    assert files(root / "site") == files(other / "site")


def test_foreign_files_survive(make_site: MakeSite) -> None:
    root = make_site(START)
    foreign = {"site/CNAME": "example.org\n", "site/articles/notes.txt": "mine", "site/.git/config": "x"}
    write_files(root, foreign)
    first = build(root)
    assert [d.code for d in first.diagnostics if d.code == "output-foreign"] == ["output-foreign"]
    (root / "content/articles/a.md").unlink()
    for slug in "bc":
        (root / f"content/articles/{slug}.md").unlink()
    (root / "content/articles/p.png").unlink()
    second = build(root)
    assert second.removed > 3
    assert not [d for d in second.diagnostics if d.code == "output-foreign"]
    now = files(root / "site")
    assert {f"site/{name}": now[name].decode() for name in now if f"site/{name}" in foreign} == foreign
    assert not [name for name in now if name.startswith("articles/a/")]
    assert not (root / "site/articles/a").exists(), "no empty folder is left"


def test_a_changed_file_of_an_unpublished_document_goes_too(make_site: MakeSite) -> None:
    """A site folder that was copied about has other times of change: a draft must still leave it."""
    root = make_site(START)
    build(root)
    for path in (root / "site").rglob("*.html"):
        os.utime(path)
    World.change(_world_of(root), "content/articles/c.md", status="draft")
    build(root)
    assert not (root / "site/articles/c").exists()


BROKEN: Final = {
    "content": {"content/articles/a.md": "---\ntitle: [\n---\n"},
    "two at one address": {"content/static/articles/a/index.html": "x"},
    "missing template": {"templates/article.html": "{% extends 'nowhere.html' %}"},
    "template syntax": {"templates/article.html": "{% if %}"},
    "template at render time": {"templates/topic.html": "{{ page.no_such_thing }}"},
    "template that divides by zero": {"templates/topic.html": "{{ 1 // 0 }}"},
    "template that includes itself": {"templates/topic.html": "{% include 'topic.html' %}"},
    "template that is not text": {"templates/topic.html": b"\xff\xfe"},
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_a_build_with_errors_touches_nothing(broken: dict[str, str | bytes], make_site: MakeSite) -> None:
    root = make_site(START)
    build(root)
    (root / "content/articles/b.md").unlink()
    write_files(root, {**broken, "content/articles/d.md": article("Delta")})
    before = files(root / "site"), stamps(root)["site"], stamps(root / "site")
    report = try_build(root)
    assert not report.is_built
    assert (files(root / "site"), stamps(root)["site"], stamps(root / "site")) == before
    assert not list(root.glob(".site-staging-*"))
    for name in broken:
        (root / name).unlink()
    if "content/articles/a.md" in broken:
        write_files(root, {"content/articles/a.md": START["content/articles/a.md"]})
    build(root)
    assert files(root / "site") == clean_pages(root)[0]  # type: ignore[index]


class Recorder:
    """Keeps a copy of a folder as it is before each step of `commit`: what a process that is killed there leaves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, root: Path, copies: Path) -> None:
        self.root = root
        self.copies = copies
        self.kept: list[Path] = []
        self._has_begun = False
        self._last: dict[str, int] = {}
        self._guard(monkeypatch, write, "save_manifest")
        for name in ("replace", "unlink", "rmdir", "mkdir", "write_bytes"):
            self._guard(monkeypatch, Path, name)

    def _guard(self, monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> None:
        function = getattr(owner, name)

        def guarded(*arguments: Any, **options: Any) -> Any:
            self._has_begun |= name == "save_manifest"
            if self._has_begun:
                self._keep()
            return function(*arguments, **options)

        monkeypatch.setattr(owner, name, guarded)

    def _keep(self) -> None:
        now = stamps(self.root)
        if now != self._last:
            self._last = now
            self.kept.append(self.copies / str(len(self.kept)))
            shutil.copytree(self.root, self.kept[-1])


@pytest.mark.parametrize("is_undone", [False, True], ids=["next", "edit-undone"])
def test_a_build_that_is_killed_at_any_step_is_repaired(
    is_undone: bool, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`/old/` is a page before and a file after; `/articles/b/` goes, `/articles/d/` comes, most others change."""
    small = {f"content/articles/{n}.md": article(n, aliases=["/old/"] if n == "b" else []) for n in "ab"}
    changed = {
        "content/articles/d.md": article("D"),
        "content/articles/a.md": article("New"),
        "content/static/old": "x",
    }
    root, copies = make_site(small), make_site({}) / "copies"
    build(root)
    old = files(root / "site")
    write_files(root, changed)
    (root / "content/articles/b.md").unlink()
    new = clean_pages(root)[0]  # type: ignore[index]
    with monkeypatch.context() as patch:
        recorder = Recorder(patch, root, copies)
        build(root)
    assert len(recorder.kept) > len(new) // 2
    for step, copy in enumerate(recorder.kept):
        shutil.rmtree(root)
        copy.rename(root)  # where it was: the cache knows the site folder by its path
        now = files(root / "site")
        torn = [name for name, data in now.items() if data not in (old.get(name), new.get(name))]
        assert torn == [], f"killed at step {step}"
        if is_undone:
            write_files(root, small)
            for name in changed.keys() - small.keys():
                (root / name).unlink()
        build(root)
        assert files(root / "site") == (old if is_undone else new), f"killed at step {step}"
        assert not list(root.glob(".site-staging-*"))


def run(root: Path, *arguments: str, **environ: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "site_builder", "build", "-f", str(root / "mkdocs.yml"), "--date", str(DATE)]
    return subprocess.Popen(
        [*command, *arguments], env={**os.environ, **environ}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_two_builds_at_once_do_not_mix(make_site: MakeSite) -> None:
    many = {f"content/articles/n{i}.md": article(f"N {i}", f"[[n{i - 1}]]\n", topics=["t"]) for i in range(1, 60)}
    root = make_site({**START, **many})
    urls = ("https://one.example/", "https://two.example/")
    either = [clean_pages(root, site_url=url) for url in urls]
    for _ in range(2):
        for process in [run(root, "--site-url", url, "--jobs", "1") for url in urls]:
            with process:
                _, errors = process.communicate(timeout=60)
            assert process.returncode == 0, errors
        assert files(root / "site") in [pages for pages, _ in filter(None, either)]
        assert not list(root.glob(".site-staging-*"))


def test_nothing_of_the_machine_is_in_the_output(tmp_path: Path) -> None:
    """Other folders, another hash seed, time zone and language: the same bytes, and no path of this machine."""
    roots = [write_site(tmp_path / name, START) for name in ("one", "two/deeper folder")]
    environs = (
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "HOME": "/nowhere"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/Adak", "LC_ALL": "C.UTF-8", "COLUMNS": "40"},
    )
    for process in [run(root, "-j", "1", **environ) for root, environ in zip(roots, environs, strict=True)]:
        with process:
            _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
    one, two = (files(root / "site") for root in roots)
    assert one == two
    places = [str(tmp_path), str(theme_dir()), sys.prefix, str(Path.home()), str(Path(write.__file__).parents[2])]
    found = [(name, p) for name, data in one.items() for p in places if p not in {"/", "/root"} and p.encode() in data]
    assert found == []


WORD: Final = "xyzzyquux"
"""In no other text."""


def secret(**fields: Any) -> dict[str, str | bytes]:
    """An article that nobody may find, an image that it alone uses, and what others say of it."""
    text = f"Says {WORD}. [[{WORD}-wanted]] [[a]] ![{WORD}](secret.png)\n\n## {WORD}\n\n## Part\n"
    return {
        **START,
        "content/articles/hidden.md": article(
            f"T {WORD}", text, summary=f"S {WORD}", topics=["t", f"{WORD}-topic"], entities=["o"], curator=WORD,
            similar=[{"to": "a", "why": WORD}, f"{WORD}-similar"], source={"name": WORD, "url": f"https://{WORD}.test/"},
            image={"src": "secret.png", "alt": WORD}, aliases=[f"/{WORD}/"], **fields,
        ),
        "content/articles/secret.png": PNG + WORD.encode(),
    }  # fmt: skip


NAMING_IT: Final = {
    "content/articles/d.md": article(
        "Delta", "[[hidden]] and [](hidden.md) and [h](hidden.md#part).\n", similar=[{"to": "hidden", "why": WORD}]
    ),
    "content/topics/t.md": topic("Tee", "About [[hidden]]."),
}
HIDING: Final = {"draft": {"status": "draft"}, "review": {"status": "review"}, "embargo": {"publish": "2026-07-02"}}


def tell(root: Path) -> list[str]:
    """Files of the site that hold the word, in their text or their name."""
    return [n for n, data in files(root / "site").items() if WORD in n.casefold() or WORD.encode() in data.lower()]


@pytest.mark.parametrize("fields", HIDING.values(), ids=HIDING.keys())
def test_what_is_unpublished_leaks_nowhere(fields: dict[str, str], make_site: MakeSite) -> None:
    root = make_site({**secret(**fields), **NAMING_IT})
    build(root, drafts=True)
    assert {"articles/hidden/index.html", "articles/secret.png", "feed.xml", "wanted/index.html"} <= set(tell(root))
    build(root)
    assert tell(root) == []
    shutil.rmtree(root / "site")
    build(root)
    assert tell(root) == []
    assert "articles/secret.png" not in files(root / "site")


def test_an_embargo_ends_on_its_day(make_site: MakeSite) -> None:
    root = make_site(secret(publish="2026-07-02"))
    build(root)
    assert tell(root) == []
    build(root, date=dt.date(2026, 7, 2))
    assert "feed.xml" in tell(root)


def test_what_is_unlisted_is_found_at_its_address_only(make_site: MakeSite) -> None:
    root = make_site(secret(unlisted=True))
    build(root)
    apart = [path for path in tell(root) if not path.startswith("articles/hidden/")]
    assert apart == ["articles/secret.png", f"{WORD}/index.html"]


def test_unlisted_and_draft_pages_leak_nowhere(make_site: MakeSite) -> None:
    hidden: list[dict[str, Any]] = [{"status": "draft"}, {"publish": "2026-07-02"}, {"unlisted": True}]
    pages = {f"content/pages/p{i}.md": page(f"P {WORD}", f"{WORD} [[a]]", **f) for i, f in enumerate(hidden)}
    root = make_site({**START, **pages})
    build(root)
    assert tell(root) == ["p2/index.html"]


def test_what_a_killed_build_left_beside_the_site_goes_even_if_nothing_changed(make_site: MakeSite) -> None:
    root = make_site(START)
    build(root)
    (root / ".site-staging-abcd1234").mkdir()
    (root / ".site-staging-abcd1234/.site-builder-staging").touch()
    build(root)
    assert not list(root.glob(".site-staging-*"))


def test_builds_from_two_checkouts_into_one_folder_wait_for_each_other(tmp_path: Path) -> None:
    roots = [
        write_site(tmp_path / name, {f"content/articles/{name}{n}.md": article(name) for n in range(20)})
        for name in "ab"
    ]
    wanted = [clean_pages(root)[0] for root in roots]  # type: ignore[index]
    out = tmp_path / "out/site"
    command = [sys.executable, "-m", "site_builder", "build", "-j", "1", "--date", f"{DATE}", "--out", str(out)]
    for _ in range(2):
        runs = [subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True) for root in roots]
        said = [run.communicate()[1] for run in runs]
        assert [run.returncode for run in runs] == [0, 0]
        assert all(text == "" or text.startswith("Waiting: ") for text in said)
        assert files(out) in wanted


def test_one_site_does_not_take_away_what_its_neighbour_is_making(make_site: MakeSite) -> None:
    root = make_site(START)
    with staging_folder(root / "site-staging") as theirs:
        old, empty, mine = (root / f".site-staging-{name}" for name in ("abcd1234", "bcde2345", "cdef3456"))
        for folder in (old, empty, mine):
            folder.mkdir()
        (old / ".site-builder-staging").touch()
        (mine / "x.txt").write_text("mine")
        build(root)
        assert theirs.is_dir()
        assert [p.name for p in root.glob(".site-staging-????????")] == [mine.name]


def test_the_staging_folder_is_inside_where_nothing_may_be_written_beside(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_site(START)
    (root / "site").mkdir()
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == root / "site")
    with staging_folder(root / "site") as folder:
        assert folder.parent == root / "site"
    report = build(root)
    assert "output-foreign" not in [d.code for d in report.diagnostics]
    assert files(root / "site") == clean_pages(root)[0]  # type: ignore[index]


@pytest.mark.parametrize(("obstacle", "named"), [("articles", "articles"), ("feed.xml/keep.txt", "feed.xml")])
def test_what_stands_in_the_way_is_told_and_left_alone(tmp_path: Path, obstacle: str, named: str):
    root = write_site(tmp_path, {"content/articles/a.md": article("A")})
    blocked = root / "site" / obstacle
    blocked.parent.mkdir(parents=True)
    blocked.write_text("mine", encoding="utf-8")
    report = try_build(root)
    assert not report.is_built
    assert {d.text.split('"')[1] for d in report.diagnostics if d.code == "output-blocked"} == {named}
    assert [p for p in (root / "site").rglob("*") if p.is_file()] == [blocked]


def test_a_link_out_of_the_site_folder_is_not_followed(tmp_path: Path):
    """Neither to write pages nor the list of files, whoever has put it there."""
    root = write_site(tmp_path / "here", {"content/articles/a.md": article("A")})
    for place in ("elsewhere", "here/site"):
        (tmp_path / place).mkdir()
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (root / "site/.site-builder.tmp").symlink_to(tmp_path / "file")
    (root / "site/articles").symlink_to(tmp_path / "elsewhere")
    head = "# Files that site-builder wrote here: the next build removes those that the site no longer has."
    (root / "site/.site-builder").write_text(f"{head}\narticles\n", encoding="utf-8")
    report = try_build(root)
    assert {d.text.split('"')[1] for d in report.diagnostics if d.code == "output-blocked"} == {"articles"}
    (root / "site/articles").unlink()
    assert try_build(root).is_built
    assert list((tmp_path / "elsewhere").iterdir()) == []
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"

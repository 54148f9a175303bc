"""What `serve` shows after any edit is what a new process would show: every address byte for byte, every finding."""

import random
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import pytest

from site_builder.config import Overrides, load_config
from site_builder.pipeline import Site
from site_builder.serve import late_related
from site_builder.serve.live import Live
from tests.helpers.site import DATE, MKDOCS_YML, Files, article, entity, topic, write_files, write_site
from tests.helpers.sites import png

EDITS: Final = 40
"""In each of the orders of edits."""
SETTINGS: Final = MKDOCS_YML.replace("  - site_builder", "  - site_builder:\n      link_mentions: true") + (
    "markdown_extensions:\n  - pymdownx.snippets:\n      base_path: [parts]\n"
)
FILES: Final[Files] = {
    "mkdocs.yml": SETTINGS,
    "parts/note.md": "A note about turbines.\n",
    "content/topics/wind.md": topic("Wind", "All about [wind](../articles/a0.md).\n"),
    "content/topics/sea.md": topic("Sea", broader=["wind"]),
    "content/entities/acme.md": entity("Acme"),
    "content/pages/about.md": "---\ntitle: About\n---\n\nSee [[a1]].\n",
    "content/pages/index.md": "---\ntitle: Home\n---\n\nWelcome to [[a2]].\n",
    "content/articles/lamp.png": png(1, 1),
    "content/articles/used.pdf": "y",
}
NUMBERS: Final = range(7)
PARTS: Final = (
    "Plain words about turbines and harbours.",
    "Acme said so, in [[a1]] and [the third](a3.md).",
    "See [[a0#part-two]] and [[a4#none]].",
    "Nobody has written [[a-missing-page]].",
    "## Part two\n\nText.",
    "## Part three\n\nMore text about the sea.",
    "![A lamp](lamp.png)",
    "A [file](used.pdf) and a [lost one](lost.pdf).",
    '--8<-- "note.md"',
    "Go to [an address](/articles/a5/) or [nowhere](/no/where/).",
    "> [[a6]] is quoted, and **[[wind]]** is a topic.",
)


def write_body(rng: random.Random) -> str:
    return "\n\n".join(rng.sample(PARTS, rng.randint(1, 5))) + f"\n\nNumber {rng.random()}.\n"


def write_article(rng: random.Random, number: int) -> str:
    fields = {
        "topics": rng.sample(["wind", "sea", "gone"], rng.randint(0, 2)),
        "entities": rng.sample(["acme", "other"], rng.randint(0, 1)),
        "similar": [f"a{n}" for n in rng.sample([n for n in NUMBERS if n != number], rng.randint(0, 2))],
        "status": rng.choice(["published"] * 6 + ["draft", "stub"]),
    }
    return article(rng.choice([f"Title {number}", "A title of two"]), write_body(rng), **fields)


def body_edit(rng: random.Random, root: Path) -> Path:
    """Another text under the same front matter, as most edits are."""
    path = rng.choice(sorted((root / "content").rglob("*.md")))
    head, mark, _ = path.read_text(encoding="utf-8").rpartition("---\n")
    path.write_text(f"{head}{mark}\n{write_body(rng)}", encoding="utf-8")
    return path


def new_or_other(rng: random.Random, root: Path) -> Path:
    number = rng.choice(NUMBERS)
    path = root / f"content/articles/a{number}.md"
    path.write_text(write_article(rng, number), encoding="utf-8")
    return path


def delete(rng: random.Random, root: Path) -> Path:
    path = rng.choice(sorted((root / "content/articles").iterdir()))
    path.unlink()
    return path


def break_(rng: random.Random, root: Path) -> Path:
    path = root / f"content/articles/a{rng.choice(NUMBERS)}.md"
    path.write_text(rng.choice(["", "---\ntitle: [\n---\n", article("X", tittle="y")]), encoding="utf-8")
    return path


def included(rng: random.Random, root: Path) -> Path:
    path = root / "parts/note.md"
    path.write_text(f"Another note, {rng.random()}.\n", encoding="utf-8")
    return path


def asset(rng: random.Random, root: Path) -> Path:
    path = root / "content/articles" / rng.choice(["lamp.png", "used.pdf", "lost.pdf"])
    path.write_text(str(rng.random()), encoding="utf-8")
    return path


def settings(rng: random.Random, root: Path) -> Path:
    path = root / "mkdocs.yml"
    path.write_text(SETTINGS.replace("Test site", rng.choice(["Test site", "Another"])), encoding="utf-8")
    return path


def template(rng: random.Random, root: Path) -> Path:
    path = root / "templates/words/en.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"latest: What is new {rng.randint(1, 9)}\n", encoding="utf-8")
    return path


def passing(rng: random.Random, root: Path) -> Path:
    """What an editor writes and removes before anybody looks."""
    return root / "content/articles" / f"{rng.randint(1, 9)}913"


KINDS: Final[tuple[Callable[[random.Random, Path], Path], ...]] = (
    *[body_edit] * 12, *[new_or_other] * 4, delete, break_, included, asset, settings, template, passing,
)  # fmt: skip


@contextmanager
def fresh(root: Path) -> Iterator[Site]:
    config, found = load_config(root / "mkdocs.yml", Overrides(date=DATE, jobs=1))
    assert config is not None, found
    with closing(Site.load(config, tuple(found))) as site:
        yield site


def assert_same(live: Live, root: Path, done: list[str]) -> None:
    served = live.site
    with fresh(root) as expected:
        assert served.diagnostics == expected.diagnostics, done
        assert served.content.digest == expected.content.digest, done
        routes = expected.routes.all()
        assert list(served.routes.all()) == list(routes), done
        pictures = (".png", ".pdf", ".woff2")
        for url in routes:
            if not url.endswith(pictures):
                assert served.render(url) == expected.render(url), (url, done)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edit_it_is_the_site_that_a_new_process_reads(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    root = write_site(tmp_path, FILES)
    write_files(root, {f"content/articles/a{n}.md": write_article(rng, n) for n in NUMBERS})
    live = Live(root / "mkdocs.yml", Overrides(date=DATE, jobs=1), lambda _line: None)
    live.load()
    done: list[str] = []
    for step in range(EDITS):
        paths = {edit(rng, root) for edit in rng.sample(KINDS, rng.choice([1, 1, 1, 2]))}
        done = [*done[-4:], ", ".join(sorted(path.relative_to(root).as_posix() for path in paths))]
        live.update(paths)
        live.site.render("/articles/")  # something is remembered at each step
        if step % 4 == 3:
            assert_same(live, root, done)


def test_a_large_site_has_its_related_lists_once_it_has_ranked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(late_related, "RANKED_AT_ONCE", 2)
    text = "Turbines in the northern harbour were mended by divers. " * 3
    root = write_site(tmp_path, {f"content/articles/a{n}.md": article(f"T{n}", text, topics=["x"]) for n in range(6)})
    live = Live(root / "mkdocs.yml", Overrides(date=DATE, jobs=1), lambda _line: None)
    live.load()
    page = root / "content/articles/a1.md"
    for step in ("", "Whales sing in warmer water. ", "Other words. "):
        page.write_text(article("T1", text + step, topics=["x"]), encoding="utf-8")
        live.update({page})
        version, before = live.version, live.answer("/articles/a1/").data
        live.rank()
        after = live.answer("/articles/a1/").data
        with fresh(root) as expected:
            assert live.site.render("/articles/a1/") == expected.render("/articles/a1/")
        assert (before == after) == (version == live.version), "a page that changes is loaded again"

"""After an edit, only views are composed of which something has changed; what is kept of others may be damaged."""

import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

import site_builder.build
from site_builder.pages.route import Page, Route
from tests.helpers.output import build, clean_pages, files
from tests.helpers.site import MakeSite, article, entity, topic, write_files

SITE: dict[str, str | bytes] = {
    "mkdocs.yml": "site_name: X\nsite_url: https://example.org/\ndocs_dir: content\ntheme: site_builder\n"
    "plugins:\n  - site_builder: {related_items: 0}\n",
    **{
        f"content/articles/a{n}.md": article(
            f"Article {n}", f"On [[a{(n + 1) % 30}]].\n", topics=[f"t{n % 3}"], similar=[f"a{(n + 2) % 30}"]
        )
        for n in range(30)
    },
    **{f"content/topics/t{n}.md": topic(f"Topic {n}") for n in range(3)},
    "content/entities/e.md": entity("E"),
}


@pytest.fixture
def composed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Addresses of the views that are composed."""
    found: list[str] = []
    page: Callable[[Route[object]], Page[object]] = Route.page

    def noted(route: Route[object]) -> Page[object]:
        found.append(route.url)
        return page(route)

    monkeypatch.setattr(Route, "page", noted)
    return found


def test_an_edit_composes_what_shows_it(make_site: MakeSite, composed: list[str]):
    root = make_site(SITE)
    build(root)
    everything = len(composed)
    composed.clear()
    changed = str(SITE["content/articles/a7.md"]).replace("On [[a8]].", "Other words on [[a8]].")
    write_files(root, {"content/articles/a7.md": changed})
    build(root)
    assert "/articles/a7/" in composed
    assert "/articles/a20/" not in composed
    assert len(composed) < everything / 3
    composed.clear()
    write_files(root, {"content/topics/t2.md": topic("Renamed")})
    build(root)
    assert {"/topics/t2/", "/articles/a2/", "/articles/a5/"} <= set(composed)
    assert files(root / "site") == clean_pages(root)[0]  # type: ignore[index]


def test_another_day_composes_the_report_alone(make_site: MakeSite, composed: list[str]):
    root = make_site(SITE)
    build(root)
    composed.clear()
    build(root, date=dt.date(2027, 1, 1))
    assert [url for url in composed if url.endswith("/")] == ["/report/"]


@pytest.mark.parametrize("table", ["views", "rendered"])
def test_what_is_damaged_is_made_anew(make_site: MakeSite, table: str):
    root = make_site(SITE)
    build(root)
    spoil(root, f"UPDATE {table} SET value = zeroblob(40)")
    shutil.rmtree(root / "site")
    write_files(root, {"content/articles/a7.md": article("Article 7", "Other words.\n")})
    report = build(root)
    assert "cache-damaged" in {d.code for d in report.diagnostics}
    assert files(root / "site") == clean_pages(root)[0]  # type: ignore[index]


def spoil(root: Path, statement: str) -> None:
    """Change the cache behind its back."""
    (database,) = (root / ".cache/site_builder").glob("memo-*.sqlite")
    connection = sqlite3.connect(database)
    with connection:
        connection.execute(statement)
    connection.close()


def test_an_unchanged_site_is_not_loaded(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    root = make_site(SITE)
    first = build(root)

    def loaded(*_: object) -> None:
        raise AssertionError("a document is loaded")

    monkeypatch.setattr(site_builder.build, "load_content", loaded)
    again = build(root)
    assert (again.written, again.pages, again.diagnostics) == (0, first.pages, first.diagnostics)
    shutil.rmtree(root / "site")
    assert build(root).written == first.pages

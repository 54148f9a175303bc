"""What a build names as the cause when it is asked to explain itself: one edit of a tiny site, told page by page."""

from pathlib import Path
from typing import Any, Final

import pytest

from site_builder.build import build_site
from tests.helpers.output import build
from tests.helpers.site import DATE, MKDOCS_YML, MakeSite, article, load_settings, page, topic, write_files

SITE: Final[dict[str, str | bytes]] = {
    "content/articles/a.md": article("Alpha", "Says one thing.\n", topics=["t"]),
    "content/articles/b.md": article("Beta", "As [[a]] has it.\n", date="2026-05-01"),
    "content/articles/later.md": article("Later", date="2026-04-01", topics=["t"], publish="2026-07-02"),
    "content/articles/d.md": article("Delta", date="2026-03-01"),
    "content/topics/t.md": topic("Tee"),
    "content/pages/about.md": page("About", "Nothing of the others.\n"),
    "content/pages/guide.md": page("Guide", "See [[about]].\n"),
    "content/static/note.txt": "x\n",
    "templates/partials/newsletter.html": "{% macro newsletter() %}{% endmacro %}",
}
A: Final = "articles/a/index.html"
B: Final = "articles/b/index.html"
T: Final = "topics/t/index.html"
ABOUT: Final = "about/index.html"
GUIDE: Final = "guide/index.html"


def told(root: Path, **options: Any) -> dict[str, str]:
    config, found = load_settings(root, **options)
    return dict(build_site(config, tuple(found), explain=True).stale)


def edited(make_site: MakeSite, edit: dict[str, str | bytes], **options: Any) -> dict[str, str]:
    root = make_site(SITE)
    build(root)
    write_files(root, edit)
    return told(root, **options)


def test_fields_of_a_document_and_the_pages_that_show_it(make_site: MakeSite) -> None:
    text = article("Alpha", "Says one thing.\n", topics=["t"], summary="New.", curator="Ida Lund")
    found = edited(make_site, {"content/articles/a.md": text})
    change = "content/articles/a.md (curator and summary)"
    assert found[A] == change
    assert found[T] == f"it shows {change}"
    assert found["index.html"] == f"it shows {change}"
    assert ABOUT not in found


def test_a_text(make_site: MakeSite) -> None:
    found = edited(make_site, {"content/articles/a.md": article("Alpha", "Says another.\n", topics=["t"])})
    assert found[A] == "content/articles/a.md (text)"
    assert B not in found


def test_a_title_is_shown_by_the_page_that_links_to_it(make_site: MakeSite) -> None:
    found = edited(make_site, {"content/articles/a.md": article("Retitled", "Says one thing.\n", topics=["t"])})
    assert found[B] == "it shows content/articles/a.md (summary and title)"


def test_an_article_that_left_a_topic(make_site: MakeSite) -> None:
    found = edited(make_site, {"content/articles/a.md": article("Alpha", "Says one thing.\n")})
    assert found[T] == "it shows what follows from content/articles/a.md (topics)"


def test_a_new_document_and_one_that_is_gone(make_site: MakeSite) -> None:
    root = make_site(SITE)
    build(root)
    write_files(root, {"content/articles/c.md": article("Gamma", topics=["t"])})
    (root / "content/articles/b.md").unlink()
    found = told(root)
    assert found["articles/c/index.html"] == "it is new"
    assert found[T] == "it shows content/articles/c.md (new)"
    assert found["feed.xml"] == "it shows content/articles/c.md (new)"


def test_an_embargo_that_ends(make_site: MakeSite) -> None:
    found = edited(make_site, {}, date=DATE.replace(day=2))
    assert found[T] == "it shows content/articles/later.md (new)"


@pytest.mark.parametrize(
    ("file", "text", "pages", "reason"),
    [
        ("templates/topic.html", "{{ page.title }}", [T], "the template topic.html changed"),
        ("templates/partials/newsletter.html", "{% macro newsletter() %}x{% endmacro %}", [A, B],
         "the template partials/newsletter.html changed"),
        ("content/static/note.txt", "y\n", ["note.txt"], "the file content/static/note.txt changed"),
        ("content/pages/about.md", page("About", "Else.\n"), [ABOUT], "content/pages/about.md (text)"),
        ("mkdocs.yml", MKDOCS_YML.replace("- site_builder\n", "- site_builder: {home_items: 1}\n"), ["index.html"],
         "the setting home_items changed"),
    ],
)  # fmt: skip
def test_what_the_pages_say(make_site: MakeSite, file: str, text: str, pages: list[str], reason: str) -> None:
    found = edited(make_site, {file: text})
    assert [found.get(page) for page in pages] == [reason] * len(pages)
    assert "articles/b/index.html" in pages or "articles/b/index.html" not in found


def test_a_setting_that_every_page_shows(make_site: MakeSite) -> None:
    found = edited(make_site, {"mkdocs.yml": MKDOCS_YML.replace("Test site", "Renamed")})
    assert found[ABOUT] == "name of the site changed, which every page shows; the setting site_name changed"


def test_a_menu_and_a_text_of_the_interface(make_site: MakeSite) -> None:
    found = edited(make_site, {"content/pages/about.md": page("About us", "Nothing of the others.\n")})
    assert found[A] == "pages of the site changed, which every page shows"
    found = edited(make_site, {"templates/words/en.yml": "latest: Newest\n"})
    assert found[A] == "the text latest of the interface changed"


def test_without_an_earlier_build_the_reason_stays(make_site: MakeSite) -> None:
    root = make_site(SITE)
    assert set(told(root).values()) == {"it is new"}
    for file in (root / ".cache").rglob("*.inputs.json"):
        file.write_text("{")
    write_files(root, {"content/articles/a.md": article("Alpha", "Else.\n", topics=["t"])})
    assert told(root)[A] == "its content changed, or something it shows of other pages"


def test_many_changes_are_counted(make_site: MakeSite) -> None:
    files = {f"content/articles/n{n}.md": article(f"N{n}", date="2026-05-02", topics=["t"]) for n in range(1, 6)}
    root = make_site({**SITE, **files})
    build(root)
    write_files(root, {name: text.replace("About", "On") for name, text in files.items()})
    names = ", ".join(f"content/articles/n{n}.md (summary)" for n in (1, 2, 3))
    assert told(root)[T] == f"it shows {names} and 2 more"

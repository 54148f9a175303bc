"""What makes which pages stale, seen from outside: one edit of a tiny site, and the reason that each page gives."""

import datetime as dt
from pathlib import Path
from typing import Any, Final

import pytest

from tests.helpers.output import build
from tests.helpers.site import DATE, MKDOCS_YML, MakeSite, article, page, topic, write_files

ARTICLE: Final = "articles/a/index.html"
LINKING: Final = "articles/b/index.html"
"""An article that links to the first."""
TOPIC: Final = "topics/t/index.html"
FREE: Final = "about/index.html"
FEED: Final = "feed.xml"
COPY: Final = "note.txt"
WATCHED: Final = {ARTICLE, LINKING, TOPIC, FREE, FEED, COPY}

SITE: Final[dict[str, str | bytes]] = {
    "content/articles/a.md": article("Alpha", "Says one thing.\n", topics=["t"]),
    "content/articles/b.md": article("Beta", "As [[a]] has it.\n"),
    "content/topics/t.md": topic("Tee"),
    "content/pages/about.md": page("About", "Nothing of the others.\n"),
    "content/static/note.txt": "x\n",
    "templates/partials/unused.html": "",
}

DATA: Final = "its content changed, or something it shows of other pages"
SETTINGS: Final = "the site's name, menu or settings changed"


def template(name: str) -> str:
    return f"the template {name} changed"


@pytest.mark.parametrize(
    ("edit", "options", "reasons"),
    [
        pytest.param({}, {}, {}, id="nothing"),
        pytest.param({"content/articles/a.md": SITE["content/articles/a.md"]}, {}, {}, id="saved unchanged"),
        pytest.param(
            {"content/articles/a.md": article("Alpha", "Says another.\n", topics=["t"])}, {},
            {ARTICLE: DATA}, id="body",
        ),
        pytest.param(
            {"content/articles/a.md": article("Retitled", "Says one thing.\n", topics=["t"])}, {},
            {ARTICLE: DATA, LINKING: DATA, TOPIC: DATA, FEED: DATA}, id="title",
        ),
        pytest.param({"content/pages/about.md": page("About", "Else.\n")}, {}, {FREE: DATA}, id="free page"),
        pytest.param({"content/static/note.txt": "y\n"}, {}, {COPY: DATA}, id="file that is copied"),
        pytest.param(
            {"templates/topic.html": "{{ page.title }}"}, {}, {TOPIC: template("topic.html")}, id="template of one kind"
        ),
        pytest.param({"templates/partials/unused.html": "x"}, {}, {}, id="template that no page reaches"),
        pytest.param(
            {"mkdocs.yml": MKDOCS_YML.replace("Test site", "Renamed")}, {},
            {ARTICLE: SETTINGS, LINKING: SETTINGS, TOPIC: SETTINGS, FREE: SETTINGS, FEED: SETTINGS}, id="site name",
        ),
        pytest.param({}, {"date": DATE + dt.timedelta(days=1)}, {}, id="another day"),
    ],
)  # fmt: skip
def test_one_edit(
    make_site: MakeSite, edit: dict[str, str | bytes], options: dict[str, Any], reasons: dict[str, str]
) -> None:
    root = make_site(SITE)
    build(root)
    write_files(root, edit)
    assert stale(root, **options) == reasons


def test_a_base_template_reaches_every_page(make_site: MakeSite) -> None:
    root = make_site({**SITE, "templates/base.html": "{{ page.title }}"})
    build(root)
    write_files(root, {"templates/base.html": "{{ page.title }}!"})
    found = stale(root)
    assert found.keys() == {ARTICLE, LINKING, TOPIC, FREE}
    assert set(found.values()) == {template("article.html"), template("topic.html"), template("page.html")}


def stale(root: Path, **options: Any) -> dict[str, str]:
    """Output path -> reason, of the watched pages that a build makes again."""
    return {path: reason for path, reason in build(root, **options).stale if path in WATCHED}

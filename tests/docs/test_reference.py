"""The reference pages say what the program does: `make docs` would change none of them."""

import pytest

from tools.reference import FOLDER, PAGES, ROOT, make, templates


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_is_fresh(name: str):
    file = FOLDER / name
    assert file.is_file(), "run 'make docs'"
    assert make(name) == file.read_text(encoding="utf-8"), "run 'make docs'"


def test_no_page_is_left_over():
    assert sorted(file.name for file in FOLDER.glob("*.md")) == sorted(PAGES)


def test_every_template_has_its_view():
    text = templates()
    parts = {"base.html", "main.html"}
    names = {p.name for p in (ROOT / "templates").iterdir() if p.suffix in {".html", ".xml", ".txt"}} - parts
    assert sorted(name for name in names if f"| `{name}` |" not in text) == []

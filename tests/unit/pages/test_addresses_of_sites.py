"""Two sources at one address: every pair of kinds, as tiny sites with the codes that they report.

The exact messages are in `tests/invalid/`.
"""

from typing import Final

import pytest

from tests.helpers.site import MKDOCS_YML, MakeSite, article, codes, entity, page, tool, topic

A: Final = {"content/articles/a.md": article("A")}


@pytest.mark.parametrize(
    ("files", "found"),
    [
        pytest.param({**A, "content/articles/b.md": article("B")}, [], id="two articles"),
        pytest.param({**A, "content/topics/a.md": topic("A")}, [], id="one name in two sections"),
        pytest.param(
            {"content/articles/2025/a.md": article("A"), "content/articles/2026/a.md": article("B")},
            ["slug-duplicate"],
            id="articles of two years",
        ),
        pytest.param({**A, "content/articles/A.md": article("B")}, ["address-case"], id="upper and lower case"),
        pytest.param({**A, "content/pages/articles.md": page("P")}, ["slug-reserved"], id="page and list"),
        pytest.param({**A, "content/pages/404.md": page("P")}, ["slug-reserved"], id="page and 404"),
        pytest.param({"content/pages/index.md": page("P")}, [], id="page of the home page"),
        pytest.param(
            {"content/pages/about.md": page("P"), "content/static/about": "x"},
            ["address-clash"],
            id="page and file of its folder's name",
        ),
        pytest.param(
            {**A, "content/static/articles/a/index.html": "x"}, ["address-clash"], id="article and static file"
        ),
        pytest.param({**A, "content/static/articles/other.txt": "x"}, [], id="static file beside it"),
        pytest.param({**A, "content/static/feed.xml": "x"}, ["address-clash"], id="static file and feed"),
        pytest.param(
            {**A, "content/static/assets/style.css": "x"}, ["address-clash"], id="static file and theme's file"
        ),
        pytest.param(
            {**A, "content/articles/b.md": article("B", aliases=["/articles/a/"])},
            ["alias-clash"],
            id="alias and article",
        ),
        pytest.param({"content/articles/a.md": article("A", aliases=["/articles/a/"])}, ["alias-clash"], id="its own"),
        pytest.param(
            {f"content/articles/{n}.md": article(n, aliases=["/old/"]) for n in "ab"}, ["alias-clash"], id="two aliases"
        ),
        pytest.param(
            {"content/articles/a.md": article("A", aliases=["/topics/"])}, ["alias-clash"], id="alias and list"
        ),
        pytest.param(
            {"content/articles/a.md": article("A", aliases=["/old/"]), "content/static/old": "x"},
            ["address-clash"],
            id="alias and static file",
        ),
        pytest.param(
            {"content/entities/e.md": entity("E", aliases=["/tools/"]), "content/tools/l.md": tool("L")},
            ["alias-clash"],
            id="alias and tools",
        ),
        pytest.param(
            {"content/entities/e.md": entity("E", aliases=["/tools/"])}, [], id="alias at a list that is not there"
        ),
    ],
)
def test_clashes(make_site: MakeSite, files: dict[str, str], found: list[str]) -> None:
    """Of the codes about addresses; others do not matter here."""
    about = {"address-case", "address-clash", "alias-clash", "slug-duplicate", "slug-reserved"}
    assert [code for code in codes(make_site({"mkdocs.yml": MKDOCS_YML, **files})) if code in about] == found

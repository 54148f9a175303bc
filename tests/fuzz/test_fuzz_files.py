"""Files and folders of any name and kind below the project: what a disk can hold is read, left out or reported."""

from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.fuzzing import hold, sized, sound_site
from tests.helpers.site import article

pytestmark = pytest.mark.fuzz

FOLDERS: Final = (
    "content/articles", "content/articles/sub", "content/articles/2026/06", "content/topics", "content/entities", "content/tools", "content/pages", "content/assets", "content/static", "content/static/x", "content",
    "content/other", "content/.hidden", "content/articles/.git", "content/a b", "content/É", "content/x.md", "content/articles/x.md", "templates", "templates/words", "templates/partials", "templates/assets", "site", ".cache/site_builder", ".",
    "content/" + "/".join(["d"] * 60), "content/articles/" + "x" * 200,
)  # fmt: skip
STEMS: Final = (
    "x", "a", "A", "b", "index", "README", "readme", "x y", " x", "x ", "x.", ".x", "..x", "-x", "_x", "x_y", "é", "e\u0301", "ß", "İ", "ı", "ſ", "ﬁ", "😀", "日本", "x\n", "\n", "x\ty", "x\x07", "\x1b[31m", "x\u202e", "\u200b", "x\udcff", "\udce9", "con", "NUL", "aux", "x:y", "x?y", "x*y", "x|y",
    'x"y', "x'y", "x<y>", "x\\y", "x#y", "x%20y", "x%2Fy", "%", "x&y", "x;y", "$x", "~x", "x~", "#x#", "[x]", "{x}", "{{x}}", "!x", "@x", "x=y", "x+y", "x,y", "`x`", "$(x)", "search", "feed", "topics", "articles", "assets", "404", "2026", "static", "api", "page", "x" * 251, "é" * 125, "x" * 100, "-", "--",
    "=", "::error::x", "<script>", "index.html", "x.html", "a.b.c", "feed.xml", "robots", "CNAME", "sitemap", ".well-known", "Thumbs", "desktop", "x.swp", "mkdocs", ".nojekyll", ".site-builder", ".gitignore",
)  # fmt: skip
ENDINGS: Final = (
    ".md",
    ".md",
    ".md",
    ".MD",
    ".markdown",
    ".png",
    ".svg",
    ".html",
    ".txt",
    ".js",
    ".yml",
    ".xml",
    ".json",
    "",
    ".md~",
    ".md.bak",
    ".jpg",
    ".css",
    ".db",
    ".ini",
)
CONTENTS: Final[tuple[Any, ...]] = (
    article("X"), article("X"), article("Alpha"), "", "\n", "x", "---\n", "---\n---\n", "---\ntitle: x\n---\n", "\ufeff" + article("X"), article("X").replace("\n", "\r\n"), article("X").replace("\n", "\r"), article("X", "\x00"), {"base64": "/////w=="},
    {"base64": "//54AHkA"}, {"folder": True}, {"pipe": True}, {"link": "x.md"}, {"link": "../articles/a.md"}, {"link": "."}, {"link": ".."}, {"link": "no-such"}, {"link": "/etc/passwd"}, {"link": "/dev/null"}, {"link": "../../mkdocs.yml"}, {"link": "../.."},
    "<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", "<svg", "{{ x }}", "x: [", article("X", "![x](x.png)\n[y](<x y.txt>)\n"), article("X", aliases=["/old/", "/x/../y/"]), "x" * 3000,
)  # fmt: skip

entries = st.tuples(
    st.sampled_from(FOLDERS),
    st.sampled_from(STEMS) | st.text(min_size=1, max_size=6),
    st.sampled_from(ENDINGS),
    st.sampled_from(CONTENTS),
)
WHOLE: Final[tuple[dict[str, Any], ...]] = (
    {"content": {"link": "elsewhere"}}, {"content": {"link": "content"}}, {"content": {"link": "."}}, {"content": "x"}, {"content": {"pipe": True}}, {"content": {"folder": True}}, {}, {"content": {"link": "/"}}, {"content/articles": "x"},
    {"content/articles": {"link": "../topics"}}, {"content/articles": {"folder": True}}, {"content/articles": {"link": "articles"}}, {"content/static": "x"}, {"content/assets": "x"}, {"content/static": {"link": "/etc"}}, {"content/x": {"pipe": True}},
    {"templates": "x"}, {"templates": {"link": "templates"}}, {"templates": {"link": "content"}}, {"templates": {"pipe": True}}, {"templates/words": "x"}, {"templates/base.html": {"pipe": True}}, {"templates/assets": "x"}, {"site": "x"}, {"site": {"link": "site"}},
    {"site": {"link": "elsewhere"}}, {"site": {"pipe": True}}, {".cache": "x"}, {".cache": {"link": ".cache"}}, {".cache/site_builder": "x"}, {".cache/site_builder": {"pipe": True}}, {".cache": {"link": "content"}}, {"site/index.html": {"folder": True}},
    {"site/articles": "x"}, {"site/index.html": {"link": "../mkdocs.yml"}}, {"site/feed.xml": {"pipe": True}}, {"site/.site-builder": "x"}, {"site/.site-builder": {"folder": True}}, {"site/.site-builder": "../../x\n"},
    {"mkdocs.yml": {"folder": True}}, {"mkdocs.yml": {"link": "mkdocs.yml"}}, {"mkdocs.yml": None}, {"mkdocs.yml": ""}, {"mkdocs.yml": {"link": "/dev/null"}}, {"mkdocs.yml": {"base64": "AAAA"}},
)  # fmt: skip


@sized(10)
@given(files=st.lists(entries, min_size=1, max_size=6))
def test_any_files_are_read_or_reported(files):
    hold({**sound_site(), **{f"{folder}/{stem}{ending}": content for folder, stem, ending, content in files}})


@pytest.mark.parametrize("files", WHOLE, ids=[str(files)[:50] for files in WHOLE])
def test_what_stands_where_a_folder_or_a_file_belongs(files):
    taken = tuple(f"{name}/" for name in files)
    hold({**{name: entry for name, entry in sound_site().items() if not name.startswith(taken)}, **files})


def test_a_link_in_the_site_folder_is_not_followed():
    hold({**sound_site(), "site/articles": {"link": "../content/articles"}})

"""Whatever a Markdown extension reads, and its own code, decides about a body: after an edit a build is as a clean one.

The extensions here are modules beside `mkdocs.yml`, as sites have them. Their names differ, because all tests of a
process share its modules.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from site_builder.markdown import extension_inputs
from site_builder.markdown.convert import renew_converters
from tests.helpers.output import build, clean_pages, files
from tests.helpers.site import MKDOCS_YML, MakeSite, article, codes, load, write_files

SNIPPETS: Final = """\
markdown_extensions:
  - pymdownx.snippets:
      base_path: !relative $config_dir
      auto_append: [parts/end.md]
"""
PAGES: Final = {
    "content/articles/a.md": article("A", 'Before.\n\n--8<-- "parts/one.md"\n'),
    "content/articles/b.md": article("B", "Nothing is included.\n"),
    "parts/one.md": 'One stone.\n\n--8<-- "parts/two.md"\n',
    "parts/two.md": "Two birds, said the FAO.\n",
    "parts/end.md": "*[FAO]: Food agency\n",
}

EXTENSION: Final = '''\
"""Replaces words, by tables that it finds in many ways."""
from functools import lru_cache
from pathlib import Path

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from {name}_table import TABLE

HERE = Path(__file__).parent
AT_IMPORT = (HERE / "data/import.txt").read_text(encoding="utf-8").strip()


@lru_cache
def remembered():
    with open(HERE / "data/once.txt", encoding="utf-8") as file:
        return file.read().strip()


class Words(Preprocessor):
    def run(self, lines):
        from {name}_late import LATE

        listed = " ".join(sorted(p.name for p in (HERE / "data/listed").iterdir()))
        there = "there" if (HERE / "data/flag").exists() else "absent"
        words = {{**TABLE, "IMPORT": AT_IMPORT, "ONCE": remembered(), "LATE": LATE, "LISTED": listed, "FLAG": there}}
        for word, text in words.items():
            lines = [line.replace(word, text) for line in lines]
        return lines


class Replacing(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Words(md), "words", 40)


def makeExtension(**options):
    return Replacing(**options)
'''
WORDS: Final = {
    "content/articles/a.md": article("A", "TABLE IMPORT ONCE LATE.\n"),
    "content/articles/b.md": article("B", "LISTED and FLAG.\n"),
    "content/articles/c.md": article("C", "ONCE more.\n"),
    "data/import.txt": "apple",
    "data/once.txt": "berry",
    "data/listed/x.txt": "",
}


@pytest.fixture
def own_site(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A site with an extension of its own, called `words_…` after the test."""
    name = f"words_{abs(hash(request.node.nodeid))}"
    root = make_site(
        {
            **WORDS,
            "mkdocs.yml": f"{MKDOCS_YML}markdown_extensions: [{name}]\n",
            f"{name}.py": EXTENSION.format(name=name),
            f"{name}_table.py": 'TABLE = {"TABLE": "cider"}\n',
            f"{name}_late.py": 'LATE = "damson"\n',
        }
    )
    monkeypatch.syspath_prepend(str(root))
    yield root
    for module in [module for module in sys.modules if module.startswith(name)]:
        del sys.modules[module]


def own(root: Path, ending: str = "") -> Path:
    """The file of the site's own extension."""
    (found,) = [path for path in root.glob(f"words_*{ending}.py") if path.stem.count("_") == (2 if ending else 1)]
    return found


def replace_silently(path: Path, old: str, new: str) -> None:
    """Edit a file so that neither its size nor its time of change tells."""
    assert len(old) == len(new)
    status, text = path.stat(), path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def text_of(root: Path, slug: str) -> str:
    return (root / f"site/articles/{slug}/index.html").read_text(encoding="utf-8")


def assert_as_clean(root: Path) -> None:
    build(root)
    expected = clean_pages(root)
    assert expected is not None
    assert files(root / "site") == expected[0]


OWN_EDITS: Final[dict[str, tuple[Callable[[Path], None], str, str]]] = {
    "code": (lambda root: replace_silently(own(root), '"absent"', '"nobody"'), "b", "nobody"),
    "a constant of another module": (
        lambda root: replace_silently(own(root, "_table"), "cider", "dates"),
        "a",
        "dates",
    ),
    "a module imported late": (lambda root: replace_silently(own(root, "_late"), "damson", "quince"), "a", "quince"),
    "read at import": (lambda root: replace_silently(root / "data/import.txt", "apple", "guava"), "a", "guava"),
    "read once": (lambda root: replace_silently(root / "data/once.txt", "berry", "melon"), "c", "melon"),
    "a folder's names": (lambda root: write_files(root, {"data/listed/y.txt": ""}), "b", "x.txt y.txt"),
    "made later": (lambda root: write_files(root, {"data/flag": ""}), "b", "and there"),
}


@pytest.mark.parametrize(("edit", "slug", "wanted"), OWN_EDITS.values(), ids=OWN_EDITS.keys())
def test_what_an_extension_of_the_site_is_made_from(
    edit: Callable[[Path], None], slug: str, wanted: str, own_site: Path
) -> None:
    build(own_site)
    assert wanted not in text_of(own_site, slug)
    edit(own_site)
    assert_as_clean(own_site)
    assert wanted in text_of(own_site, slug)


SNIPPET_EDITS: Final[dict[str, tuple[Callable[[Path], None], str, str]]] = {
    "included": (lambda root: replace_silently(root / "parts/one.md", "stone", "steps"), "a", "One steps"),
    "included there": (lambda root: replace_silently(root / "parts/two.md", "birds", "words"), "a", "Two words"),
    "deleted": (lambda root: (root / "parts/two.md").unlink(), "a", "One stone"),
    "appended": (lambda root: replace_silently(root / "parts/end.md", "agency", "office"), "a", "Food office"),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "slug", "wanted"), SNIPPET_EDITS.values(), ids=SNIPPET_EDITS.keys())
def test_snippets(edit: Callable[[Path], None], slug: str, wanted: str, make_site: MakeSite) -> None:
    root = make_site({**PAGES, "mkdocs.yml": MKDOCS_YML + SNIPPETS})
    build(root)
    edit(root)
    assert_as_clean(root)
    assert wanted in text_of(root, slug)


def test_a_snippet_made_later_in_a_folder_made_later(make_site: MakeSite) -> None:
    root = make_site({**PAGES, "mkdocs.yml": MKDOCS_YML + SNIPPETS.replace("config_dir", "config_dir/more")})
    build(root)
    write_files(root, {"more/parts/one.md": "It is here.\n"})
    assert_as_clean(root)
    assert "It is here." in text_of(root, "a")


def test_a_snippet_that_was_missing_and_forbidden(make_site: MakeSite) -> None:
    """A body that could not be read at all is tried again as soon as what it lacked is there."""
    root = make_site({**PAGES, "mkdocs.yml": f"{MKDOCS_YML}{SNIPPETS}      check_paths: true\n"})
    (root / "parts/two.md").rename(root / "away.md")
    assert codes(root) == ["markdown-failed"]
    (root / "away.md").rename(root / "parts/two.md")
    assert codes(root) == []


def test_where_a_body_is_read_from_counts(make_site: MakeSite) -> None:
    root = make_site({**PAGES, "mkdocs.yml": MKDOCS_YML + SNIPPETS.replace("config_dir", "config_dir/x")})
    write_files(root, {"x/parts/one.md": "Of x.\n", "y/parts/one.md": "Of y.\n"})
    build(root)
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    write_files(root, {"mkdocs.yml": settings.replace("config_dir/x", "config_dir/y")})
    assert_as_clean(root)
    assert "Of y." in text_of(root, "a")


def test_a_function_named_in_the_settings(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_site({
        "mkdocs.yml": f"{MKDOCS_YML}markdown_extensions:\n  - toc:\n      slugify: !!python/name:slugs_of_ours.slug\n",
        "slugs_of_ours.py": "def slug(text, separator):\n    return 'part-one'\n",
        "content/articles/a.md": article("A", "## Heading\n"),
    })  # fmt: skip
    monkeypatch.syspath_prepend(str(root))
    try:
        build(root)
        replace_silently(root / "slugs_of_ours.py", "part-one", "part-two")
        assert_as_clean(root)
        assert 'id="part-two"' in text_of(root, "a")
    finally:
        del sys.modules["slugs_of_ours"]


@pytest.mark.parametrize("name", ["own_site", "snippets"])
def test_a_cache_that_was_restored_elsewhere(
    name: str, make_site: MakeSite, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """As in a CI run: a fresh checkout, with other times, in another folder, and the cache of an earlier one."""
    is_own = name == "own_site"
    root = request.getfixturevalue("own_site") if is_own else make_site({**PAGES, "mkdocs.yml": MKDOCS_YML + SNIPPETS})
    build(root)
    other = root.with_name("checkout")
    shutil.copytree(root, other, ignore=shutil.ignore_patterns("site", "__pycache__"), copy_function=shutil.copyfile)
    if is_own:
        monkeypatch.syspath_prepend(str(other))
        replace_silently(other / "data/once.txt", "berry", "melon")
    else:
        replace_silently(other / "parts/two.md", "birds", "words")
    assert_as_clean(other)
    assert ("melon" if is_own else "Two words") in text_of(other, "a")


def test_what_no_extension_reads_is_no_input(own_site: Path, make_site: MakeSite) -> None:
    plain = make_site({"content/articles/a.md": article("A", "```python\nx = 1\n```\n")})
    with closing(load(plain)) as site:
        assert site.content.inputs == ()
    build(own_site)
    with closing(load(own_site)) as site:
        inside = {os.path.relpath(one.path, own_site) for one in site.content.inputs if one.state}
    name = own(own_site).name
    assert inside == {
        os.path.relpath(Path.cwd(), own_site), name, name.replace(".py", "_table.py"), name.replace(".py", "_late.py"),
        "data/import.txt", "data/once.txt", "data/listed",
    }  # fmt: skip
    before = site.content.digest
    write_files(own_site, {"serve.log": "one more line\n", "data/not-read.txt": "x"})
    with closing(load(own_site)) as site:
        assert site.content.digest == before


@pytest.mark.parametrize("end", ["raise SystemExit(3)", "import os; os._exit(3)"])
def test_an_extension_that_ends_the_program_is_a_finding(end: str, own_site: Path) -> None:
    text = own(own_site).read_text(encoding="utf-8")
    own(own_site).write_text(text.replace('listed = "', f'{end}\n        listed = "'), encoding="utf-8")
    assert codes(own_site) == ["markdown-failed"] * 3
    own(own_site).write_text(text, encoding="utf-8")
    assert codes(own_site) == []


def test_an_included_file_of_the_content_folder_is_in_use(make_site: MakeSite) -> None:
    snippets = SNIPPETS.replace("$config_dir", "$docs_dir").replace("[parts/end.md]", "[parts/end.txt]")
    root = make_site({**{f"content/{name}": text for name, text in PAGES.items() if name.startswith("parts/")},
                      "content/articles/a.md": PAGES["content/articles/a.md"], "content/parts/end.txt": "End.\n",
                      "content/parts/other.txt": "", "mkdocs.yml": MKDOCS_YML + snippets})  # fmt: skip
    with closing(load(root)) as site:
        found = [(d.code, d.location.path) for d in site.diagnostics]
    assert found == [("file-ignored", "content/parts/end.md"), ("asset-unused", "content/parts/other.txt")]


def test_only_readers_of_a_snippet_are_read_again(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_site({**PAGES, "mkdocs.yml": MKDOCS_YML + SNIPPETS})
    build(root)
    replace_silently(root / "parts/two.md", "birds", "words")
    assert {path for path, _ in build(root).stale if path.endswith("/index.html")} == {"articles/a/index.html"}


def test_a_file_that_an_extension_writes_is_no_input(tmp_path: Path) -> None:
    renew_converters()
    code = compile("open(path, 'w').close(); open(path).close(); open(other).close()", "extension.py", "exec")
    (tmp_path / "other").touch()
    with extension_inputs.watch_body() as inputs:
        exec(code, {"__name__": "pymdownx.made_up", "path": tmp_path / "own", "other": tmp_path / "other"})
    assert {one.path for one in inputs()} == {str(tmp_path / "other"), str(Path.cwd())}

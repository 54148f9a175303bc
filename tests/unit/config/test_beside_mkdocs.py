"""The option `folder`: which names it takes, what is wrong with the others, and where the folder's site is."""

import json

import pytest

from tests.helpers.site import MakeSite, article, check, load_settings

SETTINGS = """\
site_name: Mill handbook
site_url: {url}
docs_dir: docs
theme: readthedocs
plugins:
  - site_builder: {{folder: {folder}}}
"""


def settings(folder: str, url: str = "https://example.org/mill") -> str:
    return SETTINGS.format(folder=folder, url=url)


NO_FOLDERS = r". .. ../kb /kb a\b C:\kb kb/../.. .kb a//b c# q? 100% a:b kb/.".split()


@pytest.mark.parametrize("name", [*NO_FOLDERS, "", " ", "a\tb", "kb "])
def test_names_that_are_no_folder(name: str, make_site: MakeSite) -> None:
    (found,) = check(make_site({"mkdocs.yml": settings(json.dumps(name)), "docs/kb/articles/a.md": article()}))
    assert found.startswith("mkdocs.yml:6:20: error: ")
    assert "which is not the name of a folder inside docs_dir" in found


@pytest.mark.parametrize("value", ["", "[kb]", "{kb: x}", "3", "true"])
def test_values_that_are_no_text(value: str, make_site: MakeSite) -> None:
    (found,) = check(make_site({"mkdocs.yml": settings(value), "docs/kb/articles/a.md": article()}))
    assert "which is not the name of a folder inside docs_dir" in found


@pytest.mark.parametrize(
    ("written", "folder", "address"),
    [
        ("kb", "kb", "kb"),
        ("kb/", "kb", "kb"),
        ("./kb", "kb", "kb"),
        ("guides/kb", "guides/kb", "guides/kb"),
        ("two words", "two words", "two%20words"),
        ("知識", "知識", "%E7%9F%A5%E8%AD%98"),
        ("a&b's", "a&b's", "a&b's"),
    ],
)
def test_where_the_folder_is(written: str, folder: str, address: str, make_site: MakeSite) -> None:
    files = {"mkdocs.yml": settings(json.dumps(written)), f"docs/{folder}/articles/a.md": article()}
    config, found = load_settings(make_site(files))
    assert not found
    assert config.content == f"docs/{folder}"
    assert config.docs == "docs"
    assert config.url == f"https://example.org/mill/{address}/"
    assert config.site_dir == config.whole_site_dir / folder


@pytest.mark.parametrize("theme", ["readthedocs", "mkdocs", "{name: readthedocs}"])
def test_another_theme_without_the_option(theme: str, make_site: MakeSite) -> None:
    whole = (
        f"site_name: A\nsite_url: https://example.org/\ndocs_dir: content\ntheme: {theme}\nplugins: [site_builder]\n"
    )
    (found,) = check(make_site({"mkdocs.yml": whole, "content/articles/a.md": article()}))
    assert "but site_builder would render every page itself" in found
    assert '"- site_builder: {folder: kb}"' in found


@pytest.mark.parametrize("theme", ["theme: site_builder\n", "", "theme: {name: null, custom_dir: own}\n"])
def test_no_other_theme(theme: str, make_site: MakeSite) -> None:
    whole = f"site_name: A\nsite_url: https://example.org/\ndocs_dir: content\n{theme}plugins: [site_builder]\n"
    assert check(make_site({"mkdocs.yml": whole, "content/articles/a.md": article(), "own/main.html": "x"})) == []


def test_a_theme_that_another_file_names(make_site: MakeSite) -> None:
    files = {
        "base.yml": "site_name: A\nsite_url: https://example.org/\ndocs_dir: content\ntheme: readthedocs\n",
        "mkdocs.yml": "INHERIT: base.yml\nplugins: [site_builder]\n",
        "content/articles/a.md": article(),
    }
    (found,) = check(make_site(files))
    assert 'the theme is "readthedocs"' in found


def test_settings_of_mkdocs_are_not_without_effect_beside_it(make_site: MakeSite) -> None:
    more = "nav: [index.md]\nextra_css: [a.css]\nuse_directory_urls: false\nextra: {a: 1}\nhooks: [hook.py]\n"
    files = {
        "mkdocs.yml": settings("kb") + more,
        "hook.py": "raise ValueError\n",
        "docs/index.md": "# A\n",
        "docs/kb/articles/a.md": article(),
    }
    assert check(make_site(files)) == []

"""The command `render` prints a file of the site as `build` writes it, and asks for nothing else."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from site_builder.cli import main
from site_builder.pipeline import Site
from tests.helpers.site import MakeSite, article, load, topic
from tests.helpers.sites import copy_golden


def render(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["render", "-f", str(root / "mkdocs.yml"), "--date", "2026-07-01", *arguments])


@pytest.mark.parametrize(
    "address", ["/", "/articles/", "/feed.xml", "/api/graph.json", "/assets/style.css", "/search/index.json"]
)
def test_the_bytes_of_build(address: str, tmp_path: Path) -> None:
    root = copy_golden("tiny", tmp_path / "tiny")
    built = CliRunner().invoke(main, ["build", "-f", str(root / "mkdocs.yml"), "--date", "2026-07-01"])
    assert built.exit_code == 0, built.stderr
    file = root / "site" / address.removeprefix("/")
    result = render(root, address)
    assert result.exit_code == 0, result.stderr
    assert result.stdout_bytes == (file / "index.html" if address.endswith("/") else file).read_bytes()


def test_an_unknown_address_is_wrong_usage(make_site: MakeSite) -> None:
    root = make_site({"content/articles/a.md": article("A")})
    result = render(root, "articles/a")
    assert result.exit_code == 2
    assert 'the site has no address "articles/a"; did you mean "/articles/a/"?' in result.stderr
    assert result.stdout == ""


def test_a_broken_template_is_reported_at_its_line(make_site: MakeSite) -> None:
    broken = "{{ page.title }}\n{{ page.no_such_field }}\n"
    root = make_site({"content/articles/a.md": article("A"), "templates/article.html": broken})
    result = render(root, "/articles/a/")
    assert result.exit_code == 1
    assert "templates/article.html:2:1: error:" in result.stderr


def test_one_page_ranks_one_article_and_makes_no_search_index(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {f"content/articles/{slug}.md": article(slug, topics=["t"]) for slug in "abc"}
    site = load(make_site({**files, "content/topics/t.md": topic("T")}))

    def refuse(_site: Site) -> None:
        raise AssertionError("one page asked for the whole site")

    monkeypatch.setattr(Site, "_related_of_all", refuse)
    monkeypatch.setattr(Site, "search", property(refuse))
    assert b"<h1" in site.render("/articles/a/")
    site.close()


def test_check_ranks_nothing_and_composes_no_view(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("check asked for a page")

    for name in ("related", "search", "_entity_names", "render_context"):
        monkeypatch.setattr(Site, name, property(refuse))
    monkeypatch.setattr(Site, "page", refuse)
    site = load(make_site({"content/articles/a.md": article("A", "See [[nothing]].\n")}))
    assert [d.code for d in site.diagnostics] == ["target-wanted"]
    site.close()

"""Settings of MkDocs that do nothing here are reported where they are written."""

from pathlib import Path

import pytest

from site_builder.config import load_config
from tests.helpers.site import MKDOCS_YML, Files, MakeSite, article, load, overrides, topic
from tests.helpers.sites import png


def found_in(make_site: MakeSite, text: str) -> list[tuple[int, int, str]]:
    _, found = load_config(make_site({"mkdocs.yml": text}) / "mkdocs.yml", overrides())
    assert {d.code for d in found} <= {"settings-ignored"}
    assert all(d.hint for d in found)
    return [(d.location.line, d.location.column, d.text.split('"')[1]) for d in found]


@pytest.mark.parametrize(
    "line",
    ["nav: [{Home: index.md}]", "extra_templates: [a.html]", "extra: {version: 3}", "repo_name: us/notes",
     "use_directory_urls: false", "not_in_nav: drafts/", "validation: {links: {not_found: ignore}}"],
)  # fmt: skip
def test_a_setting_without_effect(make_site: MakeSite, line: str):
    assert found_in(make_site, f"{MKDOCS_YML}{line}\n") == [(7, 1, line.partition(":")[0])]


@pytest.mark.parametrize(
    "line",
    ["use_directory_urls: true", "nav:", "extra_css: []", "dev_addr: localhost:8123", "remote_branch: pages",
     "copyright: Us", "repo_url: https://github.com/us/notes", "repo_url: https://example.org/notes"],
)  # fmt: skip
def test_a_setting_that_works_or_asks_for_nothing(make_site: MakeSite, line: str):
    assert found_in(make_site, f"{MKDOCS_YML}{line}\n") == []


def test_parts_of_the_theme(make_site: MakeSite):
    theme = "theme:\n  name: site_builder\n  custom_dir: own\n  font: false\n  locale: fr\n"
    root = make_site({"mkdocs.yml": MKDOCS_YML.replace("theme: site_builder\n", theme), "own/x.html": ""})
    _, found = load_config(root / "mkdocs.yml", overrides())
    assert [(d.location.line, d.location.column, d.code) for d in found] == [
        (7, 3, "settings-ignored"), (8, 3, "settings-ignored"),
    ]  # fmt: skip
    assert "`language`" in found[1].hint


def test_hooks_are_reported_and_not_imported(make_site: MakeSite, tmp_path: Path):
    ran = tmp_path / "ran"
    root = make_site({"mkdocs.yml": f"{MKDOCS_YML}hooks: [own.py]\n", "own.py": f"open({str(ran)!r}, 'w')\n"})
    config, (finding,) = load_config(root / "mkdocs.yml", overrides())
    assert config is not None
    assert (finding.code, finding.location.line) == ("settings-ignored", 7)
    assert not ran.exists()


PATTERNS = "exclude_docs: |\n  /articles/old/\n  *.raw.png\n  !b.raw.png\ndraft_docs: |\n  later*\n  static/soon.txt\n"
FILES: Files = {
    "mkdocs.yml": MKDOCS_YML + PATTERNS,
    "content/articles/old/a.md": "no front matter at all",
    "content/articles/b.md": article("B", "![one](b.raw.png) [[later]] [[later-topic]]\n"),
    "content/articles/b.raw.png": png(1, 1),
    "content/articles/c.raw.png": png(1, 1),
    "content/articles/later.md": article("Later"),
    "content/topics/later-topic.md": topic("Later topic"),
    "content/static/soon.txt": "soon",
    "content/static/now.txt": "now",
}


def test_excluded_documents_are_not_read_and_drafts_are_not_published(make_site: MakeSite):
    site = load(make_site(FILES))
    assert [d.code for d in site.content_findings] == ["target-unpublished", "target-unpublished"]
    assert {"/articles/b/", "/now.txt", "/articles/b.raw.png"} <= set(site.routes.all())
    assert not {"/articles/a/", "/articles/later/", "/topics/later-topic/", "/soon.txt"} & set(site.routes.all())


def test_drafts_of_the_settings_are_published_when_drafts_are(make_site: MakeSite):
    site = load(make_site(FILES), drafts=True)
    assert {"/articles/later/", "/topics/later-topic/", "/soon.txt"} <= set(site.routes.all())

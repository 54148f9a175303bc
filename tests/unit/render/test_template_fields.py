"""A site's own templates may use everything that the reference lists for them."""

from pathlib import Path
from typing import get_type_hints

import pytest

from site_builder.pages.data.markdown_alternate import TwinView
from site_builder.render.templating.template import Template
from tests.helpers.site import MakeSite, article, load, write_files
from tests.helpers.sites import copy_golden
from tests.helpers.templates import PAGES_AS_MARKDOWN, own_templates
from tools.reference import template_views

_OPTIONS = '  - site_builder:\n      accent: "#0b5cad"\n      form: {backend: github, repo: owner/name, branch: main}\n'
BODY = "See [[b]], [this](b.md) and `code`.\n\n## Part\n\nText.\n"


@pytest.fixture(autouse=True)
def pages_show_very_little(monkeypatch: pytest.MonkeyPatch):
    """So that there are lists of all backlinks and of all narrower topics."""
    monkeypatch.setattr("site_builder.pages.context.MAX_BACKLINKS", 1)
    monkeypatch.setattr("site_builder.pages.documents.narrower_topics.MAX_LISTED", 0)


def test_every_documented_field_of_every_view_renders(tmp_path: Path):
    root = copy_golden("tiny", tmp_path / "tiny")
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("  - site_builder:\n", _OPTIONS), encoding="utf-8")
    templates = own_templates()
    write_files(root, templates)
    site = load(root)
    used: set[str] = set()
    for url, route in site.routes.all().items():
        if isinstance(route.format, Template):
            used.add(route.format.name)
            assert site.render(url), url
    assert set(template_views()) - used == {"sitemap-index.xml"}


def test_views_are_of_the_type_that_the_reference_names(tmp_path: Path):
    site = load(copy_golden("tiny", tmp_path / "tiny"))
    for url, route in site.routes.all().items():
        if isinstance(route.format, Template):
            assert type(site.view(url)) is template_views()[route.format.name], url


def test_a_markdown_page_is_of_one_of_the_kinds_that_the_helper_knows():
    assert set(get_type_hints(TwinView)["page"].__args__) == set(PAGES_AS_MARKDOWN.values())


def test_markdown_may_show_the_body_as_html(make_site: MakeSite):
    """What a view holds deeper inside is as good as what it holds itself."""
    root = make_site(
        {
            "content/articles/a.md": article("A", BODY),
            "content/articles/b.md": article("B"),
            "templates/twin.md": "{{ html(page.page.body) }}",
            "templates/article.html": "{{ html(page.body) }}",
        }
    )
    site = load(root)
    html = site.render("/articles/a/").decode()
    assert html.count('<a href="../b/">') == 2
    assert site.render("/articles/a/index.md").decode() == html

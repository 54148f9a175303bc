"""What is compiled or rendered once for all pages shows what it would show if it were not."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, nodes
from markupsafe import Markup

from site_builder.render.templating import template_set as module
from site_builder.render.templating.constant_parts import settle
from site_builder.render.templating.quick_calls import QuickCalls, escaped, own_names
from site_builder.urls import Permalink, relative_url
from tests.helpers.site import MKDOCS_YML, MakeSite, article, load, topic, write_files
from tests.helpers.sites import copy_golden

TEMPLATES = (
    "{{ t('search') }}|{{ site.name }}|{{ site.language }}|{{ href('/a/?x=1&y=<') }}|{{ page }}",
    "{% if site.repo_url %}repo{% else %}none{% endif %}{{ 'yes' if site.has_search else 'no' }}",
    "{% if site.suggest.is_form %}{% elif site.suggest %}b{% else %}c{% endif %}",
    "{% if page == 1 %}{% if site.url %}x{% endif %}{% elif site.url %}{{ site.url }}{% endif %}",
    "{% set t = page %}{{ t('search') }}",
    "{% macro t(x) %}own {{ x }}{% endmacro %}{{ t('search') }}",
    "{% for site in [{'name': '<b>'}] %}{{ site.name }}{% endfor %}{{ site.name }}",
    "{{ t('count_articles', count=3) }}{{ t('named_count', name='<i>', count=1) }}{{ t('nothing of the kind') }}",
    (
        "{% macro m(x) %}<p>{{ href(x) }}{{ caller() if caller else '' }}</p>{% endmacro %}"
        "{{ m('/a/') }}{% call m('/b/') %}{{ page }}{% endcall %}"
    ),
    (
        "{% set kept %}{{ page }}{% endset %}{{ kept }}{{ kept ~ page }}{{ [page, kept] | join(', ') }}"
        "{{ none }}{{ 1.5 }}{{ true }}"
    ),
    "{% for x in [1, 2] %}{{ href('/' ~ x) }}{% set _ = t('search') %}{% endfor %}{{ href(*['/c/']) }}",
    "{% autoescape false %}{{ page }}{% endautoescape %}{{ missing }}",
)


@pytest.mark.parametrize("source", TEMPLATES)
@pytest.mark.parametrize("page", ["plain", "<&'\">", Markup("<b>"), 1, None])
def test_a_template_gives_what_jinja2_gives(make_site: MakeSite, source: str, page: object):
    site = load(make_site({"content/articles/a.md": article("A")}))
    context = site.render_context
    names = {"site": context.site, "t": context.words, "page": page, "href": lambda target: f"..{target}"}

    class Settled(Environment):
        constants = (context.words.texts, context.site)
        code_generator_class = QuickCalls
        escaped = staticmethod(escaped)

        def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
            return settle(super()._parse(source, name, filename), context.words, context.site)

    def shown(kind: type[Environment]) -> str:
        made = kind(loader=DictLoader({"x.html": source}), autoescape=True, undefined=StrictUndefined)
        try:
            return made.get_template("x.html").render(names)
        except Exception as error:  # noqa: BLE001 (both fail alike, whatever it is)
            return f"{type(error).__name__}: {error}"

    assert shown(Settled) == shown(Environment)


def test_own_names_are_found():
    tree = Environment().parse(
        "{% import 'x' as a %}{% from 'y' import b as c, d %}{% set e = 1 %}{% for f in g %}{% endfor %}"
        "{% macro h(i) %}{% endmacro %}"
    )
    assert own_names(tree) == set("acdefhi")


PAGES = ("/", "/a/", "/a/b/", "/a/b/c/", "/a/b/index.md", "/feed.xml", "/a/bc/", "/ä/ö/")
TARGETS = (*PAGES, "/a/b/#x", "/a", "/b/?q=1&r=2#x", "/a:b/", "/../up/", "#here", "/a/b")


def test_a_remembered_link_is_the_link(make_site: MakeSite):
    templates = module.TemplateSet(load(make_site({"content/articles/a.md": article("A")})).render_context)
    for _ in range(2):
        for page, target in itertools.product(PAGES, TARGETS):
            assert templates.href(Permalink(page))(target) == relative_url(Permalink(page), target), (page, target)


def test_links_are_forgotten_before_they_fill_the_memory(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MAX_LINKS", 3)
    templates = module.TemplateSet(load(make_site({"content/articles/a.md": article("A")})).render_context)
    href = templates.href(Permalink("/a/b/"))
    assert [href(f"/{n}/") for n in range(9)] == [f"../../{n}/" for n in range(9)]
    assert max(map(len, templates._links.values())) <= 3


def _apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Render header and footer for every page."""
    monkeypatch.setattr(module.TemplateSet, "part", lambda self, name, _url, names: self._render(name, names))


def test_header_and_footer_are_those_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = copy_golden("tiny", tmp_path / "tiny")

    def pages() -> Iterator[tuple[str, bytes]]:
        site = load(root)
        yield from ((url, site.render(url)) for url in site.routes.all())

    shared = dict(pages())
    _apart(monkeypatch)
    assert shared == dict(pages())


def test_a_header_of_the_site_is_rendered_for_every_page(make_site: MakeSite):
    root = make_site({f"content/articles/{slug}.md": article(slug.upper()) for slug in "ab"})
    write_files(root, {"templates/partials/header.html": "<header>{{ page.title }}</header>"})
    site = load(root)
    assert [f"<header>{slug.upper()}</header>" in site.render(f"/articles/{slug}/").decode() for slug in "ab"] == [
        True
    ] * 2


def test_another_language_has_other_templates(make_site: MakeSite):
    files = {"content/articles/a.md": article("A", topics=["t"]), "content/topics/t.md": topic("T")}
    german = {"mkdocs.yml": MKDOCS_YML.replace("- site_builder", "- site_builder: {language: de}")}
    one, other = load(make_site(files)), load(make_site({**files, **german}))
    for _ in range(2):
        assert ">Topics<" in one.render("/articles/a/").decode()
        assert ">Themen<" in other.render("/articles/a/").decode()


def test_a_card_is_that_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = copy_golden("tiny", tmp_path / "tiny")
    shared = {url: load(root).render(url) for url in ("/topics/hydropower/", "/articles/", "/timeline/2026/")}
    monkeypatch.setattr(module.TemplateSet, "fragment", lambda self, name, v, names: self._render(name, {**names, **v}))
    assert {url: load(root).render(url) for url in shared} == shared


def test_a_card_of_the_site_may_show_anything(make_site: MakeSite):
    root = make_site({f"content/articles/{slug}.md": article(slug.upper()) for slug in "ab"})
    write_files(root, {"templates/partials/card.html": "<li>{{ page.title }}: {{ card.title }}</li>"})
    assert "<li>Articles: A</li>" in load(root).render("/articles/").decode()


def test_cards_are_forgotten_before_they_fill_the_memory(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MAX_FRAGMENTS", 2)
    root = make_site({f"content/articles/a{n}.md": article(f"A{n}") for n in range(9)})
    assert load(root).render("/articles/").decode().count('<p class="sb-meta">') == 9

"""Language tags: what the attribute `lang` may hold."""

import pytest

from site_builder.content.front_matter import parse
from site_builder.content.vocabulary import Kind
from site_builder.language_tags import is_language_tag, proposed_language_tag
from site_builder.urls import SourcePath
from tests.helpers.site import MakeSite, check, page


@pytest.mark.parametrize(
    "tag",
    [
        "en",
        "de-AT",
        "zh-Hant-TW",
        "sr-Latn",
        "es-419",
        "de-1996",
        "ca-valencia",
        "en-x-plain",
        "gsw",
        "de-u-co-phonebk",
    ],
)
def test_a_tag(tag: str):
    assert is_language_tag(tag)


@pytest.mark.parametrize(
    ("written", "proposed"),
    [("pt_BR", "pt-BR"), ("en_US.UTF-8", "en-US"), ("Türkçe", "tr"), ("German", "de"), ("Klingonish", ""), ("", "")],
)
def test_what_is_no_tag(written: str, proposed: str):
    assert not is_language_tag(written)
    assert proposed_language_tag(written) == proposed


def test_a_language_that_is_no_tag_is_reported():
    source = "title: A\ndate: 2026-06-03\nsummary: S.\nsource: {name: N, language: fr_CA}\nlanguage: Dutch\n"
    front, found = parse(source, Kind.ARTICLE, SourcePath("content/articles/a.md"))
    assert front is None
    assert [(d.code, d.location.line, d.hint) for d in found] == [
        ("value-invalid", 5, "write `language: fr-CA`"),
        ("value-invalid", 6, "write `language: nl`"),
    ]


def test_the_language_of_the_site(make_site: MakeSite):
    settings = (
        "site_name: S\ndocs_dir: content\ntheme: site_builder\nplugins:\n  - site_builder:\n      language: German\n"
    )
    finding = "".join(check(make_site({"mkdocs.yml": settings, "content/pages/index.md": page("Home")})))
    assert '"language" is "German", which is not the tag of a language, such as de' in finding

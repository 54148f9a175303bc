"""Settings that stand on pages hold no control characters."""

import pytest

from site_builder.config import load_config
from tests.helpers.site import MKDOCS_YML, MakeSite, overrides


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('site_description: "A\\a"', "site_description"),
        ('copyright: "\\x9b"', "copyright"),
        ('site_author: "\\0"', "site_author"),
    ],
)
def test_an_escape_in_a_setting(make_site: MakeSite, line: str, key: str):
    config, found = load_config(make_site({"mkdocs.yml": f"{MKDOCS_YML}{line}\n"}) / "mkdocs.yml", overrides())
    assert config is None
    assert [(d.code, d.location.line, d.text.split('"')[1]) for d in found] == [("settings", 7, key)]


def test_an_escape_in_an_option_of_ours(make_site: MakeSite):
    text = MKDOCS_YML.replace("- site_builder", '- site_builder: {newsletter_field: "a\\e"}')
    config, found = load_config(make_site({"mkdocs.yml": text}) / "mkdocs.yml", overrides())
    assert config is None
    assert [(d.code, d.location.line) for d in found] == [("settings", 6)]


@pytest.mark.parametrize(
    "line",
    [
        'markdown_extensions: [{toc: {permalink: "\\uD800"}}]',
        'markdown_extensions: [{abbr: {glossary: {"\\uDC00": "a"}}}]',
        'extra: {social: [{name: "\\uD83D"}]}',
    ],
)
def test_half_a_character_at_any_depth(make_site: MakeSite, line: str):
    config, found = load_config(make_site({"mkdocs.yml": f"{MKDOCS_YML}{line}\n"}) / "mkdocs.yml", overrides())
    assert config is None
    assert {(d.code, d.location.line) for d in found if "U+D" in d.text} == {("settings", 7)}
